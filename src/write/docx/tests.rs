//! The file as Word and others read it: parts are parsed, references followed, hostile texts found again as texts.

use std::io::{Cursor, Read as _, Write as _};

use super::super::document::{Block, Inline, PrintedCell, PrintedRow, TableBlock};
use super::super::fixtures::{report, theme};
use super::super::{compose, html};
use super::xml::WORD;
use super::*;

/// One white pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1,
    1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

fn composed() -> Document {
    let mut document = compose(report().inputs()).expect("the fixture composes");
    document.figures.values_mut().for_each(|figure| figure.png = PIXEL.to_vec());
    document
}

fn file(document: &Document, template: Option<&Template>) -> BTreeMap<String, String> {
    parts(&write(document, &theme(), template).expect("the fixture is written"))
}

/// Text parts by name; others by their length.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let count = zip.len();
    let read = |index: usize| {
        let mut part = zip.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("readable");
        let name = part.name().expect("a name").to_string();
        (name, String::from_utf8(bytes).unwrap_or_else(|error| error.as_bytes().len().to_string()))
    };
    (0..count).map(read).collect()
}

/// The text part with a line break between paragraphs and rows.
fn readable(part: &str) -> String {
    ["<w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "</w:tbl>", "<w:sectPr>", "<w:sdt>"]
        .iter()
        .fold(part.to_string(), |text, mark| text.replace(mark, &format!("\n{mark}")))
}

/// Texts of all paragraphs of a style.
fn texts(part: &str, style: &str) -> Vec<String> {
    let parsed = roxmltree::Document::parse(part).expect("well-formed");
    let word = |node: &roxmltree::Node, name: &str| node.has_tag_name((WORD, name));
    let styled = |node: &roxmltree::Node| {
        node.descendants().any(|inner| word(&inner, "pStyle") && inner.attribute((WORD, "val")) == Some(style))
    };
    let paragraphs = parsed.descendants().filter(|node| word(node, "p") && styled(node));
    paragraphs
        .map(|node| node.descendants().filter(|inner| word(inner, "t")).filter_map(|inner| inner.text()).collect())
        .collect()
}

#[test]
fn the_text_is_as_reviewed() {
    let parts = file(&composed(), None);
    insta::assert_snapshot!("docx_document", readable(&parts["word/document.xml"]));
    insta::assert_snapshot!("docx_styles", parts["word/styles.xml"].replace("<w:style ", "\n<w:style "));
}

#[test]
fn every_part_is_well_formed_and_every_relationship_resolves() {
    let parts = file(&composed(), None);
    for (name, text) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let relations = roxmltree::Document::parse(&parts["word/_rels/document.xml.rels"]).expect("well-formed");
    for node in relations.root_element().children() {
        let target = node.attribute("Target").expect("a target");
        let external = node.attribute("TargetMode").is_some();
        assert!(external || parts.contains_key(&format!("word/{target}")), "{target}");
    }
    assert!(
        parts["word/settings.xml"].contains("sv-SE") && parts["word/styles.xml"].contains("w:lang w:val=\"sv-SE\"")
    );
    assert!(!parts["word/settings.xml"].contains("updateFields"), "nothing asks the reader");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let (one, other) = (write(&composed(), &theme(), None), write(&composed(), &theme(), None));
    assert_eq!(one.expect("written"), other.expect("written"));
}

#[test]
fn captions_are_numbered_as_in_html() {
    let document = composed();
    let part = &file(&document, None)["word/document.xml"];
    let ours = texts(part, "Caption").into_iter().map(|text| text.replace('\u{a0}', " "));
    let ours: Vec<String> = ours.filter(|text| text.starts_with("Tabell ") || text.starts_with("Figur ")).collect();
    let page = html::write(&document, &theme());
    let mut theirs = Vec::new();
    for piece in page.split("<span class=\"number\">").skip(1) {
        let (number, rest) = piece.split_once("</span>").expect("a number ends");
        if number.starts_with("Tabell") || number.starts_with("Figur") {
            let title = rest.split("</").next().expect("a caption ends");
            theirs.push(format!("{number}{title}"));
        }
    }
    assert_eq!(ours, theirs);
    assert!(ours.len() > 5);
}

#[test]
fn every_reference_has_its_bookmark_and_its_words() {
    let part = &file(&composed(), None)["word/document.xml"];
    let parsed = roxmltree::Document::parse(part).expect("well-formed");
    let named = |name: &str, attribute: &str| -> Vec<String> {
        let nodes = parsed.descendants().filter(|node| node.has_tag_name((WORD, name)));
        nodes.filter_map(|node| node.attribute((WORD, attribute)).map(str::to_string)).collect()
    };
    let bookmarks = named("bookmarkStart", "name");
    let codes =
        parsed.descendants().filter(|node| node.has_tag_name((WORD, "instrText"))).filter_map(|node| node.text());
    let referred: Vec<&str> = codes.filter_map(|code| code.trim().strip_prefix("REF ")?.split(' ').next()).collect();
    assert!(referred.len() >= 3, "{referred:?}");
    let anchors = named("hyperlink", "anchor");
    for name in referred.iter().map(|name| name.to_string()).chain(anchors) {
        assert!(bookmarks.contains(&name), "{name}");
    }
    let mut once = bookmarks.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), bookmarks.len());
}

