//! How long it takes from one date of an event to another: to a decision, to a closing.
//!
//! In: cubes, for how many events there are; the two dates of each. Out: one row per value of a dimension and the distinct
//! total: all events of the period, of which closed, open and without a time; median and quartiles of the days, and the
//! share that ended within the limit, this period's and those of the ones before.
//! Unit: days. Rows: an event on several rows is one ([`outcomes`]). No value is rounded; there is no median while the
//! curve stays above one half. Source: `stats::survival` (Kaplan & Meier).

pub(crate) mod compile;

mod family;

mod outcomes;

pub(crate) mod plan;

pub(crate) mod spec;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use self::outcomes::{Outcome, Outcomes, Part};
use super::change;
use super::coding::{Coded, time_of};
use super::cubes::Found;
use super::event_table::EventTable;
use super::family::{Facts, Of};
use super::formula::{Counted, Formula};
use super::head::{self, column};
use super::notes::{self, note};
use super::order;
use super::requests::{Counts, Events, Periods};
use super::selection::{Chosen, Selection};
use super::sheet::{Fields, Sheet};
use super::wording::with_capital;
use crate::diagnostic::Failure;
use crate::domain::cube::{CubeRequest, Grain, Key};
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, TableColumn, TableNote, TableRow, Unit, Value};
use crate::measure::lead_time::plan::LeadTimePlan;
use crate::stats::survival::{Followed, Waiting};
use crate::vocabulary::plan::SourcePlan;

const MISSING: Value = Value::Nothing(Nothing::Missing);

/// Quantiles of whole days end in ,0 or ,5.
const DAYS: Unit = Unit::Number { decimals: 1 };

/// How cells are made, for `explain`.
const DAYS_OF: &str = "a quantile of the days, those of open ones cut off (Kaplan–Meier), of";
const ENDED_OF: &str = "the share that had ended by the limit (Kaplan–Meier), of";

/// A measure of lead times with its source.
struct LeadTimes<'a> {
    of: Of<'a>,
    spec: &'a LeadTimePlan,
    source: &'a SourcePlan,
}

/// What is known of the events, by the rows of the source.
struct Known<'a> {
    table: EventTable<'a>,
    outcomes: Outcomes,
    /// The rows of each value of the dimension and of all, by period.
    rows: BTreeMap<(Option<Key>, i32), Vec<usize>>,
}

/// The events of a row of the table in one period.
struct Cell<'c> {
    all: Found<'c>,
    rows: &'c [usize],
    waiting: Waiting,
}

/// A row of the table: the cells of the printed periods, this one first; none of one of which the data hold nothing.
struct OfRow<'c>(Vec<Option<Cell<'c>>>);

