//! Workbooks: the samples, and sheets written here.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::*;

fn events(columns: &[&str]) -> SourcePlan {
    source(SourceKind::Events, columns)
}

/// Writes a workbook and reads it.
fn read_book(source: &SourcePlan, write: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Result<Seen, Failure> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("prov.xlsx");
    let mut book = Workbook::new();
    write(&mut book).expect("written");
    book.save(&path).expect("saved");
    read(source, &[path], 2)
}

fn read_sheet(
    source: &SourcePlan,
    write: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>,
) -> Result<Seen, Failure> {
    read_book(source, |book| write(book.add_worksheet()))
}

/// Writes rows of text from a cell on.
fn put(sheet: &mut Worksheet, row: u32, column: u16, rows: &[&[&str]]) -> Result<(), XlsxError> {
    for (down, cells) in rows.iter().enumerate() {
        for (right, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row + down as u32, column + right as u16, *text)?;
        }
    }
    Ok(())
}

#[test]
fn norrtaljes_export_gives_415_events_and_its_footer() {
    let plan = events(&["Ärendenr", "Rapportdatum", "Händelsedatum", "Enhet", "Sannolikhet (1-4)"]);
    let seen = read(&plan, &[sample("norrtalje/avvikelser_2023.xlsx")], 2).expect("readable");
    assert_eq!(seen.rows.len(), 415);
    assert_eq!(seen.fates(), [(Fate::Heading, 4), (Fate::Blank, 1), (Fate::TotalRow, 1), (Fate::Footnote, 1)]);
    let (file, sheet, row, cells) = &seen.rows[0];
    assert_eq!((file.as_str(), sheet.as_deref(), *row), ("avvikelser_2023.xlsx", Some("Avvikelser"), 5));
    assert_eq!(cells[..3], ["AVV-2023-0001", "d:2023-01-03", "d:2023-01-01"]);
    assert_eq!(cells[4], "n:4");
    let as_text = seen.rows.iter().filter(|(.., cells)| !cells[1].starts_with("d:"));
    let as_text: Vec<(u32, &str)> = as_text.map(|(_, _, row, cells)| (*row, cells[1].as_str())).collect();
    assert_eq!((as_text.len(), as_text[0]), (23, (45, "2023-02-15")), "dates as text stand among the real ones");
}

#[test]
fn section_rows_marks_and_sources_of_a_kolada_table_are_told_apart() {
    let plan = source(SourceKind::Observations, &["Nyckeltal", "2020", "2021", "2022", "2023"]);
    let seen = read(&plan, &[sample("norrtalje/kolada_ifo_totalt.xlsx")], 2).expect("readable");
    assert_eq!(seen.rows.len(), 9);
    assert_eq!(seen.cells()[0][1..], ["n:27", "..", "n:22", "n:41"]);
    assert_eq!(seen.fates(), [(Fate::Heading, 6), (Fate::Blank, 1), (Fate::Footnote, 2)]);
}

#[test]
fn a_header_merged_over_two_rows_is_joined() {
    let mut plan = source(SourceKind::Observations, &["Index"]);
    plan.layout.header_rows = 2;
    plan.wide =
        ["Resultat 2021", "Resultat 2023", "Good enough mål", "Snitt KEKS"].map(|header| wide(&[header])).into();
    let seen = read(&plan, &[sample("goteborg-sydvast/keks_2023.xlsx")], 2).expect("readable");
    assert_eq!((seen.rows.len(), seen.numbers()[0]), (8, 5));
    assert_eq!(seen.cells()[0][1..], ["69 %", "69 %", "50 %", "63 %"]);
    assert_eq!(seen.files[0].sheets[0].columns, [1, 2, 4, 5, 6]);
}

#[test]
fn an_ods_is_read_with_its_own_rows() {
    let plan = source(SourceKind::Observations, &["Verksamhetsområde", "Avvikelser"]);
    let seen = read(&plan, &[sample("strangnas/manadsstatistik_2022.ods")], 2).expect("readable");
    assert_eq!(seen.cells()[0], ["Individ- och familjeomsorg", "n:41"]);
    assert_eq!(seen.numbers()[0], 2);
    assert_eq!(seen.files[0].sheets[0].sheet.as_deref(), Some("2022"));
}

