//! `[risk.x]` to its plan, and the scales that they are judged on.

use std::sync::Arc;

use crate::domain::spelling::fold;
use crate::measure::declared::{Around, Common, OfSource, conditions};
use crate::measure::plan::MeasureKind;
use crate::measure::risk::plan::{RiskPlan, RiskScalePlan, RiskShow, RiskYears};
use crate::measure::risk::spec::{RiskScaleSpec, RiskSpec};
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::ColumnKindPlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::{Named, SourceKind};

/// Steps that a scale may have.
const STEPS: std::ops::RangeInclusive<u8> = 4..=5;

/// Names, after the measure's own, of the tables beside the ranked list.
const COMPANIONS: [(&str, RiskShow); 8] = [
    ("highest", RiskShow::Highest),
    ("matrix", RiskShow::Matrix),
    ("moved", RiskShow::Moved),
    ("changed", RiskShow::Changed),
    ("open", RiskShow::Open),
    ("late", RiskShow::Late),
    ("units", RiskShow::Units),
    ("summary", RiskShow::Summary),
];

/// Looks at all scales, whether a measure uses them or not.
pub(crate) fn check_scales(scales: &Named<RiskScaleSpec>, problems: &mut Problems) {
    for (name, scale) in scales {
        check_scale(scale, &Path::of(&["risk_scale", name]), problems);
    }
}

fn check_scale(spec: &RiskScaleSpec, at: &Path, problems: &mut Problems) {
    let steps = spec.steps;
    if !STEPS.contains(&steps) {
        let message = say!("job-risk-scale-has-or-steps", first = STEPS.start(), last = STEPS.end(), steps);
        return problems.bad_value(&at.key("steps"), message, "");
    }
    for (key, words) in [("probability", &spec.probability), ("consequence", &spec.consequence)] {
        if !words.is_empty() && words.len() != usize::from(steps) {
            let message = say!("job-has-words-for-steps", key, count = words.len(), steps);
            problems.bad_value(&at.key(key), message, say!("job-name-every-step-lowest-first"));
        }
        words.iter().enumerate().for_each(|(index, word)| not_empty(word, &at.key(key).index(index), problems));
    }
    let highest = u32::from(steps) * u32::from(steps);
    for (index, level) in spec.levels.iter().enumerate() {
        let at = at.key("levels").index(index);
        not_empty(&level.label, &at.key("label"), problems);
        if !(1..=highest).contains(&level.from) {
            let message = say!("job-scores-on-this-scale-are", highest, found = level.from);
            problems.bad_value(&at.key("from"), message, "");
        }
        let before = &spec.levels[..index];
        if before.iter().any(|other| other.from == level.from || fold(&other.label) == fold(&level.label)) {
            problems.bad_value(&at, say!("job-two-levels-have-same-label"), say!("job-remove-one"));
        }
    }
}

pub(crate) fn scale(
    reference: &str,
    columns: [&str; 2],
    around: &Around,
    problems: &mut Problems,
) -> Option<Arc<RiskScalePlan>> {
    let found = reference.strip_prefix("risk_scale.").and_then(|name| around.scales.get(name));
    let Some(spec) = found else {
        let known: Vec<String> = around.scales.keys().map(|name| format!("risk_scale.{name}")).collect();
        problems.unknown(&around.at.key("scale"), "scale", reference, known.iter().map(String::as_str));
        return None;
    };
    let mut levels: Vec<(u32, String)> = spec.levels.iter().map(|level| (level.from, level.label.clone())).collect();
    levels.sort();
    let label = |name: &str| around.scope.plan.column(name).map(|index| around.scope.plan.columns[index].label.clone());
    let axes = columns.map(|name| label(name).unwrap_or_default());
    let (probability, consequence) = (spec.probability.clone(), spec.consequence.clone());
    Some(Arc::new(RiskScalePlan { axes, steps: spec.steps, probability, consequence, levels }))
}

