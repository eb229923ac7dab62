//! A comparison as text for a terminal: what changed, grouped by measure, and why.
//!
//! In: a [`Comparison`]. Out: English tool words around the Swedish titles and labels of the tables; the last line says
//! it all, for those who keep one line only.

use super::cause::{Cause, FileChange, FileFate, SourceChange};
use super::job::KeyChange;
use super::numbers::{CellChange, TableChange, TableFate};
use super::places;
use super::rows::{RowChanges, RowFacts};
use super::words::{ENGLISH, counted, of_cell};
use super::{Comparison, MeasureChange, Side};
use crate::domain::swedish;

/// Cells, keys and rows of a kind that are shown before the rest is counted.
const SHOWN: usize = 12;

/// Characters of a value of the job file that are shown.
const VALUE_LENGTH: usize = 60;

/// The whole text. `all`: every changed number, those of tests and intervals too.
pub fn text(comparison: &Comparison, all: bool) -> String {
    let mut lines = vec![head(comparison)];
    let sources = comparison.sources.iter();
    lines.extend(sources.map(|source| source_text(source, comparison, all)));
    lines.extend(comparison.measures.iter().map(|measure| measure_text(measure, comparison, all)));
    if !comparison.not_compared.is_empty() {
        let year = comparison.year.map_or_else(String::new, |year| format!(" of {year}"));
        let tables = counted(comparison.not_compared.len() as u64, "table has", "tables have");
        let names = shortened(&comparison.not_compared, if all { usize::MAX } else { SHOWN });
        lines.push(format!("{tables} no number{year} in one of the runs: {names}\n"));
    }
    lines.push(summary(comparison));
    lines.join("\n")
}

fn head(comparison: &Comparison) -> String {
    let run = |side: &Side| format!("{}, {}", side.job, side.period);
    let (old, new) = (&comparison.old, &comparison.new);
    let mut text = format!("old: {}\nnew: {}\n", run(old), run(new));
    if old.job != new.job {
        text.push_str("the runs are of different jobs: tables of the same name are compared\n");
    }
    if old.is_protected || new.is_protected {
        text.push_str(
            "small counts are hidden; keep this comparison inside the house, as two versions can give them away\n",
        );
    }
    if let Some(year) = comparison.year {
        text.push_str(&format!("compared: the numbers of {year} in either run\n"));
    }
    if old.program != new.program {
        text.push_str(&format!("program: {} → {}\n", old.program.build, new.program.build));
    }
    text
}

/// The one line that says it all.
pub fn summary(comparison: &Comparison) -> String {
    let name = &comparison.new.job;
    if comparison.is_equal() {
        return format!("{name}: equal; {}\n", counted(comparison.equal, "number is the same", "numbers are the same"));
    }
    let changed = counted(comparison.changed(), "number", "numbers");
    let measures = counted(comparison.measures.len() as u64, "measure", "measures");
    let causes = comparison.measures.iter().flat_map(|measure| &measure.causes);
    let mut kinds: Vec<&str> = causes.map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let (rows, columns, tables) = comparison.came_or_went();
    let came_or_went: String = [(rows, "row", "rows"), (columns, "column", "columns"), (tables, "table", "tables")]
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{} came or went, ", counted(n, one, many)))
        .collect();
    format!(
        "{name}: different; {changed} changed, {came_or_went}{} equal, differences in {measures}; {}: {}\n",
        comparison.equal,
        if kinds.len() == 1 { "cause" } else { "causes" },
        kinds.join(", ")
    )
}

/// A cause in a word or two.
pub(super) fn kind(cause: &Cause) -> &'static str {
    match cause {
        Cause::Input(_) => "input",
        Cause::Job(_) => "job",
        Cause::Program => "program",
        Cause::Year { .. } => "another year",
        Cause::Protection => "protection",
        Cause::Words => "words",
        Cause::Unknown => "unknown",
    }
}

fn measure_text(measure: &MeasureChange, comparison: &Comparison, all: bool) -> String {
    let mut text = format!("{}\n", measure.name);
    for cause in &measure.causes {
        text.push_str(&cause_text(cause, comparison, all));
    }
    for table in &measure.tables {
        text.push_str(&table_text(table, all));
    }
    text
}

