//! A cell's formula: what is counted, read or worked out for it. Said once by its family; everything else is read from it.
//!
//! In: counts of cubes, rows of sources, other cells by their place. Out: the cell's value ([`Formula::value`]), and what it
//! is made of, which `explain` tells and `protect` reads off which counts it would tell. Never counts: a formula holds
//! what was found for it.

use std::sync::Arc;

use super::change;
use super::selection::{PartRole, Reference, Selection};
use crate::domain::cube::CubeRequest;
use crate::domain::table::{Nothing, Value};
use crate::measure::plan::Plan;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::SourceKind;

/// Distinct events, or rows, and how many they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Which.
    pub of: Selection,
    /// How many.
    pub count: u64,
}

/// What a cell is.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// Distinct events, or rows.
    Count(Counted),
    /// The events of the first that are not among those of the second; all of the second are among the first.
    Without(Box<[Counted; 2]>),
    /// A part and its whole; blank where there is nothing to be a share of.
    Share(Box<[Counted; 2]>),
    /// Mean of a number column over the distinct events that have one; missing where none has.
    Mean {
        /// The number column.
        number: Arc<str>,
        /// The events that it is averaged over.
        of: Selection,
        /// Unrounded.
        mean: Option<f64>,
    },
    /// As it stands in a row, or in each of some.
    Read {
        /// The rows that it stands in.
        rows: Selection,
        /// Name of the column.
        column: Arc<str>,
        /// What stands there.
        value: Value,
    },
    /// The first less the second: of counts, of numbers, of shares in procentenheter.
    Difference([Reference; 2]),
    /// (now − then) / then of two counts.
    Change([Reference; 2]),
    /// A count that is added up from other cells, or counted among events without being their number.
    Tally(Box<Tally>),
    /// Worked out by statistics.
    Stated(Box<Stated>),
    /// Words of the job file, or a kind of nothing: nothing is counted or measured for it.
    Said(Value),
}

/// A count that is no cell of a cube.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// How it is counted, in words that go before what it is counted of.
    pub how: &'static str,
    /// The cells that it is the sum of.
    pub of: Arc<[Reference]>,
    /// The events among which it is counted.
    pub among: Option<Selection>,
    /// The count.
    pub count: u64,
}

/// A number or word that statistics give: with what it is made of, not how it is worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// How it is worked out, in words that go before what it is worked out of.
    pub how: &'static str,
    /// The cells that it is worked out of.
    pub of: Arc<[Reference]>,
    /// The events or rows that it is worked out of.
    pub rows: Vec<Counted>,
    /// The number or word.
    pub value: Value,
}

impl Counted {
    /// All of a source: its events, or its rows if it has none; `rows` is how many it has.
    pub fn all(plan: &Plan, source: usize, rows: usize) -> Counted {
        let SourcePlan { name, kind, .. } = &plan.sources[source];
        if *kind != SourceKind::Events {
            return Counted::rows(source, (0..rows).collect::<Vec<usize>>());
        }
        let (dimensions, conditions, sums) = (Vec::new(), Vec::new(), Vec::new());
        let request = CubeRequest { source: name.clone(), dimensions, conditions, sums };
        Counted { of: Selection::Events { request: request.into(), key: [].into() }, count: rows as u64 }
    }

    /// Rows of a source, by their places.
    pub fn rows(source: usize, rows: impl Into<Arc<[usize]>>) -> Counted {
        let rows = rows.into();
        Counted { count: rows.len() as u64, of: Selection::Rows { source, rows } }
    }
}

impl Formula {
    /// There should be a value, and there is none.
    pub const MISSING: Formula = Formula::Said(MISSING);
    /// This cell has no meaning in the table.
    pub const BLANK: Formula = Formula::Said(Value::Nothing(Nothing::Blank));

    /// A part of a whole.
    pub fn share(part: Counted, whole: Counted) -> Formula {
        Formula::Share(Box::new([part, whole]))
    }

    /// Worked out of other cells.
    pub fn of_cells(how: &'static str, of: impl Into<Arc<[Reference]>>, value: Value) -> Formula {
        Formula::Stated(Box::new(Stated { how, of: of.into(), rows: Vec::new(), value }))
    }

