//! Intervals and tests beside the values of a table: columns for the analyst, and the word that a test allows.
//!
//! In: a finished table and what its plan asks for. Out: the table with further columns: `<key>_lower`, `<key>_upper`
//! (95 %, in the unit of `<key>`), `p`, `p_adjusted` (Benjamini–Hochberg over the rows of the table that have a p),
//! `test` (its name) and `development` (the word). A value that is nothing has no interval and no p.

use std::cmp::Ordering;

use super::head::column;
use crate::domain::said::{Development, Said};
use crate::domain::table::{
    Direction, MeasureTable, NoteKind, Nothing, Role, TableColumn, TableNote, TableRow, Unit, Value,
};
use crate::stats::adjust::benjamini_hochberg;
use crate::stats::difference::{Part, ShareTest, newcombe, share_p};
use crate::stats::level::Level;
use crate::stats::share::{self, ShareMethod};
use crate::stats::two_counts::{Counted, central_p};
use crate::vocabulary::plan::{CertaintyPlan, JobPlan};
use crate::vocabulary::spec::IntervalMethod;

/// Percentages as delivered have their limits in whole per cent where they are printed.
pub(super) const LIMITS: Unit = Unit::Percent { decimals: 0 };
/// p-values and statistics.
pub(super) const THREE_DECIMALS: Unit = Unit::Number { decimals: 3 };

pub(super) const BLANK: Value = Value::Nothing(Nothing::Blank);

/// Adds the intervals and tests that are asked for to a table of shares.
pub(super) fn of_shares(certainty: &CertaintyPlan, table: &mut MeasureTable) {
    if let Some(method) = certainty.interval {
        add_share_limits(method, table);
        table.notes.push(method_note(method));
    }
    if certainty.test {
        test_shares(table);
    }
}

/// What a test of one row found.
pub(super) struct Tested {
    pub p: f64,
    pub name: &'static str,
    pub order: Ordering,
}

/// Appends p, adjusted p, the test's name and the word, one value per row.
pub(super) fn add_tests(table: &mut MeasureTable, tested: Vec<Option<Tested>>) {
    let p: Vec<f64> = tested.iter().flatten().map(|tested| tested.p).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    table.columns.push(column("p", "p", Role::PValue, THREE_DECIMALS));
    table.columns.push(column("p_adjusted", word!("measure-p-adjusted"), Role::AdjustedP, THREE_DECIMALS));
    table.columns.push(column("test", word!("measure-test"), Role::Statistic, Unit::Text));
    table.columns.push(column("development", word!("measure-development"), Role::Development, Unit::Text));
    for index in 0..table.rows.len() {
        let values = match (&tested[index], tested[index].is_some().then(|| adjusted.next()).flatten()) {
            (Some(tested), Some(adjusted)) => {
                let word = word_for(table, &table.rows[index], tested.order, adjusted);
                let name = Value::Text(tested.name.to_string());
                [Value::Number(tested.p), Value::Number(adjusted), name, Value::Said(Said::Development(word))]
            }
            _ => [BLANK; 4],
        };
        table.rows[index].values.extend(values);
    }
}

/// The word of a row: its direction, and none where few have answered.
pub(super) fn word_for(table: &MeasureTable, row: &TableRow, order: Ordering, adjusted: f64) -> Development {
    if table.has_few_answers(row) {
        return Development::FewAnswers;
    }
    let direction = row.key.last().and_then(|key| table.directions.get(key)).copied();
    Development::decided(order, adjusted, direction.unwrap_or(Direction::Neither))
}

/// Exact test of this period's count against the last one's; exposures are the days of each that the data cover.
pub(super) fn test_counts(job: &JobPlan, table: &mut MeasureTable) {
    let columns = (table.column_of_role(Role::Current), table.column_of_role(Role::Previous));
    let (Some(now), Some(then)) = columns else { return };
    let days = |column: usize| exposure(job, table.columns[column].year.unwrap_or(job.year));
    let (now_days, then_days) = (days(now), days(then));
    let test = |row: &TableRow| {
        let (now, then) = (count(&row.values[now])?, count(&row.values[then])?);
        let counted = |events, exposure| Counted { events, exposure };
        let p = central_p(counted(now, now_days), counted(then, then_days))?;
        // The direction is that of the rates: a leap day alone makes no increase.
        let order = (now as f64 * then_days).total_cmp(&(then as f64 * now_days));
        Some(Tested { p, name: word!("measure-exact-test-of-two-counts"), order })
    };
    let tested = table.rows.iter().map(test).collect();
    add_tests(table, tested);
}

