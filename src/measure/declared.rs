//! From spec to plan, as far as families do it alike: the source, `each` expanded to one measure per value, conditions.
//!
//! In: a table of the job file. Out: its measures, and by which name others refer to them. Never: knows what a family's
//! own keys mean.

use std::ops::Range;

use indexmap::IndexMap;

use crate::domain::cube::{Condition, Grain};
use crate::domain::table::{Unit, slug};
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::measure::risk::spec::RiskScaleSpec;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::{AxisPlan, CertaintyPlan, ColumnKindPlan, JobPlan, SourcePlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::{Scope, find_source, kind_name};
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::{Named, OutsidePeriod, SourceKind, UnitSpec, Where};

/// What stands for the value of `each` in titles.
pub(crate) const EACH: &str = "{each}";

/// All measures, and which of them a reference `family.name` means.
#[derive(Default)]
pub struct Measures {
    /// In the job file's order.
    pub plans: Vec<MeasurePlan>,
    /// By `family.name`.
    pub sets: IndexMap<String, Set>,
}

/// The measures of one declared table: one, or one per value of `each`. Empty if it could not be compiled.
pub struct Set {
    /// Name of the family.
    pub family: &'static str,
    /// Indices into [`Measures::plans`].
    pub range: Range<usize>,
    /// One per value of a column.
    pub each: bool,
}

/// The keys that all families have; `each` is `None` where a family has no such key.
pub struct Common<'a> {
    /// `source.x`.
    pub source: &'a str,
    /// What the report calls the table; may hold `{each}`.
    pub title: &'a str,
    /// Column with one measure per value.
    pub each: Option<&'a str>,
}

/// A table of the job file that declares measures: `[family.name]`.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Name of the family.
    pub family: &'static str,
    /// The table's own name.
    pub name: &'a str,
}

impl Entry<'_> {
    /// What other tables call it.
    pub fn full_name(self) -> String {
        format!("{}.{}", self.family, self.name)
    }

    /// Its place in the job file.
    pub fn path(self) -> Path {
        Path::of(&[self.family, self.name])
    }
}

/// A family's table of the job file.
pub trait Declared {
    /// The sources that it names, as it names them: `source.x`.
    fn sources(&self) -> Vec<&str>;

    /// Adds its measures, and the set by which others refer to them.
    fn add(&self, entry: Entry, job: Job, measures: &mut Measures, problems: &mut Problems);
}

/// A table whose measures are of one source: one measure, or one per value of `each`.
pub trait OfSource {
    /// Kinds of sources that the family can read.
    const SOURCES: &'static [SourceKind];

    /// The keys that all families have.
    fn common(&self) -> Common<'_>;

    /// Sources that it names beside its own.
    fn other_sources(&self) -> Vec<&str>;

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

impl<T: OfSource> Declared for T {
    fn sources(&self) -> Vec<&str> {
        std::iter::once(self.common().source).chain(self.other_sources()).collect()
    }

    fn add(&self, entry: Entry, job: Job, measures: &mut Measures, problems: &mut Problems) {
        measures.add_of_source(self, entry, job, problems);
    }
}

/// What all measures see while they are compiled.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The job's own table: year, period, day of the data.
    pub job: &'a JobPlan,
    /// The job file's risk scales.
    pub scales: &'a Named<RiskScaleSpec>,
    /// All sources of the job.
    pub sources: &'a [SourcePlan],
}

impl<'a> Job<'a> {
    /// What one measure sees.
    pub fn around(self, scope: Scope<'a>, at: Path) -> Around<'a> {
        Around { job: self.job, scales: self.scales, scope, sources: self.sources, at }
    }
}

/// What a measure sees while it is compiled.
pub struct Around<'a> {
    /// The job's own table.
    pub job: &'a JobPlan,
    /// The job file's scales, for measures that name one.
    pub scales: &'a Named<RiskScaleSpec>,
    /// The measure's source.
    pub scope: Scope<'a>,
    /// All of the job, for measures that read a second one or take names from it.
    pub sources: &'a [SourcePlan],
    /// The measure's place in the job file.
    pub at: Path,
}

impl Measures {
    fn add_of_source<T: OfSource>(&mut self, spec: &T, entry: Entry, job: Job, problems: &mut Problems) {
        let (at, each) = (entry.path(), spec.common().each.is_some());
        not_empty(spec.common().title, &at.key("title"), problems);
        let first = self.plans.len();
        if let Some(scope) = source(spec.common().source, job.sources, T::SOURCES, &at.key("source"), problems) {
            self.add(entry, spec, &job.around(scope, at), problems);
        }
        let set = Set { family: entry.family, range: first..self.plans.len(), each };
        self.sets.insert(entry.full_name(), set);
        self.add_companions::<T>(entry, first, each);
    }

    /// One table under a name of its own.
    pub fn add_one(&mut self, family: &'static str, plan: MeasurePlan) {
        let range = self.plans.len()..self.plans.len() + 1;
        self.sets.insert(plan.name.clone(), Set { family, range, each: false });
        self.plans.push(plan);
    }

