//! Blocks and inlines as HTML.

use super::super::document::{Block, Document, Inline, KeyNumber};
use super::figure::{self, PlacedFigure};
use super::table;
use super::text::escape;

/// A chapter, labelled by its heading.
pub(super) fn section(html: &mut String, blocks: &[Block], document: &Document) {
    match blocks.first() {
        Some(Block::Heading { id, .. }) => {
            html.push_str(&format!("<section class=\"chapter\" aria-labelledby=\"{id}\">\n"));
        }
        _ => html.push_str("<section class=\"chapter\">\n"),
    }
    write_blocks(html, blocks, document);
    html.push_str("</section>\n");
}

fn write_blocks(html: &mut String, blocks: &[Block], document: &Document) {
    for block in blocks {
        write_block(html, block, document);
    }
}

fn write_block(html: &mut String, block: &Block, document: &Document) {
    match block {
        Block::Heading { level, id, number, inlines } => heading(html, *level, id, number, inlines),
        Block::Paragraph(inlines) => html.push_str(&format!("<p>{}</p>\n", inline_html(inlines))),
        Block::List { ordered, items } => list(html, *ordered, items, document),
        Block::Quote(blocks) => wrapped(html, "blockquote", "", blocks, document),
        Block::Note(blocks) => wrapped(html, "div", " class=\"note\" role=\"note\"", blocks, document),
        Block::Table(block) => table::numbered(html, block),
        Block::Figure { name, number, id, caption, data } => {
            let (drawn, caption) = (document.figures.get(name), &inline_html(caption));
            figure::figure(html, &PlacedFigure { drawn, number: *number, id, caption, data });
        }
        Block::KeyNumbers(cards) => key_numbers(html, cards),
        Block::Room { prompt } => room(html, prompt),
        Block::PageBreak => html.push_str("<div class=\"page-break\"></div>\n"),
    }
}

/// The document's title is `h1`; a chapter is `h2`.
fn heading(html: &mut String, level: u8, id: &str, number: &str, inlines: &[Inline]) {
    let level = (level + 1).min(6);
    html.push_str(&format!(
        "<h{level} id=\"{}\"><span class=\"number\">{}</span> {}</h{level}>\n",
        escape(id),
        escape(number),
        inline_html(inlines)
    ));
}

fn wrapped(html: &mut String, element: &str, attributes: &str, blocks: &[Block], document: &Document) {
    html.push_str(&format!("<{element}{attributes}>\n"));
    write_blocks(html, blocks, document);
    html.push_str(&format!("</{element}>\n"));
}

/// An item of one paragraph is printed without its own paragraph: the list stays tight.
fn list(html: &mut String, ordered: bool, items: &[Vec<Block>], document: &Document) {
    let element = if ordered { "ol" } else { "ul" };
    html.push_str(&format!("<{element}>\n"));
    for item in items {
        html.push_str("<li>");
        match item.as_slice() {
            [Block::Paragraph(inlines), rest @ ..] => {
                html.push_str(&inline_html(inlines));
                write_blocks(html, rest, document);
            }
            blocks => write_blocks(html, blocks, document),
        }
        html.push_str("</li>\n");
    }
    html.push_str(&format!("</{element}>\n"));
}

fn key_numbers(html: &mut String, cards: &[KeyNumber]) {
    html.push_str("<ul class=\"cards\">\n");
    for card in cards {
        html.push_str(&format!(
            "<li>\n<p class=\"what\"><span class=\"value\" data-origin=\"{}\">{}</span> <span class=\"label\">{}</span></p>\n",
            escape(&card.origin),
            escape(&card.value),
            escape(&card.label)
        ));
        if let Some(beside) = &card.beside {
            html.push_str(&format!("<p class=\"beside\">{}</p>\n", escape(beside)));
        }
        if let Some(sentence) = &card.sentence {
            html.push_str(&format!("<p class=\"sentence\">{}</p>\n", inline_html(sentence)));
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}

fn room(html: &mut String, prompt: &str) {
    html.push_str(&format!(
        "<div class=\"room\" role=\"note\" aria-label=\"{0}\">\n<p class=\"label\">{0}</p>\n<p>{1}</p>\n</div>\n",
        word!("write-room-for-judgement"),
        escape(prompt)
    ));
}

/// Inlines as HTML; every text is escaped here.
pub(super) fn inline_html(inlines: &[Inline]) -> String {
    inlines.iter().map(one_inline).collect()
}

fn one_inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => escape(text),
        Inline::Strong(inner) => format!("<strong>{}</strong>", inline_html(inner)),
        Inline::Emphasis(inner) => format!("<em>{}</em>", inline_html(inner)),
        Inline::Code(text) => format!("<code>{}</code>", escape(text)),
        Inline::Link { href, inlines } => format!("<a href=\"{}\">{}</a>", escape(href), inline_html(inlines)),
        Inline::Reference { id, text } => format!("<a href=\"#{}\">{}</a>", escape(id), escape(&no_break(text))),
        Inline::Bound { text, origin } => format!("<span data-origin=\"{}\">{}</span>", escape(origin), escape(text)),
        Inline::LineBreak => "<br>".to_string(),
    }
}

/// "Tabell 3" stays on one line.
fn no_break(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}
