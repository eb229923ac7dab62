//! One job, five files: every printed table, every key number and every sentence with a number says the same in HTML,
//! Word, PDF, Excel and Markdown. Each format is read by a reader of its own that knows nothing of the program.

use std::collections::BTreeMap;

use kvalis::job::plan::Format;
use pulldown_cmark::{Event, Options, Parser};

use crate::documents::{ExtractedTable, tables_of_docx, tables_of_html, tables_of_markdown};
use crate::kit::{Run, html_tables, part_of, plan, run_plan, text_of};
use crate::pdf_tables::{bare, tables_of_pdf, words_of_pdf};
use crate::xlsx_tables::{tables_of_xlsx, words};

/// A sample job in all five formats.
fn run_in_all_formats(job: &str) -> Run {
    let mut plan = plan(job);
    plan.job.formats = vec![Format::Html, Format::Docx, Format::Pdf, Format::Xlsx, Format::Markdown];
    run_plan(&plan, 2).unwrap_or_else(|failure| panic!("{job} runs: {failure:#?}"))
}

/// What has been compared, so that a reader that sees nothing is noticed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Compared {
    tables: usize,
    cells: usize,
    figures: usize,
    key_numbers: usize,
    sentences: usize,
}

fn compare(job: &str) -> Compared {
    let run = run_in_all_formats(job);
    let page = run.read("report.html");
    let mut compared = Compared::default();
    same_tables(job, &run, &page, &mut compared);
    same_sheets(job, &run, &page, &mut compared);
    same_words(job, &run, &page, &mut compared);
    compared
}

/// Tables that are printed everywhere: caption, header and cells, the kind of space apart.
fn same_tables(job: &str, run: &Run, page: &str, compared: &mut Compared) {
    let html = tables_of_html(page);
    let others = [
        ("Word", tables_of_docx(&run.bytes("report.docx"))),
        ("Markdown", tables_of_markdown(&run.read("report.md"))),
        ("PDF", tables_of_pdf(&run.bytes("report.pdf"))),
    ];
    for (format, tables) in others {
        let captions = |tables: &[ExtractedTable]| tables.iter().map(|table| bare(&table.caption)).collect::<Vec<_>>();
        assert_eq!(captions(&tables), captions(&html), "{job}, {format}: captions");
        for (found, expected) in tables.iter().zip(&html) {
            assert_eq!(lines(found), lines(expected), "{job}, {format}: {}", expected.caption);
        }
    }
    compared.tables = html.len();
    compared.cells = html.iter().flat_map(|table| &table.rows).map(Vec::len).sum();
}

/// Header and rows, letters only: where a line ends on paper, a space may or may not stand.
fn lines(table: &ExtractedTable) -> Vec<Vec<String>> {
    let bare = |row: &Vec<String>| row.iter().map(|cell| bare(cell)).collect();
    std::iter::once(&table.header).chain(&table.rows).map(bare).collect()
}

/// Sheets of the appendix: numbers under the formats that Excel shows them in, for tables and for figures.
fn same_sheets(job: &str, run: &Run, page: &str, compared: &mut Compared) {
    let sheets: BTreeMap<String, ExtractedTable> =
        tables_of_xlsx(&run.bytes("appendix.xlsx")).into_iter().map(|table| (table.caption.clone(), table)).collect();
    let rows = |rows: &[Vec<String>]| rows.iter().map(|row| words(row)).collect::<Vec<_>>();
    for (caption, printed) in html_tables(page) {
        let figure = caption.strip_prefix("Data till figur ");
        let name = figure.map_or(caption.clone(), |rest| format!("Figur {}", rest.replacen(": ", ". ", 1)));
        match sheets.get(&name) {
            Some(sheet) => {
                assert_eq!(rows(&sheet.rows), rows(&printed[1..]), "{job}, Excel: {name}");
                compared.figures += usize::from(figure.is_some());
            }
            // A figure that shows the whole of a printed table has that table's sheet.
            None => assert!(figure.is_some(), "{job}, Excel: no sheet of {name}"),
        }
    }
}

