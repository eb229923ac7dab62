//! Who may use whom: reads the sources and fails with the text of the rule that is broken.

mod families;

mod law;

mod rings;

mod source;

use std::collections::BTreeSet;

use crate::kit::bench::root;
pub use source::{Source, sources};

/// Crates and the only folders (or files) of `src/` that may name them.
const CRATES: [(&[&str], &[&str]); 17] = [
    (&["clap", "clap_complete", "clap_mangen", "indicatif"], &["cli"]),
    (&["calamine", "encoding_rs", "crossbeam_channel", "flate2"], &["ingest"]),
    // Workbooks are taken apart, Word files and the appendix are made.
    (&["zip"], &["ingest", "write"]),
    // Our own files: the list of rejects is written, published tables are read. Exports are split by `ingest` itself.
    (&["csv"], &["run", "published"]),
    (&["arrow", "parquet"], &["normalise", "store"]),
    (&["polars"], &["measure"]),
    (&["plotters", "resvg"], &["draw"]),
    (&["minijinja", "pulldown_cmark"], &["write"]),
    (&["roxmltree", "hypher", "base64", "rust_xlsxwriter"], &["write"]),
    (&["typst", "typst_layout", "typst_pdf"], &["write"]),
    (&["toml"], &["vocabulary", "job"]),
    (&["schemars"], &["vocabulary", "measure", "job"]),
    (&["microlp"], &["protect"]),
    (&["statrs", "rand_chacha"], &["stats"]),
    (&["icu_collator", "icu_locale_core"], &["measure"]),
    (&["fluent_bundle"], &["words"]),
    (&["mimalloc"], &["main.rs"]),
];

/// A room: a folder or file directly below `src/`, and what it may use of the others.
struct Room {
    name: &'static str,
    /// Rooms whose functions it may call.
    calls: &'static [&'static str],
    /// Rooms of which it may know the artefacts' types.
    types: &'static [&'static str],
}

impl Room {
    fn rule(&self) -> String {
        format!("{} calls {}, and knows types of {}", self.name, self.calls.join(", "), self.types.join(", "))
    }
}

