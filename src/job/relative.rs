//! What a job file says relative to its period: `{year}`, `{year-1}`, `{period}`, `{period.start}`, `{period.end}`, in any
//! text of the file.
//!
//! In: the tree of the file. Out: the same tree, in which every such text says its year; or the places that name something
//! else. So the year stands once, under `[job]`, and the same file is right a year later. Other braces (`{each}`, the
//! templates' `{{ … }}`) are left as they are. Never: keys, which are names.

use crate::diagnostic::{Code, Diagnostic, Location, nearest};
use crate::domain::period::{PeriodRule, date_of};
use crate::vocabulary::checks::YEARS;
use crate::vocabulary::document::{LineColumn, Node, NodeValue};

use super::spec::PeriodSpec;

/// What may stand in braces; `{year-1}` and the like besides.
const KNOWN: [&str; 4] = ["year", "period", "period.start", "period.end"];

/// Years that a job is about beside its own: earlier ones that it compares with, the one that it plans for.
const NEAR: std::ops::RangeInclusive<i32> = -10..=2;

/// Fills every text of the file. A file whose period is not whole is left to the schema, which says what is missing.
pub(super) fn resolve(document: &mut Node, file: &str) -> Result<(), Vec<Diagnostic>> {
    let period = document.at(&["job", "period"]).map(Node::to_json);
    let period = period.and_then(|period| serde_json::from_value::<PeriodSpec>(period).ok());
    let Some(period) = period.filter(|period| YEARS.contains(&period.year)) else { return Ok(()) };
    let mut texts = Texts { rule: period.rule(), year: period.year, file, found: Vec::new() };
    texts.fill(document);
    if texts.found.is_empty() { Ok(()) } else { Err(texts.found) }
}

struct Texts<'f> {
    rule: PeriodRule,
    year: i32,
    file: &'f str,
    found: Vec<Diagnostic>,
}

impl Texts<'_> {
    fn fill(&mut self, node: &mut Node) {
        match &mut node.value {
            NodeValue::Text(text) if text.contains('{') => *text = self.filled(text, node.place),
            NodeValue::List(items) => items.iter_mut().for_each(|item| self.fill(item)),
            NodeValue::Table(entries) => entries.iter_mut().for_each(|entry| self.fill(&mut entry.node)),
            _ => {}
        }
    }

    fn filled(&mut self, text: &str, place: LineColumn) -> String {
        let (mut filled, mut rest) = (String::with_capacity(text.len()), text);
        while let Some((before, named, after)) = next_braces(rest) {
            filled.push_str(before);
            match self.value(named) {
                Some(value) => filled.push_str(&value),
                None => {
                    self.complain(named, place);
                    filled.push_str(&format!("{{{named}}}"));
                }
            }
            rest = after;
        }
        filled + rest
    }

    /// What stands for a name, also for one that means nothing to us; `None` for one that was meant and is misspelt.
    fn value(&self, named: &str) -> Option<String> {
        let plain: String = named.chars().filter(|letter| !letter.is_whitespace()).collect();
        let date = |day: i32| date_of(day).to_string();
        match plain.as_str() {
            "period" => Some(self.rule.name_of(self.year)),
            "period.start" => Some(date(self.rule.days_of(self.year).0)),
            "period.end" => Some(date(self.rule.days_of(self.year).1)),
            plain => match steps_from_year(plain) {
                Some(steps) => Some((self.year + steps).to_string()),
                None => (!is_meant(plain)).then(|| format!("{{{named}}}")),
            },
        }
    }

    fn complain(&mut self, named: &str, place: LineColumn) {
        let at = Location::JobFile { file: self.file.to_string(), line: place.line, column: place.column };
        let meant = nearest(named, KNOWN).map_or(String::new(), |meant| say!("job-did-you-mean-braces", meant));
        let message = say!("job-braces-name-nothing", named, meant);
        self.found.push(Diagnostic::error(Code::BadValue, message, at).help(say!("job-braces-that-follow-the-period")));
    }
}

