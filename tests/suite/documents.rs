//! The same tables in every format: what readers of Word, Markdown and HTML see, number for number.
//!
//! Each reader here knows the format and nothing of the program. Other formats join by a function that gives
//! [`ExtractedTable`]s and a line in the test.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use kvalis::job::plan::Format;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use roxmltree::Node;

use crate::runs::{Run, plan, run_plan};

/// A table as a reader sees it. Space is single blanks, whatever kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractedTable {
    /// "Tabell 3. Avvikelser per enhet"; without number in the appendix.
    pub caption: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl ExtractedTable {
    fn of(caption: &str, mut rows: Vec<Vec<String>>) -> ExtractedTable {
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        ExtractedTable { caption: spaced(caption), header, rows }
    }
}

/// Single blanks for every kind of space; none at the ends.
pub fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of an HTML element, a line break being a blank.
fn html_text(html: &str) -> String {
    crate::runs::text_of(&html.replace("<br>", " "))
}

/// Tables of `report.html` but for the data behind figures, which other formats do not print.
pub fn tables_of_html(html: &str) -> Vec<ExtractedTable> {
    let mut tables = Vec::new();
    for piece in html.split("<table").skip(1) {
        let body = piece.split("</table>").next().expect("split gives one");
        let caption = html_text(between(body, "<caption", "</caption>").unwrap_or_default());
        if caption.starts_with("Data till figur") {
            continue;
        }
        let rows = body.split("<tr").skip(1).map(html_cells).collect();
        tables.push(ExtractedTable::of(&caption, rows));
    }
    tables
}

fn html_cells(row: &str) -> Vec<String> {
    let row = row.split("</tr>").next().expect("split gives one");
    let starts = |text: &str| ["<th", "<td"].iter().filter_map(|tag| text.find(tag)).min();
    let mut cells = Vec::new();
    let mut rest = row;
    while let Some(start) = starts(rest) {
        let piece = &rest[start..];
        let end = ["</th>", "</td>"].iter().filter_map(|tag| piece.find(tag)).min().expect("a cell ends");
        cells.push(html_text(piece[..end].split_once('>').expect("a tag ends").1));
        rest = &piece[end..];
    }
    cells
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let start = text.find(from)?;
    text[start..].split_once('>')?.1.split(to).next()
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Tables of `report.docx` that stand below a caption: the year's numbers are cards in other formats.
pub fn tables_of_docx(bytes: &[u8]) -> Vec<ExtractedTable> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a Word file is a zip");
    let mut text = String::new();
    let mut part = zip.by_name("word/document.xml").expect("a Word file has a text");
    part.read_to_string(&mut text).expect("the text is UTF-8");
    let parsed = roxmltree::Document::parse(&text).expect("the text is well-formed");
    let mut tables = Vec::new();
    for table in parsed.descendants().filter(|node| node.has_tag_name((WORD, "tbl"))) {
        let above = table.prev_sibling_element().filter(|node| style_of(*node) == Some("Caption"));
        let Some(caption) = above.map(word_text) else { continue };
        let rows = table.children().filter(|node| node.has_tag_name((WORD, "tr")));
        let cells = |row: Node| row.children().filter(|node| node.has_tag_name((WORD, "tc"))).map(word_text).collect();
        let first = rows.clone().next().expect("a table has rows");
        assert!(first.descendants().any(|node| node.has_tag_name((WORD, "tblHeader"))), "{caption}");
        tables.push(ExtractedTable::of(&caption, rows.map(cells).collect()));
    }
    tables
}

fn style_of<'a>(paragraph: Node<'a, '_>) -> Option<&'a str> {
    paragraph.descendants().find(|node| node.has_tag_name((WORD, "pStyle")))?.attribute((WORD, "val"))
}

fn word_text(node: Node) -> String {
    let pieces = node.descendants().map(|node| match node.tag_name().name() {
        "t" => node.text().unwrap_or(""),
        "br" | "tab" => " ",
        _ => "",
    });
    spaced(&pieces.collect::<String>())
}

