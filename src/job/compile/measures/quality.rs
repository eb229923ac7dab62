//! `[quality.x]`, `[delivery.x]` and `[published.x]`: several tables of one source, one of all, one of last year's report.

use super::indicators::conditions;
use super::{Around, Measures, Set, find_source};
use crate::job::compile::conditions::Scope;
use crate::job::compile::head::{day, not_empty};
use crate::job::compile::problems::Problems;
use crate::job::plan::{
    AxisPlan, CertaintyPlan, ColumnKindPlan, DeliveryPlan, JobPlan, MeasureKind, MeasurePlan, PublishedPlan,
    QualityPlan, QualityShow, SourceKind, SourcePlan, fold,
};
use crate::job::spans::Path;
use crate::job::spec::{DeliverySpec, JobSpec, PublishedSpec, QualitySpec};

const RESIDUAL_OVER: f64 = 0.2;
const LATE_OVER_DAYS: u32 = 14;
const STOPPED_UNDER: f64 = 0.05;
const HISTORY_MONTHS: u32 = 6;
const RENAMED_FROM: u32 = 5;

/// Adds all of them, last of all measures: what last year's report printed is compared with any of the others.
pub(super) fn add(
    measures: &mut Measures,
    job_file: &JobSpec,
    job: &JobPlan,
    sources: &[SourcePlan],
    problems: &mut Problems,
) {
    for (name, spec) in &job_file.quality {
        let at = Path::of(&["quality", name]);
        not_empty(&spec.title, &at.key("title"), problems);
        let found = find_source(&spec.source, sources, &at.key("source"), problems);
        let Some(scope) = found else { continue };
        add_quality(measures, name, spec, &Around { job, spec: job_file, scope, sources, at }, problems);
    }
    for (name, spec) in &job_file.delivery {
        add_delivery(measures, name, spec, sources, problems);
    }
    for (name, spec) in &job_file.published {
        let at = Path::of(&["published", name]);
        not_empty(&spec.title, &at.key("title"), problems);
        let found = find_source(&spec.source, sources, &at.key("source"), problems);
        let Some(scope) = found else { continue };
        add_published(measures, name, spec, &Around { job, spec: job_file, scope, sources, at }, problems);
    }
}

fn add_quality(measures: &mut Measures, name: &str, spec: &QualitySpec, around: &Around, problems: &mut Problems) {
    let plan = quality(spec, around, problems);
    for show in shows(&plan, around.scope.plan) {
        let base = format!("quality.{name}");
        let full = show.suffix().map_or(base.clone(), |suffix| format!("{base}.{suffix}"));
        let title = format!("{}: {}", spec.title, show.heading());
        let kind = MeasureKind::Quality(QualityPlan { show, ..plan.clone() });
        push(measures, "quality", full, title, around.scope.index, kind);
    }
}

fn push(measures: &mut Measures, family: &'static str, name: String, title: String, source: usize, kind: MeasureKind) {
    let range = measures.plans.len()..measures.plans.len() + 1;
    measures.sets.insert(name.clone(), Set { family, range, each: false });
    measures.plans.push(MeasurePlan { name, title, source, each: None, kind, certainty: CertaintyPlan::default() });
}

/// The tables that the source and the keys allow.
fn shows(plan: &QualityPlan, source: &SourcePlan) -> Vec<QualityShow> {
    let is_events = source.kind == SourceKind::Events;
    let has_lists = source.columns.iter().any(|column| matches!(column.kind, ColumnKindPlan::Category(_)));
    let by_month = is_events && plan.units.is_some() && source.period_date.is_some();
    let has_names = !plan.categories.is_empty() || plan.units.is_some();
    let wanted = [
        (QualityShow::Completeness, true),
        (QualityShow::Residual, is_events && !plan.categories.is_empty()),
        (QualityShow::Unknown, has_lists),
        (QualityShow::Lag, is_events && plan.occurred.is_some() && plan.reported.is_some()),
        (QualityShow::Months, by_month),
        (QualityShow::Stopped, by_month),
        (QualityShow::Renamed, is_events && source.period_date.is_some() && has_names),
    ];
    wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(show, _)| show).collect()
}

fn quality(spec: &QualitySpec, around: &Around, problems: &mut Problems) -> QualityPlan {
    only_events(spec, around, problems);
    let key = |key: &str| around.at.key(key);
    let units = spec.units.as_deref().and_then(|units| around.scope.axis(units, &key("units"), problems));
    let period_date = around.scope.plan.period_date;
    let reported =
        spec.reported.as_deref().map_or(period_date, |name| date(name, around.scope, &key("reported"), problems));
    let occurred = spec.occurred.as_deref().and_then(|name| date(name, around.scope, &key("occurred"), problems));
    if occurred.is_some() && reported.is_none() && spec.reported.is_none() {
        problems.missing_key(
            &around.at,
            "the source has no `period_date` that says when a row was reported",
            "add `reported`",
        );
    }
    let over = share(spec.residual_over, RESIDUAL_OVER, &key("residual_over"), problems);
    QualityPlan {
        show: QualityShow::Completeness,
        categories: categories(spec, units.as_ref(), around, problems),
        units,
        occurred,
        reported,
        residual_over: (over * 10_000.0).round() as u64,
        late_over_days: spec.late_over_days.unwrap_or(LATE_OVER_DAYS),
        stopped_under: share(spec.stopped_under, STOPPED_UNDER, &key("stopped_under"), problems),
        history_months: spec.history_months.unwrap_or(HISTORY_MONTHS).max(1) as usize,
        renamed_from: u64::from(spec.renamed_from.unwrap_or(RENAMED_FROM).max(1)),
    }
}

