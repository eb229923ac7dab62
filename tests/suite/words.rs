//! Every text that a person reads stands in `src/words/` and is found by its key; keys, names and calls agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};

use super::fences::{Source, sources};

/// The texts of one language by their keys.
type Texts = BTreeMap<String, Said>;

/// What a text asks of its calls.
#[derive(Debug, PartialEq)]
struct Said {
    /// The names that stand in it.
    names: BTreeSet<String>,
    /// It is one line and nothing is filled in.
    is_plain: bool,
}

/// The rooms in which no sentence stands in code. In the others, where what is measured, drawn and written is also named and
/// set, none is given to a diagnostic.
const ROOMS: [&str; 14] = [
    "diagnostic.rs",
    "dialog.rs",
    "vocabulary",
    "job",
    "ingest",
    "normalise",
    "store",
    "protect",
    "published",
    "run",
    "inspect",
    "diff",
    "explain",
    "cli",
];

/// Names of things, the same in every language: compared with what data hold, or written for programs in JSON.
const NAMES: [&str; 38] = [
    "stdout",
    // of what the reader of TOML has said
    "array elements",
    "must be quoted",
    "kvalis job file",
    // of formats, of what a column looks like, and of what is common in exports
    "delimited text",
    "date cell",
    "narrow no-break space",
    "names of persons, by their form",
    "phone number",
    "postal address",
    "alla kommuner",
    "samtliga kommuner",
    "ovägt medel",
    "min – max",
    "min - max",
    "uppgift saknas",
    "ej angett",
    "ej angiv",
    "vet ej",
    "okänd kategori",
    "okänd enhet",
    "month {months}",
    // of what a column is declared as, and of the columns of rejects.csv
    "not declared",
    "yes or no",
    "category of a list",
    "open category",
    "text, masked",
    "text, not masked",
    "att göra",
    // of fates, of causes, of nothing and of what may be published
    "all other files",
    "not kept",
    "not read",
    "no data",
    "total row",
    "outside the period",
    "rejected: {}",
    "another year",
    "not applicable",
];

/// Reads the `.ftl` files of a folder; what is wrong with them is told beside.
fn texts_of(folder: &Path) -> (Texts, Vec<String>) {
    let (mut texts, mut problems) = (Texts::new(), Vec::new());
    let files = std::fs::read_dir(folder).expect("a folder of texts can be read");
    for file in files.map(|file| file.expect("a file of the folder").path()) {
        let room = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let content = std::fs::read_to_string(&file).expect("a file of texts is text");
        match fluent_syntax::parser::parse(content.as_str()) {
            Err((_, errors)) => problems.push(format!("{}: {errors:?}", file.display())),
            Ok(resource) => {
                for entry in &resource.body {
                    problems
                        .extend(add(entry, &room, &mut texts).map(|problem| format!("{}: {problem}", file.display())));
                }
            }
        }
    }
    (texts, problems)
}

/// Takes in one entry of a room's file, or says what is wrong with it.
fn add(entry: &Entry<&str>, room: &str, texts: &mut Texts) -> Option<String> {
    let message = match entry {
        Entry::Message(message) => message,
        Entry::Term(term) => return Some(format!("-{}: only plain texts are looked up", term.id.name)),
        _ => return None,
    };
    let Message { id, value: Some(value), attributes, .. } = message else {
        return Some(format!("{} has no text", message.id.name));
    };
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !id.name.strip_prefix(room).is_some_and(|rest| rest.starts_with('-')) || !id.name.split('-').all(is_word) {
        return Some(format!("{} is not spelt `{room}-what-it-says`", id.name));
    }
    if !attributes.is_empty() {
        return Some(format!("{} has attributes; only plain texts are looked up", id.name));
    }
    let mut names = BTreeSet::new();
    collect_names(value, &mut names);
    let is_plain = matches!(value.elements[..], [PatternElement::TextElement { .. }]);
    texts.insert(id.name.to_string(), Said { names, is_plain }).map(|_| format!("{} stands twice", id.name))
}

