//! The first reading: header, rows by their looks, and every cell counted in its column.

use crate::diagnostic::column_letters;
use crate::domain::spelling::fold;
use crate::ingest::{ReadsWhole, WholeCell, WholeSheet};

use super::column::{Tally, is_mark};
use super::header::{self, Header, Owned, SEARCHED_ROWS, owned};
use super::{ColumnProfile, SheetProfile, kinds};

/// First-cell texts of rows of totals, as the reading of a source knows them where a job says nothing else.
const TOTAL_LABELS: [&str; 5] = ["totalt", "total", "summa", "totalsumma", "samtliga"];

/// Beginnings of labels of rows that stand for several others, in the publications of Kolada and Socialstyrelsen.
const AGGREGATES: [&str; 8] =
    ["rikets ", "riket", "totalt ", "alla kommuner", "ovägt medel", "min – max", "min - max", "samtliga kommuner"];

/// Different labels of such rows that are remembered, and how long each may be.
const MOST_AGGREGATES: usize = 20;
const LONGEST_AGGREGATE: usize = 60;

/// Rows that are kept until the header is decided.
const HEAD_ROWS: usize = 4 * SEARCHED_ROWS;

/// Columns that are counted; a used range far wider than any table costs nothing.
const MOST_COLUMNS: usize = 512;

/// How a row looks on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Blank,
    Total,
    /// One text at the left edge of a table that has several columns.
    Lone,
    Data,
}

