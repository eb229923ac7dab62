//! What was found about rows and cells, collected batch by batch in row order, and summed up at the end.
//!
//! In: flaws. Out: one [`Reject`] a row or cell, one [`Diagnostic`] a kind and column, and the errors that stop a run.
//! Never: all cells with one and the same flaw — five of a spelling are listed, the others counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Failure, Location, Mend, NewValue, Severity};
use crate::domain::personal_data::mask_label;
use crate::ingest::{RawBatch, SheetDoor};
use crate::vocabulary::limits::Over;
use crate::vocabulary::plan::CategoryPlan;

use super::block::Flaw;
use super::dates::{contradict, format_of, is_date};
use super::rejects::{Reject, RejectFate, action, reason};

/// Rows that are shown, or listed for one spelling, before the rest is only counted.
const SHOWN: usize = 5;
/// Distinct spellings that are told apart for one column and kind.
const MOST_SPELLINGS: usize = 1000;
/// New values of a column that are told one by one.
const MOST_VALUES: usize = 50;
/// Letters of a cell's text in a reject.
const MOST_LETTERS: usize = 200;

/// A row of an export.
#[derive(Debug, Clone, PartialEq)]
struct RowAt {
    file: Arc<str>,
    sheet: Option<Arc<str>>,
    row: u32,
}

/// A row or cell to be listed, kept small.
struct Line {
    place: RowAt,
    /// Index of the column's rule.
    column: Option<u32>,
    fate: RejectFate,
    code: Code,
    text: Option<Box<str>>,
}

/// All cells of one column with one kind of flaw and one fate.
#[derive(Default)]
struct Kind {
    cells: u64,
    /// The first ones.
    places: Vec<RowAt>,
    spellings: BTreeMap<Option<Box<str>>, Spelling>,
}

struct Spelling {
    cells: u64,
    first: RowAt,
    /// The last line that lists it.
    line: usize,
}

/// What warnings need to know about a column.
pub(super) struct ColumnName<'p> {
    /// As the job calls it; empty for a wide column.
    pub name: String,
    pub header: String,
    /// Its place among the cells of a batch.
    pub cell: Option<usize>,
    /// Its closed list of values.
    pub list: Option<&'p CategoryPlan>,
    /// The formats of a date.
    pub formats: &'p [String],
    /// An id that the job allows to be shown.
    pub is_safe_id: bool,
}

impl ColumnName<'_> {
    fn stops_on_unknown(&self) -> bool {
        self.list.is_some_and(|list| list.stop_on_unknown)
    }
}

/// A column, and the list that is to know its values.
#[derive(Clone, Copy)]
struct NewIn<'a> {
    column: &'a ColumnName<'a>,
    list: &'a CategoryPlan,
}

/// What is wrong with the rows of a source, told as what stops a run: for a rule of the job that they break.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Causes {
    /// One a value that its list does not know.
    pub(crate) unknown: Vec<Diagnostic>,
    /// One a column and kind of rejected rows.
    pub(crate) rejected: Vec<Diagnostic>,
}

/// Excel columns (from 1) of the cells of a batch, by file and sheet.
type SheetColumns = BTreeMap<(String, Option<String>), Vec<u32>>;

/// Collects lines and counts in row order.
pub(super) struct Ledger<'p> {
    source: String,
    columns: Vec<ColumnName<'p>>,
    /// List every cell without a value; otherwise the first five of a spelling.
    list_all: bool,
    lines: Vec<Line>,
    kinds: BTreeMap<(RejectFate, Code, Option<u32>), Kind>,
    sheets: SheetColumns,
}

impl<'p> Ledger<'p> {
    pub(super) fn new(source: &str, columns: Vec<ColumnName<'p>>, list_all: bool) -> Self {
        let (lines, kinds, sheets) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        Ledger { source: source.to_string(), columns, list_all, lines, kinds, sheets }
    }

    /// Learns where a sheet's columns are, so that cells can be named as Excel names them.
    pub(super) fn learn(&mut self, door: &SheetDoor) {
        self.sheets.insert((door.file_name.clone(), door.sheet.clone()), door.columns.clone());
    }

