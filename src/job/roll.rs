//! Next year's job out of this year's: what the file says literally of its years is written relative to the period.
//!
//! In: the text of a job file, the year that it is to be about. Out: [`Roll`]: each place that would change, with whether
//! it surely follows the period, and the text with those that somebody has agreed to. The new text, read for the old year,
//! says what the old one said: what it would say otherwise is a bug. Never: a change that is not in the list.

use std::ops::Range;

use super::edit::replaced;
use super::load::LoadedJob;
use super::relative::{following, resolve};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::vocabulary::checks::YEARS;
use crate::vocabulary::document::{self, Node, NodeValue};

/// A job on its way to another year.
pub(crate) struct Roll {
    pub(crate) from: i32,
    pub(crate) to: i32,
    /// In the order of the file; the year itself is the one that is always made.
    pub(crate) changes: Vec<Change>,
    file: String,
    text: String,
}

/// A value of the file that holds a year, and how it would be written.
pub(crate) struct Change {
    pub(crate) line: u32,
    /// The key that it is the value of.
    pub(crate) key: String,
    pub(crate) before: String,
    pub(crate) after: String,
    /// False for what may as well be a fixed day or number: somebody has to say so.
    pub(crate) is_sure: bool,
    bytes: Range<usize>,
}

/// Keys whose texts name files, columns, titles and periods: a year in them is the period's, or counted from it.
const FOLLOWING: [&str; 7] = ["files", "title", "subtitle", "label", "header", "period", "as_of"];

/// Keys whose text is the name of a row or column: if it is a year and nothing else, it is the period's.
const NAMING: [&str; 6] = ["ar", "row", "rows", "column", "columns", "beside"];

/// Keys whose texts say the same every year. Codes of municipalities look like years (2021 is Vansbro); the day from which
/// an export knows something is past.
const STAYING: [&str; 2] = ["area", "day"];

impl Roll {
    /// Errors: `bad-value` for a year that no report can be about, or that the job is about already.
    pub(crate) fn of(loaded: &LoadedJob, to: Option<i32>) -> Result<Roll, Failure> {
        let from = loaded.spec.job.period.year;
        let to = to.unwrap_or(from + 1);
        if to == from || !YEARS.contains(&to) {
            let at = Location::File { file: loaded.file.clone() };
            return Err(Diagnostic::error(Code::BadValue, say!("job-cannot-roll-to", from, to), at).into());
        }
        let document = document::parse(&loaded.text, &loaded.file).map_err(Failure::fixable)?;
        let mut roll = Roll { from, to, changes: Vec::new(), file: loaded.file.clone(), text: loaded.text.clone() };
        roll.look(&document, "");
        Ok(roll)
    }

    fn look(&mut self, node: &Node, key: &str) {
        match &node.value {
            NodeValue::Table(entries) => entries.iter().for_each(|entry| match (key, entry.key.as_str()) {
                ("period", "year") => self.add(&entry.node, "year", self.to.to_string(), true),
                (_, below) => self.look(&entry.node, below),
            }),
            NodeValue::List(items) => items.iter().for_each(|item| self.look(item, key)),
            NodeValue::Text(text) if !STAYING.contains(&key) => {
                let after = following(&self.text[node.bytes.clone()], self.from);
                self.add(node, key, after, follows_surely(key, text, self.from));
            }
            _ => {}
        }
    }

    fn add(&mut self, node: &Node, key: &str, after: String, is_sure: bool) {
        let before = self.text[node.bytes.clone()].to_string();
        if before != after {
            let (line, key, bytes) = (node.place.line, key.to_string(), node.bytes.clone());
            self.changes.push(Change { line, key, before, after, is_sure, bytes });
        }
    }

