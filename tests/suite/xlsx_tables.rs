//! Tables read back from the Excel appendix, with their numbers as a spreadsheet shows them.
//!
//! A second way from the workbook's cells to print: values and number formats are read with calamine and put into
//! Swedish form here, so that a wrong format is a wrong number.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::OnceLock;

use calamine::{Data, Reader, Xlsx};
use kvalis::domain::swedish;
use kvalis::job::plan::Format;

use crate::documents::ExtractedTable;
use crate::kit::{Run, html_tables, parts_of, plan, run_plan};

type Workbook = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: &[u8]) -> Workbook {
    let mut workbook: Workbook = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    workbook.load_tables().expect("table objects");
    workbook
}

/// Every table of the appendix, in order, without the cover's own: last year has a column of its own.
pub fn tables_of_xlsx(bytes: &[u8]) -> Vec<ExtractedTable> {
    let mut workbook = open(bytes);
    let sheets = workbook.sheet_names();
    sheets.iter().skip(1).map(|sheet| table_of(&mut workbook, sheet)).collect()
}

fn table_of(workbook: &mut Workbook, sheet: &str) -> ExtractedTable {
    let name = workbook.table_names_in_sheet(sheet).first().map(|name| name.to_string()).expect("a table a sheet");
    let table = workbook.table_by_name(&name).expect("the table is there");
    let cells = workbook.worksheet_range(sheet).expect("the sheet is there");
    let styles = workbook.worksheet_style(sheet).expect("the sheet has styles");
    let (first, last) = (table.data().start().expect("rows"), table.data().end().expect("rows"));
    let text = |row: u32, column: u32| {
        let style = styles.get((row, column));
        let format = style.and_then(|style| style.number_format.as_ref()).map(|format| format.format_code.to_string());
        cells
            .get_value((row, column))
            .map(|value| shown(value, format.as_deref().unwrap_or("General")))
            .unwrap_or_default()
    };
    let rows = (first.0..=last.0).map(|row| (first.1..=last.1).map(|column| text(row, column)).collect()).collect();
    let header = table.columns().iter().map(|header| without_unit(header)).collect();
    ExtractedTable { caption: text(0, 0), header, rows }
}

fn without_unit(header: &str) -> String {
    let units = [" (%)", " (procentenheter)", " (antal)"];
    units.iter().find_map(|unit| header.strip_suffix(unit)).unwrap_or(header).to_string()
}

/// A cell as a spreadsheet with Swedish settings shows it.
fn shown(value: &Data, format: &str) -> String {
    match value {
        Data::Int(number) => shown_number(*number as f64, format),
        Data::Float(number) => shown_number(*number, format),
        Data::DateTime(date) => date.as_datetime().expect("a date").format("%Y-%m-%d").to_string(),
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("no cell of the appendix is {other:?}"),
    }
}

fn shown_number(number: f64, format: &str) -> String {
    let sections: Vec<&str> = format.split(';').collect();
    let section = if number < 0.0 && sections.len() > 1 { sections[1] } else { sections[0] };
    let digits: String = section.chars().filter(|letter| "0#,.".contains(*letter)).collect();
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len()) as u8;
    let is_fraction = section.ends_with('%');
    // A spreadsheet rounds what it shows from fifteen digits, not from the binary number.
    let size = if is_fraction { number.abs() * 100.0 } else { number.abs() };
    let size: f64 = format!("{size:.14e}").parse().expect("a number");
    let sign = if section.starts_with('+') {
        "+"
    } else if section.contains('\u{2212}') {
        "\u{2212}"
    } else {
        ""
    };
    let percent = if section.contains('%') { "\u{a0}%" } else { "" };
    format!("{sign}{}{percent}", swedish::decimal(size, decimals))
}

