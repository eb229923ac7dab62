//! What lies behind the words, for the analyst: the test of each number that a sentence or table of the report shows.
//!
//! In: the composed document and the measured tables. Out: one note per bound number whose row was tested, in the order
//! of the report, and from them `underlag.md` and `underlag.json`. They stand beside the report, never in it.

use std::collections::BTreeSet;

use serde_json::json;

use super::document::{Block, Document, Inline, TableBlock};
use super::values::{print_value, row_name};
use crate::domain::swedish::decimal;
use crate::domain::table::{MeasureTable, Role, TableRow, Value};

/// The test behind a number of the report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AnalystNote {
    /// "3.2 Avvikelser" or "Tabell 4".
    pub place: String,
    /// The sentence, or the table's caption.
    pub sentence: String,
    /// `breakdown.x|row`
    pub origin: String,
    pub method: String,
    pub p: f64,
    /// Absent where one test was made.
    pub adjusted_p: Option<f64>,
    /// What the test allows to say; empty where the measure says it in words itself.
    pub word: String,
    /// Values that the test compared, as printed: "928 (821)".
    pub values: String,
    /// Events or answers behind the two values, "391 och 400"; the counts themselves have none.
    pub n: String,
    /// "24–33", of the value, 95 %.
    pub interval: String,
}

/// The notes of a report.
pub(crate) fn notes(document: &Document, tables: &[MeasureTable]) -> Vec<AnalystNote> {
    let mut collector = Collector { tables, place: String::new(), notes: Vec::new(), seen: BTreeSet::new() };
    collector.blocks(&document.blocks);
    collector.notes
}

struct Collector<'a> {
    tables: &'a [MeasureTable],
    place: String,
    notes: Vec<AnalystNote>,
    seen: BTreeSet<(String, String)>,
}

impl Collector<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { number, inlines, .. } => {
                    self.place = format!("{number} {}", Inline::plain(inlines)).trim().to_string();
                }
                Block::Paragraph(inlines) => self.paragraph(inlines),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(inner) | Block::Note(inner) => self.blocks(inner),
                Block::Table(table) => self.table(table),
                Block::KeyNumbers(numbers) => {
                    numbers.iter().filter_map(|number| number.sentence.as_ref()).for_each(|said| self.paragraph(said));
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, inlines: &[Inline]) {
        let text = Inline::plain(inlines);
        for (at, origin) in bound(inlines, 0) {
            let (place, sentence) = (self.place.clone(), sentence_at(&text, at));
            self.add(place, sentence, &origin);
        }
    }

    /// Every tested row of a printed table.
    fn table(&mut self, table: &TableBlock) {
        let place = table.number.map_or(self.place.clone(), |number| printed!("write-table-number", number));
        for row in &table.measure.rows {
            let origin = format!("{}|{}|", table.measure.name, row_name(row));
            self.add(place.clone(), table.caption.clone(), &origin);
        }
    }

    fn add(&mut self, place: String, sentence: String, origin: &str) {
        let mut parts = origin.splitn(3, '|');
        let (Some(name), Some(row)) = (parts.next(), parts.next()) else { return };
        let Some(table) = self.tables.iter().find(|table| table.name == name) else { return };
        let Some(found) = table.rows.iter().find(|known| row_name(known) == row) else { return };
        let origin = format!("{name}|{row}");
        if let Some(note) = note(table, found, place, sentence, origin.clone())
            && self.seen.insert((note.sentence.clone(), origin))
        {
            self.notes.push(note);
        }
    }
}

/// Bound inlines with their place in the plain text, in bytes.
fn bound(inlines: &[Inline], from: usize) -> Vec<(usize, String)> {
    let (mut at, mut found) = (from, Vec::new());
    for inline in inlines {
        match inline {
            Inline::Bound { origin, .. } => found.push((at, origin.clone())),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { inlines: inner, .. } => {
                found.extend(bound(inner, at));
            }
            _ => {}
        }
        at += Inline::plain(std::slice::from_ref(inline)).len();
    }
    found
}

/// The sentence of a text that holds this byte.
fn sentence_at(text: &str, at: usize) -> String {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..at].rfind(". ").map_or(0, |end| end + 2);
    let end = text[at..].find(". ").map_or(text.len(), |end| at + end + 1);
    text[start..end].trim().to_string()
}

