//! Whole runs without Rust: `tests/cases/cli/<case>/` has files, `commands.txt`, and `expected.txt` with all that the
//! commands tell, one after the other in a folder with copies of the files.
//!
//! `cat <file>` shows what a command has made of a file; `edit <file> <from> <to>`, `move` and `copy` are what a person does
//! between commands.
//!
//! `bench: <name>` in `commands.txt` copies `tests/cases/bench/<name>` into the folder first. Words in quotes are one.

use std::fs;
use std::path::Path;

use crate::kit::{Bench, case};

pub fn check(folder: &Path) {
    let script = case::read(&folder.join("commands.txt"));
    let bench = script.lines().find_map(|line| line.strip_prefix("bench: ")).map_or_else(Bench::new, Bench::case);
    bench.add(folder);
    let told = script.lines().filter_map(|line| {
        let told = match line.split_once(' ')? {
            ("kvalis", command) => bench.cli(&words(command)).whole(),
            ("cat", file) => bench.read(file),
            ("edit" | "move" | "copy", what) => change(&bench, &line[..4], &words(what)),
            _ => return None,
        };
        Some(format!("$ {line}\n{told}"))
    });
    case::expects(&folder.join("expected.txt"), &told.collect::<String>());
}

fn change(bench: &Bench, verb: &str, what: &[&str]) -> String {
    match (verb, what) {
        ("edit", [file, from, to]) => {
            bench.edit(file, from, to);
        }
        ("move", [from, to]) => fs::rename(bench.path(from), bench.path(to)).expect("it can be moved"),
        ("copy", [from, to]) => {
            fs::copy(bench.path(from), bench.path(to)).expect("it can be copied");
        }
        _ => panic!("{verb} {what:?} says nothing"),
    }
    String::new()
}

fn words(command: &str) -> Vec<&str> {
    let is_quoted = |index: usize| index % 2 == 1;
    let pieces = command.split('"').enumerate();
    pieces
        .flat_map(|(index, piece)| if is_quoted(index) { vec![piece] } else { piece.split_whitespace().collect() })
        .collect()
}

cases! { "cli", check:
    check_fix damaged_manifest explain file_not_read job_not_utf_8 no_such_job not_published output_folder roll roll_on_a_second_year trace unprotected_cell unusable_cache
}

#[test]
fn a_folder_that_another_run_works_on_is_left_to_it() {
    let bench = Bench::case("rapporter");
    let lock = fs::File::create(bench.path(".ut.lock")).expect("a lock");
    lock.lock().expect("nobody else has it");
    case::told("locked.txt", &bench.cli(&["run", "job.toml", "--out", "ut", "--quiet"]).whole());
}