fn hostile() -> Document {
    let text = "\u{0}<w:p>]]>&\"'\u{b}\u{1b}\u{fffe}å{{x}}";
    let mut document = composed();
    let measure = match document.blocks.iter().find(|block| matches!(block, Block::Table(_))) {
        Some(Block::Table(table)) => table.measure.clone(),
        _ => panic!("the fixture has a table"),
    };
    document.title = text.into();
    document.organisation = text.into();
    document.decision = Some(text.into());
    let words = || vec![Inline::Text(text.into()), Inline::Code(text.into())];
    let link = |href: &str| Inline::Link { href: href.into(), inlines: words() };
    let cell = PrintedCell { text: text.into(), beside: Some(text.into()), numeric: false };
    let row = PrintedRow { label: text.into(), level: 9, cells: vec![cell], ..PrintedRow::default() };
    document.blocks = vec![
        Block::Heading { level: 1, id: text.into(), number: text.into(), inlines: words() },
        Block::Paragraph(vec![link("https://x.se/\"><a>&"), link("javascript:alert(1)"), link("file:///etc/passwd")]),
        Block::Room { prompt: text.into() },
        Block::Table(Box::new(TableBlock {
            name: text.into(),
            id: text.into(),
            number: Some(1),
            caption: text.into(),
            rows: vec![row],
            source: text.into(),
            measure,
            ..TableBlock::default()
        })),
    ];
    document
}

#[test]
fn hostile_texts_stay_texts() {
    let parts = file(&hostile(), None);
    for (name, text) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    assert_eq!(texts(&parts["word/document.xml"], "Title"), ["<w:p>]]>&\"'å{{x}}"]);
    let relations = &parts["word/_rels/document.xml.rels"];
    assert!(relations.contains("https://x.se/&quot;&gt;&lt;a&gt;&amp;"));
    assert!(!relations.contains("javascript") && !relations.contains("passwd"));
}

#[test]
fn a_table_wider_than_the_page_lies_and_no_page_stays_empty() {
    let mut document = composed();
    let Some(Block::Table(table)) = document.blocks.iter_mut().find(|block| matches!(block, Block::Table(_))) else {
        panic!("the fixture has a table");
    };
    for _ in 0..5 {
        let more = table.header[1..].to_vec();
        table.header.extend(more);
        for row in &mut table.rows {
            let more = row.cells.clone();
            row.cells.extend(more);
        }
        if table.header.len() > 14 {
            break;
        }
    }
    let wide = table.clone();
    document.blocks = vec![Block::Table(wide.clone()), Block::Table(wide)];
    let part = &file(&document, None)["word/document.xml"];
    assert_eq!(part.matches("<w:sectPr>").count(), 2, "cover and contents stand, both tables lie");
    assert_eq!(part.matches("w:orient=\"landscape\"").count(), 1);
    assert_eq!(part.matches("<w:titlePg/>").count(), 1);
}