    /// Worked out of rows or events.
    pub fn of_rows(how: &'static str, rows: Vec<Counted>, value: Value) -> Formula {
        Formula::Stated(Box::new(Stated { how, of: Arc::new([]), rows, value }))
    }

    /// The sum of other cells.
    pub fn sum(how: &'static str, of: impl Into<Arc<[Reference]>>, count: u64) -> Formula {
        Formula::Tally(Box::new(Tally { how, of: of.into(), among: None, count }))
    }

    /// Counted among some events.
    pub fn among(how: &'static str, events: Selection, count: u64) -> Formula {
        Formula::Tally(Box::new(Tally { how, of: Arc::new([]), among: Some(events), count }))
    }

    /// A column of one row of a source; only said without a row.
    pub fn read(source: usize, row: Option<usize>, column: &str, value: Value) -> Formula {
        match row {
            Some(row) => {
                let rows = Selection::Rows { source, rows: [row].into() };
                Formula::Read { rows, column: Arc::from(column), value }
            }
            None => Formula::Said(value),
        }
    }

    /// The cell's value; `of` gives that of a cell that it refers to.
    pub fn value(&self, of: &dyn Fn(Reference) -> Value) -> Value {
        match self {
            Formula::Count(counted) => count(counted.count),
            Formula::Without(both) => count(both[0].count.saturating_sub(both[1].count)),
            Formula::Share(both) => change::share(both[0].count, both[1].count),
            Formula::Mean { mean, .. } => mean.map_or(MISSING, Value::Number),
            Formula::Read { value, .. } | Formula::Said(value) => value.clone(),
            Formula::Difference(cells) => difference(cells.map(of)),
            Formula::Change(cells) => relative_change(cells.map(of)),
            Formula::Tally(tally) => count(tally.count),
            Formula::Stated(stated) => stated.value.clone(),
        }
    }

    /// The cells that it is worked out of.
    pub fn cells(&self) -> &[Reference] {
        match self {
            Formula::Difference(cells) | Formula::Change(cells) => cells,
            Formula::Tally(tally) => &tally.of,
            Formula::Stated(stated) => &stated.of,
            _ => &[],
        }
    }

    /// How it is worked out of what it is made of, in words; `None` of what is counted, read or said.
    pub fn how(&self) -> Option<&'static str> {
        match self {
            Formula::Without(_) => Some(WITHOUT),
            Formula::Difference(_) => Some(DIFFERENCE),
            Formula::Change(_) => Some(CHANGE),
            Formula::Tally(tally) => Some(tally.how),
            Formula::Stated(stated) => Some(stated.how),
            Formula::Count(_) | Formula::Share(_) | Formula::Mean { .. } | Formula::Read { .. } | Formula::Said(_) => {
                None
            }
        }
    }

    /// The column that is read or averaged.
    pub fn column(&self) -> Option<&str> {
        match self {
            Formula::Read { column: name, .. } | Formula::Mean { number: name, .. } => Some(name),
            _ => None,
        }
    }

    /// The events or rows that it is made of, each once, with what they are in it.
    pub fn selections(&self) -> Vec<(PartRole, &Selection)> {
        match self {
            Formula::Count(counted) => vec![(PartRole::Counted, &counted.of)],
            Formula::Without(both) => basis(both.as_slice()),
            Formula::Share(both) => vec![(PartRole::Numerator, &both[0].of), (PartRole::Denominator, &both[1].of)],
            Formula::Mean { of, .. } => vec![(PartRole::Averaged, of)],
            Formula::Read { rows, .. } => vec![(PartRole::Value, rows)],
            Formula::Tally(tally) => tally.among.iter().map(|among| (PartRole::Basis, among)).collect(),
            Formula::Stated(stated) => basis(&stated.rows),
            Formula::Difference(_) | Formula::Change(_) | Formula::Said(_) => Vec::new(),
        }
    }
}

/// What is worked out of some events or rows.
fn basis(counted: &[Counted]) -> Vec<(PartRole, &Selection)> {
    let mut all: Vec<(PartRole, &Selection)> = Vec::new();
    for Counted { of, .. } in counted {
        all.extend((!all.iter().any(|(_, known)| *known == of)).then_some((PartRole::Basis, of)));
    }
    all
}

