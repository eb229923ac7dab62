//! Tables as readers of Word, Markdown and HTML see them; `agreement` compares them over all formats.
//!
//! Each reader here knows the format and nothing of the program.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use roxmltree::Node;

use crate::kit::{html_tables, part_of};

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

/// Tables of `report.html` but for the data behind figures, which other formats do not print.
pub fn tables_of_html(html: &str) -> Vec<ExtractedTable> {
    let tables = html_tables(&html.replace("<br>", " ")).into_iter();
    let printed = tables.filter(|(caption, _)| !caption.starts_with("Data till figur"));
    printed.map(|(caption, rows)| ExtractedTable::of(&caption, rows)).collect()
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Tables of `report.docx` that stand below a caption: the year's numbers are cards in other formats.
pub fn tables_of_docx(bytes: &[u8]) -> Vec<ExtractedTable> {
    let text = part_of(bytes, "word/document.xml");
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

/// Tables of `report.md` below a caption in bold.
pub fn tables_of_markdown(markdown: &str) -> Vec<ExtractedTable> {
    let mut tables = Vec::new();
    let (mut paragraph, mut is_bold, mut before) = (String::new(), false, String::new());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_GFM) {
        match event {
            Event::Start(Tag::Paragraph) => (paragraph, is_bold) = (String::new(), false),
            Event::Start(Tag::Strong) => is_bold |= paragraph.is_empty(),
            // The year's numbers have no caption, whatever paragraph stands above them.
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