#[test]
fn a_figure_without_values_keeps_its_number_and_says_so() {
    let mut document = composed();
    document.figures.clear();
    let part = &file(&document, None)["word/document.xml"];
    assert!(part.contains("inga värden att visa") && texts(part, "Caption").iter().any(|text| text.contains("Figur")));
}

// --- the municipality's own template ---

const CONTENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(entries: &[(&str, &str, &str)]) -> String {
    let entries: String = entries
        .iter()
        .map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{CONTENT}/{kind}\" Target=\"{target}\"/>"))
        .collect();
    format!("<Relationships xmlns=\"{}\">{entries}</Relationships>", super::xml::RELATIONSHIPS)
}

/// A template as Swedish Word saves it: localised ids, numbered headings, a header with a picture.
fn swedish_parts() -> BTreeMap<&'static str, String> {
    let w = format!("xmlns:w=\"{WORD}\" xmlns:r=\"{}\"", super::xml::RELATION_IDS);
    BTreeMap::from([
        ("_rels/.rels", relations(&[("rId1", "officeDocument", "word/document.xml")])),
        (
            "word/document.xml",
            format!(
                "<w:document {w}><w:body><w:p/><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId7\"/>\
                 <w:pgSz w:w=\"11907\" w:h=\"16840\"/><w:pgMar w:top=\"2000\" w:right=\"1500\" w:bottom=\"1400\" w:left=\"1600\" \
                 w:header=\"700\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            relations(&[
                ("rId1", "styles", "styles.xml"),
                ("rId2", "numbering", "numbering.xml"),
                ("rId7", "header", "/word/header3.xml"),
                ("rId8", "vbaProject", "vbaProject.bin"),
            ]),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles {w}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"en-US\"/></w:rPr></w:rPrDefault></w:docDefaults>\
                 <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
                 <w:style w:type=\"paragraph\" w:styleId=\"Rubrik1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style>\
                 </w:styles>"
            ),
        ),
        (
            "word/numbering.xml",
            format!(
                "<w:numbering {w}><w:abstractNum w:abstractNumId=\"3\"/><w:num w:numId=\"4\"><w:abstractNumId w:val=\"3\"/></w:num></w:numbering>"
            ),
        ),
        ("word/header3.xml", format!("<w:hdr {w}><w:p><w:r><w:t>Kommunen</w:t></w:r></w:p></w:hdr>")),
        ("word/_rels/header3.xml.rels", relations(&[("rId1", "image", "media/vapen.png")])),
        ("word/media/vapen.png", "bild".to_string()),
        ("word/vbaProject.bin", "makro".to_string()),
    ])
}

