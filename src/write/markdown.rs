//! Markdown to blocks, with private tokens put back as plain texts.
//!
//! In: a rendered chapter. Out: blocks of the document tree, or every [`Problem`] with its place in the text. Raw HTML,
//! pictures, code blocks and Markdown tables are refused: figures and tables come from the job, and nothing else that
//! the writers could not print alike exists.

use pulldown_cmark::{BlockQuoteKind, Event, OffsetIter, Options, Parser, Tag};

use super::document::{Block, Inline};
use super::facts::Fault;
use super::tokens::{BlockCall, Ledger, Part, Printed};
use crate::diagnostic::Code;

/// Levels of lists, quotes and emphases within one another: what the PDF's typesetter and Word can show.
const DEEPEST: usize = 12;

/// Something that a chapter may not hold, at a byte of the rendered text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub offset: usize,
    pub fault: Fault,
}

/// What a text calls for while it is read: who knows what stands where in the whole document.
pub(super) trait Printing {
    /// The blocks that a call on a line of its own stands for.
    fn block(&mut self, call: BlockCall) -> Result<Vec<Block>, Fault>;
    /// The number of a table or figure by its full name.
    fn reference(&mut self, name: &str) -> Result<Inline, Fault>;
    /// A numbered heading with its id.
    fn heading(&mut self, level: u8, inlines: Vec<Inline>) -> Block;
}

/// Reads a rendered text.
pub(super) fn read(text: &str, ledger: &Ledger, printing: &mut dyn Printing) -> Result<Vec<Block>, Vec<Problem>> {
    // Tables are switched on only so that they can be refused instead of printed as lines of bars.
    let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let events = Parser::new_ext(text, options).into_offset_iter();
    let mut reader = MarkdownReader { events, ledger, printing, problems: Vec::new(), depth: 0 };
    let blocks = reader.blocks();
    if reader.problems.is_empty() { Ok(blocks) } else { Err(reader.problems) }
}

/// A stretch of a paragraph.
enum Piece {
    Inline(Inline),
    /// The end of a line of the template.
    Break,
    Block(BlockCall, usize),
}

struct MarkdownReader<'t, 'p> {
    events: OffsetIter<'t>,
    ledger: &'p Ledger,
    printing: &'p mut dyn Printing,
    problems: Vec<Problem>,
    /// Lists, quotes and emphases that stand within one another.
    depth: usize,
}

