//! The whole job as ordinary calls, in order: this file is the program on one screen.
//!
//! In: a [`Plan`] and what the command line adds. Out: a published folder and a [`RunSummary`], or a [`Failure`] and
//! the earlier report untouched. Only this module calls the steps; each step sees only the artefact of the one before.

mod beside;

mod cache;

mod checks;

mod coverage;

mod delivered;

mod disk;

mod elsewhere;

mod freshness;

mod gather;

mod gathered;

mod job_file;

mod manifest;

mod moment;

mod next;

mod options;

mod outputs;

mod own_texts;

mod personal;

#[cfg(test)]
mod power_cut;

mod preflight;

mod protect_file;

mod rejects;

mod remarks;

mod report;

mod retire;

mod summary;

mod unread;

mod workspace;

use std::path::PathBuf;
use std::time::Instant;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::table::MeasureTable;
use crate::draw::{self, Figure};
use crate::job::plan::{LoadedTheme, Plan};
use crate::measure::{self, Absence, Facts, Measured};
use crate::protect::{self, ProtectedReport};
use crate::write;

pub(crate) use crate::write::in_swedish;
pub(crate) use elsewhere::Elsewhere;
pub(crate) use gather::observations;
pub(crate) use job_file::write_job_file;
pub use next::carry_on;
pub use options::{Progress, RunOptions};
pub use personal::PersonalFinding;
pub use preflight::{Arrivals, arrivals, texts_of_no_year};
pub use protect_file::{protect_file, write_table};
pub use summary::RunSummary;

use cache::{Cache, Digests, Finished, Recipe, Standing};
use gather::{Known, Reading};
use gathered::Gathered;
use outputs::Scratch;
use preflight::Seen;
use workspace::{Published, Workspace};

/// Runs a job to the published report.
///
/// Out: the folder is replaced by rename when every balance has closed, the manifest being its last file; a run that
/// fails leaves the earlier one. Errors: everything that a step, a data rule or a template finds.
pub fn run_job(plan: &Plan, options: &RunOptions, progress: &dyn Progress) -> Result<RunSummary, Failure> {
    let started = Instant::now();
    let formats = report::formats(plan, options);
    let (seen, read) = preflight::steadily(plan, |seen| read(plan, options, progress, seen))?;
    let Read { workspace, mut cache, found } = read;
    let mut gathered = match found {
        Found::Anew(gathered) => gathered,
        Found::Standing(standing) => {
            let untouched = RunSummary::untouched(plan, standing, workspace.target().to_path_buf());
            return Ok(RunSummary { seconds: seconds(started), notices: workspace.told().to_vec(), ..untouched });
        }
    };
    let Seen { beside, warnings, .. } = seen;
    let (scratch, recipe) = (workspace.scratch(), Recipe { plan, formats: &formats, side_files: &beside.read });
    progress.step(&say!("run-step-measures"));
    let protected = protected(plan, &mut gathered, warnings)?;
    gathered.remarks.of_analyst(write::in_own_texts(plan, &beside.manuscript));
    outputs::tables(scratch, &protected.tables)?;
    next::write(scratch, plan, &protected.tables)?;
    progress.step(&say!("run-step-figures"));
    let figures = draw_all(plan, &protected.tables, &beside.theme)?;
    outputs::figures(scratch, &figures)?;
    progress.step(&say!("run-step-report"));
    let parts = report::Parts { recipe, beside: &beside, gathered: &gathered, protected: &protected, figures };
    let report = report::write(parts, scratch)?;
    rejects::write(scratch, &gathered.rejects)?;
    let outputs = &manifest::write(scratch, plan, &gathered, &protected, started.elapsed())?;
    cache.forget_run();
    let Published { folder, told } = workspace.publish()?;
    cache.remember(&Finished { recipe, gathered: &gathered, protected: &protected, report, outputs })?;
    Ok(RunSummary {
        report: report.map(|name| folder.join(name)),
        folder,
        published: true,
        notices: cache.take_notices().into_iter().chain(told).collect(),
        seconds: seconds(started),
        ..RunSummary::of(plan, *gathered, protected)
    })
}

/// Where a run works, and what it found.
struct Read {
    workspace: Workspace<'static>,
    cache: Cache,
    found: Found,
}

enum Found {
    /// Nothing has changed since the last run.
    Standing(Standing),
    Anew(Box<Gathered>),
}

