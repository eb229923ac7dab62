//! The text of a cell: bytes in the file's encoding → trimmed UTF-8.
//!
//! In: a raw cell's bytes. Out: text without the space around it; doubled quotes undone; numbers, days and truth values
//! as Swedish Excel shows them. Never: an error — bytes that are no text become U+FFFD.

use std::borrow::Cow;

use crate::domain::period::date_of;
use crate::ingest::{RawBatch, RawCell, TextEncoding};

use super::numbers;

/// What Windows-1252 holds at 0x80–0x9F; the rest of it is Latin-1. The five holes are read as C1 controls, as WHATWG says.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Space that is taken off both ends of a cell: space, tab, CR, LF, no-break space, narrow no-break space, BOM.
pub(super) fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{202f}' | '\u{feff}')
}

/// The bytes of a text cell, doubled quotes undone (in `scratch`, if there are any). Nothing for other kinds of cells.
#[inline]
pub(super) fn bytes_of<'a>(batch: &'a RawBatch, cell: RawCell, scratch: &'a mut Vec<u8>) -> Option<&'a [u8]> {
    match cell {
        RawCell::Text { start, length } => Some(slice(batch, start, length)),
        RawCell::QuotedText { start, length } => {
            let bytes = slice(batch, start, length);
            if memchr::memchr(b'"', bytes).is_none() {
                return Some(bytes);
            }
            scratch.clear();
            push_unquoted(bytes, scratch);
            Some(scratch)
        }
        _ => None,
    }
}

/// The bytes that a text cell points to; none if it points outside its batch.
#[inline]
pub(super) fn slice(batch: &RawBatch, start: u32, length: u32) -> &[u8] {
    batch.text.get(start as usize..start as usize + length as usize).unwrap_or_default()
}

/// Appends quoted bytes with each `""` as one quote.
pub(super) fn push_unquoted(mut bytes: &[u8], out: &mut Vec<u8>) {
    while let Some(quote) = memchr::memchr(b'"', bytes) {
        out.extend_from_slice(&bytes[..=quote]);
        let doubled = bytes.get(quote + 1) == Some(&b'"');
        bytes = &bytes[quote + 1 + usize::from(doubled)..];
    }
    out.extend_from_slice(bytes);
}

/// Takes the space off both ends, in the bytes' own encoding.
#[inline]
pub(super) fn trim(mut bytes: &[u8], encoding: TextEncoding) -> &[u8] {
    while let Some(width) = space_at_start(bytes, encoding) {
        bytes = &bytes[width..];
    }
    while let Some(width) = space_at_end(bytes, encoding) {
        bytes = &bytes[..bytes.len() - width];
    }
    bytes
}

#[inline]
fn space_at_start(bytes: &[u8], encoding: TextEncoding) -> Option<usize> {
    match (*bytes.first()?, encoding) {
        (b' ' | b'\t' | b'\r' | b'\n', _) => Some(1),
        (0x21..0x80, _) => None,
        (byte, TextEncoding::Windows1252) => (byte == 0xa0).then_some(1),
        (_, TextEncoding::Utf8) => WIDE_SPACES.iter().find(|space| bytes.starts_with(space)).map(|space| space.len()),
    }
}

#[inline]
fn space_at_end(bytes: &[u8], encoding: TextEncoding) -> Option<usize> {
    match (*bytes.last()?, encoding) {
        (b' ' | b'\t' | b'\r' | b'\n', _) => Some(1),
        (0x21..0x80, _) => None,
        (byte, TextEncoding::Windows1252) => (byte == 0xa0).then_some(1),
        (_, TextEncoding::Utf8) => WIDE_SPACES.iter().find(|space| bytes.ends_with(space)).map(|space| space.len()),
    }
}

/// UTF-8 of no-break space, narrow no-break space, byte order mark.
const WIDE_SPACES: [&[u8]; 3] = [b"\xc2\xa0", b"\xe2\x80\xaf", b"\xef\xbb\xbf"];

/// Bytes as UTF-8 text.
pub(super) fn decode(bytes: &[u8], encoding: TextEncoding) -> Cow<'_, str> {
    match encoding {
        TextEncoding::Utf8 => String::from_utf8_lossy(bytes),
        TextEncoding::Windows1252 if bytes.is_ascii() => String::from_utf8_lossy(bytes),
        TextEncoding::Windows1252 => {
            let mut text = Vec::with_capacity(bytes.len() + 8);
            push_windows_1252(bytes, &mut text);
            Cow::Owned(String::from_utf8_lossy(&text).into_owned())
        }
    }
}

