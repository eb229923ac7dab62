//! What must hold whatever the exports look like: order, splitting and naming of files change nothing, nothing personal
//! gets out, the same inputs give the same bytes, and both ways of counting agree.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kvalis::job::plan::Plan;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::kit::{Bench, Run, plan, run_plan, sample, streamed};

/// Result tables of a run, by name.
fn tables(run: &Run) -> BTreeMap<String, Vec<u8>> {
    run.files().into_iter().filter(|(name, _)| name.starts_with("tables")).collect()
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let first = sample("analyze").files();
    let second = run_plan(&plan("analyze"), 1).expect("runs on one thread").files();
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in &first {
        assert!(bytes == &second[name], "{name} differs between two runs (two threads and one)");
    }
}

#[test]
fn streaming_and_polars_count_the_same() {
    for job in ["analyze", "norrtalje"] {
        let (polars, streaming) = (tables(sample(job)), tables(&streamed(job)));
        assert_eq!(polars.len(), streaming.len());
        for (name, bytes) in &polars {
            assert!(bytes == &streaming[name], "{job}: {name} differs between the engines");
        }
    }
}

/// The deviation log of the sample as header and records (fields may hold line breaks).
fn log_records() -> (String, Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/goteborg-sydvast/avvikelser_treserva.csv");
    let bytes = fs::read(path).expect("sample data");
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut records = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        quoted ^= letter == '"';
        if letter == '\n' && !quoted {
            records.push(String::new());
        } else {
            records.last_mut().expect("one at least").push(letter);
        }
    }
    let mut records: Vec<String> = records
        .into_iter()
        .map(|record| record.trim_end_matches('\r').to_string())
        .filter(|record| !record.is_empty())
        .collect();
    let header = records.remove(0);
    (header, records)
}

/// The yearly job on a copy of its sample data, with the deviation log replaced by these files.
fn plan_with_log(folder: &Path, files: &[(String, String)], pattern: &str) -> Plan {
    let mut plan = plan("analyze");
    for entry in fs::read_dir(&plan.job.input).expect("sample data").flatten() {
        if entry.file_name() != "avvikelser_treserva.csv" {
            fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
        }
    }
    for (name, text) in files {
        let bytes: Vec<u8> = text.chars().map(|letter| letter as u32 as u8).collect();
        fs::write(folder.join(name), bytes).expect("written");
    }
    plan.job.input = PathBuf::from(folder);
    plan.sources[0].files = vec![pattern.to_string()];
    plan
}

fn file_of(header: &str, records: &[String]) -> String {
    std::iter::once(header).chain(records.iter().map(String::as_str)).map(|line| format!("{line}\r\n")).collect()
}

#[test]
fn shuffled_rows_split_files_and_other_names_give_the_same_tables() {
    let (header, records) = log_records();
    let expected = tables(sample("analyze"));
    let strategy = (Just(records).prop_shuffle(), 0usize..2553, "[a-z]{1,8}");
    let mut runner = TestRunner::new(Config { cases: 4, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&strategy, |(records, cut, name)| {
        let folder = tempfile::tempdir().expect("temp");
        let files = [
            (format!("{name}_1.csv"), file_of(&header, &records[..cut])),
            (format!("{name}_2.csv"), file_of(&header, &records[cut..])),
        ];
        let run = run_plan(&plan_with_log(folder.path(), &files, &format!("{name}_*.csv")), 2).expect("runs");
        let found = tables(&run);
        for (table, bytes) in &expected {
            prop_assert!(bytes == &found[table], "{} differs", table);
        }
        Ok(())
    });
    outcome.expect("order and files do not matter");
}

#[test]
fn planted_personal_data_is_found_nowhere() {
    for job in ["analyze", "norrtalje"] {
        for (name, bytes) in sample(job).files() {
            let text = String::from_utf8_lossy(&bytes);
            for planted in ["Tolvan", "tolvan@", "19121212", "070-174", "Rad utan nummer"] {
                assert!(!text.contains(planted), "{job}: {name} holds `{planted}`");
            }
        }
    }
}

#[test]
fn the_report_is_one_file_that_asks_nothing_of_the_network() {
    for job in ["analyze", "norrtalje", "strangnas"] {
        let html = sample(job).read("report.html");
        for tag in ["src=\"http", "href=\"//", "url(http", "@import", "<script ", "fetch(", "XMLHttpRequest"] {
            assert!(!html.contains(tag), "{job}: {tag}");
        }
        // One script of the program's own, which the policy names by its hash.
        assert_eq!(html.matches("<script>").count(), 1, "{job}");
        assert!(html.contains("default-src 'none'") && html.contains("script-src 'sha256-"), "{job}");
        assert!(html.contains("lang=\"sv\""));
    }
}

#[test]
fn a_failed_run_leaves_the_earlier_report_as_it_was() {
    let bench = Bench::new();
    let mut job = plan("strangnas");
    let first = bench.run_as("2022", &job).expect("first run");
    let report = first.bytes("report.html");
    job.sources[0].files = vec!["finns-inte.ods".into()];
    let failure = bench.run_as("2022", &job).err().expect("a file is missing");
    assert_eq!(failure.exit_code(), 1);
    assert!(first.bytes("report.html") == report);
}

#[test]
fn parquet_tells_where_it_came_from() {
    let run = sample("analyze");
    let footer = kvalis::store::footer(&run.folder.join("data/avvikelser.parquet")).expect("readable");
    assert_eq!(footer.get("kvalis.job").map(String::as_str), Some("analyze"));
    assert!(footer["kvalis.inputs"].contains("avvikelser_treserva.csv"));
    let dataset = kvalis::store::read(&run.folder.join("data/avvikelser.parquet"), &["nr", "_row"]).expect("readable");
    assert_eq!(dataset.rows, 2544);
}
