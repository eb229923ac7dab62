//! A comparison as a page for colleagues, in Swedish and in the report's look.
//!
//! In: a [`Comparison`]. Out: one self-contained HTML file, printed by the report's own writer: what reads a report with
//! a keyboard or a screen reader reads this. Numbers of tests and intervals are counted, not listed.

use super::cause::{Cause, FileFate, SourceChange};
use super::job::KeyChange;
use super::numbers::{CellChange, TableChange, TableFate};
use super::places;
use super::rows::RowFacts;
use super::text::value_text;
use super::words::{of_cell, swedish as words};
use super::{Comparison, MeasureChange, Side};
use crate::domain::swedish;
use crate::domain::table::slug;
use crate::job::plan::ThemePlan;
use crate::write::document::{Block, Document, Inline};
use crate::write::html;

mod blocks;

use blocks::{Grid, bullet, heading, paragraph};

/// Rows of an export that are listed before the rest is counted.
const SHOWN: usize = 20;

/// The whole page.
pub fn page(comparison: &Comparison) -> String {
    let mut blocks = summary(comparison);
    blocks.extend(sources(comparison));
    blocks.extend(keys(comparison));
    blocks.extend(measures(comparison));
    html::write(&numbered(document(comparison, blocks)), &ThemePlan::default())
}

fn document(comparison: &Comparison, blocks: Vec<Block>) -> Document {
    let (old, new) = (&comparison.old, &comparison.new);
    let period = if old.period == new.period { new.period.clone() } else { format!("{}, {}", old.period, new.period) };
    Document {
        title: printed!("diff-page-title"),
        organisation: new.organisation.clone(),
        period,
        committee: None,
        decision: None,
        as_of: new.as_of.clone(),
        blocks,
        figures: Default::default(),
    }
}

/// Chapters and tables in the order in which they stand.
fn numbered(mut document: Document) -> Document {
    let (mut chapter, mut section, mut table) = (0, 0, 0);
    for block in &mut document.blocks {
        match block {
            Block::Heading { level: 1, number, .. } => {
                (chapter, section) = (chapter + 1, 0);
                *number = chapter.to_string();
            }
            Block::Heading { number, .. } => {
                section += 1;
                *number = format!("{chapter}.{section}");
            }
            Block::Table(block) => {
                table += 1;
                block.number = Some(table);
                block.id = format!("tabell-{table}");
            }
            _ => {}
        }
    }
    document
}

fn summary(comparison: &Comparison) -> Vec<Block> {
    let run =
        |side: &Side| printed!("diff-page-run", job = side.job, period = side.period, version = side.program.version);
    let mut blocks = vec![
        heading(1, &printed!("diff-page-summary")),
        bullet(vec![
            printed!("diff-page-before", run = run(&comparison.old)),
            printed!("diff-page-now", run = run(&comparison.new)),
        ]),
    ];
    if let Some(year) = comparison.year {
        let text = printed!("diff-page-numbers-of-year", year);
        blocks.push(paragraph(&text));
    }
    let equal = swedish::integer(i64::try_from(comparison.equal).unwrap_or(i64::MAX));
    let changed = swedish::integer(i64::try_from(comparison.changed()).unwrap_or(i64::MAX));
    blocks.push(paragraph(&match (&comparison.asked_of, comparison.is_equal()) {
        (Some(period), true) => printed!("diff-page-stands", period, equal),
        (Some(period), false) => printed!("diff-page-stands-no-longer", period, changed, equal),
        (None, true) => printed!("diff-page-equal", equal),
        (None, false) => {
            printed!("diff-page-different", changed, equal, measures = shown(comparison.measures.len()))
        }
    }));
    if !comparison.not_compared.is_empty() {
        let n = comparison.not_compared.len();
        blocks.push(paragraph(&printed!("diff-page-tables-not-compared", n, shown = shown(n))));
    }
    if comparison.old.is_protected || comparison.new.is_protected {
        blocks.push(Block::Note(vec![paragraph(&printed!("diff-page-small-counts-are-hidden"))]));
    }
    if comparison.old.program != comparison.new.program {
        blocks.push(Block::Note(vec![paragraph(&printed!("diff-page-program-changed"))]));
    }
    blocks
}

