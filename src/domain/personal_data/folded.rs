//! A text as the forms are looked for in it: every digit, hyphen and blank of any script as the ordinary one, what cannot
//! be seen left out.
//!
//! In: a text. Out: the folded text, with the way back to the places in the original; nothing if it is folded already.
//! The forms are then written once, for ordinary letters, and no clothes of a number are left to forget.
//!
//! Source: Unicode Character Database 16: General_Category Nd (digits come in tens), Zs and Pd, and
//! Default_Ignorable_Code_Point.

/// The first digit of each script with ten digits in a row.
const ZEROS: [u32; 64] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0,
    0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0,
    0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e950, 0x1fbf0,
];

/// Mathematical digits: five sets of ten.
const MATHEMATICAL: std::ops::RangeInclusive<u32> = 0x1d7ce..=0x1d7ff;

/// A folded text.
pub(super) struct Folded {
    pub text: String,
    /// Where the original has more bytes: (place in `text`, bytes that the original has more up to there).
    shifts: Vec<(usize, usize)>,
}

impl Folded {
    /// The place in the original of a place in `text`.
    pub(super) fn original(&self, at: usize) -> usize {
        let known = self.shifts.partition_point(|(place, _)| *place <= at);
        at + known.checked_sub(1).map_or(0, |index| self.shifts[index].1)
    }
}

/// The folded text; `None` if it is that already.
pub(super) fn folded(text: &str) -> Option<Folded> {
    if !is_clothed(text.as_bytes()) {
        return None;
    }
    let mut folded = Folded { text: String::with_capacity(text.len()), shifts: Vec::new() };
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (plain, width) = match written_at(rest) {
            Some(width) => (Some('@'), width),
            None => (plain(letter), letter.len_utf8()),
        };
        folded.text.extend(plain);
        rest = &rest[width..];
        let more = text.len() - rest.len() - folded.text.len();
        if folded.shifts.last().map_or(0, |(_, before)| *before) != more {
            folded.shifts.push((folded.text.len(), more));
        }
    }
    Some(folded)
}

/// True if a text has letters that fold; å, ä, ö and their like do not.
#[inline]
pub(super) fn is_clothed(bytes: &[u8]) -> bool {
    let beyond_latin = |byte: &u8| *byte >= 0xc4 || *byte == 0xc2;
    bytes.iter().any(beyond_latin) || has_written_at(bytes)
}

fn has_written_at(bytes: &[u8]) -> bool {
    let is_end = |at: usize| at >= 2 && bytes[at - 2..at].eq_ignore_ascii_case(b"at");
    memchr::memchr2_iter(b')', b']', bytes).any(|at| is_end(at) || at >= 3 && bytes[at - 1] == b' ' && is_end(at - 1))
}

/// Width of an @ that is written out to keep machines from reading it: `(at)`, `[ at ]`.
fn written_at(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('(').or_else(|| rest.strip_prefix('['))?;
    let word = inside.trim_start_matches(' ');
    let after = word.get(..2).filter(|word| word.eq_ignore_ascii_case("at")).map(|_| &word[2..])?;
    let end = after.trim_start_matches(' ');
    end.starts_with([')', ']']).then(|| rest.len() - end.len() + 1)
}

/// The ordinary letter; none for one that is not seen.
fn plain(letter: char) -> Option<char> {
    match letter {
        '\0'..='~' => Some(letter),
        _ if is_ignorable(letter) => None,
        // No-break, thin, ideographic and other blanks; line and paragraph separators.
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // Hyphens, dashes, minus signs and the bullet that looks like one.
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{2d7}'
        | '\u{30fc}'
        | '\u{58a}' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0),
        '\u{fe6b}' => Some('@'),
        _ => Some(digit(letter as u32).map_or(letter, |digit| char::from(b'0' + digit))),
    }
}

/// The value of a digit of any script.
fn digit(letter: u32) -> Option<u8> {
    let value = match letter {
        0xb2 | 0xb3 => letter - 0xb0,
        0xb9 => 1,
        0x2070 | 0x2074..=0x2079 => letter - 0x2070,
        0x2080..=0x2089 => letter - 0x2080,
        0x2460..=0x2468 => letter - 0x2460 + 1,
        0x24ea => 0,
        0x2776..=0x277e => letter - 0x2776 + 1,
        _ if MATHEMATICAL.contains(&letter) => (letter - MATHEMATICAL.start()) % 10,
        _ => letter - ZEROS.iter().copied().find(|zero| (*zero..*zero + 10).contains(&letter))?,
    };
    u8::try_from(value).ok()
}

/// Letters that show nothing: soft hyphen, zero-width and joining ones, marks of direction, variation selectors, tags.
fn is_ignorable(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}
