//! Whole files through `read_source`, and hostile ones.

use proptest::prelude::*;

use crate::diagnostic::{Code, Failure};
use crate::domain::balance::Fate;
use crate::ingest::tests::{Seen, file, read, source};
use crate::vocabulary::spec::SourceKind;

const KEYS: [&str; 6] = ["kpi", "municipality", "period", "gender", "status", "value"];

fn read_files(columns: &[&str], files: &[(&str, &str)]) -> Result<Seen, Failure> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let paths: Vec<_> = files.iter().map(|(name, text)| file(folder.path(), name, text.as_bytes())).collect();
    read(&source(SourceKind::Observations, columns), &paths, 2)
}

fn read_one(text: &str) -> Result<Seen, Failure> {
    read_files(&KEYS, &[("a.json", text)])
}

/// What is said of a broken file, without its place on this machine.
fn told(text: &str) -> String {
    let failure = read_one(text).expect_err("broken");
    assert_eq!(failure.diagnostics[0].code, Code::BrokenJson);
    failure.diagnostics[0].message.trim_start_matches("the file cannot be read as Kolada's JSON: ").to_string()
}

const V2: &str = r#"{"count": 2, "next_page": null, "values": [
  {"values": [{"count": 1, "gender": "K", "status": "", "value": 72.97297297},
              {"count": 1, "gender": "T", "status": "Privacy", "value": null}],
   "period": 2022, "municipality": "0188", "kpi": "U30447"},
  {"kpi": "U30447", "municipality": "0000", "period": 2022, "values": []}]}"#;

#[test]
fn version_two_gives_one_row_a_group_whatever_the_order_of_keys() {
    let seen = read_one(V2).expect("well formed");
    assert_eq!(
        seen.cells(),
        [["U30447", "0188", "n:2022", "K", "", "n:72.97297297"], ["U30447", "0188", "n:2022", "T", "Privacy", ""]]
    );
    assert_eq!(seen.numbers(), [1, 2]);
    assert_eq!(seen.fates(), [(Fate::Blank, 1)]);
    assert!(seen.files[0].warnings.is_empty());
}

#[test]
fn version_three_drops_what_is_deleted_and_flat_rows_are_rows() {
    let nested = r#"{"values": [{"kpi": "U1", "municipality": "0188", "period": 2022, "values": [
        {"gender": "T", "status": "", "value": 1, "isdeleted": false},
        {"gender": "K", "status": "", "value": 2, "isdeleted": true}]}], "next_url": null}"#;
    let seen = read_one(nested).expect("well formed");
    assert_eq!(seen.cells(), [["U1", "0188", "n:2022", "T", "", "n:1"]]);
    assert_eq!(seen.files[0].sheets[0].rows, 2);
    let flat = r#"[{"kpi": "U1", "municipality": 188, "period": 2022, "gender": "T", "status": "", "value": 1.5e1}]"#;
    assert_eq!(read_one(flat).expect("well formed").cells(), [["U1", "n:188", "n:2022", "T", "", "n:15"]]);
    let deleted = r#"[{"kpi": "U1", "municipality": "1", "period": 2022, "gender": "T", "status": "", "value": 1},
        {"kpi": "U2", "municipality": "1", "period": 2022, "gender": "T", "status": "", "value": 1, "isdeleted": true}]"#;
    let seen = read_one(deleted).expect("well formed");
    assert_eq!((seen.rows.len(), seen.files[0].sheets[0].rows), (1, 2));
}

#[test]
fn lists_of_indicators_are_rows_and_their_lists_are_passed_over() {
    let text =
        r#"{"count": 1, "values": [{"id": "U1", "title": "Få kontakt, \u00e5r 2022", "auspices": [1, {"a": []}]}]}"#;
    let seen = read_files(&["id", "title"], &[("kpi.json", text)]).expect("well formed");
    assert_eq!(seen.cells(), [["U1", "Få kontakt, år 2022"]]);
}

