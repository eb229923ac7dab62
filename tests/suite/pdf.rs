//! The PDF on documents that no sample job makes: hostile texts, letters that the font lacks, nothing at all, too much.

use std::collections::BTreeMap;

use kvalis::domain::table::MeasureTable;
use kvalis::draw::{Figure, SheetForm};
use kvalis::job::plan::{LogoPlan, ThemeFile, ThemePlan};
use kvalis::write::document::{Block, Document, Inline, KeyNumber, PrintedCell, PrintedRow, TableBlock, TableHeader};

use crate::pdf_tables::{bare, elements_of_pdf, tables_of_pdf, words_of_pdf};

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Rapport #1 $x$ \\ \"T\" <b>".into(),
        organisation: "Förvaltningen *A* & _B_".into(),
        period: "2023 (2023-01-01–2023-12-31)".into(),
        committee: None,
        decision: Some("Dnr @1 ~ [x]".into()),
        as_of: "2024-01-09".into(),
        blocks,
        figures: BTreeMap::new(),
    }
}

fn write(document: &Document) -> Vec<u8> {
    kvalis::write::pdf::write(document, &ThemePlan::default()).unwrap_or_else(|failure| panic!("{failure:#?}"))
}

fn measure() -> MeasureTable {
    MeasureTable {
        name: "breakdown.x".into(),
        title: "T".into(),
        row_headers: vec!["R".into()],
        ..MeasureTable::default()
    }
}

fn table(header: &[&str], rows: &[Vec<String>]) -> Block {
    let column = |text: &&str| TableHeader { text: text.to_string(), ..TableHeader::default() };
    let cell = |text: &String| PrintedCell { text: text.clone(), ..PrintedCell::default() };
    let row = |row: &Vec<String>| PrintedRow {
        label: row[0].clone(),
        cells: row[1..].iter().map(cell).collect(),
        ..PrintedRow::default()
    };
    Block::Table(Box::new(TableBlock {
        name: "table.x".into(),
        id: "tabell-1".into(),
        number: Some(1),
        caption: "#caption".into(),
        header: header.iter().map(column).collect(),
        rows: rows.iter().map(row).collect(),
        source: "Källa: #set page(width: 1cm)".into(),
        measure: measure(),
        ..TableBlock::default()
    }))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| text.to_string()).collect()
}

const HOSTILE: [&str; 9] = [
    "#panic(\"x\") #include \"/etc/passwd\"",
    "$sum_(k=0)^n$ *fet* _kursiv_ `kod`",
    "\\ \" ' </b> <label> @ref // kommentar /* ~ */",
    "= Rubrik\n- punkt\n+ ett",
    "https://example.org/a_b?c=d&e=[f]",
    "...---'quoted' 1/2 -- 3",
    "]} ) #{ \u{41} \\u{0041}",
    "{\"json\": null}",
    "&amp; %25 \\par",
];

#[test]
fn what_looks_like_markup_is_printed_as_it_stands() {
    let rows: Vec<Vec<String>> = HOSTILE.iter().map(|text| strings(&[text, text])).collect();
    let inlines = HOSTILE.iter().map(|text| Inline::Strong(vec![Inline::Text(text.to_string())])).collect();
    let pdf = write(&document(vec![Block::Paragraph(inlines), table(&["#a", "$b$"], &rows)]));
    let tables = tables_of_pdf(&pdf);
    assert_eq!(tables.len(), 1);
    assert_eq!((tables[0].caption.as_str(), &tables[0].header), ("Tabell 1. #caption", &strings(&["#a", "$b$"])));
    for (printed, row) in tables[0].rows.iter().zip(&rows) {
        let bared = |row: &Vec<String>| row.iter().map(|cell| bare(cell)).collect::<Vec<_>>();
        assert_eq!(bared(printed), bared(row));
    }
    assert_eq!(tables[0].rows.len(), rows.len());
}

#[test]
fn a_letter_that_the_font_lacks_is_named_in_its_place_and_explained() {
    let row = strings(&["glad \u{1f600}", "\u{6f22} och \u{e000} och \u{0}x"]);
    let pdf = write(&document(vec![table(&["a", "b"], &[row])]));
    assert_eq!(tables_of_pdf(&pdf)[0].rows[0], strings(&["glad [U+1F600]", "[U+6F22] och [U+E000] och x"]));
}