#[test]
fn every_kind_of_cell_keeps_its_kind() {
    let seen = read_sheet(&events(&["Nr", "Datum", "Andel", "Tid", "Ja", "Fel", "Formel"]), |sheet| {
        put(sheet, 0, 0, &[&["Nr", "Datum", "Andel", "Tid", "Ja", "Fel", "Formel"]])?;
        sheet.write_number(1, 0, 7.5)?;
        let date = ExcelDateTime::parse_from_str("2023-08-31 14:05:00")?;
        sheet.write_datetime_with_format(1, 1, &date, &Format::new().set_num_format("yyyy-mm-dd"))?;
        sheet.write_number_with_format(1, 2, 0.69, &Format::new().set_num_format("0 %"))?;
        sheet.write_number_with_format(1, 3, 0.25, &Format::new().set_num_format("hh:mm"))?;
        sheet.write_boolean(1, 4, true)?;
        sheet.write_formula(1, 5, Formula::new("=NA()").set_result("#N/A"))?;
        sheet.write_formula(1, 6, Formula::new("=1+1").set_result("2"))?;
        Ok(())
    });
    let seen = seen.expect("readable");
    assert_eq!(seen.cells(), [["n:7.5", "d:2023-08-31", "p:0.69", "n:0.25", "b:true", "#", "n:2"]]);
}

#[test]
fn a_table_that_begins_in_b4_has_excels_rows_and_columns() {
    let seen = read_sheet(&events(&["Nr", "Enhet"]), |sheet| {
        put(sheet, 3, 1, &[&["Nr", "Enhet"], &["1", "A"], &[], &["2", "B"]])?;
        sheet.write_string(9, 200, "långt bort")?;
        Ok(())
    });
    let seen = seen.expect("readable");
    assert_eq!(seen.numbers(), [5, 7, 10]);
    assert_eq!(seen.files[0].sheets[0].columns, [2, 3]);
    assert_eq!(seen.files[0].sheets[0].rows, 10);
    assert_eq!(seen.fates(), [(Fate::Heading, 4), (Fate::Blank, 3)]);
}

#[test]
fn all_visible_sheets_with_the_header_are_read_and_info_sheets_skipped() {
    let write = |book: &mut Workbook| {
        put(book.add_worksheet().set_name("Läs mig")?, 0, 0, &[&["Om uttaget"], &["Nr är löpande"]])?;
        put(book.add_worksheet().set_name("Januari")?, 0, 0, &[&["Nr", "Enhet"], &["1", "A"]])?;
        put(book.add_worksheet().set_name("Dold")?.set_hidden(true), 0, 0, &[&["Nr", "Enhet"], &["9", "X"]])?;
        put(book.add_worksheet().set_name("Februari")?, 0, 0, &[&["Enhet", "Nr"], &["B", "2"]])
    };
    let seen = read_book(&events(&["Nr", "Enhet"]), write).expect("readable");
    assert_eq!(seen.cells(), [["1", "A"], ["2", "B"]]);
    assert_eq!(seen.files[0].sheets.len(), 2);
    let mut named = events(&["Nr", "Enhet"]);
    named.layout.sheets = vec!["dold".into()];
    assert_eq!(read_book(&named, write).expect("readable").cells(), [["9", "X"]]);
    named.layout.sheets = vec!["Januar".into(), "Läs mig".into()];
    let failure = read_book(&named, write).expect_err("no such sheet");
    assert_eq!(failure.diagnostics[0].code, Code::NoSuchSheet);
    assert!(failure.diagnostics[0].help.as_deref().expect("help").contains("did you mean \"Januari\"?"));
    named.layout.sheets = vec!["Läs mig".into()];
    assert_eq!(codes(read_book(&named, write)), [Code::HeaderNotFound]);
}

#[test]
fn a_sheet_that_lacks_a_column_is_not_taken_for_an_info_sheet() {
    let seen = read_book(&events(&["Nr", "Enhet", "Datum"]), |book| {
        put(book.add_worksheet().set_name("Januari")?, 0, 0, &[&["Nr", "Enhet", "Datum"], &["1", "A", "x"]])?;
        put(book.add_worksheet().set_name("Februari")?, 0, 0, &[&["Nr", "Enh", "Datum"], &["1", "A", "x"]])?;
        put(book.add_worksheet().set_name("Mars")?, 0, 0, &[&["Nr", "Enhet", "Dag"], &["1", "A", "x"]])
    });
    assert_eq!(codes(seen), [Code::MissingColumn, Code::MissingColumn]);
}

#[test]
fn no_sheet_with_the_header_is_an_error_that_lists_the_sheets() {
    let failure = read_book(&events(&["Ärendenr", "Enhet"]), |book| {
        put(book.add_worksheet().set_name("Läs mig")?, 0, 0, &[&["Om uttaget"]])?;
        put(book.add_worksheet().set_name("Uttag")?, 0, 0, &[&["Ärendenumer", "Avd"]])
    });
    let problem = &failure.expect_err("no header").diagnostics[0];
    assert_eq!(problem.code, Code::HeaderNotFound);
    assert_eq!(problem.more.as_deref(), Some("the sheets looked at: \"Läs mig\", \"Uttag\""));
    assert!(problem.help.as_deref().expect("help").contains("Ärendenumer"));
}

