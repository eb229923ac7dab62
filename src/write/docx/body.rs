//! Blocks of the document as paragraphs, tables and drawings.
//!
//! In: the document tree. Out: the inside of `w:body`, with the pictures and relationships that it needs. Every
//! heading, table and figure has its bookmark, so that references lead somewhere.

use std::collections::BTreeMap;

use super::super::document::{Block, Document, Inline};
use super::package::{Package, Relations};
use super::page::Page;
use super::runs::Dress;
use super::styles::{Ids, Style};
use super::targets::Targets;
use super::xml::escape;
use crate::diagnostic::Failure;

/// Deepest heading level that the contents list: chapters and their sections.
pub const CONTENTS_DEPTH: u8 = 2;

/// Above and below a box, in twips.
const AIR: u32 = 300;

/// The text while it is written.
pub struct Body<'a> {
    pub xml: String,
    pub document: &'a Document,
    pub ids: &'a Ids,
    pub page: &'a Page,
    pub targets: Targets,
    pub package: &'a mut Package,
    pub relations: &'a mut Relations,
    /// Each list's kind, true for ordered; list 0 is number 1 in the numbering part.
    pub lists: Vec<bool>,
    /// SVG texts as outlines, by the figure's name.
    pub outlines: &'a BTreeMap<String, String>,
    pub bookmarks: u32,
    pub drawings: u32,
    /// The style of paragraphs: that of the box around them.
    inside: Vec<Style>,
    /// False until a section has ended: only the first has a first page of its own.
    pub sectioned: bool,
    /// Lists of the template, which come before ours in the numbering part.
    pub first_list: usize,
    /// Where the last box ended: two that touch would melt into one.
    last_box: usize,
    /// The section that ends where the text ends so far, and that length.
    pub last_section: Option<(String, usize)>,
}

/// What a paragraph is besides its style.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    pub keep_next: bool,
    /// Number in the numbering part, and its level.
    pub list: Option<(usize, u32)>,
    pub indent: Option<i32>,
    /// Air above and below, where it is not the style's.
    pub before: Option<u32>,
    pub after: Option<u32>,
    /// `w:sectPr`, if a section ends here.
    pub section: Option<String>,
    /// A template's own numbers would stand beside ours.
    pub unnumbered: bool,
}

