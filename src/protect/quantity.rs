//! Which number a count is: the same one is the same number wherever it is printed.
//!
//! In: what was asked of a cube, and a cell's key. Out: a [`Quantity`]: source, conditions and stretch of time. Two cells
//! with one quantity are one unknown to a reader who has both tables.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key};
use crate::domain::period::PeriodRule;
use crate::job::plan::{ColumnKindPlan, Plan, SourcePlan};

/// A stretch of time, in months counted from year 0, by the date that places events in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time {
    pub date: String,
    pub first_month: i32,
    pub months: i32,
}

impl Time {
    pub(super) fn holds(&self, other: &Time) -> bool {
        self.date == other.date
            && self.months > other.months
            && self.first_month <= other.first_month
            && other.first_month + other.months <= self.first_month + self.months
    }
}

/// A month or quarter of every year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Season {
    pub date: String,
    number: i32,
    /// 1 or 3.
    months: i32,
}

impl Season {
    /// Whether a month, counted from year 0, is in it; quarters are those of the job's period.
    pub(super) fn holds(&self, rule: PeriodRule, month: i32) -> bool {
        let (calendar, begins) = (month.rem_euclid(12) + 1, i32::from(rule.first_month));
        let number = if self.months == 1 { calendar } else { (calendar - begins).rem_euclid(12) / 3 + 1 };
        number == self.number
    }
}

/// A count: distinct events of a source under conditions, in a stretch of time (all of it where there is none).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quantity {
    pub source: String,
    pub conditions: BTreeSet<Condition>,
    pub time: Option<Time>,
    pub season: Option<Season>,
}

impl Quantity {
    /// Whether it is the other one in a stretch of its time.
    pub(super) fn is_part_of(&self, other: &Quantity) -> bool {
        self.source == other.source
            && self.conditions == other.conditions
            && self.season == other.season
            && other.time.as_ref().is_none_or(|time| self.time.as_ref().is_some_and(|own| time.holds(own)))
    }

    /// The count that a cell of a cube is; `None` of a source that the plan does not have.
    pub(super) fn of(plan: &Plan, asked: &CubeRequest, key: &[Key]) -> Option<Quantity> {
        let source = plan.source(&asked.source)?;
        let mut conditions = asked.conditions.clone();
        let mut when = When::default();
        for (dimension, key) in asked.dimensions.iter().zip(key) {
            if !when.read(plan.job.period, dimension, key) {
                conditions.push(is(dimension, key));
            }
        }
        let (time, season) = (when.time(), when.season());
        Some(Quantity { source: source.name.clone(), conditions: Simplest { source }.of(conditions), time, season })
    }
}

/// The value that a dimension has in a cell.
fn is(dimension: &Dimension, key: &Key) -> Condition {
    let value = match key {
        Key::Label(label) => label.to_string(),
        Key::Number(number) => number.to_string(),
        Key::Missing => String::new(),
    };
    Condition { column: dimension.column.clone(), values: vec![value], negated: false }
}

/// A stretch of time as a cell's dimensions say it.
#[derive(Default)]
struct When<'a> {
    date: Option<&'a str>,
    /// First month of a year, counted from year 0, and which calendar month it is.
    year: Option<(i32, i32)>,
    /// Number of a month or quarter, and how many months it has.
    step: Option<(i32, i32)>,
}

impl<'a> When<'a> {
    /// Takes in a dimension of time; false if it is none, or its date is missing.
    fn read(&mut self, rule: PeriodRule, dimension: &'a Dimension, key: &Key) -> bool {
        let Key::Number(number) = *key else { return false };
        match dimension.grain {
            Grain::Value => return false,
            Grain::Period => self.year = Some((start_of(rule, number), i32::from(rule.first_month))),
            Grain::CalendarYear => self.year = Some((12 * number, 1)),
            Grain::Month => self.step = Some((number, 1)),
            Grain::Quarter => self.step = Some((number, 3)),
        }
        self.date = Some(&dimension.column);
        true
    }

    fn time(&self) -> Option<Time> {
        let (date, (start, begins)) = (self.date?.to_string(), self.year?);
        let (first_month, months) = match self.step {
            None => (start, 12),
            Some((month, 1)) => (start + (month - begins).rem_euclid(12), 1),
            Some((quarter, months)) => (start + 3 * (quarter - 1), months),
        };
        Some(Time { date, first_month, months })
    }

    /// A step of no year.
    fn season(&self) -> Option<Season> {
        let (date, (number, months)) = (self.date?.to_string(), self.step?);
        self.year.is_none().then_some(Season { date, number, months })
    }
}

/// Conditions in one form, whatever a measure adds that says nothing more.
struct Simplest<'a> {
    source: &'a SourcePlan,
}

impl Simplest<'_> {
    /// Without what other conditions say already: a wider list of values, the group of a named unit.
    fn of(&self, conditions: Vec<Condition>) -> BTreeSet<Condition> {
        let sorted = |mut condition: Condition| {
            condition.values.sort();
            condition.values.dedup();
            condition
        };
        let all: BTreeSet<Condition> = conditions.into_iter().map(sorted).collect();
        let is_said = |condition: &Condition| {
            let others = || all.iter().filter(|other| *other != condition && !condition.negated && !other.negated);
            let is_wider = |other: &Condition| {
                other.column == condition.column && other.values.iter().all(|value| condition.values.contains(value))
            };
            others().any(|other| is_wider(other) || self.is_group_of(condition, other))
        };
        all.iter().filter(|condition| !is_said(condition)).cloned().collect()
    }

    fn is_group_of(&self, group: &Condition, member: &Condition) -> bool {
        let column = |name: &str| self.source.columns.iter().find(|column| column.name == name);
        let derived = column(&group.column).and_then(|column| column.derive).map(|of| &self.source.columns[of]);
        let Some(list) = derived.filter(|of| of.name == member.column) else { return false };
        let (ColumnKindPlan::Category(list), [value]) = (&list.kind, member.values.as_slice()) else { return false };
        let index = list.values.iter().position(|known| known == value);
        let of = index.and_then(|index| list.group_of.get(index)).and_then(|of| list.groups.get(*of));
        of.is_some_and(|of| group.values.contains(of))
    }
}

/// The months of the job's window, counted from year 0.
pub(super) fn months_of_window(plan: &Plan) -> Range<i32> {
    let first = plan.job.year - plan.job.earlier as i32;
    start_of(plan.job.period, first)..start_of(plan.job.period, plan.job.year) + 12
}

fn start_of(rule: PeriodRule, year: i32) -> i32 {
    let starts = if rule.first_month > 1 && rule.named_after_end { year - 1 } else { year };
    12 * starts + i32::from(rule.first_month) - 1
}
