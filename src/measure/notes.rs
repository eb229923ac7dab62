//! Remarks below a table: why parts do not add up, what is unknown, missing, withheld or answered by few.
//!
//! In: a finished table (what is printed is what is judged), the source's noun. Out: Swedish sentences with numbers.

use super::head::in_sentence;
use super::requests::Periods;
use crate::domain::swedish::integer;
use crate::domain::table::{MeasureTable, NoteKind, Role, RowKind, TableColumn, TableNote, TableRow, Value};
use crate::vocabulary::plan::Noun;

pub(super) use crate::domain::table::TOTAL;

pub(super) fn note(kind: NoteKind, text: String) -> TableNote {
    TableNote { kind, text }
}

/// Printed parts and the printed total that they do not add up to; `of` says which row, group or year.
struct Mismatch {
    of: String,
    parts: i64,
    total: i64,
}

impl Mismatch {
    fn against(&self) -> String {
        printed!("measure-parts-against-total", parts = integer(self.parts), total = integer(self.total), of = self.of)
    }
}

/// Notes on all directions in which printed parts do not add up to the printed total.
///
/// Rows against the total row, rows of a group against the group, columns against the total column.
/// `columns` is the label of the second dimension.
pub(super) fn not_a_sum(table: &MeasureTable, noun: &Noun, columns: Option<&str>) -> Vec<TableNote> {
    let header = |level: usize| table.row_headers.get(level).map_or("", String::as_str);
    let directions = [
        (Along::Columns, columns.unwrap_or(""), columns_against_total(table)),
        (Along::Rows, header(0), rows_against_total(table)),
        (Along::Rows, header(1), members_against_group(table)),
    ];
    let sentences = directions.into_iter().flat_map(|(along, label, mismatches)| {
        let (more, fewer): (Vec<Mismatch>, Vec<Mismatch>) =
            mismatches.into_iter().partition(|mismatch| mismatch.parts > mismatch.total);
        let label = in_sentence(label);
        let more = against_totals(&more, word!("measure-more")).map(|what| along.often(what, noun, &label));
        let fewer = against_totals(&fewer, word!("measure-fewer")).map(|what| along.never(what, noun, &label));
        [more, fewer]
    });
    sentences.flatten().map(|text| note(NoteKind::NotASum, text)).collect()
}

/// Which parts of a table are added up.
#[derive(Clone, Copy)]
enum Along {
    Rows,
    Columns,
}

impl Along {
    fn often(self, what: String, noun: &Noun, label: &str) -> String {
        let Noun { one, neuter, .. } = noun;
        match self {
            Along::Rows => self.told(what, printed!("measure-in-several-rows", neuter, one, label)),
            Along::Columns => self.told(what, printed!("measure-in-several-columns", neuter, one, label)),
        }
    }

    fn never(self, what: String, noun: &Noun, label: &str) -> String {
        let many = &noun.many;
        match self {
            Along::Rows => self.told(what, printed!("measure-in-no-row", many, label)),
            Along::Columns => self.told(what, printed!("measure-in-no-column", many, label)),
        }
    }

    fn told(self, what: String, why: String) -> String {
        match self {
            Along::Rows => printed!("measure-rows-add-up-to", what, why),
            Along::Columns => printed!("measure-columns-add-up-to", what, why),
        }
    }
}

fn against_totals(mismatches: &[Mismatch], compared: &str) -> Option<String> {
    match mismatches {
        [] => None,
        [only] => {
            let of = if only.of == TOTAL { String::new() } else { format!(" ({})", only.of) };
            let (parts, total) = (integer(only.parts), integer(only.total));
            Some(printed!("measure-compared-with-total", parts, of, compared, total))
        }
        several => Some(listing(&several.iter().map(Mismatch::against).collect::<Vec<_>>())),
    }
}