/// Differences and relative changes of two cells.
pub const DIFFERENCE: &str = "the difference of";
/// What a relative change is, in words.
pub const CHANGE: &str = "the relative change, (now − then) / then, of";

/// An event may be on several rows: one that is judged on any of them is not apart.
const WITHOUT: &str = "the events of the first that are not in the second of";

const MISSING: Value = Value::Nothing(Nothing::Missing);

fn count(count: u64) -> Value {
    Value::Count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Missing where one of the two is; blank where one of two shares is of nothing.
fn difference([now, then]: [Value; 2]) -> Value {
    match (now, then) {
        (Value::Count(now), Value::Count(then)) => Value::Count(now - then),
        (Value::Number(now), Value::Number(then)) => Value::Number(now - then),
        (Value::Share { numerator, denominator }, Value::Share { numerator: before, denominator: whole }) => {
            change::percentage_points((numerator, denominator), (before, whole))
        }
        (Value::Nothing(Nothing::Blank), Value::Nothing(Nothing::Blank) | Value::Share { .. })
        | (Value::Share { .. }, Value::Nothing(Nothing::Blank)) => Value::Nothing(Nothing::Blank),
        _ => MISSING,
    }
}

fn relative_change([now, then]: [Value; 2]) -> Value {
    let count = |value: Value| if let Value::Count(count) = value { u64::try_from(count).ok() } else { None };
    change::change(count(now), count(then))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: u64) -> Counted {
        Counted::rows(0, (0..count as usize).collect::<Vec<usize>>())
    }

    fn value(formula: &Formula, others: [Value; 2]) -> Value {
        let of = |reference: Reference| match reference {
            Reference::Beside(column) => others[column].clone(),
            _ => MISSING,
        };
        formula.value(&of)
    }

    const BESIDE: [Reference; 2] = [Reference::Beside(0), Reference::Beside(1)];

    #[test]
    fn values_are_those_of_the_counts() {
        let none = || [MISSING, MISSING];
        assert_eq!(value(&Formula::Count(rows(3)), none()), Value::Count(3));
        let share = Formula::share(rows(1), rows(4));
        assert_eq!(value(&share, none()), Value::Share { numerator: 1, denominator: 4 });
        assert_eq!(value(&Formula::share(rows(0), rows(0)), none()), Value::Nothing(Nothing::Blank));
        assert_eq!(value(&Formula::Without(Box::new([rows(7), rows(5)])), none()), Value::Count(2));
        let mean = Formula::Mean { number: "x".into(), of: rows(1).of, mean: None };
        assert_eq!(value(&mean, none()), MISSING);
    }

    #[test]
    fn a_difference_takes_the_unit_of_what_it_is_of() {
        let difference = |now, then| value(&Formula::Difference(BESIDE), [now, then]);
        let share = |numerator, denominator| Value::Share { numerator, denominator };
        assert_eq!(difference(Value::Count(3), Value::Count(5)), Value::Count(-2));
        assert_eq!(difference(Value::Number(1.5), Value::Number(1.0)), Value::Number(0.5));
        assert_eq!(difference(share(1, 2), share(1, 4)), Value::Number(25.0));
        assert_eq!(difference(share(1, 2), Value::Nothing(Nothing::Blank)), Value::Nothing(Nothing::Blank));
        assert_eq!(difference(Value::Count(3), MISSING), MISSING);
        let change = |now, then| value(&Formula::Change(BESIDE), [now, then]);
        assert_eq!(change(Value::Count(30), Value::Count(20)), Value::Change { now: 30, then: 20 });
        assert_eq!(change(Value::Count(30), MISSING), MISSING);
    }

    #[test]
    fn what_it_is_made_of_is_told_once() {
        let stated = Formula::of_rows("a test of", vec![rows(2), rows(2), rows(3)], MISSING);
        assert_eq!(stated.selections(), [(PartRole::Basis, &rows(2).of), (PartRole::Basis, &rows(3).of)]);
        assert_eq!((stated.how(), Formula::Count(rows(0)).how()), (Some("a test of"), None));
        assert_eq!(Formula::Count(rows(0)).selections(), [(PartRole::Counted, &rows(0).of)]);
    }
}
