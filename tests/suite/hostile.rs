//! Files that ask too much of the machine, and what the machine has too little of: told, with the place and the key.
//!
//! The files are made here, small: what a workbook unpacks to, or a cell stands for, is what is large about them.

use std::io::{Cursor, Write};

use kvalis::diagnostic::{Code, Diagnostic};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::kit::Bench;

/// A job that reads one export, with these limits.
fn bench(export: &str, limits: &str) -> Bench {
    let bench = Bench::case("rapporter");
    bench
        .edit_job("[\"rapporter.csv\"]", &format!("[\"{export}\"]"))
        .edit_job("[job]\n", &format!("[limits]\n{limits}\n[job]\n"));
    bench
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook of one sheet with these rows, and these shared texts.
fn xlsx(rows: &str, texts: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of_document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let of_package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{of_package}\"><Relationship Id=\"a\" Type=\"{of_document}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{of_document}\"><sheets><sheet name=\"Blad1\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/sharedStrings.xml", &format!("<sst xmlns=\"{main}\"{texts}</sst>")),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(column, text): (usize, &&str)| {
        let letter = char::from(b'A' + column as u8);
        format!("<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    format!("<row r=\"{number}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

fn head() -> String {
    row(1, &["Nr", "Dag", "Enhet", "Typ"]) + &row(2, &["B1", "2023-03-01", "Norr", "Fall"])
}

/// An ods workbook of these sheets.
fn ods(sheets: &[(&str, &str)]) -> Vec<u8> {
    let sheet = |(name, rows): &(&str, &str)| format!("<table:table table:name=\"{name}\">{rows}</table:table>");
    let sheets: String = sheets.iter().map(sheet).collect();
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        (
            "content.xml",
            &format!(
                "<office:document-content><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

fn ods_row(repeats: &str, cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    format!("<table:table-row{repeats}>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

fn ods_head() -> String {
    ods_row("", &["Nr", "Dag", "Enhet", "Typ"]) + &ods_row("", &["B1", "2023-03-01", "Norr", "Fall"])
}

/// What a run of this export says first; `check` must say the same.
fn told(name: &str, bytes: &[u8], limits: &str) -> Diagnostic {
    let bench = bench(name, limits);
    bench.write(&format!("input/{name}"), bytes);
    let failure = bench.stops();
    assert_eq!(failure.exit_code(), 1);
    assert_eq!(bench.check().expect_err("checked, too").diagnostics, failure.diagnostics);
    failure.diagnostics[0].clone()
}

#[track_caller]
fn over(told: &Diagnostic, key: &str) {
    assert_eq!(told.code, Code::OverLimit, "{}", told.message);
    assert!(told.help.as_deref().is_some_and(|help| help.contains(&format!("`{key}`"))), "{:?}", told.help);
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_with_its_key() {
    let blanks = " ".repeat(3 << 20);
    let texts = format!("><si><t>{}</t></si>", "ab".repeat(1 << 20));
    over(&told("a.xlsx", &xlsx(&(head() + &blanks), ">"), "unpacked_mib = 2"), "unpacked_mib");
    over(&told("a.xlsx", &xlsx(&head(), &texts), "texts_mib = 1"), "texts_mib");
    over(&told("a.xlsx", &xlsx(&(head() + &blanks), ">"), ""), "cell_kib");
    over(&told("a.xlsx", &xlsx(&(head() + &row(3, &["B2", &"x".repeat(40_000)])), ">"), "cell_kib = 8"), "cell_kib");
}

#[test]
fn a_workbook_is_believed_only_as_far_as_it_goes() {
    let damaged = told("a.xlsx", &xlsx(&head(), " uniqueCount=\"100000000\"><si><t>a</t></si>"), "");
    assert_eq!(damaged.code, Code::UnreadableFile);
    assert!(damaged.message.contains("100000000 texts"), "{}", damaged.message);
    let far = "<row r=\"3\"><c r=\"ZZZZZZ3\"><v>1</v></c></row>";
    over(&told("a.xlsx", &xlsx(&(head() + far), ">"), ""), "columns");
    let many = format!("<row r=\"3\">{}</row>", "<c><v>1</v></c>".repeat(20_000));
    over(&told("a.xlsx", &xlsx(&(head() + &many), ">"), ""), "columns");
}

#[test]
fn what_stands_for_many_in_an_ods_is_counted_as_many() {
    let blanks = ods_head() + &ods_row("", &["B2<text:s text:c=\"1000000000\"/>"]);
    over(&told("a.ods", &ods(&[("Blad1", &blanks)]), ""), "cell_kib");
    let rows = ods_head() + &ods_row(" table:number-rows-repeated=\"1000000\"", &["a", "b", "c", "d", "e", "f"]);
    over(&told("a.ods", &ods(&[("Blad1", &rows)]), ""), "cells");
    let texts = ods_head() + &ods_row(" table:number-rows-repeated=\"100000\"", &[&"x".repeat(30_000)]);
    over(&told("a.ods", &ods(&[("Blad1", &texts)]), ""), "texts_mib");
    let bench = bench("a.ods", "");
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    bench.write("input/a.ods", ods(&[("Blad1", &(ods_head() + empty))]));
    assert_eq!(bench.check().expect("an honest sheet is empty below its rows").balances[0].data_rows(), 1);
}

#[test]
fn two_sheets_of_one_name_are_told_and_no_bug() {
    let twice = told("a.ods", &ods(&[("Blad1", &ods_head()), ("Blad1", &ods_head())]), "");
    assert!(twice.message.contains("two sheets of the name \"Blad1\""), "{}", twice.message);
}

#[test]
fn columns_files_and_rejected_rows_have_a_limit() {
    let head = "Nr;Dag;Enhet;Typ";
    let wide = format!("{head}{}\nB1;2023-03-01;Norr;Fall\n", ";".repeat(20_000));
    over(&told("a.csv", wide.as_bytes(), ""), "columns");
    let rejected = format!("{head}\n{}", ";2023-03-01;Norr;Fall\n".repeat(20));
    over(&told("a.csv", rejected.as_bytes(), "rejects = 10"), "rejects");
    let bench = bench("*.csv", "files = 1");
    bench.write("input/b.csv", format!("{head}\n"));
    over(&bench.stops().diagnostics[0], "files");
}

#[test]
fn a_stray_byte_is_told_with_its_row_and_the_file_stays_utf_8() {
    let stray = b"Nr;Dag;Enhet;Typ\nB1;2023-03-01;S\xC3\xB6der;L\xC3\xA4ge\nB2;2023-03-01;S\xC3\xB6der;L\xE4ge\n";
    let told = told("a.csv", stray, "");
    assert_eq!(told.code, Code::BadEncoding);
    assert!(told.message.contains("record 3"), "{}", told.message);
}

/// What a run says of a chapter's template with this text at its end.
fn of_template(text: &str, limits: &str) -> Diagnostic {
    let bench = Bench::case("rapporter");
    bench.edit_job("[job]\n", &format!("[limits]\n{limits}\n[job]\ntemplates = \"templates\"\n"));
    bench.append("job.toml", "\n[[chapter]]\ntitle = \"Prov\"\ntemplate = \"prov.md\"\n");
    bench.write("templates/prov.md", text);
    let failure = bench.stops();
    assert_eq!(failure.exit_code(), 1, "{:?}", failure.diagnostics);
    failure.diagnostics[0].clone()
}

#[test]
fn a_text_that_leaves_room_for_itself_is_told_and_does_not_overrun_the_stack() {
    let bench = Bench::case("rapporter");
    bench.edit_job("[job]\n", "[job]\ntemplates = \"templates\"\n");
    bench.append("job.toml", "\n[[chapter]]\ntitle = \"Prov\"\ntemplate = \"prov.md\"\n");
    bench.write("templates/prov.md", "{{ room(\"Skriv\", \"keks\") }}\n");
    bench.write("job/2023/keks.md", "Ord.\n\n{{ room(\"Skriv\", \"keks\") }}\n");
    let failure = bench.stops();
    assert!(failure.diagnostics[0].message.contains("leaves room for itself"), "{}", failure.diagnostics[0].message);
}

#[cfg(unix)]
#[test]
fn what_holds_rows_is_not_for_everybody_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let run = Bench::case("rapporter").run();
    for name in ["data", "rejects.csv", "manifest.json", "../.run.cache"] {
        let mode = std::fs::metadata(run.folder.join(name)).expect("published").permissions().mode();
        assert_eq!(mode & 0o007, 0, "{name}: {mode:o}");
    }
}

#[test]
fn a_run_that_died_before_it_remembered_is_no_change_of_somebody_elses() {
    let bench = Bench::case("rapporter");
    let run = |name: &str| bench.run_with(name, &bench.plan(), kvalis::run::RunOptions::default()).expect("right");
    run("run");
    let cache = bench.path(".run.cache");
    let remembered: Vec<_> = std::fs::read_dir(&cache).expect("kept").flatten().map(|entry| entry.path()).collect();
    let before: Vec<Vec<u8>> = remembered.iter().map(|path| std::fs::read(path).expect("read")).collect();
    bench.append("input/rapporter.csv", "B9;2023-12-24;Norr;Fall\n");
    run("run");
    // As if the second run had been killed between publishing and remembering; and the earlier export is back.
    for (path, bytes) in remembered.iter().zip(before) {
        std::fs::write(path, bytes).expect("written");
    }
    bench.edit("input/rapporter.csv", "B9;2023-12-24;Norr;Fall\n", "");
    std::fs::remove_file(cache.join("run.json")).expect("forgotten before it published");
    let third = run("run");
    assert!(third.summary.notices.is_empty(), "{:?}", third.summary.notices);
}

#[test]
fn a_template_that_does_not_end_or_goes_too_deep_is_told_with_its_key() {
    let turns = "\n\n{% for a in range(9000) %}{% for b in range(9000) %}{% endfor %}{% endfor %}\n";
    over(&of_template(turns, ""), "template_steps");
    let words = format!("\n\n{{% for a in range(9000) %}}{}{{% endfor %}}\n", "ord ".repeat(100));
    over(&of_template(&words, "template_mib = 1"), "template_mib");
    let parts = format!("\n\n{{{{ 1{} }}}}\n", " ~ 1".repeat(30_000));
    assert!(of_template(&parts, "").message.contains("2000 parts"));
    let quotes = format!("\n\n{} ord\n", ">".repeat(20_000));
    let told = of_template(&quotes, "");
    assert!(told.message.contains("within one another"), "{}", told.message);
}