fn collect_names(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => collect_name(inline, names),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                collect_name(selector, names);
                variants.iter().for_each(|variant| collect_names(&variant.value, names));
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn collect_name(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_string());
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("the texts use names, literals and choices only, not {other:?}"),
    }
}

/// What a second language lacks, has too much, or fills otherwise.
fn differences(first: &Texts, second: &Texts) -> Vec<String> {
    let missing = first.keys().filter(|key| !second.contains_key(*key)).map(|key| format!("{key} is missing"));
    let unknown = second.keys().filter(|key| !first.contains_key(*key)).map(|key| format!("{key} is not asked for"));
    let filled = first.iter().filter_map(|(key, Said { names, .. })| {
        let others = &second.get(key).filter(|others| others.names != *names)?.names;
        Some(format!("{key} is filled with {names:?}, not with {others:?}"))
    });
    missing.chain(unknown).chain(filled).collect()
}

/// A piece of Rust, as far as calls and texts need it.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// The tokens of a source, each with its line. Comments and characters are left out.
fn tokens(code: &str) -> Vec<(usize, Token)> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (code, 1);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => text_length(rest),
            'r' if raw_hashes(rest).is_some() => raw_length(rest, raw_hashes(rest).unwrap_or(0)),
            '\'' => character_length(rest),
            letter if letter.is_alphanumeric() || letter == '_' => {
                rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len())
            }
            sign => sign.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        let begins = line;
        line += piece.matches('\n').count();
        let token = match first {
            '"' => Token::Text(piece[1..piece.len() - 1].to_string()),
            'r' if piece.ends_with(['"', '#']) => Token::Text(piece.trim_matches(['r', '#', '"']).to_string()),
            letter if letter.is_alphanumeric() || letter == '_' => Token::Word(piece.to_string()),
            _ if piece.chars().count() > 1 || first.is_whitespace() => continue,
            sign => Token::Sign(sign),
        };
        found.push((begins, token));
    }
    found
}

/// `"…"` with its quotes; `\"` is no end.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, letter)| {
        let is_end = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        is_end
    });
    end.map_or(rest.len(), |(index, _)| index + 1)
}

/// The number of `#` of a raw text, if one begins here.
fn raw_hashes(rest: &str) -> Option<usize> {
    let after = rest[1..].trim_start_matches('#');
    after.starts_with('"').then(|| rest.len() - 1 - after.len())
}

fn raw_length(rest: &str, hashes: usize) -> usize {
    let end = format!("\"{}", "#".repeat(hashes));
    rest[hashes + 2..].find(&end).map_or(rest.len(), |index| hashes + 2 + index + end.len())
}

/// `'x'`, `'\n'`, or the one sign before a lifetime's name.
fn character_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(1, |end| end + 4),
        Some(_) => letters.next().filter(|(_, letter)| *letter == '\'').map_or(1, |(index, _)| index + 1),
        None => 1,
    }
}

/// One `say!(…)`, `printed!(…)` or `word!(…)`.
struct Call {
    place: String,
    macro_name: String,
    key: String,
    names: BTreeSet<String>,
}

/// The calls in a source; `file` is its path below `src/`.
fn calls_in(file: &str, code: &str) -> Vec<Call> {
    let tokens = tokens(code);
    let begins = tokens.windows(4).enumerate().filter_map(|(index, window)| match window {
        [(line, Token::Word(name)), (_, Token::Sign('!')), (_, Token::Sign('(')), (_, Token::Text(key))]
            if ["say", "printed", "word"].contains(&name.as_str()) =>
        {
            Some((index, *line, name, key))
        }
        _ => None,
    });
    begins
        .map(|(index, line, name, key)| Call {
            place: format!("src/{file}:{line}"),
            macro_name: name.clone(),
            key: key.clone(),
            names: names_of(&tokens[index + 4..]),
        })
        .collect()
}