impl OfSource for RiskSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Register];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        self.previous.as_deref().into_iter().collect()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        check_columns(self, around, problems);
        let year = around.job.year + i32::from(self.years_ahead);
        let units = self.unit.as_deref().and_then(|unit| around.scope.closed_values(unit)).unwrap_or_default();
        Some(MeasureKind::Risk(Box::new(RiskPlan {
            show: RiskShow::Ranked,
            scale: scale(&self.scale, [&self.probability, &self.consequence], around, problems)?,
            years: years(self, year, around, problems),
            id: self.id.clone(),
            text: self.text.clone(),
            unit: self.unit.clone(),
            probability: self.probability.clone(),
            consequence: self.consequence.clone(),
            action: self.action.clone(),
            owner: self.owner.clone(),
            status: self.status.clone(),
            done: done(self, around, problems),
            due: self.due.clone(),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            each: None,
            units: units.into_iter().map(|(unit, _)| unit).collect(),
            as_of: around.job.as_of,
            names: (year, year - 1),
        })))
    }

    fn companions(kind: &MeasureKind) -> Vec<(&'static str, MeasureKind)> {
        let MeasureKind::Risk(plan) = kind else { return Vec::new() };
        let of = |show| MeasureKind::Risk(Box::new(RiskPlan { show, ..(**plan).clone() }));
        COMPANIONS.iter().map(|(suffix, show)| (*suffix, of(*show))).collect()
    }
}

fn check_columns(spec: &RiskSpec, around: &Around, problems: &mut Problems) {
    let optional = [
        ("unit", &spec.unit),
        ("year", &spec.year),
        ("action", &spec.action),
        ("owner", &spec.owner),
        ("status", &spec.status),
    ];
    let needed = [
        ("id", &spec.id),
        ("text", &spec.text),
        ("probability", &spec.probability),
        ("consequence", &spec.consequence),
    ];
    let optional = optional.into_iter().filter_map(|(key, name)| Some((key, name.as_ref()?)));
    for (key, name) in needed.into_iter().chain(optional) {
        around.scope.column(name, &around.at.key(key), problems);
    }
    if let Some(due) = &spec.due
        && let Some(index) = around.scope.column(due, &around.at.key("due"), problems)
        && !matches!(around.scope.plan.columns[index].kind, ColumnKindPlan::Date { .. })
    {
        problems.bad_value(&around.at.key("due"), say!("job-is-not-date-column", name = due), "");
    }
    let id = around.scope.plan.column(&spec.id).map(|index| &around.scope.plan.columns[index].kind);
    if spec.year.is_some() && matches!(id, Some(ColumnKindPlan::Id)) {
        let message = say!("job-is-kind-id-so-risk", name = spec.id);
        problems.bad_value(&around.at.key("id"), message, say!("job-declare-column-category"));
    }
}

fn years(spec: &RiskSpec, year: i32, around: &Around, problems: &mut Problems) -> RiskYears {
    let Some(previous) = &spec.previous else {
        let Some(column) = spec.year.clone() else { return RiskYears::One };
        return RiskYears::Column { column, now: year.to_string(), before: (year - 1).to_string() };
    };
    let at = around.at.key("previous");
    if spec.year.is_some() {
        problems.bad_key(&at, say!("job-last-year-risks-stand-in"), say!("job-remove-year-or-previous"));
    }
    let Some(scope) = find_source(previous, around.sources, &at, problems) else { return RiskYears::One };
    if scope.plan.kind != SourceKind::Register {
        problems.bad_value(&at, say!("job-last-year-source-must-be"), "");
    }
    for column in [&spec.id, &spec.text, &spec.probability, &spec.consequence] {
        scope.column(column, &at, problems);
    }
    RiskYears::Source(scope.index)
}

/// Folded values that mean done.
fn done(spec: &RiskSpec, around: &Around, problems: &mut Problems) -> Vec<String> {
    if !spec.done.0.is_empty() && spec.status.is_none() {
        let message = say!("job-done-names-values-status-but");
        problems.missing_key(&around.at, message, say!("job-name-status-column-status"));
    }
    spec.done.0.iter().map(|value| fold(value)).collect()
}