impl<'a> Body<'a> {
    pub fn new(
        document: &'a Document,
        (ids, page): (&'a Ids, &'a Page),
        (package, relations): (&'a mut Package, &'a mut Relations),
        outlines: &'a BTreeMap<String, String>,
    ) -> Body<'a> {
        Body {
            xml: String::with_capacity(1 << 20),
            document,
            ids,
            page,
            targets: Targets::of(&document.blocks),
            package,
            relations,
            lists: Vec::new(),
            outlines,
            bookmarks: 0,
            drawings: 0,
            inside: Vec::new(),
            sectioned: false,
            first_list: 0,
            last_box: 0,
            last_section: None,
        }
    }

    /// The whole text; its last section ends with it.
    pub fn finish(&mut self) -> String {
        let last = self.reopen_section().unwrap_or_else(|| self.page.section(!self.sectioned));
        self.xml.push_str(&last);
        std::mem::take(&mut self.xml)
    }

    /// Takes back the end of a section that nothing has come after: no page stays empty.
    pub fn reopen_section(&mut self) -> Option<String> {
        let (section, end) = self.last_section.take()?;
        let start = self.xml.rfind(&section).filter(|_| end == self.xml.len())?;
        self.xml.replace_range(start..start + section.len(), "");
        Some(section)
    }

    pub fn blocks(&mut self, blocks: &[Block]) -> Result<(), Failure> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Result<(), Failure> {
        match block {
            Block::Heading { level, id, number, inlines } => self.heading(*level, id, number, inlines),
            Block::Paragraph(inlines) => self.text(inlines, Shape::default()),
            Block::List { ordered, items } => self.list(*ordered, items, 0)?,
            Block::Quote(blocks) => self.within(Style::Quote, blocks)?,
            Block::Note(blocks) => self.note(blocks)?,
            Block::Table(table) => self.table(table),
            Block::Figure { name, number, id, caption, .. } => self.figure(name, *number, id, caption)?,
            Block::KeyNumbers(cards) => self.key_numbers(cards),
            Block::Room { prompt } => self.room(prompt),
            Block::PageBreak => self.xml.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
        Ok(())
    }

    /// A paragraph of ready runs.
    pub fn paragraph(&mut self, style: Style, shape: &Shape, runs: &str) {
        self.xml.push_str(&paragraph_xml(self.ids.get(style), shape, runs));
    }

    /// Running text in the style of what is around it.
    fn text(&mut self, inlines: &[Inline], shape: Shape) {
        let runs = self.inlines(inlines, Dress::default());
        self.paragraph(self.inside.last().copied().unwrap_or(Style::BodyText), &shape, &runs);
    }

    fn within(&mut self, style: Style, blocks: &[Block]) -> Result<(), Failure> {
        self.inside.push(style);
        let written = self.blocks(blocks);
        self.inside.pop();
        written
    }

    /// A boxed remark. Its first and last paragraphs have the air around the box.
    fn note(&mut self, blocks: &[Block]) -> Result<(), Failure> {
        self.part_boxes();
        self.inside.push(Style::Note);
        let last = blocks.len().saturating_sub(1);
        let written = blocks.iter().enumerate().try_for_each(|(index, block)| match block {
            Block::Paragraph(inlines) => {
                let (before, after) = ((index == 0).then_some(AIR), (index == last).then_some(AIR));
                self.text(inlines, Shape { before, after, ..Shape::default() });
                Ok(())
            }
            block => self.block(block),
        });
        self.inside.pop();
        self.last_box = self.xml.len();
        written
    }

    /// Room for the analyst's own words: the question, and an empty line to begin on.
    fn room(&mut self, prompt: &str) {
        self.part_boxes();
        let label = self.run("Plats för bedömning", &Dress::of(Style::Strong));
        self.paragraph(Style::Room, &Shape { keep_next: true, before: Some(AIR), ..Shape::default() }, &label);
        let prompt = self.run(prompt, &Dress::default());
        self.paragraph(Style::Room, &Shape { keep_next: true, ..Shape::default() }, &prompt);
        self.paragraph(Style::Room, &Shape { after: Some(AIR), ..Shape::default() }, "");
        self.last_box = self.xml.len();
    }

    /// A low line between two boxes.
    fn part_boxes(&mut self) {
        if self.last_box == self.xml.len() && self.last_box > 0 {
            self.paragraph(Style::SectionEnd, &Shape { keep_next: true, ..Shape::default() }, "");
        }
    }

    fn heading(&mut self, level: u8, id: &str, number: &str, inlines: &[Inline]) {
        let target = self.targets.get(id).cloned();
        let numbered = self.run(number, &Dress::of(Style::Number));
        let numbered = match &target {
            Some(target) => self.bookmarked(&target.bookmark, &numbered),
            None => numbered,
        };
        let runs =
            format!("{numbered}{}{}", self.run("\u{2002}", &Dress::default()), self.inlines(inlines, Dress::default()));
        let runs = match target.and_then(|target| target.contents) {
            Some(name) => self.bookmarked(&name, &runs),
            None => runs,
        };
        let style = Style::Heading(level.clamp(1, 6));
        let shape = Shape { unnumbered: self.ids.is_numbered(style), ..Shape::default() };
        self.paragraph(style, &shape, &runs);
    }

    /// Each list is a number of its own, so that counting begins anew. What follows an item's first paragraph stands
    /// below it without a mark.
    fn list(&mut self, ordered: bool, items: &[Vec<Block>], level: u32) -> Result<(), Failure> {
        self.lists.push(ordered);
        let number = self.first_list + self.lists.len();
        for item in items {
            let mut marked = false;
            for block in item {
                match block {
                    Block::Paragraph(inlines) => {
                        let runs = self.inlines(inlines, Dress::default());
                        let shape = Self::item_shape(number, level, marked);
                        self.paragraph(Style::ListItem, &shape, &runs);
                    }
                    Block::List { ordered, items } => self.list(*ordered, items, level + 1)?,
                    block => self.block(block)?,
                }
                marked = true;
            }
        }
        Ok(())
    }

    fn item_shape(number: usize, level: u32, marked: bool) -> Shape {
        let level = level.min(8);
        match marked {
            false => Shape { list: Some((number, level)), ..Shape::default() },
            true => Shape { indent: Some(397 * (level as i32 + 1)), ..Shape::default() },
        }
    }

    /// Runs between the two ends of a bookmark.
    pub fn bookmarked(&mut self, name: &str, runs: &str) -> String {
        self.bookmarks += 1;
        let (id, name) = (self.bookmarks, escape(name));
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    }
}

/// A paragraph; properties in the schema's order.
pub fn paragraph_xml(style: &str, shape: &Shape, runs: &str) -> String {
    let mut properties = format!("<w:pStyle w:val=\"{}\"/>", escape(style));
    if shape.keep_next {
        properties.push_str("<w:keepNext/>");
    }
    match shape.list {
        Some((number, level)) => {
            properties.push_str(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"))
        }
        None if shape.unnumbered => {
            properties.push_str("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>");
        }
        None => {}
    }
    let spaces = [("before", shape.before), ("after", shape.after)];
    let spaces: String =
        spaces.iter().filter_map(|(side, space)| Some(format!(" w:{side}=\"{}\"", (*space)?))).collect();
    if !spaces.is_empty() {
        properties.push_str(&format!("<w:spacing{spaces}/>"));
    }
    if let Some(indent) = shape.indent {
        properties.push_str(&format!("<w:ind w:left=\"{indent}\"/>"));
    }
    properties.push_str(shape.section.as_deref().unwrap_or(""));
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}
