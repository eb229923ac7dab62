//! A two-way table in a delimited text: which fields are counts, which are totals, and what adds up to what.

use std::collections::BTreeMap;
use std::ops::Range;

use super::audit::Published;
use super::fields::{self, Counts, Field, Number, Record};
use super::system::{Exposure, Rank, System};
use crate::diagnostic::{Code, Diagnostic, Location};

/// Labels of a row or column of totals, in lower case.
const TOTALS: [&str; 6] = ["totalt", "total", "summa", "totalsumma", "samtliga", "totals"];

/// A place in the table: row and column of counts, from 0.
pub(super) type RowColumn = (usize, usize);

/// The table as it stands in the file.
pub(super) struct TableFile {
    pub file: String,
    /// Labels of the columns of counts.
    columns: Vec<String>,
    rows: Vec<Row>,
    has_total_column: bool,
    has_total_row: bool,
}

struct Row {
    label: String,
    line: u32,
    counts: Vec<Counts>,
}

impl TableFile {
    /// Finds the header and reads the counts below it.
    ///
    /// Lines with a single text before the header are titles, after the rows footnotes: neither is read.
    pub(super) fn read(text: &[u8], file: &str) -> Result<TableFile, Vec<Diagnostic>> {
        let records = fields::records(text);
        let filled =
            |record: &&Record| record.fields.iter().filter(|field| !fields::label(text, field).is_empty()).count() > 1;
        let mut records = records.iter().filter(filled);
        let at = Location::File { file: file.to_string() };
        let Some(header) = records.next() else {
            let message = say!("protect-no-table");
            return Err(vec![Diagnostic::error(Code::BadValue, message, at)]);
        };
        let header: Vec<String> = header.fields.iter().map(|field| fields::label(text, field)).collect();
        let width = header.iter().rposition(|label| !label.is_empty()).map_or(1, |last| last + 1);
        let columns = header[1..width].to_vec();
        let mut table = TableFile {
            file: file.to_string(),
            has_total_column: columns.last().is_some_and(|label| is_total(label)),
            columns,
            rows: Vec::new(),
            has_total_row: false,
        };
        let problems: Vec<Diagnostic> = records.flat_map(|record| table.add(text, record)).collect();
        if table.rows.is_empty() {
            return Err(vec![Diagnostic::error(Code::BadValue, say!("protect-no-rows"), at)]);
        }
        table.has_total_row = table.rows.last().is_some_and(|row| is_total(&row.label));
        if problems.is_empty() { Ok(table) } else { Err(problems) }
    }

    fn add(&mut self, text: &[u8], record: &Record) -> Vec<Diagnostic> {
        let (width, row) = (self.columns.len(), self.rows.len());
        let label = fields::label(text, &record.fields[0]);
        let mut problems = Vec::new();
        let mut counts = Vec::with_capacity(width);
        self.rows.push(Row { label, line: record.line, counts: Vec::new() });
        for column in 0..width.max(record.fields.len() - 1) {
            let field = record.fields.get(column + 1);
            let read = field.map_or_else(|| Some(Counts::default()), |field: &Field| fields::counts(text, field));
            match read {
                Some(read) if column < width => counts.push(read),
                Some(read) if read == Counts::default() => {}
                Some(_) => problems.push(self.diagnostic(
                    Code::BadValue,
                    say!("protect-row-longer-than-header"),
                    (row, column),
                )),
                None => problems.push(
                    self.diagnostic(Code::BadValue, say!("protect-cell-holds-no-count"), (row, column))
                        .help(say!("protect-write-a-whole-number")),
                ),
            }
        }
        self.rows[row].counts = counts;
        problems
    }

    /// A problem with a cell, at its line and column.
    pub(super) fn diagnostic(&self, code: Code, message: impl Into<String>, (row, column): RowColumn) -> Diagnostic {
        let header = self.columns.get(column).cloned();
        let at = Location::Cell {
            file: self.file.clone(),
            sheet: None,
            row: self.rows[row].line,
            column: column as u32 + 2,
            header,
        };
        Diagnostic::error(code, message, at)
    }

    pub(super) fn row_label(&self, row: usize) -> String {
        self.rows[row].label.clone()
    }

