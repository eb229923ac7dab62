//! A comparison as text for a terminal: what changed, grouped by measure, and why.
//!
//! In: a [`Comparison`]. Out: English tool words around the Swedish titles and labels of the tables; the last line says
//! it all, for those who keep one line only.

use super::cause::{Cause, FileChange, FileFate, SourceChange};
use super::job::KeyChange;
use super::numbers::{CellChange, TableChange, TableFate};
use super::places;
use super::rows::{RowChanges, RowFacts};
use super::words::{Language, english, of_cell};
use super::{Comparison, MeasureChange, Side};
use crate::domain::swedish;

/// Cells, keys and rows of a kind that are shown before the rest is counted.
const SHOWN: usize = 12;

/// Characters of a value of the job file that are shown.
const VALUE_LENGTH: usize = 60;

/// The whole text. `all`: every changed number, those of tests and intervals too.
pub fn text(comparison: &Comparison, all: bool) -> String {
    let mut lines = vec![head(comparison)];
    lines.extend(comparison.asked_of.iter().map(|_| summary(comparison)));
    let sources = comparison.sources.iter();
    lines.extend(sources.map(|source| source_text(source, comparison, all)));
    lines.extend(comparison.measures.iter().map(|measure| measure_text(measure, comparison, all)));
    if !comparison.not_compared.is_empty() {
        let (n, year) = (comparison.not_compared.len(), of_year(comparison.year));
        let names = shortened(&comparison.not_compared, if all { usize::MAX } else { SHOWN });
        lines.push(format!("{}\n", say!("diff-tables-have-no-number", n, year, names)));
    }
    lines.push(summary(comparison));
    lines.join("\n")
}