impl<'a> LeadTimes<'a> {
    fn new(of: Of<'a>, spec: &'a LeadTimePlan) -> LeadTimes<'a> {
        LeadTimes { of, spec, source: of.source() }
    }

    fn events(&self) -> Events<'a> {
        Events::new(self.source, &self.spec.conditions, &[], self.source.period_date).of(self.of.measure)
    }

    fn name(&self, column: usize) -> &'a str {
        &self.source.columns[column].name
    }

    /// The columns that are gone through.
    fn columns(&self) -> impl Iterator<Item = usize> {
        let LeadTimePlan { from, to, by, conditions, .. } = self.spec;
        let by = by.iter().map(|axis| axis.column);
        let asked = conditions.iter().filter_map(|condition| self.source.column(&condition.column));
        [*from, *to].into_iter().chain(self.source.period_date).chain(by).chain(asked)
    }

    /// The counts that the outcomes must add up to.
    fn requests(&self) -> Vec<CubeRequest> {
        let events = self.events();
        let by = self.spec.by.iter().map(|axis| events.by_period(vec![events.dimension(axis)]));
        let known = events.has_date().then(|| events.delivered().by_period(Vec::new()));
        by.chain([events.by_period(Vec::new())]).chain(known).collect()
    }

    /// The printed table.
    fn sheet(&self, facts: Facts) -> Result<Sheet, Failure> {
        let job = &self.of.plan.job;
        let periods = Periods::of(facts.cubes, &self.events(), job.year, self.spec.earlier)?;
        let known = self.known(facts, &periods)?;
        let rows = self.rows(facts, &periods, &known)?;
        let [from, to] = self.labels().map(head::in_sentence);
        let what = printed!("measure-days-from-to", from, to);
        let mut table = head::of_events(self.of.plan, self.of.measure, what, job.period.name_of(job.year));
        let by = self.spec.by.as_ref().map(|axis| self.source.columns[axis.column].label.clone());
        table.row_headers = vec![by.unwrap_or_default()];
        let of_total = rows.last().and_then(|(_, total)| total.0.first()?.as_ref());
        table.n = of_total.map_or(0, |cell| cell.all.events.count);
        table.notes = of_total.map_or_else(Vec::new, |cell| self.data_notes(&known, cell));
        let mut sheet = Sheet::of(table, &self.fields(&periods, &known), rows);
        self.add_notes(&mut sheet.table, &periods);
        Ok(sheet)
    }

    /// Goes through the rows of the source once.
    fn known(&self, facts: Facts<'a>, periods: &Periods) -> Result<Known<'a>, Failure> {
        let missing = || Failure::internal(format!("the data of source {} were not read", self.source.name));
        let data = facts.rows.get(&self.source.name).ok_or_else(missing)?;
        let table = EventTable::new(self.source, Cow::Borrowed(data))?;
        let LeadTimePlan { from, to, by, conditions, .. } = self.spec;
        let outcomes = Outcomes::of(&table, [self.name(*from), self.name(*to)], self.of.plan.job.as_of)?;
        let years = match self.source.period_date {
            Some(date) => time_of(table.days(self.name(date))?, Grain::Period, self.source.period),
            None => vec![Some(self.of.plan.job.year); data.rows],
        };
        let mut kept = vec![true; data.rows];
        for condition in conditions {
            let holds = table.coded(&condition.column)?.holds(condition, data.rows);
            kept.iter_mut().zip(holds).for_each(|(kept, holds)| *kept &= holds);
        }
        let by = by.as_ref().map(|axis| table.coded(self.name(axis.column))).transpose()?;
        let mut rows: BTreeMap<(Option<Key>, i32), Vec<usize>> = BTreeMap::new();
        for (row, year) in years.into_iter().enumerate().filter(|(row, _)| kept[*row]) {
            let Some(year) = year.filter(|year| periods.years.contains(year)) else { continue };
            let label = |coded: &Coded, code: u32| Some(Key::Label(coded.labels[code as usize].clone()));
            let values = by.iter().flat_map(|coded| coded.row(row).iter().map(|code| label(coded, *code)));
            values.chain([None]).for_each(|value| rows.entry((value, year)).or_default().push(row));
        }
        Ok(Known { table, outcomes, rows })
    }

    fn rows<'c>(
        &self,
        facts: Facts<'c>,
        periods: &Periods,
        known: &'c Known,
    ) -> Result<Vec<(TableRow, OfRow<'c>)>, Failure> {
        let (events, mut rows) = (self.events(), Vec::new());
        if let Some(axis) = &self.spec.by {
            let counts = Counts::of(facts.cubes, &events, vec![events.dimension(axis)])?;
            let found = counts.firsts(&periods.years);
            for value in order::values_of(axis, &self.source.columns[axis.column], &found) {
                let row = TableRow::named(&value.label, value.kind());
                rows.push((row, known.of_row(periods, counts, Some(value.key))?));
            }
        }
        let all = Counts::of(facts.cubes, &events, Vec::new())?;
        rows.push((TableRow::total(), known.of_row(periods, all, None)?));
        Ok(rows)
    }

    fn fields<'f>(&'f self, periods: &Periods, known: &'f Known) -> Fields<'f, OfRow<'f>> {
        let (now, mut fields) = (periods.years[0], Fields::new());
        let count = |key: &str, label: String| column(key, label, Role::N, Unit::Count);
        let of_part = |part: Part| move |row: &OfRow| row.at(0, |cell| Formula::Count(self.part(known, cell, part)));
        let all = TableColumn { role: Role::Denominator, ..count("n", printed!("measure-count")) };
        fields.add(all, |row: &OfRow| row.at(0, |cell| cell.all.clone().count()));
        fields.add(count("closed", printed!("measure-closed")), of_part(Part::Closed));
        fields.add(count("open", printed!("measure-open")), of_part(Part::Open));
        let open_share = column("open_share", printed!("measure-share-open"), Role::Share, head::PERCENT);
        fields.add(open_share, |row| {
            row.at(0, |cell| Formula::share(self.part(known, cell, Part::Open), cell.all.events.clone()))
        });
        for (period, year) in periods.years.iter().copied().enumerate() {
            let median = of_period("median", printed!("measure-median-of", year), year, now, DAYS);
            fields.add(median, move |row| row.at(period, |cell| self.days(known, cell, 0.5)));
        }
        let quartiles = [
            ("lower_quartile", printed!("measure-lower-quartile"), 0.25),
            ("upper_quartile", printed!("measure-upper-quarter"), 0.75),
        ];
        for (key, label, share) in quartiles {
            fields
                .add(column(key, label, Role::Mean, DAYS), move |row| row.at(0, |cell| self.days(known, cell, share)));
        }
        for (period, year) in periods.years.iter().copied().enumerate() {
            let Some(limit) = self.spec.limit_days else { continue };
            let label = printed!("measure-within-days", n = limit, shown = whole(limit), year);
            let within = TableColumn { role: Role::Share, ..of_period("within", label, year, now, head::PERCENT) };
            fields.add(within, move |row| row.at(period, |cell| self.ended(known, cell, limit)));
        }
        fields.add(count("without", printed!("measure-without-time")), of_part(Part::Without));
        fields
    }

    /// Some of the events of a cell.
    fn part(&self, known: &Known, cell: &Cell, part: Part) -> Counted {
        let holds = |row: &usize| part.holds(known.outcome(*row));
        let rows: Vec<usize> = cell.rows.iter().copied().filter(holds).collect();
        let count = known.events(&rows).len() as u64;
        let (among, source) = (cell.all.events.of.clone(), self.of.measure.source);
        let by = part.by(self.name(self.spec.from), self.name(self.spec.to));
        Counted { of: Selection::Chosen(Arc::new(Chosen { among, by, source, rows })), count }
    }

    /// The days by which a share of the events has ended.
    fn days(&self, known: &Known, cell: &Cell, share: f64) -> Formula {
        let days = cell.waiting.quantile(share).map_or(MISSING, days_of);
        Formula::of_rows(DAYS_OF, vec![self.part(known, cell, Part::Followed)], days)
    }

    /// The share that has ended within the limit: that of the counts, where each event has lasted so long or ended.
    fn ended(&self, known: &Known, cell: &Cell, limit: u32) -> Formula {
        let parts = [Part::Within(limit), Part::Beyond(limit), Part::Followed];
        let parts = parts.map(|part| self.part(known, cell, part));
        let is_cut_off = |row: &usize| matches!(known.outcome(*row), Outcome::Open(days) if days < limit);
        let share = if cell.rows.iter().any(is_cut_off) {
            cell.waiting.ended_by(limit).map_or(MISSING, |share| Value::Number(100.0 * share))
        } else {
            change::share(parts[0].count, parts[2].count)
        };
        Formula::of_rows(ENDED_OF, parts.into(), share)
    }

    /// What readers call the two dates.
    fn labels(&self) -> [&'a str; 2] {
        [self.spec.from, self.spec.to].map(|column| self.source.columns[column].label.as_str())
    }

    /// Of which events of the period there is no time, and why.
    fn data_notes(&self, known: &Known, of_total: &Cell) -> Vec<TableNote> {
        let events = known.events(of_total.rows);
        let count = |is: &dyn Fn(u32) -> bool| events.iter().filter(|event| is(**event)).count();
        let outcome = |wanted: Outcome| count(&|event| known.outcomes.of_event(event) == wanted);
        let (noun, [from, to]) = (&self.source.noun, self.labels());
        let (one, many, day) = (&noun.one, &noun.many, swedish::day(self.of.plan.job.as_of));
        let (undated, backwards) = (outcome(Outcome::Undated), outcome(Outcome::Backwards));
        let differing = count(&|event| known.outcomes.differs[event as usize]);
        let shown = |n: usize| swedish::integer(n as i64);
        let found = [
            (undated, printed!("measure-without-beginning", n = undated, shown = shown(undated), one, many, from)),
            (
                backwards,
                printed!(
                    "measure-ends-before-beginning",
                    n = backwards,
                    shown = shown(backwards),
                    one,
                    many,
                    from,
                    to,
                    day
                ),
            ),
            (differing, printed!("measure-differing-days", n = differing, shown = shown(differing), one, many)),
        ];
        found.into_iter().filter(|(n, _)| *n > 0).map(|(_, text)| note(NoteKind::Undated, text)).collect()
    }

    fn add_notes(&self, table: &mut MeasureTable, periods: &Periods) {
        let (noun, [from, to], day) = (&self.source.noun, self.labels(), swedish::day(self.of.plan.job.as_of));
        let method = printed!("measure-lead-time-method", from, to, day, many = with_capital(&noun.many));
        let mut added = notes::not_a_sum(table, noun, None);
        added.extend(notes::missing_periods(periods, noun));
        added.push(note(NoteKind::Method, method));
        table.notes.extend(added);
    }
}

