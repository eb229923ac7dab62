//! Rates: distinct events per exposure, this period and the one before, and whether the two differ.
//!
//! In: cubes, exposures. Out: one row per value of a dimension and the distinct total. Count, exposure, rate and its
//! interval of both periods, their ratio with its interval, p, p adjusted over the table, and the word that it allows.
//! Source: `stats::rate` (Garwood, Byar), `stats::two_counts` (central p, ratio by Clopper–Pearson).

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

mod exposures;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::certainty::{self, BLANK, Tested};
use super::cubes::Cubes;
use super::formula::Formula;
use super::head::{self, column};
use super::notes;
use super::observations::Observations;
use super::order;
use super::requests::{Counts, Events, Periods};
use super::selection::Reference;
use super::sheet::{Fields, Sheet};
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
/// The ratio and its limits, p, adjusted p, the test and the word.
const COMPARED: &str = "the two rates compared, of";
const PREVIOUS: [&str; 2] = ["previous_count", "previous_exposure"];

/// A rate measure with its source.
pub(crate) struct Rates<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a RatePlan,
    source: &'a SourcePlan,
}

/// What a row is counted on.
struct OfRow<'c> {
    counts: Counts<'c>,
    path: Vec<Key>,
    /// By period, this one first.
    exposures: Vec<Option<Exposure>>,
}

impl OfRow<'_> {
    /// Events and exposure of a period (its place among those printed) that was delivered and has an exposure.
    fn counted(&self, periods: &Periods, period: usize) -> Option<Counted> {
        let year = *periods.years.get(period)?;
        let exposure = self.exposures[period].as_ref().filter(|_| periods.knows(year))?;
        Some(Counted { events: self.counts.at(&self.path, year), exposure: exposure.size })
    }
}

