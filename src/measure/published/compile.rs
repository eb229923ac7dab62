//! `[published.x]` to its plan.

use crate::domain::spelling::fold;
use crate::measure::declared::{Around, Measures, conditions, date, push};
use crate::measure::plan::MeasureKind;
use crate::measure::published::plan::PublishedPlan;
use crate::measure::published::spec::PublishedSpec;
use crate::vocabulary::checks::day;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::Scope;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::SourceKind;

pub fn add_published(
    measures: &mut Measures,
    name: &str,
    spec: &PublishedSpec,
    around: &Around,
    problems: &mut Problems,
) {
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