    /// Takes in a batch: rejected rows (one flaw each), differing repetitions, cells without a value.
    pub(super) fn add(&mut self, batch: &RawBatch, rejected: Vec<Flaw>, differing: &[u32], problems: Vec<Flaw>) {
        let rejected = rejected.into_iter().map(|flaw| (RejectFate::RejectedRow, flaw));
        let differing = differing.iter().map(|row| {
            let flaw = Flaw { row: *row, column: u32::MAX, code: Code::DifferingDuplicate, text: None };
            (RejectFate::DifferingDuplicate, flaw)
        });
        let problems = problems.into_iter().map(|flaw| match flaw.code {
            Code::PersonalData => (RejectFate::MaskedCell, flaw),
            _ => (RejectFate::CellWithoutValue, flaw),
        });
        let mut flaws: Vec<_> = rejected.chain(differing).chain(problems).collect();
        flaws.sort_by_key(|(fate, flaw)| (flaw.row, flaw.column, *fate));
        for (fate, flaw) in flaws {
            self.add_one(batch, fate, flaw);
        }
    }

    fn add_one(&mut self, batch: &RawBatch, fate: RejectFate, flaw: Flaw) {
        let column = (flaw.column != u32::MAX).then_some(flaw.column);
        let place = RowAt {
            file: Arc::clone(&batch.file_name),
            sheet: batch.sheet.clone(),
            row: batch.rows.get(flaw.row as usize).copied().unwrap_or(0),
        };
        // A column that is safe may still hold a number that somebody has typed in the wrong place.
        let may_show = |text: &str| flaw.code == Code::BadDate && is_date(text);
        let text = flaw.text.map(|text| if may_show(&text) { text } else { Box::from(&*mask_label(&text)) });
        let text = text.map(shortened);
        let kind = self.kinds.entry((fate, flaw.code, column)).or_default();
        let cells = kind.count(text.clone(), &place, self.lines.len());
        if self.list_all || !fate.is_of_a_cell() || cells <= SHOWN as u64 {
            self.lines.push(Line { place, column, fate, code: flaw.code, text });
        }
    }

    /// Errors: `over-limit` for more lines than the job allows, at the row of the last.
    pub(super) fn within(&self, most: u64) -> Result<(), Failure> {
        let Some(last) = self.lines.last().filter(|_| self.lines.len() as u64 > most) else { return Ok(()) };
        let message = say!("normalise-so-many-rows-are-rejected", source = self.source, most);
        let location = self.location(&last.place, self.column(last.column));
        let first = self.warnings().into_iter().next().map(|warning| warning.message);
        let mut failure = Over { message, key: "rejects" }.at(location);
        failure.diagnostics.iter_mut().for_each(|told| told.more = first.clone());
        Err(failure)
    }

