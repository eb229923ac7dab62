//! Opens workbooks, and says in the analyst's words why one cannot be opened.
//!
//! In: a file and what its name and first bytes say. Out: a [`Book`]. Never trusts a workbook: what the library below
//! takes amiss, a panic included, is a damaged file and no bug.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use calamine::{Dimensions, OdsError, Reader, SheetType, SheetVisible, XlsError, XlsbError, XlsxError};

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::personal_data::mask_label;
use crate::vocabulary::limits::{Limits, Over};

use super::super::files::{Input, WorkbookKind};
use super::super::header::Merge;
use super::archive::{self, NoWorkbook};
use super::cells::{Cells, DateSystem, RangeCells, XlsbCells, XlsxCells};
use super::unpacked::{Unpacked, Watch};
use super::{ods, xls};

type Source = BufReader<Unpacked>;

/// An open workbook, and what it may ask of the machine.
pub(super) struct Book {
    reader: Reads,
    watch: Rc<Watch>,
}

enum Reads {
    Xlsx(calamine::Xlsx<Source>),
    Xlsb(calamine::Xlsb<Source>),
    Xls(calamine::Xls<BufReader<File>>),
    Ods(calamine::Ods<Source>),
}

/// Why a workbook or a sheet cannot be read to its end.
#[derive(Debug)]
pub(super) enum Trouble {
    /// In the words of the library below, or in ours.
    Damaged(String),
    Over(Over),
}

impl Trouble {
    pub(super) fn at(self, at: Location) -> Failure {
        match self {
            Trouble::Damaged(why) => damaged(&why, at),
            Trouble::Over(over) => over.at(at),
        }
    }
}

/// A sheet that can hold rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetName {
    pub name: String,
    /// As it is printed and stored: masked, and then told apart by its place in the workbook.
    pub shown: String,
    pub visible: bool,
}

impl Book {
    /// Opens the workbook, its shared strings and styles.
    pub(super) fn open(input: &Input, kind: WorkbookKind, limits: &Limits) -> Result<Book, Failure> {
        let file =
            File::open(&input.path).map_err(|error| Failure::io(say!("diagnostic-opening"), &input.shown(), &error))?;
        let watch = Watch::new(*limits);
        let opened = guarded(|| match kind {
            WorkbookKind::Xls => Reads::from_container(file, limits),
            _ => Reads::from_archive(&file, limits, &watch),
        });
        let opened = opened.unwrap_or_else(|_| Err(NotOpened::Damaged(say!("ingest-parts-do-not-fit-together"))));
        let reader = opened.map_err(|why| match (watch.take_over(), why) {
            (Some(over), _) => over.at(input.location()),
            (None, why) => why.told(input),
        })?;
        let book = Book { reader, watch };
        let sheets = book.sheets().len();
        if sheets as u64 > limits.sheets {
            let message = say!("ingest-workbook-has-so-many-sheets", count = sheets);
            return Err(Over { message, key: "sheets" }.at(input.location()));
        }
        // The library below gives the same cells for both.
        let mut names = BTreeSet::new();
        match book.sheets().into_iter().find(|sheet| !names.insert(sheet.name.clone())) {
            Some(twice) => Err(two_of_one_name(&twice.shown, input)),
            None => Ok(book),
        }
    }

    /// Worksheets in workbook order; charts and macro sheets are left out.
    pub(super) fn sheets(&self) -> Vec<SheetName> {
        let sheets = match &self.reader {
            Reads::Xlsx(book) => book.sheets_metadata(),
            Reads::Xlsb(book) => book.sheets_metadata(),
            Reads::Xls(book) => book.sheets_metadata(),
            Reads::Ods(book) => book.sheets_metadata(),
        };
        let worksheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let named = |(index, sheet): (usize, &calamine::Sheet)| SheetName {
            name: sheet.name.clone(),
            shown: match mask_label(&sheet.name) {
                Cow::Borrowed(name) => name.to_string(),
                Cow::Owned(masked) => printed!("ingest-masked-sheet", masked, number = index + 1),
            },
            visible: sheet.visible == SheetVisible::Visible,
        };
        worksheets.enumerate().map(named).collect()
    }

