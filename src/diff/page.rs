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
use super::words::{SWEDISH, of_cell};
use super::{Comparison, MeasureChange, Side};
use crate::diagnostic::Failure;
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
pub fn page(comparison: &Comparison) -> Result<String, Failure> {
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
        title: "Jämförelse av två körningar".to_string(),
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
    let run = |side: &Side| format!("jobbet {}, {}, program {}", side.job, side.period, side.program.version);
    let mut blocks = vec![
        heading(1, "Sammanfattning"),
        bullet(vec![format!("Före: {}.", run(&comparison.old)), format!("Nu: {}.", run(&comparison.new))]),
    ];
    if let Some(year) = comparison.year {
        let text = format!("Talen för {year} jämförs, i den kolumn där respektive körning har dem.");
        blocks.push(paragraph(&text));
    }
    let equal = swedish::integer(i64::try_from(comparison.equal).unwrap_or(i64::MAX));
    if comparison.is_equal() {
        blocks.push(paragraph(&format!("Körningarna är lika: alla {equal} tal är desamma.")));
    } else {
        let changed = swedish::integer(i64::try_from(comparison.changed()).unwrap_or(i64::MAX));
        let measures = counted(comparison.measures.len(), "mått", "mått");
        blocks.push(paragraph(&format!(
            "{changed} uppgifter skiljer sig och {equal} tal är desamma. Skillnaderna finns i {measures}."
        )));
    }
    if !comparison.not_compared.is_empty() {
        let tables = counted(comparison.not_compared.len(), "tabell", "tabeller");
        blocks.push(paragraph(&format!("{tables} har inga tal för året i den ena körningen och jämförs inte.")));
    }
    if comparison.old.is_protected || comparison.new.is_protected {
        let text = "Små antal är dolda i körningen och visas inte här. Jämförelsen i sig är internt underlag: två \
                    versioner av samma tabell kan tillsammans röja ett dolt tal.";
        blocks.push(Block::Note(vec![paragraph(text)]));
    }
    if comparison.old.program != comparison.new.program {
        let text = "Programmet har ändrats mellan körningarna. Det kan i sig ha ändrat tal.";
        blocks.push(Block::Note(vec![paragraph(text)]));
    }
    blocks
}

fn sources(comparison: &Comparison) -> Vec<Block> {
    let changed: Vec<&SourceChange> = comparison.sources.iter().filter(|source| source.is_input()).collect();
    if changed.is_empty() {
        return vec![heading(1, "Underlaget"), paragraph("Underlaget är detsamma i båda körningarna.")];
    }
    let columns = ["Fil", "Vad", "Lästa rader", "Räknade rader"];
    let mut files = Grid::new("Filer i underlaget som har ändrats", "Källa", &columns);
    for source in &changed {
        let of = |pair: (u64, u64)| format!("{} → {}", pair.0, pair.1);
        for file in &source.files {
            let what = match file.what {
                FileFate::Changed => "ändrad",
                FileFate::Came => "ny",
                FileFate::Went => "borttagen",
            };
            files.row(&source.name, [file.file.clone(), what.to_string(), of(source.read), of(source.kept)]);
        }
    }
    let mut blocks = vec![heading(1, "Underlaget"), files.block()];
    for source in changed {
        blocks.push(heading(2, &format!("Rader i {}", source.name)));
        blocks.extend(rows(source));
    }
    blocks
}