const fn room(name: &'static str, calls: &'static [&'static str], types: &'static [&'static str]) -> Room {
    Room { name, calls, types }
}

const ROOMS: [Room; 20] = [
    room("words", &[], &[]),
    room("diagnostic.rs", &[], &[]),
    // Questions and answers, whatever they are about.
    room("dialog.rs", &["diagnostic"], &[]),
    room("domain", &["diagnostic"], &[]),
    room("vocabulary", &["diagnostic", "domain"], &[]),
    // A family's own tables of the job file stand in its folder.
    room("job", &["diagnostic", "dialog", "domain", "vocabulary", "measure"], &[]),
    // What a run leaves, written and read.
    room("published", &["diagnostic", "domain", "job"], &[]),
    room("stats", &["domain"], &[]),
    room("ingest", &["diagnostic", "domain", "vocabulary"], &[]),
    room("store", &["diagnostic", "domain", "vocabulary"], &[]),
    room("normalise", &["diagnostic", "domain", "vocabulary", "store"], &["ingest"]),
    room("measure", &["diagnostic", "domain", "vocabulary", "stats", "store"], &[]),
    room("protect", &["diagnostic", "domain", "job", "stats"], &["measure"]),
    room("draw", &["diagnostic", "domain", "job"], &["measure", "protect"]),
    room("write", &["diagnostic", "domain", "job", "published"], &["draw", "measure", "protect"]),
    // The flow: the only place where step follows step.
    room(
        "run",
        &[
            "diagnostic",
            "domain",
            "vocabulary",
            "job",
            "ingest",
            "normalise",
            "store",
            "measure",
            "protect",
            "draw",
            "write",
            "published",
        ],
        &[],
    ),
    // Beside the flow, and like `run` callers of steps. A profile says of an unknown file what a run would read in it,
    // so it asks the run's own readers.
    room("inspect", &["diagnostic", "domain", "vocabulary", "job", "ingest", "normalise"], &[]),
    // Reads what two runs have left, and prints its page as `write` prints a report.
    room("diff", &["diagnostic", "domain", "vocabulary", "job", "published", "store", "write"], &[]),
    // Goes the way of `run` back and forth again.
    room(
        "explain",
        &[
            "diagnostic",
            "domain",
            "vocabulary",
            "job",
            "ingest",
            "normalise",
            "store",
            "measure",
            "protect",
            "published",
            "write",
            "run",
        ],
        &[],
    ),
    // Arguments in, text out: it asks for a whole run, comparison, explanation, profile or draft, and where a published
    // folder lies, never for a step.
    room(
        "cli",
        &["diagnostic", "dialog", "domain", "words", "job", "published", "run", "inspect", "diff", "explain"],
        &["protect"],
    ),
];

/// Associated functions that make an artefact of plain parts, and do nothing else.
const CONSTRUCTORS: [&str; 4] = ["default", "new", "from", "of_logo"];

/// Words that only some rooms or files may use.
const WORDS: [(&[&str], &[&str], &str); 3] = [
    (&["println!", "eprintln!", "print!(", "eprint!(", "dbg!"], &["cli"], "only `cli` prints"),
    (
        &["SystemTime", "Instant::now", "env::var", "Zoned::now", "Timestamp::now"],
        &["cli", "run", "main.rs"],
        "steps read no clock and no environment",
    ),
    (
        &["fs::", "File::open", "File::create", "OpenOptions", ".is_file()", ".is_dir()"],
        // Exports and datasets; a run's folder; a job's own file; what a command is asked to write.
        &["ingest", "store", "run", "published", "explain", "diff/cause.rs", "job/load.rs", "cli"],
        "what is measured, drawn and written touches no file: `run` reads beforehand and writes afterwards",
    ),
];

/// Places where `word` stands on its own, not as the end of a longer word or path.
fn finds(code: &str, word: &str) -> bool {
    let before = |index: usize| code[..index].chars().next_back();
    let is_inside = |letter: char| letter.is_alphanumeric() || "_:.".contains(letter);
    code.match_indices(word).any(|(index, _)| before(index).is_none_or(|letter| !is_inside(letter)))
}

fn assert_none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}

#[test]
fn crates_stay_behind_their_fences() {
    let mut broken = Vec::new();
    for source in sources() {
        for (crates, allowed) in CRATES {
            for name in crates.iter().filter(|_| !allowed.contains(&source.room())) {
                let used = finds(&source.code, &format!("{name}::")) || finds(&source.code, &format!("use {name};"));
                if used {
                    broken.push(format!("src/{}: `{name}` belongs only in {}", source.file, allowed.join(" and ")));
                }
            }
        }
    }
    assert_none("fences are broken", &broken);
}

#[test]
fn every_fence_guards_a_crate_that_is_used() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let names = CRATES.iter().flat_map(|(crates, _)| crates.iter());
    let gone: Vec<String> = names
        .filter(|name| !manifest.contains(&name.replace('_', "-")) && !manifest.contains(**name))
        .map(ToString::to_string)
        .collect();
    assert_none("no dependency any more", &gone);
    let rooms: BTreeSet<String> = sources().iter().map(|source| source.room().to_string()).collect();
    let known = ROOMS.iter().map(|room| room.name.to_string()).chain(["lib.rs", "main.rs"].map(String::from)).collect();
    assert_eq!(rooms, known, "every room has its row");
}

#[test]
fn rooms_use_each_other_in_one_direction_only() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some(room) = ROOMS.iter().find(|room| room.name == source.room()) else { continue };
        for path in source.paths() {
            let (used, item) = path.split_once("::").unwrap_or((&path, ""));
            if used == room.name.trim_end_matches(".rs") || room.calls.contains(&used) {
                continue;
            }
            if !room.types.contains(&used) {
                broken.push(format!("src/{}: uses `crate::{used}`: {}", source.file, room.rule()));
            } else if let Some(called) = called(&source.code, item) {
                broken.push(format!("src/{}: `{used}::{called}`: of `{used}` it may use types only", source.file));
            }
        }
    }
    assert_none("only `run`, and what stands beside the flow, calls steps", &broken);
}

