//! The document as data for the template: one JSON value and the drawings. No markup is ever made of a text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use typst::foundations::Bytes;

use super::columns::{self, BESIDE_GAP_EM, ColumnFit, INSET_Y_PT};
use super::fonts::Fonts;
use super::letters::{Faces, Letters};
use crate::diagnostic::Failure;
use crate::domain::table::RowKind;
use crate::job::plan::LoadedTheme;
use crate::write::document::{Block, Document, Inline, KeyNumber, PrintedCell, PrintedRow, TableBlock, TableHeader};
use crate::write::typography::{Size, TYPOGRAPHY};

/// Longest address that a link is made of; the typesetter refuses longer ones.
const ADDRESS_MOST: usize = 8000;

/// The files that the template reads: `/document.json`, `/figur-N.svg`, `/logotyp.svg`.
pub(super) fn files(
    document: &Document,
    theme: &LoadedTheme,
    faces: Faces<'_>,
) -> Result<BTreeMap<String, Bytes>, Failure> {
    let fonts = faces.fonts;
    let mut printer = Printer::new(document, faces);
    let blocks = printer.blocks(&document.blocks, true)?;
    let mut whole = head(document, theme, &printer.letters, fonts);
    whole["blocks"] = blocks;
    if let Some(logo) = &theme.logo {
        let name = if logo.is_svg() { "/logotyp.svg" } else { "/logotyp.png" };
        printer.files.insert(name.into(), Bytes::new(logo.file.bytes.clone()));
        whole["logo"] = json!({ "file": name, "alt": printer.letters.plain(&logo.text) });
    }
    whole["letters_missing"] = json!(printer.letters.were_missing());
    printer.files.insert("/document.json".into(), Bytes::new(whole.to_string().into_bytes()));
    Ok(printer.files)
}

/// First page, colours, sizes.
fn head(document: &Document, theme: &LoadedTheme, letters: &Letters<'_>, fonts: &Fonts) -> Value {
    let mut facts = vec![(word!("write-period-head"), letters.text(&document.period))];
    facts.extend(document.committee.as_ref().map(|committee| (word!("write-committee-head"), letters.text(committee))));
    facts.push((word!("write-as-of-head"), letters.text(&document.as_of)));
    facts.extend(document.decision.as_ref().map(|decision| (word!("write-decision-head"), letters.text(decision))));
    json!({
        "title": letters.text(&document.title),
        "organisation": letters.text(&document.organisation),
        "facts": facts,
        "family": fonts.family,
        "colours": {
            "accent": theme.accent, "ink": theme.ink, "muted": theme.muted, "ground": theme.ground,
            "rule": theme.rule, "note": theme.note, "room": theme.room,
        },
        "type": sizes(),
    })
}

/// The typographic system in the template's units: points and millimetres.
fn sizes() -> Value {
    let size = |size: Size| json!({ "pt": size.paper_pt, "line": size.line });
    let type_ = &TYPOGRAPHY;
    json!({
        "small": size(type_.small), "text": size(type_.text), "large": size(type_.large),
        "display": size(type_.display), "strong": type_.strong, "measure": type_.measure_mm,
        "width": type_.page_mm.0, "height": type_.page_mm.1, "margins": type_.margins_mm,
        "paragraph": type_.paragraph_em, "block": type_.block_mm,
        "inset": INSET_Y_PT, "gap": BESIDE_GAP_EM,
    })
}

/// Turns blocks into data, in reading order.
struct Printer<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    letters: Letters<'a>,
    files: BTreeMap<String, Bytes>,
    /// Ids that something can refer to.
    targets: BTreeSet<&'a str>,
    /// Those given away so far: a label stands once.
    given: BTreeSet<&'a str>,
    /// Level of the last heading: the next is at most one deeper.
    level: u8,
}

