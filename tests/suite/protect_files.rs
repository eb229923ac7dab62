//! Every file that the protected sample publishes, read by readers that know the formats and nothing of the program: no
//! count from one to four, and none that `tables/*.csv` hides.
//!
//! HTML is held against the mask by the origins of its numbers; that the tables of Word, PDF, Excel and Markdown are those
//! of HTML is tested with those formats (`documents`, `pdf_tables`, `xlsx_tables`). Here they are read once more as wholes.

use std::collections::BTreeMap;

use crate::documents::{tables_of_docx, tables_of_markdown};
use crate::kit::{files_below, html_tables, parts_of, plan, sample, text_of};
use crate::pdf_tables::{tables_of_pdf, words_of_pdf};
use crate::xlsx_tables::tables_of_xlsx;

/// What the mask says of each cell: `measure|row|column` → as printed in `tables/*.csv`.
fn masked() -> BTreeMap<String, String> {
    let run = sample("skyddad");
    let mut cells = BTreeMap::new();
    for measure in plan("skyddad").measured.measures {
        let sheet = run.table(&kvalis::domain::table::file_stem(&measure.name));
        let labels = sheet.labels();
        for record in &sheet.records {
            // Groups leave their members' column empty.
            let path: Vec<&str> =
                record[..labels].iter().map(String::as_str).filter(|label| !label.is_empty()).collect();
            for (column, text) in record.iter().enumerate().skip(labels) {
                cells.insert(format!("{}|{}|{}", measure.name, path.join(" / "), sheet.header[column]), text.clone());
            }
        }
    }
    cells
}

fn is_small(text: &str) -> bool {
    ["1", "2", "3", "4"].contains(&text)
}

/// A cell that prints a small count, alone, before last year's or as last year's: `3`, `3 (9)`, `12 (3)`.
fn prints_a_small_count(cell: &str) -> bool {
    let bare = cell.replace(['\u{a0}', '\u{202f}'], " ");
    let (now, then) = bare.trim().split_once('(').unwrap_or((bare.trim(), ""));
    is_small(now.trim()) || is_small(then.trim_end_matches(')').trim())
}

fn assert_no_small_count<'a>(format: &str, tables: impl Iterator<Item = (&'a String, &'a Vec<Vec<String>>)>) {
    let mut cells = 0;
    for (caption, rows) in tables {
        for row in rows {
            // The first cell is the label; a quarter is called by its number.
            let small = row.iter().skip(1).find(|cell| prints_a_small_count(cell));
            assert_eq!(small, None, "{format}, {caption}: {row:?}");
            cells += row.len();
        }
    }
    assert!(cells > 300, "{format}: {cells} cells");
}

/// Values of an attribute.
fn attributes<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    text.split(&open).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_number_of_the_page_that_has_an_origin_is_shown_by_the_mask() {
    let (html, mask) = (sample("skyddad").read("report.html"), masked());
    let (mut shown, mut hidden) = (0, 0);
    for rest in html.split(" data-origin=\"").skip(1) {
        let (origin, rest) = rest.split_once('"').expect("a closed attribute");
        let (attributes, text) = rest.split_once('>').expect("a closed tag");
        let text = text_of(text.split('<').next().unwrap_or(""));
        let is_hidden = mask.get(&text_of(origin)).is_some_and(|cell| cell == "..");
        let is_number = text.chars().any(|letter| letter.is_ascii_digit());
        assert!(!is_hidden || !is_number, "{origin} is printed as {text}");
        assert!(!is_hidden || !attributes.contains("data-value=\""), "{origin} has a value");
        let is_count = mask.contains_key(&text_of(origin)) && !text.contains(['+', '\u{2212}', '%', ',']);
        assert!(!is_count || !prints_a_small_count(&text), "{origin}: {text}");
        let column = origin.rsplit('|').next().unwrap_or("");
        let is_counted = ["current", "previous", "total", "numerator", "denominator"].contains(&column);
        let value = attributes.split("data-value=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(!((is_counted || column.contains('=')) && value.is_some_and(is_small)), "{origin} for scripts");
        hidden += usize::from(is_hidden);
        shown += usize::from(is_number);
    }
    assert!(shown > 200 && hidden > 50, "{shown} shown, {hidden} hidden");
}

#[test]
fn what_the_page_carries_unseen_has_no_small_count() {
    let html = sample("skyddad").read("report.html");
    let mut data = 0;
    for rest in html.split("data:text/csv;charset=utf-8;base64,").skip(1) {
        let bytes = base64(rest.split('"').next().expect("split gives one"));
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_csv("data in the page", &text);
        data += 1;
    }
    assert!(data >= 8, "{data} files of data in the page");
    // The scripts are the program's, the same in every report: nothing of the data is in them.
    let scripts = |html: &str| -> Vec<String> {
        let scripts = html.split("<script").skip(1).filter_map(|rest| rest.split("</script>").next());
        scripts.map(String::from).collect()
    };
    assert_eq!(scripts(&html), scripts(&sample("strangnas").read("report.html")));
}

/// A CSV of counts; the label comes first.
fn assert_csv(name: &str, text: &str) {
    let records =
        text.trim_start_matches('\u{feff}').lines().skip(1).map(|line| line.split(';').collect::<Vec<&str>>());
    for record in records {
        let small = record.iter().skip(1).find(|cell| is_small(cell.trim_matches('"')));
        assert_eq!(small, None, "{name}: {record:?}");
    }
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|letter| LETTERS.iter().position(|known| *known == letter));
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for digit in digits {
        bits = (bits << 6) | digit as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

#[test]
fn the_tables_of_every_format_have_no_small_count() {
    let run = sample("skyddad");
    let html = html_tables(&run.read("report.html"));
    assert_no_small_count("HTML", html.iter().map(|(caption, rows)| (caption, rows)));
    let docx = tables_of_docx(&run.bytes("report.docx"));
    assert_no_small_count("Word", docx.iter().map(|table| (&table.caption, &table.rows)));
    let markdown = tables_of_markdown(&run.read("report.md"));
    assert_no_small_count("Markdown", markdown.iter().map(|table| (&table.caption, &table.rows)));
    let pdf = tables_of_pdf(&run.bytes("report.pdf"));
    assert_no_small_count("PDF", pdf.iter().map(|table| (&table.caption, &table.rows)));
    let xlsx = tables_of_xlsx(&run.bytes("appendix.xlsx"));
    assert_no_small_count("Excel", xlsx.iter().map(|table| (&table.caption, &table.rows)));
}

/// XML parts of a package by name.
fn parts(name: &str) -> BTreeMap<String, String> {
    let parts = parts_of(&sample("skyddad").bytes(name)).into_iter();
    parts.filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?))).collect()
}

