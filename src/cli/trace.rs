//! `kvalis trace`: a row's fate and the numbers that it is part of, as text or JSON.

use std::fmt::Write as _;
use std::path::Path;

use super::args::Global;
use super::explain::{in_sheet, line, of_place, open};
use super::print;
use crate::diagnostic::Failure;
use crate::explain::{self, RowFate, Trace, TracedTable};
use crate::published;

/// Folder in which runs are looked for when no report is named.
const OUTPUT: &str = "output";

pub(super) fn trace(
    file: &str,
    sheet: &str,
    row: u32,
    report: Option<&str>,
    internal: bool,
    global: &Global,
) -> Result<(), Failure> {
    let report = match report {
        Some(report) => open(report, global)?,
        None => open(&published::newest(Path::new(OUTPUT))?.display().to_string(), global)?,
    };
    let trace = explain::trace(&report, file, Some(sheet).filter(|sheet| *sheet != "-"), row, internal)?;
    if !global.json {
        return print::result(&text(&trace, &report.folder));
    }
    let text = serde_json::to_string(&trace).map_err(|error| Failure::internal(error.to_string()))?;
    print::result(&format!("{text}\n"))
}

fn text(trace: &Trace, folder: &Path) -> String {
    let file = in_sheet(&trace.file, trace.sheet.as_deref());
    let place = print::visible(&say!("cli-place", file, row = trace.row, id = ""));
    let mut text = format!("{}\n", say!("cli-trace-row-in-folder", place, folder = folder.display()));
    trace.fates.iter().for_each(|fate| of_fate(&mut text, fate));
    if trace.numbers > 0 {
        let numbers = say!("cli-trace-part-of-numbers", n = trace.numbers, computed = trace.computed);
        let _ = writeln!(text, "\n{numbers}");
    }
    trace.tables.iter().for_each(|table| of_table(&mut text, table));
    text
}

fn of_fate(text: &mut String, fate: &RowFate) {
    let id = fate.id.as_ref().map_or(String::new(), |id| format!(" (id {id})"));
    let detail = fate.detail.as_ref().map_or(String::new(), |detail| format!(": {detail}"));
    line(
        text,
        &say!("cli-trace-fate"),
        &say!("cli-trace-fate-in-source", fate = fate.fate, source = fate.source, id, detail),
    );
    if let Some(place) = &fate.same_as {
        line(text, &say!("cli-trace-same-id-as"), &of_place(place));
    }
}

fn of_table(text: &mut String, table: &TracedTable) {
    let printed =
        if table.printed_in.is_empty() { String::new() } else { format!(" [{}]", table.printed_in.join(", ")) };
    let _ = writeln!(text, "\n{}", print::visible(&format!("{} \"{}\"{printed}", table.measure, table.title)));
    for part in &table.parts {
        line(text, part.part, &format!("{} | {} = {}", part.row, part.column, part.printed));
    }
    if table.computed > 0 {
        line(text, &say!("cli-trace-computed"), &say!("cli-trace-more-numbers", n = table.computed));
    }
}
