//! Words that only a test allows, found where a template says them by itself.
//!
//! In: a template's source. Out: an error for each of [`WORDS`] in its standing text or in a text that a tag prints, with
//! its line; a warning where it stands in the analyst's own text (`{% call room(…) %}…{% endcall %}`). Whole words
//! only, so that "trendlinje" and "förbättringsåtgärder" are other words; [`ALLOWED`] lists what the law itself says.
//! Prompts of rooms, names of rows and columns, and comments are not the report's words.

use std::collections::BTreeSet;

use minijinja::machinery::Token;

use super::calls::{Lexeme, lexemes, line_of};
use super::facts::Fault;
use super::manuscript::Manuscript;
use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::job::plan::Plan;

/// Words of judgement, in the forms that claim that something has happened.
const WORDS: [&str; 43] = [
    "ökning",
    "ökningen",
    "ökningar",
    "ökningarna",
    "ökar",
    "ökade",
    "ökat",
    "minskning",
    "minskningen",
    "minskningar",
    "minskningarna",
    "minskar",
    "minskade",
    "minskat",
    "förbättring",
    "förbättringen",
    "förbättringar",
    "förbättringarna",
    "förbättrades",
    "förbättrade",
    "förbättrats",
    "förbättrat",
    "förbättras",
    "försämring",
    "försämringen",
    "försämringar",
    "försämringarna",
    "försämrades",
    "försämrade",
    "försämrats",
    "försämrat",
    "försämras",
    "trend",
    "trenden",
    "trender",
    "trenderna",
    "uppåtgående",
    "nedåtgående",
    "ökande",
    "minskande",
    "trendbrott",
    "försämrar",
    "förbättrar",
];

/// Phrases in which such a word claims nothing about numbers: the law's and the regulation's own.
const ALLOWED: [&str; 6] = [
    "ständiga förbättringar",
    "ständig förbättring",
    "behöver förbättras",
    "ska förbättras",
    "kan förbättras",
    "bör förbättras",
];

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FoundWord {
    offset: usize,
    word: String,
    /// In a text of the analyst's own.
    own: bool,
}

/// The mistakes of a template.
pub(super) fn mistakes(source: &str, at: impl Fn(u32) -> Location) -> Vec<Diagnostic> {
    let found = found(source).into_iter().filter(|found| !found.own);
    found.map(|found| fault(&found.word).at(at(line_of(source, found.offset)))).collect()
}

/// The mistakes of a sentence of the job file.
pub(super) fn faults(sentence: &str) -> Vec<Fault> {
    found(sentence).iter().map(|found| fault(&found.word)).collect()
}

/// Warnings of words in the analyst's own texts, in templates and in files beside the job: they may be right, and nothing
/// has tested them.
pub fn in_own_texts(plan: &Plan, manuscript: &Manuscript) -> Vec<Diagnostic> {
    let templates: BTreeSet<&str> = plan.chapters.iter().map(|chapter| chapter.template.as_str()).collect();
    let mut warnings = Vec::new();
    for template in templates {
        let file = plan.job.templates.join(template).display().to_string();
        let source = manuscript.templates.text(template).unwrap_or_default();
        for found in found(source).into_iter().filter(|found| found.own) {
            let at = Location::Template { file: file.clone(), line: line_of(source, found.offset) };
            warnings.push(warning(&found.word, at));
        }
    }
    for text in manuscript.texts.by_stem.values() {
        let at = |offset: usize| Location::Template { file: text.file.clone(), line: line_of(&text.markdown, offset) };
        warnings.extend(found(&text.markdown).into_iter().map(|found| warning(&found.word, at(found.offset))));
    }
    warnings
}

fn warning(word: &str, at: Location) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..own(word).at(at) }
}

fn fault(word: &str) -> Fault {
    let message = say!("write-template-says-by-itself-whatever", word);
    Fault::new(Code::UntestedWord, message).help(say!("write-write-development-which-says-only"))
}

fn own(word: &str) -> Fault {
    let message = say!("write-text-says-which-no-test", word);
    Fault::new(Code::UntestedWord, message).help(say!("write-look-in-underlag-md-whether"))
}

