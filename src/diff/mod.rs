//! Two published runs held against each other: which numbers are others, and why.
//!
//! In: two folders that `kvalis run` has left. Out: a [`Comparison`], and from it text, JSON or a page. Nothing is run
//! again: the numbers are those of `tables/*.csv`, the causes are what the manifests prove (digests of exports, the job
//! file's text, the build of the program), and the rows are those of the Parquet files. Never: a number that a run hid.

mod attribute;

mod cause;

mod columns;

mod comparison;

mod job;

mod json;

mod numbers;

mod page;

mod places;

mod rows;

mod run;

mod text;

mod words;

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};

pub use crate::published::Cell;
pub use cause::{Cause, FileChange, FileFate, SourceChange};
pub use comparison::{Comparison, MeasureChange, Side};
pub use job::KeyChange;
pub use json::json;
pub use numbers::{CellChange, TableChange, TableFate};
pub use page::page;
pub use rows::{RowChanges, RowFacts};
pub use text::{summary, text};

use crate::published::Table;
use attribute::OfTable;
use job::JobTree;
use numbers::Years;
use run::Run;

/// Reads and compares two published folders. `year`: compare that year's numbers only, whichever column each run has
/// them in. Of runs of different years where none is named one thing is asked: do the older one's numbers still stand?
///
/// Errors: `not-published` and `damaged-manifest` for either folder, `bad-value` for a year that neither run is of.
pub fn compare(old: &Path, new: &Path, year: Option<i32>) -> Result<Comparison, Failure> {
    let (old, new) = (Run::read(old)?, Run::read(new)?);
    let (was, is) = (old.folder.manifest.job.year, new.folder.manifest.job.year);
    let aligned = year.or((was != is).then_some(was.min(is)));
    let years = Years { old: was, new: is, aligned, rule: new.folder.manifest.job.period.rule() };
    let jobs = (old.job()?, new.job()?);
    let mut found = tables(&old, &new, &jobs, years);
    if let Some(year) = aligned.filter(|_| found.changes.iter().all(|(was, _)| was.is_none())) {
        let message = say!("diff-runs-have-no-number-of-year", year);
        let failure =
            Diagnostic::error(Code::BadValue, message, Location::Nowhere).help(say!("diff-name-a-year-of-both"));
        return Err(failure.into());
    }
    let equal = found.changes.iter().map(|(_, change)| change.equal).sum();
    found.changes.retain(|(_, change)| !change.is_equal());
    let keys = job::all_changes(&jobs.0, &jobs.1);
    let mut comparison = Comparison {
        old: side(&old, &jobs.0),
        new: side(&new, &jobs.1),
        year: aligned,
        equal,
        measures: Vec::new(),
        sources: sources(&old, &new, &jobs, aligned.map(|year| years.rule.days_of(year)))?,
        keys,
        not_compared: found.not_compared,
        asked_of: None,
    };
    comparison.measures = by_measure(found.changes, &comparison, &jobs, years);
    if year.is_none() && was != is {
        comparison.keep_what_no_longer_stands(years.rule.name_of(was.min(is)));
    }
    Ok(comparison)
}

fn side(run: &Run, tree: &JobTree) -> Side {
    let job = &run.folder.manifest.job;
    let organisation = tree.get("job.organisation").and_then(serde_json::Value::as_str).unwrap_or_default();
    Side {
        job: job.name.clone(),
        year: job.year,
        period: job.period.rule().name_of(job.year),
        as_of: job.as_of.clone(),
        organisation: organisation.to_string(),
        program: run.folder.manifest.program.clone(),
        is_protected: run.folder.manifest.protection.is_some(),
    }
}

fn sources(
    old: &Run,
    new: &Run,
    jobs: &(JobTree, JobTree),
    days: Option<(i32, i32)>,
) -> Result<Vec<SourceChange>, Failure> {
    let inputs = old.folder.manifest.inputs.iter().chain(&new.folder.manifest.inputs);
    let names: BTreeSet<&str> = inputs.map(|input| input.source.as_str()).collect();
    let changes = names.into_iter().map(|name| cause::source_change(old, new, &jobs.1, name, days));
    changes.filter_map(Result::transpose).collect()
}

/// All tables of both runs, each with its measure's name in the old run.
struct Found {
    changes: Vec<(Option<String>, TableChange)>,
    not_compared: Vec<String>,
}