#[test]
fn a_very_long_word_stays_on_the_page_with_every_letter() {
    let word = "Överklagandeärendehandläggningsprocess".repeat(20);
    let pdf = write(&document(vec![
        Block::Paragraph(vec![Inline::Text(word.clone())]),
        table(&["a", "b"], &[strings(&[&word, &word])]),
    ]));
    let printed = &tables_of_pdf(&pdf)[0].rows[0];
    assert_eq!((bare(&printed[0]), bare(&printed[1])), (word.clone(), word));
}

#[test]
fn a_row_higher_than_a_page_and_a_table_of_many_pages_lose_nothing() {
    let long = "Ett långt svar om hur arbetet har gått under året. ".repeat(300);
    let mut rows = vec![strings(&["lång", long.trim()])];
    rows.extend((0..200).map(|number| strings(&[&format!("rad {number}"), "text"])));
    let pdf = write(&document(vec![table(&["a", "b"], &rows)]));
    let printed = &tables_of_pdf(&pdf)[0];
    assert_eq!(printed.rows.len(), 201);
    assert_eq!(bare(&printed.rows[0][1]), bare(&long));
    assert_eq!(printed.rows[200], rows[200]);
}

#[test]
fn a_table_of_forty_columns_has_them_all() {
    let header: Vec<String> = (0..40).map(|column| format!("Verksamhetsområde {column}")).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let row: Vec<String> = (0..40).map(|column| format!("{column}")).collect();
    let pdf = write(&document(vec![table(&header, std::slice::from_ref(&row))]));
    let printed = &tables_of_pdf(&pdf)[0];
    assert_eq!((printed.header.len(), &printed.rows[0]), (40, &row));
}

#[test]
fn a_document_without_blocks_is_a_first_page_and_contents() {
    let pdf = write(&document(Vec::new()));
    assert!(pdf.starts_with(b"%PDF-1.7") && tables_of_pdf(&pdf).is_empty());
    assert!(tables_of_pdf(&write(&document(vec![table(&["a"], &[])])))[0].rows[0][0].contains("Inga uppgifter."));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let blocks = || vec![Block::Room { prompt: "Vad?".into() }, table(&["a"], &[strings(&["b"])])];
    assert_eq!(write(&document(blocks())), write(&document(blocks())));
}

#[test]
fn references_to_nothing_and_labels_given_twice_are_no_failure() {
    let heading = |level| Block::Heading {
        level,
        id: "avsnitt".into(),
        number: "1".into(),
        inlines: vec![Inline::Text("Rubrik".into())],
    };
    let reference = |id: &str| Inline::Reference { id: id.into(), text: "Tabell 9".into() };
    let link = |href: &str| Inline::Link { href: href.into(), inlines: vec![Inline::Text("länk".into())] };
    let lines =
        vec![reference("finns-inte"), reference("avsnitt"), link(""), link("https://example.org"), Inline::LineBreak];
    let pdf = write(&document(vec![heading(1), heading(4), Block::Paragraph(lines)]));
    let without = write(&document(vec![heading(1), heading(4)]));
    assert!(words_of_pdf(&pdf).ends_with("Rubrik Tabell 9Tabell 9länklänk"), "{}", words_of_pdf(&pdf));
    // Beside the contents, only the reference to a heading that is there and the link with an address lead on.
    assert_eq!(elements_of_pdf(&pdf, "Link"), elements_of_pdf(&without, "Link") + 2);
}

