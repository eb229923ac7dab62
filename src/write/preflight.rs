//! Checks the templates of a job before any data is read.
//!
//! In: a plan and the manuscript. Out: nothing, or every mistake of every template: files that are missing, syntax, names in calls that
//! spell them out, variables that nobody sets, Markdown that a report has no place for. What depends on the data (rows,
//! columns, values that are missing) is found by `compose`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::calls::{Call, Each, calls, included, line_of, rooms, without_tags};
use super::document::{Block, Inline};
use super::facts::{Facts, Fault, JobNames, NameKind};
use super::functions::FUNCTIONS;
use super::manuscript::{Manuscript, Text, Texts, stem, template_name};
use super::markdown::{Printing, read};
use super::templates::Engine;

use super::tokens::{BlockCall, Printed};
use super::untested;
use crate::diagnostic::{Code, Diagnostic, Failure, Location, nearest};
use crate::job::plan::{ChapterPlan, Plan};

/// Checks that every template exists, compiles and names only what the job has.
///
/// Out: warnings of texts that no template leaves room for.
/// Errors: `no-such-template`, `template-error`, `unknown-name`, all at once, each with file and line.
pub fn check_templates(plan: &Plan, manuscript: &Arc<Manuscript>) -> Result<Vec<Diagnostic>, Failure> {
    let facts = Arc::new(Facts::of(plan, &[]));
    let engine = Engine::new(&plan.job, &facts, manuscript);
    let texts = &manuscript.texts;
    let mut mistakes: Vec<Diagnostic> = Vec::new();
    let users = users_by_template(plan, &engine, &mut mistakes);
    for (template, chapters) in &users {
        let Some(source) = engine.source(template) else { continue };
        let check = Check { engine: &engine, names: &facts.names, template, source: &source, chapters };
        mistakes.extend(check.calls());
        mistakes.extend(check.variables());
        mistakes.extend(check.markdown());
        mistakes.extend(untested::mistakes(&source, |line| check.at(line)));
    }
    mistakes.extend(sentences(plan, &engine, &facts.names));
    mistakes.extend(in_texts(texts, &engine, &facts.names));
    if mistakes.is_empty() { Ok(unasked_texts(texts, &users, &engine)) } else { Err(Failure::fixable(mistakes)) }
}

/// Each template with the chapters that it is the template of; included ones with none.
type Users<'a> = BTreeMap<String, Vec<&'a ChapterPlan>>;

/// Compiles every template that chapters use, and what those include.
fn users_by_template<'a>(plan: &'a Plan, engine: &Engine, mistakes: &mut Vec<Diagnostic>) -> Users<'a> {
    let mut users: Users = BTreeMap::new();
    let mut waiting: Vec<(String, Location)> = Vec::new();
    let at_job = Location::File { file: plan.job.file.clone() };
    for chapter in &plan.chapters {
        users.entry(chapter.template.clone()).or_default().push(chapter);
        waiting.push((chapter.template.clone(), at_job.clone()));
    }
    let mut seen = BTreeSet::new();
    while let Some((template, named_at)) = waiting.pop() {
        if !seen.insert(template.clone()) {
            continue;
        }
        users.entry(template.clone()).or_default();
        match engine.compile(&template) {
            Ok(()) => waiting.extend(included_by(engine, &template)),
            Err(mistake) if mistake.code == Code::NoSuchTemplate => mistakes.push(missing(engine, &template, named_at)),
            Err(mistake) => mistakes.push(*mistake),
        }
    }
    users
}

fn included_by(engine: &Engine, template: &str) -> Vec<(String, Location)> {
    let source = engine.source(template).unwrap_or_default();
    let at = |line| Location::Template { file: engine.file(template), line };
    included(&source).into_iter().map(|(line, name)| (name, at(line))).collect()
}

fn missing(engine: &Engine, template: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code::NoSuchTemplate, say!("write-no-template", template), at)
        .help(say!("write-write-to-or-correct-name", template = engine.file(template)))
}

/// One template under check.
struct Check<'a> {
    engine: &'a Engine,
    names: &'a JobNames,
    template: &'a str,
    source: &'a str,
    chapters: &'a [&'a ChapterPlan],
}