/// The names after a call's key: each word that follows a comma of the call itself.
fn names_of(tokens: &[(usize, Token)]) -> BTreeSet<String> {
    let mut depth = 1;
    let mut names = BTreeSet::new();
    for (index, (_, token)) in tokens.iter().enumerate() {
        match token {
            Token::Sign('(' | '[' | '{') => depth += 1,
            Token::Sign(')' | ']' | '}') if depth == 1 => break,
            Token::Sign(')' | ']' | '}') => depth -= 1,
            Token::Sign(',') if depth == 1 => {
                // A name that is given twice would hide the other that was meant: it agrees with no text.
                if let Some((_, Token::Word(name))) = tokens.get(index + 1)
                    && !names.insert(name.clone())
                {
                    names.insert(format!("{name}, twice"));
                }
            }
            _ => {}
        }
    }
    names
}

/// What is wrong between the calls of macros and the texts that they look up.
fn disagreements(calls: &[Call], macros: &[&str], texts: &Texts) -> Vec<String> {
    let calls = || calls.iter().filter(|call| macros.contains(&call.macro_name.as_str()));
    let wrong = calls().filter_map(|call| match texts.get(&call.key) {
        None => Some(format!("{}: there is no text `{}`", call.place, call.key)),
        Some(Said { is_plain: false, .. }) if call.macro_name == "word" => {
            Some(format!("{}: `{}` is no word that stands in one line as it is said", call.place, call.key))
        }
        Some(Said { names, .. }) if *names != call.names => {
            Some(format!("{}: `{}` is filled with {names:?}, not with {:?}", call.place, call.key, call.names))
        }
        Some(_) => None,
    });
    let used: BTreeSet<&String> = calls().map(|call| &call.key).collect();
    let unused = texts.keys().filter(|key| !used.contains(key)).map(|key| format!("nobody says `{key}`"));
    wrong.chain(unused).collect()
}

/// Texts in code that belong in the catalogue: whatever is given to a diagnostic, and in `ROOMS` whatever reads as a
/// sentence.
fn texts_in_code(file: &str, code: &str) -> Vec<String> {
    let says_nothing = file.split('/').next().is_some_and(|room| ROOMS.contains(&room));
    let tokens = tokens(code);
    let mut around: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for (index, (line, token)) in tokens.iter().enumerate() {
        match token {
            Token::Sign('(' | '[' | '{') => around.push(called(&tokens[..index])),
            Token::Sign(')' | ']' | '}') => drop(around.pop()),
            Token::Sign(',') => {
                // What was done when the machine refused is a text; the file that it was done to is none.
                around.last_mut().filter(|name| *name == "::io").map(std::mem::take);
            }
            Token::Text(text) if is_told(text, &around, says_nothing) => {
                found.push(format!("src/{file}:{line}: \"{text}\""))
            }
            _ => {}
        }
    }
    found
}

/// What is called by the bracket that follows: `::error`, `.help`, `say!`, `Some`; `#` of an attribute.
fn called(before: &[(usize, Token)]) -> String {
    let at = |back: usize| before.len().checked_sub(back).map(|index| &before[index].1);
    match (at(3), at(2), at(1)) {
        (_, Some(Token::Word(name)), Some(Token::Sign('!'))) => format!("{name}!"),
        (Some(Token::Sign(':')), Some(Token::Sign(':')), Some(Token::Word(name))) => format!("::{name}"),
        (_, Some(Token::Sign('.')), Some(Token::Word(name))) => format!(".{name}"),
        (_, _, Some(Token::Word(name))) => name.clone(),
        (_, _, Some(Token::Sign('#'))) => "#".to_string(),
        _ => String::new(),
    }
}

/// Calls whose texts are keys, or are for us.
const NOT_TOLD: [&str; 10] =
    ["say!", "printed!", "word!", ".expect", "::internal", "assert!", "debug_assert!", "panic!", "unreachable!", "#"];

/// Calls whose texts are told, were it one word.
const TOLD: [&str; 5] = ["::error", "::warning", "::io", ".help", ".more"];

