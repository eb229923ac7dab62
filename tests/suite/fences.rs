//! Who may use whom: reads the sources and fails with the text of the rule that is broken.

use std::path::{Path, PathBuf};

/// Crates and the only folders (or files) of `src/` that may name them.
const CRATES: [(&[&str], &[&str]); 14] = [
    (&["clap", "clap_complete", "clap_mangen", "indicatif"], &["cli"]),
    (&["calamine", "encoding_rs", "chardetng"], &["ingest"]),
    (&["csv"], &["ingest", "run", "published"]),
    (&["arrow", "parquet"], &["normalise", "store"]),
    (&["polars"], &["measure"]),
    (&["plotters", "resvg"], &["draw"]),
    (&["minijinja", "pulldown_cmark"], &["write"]),
    (&["zip", "roxmltree", "hypher"], &["write"]),
    (&["typst", "typst_layout", "typst_pdf"], &["write"]),
    (&["toml"], &["vocabulary", "job"]),
    (&["schemars"], &["vocabulary", "measure", "job"]),
    (&["microlp"], &["protect"]),
    (&["fluent_bundle"], &["words"]),
    (&["mimalloc"], &["main.rs"]),
];

/// What each module may import of this crate; of those marked `types`, only types.
const MODULES: [(&str, &[&str], &[&str]); 17] = [
    ("words", &["words"], &[]),
    ("diagnostic.rs", &[], &[]),
    ("domain", &["diagnostic", "domain"], &[]),
    ("vocabulary", &["diagnostic", "domain", "vocabulary"], &[]),
    ("job", &["diagnostic", "domain", "vocabulary", "measure", "job"], &[]),
    // What a run leaves, written and read.
    ("published", &["diagnostic", "domain", "job", "published"], &[]),
    ("stats", &["domain", "stats"], &[]),
    ("ingest", &["diagnostic", "domain", "vocabulary", "ingest"], &[]),
    ("store", &["diagnostic", "domain", "vocabulary", "store"], &[]),
    ("normalise", &["diagnostic", "domain", "vocabulary", "store", "normalise"], &["ingest"]),
    ("measure", &["diagnostic", "domain", "vocabulary", "stats", "store", "measure"], &[]),
    ("protect", &["diagnostic", "domain", "job", "stats", "protect"], &["measure"]),
    ("draw", &["diagnostic", "domain", "job", "draw"], &["measure", "protect"]),
    ("write", &["diagnostic", "domain", "job", "published", "write"], &["draw", "measure", "protect"]),
    ("inspect", &["diagnostic", "domain", "vocabulary", "job", "normalise", "inspect"], &["ingest"]),
    // Reads what a run has left, and prints its page as `write` prints a report.
    ("diff", &["diagnostic", "domain", "vocabulary", "job", "published", "store", "write", "diff"], &[]),
    // Like `run`, it calls steps.
    (
        "explain",
        &[
            "diagnostic",
            "domain",
            "job",
            "ingest",
            "normalise",
            "store",
            "measure",
            "protect",
            "published",
            "write",
            "run",
            "explain",
        ],
        &[],
    ),
];

/// Words that only some folders may use.
const WORDS: [(&[&str], &[&str], &str); 3] = [
    (&["println!", "eprintln!", "print!(", "eprint!(", "dbg!"], &["cli"], "only `cli` prints"),
    (
        &["SystemTime", "Instant::now", "env::var", "Zoned::now", "Timestamp::now"],
        &["cli", "run", "main.rs"],
        "steps read no clock and no environment",
    ),
    (
        &["std::fs", "fs::read", "fs::write", "File::open", "File::create", ".is_file()", ".is_dir()"],
        &["cli", "diff", "explain", "ingest", "job", "published", "run", "store"],
        "what is measured, drawn and written touches no file: `run` reads beforehand and writes afterwards",
    ),
];

pub struct Source {
    /// Path below `src/`, with `/`.
    pub file: String,
    /// Code without comments, strings' contents and tests.
    pub code: String,
}

impl Source {
    /// Folder or file directly below `src/`.
    pub fn module(&self) -> &str {
        self.file.split('/').next().unwrap_or(&self.file)
    }
}

/// The production code of every file below `src/`.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 20, "the sources are not where the test looks for them");
    let read = |file: &PathBuf| std::fs::read_to_string(file).expect("a source file is text");
    let test_files: Vec<PathBuf> = files.iter().flat_map(|file| test_modules(file, &read(file))).collect();
    files
        .iter()
        .filter(|file| !test_files.contains(file))
        .map(|file| {
            let below = file.strip_prefix(&root).expect("the file was found below src");
            Source { file: below.to_string_lossy().replace('\\', "/"), code: code_of(&read(file)) }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources can be read").flatten() {
        match entry.path() {
            path if path.is_dir() => collect(&path, files),
            path if path.extension().is_some_and(|extension| extension == "rs") => files.push(path),
            _ => {}
        }
    }
}

