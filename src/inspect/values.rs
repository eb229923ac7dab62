//! Distinct values of a column, in bounded memory, and what they say about separators.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::IndexMap;

use crate::domain::spelling::fold;

/// Distinct values that are remembered with their text.
const MOST_TEXTS: usize = 4_000;
/// Distinct values that are told apart at all, by hash.
const MOST_HASHES: usize = 2_000_000;
/// Longer texts are no labels: they are told apart by hash only.
const LONGEST_LABEL: usize = 200;

/// Separators that exports are known to use.
const SEPARATORS: [&str; 4] = ["\n", ";", "|", ","];

/// Counts distinct values.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    texts: IndexMap<String, u64>,
    hashes: HashSet<u64>,
    /// Some value is not among `texts`.
    texts_cut: bool,
    /// `hashes` is full.
    hashes_cut: bool,
}

impl Distinct {
    pub(super) fn add(&mut self, text: &str) {
        if let Some(count) = self.texts.get_mut(text) {
            *count += 1;
            return;
        }
        if self.texts.len() < MOST_TEXTS && text.len() <= LONGEST_LABEL && !self.texts_cut {
            self.texts.insert(text.to_string(), 1);
        } else {
            self.texts_cut = true;
        }
        if self.hashes.len() < MOST_HASHES {
            self.hashes.insert(hash_of(text));
        } else {
            self.hashes_cut = true;
        }
    }

    /// How many, and whether there may be more.
    pub(super) fn count(&self) -> (u64, bool) {
        (self.hashes.len() as u64, self.hashes_cut)
    }

    /// All values with counts, if all were remembered.
    pub(super) fn all(&self) -> Option<&IndexMap<String, u64>> {
        (!self.texts_cut).then_some(&self.texts)
    }
}

/// The same in every run: the standard hasher without its random keys.
fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The separators by which cells hold several of the values that also stand alone.
pub(super) fn separators(values: &IndexMap<String, u64>) -> Vec<String> {
    let mut found: Vec<&str> = Vec::new();
    for separator in SEPARATORS {
        let alone: HashSet<String> =
            values.keys().filter(|value| !value.contains(separator)).map(|value| fold(value)).collect();
        let joined: Vec<&String> = values.keys().filter(|value| value.contains(separator)).collect();
        let parts: Vec<String> = joined.iter().flat_map(|value| parts(value, &[separator])).map(fold).collect();
        let known = parts.iter().filter(|part| alone.contains(*part)).count();
        // A comma is common within labels: all of its parts must be known.
        let enough = if separator == "," { parts.len() } else { (parts.len() * 4).div_ceil(5) };
        if joined.len() >= 2 && known >= enough.max(1) {
            found.push(separator);
        }
    }
    found.into_iter().map(String::from).collect()
}

/// The values in a cell, each trimmed; empty ones left out.
pub(super) fn parts<'t>(text: &'t str, separators: &[impl AsRef<str>]) -> Vec<&'t str> {
    let mut parts = vec![text];
    for separator in separators {
        parts = parts.into_iter().flat_map(|part| part.split(separator.as_ref())).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The single values, spellings that differ in case or space only as one, by count and then by first occurrence.
pub(super) fn elements(values: &IndexMap<String, u64>, separators: &[String]) -> Vec<(String, u64)> {
    let mut folded: IndexMap<String, BTreeMap<String, u64>> = IndexMap::new();
    for (value, count) in values {
        let mut seen: Vec<String> = Vec::new();
        for part in parts(value, separators) {
            let key = fold(part);
            if !seen.contains(&key) {
                *folded.entry(key.clone()).or_default().entry(part.to_string()).or_default() += count;
                seen.push(key);
            }
        }
    }
    let mut elements: Vec<(String, u64)> = folded.into_values().filter_map(canonical).collect();
    elements.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    elements
}

/// The most frequent spelling, with the count of all.
fn canonical(spellings: BTreeMap<String, u64>) -> Option<(String, u64)> {
    let total = spellings.values().sum();
    let most = spellings.values().copied().max()?;
    spellings.into_iter().find(|(_, count)| *count == most).map(|(spelling, _)| (spelling, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(texts: &[&str]) -> IndexMap<String, u64> {
        let mut distinct = Distinct::default();
        texts.iter().for_each(|text| distinct.add(text));
        distinct.all().expect("few").clone()
    }

    #[test]
    fn a_separator_is_told_by_values_that_also_stand_alone() {
        assert_eq!(separators(&values(&["a", "b", "c", "a;b", "b; c"])), [";"]);
        assert!(separators(&values(&["a", "b", "övergrepp, självskada, hot", "a, hot"])).is_empty());
        assert_eq!(separators(&values(&["a", "b", "a, b", "b, a"])), [","]);
        assert_eq!(separators(&values(&["a", "b", "a\nb", "b\na", "a|b", "b|a"])), ["\n", "|"]);
    }

    #[test]
    fn spellings_that_fold_alike_are_one_value() {
        let found = elements(&values(&["Akut", "akut", "Akut", "Vanlig;Akut"]), &[";".to_string()]);
        assert_eq!(found, [("Akut".to_string(), 4), ("Vanlig".to_string(), 1)]);
    }
}
