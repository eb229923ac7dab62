//! Finds the header of a sheet and in it the asked-for columns.
//!
//! In: the first rows of a sheet as text. Out: a [`Placement`], or what is wrong, told with the nearest header that is
//! there. Columns are matched by header, never by position.

use crate::diagnostic::{Code, Diagnostic, Location, Mend, column_letters, nearest};
use crate::domain::personal_data::shown_header;
use crate::domain::spelling::fold;

use super::asked::{Asked, AskedColumn};

/// How many rows may stand above the header.
pub(super) const SEARCHED_ROWS: usize = 100;

/// Columns without a header that are looked at when all columns are: notes are written beside a table.
const BEYOND_THE_HEADER: usize = 16;

/// Letters of a text that is not like a header by chance.
const LONG_HEADER: usize = 8;

/// Where the asked-for columns stand in one sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placement {
    /// Row (from 1) of the lowest header row.
    pub header_row: u32,
    /// Column (from 0) of each asked-for column.
    pub columns: Vec<usize>,
    /// Header text of each asked-for column, as it stands.
    pub headers: Vec<String>,
    /// Leftmost of `columns`.
    pub leftmost: usize,
    /// Filled cells of the header row.
    pub header_cells: usize,
    slots: Vec<Option<u32>>,
    /// Batch columns read from the same column as an earlier one: (earlier, this).
    copies: Vec<(usize, usize)>,
}

impl Placement {
    fn new(header_row: usize, columns: Vec<usize>, headers: Vec<String>, header_cells: usize) -> Placement {
        let mut slots = vec![None; columns.iter().max().map_or(0, |last| last + 1)];
        let mut copies = Vec::new();
        for (slot, column) in columns.iter().enumerate() {
            match slots[*column] {
                Some(earlier) => copies.push((earlier as usize, slot)),
                None => slots[*column] = Some(slot as u32),
            }
        }
        let leftmost = columns.iter().min().copied().unwrap_or(0);
        Placement { header_row: header_row as u32 + 1, columns, headers, leftmost, header_cells, slots, copies }
    }

    /// The other columns of the sheet behind the asked-for ones, and some that stand beyond the header's last cell.
    fn with_the_rest(self, names: &[String]) -> Placement {
        let Placement { header_row, mut columns, mut headers, leftmost, header_cells, .. } = self;
        for column in 0..names.len() + BEYOND_THE_HEADER {
            if !columns.contains(&column) {
                columns.push(column);
                headers.push(names.get(column).cloned().unwrap_or_default());
            }
        }
        Placement { leftmost, ..Placement::new(header_row as usize - 1, columns, headers, header_cells) }
    }

    /// Columns of a batch: the asked-for ones, or all.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Batch column of each column of the sheet, up to the last asked-for one.
    pub(super) fn slots(&self) -> &[Option<u32>] {
        &self.slots
    }

    /// Fills the batch columns that are read from the same column as an earlier one.
    #[inline]
    pub(super) fn copy_shared(&self, row: &mut [super::RawCell]) {
        for (earlier, slot) in &self.copies {
            row[*slot] = row[*earlier];
        }
    }

    /// Columns as Excel counts them, from 1.
    pub(super) fn excel_columns(&self) -> Vec<u32> {
        self.columns.iter().map(|column| *column as u32 + 1).collect()
    }
}

/// A merged range of cells: rows and columns from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub rows: (usize, usize),
    pub columns: (usize, usize),
}

/// Why a sheet's columns could not be placed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum HeaderProblem {
    /// No row has so many of the headers that it must be the header; the nearest text found, if any.
    NotFound { nearest: Option<String> },
    /// This row is the header, but some columns are missing from it or stand in it twice.
    Columns { row: usize, headers: Vec<String>, problems: Vec<ColumnProblem> },
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum ColumnProblem {
    /// Index of the asked-for column.
    Missing(usize),
    /// Index of the asked-for column, and the columns (from 0) that fit.
    Ambiguous(usize, Vec<usize>),
}

/// The names of a sheet's columns, if one of its rows is taken for the header.
struct Names {
    /// The whole name, from the uppermost header row down.
    joined: Vec<String>,
    joined_folded: Vec<String>,
    /// Empty if the header has one row only.
    lowest_folded: Vec<String>,
}

