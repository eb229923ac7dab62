//! `inspect` and `init` on exports that nobody has seen: other headers, encodings, layouts than the samples have.
//!
//! Each export is made here from records, so that every count has a second way: the program inspects it, drafts a job,
//! checks and runs it, and its tables must say what the records say.

mod exports;

mod hostile;

use std::collections::BTreeMap;
use std::path::PathBuf;

use kvalis::job::{compile, load};

use crate::kit::bench::root;
use crate::kit::case::told;
use crate::kit::{Bench, Run, files_below};
use exports::Record;

/// Exports in a folder of their own, and the job that is drafted of them.
struct Desk {
    bench: Bench,
}

impl Desk {
    fn new() -> Desk {
        Desk { bench: Bench::new().with_job("pipelines/prov.toml") }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let name = format!("exports/{name}");
        self.bench.write(&name, bytes);
        self.bench.path(&name)
    }

    fn inspect(&self, name: &str) -> String {
        self.bench.cli(&["inspect", &format!("exports/{name}")]).exits(0).out()
    }

    /// Drafts a job, and gives its text.
    fn init(&self, files: &[&str]) -> String {
        let files: Vec<String> = files.iter().map(|name| format!("exports/{name}")).collect();
        let mut arguments = vec!["init", "--name", "prov", "--organisation", "Provförvaltningen"];
        arguments.extend(files.iter().map(String::as_str));
        self.bench.cli(&arguments).exits(0);
        self.draft()
    }

    fn draft(&self) -> String {
        self.bench.read("pipelines/prov.toml")
    }

    /// Compiles the draft without a word, and runs it.
    fn run(&self) -> Run {
        let loaded =
            load::load(&self.bench.path("pipelines/prov.toml").to_string_lossy(), None).expect("the draft loads");
        let (_, warnings) = compile::compile(&loaded).expect("the draft compiles");
        assert!(warnings.is_empty(), "{warnings:#?}");
        self.bench.run()
    }
}

/// Counts of a breakdown, by label, this period and last.
fn counts(run: &Run, stem: &str, columns: [&str; 2]) -> BTreeMap<String, (i64, i64)> {
    let table = run.table(stem);
    let label = |record: &[String]| record[0].clone();
    let number = |record: &[String], column: &str| table.field(record, column).parse().unwrap_or(0);
    table
        .records
        .iter()
        .map(|record| (label(record), (number(record, columns[0]), number(record, columns[1]))))
        .collect()
}

/// The same from the records: distinct ids by label and calendar year of the reported day.
fn expected(records: &[Record], label: impl Fn(&Record) -> Vec<String>) -> BTreeMap<String, (i64, i64)> {
    let mut counts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let years = || records.iter().map(|record| record.reported.year());
    let last = years().max().expect("records");
    let mut seen = std::collections::BTreeSet::new();
    for record in records {
        for label in label(record).into_iter().chain(["Totalt".to_string()]) {
            if seen.insert((record.id.clone(), label.clone())) {
                let count = counts.entry(label).or_default();
                match last - record.reported.year() {
                    0 => count.0 += 1,
                    1 => count.1 += 1,
                    _ => {}
                }
            }
        }
    }
    counts
}

/// The breakdown of a draft says what the records say.
fn same_counts(run: &Run, stem: &str, records: &[Record], label: impl Fn(&Record) -> Vec<String>) {
    let found = counts(run, stem, ["current", "previous"]);
    assert_eq!(found, expected(records, label), "{stem}");
}

#[test]
fn english_headers_with_commas_and_slashes() {
    let (desk, records) = (Desk::new(), exports::records(600, 1));
    desk.file("incidents.csv", exports::english_csv(&records));
    let told = desk.inspect("incidents.csv");
    assert!(told.contains("each \"Unit\" has one \"Department\": a hierarchy of 6 in 3"), "{told}");
    let draft = desk.init(&["incidents.csv"]);
    assert!(draft.contains("period_date = \"date_reported\""), "{draft}");
    assert!(draft.contains("[hierarchy.incidents.groups]"), "{draft}");
    let run = desk.run();
    same_counts(&run, "breakdown-incidents_department", &records, |record| vec![record.department.clone()]);
    same_counts(&run, "breakdown-incidents_type", &records, |record| vec![record.kind.clone()]);
}