/// Sample jobs with their appendix, each run once.
pub fn appendix(job: &'static str) -> &'static Run {
    static RUNS: [OnceLock<Run>; 4] = [const { OnceLock::new() }; 4];
    let index = JOBS.iter().position(|name| *name == job).expect("a sample job");
    RUNS[index].get_or_init(|| {
        let mut plan = plan(job);
        plan.job.formats = vec![Format::Html, Format::Xlsx];
        run_plan(&plan, 2).unwrap_or_else(|failure| panic!("{job} runs: {failure:#?}"))
    })
}

const JOBS: [&str; 4] = ["analyze", "norrtalje", "strangnas", "skyddad"];

fn bytes(job: &'static str) -> Vec<u8> {
    appendix(job).bytes("appendix.xlsx")
}

/// "88 % (79–94)" as the sheet has it, in three columns.
fn with_ends_apart(cell: &str) -> String {
    let interval = cell.strip_suffix(')').and_then(|cell| cell.rsplit_once('('));
    let ends = interval.and_then(|(value, ends)| Some((value, ends.split_once('–')?)));
    let is_number = |end: &str| !end.is_empty() && end.bytes().all(|letter| letter.is_ascii_digit() || letter == b',');
    match ends {
        Some((value, (low, high))) if is_number(low) && is_number(high) && value.contains('%') => {
            format!("{value} {low} % {high} %")
        }
        _ => cell.to_string(),
    }
}

/// Words of a row; last year's parentheses and the kind of space do not count.
pub fn words(row: &[String]) -> String {
    let row: Vec<String> = row.iter().map(|cell| with_ends_apart(cell)).collect();
    row.join(" ").replace(['(', ')'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_number_of_every_printed_table_is_the_reports() {
    let mut compared = 0;
    for job in JOBS {
        let sheets: BTreeMap<String, ExtractedTable> =
            tables_of_xlsx(&bytes(job)).into_iter().map(|table| (table.caption.clone(), table)).collect();
        for (caption, printed) in html_tables(&appendix(job).read("report.html")) {
            let Some(rest) = caption.strip_prefix("Data till figur ") else {
                let sheet = sheets.get(&caption).unwrap_or_else(|| panic!("{job}: no sheet of {caption}"));
                let theirs: Vec<String> = printed[1..].iter().map(|row| words(row)).collect();
                let ours: Vec<String> = sheet.rows.iter().map(|row| words(row)).collect();
                assert_eq!(ours, theirs, "{job}, {caption}");
                // Ends of intervals have headers of their own in the sheet.
                if !sheet.header.iter().any(|header| header.contains("nedre gräns")) {
                    assert_eq!(words(&sheet.header), words(&printed[0]), "{job}, {caption}");
                }
                compared += ours.len();
                continue;
            };
            if let Some(sheet) = sheets.get(&format!("Figur {}", rest.replacen(": ", ". ", 1))) {
                let theirs: Vec<String> = printed[1..].iter().map(|row| words(row)).collect();
                assert_eq!(sheet.rows.iter().map(|row| words(row)).collect::<Vec<_>>(), theirs, "{job}, {caption}");
                compared += theirs.len();
            }
        }
    }
    assert!(compared > 300, "only {compared} rows were compared");
}

#[test]
fn every_figure_is_in_the_contents_and_every_link_has_its_sheet() {
    for job in JOBS {
        let mut workbook = open(&bytes(job));
        let cover = workbook.worksheet_range("Innehåll").expect("a cover");
        let texts: Vec<String> = cover.rows().filter_map(|row| row.first()).map(ToString::to_string).collect();
        let html = appendix(job).read("report.html");
        let figures = html.matches("<figure ").count();
        assert_eq!(texts.iter().filter(|text| text.starts_with("Figur ")).count(), figures, "{job}");
        let tables = tables_of_xlsx(&bytes(job));
        let missing: Vec<&ExtractedTable> = tables.iter().filter(|table| !texts.contains(&table.caption)).collect();
        assert_eq!(missing, Vec::<&ExtractedTable>::new(), "{job}");
    }
}

#[test]
fn no_number_is_stored_as_text_and_no_cell_is_a_formula() {
    let is_number = |text: &str| {
        let bare: String =
            text.chars().filter(|letter| !letter.is_whitespace() && !"%+\u{2212}".contains(*letter)).collect();
        bare.replace(',', ".").parse::<f64>().is_ok()
    };
    for job in JOBS {
        let mut workbook = open(&bytes(job));
        for sheet in workbook.sheet_names().iter().skip(1) {
            let formulas = workbook.worksheet_formula(sheet).expect("the sheet is there");
            assert!(formulas.used_cells().next().is_none(), "{job}, {sheet}");
            let name = workbook.table_names_in_sheet(sheet)[0].to_string();
            let table = workbook.table_by_name(&name).expect("the table is there");
            // Names of sheets and numbers of cases are texts; among numbers a text is a mark.
            for column in 1..table.columns().len() {
                let cells: Vec<&Data> = table.data().rows().filter_map(|row| row.get(column)).collect();
                let texts =
                    cells.iter().filter_map(|cell| if let Data::String(text) = cell { Some(text) } else { None });
                let numbers = cells.iter().filter(|cell| matches!(cell, Data::Float(_))).count();
                let wrong: Vec<&String> = texts.filter(|text| numbers > 0 && is_number(text)).collect();
                assert!(wrong.is_empty(), "{job}, {sheet}: {wrong:?} are numbers as texts");
            }
        }
    }
}

#[test]
fn sheets_have_telling_unique_names_and_begin_in_their_first_cell() {
    for job in JOBS {
        let mut workbook = open(&bytes(job));
        let names = workbook.sheet_names();
        let mut lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        lower.sort();
        lower.dedup();
        assert_eq!(lower.len(), names.len(), "{job}");
        for name in &names {
            assert!(
                name.encode_utf16().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']),
                "{name}"
            );
            let range = workbook.worksheet_range(name).expect("the sheet is there");
            assert_eq!(range.start(), Some((0, 0)), "{name}");
            let merged = workbook.merge_cells_by_sheet_name(name).expect("the sheet is there");
            assert!(merged.is_empty(), "{name}");
        }
    }
}

#[test]
fn the_same_job_gives_the_same_workbook_twice() {
    let mut plan = plan("norrtalje");
    plan.job.formats = vec![Format::Xlsx];
    let again = run_plan(&plan, 1).expect("the sample job runs");
    assert_eq!(bytes("norrtalje"), again.bytes("appendix.xlsx"));
}

#[test]
fn planted_personal_data_is_in_no_part_of_the_workbook() {
    for job in ["analyze", "norrtalje"] {
        for (name, part) in parts_of(&bytes(job)) {
            let text = String::from_utf8(part).expect("parts are XML");
            for planted in ["Tolvan", "tolvan@", "19121212", "070-174", "Rad utan nummer"] {
                assert!(!text.contains(planted), "{job}: {name} holds `{planted}`");
            }
        }
    }
}

#[test]
fn every_chart_has_an_alternative_text_and_gaps_for_what_is_missing() {
    for (job, least) in [("analyze", 10), ("norrtalje", 10), ("strangnas", 4)] {
        let mut charts = 0;
        for (name, part) in parts_of(&bytes(job)) {
            let text = String::from_utf8(part).expect("parts are XML");
            if name.starts_with("xl/drawings/drawing") {
                let frames = text.matches("<xdr:graphicFrame ").count();
                assert_eq!(text.matches(" descr=\"").count(), frames, "{job}, {name}");
                charts += frames;
            } else if name.starts_with("xl/charts/chart") {
                assert!(text.contains("<c:dispBlanksAs val=\"gap\"/>") && text.contains("<c:title>"), "{job}, {name}");
            }
        }
        assert!(charts >= least, "{job} has {charts} charts");
    }
}
