//! The template engine: chapters and sentences rendered strictly, every mistake with file and line.
//!
//! In: the manuscript, the job's names and the measured tables. Out: Markdown with private tokens. Reads no file: what is
//! not in the manuscript cannot be included.

use std::error::Error as _;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::arguments::printed_token;
use super::calls;
use super::facts::{Facts, Fault};
use super::functions::{FILTERS, FUNCTIONS, register};
use super::manuscript::{Manuscript, stem_of, template_name};
use super::objects::raise;
use super::tokens::{Ledger, Part, clean};
use crate::diagnostic::{Code, Diagnostic, Location, nearest};
use crate::domain::swedish;
use crate::job::plan::{ChapterPlan, JobPlan, Limits, WhenMissing};

/// Templates that can be rendered for one report.
pub(super) struct Engine {
    env: Environment<'static>,
    folder: PathBuf,
    job: Value,
    manuscript: Arc<Manuscript>,
    pub ledger: Ledger,
    limits: Limits,
}

impl Engine {
    pub(super) fn new(job: &JobPlan, facts: &Arc<Facts>, manuscript: &Arc<Manuscript>) -> Self {
        let ledger = Ledger::default();
        let mut env = Environment::new();
        env.set_debug(true);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        // Any escape but `None` makes captured text (macros, `set` blocks) count as the template's own.
        env.set_auto_escape_callback(|_| AutoEscape::Custom("tokens".into()));
        env.set_formatter(token_formatter(ledger.clone(), job.limits));
        env.set_loader(loader(manuscript.clone()));
        env.set_fuel(Some(job.limits.template_steps));
        register(&mut env, facts, manuscript, job.period.name_of(job.year), &ledger);
        let (folder, limits) = (job.templates.clone(), job.limits);
        Engine { env, folder, job: job_values(job), manuscript: manuscript.clone(), ledger, limits }
    }

    /// Renders a chapter's template.
    pub(super) fn render_chapter(&self, chapter: &ChapterPlan) -> Result<String, Box<Diagnostic>> {
        let template =
            self.env.get_template(&chapter.template).map_err(|error| self.diagnose(&error, &chapter.template));
        let mut page = Page { text: Vec::new(), most: bytes_most(self.limits) };
        let rendered = template?.render_captured_to(self.chapter_values(chapter), &mut page).map(drop);
        rendered.map_err(|error| {
            let error = if page.most == 0 { raise(too_much_text(self.limits)) } else { error };
            self.diagnose(&error, &chapter.template)
        })?;
        // What is written comes in whole texts.
        Ok(String::from_utf8_lossy(&page.text).into_owned())
    }

    /// Renders a sentence of the job file.
    pub(super) fn render_sentence(&self, sentence: &str) -> Result<String, Fault> {
        let values = Value::from_pairs([("job", self.job.clone())]);
        self.env.render_named_str(SENTENCE, sentence, values).map_err(|error| fault_of(&error))
    }

    /// Compiles a template; the mistake has file and line.
    pub(super) fn compile(&self, template: &str) -> Result<(), Box<Diagnostic>> {
        self.env.get_template(template).map(drop).map_err(|error| self.diagnose(&error, template))
    }

    /// Compiles a sentence of the job file.
    pub(super) fn compile_sentence(&self, sentence: &str) -> Result<(), Fault> {
        ends(sentence)?;
        self.env.template_from_named_str(SENTENCE, sentence).map(drop).map_err(|error| fault_of(&error))
    }

    /// Compiles a text of the analyst's.
    pub(super) fn compile_text(&self, stem: &str, markdown: &str) -> Result<(), Box<Diagnostic>> {
        let name = template_name(stem);
        ends(markdown).map_err(|fault| self.diagnose(&raise(fault), &name))?;
        let compiled = self.env.template_from_named_str(&name, markdown).map(drop);
        compiled.map_err(|error| self.diagnose(&error, &name))
    }

    /// Names that a template reads but does not itself declare.
    pub(super) fn names_read_by(&self, template: &str) -> Vec<String> {
        let names = self.env.get_template(template).map(|template| template.undeclared_variables(false));
        let mut names: Vec<String> = names.into_iter().flatten().collect();
        names.sort();
        names
    }

    /// The source of a template that was compiled, or of a text.
    pub(super) fn source(&self, template: &str) -> Option<String> {
        if let Some(stem) = stem_of(template) {
            return self.manuscript.texts.by_stem.get(stem).map(|text| text.markdown.clone());
        }
        self.env.get_template(template).ok().map(|template| template.source().to_string())
    }

