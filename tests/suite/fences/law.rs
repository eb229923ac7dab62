//! Paragraphs of the law stand in one template, where the day chooses them: nowhere else in what a report is made of.

use super::sources;
use crate::kit::bench::root;
use crate::kit::files_below;

/// Where they stand.
const CATALOGUE: &str = "templates/lag.md";

/// How collections of statutes are called, and the two laws by their numbers.
const STATUTES: [&str; 5] = ["SOSFS", "HSLF-FS", "SFS 2", "2001:453", "2025:400"];

/// What a line cites: "14 kap." or a statute.
fn cited(line: &str) -> Option<String> {
    let line = line.replace('\u{a0}', " ");
    let is_numbered = |at: usize| line[..at].trim_end().ends_with(|letter: char| letter.is_ascii_digit());
    if let Some(statute) = STATUTES.iter().find(|statute| line.contains(**statute)) {
        return Some((*statute).to_string());
    }
    line.match_indices("kap.").find(|(at, _)| is_numbered(*at)).map(|(at, _)| {
        let from = line[..at].trim_end().rfind(' ').map_or(0, |space| space + 1);
        line[from..at + 4].to_string()
    })
}

/// All that a report's words come from: templates, job files and texts of the program. A comment in code may name its source.
fn printed() -> Vec<(String, String)> {
    let below = |folder: &str, ends: &[&str]| -> Vec<(String, String)> {
        let files = files_below(&root().join(folder)).into_iter();
        let wanted = files.filter(|(name, _)| ends.iter().any(|end| name.ends_with(end)));
        wanted.map(|(name, bytes)| (format!("{folder}/{name}"), String::from_utf8_lossy(&bytes).into_owned())).collect()
    };
    let code = sources().into_iter().map(|source| (format!("src/{}", source.file), source.text));
    let folders = [below("templates", &[".md"]), below("src/words", &[".ftl"]), below("pipelines", &[".toml"])];
    folders.into_iter().flatten().chain(code).collect()
}

#[test]
fn paragraphs_stand_in_the_catalogue_of_the_law_only() {
    let files = printed();
    assert!(files.iter().any(|(file, _)| file == CATALOGUE) && files.len() > 100, "the files are not where they were");
    let mut strays = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| file != CATALOGUE) {
        let comment = if file.ends_with(".rs") { "//" } else { "#" };
        // A heading of Markdown begins as a comment of a job file does.
        let is_comment = |line: &str| !file.ends_with(".md") && line.trim_start().starts_with(comment);
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            strays.extend(cited(line).map(|cited| format!("{file}, line {}: {cited}", number + 1)));
        }
    }
    let strays = strays.join("\n");
    assert!(strays.is_empty(), "the law is named in {CATALOGUE}, by date, and asked for there:\n{strays}");
}

#[test]
fn a_citation_is_seen_however_it_is_spaced() {
    assert_eq!(cited("enligt 14 kap. 3 § lagen"), Some("14 kap.".into()));
    assert_eq!(cited("enligt 14\u{a0}kap."), Some("14 kap.".into()));
    assert_eq!(cited("SOSFS 2011:9"), Some("SOSFS".into()));
    assert_eq!((cited("ett kap. om avvikelser"), cited("{{ lag.lex_sarah(dag, dag) }}")), (None, None));
}