    fn column(&self, column: Option<u32>) -> Option<&ColumnName<'p>> {
        column.and_then(|column| self.columns.get(column as usize))
    }

    /// A place as Excel shows it; column 0 if the sheet's columns are not known.
    fn location(&self, place: &RowAt, column: Option<&ColumnName>) -> Location {
        let (file, sheet) = (place.file.to_string(), place.sheet.as_deref().map(str::to_string));
        let columns = self.sheets.get(&(file.clone(), sheet.clone()));
        let cell = column.and_then(|column| column.cell);
        let letter = columns.zip(cell).and_then(|(columns, cell)| columns.get(cell).copied()).unwrap_or(0);
        let header = column.map(|column| column.header.clone());
        Location::Cell { file, sheet, row: place.row, column: letter, header }
    }

    /// Cells that fell in a bucket of unknown values.
    pub(super) fn unknown_categories(&self) -> u64 {
        self.kinds.iter().filter(|((_, code, _), _)| *code == Code::UnknownCategory).map(|(_, kind)| kind.cells).sum()
    }

    /// One warning a kind and column.
    pub(super) fn warnings(&self) -> Vec<Diagnostic> {
        self.kinds.iter().map(|((fate, code, column), kind)| self.warning(*fate, *code, *column, kind)).collect()
    }

    fn warning(&self, fate: RejectFate, code: Code, column: Option<u32>, kind: &Kind) -> Diagnostic {
        let column = self.column(column);
        let at = kind.places.first().map_or(Location::Nowhere, |place| self.location(place, column));
        let warning = Diagnostic::warning(code, message(fate, code, column, kind), at);
        let mend = column.filter(|_| code == Code::BadDate).and_then(|column| self.format(column, kind));
        let (help, more) = (self.help(code, column, mend.as_ref()), kind.others());
        Diagnostic { help, more, mend, ..warning }
    }

    /// The format that the dates of a column have, if it is another than those that the job says.
    fn format(&self, column: &ColumnName, kind: &Kind) -> Option<Mend> {
        let texts = kind.spellings.iter().filter_map(|(text, spelling)| Some((text.as_deref()?, spelling.cells)));
        let format = format_of(texts)?;
        // Beside "%m/%d/%Y", "%d/%m/%Y" would make May of what is said of June.
        let declared = column.formats.iter().filter(|known| !contradict(format, known));
        let formats = declared.cloned().chain([format.to_string()]).collect();
        let (source, name, header) = (self.source.clone(), column.name.clone(), column.header.clone());
        Some(Mend::Format { source, column: name, header, cells: kind.cells, formats })
    }

    fn help(&self, code: Code, column: Option<&ColumnName>, mend: Option<&Mend>) -> Option<String> {
        let column = column?;
        let table = format!("[source.{}.columns.{}]", self.source, column.name);
        Some(match code {
            Code::BadDate => match mend {
                Some(Mend::Format { formats, .. }) => say!("normalise-write-formats", formats = listed(formats), table),
                _ => say!("normalise-correct-or-add-format", table),
            },
            Code::BadNumber | Code::BadYesNo => {
                say!("normalise-correct-or-declare-mark", source = self.source)
            }
            Code::UnknownCategory => help_unknown(column.list?),
            Code::PersonalData => {
                say!("normalise-remove-them-or-other-column", table)
            }
            Code::MissingId | Code::MissingDate | Code::MissingValue => {
                say!("normalise-fill-in-or-other-column", table)
            }
            _ => return None,
        })
    }

    /// Errors for what the job says must stop a run: unknown values of certain lists, and differing rows of one id. And
    /// for an id that is safe to show but is a personnummer: one that could be one by chance is no more than a warning.
    pub(super) fn stops(&self, stop_on_repeated: bool, rows_kept: u64) -> Vec<Diagnostic> {
        let mut stops = Vec::new();
        for ((fate, code, column), kind) in &self.kinds {
            let name = self.column(*column);
            if *code == Code::UnknownCategory && name.is_some_and(|name| name.stops_on_unknown()) {
                stops.extend(self.new_values(name, kind));
            }
            if *code == Code::PersonalData && name.is_some_and(|name| name.is_safe_id) && 2 * kind.cells >= rows_kept {
                stops.push(self.safe_id_error(*column, kind));
            }
            if *code == Code::DifferingDuplicate && stop_on_repeated {
                let warning = self.warning(*fate, *code, *column, kind);
                let help = say!("normalise-correct-or-set-repeated-ids");
                stops.push(Diagnostic { severity: Severity::Error, ..warning }.help(help));
            }
        }
        stops
    }

    /// What would break a rule of the job on its data.
    pub(super) fn causes(&self) -> Causes {
        let mut causes = Causes::default();
        for ((fate, code, column), kind) in &self.kinds {
            let error = || Diagnostic { severity: Severity::Error, ..self.warning(*fate, *code, *column, kind) };
            if *code == Code::UnknownCategory {
                causes.unknown.extend(self.new_values(self.column(*column), kind));
            } else if *fate == RejectFate::RejectedRow {
                causes.rejected.push(error());
            }
        }
        causes
    }

    /// Each value of a column that its list does not know, commonest first.
    fn new_values(&self, column: Option<&ColumnName>, kind: &Kind) -> Vec<Diagnostic> {
        let mut spellings: Vec<_> = kind.spellings.iter().collect();
        spellings.sort_by_key(|(text, spelling)| (std::cmp::Reverse(spelling.cells), *text));
        let list = column.and_then(|column| Some((column, column.list?)));
        let told = |(column, list)| {
            let error = move |(text, spelling): &(&Option<Box<str>>, &Spelling)| {
                self.new_value(NewIn { column, list }, text.as_deref(), spelling)
            };
            spellings.iter().take(MOST_VALUES).map(error).collect()
        };
        list.map_or(Vec::new(), told)
    }

    fn new_value(&self, NewIn { column, list }: NewIn, text: Option<&str>, spelling: &Spelling) -> Diagnostic {
        let (name, header, cells) = (&list.name, &column.header, spelling.cells);
        let value = text.map_or_else(|| say!("normalise-a-value"), |text| format!("\"{text}\""));
        let message = say!("normalise-list-does-not-know", list = name, value, header);
        let error = Diagnostic::error(Code::UnknownCategory, message, self.location(&spelling.first, Some(column)));
        let more = (cells > 1).then(|| say!("normalise-more-cells-hold", cells = cells - 1));
        let error = Diagnostic { more, ..error };
        let Some(text) = text else { return error.help(help_unknown(list)) };
        let near = list.nearest(text).map(String::from);
        let help = help_new(list, text, near.as_deref());
        let (list, header, value) = (name.clone(), header.clone(), text.to_string());
        error.help(help).mend(Mend::Value(NewValue { list, header, value, cells, near }))
    }

    fn safe_id_error(&self, column: Option<u32>, kind: &Kind) -> Diagnostic {
        let column = self.column(column);
        let (header, name) = column.map_or(("", ""), |column| (&column.header, &column.name));
        let message = say!("normalise-safe-id-holds-personnummer", header);
        let at = kind.places.first().map_or(Location::Nowhere, |place| self.location(place, column));
        let table = format!("[source.{}.columns.{name}]", self.source);
        Diagnostic::error(Code::PersonalData, message, at)
            .help(say!("normalise-choose-column-with-case-numbers", table))
    }

    /// All lines, in the order of files, sheets and rows.
    pub(super) fn rejects(self) -> Vec<Reject> {
        let unlisted: BTreeMap<usize, u64> =
            self.kinds.values().flat_map(|kind| kind.unlisted(self.list_all)).collect();
        let header = |column: u32| self.columns.get(column as usize).map(|column| column.header.clone());
        let lines = self.lines.into_iter().enumerate().map(|(index, line)| Reject {
            file: line.place.file.to_string(),
            sheet: line.place.sheet.as_deref().map(str::to_string),
            row: line.place.row,
            column: line.column.and_then(header),
            fate: line.fate,
            code: line.code,
            reason: match unlisted.get(&index).filter(|_| line.fate.is_of_a_cell()) {
                Some(cells) => printed!("normalise-reason-and-more-cells", reason = reason(line.code), cells),
                None => reason(line.code),
            },
            action: action(line.code),
            text: line.text.map(String::from),
        });
        lines.collect()
    }
}

