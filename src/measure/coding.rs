//! The columns of an event source as small numbers: what polars groups by, and what conditions are looked up in.
//!
//! In: a [`crate::store::Dataset`]'s columns. Out: [`Coded`] columns in which a blank is its missing label and every label has one
//! code, and dates read off by a [`Grain`]. Plain Rust, no library.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::cube::{Condition, Grain};
use crate::domain::period::{PeriodRule, date_of};
use crate::store::PlainColumn;

/// A column whose cells are codes of labels, one or several a row.
#[derive(Debug, Clone)]
pub(super) struct Coded {
    pub labels: Vec<Arc<str>>,
    pub cells: Cells,
}

#[derive(Debug, Clone)]
pub(super) enum Cells {
    One(Vec<u32>),
    /// Row `i` has the codes `codes[offsets[i]..offsets[i + 1]]`, each code once.
    Many {
        offsets: Vec<u32>,
        codes: Vec<u32>,
    },
}

impl Coded {
    /// Codes of a column's cells; dates and numbers by their text, blanks by `missing`.
    pub(super) fn of(column: &PlainColumn, missing: &str) -> Coded {
        let mut labels = Labels::default();
        let cells = match column {
            PlainColumn::Labels { codes, labels: texts } => {
                let recoded = Recoding::of(&mut labels, texts, missing);
                Cells::One(codes.iter().map(|code| recoded.code(*code)).collect())
            }
            PlainColumn::Lists { offsets, codes, labels: texts } => {
                lists(&Recoding::of(&mut labels, texts, missing), offsets, codes)
            }
            column => Cells::One(scalars(column, &mut labels, missing)),
        };
        Coded { labels: labels.texts, cells }
    }

    /// The codes of a row.
    pub(super) fn row(&self, row: usize) -> &[u32] {
        match &self.cells {
            Cells::One(codes) => std::slice::from_ref(&codes[row]),
            Cells::Many { offsets, codes } => &codes[offsets[row] as usize..offsets[row + 1] as usize],
        }
    }

    /// Per row whether the condition holds: the row has (or has not) one of its values.
    pub(super) fn holds(&self, condition: &Condition, rows: usize) -> Vec<bool> {
        let wanted: Vec<bool> =
            self.labels.iter().map(|label| condition.values.iter().any(|value| **value == **label)).collect();
        let has = |row: usize| self.row(row).iter().any(|code| wanted[*code as usize]);
        (0..rows).map(|row| has(row) != condition.negated).collect()
    }
}

/// Labels with their codes while a column is being coded.
#[derive(Default)]
struct Labels {
    texts: Vec<Arc<str>>,
    codes: HashMap<Arc<str>, u32>,
}

impl Labels {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let (text, code): (Arc<str>, u32) = (Arc::from(text), self.texts.len() as u32);
        self.texts.push(text.clone());
        self.codes.insert(text, code);
        code
    }
}

/// From the codes of a Parquet dictionary to ours: a label that stands twice, or equals the missing label, has one.
struct Recoding {
    codes: Vec<u32>,
    missing: u32,
}

impl Recoding {
    fn of(labels: &mut Labels, texts: &[String], missing: &str) -> Recoding {
        let codes = texts.iter().map(|text| labels.code(text)).collect();
        Recoding { codes, missing: labels.code(missing) }
    }

    /// `u32::MAX` (a blank) lies beyond every dictionary.
    fn code(&self, code: u32) -> u32 {
        self.codes.get(code as usize).copied().unwrap_or(self.missing)
    }
}

fn lists(recoded: &Recoding, offsets: &[u32], codes: &[u32]) -> Cells {
    let mut ends = vec![0];
    let mut all = Vec::with_capacity(codes.len());
    for bounds in offsets.windows(2) {
        let start = all.len();
        for code in &codes[bounds[0] as usize..bounds[1] as usize] {
            let code = recoded.code(*code);
            if !all[start..].contains(&code) {
                all.push(code);
            }
        }
        if all.len() == start {
            all.push(recoded.missing);
        }
        ends.push(all.len() as u32);
    }
    Cells::Many { offsets: ends, codes: all }
}

fn scalars(column: &PlainColumn, labels: &mut Labels, missing: &str) -> Vec<u32> {
    let mut code = |text: Option<String>| labels.code(text.as_deref().unwrap_or(missing));
    match column {
        PlainColumn::Days(days) => days.iter().map(|day| code(day.map(|day| date_of(day).to_string()))).collect(),
        PlainColumn::Numbers(numbers) => numbers.iter().map(|number| code(number.map(number_text))).collect(),
        PlainColumn::YesNo(answers) => answers.iter().map(|yes| code(yes.map(yes_no_text))).collect(),
        PlainColumn::Texts(texts) => texts.iter().map(|text| code(text.clone())).collect(),
        PlainColumn::Rows(rows) => rows.iter().map(|row| code(Some(row.to_string()))).collect(),
        PlainColumn::Labels { .. } | PlainColumn::Lists { .. } => Vec::new(),
    }
}

