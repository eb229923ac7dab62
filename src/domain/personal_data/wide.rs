//! Full-width forms (０-９, ＠, －, letters), as some systems and telephones write them, read as their ordinary ones.
//!
//! In: a text. Out: the text in ordinary letters, with the way back to the places in the original.

/// First byte in UTF-8 of every full-width form (U+FF01–U+FF5E).
pub(super) const FIRST_BYTE: u8 = 0xef;

/// A text in ordinary letters.
pub(super) struct Narrow {
    pub text: String,
    /// Where the original has more bytes: (place in `text`, bytes that the original has more up to there).
    shifts: Vec<(usize, usize)>,
}

impl Narrow {
    /// The place in the original of a place in `text`.
    pub fn original(&self, at: usize) -> usize {
        let known = self.shifts.partition_point(|(place, _)| *place <= at);
        at + known.checked_sub(1).map_or(0, |index| self.shifts[index].1)
    }
}

/// The text in ordinary letters; `None` if it is that already.
pub(super) fn narrowed(text: &str) -> Option<Narrow> {
    // Two bytes tell that there is none, without a look at every letter.
    if memchr::memchr(FIRST_BYTE, text.as_bytes()).is_none() || !text.contains(is_wide) {
        return None;
    }
    let mut narrow = Narrow { text: String::with_capacity(text.len()), shifts: Vec::new() };
    let mut more = 0;
    for letter in text.chars() {
        if is_wide(letter) {
            narrow.text.push(char::from((letter as u32 - 0xfee0) as u8));
            more += 2;
            narrow.shifts.push((narrow.text.len(), more));
        } else {
            narrow.text.push(letter);
        }
    }
    Some(narrow)
}

fn is_wide(letter: char) -> bool {
    ('\u{ff01}'..='\u{ff5e}').contains(&letter)
}
