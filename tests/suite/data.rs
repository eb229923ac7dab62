//! Broken exports, rules and templates: one folder a case, with the job, its input and every word that the analyst reads.
//!
//! `tests/cases/data/<case>/{job.toml,input/,templates/,expected.txt}`. After a change of wording run the tests with
//! `KVALIS_BLESS=1` and read the difference.

use std::path::Path;

use kvalis::cli::render;
use kvalis::job::{compile, load};

use crate::runs::run_plan;

/// What a run of the case tells: its errors, or its warnings, the rows and the list of rejects.
fn told(case: &Path) -> String {
    let loaded = load::load(&case.join("job.toml").to_string_lossy()).expect("the job file itself is right");
    let (plan, _) = compile::compile(&loaded, &Default::default()).expect("and compiles");
    let said = match run_plan(&plan, 2) {
        Err(failure) => format!("exit {}\n{}", failure.exit_code(), render(&failure.diagnostics, false)),
        Ok(run) => {
            let fates = run.summary.balances.iter().flat_map(|balance| balance.fates());
            let fates: Vec<String> = fates.map(|(fate, rows)| format!("{rows} {fate:?}")).collect();
            let warnings = render(&run.summary.warnings, false);
            let errors = render(&run.summary.errors, false);
            let exit = i32::from(!run.summary.unread.is_empty());
            let rejects = run.read("rejects.csv").replace('\r', "");
            format!("exit {exit}\n{}\n{errors}{warnings}{rejects}", fates.join(", "))
        }
    };
    said.replace(&*case.to_string_lossy(), "CASE").replace(env!("CARGO_MANIFEST_DIR"), "ROOT").replace('\u{feff}', "")
}

fn check(name: &str) {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/data").join(name);
    let (found, expected) = (told(&case), case.join("expected.txt"));
    if std::env::var_os("KVALIS_BLESS").is_some() {
        std::fs::write(&expected, &found).expect("written");
    }
    let expected = std::fs::read_to_string(&expected).unwrap_or_default();
    assert_eq!(found, expected, "not what tests/cases/data/{name}/expected.txt says");
}

macro_rules! cases {
    ($($test:ident => $folder:literal),+ $(,)?) => { $(#[test] fn $test() { check($folder); })+ };
}

cases! {
    ambiguous_column => "ambiguous-column",
    bad_date => "bad-date",
    bad_number_and_yes_no => "bad-number-and-yes-no",
    broken_json => "broken-json",
    check_failed => "check-failed",
    differing_duplicate => "differing-duplicate",
    differs_from_print => "differs-from-print",
    differing_duplicate_stop => "differing-duplicate-stop",
    empty_file => "empty-file",
    header_not_found => "header-not-found",
    html_called_xlsx => "html-called-xlsx",
    json_missing_column => "json-missing-column",
    missing_column => "missing-column",
    missing_id => "missing-id",
    missing_page => "missing-page",
    on_bad_source => "on-bad-source",
    out_of_scale => "out-of-scale",
    risk_of_no_year => "risk-of-no-year",
    no_such_file => "no-such-file",
    no_such_sheet => "no-such-sheet",
    no_such_template => "no-such-template",
    not_utf_8 => "not-utf-8",
    optional_source => "optional-source",
    stale_source => "stale-source",
    personal_data_masked => "personal-data-masked",
    safe_id_personnummer => "safe-id-personnummer",
    status_contradiction => "status-contradiction",
    template_mistakes => "template-mistakes",
    template_syntax => "template-syntax",
    text_mistakes => "text-mistakes",
    theme_files_absent => "theme-files-absent",
    theme_files_wrong => "theme-files-wrong",
    truncated_workbook => "truncated-workbook",
    unclosed_quote => "unclosed-quote",
    untested_word => "untested-word",
    unknown_category_bucket => "unknown-category-bucket",
    unknown_category_not_safe => "unknown-category-not-safe",
    unknown_category_stop => "unknown-category-stop",
    word_template_no_such_file => "word-template-no-such-file",
    word_template_not_word => "word-template-not-word",
    word_template_with_object => "word-template-with-object",
    word_template_without_styles => "word-template-without-styles",
}

#[test]
fn every_case_has_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/data");
    let source = include_str!("data.rs");
    for entry in std::fs::read_dir(folder).expect("cases").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(source.contains(&format!("\"{name}\"")), "{name} is run by no test");
    }
}