/// Finds the header among the first rows of a sheet.
///
/// In: `rows[0]` is row 1; blank rows are empty. `merges` are the sheet's merged ranges where they can be known; where
/// they cannot, the cells of upper header rows reach over the blanks to their right.
/// Out: the declared `header_row`, or the first row that has all headers; a row that has at least half of them counts as
/// the header with columns missing.
pub(super) fn find(rows: &[Vec<String>], asked: &Asked, merges: Option<&[Merge]>) -> Result<Placement, HeaderProblem> {
    if let Some(row) = asked.layout.header_row {
        let row = row.saturating_sub(1) as usize;
        return if row < rows.len() { place(rows, row, asked, merges) } else { Err(not_found(rows, asked)) };
    }
    let mut best: Option<(usize, HeaderProblem)> = None;
    for row in 0..rows.len().min(SEARCHED_ROWS) {
        let problem = match place(rows, row, asked, merges) {
            Ok(placement) => return Ok(placement),
            Err(problem) => problem,
        };
        let found = found_columns(&problem, asked);
        if found > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((found, problem));
        }
    }
    match best {
        Some((found, problem)) if found * 2 >= asked.width() => Err(problem),
        _ => Err(not_found(rows, asked)),
    }
}

/// The largest number of headers found in one row: the better the delimiter, the more.
pub(super) fn most_found(rows: &[Vec<String>], asked: &Asked) -> usize {
    let mut most = 0;
    for row in 0..rows.len() {
        match place(rows, row, asked, None) {
            Ok(_) => return asked.width(),
            Err(problem) => most = most.max(found_columns(&problem, asked)),
        }
    }
    most
}

/// How many of the headers a row has, judged by what is wrong with it.
fn found_columns(problem: &HeaderProblem, asked: &Asked) -> usize {
    let HeaderProblem::Columns { problems, .. } = problem else { return 0 };
    let missing = problems.iter().filter(|problem| matches!(problem, ColumnProblem::Missing(_))).count();
    asked.width() - missing
}

fn place(
    rows: &[Vec<String>],
    row: usize,
    asked: &Asked,
    merges: Option<&[Merge]>,
) -> Result<Placement, HeaderProblem> {
    let names = names_of(rows, row, asked.header_rows(), merges);
    let mut columns = Vec::with_capacity(asked.width());
    let mut problems = Vec::new();
    for (index, column) in asked.columns.iter().enumerate() {
        match *names.fitting(column) {
            [one] => columns.push(one),
            [] => problems.push(ColumnProblem::Missing(index)),
            ref several => problems.push(ColumnProblem::Ambiguous(index, several.to_vec())),
        }
    }
    if problems.is_empty() {
        let headers = columns.iter().map(|column| names.joined[*column].clone()).collect();
        let header_cells = names.joined_folded.iter().filter(|name| !name.is_empty()).count();
        let placement = Placement::new(row, columns, headers, header_cells);
        return Ok(if asked.every_column { placement.with_the_rest(&names.joined) } else { placement });
    }
    let headers = names.joined.into_iter().filter(|name| !fold(name).is_empty()).collect();
    Err(HeaderProblem::Columns { row, headers, problems })
}

impl Names {
    /// The columns whose whole name is one of the accepted ones; failing that, whose lowest cell is.
    fn fitting(&self, column: &AskedColumn) -> Box<[usize]> {
        let among = |names: &[String]| -> Box<[usize]> {
            (0..names.len()).filter(|index| column.spellings.contains(&names[*index])).collect()
        };
        let whole = among(&self.joined_folded);
        if whole.is_empty() { among(&self.lowest_folded) } else { whole }
    }
}

/// The whole name of each column if `row` (from 0) is the lowest of `header_rows` header rows.
pub(super) fn column_names(
    rows: &[Vec<String>],
    row: usize,
    header_rows: usize,
    merges: Option<&[Merge]>,
) -> Vec<String> {
    names_of(rows, row, header_rows, merges).joined
}

fn names_of(rows: &[Vec<String>], row: usize, header_rows: usize, merges: Option<&[Merge]>) -> Names {
    let lowest = &rows[row];
    let upper: Vec<Vec<String>> = (row.saturating_sub(header_rows - 1)..row)
        .map(|upper| spread(&rows[upper], upper, lowest.len(), merges))
        .collect();
    let width = upper.iter().map(Vec::len).chain([lowest.len()]).max().unwrap_or(0);
    let joined: Vec<String> = (0..width)
        .map(|column| {
            let cells = upper.iter().chain([lowest]).filter_map(|cells| cells.get(column));
            cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<&str>>().join(" ")
        })
        .collect();
    let joined_folded = joined.iter().map(|name| fold(name)).collect();
    let lowest_folded = if header_rows > 1 { lowest.iter().map(|name| fold(name)).collect() } else { Vec::new() };
    Names { joined, joined_folded, lowest_folded }
}