fn tables(old: &Run, new: &Run, jobs: &(JobTree, JobTree), years: Years) -> Found {
    let named = |run: &'_ Run, name: &str| run.tables.iter().position(|table| table.name == name);
    let mut gone: Vec<&Table> = old.tables.iter().filter(|table| named(new, &table.name).is_none()).collect();
    let mut found = Found { changes: Vec::new(), not_compared: Vec::new() };
    for table in &new.tables {
        let partner = named(old, &table.name).map(|index| &old.tables[index]).or_else(|| {
            let index = gone.iter().position(|gone| is_renamed(gone, table, jobs))?;
            Some(gone.remove(index))
        });
        match partner {
            Some(partner) if years.aligned.is_some() && !numbers::has_year(partner, table, years) => {
                found.not_compared.push(table.name.clone());
            }
            Some(partner) => {
                found.changes.push((Some(partner.measure().to_string()), numbers::compare(partner, table, years)));
            }
            None => found.changes.push((None, TableChange::alone(table, TableFate::Came))),
        }
    }
    let went = gone.into_iter().map(|table| (None, TableChange::alone(table, TableFate::Went)));
    found.changes.extend(went);
    found
}

/// A table of the same definition under another name, for the same value of `each`.
fn is_renamed(old: &Table, new: &Table, jobs: &(JobTree, JobTree)) -> bool {
    let (was, is) = (jobs.0.get(old.measure()), jobs.1.get(new.measure()));
    was.is_some() && was == is && old.each() == new.each() && old.measure() != new.measure()
}

fn by_measure(
    changes: Vec<(Option<String>, TableChange)>,
    comparison: &Comparison,
    jobs: &(JobTree, JobTree),
    years: Years,
) -> Vec<MeasureChange> {
    let mut measures: Vec<(MeasureChange, Option<String>)> = Vec::new();
    for (was, change) in changes {
        let name = change.name.split('/').next().unwrap_or_default().to_string();
        match measures.iter_mut().find(|(measure, _)| measure.name == name) {
            Some((measure, _)) => measure.tables.push(change),
            None => measures.push((MeasureChange { name, causes: Vec::new(), tables: vec![change] }, was)),
        }
    }
    for (measure, was) in &mut measures {
        explain(measure, comparison, jobs, years);
        measure.causes = causes(measure, was.as_deref(), comparison, jobs);
    }
    measures.into_iter().map(|(measure, _)| measure).collect()
}

/// Every cause that the manifests prove for a measure.
fn causes(
    measure: &MeasureChange,
    was: Option<&str>,
    comparison: &Comparison,
    jobs: &(JobTree, JobTree),
) -> Vec<Cause> {
    let read = sources_of(measure, was, jobs);
    let inputs = comparison.sources.iter().filter(|source| source.is_input() && read.contains(&source.name));
    let mut causes: Vec<Cause> = inputs.map(|source| Cause::Input(source.name.clone())).collect();
    let keys = job::changes(&jobs.0, &jobs.1, &measure.name, was);
    causes.extend((!keys.is_empty()).then_some(Cause::Job(keys)));
    if comparison.old.program != comparison.new.program {
        causes.push(Cause::Program);
    }
    if measure.tables.iter().all(TableChange::is_of_words) {
        return vec![Cause::Words];
    }
    let (old, new) = (comparison.old.year, comparison.new.year);
    let unmoved = |cause: &Cause| {
        let source =
            comparison.sources.iter().find(|source| matches!(cause, Cause::Input(name) if source.name == *name));
        source.is_some_and(|source| !source.may_move_numbers())
    };
    let others = causes.iter().any(|cause| !unmoved(cause));
    if others || old != new {
        causes.retain(|cause| !unmoved(cause));
    }
    if causes.is_empty() && old != new {
        causes.push(Cause::Year { old, new });
    }
    let hidden = measure.tables.iter().flat_map(|table| &table.cells).any(CellChange::is_hidden);
    let elsewhere = !comparison.sources.is_empty() || !comparison.keys.is_empty();
    match causes.is_empty() {
        true if hidden && elsewhere => vec![Cause::Protection],
        true => vec![Cause::Unknown],
        false => causes,
    }
}

/// Sources that a measure reads in either run.
fn sources_of(measure: &MeasureChange, was: Option<&str>, jobs: &(JobTree, JobTree)) -> BTreeSet<String> {
    let mut sources = jobs.0.sources_of(was.unwrap_or(&measure.name));
    sources.extend(jobs.1.sources_of(&measure.name));
    sources
}

/// Finds the rows behind changed counts, where one source alone is read.
fn explain(measure: &mut MeasureChange, comparison: &Comparison, jobs: &(JobTree, JobTree), years: Years) {
    let read = jobs.1.sources_of(&measure.name);
    let several = |name: &str| {
        let repeated = jobs.1.get(&format!("source.{name}.repeated_ids")).and_then(serde_json::Value::as_str);
        repeated == Some("several_rows")
    };
    let mut changed = comparison.sources.iter().filter(|source| read.contains(&source.name) && !several(&source.name));
    let (Some(source), None) = (changed.next(), changed.next()) else { return };
    for table in &mut measure.tables {
        let each = table.name.split_once('/').map(|(_, value)| value.to_string());
        let of = OfTable { each: each.as_deref(), rule: years.rule, year: years.aligned.unwrap_or(years.new) };
        attribute::explain(&mut table.cells, source, &of);
    }
}
