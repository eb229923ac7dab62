//! The repository's own pages: a link leads somewhere, a path is there, a command names what exists.
//!
//! In: the Markdown at the top and in `docs/`, `packaging/` and `sample-data/`. Never: whether what they say is wise.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The anchor that Markdown readers give a heading.
pub fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).flat_map(char::to_lowercase).collect()
}

struct Page {
    /// Path below the project.
    file: PathBuf,
    links: Vec<String>,
    /// Inline code.
    code: Vec<String>,
    anchors: BTreeSet<String>,
    /// Lines of its `sh` blocks.
    commands: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Page {
    fn read(file: &Path) -> Page {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        let mut page = Page {
            file: file.to_path_buf(),
            links: Vec::new(),
            code: Vec::new(),
            anchors: BTreeSet::new(),
            commands: Vec::new(),
        };
        let (mut heading, mut in_shell) = (None, false);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.anchors.extend(heading.take().map(|text| slug(&text))),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => in_shell = &*kind == "sh",
                Event::End(TagEnd::CodeBlock) => in_shell = false,
                Event::Text(text) if in_shell => page.commands.extend(text.lines().map(str::to_string)),
                Event::Code(text) | Event::Text(text) if heading.is_some() => {
                    heading.as_mut().expect("a heading is open").push_str(&text);
                }
                Event::Code(text) => page.code.push(text.to_string()),
                _ => {}
            }
        }
        page
    }

    fn says(&self, what: &str, why: &str) -> String {
        format!("{}: `{what}` {why}", self.file.display())
    }
}

fn pages() -> Vec<Page> {
    let mut files = Vec::new();
    for folder in ["", "docs", "packaging", "sample-data"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder of the project").flatten() {
            let file = Path::new(folder).join(entry.file_name());
            if file.extension().is_some_and(|extension| extension == "md") {
                files.push(file);
            }
        }
    }
    files.sort();
    assert!(files.len() >= 5, "the pages are not where the test looks for them: {files:?}");
    files.iter().map(|file| Page::read(file)).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    for page in pages() {
        for link in page.links.iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = page.file.parent().unwrap_or(Path::new(""));
            let target = if file.is_empty() { page.file.clone() } else { folder.join(file) };
            if !root().join(&target).exists() {
                broken.push(page.says(link, "leads to no file"));
            } else if !anchor.is_empty() && !Page::read(&target).anchors.contains(anchor) {
                broken.push(page.says(link, "leads to no heading"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// A name with a placeholder is no path; the change log tells of what is gone.
#[test]
fn every_path_of_the_project_is_there() {
    const FOLDERS: [&str; 9] =
        [".ci/", "assets/", "benches/", "docs/", "packaging/", "pipelines/", "src/", "templates/", "tests/"];
    let mut broken = Vec::new();
    for page in pages().iter().filter(|page| !page.file.ends_with("CHANGELOG.md")) {
        for path in page.code.iter().filter(|code| FOLDERS.iter().any(|folder| code.starts_with(folder))) {
            let is_pattern = path.contains(['<', '*', '{', '…', ' ', ':']) || path.contains("/my-job");
            if !is_pattern && !root().join(path).exists() {
                broken.push(page.says(path, "is not there"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_command_names_what_exists() {
    let mut broken = Vec::new();
    for page in pages() {
        for line in &page.commands {
            let command = line.split(" # ").next().unwrap_or_default();
            for part in command.split(['|', '>', '&']).filter(|part| !part.trim().is_empty()) {
                broken.extend(wrong(part).map(|why| page.says(line, &why)));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What is wrong with a command, if anything is.
fn wrong(command: &str) -> Option<String> {
    let is_setting = |word: &&str| word.split_once('=').is_some_and(|(name, _)| name.chars().all(is_of_a_variable));
    let words: Vec<&str> = command.split_whitespace().skip_while(is_setting).collect();
    let (first, rest) = words.split_first()?;
    match *first {
        "kvalis" => unknown_option(&help(rest.first()?), rest),
        "cargo" => match rest.iter().position(|word| *word == "--") {
            Some(end) if rest[0] == "run" => unknown_option(&help(rest.get(end + 1)?), &rest[end + 1..]),
            _ => unknown_target(rest),
        },
        "git" => None,
        script => match std::fs::read_to_string(root().join(script)) {
            Ok(text) => unknown_option(&text, rest),
            // A word of prose, or the file that a command writes.
            Err(_) if !script.contains('/') => (!script.contains('.')).then(|| "is no command of the project".into()),
            Err(_) => Some(format!("names no script: {script}")),
        },
    }
}

fn is_of_a_variable(letter: char) -> bool {
    letter.is_ascii_uppercase() || letter == '_'
}

fn help(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kvalis")).args([command, "--help"]).output().expect("kvalis starts");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The first option that a help or a script does not know.
fn unknown_option(known: &str, words: &[&str]) -> Option<String> {
    if known.is_empty() {
        return Some("is no command of kvalis".into());
    }
    let is_of_a_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let known: BTreeSet<&str> = known.split(|letter| !is_of_a_word(letter)).collect();
    let mut options = words.iter().filter(|word| word.starts_with("--") && word.len() > 2);
    options.find(|option| !known.contains(**option)).map(|option| format!("has no option {option}"))
}

/// `--test suite` is a target of the manifest.
fn unknown_target(words: &[&str]) -> Option<String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is a text");
    let named = words.iter().skip_while(|word| **word != "--test").nth(1)?;
    (!manifest.contains(&format!("name = \"{named}\""))).then(|| format!("names no test: {named}"))
}

#[test]
fn the_checks_see_what_is_wrong() {
    assert_eq!(wrong("kvalis run my-job --fresh"), None);
    assert!(wrong("kvalis run my-job --frisk").is_some());
    assert!(wrong("kvalis walk my-job").is_some());
    assert!(wrong("cargo test --release --test swite").is_some());
    assert!(wrong("tests/no-such-script.sh").is_some());
    assert!(wrong("benches/run.sh --smoke").is_none() && wrong("benches/run.sh --smok").is_some());
}