fn cause_text(cause: &Cause, comparison: &Comparison, all: bool) -> String {
    match cause {
        Cause::Input(name) => {
            let source = comparison.sources.iter().find(|source| source.name == *name);
            let files: Vec<String> = source.iter().flat_map(|source| source.files.iter().map(file_text)).collect();
            format!("  cause: input, {}\n", files.join(", "))
        }
        Cause::Job(keys) => keys_text(keys, all),
        Cause::Program => "  cause: the program changed\n".into(),
        Cause::Year { old, new } => {
            format!("  cause: the runs are of {old} and {new}, and the measure is made of all their years\n")
        }
        Cause::Protection => {
            "  cause: cells are hidden together with those of other tables, which have changed\n".into()
        }
        Cause::Words => "  only words that readers see are others\n".into(),
        Cause::Unknown => "  cause: not known; job, exports and program are the same\n".into(),
    }
}

fn source_text(source: &SourceChange, comparison: &Comparison, all: bool) -> String {
    let files: Vec<String> = source.files.iter().map(file_text).collect();
    let files = if files.is_empty() { "the same files, read in another way".to_string() } else { files.join(", ") };
    let mut text = format!("input: source.{}: {files}\n", source.name);
    let (read, kept) = (source.read, source.kept);
    text.push_str(&format!("  rows read {} → {}, kept {} → {}", read.0, read.1, kept.0, kept.1));
    for (fate, (was, is)) in &source.fates {
        text.push_str(&format!(", {fate} {was} → {is}"));
    }
    text.push('\n');
    match &source.rows {
        Some(rows) => text.push_str(&rows_text(rows, source.date.as_deref(), comparison.year, all)),
        None => text.push_str("  the rows can't be compared: one of the runs has none of this source\n"),
    }
    text
}

fn file_text(file: &FileChange) -> String {
    let what = match file.what {
        FileFate::Changed => "changed",
        FileFate::Came => "is new",
        FileFate::Went => "is gone",
    };
    format!("{} {what}", file.file)
}

fn rows_text(rows: &RowChanges, date: Option<&str>, year: Option<i32>, all: bool) -> String {
    let mut text = String::new();
    let of = year.filter(|_| date.is_some()).map_or_else(String::new, |year| format!(" of {year}"));
    let mut told = |facts: Vec<&RowFacts>, what: &str| {
        if !facts.is_empty() {
            let count = counted(facts.len() as u64, "row", "rows");
            let days = date.and_then(|date| span(&facts, date)).unwrap_or_default();
            let places = places::places(&facts, &places::ENGLISH, if all { usize::MAX } else { SHOWN });
            text.push_str(&format!("  {count}{of} {what}{days}: {places}\n"));
        }
    };
    told(rows.added.iter().collect(), "came");
    told(rows.removed.iter().collect(), "went");
    told(rows.changed.iter().map(|(_, now)| now).collect(), "changed");
    if !rows.changed.is_empty() {
        let columns = rows.changed_columns.iter().map(|(column, count)| format!("{column} ({count})"));
        text.push_str(&format!("  changed columns: {}\n", columns.collect::<Vec<_>>().join(", ")));
    }
    if rows.is_empty() {
        text.push_str(&format!("  the rows{of} that count say the same\n"));
    }
    if rows.elsewhere > 0 {
        let others = counted(rows.elsewhere, "row", "rows");
        text.push_str(&format!("  {others} of other years came, went or changed\n"));
    }
    text
}

/// ", registrerad 2023-05-03–2023-08-31".
fn span(rows: &[&RowFacts], date: &str) -> Option<String> {
    let days = rows.iter().filter_map(|row| row.day);
    let (first, last) = (days.clone().min()?, days.max()?);
    let days =
        if first == last { swedish::day(first) } else { format!("{}–{}", swedish::day(first), swedish::day(last)) };
    Some(format!(", {date} {days}"))
}