fn rows(source: &SourceChange) -> Vec<Block> {
    let Some(rows) = &source.rows else {
        return vec![paragraph("Raderna kan inte jämföras: den ena körningen har inga av denna källa.")];
    };
    if rows.is_empty() && rows.elsewhere == 0 {
        return vec![paragraph("De rader som räknas säger detsamma.")];
    }
    let mut items = Vec::new();
    let mut told = |facts: Vec<&RowFacts>, one: &str, many: &str| {
        if !facts.is_empty() {
            let count = counted(facts.len(), one, many);
            items.push(format!("{count}{}: {}.", days(source, &facts), places(&facts)));
        }
    };
    told(rows.added.iter().collect(), "rad har tillkommit", "rader har tillkommit");
    told(rows.removed.iter().collect(), "rad har utgått", "rader har utgått");
    told(rows.changed.iter().map(|(_, now)| now).collect(), "rad säger något annat", "rader säger något annat");
    let columns = rows.changed_columns.iter().map(|(column, count)| format!("{column} ({count})"));
    let columns: Vec<String> = columns.collect();
    if !columns.is_empty() {
        items.push(format!("Ändrade kolumner: {}.", columns.join(", ")));
    }
    if rows.elsewhere > 0 {
        let others = usize::try_from(rows.elsewhere).unwrap_or(usize::MAX);
        items.push(format!("{} från andra år.", counted(others, "skillnad i rader", "skillnader i rader")));
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
    places::places(rows, &places::SWEDISH, SHOWN)
}

fn keys(comparison: &Comparison) -> Vec<Block> {
    if comparison.keys.is_empty() {
        return vec![heading(1, "Jobbfilen"), paragraph("Jobbfilen räknar på samma sätt i båda körningarna.")];
    }
    vec![heading(1, "Jobbfilen"), key_table("Nycklar i jobbfilen som har ändrats", &comparison.keys)]
}

fn key_table(title: &str, keys: &[KeyChange]) -> Block {
    let mut grid = Grid::new(title, "Nyckel", &["Före", "Nu"]);
    let value = |value: &Option<serde_json::Value>| match value {
        None => "finns inte".to_string(),
        value => value_text(value),
    };
    keys.iter().for_each(|key| grid.row(&key.path, [value(&key.old), value(&key.new)]));
    grid.block()
}

fn measures(comparison: &Comparison) -> Vec<Block> {
    let mut blocks = vec![heading(1, "Tal som skiljer sig")];
    if comparison.is_equal() {
        blocks.push(paragraph("Inga."));
    }
    for measure in &comparison.measures {
        blocks.push(Block::Heading {
            level: 2,
            id: slug(&measure.name.replace('.', " ")),
            number: String::new(),
            inlines: vec![Inline::Text(title(measure))],
        });
        let causes: Vec<String> = measure.causes.iter().map(|cause| cause_text(cause, comparison)).collect();
        blocks.push(paragraph(&format!("Orsak: {}.", swedish_list(&causes))));
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
            format!("underlaget har ändrats ({})", files.unwrap_or_default().join(", "))
        }
        Cause::Job(keys) => {
            let paths: Vec<&str> = keys.iter().take(5).map(|key| key.path.as_str()).collect();
            let more = if keys.len() > paths.len() { " med flera" } else { "" };
            format!("jobbfilen har ändrats ({}{more})", paths.join(", "))
        }
        Cause::Program => "programmet har ändrats".to_string(),
        Cause::Year { old, new } => {
            format!("körningarna gäller olika år ({old} och {new}), och måttet bygger på alla deras år")
        }
        Cause::Protection => "celler döljs tillsammans med celler i andra tabeller, som har ändrats".to_string(),
        Cause::Words => "bara ord för läsaren är andra".to_string(),
        Cause::Unknown => "okänd, eftersom jobb, underlag och program är desamma".to_string(),
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
        TableFate::Came => items.push(format!("Tabellen ”{title}” är ny.")),
        TableFate::Went => items.push(format!("Tabellen ”{title}” finns inte längre.")),
        TableFate::Renamed(was) => items.push(format!("Måttet hette {was} i jobbfilen.")),
    }
    items.extend(table.title_was.iter().map(|was| format!("Rubriken var ”{was}”.")));
    let lists = [
        ("Nya rader", &table.rows_came),
        ("Rader som utgått", &table.rows_went),
        ("Nya kolumner", &table.columns_came),
        ("Kolumner som utgått", &table.columns_went),
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
        let columns = ["Kolumn", "Före", "Nu", "Skillnad", "Rader i underlaget"];
        let mut grid = Grid::new(title, "Rad", &columns).numeric(&[1, 2, 3]);
        for cell in printed {
            let [old, new, difference] = of_cell(cell, &SWEDISH);
            grid.row(&cell.row, [cell.column_label.clone(), old, new, difference, behind(cell)]);
        }
        blocks.push(grid.block());
    }
    if !analysts.is_empty() {
        let text = counted(analysts.len(), "tal i test och intervall", "tal i test och intervall");
        blocks.push(paragraph(&format!("Därutöver skiljer sig {text} som inte trycks i rapporten.")));
    }
    blocks
}

/// The rows that make the difference, where they are known.
fn behind(cell: &CellChange) -> String {
    let told = |what: &str, rows: &[RowFacts]| {
        let rows: Vec<&RowFacts> = rows.iter().collect();
        (!rows.is_empty()).then(|| format!("{what}: {}", places::places(&rows, &places::SWEDISH, 3)))
    };
    told("ny", &cell.rows_came).into_iter().chain(told("utgått", &cell.rows_went)).collect::<Vec<_>>().join("; ")
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", swedish::integer(i64::try_from(n).unwrap_or(i64::MAX)), if n == 1 { one } else { many })
}

/// "a", "a och b", "a, b och c"
fn swedish_list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} och {last}", first.join(", ")),
    }
}
