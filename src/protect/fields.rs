//! Fields of a delimited text and where their bytes stand, so that single numbers can be replaced and all else kept.
//!
//! In: bytes in UTF-8 or Windows-1252. Out: records of spans. Numbers, spaces and parentheses are the same bytes in both;
//! only labels are decoded.

use std::ops::Range;

/// Delimiters in the order of preference when two do equally well.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// The mark of a hidden number, whatever the reason.
pub(super) const MARK: &[u8] = b"*";

/// A field: the bytes of its content, quotes left out.
pub(super) type Field = Range<usize>;

/// A record with the line (from 1) that it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub line: u32,
    pub fields: Vec<Field>,
}

/// A whole count, or the mark of one that is hidden, and its bytes, thousands' spaces among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// `None`: hidden.
    pub value: Option<i64>,
    pub bytes: Range<usize>,
}

/// What a cell of counts holds: `12`, `12 (9)`, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub this: Option<Number>,
    pub last: Option<Number>,
}

/// The records under the delimiter that makes the most of the text.
pub(super) fn records(text: &[u8]) -> Vec<Record> {
    let readings = DELIMITERS.map(|delimiter| split(text, delimiter));
    let score = |records: &Vec<Record>| {
        let cells = records.iter().flat_map(|record| record.fields.iter().skip(1));
        cells.filter(|field| counts(text, field).is_some_and(|counts| counts.this.is_some())).count()
    };
    let mut best = (0, Vec::new());
    for records in readings {
        let found = score(&records) + 1;
        if found > best.0 {
            best = (found, records);
        }
    }
    best.1
}

fn split(text: &[u8], delimiter: u8) -> Vec<Record> {
    let start = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let (mut records, mut fields) = (Vec::new(), Vec::new());
    let (mut at, mut line, mut first_line) = (start, 1, 1);
    while at < text.len() {
        let (field, next) = field(text, at, delimiter);
        line += text[at..next].iter().filter(|byte| **byte == b'\n').count() as u32;
        fields.push(field);
        at = next;
        if text.get(at) == Some(&delimiter) {
            at += 1;
            if at == text.len() {
                fields.push(at..at);
            }
            continue;
        }
        at += if text[at..].starts_with(b"\r\n") { 2 } else { 1 };
        line += 1;
        records.push(Record { line: first_line, fields: std::mem::take(&mut fields) });
        first_line = line;
    }
    if !fields.is_empty() {
        records.push(Record { line: first_line, fields });
    }
    records
}

/// The field that begins at `at`, and where it ends: at a delimiter, a line end or the end of the text.
fn field(text: &[u8], at: usize, delimiter: u8) -> (Field, usize) {
    let ends = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
    let plain_end = |from: usize| text[from..].iter().position(|byte| ends(*byte)).map_or(text.len(), |end| from + end);
    if text[at] != b'"' {
        let end = plain_end(at);
        return (at..end, end);
    }
    let mut close = at + 1;
    while close < text.len() {
        match (text[close], text.get(close + 1)) {
            (b'"', Some(b'"')) => close += 2,
            (b'"', _) => break,
            _ => close += 1,
        }
    }
    (at + 1..close, plain_end((close + 1).min(text.len())))
}

/// The text of a label, trimmed.
pub(super) fn label(text: &[u8], field: &Field) -> String {
    let bytes = &text[field.clone()];
    let decoded = match std::str::from_utf8(text) {
        Ok(_) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    decoded.split_whitespace().collect::<Vec<&str>>().join(" ").replace("\"\"", "\"")
}

/// The counts of a cell; `None` if it holds anything else.
pub(super) fn counts(text: &[u8], field: &Field) -> Option<Counts> {
    let mut at = skip_space(text, field.start, field.end);
    if at == field.end {
        return Some(Counts::default());
    }
    let this = number(text, &mut at, field.end)?;
    at = skip_space(text, at, field.end);
    let mut last = None;
    if at < field.end {
        at = skip_space(text, expect(text, at, field.end, b'(')?, field.end);
        last = Some(number(text, &mut at, field.end)?);
        at = skip_space(text, at, field.end);
        at = skip_space(text, expect(text, at, field.end, b')')?, field.end);
    }
    (at == field.end).then_some(Counts { this: Some(this), last })
}

fn expect(text: &[u8], at: usize, end: usize, byte: u8) -> Option<usize> {
    (at < end && text[at] == byte).then_some(at + 1)
}

/// Digits, with spaces only before three further ones.
fn number(text: &[u8], at: &mut usize, end: usize) -> Option<Number> {
    let digits = |from: usize| text[from..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let start = *at;
    if text[start..end].starts_with(MARK) {
        *at += MARK.len();
        return Some(Number { value: None, bytes: start..*at });
    }
    let mut value = 0_i64;
    let mut next = start;
    loop {
        let count = digits(next);
        for byte in &text[next..next + count] {
            value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
        }
        if count == 0 || value > 1_000_000_000 {
            return None;
        }
        next += count;
        *at = next;
        let after = skip_space(text, next, end);
        if after == next || digits(after) != 3 || next - start > 11 {
            return Some(Number { value: Some(value), bytes: start..next });
        }
        next = after;
    }
}

/// Spaces, tabs and the no-break spaces of UTF-8 and Windows-1252.
fn skip_space(text: &[u8], mut at: usize, end: usize) -> usize {
    const WIDE: [&[u8]; 4] = ["\u{a0}".as_bytes(), "\u{202f}".as_bytes(), "\u{2009}".as_bytes(), b"\xa0"];
    while at < end {
        let rest = &text[at..end];
        let wide = WIDE.iter().find(|space| rest.starts_with(space)).map_or(0, |space| space.len());
        match (wide, rest[0]) {
            (0, b' ' | b'\t' | b'\r' | b'\n') => at += 1,
            (0, _) => break,
            (wide, _) => at += wide,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Option<(Option<i64>, Option<i64>)> {
        let counts = counts(cell.as_bytes(), &(0..cell.len()))?;
        Some((counts.this.and_then(|number| number.value), counts.last.and_then(|number| number.value)))
    }

    #[test]
    fn a_cell_holds_a_count_and_perhaps_last_years() {
        assert_eq!(read("12"), Some((Some(12), None)));
        assert_eq!(read(" 1\u{a0}204 (1 198) "), Some((Some(1204), Some(1198))));
        assert_eq!(read("12(9)"), Some((Some(12), Some(9))));
        assert_eq!(read(""), Some((None, None)));
        for other in ["-3", "3,5", "12 %", "a", "12 (9", "12 9", "(9)", "1 20", "99999999999"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn spans_are_those_of_the_content_in_quotes_too() {
        let text = b"\xef\xbb\xbfEnhet;\"A;1\";B\r\nx;\"12 (9)\";3\r\n";
        let records = records(text);
        let shown: Vec<Vec<String>> =
            records.iter().map(|record| record.fields.iter().map(|field| label(text, field)).collect()).collect();
        assert_eq!(shown, [vec!["Enhet", "A;1", "B"], vec!["x", "12 (9)", "3"]]);
        assert_eq!(records[1].line, 2);
    }

    #[test]
    fn the_delimiter_is_the_one_that_gives_most_counts() {
        for delimiter in [";", "\t", ",", "|"] {
            let text = ["Namn", "A, b", "C", "D"].join(delimiter) + "\n" + &["x", "1", "2", "3"].join(delimiter);
            assert_eq!(records(text.as_bytes()).last().map(|record| record.fields.len()), Some(4), "{delimiter:?}");
        }
    }
}