    /// The new job file, with the changes that are agreed to, by their index.
    pub(crate) fn text(&self, agreed: &[bool]) -> Result<String, Failure> {
        let agreed = self.changes.iter().zip(agreed).filter(|(_, agreed)| **agreed);
        let text = replaced(&self.text, agreed.map(|(change, _)| (change.bytes.clone(), change.after.as_str())));
        if self.said(&text)? == self.said(&self.text)? {
            Ok(text)
        } else {
            Err(Failure::internal("a job that was rolled says something else of its old year"))
        }
    }

    /// What a text says of the old year.
    fn said(&self, text: &str) -> Result<serde_json::Value, Failure> {
        let mut document = document::parse(text, &self.file).map_err(Failure::fixable)?;
        if let Some(year) = document.at_mut(&["job", "period", "year"]) {
            year.value = NodeValue::Integer(self.from.into());
        }
        resolve(&mut document, &self.file).map_err(Failure::fixable)?;
        Ok(document.to_json())
    }
}

/// Whether a text that holds a year follows the period whoever looks at it.
fn follows_surely(key: &str, text: &str, year: i32) -> bool {
    let is_year = following(text, year).starts_with("{year") && text.len() == 4;
    let names_column = text.len() == 5 && text.starts_with('y');
    FOLLOWING.contains(&key) || names_column || (is_year && NAMING.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::load::load_text;

    const JOB: &str = r#"# Rapport 2023
[job]
title = "Rapport {period}"
organisation = "Kommunen"
as_of = "2023-10-15"
period = { kind = "quality_year", year = 2023 } # året

[hierarchy.organisation]
groups = { "A" = ["A 1"] }
renamed = [{ from = "B", to = "A 1", valid_from = "2023-01-01" }]

[source.enkat]
kind = "observations"
title = "Enkät \"hösten\" 2022"
files = ['enkat_2023.xlsx']
wide = [{ header = "Resultat 2023", set = { period = "2023" } }]
columns.indicator = { header = "Fråga", kind = "category" }
columns.area = { header = "Kommun", kind = "category" }

[indicator.enkat]
source = "source.enkat"
title = "Enkät"
what = "andel"
where = { area = "2021", period = "2023" }
"#;

    fn rolled(to: Option<i32>) -> Roll {
        Roll::of(&load_text("jobb.toml", JOB.to_string(), None).expect("a job"), to).expect("another year")
    }

    #[test]
    fn what_follows_the_period_is_written_so_and_what_may_not_is_asked() {
        let roll = rolled(None);
        let of = |is_sure: bool| roll.changes.iter().filter(move |change| change.is_sure == is_sure);
        let sure: Vec<&str> = of(true).map(|change| change.after.as_str()).collect();
        let expected = [
            "\"{year}-10-15\"",
            "2024",
            "\"Enkät \\\"hösten\\\" {year-1}\"",
            "'enkat_{year}.xlsx'",
            "\"Resultat {year}\"",
            "\"{year}\"",
            "\"{year}\"",
        ];
        assert_eq!(sure, expected);
        let asked: Vec<(u32, &str)> = of(false).map(|change| (change.line, change.before.as_str())).collect();
        assert_eq!(asked, [(10, "\"2023-01-01\"")]);
    }

    #[test]
    fn only_what_is_agreed_to_changes() {
        let roll = rolled(Some(2025));
        let none = vec![false; roll.changes.len()];
        assert_eq!(roll.text(&none).expect("nothing is changed"), JOB);
        let sure: Vec<bool> = roll.changes.iter().map(|change| change.is_sure).collect();
        let text = roll.text(&sure).expect("the same is said");
        assert!(text.contains("year = 2025 } # året") && text.contains("valid_from = \"2023-01-01\""), "{text}");
        assert_eq!(text.lines().count(), JOB.lines().count());
    }

    #[test]
    fn a_job_is_not_rolled_to_its_own_year() {
        let loaded = load_text("jobb.toml", JOB.to_string(), None).expect("a job");
        assert!(Roll::of(&loaded, Some(2023)).is_err() && Roll::of(&loaded, Some(9999)).is_err());
    }
}
