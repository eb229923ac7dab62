//! What is made of measures: charts, tables, key numbers.

use indexmap::IndexMap;

use super::labels::Labels;
use crate::domain::spelling::fold;
use crate::job::plan::{ChartKind, ChartPlan, KeyNumberPlan, TablePlan};
use crate::job::spec::{ChartSpec, JobSpec, KeyNumberSpec, TableSpec};
use crate::job::spec::{Mark, Shade};
use crate::measure::declared::{EACH, Set, check_placeholder};
use crate::measure::family::Of;
use crate::measure::plan::{MeasureKind, MeasurePlan, Plan};
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

/// What is measured, and by which names it is referred to.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub plan: &'a Plan,
    pub sets: &'a IndexMap<String, Set>,
}

impl<'a> Made<'a> {
    fn of(self, measure: usize) -> Of<'a> {
        Of { plan: self.plan, measure: &self.plan.measures[measure] }
    }
}

pub(super) fn compile_charts(spec: &JobSpec, made: Made, problems: &mut Problems) -> Vec<ChartPlan> {
    let mut charts = Vec::new();
    for (kind, specs) in spec.charts() {
        let family = kind.name();
        for (name, spec) in specs {
            let at = Path::of(&[family, name]);
            check_keys(kind, spec, &at, problems);
            let Some(set) = find(&drawn(kind, &spec.measure, made), made, &at.key("measure"), problems) else {
                continue;
            };
            check_title(&spec.title, &set, &at.key("title"), problems);
            check_fit(kind, &made.plan.measures[set.first()], set.set.family, &at.key("measure"), problems);
            let labels = Labels::of(made.of(set.first()));
            labels.check_rows(&spec.rows, &at.key("rows"), problems);
            labels.check_rows(&spec.emphasis, &at.key("emphasis"), problems);
            labels.check_columns(&spec.columns, &at.key("columns"), problems);
            let plans = set.members(made);
            charts.extend(plans.map(|(measure, plan)| chart(format!("{family}.{name}"), kind, spec, measure, plan)));
        }
    }
    charts
}

/// What a chart is drawn from: a strip from the table that has a column for every municipality.
fn drawn(kind: ChartKind, measure: &str, made: Made) -> String {
    let companion = kind.own().companion.map(|companion| format!("{measure}.{companion}"));
    companion.filter(|companion| made.sets.contains_key(companion)).unwrap_or_else(|| measure.to_string())
}

/// The measures that a reference means.
struct Found<'a> {
    set: &'a Set,
    /// Only this one, for `family.name/value`.
    one: Option<usize>,
}

impl Found<'_> {
    fn first(&self) -> usize {
        self.one.unwrap_or(self.set.range.start)
    }

    fn is_each(&self) -> bool {
        self.set.each && self.one.is_none()
    }

    fn members<'m>(&self, made: Made<'m>) -> impl Iterator<Item = (usize, &'m MeasurePlan)> + use<'m> {
        let range = self.one.map_or(self.set.range.clone(), |one| one..one + 1);
        range.map(|index| (index, &made.plan.measures[index]))
    }
}

/// A reference `family.name`, or `family.name/value` for one of an expanded set.
///
/// A measure that is declared but broken has been complained about where it stands: nothing more is said here.
fn find<'m>(reference: &str, made: Made<'m>, at: &Path, problems: &mut Problems) -> Option<Found<'m>> {
    let (name, value) = match reference.split_once('/') {
        Some((name, value)) => (name, Some(value)),
        None => (reference, None),
    };
    let Some(set) = made.sets.get(name) else {
        problems.unknown(at, "measure", name, made.sets.keys().map(String::as_str));
        return None;
    };
    if set.range.is_empty() {
        return None;
    }
    let Some(value) = value else { return Some(Found { set, one: None }) };
    if !set.each {
        problems.bad_value(at, say!("job-has-no-each-is-one", name), say!("job-write-name", name));
        return None;
    }
    let each = |index: &usize| made.plan.measures[*index].each_value();
    let one = set.range.clone().find(|index| each(index).is_some_and(|each| fold(each) == fold(value)));
    if one.is_none() {
        let known: Vec<&str> = set.range.clone().filter_map(|index| each(&index)).collect();
        problems.unknown(at, &say!("job-value-each-in", name), value, known);
    }
    one.map(|one| Found { set, one: Some(one) })
}

fn check_title(title: &str, found: &Found, at: &Path, problems: &mut Problems) {
    not_empty(title, at, problems);
    if !found.is_each() {
        check_placeholder(title, at, &say!("job-its-measure"), problems);
    }
}

/// Refuses keys that mean nothing for the chart's kind.
fn check_keys(kind: ChartKind, spec: &ChartSpec, at: &Path, problems: &mut Problems) {
    for (key, is_said) in [("shade", spec.shade.is_some()), ("mark", spec.mark.is_some())] {
        if is_said && !kind.own().keys.contains(&key) {
            let owners = ChartKind::ALL.iter().filter(|other| other.own().keys.contains(&key));
            let owners = owners.map(|other| format!("`{}`", other.name())).collect::<Vec<_>>().join(", ");
            problems.bad_key(&at.key(key), say!("job-key-has-meaning-only-for", key, owners), say!("job-remove"));
        }
    }
    if spec.top == Some(0) {
        problems.bad_value(&at.key("top"), say!("job-top-must-be-at-least"), "");
    }
    if let Some([low, high]) = spec.axis.filter(|[low, high]| low >= high) {
        let message = say!("job-axis-must-go-from-lower", low, high);
        problems.bad_value(&at.key("axis"), message, "");
    }
}

