//! Words of judgement: "ökning", "minskning", "förbättring", "försämring", "trend", only where a test allows them.
//!
//! In: what the test decided ([`Development`], made by `measure`). Out: phrases that begin with a verb, always with both
//! numbers. Source: STATISTICS.md 15 — "ökning" only when the adjusted p is under 0,05; "trend" only from five years
//! on; nothing about direction under the source's minimum number of answers.

use std::cmp::Ordering;

use super::{Fraction, compare_counts, compare_numbers, compare_percentages, compare_shares, relative_change};
use crate::domain::said::Development;
use crate::domain::sentence::SMALLEST_BASE_OF_CHANGE;
use crate::domain::swedish::{decimal, integer, percent, percent_of};
use crate::domain::table::Direction;

/// Adjusted p-values under this allow the words.
pub const SIGNIFICANT: f64 = 0.05;

impl Development {
    /// What a test allows to say of `now` ordered against `then`.
    ///
    /// ```
    /// use kvalis::domain::{said::Development, table::Direction};
    /// use std::cmp::Ordering::Greater;
    /// assert_eq!(Development::decided(Greater, 0.04, Direction::Neither), Development::Up);
    /// assert_eq!(Development::decided(Greater, 0.04, Direction::Lower), Development::Worse);
    /// assert_eq!(Development::decided(Greater, 0.05, Direction::Lower), Development::Unproven);
    /// ```
    pub fn decided(order: Ordering, adjusted_p: f64, direction: Direction) -> Development {
        let proven = adjusted_p < SIGNIFICANT;
        match (order, direction) {
            (Ordering::Equal, _) => Development::Unproven,
            _ if !proven => Development::Unproven,
            (Ordering::Greater, Direction::Neither) => Development::Up,
            (Ordering::Less, Direction::Neither) => Development::Down,
            (Ordering::Greater, Direction::Higher) | (Ordering::Less, Direction::Lower) => Development::Better,
            (Ordering::Greater, Direction::Lower) | (Ordering::Less, Direction::Higher) => Development::Worse,
        }
    }

    /// "ökade", "förbättrades"; `None` where nothing is proven.
    fn verb(self) -> Option<&'static str> {
        match self {
            Development::Up => Some(word!("domain-increased")),
            Development::Down => Some(word!("domain-decreased")),
            Development::Better => Some(word!("domain-improved")),
            Development::Worse => Some(word!("domain-deteriorated")),
            _ => None,
        }
    }
}

/// Two values of one kind, and their decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pair {
    /// Two counts of events.
    Counts {
        /// This period's.
        now: i64,
        /// The one before.
        then: i64,
    },
    /// Two shares.
    Shares {
        /// This period's.
        now: Fraction,
        /// The one before.
        then: Fraction,
        /// Of the per cent.
        decimals: u8,
    },
    /// 0–100 as delivered.
    Percentages {
        /// This period's.
        now: f64,
        /// The one before.
        then: f64,
        /// Decimals that are printed.
        decimals: u8,
    },
    /// Two numbers of any other kind.
    Numbers {
        /// This period's.
        now: f64,
        /// The one before.
        then: f64,
        /// Decimals that are printed.
        decimals: u8,
    },
}

impl Pair {
    /// Now against then, unrounded.
    pub fn order(self) -> Ordering {
        match self {
            Pair::Counts { now, then } => now.cmp(&then),
            Pair::Shares { now, then, .. } => {
                let cross = |a: Fraction, b: Fraction| u128::from(a.numerator) * u128::from(b.denominator);
                cross(now, then).cmp(&cross(then, now))
            }
            Pair::Percentages { now, then, .. } | Pair::Numbers { now, then, .. } => now.total_cmp(&then),
        }
    }

    /// Now and then as text, with as many decimals as it takes to tell them apart, at most two more.
    fn texts(self) -> (String, String) {
        let (now, then) = self.with_more_decimals(0);
        if now != then || self.order().is_eq() {
            return (now, then);
        }
        let finer = (1..=2).map(|more| self.with_more_decimals(more)).find(|(now, then)| now != then);
        finer.unwrap_or((now, then))
    }

    fn with_more_decimals(self, more: u8) -> (String, String) {
        let of = |share: Fraction, decimals| percent_of(share.numerator, share.denominator, decimals);
        match self {
            Pair::Counts { now, then } => (integer(now), integer(then)),
            Pair::Shares { now, then, decimals } => (of(now, decimals + more), of(then, decimals + more)),
            Pair::Percentages { now, then, decimals } => {
                (percent(now, decimals + more), percent(then, decimals + more))
            }
            Pair::Numbers { now, then, decimals } => (decimal(now, decimals + more), decimal(then, decimals + more)),
        }
    }

    /// "101 fler än föregående år (289, +35 %)"
    fn compared(self) -> String {
        match self {
            Pair::Counts { now, then } => compare_counts(now, then),
            Pair::Shares { now, then, decimals } => compare_shares(now, then, decimals),
            Pair::Percentages { now, then, decimals } => compare_percentages(now, then, decimals),
            Pair::Numbers { now, then, decimals } => compare_numbers(now, then, decimals),
        }
    }