fn rows_against_total(table: &MeasureTable) -> Vec<Mismatch> {
    let Some(total) = table.total_row() else { return Vec::new() };
    let outermost: Vec<&TableRow> =
        table.rows.iter().filter(|row| row.level == 0 && row.kind != RowKind::Total).collect();
    let of = |column: &TableColumn| column.label.clone();
    counted_columns(table).filter_map(|(index, column)| mismatch(of(column), &outermost, total, index)).collect()
}

fn members_against_group(table: &MeasureTable) -> Vec<Mismatch> {
    let groups = table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Group);
    let columns: Vec<(usize, &TableColumn)> = counted_columns(table).collect();
    let in_group = |(index, group): (usize, &TableRow)| {
        let members: Vec<&TableRow> =
            table.rows[index + 1..].iter().take_while(|row| row.level > group.level).collect();
        let of = |column: &TableColumn| match columns.len() {
            1 => group.label.clone(),
            _ => format!("{} {}", group.label, column.label),
        };
        let found = columns.iter().filter(|_| !members.is_empty());
        found.filter_map(|(index, column)| mismatch(of(column), &members, group, *index)).collect::<Vec<_>>()
    };
    groups.flat_map(in_group).collect()
}

/// The total row's columns against its total; other rows only when the total row adds up.
fn columns_against_total(table: &MeasureTable) -> Vec<Mismatch> {
    let Some(total) = table.column_of_role(Role::Total) else { return Vec::new() };
    let of_row = |row: &TableRow| {
        let parts = table.columns.iter().zip(&row.values).filter(|(column, _)| column.role == Role::Part);
        let parts = parts.map(|(_, value)| count_of(value)).sum::<Option<i64>>()?;
        let total = count_of(&row.values[total])?;
        (parts != total).then(|| Mismatch { of: row.label.clone(), parts, total })
    };
    match table.total_row().and_then(of_row) {
        Some(mismatch) => vec![mismatch],
        None => table.rows.iter().filter_map(of_row).collect(),
    }
}

/// Columns of counts whose rows are parts of a whole: periods, or the total over a second dimension.
fn counted_columns(table: &MeasureTable) -> impl Iterator<Item = (usize, &TableColumn)> {
    let counted = |column: &TableColumn| {
        matches!(column.role, Role::Current | Role::Previous | Role::Earlier | Role::Total | Role::Denominator)
    };
    table.columns.iter().enumerate().filter(move |(_, column)| counted(column))
}

fn mismatch(of: String, parts: &[&TableRow], whole: &TableRow, column: usize) -> Option<Mismatch> {
    let sum = parts.iter().map(|row| count_of(&row.values[column])).sum::<Option<i64>>()?;
    let total = count_of(&whole.values[column])?;
    (sum != total).then_some(Mismatch { of, parts: sum, total })
}

fn count_of(value: &Value) -> Option<i64> {
    match value {
        Value::Count(count) => Some(*count),
        _ => None,
    }
}

/// "a", "a och b", "a, b och c".
pub(super) fn listing(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => printed!("measure-and", first = first.join(", "), last),
    }
}

/// The first of many, then how many more: "a, b, c och 5 till".
pub(super) fn listing_of_many(items: &[String]) -> String {
    const SHOWN: usize = 4;
    match items.len() {
        0..=SHOWN => listing(items),
        more => printed!("measure-and-more", shown = items[..SHOWN].join(", "), more = more - SHOWN),
    }
}

/// When the outermost rows add up to the total but their rounded shares do not add up to 100.
pub(super) fn rounding(table: &MeasureTable) -> Option<TableNote> {
    let share = table.columns.iter().position(|column| column.role == Role::Share)?;
    let parts: Vec<(u64, u64)> = table
        .rows
        .iter()
        .filter(|row| row.level == 0 && row.kind != RowKind::Total)
        .map(|row| fraction(&row.values[share]))
        .collect::<Option<_>>()?;
    let whole = parts.first()?.1;
    let adds_up = parts.iter().map(|part| part.0).sum::<u64>() == whole;
    let rounded: u64 = parts.iter().map(|(part, whole)| rounded_percent(*part, *whole)).sum();
    (adds_up && rounded != 100).then(|| note(NoteKind::Rounding, printed!("measure-rounded-shares", rounded)))
}