impl Known<'_> {
    fn outcome(&self, row: usize) -> Outcome {
        self.outcomes.of_event(self.table.events[row])
    }

    /// The distinct events of some rows.
    fn events(&self, rows: &[usize]) -> Vec<u32> {
        let mut events: Vec<u32> = rows.iter().map(|row| self.table.events[*row]).collect();
        events.sort_unstable();
        events.dedup();
        events
    }

    /// Errors: an internal one where other events are found than were counted.
    fn of_row<'c>(&'c self, periods: &Periods, counts: Counts<'c>, value: Option<Key>) -> Result<OfRow<'c>, Failure> {
        let path: Vec<Key> = value.iter().cloned().collect();
        let cell = |year: i32| {
            let rows = self.rows.get(&(value.clone(), year)).map_or(&[][..], Vec::as_slice);
            let (all, events) = (counts.find(&path, year), self.events(rows));
            if all.events.count != events.len() as u64 {
                return Err(Failure::internal(format!("{} events of {value:?} {year} are {all:?}", events.len())));
            }
            let followed = events.iter().filter_map(|event| self.outcomes.of_event(*event).followed());
            Ok(Cell { all, rows, waiting: Waiting::of(&followed.collect::<Vec<Followed>>()) })
        };
        let cells = periods.years.iter().map(|year| periods.knows(*year).then(|| cell(*year)).transpose());
        cells.collect::<Result<_, Failure>>().map(OfRow)
    }
}

impl OfRow<'_> {
    fn at(&self, period: usize, formula: impl Fn(&Cell) -> Formula) -> Formula {
        self.0.get(period).and_then(Option::as_ref).map_or(Formula::MISSING, formula)
    }
}

/// The column of a period: `median`, `previous_median`, `y2021_median`.
fn of_period(key: &str, label: String, year: i32, now: i32, unit: Unit) -> TableColumn {
    let of = head::period_column(year, now, unit);
    let key = if year == now { key.to_string() } else { format!("{}_{key}", of.key) };
    TableColumn { key, label, ..of }
}

/// Days are whole, but for the middle between two of them. Each is printed as it is itself: a common number of decimals would
/// tell of those that `protect` hides.
fn days_of(days: f64) -> Value {
    if days.fract() == 0.0 { Value::Count(days as i64) } else { Value::Number(days) }
}

fn whole(number: u32) -> String {
    swedish::integer(i64::from(number))
}
