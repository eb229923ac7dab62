//! Rates: distinct events per exposure, this period and the one before, and whether the two differ.
//!
//! In: cubes, exposures. Out: one row per value of a dimension and the distinct total. Count, exposure, rate and its
//! interval of both periods, their ratio with its interval, p, p adjusted over the table, and the word that it allows.
//! Source: `stats::rate` (Garwood, Byar), `stats::two_counts` (central p, ratio by Clopper–Pearson).

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

mod exposures;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::Cubes;
use super::certainty::{self, BLANK, Tested};
use super::head::{self, column};
use super::membership::{Definition, Definitions};
use super::notes::{self, TOTAL};
use super::observations::Observations;
use super::order;
use super::requests::{Counts, Events, Periods};
use crate::diagnostic::Failure;
use crate::domain::cube::{CubeRequest, Key};
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::measure::rate::plan::RatePlan;
use crate::measure::rate::spec::RateInterval;
use crate::stats::Interval;
use crate::stats::level::Level;
use crate::stats::rate::{byar, garwood};
use crate::stats::two_counts::{Counted, central_p, rate_ratio};
use crate::store::Dataset;
use crate::vocabulary::plan::SourcePlan;

use exposures::{Exposure, Exposures};

const MISSING: Value = Value::Nothing(Nothing::Missing);
/// Columns of one period.
const OF_PERIOD: usize = 5;

/// A rate measure with its source.
pub struct Rates<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a RatePlan,
    source: &'a SourcePlan,
}

/// A row of the table before it has values.
struct Line {
    path: Vec<Key>,
    label: String,
    kind: RowKind,
}

/// What the cells of a table are read from.
struct Read<'c> {
    lines: Vec<Line>,
    periods: Periods,
    parts: Option<Counts<'c>>,
    total: Counts<'c>,
    exposures: Exposures,
}

impl Read<'_> {
    fn count(&self, line: &Line, year: i32) -> u64 {
        let counts = self.parts.as_ref().filter(|_| line.kind != RowKind::Total).unwrap_or(&self.total);
        counts.at(&line.path, year)
    }

    /// Rows beside the total that are parts of a whole: a residual one counts only where something stands on it.
    fn exposure(&self, line: &Line, year: i32) -> Option<Exposure> {
        if line.kind != RowKind::Total {
            return self.exposures.of_row(&line.label, year);
        }
        let parts = self.lines.iter().filter(|part| part.kind == RowKind::Part).map(|part| part.label.as_str());
        self.exposures.of_total(&parts.collect::<Vec<_>>(), year)
    }

    fn counted(&self, line: &Line, year: i32) -> Option<Counted> {
        let exposure = self.exposure(line, year).filter(|_| self.periods.knows(year))?;
        Some(Counted { events: self.count(line, year), exposure: exposure.size })
    }
}

