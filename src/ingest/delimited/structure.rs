//! The shape of well-formed delimited text: where cells and records end, 64 bytes at a time, by quote parity.
//!
//! In: text that begins at the start of a record. Out: per block the ends of cells and records, and whether any quote
//! stands where a well-formed file has none (then parity is no guide, and `careful` takes over).
//!
//! Parity is right as long as each quote that opens stands at the start of a cell or directly after a quote (the second
//! of a doubled one), and each quote that closes stands before a delimiter, the end of a record, or a quote.

use super::masks::{self, BLOCK, Masks, STRIPE};

/// Ends in one block; bit 0 is its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// Bytes that end a cell: delimiters outside quotes, and all of `records`.
    pub cells: u64,
    /// Bytes that end a record: a line feed, or a carriage return (the line feed after it belongs to it).
    pub records: u64,
}

/// What must be remembered from one block to the next.
#[derive(Debug, Clone, Copy)]
struct Walk {
    /// All ones inside quotes.
    inside: u64,
    /// Bit 0: the byte before ended a cell, was a quote, was a closing quote, was a carriage return outside quotes.
    after_end: u64,
    after_quote: u64,
    after_closing: u64,
    after_return: u64,
    stray: bool,
}

/// What was found out by a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// A quote stands where a well-formed file has none: the ends are not to be trusted.
    pub stray: bool,
    /// The text ends inside quotes.
    pub open: bool,
}

/// Walks over the text and gives each block's start and [`Marks`].
#[inline(always)]
pub(super) fn walk(text: &[u8], delimiter: u8, mut each: impl FnMut(usize, Marks)) -> Shape {
    let mut walk = Walk { inside: 0, after_end: 1, after_quote: 0, after_closing: 0, after_return: 0, stray: false };
    let mut stripe = [Masks::default(); STRIPE];
    for (index, bytes) in text.chunks(STRIPE * BLOCK).enumerate() {
        let start = index * STRIPE * BLOCK;
        masks::fill(bytes, delimiter, &mut stripe);
        for (block, masks) in stripe[..bytes.len() / BLOCK].iter().enumerate() {
            each(start + block * BLOCK, walk.step(*masks, !0));
        }
        let rest = bytes.len() % BLOCK;
        if rest > 0 {
            let mut last = [0; BLOCK];
            last[..rest].copy_from_slice(&bytes[bytes.len() - rest..]);
            masks::fill(&last, delimiter, &mut stripe);
            each(start + bytes.len() - rest, walk.step(stripe[0], (1 << rest) - 1));
        }
    }
    Shape { stray: walk.stray, open: walk.inside != 0 }
}

impl Walk {
    /// `real` has a bit for each byte of the block that is text, and not padding behind its end.
    #[inline(always)]
    fn step(&mut self, masks: Masks, real: u64) -> Marks {
        let any_end = masks.delimiter | masks.carriage_return | masks.line_feed;
        let inside = if masks.quote == 0 { self.inside } else { parity(masks.quote) ^ self.inside };
        let outside = !inside;
        let ends = any_end & outside;
        if (masks.quote | self.after_closing) != 0 {
            self.look_for_strays(masks.quote, inside, ends, any_end, real);
        }
        let returns = masks.carriage_return & outside;
        let paired = masks.line_feed & outside & (returns << 1 | self.after_return);
        self.inside = (inside as i64 >> 63) as u64;
        self.after_end = ends >> 63;
        self.after_quote = masks.quote >> 63;
        self.after_return = returns >> 63;
        Marks { cells: ends & !paired, records: (returns | masks.line_feed & outside) & !paired }
    }

    fn look_for_strays(&mut self, quote: u64, inside: u64, ends: u64, any_end: u64, real: u64) {
        let opening = quote & inside;
        let closing = quote & !inside;
        let may_open = ends << 1 | self.after_end | quote << 1 | self.after_quote;
        let behind_closing = closing << 1 | self.after_closing;
        self.stray |= (opening & !may_open) | (behind_closing & !(any_end | quote) & real) != 0;
        self.after_closing = closing >> 63;
    }
}

/// Each bit is the parity of the bits up to and including it.
#[inline(always)]
fn parity(mut mask: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        mask ^= mask << shift;
    }
    mask
}

/// The ends of records in a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Records {
    /// Records that end in the text.
    pub count: u64,
    /// Where the last complete record ends, its line end included.
    pub end: usize,
    /// Where the record before that one ends.
    pub end_before: usize,
}

/// Counts the records of a stretch of text.
pub(super) fn count(text: &[u8], delimiter: u8) -> (Records, Shape) {
    let (mut count, mut last, mut before) = (0, None, None);
    let shape = walk(text, delimiter, |start, marks| {
        if marks.records != 0 {
            count += u64::from(marks.records.count_ones());
            let top = 63 - marks.records.leading_zeros();
            let others = marks.records & !(1 << top);
            before = if others == 0 { last } else { Some(start + 63 - others.leading_zeros() as usize) };
            last = Some(start + top as usize);
        }
    });
    let behind = |end: Option<usize>| end.map_or(0, |end| behind_line_end(text, end));
    (Records { count, end: behind(last), end_before: behind(before) }, shape)
}

/// The place behind a record's end: two bytes on after CR LF, else one.
#[inline(always)]
pub(super) fn behind_line_end(text: &[u8], end: usize) -> usize {
    let pair = text[end] == b'\r' && text.get(end + 1) == Some(&b'\n');
    end + 1 + usize::from(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (u64, usize, bool, bool) {
        let (records, shape) = count(text.as_bytes(), b';');
        (records.count, records.end, shape.stray, shape.open)
    }

    #[test]
    fn each_kind_of_line_end_ends_one_record() {
        assert_eq!(counted("a;b\r\nc\rd\ne"), (3, 9, false, false));
        assert_eq!(counted("\r\n\r\n"), (2, 4, false, false));
        assert_eq!(counted(""), (0, 0, false, false));
    }

    #[test]
    fn a_line_break_inside_quotes_ends_nothing() {
        assert_eq!(counted("\"a\nb\";\"c\"\"\r\nd\"\n"), (1, 15, false, false));
    }

    #[test]
    fn pairs_and_quotes_across_blocks_are_seen() {
        for padding in 0..140 {
            let text = format!("{};\"x\"\"\n\"\"\"\r\ny\r\n", "p".repeat(padding));
            assert_eq!(counted(&text), (2, text.len(), false, false), "{padding}");
        }
    }

    #[test]
    fn a_quote_within_a_cell_is_stray_wherever_the_blocks_part() {
        for padding in 0..140 {
            let pad = "p".repeat(padding);
            assert!(counted(&format!("{pad}5\" rör;x\n")).2, "{padding}");
            assert!(counted(&format!("{pad};\"a\"b;x\n")).2, "{padding}");
            assert!(!counted(&format!("{pad};\"a\"")).2, "{padding}");
        }
    }

    #[test]
    fn an_open_quote_is_told() {
        assert!(counted("a;\"b\nc").3);
        assert!(!counted("a;\"b\nc\"").3);
    }

    #[test]
    fn the_end_of_the_record_before_the_last_is_known_wherever_the_blocks_part() {
        for padding in 1..140 {
            let text = format!("x\r\n{}\r\ny\r\nz", "p".repeat(padding));
            let (records, _) = count(text.as_bytes(), b';');
            assert_eq!((records.end_before, records.end), (padding + 5, padding + 8));
        }
    }
}
