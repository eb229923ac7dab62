//! Delimited text one cell at a time: for headers, for rows that need judging, and for files with stray quotes.
//!
//! In: text that begins at the start of a record. Out: the record's cells as places in the text. Slower than `structure`,
//! but it takes any bytes: a quote inside an unquoted cell is a character like others, and text behind a closing quote
//! belongs to the cell, as in Excel.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::structure::{Records, behind_line_end};

/// A cell's place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    pub form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As it stands.
    Plain,
    /// Stood in quotes (already left out); holds doubled quotes if `doubled`.
    Quoted { doubled: bool },
    /// In quotes (still there) with more text behind: `"abc"def`.
    QuotedThenText,
}

/// How a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At a line end; the next record begins here.
    Record(usize),
    /// With the text, outside quotes.
    Text,
    /// With the text, inside quotes.
    OpenQuote,
    /// A quoted cell that spans lines is closed in the middle of text: its real closing quote is missing further up, and
    /// the lines between would be swallowed.
    Swallowed,
}

/// Takes the record apart that begins at `at`.
pub(super) fn read_record(text: &[u8], at: usize, delimiter: u8, pieces: &mut Vec<Piece>) -> End {
    pieces.clear();
    let mut start = at;
    loop {
        let (piece, end) = match text.get(start) {
            Some(b'"') => match quoted(text, start, delimiter) {
                Ok(found) => found,
                Err(end) => return end,
            },
            _ => {
                let end = end_of_plain(text, start, delimiter);
                (Piece { start, end, form: Form::Plain }, end)
            }
        };
        pieces.push(piece);
        match text.get(end) {
            None => return End::Text,
            Some(byte) if *byte == delimiter => start = end + 1,
            Some(_) => return End::Record(behind_line_end(text, end)),
        }
    }
}

fn end_of_plain(text: &[u8], start: usize, delimiter: u8) -> usize {
    memchr3(delimiter, b'\n', b'\r', &text[start..]).map_or(text.len(), |length| start + length)
}

/// A cell that begins with a quote, and where it ends (its delimiter or line end).
fn quoted(text: &[u8], start: usize, delimiter: u8) -> Result<(Piece, usize), End> {
    let mut doubled = false;
    let mut at = start + 1;
    let close = loop {
        let quote = at + memchr(b'"', &text[at..]).ok_or(End::OpenQuote)?;
        if text.get(quote + 1) != Some(&b'"') {
            break quote;
        }
        doubled = true;
        at = quote + 2;
    };
    let ends_here = text.get(close + 1).is_none_or(|byte| *byte == delimiter || *byte == b'\n' || *byte == b'\r');
    if ends_here {
        return Ok((Piece { start: start + 1, end: close, form: Form::Quoted { doubled } }, close + 1));
    }
    if text[start..close].iter().any(|byte| *byte == b'\n' || *byte == b'\r') {
        return Err(End::Swallowed);
    }
    let end = end_of_plain(text, close + 1, delimiter);
    Ok((Piece { start, end, form: Form::QuotedThenText }, end))
}

/// The bytes of a cell as the analyst means them, in the file's encoding.
pub(super) fn content(text: &[u8], piece: Piece) -> Cow<'_, [u8]> {
    let bytes = &text[piece.start..piece.end];
    match piece.form {
        Form::Plain | Form::Quoted { doubled: false } => Cow::Borrowed(bytes),
        Form::Quoted { doubled: true } => Cow::Owned(without_doubling(bytes)),
        Form::QuotedThenText => {
            let close = closing_quote(bytes);
            let mut content = without_doubling(&bytes[1..close]);
            content.extend_from_slice(&bytes[(close + 1).min(bytes.len())..]);
            Cow::Owned(content)
        }
    }
}

/// Index of the quote that closes the one at 0.
fn closing_quote(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(quote) = memchr(b'"', &bytes[at.min(bytes.len())..]).map(|offset| at + offset) {
        if bytes.get(quote + 1) != Some(&b'"') {
            return quote;
        }
        at = quote + 2;
    }
    bytes.len()
}

fn without_doubling(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(bytes.len());
    let mut after_quote = false;
    for byte in bytes {
        let second = *byte == b'"' && after_quote;
        after_quote = *byte == b'"' && !second;
        if !second {
            content.push(*byte);
        }
    }
    content
}

/// Counts the records of a stretch of text; the number (from 0) and the kind of the record that cannot be read, if any.
pub(super) fn count(text: &[u8], delimiter: u8) -> (Records, Option<(u64, End)>) {
    let mut records = Records { count: 0, end: 0, end_before: 0 };
    let mut pieces = Vec::new();
    while records.end < text.len() {
        match read_record(text, records.end, delimiter, &mut pieces) {
            End::Record(next) => {
                records.end_before = records.end;
                records.end = next;
                records.count += 1;
            }
            End::Text => break,
            end => return (records, Some((records.count, end))),
        }
    }
    (records, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> (Vec<String>, End) {
        let mut pieces = Vec::new();
        let end = read_record(text.as_bytes(), 0, b';', &mut pieces);
        let cells = pieces.iter().map(|piece| String::from_utf8_lossy(&content(text.as_bytes(), *piece)).into_owned());
        (cells.collect(), end)
    }

    #[test]
    fn quotes_are_taken_off_and_doubled_ones_halved() {
        assert_eq!(
            cells("1;\"a;\"\"b\"\"\n\";\"\"\r\n2"),
            (vec!["1".into(), "a;\"b\"\n".into(), "".into()], End::Record(17))
        );
        assert_eq!(cells("\"\"\"\"\n").0, ["\""]);
    }

    #[test]
    fn a_quote_in_an_unquoted_cell_is_a_character() {
        assert_eq!(cells("5\" rör;\"5\"\" rör\"\n").0, ["5\" rör", "5\" rör"]);
        assert_eq!(cells("\"a\"b\"c\";d\n").0, ["ab\"c\"", "d"]);
        assert_eq!(cells("\"a\"\"b\"c;d\n").0, ["a\"bc", "d"]);
    }

    #[test]
    fn an_unclosed_quote_is_told_and_so_is_one_that_swallowed_lines() {
        assert_eq!(cells("1;\"a\n2;b\n").1, End::OpenQuote);
        assert_eq!(cells("1;\"a\n2;\"b\";c\n").1, End::Swallowed);
        assert_eq!(cells("1;\"a").1, End::OpenQuote);
        assert_eq!(cells("1;\"a\"").1, End::Text);
        assert_eq!(cells("").0, [""]);
    }
}