#[test]
fn years_as_numbers_are_headers() {
    let mut plan = source(SourceKind::Observations, &["Nyckeltal/Indikator"]);
    plan.wide = vec![wide(&["2023"])];
    let seen = read(&plan, &[sample("goteborg-sydvast/nyckeltal_fritid.xlsx")], 1).expect("readable");
    assert_eq!(seen.rows.len(), 4);
    assert_eq!(seen.cells()[0][1], "n:73");
}

#[test]
fn many_rows_come_in_several_batches_in_order_whatever_the_threads() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("stor.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    put(sheet, 0, 0, &[&["Nr", "Enhet"]]).expect("written");
    for row in 1..=40_000 {
        sheet.write_number(row, 0, row).and_then(|sheet| sheet.write_string(row, 1, "A")).expect("written");
    }
    book.save(&path).expect("saved");
    let again = folder.path().join("till.xlsx");
    std::fs::copy(&path, &again).expect("copied");
    let one = read(&events(&["Nr", "Enhet"]), &[path.clone(), again.clone()], 1).expect("readable");
    assert_eq!(one.rows.len(), 80_000);
    let two = read(&events(&["Nr", "Enhet"]), &[path, again], 3).expect("readable");
    assert_eq!(one.rows, two.rows);
}

#[test]
fn a_footnote_far_below_its_batch_is_still_a_footnote() {
    let seen = read_sheet(&events(&["Nr", "Enhet"]), |sheet| {
        put(sheet, 0, 0, &[&["Nr", "Enhet"]])?;
        for row in 1..=16_384 {
            sheet.write_number(row, 0, row)?.write_string(row, 1, "A")?;
        }
        put(sheet, 16_385, 0, &[&["Preliminära uppgifter."], &[], &["Källa: systemet"]])
    });
    let seen = seen.expect("readable");
    assert_eq!(seen.rows.len(), 16_384);
    assert_eq!(seen.fates(), [(Fate::Heading, 1), (Fate::Blank, 1), (Fate::Footnote, 2)]);
}

#[test]
fn a_workbook_cut_short_anywhere_is_an_error_and_no_panic() {
    let whole = std::fs::read(sample("goteborg-sydvast/synpunkter.xlsx")).expect("there");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for length in (0..whole.len()).step_by(97) {
        let path = file(folder.path(), "kapad.xlsx", &whole[..length]);
        let found = codes(read(&events(&["Nr", "Inkom"]), &[path], 2));
        assert!(matches!(found[..], [Code::UnreadableFile] | [Code::UnsupportedFormat]), "{length}: {found:?}");
    }
}

#[test]
fn a_workbook_with_damaged_bytes_never_panics() {
    let whole = std::fs::read(sample("strangnas/manadsstatistik_2022.ods")).expect("there");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = source(SourceKind::Observations, &["Verksamhetsområde", "Avvikelser"]);
    for place in (0..whole.len()).step_by(13) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        drop(read(&plan, &[file(folder.path(), "skadad.ods", &damaged)], 1));
    }
}

#[test]
fn what_is_no_workbook_is_named_for_what_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let said = |name: &str, content: &[u8]| {
        let failure = read(&events(&["Nr"]), &[file(folder.path(), name, content)], 1).expect_err("no workbook");
        failure.diagnostics[0].message.clone()
    };
    assert!(said("a.xlsx", b"<html><table></table></html>").contains("web page"));
    assert!(said("b.xlsx", b"Nr;Datum\n1;2\n").contains("really text"));
    assert!(said("c.xlsx", b"").contains("empty"));
    assert!(said("d.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and then nothing").contains("cannot be read"));
    assert!(said("e.pdf", b"%PDF-1.4").contains("PDF"));
}

/// A workbook that no crate here can write, made once with xlwt, pyxlsbwriter and msoffcrypto-tool.
fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingest/tests/data").join(name)
}

#[test]
fn the_older_and_the_binary_format_give_the_same_as_xlsx() {
    for (name, first_row, headings, blanks) in [("prov.xls", 4, 3, 1), ("prov.xlsb", 4, 3, 0)] {
        let seen = read(&events(&["Nr", "Datum", "Andel"]), &[data(name)], 2).expect("readable");
        assert_eq!(seen.numbers(), (first_row..first_row + 5).collect::<Vec<u32>>(), "{name}");
        assert_eq!(seen.cells()[4], ["A-4", "d:2023-08-31", "n:0.69"], "{name}");
        let expected = [(Fate::Heading, headings), (Fate::Blank, blanks), (Fate::TotalRow, 1)];
        assert!(seen.fates().iter().all(|fate| expected.contains(fate)), "{name}: {:?}", seen.fates());
    }
}

#[test]
fn a_workbook_with_a_password_is_told() {
    let failure = read(&events(&["Risk-ID", "Avdelning"]), &[data("losenord.xlsx")], 1).expect_err("locked");
    assert_eq!(failure.diagnostics[0].message, "the workbook is protected by a password");
}
