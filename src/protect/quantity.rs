//! Which number a cell of a measured table is: the same count is the same number wherever it is printed.
//!
//! In: the plan and a table's rows and columns. Out: a [`Quantity`] per cell that holds a count: source, conditions and
//! stretch of time. Two cells with one quantity are one unknown to a reader who has both tables.

use std::collections::BTreeSet;

use crate::domain::cube::{Condition, Grain};
use crate::domain::period::PeriodRule;
use crate::domain::table::{MeasureTable, Role, RowKind, TableColumn, TableRow};
use crate::job::plan::{
    AxisPlan, BreakdownPlan, ColumnKindPlan, CubePlan, MeasureKind, MeasurePlan, Plan, SharePlan, SourcePlan, TimeStep,
    TrendPlan,
};

/// A stretch of time, in months counted from year 0, by the date that places events in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    pub date: String,
    pub first_month: i32,
    pub months: i32,
}

impl Time {
    pub fn holds(&self, other: &Time) -> bool {
        self.date == other.date
            && self.months > other.months
            && self.first_month <= other.first_month
            && other.first_month + other.months <= self.first_month + self.months
    }
}

/// A count: distinct events of a source under conditions, in a stretch of time (all of it where there is none).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    pub source: String,
    pub conditions: BTreeSet<Condition>,
    pub time: Option<Time>,
}

/// Reads off a table which counts its cells are.
pub struct Reader<'a> {
    pub plan: &'a Plan,
    pub measure: &'a MeasurePlan,
    pub source: &'a SourcePlan,
}