/// Appends the text of a cell as UTF-8, doubled quotes undone.
pub(super) fn push_text(bytes: &[u8], quoted: bool, encoding: TextEncoding, out: &mut Vec<u8>) {
    let mut unquoted = Vec::new();
    let bytes = if quoted && memchr::memchr(b'"', bytes).is_some() {
        push_unquoted(bytes, &mut unquoted);
        &unquoted
    } else {
        bytes
    };
    match encoding {
        TextEncoding::Utf8 => out.extend_from_slice(bytes),
        TextEncoding::Windows1252 => push_windows_1252(bytes, out),
    }
}

/// Appends Windows-1252 bytes as UTF-8.
fn push_windows_1252(bytes: &[u8], out: &mut Vec<u8>) {
    // Written into room for the most that a byte can take, so that the loop has no check for space.
    let start = out.len();
    out.resize(start + 3 * bytes.len(), 0);
    let mut at = start;
    for byte in bytes {
        match byte {
            0..0x80 => {
                out[at] = *byte;
                at += 1;
            }
            0x80..0xa0 => at += WINDOWS_1252[usize::from(byte - 0x80)].encode_utf8(&mut out[at..]).len(),
            _ => {
                out[at..at + 2].copy_from_slice(&[0xc0 | byte >> 6, 0x80 | byte & 0x3f]);
                at += 2;
            }
        }
    }
    out.truncate(at);
}

/// The trimmed text of any cell, as Swedish Excel shows it; empty for a blank cell.
pub(super) fn shown(batch: &RawBatch, cell: RawCell) -> String {
    match cell {
        RawCell::Empty => String::new(),
        RawCell::Text { .. } | RawCell::QuotedText { .. } => {
            let mut scratch = Vec::new();
            let bytes = bytes_of(batch, cell, &mut scratch).unwrap_or_default();
            decode(trim(bytes, batch.encoding), batch.encoding).into_owned()
        }
        RawCell::Number(number) => numbers::shown(number),
        RawCell::PercentNumber(number) => format!("{} %", numbers::shown(numbers::times_hundred(number))),
        RawCell::Day(day) => shown_day(day),
        RawCell::Bool(flag) => shown_flag(flag).to_string(),
        RawCell::Error => "#FEL!".to_string(),
    }
}

/// 2023-08-31.
pub(super) fn shown_day(day: i32) -> String {
    date_of(day).to_string()
}

/// "Ja" or "Nej".
pub(super) fn shown_flag(flag: bool) -> &'static str {
    if flag { "Ja" } else { "Nej" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kinds_of_space_are_taken_off_both_ends_only() {
        let text = "\u{feff} \u{a0}\tInre  mellanrum\u{202f}\r\n ";
        assert_eq!(trim(text.as_bytes(), TextEncoding::Utf8), "Inre  mellanrum".as_bytes());
        assert_eq!(trim(b"\xa0 \xe5r \xa0", TextEncoding::Windows1252), b"\xe5r");
        assert_eq!(trim(" \u{a0} ".as_bytes(), TextEncoding::Utf8), b"");
        assert_eq!(trim("à".as_bytes(), TextEncoding::Utf8), "à".as_bytes());
    }

    #[test]
    fn windows_1252_holds_swedish_letters_and_dashes() {
        assert_eq!(decode(b"\xc5tg\xe4rd \x96 \x80 5", TextEncoding::Windows1252), "Åtgärd – € 5");
        assert_eq!(decode(b"ren ascii", TextEncoding::Windows1252), "ren ascii");
    }

    #[test]
    fn doubled_quotes_stand_for_one() {
        let mut out = Vec::new();
        push_unquoted(br#"sa ""nej"" och gick"#, &mut out);
        assert_eq!(out, br#"sa "nej" och gick"#);
    }

    #[test]
    fn bytes_that_are_no_text_do_not_stop_anything() {
        assert_eq!(decode(b"a\xffb", TextEncoding::Utf8), "a\u{fffd}b");
    }
}
