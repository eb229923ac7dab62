//! Tables: caption above, a header row that is marked and repeated, notes directly below; the year's numbers.

use super::super::document::{KeyNumber, PrintedCell, PrintedRow, TableBlock, TableHeader};
use super::body::{Body, Shape};
use super::page::Page;
use super::runs::Dress;
use super::sizes::{DENSE, LEAST, SMALL};
use super::styles::Style;
use super::targets::label;
use super::widths::{INDENT, beside_width, columns, is_tall, squeezed, syllables, width_of};
use super::xml::escape;
use crate::domain::table::RowKind;

/// Rows up to which a table is kept on one page.
const SHORT: usize = 14;

/// What comes after a number to keep it above the others: as wide as a digit.
const FIGURE_SPACE: &str = "\u{2007}";

/// Air below a table and its notes, in twips.
const BELOW: u32 = 280;

/// How a table finds room.
struct Fit {
    widths: Vec<i32>,
    size: u32,
    /// On a page of its own that lies.
    lying: Option<Page>,
}

impl Body<'_> {
    pub fn table(&mut self, table: &TableBlock) {
        let fit = fit(table, self.page);
        let goes_on = fit.lying.is_some() && self.reopen_section().is_some();
        if fit.lying.is_some() && !goes_on {
            self.end_section(self.page);
        }
        self.caption(table);
        self.grid(table, &fit);
        self.notes(table, fit.lying.as_ref());
    }

    /// An almost invisible paragraph that ends a section.
    fn end_section(&mut self, page: &Page) {
        let section = page.section(!self.sectioned);
        self.sectioned = true;
        self.paragraph(Style::SectionEnd, &Shape { section: Some(section), ..Shape::default() }, "");
    }

    /// "Tabell 1. Rubrik"; a table of the appendix has no number.
    fn caption(&mut self, table: &TableBlock) {
        let numbered = table.number.map(|number| self.caption_number("Tabell", number, &table.id)).unwrap_or_default();
        let title = self.run(&table.caption, &Dress::of(Style::Strong));
        let shape = Shape { keep_next: true, ..Shape::default() };
        self.paragraph(Style::Caption, &shape, &format!("{numbered}{title}"));
    }

    /// "Tabell 1" that Word counts, in its bookmark, and a full stop.
    pub fn caption_number(&mut self, word: &str, number: u32, id: &str) -> String {
        let dress = Dress::of(Style::Strong);
        let word_run = self.run(&format!("{word}\u{a0}"), &dress);
        let counted = self.field(&format!("SEQ {word} \\* ARABIC"), &number.to_string(), &dress);
        let runs = format!("{word_run}{counted}");
        let runs = match self.targets.get(id).cloned() {
            Some(target) => self.bookmarked(&target.bookmark, &runs),
            None => runs,
        };
        format!("{runs}{}", self.run(". ", &dress))
    }

    fn grid(&mut self, table: &TableBlock, fit: &Fit) {
        let total_last = table.rows.last().is_some_and(|row| row.kind == RowKind::Total);
        let description = match table.notes.first() {
            Some(note) => format!("{} {}", table.source, note.text),
            None => table.source.clone(),
        };
        let title = match table.number {
            Some(number) => format!("{}. {}", label("Tabell", number), table.caption),
            None => table.caption.clone(),
        };
        self.open_table(Style::ReportTable, &fit.widths, total_last, (&title, description.trim()));
        let besides: Vec<usize> =
            (0..table.header.len().saturating_sub(1)).map(|cell| beside_width(table, cell)).collect();
        self.head_row(&table.header, fit, &besides);
        let short = table.rows.len() <= SHORT;
        for (index, row) in table.rows.iter().enumerate() {
            // Never a header or a note alone on its page.
            let keep_next = short || index < 2 || index + 1 == table.rows.len();
            let ruled = row.kind == RowKind::Total && index + 1 < table.rows.len();
            self.body_row(row, fit, &besides, (keep_next, ruled));
        }
        if table.rows.is_empty() {
            self.empty_row(fit);
        }
        self.xml.push_str("</w:tbl>");
    }

    fn open_table(&mut self, style: Style, widths: &[i32], total_last: bool, (title, description): (&str, &str)) {
        let total: i32 = widths.iter().sum();
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let description = match description {
            "" => String::new(),
            text => format!("<w:tblDescription w:val=\"{}\"/>", escape(text)),
        };
        let last = u8::from(total_last);
        let value = if total_last { "04E0" } else { "04A0" };
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{}\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"{value}\" w:firstRow=\"1\" w:lastRow=\"{last}\" \
             w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>\
             <w:tblCaption w:val=\"{}\"/>{description}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            escape(self.ids.get(style)),
            escape(title)
        ));
    }

    fn head_row(&mut self, header: &[TableHeader], fit: &Fit, besides: &[usize]) {
        let mut cells = String::new();
        for (index, column) in header.iter().enumerate() {
            let width = fit.widths.get(index).copied().unwrap_or(0);
            let beside = index.checked_sub(1).and_then(|cell| besides.get(cell)).copied().unwrap_or(0);
            let mut runs = self.words(&column.text, width, &dress(None, fit.size), true);
            runs.push_str(&self.beside(
                column.beside.as_deref(),
                if column.beside.is_some() { beside } else { 0 },
                fit.size,
            ));
            let shape = Shape { keep_next: true, ..Shape::default() };
            cells.push_str(&self.cell(
                width,
                CellLook { number: column.numeric, head: true, ruled: false },
                &shape,
                &runs,
            ));
        }
        self.xml.push_str(&format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"));
    }

    fn body_row(&mut self, row: &PrintedRow, fit: &Fit, besides: &[usize], (keep_next, ruled): (bool, bool)) {
        let style = match row.kind {
            RowKind::Part => None,
            RowKind::Group | RowKind::Total => Some(Style::Strong),
            RowKind::Residual => Some(Style::Beside),
        };
        let dress = dress(style, fit.size);
        let width = fit.widths.first().copied().unwrap_or(0);
        let indent = INDENT * i32::from(row.level.min(4));
        let shape = Shape { keep_next, indent: (indent > 0).then_some(indent), ..Shape::default() };
        let runs = self.words(&row.label, width - indent, &dress, style == Some(Style::Strong));
        let mut cells = self.cell(width, CellLook { number: false, head: false, ruled }, &shape, &runs);
        let shape = Shape { keep_next, ..Shape::default() };
        for (index, cell) in row.cells.iter().enumerate() {
            let width = fit.widths.get(index + 1).copied().unwrap_or(0);
            let runs = self.cell_runs(cell, width, besides.get(index).copied().unwrap_or(0), &dress);
            cells.push_str(&self.cell(width, CellLook { number: cell.numeric, head: false, ruled }, &shape, &runs));
        }
        let whole = if is_tall(row, &fit.widths, fit.size) { "" } else { "<w:trPr><w:cantSplit/></w:trPr>" };
        self.xml.push_str(&format!("<w:tr>{whole}{cells}</w:tr>"));
    }

    fn cell_runs(&self, cell: &PrintedCell, width: i32, beside: usize, dress: &Dress) -> String {
        let text = match cell.numeric {
            // "1 458" and "+35 %" stay on one line.
            true => self.run(&cell.text.replace(' ', "\u{a0}"), dress),
            false => self.words(&cell.text, width, dress, false),
        };
        let size = dress.size.unwrap_or(SMALL);
        format!("{text}{}", self.beside(cell.beside.as_deref(), if cell.numeric { beside } else { 0 }, size))
    }

    /// "(127)", lighter, filled up on its left to the width of the column's widest.
    fn beside(&self, text: Option<&str>, width: usize, size: u32) -> String {
        let missing = width.saturating_sub(text.map_or(0, |text| text.chars().count()));
        match (text, width) {
            (None, 0) => String::new(),
            (text, _) => {
                let filled = format!("\u{a0}{}{}", FIGURE_SPACE.repeat(missing), text.unwrap_or(""));
                self.run(&filled, &dress(Some(Style::Beside), size))
            }
        }
    }

    fn empty_row(&mut self, fit: &Fit) {
        let (count, total): (usize, i32) = (fit.widths.len(), fit.widths.iter().sum());
        let runs = self.run("Inga uppgifter.", &dress(Some(Style::Beside), fit.size));
        let cell = self.cell(total, CellLook::default(), &Shape { keep_next: true, ..Shape::default() }, &runs);
        let spanned = cell.replacen("</w:tcPr>", &format!("<w:gridSpan w:val=\"{count}\"/></w:tcPr>"), 1);
        self.xml.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{spanned}</w:tr>"));
    }

    fn cell(&self, width: i32, look: CellLook, shape: &Shape, runs: &str) -> String {
        let style = match look {
            CellLook { head: true, .. } => Style::TableHead,
            CellLook { number: true, .. } => Style::TableNumber,
            _ => Style::TableText,
        };
        let line = "w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"";
        let borders = match look.ruled {
            true => format!("<w:tcBorders><w:top {line}/><w:bottom {line}/></w:tcBorders>"),
            false => String::new(),
        };
        let foot = if look.head { "<w:vAlign w:val=\"bottom\"/>" } else { "" };
        let mut paragraph = super::body::paragraph_xml(self.ids.get(style), shape, runs);
        if look.head && look.number {
            paragraph = paragraph.replacen("</w:pPr>", "<w:jc w:val=\"right\"/></w:pPr>", 1);
        }
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{borders}{foot}</w:tcPr>{paragraph}</w:tc>")
    }

    /// Text of a cell: its lines, and words that are wider than the cell with places for a hyphen.
    fn words(&self, text: &str, width: i32, dress: &Dress, strong: bool) -> String {
        let size = dress.size.unwrap_or(SMALL);
        let mut inside = String::new();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                inside.push_str("<w:br/>");
            }
            let whole = |word: &str| width_of(word, size, strong) + 170 <= width;
            if line.split(' ').all(whole) {
                inside.push_str(&text_element(line));
                continue;
            }
            for (index, word) in line.split(' ').enumerate() {
                let spaced = if index > 0 { format!(" {word}") } else { word.to_string() };
                match syllables(word) {
                    pieces if pieces.len() > 1 && !whole(word) => {
                        let space = if index > 0 { text_element(" ") } else { String::new() };
                        let pieces: Vec<String> = pieces.iter().map(|piece| text_element(piece)).collect();
                        inside.push_str(&format!("{space}{}", pieces.join("<w:softHyphen/>")));
                    }
                    _ => inside.push_str(&text_element(&spaced)),
                }
            }
        }
        if inside.is_empty() { inside } else { format!("<w:r>{}{inside}</w:r>", self.properties(dress)) }
    }

    /// Notes and source; where the page lies, the last of them ends its section.
    fn notes(&mut self, table: &TableBlock, lying: Option<&Page>) {
        let notes = table.notes.iter().map(|note| note.text.as_str()).chain([table.source.as_str()]);
        let notes: Vec<&str> = notes.filter(|text| !text.is_empty()).collect();
        for (index, text) in notes.iter().enumerate() {
            let last = index + 1 == notes.len();
            let section = lying.filter(|_| last).map(|page| page.section(false));
            let runs = self.run(text, &Dress::default());
            let after = last.then_some(BELOW);
            let shape = Shape { section: section.clone(), keep_next: !last, after, ..Shape::default() };
            self.paragraph(Style::TableNote, &shape, &runs);
            self.last_section = section.map(|section| (section, self.xml.len()));
        }
        match lying {
            Some(page) if notes.is_empty() => {
                self.end_section(page);
                self.last_section = Some((page.section(false), self.xml.len()));
            }
            // Word wants a paragraph between two tables.
            None if notes.is_empty() => self.gap(),
            _ => {}
        }
    }

    fn gap(&mut self) {
        self.paragraph(Style::SectionEnd, &Shape { after: Some(BELOW), ..Shape::default() }, "");
    }

    /// The year's numbers: value, what it is of, and a sentence.
    pub fn key_numbers(&mut self, cards: &[KeyNumber]) {
        if cards.is_empty() {
            return;
        }
        let room = self.page.text_width();
        let size = super::sizes::DISPLAY;
        let widest = cards.iter().map(|card| width_of(&card.value, size, true)).max().unwrap_or(0) + 240;
        let value = widest.clamp(room / 6, room / 3);
        let widths = [value, (room - value) / 2, room - value - (room - value) / 2];
        self.open_table(
            Style::KeyTable,
            &widths,
            false,
            ("Året i siffror", "Värde, vad det gäller och hur det har ändrats."),
        );
        let heads: String = ["Värde", "Gäller", "Kommentar"]
            .iter()
            .zip(widths)
            .map(|(text, width)| {
                let runs = self.run(text, &dress(Some(Style::Beside), SMALL));
                let shape = Shape { keep_next: true, ..Shape::default() };
                self.cell(width, CellLook { head: true, ..CellLook::default() }, &shape, &runs)
            })
            .collect();
        self.xml.push_str(&format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"));
        for card in cards {
            self.card(card, widths);
        }
        self.xml.push_str("</w:tbl>");
        self.gap();
    }

    fn card(&mut self, card: &KeyNumber, widths: [i32; 3]) {
        let plain = Shape::default();
        let value = self.run(&card.value.replace(' ', "\u{a0}"), &Dress::default());
        let value = super::body::paragraph_xml(self.ids.get(Style::KeyValue), &plain, &value);
        let mut label = self.run(&card.label, &Dress::of(Style::Strong));
        if let Some(beside) = &card.beside {
            label.push_str("<w:r><w:br/></w:r>");
            label.push_str(&self.run(beside, &Dress::of(Style::Beside)));
        }
        let label = super::body::paragraph_xml(self.ids.get(Style::KeyLabel), &plain, &label);
        let sentence = match &card.sentence {
            Some(sentence) => self.inlines(sentence, Dress::default()),
            None => String::new(),
        };
        let sentence = super::body::paragraph_xml(self.ids.get(Style::KeyLabel), &plain, &sentence);
        let cells = [value, label, sentence];
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (paragraph, width) in cells.iter().zip(widths) {
            self.xml.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{paragraph}</w:tc>"
            ));
        }
        self.xml.push_str("</w:tr>");
    }
}

/// What a cell is, for its style.
#[derive(Debug, Clone, Copy, Default)]
struct CellLook {
    number: bool,
    head: bool,
    /// Lines above and below a total in the middle of a table.
    ruled: bool,
}

/// Small type is the style's own; only smaller is said.
fn dress(style: Option<Style>, size: u32) -> Dress {
    Dress { style, size: (size != SMALL).then_some(size), ..Dress::default() }
}

fn text_element(text: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(text))
}

/// Upright at the usual size, else smaller, else lying.
fn fit(table: &TableBlock, page: &Page) -> Fit {
    for size in [SMALL, DENSE] {
        if let Some(widths) = columns(table, page.text_width(), size) {
            return Fit { widths, size, lying: None };
        }
    }
    let lying = page.lying();
    let room = lying.as_ref().unwrap_or(page).text_width();
    for size in [SMALL, DENSE, LEAST] {
        if let Some(widths) = columns(table, room, size) {
            return Fit { widths, size, lying };
        }
    }
    Fit { widths: squeezed(table, room, LEAST), size: LEAST, lying }
}
