//! What is written is read back by a parser that knows nothing of it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;
use crate::write::compose;
use crate::write::document::TableHeader;
use crate::write::fixtures::{report, table as measured};

fn printed() -> String {
    write(&compose(report().inputs()).expect("the fixture composes"))
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH
}

/// Header and rows of every table, as a reader of Markdown sees them.
fn tables_of(markdown: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                tables.last_mut().expect("a row stands in a table").push(Vec::new());
            }
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                let row = tables.last_mut().and_then(|table| table.last_mut()).expect("a cell stands in a row");
                row.push(cell.take().expect("the cell has begun").trim_start_matches('\u{a0}').to_string());
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => {}
            other => assert!(cell.is_none(), "markup in a cell: {other:?}"),
        }
    }
    tables
}

const HOSTILE: [&str; 24] = [
    "a|b",
    "*fet*",
    "_kursiv_",
    "**",
    "<script>alert(1)</script>",
    "`kod`",
    "``",
    "# rubrik",
    "- punkt",
    "1. ett",
    "+ plus",
    "> citat",
    "[länk](http://x)",
    "![bild](x)",
    "&amp;",
    "&lt;b&gt;",
    "\\|",
    "\\",
    "~~bort~~",
    "$x$",
    "https://exempel.se/a_b",
    "www.exempel.se",
    "namn@exempel.se",
    "| --- |",
];

fn hostile_table() -> TableBlock {
    let cell = |text: &str| PrintedCell { text: text.to_string(), ..PrintedCell::default() };
    let row = |text: &str| PrintedRow {
        label: text.to_string(),
        kind: RowKind::Total,
        cells: vec![cell(text)],
        ..PrintedRow::default()
    };
    let header = |text: &str| TableHeader { text: text.to_string(), ..TableHeader::default() };
    TableBlock {
        name: "table.x".into(),
        number: Some(1),
        caption: "x | y".into(),
        header: vec![header("a|b"), header("*c*")],
        rows: HOSTILE.iter().map(|text| row(text)).collect(),
        measure: measured("x", "x", &["x"], Vec::new(), Vec::new()),
        ..TableBlock::default()
    }
}

fn document(blocks: Vec<Block>) -> Document {
    let composed = compose(report().inputs()).expect("the fixture composes");
    Document { blocks, ..composed }
}

#[test]
fn hostile_cells_come_back_letter_by_letter() {
    let markdown = write(&document(vec![Block::Table(Box::new(hostile_table()))]));
    let tables = tables_of(&markdown);
    assert_eq!(tables[0][0], ["a|b", "*c*"]);
    let expected: Vec<Vec<String>> = HOSTILE.iter().map(|text| vec![text.to_string(), text.to_string()]).collect();
    assert_eq!(tables[0][1..], expected, "{markdown}");
}

#[test]
fn hostile_paragraphs_stay_paragraphs() {
    let rules = ["---", "***", "===", "    kod", "1) ett", "10. tio", "* x", "~~~", "[a]: b", "setext\u{b}"];
    for text in HOSTILE.iter().chain(&rules) {
        for inlines in [
            vec![Inline::Text(text.to_string())],
            vec![Inline::Text("x".into()), Inline::LineBreak, Inline::Text(text.to_string())],
        ] {
            let markdown = paragraph(&inlines);
            let events: Vec<Event> = Parser::new_ext(&markdown, options()).collect();
            let words: String = events
                .iter()
                .map(|event| match event {
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => String::new(),
                    Event::HardBreak => " ".to_string(),
                    Event::Text(text) => text.to_string(),
                    other => panic!("{text:?} became {other:?}: {markdown:?}"),
                })
                .collect();
            let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
            assert!(words.trim().ends_with(clean.trim()), "{words:?} {text:?}");
        }
    }
}

#[test]
fn every_cell_of_the_report_is_found_again() {
    let document = compose(report().inputs()).expect("the fixture composes");
    let tables = tables_of(&write(&document));
    let blocks: Vec<&TableBlock> = document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(&**table) } else { None })
        .collect();
    // The first is the year's numbers.
    assert_eq!(tables.len(), blocks.len() + 1);
    for (block, found) in blocks.iter().zip(&tables[1..]) {
        let spaced = |text: &str| text.replace('\n', " ");
        let cell = |text: &str, beside: &Option<String>| match beside {
            Some(beside) => format!("{} {beside}", spaced(text)),
            None => spaced(text),
        };
        let header: Vec<String> = block.header.iter().map(|header| cell(&header.text, &header.beside)).collect();
        assert_eq!(found[0], header);
        for (row, found) in block.rows.iter().zip(&found[1..]) {
            let cells = row.cells.iter().map(|printed| cell(&printed.text, &printed.beside));
            let expected: Vec<String> = std::iter::once(spaced(&row.label)).chain(cells).collect();
            assert_eq!(found, &expected);
        }
        assert_eq!(found.len(), block.rows.len() + 1);
    }
}

#[test]
fn code_and_links_hold_what_they_are_given() {
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("`a"), "`` `a ``");
    let link = Inline::Link { href: "https://x.se/a(b)|c".into(), inlines: vec![Inline::Text("se [här]".into())] };
    assert_eq!(paragraph(&[link]), "[se \\[här\\]](<https://x.se/a(b)%7Cc>)");
    assert_eq!(marked("**", " a "), " **a** ");
}

#[test]
fn the_report_is_as_reviewed() {
    insta::assert_snapshot!("report_md", printed());
}