/// Key numbers and sentences, in the order of the page.
fn same_words(job: &str, run: &Run, page: &str, compared: &mut Compared) {
    let texts = [
        ("Word", text_of_docx(&run.bytes("report.docx"))),
        ("Markdown", text_of_markdown(&run.read("report.md"))),
        ("PDF", words_of_pdf(&run.bytes("report.pdf"))),
    ];
    let (cards, sentences) = (cards(page), sentences(page));
    for (format, text) in texts {
        let text = bare(&text);
        for card in &cards {
            let at = text.find(&bare(&card.value_and_label));
            let at = at.unwrap_or_else(|| panic!("{job}, {format}: no key number {}", card.value_and_label));
            for said in &card.beside {
                assert!(text[at..].contains(&bare(said)), "{job}, {format}: {} without {said}", card.value_and_label);
            }
        }
        let mut at = 0;
        for sentence in &sentences {
            let found = text[at..].find(&bare(sentence));
            let found = found.unwrap_or_else(|| panic!("{job}, {format}: not said, or not in order: {sentence}"));
            at += found;
        }
    }
    (compared.key_numbers, compared.sentences) = (cards.len(), sentences.len());
}

/// A key number of the page.
struct Card {
    value_and_label: String,
    /// Last year, and the sentence.
    beside: Vec<String>,
}

fn cards(page: &str) -> Vec<Card> {
    let list =
        page.split("<ul class=\"cards\">").nth(1).and_then(|rest| rest.split("</ul>").next()).unwrap_or_default();
    let of = |card: &str| {
        let mut said = card.split("<p ").skip(1).map(|part| text_of(&format!("<p {part}")));
        Card { value_and_label: said.next().expect("a value"), beside: said.collect() }
    };
    list.split("<li>").skip(1).map(of).collect()
}

/// Paragraphs and items of the text that hold a number that is bound to a computed value.
fn sentences(page: &str) -> Vec<String> {
    let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a text");
    let text = without(
        &without(&without(main, "<table", "</table>"), "<figure", "</figure>"),
        "<ul class=\"cards\">",
        "</ul>",
    );
    let starts = ["<p", "<li", "</p>", "</li>", "<ul", "<ol", "</ul>", "</ol>", "<div", "</div>", "<h", "<section"];
    let mut pieces = Vec::new();
    let mut rest = text.as_str();
    while let Some(end) = starts.iter().filter_map(|tag| rest.get(1..)?.find(tag)).min() {
        let (piece, left) = rest.split_at(end + 1);
        pieces.push(piece);
        rest = left;
    }
    pieces.into_iter().filter(|piece| piece.contains("data-origin=")).map(text_of).collect()
}

fn without(text: &str, from: &str, to: &str) -> String {
    let mut pieces = text.split(from);
    let first = pieces.next().unwrap_or_default().to_string();
    pieces.fold(first, |kept, piece| kept + piece.split_once(to).map_or("", |(_, rest)| rest))
}

fn text_of_docx(bytes: &[u8]) -> String {
    let text = part_of(bytes, "word/document.xml");
    let parsed = roxmltree::Document::parse(&text).expect("well-formed");
    let texts = parsed.descendants().filter(|node| node.tag_name().name() == "t");
    texts.filter_map(|node| node.text()).collect()
}

fn text_of_markdown(markdown: &str) -> String {
    let pieces = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_GFM).map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        _ => " ".to_string(),
    });
    pieces.collect()
}

#[test]
fn the_same_job_gives_five_files_that_agree_number_for_number() {
    // Job, and the least number of tables, cells, sheets of figures, key numbers and sentences.
    let least = [
        ("analyze", [40, 1000, 5, 4, 30]),
        ("norrtalje", [8, 200, 2, 4, 8]),
        ("strangnas", [3, 50, 1, 3, 3]),
        ("skyddad", [3, 30, 1, 0, 1]),
    ];
    for (job, least) in least {
        let compared = compare(job);
        let Compared { tables, cells, figures, key_numbers, sentences } = compared;
        let found = [tables, cells, figures, key_numbers, sentences];
        assert!(found.iter().zip(least).all(|(found, least)| *found >= least), "{job}: {compared:?}");
    }
}

#[test]
fn the_readers_of_words_see_numbers_of_text_only() {
    let page = "<main><p>Av <span data-origin=\"a|b|c\">7</span> är <b>två</b>.</p><table><td data-origin=\"x\">9</td></table>\
        <ul><li>Det är <span data-origin=\"a|b|c\">3 %</span>.</li></ul><p>Utan tal.</p></main>";
    assert_eq!(sentences(page), ["Av 7 är två.", "Det är 3 %."]);
    let cards = cards(
        "<ul class=\"cards\">\n<li>\n<p class=\"what\"><span>7</span> <span>fel</span></p>\n<p class=\"beside\">9 förra året</p>\n</li>\n</ul>",
    );
    assert_eq!(
        (cards[0].value_and_label.as_str(), cards[0].beside.as_slice()),
        ("7 fel", &["9 förra året".to_string()][..])
    );
}
