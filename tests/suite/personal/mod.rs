//! Nothing personal gets out: planted wherever an export can hold it, it is looked for in every byte that a run leaves
//! or says.

mod clothes;
mod planted;
mod search;
mod workplace;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use planted::Planted;
use search::{found_below, found_in};
use workplace::{furnished, log, name_of_log};

/// Runs and checks the job in all ways, and tells where something planted was found.
fn leaks(planted: &Planted) -> Vec<String> {
    let bench = furnished(planted);
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
        found.extend(found_in(&format!("{way:?}"), &bench.cli(way).exits(0).whole(), planted));
    }
    assert!(bench.path("output/prov/2023/report.pdf").is_file(), "the run has left a report");
    // What is masked has been there: a job that prints nothing would leak nothing.
    let report = bench.read("output/prov/2023/report.md").replace('\\', "");
    for mark in ["[personnummer]", "[telefon]", "[e-post]", "[adress]"] {
        assert!(report.contains(mark), "{mark} stands nowhere in the report");
    }
    found.extend(found_below(&bench.path("output"), planted));
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
    let found = found_below(&furnished(&planted).path("input"), &planted).join("\n");
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
        let bench = furnished(&planted);
        bench.write(&name_of_log(&planted), spoil(&log(&planted, "2023")));
        for way in [&["check", "prov.toml"][..], &["--json", "run", "prov.toml"]] {
            let told = bench.cli(way).exits(1);
            told.says(code);
            assert_eq!(found_in(code, &told.whole(), &planted), Vec::<String>::new(), "{}", told.whole());
        }
    }
}