    pub(super) fn column_label(&self, column: usize) -> String {
        self.columns[column].clone()
    }

    fn is_total_row(&self, row: usize) -> bool {
        self.has_total_row && row + 1 == self.rows.len()
    }

    fn is_total_column(&self, column: usize) -> bool {
        self.has_total_column && column + 1 == self.columns.len()
    }

    /// What was assumed of the table, and rows that are better merged than hidden.
    pub(super) fn remarks(&self, years: &[Year], threshold: i64) -> Vec<String> {
        let mut remarks = Vec::new();
        match (self.has_total_row, self.has_total_column) {
            (true, true) => {}
            (true, false) => remarks.push(say!("protect-no-column-of-totals")),
            (false, true) => remarks.push(say!("protect-no-row-of-totals")),
            (false, false) => remarks.push(say!("protect-no-totals")),
        }
        for year in years {
            let small = year.small_totals(self, threshold);
            if !small.is_empty() {
                let small = small.join(", ");
                remarks.push(if year.is_last {
                    say!("protect-small-totals-last-year", threshold, small)
                } else {
                    say!("protect-small-totals", threshold, small)
                });
            }
        }
        remarks
    }
}

/// "Totalt", "Totalt antal", "Summa 2023 (2022)", "SAMTLIGA:".
fn is_total(label: &str) -> bool {
    let label = label.to_lowercase();
    let mut words = label.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_plain = |word: &str| word == "antal" || word.bytes().all(|byte| byte.is_ascii_digit());
    words.next().is_some_and(|first| TOTALS.contains(&first)) && words.all(is_plain)
}

/// A sum in the table: cells of a row and its total, or of a column.
struct Line {
    parts: Vec<usize>,
    whole: usize,
    along_row: bool,
}

/// The counts of one year and what adds up to what.
pub(super) struct Year {
    /// The counts in parentheses.
    pub is_last: bool,
    numbers: Vec<(RowColumn, Number)>,
    lines: Vec<Line>,
    /// Whether the sums along rows, and those along columns, are equations; otherwise the totals count distinct events.
    adds_up: [bool; 2],
}

impl Year {
    pub(super) fn of(table: &TableFile, is_last: bool, distinct: bool) -> Year {
        let mut numbers = Vec::new();
        let mut index = BTreeMap::new();
        for (row, counts) in table.rows.iter().map(|row| &row.counts).enumerate() {
            for (column, counts) in counts.iter().enumerate() {
                let number = if is_last { &counts.last } else { &counts.this };
                if let Some(number) = number {
                    index.insert((row, column), numbers.len());
                    numbers.push(((row, column), number.clone()));
                }
            }
        }
        let mut year = Year { is_last, numbers, lines: lines(table, &index), adds_up: [true; 2] };
        if distinct {
            year.adds_up = [true, false]
                .map(|along| year.lines.iter().all(|line| line.along_row != along || year.excess(line) == Some(0)));
        }
        year
    }

    /// Sum of the parts minus the whole; `None` where something is hidden.
    fn excess(&self, line: &Line) -> Option<i64> {
        let parts = line.parts.iter().map(|part| self.numbers[*part].1.value).sum::<Option<i64>>()?;
        Some(parts - self.numbers[line.whole].1.value?)
    }

    fn is_equation(&self, line: &Line) -> bool {
        self.adds_up[usize::from(!line.along_row)]
    }

    pub(super) fn place(&self, number: usize) -> RowColumn {
        self.numbers[number].0
    }

    pub(super) fn bytes(&self, number: usize) -> Range<usize> {
        self.numbers[number].1.bytes.clone()
    }

    /// A table that is protected already cannot be judged again.
    pub(super) fn hidden_already(&self, table: &TableFile) -> Vec<Diagnostic> {
        let hidden = self.numbers.iter().filter(|(_, number)| number.value.is_none());
        hidden
            .map(|(place, _)| table.diagnostic(Code::BadValue, say!("protect-hidden-already"), *place))
            .map(|told| told.help(say!("protect-with-all-numbers")))
            .collect()
    }