/// Tables of `report.md` below a caption in bold; the year's numbers stand below a sentence and are none.
pub fn tables_of_markdown(markdown: &str) -> Vec<ExtractedTable> {
    let mut tables = Vec::new();
    let (mut paragraph, mut before) = (String::new(), String::new());
    let mut is_bold = false;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_GFM) {
        match event {
            Event::Start(Tag::Paragraph) => (paragraph, is_bold) = (String::new(), false),
            Event::Start(Tag::Strong) => is_bold |= paragraph.is_empty(),
            Event::End(TagEnd::Paragraph) => before = if is_bold { spaced(&paragraph) } else { String::new() },
            Event::End(TagEnd::Heading(_)) => before.clear(),
            Event::Start(Tag::Table(_)) => rows.clear(),
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => cell.clear(),
            Event::End(TagEnd::TableCell) => rows.last_mut().expect("a row").push(spaced(&cell)),
            Event::End(TagEnd::Table) => {
                let caption = std::mem::take(&mut before);
                if !caption.is_empty() {
                    tables.push(ExtractedTable::of(&caption, std::mem::take(&mut rows)));
                }
            }
            Event::Text(text) | Event::Code(text) => {
                paragraph.push_str(&text);
                cell.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => paragraph.push(' '),
            _ => {}
        }
    }
    tables
}

/// A sample job in every format that this suite can read.
fn run_in_all_formats(job: &str) -> Run {
    let mut plan = plan(job);
    plan.job.formats = vec![Format::Html, Format::Docx, Format::Markdown];
    run_plan(&plan, 2).unwrap_or_else(|failure| panic!("{job} runs: {failure:#?}"))
}

/// The same tables in the same order, cell by cell; `least` guards against readers that see nothing.
fn compare(job: &str, least: usize) {
    let run = run_in_all_formats(job);
    let html = tables_of_html(&run.read("report.html"));
    assert!(html.len() >= least, "{job}: {} tables in HTML", html.len());
    let cells: usize = html.iter().flat_map(|table| &table.rows).map(Vec::len).sum();
    assert!(cells > html.len() * 4, "{job}: the tables are empty");
    let docx = std::fs::read(run.folder.join("report.docx")).expect("report.docx is written");
    let others =
        BTreeMap::from([("Word", tables_of_docx(&docx)), ("Markdown", tables_of_markdown(&run.read("report.md")))]);
    for (format, tables) in others {
        let captions = |tables: &[ExtractedTable]| tables.iter().map(|table| table.caption.clone()).collect::<Vec<_>>();
        assert_eq!(captions(&tables), captions(&html), "{job}, {format}: captions");
        for (found, expected) in tables.iter().zip(&html) {
            assert_eq!(found.header, expected.header, "{job}, {format}: {}", expected.caption);
            assert_eq!(found.rows.len(), expected.rows.len(), "{job}, {format}: rows of {}", expected.caption);
            for (found, row) in found.rows.iter().zip(&expected.rows) {
                assert_eq!(found, row, "{job}, {format}: {}", expected.caption);
            }
        }
    }
}

#[test]
fn goteborg_has_the_same_tables_in_word_and_markdown_as_in_html() {
    compare("analyze", 40);
}

#[test]
fn norrtalje_has_the_same_tables_in_word_and_markdown_as_in_html() {
    compare("norrtalje", 8);
}

#[test]
fn the_protected_sample_has_the_same_tables_in_word_and_markdown_as_in_html() {
    compare("skyddad", 10);
}

#[test]
fn strangnas_has_the_same_tables_in_word_and_markdown_as_in_html() {
    compare("strangnas", 3);
}

#[test]
fn the_readers_see_what_they_are_to_see() {
    let html = "<table><caption>Tabell 1. X</caption><tr><th>A</th><th>B</th></tr><tr><th>a<br>b</th><td>1 <span>(2)</span></td></tr></table>";
    let expected = ExtractedTable {
        caption: "Tabell 1. X".into(),
        header: vec!["A".into(), "B".into()],
        rows: vec![vec!["a b".into(), "1 (2)".into()]],
    };
    assert_eq!(tables_of_html(html), std::slice::from_ref(&expected));
    assert_eq!(tables_of_markdown("**Tabell 1. X**\n\n| A | B |\n| --- | ---: |\n| a b | **1** (2) |\n"), [expected]);
}