/// The text with each year near the job's own written relative to it: "keks_2023" → "keks_{year}".
pub(crate) fn following(text: &str, year: i32) -> String {
    let (mut followed, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let length = rest[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len() - start);
        let (before, digits) = (&rest[..start], &rest[start..start + length]);
        followed.push_str(before);
        followed.push_str(&in_braces(digits, year).unwrap_or_else(|| digits.to_string()));
        rest = &rest[start + length..];
    }
    followed + rest
}

/// Four digits that are a year near the job's.
fn in_braces(digits: &str, year: i32) -> Option<String> {
    let steps = digits.parse::<i32>().ok().filter(|_| digits.len() == 4)? - year;
    match steps {
        0 => Some("{year}".to_string()),
        steps if NEAR.contains(&steps) => Some(format!("{{year{steps:+}}}")),
        _ => None,
    }
}

/// `year`, `year-1`, `year+1`: how many years from the job's.
fn steps_from_year(plain: &str) -> Option<i32> {
    match plain.strip_prefix("year")? {
        "" => Some(0),
        steps if steps.starts_with(['+', '-']) && steps.len() <= 4 => steps.parse().ok(),
        _ => None,
    }
}

/// True for what looks like one of ours: a word that begins as they do, or is as good as one.
fn is_meant(plain: &str) -> bool {
    let word: String = plain.chars().take_while(|letter| letter.is_alphabetic()).collect();
    let word = word.to_lowercase();
    ["year", "period", "år"].iter().any(|known| word.starts_with(known)) || nearest(&word, ["year", "period"]).is_some()
}

/// The text before the next `{…}`, what stands in it, and the text after. Doubled braces and `{%` are the templates'.
fn next_braces(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('{').find_map(|(start, _)| {
        let (before, inside) = (&text[..start], &text[start + 1..]);
        let (named, after) = inside.split_once('}')?;
        let is_ours = named.trim_start().starts_with(char::is_alphabetic) && !named.contains('{');
        (is_ours && !before.ends_with('{') && !after.starts_with('}')).then_some((before, named, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::document::parse;

    fn resolved(text: &str) -> Result<Vec<String>, Vec<String>> {
        let head = "[job]\nperiod = { kind = \"quality_year\", year = 2023 }\n";
        let mut document = parse(&format!("{head}x = [{text}]\n"), "job.toml").expect("valid TOML");
        let told = |found: Vec<Diagnostic>| found.into_iter().map(|found| found.message).collect::<Vec<String>>();
        resolve(&mut document, "job.toml").map_err(told)?;
        let NodeValue::List(items) = &document.at(&["job", "x"]).expect("x is there").value else { panic!("a list") };
        Ok(items.iter().filter_map(|item| item.to_json().as_str().map(String::from)).collect())
    }

    #[test]
    fn a_text_follows_the_period() {
        let texts =
            resolved(r#""keks_{year}.xlsx", "{year-2}–{ year + 1 }", "{period.start}/{period.end}", "{period}""#);
        let expected = ["keks_2023.xlsx", "2021–2024", "2022-09-01/2023-08-31", "kvalitetsår 2023"];
        assert_eq!(texts.expect("all are known"), expected);
    }

    #[test]
    fn a_literal_year_is_written_relative_to_the_jobs() {
        let text = "keks_2023.xlsx 2021-12-31 y2022 2024 1998 20231231 188";
        let followed = "keks_{year}.xlsx {year-2}-12-31 y{year-1} {year+1} 1998 20231231 188";
        assert_eq!(following(text, 2023), followed);
    }

    #[test]
    fn other_braces_are_left_alone() {
        let texts = r#""{each}", "{{ value(\"y{year}\") }}", "{% if x %}", "{", "}{", "[0-9]{4}", "{a,b}", "{{year}}""#;
        let expected = ["{each}", "{{ value(\"y2023\") }}", "{% if x %}", "{", "}{", "[0-9]{4}", "{a,b}", "{{year}}"];
        assert_eq!(resolved(texts).expect("none is ours"), expected);
    }

    #[test]
    fn what_was_meant_and_is_misspelt_is_told() {
        for wrong in ["{yaer}", "{Year}", "{years}", "{year-one}", "{period.ends}", "{år}", "{year*2}"] {
            assert!(resolved(&format!("\"{wrong}\"")).is_err(), "{wrong}");
        }
    }
}