#[test]
fn windows_1252_with_preamble_trailing_delimiters_and_footnotes() {
    let (desk, records) = (Desk::new(), exports::records(300, 2));
    desk.file("uttag.csv", exports::windows_1252_with_preamble(&records));
    let told = desk.inspect("uttag.csv");
    self::told("inspect-windows-1252.txt", &told);
    self::told("init-windows-1252.toml", &desk.init(&["uttag.csv"]));
    let run = desk.run();
    same_counts(&run, "breakdown-uttag_verksamhet", &records, |record| vec![record.department.clone()]);
    same_counts(&run, "breakdown-uttag_handelsetyp", &records, |record| vec![record.kind.clone()]);
    assert_eq!(run.summary.balances[0].rejected(), 0);
}

#[test]
fn utf_16_with_tabs_and_several_values_in_a_cell() {
    let (desk, records) = (Desk::new(), exports::records(400, 3));
    desk.file("unicode.txt", exports::utf_16_tabs(&records));
    let told = desk.inspect("unicode.txt");
    assert!(told.contains("utf-16le, delimiter tab") && told.contains("several values by \"|\""), "{told}");
    desk.init(&["unicode.txt"]);
    let causes = |record: &Record| record.causes.clone();
    same_counts(&desk.run(), "breakdown-unicode_orsaker", &records, causes);
}

#[test]
fn two_header_rows_and_events_on_several_rows() {
    let (desk, records) = (Desk::new(), exports::records(250, 4));
    let path = desk.file("arenden.xlsx", "");
    exports::two_header_rows(&path, &records);
    let told = desk.inspect("arenden.xlsx");
    assert!(told.contains("header in rows 3-4") && told.contains("Datum Rapporterat"), "{told}");
    let draft = desk.init(&["arenden.xlsx"]);
    assert!(draft.contains("header_rows = 2") && draft.contains("repeated_ids = \"several_rows\""), "{draft}");
    same_counts(&desk.run(), "breakdown-arenden_orsak", &records, |record| record.causes.clone());
}

#[test]
fn years_as_columns_with_fractions_shown_as_per_cent() {
    let desk = Desk::new();
    let path = desk.file("enkat.xlsx", "");
    let values = exports::wide_years(&path);
    let told = desk.inspect("enkat.xlsx");
    self::told("inspect-wide-years.txt", &told);
    self::told("init-wide-years.toml", &desk.init(&["enkat.xlsx"]));
    let table = desk.run().table("indicator-enkat");
    assert_eq!(table.records.len(), values.len());
    for (question, by_year) in &values {
        for (column, value) in ["y2022", "y2023", "y2024"].iter().zip(by_year) {
            let expected = value.map_or(String::new(), |percent| percent.to_string());
            let found = table.cell(&[question], column);
            let number = found.parse::<f64>().map_or(String::new(), |number| number.to_string());
            assert_eq!(number, expected, "{question} {column}: {found}");
        }
    }
}

#[test]
fn kolada_in_long_form_is_recognised_and_one_municipality_asked_for() {
    let desk = Desk::new();
    let values = exports::kolada_values();
    desk.file("kolada.csv", exports::kolada_csv(&values));
    let told = desk.inspect("kolada.csv");
    assert!(told.contains("observations: one value a row") && told.contains("period"), "{told}");
    let draft = desk.init(&["kolada.csv"]);
    assert!(draft.contains("where = { area = [\"0188\"], group = [\"T\"] }"), "{draft}");
    let table = desk.run().table("indicator-kolada");
    for (kpi, area, year, gender, value) in
        values.iter().filter(|(_, area, _, gender, _)| *area == "0188" && *gender == "T")
    {
        let found: f64 = table.cell(&[kpi], &format!("y{year}")).parse().expect("a number");
        assert_eq!(found, f64::from(*value), "{kpi} {area} {year} {gender}");
    }
}

#[test]
fn a_list_of_texts_is_printed_row_by_row() {
    let desk = Desk::new();
    let path = desk.file("granskningar.xlsx", "");
    let rows = exports::text_list(&path);
    assert!(desk.inspect("granskningar.xlsx").contains("a list"));
    let draft = desk.init(&["granskningar.xlsx"]);
    assert!(draft.contains("FRÅGA: texten skrivs ut i rapporten."), "{draft}");
    let table = desk.run().table("register-granskningar");
    assert_eq!(table.records.len(), rows);
}

