//! What an event measure asks of the cube: requests in one canonical form, and their answers read by period.
//!
//! In: a source, conditions, dimensions. Out: [`CubeRequest`]s that compare equal when they ask the same, so that
//! measures share answers; [`Counts`], the answer read year by year.

use std::collections::BTreeSet;

use super::cubes::{Answer, Cubes, Found};
use super::formula::Formula;
use super::selection::Selection;
use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key};
use crate::measure::plan::MeasurePlan;
use crate::vocabulary::plan::{AxisPlan, SourcePlan};

/// The events that a measure counts, and the date that places them in periods.
#[derive(Clone)]
pub(super) struct Events<'a> {
    pub source: &'a SourcePlan,
    conditions: Vec<Condition>,
    sums: Vec<String>,
    /// Name of the date column; without one all events belong to the job's year.
    date: Option<&'a str>,
    /// The condition that `each` adds, when the measure is one of a set.
    scope: Vec<Condition>,
}

impl<'a> Events<'a> {
    /// Events under conditions, placed by `date`, with the number columns `sums` added up.
    pub(super) fn new(
        source: &'a SourcePlan,
        conditions: &[Condition],
        sums: &[usize],
        date: Option<usize>,
    ) -> Events<'a> {
        let name = |column: &usize| source.columns[*column].name.clone();
        Events {
            source,
            conditions: conditions.to_vec(),
            sums: sums.iter().map(name).collect(),
            date: date.map(|column| source.columns[column].name.as_str()),
            scope: Vec::new(),
        }
    }

    /// The same events as those of one measure of a set (`each`): a year that the job says was not delivered for its
    /// value is missing for it.
    pub(super) fn of(mut self, measure: &MeasurePlan) -> Events<'a> {
        self.scope = measure.each.iter().cloned().collect();
        self
    }

    pub(super) fn has_date(&self) -> bool {
        self.date.is_some()
    }

    /// A dimension of the date; the events must have one.
    pub(super) fn time(&self, grain: Grain) -> Option<Dimension> {
        self.date.map(|column| Dimension { column: column.to_string(), grain })
    }

    pub(super) fn dimension(&self, axis: &AxisPlan) -> Dimension {
        Dimension { column: self.source.columns[axis.column].name.clone(), grain: axis.grain }
    }

    /// The same events under one more condition.
    pub(super) fn and(&self, condition: Condition) -> Events<'a> {
        let mut narrowed = self.clone();
        narrowed.conditions.push(condition);
        narrowed
    }

    /// All events of the source, under no condition at all: tells which periods the data know. Whether a value occurs in
    /// a period says nothing of that: none of it is zero, this year and the year before alike.
    pub(super) fn delivered(&self) -> Events<'a> {
        Events { conditions: Vec::new(), sums: Vec::new(), ..self.clone() }
    }

    /// True for a year that begins before the rows of the set's value are in the export.
    fn is_before_known(&self, year: i32) -> bool {
        let (first, _) = self.source.period.days_of(year);
        let is_in = |known: &Condition, asked: &Condition| {
            asked.column == known.column && asked.values.iter().all(|value| known.values.contains(value))
        };
        let holds = |known: &Condition| self.scope.iter().any(|asked| !asked.negated && is_in(known, asked));
        self.source.known_from.iter().any(|from| first < from.day && from.conditions.iter().all(holds))
    }

    /// All events of the source, under no condition but that of `each`: tells which moments a set's table has.
    pub(super) fn all(&self) -> Events<'a> {
        Events { conditions: self.scope.clone(), sums: Vec::new(), ..self.clone() }
    }

    pub(super) fn request(&self, dimensions: Vec<Dimension>) -> CubeRequest {
        let mut conditions = self.conditions.clone();
        for condition in &mut conditions {
            condition.values.sort();
            condition.values.dedup();
        }
        conditions.sort();
        conditions.dedup();
        CubeRequest { source: self.source.name.clone(), dimensions, conditions, sums: self.sums.clone() }
    }

    /// The events of one cell of [`Events::request`].
    pub(super) fn select(&self, dimensions: Vec<Dimension>, key: Vec<Key>) -> Selection {
        let request = CubeRequest { sums: Vec::new(), ..self.request(dimensions) };
        Selection::Events { request: request.into(), key: key.into() }
    }

    /// The events of one cell of [`Events::by_period`], as the sheet of formulas finds it.
    pub(super) fn select_period(&self, mut dimensions: Vec<Dimension>, path: &[Key], year: i32) -> Selection {
        let mut key = path.to_vec();
        key.extend(self.has_date().then_some(Key::Number(year)));
        dimensions.extend(self.time(Grain::Period));
        self.select(dimensions, key)
    }

    /// By these dimensions and, last, the job's period.
    pub(super) fn by_period(&self, mut dimensions: Vec<Dimension>) -> CubeRequest {
        dimensions.extend(self.time(Grain::Period));
        self.request(dimensions)
    }
}