/// What a path to another step's thing calls, if that is no type, or its type is called by an associated function.
fn called(code: &str, item: &str) -> Option<String> {
    let is_type = |name: &str| name.starts_with(char::is_uppercase);
    let named: Vec<&str> = item.split("::").filter(|part| *part != "self").collect();
    let last = named.last().copied().unwrap_or_default();
    if !is_type(last) {
        return Some(item.to_string());
    }
    let start = format!("{last}::");
    let after = code.match_indices(&start).map(|(index, start)| &code[index + start.len()..]);
    let function = |rest: &str| {
        let name =
            &rest[..rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(rest.len())];
        (!is_type(name) && rest[name.len()..].starts_with('(') && !CONSTRUCTORS.contains(&name))
            .then(|| format!("{last}::{name}"))
    };
    after.filter_map(function).next()
}

#[test]
fn only_some_rooms_print_read_a_clock_and_touch_files() {
    let mut broken = Vec::new();
    for source in sources() {
        for (words, allowed, rule) in WORDS {
            for word in words.iter().filter(|_| !allowed.iter().any(|place| source.file.starts_with(place))) {
                if source.code.contains(word) {
                    broken.push(format!("src/{}: `{word}`: {rule}", source.file));
                }
            }
        }
    }
    assert_none("fences are broken", &broken);
}

#[test]
fn every_function_stands_on_one_screen() {
    let too_long = |source: &Source| -> Vec<String> {
        let long = functions(&source.code).into_iter().filter(|(_, body)| {
            let is_one_match = body.trim_start().starts_with("match ");
            lines_of(body) > if is_one_match { 2 * SCREEN } else { SCREEN }
        });
        long.map(|(name, body)| format!("src/{}: `{name}`: {} lines", source.file, lines_of(body))).collect()
    };
    let sources = sources();
    assert!(
        sources.iter().map(|source| functions(&source.code).len()).sum::<usize>() > 1_000,
        "functions are not seen"
    );
    let broken: Vec<String> = sources.iter().flat_map(too_long).collect();
    assert_none("a function stands on one screen; a flat `match` may take two", &broken);
}

/// Lines between a function's braces that one looks at without scrolling.
const SCREEN: usize = 40;

fn lines_of(body: &str) -> usize {
    body.trim().lines().count()
}

/// Name and body of every function that has one; functions within functions count with those around them, and by themselves.
fn functions(code: &str) -> Vec<(&str, &str)> {
    let starts = code.match_indices("fn ").filter(|(index, _)| {
        let before = code[..*index].chars().next_back();
        before.is_none_or(|letter| letter.is_whitespace() || letter == '(')
    });
    starts.filter_map(|(index, start)| body(&code[index + start.len()..])).collect()
}

fn body(rest: &str) -> Option<(&str, &str)> {
    let name = &rest[..rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))?];
    let open = rest.find('{')?;
    if name.is_empty() || rest.find(';').is_some_and(|end| end < open && !rest[..end].contains('[')) {
        return None;
    }
    let mut depth = 0_usize;
    for (index, letter) in rest[open..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return Some((name, &rest[open + 1..open + index])),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[test]
fn the_fences_see_what_they_are_to_see() {
    let seen = functions("fn one() { if x { 1 } }\ntrait T { fn none(&self); fn two() {} }\nlet f: fn(u8) = g;");
    assert_eq!(seen, [("one", " if x { 1 } "), ("two", "")]);
    assert_eq!(lines_of("\n    let a = 1;\n\n    a\n"), 3);
    assert!(finds("use polars::prelude::*;", "polars::"));
    assert!(finds("let x = polars::df();", "polars::"));
    assert!(!finds("use my_polars::x;", "polars::"));
    assert!(!finds("crate::csv::read()", "csv::"));
    assert_eq!(called("", "RawBatch"), None);
    assert_eq!(called("", "kinds::Kind::Text"), None);
    assert_eq!(called("", "read_source").as_deref(), Some("read_source"));
    assert_eq!(called("", "Foo::do_it").as_deref(), Some("Foo::do_it"));
    assert_eq!(called("use crate::ingest::Foo; Foo::do_it()", "Foo").as_deref(), Some("Foo::do_it"));
    assert_eq!(called("Foo::default()", "Foo"), None);
}
