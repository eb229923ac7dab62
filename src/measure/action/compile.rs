//! `[action.x]` to its plan.

use jiff::ToSpan;

use crate::domain::period::{date_of, day_of};
use crate::domain::spelling::fold;
use crate::measure::action::plan::{ActionColumns, ActionPlan, ActionShow, EventsPlan};
use crate::measure::action::spec::ActionSpec;
use crate::measure::declared::{Around, Common, OfSource, conditions, date, source};
use crate::measure::plan::MeasureKind;
use crate::vocabulary::checks;
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spec::SourceKind;

/// Names, after the measure's own, of the tables beside the first.
const COMPANIONS: [(&str, ActionShow); 7] = [
    ("planned", ActionShow::Planned),
    ("late", ActionShow::Late),
    ("lacking", ActionShow::Lacking),
    ("units", ActionShow::Units),
    ("origins", ActionShow::Origins),
    ("effect", ActionShow::Effect),
    ("next", ActionShow::Next),
];

impl OfSource for ActionSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Register];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        self.previous.iter().chain(self.events.values()).map(String::as_str).collect()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        check_columns(self, around, problems);
        let values = |name: &Option<String>| {
            let listed = name.as_deref().and_then(|name| around.scope.closed_values(name)).unwrap_or_default();
            listed.into_iter().map(|(value, _)| value).collect()
        };
        Some(MeasureKind::Action(Box::new(ActionPlan {
            show: ActionShow::Since,
            columns: columns(self),
            since: since(self, around, problems),
            as_of: around.job.as_of,
            previous: previous(self, around, problems),
            events: events(self, around, problems),
            measure: measure(self, around, problems),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            each: None,
            units: values(&self.unit),
            origins: values(&self.origin),
        })))
    }

    fn companions(kind: &MeasureKind) -> Vec<(&'static str, MeasureKind)> {
        let MeasureKind::Action(plan) = kind else { return Vec::new() };
        // The next report goes on with all of the register.
        let conditions = |show| if show == ActionShow::Next { Vec::new() } else { plan.conditions.clone() };
        let of =
            |show| MeasureKind::Action(Box::new(ActionPlan { show, conditions: conditions(show), ..(**plan).clone() }));
        let is_there = |show: ActionShow| show != ActionShow::Effect || plan.measure.is_some();
        COMPANIONS.iter().filter(|(_, show)| is_there(*show)).map(|(suffix, show)| (*suffix, of(*show))).collect()
    }
}

fn columns(spec: &ActionSpec) -> ActionColumns {
    ActionColumns {
        id: spec.id.clone(),
        text: spec.text.clone(),
        decided: spec.decided.clone(),
        done: spec.done.clone(),
        unit: spec.unit.clone(),
        origin: spec.origin.clone(),
        origin_id: spec.origin_id.clone(),
        decision: spec.decision.0.clone(),
        owner: spec.owner.clone(),
        due: spec.due.clone(),
        follow_up: spec.follow_up.clone(),
        effect: spec.effect.clone(),
        judged: spec.judged.clone(),
        report_by: spec.report_by.clone(),
        measure_row: spec.measure_row.clone(),
    }
}

fn check_columns(spec: &ActionSpec, around: &Around, problems: &mut Problems) {
    let texts = [
        ("id", Some(&spec.id)),
        ("text", Some(&spec.text)),
        ("unit", spec.unit.as_ref()),
        ("origin", spec.origin.as_ref()),
        ("origin_id", spec.origin_id.as_ref()),
        ("owner", spec.owner.as_ref()),
        ("follow_up", spec.follow_up.as_ref()),
        ("effect", spec.effect.as_ref()),
        ("measure_row", spec.measure_row.as_ref()),
    ];
    for (key, name) in texts.into_iter().filter_map(|(key, name)| Some((key, name?))) {
        around.scope.column(name, &around.at.key(key), problems);
    }
    around.columns(&spec.decision.0, "decision", problems);
    let dates = [
        ("decided", Some(&spec.decided)),
        ("done", Some(&spec.done)),
        ("due", spec.due.as_ref()),
        ("judged", spec.judged.as_ref()),
        ("report_by", spec.report_by.as_ref()),
    ];
    for (key, name) in dates.into_iter().filter_map(|(key, name)| Some((key, name?))) {
        date(name, around.scope, &around.at.key(key), problems);
    }
}

/// The measure that is named, with the column of its rows: one says nothing without the other.
fn measure(spec: &ActionSpec, around: &Around, problems: &mut Problems) -> Option<String> {
    let alone = match (&spec.measure, &spec.measure_row) {
        (Some(_), None) => "measure",
        (None, Some(_)) => "measure_row",
        _ => return spec.measure.clone(),
    };
    problems.bad_key(&around.at.key(alone), say!("job-measure-and-row-go-together"), say!("job-name-measure-and-row"));
    None
}

/// As said, or a year before the job's own day.
fn since(spec: &ActionSpec, around: &Around, problems: &mut Problems) -> i32 {
    let as_of = around.job.as_of;
    let year_before = || day_of(date_of(as_of).saturating_sub(1.year()));
    let Some(said) = &spec.since else { return year_before() };
    let at = around.at.key("since");
    let Some(since) = checks::day(said, &at, problems) else { return year_before() };
    if since >= as_of {
        let message = say!("job-last-report-is-not-before", said, as_of = date_of(as_of));
        problems.bad_value(&at, message, say!("job-write-as-of-of-last-report"));
    }
    since
}

fn previous(spec: &ActionSpec, around: &Around, problems: &mut Problems) -> Option<usize> {
    let at = around.at.key("previous");
    let scope = find_source(spec.previous.as_deref()?, around.sources, &at, problems)?;
    if scope.plan.kind != SourceKind::Register {
        problems.bad_value(&at, say!("job-last-year-source-must-be"), "");
        return None;
    }
    for column in [&spec.id, &spec.text, &spec.done] {
        scope.column(column, &at, problems);
    }
    Some(scope.index)
}

fn events(spec: &ActionSpec, around: &Around, problems: &mut Problems) -> Vec<EventsPlan> {
    let at = around.at.key("events");
    if !spec.events.is_empty() && (spec.origin.is_none() || spec.origin_id.is_none()) {
        problems.bad_key(&at, say!("job-actions-say-no-origin"), say!("job-name-origin-and-its-id"));
    }
    let mut found = Vec::new();
    for (origin, reference) in &spec.events {
        let at = at.key(origin);
        let scope = source(reference, around.sources, &[SourceKind::Events], &at, problems);
        // Events without an id have been told of.
        let is_id = |column: &ColumnPlan| matches!(column.kind, ColumnKindPlan::Id);
        found.extend(scope.and_then(|scope| {
            let id = scope.plan.columns.iter().position(is_id)?;
            Some(EventsPlan { origin: fold(origin), source: scope.index, id })
        }));
    }
    found
}