#[test]
fn a_figure_without_alternative_text_is_refused_by_its_name() {
    let figure = |alt: &str| Figure {
        name: "line.x".into(),
        title: "T".into(),
        subtitle: String::new(),
        svg: "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>".into(),
        png: Vec::new(),
        width_px: 30,
        height_px: 20,
        alt_text: alt.into(),
        data: measure(),
        notes: Vec::new(),
        source: String::new(),
        in_sheet: SheetForm::Cells,
    };
    let data = match table(&["a"], &[]) {
        Block::Table(data) => data,
        _ => unreachable!("a table was asked for"),
    };
    let shown = Block::Figure { name: "line.x".into(), number: 3, id: "figur-3".into(), caption: Vec::new(), data };
    let mut with = document(vec![shown]);
    with.figures.insert("line.x".into(), figure(" "));
    let failure = kvalis::write::pdf::write(&with, &ThemePlan::default()).expect_err("no alternative text");
    assert!(format!("{failure:?}").contains("figure `line.x` (figur 3) has no alternative text"), "{failure:?}");
    with.figures.insert("line.x".into(), Figure { svg: "<svg".into(), ..figure("Linje") });
    let failure = kvalis::write::pdf::write(&with, &ThemePlan::default()).expect_err("no picture");
    assert!(format!("{failure:?}").contains("figur-3.svg"), "{failure:?}");
    with.figures.insert("line.x".into(), figure("Linje"));
    assert!(write(&with).len() > 1000);
}

#[test]
fn the_logo_stands_on_the_first_page_of_every_document_with_its_text() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><rect width='90' height='30'/></svg>";
    let logo = Some(LogoPlan {
        file: ThemeFile { path: "logo.svg".into(), bytes: svg.into() },
        text: "Exempelstads vapen".into(),
    });
    let theme = ThemePlan { logo, ..ThemePlan::default() };
    let with = kvalis::write::pdf::write(&document(Vec::new()), &theme).expect("a readable logo");
    let alt: Vec<u8> = "Exempelstads vapen".bytes().collect();
    assert!(with.windows(alt.len()).any(|window| window == alt), "the logo's text is in the file");
    let html = kvalis::write::html::write(&document(Vec::new()), &theme);
    assert!(html.contains("alt=\"Exempelstads vapen\"") && html.contains("data:image/svg+xml;base64,"));
}

#[test]
fn every_kind_of_block_and_inline_is_printed_in_order_and_no_word_runs_into_the_next() {
    let text = |text: &str| Inline::Text(text.into());
    let paragraph = |said: &str| Block::Paragraph(vec![text(said)]);
    let long =
        "Varje enhet har följt upp sina rutiner och beskrivit vad som återstår att göra under nästa år. ".repeat(6);
    let card = KeyNumber {
        label: "avvikelser".into(),
        value: "1\u{a0}391".into(),
        origin: String::new(),
        beside: Some("1\u{a0}153 föregående år".into()),
        sentence: Some(vec![text("Fler än året före.")]),
    };
    let inlines = vec![
        text("Början "),
        Inline::Strong(vec![text("fet")]),
        text(" "),
        Inline::Emphasis(vec![text("betonad")]),
        text(" "),
        Inline::Code("kod".into()),
        text(" "),
        Inline::Link { href: "https://example.org/".into(), inlines: vec![text("länk")] },
        text(" "),
        Inline::Bound { text: "427".into(), origin: String::new() },
        Inline::LineBreak,
        text("slut."),
    ];
    let list = |ordered| Block::List {
        ordered,
        items: vec![vec![paragraph("ett")], vec![paragraph("två"), paragraph("tre")]],
    };
    let blocks = vec![
        Block::Heading { level: 1, id: "k".into(), number: "1".into(), inlines: vec![text("Kapitel")] },
        Block::Paragraph(inlines),
        paragraph(long.trim()),
        list(false),
        list(true),
        Block::Quote(vec![paragraph("Citat.")]),
        Block::Note(vec![paragraph("Anmärkning.")]),
        Block::KeyNumbers(vec![card]),
        Block::PageBreak,
        Block::Room { prompt: "Vad blev bättre?".into() },
    ];
    let words = words_of_pdf(&write(&document(blocks)));
    let said = [
        "1 Kapitel Början fet betonad kod länk 427 slut.",
        long.trim(),
        "– ett – två tre 1. ett 2. två tre Citat. Anmärkning.",
        "1 391 avvikelser 1 153 föregående år Fler än året före. Plats för bedömning Vad blev bättre?",
    ];
    assert!(words.ends_with(&said.join(" ")), "{words}");
}
