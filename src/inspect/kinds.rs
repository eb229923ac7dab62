//! What a column is, from its counts: id, date, number, yes/no, category or text, and what may be shown of it.

use std::collections::BTreeMap;

use super::column::{COMPACT, FORMATS, Tally};
use super::personal::Suspicion;
use super::values::{elements, separators};
use super::{ColumnProfile, DateForm, Kind, NumberProfile, Role};
use crate::domain::period::date_of;

/// Labels of a list that a job can spell out.
pub(super) const LONGEST_LIST: usize = 60;
/// Labels of a list of places or units.
const LONGEST_OPEN_LIST: usize = 400;

/// The profile of a column.
pub(super) fn profile(mut tally: Tally, column: u32, header: &str, rows: u64) -> ColumnProfile {
    marks_are_answers(&mut tally);
    let (distinct, distinct_at_least) = tally.distinct.count();
    let all = tally.distinct.all().filter(|_| tally.texts * 2 > tally.filled);
    let separators = all.map(separators).unwrap_or_default();
    let values = tally.distinct.all().map(|all| elements(all, &separators)).unwrap_or_default();
    let personal = personal(&tally, &values);
    let kind = kind(&tally, &values, distinct, rows);
    let filled = tally.filled;
    let marked: u64 = tally.marks.values().sum();
    let is_date = kind == Kind::Date;
    let labels = matches!(kind, Kind::Category | Kind::YesNo) || (kind == Kind::Number && tally.fractional == 0);
    let shown = labels && personal.is_empty() && values.len() <= LONGEST_OPEN_LIST;
    ColumnProfile {
        column,
        header: super::personal::masked(header),
        unusable: false,
        kind,
        role: Role::Empty,
        filled,
        blank: rows.saturating_sub(filled + marked),
        marks: tally.marks.clone(),
        date_formats: if is_date { date_formats(&tally) } else { Vec::new() },
        distinct: if kind == Kind::Category && !values.is_empty() { values.len() as u64 } else { distinct },
        distinct_at_least,
        values: if shown { values.clone() } else { Vec::new() },
        remembered: if values.len() <= LONGEST_OPEN_LIST { values } else { Vec::new() },
        separators: if kind == Kind::Category { separators } else { Vec::new() },
        // The least and the largest of suspected cells are cells, too.
        number: (tally.numbers > 0 && kind == Kind::Number && personal.is_empty()).then(|| number(&tally)),
        days: tally.day_range.filter(|_| is_date && personal.is_empty()).map(|(first, last)| (day(first), day(last))),
        months: if is_date { tally.months } else { BTreeMap::new() },
        personal,
    }
}

/// A column that holds nothing but X and blanks says yes by it.
fn marks_are_answers(tally: &mut Tally) {
    let crosses = |marks: &BTreeMap<String, u64>| marks.keys().all(|mark| mark.eq_ignore_ascii_case("x"));
    if tally.filled == 0 && !tally.marks.is_empty() && crosses(&tally.marks) {
        for (mark, count) in std::mem::take(&mut tally.marks) {
            (0..count).for_each(|_| tally.distinct.add(&mark));
            tally.filled += count;
            tally.texts += count;
        }
    }
}

fn day(day: i32) -> String {
    date_of(day).to_string()
}

fn kind(tally: &Tally, values: &[(String, u64)], distinct: u64, rows: u64) -> Kind {
    let of_filled = |count: u64, percent: u64| tally.filled > 0 && count * 100 >= tally.filled * percent;
    if of_filled(dated(tally, values.len()), 90) {
        return Kind::Date;
    }
    if of_filled(tally.answers, 97) {
        return Kind::YesNo;
    }
    let unique = distinct * 100 >= tally.filled * 98;
    if of_filled(tally.numbers, 95) && tally.leading_zeros == 0 {
        let counts_up = tally.fractional == 0 && tally.percent_signs == 0 && tally.filled >= 20;
        return if unique && counts_up && is_sequence(tally) { Kind::Id } else { Kind::Number };
    }
    if is_list(tally, values, rows) {
        return Kind::Category;
    }
    let mean_length = tally.characters / tally.filled.max(1);
    let code = of_filled(tally.with_digit, 95) && mean_length <= 40 && tally.with_space * 10 <= tally.filled;
    if code && distinct >= 10 && (unique || distinct * 4 >= tally.filled) {
        return Kind::Id;
    }
    let phrase = are_phrases(tally, values) || tally.longest > 80 || mean_length > 35 || tally.with_line_break > 0;
    if tally.filled > 0 && !phrase && distinct <= LONGEST_OPEN_LIST as u64 { Kind::Category } else { Kind::Text }
}

/// Cells that are dates; digits alone count only if nearly all cells are such dates, and of more than a few days.
fn dated(tally: &Tally, distinct: usize) -> u64 {
    let compact: u64 = COMPACT.iter().map(|format| tally.formats[*format]).sum();
    let plain: u64 = tally.formats.iter().sum::<u64>() - compact + tally.day_cells;
    let sure = plain > 0 || (compact * 100 >= tally.filled * 99 && (distinct >= 5 || distinct as u64 == tally.filled));
    if sure { plain + compact } else { plain }
}

/// Whole numbers that lie close together: running numbers, not measured ones.
fn is_sequence(tally: &Tally) -> bool {
    let Some((least, largest)) = tally.number_range else { return false };
    least >= 1.0 && largest - least <= tally.filled as f64 * 20.0
}

/// Phrases that hardly come again, even if they are few: something that somebody has written.
fn are_phrases(tally: &Tally, values: &[(String, u64)]) -> bool {
    let words: usize = values.iter().map(|(value, _)| value.split_whitespace().count()).sum();
    values.len() >= 5 && values.len() as u64 * 10 > tally.filled * 6 && words >= values.len() * 5 / 2
}

/// Few labels that come again and again.
fn is_list(tally: &Tally, values: &[(String, u64)], rows: u64) -> bool {
    if are_phrases(tally, values) {
        return false;
    }
    let labels = values.iter().all(|(value, _)| value.chars().count() <= 80 && !value.contains('\n'));
    let again = values.len() as u64 * 3 <= tally.filled;
    let few = values.len() <= 12 && (again || rows < 30);
    let mean = values.iter().map(|(value, _)| value.chars().count()).sum::<usize>() / values.len().max(1);
    !values.is_empty() && labels && mean <= 50 && (few || (again && values.len() <= LONGEST_OPEN_LIST))
}

fn date_formats(tally: &Tally) -> Vec<(DateForm, u64)> {
    let texts = FORMATS.map(DateForm::Text).into_iter().zip(tally.formats);
    std::iter::once((DateForm::Cell, tally.day_cells)).chain(texts).filter(|(_, count)| *count > 0).collect()
}

fn number(tally: &Tally) -> NumberProfile {
    let (least, largest) = tally.number_range.unwrap_or_default();
    NumberProfile {
        least,
        largest,
        cells: tally.number_cells,
        decimal_comma: tally.decimal_comma,
        decimal_point: tally.decimal_point,
        percent_sign: tally.percent_signs,
        percent_format: tally.percent_cells,
        thousands: tally.thousands.clone(),
        whole: tally.fractional == 0,
    }
}

/// What was found by its form, and names where nearly all of several values look like one.
fn personal(tally: &Tally, values: &[(String, u64)]) -> BTreeMap<Suspicion, u64> {
    let mut found = tally.personal.clone();
    let several = values.is_empty() || values.len() >= 3;
    if several && tally.names >= 3 && tally.names * 100 >= tally.filled * 80 {
        found.insert(Suspicion::Names, tally.names);
    }
    found
}
