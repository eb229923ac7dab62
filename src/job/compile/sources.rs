//! `[source.x]`: files, layout, marks, and what each kind of source must have.

use std::collections::BTreeMap;

use super::columns;
use super::lists::Lists;
use super::observations;
use crate::domain::spelling::fold;
use crate::domain::table::Nothing;
use crate::job::spec::{JobSpec, MissingMeaning, SourceSpec};
use crate::vocabulary::checks::{check_path, day, not_empty};
use crate::vocabulary::plan::MINIMUM_ANSWERS;
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan, JobPlan, KnownFrom, Layout, Noun, SourcePlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::Scope;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::{RepeatedIds, SourceKind};

const TOTAL_LABELS: [&str; 5] = ["Totalt", "Total", "Summa", "Totalsumma", "Samtliga"];

/// Rows that a header may take.
const HEADER_ROWS_MOST: u32 = 5;

/// Compiles all sources; the result has one per source of the spec, in its order, however wrong they are.
pub(super) fn compile(spec: &JobSpec, lists: &Lists, job: &JobPlan, problems: &mut Problems) -> Vec<SourcePlan> {
    let sources = spec.source.iter().enumerate();
    let compiled = sources.map(|(index, (name, spec))| {
        let at = Path::of(&["source", name]);
        let plan = source(name, spec, lists, job, &at, problems);
        let known_from = known_from(spec, Scope { index, plan: &plan }, &at.key("known_from"), problems);
        SourcePlan { known_from, ..plan }
    });
    compiled.collect()
}

fn source(
    name: &str,
    spec: &SourceSpec,
    lists: &Lists,
    job: &JobPlan,
    at: &Path,
    problems: &mut Problems,
) -> SourcePlan {
    not_empty(&spec.title, &at.key("title"), problems);
    check_files(&spec.files, &at.key("files"), problems);
    let columns = columns::compile(name, spec, &marks(spec), lists, at, problems);
    check_ids(name, spec, &columns, at, problems);
    observations::check(name, spec, at, problems);
    SourcePlan {
        name: name.to_string(),
        title: spec.title.clone(),
        kind: spec.kind,
        noun: noun(spec),
        files: spec.files.clone(),
        optional: spec.optional,
        layout: layout(spec, at, problems),
        limits: job.limits,
        period_date: period_date(name, spec, &columns, &at.key("period_date"), problems),
        outside_period: spec.outside_period,
        covers: spec.covers,
        known_from: Vec::new(),
        repeated_ids: spec.repeated_ids,
        columns,
        wide: observations::wide(spec, at, problems),
        fixed: spec.fixed.iter().map(|(column, text)| (column.clone(), text.clone())).collect(),
        job_window: job.window(),
        period: job.period,
        minimum_answers: minimum_answers(spec, at, problems),
    }
}

/// What is not in the export all the way back; of events that are counted by period.
fn known_from(spec: &SourceSpec, scope: Scope, at: &Path, problems: &mut Problems) -> Vec<KnownFrom> {
    if !spec.known_from.is_empty() && spec.period_date.is_none() {
        problems.bad_key(at, say!("job-known-from-has-meaning-only"), say!("job-remove"));
    }
    let compiled = spec.known_from.iter().enumerate().filter_map(|(index, said)| {
        let at = at.index(index);
        let conditions = scope.conditions(&said.where_, false, &at.key("where"), problems);
        Some(KnownFrom { conditions, day: day(&said.day, &at.key("day"), problems)? })
    });
    compiled.collect()
}

/// Answers are of observations; elsewhere the key says nothing.
fn minimum_answers(spec: &SourceSpec, at: &Path, problems: &mut Problems) -> u32 {
    if spec.minimum_answers.is_some() && spec.kind != SourceKind::Observations {
        let message = say!("job-minimum-answers-has-meaning-only");
        problems.bad_key(&at.key("minimum_answers"), message, say!("job-remove"));
    }
    spec.minimum_answers.unwrap_or(MINIMUM_ANSWERS)
}

fn check_files(files: &[String], at: &Path, problems: &mut Problems) {
    if files.is_empty() {
        problems.bad_value(at, say!("job-source-has-no-files"), say!("job-name-at-least-one-file"));
    }
    for (index, file) in files.iter().enumerate() {
        check_path(file, &at.index(index), problems);
        if let Err(error) = glob::Pattern::new(file) {
            problems.bad_value(&at.index(index), say!("job-is-not-glob-pattern", file, why = error.msg), "");
        }
    }
}

fn noun(spec: &SourceSpec) -> Noun {
    if let Some(noun) = &spec.noun {
        return Noun {
            one: noun.one.clone(),
            many: noun.many.clone(),
            neuter: noun.neuter,
            definite: noun.definite.clone(),
            definite_many: noun.definite_many.clone(),
        };
    }
    let (one, many, neuter) = match spec.kind {
        SourceKind::Events => ("rapport", "rapporter", false),
        SourceKind::Observations => ("värde", "värden", true),
        SourceKind::Register => ("post", "poster", false),
    };
    Noun { one: one.into(), many: many.into(), neuter, definite: None, definite_many: None }
}