fn fraction(value: &Value) -> Option<(u64, u64)> {
    match value {
        Value::Share { numerator, denominator } => Some((*numerator, *denominator)),
        _ => None,
    }
}

/// Whole per cent, half away from zero, on the exact fraction.
fn rounded_percent(part: u64, whole: u64) -> u64 {
    ((200 * u128::from(part) + u128::from(whole)) / (2 * u128::from(whole))) as u64
}

/// Spellings outside a closed list: how many events stand in the bucket, per printed period.
pub(super) fn unknown_rows(table: &MeasureTable, noun: &Noun, header: &str, bucket: &str) -> Option<TableNote> {
    let rows: Vec<&TableRow> =
        table.rows.iter().filter(|row| row.label == bucket && row.kind == RowKind::Residual).collect();
    let of = |(index, column): (usize, &TableColumn)| {
        let count = rows.iter().filter_map(|row| count_of(&row.values[index])).sum::<i64>();
        (count > 0).then(|| (count, column.label.clone()))
    };
    let found: Vec<(i64, String)> = counted_columns(table).filter_map(of).collect();
    let several = counted_columns(table).count() > 1;
    let shown = |(count, label): &(i64, String)| {
        if several { format!("{} ({label})", counted(*count, noun)) } else { counted(*count, noun) }
    };
    let shown: Vec<String> = found.iter().map(shown).collect();
    (!shown.is_empty()).then(|| unknown(&listing(&shown), header, bucket))
}

/// As [`unknown_rows`], when the closed list is that of the second dimension.
pub(super) fn unknown_columns(table: &MeasureTable, noun: &Noun, header: &str, bucket: &str) -> Option<TableNote> {
    let column = table
        .columns
        .iter()
        .position(|column| column.role == Role::Part && column.key.ends_with(&format!("={bucket}")));
    let column = column?;
    let of_rows = || table.rows.iter().filter_map(|row| count_of(&row.values[column])).sum();
    let count = table.total_row().map_or_else(of_rows, |total| count_of(&total.values[column]).unwrap_or(0));
    (count > 0).then(|| unknown(&counted(count, noun), header, bucket))
}

fn unknown(counted: &str, header: &str, bucket: &str) -> TableNote {
    let header = in_sentence(header);
    let text = printed!("measure-unknown-values", counted, header, bucket);
    note(NoteKind::UnknownCategories, text)
}

/// "1 avvikelse", "1 204 avvikelser".
fn counted(count: i64, noun: &Noun) -> String {
    format!("{} {}", integer(count), if count == 1 { &noun.one } else { &noun.many })
}

/// Periods of which the source holds nothing.
pub(super) fn missing_periods(periods: &Periods, noun: &Noun) -> Option<TableNote> {
    let years: Vec<String> = periods.unknown().iter().map(i32::to_string).collect();
    (!years.is_empty())
        .then(|| note(NoteKind::Missing, printed!("measure-none-in-export", years = listing(&years), many = noun.many)))
}

/// Calendar years that lie only partly in the job's window.
pub(super) fn cut_years(years: &[i32]) -> Option<TableNote> {
    let years: Vec<String> = years.iter().map(i32::to_string).collect();
    (!years.is_empty()).then(|| note(NoteKind::Other, printed!("measure-not-wholly-covered", years = listing(&years))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_with_och() {
        let items: Vec<String> = ["a", "b", "c", "d", "e", "f"].map(String::from).to_vec();
        assert_eq!(listing(&items[..3]), "a, b och c");
        assert_eq!(listing_of_many(&items), "a, b, c, d och 2 till");
    }

    #[test]
    fn per_cent_is_rounded_half_away_from_zero_on_the_fraction() {
        assert_eq!([rounded_percent(1, 8), rounded_percent(109, 391), rounded_percent(0, 5)], [13, 28, 0]);
    }
}
