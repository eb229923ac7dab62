//! What a template can name: measures, tables and figures, found or refused with the nearest known name.
//!
//! In: the plan's names and the measured tables. Out: a table, a column, a row or a full name, or a [`Fault`] that
//! says what the name could have been. Knows nothing of templates.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::inputs::InputFile;
use super::values::{default_column, find_column, row_name};
use crate::diagnostic::{Code, Diagnostic, Location, nearest};
use crate::domain::table::{MeasureTable, RowKind};
use crate::job::plan::{Noun, Plan, SourcePlan};

/// Why a template's call cannot be answered. Carries no place: the template engine knows the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: Code,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Fault { code, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The fault at its place.
    pub(super) fn at(self, at: Location) -> Diagnostic {
        Diagnostic { help: self.help, ..Diagnostic::error(self.code, self.message, at) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

/// Kinds of things that templates name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameKind {
    Measure,
    Table,
    Figure,
    Source,
}

impl NameKind {
    fn noun(self) -> &'static str {
        match self {
            NameKind::Measure => "measure",
            NameKind::Table => "table",
            NameKind::Figure => "figure",
            NameKind::Source => "source",
        }
    }
}

/// The full names of a job, by kind.
#[derive(Debug, Clone, Default)]
pub(super) struct JobNames {
    names: Vec<(NameKind, String)>,
}

impl JobNames {
    pub(super) fn of(plan: &Plan) -> Self {
        let measures = plan.measures.iter().map(|measure| (NameKind::Measure, measure.name.clone()));
        let tables = plan.tables.iter().map(|table| (NameKind::Table, table.name.clone()));
        let figures = plan.charts.iter().map(|chart| (NameKind::Figure, chart.name.clone()));
        let sources = plan.sources.iter().map(|source| (NameKind::Source, format!("source.{}", source.name)));
        JobNames { names: measures.chain(tables).chain(figures).chain(sources).collect() }
    }

    /// The full name of `name` and the value of `each`, if one of `kinds` has it.
    pub(super) fn resolve(&self, kinds: &[NameKind], name: &str, each: Option<&str>) -> Result<String, Fault> {
        let full = each.map_or_else(|| name.to_string(), |value| format!("{name}/{value}"));
        if self.of_kinds(kinds).any(|known| known == full) {
            return Ok(full);
        }
        Err(self.unknown(kinds, name, each, &full))
    }

    /// True if `name` stands for itself or for one thing per value of `each`.
    pub(super) fn has_base(&self, kinds: &[NameKind], name: &str) -> bool {
        self.of_kinds(kinds).any(|known| known == name || base_of(known) == name)
    }

    /// The fault of a name that does not exist, or exists with (or without) `each`.
    pub(super) fn unknown(&self, kinds: &[NameKind], name: &str, each: Option<&str>, full: &str) -> Fault {
        let nouns: Vec<&str> = kinds.iter().map(|kind| kind.noun()).collect();
        let noun = nouns.join(" or ");
        let message = say!("write-no-such", noun, full);
        let values: Vec<&str> = self.values_of(kinds, name);
        match each {
            None if !values.is_empty() => {
                let help = say!("write-has-one-per-value-name", name, noun, values = quoted(&values));
                Fault::new(Code::UnknownName, message).help(help)
            }
            Some(value) if !values.is_empty() => did_you_mean(message, value, values),
            Some(_) if self.has_base(kinds, name) => {
                Fault::new(Code::UnknownName, message).help(say!("write-has-no-each-leave-value", name))
            }
            _ => did_you_mean(message, name, self.of_kinds(kinds).map(base_of)),
        }
    }

    fn of_kinds<'a>(&'a self, kinds: &'a [NameKind]) -> impl Iterator<Item = &'a str> {
        self.names.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, name)| name.as_str())
    }

    fn values_of<'a>(&'a self, kinds: &'a [NameKind], name: &str) -> Vec<&'a str> {
        self.of_kinds(kinds)
            .filter_map(|known| known.split_once('/'))
            .filter(|(base, _)| *base == name)
            .map(|(_, value)| value)
            .collect()
    }
}

fn base_of(name: &str) -> &str {
    name.split_once('/').map_or(name, |(base, _)| base)
}

fn quoted(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(", ")
}

fn did_you_mean<'a>(message: String, word: &str, known: impl IntoIterator<Item = &'a str>) -> Fault {
    match nearest(word, known) {
        Some(name) => Fault::new(Code::UnknownName, say!("write-did-you-mean", message, name)),
        None => Fault::new(Code::UnknownName, message),
    }
}

/// JobNames and measured tables of one report.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub names: JobNames,
    measures: BTreeMap<String, Arc<MeasureTable>>,
    /// `source.x` → what templates can say of it.
    sources: BTreeMap<String, SourceFact>,
    /// Measure → the source that it counts.
    source_of: BTreeMap<String, String>,
}