impl Kind {
    /// Counts a cell; how many there have been with its spelling.
    fn count(&mut self, text: Option<Box<str>>, place: &RowAt, line: usize) -> u64 {
        self.cells += 1;
        if self.places.len() < SHOWN {
            self.places.push(place.clone());
        }
        // Beyond a thousand spellings the rest share one entry.
        let key = if self.spellings.len() < MOST_SPELLINGS || self.spellings.contains_key(&text) { text } else { None };
        let spelling = self.spellings.entry(key).or_insert(Spelling { cells: 0, first: place.clone(), line });
        spelling.cells += 1;
        if spelling.cells <= SHOWN as u64 {
            spelling.line = line;
        }
        spelling.cells
    }

    /// For each spelling with cells that are not listed: its last line, and how many.
    fn unlisted(&self, list_all: bool) -> impl Iterator<Item = (usize, u64)> {
        let more = self.spellings.values().filter(move |spelling| !list_all && spelling.cells > SHOWN as u64);
        more.map(|spelling| (spelling.line, spelling.cells - SHOWN as u64))
    }

    /// "also in rows 18, 33 and 12 more; see rejects.csv".
    fn others(&self) -> Option<String> {
        let first = self.places.first()?;
        let row = |place: &RowAt| {
            if (&place.file, &place.sheet) == (&first.file, &first.sheet) {
                return place.row.to_string();
            }
            say!("normalise-row-of-sheet", row = place.row, sheet = place.sheet.as_ref().unwrap_or(&place.file))
        };
        let rows: Vec<String> = self.places.iter().skip(1).map(row).collect();
        let rest = self.cells - self.places.len() as u64;
        match (rows.is_empty(), rest) {
            (true, _) => None,
            (false, 0) => Some(say!("normalise-also-in-rows-all-listed", rows = rows.join(", "))),
            (false, rest) => Some(say!("normalise-also-in-rows-and-more", rows = rows.join(", "), rest)),
        }
    }