    /// The line of a template that a rendered text came from: the one with the same words, or with the name at fault.
    pub(super) fn locate(&self, template: &str, rendered: &str, offset: usize, fault: &Fault) -> Location {
        let needles = [self.words_around(rendered, offset), name_in(&fault.message)];
        let mut sources: Vec<(String, String)> =
            self.source(template).map(|text| (template.to_string(), text)).into_iter().collect();
        sources.extend(self.loaded());
        let found = needles
            .iter()
            .flatten()
            .find_map(|needle| sources.iter().find_map(|(name, source)| Some((name, line_with(source, needle)?))));
        let (name, line) = found.map_or((template, 1), |(name, line)| (name.as_str(), line));
        Location::Template { file: self.file(name), line }
    }

    /// The longest run of the template's own words on the line at `offset`.
    fn words_around(&self, rendered: &str, offset: usize) -> Option<String> {
        let before = rendered.get(..offset)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = rendered[start..].lines().next()?;
        let words = self.ledger.parts(line).into_iter().filter_map(|part| match part {
            Part::Words(words) => Some(words.trim().to_string()),
            Part::Token(_) => None,
        });
        words.max_by_key(String::len).filter(|words| words.len() >= 3)
    }

    fn loaded(&self) -> Vec<(String, String)> {
        let mut loaded: Vec<(String, String)> =
            self.env.templates().map(|(name, template)| (name.to_string(), template.source().to_string())).collect();
        loaded.sort();
        loaded
    }

    /// The file of a template, or of a text, as an analyst would open it.
    pub(super) fn file(&self, template: &str) -> String {
        if let Some(text) = stem_of(template).and_then(|stem| self.manuscript.texts.by_stem.get(stem)) {
            return text.file.clone();
        }
        self.folder.join(template).display().to_string()
    }

    fn chapter_values(&self, chapter: &ChapterPlan) -> Value {
        let title = Value::from_pairs([
            ("title", Value::from(clean(&chapter.title))),
            ("says_missing", Value::from(chapter.when_missing == WhenMissing::Say)),
        ]);
        let with = chapter.with.iter().map(|(name, text)| (name.clone(), Value::from(clean(text))));
        let fixed = [("job".to_string(), self.job.clone()), ("chapter".to_string(), title)];
        Value::from_pairs(with.chain(fixed))
    }

    fn diagnose(&self, error: &Error, template: &str) -> Box<Diagnostic> {
        let place = chain(error).filter(|error| error.line().is_some()).last();
        let name = place.and_then(Error::name).unwrap_or(template);
        let line = place.and_then(Error::line).unwrap_or(1);
        let at = Location::Template { file: self.file(name), line: u32::try_from(line).unwrap_or(u32::MAX) };
        Box::new(fault_of(error).at(at))
    }
}

/// The first quoted name of a message, as templates write it.
fn name_in(message: &str) -> Option<String> {
    let name = message.split('`').nth(1)?;
    let base = name.split('/').next()?;
    Some(format!("\"{base}\""))
}

fn line_with(source: &str, needle: &str) -> Option<u32> {
    let at = source.lines().position(|line| line.contains(needle))?;
    u32::try_from(at + 1).ok()
}

/// Name under which sentences of the job file are compiled.
const SENTENCE: &str = "sentence";

