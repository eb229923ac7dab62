//! What a sheet as a whole is, from its columns.

use super::{ColumnProfile, Kind, Shape, SheetProfile, periods};
use crate::domain::spelling::fold;

/// The keys of Kolada's long form, in its API as in its csv.
const KOLADA: [&str; 4] = ["kpi", "municipality", "period", "value"];

/// Cells of a column of answers that say something else: the rows of the county and of the country.
const OTHER_ANSWERS: u64 = 2;

/// The shape of a sheet; also finds the columns that stand for periods.
pub(super) fn of(sheet: &mut SheetProfile) -> Shape {
    if sheet.used.is_none() {
        return Shape::Empty;
    }
    let usable = sheet.columns.iter().filter(|column| !column.unusable && column.filled > 0).count();
    if sheet.header_row.is_none() || usable < 1 || sheet.data_rows == 0 || sheet.columns.len() < 2 {
        return Shape::Information;
    }
    let has = |name: &str| sheet.columns.iter().any(|column| fold(&column.header) == name);
    if KOLADA.iter().all(|name| has(name)) {
        return Shape::LongObservations;
    }
    sheet.wide = wide_periods(&sheet.columns);
    if sheet.wide.len() >= 2 {
        return if has_row_labels(sheet) { Shape::WidePeriods } else { Shape::List };
    }
    sheet.wide.clear();
    let count = |kind: Kind| sheet.columns.iter().filter(|column| column.kind == kind && !column.unusable).count();
    if count(Kind::Date) > 0 && id_of(sheet).is_some() {
        return Shape::Events;
    }
    if count(Kind::Date) == 0 && is_long(sheet) {
        return Shape::LongObservations;
    }
    if count(Kind::Date) == 0 && is_wide_by_indicator(sheet) {
        return Shape::WideIndicators;
    }
    if count(Kind::Date) == 0 && has_answers_by_place(sheet) { Shape::AnswersByPlace } else { Shape::List }
}

/// Whether nearly all cells of a column answer yes, no or partly.
pub(super) fn is_answer(column: &ColumnProfile) -> bool {
    let answers = column.values.iter().filter(|(value, _)| matches!(fold(value).as_str(), "ja" | "nej" | "delvis"));
    let count: u64 = answers.map(|(_, count)| count).sum();
    !column.unusable && count >= 3 && column.filled - count <= OTHER_ANSWERS.max(column.filled / 10)
}

/// The column that names the place of each row, but for rows that stand for several.
pub(super) fn place_of(sheet: &SheetProfile) -> Option<usize> {
    let names_places = |column: &ColumnProfile| {
        let aggregates: u64 = sheet.aggregates.values().sum();
        column.kind == Kind::Category
            && !column.unusable
            && !column.is_suspect()
            && !is_answer(column)
            && column.distinct == column.filled
            && column.filled >= 5
            && column.filled + aggregates >= sheet.data_rows
    };
    sheet.columns.iter().position(names_places)
}

fn has_answers_by_place(sheet: &SheetProfile) -> bool {
    place_of(sheet).is_some() && sheet.columns.iter().filter(|column| is_answer(column)).count() >= 3
}

/// The column that identifies an event: nearly or wholly filled, with the most distinct values.
pub(super) fn id_of(sheet: &SheetProfile) -> Option<usize> {
    let is_id = |column: &ColumnProfile| {
        let mostly_personal = column.personal.values().any(|count| count * 5 > column.filled);
        column.kind == Kind::Id && !column.unusable && !mostly_personal && column.filled * 20 >= sheet.data_rows * 19
    };
    let ids = sheet.columns.iter().enumerate().filter(|(_, column)| is_id(column));
    ids.max_by_key(|(index, column)| (column.distinct, std::cmp::Reverse(*index))).map(|(index, _)| index)
}

/// Columns of numbers whose headers name periods and say the same beside it.
fn wide_periods(columns: &[ColumnProfile]) -> Vec<(usize, String)> {
    let holds_numbers =
        |column: &ColumnProfile| !column.unusable && (column.kind == Kind::Number || column.filled == 0);
    let named: Vec<(usize, periods::Named)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| holds_numbers(column))
        .filter_map(|(index, column)| Some((index, periods::read(&column.header)?)))
        .collect();
    let like = |rest: &str| named.iter().filter(|(_, other)| other.rest == rest).count();
    let Some(most) = named.iter().map(|(_, one)| like(&one.rest)).max() else { return Vec::new() };
    let Some((_, first)) = named.iter().find(|(_, one)| like(&one.rest) == most) else { return Vec::new() };
    let period = |index: usize, one: &periods::Named| match one.year {
        Some(year) if one.rest == first.rest && !first.rest.is_empty() => year.to_string(),
        _ => columns[index].header.clone(),
    };
    named.iter().filter(|(_, one)| one.rest == first.rest).map(|(index, one)| (*index, period(*index, one))).collect()
}

/// True for a column whose cells each name a period.
pub(super) fn is_period(column: &ColumnProfile) -> bool {
    let years = column.number.as_ref().is_some_and(|number| {
        number.whole && number.least >= 1980.0 && number.largest <= 2060.0 && column.distinct <= 60
    });
    let named = !column.values.is_empty() && column.values.iter().all(|(value, _)| periods::is_bare(value));
    !column.unusable && column.filled > 0 && (years || named)
}

/// One period column, exactly one other column of numbers, and labels.
fn is_long(sheet: &SheetProfile) -> bool {
    let usable = || sheet.columns.iter().filter(|column| !column.unusable && column.filled > 0);
    let numbers = usable().filter(|column| column.kind == Kind::Number && !is_period(column)).count();
    let text = usable().any(|column| column.kind == Kind::Text);
    usable().filter(|column| is_period(column)).count() == 1 && numbers == 1 && !text
}

/// A column of labels that hardly repeat, and mostly numbers beside it.
fn is_wide_by_indicator(sheet: &SheetProfile) -> bool {
    let usable = || sheet.columns.iter().filter(|column| !column.unusable && column.filled > 0);
    let numbers = usable().filter(|column| column.kind == Kind::Number).count();
    let label = usable().find(|c| label_fits(c, sheet.data_rows) && c.distinct == sheet.data_rows);
    let text = usable().any(|column| column.kind == Kind::Text);
    numbers >= 2 && numbers * 2 >= usable().count() && label.is_some() && !text
}

/// One column that names each row, or several that do so together.
fn has_row_labels(sheet: &SheetProfile) -> bool {
    let is_label = |column: &&ColumnProfile| {
        matches!(column.kind, Kind::Category | Kind::Id | Kind::Text) && !column.unusable && !column.is_suspect()
    };
    let labels = || sheet.columns.iter().filter(|column| column.filled > 0).filter(is_label);
    labels().any(|column| column.distinct == sheet.data_rows) || labels().count() >= 2
}

/// Labels, nearly one a row.
pub(super) fn label_fits(column: &ColumnProfile, rows: u64) -> bool {
    matches!(column.kind, Kind::Category | Kind::Id)
        && !column.unusable
        && !column.is_suspect()
        && column.distinct * 10 >= rows * 9
        && column.filled * 10 >= rows * 8
}