impl<'a> Rates<'a> {
    pub fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a RatePlan) -> Rates<'a> {
        Rates { plan, measure, spec, source: &plan.sources[measure.source] }
    }

    fn events(&self) -> Events<'a> {
        Events::new(self.source, &self.spec.conditions, &[], self.source.period_date).of(self.measure)
    }

    /// Everything that [`Rates::table`] will read.
    pub fn requests(&self) -> Vec<CubeRequest> {
        let events = self.events();
        let by = self.spec.by.iter().map(|axis| events.by_period(vec![events.dimension(axis)]));
        let all = events.has_date().then(|| events.all().by_period(Vec::new()));
        by.chain([events.by_period(Vec::new())]).chain(all).collect()
    }

    fn read<'c>(&self, cubes: &'c Cubes, data: &BTreeMap<String, Dataset>) -> Result<Read<'c>, Failure> {
        let (events, job) = (self.events(), &self.plan.job);
        let periods = Periods::of(cubes, &events.all(), job.year, self.spec.earlier)?;
        let dimension = |axis| vec![events.dimension(axis)];
        let parts = self.spec.by.as_ref().map(|axis| Counts::of(cubes, &events, dimension(axis))).transpose()?;
        let found = parts.as_ref().map_or_else(BTreeSet::new, |parts| parts.firsts(&periods.years));
        let values =
            self.spec.by.iter().flat_map(|axis| order::values_of(axis, &self.source.columns[axis.column], &found));
        let mut lines: Vec<Line> =
            values.map(|value| Line { kind: value.kind(), path: vec![value.key], label: value.label }).collect();
        lines.push(Line { path: Vec::new(), label: TOTAL.to_string(), kind: RowKind::Total });
        let observed = self.spec.exposure.source().map(|source| &self.plan.sources[source]);
        let missing = |source: &SourcePlan| Failure::internal(format!("the data of {} were not read", source.name));
        let observed = observed
            .map(|source| data.get(&source.name).map(|data| Observations::new(source, data)).ok_or(missing(source)));
        let exposures = Exposures::of(job, self.spec, &self.measure.name, observed.transpose()?)?;
        let total = Counts::of(cubes, &events, Vec::new())?;
        Ok(Read { lines, periods, parts, total, exposures })
    }

    /// The printed table.
    pub fn table(&self, cubes: &Cubes, data: &BTreeMap<String, Dataset>) -> Result<MeasureTable, Failure> {
        let (read, job) = (self.read(cubes, data)?, &self.plan.job);
        let what = format!("{} {}", self.source.noun.many, self.per());
        let mut table = head::table(self.plan, self.measure, what, job.period.name_of(job.year));
        let by = self.spec.by.as_ref().map(|axis| self.source.columns[axis.column].label.clone());
        table.row_headers = vec![by.unwrap_or_default()];
        table.columns = self.columns(&read.periods);
        table.n = read.total.at(&[], job.year);
        table.rows = read.lines.iter().map(|line| self.row(line, &read)).collect();
        if let Some(previous) = read.periods.years.get(1) {
            let tested = read.lines.iter().map(|line| tested(&read, line, job.year, *previous)).collect();
            certainty::add_tests(&mut table, tested);
        }
        self.add_notes(&mut table, &read);
        Ok(table)
    }

    fn row(&self, line: &Line, read: &Read) -> TableRow {
        let year = self.plan.job.year;
        let mut values = self.values(line, read, year);
        if let Some(previous) = read.periods.years.get(1) {
            values.extend(match read.periods.knows(*previous) {
                true => self.values(line, read, *previous),
                false => vec![MISSING; OF_PERIOD],
            });
            values.extend(ratio(read.counted(line, year), read.counted(line, *previous)));
        }
        let key = if line.kind == RowKind::Total { Vec::new() } else { vec![line.label.clone()] };
        TableRow { key, label: line.label.clone(), level: 0, kind: line.kind, values }
    }

    /// Count, exposure, rate and its limits of one period.
    fn values(&self, line: &Line, read: &Read, year: i32) -> Vec<Value> {
        let events = read.count(line, year);
        let count = Value::Count(i64::try_from(events).unwrap_or(i64::MAX));
        let Some(Exposure { size, .. }) = read.exposure(line, year) else {
            return vec![count, MISSING, MISSING, BLANK, BLANK];
        };
        let per = f64::from(self.spec.per);
        let rate = Value::Number(events as f64 / size * per);
        let limits = interval(self.spec.interval, events, size / per);
        let [lower, upper] =
            limits.map_or([BLANK; 2], |limits| [Value::Number(limits.lower), Value::Number(limits.upper)]);
        vec![count, Value::Number(size), rate, lower, upper]
    }

    /// "per 1 000 invånare"
    fn per(&self) -> String {
        format!("per {} {}", swedish::integer(i64::from(self.spec.per)), self.spec.label)
    }

    fn columns(&self, periods: &Periods) -> Vec<TableColumn> {
        let mut columns = self.columns_of(self.plan.job.year, "", "");
        let Some(previous) = periods.years.get(1) else { return columns };
        columns.extend(self.columns_of(*previous, "previous_", &format!(" {previous}")));
        let ratio = |key: &str, label: &str, role| column(key, label, role, Unit::Number { decimals: 2 });
        columns.push(ratio("ratio", "Kvot", Role::Statistic));
        columns.push(ratio("ratio_lower", "Kvot, nedre gräns", Role::Lower));
        columns.push(ratio("ratio_upper", "Kvot, övre gräns", Role::Upper));
        columns
    }

    fn columns_of(&self, year: i32, prefix: &str, suffix: &str) -> Vec<TableColumn> {
        let role = if prefix.is_empty() { Role::Current } else { Role::Previous };
        let of_year = |key: &str, label: String, role, unit| TableColumn {
            year: Some(year),
            ..column(format!("{prefix}{key}"), label, role, unit)
        };
        let (rate, unit) = (with_capital(&format!("{}{suffix}", self.per())), self.spec.unit);
        let exposure = with_capital(&format!("{}{suffix}", self.spec.label));
        vec![
            of_year("count", format!("Antal{suffix}"), Role::Numerator, Unit::Count),
            of_year("exposure", exposure, Role::Denominator, Unit::Number { decimals: 0 }),
            of_year("rate", rate.clone(), role, unit),
            of_year("rate_lower", format!("{rate}, nedre gräns"), Role::Lower, unit),
            of_year("rate_upper", format!("{rate}, övre gräns"), Role::Upper, unit),
        ]
    }

    fn add_notes(&self, table: &mut MeasureTable, read: &Read) {
        let mut added = notes::not_a_sum(&as_counts(table), &self.source.noun, None);
        let lacks = |line: &&Line| line.kind != RowKind::Total && read.exposure(line, self.plan.job.year).is_none();
        let without: Vec<String> = read.lines.iter().filter(lacks).map(|line| line.label.clone()).collect();
        if !without.is_empty() {
            let rows = notes::listing_of_many(&without);
            let text = format!("Antalet {} är inte känt för {rows}; där finns ingen kvot.", self.spec.label);
            added.push(notes::note(NoteKind::Missing, text));
        }
        added.extend(notes::missing_periods(&read.periods, &self.source.noun));
        let method = match self.spec.interval {
            RateInterval::Garwood => "exakt enligt Poissonfördelningen (Garwood)",
            RateInterval::Byar => "Byars metod, exakt (Garwood) under tio händelser",
        };
        added.push(notes::note(NoteKind::Interval, format!("Osäkerhetsintervall: 95\u{a0}%, {method}.")));
        added.extend(self.events().has_date().then(|| notes::unfinished_period(&self.plan.job)).flatten());
        table.notes.extend(added);
    }

    /// What stands behind each cell of the table.
    pub fn definitions(&self, cubes: &Cubes, data: &BTreeMap<String, Dataset>) -> Result<Definitions, Failure> {
        let (read, events) = (self.read(cubes, data)?, self.events());
        let of_period = |line: &Line, year: i32, first: usize| -> Vec<Definition> {
            if !read.periods.knows(year) {
                return vec![Definition::Nothing; OF_PERIOD];
            }
            let axis = self.spec.by.as_ref().filter(|_| line.kind != RowKind::Total);
            let dimensions = axis.map(|axis| events.dimension(axis)).into_iter().collect();
            let own = [first, first + 1];
            vec![
                Definition::Count(events.select_period(dimensions, &line.path, year)),
                read.exposures.definition(&read.exposure(line, year)),
                Definition::beside("events per exposure, of", &own),
                Definition::beside("a limit of the rate, of", &own),
                Definition::beside("a limit of the rate, of", &own),
            ]
        };
        let row = |line: &Line| {
            let mut cells = of_period(line, self.plan.job.year, 0);
            if let Some(previous) = read.periods.years.get(1) {
                cells.extend(of_period(line, *previous, OF_PERIOD));
                // The ratio and its limits, p, adjusted p, the test and the word.
                let compared = Definition::beside("the two rates compared, of", &[0, 1, OF_PERIOD, OF_PERIOD + 1]);
                cells.extend(std::iter::repeat_n(compared, 7));
            }
            cells
        };
        Ok(read.lines.iter().map(row).collect())
    }
}