    /// The spellings that are shown, commonest first: `"hög" (7), "okänd" (5)`.
    fn shown_spellings(&self) -> String {
        let mut shown: Vec<_> =
            self.spellings.iter().filter_map(|(text, spelling)| Some((text.as_deref()?, spelling))).collect();
        shown.sort_by_key(|(text, spelling)| (std::cmp::Reverse(spelling.cells), *text));
        let parts: Vec<String> =
            shown.iter().take(SHOWN).map(|(text, spelling)| format!("\"{text}\" ({})", spelling.cells)).collect();
        match (parts.is_empty(), shown.len().saturating_sub(SHOWN)) {
            (true, _) => String::new(),
            (false, 0) => format!(": {}", parts.join(", ")),
            (false, more) => say!("normalise-and-more-spellings", parts = parts.join(", "), more),
        }
    }
}

fn message(fate: RejectFate, code: Code, column: Option<&ColumnName>, kind: &Kind) -> String {
    let header = column.map_or("", |column| column.header.as_str());
    let cells = kind.cells;
    let (what, spellings) = (what_is_wrong(code), kind.shown_spellings());
    match fate {
        RejectFate::RejectedRow => say!("normalise-rows-rejected", cells, header, what, spellings),
        RejectFate::DifferingDuplicate => say!("normalise-rows-with-an-earlier-id", cells),
        RejectFate::MaskedCell => say!("normalise-cells-masked", cells, header, what),
        RejectFate::CellWithoutValue => {
            let list = column.and_then(|column| column.list).filter(|_| code == Code::UnknownCategory);
            match list {
                Some(list) => {
                    say!("normalise-cells-counted-as", cells, header, bucket = list.unknown_label, what, spellings)
                }
                None => say!("normalise-cells-counted-as-missing", cells, header, what, spellings),
            }
        }
    }
}

fn what_is_wrong(code: Code) -> String {
    match code {
        Code::MissingId | Code::MissingDate | Code::MissingValue => say!("normalise-holds-nothing"),
        Code::BadDate => say!("normalise-holds-something-is-not-date"),
        Code::BadNumber => say!("normalise-holds-something-is-not-number"),
        Code::BadYesNo => say!("normalise-holds-neither-yes-nor-no"),
        Code::UnknownCategory => say!("normalise-holds-value-is-not-in"),
        Code::StatusContradiction => say!("normalise-holds-value-although-status-says"),
        Code::UnmarkedNull => say!("normalise-holds-nothing-although-status-does"),
        Code::PersonalData => say!("normalise-holds-personal-data"),
        _ => say!("normalise-holds-something-cannot-be-read"),
    }
}

fn help_unknown(list: &CategoryPlan) -> String {
    match hierarchy(list) {
        Some((name, true)) => say!("normalise-add-group", name),
        Some((name, false)) => say!("normalise-add-unit", name),
        None => say!("normalise-add-spelling-or-value", list = list.name),
    }
}

/// The line that the job lacks, for either case: another word for a value that there is, or a new one.
fn help_new(list: &CategoryPlan, value: &str, near: Option<&str>) -> String {
    let near = near.unwrap_or("…");
    match hierarchy(list) {
        Some((name, true)) => say!("normalise-write-group", name, value, near),
        Some((name, false)) => say!("normalise-write-unit", name, value, near),
        None => say!("normalise-write-spelling", list = list.name, value, near),
    }
}

/// The name of the hierarchy that a list belongs to, and whether it is that of its groups.
fn hierarchy(list: &CategoryPlan) -> Option<(&str, bool)> {
    let name = list.name.strip_prefix("hierarchy.")?;
    let groups = name.strip_suffix(".groups");
    Some((groups.unwrap_or(name), groups.is_some()))
}

/// A list as the job file writes it.
fn listed(texts: &[String]) -> String {
    texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<String>>().join(", ")
}

fn shortened(text: Box<str>) -> Box<str> {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => Box::from(&text[..end]),
        None => text,
    }
}