fn sources(comparison: &Comparison) -> Vec<Block> {
    let changed: Vec<&SourceChange> = comparison.sources.iter().filter(|source| source.is_input()).collect();
    if changed.is_empty() {
        return vec![
            heading(1, &printed!("diff-page-exports")),
            paragraph(&printed!("diff-page-exports-are-the-same")),
        ];
    }
    let columns = [
        printed!("diff-page-file"),
        printed!("diff-page-what"),
        printed!("diff-page-rows-read"),
        printed!("diff-page-rows-kept"),
    ];
    let mut files = Grid::new(&printed!("diff-page-changed-files"), &printed!("diff-page-source"), &columns);
    for source in &changed {
        let of = |pair: (u64, u64)| format!("{} → {}", pair.0, pair.1);
        for file in &source.files {
            let what = match file.what {
                FileFate::Changed => printed!("diff-page-file-changed"),
                FileFate::Came => printed!("diff-page-file-new"),
                FileFate::Went => printed!("diff-page-file-gone"),
            };
            files.row(&source.name, [file.file.clone(), what, of(source.read), of(source.kept)]);
        }
    }
    let mut blocks = vec![heading(1, &printed!("diff-page-exports")), files.block()];
    for source in changed {
        blocks.push(heading(2, &printed!("diff-page-rows-of", name = source.name)));
        blocks.extend(rows(source));
    }
    blocks
}

fn rows(source: &SourceChange) -> Vec<Block> {
    let Some(rows) = &source.rows else {
        return vec![paragraph(&printed!("diff-page-rows-cannot-be-compared"))];
    };
    if rows.is_empty() && rows.elsewhere == 0 {
        return vec![paragraph(&printed!("diff-page-rows-say-the-same"))];
    }
    let mut items = Vec::new();
    let added: Vec<&RowFacts> = rows.added.iter().collect();
    let removed: Vec<&RowFacts> = rows.removed.iter().collect();
    let changed: Vec<&RowFacts> = rows.changed.iter().map(|(_, now)| now).collect();
    let told = [
        printed!("diff-page-rows-came", n = added.len(), shown = shown(added.len())),
        printed!("diff-page-rows-went", n = removed.len(), shown = shown(removed.len())),
        printed!("diff-page-rows-changed", n = changed.len(), shown = shown(changed.len())),
    ];
    for (facts, told) in [added, removed, changed].iter().zip(told) {
        if !facts.is_empty() {
            items.push(format!("{told}{}: {}.", days(source, facts), places(facts)));
        }
    }
    let columns = rows.changed_columns.iter().map(|(column, count)| format!("{column} ({count})"));
    let columns: Vec<String> = columns.collect();
    if !columns.is_empty() {
        items.push(printed!("diff-page-changed-columns", columns = columns.join(", ")));
    }
    if rows.elsewhere > 0 {
        let others = usize::try_from(rows.elsewhere).unwrap_or(usize::MAX);
        items.push(printed!("diff-page-rows-of-other-years", n = others, shown = shown(others)));
    }
    vec![bullet(items)]
}

/// " (registrerad 2023-05-03–2023-08-31)", where the job calls the date safe.
fn days(source: &SourceChange, rows: &[&RowFacts]) -> String {
    let days = rows.iter().filter_map(|row| row.day);
    match (&source.date, days.clone().min(), days.max()) {
        (Some(date), Some(first), Some(last)) if first == last => format!(" ({date} {})", swedish::day(first)),
        (Some(date), Some(first), Some(last)) => format!(" ({date} {}–{})", swedish::day(first), swedish::day(last)),
        _ => String::new(),
    }
}

fn places(rows: &[&RowFacts]) -> String {
    places::places(rows, &places::swedish(), SHOWN)
}

fn keys(comparison: &Comparison) -> Vec<Block> {
    if comparison.keys.is_empty() {
        return vec![heading(1, &printed!("diff-page-job")), paragraph(&printed!("diff-page-job-counts-the-same"))];
    }
    vec![heading(1, &printed!("diff-page-job")), key_table(&printed!("diff-page-changed-keys"), &comparison.keys)]
}

fn key_table(title: &str, keys: &[KeyChange]) -> Block {
    let mut grid =
        Grid::new(title, &printed!("diff-page-key"), &[printed!("diff-page-old"), printed!("diff-page-new")]);
    let value = |value: &Option<serde_json::Value>| match value {
        None => printed!("diff-page-no-value"),
        value => value_text(value),
    };
    keys.iter().for_each(|key| grid.row(&key.path, [value(&key.old), value(&key.new)]));
    grid.block()
}

fn measures(comparison: &Comparison) -> Vec<Block> {
    let mut blocks = vec![heading(1, &printed!("diff-page-changed-numbers"))];
    if comparison.is_equal() {
        blocks.push(paragraph(&printed!("diff-page-none")));
    }
    for measure in &comparison.measures {
        blocks.push(Block::Heading {
            level: 2,
            id: slug(&measure.name.replace('.', " ")),
            number: String::new(),
            inlines: vec![Inline::Text(title(measure))],
        });
        let causes: Vec<String> = measure.causes.iter().map(|cause| cause_text(cause, comparison)).collect();
        blocks.push(paragraph(&printed!("diff-page-cause", causes = swedish_list(&causes))));
        measure.tables.iter().for_each(|table| blocks.extend(table_blocks(table)));
    }
    blocks
}