/// Keys that mean nothing unless rows are events.
fn only_events(spec: &QualitySpec, around: &Around, problems: &mut Problems) {
    if around.scope.plan.kind == SourceKind::Events {
        return;
    }
    let said = [
        ("units", spec.units.is_some()),
        ("occurred", spec.occurred.is_some()),
        ("reported", spec.reported.is_some()),
        ("categories", !spec.categories.is_empty()),
    ];
    for (key, _) in said.into_iter().filter(|(_, said)| *said) {
        let message = format!("`{key}` has a meaning only for a source of events");
        problems.bad_key(&around.at.key(key), message, "remove it");
    }
}

/// The columns named, or every column with a closed list that the export itself holds.
fn categories(spec: &QualitySpec, units: Option<&AxisPlan>, around: &Around, problems: &mut Problems) -> Vec<AxisPlan> {
    let at = around.at.key("categories");
    if !spec.categories.is_empty() {
        let named = spec.categories.iter().enumerate();
        return named.filter_map(|(index, name)| around.scope.axis(name, &at.index(index), problems)).collect();
    }
    let columns = around.scope.plan.columns.iter().enumerate();
    let listed = columns.filter(|(index, column)| {
        matches!(column.kind, ColumnKindPlan::Category(_))
            && column.derive.is_none()
            && units.is_none_or(|units| units.column != *index)
    });
    listed.filter_map(|(_, column)| around.scope.axis(&column.name, &at, problems)).collect()
}

fn date(name: &str, scope: Scope, at: &Path, problems: &mut Problems) -> Option<usize> {
    let column = scope.column(name, at, problems)?;
    if !matches!(scope.plan.columns[column].kind, ColumnKindPlan::Date { .. }) {
        problems.bad_value(at, format!("`{name}` is not a date column"), "name a column of kind `date`");
        return None;
    }
    Some(column)
}

fn share(said: Option<f64>, default: f64, at: &Path, problems: &mut Problems) -> f64 {
    let share = said.unwrap_or(default);
    if !(0.0..=1.0).contains(&share) {
        problems.bad_value(at, format!("must be a share from 0 to 1, found {share}"), "write 0.2 for 20 per cent");
        return default;
    }
    share
}

fn add_delivery(
    measures: &mut Measures,
    name: &str,
    spec: &DeliverySpec,
    sources: &[SourcePlan],
    problems: &mut Problems,
) {
    let at = Path::of(&["delivery", name]);
    not_empty(&spec.title, &at.key("title"), problems);
    let named = spec.sources.iter().enumerate();
    let mut indices: Vec<usize> = named
        .filter_map(|(index, name)| find_source(name, sources, &at.key("sources").index(index), problems))
        .map(|scope| scope.index)
        .collect();
    if spec.sources.is_empty() {
        indices = (0..sources.len()).collect();
    }
    // The table is of all of them; it stands under one that is always delivered, if there is one.
    let always = indices.iter().find(|index| !sources[**index].optional).or(indices.first()).copied();
    let Some(source) = always else { return };
    let kind = MeasureKind::Delivery(DeliveryPlan { sources: indices });
    push(measures, "delivery", format!("delivery.{name}"), spec.title.clone(), source, kind);
}

fn add_published(measures: &mut Measures, name: &str, spec: &PublishedSpec, around: &Around, problems: &mut Problems) {
    let key = |key: &str| around.at.key(key);
    if around.scope.plan.kind != SourceKind::Observations {
        problems.bad_value(&key("source"), "what was printed must be a source of kind `observations`", "");
        return;
    }
    around.scope.has("indicator", &key("source"), problems);
    let Some(measure) = counted(spec, measures, &key("measure"), problems) else { return };
    let source = measures.plans[measure].source;
    let scope = Scope { index: source, plan: &around.sources[source] };
    let said = spec.reported.as_deref();
    let reported = said.map_or(scope.plan.period_date, |name| date(name, scope, &key("reported"), problems));
    let as_of = spec.as_of.as_deref().and_then(|text| day(text, &key("as_of"), problems));
    let kind = MeasureKind::Published(PublishedPlan {
        measure,
        column: spec.column.clone().unwrap_or("previous".into()),
        rows: spec.rows.iter().map(|(printed, row)| (fold(printed), row.clone())).collect(),
        conditions: conditions(&spec.where_, &spec.where_not, around, problems),
        as_of,
        reported,
    });
    push(measures, "published", format!("published.{name}"), spec.title.clone(), around.scope.index, kind);
}

/// The measure whose table is compared: one table, `family.name` or `family.name/value`.
fn counted(spec: &PublishedSpec, measures: &Measures, at: &Path, problems: &mut Problems) -> Option<usize> {
    let found = measures.plans.iter().position(|plan| plan.name == spec.measure);
    if found.is_none() {
        let known = measures.plans.iter().map(|plan| plan.name.as_str());
        problems.unknown(at, "measure", &spec.measure, known);
    }
    found
}
