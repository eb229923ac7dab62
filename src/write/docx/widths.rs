//! How wide the columns of a table are.
//!
//! In: a printed table and the room there is. Out: a width for every column, in twips, so that no word is broken letter
//! by letter; `None` if that takes more room. Widths of letters are taken for a little wider than they are: there is air
//! or a line more, never a torn word.

use hypher::{Lang, hyphenate_bounded};

use super::super::document::{PrintedCell, PrintedRow, TableBlock, TableHeader};
use super::sizes::twips;

/// Left and right padding of a cell together.
const PADDING: i32 = 170;
/// Indent of a row label per level.
pub(super) const INDENT: i32 = 227;
/// Lines from which a row may be cut.
const MOST_LINES: i32 = 12;
/// Words from which a hyphen is looked for; shorter ones stay whole.
const LONG_WORD: usize = 9;

/// Width of a column: what it can't do without, and what it would take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wish {
    least: i32,
    most: i32,
}

/// Width of a text in twips, at a size in half points.
pub(super) fn width_of(text: &str, size: u32, strong: bool) -> i32 {
    let thousandths: u32 = text.chars().map(letter_width).sum();
    let strong = if strong { 106 } else { 100 };
    (f64::from(thousandths) * f64::from(size) * 10.0 / 1000.0 * f64::from(strong) / 100.0).ceil() as i32
}

/// Thousandths of the size. At least those of Arial, which is wider than Source Sans 3: where ours is not installed,
/// something like it stands in.
fn letter_width(letter: char) -> u32 {
    match letter {
        ' ' | '\u{a0}' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' => 280,
        'f' | 'r' | 't' | '(' | ')' | '-' | '/' => 350,
        'm' | '%' => 890,
        'w' | 'M' | 'W' | '—' => 850,
        '…' => 1000,
        letter if letter.is_uppercase() => 710,
        _ => 570,
    }
}

/// Pieces of a word that may stand on lines of their own, a hyphen after each but the last.
pub(super) fn syllables(word: &str) -> Vec<&str> {
    if word.chars().count() < LONG_WORD {
        return vec![word];
    }
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut rest = word;
    while !rest.is_empty() {
        let lettered = rest.chars().next().is_some_and(char::is_alphabetic);
        let end = rest.find(|letter: char| letter.is_alphabetic() != lettered).unwrap_or(rest.len());
        let mut parts = vec![&rest[..end]];
        if lettered {
            parts = hyphenate_bounded(&rest[..end], Lang::Swedish, 3, 3).collect();
        }
        for (index, part) in parts.iter().enumerate() {
            let (from, to) = (start, start + part.len());
            match pieces.last_mut() {
                // What is no letter, and the first letters after it, stay with what is before.
                Some(last) if index == 0 => *last = &word[from - last.len()..to],
                _ => pieces.push(&word[from..to]),
            }
            start = to;
        }
        rest = &rest[end..];
    }
    pieces
}

/// Words between which a line may end.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n']).filter(|word| !word.is_empty())
}

fn longest_word(text: &str, size: u32, strong: bool) -> i32 {
    words(text).map(|word| width_of(word, size, strong)).max().unwrap_or(0)
}

fn longest_piece(text: &str, size: u32, strong: bool) -> i32 {
    let piece = |word: &str| {
        let pieces = syllables(word);
        let hyphen = if pieces.len() > 1 { width_of("-", size, strong) } else { 0 };
        pieces.iter().map(|piece| width_of(piece, size, strong) + hyphen).max().unwrap_or(0)
    };
    words(text).map(piece).max().unwrap_or(0)
}

/// Widths of all columns, the labels' first.
///
/// `None` if the table has no place in `room` at this size.
pub(super) fn columns(table: &TableBlock, room: i32, size: u32) -> Option<Vec<i32>> {
    let wishes = wishes(table, size);
    let least: i32 = wishes.iter().map(|wish| wish.least).sum();
    let most: i32 = wishes.iter().map(|wish| wish.most).sum();
    if least > room {
        return None;
    }
    let mut widths: Vec<i32> = if most <= room {
        wishes.iter().map(|wish| wish.most).collect()
    } else {
        wishes.iter().map(|wish| wish.least + share(wish.most - wish.least, room - least, most - least)).collect()
    };
    // A table of two words looks lost; its labels take the room.
    let total: i32 = widths.iter().sum();
    if let Some(first) = widths.first_mut() {
        *first += (twips(90.0).min(room) - total).max(0);
    }
    Some(widths)
}

/// Widths where nothing fits: what each can't do without, all made narrower alike.
pub(super) fn squeezed(table: &TableBlock, room: i32, size: u32) -> Vec<i32> {
    let wishes = wishes(table, size);
    let least: i32 = wishes.iter().map(|wish| wish.least).sum();
    wishes.iter().map(|wish| share(wish.least, room, least.max(1))).collect()
}