impl<'a> Printer<'a> {
    fn new(document: &'a Document, faces: Faces<'a>) -> Printer<'a> {
        let mut targets = BTreeSet::new();
        gather_targets(&document.blocks, &mut targets);
        let (files, given) = (BTreeMap::new(), BTreeSet::new());
        Printer { document, fonts: faces.fonts, letters: Letters::new(faces), files, targets, given, level: 0 }
    }

    /// `top`: true where a page of its own may begin.
    fn blocks(&mut self, blocks: &'a [Block], top: bool) -> Result<Value, Failure> {
        blocks.iter().map(|block| self.block(block, top)).collect::<Result<Vec<_>, _>>().map(Value::from)
    }

    fn block(&mut self, block: &'a Block, top: bool) -> Result<Value, Failure> {
        Ok(match block {
            Block::Heading { level, id, number, inlines } => self.heading(*level, id, number, inlines),
            Block::Paragraph(inlines) => json!({ "kind": "paragraph", "body": self.inlines(inlines) }),
            Block::List { ordered, items } => {
                let items = items.iter().map(|item| self.blocks(item, false)).collect::<Result<Vec<_>, _>>()?;
                json!({ "kind": "list", "ordered": ordered, "items": items })
            }
            Block::Quote(blocks) => json!({ "kind": "quote", "blocks": self.blocks(blocks, false)? }),
            Block::Note(blocks) => json!({ "kind": "note", "blocks": self.blocks(blocks, false)? }),
            Block::Table(table) => self.table(table, top),
            Block::Figure { name, number, id, caption, data: _ } => self.figure(name, *number, id, caption)?,
            Block::KeyNumbers(cards) => json!({ "kind": "cards", "cards": self.cards(cards) }),
            Block::Room { prompt } => json!({ "kind": "room", "prompt": self.letters.text(prompt) }),
            Block::PageBreak => json!({ "kind": if top { "page" } else { "nothing" } }),
        })
    }

    fn heading(&mut self, level: u8, id: &'a str, number: &str, inlines: &[Inline]) -> Value {
        self.level = level.clamp(1, self.level + 1);
        json!({
            "kind": "heading", "level": self.level, "id": self.label(id),
            "number": self.letters.plain(number), "body": self.inlines(inlines),
        })
    }

    /// The id, for the first block that has it.
    fn label(&mut self, id: &'a str) -> Option<&'a str> {
        (!id.is_empty() && self.given.insert(id)).then_some(id)
    }

    fn cards(&self, cards: &[KeyNumber]) -> Value {
        let card = |card: &KeyNumber| {
            json!({
                "label": self.letters.text(&card.label), "value": self.letters.plain(&card.value),
                "beside": card.beside.as_ref().map(|text| self.letters.text(text)),
                "sentence": card.sentence.as_ref().map(|sentence| self.inlines(sentence)),
            })
        };
        cards.iter().map(card).collect::<Vec<_>>().into()
    }

    /// A drawing, as wide as its smallest text needs to be, and not higher than a page with its caption.
    fn figure(&mut self, name: &str, number: u32, id: &'a str, caption: &[Inline]) -> Result<Value, Failure> {
        let label = self.label(id);
        let title = printed!("write-figure-number", number);
        let mut value = json!({ "kind": "figure", "id": label, "number": title, "caption": self.inlines(caption) });
        let Some(drawn) = self.document.figures.get(name) else { return Ok(value) };
        if drawn.alt_text.trim().is_empty() {
            return Err(Failure::internal(format!("figure `{name}` (figur {number}) has no alternative text")));
        }
        let file = format!("/figur-{number}.svg");
        let ratio = f64::from(drawn.height_px) / f64::from(drawn.width_px.max(1));
        value["file"] = json!(file);
        value["alt"] = json!(self.letters.plain(&drawn.alt_text));
        value["width"] = json!(TYPOGRAPHY.figure_mm.min(0.85 * TYPOGRAPHY.height_mm() / ratio.max(0.01)));
        self.files.insert(file, Bytes::new(self.letters.plain(&drawn.svg).into_bytes()));
        Ok(value)
    }

    fn table(&mut self, table: &'a TableBlock, top: bool) -> Value {
        let fit = columns::fit(table, self.fonts, top);
        let label = self.label(&table.id);
        let rows = table.rows.iter().zip(&fit.breakable).map(|(row, breakable)| self.row(row, &fit, *breakable));
        let notes = table.notes.iter().map(|note| note.text.as_str()).chain([table.source.as_str()]);
        let notes: Vec<String> = notes.filter(|text| !text.is_empty()).map(|text| self.letters.text(text)).collect();
        json!({
            "kind": "table", "id": label,
            "number": table.number.map(|number| printed!("write-table-number", number)),
            "caption": self.letters.text(&table.caption),
            "size": fit.size_pt, "inset": fit.inset_pt, "landscape": fit.landscape, "keep": fit.keep,
            "columns": fit.widths_pt,
            "header": table.header.iter().enumerate().map(|(column, header)| self.header(header, column, &fit)).collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
            "notes": notes,
        })
    }

    fn header(&self, header: &TableHeader, column: usize, fit: &ColumnFit) -> Value {
        let width = column.checked_sub(1).and_then(|column| fit.besides_pt.get(column)).copied().unwrap_or(0.0);
        let beside = header.beside.as_ref().map(|text| self.letters.plain(text));
        json!({
            "text": self.letters.text(&header.text), "numeric": header.numeric && column > 0,
            "beside": beside, "width": width, "divide": fit.divides(self.fonts, &header.text, column, true),
        })
    }

    fn row(&self, row: &PrintedRow, fit: &ColumnFit, breakable: bool) -> Value {
        let strong = columns::is_strong(row);
        let divides = |text: &str, column: usize| fit.divides(self.fonts, text, column, strong);
        let cells = row.cells.iter().zip(&fit.besides_pt).enumerate();
        let cells = cells.map(|(index, (cell, width))| self.cell(cell, *width, divides(&cell.text, index + 1)));
        let kind = match row.kind {
            RowKind::Part => "part",
            RowKind::Group => "group",
            RowKind::Residual => "residual",
            RowKind::Total => "total",
        };
        json!({
            "kind": kind, "strong": strong, "level": row.level.min(2), "breakable": breakable,
            "label": self.letters.text(&row.label), "divide": divides(&row.label, 0), "cells": cells.collect::<Vec<_>>(),
        })
    }

    /// A plain text; a number with the width that is kept free beside it, so that numbers stand under one another.
    fn cell(&self, cell: &PrintedCell, width: f64, divide: bool) -> Value {
        if !cell.numeric && !divide && cell.beside.is_none() && width == 0.0 {
            return json!(self.letters.text(&cell.text));
        }
        let beside = cell.beside.as_ref().map(|text| self.letters.plain(text));
        let text = if cell.numeric { self.letters.plain(&cell.text) } else { self.letters.text(&cell.text) };
        json!({ "text": text, "numeric": cell.numeric, "beside": beside, "width": width, "divide": divide })
    }

    fn inlines(&self, inlines: &[Inline]) -> Value {
        inlines.iter().map(|inline| self.inline(inline)).collect::<Vec<_>>().into()
    }

    fn inline(&self, inline: &Inline) -> Value {
        match inline {
            Inline::Text(text) | Inline::Bound { text, origin: _ } => json!(self.letters.text(text).replace('\n', " ")),
            Inline::Strong(inner) => json!({ "strong": self.inlines(inner) }),
            Inline::Emphasis(inner) => json!({ "emphasis": self.inlines(inner) }),
            Inline::Code(text) => json!({ "code": self.letters.text(text) }),
            Inline::Link { href, inlines } if (1..=ADDRESS_MOST).contains(&href.len()) => {
                json!({ "link": href, "body": self.inlines(inlines) })
            }
            Inline::Link { inlines, .. } => json!({ "plain": self.inlines(inlines) }),
            Inline::Reference { id, text } => self.reference(id, text),
            Inline::LineBreak => json!({ "break": true }),
        }
    }

    /// "Tabell 3" stays on one line, and leads there.
    fn reference(&self, id: &str, text: &str) -> Value {
        let text = self.letters.plain(text).replace(' ', "\u{a0}");
        if self.targets.contains(id) { json!({ "to": id, "text": text }) } else { json!(text) }
    }
}

fn gather_targets<'a>(blocks: &'a [Block], targets: &mut BTreeSet<&'a str>) {
    for block in blocks {
        match block {
            Block::Heading { id, .. } | Block::Figure { id, .. } => drop(targets.insert(id)),
            Block::Table(table) => drop(targets.insert(&table.id)),
            Block::List { items, .. } => items.iter().for_each(|item| gather_targets(item, targets)),
            Block::Quote(blocks) | Block::Note(blocks) => gather_targets(blocks, targets),
            Block::Paragraph(_) | Block::KeyNumbers(_) | Block::Room { .. } | Block::PageBreak => {}
        }
    }
    targets.remove("");
}