fn found(source: &str) -> Vec<FoundWord> {
    let lexemes = lexemes(source);
    let (mut found, mut depth, mut own_from) = (Vec::new(), 0_usize, None);
    let begins =
        |lexeme: &Lexeme| matches!(lexeme.token, Token::TemplateData(_) | Token::VariableStart | Token::BlockStart);
    for piece in lexemes.chunk_by(|_, next| !begins(next)) {
        for text in printed(piece) {
            words(&source[text.start..text.end], text.start, own_from.is_some(), &mut found);
        }
        match block_name(piece) {
            Some("call") => {
                depth += 1;
                let is_room = piece.iter().any(|lexeme| lexeme.name() == Some("room"));
                own_from = own_from.or(is_room.then_some(depth));
            }
            Some("endcall") => {
                own_from = own_from.filter(|own| *own != depth);
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    found
}

fn block_name<'t>(piece: &'t [Lexeme]) -> Option<&'t str> {
    match piece {
        [Lexeme { token: Token::BlockStart, .. }, name, ..] => name.name(),
        _ => None,
    }
}

/// What a piece prints: the template's own words, and texts of a tag outside all parentheses or after `default=`. Other
/// texts are names and prompts.
fn printed<'t, 'a>(piece: &'t [Lexeme<'a>]) -> Vec<&'t Lexeme<'a>> {
    let shows = matches!(piece[0].token, Token::VariableStart) || block_name(piece) == Some("set");
    let mut depth = 0;
    let is_printed = |(index, lexeme): &(usize, &Lexeme)| {
        depth += lexeme.depth();
        let is_default = matches!(&piece[..*index], [.., name, Lexeme { token: Token::Assign, .. }] if name.name() == Some("default"));
        let is_text = lexeme.text().is_some() && (is_default || (shows && depth == 0));
        is_text || matches!(lexeme.token, Token::TemplateData(_))
    };
    piece.iter().enumerate().filter(is_printed).map(|(_, lexeme)| lexeme).collect()
}

/// Whole words of [`WORDS`] in a text that begins at `offset`.
fn words(text: &str, offset: usize, own: bool, found: &mut Vec<FoundWord>) {
    let lower = text.to_lowercase();
    // Lower case may be longer or shorter in bytes; Swedish letters are not.
    let text = if lower.len() == text.len() { lower.as_str() } else { text };
    let mut at = 0;
    for piece in text.split_inclusive(|letter: char| !is_letter(letter)) {
        let word = piece.trim_end_matches(|letter: char| !is_letter(letter));
        if WORDS.contains(&word) && !is_allowed(text, at, word) {
            found.push(FoundWord { offset: offset + at, word: word.to_string(), own });
        }
        at += piece.len();
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_'
}

fn is_allowed(text: &str, at: usize, word: &str) -> bool {
    let end = at + word.len();
    ALLOWED.iter().any(|phrase| phrase.ends_with(word) && text[..end].ends_with(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> Vec<(String, bool)> {
        found(source).into_iter().map(|found| (found.word, found.own)).collect()
    }

    fn one(word: &str, own: bool) -> Vec<(String, bool)> {
        vec![(word.to_string(), own)]
    }

    #[test]
    fn a_template_cannot_say_the_word_by_itself() {
        assert_eq!(said("Antalet ökade under {{ job.period }}."), one("ökade", false));
        assert_eq!(said("{% if x %}En Minskning.{% endif %}"), one("minskning", false));
        assert_eq!(said("{{ \"ökade\" if x else \"var\" }}"), one("ökade", false));
        assert_eq!(said("{% set ord = \"trenden\" %}"), one("trenden", false));
        assert_eq!(said("{{ compare(\"b.x\", default=\"en försämring\") }}"), one("försämring", false));
    }

    #[test]
    fn other_words_names_prompts_and_comments_are_free() {
        for source in [
            "Förbättringsåtgärder, trendlinje och förbättringsarbete",
            "{# ökade #}",
            "{{ room(\"Bedöm varför antalet ökade\") }}",
            "{{ value(\"b.x\", row=\"Förbättring\") }}",
            "{{ development(\"trend.x\") }} {{ table(\"table.trend\") }}",
            "Arbetet med ständiga förbättringar. Rutinen behöver förbättras.",
        ] {
            assert_eq!(said(source), Vec::new(), "{source}");
        }
    }

    #[test]
    fn the_analysts_own_text_is_only_warned_of() {
        let source = "{% call room(\"Bedöm\") %}Antalet ökade.{% endcall %} Det ökade.";
        assert_eq!(said(source), [one("ökade", true), one("ökade", false)].concat());
    }

    #[test]
    fn the_line_is_that_of_the_word() {
        let at = |line| Location::Template { file: "a.md".into(), line };
        let mistakes = mistakes("# Rubrik\n\nÅret {{ job.year }}\nsågs en ökning.", at);
        assert_eq!(mistakes[0].at, at(4));
    }
}
