//! Opens workbooks, and says in the analyst's words why one cannot be opened.
//!
//! In: a file and what its name and first bytes say. Out: a [`Book`]. Never trusts a workbook: what the library below
//! takes amiss, a panic included, is a damaged file and no bug.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Dimensions, OdsError, Reader, SheetType, SheetVisible, XlsError, XlsbError, XlsxError};

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::personal_data::mask_label;

use super::super::files::{Input, WorkbookKind};
use super::super::header::Merge;
use super::archive::{self, NoWorkbook};
use super::cells::{Cells, DateSystem, RangeCells, XlsbCells, XlsxCells};

type Source = BufReader<File>;

/// An open workbook.
pub(super) enum Book {
    Xlsx(calamine::Xlsx<Source>),
    Xlsb(calamine::Xlsb<Source>),
    Xls(calamine::Xls<Source>),
    Ods(calamine::Ods<Source>),
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
    pub(super) fn open(input: &Input, kind: WorkbookKind) -> Result<Book, Failure> {
        let mut file =
            File::open(&input.path).map_err(|error| Failure::io(say!("diagnostic-opening"), &input.shown(), &error))?;
        let kind = match kind {
            WorkbookKind::Xls => WorkbookKind::Xls,
            _ => {
                let inspected = archive::inspect(&mut file);
                let told =
                    inspected.map_err(|error| Failure::io(say!("diagnostic-reading"), &input.shown(), &error))?;
                told.map_err(|why| no_workbook(&why, input))?
            }
        };
        file.rewind().map_err(|error| Failure::io(say!("diagnostic-reading"), &input.shown(), &error))?;
        let opened = guarded(|| Book::from(BufReader::new(file), kind));
        opened.unwrap_or_else(|_| Err(NotOpened::Damaged(say!("ingest-parts-do-not-fit-together")))).map_err(|why| {
            match why {
                NotOpened::Password => password(input),
                NotOpened::Damaged(why) => damaged(&why, input.location()),
            }
        })
    }

    fn from(mut source: Source, kind: WorkbookKind) -> Result<Book, NotOpened> {
        Ok(match kind {
            WorkbookKind::Xlsx => Book::Xlsx(calamine::Xlsx::new(source)?),
            WorkbookKind::Xlsb => Book::Xlsb(calamine::Xlsb::new(source)?),
            WorkbookKind::Ods => Book::Ods(calamine::Ods::new(source)?),
            WorkbookKind::Xls => {
                // A workbook with a password is a container like an xls; only the xlsx reader knows it for one.
                if let Err(XlsxError::Password) = calamine::Xlsx::new(&mut source) {
                    return Err(NotOpened::Password);
                }
                Book::Xls(calamine::Xls::new(source)?)
            }
        })
    }

    /// Worksheets in workbook order; charts and macro sheets are left out.
    pub(super) fn sheets(&self) -> Vec<SheetName> {
        let sheets = match self {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xlsb(book) => book.sheets_metadata(),
            Book::Xls(book) => book.sheets_metadata(),
            Book::Ods(book) => book.sheets_metadata(),
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
    pub(super) fn cells<'b>(&'b mut self, sheet: &str) -> Result<Box<dyn Cells<'b> + 'b>, String> {
        let dates = self.dates();
        guarded(|| -> Result<Box<dyn Cells<'b> + 'b>, String> {
            Ok(match self {
                Book::Xlsx(book) => Box::new(XlsxCells::new(said(book.worksheet_cells_reader(sheet))?, dates)),
                Book::Xlsb(book) => {
                    let mut reader = said(book.worksheet_cells_reader(sheet))?;
                    Box::new(XlsbCells { next: move || said(reader.next_cell()), dates })
                }
                Book::Xls(book) => Box::new(RangeCells::new(said(book.worksheet_range(sheet))?, dates)),
                Book::Ods(book) => Box::new(RangeCells::new(said(book.worksheet_range(sheet))?, dates)),
            })
        })
        .unwrap_or_else(|_| Err(say!("ingest-sheet-is-damaged")))
    }

    /// The merged ranges of a sheet, in the formats where they can be known.
    pub(super) fn merges(&mut self, sheet: &str) -> Result<Option<Vec<Merge>>, String> {
        let ranges = guarded(|| match self {
            Book::Xlsx(book) => said(book.merge_cells_by_sheet_name(sheet)).map(Some),
            Book::Xls(book) => said(book.merge_cells_by_sheet_name(sheet)).map(Some),
            Book::Xlsb(_) | Book::Ods(_) => Ok(None),
        });
        let ranges = ranges.unwrap_or_else(|_| Err(say!("ingest-merged-cells-are-damaged")))?;
        Ok(ranges.map(|ranges| ranges.iter().map(merge_of).collect()))
    }

    fn dates(&self) -> DateSystem {
        let from_1904 = match self {
            Book::Xlsx(book) => book.has_1904_epoch(),
            Book::Xlsb(book) => book.has_1904_epoch(),
            Book::Xls(book) => book.has_1904_epoch(),
            Book::Ods(_) => false,
        };
        if from_1904 { DateSystem::From1904 } else { DateSystem::From1900 }
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

/// Calls into the library below; a panic there is told as `Err`.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| Panicked)
}

/// The library below lost its footing over a damaged file.
#[derive(Debug)]
pub(super) struct Panicked;

enum NotOpened {
    Password,
    Damaged(String),
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

fn no_workbook(why: &NoWorkbook, input: &Input) -> Failure {
    let (code, message, help) = match why {
        NoWorkbook::Damaged => return damaged(&say!("ingest-table-contents-is-missing-or"), input.location()),
        NoWorkbook::Encrypted => return password(input),
        NoWorkbook::Other(what) => (
            Code::UnsupportedFormat,
            say!("ingest-named-workbook-but-other", what),
            say!("ingest-export-data-xlsx-or-csv"),
        ),
        NoWorkbook::Bomb(bytes) => (
            Code::UnreadableFile,
            say!("ingest-workbook-would-unpack-to-mib", mib = bytes >> 20),
            say!("ingest-if-really-is-export-save"),
        ),
    };
    Diagnostic::error(code, message, input.location()).help(help).into()
}

fn password(input: &Input) -> Failure {
    Diagnostic::error(Code::UnreadableFile, say!("ingest-workbook-is-protected-by-password"), input.location())
        .help(say!("ingest-remove-password-in-excel"))
        .into()
}

/// A workbook, or a sheet of it, that cannot be read to its end.
pub(super) fn damaged(why: &str, at: Location) -> Failure {
    let why = why.trim_end_matches('.');
    let why = mask_label(why);
    Diagnostic::error(Code::UnreadableFile, say!("ingest-workbook-cannot-be-read", why), at)
        .help(say!("ingest-copy-or-export-again"))
        .into()
}
