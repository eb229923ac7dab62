//! The workbook of the report made by hand: what calamine reads is what was measured.

use std::io::Cursor;

use calamine::{Data, DataType as _, Reader, Xlsx};

use super::formats::number_of;
use super::grid::{Grid, GridCell};
use super::{sheets, write};
use crate::domain::table::{Role, TableColumn, Unit, Value};
use crate::draw::{NativeChart, SheetForm};
use crate::write::compose;
use crate::write::document::Document;
use crate::write::fixtures::{Report, report, theme};
use crate::write::values::mark_of;

const HOSTILE: [&str; 6] = ["=1+1", "+46", "-3", "@SUM(A1)", "[a]:*?/\\'", "'; \u{0}<b>&\"\n=HYPERLINK(\"x\")"];

fn composed(report: &Report) -> Document {
    compose(report.inputs()).expect("the fixture composes")
}

fn bytes(report: &Report) -> Vec<u8> {
    write(&composed(report), &report.plan.charts, report.plan.job.as_of, &theme()).expect("the workbook is written")
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    workbook.load_tables().expect("table objects");
    workbook
}

/// Compares every cell of every table with the measured value; how many there were.
fn compare(report: &Report) -> usize {
    let (document, mut workbook) = (composed(report), open(&bytes(report)));
    let mut compared = 0;
    for sheet in sheets::of(&document) {
        let read = workbook.table_by_name(&sheet.table_name).expect("every table has its object");
        let (first, grid) = (read.data().start().expect("rows"), Grid::of(sheet.table));
        let cells = workbook.worksheet_range(&sheet.name).expect("every sheet has its name");
        assert_eq!(cells.get((0, 0)), Some(&Data::String(super::formats::cell_text(&sheet.title))));
        for (row, printed) in (first.0..).zip(&sheet.table.rows) {
            for index in 0..grid.columns.len() {
                let cell = cells.get_value((row, index as u32));
                compared += 1;
                match grid.cell(printed, index) {
                    GridCell::Text(text) => assert_eq!(cell, Some(&Data::String(super::formats::cell_text(text)))),
                    GridCell::Value(value, _) => {
                        assert!(holds(cell, value), "{}: {cell:?} is not {value:?}", sheet.name)
                    }
                }
            }
        }
    }
    compared
}

fn holds(cell: Option<&Data>, value: &Value) -> bool {
    match (cell, value) {
        (Some(Data::Float(number)), value) => number_of(value) == Some(*number),
        (Some(Data::DateTime(date)), Value::Date(_)) => number_of(value) == Some(date.as_f64()),
        (Some(Data::String(text)), Value::Said(said)) => *text == said.text(),
        (Some(Data::String(text)), Value::Text(expected)) => *text == super::formats::cell_text(expected),
        (Some(Data::String(mark)), Value::Nothing(nothing)) => mark == mark_of(*nothing),
        (None | Some(Data::Empty), Value::Nothing(nothing)) => mark_of(*nothing).is_empty(),
        _ => false,
    }
}

#[test]
fn every_cell_holds_the_measured_value() {
    assert!(compare(&report()) > 60);
}

#[test]
fn last_year_has_a_column_of_its_own() {
    let document = composed(&report());
    let sheets = sheets::of(&document);
    let grid = Grid::of(sheets.iter().find(|sheet| sheet.title.starts_with("Tabell 2.")).expect("table 2").table);
    let headers: Vec<&str> = grid.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["Kategori", "2023", "2022", "Skillnad", "Förändring (%)"]);
}

#[test]
fn a_figure_whose_data_stand_in_a_table_has_its_chart_there() {
    let document = composed(&report());
    let sheets = sheets::of(&document);
    let host = sheets.iter().find(|sheet| sheet.title.starts_with("Tabell 1.")).expect("table 1");
    let guests: Vec<&str> = host.figures.iter().map(|figure| figure.name).collect();
    let own = sheets.iter().any(|sheet| sheet.name.starts_with('F'));
    assert!(!guests.is_empty() || own, "every figure is somewhere");
    let names: Vec<&str> = sheets.iter().flat_map(|sheet| &sheet.figures).map(|figure| figure.name).collect();
    assert_eq!(
        names.len(),
        document.blocks.iter().filter(|block| matches!(block, super::super::document::Block::Figure { .. })).count()
    );
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(bytes(&report()), bytes(&report()));
}