impl<'t> MarkdownReader<'t, '_> {
    /// Blocks up to the end of what has begun. Inlines outside a paragraph (tight lists) make one.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if is_block(&tag) => {
                    self.paragraph(std::mem::take(&mut loose), &mut blocks);
                    self.block(tag, range.start, &mut blocks);
                }
                Event::Rule => {
                    self.problem(range.start, say!("write-line-dashes-has-no-meaning"), say!("write-use-page-break"))
                }
                event => self.inline(event, range.start, &mut loose),
            }
        }
        self.paragraph(loose, &mut blocks);
        blocks
    }

    fn block(&mut self, tag: Tag<'t>, offset: usize, blocks: &mut Vec<Block>) {
        if self.is_too_deep(offset) {
            return;
        }
        self.depth += 1;
        self.block_within(tag, offset, blocks);
        self.depth -= 1;
    }

    /// What stands deeper than any format can show is passed over, and told.
    fn is_too_deep(&mut self, offset: usize) -> bool {
        if self.depth < DEEPEST {
            return false;
        }
        self.skip();
        self.problem(offset, say!("write-too-deep", most = DEEPEST), say!("write-write-it-flatter"));
        true
    }

    fn block_within(&mut self, tag: Tag<'t>, offset: usize, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => {
                let pieces = self.pieces();
                self.paragraph(pieces, blocks);
            }
            Tag::Heading { level, .. } => {
                let pieces = self.pieces();
                let inlines = self.only_inlines(pieces);
                blocks.push(self.printing.heading(level as u8 + 1, inlines));
            }
            Tag::List(first) => {
                let items = self.items();
                blocks.push(Block::List { ordered: first.is_some(), items });
            }
            Tag::BlockQuote(kind) => {
                let inner = self.blocks();
                blocks.push(if kind == Some(BlockQuoteKind::Note) { Block::Note(inner) } else { Block::Quote(inner) });
            }
            refused => {
                self.skip();
                let (what, help) = refusal_of(&refused);
                self.problem(offset, what, help);
            }
        }
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(_) => items.push(self.blocks()),
                _ => break,
            }
        }
        items
    }

    fn pieces(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) => break,
                event => self.inline(event, range.start, &mut pieces),
            }
        }
        pieces
    }

    fn inline(&mut self, event: Event<'t>, offset: usize, pieces: &mut Vec<Piece>) {
        match event {
            Event::Text(text) => self.text(&text, offset, pieces),
            Event::Code(text) => pieces.push(Piece::Inline(Inline::Code(self.ledger.plain(&text)))),
            Event::SoftBreak => pieces.push(Piece::Break),
            Event::HardBreak => pieces.push(Piece::Inline(Inline::LineBreak)),
            Event::Start(tag) => self.dressed(tag, offset, pieces),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse_html(offset),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, offset: usize, pieces: &mut Vec<Piece>) {
        for part in self.ledger.parts(text) {
            let inline = match part {
                Part::Words(words) => Inline::Text(words.to_string()),
                Part::Token(Printed::Text(text)) => Inline::Text(text),
                Part::Token(Printed::Bound { text, origin }) => Inline::Bound { text, origin },
                Part::Token(Printed::Block(call)) => {
                    pieces.push(Piece::Block(call, offset));
                    continue;
                }
                Part::Token(Printed::Reference(name)) => match self.printing.reference(&name) {
                    Ok(inline) => inline,
                    Err(fault) => {
                        self.problems.push(Problem { offset, fault });
                        continue;
                    }
                },
            };
            push_inline(pieces, inline);
        }
    }

    fn dressed(&mut self, tag: Tag<'t>, offset: usize, pieces: &mut Vec<Piece>) {
        if self.is_too_deep(offset) {
            return;
        }
        self.depth += 1;
        let inner = self.pieces();
        self.depth -= 1;
        let inlines = self.only_inlines(inner);
        match tag {
            Tag::Strong => pieces.push(Piece::Inline(Inline::Strong(inlines))),
            Tag::Emphasis => pieces.push(Piece::Inline(Inline::Emphasis(inlines))),
            Tag::Link { dest_url, .. } => {
                let href = self.ledger.plain(&dest_url);
                if is_allowed_link(&href) {
                    pieces.push(Piece::Inline(Inline::Link { href, inlines }));
                } else {
                    let what = say!("write-link-leads-to-https-http");
                    self.problem(offset, what, say!("write-write-whole-address-or-use"));
                }
            }
            refused => {
                let (what, help) = refusal_of(&refused);
                self.problem(offset, what, help);
            }
        }
    }

    /// Lines of text make paragraphs; lines of nothing but calls make what they call for.
    fn paragraph(&mut self, pieces: Vec<Piece>, blocks: &mut Vec<Block>) {
        let mut words: Vec<Piece> = Vec::new();
        for line in lines_of(pieces) {
            if line.iter().any(|piece| matches!(piece, Piece::Block(..))) {
                self.finish_paragraph(std::mem::take(&mut words), blocks);
                self.calls(line, blocks);
            } else {
                if !words.is_empty() {
                    words.push(Piece::Break);
                }
                words.extend(line);
            }
        }
        self.finish_paragraph(words, blocks);
    }

    fn finish_paragraph(&mut self, words: Vec<Piece>, blocks: &mut Vec<Block>) {
        let mut inlines = self.only_inlines(words);
        trim(&mut inlines);
        begin_sentences_with_capitals(&mut inlines);
        if !inlines.is_empty() {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    fn calls(&mut self, line: Vec<Piece>, blocks: &mut Vec<Block>) {
        let mixed = line.iter().any(|piece| matches!(piece, Piece::Inline(inline) if !is_blank(inline)));
        for piece in line {
            let Piece::Block(call, offset) = piece else { continue };
            if mixed {
                let what = say!("write-stands-on-line-own", call = name_of(&call));
                self.problem(offset, what, say!("write-move-to-line-own-with"));
                continue;
            }
            match self.printing.block(call) {
                Ok(called) => blocks.extend(called),
                Err(fault) => self.problems.push(Problem { offset, fault }),
            }
        }
    }

    /// Inlines joined; a call for a block among them is refused.
    fn only_inlines(&mut self, pieces: Vec<Piece>) -> Vec<Inline> {
        let mut inlines: Vec<Piece> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Inline(inline) => push_inline(&mut inlines, inline),
                Piece::Break => push_inline(&mut inlines, Inline::Text(" ".to_string())),
                Piece::Block(call, offset) => {
                    let what = say!("write-stands-on-line-own", call = name_of(&call));
                    self.problem(offset, what, say!("write-take-out-heading-bold-text"));
                }
            }
        }
        inlines
            .into_iter()
            .filter_map(|piece| if let Piece::Inline(inline) = piece { Some(inline) } else { None })
            .collect()
    }

    /// Passes over all that the block which has begun contains.
    fn skip(&mut self) {
        let mut depth = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn refuse_html(&mut self, offset: usize) {
        let (what, help) = refusal_of(&Tag::HtmlBlock);
        self.problem(offset, what, help);
    }

    fn problem(&mut self, offset: usize, what: String, help: String) {
        let fault = Fault::new(Code::TemplateError, what).help(help);
        self.problems.push(Problem { offset, fault });
    }
}

fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Strong
            | Tag::Emphasis
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
    )
}

