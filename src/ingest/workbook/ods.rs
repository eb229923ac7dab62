//! What the sheets of an ods workbook would take in memory: a cell may stand for a million, a blank for a billion.
//!
//! In: the archive. Out: nothing, or what is more than `[limits]` allow. Never: judges what is in a cell.

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use memchr::memmem;
use zip::ZipArchive;

use crate::vocabulary::limits::{Limits, Over};

use super::open::Trouble;

/// Columns and rows that a sheet may have, whatever is repeated.
const MOST_COLUMNS: u64 = 16_384;
const MOST_ROWS: u64 = 1_048_576;

/// Holds the workbook's sheets against the limits.
pub(super) fn weigh(file: &File, limits: &Limits) -> Result<(), Trouble> {
    let Ok(mut zip) = ZipArchive::new(file) else { return Ok(()) };
    let Ok(content) = zip.by_name("content.xml") else { return Ok(()) };
    let mut weight = Weight { limits, all_cells: 0, text: 0, sheet: Sheet::default(), row: Row::default(), repeats: 0 };
    // A part that breaks off is told by its reader.
    let over = each_tag(BufReader::new(content), |text, tag| weight.add(text, tag));
    over.unwrap_or(None).map_or(Ok(()), |over| Err(Trouble::Over(over)))
}

/// Calls `visit` with each tag and the length of the text before it, until it has something to say.
fn each_tag(mut content: impl BufRead, mut visit: impl FnMut(u64, &[u8]) -> Option<Over>) -> io::Result<Option<Over>> {
    let (mut text, mut tag) = (Vec::new(), Vec::new());
    loop {
        text.clear();
        tag.clear();
        content.read_until(b'<', &mut text)?;
        if content.read_until(b'>', &mut tag)? == 0 {
            return Ok(None);
        }
        let is_open = |tag: &[u8]| {
            if tag.starts_with(b"!--") {
                !tag.ends_with(b"-->")
            } else {
                memchr::memchr_iter(b'"', tag).count() % 2 == 1
            }
        };
        while is_open(&tag) && content.read_until(b'>', &mut tag)? > 0 {}
        if let Some(over) = visit(text.len() as u64, &tag) {
            return Ok(Some(over));
        }
    }
}

/// What was counted so far.
struct Weight<'l> {
    limits: &'l Limits,
    /// Cells of the sheets that are at their end.
    all_cells: u64,
    text: u64,
    sheet: Sheet,
    row: Row,
    /// How many cells the one stands for whose text is being read.
    repeats: u64,
}

/// From its first filled row to its last.
#[derive(Default)]
struct Sheet {
    rows: u64,
    columns: u64,
    /// Rows since the last filled one.
    empty: u64,
}

#[derive(Default)]
struct Row {
    repeats: u64,
    columns: u64,
    /// Columns up to the last filled cell.
    filled: u64,
    text: u64,
}

impl Weight<'_> {
    fn add(&mut self, text: u64, tag: &[u8]) -> Option<Over> {
        self.row.text += text.saturating_sub(1).saturating_mul(self.repeats);
        let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'>').next().unwrap_or_default();
        match name.strip_suffix(b"/").unwrap_or(name) {
            b"table:table-row" => {
                self.row = Row { repeats: number(tag, b"number-rows-repeated=").min(MOST_ROWS), ..Row::default() };
            }
            b"table:table-cell" | b"table:covered-table-cell" => self.cell(tag),
            b"text:s" => {
                let blanks = number(tag, b"text:c=");
                self.row.text = self.row.text.saturating_add(blanks.saturating_mul(self.repeats.max(1)));
                if blanks > self.limits.cell_kib << 10 {
                    let message =
                        say!("ingest-text-of-a-part-is-longer", part = "content.xml", kib = self.limits.cell_kib);
                    return Some(Over { message, key: "cell_kib" });
                }
            }
            // An end is a name with a stroke before it.
            b"" => {}
            _ => self.end(name),
        }
        self.over()
    }

    fn cell(&mut self, tag: &[u8]) {
        let repeats = number(tag, b"number-columns-repeated=").min(MOST_COLUMNS);
        self.row.columns = self.row.columns.saturating_add(repeats);
        self.repeats = 0;
        if memmem::find(tag, b"office:").is_some() || memmem::find(tag, b"formula=").is_some() {
            self.row.filled = self.row.columns.min(MOST_COLUMNS);
            // Attributes are kept once as a value, once as a formula.
            self.row.text = self.row.text.saturating_add(repeats.saturating_mul(2 * tag.len() as u64));
            self.repeats = repeats;
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"/table:table-cell" | b"/table:covered-table-cell" => self.repeats = 0,
            b"/table:table-row" => {
                let row = std::mem::take(&mut self.row);
                let sheet = &mut self.sheet;
                sheet.empty = sheet.empty.saturating_add(row.repeats);
                if row.filled > 0 {
                    sheet.rows += if sheet.rows == 0 { row.repeats } else { sheet.empty };
                    sheet.empty = 0;
                    sheet.columns = sheet.columns.max(row.filled);
                    self.text = self.text.saturating_add(row.text.saturating_mul(row.repeats));
                }
            }
            b"/table:table" => {
                self.all_cells += self.sheet.rows * self.sheet.columns;
                self.sheet = Sheet::default();
            }
            _ => {}
        }
    }

    fn over(&self) -> Option<Over> {
        let cells = self.all_cells + self.sheet.rows * self.sheet.columns;
        if cells > self.limits.cells {
            return Some(Over { message: say!("ingest-workbook-has-so-many-cells", cells), key: "cells" });
        }
        let mib = self.text.saturating_add(self.row.text) >> 20;
        (mib > self.limits.texts_mib)
            .then(|| Over { message: say!("ingest-texts-would-unpack-to-mib", mib), key: "texts_mib" })
    }
}

/// How often something is repeated: the number behind a name, 1 where there is none.
fn number(tag: &[u8], name: &[u8]) -> u64 {
    let Some(at) = memmem::find(tag, name) else { return 1 };
    let digits = tag[at + name.len()..].iter().skip(1).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number: u64, byte| number.saturating_mul(10).saturating_add(u64::from(byte - b'0')))
}
