//! Tables: caption above, a header row that is marked and repeated, notes directly below; the year's numbers.

use super::super::document::{KeyNumber, PrintedCell, PrintedRow, TableBlock, TableHeader};
use super::body::Body;
use super::page::Page;
use super::paragraph::{ParagraphShape, paragraph};
use super::runs::{Dress, Runs, run_of, text};
use super::sizes::{DENSE, LEAST, SMALL};
use super::styles::Style;
use super::targets::label;
use super::widths::{INDENT, beside_width, columns, is_tall, squeezed, syllables, width_of};
use super::xml::{Element, element, valued};
use crate::domain::table::RowKind;

/// Rows up to which a table is kept on one page.
const SHORT: usize = 14;

/// What comes after a number to keep it above the others: as wide as a digit.
const FIGURE_SPACE: &str = "\u{2007}";

/// Air below a table and its notes, in twips.
const BELOW: u32 = 280;

/// How a table finds room.
struct TableFit {
    widths: Vec<i32>,
    size: u32,
    /// On a page of its own that lies.
    lying: Option<Page>,
}

impl Body<'_> {
    pub(super) fn table(&mut self, table: &TableBlock) {
        let fit = fit(table, self.frame.page);
        let goes_on = fit.lying.is_some() && self.reopen_section().is_some();
        if fit.lying.is_some() && !goes_on {
            self.end_section(self.frame.page);
        }
        self.caption(table);
        let grid = self.grid(table, &fit);
        self.content.push(grid);
        self.notes(table, fit.lying.as_ref());
    }

    /// An almost invisible paragraph that ends a section.
    fn end_section(&mut self, page: &Page) {
        let section = page.section(!self.sectioned);
        self.sectioned = true;
        self.paragraph(Style::SectionEnd, ParagraphShape { section: Some(section), ..ParagraphShape::default() }, None);
    }

    /// "Tabell 1. Rubrik"; a table of the appendix has no number.
    fn caption(&mut self, table: &TableBlock) {
        let mut runs = Runs::new();
        if let Some(number) = table.number {
            runs = self.caption_number("Tabell", number, &table.id);
        }
        runs.extend(self.run(&table.caption, &Dress::of(Style::Strong)));
        self.paragraph(Style::Caption, ParagraphShape::kept(), runs);
    }

    /// "Tabell 1" that Word counts, in its bookmark, and a full stop.
    pub(super) fn caption_number(&mut self, word: &str, number: u32, id: &str) -> Runs {
        let dress = Dress::of(Style::Strong);
        let counted = self.field(&format!("SEQ {word} \\* ARABIC"), &number.to_string(), &dress);
        let mut runs: Runs = self.run(&format!("{word}\u{a0}"), &dress).into_iter().chain(counted).collect();
        if let Some(bookmark) = self.targets.get(id).map(|target| target.bookmark.clone()) {
            runs = self.bookmarked(&bookmark, runs);
        }
        runs.extend(self.run(". ", &dress));
        runs
    }

    fn grid(&self, table: &TableBlock, fit: &TableFit) -> Element {
        let description = match table.notes.first() {
            Some(note) => format!("{} {}", table.source, note.text),
            None => table.source.clone(),
        };
        let title = match table.number {
            Some(number) => format!("{}. {}", label("Tabell", number), table.caption),
            None => table.caption.clone(),
        };
        let frame = TableFrame {
            style: Style::ReportTable,
            widths: &fit.widths,
            total_last: table.rows.last().is_some_and(|row| row.kind == RowKind::Total),
            title: &title,
            description: description.trim(),
        };
        let besides: Vec<usize> =
            (0..table.header.len().saturating_sub(1)).map(|cell| beside_width(table, cell)).collect();
        let short = table.rows.len() <= SHORT;
        let rows = table.rows.iter().enumerate().map(|(index, row)| {
            let place = RowPlace {
                // Never a header or a note alone on its page.
                keep_next: short || index < 2 || index + 1 == table.rows.len(),
                ruled: row.kind == RowKind::Total && index + 1 < table.rows.len(),
            };
            self.body_row(row, fit, &besides, place)
        });
        let nothing = table.rows.is_empty().then(|| self.empty_row(fit));
        self.open_table(&frame).add([self.head_row(&table.header, fit, &besides)]).add(rows).add(nothing)
    }

    fn open_table(&self, frame: &TableFrame) -> Element {
        let grid = frame.widths.iter().map(|width| element("w:gridCol").with("w:w", width));
        let look = valued("w:tblLook", if frame.total_last { "04E0" } else { "04A0" })
            .with("w:firstRow", 1)
            .with("w:lastRow", u8::from(frame.total_last))
            .with("w:firstColumn", 1)
            .with("w:lastColumn", 0)
            .with("w:noHBand", 0)
            .with("w:noVBand", 1);
        let properties = element("w:tblPr")
            .add([valued("w:tblStyle", self.frame.ids.get(frame.style))])
            .add([in_twips("w:tblW", frame.widths.iter().sum())])
            .add([element("w:tblLayout").with("w:type", "fixed"), look, valued("w:tblCaption", frame.title)])
            .add((!frame.description.is_empty()).then(|| valued("w:tblDescription", frame.description)));
        element("w:tbl").add([properties, element("w:tblGrid").add(grid)])
    }

    fn head_row(&self, header: &[TableHeader], fit: &TableFit, besides: &[usize]) -> Element {
        let cells = header.iter().enumerate().map(|(index, column)| {
            let width = fit.widths.get(index).copied().unwrap_or(0);
            let beside = index.checked_sub(1).and_then(|cell| besides.get(cell)).copied().unwrap_or(0);
            let beside = if column.beside.is_some() { beside } else { 0 };
            let words = self.words(&column.text, width, &dress(None, fit.size), true);
            let runs = words.into_iter().chain(self.beside(column.beside.as_deref(), beside, fit.size));
            let look = CellLook { number: column.numeric, head: true, ..CellLook::default() };
            self.cell(width, look, ParagraphShape { at_right: column.numeric, ..ParagraphShape::kept() }, runs)
        });
        head_row(cells)
    }

    fn body_row(&self, row: &PrintedRow, fit: &TableFit, besides: &[usize], place: RowPlace) -> Element {
        let style = match row.kind {
            RowKind::Part => None,
            RowKind::Group | RowKind::Total => Some(Style::Strong),
            RowKind::Residual => Some(Style::Beside),
        };
        let RowPlace { keep_next, ruled } = place;
        let dress = dress(style, fit.size);
        let width = fit.widths.first().copied().unwrap_or(0);
        let indent = INDENT * i32::from(row.level.min(4));
        let shape = ParagraphShape { keep_next, indent: (indent > 0).then_some(indent), ..ParagraphShape::default() };
        let runs = self.words(&row.label, width - indent, &dress, style == Some(Style::Strong));
        let head = self.cell(width, CellLook { ruled, ..CellLook::default() }, shape, runs);
        let cells = row.cells.iter().enumerate().map(|(index, cell)| {
            let width = fit.widths.get(index + 1).copied().unwrap_or(0);
            let runs = self.cell_runs(cell, width, besides.get(index).copied().unwrap_or(0), &dress);
            let look = CellLook { number: cell.numeric, ruled, ..CellLook::default() };
            self.cell(width, look, ParagraphShape { keep_next, ..ParagraphShape::default() }, runs)
        });
        let whole = (!is_tall(row, &fit.widths, fit.size)).then(|| element("w:trPr").add([element("w:cantSplit")]));
        element("w:tr").add(whole).add([head]).add(cells)
    }

    fn cell_runs(&self, cell: &PrintedCell, width: i32, beside: usize, dress: &Dress) -> Runs {
        let text = if cell.numeric {
            // "1 458" and "+35 %" stay on one line.
            self.run(&cell.text.replace(' ', "\u{a0}"), dress)
        } else {
            self.words(&cell.text, width, dress, false)
        };
        let beside = if cell.numeric { beside } else { 0 };
        let beside = self.beside(cell.beside.as_deref(), beside, dress.size.unwrap_or(SMALL));
        text.into_iter().chain(beside).collect()
    }

    /// "(127)", lighter, filled up on its left to the width of the column's widest.
    fn beside(&self, text: Option<&str>, width: usize, size: u32) -> Option<Element> {
        if text.is_none() && width == 0 {
            return None;
        }
        let missing = width.saturating_sub(text.map_or(0, |text| text.chars().count()));
        let filled = format!("\u{a0}{}{}", FIGURE_SPACE.repeat(missing), text.unwrap_or(""));
        self.run(&filled, &dress(Some(Style::Beside), size))
    }

    fn empty_row(&self, fit: &TableFit) -> Element {
        let runs = self.run(&printed!("write-no-data"), &dress(Some(Style::Beside), fit.size));
        let look = CellLook { span: Some(fit.widths.len()), ..CellLook::default() };
        row([self.cell(fit.widths.iter().sum(), look, ParagraphShape::kept(), runs)])
    }

    fn cell(
        &self,
        width: i32,
        look: CellLook,
        shape: ParagraphShape,
        runs: impl IntoIterator<Item = Element>,
    ) -> Element {
        let style = match look {
            CellLook { head: true, .. } => Style::TableHead,
            CellLook { number: true, .. } => Style::TableNumber,
            _ => Style::TableText,
        };
        let line = |side| valued(side, "single").with("w:sz", 6).with("w:space", 0).with("w:color", "auto");
        let properties = element("w:tcPr")
            .add([in_twips("w:tcW", width)])
            .add(look.span.map(|columns| valued("w:gridSpan", columns)))
            .add(look.ruled.then(|| element("w:tcBorders").add(["w:top", "w:bottom"].map(line))))
            .add(look.head.then(|| valued("w:vAlign", "bottom")));
        element("w:tc").add([properties, paragraph(self.frame.ids.get(style), shape, runs)])
    }

    /// Text of a cell: its lines, and words that are wider than the cell with places for a hyphen.
    fn words(&self, words: &str, width: i32, dress: &Dress, strong: bool) -> Option<Element> {
        let size = dress.size.unwrap_or(SMALL);
        let is_whole = |word: &str| width_of(word, size, strong) + 170 <= width;
        let mut inside = Vec::new();
        for (index, line) in words.split('\n').enumerate() {
            inside.extend((index > 0).then(|| element("w:br")));
            if line.split(' ').all(is_whole) {
                inside.push(text(line));
            } else {
                inside.extend(
                    line.split(' ').enumerate().flat_map(|(index, word)| divided(index > 0, word, is_whole(word))),
                );
            }
        }
        (!inside.is_empty()).then(|| self.dressed(dress, inside))
    }

    /// Notes and source; where the page lies, the last of them ends its section.
    fn notes(&mut self, table: &TableBlock, lying: Option<&Page>) {
        let notes = table.notes.iter().map(|note| note.text.as_str()).chain([table.source.as_str()]);
        let notes: Vec<&str> = notes.filter(|text| !text.is_empty()).collect();
        for (index, text) in notes.iter().enumerate() {
            let last = index + 1 == notes.len();
            let section = lying.filter(|_| last).map(|page| page.section(false));
            let ends_section = section.is_some();
            let runs = self.run(text, &Dress::default());
            let shape =
                ParagraphShape { section, keep_next: !last, after: last.then_some(BELOW), ..ParagraphShape::default() };
            self.paragraph(Style::TableNote, shape, runs);
            self.last_section = ends_section.then_some(self.content.len());
        }
        match lying {
            Some(page) if notes.is_empty() => {
                self.end_section(page);
                self.last_section = Some(self.content.len());
            }
            // Word wants a paragraph between two tables.
            None if notes.is_empty() => self.gap(),
            _ => {}
        }
    }

    fn gap(&mut self) {
        self.paragraph(Style::SectionEnd, ParagraphShape { after: Some(BELOW), ..ParagraphShape::default() }, None);
    }

    /// The year's numbers: value, what it is of, and a sentence.
    pub(super) fn key_numbers(&mut self, cards: &[KeyNumber]) {
        if cards.is_empty() {
            return;
        }
        let room = self.frame.page.text_width();
        let size = super::sizes::DISPLAY;
        let widest = cards.iter().map(|card| width_of(&card.value, size, true)).max().unwrap_or(0) + 240;
        let value = widest.clamp(room / 6, room / 3);
        let widths = [value, (room - value) / 2, room - value - (room - value) / 2];
        let frame = TableFrame {
            style: Style::KeyTable,
            widths: &widths,
            total_last: false,
            title: word!("write-years-numbers"),
            description: word!("write-years-numbers-described"),
        };
        let heads = [word!("write-value"), word!("write-concerns"), word!("write-comment")]
            .into_iter()
            .zip(widths)
            .map(|(text, width)| {
                let runs = self.run(text, &dress(Some(Style::Beside), SMALL));
                self.cell(width, CellLook { head: true, ..CellLook::default() }, ParagraphShape::kept(), runs)
            });
        let mut table = self.open_table(&frame).add([head_row(heads)]);
        for card in cards {
            table = table.add([self.card(card, widths)]);
        }
        self.content.push(table);
        self.gap();
    }

    fn card(&mut self, card: &KeyNumber, widths: [i32; 3]) -> Element {
        let value = self.run(&card.value.replace(' ', "\u{a0}"), &Dress::default()).into_iter().collect();
        let mut label: Runs = self.run(&card.label, &Dress::of(Style::Strong)).into_iter().collect();
        if let Some(beside) = &card.beside {
            label.push(run_of("w:br"));
            label.extend(self.run(beside, &Dress::of(Style::Beside)));
        }
        let sentence = self.inlines(card.sentence.as_deref().unwrap_or_default(), &Dress::default());
        let cells = [(Style::KeyValue, value), (Style::KeyLabel, label), (Style::KeyLabel, sentence)];
        row(cells.into_iter().zip(widths).map(|((style, runs), width): ((Style, Runs), i32)| {
            let properties = element("w:tcPr").add([in_twips("w:tcW", width), valued("w:vAlign", "center")]);
            element("w:tc").add([properties, paragraph(self.frame.ids.get(style), ParagraphShape::default(), runs)])
        }))
    }
}

