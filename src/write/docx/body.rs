//! Blocks of the document as paragraphs, tables and drawings.
//!
//! In: the document tree. Out: the inside of `w:body`, with the pictures and relationships that it needs. Every
//! heading, table and figure has its bookmark, so that references lead somewhere.

use std::collections::BTreeMap;

use super::super::document::{Block, Document, Inline};
use super::package::Package;
use super::page::Page;
use super::paragraph::{ParagraphShape, paragraph, take_section};
use super::runs::{Dress, Runs};
use super::styles::{Ids, Style};
use super::targets::Targets;
use super::xml::{Element, element};
use crate::diagnostic::Failure;

/// Above and below a box, in twips.
const AIR: u32 = 300;

/// What the text is written by.
pub(super) struct Frame<'a> {
    pub document: &'a Document,
    pub ids: &'a Ids,
    pub page: &'a Page,
    /// SVG texts as outlines, by the figure's name.
    pub outlines: &'a BTreeMap<String, String>,
    /// Lists of the template, which come before ours in the numbering part.
    pub first_list: usize,
}

/// The text while it is written.
pub(super) struct Body<'a> {
    pub frame: Frame<'a>,
    pub package: &'a mut Package,
    pub targets: Targets,
    /// Paragraphs and tables so far.
    pub content: Vec<Element>,
    /// Each list's kind, true for ordered; list 0 is number 1 in the numbering part.
    pub lists: Vec<bool>,
    pub bookmarks: u32,
    pub drawings: u32,
    /// The style of paragraphs: that of the box around them.
    inside: Vec<Style>,
    /// False until a section has ended: only the first has a first page of its own.
    pub sectioned: bool,
    /// Where the last box ended: two that touch would melt into one.
    last_box: usize,
    /// Where the last section of a page that lies ended.
    pub last_section: Option<usize>,
}