    /// " (+13 %)" on a base that bears it.
    fn per_cent(self) -> String {
        match self {
            Pair::Counts { now, then } if then >= SMALLEST_BASE_OF_CHANGE && now != then => {
                format!(" ({})", relative_change(now, then))
            }
            _ => String::new(),
        }
    }
}

/// "ökade från 821 till 928 (+13 %)"; "var 27, 14 fler än föregående år (13); skillnaden kan bero på slumpen".
///
/// ```
/// use kvalis::domain::said::Development;
/// use kvalis::domain::sentence::words::{Pair, developed};
/// let counts = Pair::Counts { now: 928, then: 821 };
/// assert_eq!(developed(counts, Development::Up), "ökade från 821 till 928 (+13\u{a0}%)");
/// ```
pub fn developed(pair: Pair, word: Development) -> String {
    let (now, then) = pair.texts();
    match word.verb() {
        Some(verb) => printed!("domain-changed-from-to", verb, then, now, per_cent = pair.per_cent()),
        None if word == Development::FewAnswers => compared_of_few(pair, "var "),
        None if pair.order().is_eq() => printed!("domain-was", now, compared = pair.compared()),
        None => {
            printed!("domain-was-perhaps-by-chance", now, compared = pair.compared())
        }
    }
}

/// Both numbers and why nothing is said of their direction.
pub fn compared_of_few(pair: Pair, before: &str) -> String {
    let (now, then) = pair.texts();
    printed!("domain-of-too-few", before, now, then)
}

/// What stands instead of a comparison where few have answered: "mot 55 % föregående år; för få har svarat …".
pub fn beside_of_few(then: &str) -> String {
    printed!("domain-compared-of-too-few", then)
}

/// "visar en stigande trend 2019–2023, från 60 % till 72 %"; under five years only the numbers.
pub fn trended(pair: Pair, years: (i32, i32), rises: bool, word: Development) -> String {
    let (last, first) = pair.texts();
    let span = format!("{}–{}", years.0, years.1);
    let ends = printed!("domain-was-first-and-last", first, first_year = years.0, last, last_year = years.1);
    match word {
        Development::Up | Development::Down => {
            let way = if rises { "stigande" } else { "fallande" };
            printed!("domain-trend", way, span, first, last)
        }
        Development::Better => printed!("domain-trend-to-the-better", span, first, last),
        Development::Worse => printed!("domain-trend-to-the-worse", span, first, last),
        Development::Unproven => printed!("domain-no-sure-trend", ends),
        Development::FewAnswers => printed!("domain-ends-of-too-few", ends),
        Development::FewYears => ends,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARES: Pair = Pair::Shares {
        now: Fraction { numerator: 109, denominator: 391 },
        then: Fraction { numerator: 100, denominator: 400 },
        decimals: 0,
    };

    #[test]
    fn the_word_comes_only_with_the_proof() {
        assert_eq!(developed(SHARES, Development::Better), "förbättrades från 25\u{a0}% till 28\u{a0}%");
        assert_eq!(
            developed(SHARES, Development::Unproven),
            "var 28\u{a0}%, 2,9 procentenheter högre än föregående år (25\u{a0}%); skillnaden kan bero på slumpen"
        );
        let expected = "var 28\u{a0}% (föregående år 25\u{a0}%); för få har svarat för att säga något om riktningen";
        assert_eq!(developed(SHARES, Development::FewAnswers), expected);
    }

    #[test]
    fn equal_numbers_are_not_called_chance() {
        let equal = Pair::Counts { now: 127, then: 127 };
        assert_eq!(developed(equal, Development::Unproven), "var 127, lika många som föregående år (127)");
    }

    #[test]
    fn no_per_cent_on_a_small_base_even_when_it_is_proven() {
        let counts = Pair::Counts { now: 60, then: 13 };
        assert_eq!(developed(counts, Development::Up), "ökade från 13 till 60");
    }

    #[test]
    fn numbers_that_round_to_the_same_get_decimals() {
        let close = Pair::Percentages { now: 70.3, then: 70.1, decimals: 0 };
        assert_eq!(developed(close, Development::Up), "ökade från 70,1\u{a0}% till 70,3\u{a0}%");
    }

    #[test]
    fn trend_is_a_word_from_five_years_on() {
        let pair = Pair::Percentages { now: 72.0, then: 60.0, decimals: 0 };
        let expected = "visar en stigande trend 2019–2023, från 60\u{a0}% till 72\u{a0}%";
        assert_eq!(trended(pair, (2019, 2023), true, Development::Up), expected);
        let few = trended(pair, (2021, 2023), true, Development::FewYears);
        assert_eq!(few, "var 60\u{a0}% 2021 och 72\u{a0}% 2023");
        assert!(trended(pair, (2019, 2023), true, Development::Unproven).ends_with("utan säkerställd trend"));
    }
}
