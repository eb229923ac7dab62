//! Production code as the fences read it: without comments, contents of strings and tests, and which files its paths name.

use std::collections::BTreeMap;
use std::path::Path;

use crate::kit::bench::root;
use crate::kit::files_below;

/// A file of `src/`.
pub struct Source {
    /// Path below `src/`, with `/`.
    pub file: String,
    /// Without comments, contents of strings, and tests.
    pub code: String,
    /// Up to its tests, as it stands.
    pub text: String,
}

impl Source {
    pub fn of(file: &str, text: &str) -> Source {
        let mark = "#[cfg(test)]\n";
        let is_module =
            |index: usize| text[index + mark.len()..].lines().next().is_some_and(|line| line.contains("mod tests {"));
        let end =
            text.match_indices(mark).map(|(index, _)| index).find(|index| is_module(*index)).unwrap_or(text.len());
        Source { file: file.to_string(), code: without_tests(&bare(text)), text: text[..end].to_string() }
    }

    /// Folder or file directly below `src/`.
    pub fn room(&self) -> &str {
        self.file.split('/').next().unwrap_or(&self.file)
    }

    /// Names of the modules from the root to this one; none for `lib.rs`.
    pub fn module(&self) -> Vec<&str> {
        let stem = self.file.trim_end_matches(".rs").trim_end_matches("/mod");
        if ["lib", "main"].contains(&stem) { Vec::new() } else { stem.split('/').collect() }
    }

    /// Everything that follows `crate::`, `super::` and `self::`, and what begins with a child's name, as a path from
    /// the root with braces written out: `crate::{a::B, c}` → `a::B`, `c`.
    pub fn paths(&self) -> Vec<String> {
        let module = self.module();
        let mut paths = expanded(&self.code, "crate", &[]);
        paths.extend(expanded(&self.code, "self", &module));
        for up in 1..=module.len() {
            paths.extend(expanded(&self.code, &["super"].repeat(up).join("::"), &module[..module.len() - up]));
        }
        let children = self.code.split("mod ").skip(1).filter_map(|rest| rest.split_once(';'));
        for child in children.map(|(name, _)| name).filter(|name| is_word(name)) {
            let below: Vec<&str> = module.iter().copied().chain([child]).collect();
            paths.extend(expanded(&self.code, child, &below));
        }
        paths
    }
}

/// All production files, in order.
pub fn sources() -> Vec<Source> {
    let files: BTreeMap<String, String> = files_below(&root().join("src"))
        .into_iter()
        .filter(|(name, _)| name.ends_with(".rs"))
        .map(|(name, bytes)| (name.replace('\\', "/"), String::from_utf8(bytes).expect("a source file is text")))
        .collect();
    assert!(files.len() > 20, "the sources are not where the test looks for them");
    let tests: Vec<String> = files.iter().flat_map(|(file, text)| test_modules(file, text)).collect();
    let is_test =
        |file: &String| tests.iter().any(|test| file == test || file.starts_with(&format!("{}/", stem(test))));
    let production = files.iter().filter(|(file, _)| !is_test(file));
    production.map(|(file, text)| Source::of(file, text)).collect()
}

fn stem(file: &str) -> &str {
    file.trim_end_matches(".rs").trim_end_matches("/mod")
}

/// Files that stand behind `#[cfg(test)] mod name;`, as `name.rs` and `name/mod.rs`.
pub fn test_modules(file: &str, text: &str) -> Vec<String> {
    let folder = match Path::new(file).file_name().and_then(|name| name.to_str()) {
        Some("mod.rs" | "lib.rs" | "main.rs") => file.rsplit_once('/').map_or("", |(folder, _)| folder),
        _ => file.trim_end_matches(".rs"),
    };
    let after = text.split("#[cfg(test)]").skip(1).filter_map(|rest| rest.trim_start().strip_prefix("mod "));
    let names = after.filter_map(|rest| rest.split_once(';').map(|(name, _)| name)).filter(|name| is_word(name));
    let below = |name: String| if folder.is_empty() { name } else { format!("{folder}/{name}") };
    names.flat_map(|name| [below(format!("{name}.rs")), below(format!("{name}/mod.rs"))]).collect()
}

