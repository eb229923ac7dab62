//! Cases on disk: `tests/cases/<area>/<case>/`, what is expected of them, and that none is forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kvalis::diagnostic::Code;
use serde::Deserialize as _;
use serde::de::value::{Error, StrDeserializer};

use super::bench::root;
use super::read::files_below;

/// One test a case: `cases! { "data", check: bad_date no_such_file }` checks the folders `data/bad-date` and
/// `data/no-such-file`. A folder of the area that is not in the list fails.
macro_rules! cases {
    ($area:literal, $check:path: $($case:ident)+) => {
        $(#[test] fn $case() { $check(&$crate::kit::case::folder($area, stringify!($case))); })+

        #[test]
        fn every_folder_is_a_case() {
            $crate::kit::case::are_all($area, &[$(stringify!($case)),+]);
        }
    };
}

pub fn cases() -> PathBuf {
    root().join("tests/cases")
}

/// The folder of a case, whose name in code has underscores.
pub fn folder(area: &str, case: &str) -> PathBuf {
    cases().join(area).join(case.replace('_', "-"))
}

/// A file of a case.
pub fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Holds a text against the stored one, or stores it.
pub fn expects(file: &Path, found: &str) {
    if std::env::var_os("KVALIS_BLESS").is_some() {
        fs::write(file, found).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    assert_eq!(found, read(file), "not what {} says; KVALIS_BLESS=1 accepts it", file.display());
}

/// A text that a test in Rust expects: `tests/cases/told/<name>`.
pub fn told(name: &str, found: &str) {
    expects(&cases().join("told").join(name), found);
}

/// The folders of an area are these and no others.
pub fn are_all(area: &str, known: &[&str]) {
    let known: BTreeSet<String> = known.iter().map(|case| case.replace('_', "-")).collect();
    assert_eq!(names_in(&cases().join(area)), known, "folders of tests/cases/{area} and its `cases!`");
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Areas whose folders a `cases!` lists; that of `help` is held against the program's commands.
const LISTED: [&str; 6] = ["cli", "data", "help", "job", "mistakes", "protect"];

/// Areas whose folders or files tests name themselves, and how.
const NAMED: [(&str, &[&str]); 3] = [
    ("bench", &["Bench::case(\"NAME\")", "Pair::of(\"NAME\"", "bench: NAME\n"]),
    ("told", &["told(\"NAME\"", "(\"NAME\", "]),
    ("write", &["tests/cases/write/NAME"]),
];

#[test]
fn every_folder_and_text_is_named_by_a_test() {
    let sources = ["src", "tests"].map(|part| files_below(&root().join(part)));
    let is_source = |name: &String| name.ends_with(".rs") || name.ends_with("commands.txt");
    let sources = sources.into_iter().flatten().filter(|(name, _)| is_source(name));
    let sources: Vec<String> = sources.map(|(_, bytes)| String::from_utf8(bytes).expect("text")).collect();
    for (area, forms) in NAMED {
        for name in names_in(&cases().join(area)) {
            let is_named = |form: &&str| sources.iter().any(|source| source.contains(&form.replace("NAME", &name)));
            assert!(forms.iter().any(is_named), "tests/cases/{area}/{name} is used by no test");
        }
    }
    let areas: BTreeSet<String> = LISTED.into_iter().chain(NAMED.map(|(area, _)| area)).map(String::from).collect();
    assert_eq!(names_in(&cases()), areas, "the areas of tests/cases");
}

/// Codes that nothing outside the program can provoke, the file whose test holds the message, and why.
const WITHOUT_CASE: [(&str, &str, &str); 3] = [
    ("too-long-cell", "src/ingest/workbook/sheet.rs", "a cell of four gigabytes"),
    ("internal", "src/diagnostic.rs", "a bug"),
    ("io", "src/diagnostic.rs", "what the system says of it differs between systems"),
];

/// Every code by its printed name: serde lists them all when it is asked for one that there is not.
fn codes() -> Vec<String> {
    let refused = Code::deserialize(StrDeserializer::<Error>::new("")).expect_err("there is no code without a name");
    let listed = refused.to_string();
    let names = listed.split('`').skip(3).step_by(2);
    let code = |name: &str| Code::deserialize(StrDeserializer::<Error>::new(name)).expect("a listed code");
    names.map(|name| code(name).name()).collect()
}

#[test]
fn every_code_has_a_case_that_expects_its_whole_message() {
    let expected = files_below(&cases()).into_iter().filter(|(name, _)| !name.contains("input/"));
    let texts: String = expected.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect();
    let codes = codes();
    assert!(codes.len() >= 50 && codes.contains(&"bad-date".to_string()), "{codes:?}");
    for code in codes {
        let is_told = texts.contains(&format!("error[{code}]: ")) || texts.contains(&format!("warning[{code}]: "));
        match WITHOUT_CASE.iter().find(|(name, ..)| *name == code) {
            Some((_, file, _)) if !is_told => {
                let source = read(&root().join(file));
                let tests = source.split("#[cfg(test)]").nth(1).unwrap_or_default();
                assert!(tests.contains(&format!("error[{code}]: ")), "{file} has no test of the message of {code}");
            }
            Some(_) => panic!("{code} has a case: take it off the list of those without"),
            None => assert!(is_told, "no case of tests/cases expects {code}"),
        }
    }
}