fn note(table: &MeasureTable, row: &TableRow, place: String, sentence: String, origin: String) -> Option<AnalystNote> {
    let number = |role: Role| match row.values.get(table.column_of_role(role)?) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let text = |column: Option<usize>| match column.and_then(|column| row.values.get(column)) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Said(said)) => said.text(),
        _ => String::new(),
    };
    Some(AnalystNote {
        place,
        sentence,
        origin,
        method: text(table.column("test")),
        p: number(Role::PValue)?,
        adjusted_p: number(Role::AdjustedP),
        word: text(table.column_of_role(Role::Development)),
        values: values(table, row),
        n: answers(table, row),
        interval: interval(table, row),
    })
}

/// The two columns that were compared.
fn compared(table: &MeasureTable) -> (Option<usize>, Option<usize>) {
    let now = table.column_of_role(Role::Current).or(table.column("share"));
    (now, table.column("previous_share").or(table.column_of_role(Role::Previous)))
}

fn values(table: &MeasureTable, row: &TableRow) -> String {
    let print = |column: usize| row.values.get(column).map(|value| print_value(value, &table.columns[column]));
    match compared(table) {
        (Some(now), Some(then)) => {
            format!("{} ({})", print(now).unwrap_or_default(), print(then).unwrap_or_default())
        }
        _ => String::new(),
    }
}

fn answers(table: &MeasureTable, row: &TableRow) -> String {
    let n = |column: Option<usize>| {
        let column = column?;
        match row.values[column] {
            Value::Share { denominator, .. } => Some(denominator.to_string()),
            _ => match row.values[table.n_of(column)?] {
                Value::Count(n) => Some(n.to_string()),
                _ => None,
            },
        }
    };
    let (now, then) = compared(table);
    match (n(now), n(then)) {
        (Some(now), Some(then)) => printed!("write-both", now, then),
        _ => String::new(),
    }
}

fn interval(table: &MeasureTable, row: &TableRow) -> String {
    let limits = compared(table).0.and_then(|now| table.limits_of(now));
    let Some((lower, upper)) = limits else { return String::new() };
    match (&row.values[lower], &row.values[upper]) {
        (Value::Number(lower), Value::Number(upper)) => format!("{}–{}", decimal(*lower, 1), decimal(*upper, 1)),
        _ => String::new(),
    }
}

/// A p-value as an analyst reads it: three decimals, or "under 0,001".
fn p_text(p: f64) -> String {
    if p < 0.001 { printed!("write-p-under") } else { decimal(p, 3) }
}

/// `underlag.md`.
pub(crate) fn markdown(notes: &[AnalystNote]) -> String {
    let [heading, of_words, of_lines] =
        [word!("write-notes"), word!("write-notes-of-words"), word!("write-notes-of-lines")];
    let mut text = format!("# {heading}\n\n{of_words}\n\n{of_lines}\n");
    let mut last: Option<(&str, &str)> = None;
    for note in notes {
        if last != Some((&note.place, &note.sentence)) {
            text.push_str(&format!("\n## {}\n\n{}\n\n", one_line(&note.place), one_line(&note.sentence)));
            last = Some((&note.place, &note.sentence));
        }
        text.push_str(&format!("- {}\n", one_line(&line(note))));
    }
    text
}

fn line(note: &AnalystNote) -> String {
    let given = |label: &str, text: &str| (!text.is_empty()).then(|| format!("{label}{text}"));
    let parts = [
        given("", &note.values),
        given("n ", &note.n),
        given("95 % intervall ", &note.interval),
        given("", &note.method),
        Some(format!("p {}", p_text(note.p))),
        note.adjusted_p.map(|p| printed!("write-adjusted-p", p = p_text(p))),
        given("", &note.word),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("`{}`: {}", note.origin.replace('`', "'"), parts.join("; "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `underlag.json`: the same, with p-values unrounded.
pub(crate) fn json(notes: &[AnalystNote]) -> String {
    let notes: Vec<serde_json::Value> = notes
        .iter()
        .map(|note| {
            json!({
                "place": note.place, "sentence": note.sentence, "origin": note.origin, "method": note.method,
                "p": note.p, "p_adjusted": note.adjusted_p, "word": note.word, "values": note.values, "n": note.n,
                "interval_95": note.interval,
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(notes))
}