#[test]
fn planted_personal_data_is_in_no_output_at_all() {
    let (desk, records) = (Desk::new(), exports::records(200, 5));
    let planted = exports::planted();
    desk.file("planterat.csv", exports::with_personal_data(&records));
    let told = desk.inspect("planterat.csv");
    assert!(told.contains("! suspected personal data: personnummer in 200 cells"), "{told}");
    assert!(told.contains("names of persons"), "{told}");
    let json = desk.bench.cli(&["inspect", "exports/planterat.csv", "--json"]).out();
    let draft = desk.init(&["planterat.csv"]);
    let run = desk.run();
    same_counts(&run, "breakdown-planterat_typ", &records, |record| vec![record.kind.clone()]);
    let mut outputs = files_below(&run.folder);
    outputs.extend(
        [("inspect", told), ("json", json), ("draft", draft)].map(|(name, text)| (name.into(), text.into_bytes())),
    );
    for (name, bytes) in &outputs {
        for secret in &planted {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{name} holds a planted text");
        }
    }
}

#[test]
fn answers_by_place_become_a_comparison_with_a_question_whose_answers_are_ours() {
    let desk = Desk::new();
    let path = desk.file("oj.xlsx", "");
    exports::answers_by_place(&path);
    let told = desk.inspect("oj.xlsx");
    assert!(told.contains("answers by place") && told.contains("no table"), "{told}");
    assert!(told.contains("rows that stand for several others: \"Rikets värde\" (1)"), "{told}");
    let draft = desk.init(&["oj.xlsx"]);
    assert!(draft.contains("own = \"Ekås\"") && draft.contains("fill_down = true"), "{draft}");
    let table = desk.run().table("mismatch-oj_nej");
    let found: Vec<&str> = table.records.iter().map(|record| record[0].as_str()).collect();
    assert_eq!(found, ["Rutin för samverkan"], "Ekås says no where four of five say yes");
}

#[test]
fn several_exports_make_one_job_with_one_period() {
    let (desk, records) = (Desk::new(), exports::records(300, 6));
    desk.file("a/incidents.csv", exports::english_csv(&records));
    desk.file("b/uttag.csv", exports::windows_1252_with_preamble(&records));
    let draft = desk.init(&["a/incidents.csv", "b/uttag.csv"]);
    assert!(draft.contains("files = [\"a/incidents.csv\"]") && draft.contains("files = [\"b/uttag.csv\"]"), "{draft}");
    let run = desk.run();
    same_counts(&run, "breakdown-incidents_type", &records, |record| vec![record.kind.clone()]);
    same_counts(&run, "breakdown-uttag_handelsetyp", &records, |record| vec![record.kind.clone()]);
}

#[test]
fn every_sample_export_gives_a_draft_that_runs() {
    let samples = root().join("sample-data");
    let mut files: Vec<String> = files_below(&samples).into_keys().collect();
    files.retain(|name| !name.ends_with(".md") && !name.ends_with(".py"));
    assert!(files.len() > 25, "{files:?}");
    for name in files {
        let desk = Desk::new();
        let base = name.rsplit('/').next().expect("a name");
        desk.file(base, std::fs::read(samples.join(&name)).expect("readable"));
        desk.init(&[base]);
        let run = desk.run();
        let read: u64 = run.summary.balances.iter().map(|balance| balance.data_rows()).sum();
        assert!(read > 0, "{name}");
    }
}

#[test]
fn the_same_exports_give_the_same_draft_and_a_job_is_not_overwritten() {
    let (desk, records) = (Desk::new(), exports::records(100, 7));
    desk.file("incidents.csv", exports::english_csv(&records));
    let first = desk.init(&["incidents.csv"]);
    let again = desk.bench.cli(&["init", "exports/incidents.csv", "--name", "prov"]).exits(1);
    again.says("overwrite it with --force");
    let forced = ["init", "exports/incidents.csv", "--name", "prov", "--organisation", "Provförvaltningen", "--force"];
    desk.bench.cli(&forced).exits(0);
    assert_eq!(desk.draft(), first);
}

#[test]
fn a_file_without_a_table_is_told() {
    let desk = Desk::new();
    desk.file("brev.txt", "Hej!\nDetta är inget uttag.\n");
    let told = desk.bench.cli(&["init", "exports/brev.txt"]).exits(1);
    told.says("no file holds a table that a job can read");
    assert!(desk.inspect("brev.txt").contains("no table"));
}

#[test]
fn a_draft_on_stdout_writes_nothing() {
    let (desk, records) = (Desk::new(), exports::records(50, 8));
    desk.file("incidents.csv", exports::english_csv(&records));
    let told = desk.bench.cli(&["init", "exports/incidents.csv", "--year", "2023"]);
    assert!(told.out().contains("year = 2023"), "{}", told.whole());
    assert_eq!(files_below(desk.bench.folder()).len(), 1, "the export alone");
}