    /// The cells of a sheet, from the top.
    pub(super) fn cells<'b>(&'b mut self, sheet: &str) -> Result<Box<dyn Cells<'b> + 'b>, Trouble> {
        let (dates, watch) = (self.dates(), self.watch.clone());
        watch.cell_read();
        let reader = &mut self.reader;
        let opened = guarded(|| -> Result<Box<dyn Cells<'b> + 'b>, String> {
            Ok(match reader {
                Reads::Xlsx(book) => {
                    let cells = said(book.worksheet_cells_reader(sheet))?;
                    Box::new(XlsxCells::new(cells, dates, watch.clone()))
                }
                Reads::Xlsb(book) => {
                    let mut reader = said(book.worksheet_cells_reader(sheet))?;
                    let watch = watch.clone();
                    Box::new(XlsbCells { next: move || watched(reader.next_cell(), &watch), dates })
                }
                Reads::Xls(book) => Box::new(RangeCells::new(said(book.worksheet_range(sheet))?, dates)),
                Reads::Ods(book) => Box::new(RangeCells::new(said(book.worksheet_range(sheet))?, dates)),
            })
        });
        opened.unwrap_or_else(|_| Err(say!("ingest-sheet-is-damaged"))).map_err(|why| self.watch.trouble(why))
    }

    /// The merged ranges of a sheet, in the formats where they can be known.
    pub(super) fn merges(&mut self, sheet: &str) -> Result<Option<Vec<Merge>>, Trouble> {
        let (reader, watch) = (&mut self.reader, &self.watch);
        let ranges = watch.without_cells(|| {
            guarded(|| match reader {
                Reads::Xlsx(book) => said(book.merge_cells_by_sheet_name(sheet)).map(Some),
                Reads::Xls(book) => said(book.merge_cells_by_sheet_name(sheet)).map(Some),
                Reads::Xlsb(_) | Reads::Ods(_) => Ok(None),
            })
        });
        let ranges = ranges.unwrap_or_else(|_| Err(say!("ingest-merged-cells-are-damaged")));
        let ranges = ranges.map_err(|why| watch.trouble(why))?;
        Ok(ranges.map(|ranges| ranges.iter().map(merge_of).collect()))
    }

    fn dates(&self) -> DateSystem {
        let from_1904 = match &self.reader {
            Reads::Xlsx(book) => book.has_1904_epoch(),
            Reads::Xlsb(book) => book.has_1904_epoch(),
            Reads::Xls(book) => book.has_1904_epoch(),
            Reads::Ods(_) => false,
        };
        if from_1904 { DateSystem::From1904 } else { DateSystem::From1900 }
    }
}

impl Reads {
    fn from_archive(file: &File, limits: &Limits, watch: &Rc<Watch>) -> Result<Reads, NotOpened> {
        let (kind, parts) = archive::inspect(file, limits)?;
        let source = || file.try_clone().map(|file| BufReader::new(Unpacked::new(file, parts.clone(), watch.clone())));
        Ok(match kind {
            WorkbookKind::Xlsb => Reads::Xlsb(calamine::Xlsb::new(source()?)?),
            WorkbookKind::Ods => {
                ods::weigh(file, limits)?;
                Reads::Ods(calamine::Ods::new(source()?)?)
            }
            WorkbookKind::Xlsx | WorkbookKind::Xls => Reads::Xlsx(calamine::Xlsx::new(source()?)?),
        })
    }

    fn from_container(mut file: File, limits: &Limits) -> Result<Reads, NotOpened> {
        // A workbook with a password is a container like an xls; only the xlsx reader knows it for one.
        if let Err(XlsxError::Password) = calamine::Xlsx::new(BufReader::new(&mut file)) {
            return Err(NotOpened::Password);
        }
        xls::weigh(&mut file, limits)?;
        file.rewind()?;
        Ok(Reads::Xls(calamine::Xls::new(BufReader::new(file))?))
    }
}