/// What a template has made so far; nothing more than `most`, which is 0 when that was not enough.
struct Page {
    text: Vec<u8>,
    most: usize,
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > self.most {
            self.most = 0;
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn bytes_most(limits: Limits) -> usize {
    usize::try_from(limits.template_mib << 20).unwrap_or(usize::MAX)
}

fn too_much_text(limits: Limits) -> Fault {
    let message = say!("write-template-makes-too-much-text", mib = limits.template_mib);
    Fault::new(Code::OverLimit, message).help(say!("diagnostic-raise-limit", key = "template_mib"))
}

/// The engine reads an expression by going down into its parts, as deep as it has any.
fn ends(source: &str) -> Result<(), Fault> {
    let Some(line) = calls::endless_expression(source) else { return Ok(()) };
    let message = say!("write-expression-is-too-long", line);
    Err(Fault::new(Code::TemplateError, message).help(say!("write-divide-the-expression")))
}

type Formatter = dyn Fn(&mut Output, &mut State, &Value) -> Result<(), Error> + Send + Sync;

/// Everything interpolated becomes a token; captured template text passes as it is.
fn token_formatter(ledger: Ledger, limits: Limits) -> Box<Formatter> {
    let printed = AtomicUsize::new(0);
    Box::new(move |out, _, value| {
        let length = value.as_str().map_or(0, str::len);
        if printed.fetch_add(length, Ordering::Relaxed) + length > bytes_most(limits) {
            return Err(raise(too_much_text(limits)));
        }
        let token = printed_token(value, &ledger)?;
        out.write_str(&token).map_err(|_| Error::from(ErrorKind::WriteFailure))
    })
}

/// Templates by name; one that could not be read is refused only if it is asked for.
fn loader(manuscript: Arc<Manuscript>) -> impl Fn(&str) -> Result<Option<String>, Error> + Send + Sync + 'static {
    move |name| match manuscript.templates.0.get(name) {
        None => Ok(None),
        Some(Ok(text)) => ends(text).map_err(raise).map(|()| Some(clean(text))),
        Some(Err(unreadable)) => Err(raise(Fault::new(Code::TemplateError, unreadable))),
    }
}

fn job_values(job: &JobPlan) -> Value {
    let (first, last) = job.period.days_of(job.year);
    let text = |text: &str| Value::from(clean(text));
    Value::from_pairs([
        ("title", text(&job.title)),
        ("organisation", text(&job.organisation)),
        ("committee", job.committee.as_deref().map_or(Value::from(()), text)),
        ("year", Value::from(job.year)),
        ("previous_year", Value::from(job.year - 1)),
        ("period", Value::from(job.period.name_of(job.year))),
        ("previous_period", Value::from(job.period.name_of(job.year - 1))),
        ("first_day", Value::from(swedish::day(first))),
        ("last_day", Value::from(swedish::day(last))),
        ("as_of", Value::from(swedish::day(job.as_of))),
    ])
}

/// The engine's errors from the outermost to the innermost.
fn chain(error: &Error) -> impl Iterator<Item = &Error> {
    std::iter::successors(Some(error), |error: &&Error| -> Option<&Error> { inner_of(error) })
}

fn inner_of(error: &Error) -> Option<&Error> {
    error.source().and_then(|source| source.downcast_ref::<Error>())
}

/// What went wrong, in our words where the engine carries them, else in the engine's.
fn fault_of(error: &Error) -> Fault {
    let innermost = chain(error).last().unwrap_or(error);
    match innermost.source().and_then(|source| source.downcast_ref::<Fault>()) {
        Some(fault) => fault.clone(),
        None => engine_fault(innermost),
    }
}

fn engine_fault(error: &Error) -> Fault {
    let words = error.range().and_then(|range| Some(error.template_source()?.get(range)?.to_string()));
    let detail = error.detail().map(str::to_string).unwrap_or_else(|| error.kind().to_string());
    match (error.kind(), words) {
        (ErrorKind::UndefinedError, Some(words)) => {
            Fault::new(Code::UnknownName, say!("write-is-not-defined", name = words))
        }
        (ErrorKind::UnknownFunction, Some(words)) => unknown_word("function", &FUNCTIONS, &words),
        (ErrorKind::UnknownFilter, Some(words)) => unknown_word("filter", &FILTERS, &words),
        (ErrorKind::UndefinedError, None) => Fault::new(Code::UnknownName, detail),
        (ErrorKind::OutOfFuel, _) => Fault::new(Code::OverLimit, say!("write-template-takes-too-many-steps"))
            .help(say!("diagnostic-raise-limit", key = "template_steps")),
        (ErrorKind::TemplateNotFound, _) => Fault::new(Code::NoSuchTemplate, detail),
        (_, Some(words)) if !detail.contains(&words) && words.len() <= 60 && !words.contains('\n') => {
            Fault::new(Code::TemplateError, format!("{detail} (`{words}`)"))
        }
        _ => Fault::new(Code::TemplateError, detail),
    }
}

/// An unknown function or filter, with the nearest of ours.
fn unknown_word(what: &str, known: &[&str], words: &str) -> Fault {
    let mut names =
        words.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
    // A filter stands last in its expression, a function first.
    let word = if what == "filter" { names.next_back() } else { names.next() }.unwrap_or(words);
    let message = match nearest(word, known.iter().copied()) {
        Some(name) => say!("write-no-such-word-did-you-mean", what, word, name),
        None => say!("write-no-such-word", what, word),
    };
    Fault::new(Code::UnknownName, message)
}
