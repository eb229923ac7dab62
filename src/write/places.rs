//! Where each number is printed: what `explain` and `trace` need to know of a report beside its data.
//!
//! In: the composed document. Out: one [`PrintedPlace`] per table, figure, key number and section with numbers in its text, by
//! names only. No value stands here, so that the list may be published with the report.

use std::collections::BTreeSet;

use super::document::{Block, Document, Inline, TableBlock};
use super::values::row_name;
use crate::published::PrintedPlace;

/// All places of a report, in reading order.
pub fn places(document: &Document) -> Vec<PrintedPlace> {
    let mut found = Found { places: Vec::new(), section: String::new() };
    found.blocks(&document.blocks);
    found.places
}

struct Found {
    places: Vec<PrintedPlace>,
    section: String,
}

impl Found {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { number, inlines, .. } => {
                    self.section = number.clone();
                    self.text(inlines);
                }
                Block::Paragraph(inlines) => self.text(inlines),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(inner) | Block::Note(inner) => self.blocks(inner),
                Block::Table(table) => {
                    let number = table.number.map(|number| printed!("write-table-number", number));
                    self.places.extend(number.map(|number| of_table(number, table)));
                }
                Block::Figure { number, data, .. } => {
                    self.places.push(of_table(printed!("write-figure-number", number), data))
                }
                Block::KeyNumbers(cards) => {
                    for card in cards {
                        self.single(format!("Nyckeltal: {}", card.label), vec![card.origin.clone()]);
                        card.sentence.iter().for_each(|sentence| self.text(sentence));
                    }
                }
                Block::Room { .. } | Block::PageBreak => {}
            }
        }
    }

    /// Numbers in running text, once a section.
    fn text(&mut self, inlines: &[Inline]) {
        let mut origins = BTreeSet::new();
        bound(inlines, &mut origins);
        if origins.is_empty() {
            return;
        }
        let place = if self.section.is_empty() {
            "texten".to_string()
        } else {
            printed!("write-section", number = self.section)
        };
        match self.places.iter_mut().find(|known| known.place == place) {
            Some(known) => {
                origins.extend(std::mem::take(&mut known.cells));
                known.cells = origins.into_iter().collect();
            }
            None => self.single(place, origins.into_iter().collect()),
        }
    }

    fn single(&mut self, place: String, cells: Vec<String>) {
        let (rows, columns) = (Vec::new(), Vec::new());
        self.places.push(PrintedPlace { place, name: String::new(), measure: String::new(), rows, columns, cells });
    }
}

fn of_table(place: String, table: &TableBlock) -> PrintedPlace {
    let columns = table.header.iter().flat_map(|header| [header.column, header.beside_column]).flatten();
    let rows = table.rows.iter().filter_map(|row| table.measure.rows.get(row.row));
    PrintedPlace {
        place,
        name: table.name.clone(),
        measure: table.measure.name.clone(),
        rows: rows.map(row_name).collect(),
        columns: columns.map(|column| table.measure.columns[column].key.clone()).collect(),
        cells: Vec::new(),
    }
}

fn bound(inlines: &[Inline], origins: &mut BTreeSet<String>) {
    for inline in inlines {
        match inline {
            Inline::Bound { origin, .. } => {
                origins.insert(origin.clone());
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { inlines: inner, .. } => {
                bound(inner, origins);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Reference { .. } | Inline::LineBreak => {}
        }
    }
}