/// Files that stand behind `#[cfg(test)] mod name;`.
fn test_modules(file: &Path, text: &str) -> Vec<PathBuf> {
    let folder = match file.file_name().and_then(|name| name.to_str()) {
        Some("mod.rs" | "lib.rs" | "main.rs") => file.parent().expect("a file has a folder").to_path_buf(),
        _ => file.with_extension(""),
    };
    let after = text.split("#[cfg(test)]").skip(1).filter_map(|rest| rest.trim_start().strip_prefix("mod "));
    let names = after.filter_map(|rest| rest.split_once(';').map(|(name, _)| name)).filter(|name| is_word(name));
    names.flat_map(|name| [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")]).collect()
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The code up to its tests, without comments.
fn code_of(text: &str) -> String {
    let mark = "#[cfg(test)]\n";
    let is_module =
        |index: usize| text[index + mark.len()..].lines().next().is_some_and(|line| line.contains("mod tests {"));
    let end = text.match_indices(mark).map(|(index, _)| index).find(|index| is_module(*index)).unwrap_or(text.len());
    let lines = text[..end].lines().map(|line| match line.find("//") {
        Some(start) if !line[..start].contains('"') => &line[..start],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Places where `word` stands on its own, not as the end of a longer word or path.
fn finds(code: &str, word: &str) -> bool {
    let before = |index: usize| code[..index].chars().next_back();
    code.match_indices(word).any(|(index, _)| {
        before(index)
            .is_none_or(|letter| !(letter.is_alphanumeric() || letter == '_' || letter == ':' || letter == '.'))
    })
}

/// Full paths that follow `crate::`, with braces written out: `crate::{a::B, c}` → `a::B`, `c`.
fn crate_paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (index, start) in code.match_indices("crate::") {
        let before = code[..index].chars().next_back();
        if before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_') {
            expand("", &code[index + start.len()..], &mut paths);
        }
    }
    paths
}

/// Reads one path or one brace group; gives how many bytes it took.
fn expand(prefix: &str, text: &str, paths: &mut Vec<String>) -> usize {
    let word =
        text.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':')).unwrap_or(text.len());
    let path = format!("{prefix}{}", &text[..word]);
    if !text[word..].starts_with('{') {
        paths.push(path);
        return word;
    }
    let mut at = word + 1;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty() && !rest.starts_with('}')) {
        let skipped = rest.len() - rest.trim_start_matches([',', ' ', '\n', '\t']).len();
        let taken = match &rest[skipped..] {
            rest if rest.starts_with('}') || rest.is_empty() => 0,
            rest => expand(&path, rest, paths).max(1),
        };
        at += skipped + taken;
        if skipped + taken == 0 {
            break;
        }
    }
    at + 1
}

#[test]
fn crates_stay_behind_their_fences() {
    let mut broken = Vec::new();
    for source in sources() {
        for (crates, allowed) in CRATES {
            for name in crates.iter().filter(|_| !allowed.contains(&source.module())) {
                let used = finds(&source.code, &format!("{name}::")) || finds(&source.code, &format!("use {name};"));
                if used {
                    broken.push(format!("src/{}: `{name}` belongs only in {}", source.file, allowed.join(" and ")));
                }
            }
        }
    }
    assert!(broken.is_empty(), "fences are broken:\n{}", broken.join("\n"));
}

#[test]
fn steps_use_each_other_in_one_direction_only() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some((_, all, types)) = MODULES.iter().find(|(module, _, _)| *module == source.module()) else { continue };
        for path in crate_paths(&source.code) {
            let (module, item) = path.split_once("::").unwrap_or((&path, ""));
            let last = item.rsplit("::").find(|part| !part.is_empty() && *part != "self").unwrap_or("");
            let is_type = item.split("::").any(|part| part.starts_with(char::is_uppercase));
            let rule = match () {
                () if all.contains(&module) => continue,
                () if types.contains(&module) && is_type => continue,
                () if types.contains(&module) => {
                    format!("imports `{module}::{last}`: only types cross from step to step")
                }
                () => format!("uses `crate::{module}`: {} may use {} only", source.module(), all.join(", ")),
            };
            broken.push(format!("src/{}: {rule}", source.file));
        }
    }
    assert!(broken.is_empty(), "only `run` calls steps:\n{}", broken.join("\n"));
}

#[test]
fn only_cli_prints_and_steps_read_no_clock() {
    let mut broken = Vec::new();
    for source in sources() {
        for (words, allowed, rule) in WORDS {
            for word in words.iter().filter(|_| !allowed.contains(&source.module())) {
                if source.code.contains(word) {
                    broken.push(format!("src/{}: `{word}`: {rule}", source.file));
                }
            }
        }
    }
    assert!(broken.is_empty(), "fences are broken:\n{}", broken.join("\n"));
}

#[test]
fn the_fences_see_what_they_are_to_see() {
    assert!(finds("use polars::prelude::*;", "polars::"));
    assert!(finds("let x = polars::df();", "polars::"));
    assert!(!finds("use my_polars::x;", "polars::"));
    assert!(!finds("crate::csv::read()", "csv::"));
    let paths = crate_paths("use crate::{ingest::{self, RawBatch}, run};\ncrate::store::write(x)");
    assert_eq!(paths, ["ingest::self", "ingest::RawBatch", "run", "store::write"]);
    let code = code_of("a // println!\n\"http://b\"\n#[cfg(test)]\nmod tests { println!() }");
    assert_eq!(code, "a \n\"http://b\"");
    let hidden = test_modules(Path::new("src/draw/mod.rs"), "#[cfg(test)]\nmod samples;\n#[cfg(test)]\nmod tests {");
    assert_eq!(hidden, [PathBuf::from("src/draw/samples.rs"), PathBuf::from("src/draw/samples/mod.rs")]);
}
