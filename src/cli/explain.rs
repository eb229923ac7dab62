//! `kvalis explain`: a printed number, its definition and its rows, as text or JSON.

use std::fmt::Write as _;

use super::args::Global;
use super::print;
use crate::diagnostic::Failure;
use crate::explain::{self, Explanation, Group, Report, RowPlace, SheetBalance};

/// What is shown of a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Show {
    /// Rows of each group.
    pub(super) limit: usize,
    /// Also what a protected report hides.
    pub(super) internal: bool,
}

pub(super) fn explain(report: &str, figure: &str, cell: &[String], show: Show, global: &Global) -> Result<(), Failure> {
    let report = open(report, global)?;
    let asked = explain::find(&report, figure, cell)?;
    let explanation = explain::explain(&report, &asked, show.internal)?;
    print::result(&match global.json {
        true => json(explanation, show.limit)?,
        false => text(&explanation, show.limit),
    })
}

/// Opens the report that is meant, telling what has changed since it was published.
pub(super) fn open(report: &str, global: &Global) -> Result<Report, Failure> {
    let report = Report::open(&explain::published(report)?)?;
    if !global.quiet {
        print::diagnostics(&report.warnings);
    }
    Ok(report)
}

fn json(mut explanation: Explanation, limit: usize) -> Result<String, Failure> {
    explanation.groups.iter_mut().for_each(|group| group.list.truncate(limit));
    let text = serde_json::to_string(&explanation).map_err(|error| Failure::internal(error.to_string()))?;
    Ok(format!("{text}\n"))
}

/// Width of the words at the beginning of lines.
const WORDS: usize = 12;

/// A line of one word and what is said of it.
pub(super) fn line(text: &mut String, word: &str, said: &str) {
    let said = print::visible(said);
    let _ = writeln!(text, "  {word:WORDS$}{said}");
}

fn text(explanation: &Explanation, limit: usize) -> String {
    let mut text = format!("{}\n", print::visible(&explanation.origin));
    line(&mut text, "table", &explanation.title);
    line(&mut text, "row", &explanation.row);
    line(&mut text, "column", &explanation.column);
    if !explanation.printed_in.is_empty() {
        line(&mut text, "printed in", &explanation.printed_in.join(", "));
    }
    let printed = if explanation.printed.is_empty() { "(blank)" } else { &explanation.printed };
    line(&mut text, "printed as", printed);
    if let Some(exact) = &explanation.exact {
        line(&mut text, "unrounded", exact);
    }
    line(&mut text, "definition", &explanation.definition);
    for cell in explanation.computed_of.iter().take(limit) {
        line(&mut text, "of", &format!("{} = {}", cell.origin, cell.printed));
    }
    more(&mut text, explanation.computed_of.len(), limit, "more cell");
    explanation.groups.iter().for_each(|group| of_group(&mut text, group, limit));
    of_balances(&mut text, &explanation.balances);
    explanation.remarks.iter().for_each(|remark| line(&mut text, "note", remark));
    text
}

fn of_group(text: &mut String, group: &Group, limit: usize) {
    let rows = print::counted(group.rows, "row");
    let _ = match group.distinct {
        Some(events) => writeln!(text, "\n{}: {} in {rows}", group.part, print::counted(events, "distinct event")),
        None => writeln!(text, "\n{}: {rows}", group.part),
    };
    group.of.iter().for_each(|said| line(text, "", said));
    if let Some(read) = &group.read {
        line(text, "reads", &format!("`{read}`"));
    }
    for place in group.list.iter().take(limit) {
        line(text, "", &of_place(place));
    }
    more(text, group.list.len(), limit, "more row");
}

/// `file, sheet "Blad1", row 17 (id 4711)`.
pub(super) fn of_place(place: &RowPlace) -> String {
    let sheet = place.sheet.as_ref().map_or(String::new(), |sheet| format!(", sheet \"{sheet}\""));
    let id = place.id.as_ref().map_or(String::new(), |id| format!(" (id {id})"));
    format!("{}{sheet}, row {}{id}", place.file, place.row)
}

fn more(text: &mut String, all: usize, limit: usize, what: &str) {
    if let Some(more) = all.checked_sub(limit).filter(|more| *more > 0) {
        line(text, "", &format!("… {}: --all lists them", print::counted(more as u64, what)));
    }
}

fn of_balances(text: &mut String, balances: &[SheetBalance]) {
    if !balances.is_empty() {
        text.push_str("\nbalance: every row has one fate\n");
    }
    for balance in balances {
        let sheet = balance.sheet.as_ref().map_or(String::new(), |sheet| format!(", sheet \"{sheet}\""));
        let fates: Vec<String> = balance.fates.iter().map(|(fate, rows)| format!("{rows} {fate}")).collect();
        line(text, "", &format!("{}{sheet}: {} read = {}", balance.file, balance.read, fates.join(" + ")));
    }
}