impl<'a> Rates<'a> {
    pub(crate) fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a RatePlan) -> Rates<'a> {
        Rates { plan, measure, spec, source: &plan.sources[measure.source] }
    }

    fn events(&self) -> Events<'a> {
        Events::new(self.source, &self.spec.conditions, &[], self.source.period_date).of(self.measure)
    }

    /// Everything that [`Rates::sheet`] will read.
    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
        let events = self.events();
        let by = self.spec.by.iter().map(|axis| events.by_period(vec![events.dimension(axis)]));
        let all = events.has_date().then(|| events.delivered().by_period(Vec::new()));
        by.chain([events.by_period(Vec::new())]).chain(all).collect()
    }

    /// The rows: by the values of the dimension, then the total.
    fn rows<'c>(
        &self,
        cubes: &'c Cubes,
        periods: &Periods,
        exposures: &Exposures,
    ) -> Result<Vec<(TableRow, OfRow<'c>)>, Failure> {
        let events = self.events();
        let mut rows = Vec::new();
        // Parts of a whole stand beside the total; a residual row counts only where something stands on it.
        let mut parts: Vec<String> = Vec::new();
        if let Some(axis) = &self.spec.by {
            let counts = Counts::of(cubes, &events, vec![events.dimension(axis)])?;
            let found = counts.firsts(&periods.years);
            for value in order::values_of(axis, &self.source.columns[axis.column], &found) {
                let exposures = periods.years.iter().map(|year| exposures.of_row(&value.label, *year)).collect();
                parts.extend((value.kind() == RowKind::Part).then(|| value.label.clone()));
                rows.push((
                    TableRow::named(&value.label, value.kind()),
                    OfRow { counts, path: vec![value.key], exposures },
                ));
            }
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let exposures = periods.years.iter().map(|year| exposures.of_total(&parts, *year)).collect();
        rows.push((
            TableRow::total(),
            OfRow { counts: Counts::of(cubes, &events, Vec::new())?, path: Vec::new(), exposures },
        ));
        Ok(rows)
    }

    fn exposures(&self, data: &BTreeMap<String, Dataset>) -> Result<Exposures, Failure> {
        let observed = self.spec.exposure.source().map(|source| &self.plan.sources[source]);
        let missing = |source: &SourcePlan| Failure::internal(format!("the data of {} were not read", source.name));
        let observed = observed
            .map(|source| data.get(&source.name).map(|data| Observations::new(source, data)).ok_or(missing(source)));
        Exposures::of(&self.plan.job, self.spec, &self.measure.name, observed.transpose()?)
    }

    /// The printed table.
    pub(crate) fn sheet(&self, cubes: &Cubes, data: &BTreeMap<String, Dataset>) -> Result<Sheet, Failure> {
        let job = &self.plan.job;
        let what = format!("{} {}", self.source.noun.many, self.per());
        let mut table = head::of_events(self.plan, self.measure, what, job.period.name_of(job.year));
        let by = self.spec.by.as_ref().map(|axis| self.source.columns[axis.column].label.clone());
        table.row_headers = vec![by.unwrap_or_default()];
        table.n = Counts::of(cubes, &self.events(), Vec::new())?.at(&[], job.year);
        let periods = Periods::of(cubes, &self.events(), job.year, self.spec.earlier)?;
        let exposures = self.exposures(data)?;
        let rows = self.rows(cubes, &periods, &exposures)?;
        let has_previous = periods.years.len() > 1;
        let tests = has_previous.then(|| rows.iter().map(|(_, row)| tested(row, &periods)).collect());
        let lacks = |(row, of_row): &&(TableRow, OfRow)| row.kind != RowKind::Total && of_row.exposures[0].is_none();
        let without: Vec<String> = rows.iter().filter(lacks).map(|(row, _)| row.label.clone()).collect();
        let fields = self.fields(&periods, &exposures);
        let mut sheet = Sheet::of(table, &fields, rows);
        if let Some(tests) = tests {
            certainty::add_tests(&mut sheet.table, tests);
            sheet.cover(COMPARED, &compared(&fields));
        }
        self.add_notes(&mut sheet.table, &periods, &without);
        Ok(sheet)
    }

    fn fields<'f>(&'f self, periods: &'f Periods, exposures: &'f Exposures) -> Fields<'f, OfRow<'f>> {
        let mut fields = Fields::new();
        for (period, year) in periods.years.iter().copied().enumerate().take(2) {
            self.add_period(&mut fields, periods, exposures, period, year);
        }
        if periods.years.len() > 1 {
            let of = compared(&fields);
            let heads = [
                ("ratio", word!("measure-rate"), Role::Statistic),
                ("ratio_lower", word!("measure-rate-lower"), Role::Lower),
            ];
            let heads = heads.into_iter().chain([("ratio_upper", word!("measure-rate-upper"), Role::Upper)]);
            for (index, (key, label, role)) in heads.enumerate() {
                let column = column(key, label, role, Unit::Number { decimals: 2 });
                fields.add(column, move |row: &OfRow| {
                    let [now, then] = [0, 1].map(|period| row.counted(periods, period));
                    Formula::of_cells(COMPARED, of, ratio(now, then)[index].clone())
                });
            }
        }
        fields
    }

    /// Count, exposure, rate and its limits of one period.
    fn add_period<'f>(
        &'f self,
        fields: &mut Fields<'f, OfRow<'f>>,
        periods: &'f Periods,
        exposures: &'f Exposures,
        period: usize,
        year: i32,
    ) {
        let (is_now, per) = (period == 0, f64::from(self.spec.per));
        let suffix = if is_now { String::new() } else { format!(" {year}") };
        let head = |key: &str, label: String, role, unit| TableColumn {
            year: Some(year),
            ..column(if is_now { key.to_string() } else { format!("previous_{key}") }, label, role, unit)
        };
        let [count_key, exposure_key] = if is_now { ["count", "exposure"] } else { PREVIOUS };
        let count = head("count", printed!("measure-count-of", suffix), Role::Numerator, Unit::Count);
        fields.add(count, move |row: &OfRow| row.counts.known(periods, &row.path, year));
        let label = with_capital(&format!("{}{suffix}", self.spec.label));
        let exposure = head("exposure", label, Role::Denominator, Unit::Number { decimals: 0 });
        fields.add(exposure, move |row| {
            if periods.knows(year) { exposures.formula(&row.exposures[period]) } else { Formula::MISSING }
        });
        let own = fields.at([count_key, exposure_key]);
        let (rate, unit) = (with_capital(&format!("{}{suffix}", self.per())), self.spec.unit);
        let role = if is_now { Role::Current } else { Role::Previous };
        fields.add(head("rate", rate.clone(), role, unit), move |row| {
            let rate = row.counted(periods, period).map(|of| of.events as f64 / of.exposure * per);
            Formula::of_cells("events per exposure, of", own, rate.map_or(MISSING, Value::Number))
        });
        let ends = [
            ("rate_lower", word!("measure-lower-limit-of"), Role::Lower),
            ("rate_upper", word!("measure-upper-limit-of"), Role::Upper),
        ];
        for (key, words, role) in ends {
            let column = head(key, format!("{rate}, {words}"), role, unit);
            fields.add(column, move |row| {
                let limits =
                    row.counted(periods, period).map(|of| interval(self.spec.interval, of.events, of.exposure / per));
                let end = limits.map(|limits| {
                    let end = limits.map(|limits| if role == Role::Lower { limits.lower } else { limits.upper });
                    end.map_or(BLANK, Value::Number)
                });
                let nothing = if periods.knows(year) { BLANK } else { MISSING };
                Formula::of_cells("a limit of the rate, of", own, end.unwrap_or(nothing))
            });
        }
    }

    /// "per 1 000 invånare"
    fn per(&self) -> String {
        printed!("measure-per", per = swedish::integer(i64::from(self.spec.per)), label = self.spec.label)
    }

    fn add_notes(&self, table: &mut MeasureTable, periods: &Periods, without: &[String]) {
        let mut added = notes::not_a_sum(&as_counts(table), &self.source.noun, None);
        if !without.is_empty() {
            let rows = notes::listing_of_many(without);
            let text = printed!("measure-exposure-not-known", label = self.spec.label, rows);
            added.push(notes::note(NoteKind::Missing, text));
        }
        added.extend(notes::missing_periods(periods, &self.source.noun));
        let method = match self.spec.interval {
            RateInterval::Garwood => word!("measure-garwood"),
            RateInterval::Byar => word!("measure-byar"),
        };
        added.push(notes::note(NoteKind::Interval, printed!("measure-interval-by", method)));
        table.notes.extend(added);
    }
}

/// The cells that two rates are compared by.
fn compared<R>(fields: &Fields<R>) -> [Reference; 4] {
    fields.at(["count", "exposure", PREVIOUS[0], PREVIOUS[1]])
}

/// Exact test of the two rates: given both counts, this period's is binomial with its part of the exposure.
fn tested(row: &OfRow, periods: &Periods) -> Option<Tested> {
    let (now, then) = (row.counted(periods, 0)?, row.counted(periods, 1)?);
    let p = central_p(now, then)?;
    let order = (now.events as f64 * then.exposure).total_cmp(&(then.events as f64 * now.exposure));
    Some(Tested { p, name: word!("measure-exact-test-of-two-counts"), order })
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