    /// The further tables of the measures from `first` on, each set under the measure's name with a suffix.
    fn add_companions<T: OfSource>(&mut self, entry: Entry, first: usize, each: bool) {
        let Range { end, .. } = first..self.plans.len();
        let suffixes: Vec<&str> = match self.plans.get(first) {
            Some(measure) => T::companions(&measure.kind).into_iter().map(|(suffix, _)| suffix).collect(),
            None => Vec::new(),
        };
        for suffix in suffixes {
            let named = format!("{}.{suffix}", entry.full_name());
            let start = self.plans.len();
            for index in first..end {
                let measure = &self.plans[index];
                let own = T::companions(&measure.kind).into_iter().find(|(own, _)| *own == suffix);
                let name = measure.each_value().map_or(named.clone(), |value| format!("{named}/{value}"));
                self.plans.extend(own.map(|(_, kind)| MeasurePlan { name, kind, ..measure.clone() }));
            }
            self.sets.insert(named, Set { family: entry.family, range: start..self.plans.len(), each });
        }
    }

    fn add<T: OfSource>(&mut self, entry: Entry, spec: &T, around: &Around, problems: &mut Problems) {
        let kind = spec.kind(around, problems);
        self.check_judge(kind.as_ref(), &around.at.key("measure"), problems);
        let certainty = spec.certainty(around, problems);
        let full = entry.full_name();
        let source = around.scope.index;
        let Some(column) = spec.common().each else {
            check_placeholder(spec.common().title, &around.at.key("title"), &say!("job-the-measure"), problems);
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
            let mut kind = kind.clone();
            kind.family_mut().restrict(&each);
            MeasurePlan { name, title, source, kind, each: Some(each), certainty: certainty.clone() }
        }));
    }
}

impl Measures {
    /// The measure that is to judge stands before, and has a test.
    fn check_judge(&self, kind: Option<&MeasureKind>, at: &Path, problems: &mut Problems) {
        let Some(name) = kind.and_then(|kind| kind.family().judged_by()) else { return };
        match self.plans.iter().find(|plan| plan.name == name) {
            None => problems.unknown(at, "measure", name, self.plans.iter().map(|plan| plan.name.as_str())),
            Some(plan) if !plan.certainty.test => {
                problems.bad_value(at, say!("job-measure-has-no-test", name), say!("job-set-test-under", name));
            }
            Some(_) => {}
        }
    }
}

/// A reference `source.x` to a source of a kind that fits.
pub(crate) fn source<'a>(
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
        let message = say!("job-is-kind-this-family-reads", reference, found, listed = listed.join("` and `"));
        problems.bad_value(at, message, "");
        return None;
    }
    Some(scope)
}

/// `{each}` in a title whose measure has none would be printed as it stands.
pub(crate) fn check_placeholder(title: &str, at: &Path, whose: &str, problems: &mut Problems) {
    if title.contains(EACH) {
        let message = say!("job-stands-in-title-but-has", each = EACH, whose);
        problems.bad_value(at, message, say!("job-add-each-to-measure-or"));
    }
}

/// The values of `each`, from the column's closed list; their file names must differ.
pub(crate) fn each_values(column: &str, around: &Around, problems: &mut Problems) -> Vec<String> {
    let at = around.at.key("each");
    if !around.scope.has(column, &at, problems) {
        return Vec::new();
    }
    let Some(values) = around.scope.closed_values(column) else {
        let message = say!("job-has-no-closed-list-so", column);
        problems.bad_value(&at, message, say!("job-give-column-list-or-name"));
        return Vec::new();
    };
    let values: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
    for (index, value) in values.iter().enumerate() {
        if let Some(other) = values[..index].iter().find(|other| slug(other) == slug(value)) {
            let message = say!("job-tables-and-would-have-same", other, value);
            problems.bad_value(&at, message, say!("job-make-two-names-differ-in"));
        }
    }
    values
}

/// Earlier periods that a job can ask for.
const EARLIER_MOST: u32 = 100;

/// As many earlier periods as are asked for, if a table has room for them.
pub fn earlier_at_most(earlier: u32, at: &Path, problems: &mut Problems) -> u32 {
    if earlier > EARLIER_MOST {
        problems.bad_value(at, say!("job-earlier-must-be-at-most", most = EARLIER_MOST, earlier), "");
    }
    earlier.min(EARLIER_MOST)
}

