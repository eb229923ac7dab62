//! Names in the job file: bare keys, each once.

use std::collections::BTreeSet;

use crate::domain::table::slug;

/// Longer names are cut.
const LONGEST: usize = 32;

/// Names that have been given.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Names that mean something of their own and are given to nobody.
    pub(super) fn without(reserved: &[&str]) -> Names {
        Names(reserved.iter().map(|name| name.to_string()).collect())
    }

    /// A new name made from a text; `fallback` where the text has no letter or digit.
    pub(super) fn key(&mut self, text: &str, fallback: &str) -> String {
        let slug = slug(text).replace('-', "_");
        let words = slug.trim_matches('_');
        let mut name: String = words.chars().take(LONGEST).collect();
        name.truncate(name.trim_end_matches('_').len());
        if name.is_empty() {
            name = fallback.to_string();
        }
        let mut free = name.clone();
        let mut number = 2;
        while !self.0.insert(free.clone()) {
            free = format!("{name}_{number}");
            number += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_bare_and_given_once() {
        let mut names = Names::without(&["year"]);
        assert_eq!(names.key("Ärende nr (internt)", "k"), "arende_nr_internt");
        assert_eq!(names.key("Ärende-nr internt", "k"), "arende_nr_internt_2");
        assert_eq!(names.key("Year", "k"), "year_2");
        assert_eq!(names.key("%", "kolumn"), "kolumn");
    }
}