#[test]
fn a_byte_order_mark_is_no_matter_and_an_empty_list_neither() {
    assert_eq!(read_one(&format!("\u{feff}{V2}")).expect("well formed").rows.len(), 2);
    assert_eq!(read_one(r#"{"values": [], "count": 0}"#).expect("well formed").rows.len(), 0);
}

#[test]
fn hostile_files_are_told_with_line_and_character() {
    let cases = [
        (r#"{"values": [{"kpi": "U1""#, "the file ends too early"),
        (r#"{"values": [{"kpi": "U1"#, "the file ends in the middle of a text"),
        (r#"{"values": [{"kpi": "U1", "kpi": "U2"}]}"#, "the key `kpi` stands twice"),
        (r#"{"values": [], "values": []}"#, "the key `values` stands twice"),
        (r#"{"values": [{"values": [], "values": []}]}"#, "the key `values` stands twice"),
        (r#"{"values": {"kpi": 1}}"#, "`values` must be a list"),
        (r#"{"values": [{"values": 3}]}"#, "`values` must be a list"),
        (r#"{"values": [3]}"#, "every element of the list must be an object"),
        (r#"{"values": [{"values": [3]}]}"#, "every element of `values` must be an object"),
        (r#"{"count": 3}"#, "the object has no list `values`"),
        (r#"{"values": [{"value": 1e999}]}"#, "the number is too large"),
        (r#"{"values": [{"value": 01}]}"#, "this is not a number"),
        (r#"{"values": [{"value": NaN}]}"#, "a value was expected here"),
        (r#"{"values": [{"value": tru}]}"#, "only `true`, `false` and `null`"),
        (r#"{"values": [{"value": "\ud800"}]}"#, "half a letter stands alone"),
        (r#"{"values": [{"value": "a b"} {"value": 1}]}"#, "a comma was expected"),
        (r#"{"values": []} {}"#, "something follows after the end"),
        (r#""values""#, "an object or a list was expected"),
    ];
    for (text, expected) in cases {
        let told = told(text);
        assert!(told.contains(expected) && told.starts_with("line 1, character "), "{text}\n{told}");
    }
    let deep = format!(r#"{{"values": [{{"a": {}"#, "[".repeat(100_000));
    assert!(told(&deep).contains("levels stand within one another"));
    let long = format!(r#"{{"values": [{{"a": {}"#, "9".repeat(1000));
    assert!(told(&long).contains("the number is longer"));
    let text = format!(r#"{{"values": [{{"a": "{}"#, "x".repeat(1 << 17));
    assert!(told(&text).contains("a text is longer"));
}

#[test]
fn a_nested_value_and_a_column_that_no_row_has_are_told_by_name() {
    let failure = read_one(r#"[{"kpi": {"id": "U1"}}]"#).expect_err("nested");
    assert!(failure.diagnostics[0].message.contains("\"kpi\" of row 1 holds a list or an object"));
    let failure =
        read_one(r#"[{"kpi": "U1", "municipality": "1", "perriod": 1, "gender": "T", "status": "", "value": 1}]"#);
    let failure = failure.expect_err("no period");
    assert_eq!(failure.diagnostics[0].code, Code::MissingColumn);
    assert!(failure.diagnostics[0].help.as_deref().is_some_and(|help| help.contains("did you mean \"perriod\"")));
}

fn page(next: &str) -> String {
    V2.replace(r#""next_page": null"#, next)
}

#[test]
fn a_page_without_its_next_one_is_a_warning() {
    let second = page(r#""next_page": "https://api.example/v2/data?page=2&per_page=5""#);
    let third = page(r#""next_url": "https://api.example/v2/data?page=3&per_page=5""#);
    let warned = |files: &[(&str, &str)]| -> Vec<usize> {
        let seen = read_files(&KEYS, files).expect("well formed");
        seen.files.iter().map(|file| file.warnings.len()).collect()
    };
    assert_eq!(warned(&[("1.json", &second)]), [1]);
    assert_eq!(warned(&[("1.json", &second), ("2.json", V2)]), [0, 0]);
    assert_eq!(warned(&[("1.json", &second), ("2.json", &third)]), [0, 1]);
    assert_eq!(warned(&[("1.json", &second), ("2.json", &third), ("3.json", V2)]), [0, 0, 0]);
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in "[\\[\\]{}:,\"\\\\a-f0-9.eE+\\- ]{0,80}") {
        let _ = read_one(&text);
        let _ = read_one(&format!(r#"{{"values": [{text}"#));
    }

    #[test]
    fn numbers_are_those_that_rust_reads(number in -1e15..1e15_f64) {
        let text = format!(
            r#"[{{"kpi": "U1", "municipality": "1", "period": 1, "gender": "T", "status": "", "value": {number}}}]"#
        );
        let seen = read_one(&text).expect("well formed");
        prop_assert_eq!(seen.cells()[0][5], format!("n:{number}"));
    }
}