impl<'a> Reader<'a> {
    pub fn of(plan: &'a Plan, measure: &'a MeasurePlan) -> Reader<'a> {
        Reader { plan, measure, source: &plan.sources[measure.source] }
    }

    /// The count that a cell holds; `None` for what is no count (a share, a text) or cannot be placed.
    pub fn quantity(&self, table: &MeasureTable, row: &TableRow, column: &TableColumn) -> Option<Quantity> {
        if !is_count(table, column) {
            return None;
        }
        match &self.measure.kind {
            MeasureKind::Breakdown(spec) => self.of_breakdown(spec, row, column),
            MeasureKind::Trend(spec) => self.of_trend(spec, row, column),
            MeasureKind::Cube(spec) => self.of_cube(spec, row),
            MeasureKind::Share(spec) => self.of_share(spec, row, column),
            _ => None,
        }
    }

    fn of_breakdown(&self, spec: &BreakdownPlan, row: &TableRow, column: &TableColumn) -> Option<Quantity> {
        let mut conditions = spec.conditions.clone();
        for (level, label) in row.key.iter().enumerate() {
            let axis = spec.rows.get(level)?;
            let is_last = level + 1 == spec.rows.len();
            let merged = spec.merge.iter().find(|(text, _)| is_last && text == label);
            let values = merged.map(|(text, joined)| joined.iter().chain([text]).cloned().collect());
            conditions.push(self.is(axis, values.unwrap_or_else(|| vec![label.clone()])));
        }
        conditions.extend(part_of(column).zip(spec.columns.as_ref()).map(|(label, axis)| self.is(axis, vec![label])));
        let year = column.year.unwrap_or(self.plan.job.year);
        Some(self.quantity_of(conditions, self.period(self.source.period_date, year)))
    }

    fn of_trend(&self, spec: &TrendPlan, row: &TableRow, column: &TableColumn) -> Option<Quantity> {
        let mut conditions = spec.conditions.clone();
        conditions.extend(part_of(column).zip(spec.columns.as_ref()).map(|(label, axis)| self.is(axis, vec![label])));
        let numbers: Vec<i32> = row.key.iter().map(|key| key.parse().ok()).collect::<Option<_>>()?;
        let beside = column.year.unwrap_or(self.plan.job.year);
        let has_steps = matches!(spec.by, TimeStep::Month | TimeStep::Quarter);
        let (year, step) = match (numbers.as_slice(), has_steps) {
            ([], _) => (beside, None),
            ([step], true) => (beside, Some(*step)),
            ([year], false) => (*year, None),
            ([year, step], _) => (*year, Some(*step)),
            _ => return None,
        };
        let rule = self.plan.job.period;
        let is_calendar = spec.by == TimeStep::CalendarYear || (spec.by == TimeStep::Month && spec.running);
        let (first_month, months) = match (step, spec.by) {
            (None, _) if is_calendar => (12 * year, 12),
            (None, _) => (start_of(rule, year), 12),
            (Some(month), TimeStep::Month) if is_calendar => (12 * year + month - 1, 1),
            (Some(month), TimeStep::Month) => {
                (start_of(rule, year) + (month - i32::from(rule.first_month)).rem_euclid(12), 1)
            }
            (Some(quarter), _) => (start_of(rule, year) + 3 * (quarter - 1), 3),
        };
        let date = self.source.columns.get(spec.date)?.name.clone();
        Some(self.quantity_of(conditions, Some(Time { date, first_month, months })))
    }

    fn of_cube(&self, spec: &CubePlan, row: &TableRow) -> Option<Quantity> {
        let mut conditions = spec.conditions.clone();
        let rule = self.plan.job.period;
        let (mut date, mut year, mut step) = (None, None, None);
        for (axis, label) in spec.dimensions.iter().zip(&row.key) {
            let number = label.parse::<i32>().ok();
            match (axis.grain, number) {
                (Grain::Period, Some(number)) => year = Some((start_of(rule, number), rule.first_month)),
                (Grain::CalendarYear, Some(number)) => year = Some((12 * number, 1)),
                (Grain::Month, Some(number)) => step = Some((number, 1)),
                (Grain::Quarter, Some(number)) => step = Some((number, 3)),
                _ => {
                    conditions.push(self.is(axis, vec![label.clone()]));
                    continue;
                }
            }
            date = Some(self.source.columns.get(axis.column)?.name.clone());
        }
        let time = match (date, year, step) {
            (Some(date), Some((first_month, _)), None) => Some(Time { date, first_month, months: 12 }),
            (Some(date), Some((start, begins)), Some((month, 1))) => {
                Some(Time { date, first_month: start + (month - i32::from(begins)).rem_euclid(12), months: 1 })
            }
            (Some(date), Some((start, _)), Some((quarter, months))) => {
                Some(Time { date, first_month: start + 3 * (quarter - 1), months })
            }
            (_, None, Some((number, months))) => {
                // The same month of all years: a condition like any other.
                let column = format!("month {months}");
                conditions.push(Condition { column, values: vec![number.to_string()], negated: false });
                None
            }
            _ => None,
        };
        Some(self.quantity_of(conditions, time))
    }

    fn of_share(&self, spec: &SharePlan, row: &TableRow, column: &TableColumn) -> Option<Quantity> {
        let by_label = spec.lines.iter().find(|line| row.key.first() == Some(&line.label));
        let line = if spec.by.is_some() { spec.lines.first() } else { by_label }?;
        let mut conditions = if column.role == Role::Numerator { line.part.clone() } else { line.whole.clone() };
        let mut time = self.period(self.source.period_date, column.year.unwrap_or(self.plan.job.year));
        if let (Some(axis), Some(label)) = (&spec.by, row.key.first()) {
            match (axis.grain, label.parse::<i32>().ok()) {
                (Grain::Value, _) => conditions.push(self.is(axis, vec![label.clone()])),
                (Grain::CalendarYear, Some(year)) => {
                    let date = self.source.columns.get(axis.column)?.name.clone();
                    time = Some(Time { date, first_month: 12 * year, months: 12 });
                }
                (Grain::Period, Some(year)) => time = self.period(Some(axis.column), year),
                _ => return None,
            }
        }
        Some(self.quantity_of(conditions, time))
    }

    fn is(&self, axis: &AxisPlan, values: Vec<String>) -> Condition {
        let name = &self.source.columns[axis.column].name;
        let column = if axis.grain == Grain::Value { name.clone() } else { format!("{name} {:?}", axis.grain) };
        Condition { column, values, negated: false }
    }

    fn period(&self, date: Option<usize>, year: i32) -> Option<Time> {
        let date = self.source.columns.get(date?)?.name.clone();
        Some(Time { date, first_month: start_of(self.plan.job.period, year), months: 12 })
    }

    fn quantity_of(&self, conditions: Vec<Condition>, time: Option<Time>) -> Quantity {
        let conditions = self.simplest(conditions);
        Quantity { source: self.source.name.clone(), conditions, time }
    }

    /// Without what other conditions say already: a wider list of values, the group of a named unit.
    fn simplest(&self, conditions: Vec<Condition>) -> BTreeSet<Condition> {
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

/// Columns whose cells are counts of events.
pub fn is_count(table: &MeasureTable, column: &TableColumn) -> bool {
    use Role::{Current, Denominator, Earlier, Numerator, Part, Previous, Total};
    let is_role = matches!(column.role, Current | Previous | Earlier | Part | Total | Numerator | Denominator);
    is_role && column.unit == crate::domain::table::Unit::Count && table.counts_events()
}

/// The value of the second dimension that a column stands for.
fn part_of(column: &TableColumn) -> Option<String> {
    let is_part = column.role == Role::Part;
    is_part.then(|| column.key.split_once('=').map(|(_, label)| label.to_string())).flatten()
}

fn start_of(rule: PeriodRule, year: i32) -> i32 {
    let starts = if rule.first_month > 1 && rule.named_after_end { year - 1 } else { year };
    12 * starts + i32::from(rule.first_month) - 1
}

/// Rows whose counts are parts of a total in the table, with that total's row: of the whole, and of each group.
pub fn sums_of_rows(table: &MeasureTable) -> Vec<(Vec<usize>, usize)> {
    let rows = table.rows.iter().enumerate();
    let total = table.rows.iter().position(|row| row.kind == RowKind::Total);
    let outermost = rows.clone().filter(|(_, row)| row.level == 0 && row.kind != RowKind::Total);
    let outermost: Vec<usize> = outermost.map(|(index, _)| index).collect();
    let mut sums: Vec<(Vec<usize>, usize)> = total.map(|total| (outermost, total)).into_iter().collect();
    for (index, group) in rows.filter(|(_, row)| row.kind == RowKind::Group) {
        let below = table.rows[index + 1..].iter().take_while(|row| row.level > group.level).count();
        sums.push(((index + 1..=index + below).collect(), index));
    }
    sums
}