fn share(part: i32, of: i32, whole: i32) -> i32 {
    (i64::from(part) * i64::from(of) / i64::from(whole.max(1))) as i32
}

fn wishes(table: &TableBlock, size: u32) -> Vec<Wish> {
    let count = table.header.len().max(1);
    (0..count).map(|column| wish(table, column, size)).collect()
}

fn wish(table: &TableBlock, column: usize, size: u32) -> Wish {
    let header = table.header.get(column).map(|header| header_wish(header, size)).unwrap_or_default();
    let body = match column.checked_sub(1) {
        None => labels_wish(table, size),
        Some(cell) => {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(cell));
            let width = beside_width(table, cell);
            cells.map(|cell| cell_wish(cell, width, size)).fold(Wish::default(), larger)
        }
    };
    let Wish { least, most } = larger(header, body);
    Wish { least: least + PADDING, most: most.max(least) + PADDING }
}

fn larger(one: Wish, other: Wish) -> Wish {
    Wish { least: one.least.max(other.least), most: one.most.max(other.most) }
}

/// A header takes two or three lines before its column grows for it.
fn header_wish(header: &TableHeader, size: u32) -> Wish {
    let whole = match &header.beside {
        Some(beside) => format!("{} {beside}", header.text),
        None => header.text.clone(),
    };
    let most = longest_word(&whole, size, true).max(width_of(&whole, size, true).min(twips(26.0)));
    Wish { least: longest_piece(&whole, size, true), most }
}

fn labels_wish(table: &TableBlock, size: u32) -> Wish {
    let wish = |text: &str, level: u8| {
        let indent = INDENT * i32::from(level.min(4));
        let word = longest_word(text, size, true);
        let least = if word > twips(42.0) { longest_piece(text, size, true) } else { word };
        Wish { least: least + indent, most: measured(width_of(text, size, true), twips(60.0)) + indent }
    };
    table.rows.iter().map(|row| wish(&row.label, row.level)).fold(Wish::default(), larger)
}

fn cell_wish(cell: &PrintedCell, beside: usize, size: u32) -> Wish {
    if cell.numeric {
        let width = width_of(&cell.text, size, true)
            + if beside > 0 { width_of(&"0".repeat(beside + 1), size, false) } else { 0 };
        return Wish { least: width, most: width.max(twips(13.0) - PADDING) };
    }
    let text = match &cell.beside {
        Some(beside) => format!("{} {beside}", cell.text),
        None => cell.text.clone(),
    };
    let whole = text.lines().map(|line| width_of(line, size, false)).max().unwrap_or(0);
    let word = longest_word(&text, size, false);
    let least = if word > twips(30.0) { longest_piece(&text, size, false) } else { word };
    Wish { least, most: measured(whole, twips(45.0)) }
}

/// Width for a text of one line that long: all of it up to `usual`; for more, as wide as high, so that a long text gets
/// more room than a short one but not all.
fn measured(whole: i32, usual: i32) -> i32 {
    if whole <= usual {
        whole
    } else {
        (f64::from(usual) * f64::from(whole)).sqrt().min(f64::from(twips(120.0))) as i32
    }
}

/// True if a row takes so many lines that it may be cut by the end of a page.
pub(super) fn is_tall(row: &PrintedRow, widths: &[i32], size: u32) -> bool {
    let texts = std::iter::once(row.label.as_str()).chain(row.cells.iter().map(|cell| cell.text.as_str()));
    texts.zip(widths).any(|(text, width)| width_of(text, size, false) / (width - PADDING).max(1) >= MOST_LINES)
}

/// Letters of the widest comparison in a column: what keeps the numbers before it aligned.
pub(super) fn beside_width(table: &TableBlock, cell: usize) -> usize {
    let texts = table.rows.iter().filter_map(|row| row.cells.get(cell)?.beside.as_ref());
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_swedish_word_is_cut_between_its_syllables_and_nothing_is_lost() {
        assert!(syllables("Personuppgiftsincident").len() > 3);
        assert_eq!(syllables("Lex"), ["Lex"]);
        for word in [
            "Personuppgiftsincident",
            "Synpunkt/klagomål",
            "(socialnämndens)",
            "12345678901",
            "åäöåäöåäöåäö/",
            "--------------",
        ] {
            assert_eq!(syllables(word).concat(), word);
        }
    }

    #[test]
    fn letters_are_never_taken_for_narrower_than_they_are() {
        // Source Sans 3 Regular, thousandths: the widths of its own table.
        let known = [
            ('a', 504),
            ('e', 496),
            ('o', 542),
            ('n', 547),
            ('s', 419),
            ('m', 829),
            ('w', 719),
            ('0', 497),
            ('i', 246),
            ('(', 303),
        ];
        for (letter, width) in known {
            assert!(letter_width(letter) >= width, "{letter}");
        }
    }
}