fn is_told(text: &str, around: &[String], says_nothing: bool) -> bool {
    let within = |calls: &[&str]| around.iter().any(|name| calls.contains(&name.as_str()));
    let is_letters = |word: &&str| word.len() > 1 && word.chars().all(|letter| letter.is_lowercase());
    let words = text.split([' ', ',', ':', ';', '.']).filter(is_letters).count();
    let is_sentence = text.contains(' ') && (words > 1 || words == 1 && text.contains('{'));
    match () {
        () if within(&NOT_TOLD) || NAMES.contains(&text) => false,
        () if within(&TOLD) => text.contains(char::is_alphabetic),
        () => says_nothing && is_sentence,
    }
}

/// Where Swedish is data and no text: what stands there is compared with exports, templates or job files, or is a sample
/// that only tests draw.
const SWEDISH_DATA: [(&str, &str); 21] = [
    ("cli/init.rs", "the mark of a question in a job file that `init` has written"),
    ("domain/minimum_answers.rs", "names of surveys"),
    ("domain/period.rs", "the name of a quality year, by which texts find it"),
    ("domain/personal_data/", "what personal data look like"),
    ("domain/words.rs", "words that templates ask for by number, and the name of a quality year"),
    ("draw/dot.rs", "samples"),
    ("draw/grouped_bar.rs", "samples"),
    ("draw/heat.rs", "samples"),
    ("draw/line.rs", "samples"),
    ("draw/multiples.rs", "samples"),
    ("draw/ranked_bar.rs", "samples"),
    ("draw/stacked_bar.rs", "samples"),
    ("draw/strip/mod.rs", "samples"),
    ("inspect/", "what is common in exports"),
    ("job/", "what a job says by default: names of groups and nouns, and words of its own texts"),
    ("measure/indicator/mod.rs", "how a period is recognised by its name"),
    ("measure/mismatch/compile.rs", "answers in exports"),
    ("run/own_texts.rs", "the line of a chapter's own text that says its year"),
    ("run/rejects.rs", "names of columns, the same in every language"),
    ("write/docx/styles.rs", "names of styles, by which a template's own are found"),
    ("write/untested.rs", "words that a template may not use on its own"),
];

/// Swedish in code: a text with the letters of Swedish, or one that the catalogue has already.
fn swedish_in_code(file: &str, code: &str, catalogue: &BTreeSet<String>) -> Vec<String> {
    let is_swedish = |text: &str| {
        text.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö'])
            || catalogue.contains(text) && (text.contains(' ') || text.starts_with(char::is_uppercase))
    };
    let tokens = tokens(code);
    let mut found = Vec::new();
    for (index, (line, token)) in tokens.iter().enumerate() {
        let Token::Text(text) = token else { continue };
        let is_for_us = index > 1 && [".expect", "::internal"].contains(&called(&tokens[..index - 1]).as_str());
        if is_swedish(text) && !is_for_us {
            found.push(format!("src/{file}:{line}: \"{text}\""));
        }
    }
    found
}

/// The Swedish texts in which nothing is filled in.
fn catalogue() -> BTreeSet<String> {
    let files = std::fs::read_dir(words_folder("sv")).expect("our texts").map(|file| file.expect("a file").path());
    let lines: String = files.map(|file| std::fs::read_to_string(file).expect("a text")).collect();
    let texts = lines.lines().filter_map(|line| line.split_once(" = ")).map(|(_, text)| text.to_string());
    texts.filter(|text| !text.contains('{')).collect()
}

fn words_folder(language: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words").join(language)
}

fn all_calls() -> Vec<Call> {
    sources().iter().flat_map(|source| calls_in(&source.file, &source.text)).collect()
}

#[test]
fn every_text_that_is_said_is_there_and_every_text_that_is_there_is_said() {
    let calls = all_calls();
    let mut problems = Vec::new();
    for (macros, language) in [(&["say"][..], "en"), (&["printed", "word"], "sv")] {
        let (texts, wrong) = texts_of(&words_folder(language));
        problems.extend(wrong);
        problems.extend(disagreements(&calls, macros, &texts));
    }
    assert!(problems.is_empty(), "texts and calls disagree:\n{}", problems.join("\n"));
}