impl<'a> Body<'a> {
    pub(super) fn new(frame: Frame<'a>, package: &'a mut Package) -> Body<'a> {
        Body {
            targets: Targets::of(&frame.document.blocks),
            frame,
            package,
            content: Vec::new(),
            lists: Vec::new(),
            bookmarks: 0,
            drawings: 0,
            inside: Vec::new(),
            sectioned: false,
            last_box: 0,
            last_section: None,
        }
    }

    /// The whole text, and the kinds of its lists; its last section ends with it.
    pub(super) fn finish(mut self) -> (Element, Vec<bool>) {
        let last = self.reopen_section().unwrap_or_else(|| self.frame.page.section(!self.sectioned));
        (element("w:body").add(self.content).add([last]), self.lists)
    }

    /// Takes back the end of a section that nothing has come after: no page stays empty.
    pub(super) fn reopen_section(&mut self) -> Option<Element> {
        self.last_section.take().filter(|end| *end == self.content.len())?;
        take_section(self.content.last_mut()?)
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Result<(), Failure> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Result<(), Failure> {
        match block {
            Block::Heading { level, id, number, inlines } => self.heading(*level, id, number, inlines),
            Block::Paragraph(inlines) => self.text(inlines, ParagraphShape::default()),
            Block::List { ordered, items } => self.list(*ordered, items, 0)?,
            Block::Quote(blocks) => self.within(Style::Quote, blocks)?,
            Block::Note(blocks) => self.note(blocks)?,
            Block::Table(table) => self.table(table),
            Block::Figure { name, number, id, caption, .. } => self.figure(name, *number, id, caption)?,
            Block::KeyNumbers(cards) => self.key_numbers(cards),
            Block::Room { prompt } => self.room(prompt),
            Block::PageBreak => {
                let page = element("w:r").add([element("w:br").with("w:type", "page")]);
                self.content.push(element("w:p").add([page]));
            }
        }
        Ok(())
    }

    /// A paragraph of ready runs.
    pub(super) fn paragraph(&mut self, style: Style, shape: ParagraphShape, runs: impl IntoIterator<Item = Element>) {
        self.content.push(paragraph(self.frame.ids.get(style), shape, runs));
    }

    /// Running text in the style of what is around it.
    fn text(&mut self, inlines: &[Inline], shape: ParagraphShape) {
        let runs = self.inlines(inlines, &Dress::default());
        self.paragraph(self.inside.last().copied().unwrap_or(Style::BodyText), shape, runs);
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
                self.text(inlines, ParagraphShape { before, after, ..ParagraphShape::default() });
                Ok(())
            }
            block => self.block(block),
        });
        self.inside.pop();
        self.last_box = self.content.len();
        written
    }

    /// Room for the analyst's own words: the question, and an empty line to begin on.
    fn room(&mut self, prompt: &str) {
        self.part_boxes();
        let label = self.run(&printed!("write-room-for-judgement"), &Dress::of(Style::Strong));
        self.paragraph(Style::Room, ParagraphShape { before: Some(AIR), ..ParagraphShape::kept() }, label);
        let prompt = self.run(prompt, &Dress::default());
        self.paragraph(Style::Room, ParagraphShape::kept(), prompt);
        self.paragraph(Style::Room, ParagraphShape { after: Some(AIR), ..ParagraphShape::default() }, None);
        self.last_box = self.content.len();
    }

    /// A low line between two boxes.
    fn part_boxes(&mut self) {
        if self.last_box == self.content.len() && self.last_box > 0 {
            self.paragraph(Style::SectionEnd, ParagraphShape::kept(), None);
        }
    }

    fn heading(&mut self, level: u8, id: &str, number: &str, inlines: &[Inline]) {
        let target = self.targets.get(id).cloned();
        let mut runs: Runs = self.run(number, &Dress::of(Style::Number)).into_iter().collect();
        if let Some(target) = &target {
            runs = self.bookmarked(&target.bookmark, runs);
        }
        runs.extend(self.run("\u{2002}", &Dress::default()));
        runs.extend(self.inlines(inlines, &Dress::default()));
        if let Some(name) = target.and_then(|target| target.contents) {
            runs = self.bookmarked(&name, runs);
        }
        let style = Style::Heading(level.clamp(1, 6));
        let shape = ParagraphShape { unnumbered: self.frame.ids.is_numbered(style), ..ParagraphShape::default() };
        self.paragraph(style, shape, runs);
    }

    /// Each list is a number of its own, so that counting begins anew. What follows an item's first paragraph stands
    /// below it without a mark.
    fn list(&mut self, ordered: bool, items: &[Vec<Block>], level: u32) -> Result<(), Failure> {
        self.lists.push(ordered);
        let number = self.frame.first_list + self.lists.len();
        for item in items {
            let mut marked = false;
            for block in item {
                match block {
                    Block::Paragraph(inlines) => {
                        let runs = self.inlines(inlines, &Dress::default());
                        let shape = Self::item_shape(number, level, marked);
                        self.paragraph(Style::ListItem, shape, runs);
                    }
                    Block::List { ordered, items } => self.list(*ordered, items, level + 1)?,
                    block => self.block(block)?,
                }
                marked = true;
            }
        }
        Ok(())
    }

    fn item_shape(number: usize, level: u32, marked: bool) -> ParagraphShape {
        let level = level.min(8);
        if marked {
            ParagraphShape { indent: Some(397 * (level as i32 + 1)), ..ParagraphShape::default() }
        } else {
            ParagraphShape { list: Some((number, level)), ..ParagraphShape::default() }
        }
    }

    /// Runs between the two ends of a bookmark.
    pub(super) fn bookmarked(&mut self, name: &str, runs: Runs) -> Runs {
        self.bookmarks += 1;
        let mark = |end: &'static str| element(end).with("w:id", self.bookmarks);
        let start = mark("w:bookmarkStart").with("w:name", name);
        [start].into_iter().chain(runs).chain([mark("w:bookmarkEnd")]).collect()
    }
}