/// Judges a row below the header.
pub(super) fn look(cells: &[(usize, WholeCell<'_>)], several_columns: bool, leftmost: usize) -> Look {
    let mut filled = cells.iter().filter(|(_, cell)| !is_blank(cell));
    let Some((column, first)) = filled.next() else { return Look::Blank };
    let WholeCell::Text(text) = first else { return Look::Data };
    let (mut others, mut numeric) = (0, true);
    for (_, cell) in filled {
        others += 1;
        numeric &= is_numeric(cell);
    }
    let folded = if others == 0 || numeric { fold(text) } else { String::new() };
    let total = TOTAL_LABELS.iter().any(|label| {
        folded.strip_prefix(label).is_some_and(|rest| rest.is_empty() || (others > 0 && rest.starts_with(' ')))
    });
    match (total && numeric, others) {
        (true, _) => Look::Total,
        (false, 0) if several_columns && *column <= leftmost => Look::Lone,
        _ => Look::Data,
    }
}

fn is_blank(cell: &WholeCell<'_>) -> bool {
    match cell {
        WholeCell::Empty => true,
        WholeCell::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn is_numeric(cell: &WholeCell<'_>) -> bool {
    match cell {
        WholeCell::Number(_) | WholeCell::Percent(_) => true,
        WholeCell::Text(text) => {
            let text = text.trim();
            is_mark(text) || crate::normalise::numbers::read(text, false).is_some()
        }
        _ => false,
    }
}

/// Reads a whole file into profiles of its sheets.
#[derive(Debug, Default)]
pub(super) struct Profiler {
    done: Vec<SheetProfile>,
    open: Option<Open>,
}

impl Profiler {
    /// The profiles, when the file is at its end.
    pub(super) fn finish(mut self) -> Vec<SheetProfile> {
        self.done.extend(self.open.take().map(Open::close));
        self.done
    }
}

impl ReadsWhole for Profiler {
    fn sheet(&mut self, sheet: WholeSheet) {
        self.done.extend(self.open.take().map(Open::close));
        self.open = Some(Open::new(sheet));
    }

    fn row(&mut self, row: u32, cells: &[(usize, WholeCell<'_>)]) {
        if let Some(open) = &mut self.open {
            open.row(row, cells);
        }
    }
}

/// The sheet that is being read.
#[derive(Debug)]
struct Open {
    sheet: WholeSheet,
    head: Vec<(u32, Vec<Owned>)>,
    table: Option<Table>,
    /// Rows and columns (from 1) of the first and last filled cell.
    used: Option<(u32, u32, usize, usize)>,
}

impl Open {
    fn new(sheet: WholeSheet) -> Open {
        Open { sheet, head: Vec::new(), table: None, used: None }
    }

    fn row(&mut self, row: u32, cells: &[(usize, WholeCell<'_>)]) {
        for (column, cell) in cells {
            if !is_blank(cell) {
                let (top, bottom, left, right) = self.used.unwrap_or((row, row, *column, *column));
                self.used = Some((top.min(row), bottom.max(row), left.min(*column), right.max(*column)));
            }
        }
        match &mut self.table {
            Some(table) => table.row(row, cells),
            None => {
                let cells = cells.iter().take(MOST_COLUMNS);
                self.head.push((row, cells.map(|(column, cell)| (*column, owned(cell))).collect()));
                if self.head.len() >= HEAD_ROWS {
                    self.decide();
                }
            }
        }
    }

    /// Finds the header, and counts the rows that were kept for it.
    fn decide(&mut self) {
        let mut table = Table::new(header::find(&self.head, &self.sheet));
        for (row, cells) in std::mem::take(&mut self.head) {
            table.row(row, &cells);
        }
        self.table = Some(table);
    }

    fn close(mut self) -> SheetProfile {
        if self.table.is_none() {
            self.decide();
        }
        let used = self.used.map(|(top, bottom, left, right)| {
            format!("{}{top}:{}{bottom}", column_letters(left as u32 + 1), column_letters(right as u32 + 1))
        });
        let table = self.table.unwrap_or_default();
        SheetProfile { name: self.sheet.name, visible: self.sheet.visible, used, ..table.close() }
    }
}

/// The table of a sheet: its header and the counts of its columns.
#[derive(Debug, Default)]
struct Table {
    header: Option<Header>,
    several_columns: bool,
    leftmost: usize,
    tallies: Vec<Tally>,
    profile: SheetProfile,
    /// Lone rows that the next data row makes section rows, and the end of the sheet footnotes.
    pending: u64,
    last: u32,
}

impl Table {
    fn new(header: Option<Header>) -> Table {
        let named = |header: &Header| header.names.iter().filter(|name| !name.trim().is_empty()).count();
        let leftmost = header.as_ref().and_then(|header| header.names.iter().position(|name| !name.trim().is_empty()));
        let last = header.as_ref().map_or(0, |header| header.row);
        Table {
            several_columns: header.as_ref().is_some_and(|header| named(header) >= 2),
            leftmost: leftmost.unwrap_or(0),
            header,
            last,
            ..Table::default()
        }
    }

    fn row(&mut self, row: u32, cells: &[(usize, WholeCell<'_>)]) {
        let (header_row, header_rows) = self.header.as_ref().map_or((0, 0), |header| (header.row, header.rows));
        if self.header.is_some() && row <= header_row {
            let above = row + header_rows <= header_row && !cells.iter().all(|(_, cell)| is_blank(cell));
            self.profile.title_rows += u64::from(above);
            return;
        }
        self.profile.blank_rows += u64::from(row.saturating_sub(self.last + 1));
        self.last = row;
        match look(cells, self.several_columns, self.leftmost) {
            Look::Blank => self.profile.blank_rows += 1,
            Look::Total => self.profile.total_rows += 1,
            Look::Lone => self.pending += 1,
            Look::Data => self.data(cells),
        }
    }

    fn data(&mut self, cells: &[(usize, WholeCell<'_>)]) {
        self.profile.section_rows += std::mem::take(&mut self.pending);
        self.profile.data_rows += 1;
        self.count_aggregate(cells);
        for (column, cell) in cells.iter().filter(|(column, _)| *column < MOST_COLUMNS) {
            if self.tallies.len() <= *column {
                self.tallies.resize_with(column + 1, Tally::default);
            }
            self.tallies[*column].add(cell);
        }
    }

    /// A row whose first text says that it stands for others.
    fn count_aggregate(&mut self, cells: &[(usize, WholeCell<'_>)]) {
        let Some((_, WholeCell::Text(text))) = cells.iter().find(|(_, cell)| !is_blank(cell)) else { return };
        let initial = text.trim_start().chars().next().map(|letter| letter.to_ascii_lowercase());
        if text.len() > LONGEST_AGGREGATE || !initial.is_some_and(|initial| "rtaoöms".contains(initial)) {
            return;
        }
        let folded = fold(text);
        let known =
            self.profile.aggregates.len() < MOST_AGGREGATES || self.profile.aggregates.contains_key(text.trim());
        if known && AGGREGATES.iter().any(|label| folded.starts_with(label)) {
            *self.profile.aggregates.entry(text.trim().to_string()).or_default() += 1;
        }
    }

    fn close(mut self) -> SheetProfile {
        let rows = self.profile.data_rows;
        let names = self.header.as_ref().map(|header| header.names.clone()).unwrap_or_default();
        self.tallies.resize_with(self.tallies.len().max(names.len().min(MOST_COLUMNS)), Tally::default);
        let empty = |name: &str, tally: &Tally| name.trim().is_empty() && tally.filled == 0 && tally.marks.is_empty();
        let mut columns: Vec<ColumnProfile> = Vec::new();
        for (index, tally) in self.tallies.into_iter().enumerate() {
            let name = names.get(index).map_or("", String::as_str);
            if empty(name, &tally) {
                self.profile.empty_columns += 1;
                continue;
            }
            columns.push(kinds::profile(tally, index as u32 + 1, name.trim(), rows));
        }
        let folded: Vec<String> = columns.iter().map(|column| fold(&column.header)).collect();
        for (index, column) in columns.iter_mut().enumerate() {
            let twice = folded.iter().filter(|name| **name == folded[index]).count() > 1;
            let masked = names.get(column.column as usize - 1).is_some_and(|name| name.trim() != column.header);
            column.unusable = folded[index].is_empty() || twice || masked;
        }
        SheetProfile {
            header_row: self.header.as_ref().map(|header| header.row),
            header_rows: self.header.as_ref().map_or(0, |header| header.rows),
            footnotes: self.pending,
            columns,
            ..self.profile
        }
    }
}
