//! Texts that name a year, a quarter or a month: headers of wide tables, cells of a period column.

use crate::domain::period::{is_quarter_word, words_of};
use crate::domain::swedish::month_name;

/// A period that a text names, and what else the text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The year, if it is said.
    pub year: Option<i32>,
    /// The text without the period: "resultat" of "Resultat 2021".
    pub rest: String,
}

/// The period in a text: "2023", "2023-01", "2023 kv 1", "Kvartal 1 2023", "jan 2023", "Resultat 2021", "mars".
pub(super) fn read(text: &str) -> Option<Named> {
    let words = words_of(text);
    let year = words.iter().find_map(|word| year_of(word));
    let part = words.iter().position(|word| is_month(word) || is_quarter_word(word));
    if year.is_none() && part.is_none() {
        return None;
    }
    let said = |word: &&String| {
        year_of(word).is_none() && !is_month(word) && !is_quarter_word(word) && word.parse::<u8>().is_err()
    };
    let rest: Vec<&str> = words.iter().filter(said).map(String::as_str).collect();
    Some(Named { year, rest: rest.join(" ") })
}

/// A text that says nothing but a period with its year.
pub(super) fn is_bare(text: &str) -> bool {
    read(text).is_some_and(|named| named.year.is_some() && named.rest.is_empty()) && text.chars().count() <= 20
}

fn year_of(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1980..=2060).contains(&year).then_some(year)
}

fn is_month(word: &str) -> bool {
    (1..=12).any(|month| {
        let name = month_name(month);
        word == name || (word.chars().count() == 3 && name.starts_with(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_quarters_and_months_are_periods() {
        for text in ["2023", "2023-01", "2023 kv 1", "Kvartal 1 2023", "jan 2023", "2023K3"] {
            assert!(is_bare(text), "{text}");
        }
        assert_eq!(read("Resultat 2021"), Some(Named { year: Some(2021), rest: "resultat".into() }));
        assert_eq!(read("mars"), Some(Named { year: None, rest: String::new() }));
        assert!(read("Antal").is_none() && read("10234").is_none() && !is_bare("U30447"));
    }
}