/// The answer to [`Events::by_period`], read by year.
#[derive(Clone, Copy)]
pub(super) struct Counts<'c> {
    answer: Answer<'c>,
    dated: bool,
}

impl<'c> Counts<'c> {
    pub(super) fn of(cubes: &'c Cubes, events: &Events, dimensions: Vec<Dimension>) -> Result<Counts<'c>, Failure> {
        Ok(Counts { answer: cubes.answer(&events.by_period(dimensions))?, dated: events.has_date() })
    }

    /// The answer of events that are not placed in periods: by these dimensions alone, whatever the year.
    pub(super) fn undated(
        cubes: &'c Cubes,
        events: &Events,
        dimensions: Vec<Dimension>,
    ) -> Result<Counts<'c>, Failure> {
        Ok(Counts { answer: cubes.answer(&events.request(dimensions))?, dated: false })
    }

    fn key(&self, path: &[Key], year: i32) -> Vec<Key> {
        path.iter().cloned().chain(self.dated.then_some(Key::Number(year))).collect()
    }

    /// The events of a year; without a date all years are the job's.
    pub(super) fn find(&self, path: &[Key], year: i32) -> Found<'c> {
        self.answer.cell(&self.key(path, year))
    }

    /// As [`Counts::find`]; missing in a year of which the data hold nothing.
    pub(super) fn known(&self, periods: &Periods, path: &[Key], year: i32) -> Formula {
        if periods.knows(year) { self.find(path, year).count() } else { Formula::MISSING }
    }

    /// How many events of a year there are.
    pub(super) fn at(&self, path: &[Key], year: i32) -> u64 {
        self.answer.cube().count(&self.key(path, year))
    }

    /// What occurs in these years, without the year.
    pub(super) fn paths(&self, years: &[i32]) -> BTreeSet<Vec<Key>> {
        let cells = self.answer.cube().cells.keys();
        if !self.dated {
            return cells.cloned().collect();
        }
        let in_years = |key: &&Vec<Key>| years.iter().any(|year| key.last() == Some(&Key::Number(*year)));
        cells.filter(in_years).map(|key| key[..key.len() - 1].to_vec()).collect()
    }

    /// The values of the first dimension that occur in these years.
    pub(super) fn firsts(&self, years: &[i32]) -> BTreeSet<Key> {
        self.paths(years).into_iter().filter_map(|path| path.into_iter().next()).collect()
    }

    /// The years in which anything occurs.
    pub(super) fn years(&self) -> BTreeSet<i32> {
        let year = |key: &Vec<Key>| match key.last() {
            Some(Key::Number(year)) => Some(*year),
            _ => None,
        };
        self.answer.cube().cells.keys().filter_map(year).collect()
    }
}

/// The periods that a table prints, this one first, and which of them the data know.
///
/// A period of which the source holds no event at all was not delivered, nor one that begins before `known_from`: its
/// counts are missing, not zero.
pub(super) struct Periods {
    pub years: Vec<i32>,
    known: BTreeSet<i32>,
}

impl Periods {
    /// This period and as many earlier ones; only this one when the events have no date.
    pub(super) fn of(cubes: &Cubes, events: &Events, year: i32, earlier: u32) -> Result<Periods, Failure> {
        if !events.has_date() {
            return Ok(Periods { years: vec![year], known: BTreeSet::from([year]) });
        }
        let mut known = Counts::of(cubes, &events.delivered(), Vec::new())?.years();
        known.insert(year);
        known.retain(|year| !events.is_before_known(*year));
        Ok(Periods { years: (0..=earlier as i32).map(|back| year - back).collect(), known })
    }

    pub(super) fn knows(&self, year: i32) -> bool {
        self.known.contains(&year)
    }

    /// Printed periods of which the data hold nothing, oldest first.
    pub(super) fn unknown(&self) -> Vec<i32> {
        self.years.iter().rev().copied().filter(|year| !self.knows(*year)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixtures;

    #[test]
    fn conditions_in_another_order_are_the_same_request() {
        let plan = fixtures::plan();
        let condition = |values: &[&str]| fixtures::has("typ", values);
        let one = Events::new(&plan.sources[0], &[condition(&["B", "A"]), fixtures::has("enhet", &["x"])], &[], None);
        let other = Events::new(&plan.sources[0], &[fixtures::has("enhet", &["x"]), condition(&["A", "B"])], &[], None);
        assert_eq!(one.request(Vec::new()), other.request(Vec::new()));
    }
}