fn keys_text(keys: &[KeyChange], all: bool) -> String {
    let shown = if all { usize::MAX } else { SHOWN };
    let mut text = format!("  cause: job, {}\n", counted(keys.len() as u64, "key", "keys"));
    for key in keys.iter().take(shown) {
        text.push_str(&format!("    {}: {} → {}\n", key.path, value_text(&key.old), value_text(&key.new)));
    }
    if keys.len() > shown {
        text.push_str(&format!("    and {} more\n", keys.len() - shown));
    }
    text
}

/// A value of the job file as JSON, shortened.
pub(super) fn value_text(value: &Option<serde_json::Value>) -> String {
    let Some(value) = value else { return "(none)".to_string() };
    let text = value.to_string();
    match text.char_indices().nth(VALUE_LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn table_text(table: &TableChange, all: bool) -> String {
    let each = table.name.split_once('/').filter(|(_, value)| !table.title.contains(value));
    let each = each.map_or_else(String::new, |(_, value)| format!(" / {value}"));
    let mut text = format!("  {}{each}", table.title);
    match &table.fate {
        TableFate::Stayed => text.push('\n'),
        TableFate::Came => text.push_str(": the table is new\n"),
        TableFate::Went => text.push_str(": the table is gone\n"),
        TableFate::Renamed(was) => text.push_str(&format!(": was {was}\n")),
    }
    if let Some(was) = &table.title_was {
        text.push_str(&format!("    title was: {was}\n"));
    }
    let lists = [
        ("new rows", &table.rows_came),
        ("rows gone", &table.rows_went),
        ("new columns", &table.columns_came),
        ("columns gone", &table.columns_went),
    ];
    for (what, labels) in lists.into_iter().filter(|(_, labels)| !labels.is_empty()) {
        text.push_str(&format!("    {what}: {}\n", shortened(labels, if all { usize::MAX } else { SHOWN })));
    }
    text + &cells_text(&table.cells, all)
}

fn cells_text(cells: &[CellChange], all: bool) -> String {
    let printed: Vec<&CellChange> = cells.iter().filter(|cell| all || !cell.for_analyst).collect();
    let shown = if all { usize::MAX } else { SHOWN };
    let lines: Vec<[String; 5]> = printed.iter().take(shown).map(|cell| line(cell)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut text = String::new();
    for (cell, [row, column, old, new, difference]) in printed.iter().zip(&lines) {
        let line = format!(
            "    {row:<0$}  {column:<1$}  {old:>2$} → {new:<3$}  {difference:>4$}",
            widths[0], widths[1], widths[2], widths[3], widths[4]
        );
        text.push_str(&format!("{}{}\n", line.trim_end(), behind(cell, if all { usize::MAX } else { 3 })));
    }
    if printed.len() > shown {
        text.push_str(&format!("    and {} more\n", printed.len() - shown));
    }
    match cells.len() - printed.len() {
        0 => {}
        n => text.push_str(&format!("    and {} of tests and intervals\n", counted(n as u64, "number", "numbers"))),
    }
    text
}

/// The rows that make the difference: "[+ avvikelser.csv row 7]".
fn behind(cell: &CellChange, shown: usize) -> String {
    let told = |sign: &str, rows: &[RowFacts]| {
        let rows: Vec<&RowFacts> = rows.iter().collect();
        (!rows.is_empty()).then(|| format!("{sign} {}", places::places(&rows, &places::ENGLISH, shown)))
    };
    let told: Vec<String> = told("+", &cell.rows_came).into_iter().chain(told("−", &cell.rows_went)).collect();
    if told.is_empty() { String::new() } else { format!("  [{}]", told.join("; ")) }
}

fn line(cell: &CellChange) -> [String; 5] {
    let [old, new, difference] = of_cell(cell, &ENGLISH);
    [cell.row.clone(), cell.column_label.clone(), old, new, difference]
}

/// The first of a list, and how many more there are.
fn shortened(items: &[String], shown: usize) -> String {
    let text = items.iter().take(shown).cloned().collect::<Vec<_>>().join(", ");
    if items.len() > shown { format!("{text} and {} more", items.len() - shown) } else { text }
}