/// Folded mark → meaning, as declared or by the defaults of the spec.
fn marks(spec: &SourceSpec) -> BTreeMap<String, Nothing> {
    let meaning = |meaning: &MissingMeaning| match meaning {
        MissingMeaning::Missing => Nothing::Missing,
        MissingMeaning::NotApplicable => Nothing::NotApplicable,
        MissingMeaning::Withheld => Nothing::Withheld,
    };
    match &spec.missing {
        Some(said) => said.iter().map(|(mark, said)| (fold(mark), meaning(said))).collect(),
        None => [
            ("..", Nothing::Withheld),
            ("x", Nothing::Withheld),
            ("-", Nothing::Missing),
            ("–", Nothing::Missing),
            (".", Nothing::NotApplicable),
        ]
        .map(|(mark, meaning)| (mark.to_string(), meaning))
        .into(),
    }
}

fn check_ids(name: &str, spec: &SourceSpec, columns: &[ColumnPlan], at: &Path, problems: &mut Problems) {
    let ids: Vec<&str> = columns
        .iter()
        .filter(|column| matches!(column.kind, ColumnKindPlan::Id))
        .map(|column| column.name.as_str())
        .collect();
    match ids.as_slice() {
        [_] => {}
        [] if spec.kind == SourceKind::Events => {
            let message = say!("job-source-has-no-column-kind", name);
            problems.missing_key(&at.key("columns"), message, say!("job-set-kind-id-on-column"));
        }
        [] if spec.repeated_ids != RepeatedIds::First => {
            let message = say!("job-repeated-ids-has-no-meaning", name);
            problems.bad_key(&at.key("repeated_ids"), message, say!("job-remove"));
        }
        [] => {}
        [_, more @ ..] => {
            let message = say!("job-source-has-columns-kind-id", name, count = ids.len());
            problems.bad_value(&at.key("columns").key(more[0]).key("kind"), message, say!("job-make-others-category"));
        }
    }
}

fn layout(spec: &SourceSpec, at: &Path, problems: &mut Problems) -> Layout {
    let labels = spec.total_labels.clone().unwrap_or(TOTAL_LABELS.map(String::from).to_vec());
    let header_rows = spec.header_rows.unwrap_or(1);
    if !(1..=HEADER_ROWS_MOST).contains(&header_rows) {
        let message = say!("job-header-rows-must-be-from", most = HEADER_ROWS_MOST, header_rows);
        problems.bad_value(&at.key("header_rows"), message, "");
    } else if spec.header_row.is_some_and(|row| row < header_rows) {
        let message =
            say!("job-header-rows-cannot-end-on", header_rows, header_row = spec.header_row.unwrap_or_default());
        problems.bad_value(&at.key("header_row"), message, say!("job-name-lowest-row-header-counted"));
    }
    Layout {
        sheets: spec.sheets.clone(),
        header_row: spec.header_row,
        header_rows,
        encoding: encoding(spec.encoding.as_deref(), &at.key("encoding"), problems),
        delimiter: delimiter(spec.delimiter.as_deref(), &at.key("delimiter"), problems),
        total_labels: labels.iter().map(|label| fold(label)).collect(),
    }
}

fn encoding(said: Option<&str>, at: &Path, problems: &mut Problems) -> Option<String> {
    const KNOWN: [&str; 5] = ["auto", "utf-8", "windows-1252", "utf-16le", "utf-16be"];
    let label = said?.to_lowercase();
    if !KNOWN.contains(&label.as_str()) {
        problems.unknown(at, "encoding", &label, KNOWN);
    }
    (label != "auto").then_some(label)
}

fn delimiter(said: Option<&str>, at: &Path, problems: &mut Problems) -> Option<u8> {
    match said?.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Some(*byte),
        _ => {
            let message =
                say!("job-delimiter-must-be-one-character", found = format!("{:?}", said.unwrap_or_default()));
            problems.bad_value(at, message, say!("job-write-or-t-leave-out"));
            None
        }
    }
}

fn period_date(
    name: &str,
    spec: &SourceSpec,
    columns: &[ColumnPlan],
    at: &Path,
    problems: &mut Problems,
) -> Option<usize> {
    let wanted = spec.period_date.as_deref()?;
    let found = columns.iter().position(|column| column.name == wanted);
    match found {
        None => {
            let known = columns.iter().map(|column| column.name.as_str());
            problems.unknown(at, &say!("job-column-in-source", name), wanted, known);
        }
        Some(index) if !matches!(columns[index].kind, ColumnKindPlan::Date { .. }) => {
            problems.bad_value(at, say!("job-is-not-date-column", name = wanted), say!("job-name-column-kind-date"));
        }
        Some(_) => {}
    }
    found
}
