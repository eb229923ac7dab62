//! Where the mistakes of a job file are gathered, each with its place, until all are found.

use crate::diagnostic::{Code, Diagnostic, Location, Severity, nearest};
use crate::vocabulary::document::LineColumn;
use crate::vocabulary::spans::{Path, SpanIndex};

/// Mistakes and warnings found so far.
pub struct Problems<'a> {
    file: &'a str,
    spans: &'a SpanIndex,
    found: Vec<Diagnostic>,
}

/// How many known names a help line lists.
const LISTED: usize = 12;

impl<'a> Problems<'a> {
    pub fn new(file: &'a str, spans: &'a SpanIndex) -> Self {
        Problems { file, spans, found: Vec::new() }
    }

    fn location(&self, place: LineColumn) -> Location {
        Location::JobFile { file: self.file.to_string(), line: place.line, column: place.column }
    }

    pub fn says(&self, path: &Path) -> bool {
        self.spans.contains(path)
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// A value that cannot stand here.
    pub fn bad_value(&mut self, path: &Path, message: impl Into<String>, help: impl Into<String>) {
        let at = self.location(self.spans.value(path));
        self.add(with_help(Diagnostic::error(Code::BadValue, message, at), help.into()));
    }

    /// A key that cannot stand here.
    pub fn bad_key(&mut self, path: &Path, message: impl Into<String>, help: impl Into<String>) {
        let at = self.location(self.spans.key(path));
        self.add(with_help(Diagnostic::error(Code::BadValue, message, at), help.into()));
    }

    /// A key that is needed only because of others, so that the schema cannot ask for it.
    pub fn missing_key(&mut self, table: &Path, message: impl Into<String>, help: impl Into<String>) {
        let at = self.location(self.spans.key(table));
        self.add(with_help(Diagnostic::error(Code::MissingKey, message, at), help.into()));
    }

    /// A value that names something which is not there: ``no column `enhte` in `source.x`; did you mean `enhet`?``
    pub fn unknown<'k>(&mut self, path: &Path, what: &str, name: &str, known: impl IntoIterator<Item = &'k str>) {
        let place = self.spans.value(path);
        self.unknown_at(place, what, name, &known.into_iter().collect::<Vec<_>>());
    }

    /// As `unknown`, for a key.
    pub fn unknown_key<'k>(&mut self, path: &Path, what: &str, name: &str, known: impl IntoIterator<Item = &'k str>) {
        let place = self.spans.key(path);
        self.unknown_at(place, what, name, &known.into_iter().collect::<Vec<_>>());
    }

    /// `what` is "column in `source.x`": the name goes after its first word.
    fn unknown_at(&mut self, place: LineColumn, what: &str, name: &str, known: &[&str]) {
        let (noun, rest) =
            what.split_once(' ').map_or((what, String::new()), |(noun, rest)| (noun, format!(" {rest}")));
        let meant = meant(name, known);
        let question = meant.map_or(String::new(), |meant| say!("job-did-you-mean", meant));
        let message = say!("job-unknown-name", noun, name, rest, question);
        let diagnostic = Diagnostic::error(Code::UnknownReference, message, self.location(place));
        let help = if meant.is_some() { String::new() } else { listed(noun, known) };
        self.add(with_help(diagnostic, help));
    }

    /// Something that nothing reads.
    pub fn unused(&mut self, path: &Path, message: impl Into<String>, help: impl Into<String>) {
        let at = self.location(self.spans.key(path));
        self.add(with_help(Diagnostic::warning(Code::UnusedItem, message, at), help.into()));
    }

    /// All mistakes and warnings in the order of the file.
    pub fn into_sorted(mut self) -> (bool, Vec<Diagnostic>) {
        self.found.sort_by(|a, b| a.at.cmp(&b.at));
        (self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error), self.found)
    }
}

/// The name whose family was forgotten (`typ` for `breakdown.typ`), or else the nearest one.
fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let with_family = known.iter().find(|full| full.split_once('.').is_some_and(|(_, rest)| rest == name));
    with_family.copied().or_else(|| nearest(name, known.iter().copied()))
}

fn with_help(diagnostic: Diagnostic, help: String) -> Diagnostic {
    if help.is_empty() { diagnostic } else { diagnostic.help(help) }
}

fn listed(noun: &str, known: &[&str]) -> String {
    let known: Vec<&str> = known.iter().filter(|name| !name.is_empty()).copied().collect();
    match known.as_slice() {
        [] => String::new(),
        known if known.len() > LISTED => {
            say!("job-there-are-to-choose-from", known = known.len(), listed = known[..LISTED].join(", "))
        }
        known => say!("job-known-names", noun, known = known.join(", ")),
    }
}