/// An upper header row with the text of each cell over all the columns that it stands above.
fn spread(cells: &[String], row: usize, width: usize, merges: Option<&[Merge]>) -> Vec<String> {
    let mut spread = cells.to_vec();
    let merged: Vec<&Merge> = merges.unwrap_or(&[]).iter().filter(|merge| merge.rows.0 == row).collect();
    if merged.is_empty() {
        spread.resize(width.max(cells.len()), String::new());
        for column in 1..spread.len() {
            if fold(&spread[column]).is_empty() {
                spread[column] = spread[column - 1].clone();
            }
        }
        return spread;
    }
    for merge in merged {
        let text = cells.get(merge.columns.0).cloned().unwrap_or_default();
        let end = merge.columns.1.min(width.max(cells.len()).saturating_sub(1));
        spread.resize(spread.len().max(end + 1), String::new());
        if merge.columns.0 <= end {
            spread[merge.columns.0..=end].fill(text);
        }
    }
    spread
}

/// Names the text that is nearest to a header, from the row that looks most like one.
fn not_found(rows: &[Vec<String>], asked: &Asked) -> HeaderProblem {
    let near = |row: &Vec<String>| -> Vec<String> {
        let texts = || row.iter().map(String::as_str).filter(|text| !text.trim().is_empty());
        asked.columns.iter().filter_map(|column| nearest(&column.header, texts())).map(str::to_string).collect()
    };
    let likely = rows.iter().take(SEARCHED_ROWS).map(near).rev().max_by_key(Vec::len).unwrap_or_default();
    // A short text like a header can stand in any row of data, and cells are not quoted; two in a row make it a header.
    let is_header = |text: &String| likely.len() >= 2 || text.chars().count() >= LONG_HEADER;
    HeaderProblem::NotFound { nearest: likely.first().filter(|text| is_header(text)).cloned() }
}

/// What a header problem is to the analyst; `at` is the sheet or file.
pub(super) fn diagnose(problem: &HeaderProblem, asked: &Asked, at: &Location) -> Vec<Diagnostic> {
    match problem {
        HeaderProblem::NotFound { nearest } => vec![no_header(asked, at.clone(), nearest.as_deref())],
        HeaderProblem::Columns { row, headers, problems } => {
            problems.iter().map(|problem| bad_column(problem, asked, at.clone(), *row, headers)).collect()
        }
    }
}

/// No sheet, or not this file, has a row with the declared headers.
pub(super) fn no_header(asked: &Asked, at: Location, nearest: Option<&str>) -> Diagnostic {
    let wanted: Vec<String> = asked.columns.iter().take(5).map(|column| format!("\"{}\"", column.header)).collect();
    let message = match asked.layout.header_row {
        Some(row) => say!("ingest-row-is-declared-header-but", row),
        None => say!("ingest-no-row-holds-declared-headers", searched = SEARCHED_ROWS, headers = wanted.join(", ")),
    };
    let near = nearest.map_or(String::new(), |text| say!("ingest-nearest-text-found-is", text = shown_header(text)));
    let help = say!("ingest-correct-headers-under-or-set", table = asked.table(), near);
    Diagnostic::error(Code::HeaderNotFound, message, at).help(help)
}

fn bad_column(problem: &ColumnProblem, asked: &Asked, at: Location, row: usize, headers: &[String]) -> Diagnostic {
    let row = row + 1;
    match problem {
        ColumnProblem::Missing(index) => {
            let error = missing_column(&asked.columns[*index], asked, at, row, headers);
            error.more(say!("ingest-header-has", headers = listed(headers)))
        }
        ColumnProblem::Ambiguous(index, columns) => {
            let header = &asked.columns[*index].header;
            let places: Vec<String> = columns.iter().map(|column| column_letters(*column as u32 + 1)).collect();
            let message =
                say!("ingest-header-in-row-has-times", row, header, times = places.len(), columns = places.join(", "));
            let help = match asked.header_rows() {
                1 => say!("ingest-if-row-above-tells-them", table = asked.table()),
                _ => say!("ingest-write-texts-all-header-rows"),
            };
            Diagnostic::error(Code::AmbiguousColumn, message, at).help(help)
        }
    }
}

fn missing_column(column: &AskedColumn, asked: &Asked, at: Location, row: usize, headers: &[String]) -> Diagnostic {
    let (header, table) = (&column.header, asked.table());
    // A column that another one asks for is not this one.
    let free = headers.iter().filter(|header| !asked.columns.iter().any(|column| column.is(header)));
    let near = nearest(header, free.map(String::as_str));
    match (near, &column.period) {
        (None, Some(period)) => {
            let message = say!("ingest-export-holds-no-such-period", source = asked.source, period, header);
            Diagnostic::error(Code::PeriodNotCovered, message, at).help(say!(
                "ingest-export-the-period-too",
                period,
                header,
                table
            ))
        }
        (Some(near), _) if !column.name.is_empty() => {
            let (source, name, found) = (asked.source.clone(), column.name.clone(), shown_header(near).to_string());
            let help = say!("ingest-did-you-mean-write-header", near = found, table, name);
            let mend = Mend::Header { source, column: name, header: header.clone(), found };
            let message = say!("ingest-header-in-row-has-no", row, header);
            Diagnostic::error(Code::MissingColumn, message, at).help(help).mend(mend)
        }
        (near, _) => {
            let did_you_mean =
                near.map_or(String::new(), |near| say!("ingest-did-you-mean", near = shown_header(near)));
            Diagnostic::error(Code::MissingColumn, say!("ingest-header-in-row-has-no", row, header), at).help(say!(
                "ingest-correct-header-column-under",
                did_you_mean,
                table
            ))
        }
    }
}

