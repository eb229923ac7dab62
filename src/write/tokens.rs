//! Private tokens: what a template interpolates travels through Markdown as letters that Markdown has no rule for.
//!
//! In: a printed value while a template renders. Out: a token of private-use characters in the rendered text, and the
//! value again when the parsed text is read. So text from a cell is never seen by the Markdown parser, and cannot
//! become markup. Data that holds such characters itself loses them at the door ([`clean`]).

use std::sync::{Arc, Mutex, PoisonError};

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';
/// Digits of a token's index: one character for each of 256 values, so that no filter on text can change one.
const FIRST_DIGIT: u32 = 0xe100;
const DIGITS: usize = 256;

/// What a template asked to be printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Printed {
    Text(String),
    /// A text bound to a computed value.
    Bound {
        text: String,
        origin: String,
    },
    /// The number of a table or figure, by its full name.
    Reference(String),
    /// Something that stands on a line of its own.
    Block(BlockCall),
}

/// A block that a template calls for by name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum BlockCall {
    Table(String),
    Figure(String),
    KeyNumbers,
    /// Room for a text, and the file that the analyst can write it in.
    Room {
        prompt: String,
        file: Option<String>,
    },
    /// A text of the analyst's, rendered: the Markdown of one file.
    Written {
        stem: String,
        rendered: String,
    },
    Balances,
    Sources,
    Definitions,
    Warnings,
    PageBreak,
}

/// All that one report's templates have printed, by token. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    printed: Arc<Mutex<Vec<Printed>>>,
}

/// A stretch of rendered text: the template's own words, or something printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part<'a> {
    Words(&'a str),
    Token(Printed),
}

impl Ledger {
    /// Writes down what is printed and returns its token.
    pub(super) fn enter(&self, printed: Printed) -> String {
        let mut entries = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push(printed);
        token(entries.len() - 1)
    }

    /// A text that is not the template's own: its tokens are kept, all else becomes one.
    pub(super) fn enter_text(&self, text: &str) -> String {
        let parts = self.parts(text).into_iter();
        parts
            .map(|part| match part {
                Part::Words(words) => self.enter(Printed::Text(words.to_string())),
                Part::Token(printed) => self.enter(printed),
            })
            .collect()
    }

    /// Cuts a rendered text into the template's words and what was printed. Broken tokens are left out.
    pub(super) fn parts<'a>(&self, text: &'a str) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_private) {
            push_words(&mut parts, &rest[..start]);
            let (token, after) = split_token(&rest[start..]);
            parts.extend(token.and_then(|index| self.at(index)).map(Part::Token));
            rest = after;
        }
        push_words(&mut parts, rest);
        parts
    }

    /// The text with every token written out, for link targets and messages.
    pub(super) fn plain(&self, text: &str) -> String {
        let parts = self.parts(text).into_iter();
        parts
            .map(|part| match part {
                Part::Words(words) => words.to_string(),
                Part::Token(Printed::Text(text) | Printed::Bound { text, .. }) => text,
                Part::Token(Printed::Reference(_) | Printed::Block(_)) => String::new(),
            })
            .collect()
    }

    fn at(&self, index: usize) -> Option<Printed> {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).get(index).cloned()
    }
}

fn push_words<'a>(parts: &mut Vec<Part<'a>>, words: &'a str) {
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
}

/// Text from outside without the characters that tokens are made of.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|letter| !is_private(*letter)).collect()
}

fn is_private(letter: char) -> bool {
    letter == OPEN || letter == CLOSE || digit(letter).is_some()
}

fn digit(letter: char) -> Option<usize> {
    let value = u32::from(letter).checked_sub(FIRST_DIGIT)? as usize;
    (value < DIGITS).then_some(value)
}

fn token(mut index: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_u32(FIRST_DIGIT + (index % DIGITS) as u32));
        index /= DIGITS;
        if index == 0 {
            break;
        }
    }
    [OPEN].into_iter().chain(digits.into_iter().rev()).chain([CLOSE]).collect()
}

/// Reads the token that `text` begins with; the rest begins after it, or after the one character that begins none.
fn split_token(text: &str) -> (Option<usize>, &str) {
    let mut letters = text.chars();
    if letters.next() != Some(OPEN) {
        return (None, letters.as_str());
    }
    let mut index = None;
    let mut after = letters.as_str();
    for letter in letters {
        after = &after[letter.len_utf8()..];
        match digit(letter) {
            Some(value) => {
                index = index.unwrap_or(0_usize).checked_mul(DIGITS).and_then(|high| high.checked_add(value))
            }
            None if letter == CLOSE => return (index, after),
            None => break,
        }
    }
    (None, &text[OPEN.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Printed {
        Printed::Text(text.to_string())
    }

    #[test]
    fn what_is_printed_comes_back_between_the_templates_words() {
        let ledger = Ledger::default();
        let rendered = format!("Antal: {} st", ledger.enter(text("**104**")));
        assert!(!rendered.contains('*'));
        let expected = vec![Part::Words("Antal: "), Part::Token(text("**104**")), Part::Words(" st")];
        assert_eq!(ledger.parts(&rendered), expected);
    }

    #[test]
    fn many_tokens_keep_their_own_values() {
        let ledger = Ledger::default();
        let tokens: Vec<String> = (0..70_000).map(|index| ledger.enter(text(&index.to_string()))).collect();
        for index in [0, 1, 255, 256, 65_535, 65_536, 69_999] {
            assert_eq!(ledger.parts(&tokens[index]), vec![Part::Token(text(&index.to_string()))]);
        }
    }

    #[test]
    fn broken_tokens_and_forged_ones_print_nothing() {
        let ledger = Ledger::default();
        ledger.enter(text("a"));
        for broken in ["\u{e000}", "\u{e001}", "\u{e000}\u{e001}", "\u{e000}\u{e100}", "\u{e000}\u{e1ff}\u{e001}"] {
            assert_eq!(ledger.parts(&format!("x{broken}y")), vec![Part::Words("x"), Part::Words("y")], "{broken:?}");
        }
        assert_eq!(clean("a\u{e000}\u{e100}\u{e001}b"), "ab");
    }

    #[test]
    fn a_captured_text_keeps_the_tokens_within_it() {
        let ledger = Ledger::default();
        let captured = format!("*{}*", ledger.enter(text("a")));
        let again = ledger.enter_text(&captured);
        assert_eq!(ledger.plain(&again), "*a*");
        assert!(!again.contains('*'));
    }
}
