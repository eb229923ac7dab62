//! `[published.x]` to its plan.

use crate::domain::spelling::fold;
use crate::measure::declared::{Declared, Entry, Job, Measures, conditions, date};
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::measure::published::plan::PublishedPlan;
use crate::measure::published::spec::PublishedSpec;
use crate::vocabulary::checks::{day, not_empty};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::{Scope, find_source};
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::SourceKind;

impl Declared for PublishedSpec {
    fn sources(&self) -> Vec<&str> {
        vec![&self.source]
    }

    fn add(&self, entry: Entry, job: Job, measures: &mut Measures, problems: &mut Problems) {
        let at = entry.path();
        not_empty(&self.title, &at.key("title"), problems);
        let found = find_source(&self.source, job.sources, &at.key("source"), problems);
        let Some(scope) = found else { return };
        let around = &job.around(scope, at);
        let key = |key: &str| around.at.key(key);
        if around.scope.plan.kind != SourceKind::Observations {
            problems.bad_value(&key("source"), say!("job-what-was-printed-must-be"), "");
            return;
        }
        around.scope.has("indicator", &key("source"), problems);
        let Some(measure) = counted(self, measures, &key("measure"), problems) else { return };
        let source = measures.plans[measure].source;
        let scope = Scope { index: source, plan: &around.sources[source] };
        let said = self.reported.as_deref();
        let reported = said.map_or(scope.plan.period_date, |name| date(name, scope, &key("reported"), problems));
        let as_of = self.as_of.as_deref().and_then(|text| day(text, &key("as_of"), problems));
        let kind = MeasureKind::Published(PublishedPlan {
            measure,
            column: self.column.clone().unwrap_or("previous".into()),
            rows: self.rows.iter().map(|(printed, row)| (fold(printed), row.clone())).collect(),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            as_of,
            reported,
        });
        let (name, title) = (entry.full_name(), self.title.clone());
        measures.add_one(entry.family, MeasurePlan::alone(name, title, around.scope.index, kind));
    }
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
