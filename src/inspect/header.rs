//! Finds the header of a sheet that no job describes.
//!
//! In: the first rows. Out: which row is the lowest header row, and how many rows the header takes. A header is the
//! first row that is about as wide as the rows below it and holds texts (or years) only.

use crate::ingest::{WholeCell, WholeSheet};

use super::column::day_in;
use super::periods;

/// Rows that may stand above the header.
pub(super) const SEARCHED_ROWS: usize = 50;

/// A cell that outlives its row.
pub(super) type Owned = (usize, WholeCell<'static>);

/// The header of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    /// Lowest row of the header, from 1.
    pub row: u32,
    pub rows: u32,
    /// Whole name by column from 0.
    pub names: Vec<String>,
}

/// Finds the header among the first rows (Excel's number and cells of each).
pub(super) fn find(head: &[(u32, Vec<Owned>)], sheet: &WholeSheet) -> Option<Header> {
    if let Some(keys) = &sheet.keys {
        return Some(Header { row: 0, rows: 1, names: keys.clone() });
    }
    let width = usual_width(head);
    let candidates = head.iter().enumerate().take(SEARCHED_ROWS);
    let (index, (row, _)) = candidates.clone().find(|(index, (_, cells))| {
        filled(cells) * 2 > width.max(1)
            && filled(cells) >= 2.min(width)
            && cells.iter().all(is_label)
            && head.len() > index + 1
    })?;
    let lower = lower_row_follows(head, index, sheet);
    let rows = if lower || stands_below(head, index, sheet) { 2 } else { 1 };
    let row = if lower { head[index + 1].0 } else { *row };
    let names = sheet.column_names(&texts(head, row), row as usize - 1, rows as usize);
    Some(Header { row, rows, names })
}

fn filled(cells: &[Owned]) -> usize {
    cells.iter().filter(|cell| !text_of(&cell.1).trim().is_empty()).count()
}

/// Width that three quarters of the filled rows do not exceed: titles are narrower, remarks far to the right are rare.
fn usual_width(head: &[(u32, Vec<Owned>)]) -> usize {
    let mut widths: Vec<usize> = head.iter().map(|(_, cells)| filled(cells)).filter(|width| *width > 0).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 3 / 4).copied().unwrap_or(0)
}

/// A text that is no number and no date, or a period; blanks too.
fn is_label((_, cell): &Owned) -> bool {
    match cell {
        WholeCell::Empty => true,
        WholeCell::Number(number) => periods::is_bare(&number.to_string()),
        WholeCell::Text(text) => {
            let text = text.trim();
            let number = crate::normalise::numbers::read(text, false).is_some();
            periods::is_bare(text) || (!number && day_in(text).is_none() && text.chars().count() <= 250)
        }
        _ => false,
    }
}

/// True when the row below belongs to the header, too: labels under a cell that stands over several columns, in columns
/// that hold no text further down.
fn lower_row_follows(head: &[(u32, Vec<Owned>)], upper: usize, sheet: &WholeSheet) -> bool {
    let Some((_, lower)) = head.get(upper + 1) else { return false };
    let (upper_row, cells) = (head[upper].0, &head[upper].1);
    if sheet.merges_columns_in(upper_row as usize - 1) == Some(false) || !lower.iter().all(is_label) {
        return false;
    }
    let named = |column: usize, cells: &[Owned]| {
        cells.iter().any(|(at, cell)| *at == column && !text_of(cell).trim().is_empty())
    };
    let gaps = lower.iter().map(|(column, _)| *column).filter(|column| *column > 0);
    let gaps: Vec<usize> = gaps.filter(|column| named(*column, lower) && !named(*column, cells)).collect();
    let below = &head[(upper + 2).min(head.len())..];
    let values = |column: usize| below.iter().flat_map(|(_, cells)| cells).filter(move |(at, _)| *at == column);
    let is_value = |cell: &&Owned| !is_label(cell) || super::column::is_mark(text_of(&cell.1).trim());
    gaps.iter().any(|gap| {
        let count = values(*gap).count();
        count > 0 && values(*gap).filter(is_value).count() * 2 > count
    })
}

/// True when the row above belongs to the header, too: a narrower row of labels right above, merged over columns, or
/// above columns that otherwise have the same name.
fn stands_below(head: &[(u32, Vec<Owned>)], lower: usize, sheet: &WholeSheet) -> bool {
    let Some((row, cells)) = lower.checked_sub(1).map(|upper| &head[upper]) else { return false };
    if *row + 1 != head[lower].0 || filled(cells) < 2 || !cells.iter().all(is_label) {
        return false;
    }
    let names: Vec<String> = head[lower].1.iter().map(|(_, cell)| text_of(cell).trim().to_lowercase()).collect();
    let repeated = names.iter().enumerate().any(|(index, name)| !name.is_empty() && names[..index].contains(name));
    sheet.merges_columns_in(*row as usize - 1) == Some(true) || repeated
}

/// The rows as texts, row 1 first; rows without cells are empty.
fn texts(head: &[(u32, Vec<Owned>)], last: u32) -> Vec<Vec<String>> {
    let mut texts = vec![Vec::new(); last as usize];
    for (row, cells) in head.iter().filter(|(row, _)| *row <= last && *row > 0) {
        let line: &mut Vec<String> = &mut texts[*row as usize - 1];
        for (column, cell) in cells {
            line.resize(line.len().max(column + 1), String::new());
            line[*column] = text_of(cell);
        }
    }
    texts
}

/// The text of a cell, as a header.
pub(super) fn text_of(cell: &WholeCell<'_>) -> String {
    cell.to_text()
}

/// A cell that outlives its row.
pub(super) fn owned(cell: &WholeCell<'_>) -> WholeCell<'static> {
    match cell {
        WholeCell::Empty => WholeCell::Empty,
        WholeCell::Text(text) => WholeCell::Text(text.to_string().into()),
        WholeCell::Number(number) => WholeCell::Number(*number),
        WholeCell::Percent(number) => WholeCell::Percent(*number),
        WholeCell::Day(day) => WholeCell::Day(*day),
        WholeCell::Bool(yes) => WholeCell::Bool(*yes),
        WholeCell::Error => WholeCell::Error,
    }
}