/// What a table is before its rows.
struct TableFrame<'a> {
    style: Style,
    widths: &'a [i32],
    total_last: bool,
    title: &'a str,
    description: &'a str,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
struct RowPlace {
    keep_next: bool,
    /// Lines above and below a total in the middle of a table.
    ruled: bool,
}

/// What a cell is, for its style.
#[derive(Debug, Clone, Copy, Default)]
struct CellLook {
    number: bool,
    head: bool,
    /// Lines above and below a total in the middle of a table.
    ruled: bool,
    /// Columns that the cell reaches over.
    span: Option<usize>,
}

/// A row that no page divides.
fn row(cells: impl IntoIterator<Item = Element>) -> Element {
    element("w:tr").add([element("w:trPr").add([element("w:cantSplit")])]).add(cells)
}

/// A row that every page repeats.
fn head_row(cells: impl IntoIterator<Item = Element>) -> Element {
    element("w:tr").add([element("w:trPr").add([element("w:cantSplit"), element("w:tblHeader")])]).add(cells)
}

fn in_twips(name: &'static str, width: i32) -> Element {
    element(name).with("w:w", width).with("w:type", "dxa")
}

/// Small type is the style's own; only smaller is said.
fn dress(style: Option<Style>, size: u32) -> Dress {
    Dress { style, size: (size != SMALL).then_some(size), ..Dress::default() }
}

/// A word, after a space or not; one that is too wide for its cell with places for a hyphen.
fn divided(spaced: bool, word: &str, is_whole: bool) -> Vec<Element> {
    let pieces = syllables(word);
    if is_whole || pieces.len() < 2 {
        return vec![text(&format!("{}{word}", if spaced { " " } else { "" }))];
    }
    let mut inside: Vec<Element> = spaced.then(|| text(" ")).into_iter().collect();
    for (index, piece) in pieces.iter().enumerate() {
        inside.extend((index > 0).then(|| element("w:softHyphen")));
        inside.push(text(piece));
    }
    inside
}

/// Upright at the usual size, else smaller, else lying.
fn fit(table: &TableBlock, page: &Page) -> TableFit {
    for size in [SMALL, DENSE] {
        if let Some(widths) = columns(table, page.text_width(), size) {
            return TableFit { widths, size, lying: None };
        }
    }
    let lying = page.lying();
    let room = lying.as_ref().unwrap_or(page).text_width();
    for size in [SMALL, DENSE, LEAST] {
        if let Some(widths) = columns(table, room, size) {
            return TableFit { widths, size, lying };
        }
    }
    TableFit { widths: squeezed(table, room, LEAST), size: LEAST, lying }
}