pub fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Rust without comments and without what stands in strings and characters.
pub fn bare(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (kept, length) = token(rest, code.chars().next_back());
        if length > 0 {
            code.push_str(kept);
            rest = &rest[length..];
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    code
}

/// What stays of a comment, string or character at the beginning of a text, and its length; nothing of length 0 is none.
fn token(text: &str, before: Option<char>) -> (&'static str, usize) {
    let ends = |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    let in_word = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let hashes = text.strip_prefix('r').map_or(0, |raw| raw.len() - raw.trim_start_matches('#').len());
    if text.starts_with("//") {
        ("", text.find('\n').unwrap_or(text.len()))
    } else if text.starts_with("/*") {
        ("", ends(2, "*/"))
    } else if !in_word && text.starts_with('r') && text[1 + hashes..].starts_with('"') {
        ("\"\"", ends(2 + hashes, &format!("\"{}", "#".repeat(hashes))))
    } else if let Some(quoted) = text.strip_prefix('"') {
        ("\"\"", 1 + escaped_until(quoted, '"'))
    } else if text.starts_with("'\\") || (text.starts_with('\'') && text.chars().nth(2) == Some('\'')) {
        ("' '", 1 + escaped_until(&text[1..], '\''))
    } else {
        ("", 0)
    }
}

/// Bytes up to and with the first `end` that no backslash escapes.
fn escaped_until(text: &str, end: char) -> usize {
    let mut escaped = false;
    for (index, letter) in text.char_indices() {
        if letter == end && !escaped {
            return index + letter.len_utf8();
        }
        escaped = letter == '\\' && !escaped;
    }
    text.len()
}

/// Bare code without the items behind `#[cfg(test)]`.
pub fn without_tests(code: &str) -> String {
    let mut pieces = code.split("#[cfg(test)]");
    let mut kept = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        kept.push_str(&piece[end_of_item(piece)..]);
    }
    kept
}

/// Where an item ends: at its `;`, or at the brace that closes it.
fn end_of_item(code: &str) -> usize {
    let mut depth = 0_i32;
    for (index, letter) in code.char_indices() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 && (letter == ';' || letter == '}') {
            return index + 1;
        }
    }
    code.len()
}

/// Paths that begin with a word, `crate` or `super::super`, written out below `base`.
fn expanded(code: &str, word: &str, base: &[&str]) -> Vec<String> {
    let start = format!("{word}::");
    let mut paths = Vec::new();
    for (index, _) in code.match_indices(&start) {
        let before = code[..index].chars().next_back();
        let is_inside = |letter: char| letter.is_alphanumeric() || "_:.$".contains(letter);
        let rest = &code[index + start.len()..];
        // How far a thing may be seen is no use of what it is seen from.
        if code[..index].ends_with("pub(in ") {
            continue;
        }
        if before.is_none_or(|letter| !is_inside(letter)) && !rest.starts_with("super::") {
            expand(&base.iter().map(|name| format!("{name}::")).collect::<String>(), rest, &mut paths);
        }
    }
    paths
}

/// Reads one path or one brace group; gives how many bytes it took.
fn expand(prefix: &str, text: &str, paths: &mut Vec<String>) -> usize {
    let is_part = |letter: char| letter.is_alphanumeric() || "_:$".contains(letter);
    let word = text.find(|letter: char| !is_part(letter)).unwrap_or(text.len());
    let path = format!("{prefix}{}", &text[..word]);
    if !text[word..].starts_with('{') {
        // `x::y: Type` ends before the colon, `name as other` after the name.
        paths.push(path.trim_end_matches(':').to_string());
        let renamed = text[word..]
            .strip_prefix(" as ")
            .map_or(0, |rest| 4 + rest.find(|letter: char| !is_part(letter)).unwrap_or(rest.len()));
        return word + renamed;
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
fn code_is_read_without_comments_strings_and_tests() {
    let expected = "a \n\"\"  ' ' ' ' \"\" <'a>";
    assert_eq!(bare("a // println!\n\"http://b \\\" {\" /* x */ 'c' '\\'' r#\"q\"w\"# <'a>"), expected);
    assert_eq!(without_tests("a #[cfg(test)]\nmod tests { b { c } } d #[cfg(test)] use x; e"), "a  d  e");
    let hidden = test_modules("draw/mod.rs", "#[cfg(test)]\nmod samples;\n#[cfg(test)]\nmod tests {");
    assert_eq!(hidden, ["draw/samples.rs", "draw/samples/mod.rs"]);
}

#[test]
fn paths_are_written_out_from_the_root() {
    let code = "mod c;\nuse crate::{ingest::{self, RawBatch}, run};\ncrate::store::write(x); use super::d::E as F; c::go(); \
                super::super::z::y()";
    let source = Source::of("a/b.rs", code);
    let expected = ["ingest::self", "ingest::RawBatch", "run", "store::write", "a::d::E", "z::y", "a::b::c::go"];
    assert_eq!(source.paths(), expected);
}
