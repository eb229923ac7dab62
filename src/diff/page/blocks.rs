//! Blocks of the report's document, made by hand: the page has no templates.

use crate::domain::table::{MeasureTable, slug};
use crate::write::document::{Block, Inline, PrintedCell, PrintedRow, TableBlock, TableHeader};

pub(super) fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, id: slug(text), number: String::new(), inlines: vec![Inline::Text(text.to_string())] }
}

pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_string())])
}

pub(super) fn bullet(items: Vec<String>) -> Block {
    Block::List { ordered: false, items: items.iter().map(|item| vec![paragraph(item)]).collect() }
}

/// A table of texts, some of them numbers already written.
pub(super) struct Grid {
    title: String,
    header: Vec<TableHeader>,
    rows: Vec<PrintedRow>,
}

impl Grid {
    pub(super) fn new(title: &str, label: &str, columns: &[String]) -> Grid {
        let header = |text: &str| TableHeader { text: text.to_string(), ..TableHeader::default() };
        let header = std::iter::once(label).chain(columns.iter().map(String::as_str)).map(header).collect();
        Grid { title: title.to_string(), header, rows: Vec::new() }
    }

    /// Columns whose digits stand under one another, counted without the row labels.
    pub(super) fn numeric(mut self, columns: &[usize]) -> Grid {
        columns.iter().filter_map(|column| column.checked_add(1)).for_each(|column| {
            if let Some(header) = self.header.get_mut(column) {
                header.numeric = true;
            }
        });
        self
    }

    pub(super) fn row<const N: usize>(&mut self, label: &str, texts: [String; N]) {
        let numeric = self.header.iter().skip(1).map(|header| header.numeric);
        let cells = texts.into_iter().zip(numeric).map(|(text, numeric)| PrintedCell { text, beside: None, numeric });
        let (row, cells) = (self.rows.len(), cells.collect());
        self.rows.push(PrintedRow { row, label: label.to_string(), cells, ..PrintedRow::default() });
    }

    pub(super) fn block(self) -> Block {
        Block::Table(Box::new(TableBlock {
            name: "comparison".to_string(),
            id: String::new(),
            number: None,
            caption: self.title.clone(),
            header: self.header,
            rows: self.rows,
            notes: Vec::new(),
            source: String::new(),
            measure: nothing(&self.title),
        }))
    }
}

/// Nothing was measured: the cells go back to no table of a run.
fn nothing(title: &str) -> MeasureTable {
    MeasureTable { name: "comparison".to_string(), title: title.to_string(), ..MeasureTable::default() }
}
