//! Nothing personal gets out: planted wherever an export can hold it, it is looked for in every byte that a run leaves
//! or says.

mod clothes;
mod planted;
mod search;
mod workplace;

use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use planted::Planted;
use search::{found_below, found_in};
use workplace::{furnish, log};

/// Runs the program as a person does.
fn kvalis(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvalis"));
    command.current_dir(folder).args(arguments).output().expect("kvalis starts")
}

/// What it said on both streams.
fn said(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs and checks the job in all ways, and tells where something planted was found.
fn leaks(planted: &Planted) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    furnish(folder.path(), planted);
    let mut found = Vec::new();
    let ways: [&[&str]; 6] = [
        &["run", "prov.toml"],
        &["--json", "run", "prov.toml"],
        &["run", "prov.toml", "--fresh"],
        &["check", "prov.toml"],
        &["--json", "check", "prov.toml"],
        &["run", "prov.toml", "--format", "html", "--out", "output/annan"],
    ];
    for way in ways {
        let output = kvalis(folder.path(), way);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{way:?}: {said}");
        found.extend(found_in(&format!("{way:?}"), &said, planted));
    }
    let output = folder.path().join("output");
    assert!(output.join("prov/2023/report.pdf").is_file(), "the run has left a report");
    // What is masked has been there: a job that prints nothing would leak nothing.
    let report = std::fs::read_to_string(output.join("prov/2023/report.md")).expect("Markdown").replace('\\', "");
    for mark in ["[personnummer]", "[telefon]", "[e-post]", "[adress]"] {
        assert!(report.contains(mark), "{mark} stands nowhere in the report");
    }
    found.extend(found_below(&output, planted));
    found
}

#[test]
fn planted_everywhere_personal_data_is_found_in_no_output() {
    let planted = Planted::of((81, 12, 18), 987, 4711);
    assert_eq!(leaks(&planted), Vec::<String>::new());
}

#[test]
fn whatever_the_numbers_are_they_are_found_in_no_output() {
    let strategy = ((0..100_u8, 1..13_u8, 1..29_u8), 0..1000_u16, any::<u32>());
    let mut runner =
        TestRunner::new(Config { cases: 4, max_shrink_iters: 0, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&strategy, |(birth, serial, other)| {
        prop_assert_eq!(leaks(&Planted::of(birth, serial, other)), Vec::<String>::new());
        Ok(())
    });
    outcome.expect("nothing gets out");
}

#[test]
fn the_search_finds_what_is_there() {
    let planted = Planted::of((81, 12, 18), 987, 4711);
    let folder = tempfile::tempdir().expect("a temporary folder");
    furnish(folder.path(), &planted);
    let found = found_below(&folder.path().join("input"), &planted).join("\n");
    for (place, trace) in
        [(".csv", &planted.name.to_lowercase()), (".csv", &planted.email), (".xlsx", &planted.coordination)]
    {
        assert!(
            found.lines().any(|line| line.contains(place) && line.ends_with(trace.as_str())),
            "{place}: {trace}\n{found}"
        );
    }
}

/// Makes an export one that can't be read.
type Spoil<'a> = Box<dyn Fn(&str) -> String + 'a>;

#[test]
fn a_run_that_stops_says_nothing_of_a_cell() {
    let planted = Planted::of((75, 6, 3), 12, 99);
    let all = planted.all();
    // What each spoilt export stops at.
    let spoilt: [(&str, Spoil); 6] = [
        ("missing-column", Box::new(|log| log.replace(";IVO;", ";Anmäld;"))),
        ("ambiguous-column", Box::new(|log| log.replace(";IVO;", ";Typ;IVO;"))),
        ("header-not-found", Box::new(|log| log.replace("Nr;Datum;Klart;Typ;Orsak;Dagar;IVO;Text", "a;b;c;d;e;f;g;h"))),
        ("broken-record", Box::new(|log| format!("{log}A9;2023-01-01;\"{all}"))),
        ("unreadable-file", Box::new(|_| String::new())),
        ("unsupported-format", Box::new(|log| format!("<html><body>{log}"))),
    ];
    for (code, spoil) in spoilt {
        let folder = tempfile::tempdir().expect("a temporary folder");
        furnish(folder.path(), &planted);
        let name = format!("avvikelser {}.csv", planted.written_person());
        let spoilt = spoil(&log(&planted, "2023"));
        std::fs::write(folder.path().join("input").join(name), spoilt).expect("written");
        for way in [&["check", "prov.toml"][..], &["--json", "run", "prov.toml"]] {
            let output = kvalis(folder.path(), way);
            let said = said(&output);
            assert_eq!(output.status.code(), Some(1), "{code}: {said}");
            assert!(said.contains(code), "{code}: {said}");
            assert_eq!(found_in(code, &said, &planted), Vec::<String>::new(), "{said}");
        }
    }
}
