//! The document tree that all writers share.
//!
//! In: nothing; `compose` builds it. Out: a report with every number printed, every reference resolved and every
//! heading, table and figure numbered. Nothing here is Markdown, template or HTML any more: texts are plain texts.

use std::collections::BTreeMap;

use crate::domain::table::{MeasureTable, RowKind, TableNote, TableRow};
use crate::draw::Figure;

/// A whole report, numbered and with every reference resolved.
#[derive(Debug, Clone)]
pub struct Document {
    pub title: String,
    pub organisation: String,
    /// "kvalitetsår 2023 (2022-09-01–2023-08-31)"
    pub period: String,
    pub committee: Option<String>,
    pub decision: Option<String>,
    /// Date of the data, "2023-10-15".
    pub as_of: String,
    pub blocks: Vec<Block>,
    /// Figures by name, drawn once, shown where a block says so.
    pub figures: BTreeMap<String, Figure>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading {
        /// 1 for a chapter, 2 for `#` in its template, and so on.
        level: u8,
        id: String,
        /// "3.2"
        number: String,
        inlines: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Table(Box<TableBlock>),
    /// `number`: "Figur 2".
    Figure {
        name: String,
        number: u32,
        id: String,
        caption: Vec<Inline>,
        /// The data behind the figure, as a table without a number.
        data: Box<TableBlock>,
    },
    /// The year's numbers in a row of cards.
    KeyNumbers(Vec<KeyNumber>),
    /// Room for the analyst's judgement, with a prompt.
    Room {
        prompt: String,
    },
    /// A boxed remark.
    Note(Vec<Block>),
    PageBreak,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Code(String),
    Link {
        href: String,
        inlines: Vec<Inline>,
    },
    /// A reference to a table, figure or heading of this document: text "Tabell 3", target id.
    Reference {
        id: String,
        text: String,
    },
    /// A number or word bound to a computed value: where it came from is kept for `explain`.
    Bound {
        text: String,
        /// `breakdown.x|row|column`
        origin: String,
    },
    LineBreak,
}

impl Inline {
    /// The words without their dress, for ids, contents and labels.
    pub fn plain(inlines: &[Inline]) -> String {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) | Inline::Code(text) => text.clone(),
                Inline::Reference { text, .. } | Inline::Bound { text, .. } => text.clone(),
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { inlines: inner, .. } => {
                    Inline::plain(inner)
                }
                Inline::LineBreak => " ".to_string(),
            })
            .collect()
    }
}

/// A printed table: strings are already Swedish, cells still know if they are numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct TableBlock {
    /// `table.name`, or the figure's name for the data behind a figure.
    pub name: String,
    pub id: String,
    /// "Tabell 1"; `None` for the data behind a figure and for the appendix' own tables.
    pub number: Option<u32>,
    pub caption: String,
    /// The row labels' header first, then one per cell of a row.
    pub header: Vec<TableHeader>,
    pub rows: Vec<PrintedRow>,
    pub notes: Vec<TableNote>,
    pub source: String,
    /// The table that it was printed from, unrounded.
    pub measure: MeasureTable,
}

impl TableBlock {
    /// Where a printed cell comes from: the measured row, and the columns of what is printed and of what stands beside.
    pub fn place(&self, row: &PrintedRow, cell: usize) -> Option<(&TableRow, usize, Option<usize>)> {
        let header = self.header.get(cell + 1)?;
        Some((self.measure.rows.get(row.row)?, header.column?, header.beside_column))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableHeader {
    pub text: String,
    /// "(2022)" beside it, lighter.
    pub beside: Option<String>,
    pub numeric: bool,
    /// The measured column; `None` for the row labels.
    pub column: Option<usize>,
    /// The measured column of what stands beside.
    pub beside_column: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct PrintedRow {
    /// The measured row.
    pub row: usize,
    pub label: String,
    pub level: u8,
    pub kind: RowKind,
    pub cells: Vec<PrintedCell>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct PrintedCell {
    /// "104", "28 %", "..": as readers see it.
    pub text: String,
    /// "(127)" beside it, lighter.
    pub beside: Option<String>,
    pub numeric: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct KeyNumber {
    pub label: String,
    pub value: String,
    /// Where the value came from: `breakdown.x|row|column`.
    pub origin: String,
    /// "289 föregående år"
    pub beside: Option<String>,
    pub sentence: Option<Vec<Inline>>,
}
