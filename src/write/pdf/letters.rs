//! Texts as the report's fonts can print them: nothing is lost silently, nothing runs off the page.
//!
//! In: any text. Out: the same text where a letter that the fonts lack stands as `[U+1F600]`, control characters are
//! gone, and very long words may be divided.

use std::cell::Cell;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::fonts::Fonts;

/// Words longer than this may be divided anywhere: no dictionary knows them.
const LONG_WORD: usize = 36;

/// Letters between two places where a very long word may be divided.
const STRIDE: usize = 12;

/// What becomes of a mark that has no letter of its own with the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    Printed,
    Told,
}

/// What a report is set in.
#[derive(Clone, Copy)]
pub(super) struct Faces<'a> {
    pub fonts: &'a Fonts,
    pub marks: Marks,
}

/// Makes texts printable and remembers whether a letter was missing.
pub(super) struct Letters<'a> {
    faces: Faces<'a>,
    missing: Cell<bool>,
}

impl<'a> Letters<'a> {
    pub(super) fn new(faces: Faces<'a>) -> Letters<'a> {
        Letters { faces, missing: Cell::new(false) }
    }

    /// Letter by letter; where marks are told, with those that make one letter put together.
    fn letters<'t>(&self, text: &'t str) -> Box<dyn Iterator<Item = char> + 't> {
        match self.faces.marks {
            Marks::Printed => Box::new(text.chars()),
            Marks::Told => Box::new(text.nfc()),
        }
    }

    fn prints(&self, letter: char) -> bool {
        self.faces.fonts.knows(letter) && (self.faces.marks == Marks::Printed || !is_combining_mark(letter))
    }

    /// True if some text so far held a letter that the fonts lack.
    pub(super) fn were_missing(&self) -> bool {
        self.missing.get()
    }

    /// A text in which words may be divided.
    pub(super) fn text(&self, text: &str) -> String {
        divided(&self.plain(text))
    }

    /// A text as it stands, for drawings and for what is read aloud.
    pub(super) fn plain(&self, text: &str) -> String {
        let mut printable = String::with_capacity(text.len());
        for letter in self.letters(text) {
            match letter {
                '\n' => printable.push('\n'),
                '\t' | '\u{2028}' | '\u{2029}' => printable.push(' '),
                letter if is_silent(letter) => {}
                letter if self.prints(letter) => printable.push(letter),
                letter => {
                    self.missing.set(true);
                    printable.push_str(&format!("[U+{:04X}]", u32::from(letter)));
                }
            }
        }
        printable
    }
}

/// Control characters, marks of direction and joining, variation selectors: they have no shape of their own.
fn is_silent(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{e0000}'..='\u{e0fff}')
}

/// Zero-width spaces in words that are longer than any line.
fn divided(text: &str) -> String {
    let long = |word: &str| word.chars().count() > LONG_WORD;
    if !text.split([' ', '\n']).any(long) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for word in text.split_inclusive([' ', '\n']) {
        let is_long = long(word);
        for (index, letter) in word.chars().enumerate() {
            if is_long && index > 0 && index % STRIDE == 0 {
                out.push('\u{200b}');
            }
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fonts::bundled;
    use super::*;

    fn letters(marks: Marks) -> Letters<'static> {
        Letters::new(Faces { fonts: bundled().expect("the bundled fonts are readable"), marks })
    }

    #[test]
    fn a_mark_without_a_letter_of_its_own_is_told_where_it_cannot_be_printed() {
        let told = letters(Marks::Told);
        assert_eq!(told.text("y\u{328} a\u{30a} é"), "y[U+0328] å é");
        assert!(told.were_missing());
    }

    #[test]
    fn a_letter_that_the_font_lacks_is_named_by_its_number() {
        let letters = letters(Marks::Printed);
        assert_eq!(letters.text("Åsa – 1\u{a0}458 %"), "Åsa – 1\u{a0}458 %");
        assert!(!letters.were_missing());
        assert_eq!(letters.text("bra \u{1f600}\u{fe0f} \u{6f22}"), "bra [U+1F600] [U+6F22]");
        assert!(letters.were_missing());
    }

    #[test]
    fn what_has_no_shape_goes_and_lines_stay() {
        let letters = letters(Marks::Printed);
        assert_eq!(letters.text("a\u{0}b\u{200f}c\nd\te"), "abc\nd e");
        assert!(!letters.were_missing());
    }

    #[test]
    fn a_word_longer_than_a_line_may_be_divided_and_keeps_its_letters() {
        let letters = letters(Marks::Printed);
        let word = "a".repeat(200);
        let divided = letters.text(&format!("kort {word}"));
        assert!(divided.contains('\u{200b}') && divided.starts_with("kort a"));
        assert_eq!(divided.replace('\u{200b}', ""), format!("kort {word}"));
        assert_eq!(letters.text("socialförvaltningen"), "socialförvaltningen");
    }
}