/// The title of the measure's tables; its name beside where each table has its own.
fn title(measure: &MeasureChange) -> String {
    let mut titles: Vec<&str> = measure.tables.iter().map(|table| table.title.as_str()).collect();
    titles.dedup();
    match titles.as_slice() {
        [title] => title.to_string(),
        _ => measure.name.clone(),
    }
}

fn cause_text(cause: &Cause, comparison: &Comparison) -> String {
    match cause {
        Cause::Input(name) => {
            let source = comparison.sources.iter().find(|source| source.name == *name);
            let files = source.map(|source| source.files.iter().map(|file| file.file.clone()).collect::<Vec<_>>());
            printed!("diff-page-cause-input", files = files.unwrap_or_default().join(", "))
        }
        Cause::Job(keys) => {
            let paths: Vec<&str> = keys.iter().take(5).map(|key| key.path.as_str()).collect();
            let more = if keys.len() > paths.len() { printed!("diff-page-and-others") } else { String::new() };
            printed!("diff-page-cause-job", paths = paths.join(", "), more)
        }
        Cause::Program => printed!("diff-page-cause-program"),
        Cause::Year { old, new } => {
            printed!("diff-page-cause-years", old, new)
        }
        Cause::Protection => printed!("diff-page-cause-protection"),
        Cause::Words => printed!("diff-page-cause-words"),
        Cause::Unknown => printed!("diff-page-cause-unknown"),
    }
}

fn table_blocks(table: &TableChange) -> Vec<Block> {
    let each = table.name.split_once('/').map_or("", |(_, value)| value);
    let title = if each.is_empty() || table.title.contains(each) {
        table.title.clone()
    } else {
        format!("{}, {each}", table.title)
    };
    let mut items = Vec::new();
    match &table.fate {
        TableFate::Stayed => {}
        TableFate::Came => items.push(printed!("diff-page-table-is-new", title)),
        TableFate::Went => items.push(printed!("diff-page-table-is-gone", title)),
        TableFate::Renamed(was) => items.push(printed!("diff-page-measure-was", was)),
    }
    items.extend(table.title_was.iter().map(|was| printed!("diff-page-title-was", was)));
    let lists = [
        (printed!("diff-page-new-rows"), &table.rows_came),
        (printed!("diff-page-rows-gone"), &table.rows_went),
        (printed!("diff-page-new-columns"), &table.columns_came),
        (printed!("diff-page-columns-gone"), &table.columns_went),
    ];
    let said = lists.into_iter().filter(|(_, labels)| !labels.is_empty());
    items.extend(said.map(|(what, labels)| format!("{what}: {}.", labels.join(", "))));
    let mut blocks = if items.is_empty() { Vec::new() } else { vec![bullet(items)] };
    blocks.extend(cells(&title, &table.cells));
    blocks
}

fn cells(title: &str, cells: &[CellChange]) -> Vec<Block> {
    let (analysts, printed): (Vec<&CellChange>, Vec<&CellChange>) = cells.iter().partition(|cell| cell.for_analyst);
    let mut blocks = Vec::new();
    if !printed.is_empty() {
        let columns = [
            printed!("diff-page-column"),
            printed!("diff-page-old"),
            printed!("diff-page-new"),
            printed!("diff-page-difference"),
            printed!("diff-page-rows-behind"),
        ];
        let mut grid = Grid::new(title, &printed!("diff-page-row"), &columns).numeric(&[1, 2, 3]);
        let words = words();
        for cell in printed {
            let [old, new, difference] = of_cell(cell, &words);
            grid.row(&cell.row, [cell.column_label.clone(), old, new, difference, behind(cell)]);
        }
        blocks.push(grid.block());
    }
    if !analysts.is_empty() {
        let numbers = shown(analysts.len());
        blocks.push(paragraph(&printed!("diff-page-numbers-of-tests", numbers)));
    }
    blocks
}

/// The rows that make the difference, where they are known.
fn behind(cell: &CellChange) -> String {
    let told = |rows: &[RowFacts]| {
        let rows: Vec<&RowFacts> = rows.iter().collect();
        (!rows.is_empty()).then(|| places::places(&rows, &places::swedish(), 3))
    };
    let came = told(&cell.rows_came).map(|rows| printed!("diff-page-behind-new", rows));
    let went = told(&cell.rows_went).map(|rows| printed!("diff-page-behind-gone", rows));
    came.into_iter().chain(went).collect::<Vec<_>>().join("; ")
}

/// A count as the page prints it.
fn shown(n: usize) -> String {
    swedish::integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// "a", "a och b", "a, b och c"
fn swedish_list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => printed!("diff-page-list", first = first.join(", "), last),
    }
}
