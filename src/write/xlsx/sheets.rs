//! Which sheets there are, in the report's order, and what they are called.
//!
//! A figure whose data stand, in the same order, in a printed table has its chart on that table's sheet; any other has
//! a sheet of its own.

use std::collections::BTreeSet;

use super::super::document::{Block, Document, Inline, TableBlock};
use super::formats::cell_text;
use super::grid::Grid;
use crate::domain::table::{MeasureTable, slug};
use crate::draw::Figure;

/// Longest name that Excel gives a sheet.
const LONGEST_NAME: usize = 31;

/// A sheet to be written.
pub(super) struct SheetPlan<'a> {
    pub name: String,
    /// "Tabell 3. Avvikelser per kategori"
    pub title: String,
    /// Title of the chapter that it stands in.
    pub chapter: String,
    /// Name of the table object.
    pub table_name: String,
    pub table: &'a TableBlock,
    pub figures: Vec<FigurePlan<'a>>,
}

/// A figure on a sheet.
pub(super) struct FigurePlan<'a> {
    /// `family.name`
    pub name: &'a str,
    /// "Figur 2. Avvikelser per kategori"
    pub title: String,
    pub chapter: String,
    /// `None` when there was nothing to draw.
    pub drawn: Option<&'a Figure>,
    pub data: &'a TableBlock,
    pub place: Placement,
}

/// Where a figure's data stand in the sheet's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placement {
    /// Index of the first row.
    pub first_row: usize,
    /// The grid's columns, in the figure's order.
    pub columns: Vec<usize>,
}

/// The sheets of a report.
pub(super) fn of(document: &Document) -> Vec<SheetPlan<'_>> {
    let mut items = Vec::new();
    collect(&document.blocks, document, &mut String::new(), &mut items);
    let mut sheets: Vec<SheetPlan<'_>> = Vec::new();
    let hosts: Vec<Option<(usize, Placement)>> = items.iter().map(|item| host(item, &items)).collect();
    let mut sheet_of = vec![0; items.len()];
    for (index, item) in items.iter().enumerate().filter(|(index, _)| hosts[*index].is_none()) {
        sheet_of[index] = sheets.len();
        sheets.push(sheet(item, &sheets));
    }
    for (item, host) in items.into_iter().zip(hosts) {
        if let (Item::Figure(figure), Some((host, place))) = (item, host) {
            sheets[sheet_of[host]].figures.push(FigurePlan { place, ..figure });
        }
    }
    sheets
}

enum Item<'a> {
    Table { chapter: String, table: &'a TableBlock },
    Figure(FigurePlan<'a>),
}

fn collect<'a>(blocks: &'a [Block], document: &'a Document, chapter: &mut String, items: &mut Vec<Item<'a>>) {
    for block in blocks {
        match block {
            Block::Heading { level: 1, inlines, .. } => *chapter = Inline::plain(inlines),
            Block::Table(table) => items.push(Item::Table { chapter: chapter.clone(), table }),
            Block::Figure { name, number, caption, data, .. } => items.push(Item::Figure(FigurePlan {
                name,
                title: format!("Figur {number}. {}", Inline::plain(caption)),
                chapter: chapter.clone(),
                drawn: document.figures.get(name),
                data,
                place: whole(data),
            })),
            Block::Quote(blocks) | Block::Note(blocks) => collect(blocks, document, chapter, items),
            Block::List { items: parts, .. } => {
                for part in parts {
                    collect(part, document, chapter, items);
                }
            }
            _ => {}
        }
    }
}

/// All numeric columns of a figure's own data.
fn whole(data: &TableBlock) -> Placement {
    let grid = Grid::of(data);
    Placement {
        first_row: 0,
        columns: (1..grid.columns.len()).filter(|column| grid.columns[*column].numeric).collect(),
    }
}

/// The printed table that a figure's data stand in, row by row in the same order.
fn host(item: &Item<'_>, items: &[Item<'_>]) -> Option<(usize, Placement)> {
    let Item::Figure(figure) = item else { return None };
    items.iter().enumerate().find_map(|(index, item)| match item {
        Item::Table { table, .. } => Some((index, placed(&figure.data.measure, table)?)),
        Item::Figure(_) => None,
    })
}

fn placed(data: &MeasureTable, table: &TableBlock) -> Option<Placement> {
    if data.name != table.measure.name || data.rows.is_empty() {
        return None;
    }
    let key_of =
        |index: usize| table.rows.get(index).and_then(|row| table.measure.rows.get(row.row)).map(|row| &row.key);
    let first_row = (0..table.rows.len()).find(|index| key_of(*index) == Some(&data.rows[0].key))?;
    let follows =
        |(offset, row): (usize, &crate::domain::table::TableRow)| key_of(first_row + offset) == Some(&row.key);
    if !data.rows.iter().enumerate().all(follows) {
        return None;
    }
    let grid = Grid::of(table);
    let columns: Option<Vec<usize>> = data.columns.iter().map(|column| grid.column_of(&column.key)).collect();
    Some(Placement { first_row, columns: columns? })
}

fn sheet<'a>(item: &Item<'a>, before: &[SheetPlan<'_>]) -> SheetPlan<'a> {
    match item {
        Item::Table { chapter, table } => {
            let unnumbered = || before.iter().filter(|sheet| sheet.table.number.is_none() && sheet.figures.is_empty());
            let (short, title, table_name) = match table.number {
                Some(number) => {
                    (format!("T{number}"), format!("Tabell {number}. {}", table.caption), format!("Tabell_{number}"))
                }
                None => {
                    let number = unnumbered().count() + 1;
                    (format!("B{number}"), table.caption.clone(), format!("Bilaga_{number}"))
                }
            };
            let name = name(&short, &table.caption, before);
            SheetPlan { name, title, chapter: chapter.clone(), table_name, table, figures: Vec::new() }
        }
        Item::Figure(figure) => {
            let (number, caption) = figure.title.trim_start_matches("Figur ").split_once(". ").unwrap_or(("", ""));
            SheetPlan {
                name: name(&format!("F{number}"), caption, before),
                title: figure.title.clone(),
                chapter: figure.chapter.clone(),
                table_name: format!("Figur_{number}"),
                table: figure.data,
                figures: vec![FigurePlan {
                    name: figure.name,
                    title: figure.title.clone(),
                    chapter: figure.chapter.clone(),
                    drawn: figure.drawn,
                    data: figure.data,
                    place: figure.place.clone(),
                }],
            }
        }
    }
}

/// "T3 Avvikelser per kategori": letters that a sheet's name may have, whole words as far as they fit, unique.
fn name(short: &str, caption: &str, before: &[SheetPlan<'_>]) -> String {
    let taken: BTreeSet<String> = before.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    let caption: String = cell_text(caption)
        .chars()
        .map(|letter| if matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\n') { ' ' } else { letter })
        .collect();
    let full = words_that_fit(short, &caption);
    let numbered = (2..).map(|copy| words_that_fit(&format!("{short} {copy}"), &caption));
    std::iter::once(full)
        .chain(numbered)
        .find(|name| !taken.contains(&name.to_lowercase()))
        .unwrap_or_else(|| slug(short))
}

fn words_that_fit(short: &str, caption: &str) -> String {
    let mut name = short.to_string();
    for word in caption.split_whitespace() {
        // Excel counts in UTF-16.
        if name.encode_utf16().count() + 1 + word.encode_utf16().count() > LONGEST_NAME {
            break;
        }
        name.push(' ');
        name.push_str(word);
    }
    name.trim_end_matches([',', ';', '.', '–', '-', '\'', ' ']).to_string()
}
