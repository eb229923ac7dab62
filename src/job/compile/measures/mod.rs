//! Measures: each family to its plan, `each` expanded to one measure per value.

mod certainty;
pub(super) mod comparisons;
mod derived;
mod events;
mod indicators;
mod mismatch;
mod quality;
mod rates;
mod registers;
mod risks;
mod spc;

use std::ops::Range;

use indexmap::IndexMap;

use super::conditions::Scope;
use super::head::not_empty;
use super::problems::Problems;
use crate::domain::cube::Condition;
use crate::domain::table::slug;
use crate::job::plan::{CertaintyPlan, JobPlan, MeasureKind, MeasurePlan, OutsidePeriod, SourceKind, SourcePlan};
use crate::job::spans::Path;
use crate::job::spec::{JobSpec, Named};

/// What stands for the value of `each` in titles.
pub(super) const EACH: &str = "{each}";

/// All measures, and which of them a reference `family.name` means.
#[derive(Default)]
pub(super) struct Measures {
    pub(super) plans: Vec<MeasurePlan>,
    pub(super) sets: IndexMap<String, Set>,
}

/// The measures of one declared table: one, or one per value of `each`. Empty if it could not be compiled.
pub(super) struct Set {
    pub(super) family: &'static str,
    pub(super) range: Range<usize>,
    pub(super) each: bool,
}

/// The keys that all families have; `each` is `None` where a family has no such key.
pub(super) struct Common<'a> {
    source: &'a str,
    title: &'a str,
    each: Option<&'a str>,
}

/// What the families have in common.
pub(super) trait Declared {
    const FAMILY: &'static str;
    /// Kinds of sources that the family can read.
    const SOURCES: &'static [SourceKind];

    fn common(&self) -> Common<'_>;

    /// Intervals and tests that the job asks for.
    fn certainty(&self, _: &Around, _: &mut Problems) -> CertaintyPlan {
        CertaintyPlan::default()
    }

    /// The plan without `each`; `None` when a needed reference is broken.
    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind>;

    /// Further tables of the same measure, and their names after the measure's own.
    fn companions(_: &MeasureKind) -> Vec<(&'static str, MeasureKind)> {
        Vec::new()
    }
}

/// What a measure sees while it is compiled.
pub(super) struct Around<'a> {
    pub(super) job: &'a JobPlan,
    /// The job file, for measures that name a scale in it.
    pub(super) spec: &'a JobSpec,
    pub(super) scope: Scope<'a>,
    /// All of the job, for measures that read a second one or take names from it.
    pub(super) sources: &'a [SourcePlan],
    pub(super) at: Path,
}

pub(super) fn compile(spec: &JobSpec, job: &JobPlan, sources: &[SourcePlan], problems: &mut Problems) -> Measures {
    let mut measures = Measures::default();
    risks::check_scales(spec, problems);
    let around = (spec, job);
    measures.add_family(&spec.breakdown, around, sources, problems);
    measures.add_family(&spec.trend, around, sources, problems);
    measures.add_family(&spec.cube, around, sources, problems);
    measures.add_family(&spec.share, around, sources, problems);
    measures.add_family(&spec.rate, around, sources, problems);
    measures.add_family(&spec.indicator, around, sources, problems);
    measures.add_family(&spec.goal, around, sources, problems);
    measures.add_family(&spec.mismatch, around, sources, problems);
    measures.add_family(&spec.register, around, sources, problems);
    measures.add_family(&spec.comparison, around, sources, problems);
    measures.add_family(&spec.funnel, around, sources, problems);
    measures.add_family(&spec.risk, around, sources, problems);
    measures.add_family(&spec.risk_count, around, sources, problems);
    measures.add_family(&spec.spc, around, sources, problems);
    derived::add(&mut measures, spec, problems);
    quality::add(&mut measures, spec, job, sources, problems);
    measures
}