    /// Totals that their parts do not add up to, or that no distinct count can be.
    pub(super) fn mismatches(&self, table: &TableFile) -> Vec<Diagnostic> {
        let wrong = |line: &Line| {
            let excess = self.excess(line)?;
            let total = self.numbers[line.whole].1.value?;
            let largest = line.parts.iter().filter_map(|part| self.numbers[*part].1.value).max().unwrap_or(0);
            let beside = if self.is_last { say!("protect-last-years") } else { String::new() };
            let message = match self.is_equation(line) {
                true if excess == 0 => return None,
                true => say!("protect-parts-add-up-to", beside, total, parts = total + excess),
                false if excess >= 0 && largest <= total => return None,
                false if excess < 0 => {
                    say!("protect-more-than-all-parts", beside, total, parts = total + excess)
                }
                false => say!("protect-less-than-largest-part", beside, total, largest),
            };
            let help = if self.is_equation(line) {
                say!("protect-correct-or-distinct")
            } else {
                say!("protect-correct-distinct-total")
            };
            Some(table.diagnostic(Code::TotalsDiffer, message, self.place(line.whole)).help(help))
        };
        self.lines.iter().filter_map(wrong).collect()
    }

    fn small_totals(&self, table: &TableFile, threshold: i64) -> Vec<String> {
        let is_margin = |(row, column): &RowColumn| table.is_total_row(*row) != table.is_total_column(*column);
        let small = self.numbers.iter().filter(|(place, number)| {
            is_margin(place) && number.value.is_some_and(|value| 0 < value && value < threshold)
        });
        small
            .map(|((row, column), _)| {
                if table.is_total_row(*row) {
                    say!("protect-column", label = table.column_label(*column))
                } else {
                    say!("protect-row", label = table.row_label(*row))
                }
            })
            .collect()
    }

    /// The count system; all numbers must be there.
    ///
    /// Totals are candidates like any other count, so that what is hidden is the fewest cells there can be. They are large:
    /// of as many cells those without totals have the smaller sum.
    pub(super) fn system(&self, threshold: i64) -> System {
        let mut system = System::default();
        for (_, number) in &self.numbers {
            let value = number.value.unwrap_or(0);
            let rank = if value == 0 { Rank::Zero } else { Rank::Inner };
            system.add(value, Exposure::Printed { primary: 0 < value && value < threshold, rank });
        }
        for line in &self.lines {
            if self.is_equation(line) {
                system.sum(&line.parts, line.whole);
                continue;
            }
            system.at_most(line.whole, &line.parts);
            line.parts.iter().for_each(|part| system.at_most(*part, &[line.whole]));
        }
        system
    }

    /// What a reader of this, printed, year sees; `truth` says which sums are known to be equations.
    pub(super) fn published(&self, truth: &Year) -> Published {
        let numbers: Vec<Option<i64>> = self.numbers.iter().map(|(_, number)| number.value).collect();
        let marked = (0..numbers.len()).filter(|number| numbers[*number].is_none()).collect();
        let mut published = Published { numbers, marked, ..Published::default() };
        for line in &self.lines {
            let parts = line.parts.iter().map(|part| (*part, 1));
            if truth.is_equation(line) {
                published.equations.push(parts.chain([(line.whole, -1)]).collect());
                continue;
            }
            published.not_negative(parts.chain([(line.whole, -1)]).collect());
            line.parts.iter().for_each(|part| published.not_negative(vec![(line.whole, 1), (*part, -1)]));
        }
        published
    }
}

/// Every row and every column that has its total.
fn lines(table: &TableFile, index: &BTreeMap<RowColumn, usize>) -> Vec<Line> {
    let (height, width) = (table.rows.len(), table.columns.len());
    let inner_rows = height - usize::from(table.has_total_row);
    let inner_columns = width - usize::from(table.has_total_column);
    let mut lines = Vec::new();
    for row in (0..height).filter(|_| table.has_total_column) {
        let parts = (0..inner_columns).filter_map(|column| index.get(&(row, column)).copied()).collect();
        lines.extend(index.get(&(row, width - 1)).map(|whole| Line { parts, whole: *whole, along_row: true }));
    }
    for column in (0..width).filter(|_| table.has_total_row) {
        let parts = (0..inner_rows).filter_map(|row| index.get(&(row, column)).copied()).collect();
        lines.extend(index.get(&(height - 1, column)).map(|whole| Line { parts, whole: *whole, along_row: false }));
    }
    lines
}