impl Around<'_> {
    /// Earlier periods: as said, but not more than the source holds.
    pub fn earlier(&self, said: Option<u32>, default: u32, problems: &mut Problems) -> u32 {
        let Some(earlier) = said else { return default.min(self.job.earlier) };
        if earlier > self.job.earlier && self.scope.plan.outside_period == OutsidePeriod::Drop {
            let message = say!("job-earlier-periods-are-asked-for", earlier, kept = self.job.earlier);
            let help = say!("job-raise-earlier-under-job-period");
            problems.bad_value(&self.at.key("earlier"), message, help);
            return self.job.earlier;
        }
        earlier_at_most(earlier, &self.at.key("earlier"), problems)
    }

    /// Number columns, for means.
    pub fn numbers(&self, names: &[String], key: &str, problems: &mut Problems) -> Vec<usize> {
        let mut found = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let at = self.at.key(key).index(index);
            let Some(column) = self.scope.column(name, &at, problems) else { continue };
            if !matches!(self.scope.plan.columns[column].kind, ColumnKindPlan::Number { .. }) {
                problems.bad_value(&at, say!("job-is-not-number-column-so", name), "");
            }
            found.push(column);
        }
        found
    }

    /// Indices of columns of the source by their names; a name that it lacks is a mistake at `key`.
    pub fn columns(&self, names: &[String], key: &str, problems: &mut Problems) -> Vec<usize> {
        let at = self.at.key(key);
        let names = names.iter().enumerate();
        names.filter_map(|(index, name)| self.scope.column(name, &at.index(index), problems)).collect()
    }
}

pub(crate) fn column_axis(
    name: Option<&str>,
    rows: &[String],
    around: &Around,
    problems: &mut Problems,
) -> Option<AxisPlan> {
    let (name, at) = (name?, around.at.key("columns"));
    if rows.iter().any(|row| row == name) {
        problems.bad_value(&at, say!("job-cannot-be-rows-and-columns", name), "");
    }
    around.scope.axis(name, &at, problems)
}

pub(crate) fn needs_period_date(at: &Path, around: &Around, problems: &mut Problems) {
    if around.scope.plan.period_date.is_none() {
        let message = say!("job-source-has-no-period-date-places", name = around.scope.plan.name);
        problems.bad_value(at, message, say!("job-add-period-date-to-source"));
    }
}

pub(crate) fn conditions_at(
    positive: &Where,
    negative: &Where,
    keys: [&str; 2],
    at: &Path,
    around: &Around,
    problems: &mut Problems,
) -> Vec<Condition> {
    let mut conditions = around.scope.conditions(positive, false, &at.key(keys[0]), problems);
    conditions.extend(around.scope.conditions(negative, true, &at.key(keys[1]), problems));
    conditions
}

/// A column, or a step of time of the period date.
pub(crate) fn timed_axis(name: &str, at: &Path, around: &Around, problems: &mut Problems) -> Option<AxisPlan> {
    let grain = match name {
        "year" => Grain::Period,
        "calendar_year" => Grain::CalendarYear,
        "quarter" => Grain::Quarter,
        "month" => Grain::Month,
        column => return around.scope.axis(column, at, problems),
    };
    needs_period_date(at, around, problems);
    let column = around.scope.plan.period_date?;
    Some(AxisPlan { column, grain, values: Vec::new() })
}

/// Decimals that a table can show.
const DECIMALS_MOST: u8 = 6;

pub(crate) fn conditions(
    positive: &Where,
    negative: &Where,
    around: &Around,
    problems: &mut Problems,
) -> Vec<Condition> {
    let mut conditions = around.scope.conditions(positive, false, &around.at.key("where"), problems);
    conditions.extend(around.scope.conditions(negative, true, &around.at.key("where_not"), problems));
    conditions
}

pub(crate) fn unit(said: Option<UnitSpec>, decimals: Option<u8>, around: &Around, problems: &mut Problems) -> Unit {
    let at = around.at.key("decimals");
    match decimals {
        Some(decimals) if decimals > DECIMALS_MOST => {
            problems.bad_value(&at, say!("job-decimals-must-be-at-most", most = DECIMALS_MOST, decimals), "");
        }
        Some(1..) if said == Some(UnitSpec::Count) => {
            problems.bad_key(&at, say!("job-count-has-no-decimals"), say!("job-remove-decimals-or-set-unit"));
        }
        _ => {}
    }
    with_decimals(said.unwrap_or(UnitSpec::Number), decimals)
}

pub(crate) fn with_decimals(unit: UnitSpec, decimals: Option<u8>) -> Unit {
    let decimals = decimals.unwrap_or(0).min(DECIMALS_MOST);
    match unit {
        UnitSpec::Count => Unit::Count,
        UnitSpec::Percent => Unit::Percent { decimals },
        UnitSpec::Number => Unit::Number { decimals },
    }
}

pub(crate) fn has_period_before(earlier: Option<u32>, around: &Around) -> bool {
    around.scope.plan.period_date.is_some() && earlier.unwrap_or(around.job.earlier.min(1)) > 0
}

pub(crate) fn is_beside(beside: bool, around: &Around, problems: &mut Problems) -> bool {
    if !beside {
        let message = say!("job-there-is-no-period-before");
        problems.bad_key(&around.at.key("test"), message, say!("job-set-earlier-1-or-remove"));
    }
    beside
}

pub(crate) fn date(name: &str, scope: Scope, at: &Path, problems: &mut Problems) -> Option<usize> {
    let column = scope.column(name, at, problems)?;
    if !matches!(scope.plan.columns[column].kind, ColumnKindPlan::Date { .. }) {
        problems.bad_value(at, say!("job-is-not-date-column", name), say!("job-name-column-kind-date"));
        return None;
    }
    Some(column)
}