fn merge_of(range: &Dimensions) -> Merge {
    let index = |from: u32, to: u32| (from as usize, to.max(from) as usize);
    Merge { rows: index(range.start.0, range.end.0), columns: index(range.start.1, range.end.1) }
}

/// What went wrong in the library's own words.
fn said<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// The same of a sheet that is watched while it is read: a cell was read, or why none was.
pub(super) fn watched<T, E: std::fmt::Display>(result: Result<T, E>, watch: &Watch) -> Result<T, Trouble> {
    watch.cell_read();
    result.map_err(|error| watch.trouble(error.to_string()))
}

/// Calls into the library below; a panic there is told as `Err`.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| Panicked)
}

/// The library below lost its footing over a damaged file.
#[derive(Debug)]
pub(super) struct Panicked;

pub(super) enum NotOpened {
    Password,
    Damaged(String),
    Over(Over),
    Other(String),
    Io(std::io::Error),
}

impl NotOpened {
    fn told(self, input: &Input) -> Failure {
        match self {
            NotOpened::Password => password(input),
            NotOpened::Damaged(why) => damaged(&why, input.location()),
            NotOpened::Over(over) => over.at(input.location()),
            NotOpened::Other(what) => {
                let message = say!("ingest-named-workbook-but-other", what);
                Diagnostic::error(Code::UnsupportedFormat, message, input.location())
                    .help(say!("ingest-export-data-xlsx-or-csv"))
                    .into()
            }
            NotOpened::Io(error) => Failure::io(say!("diagnostic-reading"), &input.shown(), &error),
        }
    }
}

impl From<std::io::Error> for NotOpened {
    fn from(error: std::io::Error) -> NotOpened {
        NotOpened::Io(error)
    }
}

impl From<Trouble> for NotOpened {
    fn from(trouble: Trouble) -> NotOpened {
        match trouble {
            Trouble::Damaged(why) => NotOpened::Damaged(why),
            Trouble::Over(over) => NotOpened::Over(over),
        }
    }
}

impl From<NoWorkbook> for NotOpened {
    fn from(why: NoWorkbook) -> NotOpened {
        match why {
            NoWorkbook::Damaged => NotOpened::Damaged(say!("ingest-table-contents-is-missing-or")),
            NoWorkbook::Encrypted => NotOpened::Password,
            NoWorkbook::Other(what) => NotOpened::Other(what),
            NoWorkbook::Over(over) => NotOpened::Over(over),
        }
    }
}

/// The password variant of each reader's error, and the rest in its own words.
macro_rules! not_opened {
    ($($error:ident),*) => {$(
        impl From<$error> for NotOpened {
            fn from(error: $error) -> NotOpened {
                match error {
                    $error::Password => NotOpened::Password,
                    other => NotOpened::Damaged(other.to_string()),
                }
            }
        }
    )*};
}

not_opened!(XlsxError, XlsbError, XlsError, OdsError);

fn two_of_one_name(sheet: &str, input: &Input) -> Failure {
    let message = say!("ingest-two-sheets-of-one-name", sheet);
    Diagnostic::error(Code::UnreadableFile, message, input.location()).help(say!("ingest-rename-one-of-them")).into()
}

fn password(input: &Input) -> Failure {
    Diagnostic::error(Code::UnreadableFile, say!("ingest-workbook-is-protected-by-password"), input.location())
        .help(say!("ingest-remove-password-in-excel"))
        .into()
}

/// A workbook, or a sheet of it, that cannot be read to its end.
fn damaged(why: &str, at: Location) -> Failure {
    let why = why.trim_end_matches('.');
    let why = mask_label(why);
    Diagnostic::error(Code::UnreadableFile, say!("ingest-workbook-cannot-be-read", why), at)
        .help(say!("ingest-copy-or-export-again"))
        .into()
}