fn check_fit(kind: ChartKind, measure: &MeasurePlan, family: &str, at: &Path, problems: &mut Problems) {
    let form = kind.own().form;
    if !measure.kind.forms().contains(&form) {
        let message = say!("job-chart-cannot-draw-measure-family", family = kind.name(), other = family);
        let families = MeasureKind::of_form(form).join(", ");
        problems.bad_value(at, message, say!("job-it-draws", families));
    } else if let Some((why, help)) = measure.kind.family().unfit(form) {
        problems.bad_value(at, why, help);
    }
}

fn filled(text: &str, measure: &MeasurePlan) -> String {
    text.replace(EACH, measure.each_value().unwrap_or(EACH))
}

/// `table.x`, or `table.x/value` for one of an expanded set.
fn name_of(name: &str, measure: &MeasurePlan, each: bool) -> String {
    match measure.each_value() {
        Some(value) if each => format!("{name}/{value}"),
        _ => name.to_string(),
    }
}

/// The rows that stand out: those that the job names; in a comparison at least our own.
fn emphasis(spec: &ChartSpec, plan: &MeasurePlan) -> Vec<String> {
    let own = plan.kind.family().own_row().map(String::from);
    own.into_iter().chain(spec.emphasis.iter().cloned()).collect()
}

fn chart(name: String, kind: ChartKind, spec: &ChartSpec, measure: usize, plan: &MeasurePlan) -> ChartPlan {
    ChartPlan {
        name: name_of(&name, plan, !spec.measure.contains('/')),
        kind,
        measure,
        title: filled(&spec.title, plan),
        subtitle: spec.subtitle.as_deref().map(|subtitle| filled(subtitle, plan)),
        columns: spec.columns.clone(),
        rows: spec.rows.clone(),
        top: spec.top,
        emphasis: emphasis(spec, plan),
        shade: spec.shade.unwrap_or(Shade::Whole),
        mark: spec.mark.unwrap_or(Mark::Line),
        axis: spec.axis,
        scale: plan.kind.family().scale().cloned(),
    }
}

pub(super) fn compile_tables(spec: &JobSpec, made: Made, problems: &mut Problems) -> Vec<TablePlan> {
    let mut tables = Vec::new();
    for (name, spec) in &spec.table {
        let at = Path::of(&["table", name]);
        let Some(found) = find(&spec.measure, made, &at.key("measure"), problems) else { continue };
        if let Some(title) = &spec.title {
            check_title(title, &found, &at.key("title"), problems);
        }
        check_intervals(spec, &made.plan.measures[found.first()], &at, problems);
        let labels = Labels::of(made.of(found.first()));
        labels.check_columns(&spec.columns, &at.key("columns"), problems);
        let members = found.members(made);
        tables.extend(members.map(|(measure, plan)| table(&format!("table.{name}"), spec, measure, plan)));
    }
    tables
}

/// Intervals are printed beside their share, where last period would stand in parentheses.
fn check_intervals(spec: &TableSpec, measure: &MeasurePlan, at: &Path, problems: &mut Problems) {
    let at = at.key("intervals");
    if spec.intervals && measure.certainty.interval.is_none() {
        let base = measure.name.split('/').next().unwrap_or(&measure.name);
        let help = say!("job-set-interval-wilson-under", base);
        problems.bad_key(&at, say!("job-has-no-intervals", base), help);
    }
    if spec.intervals && spec.parentheses {
        problems.bad_key(&at, say!("job-intervals-and-parentheses-want-same"), say!("job-remove-one-them"));
    }
}

fn table(name: &str, spec: &TableSpec, measure: usize, plan: &MeasurePlan) -> TablePlan {
    TablePlan {
        name: name_of(name, plan, !spec.measure.contains('/')),
        measure,
        title: spec.title.as_ref().map_or(plan.title.clone(), |title| filled(title, plan)),
        columns: spec.columns.clone(),
        parentheses: spec.parentheses,
        hide_total: spec.hide_total,
        intervals: spec.intervals,
    }
}

pub(super) fn compile_key_numbers(spec: &JobSpec, made: Made, problems: &mut Problems) -> Vec<KeyNumberPlan> {
    spec.key_number.iter().filter_map(|(name, spec)| key_number(name, spec, made, problems)).collect()
}

fn key_number(name: &str, spec: &KeyNumberSpec, made: Made, problems: &mut Problems) -> Option<KeyNumberPlan> {
    let at = Path::of(&["key_number", name]);
    not_empty(&spec.label, &at.key("label"), problems);
    let found = find(&spec.measure, made, &at.key("measure"), problems)?;
    let first = &made.plan.measures[found.first()];
    if found.is_each() {
        let message = say!("job-is-one-table-per-value", measure = spec.measure);
        problems.bad_value(&at.key("measure"), message, say!("job-write-measure-say", name = first.name));
    }
    let labels = Labels::of(made.of(found.first()));
    labels.check_rows(spec.row.as_slice(), &at.key("row"), problems);
    labels.check_columns(spec.column.as_slice(), &at.key("column"), problems);
    labels.check_columns(spec.beside.as_slice(), &at.key("beside"), problems);
    Some(KeyNumberPlan {
        name: format!("key_number.{name}"),
        label: spec.label.clone(),
        measure: found.first(),
        row: spec.row.clone(),
        column: spec.column.clone(),
        beside: spec.beside.clone(),
        sentence: spec.sentence.clone(),
    })
}