impl Check<'_> {
    fn at(&self, line: u32) -> Location {
        Location::Template { file: self.engine.file(self.template), line }
    }

    fn calls(&self) -> Vec<Diagnostic> {
        let calls = calls(self.source);
        calls.iter().filter_map(|call| Some(self.fault_of(call)?.at(self.at(call.line)))).collect()
    }

    fn fault_of(&self, call: &Call) -> Option<Fault> {
        let kinds = kinds_of(&call.function)?;
        if call.compared && call.function == "value" {
            let message = say!("write-value-is-compared-object-not");
            return Some(
                Fault::new(Code::TemplateError, message).help(say!("write-write-value-number-before-comparing")),
            );
        }
        let check = |each: Option<&str>| self.names.resolve(kinds, &call.name, each).err();
        match &call.each {
            Each::Absent => check(None),
            Each::Literal(value) => check(Some(value)),
            Each::Variable(variable) => {
                let values = self.chapters.iter().filter_map(|chapter| chapter.with.get(variable));
                values.into_iter().find_map(|value| check(Some(value))).or_else(|| self.unknown_base(kinds, &call.name))
            }
            Each::Unknown => self.unknown_base(kinds, &call.name),
        }
    }

    fn unknown_base(&self, kinds: &[NameKind], name: &str) -> Option<Fault> {
        if self.names.has_base(kinds, name) { None } else { Some(self.names.unknown(kinds, name, None, name)) }
    }

    /// Variables that no chapter of this template sets. Included templates may see what their includer sets.
    fn variables(&self) -> Vec<Diagnostic> {
        let unset = |name: &String, chapter: &ChapterPlan| {
            !chapter.with.contains_key(name) && !["job", "chapter"].contains(&name.as_str()) && !is_function(name)
        };
        let mut mistakes = Vec::new();
        for name in self.engine.names_read_by(self.template) {
            let asked_for = self.source.contains(&format!("{name} is "));
            let Some(chapter) = self.chapters.iter().find(|chapter| unset(&name, chapter)) else { continue };
            if !asked_for {
                let fault = if self.source.contains(&format!("{name}(")) {
                    unknown_function(&name)
                } else {
                    unset_variable(&name, chapter)
                };
                mistakes.push(fault.at(self.at(self.line_of_word(&name))));
            }
        }
        mistakes
    }

    fn line_of_word(&self, name: &str) -> u32 {
        let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
        let line =
            self.source.lines().position(|line| line.split(|letter| !is_letter(letter)).any(|word| word == name));
        line.and_then(|line| u32::try_from(line + 1).ok()).unwrap_or(1)
    }

    /// HTML, pictures, code and tables in the template's own words.
    fn markdown(&self) -> Vec<Diagnostic> {
        let stand_in = self.engine.ledger.enter(Printed::Text("…".to_string()));
        let text = without_tags(self.source, &stand_in);
        let problems = read(&text, &self.engine.ledger, &mut Nowhere).err().unwrap_or_default();
        problems.into_iter().map(|problem| problem.fault.at(self.at(line_of(&text, problem.offset)))).collect()
    }
}

fn is_function(name: &str) -> bool {
    FUNCTIONS.contains(&name) || ["loop", "caller", "self", "super", "dict"].contains(&name)
}

fn kinds_of(function: &str) -> Option<&'static [NameKind]> {
    match function {
        "table" => Some(&[NameKind::Table]),
        "figure" => Some(&[NameKind::Figure]),
        "ref" => Some(&[NameKind::Table, NameKind::Figure]),
        "value" | "compare" | "rows" | "has" | "note" | "verdict" | "counted" | "share_of" | "goal" | "from_to"
        | "highest" | "lowest" | "development" => Some(&[NameKind::Measure]),
        "delivered" | "missing" | "noun" => Some(&[NameKind::Source]),
        _ => None,
    }
}

fn unknown_function(name: &str) -> Fault {
    let message = match nearest(name, FUNCTIONS) {
        Some(near) => say!("write-no-function-did-you-mean", name, near),
        None => say!("write-no-function", name),
    };
    Fault::new(Code::UnknownName, message)
}

fn unset_variable(name: &str, chapter: &ChapterPlan) -> Fault {
    let known = chapter.with.keys().map(String::as_str).chain(["job", "chapter"]).chain(FUNCTIONS);
    let message = match nearest(name, known) {
        Some(near) => say!("write-is-not-defined-did-you", name, near),
        None => say!("write-is-not-defined", name),
    };
    let help = say!("write-set-in-job-file-with", name, title = chapter.title);
    Fault::new(Code::UnknownName, message).help(help)
}

