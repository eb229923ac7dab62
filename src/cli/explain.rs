//! `kvalis explain`: a printed number, its definition and its rows, as text or JSON.

use std::fmt::Write as _;

use super::args::Global;
use super::print;
use crate::diagnostic::Failure;
use crate::explain::{self, Explanation, Group, Report, RowPlace};
use crate::published::{self, SheetBalance};

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
    print::result(&if global.json { json(explanation, show.limit)? } else { text(&explanation, show.limit) })
}

/// Opens the report that is meant, telling what has changed since it was published.
pub(super) fn open(report: &str, global: &Global) -> Result<Report, Failure> {
    let report = Report::open(&published::meant(report)?)?;
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
    line(&mut text, &say!("cli-explain-table"), &explanation.title);
    line(&mut text, &say!("cli-explain-row"), &explanation.row);
    line(&mut text, &say!("cli-explain-column"), &explanation.column);
    if !explanation.printed_in.is_empty() {
        line(&mut text, &say!("cli-explain-printed-in"), &explanation.printed_in.join(", "));
    }
    let printed = if explanation.printed.is_empty() { &say!("cli-explain-blank") } else { &explanation.printed };
    line(&mut text, &say!("cli-explain-printed-as"), printed);
    if let Some(exact) = &explanation.exact {
        line(&mut text, &say!("cli-explain-unrounded"), exact);
    }
    line(&mut text, &say!("cli-explain-definition"), &explanation.definition);
    for cell in explanation.computed_of.iter().take(limit) {
        line(&mut text, &say!("cli-explain-of"), &format!("{} = {}", cell.origin, cell.printed));
    }
    more(&mut text, explanation.computed_of.len(), limit, |n| say!("cli-explain-more-cells", n));
    explanation.groups.iter().for_each(|group| of_group(&mut text, group, limit));
    of_balances(&mut text, &explanation.balances);
    explanation.remarks.iter().for_each(|remark| line(&mut text, &say!("cli-explain-note"), remark));
    text
}

fn of_group(text: &mut String, group: &Group, limit: usize) {
    let rows = say!("cli-rows", n = group.rows);
    let counted = match group.distinct {
        Some(n) => say!("cli-explain-distinct-events-in-rows", n, rows),
        None => rows,
    };
    let _ = writeln!(text, "\n{}: {counted}", group.part);
    group.of.iter().for_each(|said| line(text, "", said));
    if let Some(read) = &group.read {
        line(text, &say!("cli-explain-reads"), &format!("`{read}`"));
    }
    for place in group.list.iter().take(limit) {
        line(text, "", &of_place(place));
    }
    more(text, group.list.len(), limit, |n| say!("cli-explain-more-rows", n));
}

/// `file, sheet "Blad1", row 17 (id 4711)`.
pub(super) fn of_place(place: &RowPlace) -> String {
    let id = place.id.as_ref().map_or(String::new(), |id| say!("cli-place-id", id));
    say!("cli-place", file = in_sheet(&place.file, place.sheet.as_deref()), row = place.row, id)
}

/// `file, sheet "Blad1"`.
pub(super) fn in_sheet(file: &str, sheet: Option<&str>) -> String {
    sheet.map_or_else(|| file.to_string(), |sheet| say!("diagnostic-at-sheet", file, sheet))
}

fn more(text: &mut String, all: usize, limit: usize, told: fn(usize) -> String) {
    if let Some(more) = all.checked_sub(limit).filter(|more| *more > 0) {
        line(text, "", &told(more));
    }
}

fn of_balances(text: &mut String, balances: &[SheetBalance]) {
    if !balances.is_empty() {
        let _ = writeln!(text, "\n{}", say!("cli-explain-every-row-has-one-fate"));
    }
    for balance in balances {
        let file = in_sheet(&balance.file, balance.sheet.as_deref());
        let fates: Vec<String> = balance.fates.iter().map(|(fate, rows)| format!("{rows} {fate}")).collect();
        line(text, "", &say!("cli-explain-balance", file, read = balance.read, fates = fates.join(" + ")));
    }
}