/// Takes a place to work in and reads there what has changed.
fn read(plan: &Plan, options: &RunOptions, progress: &dyn Progress, seen: &Seen) -> Result<Read, Failure> {
    let Seen { files, beside, unread, .. } = seen;
    let workspace = Workspace::open(&folder(plan, options), &plan.job.name)?;
    let mut cache = Cache::of(workspace.target(), options.fresh);
    let digests = cache.may_know().then(|| Digests::of(files)).transpose()?;
    let formats = report::formats(plan, options);
    let recipe = Recipe { plan, formats: &formats, side_files: &beside.read };
    if let Some(digests) = digests.as_ref().filter(|_| unread.is_empty())
        && let Some(standing) = cache.standing(recipe, files, digests)
    {
        return Ok(Read { workspace, cache, found: Found::Standing(standing) });
    }
    let mut known = Known { cache: &mut cache, digests: digests.as_ref() };
    let reading = Reading { plan, scratch: workspace.scratch(), threads: options.threads, progress };
    let gathered = reading.gather_sound(files.clone(), unread.clone(), &mut known)?;
    Ok(Read { workspace, cache, found: Found::Anew(Box::new(gathered)) })
}

/// Everything but the report: sources, balances, data rules, measures.
///
/// Out: a summary without a report. Nothing is written where a report stands, and no run is kept from it.
pub fn check_job(plan: &Plan, options: &RunOptions, progress: &dyn Progress) -> Result<RunSummary, Failure> {
    let started = Instant::now();
    let folder = folder(plan, options);
    let (seen, mut gathered) = preflight::steadily(plan, |seen| {
        let elsewhere = Elsewhere::new("check")?;
        let scratch = &Scratch::at(elsewhere.path().to_path_buf());
        let mut known = Known { cache: &mut Cache::of(&folder, true), digests: None };
        let reading = Reading { plan, scratch, threads: options.threads, progress };
        reading.gather_sound(seen.files.clone(), seen.unread.clone(), &mut known)
    })?;
    let Seen { files: mut readable, beside, warnings, .. } = seen;
    readable.retain(|source, _| !gathered.unread.has(*source));
    progress.step(&say!("run-step-measures"));
    let protected = protected(plan, &mut gathered, warnings)?;
    gathered.remarks.of_analyst(write::in_own_texts(plan, &beside.manuscript));
    gathered.remarks.of_analyst(delivered::not_read_told(plan, &readable));
    let (personal, telling) = personal::look(plan, &readable, options.threads, progress)?;
    gathered.remarks.of_analyst(telling);
    Ok(RunSummary { folder, personal, seconds: seconds(started), ..RunSummary::of(plan, gathered, protected) })
}

fn seconds(started: Instant) -> f64 {
    started.elapsed().as_secs_f64()
}

/// All measures of what was gathered, small counts hidden; what is remarkable about them is told before `warnings`.
fn protected(plan: &Plan, gathered: &mut Gathered, warnings: Vec<Diagnostic>) -> Result<ProtectedReport, Failure> {
    let Measured { sheets, remarks } = measured(plan, gathered)?;
    gathered.remarks.of_report(remarks.into_iter().chain(warnings));
    let protected = protect::protect(plan, sheets)?;
    gathered.remarks.of_report(measure::findings(plan, &protected.tables));
    Ok(protected)
}

fn measured(plan: &Plan, gathered: &Gathered) -> Result<Measured, Failure> {
    let Gathered { cubes, observations, unread, .. } = gathered;
    let is_absent = |source: &usize| !gathered.is_delivered(&plan.sources[*source].name);
    let why = |source: usize| if unread.has(source) { Absence::Unreadable } else { Absence::NotDelivered };
    let absent = (0..plan.sources.len()).filter(is_absent).map(|source| (source, why(source))).collect();
    let facts = Facts { cubes, rows: observations, deliveries: &gathered.deliveries(plan), absent: &absent };
    measure::compute(plan, facts)
}

/// Where a run's results stand: `<output>/<job>/<year>`, or the folder that the user named.
pub fn folder(plan: &Plan, options: &RunOptions) -> PathBuf {
    let named = || plan.job.output.join(&plan.job.name).join(plan.job.year.to_string());
    options.out.clone().unwrap_or_else(named)
}

/// All figures of the plan, side by side, in plan order; a table with nothing to draw has no figure.
fn draw_all(plan: &Plan, tables: &[MeasureTable], theme: &LoadedTheme) -> Result<Vec<Figure>, Failure> {
    let drawn: Result<Vec<Option<Figure>>, Failure> =
        plan.charts.par_iter().map(|chart| draw::draw(chart, &tables[chart.measure], theme)).collect();
    Ok(drawn?.into_iter().flatten().collect())
}