fn head(comparison: &Comparison) -> String {
    let run = |side: &Side| format!("{}, {}", side.job, side.period);
    let (old, new) = (&comparison.old, &comparison.new);
    let mut lines = vec![say!("diff-old-run", run = run(old)), say!("diff-new-run", run = run(new))];
    if old.job != new.job {
        lines.push(say!("diff-runs-are-of-different-jobs"));
    }
    if old.is_protected || new.is_protected {
        lines.push(say!("diff-small-counts-are-hidden"));
    }
    lines.extend(comparison.year.map(|year| say!("diff-numbers-of-year-are-compared", year)));
    if old.program != new.program {
        lines.push(say!("diff-program-was-and-is", old = old.program.build, new = new.program.build));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// " of 2023", where one year alone is compared.
fn of_year(year: Option<i32>) -> String {
    year.map_or_else(String::new, |year| say!("diff-of-year", year))
}

/// The one line that says it all.
pub fn summary(comparison: &Comparison) -> String {
    let (name, equal) = (&comparison.new.job, comparison.equal);
    let causes = comparison.measures.iter().flat_map(|measure| &measure.causes);
    let mut kinds: Vec<String> = causes.map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match (&comparison.asked_of, comparison.is_equal()) {
        (None, true) => return format!("{}\n", say!("diff-equal", name, equal)),
        (Some(period), true) => return format!("{}\n", say!("diff-stands", name, period, equal)),
        (Some(period), false) => {
            let (changed, kinds, causes) = (comparison.changed(), kinds.len(), kinds.join(", "));
            return format!("{}\n", say!("diff-stands-no-longer", name, period, changed, equal, kinds, causes));
        }
        (None, false) => {}
    }
    let (rows, columns, tables) = comparison.came_or_went();
    let came_or_went = [
        (rows, say!("diff-rows-came-or-went", n = rows)),
        (columns, say!("diff-columns-came-or-went", n = columns)),
        (tables, say!("diff-tables-came-or-went", n = tables)),
    ];
    let line = say!(
        "diff-different",
        name,
        changed = comparison.changed(),
        came_or_went = came_or_went.into_iter().filter(|(n, _)| *n > 0).map(|(_, said)| said).collect::<String>(),
        equal = comparison.equal,
        measures = comparison.measures.len(),
        kinds = kinds.len(),
        causes = kinds.join(", "),
    );
    format!("{line}\n")
}

/// A cause in a word or two.
fn kind(cause: &Cause) -> String {
    match cause {
        Cause::Input(_) => say!("diff-kind-input"),
        Cause::Job(_) => say!("diff-kind-job"),
        Cause::Program => say!("diff-kind-program"),
        Cause::Year { .. } => say!("diff-kind-another-year"),
        Cause::Protection => say!("diff-kind-protection"),
        Cause::Words => say!("diff-kind-words"),
        Cause::Unknown => say!("diff-kind-unknown"),
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
    let said = match cause {
        Cause::Input(name) => {
            let source = comparison.sources.iter().find(|source| source.name == *name);
            let files: Vec<String> = source.iter().flat_map(|source| source.files.iter().map(file_text)).collect();
            say!("diff-cause-input", files = files.join(", "))
        }
        Cause::Job(keys) => return keys_text(keys, all),
        Cause::Program => say!("diff-cause-program"),
        Cause::Year { old, new } => say!("diff-cause-years", old, new),
        Cause::Protection => say!("diff-cause-protection"),
        Cause::Words => say!("diff-cause-words"),
        Cause::Unknown => say!("diff-cause-unknown"),
    };
    format!("  {said}\n")
}

fn source_text(source: &SourceChange, comparison: &Comparison, all: bool) -> String {
    let files: Vec<String> = source.files.iter().map(file_text).collect();
    let files = if files.is_empty() { say!("diff-same-files-read-otherwise") } else { files.join(", ") };
    let mut text = format!("{}\n  ", say!("diff-input-of-source", name = source.name, files));
    let ((read, read_now), (kept, kept_now)) = (source.read, source.kept);
    text.push_str(&say!("diff-rows-read-and-kept", read, read_now, kept, kept_now));
    for (fate, (was, is)) in &source.fates {
        text.push_str(&format!(", {fate} {was} → {is}"));
    }
    text.push('\n');
    match &source.rows {
        Some(rows) => text.push_str(&rows_text(rows, source.date.as_deref(), comparison.year, all)),
        None => text.push_str(&format!("  {}\n", say!("diff-rows-cannot-be-compared"))),
    }
    text
}

fn file_text(file: &FileChange) -> String {
    let name = &file.file;
    match file.what {
        FileFate::Changed => say!("diff-file-changed", name),
        FileFate::Came => say!("diff-file-is-new", name),
        FileFate::Went => say!("diff-file-is-gone", name),
    }
}

fn rows_text(rows: &RowChanges, date: Option<&str>, year: Option<i32>, all: bool) -> String {
    let mut text = String::new();
    let year = of_year(year.filter(|_| date.is_some()));
    let added: Vec<&RowFacts> = rows.added.iter().collect();
    let removed: Vec<&RowFacts> = rows.removed.iter().collect();
    let changed: Vec<&RowFacts> = rows.changed.iter().map(|(_, now)| now).collect();
    let (n_added, n_removed, n_changed) = (added.len(), removed.len(), changed.len());
    for (facts, said) in [
        (added, say!("diff-rows-came", n = n_added, year)),
        (removed, say!("diff-rows-went", n = n_removed, year)),
        (changed, say!("diff-rows-changed", n = n_changed, year)),
    ] {
        if !facts.is_empty() {
            let days = date.and_then(|date| span(&facts, date)).unwrap_or_default();
            let places = places::places(&facts, &places::english(), if all { usize::MAX } else { SHOWN });
            text.push_str(&format!("  {said}{days}: {places}\n"));
        }
    }
    if !rows.changed.is_empty() {
        let columns = rows.changed_columns.iter().map(|(column, count)| format!("{column} ({count})"));
        let columns = columns.collect::<Vec<_>>().join(", ");
        text.push_str(&format!("  {}\n", say!("diff-changed-columns", columns)));
    }
    if rows.is_empty() {
        text.push_str(&format!("  {}\n", say!("diff-rows-say-the-same", year)));
    }
    if rows.elsewhere > 0 {
        text.push_str(&format!("  {}\n", say!("diff-rows-of-other-years", n = rows.elsewhere)));
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
    let mut text = format!("  {}\n", say!("diff-cause-job", n = keys.len()));
    for key in keys.iter().take(shown) {
        text.push_str(&format!("    {}: {} → {}\n", key.path, value_text(&key.old), value_text(&key.new)));
    }
    if keys.len() > shown {
        text.push_str(&format!("    {}\n", say!("diff-and-more", n = keys.len() - shown)));
    }
    text
}

/// A value of the job file as JSON, shortened.
pub(super) fn value_text(value: &Option<serde_json::Value>) -> String {
    let Some(value) = value else { return say!("diff-no-value") };
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
        TableFate::Came => text.push_str(&format!(": {}\n", say!("diff-table-is-new"))),
        TableFate::Went => text.push_str(&format!(": {}\n", say!("diff-table-is-gone"))),
        TableFate::Renamed(was) => text.push_str(&format!(": {}\n", say!("diff-table-was", was))),
    }
    if let Some(was) = &table.title_was {
        text.push_str(&format!("    {}\n", say!("diff-title-was", was)));
    }
    let lists = [
        (say!("diff-new-rows"), &table.rows_came),
        (say!("diff-rows-gone"), &table.rows_went),
        (say!("diff-new-columns"), &table.columns_came),
        (say!("diff-columns-gone"), &table.columns_went),
    ];
    for (what, labels) in lists.into_iter().filter(|(_, labels)| !labels.is_empty()) {
        text.push_str(&format!("    {what}: {}\n", shortened(labels, if all { usize::MAX } else { SHOWN })));
    }
    text + &cells_text(&table.cells, all)
}

fn cells_text(cells: &[CellChange], all: bool) -> String {
    let printed: Vec<&CellChange> = cells.iter().filter(|cell| all || !cell.for_analyst).collect();
    let shown = if all { usize::MAX } else { SHOWN };
    let words = english();
    let lines: Vec<[String; 5]> = printed.iter().take(shown).map(|cell| line(cell, &words)).collect();
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
        text.push_str(&format!("    {}\n", say!("diff-and-more", n = printed.len() - shown)));
    }
    match cells.len() - printed.len() {
        0 => {}
        n => text.push_str(&format!("    {}\n", say!("diff-and-numbers-of-tests", n))),
    }
    text
}

/// The rows that make the difference: "[+ avvikelser.csv row 7]".
fn behind(cell: &CellChange, shown: usize) -> String {
    let told = |sign: &str, rows: &[RowFacts]| {
        let rows: Vec<&RowFacts> = rows.iter().collect();
        (!rows.is_empty()).then(|| format!("{sign} {}", places::places(&rows, &places::english(), shown)))
    };
    let told: Vec<String> = told("+", &cell.rows_came).into_iter().chain(told("−", &cell.rows_went)).collect();
    if told.is_empty() { String::new() } else { format!("  [{}]", told.join("; ")) }
}

fn line(cell: &CellChange, words: &Language) -> [String; 5] {
    let [old, new, difference] = of_cell(cell, words);
    [cell.row.clone(), cell.column_label.clone(), old, new, difference]
}

/// The first of a list, and how many more there are.
fn shortened(items: &[String], shown: usize) -> String {
    let text = items.iter().take(shown).cloned().collect::<Vec<_>>().join(", ");
    if items.len() > shown { say!("diff-listed-and-more", text, n = items.len() - shown) } else { text }
}