impl Measures {
    fn add_family<T: Declared>(
        &mut self,
        family: &Named<T>,
        (job_spec, job): (&JobSpec, &JobPlan),
        sources: &[SourcePlan],
        problems: &mut Problems,
    ) {
        for (name, spec) in family {
            let at = Path::of(&[T::FAMILY, name]);
            not_empty(spec.common().title, &at.key("title"), problems);
            let first = self.plans.len();
            if let Some(scope) = source(spec.common().source, sources, T::SOURCES, &at.key("source"), problems) {
                self.add(name, spec, &Around { job, spec: job_spec, scope, sources, at }, problems);
            }
            let set = Set { family: T::FAMILY, range: first..self.plans.len(), each: spec.common().each.is_some() };
            let full = format!("{}.{name}", T::FAMILY);
            self.sets.insert(full.clone(), set);
            self.add_companions::<T>(&full, first, spec.common().each.is_some());
        }
    }

    /// The further tables of the measures from `first` on, each set under the measure's name with a suffix.
    fn add_companions<T: Declared>(&mut self, full: &str, first: usize, each: bool) {
        let Range { end, .. } = first..self.plans.len();
        let suffixes: Vec<&str> = match self.plans.get(first) {
            Some(measure) => T::companions(&measure.kind).into_iter().map(|(suffix, _)| suffix).collect(),
            None => Vec::new(),
        };
        for suffix in suffixes {
            let named = format!("{full}.{suffix}");
            let start = self.plans.len();
            for index in first..end {
                let measure = &self.plans[index];
                let own = T::companions(&measure.kind).into_iter().find(|(own, _)| *own == suffix);
                let name = measure.each_value().map_or(named.clone(), |value| format!("{named}/{value}"));
                self.plans.extend(own.map(|(_, kind)| MeasurePlan { name, kind, ..measure.clone() }));
            }
            self.sets.insert(named, Set { family: T::FAMILY, range: start..self.plans.len(), each });
        }
    }

    fn add<T: Declared>(&mut self, name: &str, spec: &T, around: &Around, problems: &mut Problems) {
        let kind = spec.kind(around, problems);
        let certainty = spec.certainty(around, problems);
        let full = format!("{}.{name}", T::FAMILY);
        let source = around.scope.index;
        let Some(column) = spec.common().each else {
            check_placeholder(spec.common().title, &around.at.key("title"), "the measure", problems);
            let title = spec.common().title.to_string();
            let plan = |kind| MeasurePlan { name: full, title, source, each: None, kind, certainty };
            return self.plans.extend(kind.map(plan));
        };
        let values = each_values(column, around, problems);
        let Some(kind) = kind else { return };
        self.plans.extend(values.into_iter().map(|value| {
            let name = format!("{full}/{value}");
            let title = spec.common().title.replace(EACH, &value);
            let each = Condition { column: column.to_string(), values: vec![value], negated: false };
            let kind = restricted(kind.clone(), &each);
            MeasurePlan { name, title, source, kind, each: Some(each), certainty: certainty.clone() }
        }));
    }
}

/// A reference `source.x` to a source of a kind that fits.
fn source<'a>(
    reference: &str,
    sources: &'a [SourcePlan],
    kinds: &[SourceKind],
    at: &Path,
    problems: &mut Problems,
) -> Option<Scope<'a>> {
    let scope = find_source(reference, sources, at, problems)?;
    if !kinds.contains(&scope.plan.kind) {
        let listed: Vec<&str> = kinds.iter().map(|kind| kind_name(*kind)).collect();
        let found = kind_name(scope.plan.kind);
        let message = format!("`{reference}` is of kind `{found}`; this family reads `{}`", listed.join("` and `"));
        problems.bad_value(at, message, "");
        return None;
    }
    Some(scope)
}

/// A reference `source.x`.
pub(super) fn find_source<'a>(
    reference: &str,
    sources: &'a [SourcePlan],
    at: &Path,
    problems: &mut Problems,
) -> Option<Scope<'a>> {
    let found = sources.iter().position(|plan| reference.strip_prefix("source.") == Some(&plan.name));
    match found {
        Some(index) => Some(Scope { index, plan: &sources[index] }),
        None => {
            let known: Vec<String> = sources.iter().map(|plan| format!("source.{}", plan.name)).collect();
            problems.unknown(at, "source", reference, known.iter().map(String::as_str));
            None
        }
    }
}

fn kind_name(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Events => "events",
        SourceKind::Observations => "observations",
        SourceKind::Register => "register",
    }
}

