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
    /// Printed on the cover.
    pub title: String,
    /// The municipality or utförare.
    pub organisation: String,
    /// "kvalitetsår 2023 (2022-09-01–2023-08-31)"
    pub period: String,
    /// The nämnd that it is for.
    pub committee: Option<String>,
    /// Diary number and day of the decision.
    pub decision: Option<String>,
    /// Date of the data, "2023-10-15".
    pub as_of: String,
    /// In print order.
    pub blocks: Vec<Block>,
    /// Figures by name, drawn once, shown where a block says so.
    pub figures: BTreeMap<String, Figure>,
}

/// What stands between two others, down the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of a chapter or a part of one.
    Heading {
        /// 1 for a chapter, 2 for `#` in its template, and so on.
        level: u8,
        /// Target of links; unique in the document.
        id: String,
        /// "3.2"
        number: String,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
        /// Each may hold several blocks.
        items: Vec<Vec<Block>>,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// A numbered table, or data behind a figure.
    Table(Box<TableBlock>),
    /// `number`: "Figur 2".
    Figure {
        /// Name in [`Document::figures`].
        name: String,
        /// From 1 through the document.
        number: u32,
        /// Target of links; unique in the document.
        id: String,
        /// Printed below it.
        caption: Vec<Inline>,
        /// The data behind the figure, as a table without a number.
        data: Box<TableBlock>,
    },
    /// The year's numbers in a row of cards.
    KeyNumbers(Vec<KeyNumber>),
    /// Room for the analyst's judgement, with a prompt.
    Room {
        /// What is to be written there.
        prompt: String,
    },
    /// A boxed remark.
    Note(Vec<Block>),
    /// The next block begins a page.
    PageBreak,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words as they are.
    Text(String),
    /// Words that carry weight.
    Strong(Vec<Inline>),
    /// Words that are stressed.
    Emphasis(Vec<Inline>),
    /// A name of a key, file or column.
    Code(String),
    /// A link out of the document.
    Link {
        /// Its address.
        href: String,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A reference to a table, figure or heading of this document: text "Tabell 3", target id.
    Reference {
        /// Target in this document.
        id: String,
        /// Its words.
        text: String,
    },
    /// A number or word bound to a computed value: where it came from is kept for `explain`.
    Bound {
        /// As printed.
        text: String,
        /// `breakdown.x|row|column`
        origin: String,
    },
    /// The next words begin a line.
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableBlock {
    /// `table.name`, or the figure's name for the data behind a figure.
    pub name: String,
    /// Target of links; unique in the document.
    pub id: String,
    /// "Tabell 1"; `None` for the data behind a figure and for the appendix' own tables.
    pub number: Option<u32>,
    /// Printed above it.
    pub caption: String,
    /// The row labels' header first, then one per cell of a row.
    pub header: Vec<TableHeader>,
    /// In print order.
    pub rows: Vec<PrintedRow>,
    /// Printed below it.
    pub notes: Vec<TableNote>,
    /// Where the numbers come from, for a reader.
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

/// The head of a printed column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableHeader {
    /// As printed.
    pub text: String,
    /// "(2022)" beside it, lighter.
    pub beside: Option<String>,
    /// Its cells are numbers: set to the right.
    pub numeric: bool,
    /// The measured column; `None` for the row labels.
    pub column: Option<usize>,
    /// The measured column of what stands beside.
    pub beside_column: Option<usize>,
}

/// A printed row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PrintedRow {
    /// The measured row.
    pub row: usize,
    /// As printed, without indent.
    pub label: String,
    /// 0 outermost.
    pub level: u8,
    /// What it is to the whole.
    pub kind: RowKind,
    /// One per column after the labels'.
    pub cells: Vec<PrintedCell>,
}

/// A printed cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PrintedCell {
    /// "104", "28 %", "..": as readers see it.
    pub text: String,
    /// "(127)" beside it, lighter.
    pub beside: Option<String>,
    /// Set to the right.
    pub numeric: bool,
}

/// One of the year's numbers on its card.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyNumber {
    /// What the number is of.
    pub label: String,
    /// As printed.
    pub value: String,
    /// Where the value came from: `breakdown.x|row|column`.
    pub origin: String,
    /// "289 föregående år"
    pub beside: Option<String>,
    /// What may be said of it.
    pub sentence: Option<Vec<Inline>>,
}