#[test]
fn the_charts_of_the_workbook_remember_no_small_count() {
    let mut numbers = 0;
    for (name, text) in parts("appendix.xlsx").iter().filter(|(name, _)| name.starts_with("xl/charts/")) {
        for cache in text.split("<c:numCache>").skip(1).filter_map(|rest| rest.split("</c:numCache>").next()) {
            for value in cache.split("<c:v>").skip(1).filter_map(|rest| rest.split("</c:v>").next()) {
                assert!(!is_small(value), "{name}: {value}");
                numbers += 1;
            }
        }
    }
    assert!(numbers > 40, "{numbers} numbers in charts");
}

/// Words about a figure: no small count but what numbers quarters, figures and rows.
fn assert_description(place: &str, text: &str) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        let bare = pair[1].trim_matches(|letter: char| !letter.is_alphanumeric());
        let named = pair[0].trim_start_matches('(');
        let names_a_number = ["kvartal", "Figur", "figur", "Tabell", "tabell"].contains(&named);
        assert!(!is_small(bare) || names_a_number || text.contains(&format!("{bare} rader")), "{place}: {text}");
    }
}

#[test]
fn alternative_texts_and_figures_say_no_small_count() {
    let run = sample("skyddad");
    let mut described = 0;
    for (name, text) in parts("report.docx").into_iter().chain(parts("appendix.xlsx")) {
        for description in attributes(&text, "descr") {
            assert_description(&name, &text_of(description));
            described += 1;
        }
    }
    let html = run.read("report.html");
    for description in html.split("<desc").skip(1).filter_map(|rest| rest.split("</desc>").next()) {
        assert_description("HTML", &text_of(description.split_once('>').expect("a tag").1));
        described += 1;
    }
    for description in run.read("report.md").split("![").skip(1).filter_map(|rest| rest.split("](").next()) {
        assert_description("Markdown", description);
        described += 1;
    }
    assert!(described > 30, "{described} descriptions");
    for (name, bytes) in files_below(&run.folder.join("figures")) {
        match name.rsplit('.').next() {
            Some("csv") => assert_csv(&name, &String::from_utf8(bytes).expect("UTF-8")),
            Some("svg") => assert_svg(&name, &String::from_utf8(bytes).expect("UTF-8")),
            _ => assert!(
                !bytes.windows(4).any(|part| [b"tEXt", b"iTXt", b"zTXt"].contains(&part.try_into().expect("four"))),
                "{name}"
            ),
        }
    }
}

/// Texts in a drawing: ticks of an axis are no counts, and stand in columns or rows of equal steps.
fn assert_svg(name: &str, svg: &str) {
    let texts = svg.split("<text").skip(1).filter_map(|rest| rest.split("</text>").next());
    let texts: Vec<String> = texts.map(|text| text_of(text.split_once('>').expect("a tag").1)).collect();
    let is_axis = |text: &String| name.starts_with("line") && is_small(text);
    let small: Vec<&String> = texts.iter().filter(|text| prints_a_small_count(text) && !is_axis(text)).collect();
    assert!(small.is_empty(), "{name}: {small:?}");
}

#[test]
fn sentences_with_numbers_are_the_same_on_paper() {
    let run = sample("skyddad");
    let pressed = |text: &str| text.split_whitespace().collect::<String>();
    let pdf = pressed(&words_of_pdf(&run.bytes("report.pdf")));
    let docx = pressed(&text_of(&parts("report.docx")["word/document.xml"]));
    let html = run.read("report.html");
    let paragraphs = html.split("<p>").skip(1).filter_map(|rest| rest.split("</p>").next());
    let mut compared = 0;
    for paragraph in paragraphs.filter(|paragraph| paragraph.contains("data-origin")) {
        let text = pressed(&text_of(paragraph));
        assert!(docx.contains(&text), "Word: {text}");
        assert!(pdf.contains(&text), "PDF: {text}");
        compared += 1;
    }
    assert!(compared >= 3, "{compared} sentences");
}

#[test]
fn what_may_not_be_published_is_named() {
    let run = sample("skyddad");
    let manifest = run.json("manifest.json");
    let internal: Vec<&str> = manifest["protection"]["internal"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|name| name.as_str())
        .collect();
    let read_elsewhere = ["report.", "appendix.xlsx", "figures/", "tables/", "las-mig.txt", "underlag."];
    for name in files_below(&run.folder).keys() {
        let is_known = |known: &&str| name.starts_with(*known);
        assert!(internal.iter().chain(&read_elsewhere).any(is_known), "{name} is neither internal nor looked through");
    }
}