/// What is wrong with a construct, and what to do instead.
fn refusal_of(tag: &Tag) -> (String, String) {
    match tag {
        Tag::HtmlBlock => (say!("write-raw-html-has-no-place"), say!("write-write-in-markdown-text-is")),
        Tag::Image { .. } => (say!("write-picture-has-no-place-in"), say!("write-use-figure-report-figures-have")),
        Tag::Table(_) => (say!("write-table-in-markdown-has-no"), say!("write-use-table-report-numbers-come")),
        Tag::CodeBlock(_) => (say!("write-line-indented-by-four-spaces"), say!("write-begin-line-at-margin")),
        _ => (say!("write-this-markdown-construct-has-no"), say!("write-use-headings-paragraphs-lists-quotes")),
    }
}

/// The call as a template writes it.
fn name_of(call: &BlockCall) -> String {
    match call {
        BlockCall::Table(name) => format!("table(\"{name}\")"),
        BlockCall::Figure(name) => format!("figure(\"{name}\")"),
        BlockCall::KeyNumbers => "key_numbers()".to_string(),
        BlockCall::Room { .. } | BlockCall::Written { .. } => "room(…)".to_string(),
        BlockCall::Balances => "balances()".to_string(),
        BlockCall::Sources => "sources()".to_string(),
        BlockCall::Definitions => "definitions()".to_string(),
        BlockCall::Warnings => "warnings()".to_string(),
        BlockCall::PageBreak => "page_break()".to_string(),
    }
}

fn is_allowed_link(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        && !href.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}

fn lines_of(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut lines = vec![Vec::new()];
    for piece in pieces {
        match (piece, lines.last_mut()) {
            (Piece::Break, _) | (_, None) => lines.push(Vec::new()),
            (piece, Some(line)) => line.push(piece),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Adjacent texts become one: the parser cuts them at every character that could have been markup.
fn push_inline(pieces: &mut Vec<Piece>, inline: Inline) {
    match (pieces.last_mut(), inline) {
        (Some(Piece::Inline(Inline::Text(before))), Inline::Text(text)) => before.push_str(&text),
        (_, inline) => pieces.push(Piece::Inline(inline)),
    }
}

fn is_blank(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(text) if text.trim().is_empty())
}

fn trim(inlines: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        *text = text.trim_start().to_string();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        *text = text.trim_end().to_string();
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
}

/// "lika många som …" and "inga avvikelser" begin with a capital where a sentence begins.
fn begin_sentences_with_capitals(inlines: &mut [Inline]) {
    let mut before = String::new();
    for inline in inlines {
        if let Inline::Bound { text, .. } = inline
            && ends_a_sentence(&before)
        {
            *text = with_capital(text);
        }
        before.push_str(&Inline::plain(std::slice::from_ref(inline)));
    }
}

/// True at the start and after a full stop, but not after that of an abbreviation ("t.ex.").
fn ends_a_sentence(before: &str) -> bool {
    let trimmed = before.trim_end();
    let last_word = trimmed.rsplit(char::is_whitespace).next().unwrap_or("");
    let stops = last_word.strip_suffix(['.', '!', '?']);
    trimmed.is_empty() || (before.len() > trimmed.len() && stops.is_some_and(|word| !word.contains('.')))
}

fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