fn zipped(parts: &BTreeMap<&'static str, String>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

fn swedish() -> Template {
    Template::read(&zipped(&swedish_parts()), "mall.dotm").expect("a whole template")
}

#[test]
fn a_template_gives_styles_header_page_and_numbering() {
    let parts = file(&composed(), Some(&swedish()));
    let text = &parts["word/document.xml"];
    assert!(
        text.contains("<w:pStyle w:val=\"Rubrik1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>")
    );
    assert!(text.contains("<w:pgSz w:w=\"11907\" w:h=\"16840\"/>") && text.contains("w:left=\"1600\""));
    let styles = &parts["word/styles.xml"];
    assert!(styles.contains("w:val=\"sv-SE\"") && !styles.contains("en-US"));
    assert!(styles.contains("Rapporttabell") && styles.matches("heading 1\"").count() == 1);
    assert!(parts["word/header1.xml"].contains("Kommunen"));
    assert!(parts["word/_rels/header1.xml.rels"].contains("/word/media/mall-1.png"));
    assert_eq!(parts["word/media/mall-1.png"], "bild");
    assert!(!parts.keys().any(|name| name.contains("vba")), "macros stay behind");
    let numbering = &parts["word/numbering.xml"];
    let places = ["w:abstractNumId=\"3\"", "w:abstractNumId=\"4\"", "w:numId=\"4\"", "w:numId=\"5\""];
    let places: Vec<Option<usize>> = places.iter().map(|mark| numbering.find(mark)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{numbering}");
    for (name, text) in parts.iter().filter(|(name, _)| name.ends_with(".xml")) {
        roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn our_own_file_is_a_template_that_gives_the_same_looks() {
    let bytes = write(&composed(), &theme(), None).expect("written");
    let template = Template::read(&bytes, "report.docx").expect("ours is a whole template");
    let (with, without) = (file(&composed(), Some(&template)), file(&composed(), None));
    assert_eq!(
        with["word/styles.xml"].matches("<w:style ").count(),
        without["word/styles.xml"].matches("<w:style ").count()
    );
    assert_eq!(with["word/theme/theme1.xml"], without["word/theme/theme1.xml"]);
    let header = |parts: &BTreeMap<String, String>| parts.values().find(|text| text.contains("<w:hdr")).cloned();
    assert!(header(&with).is_some() && header(&with) == header(&without));
}

fn told(bytes: &[u8]) -> String {
    let failure = Template::read(bytes, "mall.dotx").expect_err("a broken template is refused");
    assert_eq!(failure.diagnostics[0].code, crate::diagnostic::Code::BadWordTemplate);
    failure.diagnostics[0].message.clone()
}

fn without(name: &'static str) -> Vec<u8> {
    let mut parts = swedish_parts();
    parts.remove(name);
    zipped(&parts)
}

fn changed(name: &'static str, text: String) -> Vec<u8> {
    let mut parts = swedish_parts();
    parts.insert(name, text);
    zipped(&parts)
}

#[test]
fn a_broken_template_is_told_in_words() {
    assert_eq!(told(b""), "the Word template is not a Word file, or not a whole one");
    let expected = "the Word template is in the old format (.doc, .dot) or protected by a password";
    assert_eq!(told(&[0xd0, 0xcf, 0x11, 0xe0, 1]), expected);
    assert_eq!(told(&without("word/document.xml")), "the Word template has no text part: it is another kind of file");
    assert_eq!(told(&without("word/styles.xml")), "the Word template has no styles");
    assert_eq!(told(&without("_rels/.rels")), "the Word template has no text part: it is another kind of file");
    let expected = "header3.xml of the Word template holds or links to something that is no picture: vapen.png";
    assert_eq!(told(&without("word/media/vapen.png")), expected);
    let whole = zipped(&swedish_parts());
    told(&whole[..whole.len() / 2]);
}

#[test]
fn a_hostile_template_is_refused() {
    let bomb = changed("word/styles.xml", " ".repeat(33 << 20));
    assert!(bomb.len() < 1 << 20, "it is small as it is stored");
    assert_eq!(told(&bomb), "the Word template is larger than any template should be when it is unpacked");
    let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><w:styles xmlns:w=\"x\">&b;</w:styles>".to_string();
    let expected = "the part word/styles.xml of the Word template is not well-formed XML";
    assert_eq!(told(&changed("word/styles.xml", entity)), expected);
    let field = |code: &str| {
        format!("<w:hdr xmlns:w=\"{WORD}\"><w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p></w:hdr>")
    };
    assert!(told(&changed("word/header3.xml", field("DDEAUTO c:\\x"))).ends_with("DDEAUTO"));
    Template::read(&changed("word/header3.xml", field("PAGE")), "x").expect("page numbers are harmless");
    for kind in ["oleObject", "attachedTemplate", "aFChunk"] {
        let told = told(&changed("word/_rels/header3.xml.rels", relations(&[("rId1", kind, "media/vapen.png")])));
        assert!(told.contains("no picture"), "{told}");
    }
    let outside = relations(&[("rId1", "image", "../../../etc/passwd")]);
    assert!(told(&changed("word/_rels/header3.xml.rels", outside)).contains("no picture"));
}