/// What templates can say of a source.
#[derive(Debug, Clone)]
pub(super) struct SourceFact {
    pub title: String,
    pub noun: Noun,
    /// False when the job can do without it and no file of it was found.
    pub delivered: bool,
    /// False when there was a source, and it could not be used.
    pub readable: bool,
}

impl Facts {
    pub(super) fn of(plan: &Plan, tables: &[MeasureTable]) -> Self {
        let measures = tables.iter().map(|table| (table.name.clone(), Arc::new(table.clone()))).collect();
        let name = |index: usize| format!("source.{}", plan.sources[index].name);
        let source_of = plan.measures.iter().map(|measure| (measure.name.clone(), name(measure.source))).collect();
        let fact = |source: &SourcePlan| SourceFact {
            title: source.title.clone(),
            noun: source.noun.clone(),
            delivered: true,
            readable: true,
        };
        let sources = plan.sources.iter().map(|source| (format!("source.{}", source.name), fact(source))).collect();
        Facts { names: JobNames::of(plan), measures, sources, source_of }
    }

    /// The same, knowing which optional sources have no file among the inputs.
    pub(super) fn delivered_by(mut self, plan: &Plan, inputs: &[InputFile]) -> Self {
        for source in plan.sources.iter().filter(|source| source.optional) {
            let delivered = inputs.iter().any(|input| input.source == source.name);
            if let Some(fact) = self.sources.get_mut(&format!("source.{}", source.name)) {
                fact.delivered = delivered;
            }
        }
        self
    }

    /// The same, knowing which sources could not be used: to a template they are as not delivered.
    pub(super) fn without(mut self, unread: &[String]) -> Self {
        for name in unread {
            if let Some(fact) = self.sources.get_mut(&format!("source.{name}")) {
                (fact.delivered, fact.readable) = (false, false);
            }
        }
        self
    }

    pub(super) fn source(&self, name: &str) -> Result<&SourceFact, Fault> {
        self.sources.get(name).ok_or_else(|| self.names.unknown(&[NameKind::Source], name, None, name))
    }

    /// The source that a measure counts.
    pub(super) fn source_of(&self, measure: &str) -> Option<&SourceFact> {
        self.sources.get(self.source_of.get(measure)?)
    }

    /// False when the measure's source was not delivered: its table holds nothing.
    pub(super) fn delivers(&self, measure: &str) -> bool {
        self.source_of(measure).is_none_or(|source| source.delivered)
    }

    /// The measured table of a measure.
    pub(super) fn measure(&self, name: &str, each: Option<&str>) -> Result<&Arc<MeasureTable>, Fault> {
        let full = self.names.resolve(&[NameKind::Measure], name, each)?;
        let unmeasured = || Fault::new(Code::Internal, format!("`{full}` was planned but not measured"));
        self.measures.get(&full).ok_or_else(unmeasured)
    }
}

/// The index of a row by label or key path; the total row, or the only one, when none is named.
pub(super) fn row_index(table: &MeasureTable, name: Option<&str>) -> Result<usize, Fault> {
    let Some(name) = name else { return unnamed_row(table) };
    let index = table.rows.iter().position(|row| row.label == name || row_name(row) == name);
    index.ok_or_else(|| {
        let labels = table.rows.iter().map(|row| row.label.as_str());
        did_you_mean(say!("write-has-no-row", table = table.name, name), name, labels)
    })
}

fn unnamed_row(table: &MeasureTable) -> Result<usize, Fault> {
    let total = table.rows.iter().position(|row| row.kind == RowKind::Total);
    let only = if table.rows.len() == 1 { Some(0) } else { None };
    total.or(only).ok_or_else(|| {
        Fault::new(Code::UnknownName, say!("write-has-no-total-row", name = table.name))
            .help(say!("write-name-row-row"))
    })
}

/// The index of a column by key or header; the one that a reader would mean when none is named.
pub(super) fn column_index(table: &MeasureTable, name: Option<&str>) -> Result<usize, Fault> {
    let Some(name) = name else {
        let columnless = || Fault::new(Code::UnknownName, say!("write-has-no-columns", name = table.name));
        return default_column(table).ok_or_else(columnless);
    };
    find_column(table, name).ok_or_else(|| unknown_column(table, name))
}

/// The fault of a column that a table does not have.
pub(super) fn unknown_column(table: &MeasureTable, name: &str) -> Fault {
    let known: Vec<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
    let labels = table.columns.iter().map(|column| column.label.as_str());
    let message = say!("write-has-no-column", table = table.name, name);
    let fault = did_you_mean(message, name, known.iter().copied().chain(labels));
    fault.help(say!("write-columns-are", known = quoted(&known)))
}