/// Exact test of the two rates: given both counts, this period's is binomial with its part of the exposure.
fn tested(read: &Read, line: &Line, year: i32, previous: i32) -> Option<Tested> {
    let (now, then) = (read.counted(line, year)?, read.counted(line, previous)?);
    let p = central_p(now, then)?;
    let order = (now.events as f64 * then.exposure).total_cmp(&(then.events as f64 * now.exposure));
    Some(Tested { p, name: "exakt test av två antal", order })
}

/// The ratio of the rates and its limits; nothing where the rate before is nought.
fn ratio(now: Option<Counted>, then: Option<Counted>) -> [Value; 3] {
    let (Some(now), Some(then)) = (now, then.filter(|then| then.events > 0)) else { return [BLANK; 3] };
    match rate_ratio(now, then, Level::P95) {
        Some((ratio, limits)) => [ratio, limits.lower, limits.upper].map(Value::Number),
        None => [BLANK; 3],
    }
}

fn interval(method: RateInterval, events: u64, exposure: f64) -> Option<Interval> {
    let exact = || garwood(events, exposure, Level::P95);
    match method {
        RateInterval::Garwood => exact(),
        RateInterval::Byar => byar(events, exposure, Level::P95).or_else(exact),
    }
}

/// The counts alone, for the note on parts that do not add up.
fn as_counts(table: &MeasureTable) -> MeasureTable {
    let mut counts = table.clone();
    for column in &mut counts.columns {
        column.role = match column.key.as_str() {
            "count" => Role::Current,
            "previous_count" => Role::Previous,
            _ => Role::Text,
        };
    }
    counts
}

fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