/// Mistakes in the analyst's own texts: syntax, names, Markdown that a report has no place for.
fn in_texts(texts: &Texts, engine: &Engine, names: &JobNames) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (stem, text) in &texts.by_stem {
        let name = template_name(stem);
        let check = Check { engine, names, template: &name, source: &text.markdown, chapters: &[] };
        match engine.compile_text(stem, &text.markdown) {
            Ok(()) => mistakes.extend(check.calls().into_iter().chain(check.markdown())),
            Err(mistake) => mistakes.push(*mistake),
        }
    }
    mistakes
}

/// Warnings of texts that are never printed: no template has a room of that name.
fn unasked_texts(texts: &Texts, users: &Users, engine: &Engine) -> Vec<Diagnostic> {
    let mut rooms = Rooms::default();
    for (template, chapters) in users {
        rooms.add(&engine.source(template).unwrap_or_default(), chapters);
    }
    let unasked = texts.by_stem.iter().filter(|(stem, _)| !rooms.ask_for(stem));
    unasked.map(|(stem, text)| unasked_text(stem, text, &rooms)).collect()
}

fn unasked_text(stem: &str, text: &Text, rooms: &Rooms) -> Diagnostic {
    let near = nearest(stem, rooms.stems.iter().map(String::as_str));
    let near = near.map_or(String::new(), |near| say!("write-did-you-mean-md", near));
    let at = Location::File { file: text.file.clone() };
    Diagnostic::warning(Code::UnusedItem, say!("write-no-template-leaves-room-for", stem, near), at)
        .help(say!("write-rename-file-after-room-boxes"))
}

/// The rooms that templates leave, by file stem.
#[derive(Default)]
struct Rooms {
    stems: BTreeSet<String>,
    /// JobNames of rooms whose value of `each` only rendering can tell.
    open: BTreeSet<String>,
}

impl Rooms {
    fn add(&mut self, source: &str, chapters: &[&ChapterPlan]) {
        for (name, each) in rooms(source) {
            match each {
                Each::Absent => drop(self.stems.insert(stem(&name, None))),
                Each::Literal(value) => drop(self.stems.insert(stem(&name, Some(&value)))),
                Each::Variable(variable) if chapters.iter().any(|chapter| chapter.with.contains_key(&variable)) => {
                    let values = chapters.iter().filter_map(|chapter| chapter.with.get(&variable));
                    self.stems.extend(values.map(|value| stem(&name, Some(value))));
                }
                Each::Variable(_) | Each::Unknown => drop(self.open.insert(name)),
            }
        }
    }

    fn ask_for(&self, stem: &str) -> bool {
        let name = stem.split_once("--").map_or(stem, |(name, _)| name);
        self.stems.contains(stem) || self.open.contains(name)
    }
}

/// The sentences of key numbers. They stand in the job file, whose line the plan does not keep.
fn sentences(plan: &Plan, engine: &Engine, names: &JobNames) -> Vec<Diagnostic> {
    let at = Location::File { file: plan.job.file.clone() };
    let mut mistakes = Vec::new();
    for key_number in &plan.key_numbers {
        let Some(sentence) = &key_number.sentence else { continue };
        let check = Check { engine, names, template: "", source: sentence, chapters: &[] };
        let compiled = engine.compile_sentence(sentence).err();
        let calls = calls(sentence);
        let untested = untested::faults(sentence);
        let faults = compiled.into_iter().chain(calls.iter().filter_map(|call| check.fault_of(call))).chain(untested);
        mistakes.extend(faults.map(|fault| {
            let message = format!("{}, sentence: {}", key_number.name, fault.message);
            Fault { message, ..fault }.at(at.clone())
        }));
    }
    mistakes
}

/// Reads Markdown for its mistakes only: nothing is called for, nothing is numbered.
struct Nowhere;

impl Printing for Nowhere {
    fn block(&mut self, _: BlockCall) -> Result<Vec<Block>, Fault> {
        Ok(Vec::new())
    }

    fn reference(&mut self, _: &str) -> Result<Inline, Fault> {
        Ok(Inline::LineBreak)
    }

    fn heading(&mut self, level: u8, inlines: Vec<Inline>) -> Block {
        Block::Heading { level, id: String::new(), number: String::new(), inlines }
    }
}
