//! `[quality.x]` to its plans: several tables of one source.

use crate::measure::declared::{Around, Declared, Entry, Job, Measures, date};
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::measure::quality::plan::{QualityPlan, QualityShow};
use crate::measure::quality::spec::QualitySpec;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::{AxisPlan, ColumnKindPlan, SourcePlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::SourceKind;

const RESIDUAL_OVER: f64 = 0.2;
const LATE_OVER_DAYS: u32 = 14;
const STOPPED_UNDER: f64 = 0.05;
const HISTORY_MONTHS: u32 = 6;
const RENAMED_FROM: u32 = 5;

impl Declared for QualitySpec {
    fn sources(&self) -> Vec<&str> {
        vec![&self.source]
    }

    fn add(&self, entry: Entry, job: Job, measures: &mut Measures, problems: &mut Problems) {
        let at = entry.path();
        not_empty(&self.title, &at.key("title"), problems);
        let found = find_source(&self.source, job.sources, &at.key("source"), problems);
        let Some(scope) = found else { return };
        let plan = quality(self, &job.around(scope, at), problems);
        for show in shows(&plan, scope.plan) {
            let base = entry.full_name();
            let name = show.suffix().map_or(base.clone(), |suffix| format!("{base}.{suffix}"));
            let title = format!("{}: {}", self.title, show.heading());
            let kind = MeasureKind::Quality(QualityPlan { show, ..plan.clone() });
            measures.add_one(entry.family, MeasurePlan::alone(name, title, scope.index, kind));
        }
    }
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
        problems.missing_key(&around.at, say!("job-source-has-no-period-date-says"), say!("job-add-reported"));
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
        let message = say!("job-has-meaning-only-for-source", key);
        problems.bad_key(&around.at.key(key), message, say!("job-remove"));
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

fn share(said: Option<f64>, default: f64, at: &Path, problems: &mut Problems) -> f64 {
    let share = said.unwrap_or(default);
    if !(0.0..=1.0).contains(&share) {
        problems.bad_value(at, say!("job-must-be-share-from-0", share), say!("job-write-0-2-for-20"));
        return default;
    }
    share
}
