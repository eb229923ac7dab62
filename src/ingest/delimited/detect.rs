//! Which delimiter a file has, and its first records as text.
//!
//! In: the head of a file. Out: the delimiter under which most of the asked-for headers are found: commas stand inside
//! unquoted labels of `;` files, so that counting characters would pick the wrong one.

use std::collections::BTreeMap;

use super::super::TextEncoding;
use super::super::asked::Asked;
use super::super::encoding::decode;
use super::super::header::{self, SEARCHED_ROWS};
use super::careful::{self, End, Piece};

/// In the order of preference when two do equally well.
const CANDIDATES: [u8; 4] = [b';', b'\t', b',', b'|'];

/// The first records of a file.
pub(super) struct Head {
    pub delimiter: u8,
    pub rows: Vec<Vec<String>>,
    /// Where each of `rows` ends in the text.
    pub ends: Vec<usize>,
    /// The record (from 1) that cannot be read, if the head stops at one.
    pub broken: Option<(u64, End)>,
}

/// Reads the head of a file with the declared delimiter, or the one that fits best.
///
/// In: `whole` says that the text is the whole file; otherwise its last record may be cut and is left out.
pub(super) fn read_head(text: &[u8], whole: bool, encoding: TextEncoding, asked: &Asked) -> Head {
    let read = |delimiter| head_with(text, whole, delimiter, encoding, asked);
    if let Some(delimiter) = asked.layout.delimiter.or_else(|| declared_in(text)) {
        return read(delimiter);
    }
    let mut best: Option<(usize, usize, Head)> = None;
    for head in CANDIDATES.into_iter().map(read) {
        let found = header::most_found(&head.rows, asked);
        if found == asked.width() {
            return head;
        }
        let cells = if found == 0 { head.rows.iter().map(Vec::len).sum() } else { 0 };
        if best.as_ref().is_none_or(|(most, wide, _)| (found, cells) > (*most, *wide)) {
            best = Some((found, cells, head));
        }
    }
    best.map_or_else(|| read(CANDIDATES[0]), |(.., head)| head)
}

/// The delimiter under which most of the first records have equally many cells.
///
/// In: the head of a file of which no header is known. A later candidate must do clearly better than an earlier one:
/// a decimal comma in every row makes the comma regular, too.
pub(super) fn most_regular(text: &[u8], whole: bool, encoding: TextEncoding) -> u8 {
    if let Some(delimiter) = declared_in(text) {
        return delimiter;
    }
    let mut best = (0, 0, CANDIDATES[0]);
    for delimiter in CANDIDATES {
        let (records, cells) = regularity(text, whole, delimiter, encoding);
        if records * 5 > best.0 * 6 || (records >= best.0 && cells > 2 * best.1) {
            best = (records, cells, delimiter);
        }
    }
    best.2
}

/// How many of the first records have the commonest number of cells above one, and that number.
fn regularity(text: &[u8], whole: bool, delimiter: u8, encoding: TextEncoding) -> (usize, usize) {
    let mut by_cells: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut pieces, mut at) = (Vec::new(), 0);
    for _ in 0..SEARCHED_ROWS {
        match careful::read_record(text, at, delimiter, &mut pieces) {
            End::Record(next) => at = next,
            End::Text if whole && at < text.len() => at = text.len(),
            _ => break,
        }
        let filled = texts(text, &pieces, encoding).iter().any(|cell| !cell.trim().is_empty());
        if pieces.len() > 1 && filled {
            *by_cells.entry(pieces.len()).or_default() += 1;
        }
    }
    by_cells.into_iter().map(|(cells, records)| (records, cells)).max().unwrap_or((0, 0))
}

/// Excel's own declaration: a first line `sep=;`.
fn declared_in(text: &[u8]) -> Option<u8> {
    match text {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, b'\r' | b'\n', ..] => Some(*delimiter),
        _ => None,
    }
}

fn head_with(text: &[u8], whole: bool, delimiter: u8, encoding: TextEncoding, asked: &Asked) -> Head {
    let wanted = asked.layout.header_row.map_or(SEARCHED_ROWS, |row| row as usize);
    let mut head = Head { delimiter, rows: Vec::new(), ends: Vec::new(), broken: None };
    let mut pieces = Vec::new();
    let mut at = 0;
    while head.rows.len() < wanted && at < text.len() {
        match careful::read_record(text, at, delimiter, &mut pieces) {
            End::Record(next) => at = next,
            End::Text if whole => at = text.len(),
            End::Text => break,
            end => {
                head.broken = Some((head.rows.len() as u64 + 1, end));
                break;
            }
        }
        head.rows.push(texts(text, &pieces, encoding));
        head.ends.push(at);
    }
    head
}

fn texts(text: &[u8], pieces: &[Piece], encoding: TextEncoding) -> Vec<String> {
    pieces.iter().map(|piece| decode(&careful::content(text, *piece), encoding).into_owned()).collect()
}