/// Days of a period up to the day of the data.
pub(super) fn exposure(job: &JobPlan, year: i32) -> f64 {
    let (first, last) = job.period.days_of(year);
    f64::from((last.min(job.as_of) - first + 1).max(1))
}

pub(super) fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Count(count) => u64::try_from(*count).ok(),
        _ => None,
    }
}

/// Limits of every share, this period's and last's.
pub(super) fn add_share_limits(method: IntervalMethod, table: &mut MeasureTable) {
    for key in ["share", "previous_share"] {
        let Some(share) = table.column(key) else { continue };
        let limits = |row: &TableRow| match row.values[share] {
            Value::Share { numerator, denominator } => limits_of(method, numerator as f64, denominator as f64),
            _ => [BLANK; 2],
        };
        let values: Vec<[Value; 2]> = table.rows.iter().map(limits).collect();
        add_limits(table, share, LIMITS, values);
    }
}

/// Limits of x of n in per cent.
pub(super) fn limits_of(method: IntervalMethod, x: f64, n: f64) -> [Value; 2] {
    let method = match method {
        IntervalMethod::Wilson => ShareMethod::Wilson,
        IntervalMethod::ClopperPearson => ShareMethod::ClopperPearson,
    };
    match share::interval(method, x, n, Level::P95) {
        Some(limits) => [Value::Number(100.0 * limits.lower), Value::Number(100.0 * limits.upper)],
        None => [BLANK; 2],
    }
}

/// Appends the two columns of limits of a column.
pub(super) fn add_limits(table: &mut MeasureTable, of: usize, unit: Unit, values: Vec<[Value; 2]>) {
    let TableColumn { key, label, .. } = table.columns[of].clone();
    for (end, words, role) in [
        ("lower", word!("measure-lower-limit-of"), Role::Lower),
        ("upper", word!("measure-upper-limit-of"), Role::Upper),
    ] {
        table.columns.push(column(format!("{key}_{end}"), format!("{label}, {words}"), role, unit));
    }
    for (row, limits) in table.rows.iter_mut().zip(values) {
        row.values.extend(limits);
    }
}

/// Newcombe's limits of the difference, and the test of two shares.
fn test_shares(table: &mut MeasureTable) {
    let columns = (table.column("share"), table.column("previous_share"), table.column("difference"));
    let (Some(now), Some(then), Some(difference)) = columns else { return };
    let pairs: Vec<Option<(Part, Part)>> =
        table.rows.iter().map(|row| Some((part(&row.values[now])?, part(&row.values[then])?))).collect();
    let limits =
        pairs.iter().map(|pair| pair.map_or([BLANK; 2], |(now, then)| difference_limits(real(now), real(then))));
    let limits = limits.collect();
    add_limits(table, difference, Unit::PercentagePoints { decimals: 1 }, limits);
    let tested = pairs.into_iter().map(|pair| pair.and_then(|(now, then)| test_parts(now, then))).collect();
    add_tests(table, tested);
}

fn part(value: &Value) -> Option<Part> {
    match value {
        Value::Share { numerator, denominator } => Some(Part { x: *numerator, n: *denominator }),
        _ => None,
    }
}

fn real(part: Part) -> (f64, f64) {
    (part.x as f64, part.n as f64)
}

/// Limits of a difference in procentenheter.
pub(super) fn difference_limits(now: (f64, f64), then: (f64, f64)) -> [Value; 2] {
    let limits = newcombe(now, then, Level::P95).map(|(_, limits)| limits);
    limits.map_or([BLANK; 2], |limits| [Value::Number(100.0 * limits.lower), Value::Number(100.0 * limits.upper)])
}

/// The test of two shares of whole numbers.
pub(super) fn test_parts(now: Part, then: Part) -> Option<Tested> {
    let (p, test) = share_p(now, then)?;
    let name = match test {
        ShareTest::PooledZ => word!("measure-z-test-of-two-shares"),
        ShareTest::Fisher => word!("measure-fishers-exact-test"),
    };
    let cross = |a: Part, b: Part| u128::from(a.x) * u128::from(b.n);
    Some(Tested { p, name, order: cross(now, then).cmp(&cross(then, now)) })
}

/// "Intervall: 95 %, Wilsons metod."
pub(super) fn method_note(method: IntervalMethod) -> TableNote {
    let name = match method {
        IntervalMethod::Wilson => word!("measure-wilsons-method"),
        IntervalMethod::ClopperPearson => word!("measure-clopper-pearsons-method"),
    };
    TableNote { kind: NoteKind::Interval, text: printed!("measure-interval", name) }
}
