//! Whether a text holds personal data, told by kind and never by the text itself.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::domain::personal_data::{Kind, count, mask};

/// What the cells of a column are suspected of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Suspicion {
    Of(Kind),
    /// Names of persons, told by the shape of nearly all values.
    Names,
}

impl fmt::Display for Suspicion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Suspicion::Of(kind) => kind.name(),
            Suspicion::Names => "names of persons, by their form",
        })
    }
}

impl Serialize for Suspicion {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

/// Kinds of personal data in a text.
pub(super) fn found_in(text: &str) -> Vec<Suspicion> {
    let found = Kind::ALL.into_iter().zip(count(text)).filter(|(_, times)| *times > 0);
    found.map(|(kind, _)| Suspicion::Of(kind)).collect()
}

/// A text without what looks like personal data in it.
pub(super) fn masked(text: &str) -> String {
    mask(text).into_owned()
}

/// "Anna Svensson", "Svensson, Anna", "Anna-Lisa af Ek": two to four words, each with one capital at its beginning.
pub(super) fn looks_like_a_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let particle = |word: &&&str| matches!(**word, "af" | "av" | "von" | "de" | "der");
    let names = || words.iter().filter(|word| !particle(word));
    (2..=4).contains(&words.len()) && (2..=3).contains(&names().count()) && names().all(|word| is_name(word))
}

fn is_name(word: &str) -> bool {
    word.split('-').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && part.chars().count() > 1
            && letters.all(|letter| letter.is_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_without_the_text() {
        let expected = [Kind::Personnummer, Kind::Telefon].map(Suspicion::Of);
        assert_eq!(found_in("Ring 070-174 06 05 om 811218-9876"), expected);
        assert!(found_in("Enheten [telefon] 2023-08-31").is_empty());
    }

    #[test]
    fn names_are_told_by_their_form() {
        assert!(
            ["Tolvan Tolvansson", "Tolvansson, Tolvan", "Eva-Lisa af Ek"].iter().all(|text| looks_like_a_name(text))
        );
        for text in ["Lex sarah", "Barn och familj 1", "Boendegruppen", "HVB Ek", "Unga vuxna", "Ej avvikelse"] {
            assert!(!looks_like_a_name(text), "{text}");
        }
    }
}