/// `{each}` in a title whose measure has none would be printed as it stands.
pub(super) fn check_placeholder(title: &str, at: &Path, whose: &str, problems: &mut Problems) {
    if title.contains(EACH) {
        let message = format!("`{EACH}` stands in the title, but {whose} has no `each`");
        problems.bad_value(at, message, "add `each` to the measure, or write the title out");
    }
}

/// The values of `each`, from the column's closed list; their file names must differ.
fn each_values(column: &str, around: &Around, problems: &mut Problems) -> Vec<String> {
    let at = around.at.key("each");
    if !around.scope.has(column, &at, problems) {
        return Vec::new();
    }
    let Some(values) = around.scope.closed_values(column) else {
        let message = format!("`{column}` has no closed list, so that its values are not known beforehand");
        problems.bad_value(&at, message, "give the column a `list`, or name another column");
        return Vec::new();
    };
    let values: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
    for (index, value) in values.iter().enumerate() {
        if let Some(other) = values[..index].iter().find(|other| slug(other) == slug(value)) {
            let message = format!("the tables of `{other}` and `{value}` would have the same file name");
            problems.bad_value(&at, message, "make the two names differ in more than signs and accents");
        }
    }
    values
}

fn restricted(mut kind: MeasureKind, each: &Condition) -> MeasureKind {
    let condition = each.clone();
    match &mut kind {
        MeasureKind::Breakdown(plan) => plan.conditions.push(condition),
        MeasureKind::Trend(plan) => plan.conditions.push(condition),
        MeasureKind::Cube(plan) => plan.conditions.push(condition),
        MeasureKind::Share(plan) => {
            for line in &mut plan.lines {
                line.whole.push(condition.clone());
                line.part.push(condition.clone());
            }
        }
        MeasureKind::Rate(plan) => plan.conditions.push(condition),
        MeasureKind::Indicator(plan) => plan.conditions.push(condition),
        MeasureKind::Goal(plan) => plan.conditions.push(condition),
        MeasureKind::Register(plan) => plan.conditions.push(condition),
        // Has no `each`: its rows are chosen by `own`.
        MeasureKind::Mismatch(_) => {}
        MeasureKind::Comparison(plan) => plan.conditions.push(condition),
        MeasureKind::Funnel(plan) => plan.conditions.push(condition),
        // A risk that has changed unit since last year is found under both.
        MeasureKind::Risk(plan) => plan.each = Some(condition),
        MeasureKind::RiskCount(plan) => plan.conditions.push(condition),
        MeasureKind::Spc(plan) => {
            plan.part.iter_mut().for_each(|part| part.push(condition.clone()));
            plan.conditions.push(condition);
        }
        // Made of tables that are restricted already.
        MeasureKind::Shift(_) | MeasureKind::Development(_) => {}
        // Have no `each`: they are of whole sources.
        MeasureKind::Quality(_) | MeasureKind::Delivery(_) | MeasureKind::Published(_) => {}
    }
    kind
}

impl Around<'_> {
    /// Earlier periods: as said, but not more than the source holds.
    fn earlier(&self, said: Option<u32>, default: u32, problems: &mut Problems) -> u32 {
        let Some(earlier) = said else { return default.min(self.job.earlier) };
        if earlier > self.job.earlier && self.scope.plan.outside_period == OutsidePeriod::Drop {
            let message = format!("{earlier} earlier periods are asked for, but the job keeps {}", self.job.earlier);
            let help = "raise `earlier` under [job.period], or set `outside_period = \"keep\"` on the source";
            problems.bad_value(&self.at.key("earlier"), message, help);
        }
        earlier
    }

    /// Number columns, for means.
    fn numbers(&self, names: &[String], key: &str, problems: &mut Problems) -> Vec<usize> {
        let mut found = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let at = self.at.key(key).index(index);
            let Some(column) = self.scope.column(name, &at, problems) else { continue };
            if !matches!(self.scope.plan.columns[column].kind, crate::job::plan::ColumnKindPlan::Number { .. }) {
                problems.bad_value(&at, format!("`{name}` is not a number column, so that it has no mean"), "");
            }
            found.push(column);
        }
        found
    }

    fn columns(&self, names: &[String], key: &str, problems: &mut Problems) -> Vec<usize> {
        let at = self.at.key(key);
        let names = names.iter().enumerate();
        names.filter_map(|(index, name)| self.scope.column(name, &at.index(index), problems)).collect()
    }
}