#[test]
fn a_diagnostic_says_nothing_that_stands_in_code() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| !source.file.contains("/tests/"))
        .flat_map(|source| texts_in_code(&source.file, &source.text))
        .collect();
    assert!(found.is_empty(), "these texts belong in src/words:\n{}", found.join("\n"));
}

#[test]
fn no_swedish_text_stands_in_code() {
    let is_test = |file: &str| file.contains("/tests") || file.contains("_tests.rs") || file.contains("fixtures");
    let (catalogue, sources) = (catalogue(), sources());
    let production = sources.iter().filter(|source| !is_test(&source.file) && !source.file.starts_with("words/"));
    let is_data = |file: &str| SWEDISH_DATA.iter().any(|(path, _)| file.starts_with(path)) || file.contains("samples");
    let (data, texts): (Vec<&Source>, Vec<&Source>) = production.partition(|source| is_data(&source.file));
    let swedish = |source: &Source| swedish_in_code(&source.file, &source.text, &catalogue);
    let found: Vec<String> = texts.into_iter().flat_map(swedish).collect();
    assert!(found.is_empty(), "these texts belong in src/words/sv:\n{}", found.join("\n"));
    for (path, reason) in SWEDISH_DATA {
        let is_there = data.iter().any(|source| source.file.starts_with(path) && !swedish(source).is_empty());
        assert!(is_there, "{path} has no Swedish any more ({reason}): take it off the list");
    }
    let code = "column(\"count\", \"Antal\"); say(\"färre\"); x.expect(\"å\")";
    assert_eq!(swedish_in_code("x.rs", code, &catalogue), ["src/x.rs:1: \"Antal\"", "src/x.rs:1: \"färre\""]);
}

#[test]
fn a_second_language_is_held_to_the_first_ones_keys_and_names() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (first, _) = texts_of(&words_folder("en"));
    for file in std::fs::read_dir(words_folder("en")).expect("our texts") {
        let file = file.expect("a file").path();
        std::fs::copy(&file, folder.path().join(file.file_name().expect("a name"))).expect("copied");
    }
    let (second, problems) = texts_of(folder.path());
    assert_eq!((differences(&first, &second), problems), (Vec::new(), Vec::new()));

    let translated = "diagnostic-io = { $doing } gick inte\ndiagnostic-ny = ny\nandra-rum = fel rum\n";
    std::fs::write(folder.path().join("diagnostic.ftl"), translated).expect("written");
    let (second, problems) = texts_of(folder.path());
    let differences = differences(&first, &second);
    assert!(differences.contains(&"diagnostic-bug-help is missing".to_string()), "{differences:?}");
    assert!(differences.contains(&"diagnostic-ny is not asked for".to_string()), "{differences:?}");
    assert!(differences.iter().any(|told| told.starts_with("diagnostic-io is filled with")), "{differences:?}");
    assert!(
        problems.iter().any(|told| told.ends_with("andra-rum is not spelt `diagnostic-what-it-says`")),
        "{problems:?}"
    );
}

#[test]
fn calls_are_seen_as_they_are_written() {
    let code = "// say!(\"no\")\nlet x = say!(\n    \"a-b\",\n    n = f(a, b)?,\n    'x',\n    file,\n);";
    let calls = calls_in("x.rs", code);
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].place.as_str(), calls[0].key.as_str()), ("src/x.rs:2", "a-b"));
    assert_eq!(calls[0].names, BTreeSet::from(["file".to_string(), "n".to_string()]));
    let told = "Diagnostic::error(code, format!(\"{x} is {y}\"), at).help(say!(\"a-b\")).more(\"r\")";
    assert_eq!(texts_in_code("x.rs", told), ["src/x.rs:1: \"{x} is {y}\"", "src/x.rs:1: \"r\""]);
    let expected = [
        (1, Token::Text("a\"b".to_string())),
        (1, Token::Sign('\'')),
        (1, Token::Word("a".to_string())),
        (1, Token::Text("\\\"".to_string())),
    ];
    assert_eq!(tokens("r#\"a\"b\"# 'a '\\'' \"\\\"\""), expected);
}