fn listed(headers: &[String]) -> String {
    let shown: Vec<String> =
        headers.iter().take(40).map(|header| format!("\"{}\"", shown_header(&fold_lines(header)))).collect();
    let rest = headers.len().saturating_sub(40);
    if rest == 0 { shown.join(", ") } else { say!("ingest-listed-and-more", shown = shown.join(", "), rest) }
}

/// A header on one line.
fn fold_lines(header: &str) -> String {
    header.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::tests::source;
    use crate::vocabulary::spec::SourceKind;

    fn asked(header_rows: u32, headers: &[&str]) -> Asked {
        let mut plan = source(SourceKind::Observations, headers);
        plan.layout.header_rows = header_rows;
        Asked::of(&plan)
    }

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| cell.to_string()).collect()).collect()
    }

    fn columns(found: Result<Placement, HeaderProblem>) -> Vec<usize> {
        found.expect("found").columns
    }

    #[test]
    fn case_space_and_line_breaks_make_no_difference() {
        let sheet = rows(&[&["Titel"], &[], &["ÄRENDE\u{a0}\nnr ", "Enhet"]]);
        let found = find(&sheet, &asked(1, &["Enhet", "Ärende nr"]), None).expect("found");
        assert_eq!((found.header_row, found.columns), (3, vec![1, 0]));
    }

    #[test]
    fn merged_cells_reach_as_far_as_they_are_merged() {
        let sheet = rows(&[&["", "Antal", "", ""], &["Enhet", "2022", "2023", "2023"]]);
        let merges = [Merge { rows: (0, 0), columns: (1, 2) }];
        assert_eq!(columns(find(&sheet, &asked(2, &["Antal 2023", "Antal 2022"]), Some(&merges))), [2, 1]);
        let unknown = find(&sheet, &asked(2, &["Antal 2023"]), None);
        assert!(matches!(unknown, Err(HeaderProblem::Columns { .. })), "without merges it reaches over both");
    }

    #[test]
    fn a_cell_merged_downwards_is_a_name_by_itself() {
        let sheet = rows(&[&["Enhet", "Antal"], &["", "2023"]]);
        let merges = [Merge { rows: (0, 1), columns: (0, 0) }];
        assert_eq!(columns(find(&sheet, &asked(2, &["Enhet", "Antal 2023"]), Some(&merges))), [0, 1]);
    }

    #[test]
    fn a_merged_range_beyond_the_table_is_harmless() {
        let merges = [Merge { rows: (0, 0), columns: (9, 16_383) }];
        let found = find(&rows(&[&["Titel"], &["Enhet", "Antal"]]), &asked(2, &["Enhet"]), Some(&merges));
        assert_eq!(columns(found), [0]);
    }

    #[test]
    fn the_lowest_cell_alone_will_do_if_it_is_unique() {
        let sheet = rows(&[&["", "Antal", "", "Andel"], &["Enhet", "2022", "2023", "2022"]]);
        assert_eq!(columns(find(&sheet, &asked(2, &["2023"]), None)), [2]);
        assert!(find(&sheet, &asked(2, &["2022"]), None).is_err());
    }

    #[test]
    fn half_of_the_headers_make_a_row_the_header_and_fewer_do_not() {
        let sheet = rows(&[&["Enhet är viktig"], &["Enhet", "Datum", "Annat"]]);
        let half = find(&sheet, &asked(1, &["Enhet", "Datum", "Nr", "Typ"]), None);
        assert!(matches!(half, Err(HeaderProblem::Columns { row: 1, ref problems, .. }) if problems.len() == 2));
        let fewer = find(&sheet, &asked(1, &["Enhet", "Dautm", "Nr", "Typ"]), None);
        assert_eq!(fewer, Err(HeaderProblem::NotFound { nearest: Some("Enhet".into()) }));
    }

    #[test]
    fn an_empty_sheet_has_no_header() {
        assert_eq!(find(&[], &asked(1, &["Enhet"]), None), Err(HeaderProblem::NotFound { nearest: None }));
    }
}