/// A number as a label: whole ones without decimals, others with a decimal comma.
pub(super) fn number_text(number: f64) -> String {
    format!("{number}").replace('.', ",")
}

pub(super) fn yes_no_text(yes: bool) -> String {
    if yes { "Ja" } else { "Nej" }.to_string()
}

/// Year, quarter or month of days, each distinct day computed once; `None` where the date is missing.
pub(super) fn time_of(days: &[Option<i32>], grain: Grain, rule: PeriodRule) -> Vec<Option<i32>> {
    let mut known: BTreeMap<i32, i32> = BTreeMap::new();
    let mut read = |day: i32| *known.entry(day).or_insert_with(|| read_off(day, grain, rule));
    days.iter().map(|day| day.map(&mut read)).collect()
}

fn read_off(day: i32, grain: Grain, rule: PeriodRule) -> i32 {
    match grain {
        Grain::Value => day,
        Grain::Period => rule.year_of(day),
        Grain::CalendarYear => i32::from(date_of(day).year()),
        Grain::Quarter => i32::from(rule.quarter_of(day)),
        Grain::Month => i32::from(date_of(day).month()),
    }
}

/// Dense codes of ids: rows of one event share one. A blank id (there should be none) is an event of its own.
pub(super) fn event_codes(column: &PlainColumn) -> Vec<u32> {
    match column {
        PlainColumn::Texts(texts) => distinct_codes(texts.iter().map(|text| text.as_deref())),
        PlainColumn::Labels { codes, labels } => {
            distinct_codes(codes.iter().map(|code| labels.get(*code as usize).map(String::as_str)))
        }
        column => {
            let coded = Coded::of(column, "");
            let rows = match &coded.cells {
                Cells::One(codes) => codes.len(),
                Cells::Many { offsets, .. } => offsets.len() - 1,
            };
            (0..rows).map(|row| coded.row(row)[0]).collect()
        }
    }
}

fn distinct_codes<'t>(ids: impl Iterator<Item = Option<&'t str>>) -> Vec<u32> {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        next - 1
    };
    ids.map(|id| match id {
        Some(id) => *known.entry(id).or_insert_with(&mut fresh),
        None => fresh(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(labels: &[&str]) -> Vec<String> {
        labels.iter().map(|label| label.to_string()).collect()
    }

    #[test]
    fn a_blank_that_is_called_like_a_label_is_that_label() {
        let column = PlainColumn::Labels { codes: vec![0, u32::MAX], labels: texts(&["Okänt"]) };
        let coded = Coded::of(&column, "Okänt");
        assert_eq!((coded.row(0), coded.labels.len()), (coded.row(1), 1));
    }

    #[test]
    fn an_empty_list_is_the_missing_label_and_a_repeated_value_stands_once() {
        let column = PlainColumn::Lists { offsets: vec![0, 0, 3], codes: vec![0, 1, 0], labels: texts(&["a", "b"]) };
        let coded = Coded::of(&column, "Uppgift saknas");
        assert_eq!(&*coded.labels[coded.row(0)[0] as usize], "Uppgift saknas");
        assert_eq!(coded.row(1), [0, 1]);
    }

    #[test]
    fn a_negated_condition_holds_for_rows_that_have_none_of_the_values() {
        let column = PlainColumn::Lists { offsets: vec![0, 2, 3, 3], codes: vec![0, 1, 1], labels: texts(&["a", "b"]) };
        let condition = Condition { column: "typ".into(), values: texts(&["a"]), negated: true };
        assert_eq!(Coded::of(&column, "saknas").holds(&condition, 3), [false, true, true]);
    }

    #[test]
    fn ids_are_events_however_they_are_stored() {
        let stored = PlainColumn::Labels { codes: vec![1, 0, 1], labels: texts(&["A2", "A1"]) };
        let plain = PlainColumn::Texts(vec![Some("A1".into()), Some("A2".into()), Some("A1".into())]);
        assert_eq!(event_codes(&stored), event_codes(&plain));
        assert_eq!(event_codes(&PlainColumn::Texts(vec![None, None])), [0, 1]);
        assert_eq!(event_codes(&PlainColumn::Numbers(vec![Some(7.0), Some(8.0), Some(7.0)])), [0, 1, 0]);
    }

    #[test]
    fn numbers_as_labels_have_a_decimal_comma() {
        assert_eq!((number_text(3.0), number_text(2.5)), ("3".to_string(), "2,5".to_string()));
    }
}