#[test]
fn hostile_text_is_text_in_cells_names_and_titles() {
    for hostile in HOSTILE {
        let mut report = report();
        report.plan.job.title = hostile.into();
        report.plan.job.organisation = hostile.into();
        report.plan.tables[0].title = hostile.into();
        for chart in &mut report.plan.charts {
            chart.title = hostile.into();
        }
        let column = |label: &str, unit| TableColumn {
            key: label.into(),
            label: label.into(),
            role: Role::Text,
            unit,
            year: None,
        };
        report.tables[3].columns.push(column(hostile, Unit::Text));
        report.tables[3].columns.push(column(hostile, Unit::Text));
        for row in &mut report.tables[3].rows {
            row.label = hostile.into();
            row.values.extend([Value::Text(hostile.into()), Value::Text(hostile.into())]);
        }
        assert!(compare(&report) > 60, "{hostile}");
        let mut workbook = open(&bytes(&report));
        for name in workbook.sheet_names() {
            let formulas = workbook.worksheet_formula(&name).expect("the sheet is there");
            assert!(formulas.used_cells().next().is_none(), "{hostile}");
        }
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut() {
    // What Excel counts are the units of UTF-16, of which a smiling face has two.
    for (letter, kept) in [("å", 32_000), ("\u{1f600}", 16_000)] {
        let mut report = report();
        report.tables[3].rows[0].label = letter.repeat(40_000);
        let mut workbook = open(&bytes(&report));
        let sheets: Vec<_> = workbook.worksheets().into_iter().map(|(_, cells)| cells).collect();
        let texts = sheets.iter().flat_map(|cells| cells.used_cells()).filter_map(|(_, _, cell)| cell.get_string());
        let longest = texts.max_by_key(|text| text.len()).expect("texts");
        assert!(*longest == letter.repeat(kept), "{} letters", longest.chars().count());
    }
}

#[test]
fn the_workbook_says_its_language_and_title() {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes(&report()))).expect("a package");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut parts.by_name("docProps/core.xml").expect("properties"), &mut text)
        .expect("text");
    assert!(text.contains("<dc:language>sv-SE</dc:language>") && text.contains("– tabellbilaga</dc:title>"), "{text}");
    assert!(roxmltree::Document::parse(&text).is_ok());
}

#[test]
fn a_column_that_is_not_printed_is_nowhere_in_the_workbook() {
    let mut report = report();
    let secret = "Anteckning som bara står i registret";
    let register = report.tables.len() - 1;
    let key = "hemlig".to_string();
    let column = TableColumn { key, label: "Hemlig".into(), role: Role::Text, unit: Unit::Text, year: None };
    let printed: Vec<String> = report.tables[register].columns.iter().map(|column| column.key.clone()).collect();
    report.tables[register].columns.push(column);
    for row in &mut report.tables[register].rows {
        row.values.push(Value::Text(secret.into()));
    }
    let text = |report: &Report| {
        let mut parts = zip::ZipArchive::new(Cursor::new(bytes(report))).expect("a package");
        let mut text = String::new();
        for index in 0..parts.len() {
            let mut part = parts.by_index(index).expect("a part");
            std::io::Read::read_to_string(&mut part, &mut text).expect("parts are XML");
        }
        text
    };
    assert!(text(&report).contains(secret), "all columns are printed when the job names none");
    let name = report.tables[register].name.clone();
    let measure = report.plan.measures.iter().position(|measure| measure.name == name).expect("planned");
    report
        .plan
        .tables
        .iter_mut()
        .filter(|table| table.measure == measure)
        .for_each(|table| table.columns = printed.clone());
    assert!(!text(&report).contains(secret));
}

#[test]
fn missing_values_of_a_chart_are_empty_cells_not_texts() {
    let mut report = report();
    let ifo = report.tables[3].clone();
    let measure = report.plan.measures.iter().position(|measure| measure.name == ifo.name).expect("planned");
    report.plan.charts[0].measure = measure;
    report.figures[0].data = ifo;
    report.figures[0].in_sheet = SheetForm::Chart(NativeChart::Lines);
    let mut workbook = open(&bytes(&report));
    let document = composed(&report);
    let sheets = sheets::of(&document);
    let sheet = sheets.iter().find(|sheet| sheet.figures.iter().any(|figure| figure.name == report.figures[0].name));
    let sheet = sheet.expect("the figure has a sheet");
    let copy = workbook.table_by_name(&format!("{}_underlag_1", sheet.table_name)).expect("a table for the chart");
    let cells: Vec<&Data> = copy.data().rows().flat_map(|row| row.iter().skip(1)).collect();
    assert!(cells.iter().all(|cell| matches!(cell, Data::Float(_) | Data::Empty)), "{cells:?}");
    assert!(cells.iter().any(|cell| matches!(cell, Data::Empty)));
}
