//! The whole job as ordinary calls, in order: this file is the program on one screen.
//!
//! In: a [`Plan`] and what the command line adds. Out: a published folder and a [`RunSummary`], or a [`Failure`] and
//! the earlier report untouched. Only this module calls the steps; each step sees only the artefact of the one before.

mod cache;

mod checks;

mod facts;

mod freshness;

mod manifest;

mod outputs;

mod personal;

mod preflight;

mod protect_file;

mod rejects;

mod texts;

mod unread;

mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::Balance;
use crate::domain::table::MeasureTable;
use crate::draw::{self, Figure};
use crate::job::plan::{Format, Plan};
use crate::measure;
use crate::protect::{self, HiddenCell, ProtectedReport};
use crate::write::document::Document;
use crate::write::{self, ReportInputs, Texts};

pub(crate) use cache::BUILD;
pub(crate) use facts::observations;
pub(crate) use outputs::PLACES;
pub use protect_file::{protect_file, write_table};

use cache::{Cache, Digests, Finished, Outputs, Standing};
use facts::{Facts, Known};
pub use personal::PersonalFinding;
use preflight::Seen;
use workspace::Workspace;

/// What the command line adds to a job.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Folder of this run's results instead of `<output>/<job>/<year>`.
    pub out: Option<PathBuf>,
    /// Formats instead of the job's.
    pub formats: Vec<Format>,
    /// Threads for reading; 0 = as many as the machine has.
    pub threads: usize,
    /// Read everything again, whatever an earlier run has left.
    pub fresh: bool,
}

/// Told while a run goes on; a terminal shows a bar, a log nothing.
pub trait Progress: Sync {
    fn step(&self, what: &str);
    /// Rows handed over since the last call.
    fn rows(&self, rows: u64);
}

/// What came of a run, for the summary line and `--json`.
#[derive(Debug, Clone)]
pub struct RunSummary {
    pub job: String,
    pub folder: PathBuf,
    /// The main report file, `None` after `check` and for a job without chapters.
    pub report: Option<PathBuf>,
    /// True when results stand in `folder`; false after `check`.
    pub published: bool,
    pub balances: Vec<Balance>,
    pub warnings: Vec<Diagnostic>,
    /// What concerns this machine and not the report: remains of earlier runs that did not hold.
    pub notices: Vec<Diagnostic>,
    /// Sources that an earlier run had read from the same files.
    pub recalled: Vec<String>,
    /// Nothing had changed since the last run: how many exports and published files were verified, and no more done.
    pub verified: Option<(usize, usize)>,
    /// Columns that hold personal data; only `check` looks for them.
    pub personal: Vec<PersonalFinding>,
    /// Small counts that are hidden, and those that are hidden with them; empty without `[protect]`.
    pub hidden: Vec<HiddenCell>,
    /// Tables in which fewer hidden counts might do.
    pub unproved: Vec<String>,
    /// Names of the sources that the job did without because they could not be used, and what was wrong with them.
    pub unread: Vec<String>,
    pub errors: Vec<Diagnostic>,
    pub seconds: f64,
}

/// Runs a job to the published report.
///
/// Out: the folder is replaced by rename when every balance has closed, the manifest being its last file; a run that
/// fails leaves the earlier one. Errors: everything that a step, a data rule or a template finds.
pub fn run_job(plan: &Plan, options: &RunOptions, progress: &dyn Progress) -> Result<RunSummary, Failure> {
    let started = Instant::now();
    let Seen { files, texts, warnings, unread } = preflight::look(plan)?;
    let target = folder(plan, options);
    let workspace = Workspace::open(&target)?;
    let mut cache = Cache::of(&target, options.fresh);
    let digests = cache.may_know().then(|| Digests::of(&files)).transpose()?;
    if unread.is_empty()
        && let Some(standing) = standing(plan, options, &mut cache, &files, digests.as_ref())?
    {
        return Ok(untouched(plan, standing, target, started));
    }
    let mut known = Known { cache: &mut cache, digests: digests.as_ref() };
    let (scratch, threads) = (workspace.scratch(), options.threads);
    let mut facts = facts::gather_sound(plan, files, unread, scratch, threads, &mut known, progress)?;
    facts.warnings.extend(warnings);
    progress.step(&say!("run-step-measures"));
    let protected = protect::protect(plan, measured(plan, &facts)?)?;
    let tables = &protected.tables;
    facts.warnings.extend(measure::differing_from_print(plan, tables));
    outputs::tables(workspace.scratch(), tables)?;
    progress.step(&say!("run-step-figures"));
    let figures = draw_all(plan, tables)?;
    outputs::figures(workspace.scratch(), &figures)?;
    progress.step(&say!("run-step-report"));
    let report = report(plan, options, &facts, &texts, &protected, figures, workspace.scratch())?;
    // For the analyst: not among the warnings that the report prints.
    facts.warnings.extend(write::in_own_texts(plan, &texts));
    rejects::write(workspace.scratch(), &facts.rejects)?;
    let published = manifest::write(workspace.scratch(), plan, &facts, tables, started.elapsed())?;
    cache.forget_run();
    let folder = workspace.publish()?;
    let ProtectedReport { hidden, unproved, .. } = protected;
    remember(plan, options, &mut cache, &facts, report, (&hidden, &unproved), &published)?;
    let report = report.map(|name| folder.join(name));
    let notices = cache.take_notices();
    Ok(RunSummary { report, published: true, notices, hidden, unproved, ..summary(plan, facts, folder, started) })
}

/// The earlier run, if nothing that decides the results has changed since.
fn standing(
    plan: &Plan,
    options: &RunOptions,
    cache: &mut Cache,
    files: &SourceFiles,
    digests: Option<&Digests>,
) -> Result<Option<Standing>, Failure> {
    digests.map_or(Ok(None), |digests| cache.standing(plan, &formats(plan, options), files, digests))
}

/// Leaves for the next run what this one found. Only what has been published is remembered.
fn remember(
    plan: &Plan,
    options: &RunOptions,
    cache: &mut Cache,
    facts: &Facts,
    report: Option<&str>,
    (hidden, unproved): (&[HiddenCell], &[String]),
    outputs: &Outputs,
) -> Result<(), Failure> {
    for (index, (source, result)) in plan.sources.iter().zip(&facts.results).enumerate() {
        if !facts.unread.has(index)
            && let Some(parquet) = outputs.get(&format!("data/{}.parquet", source.name))
        {
            cache.remember(&plan.job, source, result, parquet)?;
        }
    }
    if !facts.unread.is_empty() {
        // The next run tries again, whether or not the files have changed.
        return Ok(());
    }
    let inputs = facts.inputs.iter().map(|file| (file.file_name.clone(), file.digest.clone())).collect();
    let (balances, warnings, formats) = (&facts.balances, &facts.warnings, &formats(plan, options));
    cache.remember_run(&Finished { plan, formats, inputs, report, balances, warnings, hidden, unproved, outputs })
}

/// Everything but the report: sources, balances, data rules, measures.
///
/// Out: a summary without a report; what was read is thrown away.
pub fn check_job(plan: &Plan, options: &RunOptions, progress: &dyn Progress) -> Result<RunSummary, Failure> {
    let started = Instant::now();
    let Seen { files, texts, warnings, unread } = preflight::look(plan)?;
    let folder = folder(plan, options);
    let workspace = Workspace::open(&folder)?;
    let mut known = Known { cache: &mut Cache::of(&folder, true), digests: None };
    let (scratch, threads) = (workspace.scratch(), options.threads);
    let mut readable = files.clone();
    let mut facts = facts::gather_sound(plan, files, unread, scratch, threads, &mut known, progress)?;
    readable.retain(|source, _| !facts.unread.has(*source));
    facts.warnings.extend(warnings);
    progress.step(&say!("run-step-measures"));
    facts.warnings.extend(write::in_own_texts(plan, &texts));
    let ProtectedReport { tables, hidden, unproved, .. } = protect::protect(plan, measured(plan, &facts)?)?;
    facts.warnings.extend(measure::differing_from_print(plan, &tables));
    let (personal, telling) = personal::look(plan, &readable, options.threads, progress)?;
    facts.warnings.extend(telling);
    Ok(RunSummary { hidden, unproved, personal, ..summary(plan, facts, folder, started) })
}

/// The tables of all measures; those of sources that were not delivered hold nothing.
fn measured(plan: &Plan, facts: &Facts) -> Result<Vec<MeasureTable>, Failure> {
    let deliveries = facts.deliveries(plan);
    let mut tables = measure::compute_with(plan, &facts.cubes, &facts.observations, &deliveries)?;
    let is_delivered = |source: usize| facts.is_delivered(&plan.sources[source].name);
    measure::blank_undelivered(plan, &mut tables, &is_delivered, &|source| facts.unread.has(source));
    Ok(tables)
}

/// Where a run's results stand: `<output>/<job>/<year>`, or the folder that the user named.
pub fn folder(plan: &Plan, options: &RunOptions) -> PathBuf {
    let named = || plan.job.output.join(&plan.job.name).join(plan.job.year.to_string());
    options.out.clone().unwrap_or_else(named)
}

/// All figures of the plan, side by side, in plan order; a table with nothing to draw has no figure.
fn draw_all(plan: &Plan, tables: &[MeasureTable]) -> Result<Vec<Figure>, Failure> {
    let drawn: Result<Vec<Option<Figure>>, Failure> =
        plan.charts.par_iter().map(|chart| draw::draw(chart, &tables[chart.measure], &plan.theme)).collect();
    Ok(drawn?.into_iter().flatten().collect())
}

/// Composes the document and writes it in each format, side by side; the name of the main file. A job without chapters
/// has none.
fn report(
    plan: &Plan,
    options: &RunOptions,
    facts: &Facts,
    texts: &Texts,
    protected: &ProtectedReport,
    figures: Vec<Figure>,
    scratch: &Path,
) -> Result<Option<&'static str>, Failure> {
    if plan.chapters.is_empty() {
        return Ok(None);
    }
    let warnings: Vec<Diagnostic> = facts.unread.warnings().into_iter().chain(facts.warnings.iter().cloned()).collect();
    let (balances, inputs, warnings) = (&facts.balances, &facts.inputs, &warnings);
    let unread = &facts.unread.names(plan);
    let ProtectedReport { tables, hidden_rows, .. } = protected;
    let document =
        write::compose(ReportInputs { plan, tables, figures, balances, warnings, inputs, unread, texts, hidden_rows })?;
    outputs::underlag(scratch, &document, tables)?;
    outputs::places(scratch, &document)?;
    let formats = formats(plan, options);
    let written: Result<Vec<()>, Failure> = formats
        .par_iter()
        .map(|format| outputs::file(scratch, file_name(*format), &in_format(*format, &document, plan)?))
        .collect();
    written?;
    Ok(formats.first().map(|format| file_name(*format)))
}

/// The formats to write, each once.
fn formats(plan: &Plan, options: &RunOptions) -> Vec<Format> {
    let asked = if options.formats.is_empty() { &plan.job.formats } else { &options.formats };
    asked.iter().copied().collect::<BTreeSet<Format>>().into_iter().collect()
}

/// The report's file in a format.
fn file_name(format: Format) -> &'static str {
    match format {
        Format::Html => "report.html",
        Format::Docx => "report.docx",
        Format::Pdf => "report.pdf",
        Format::Xlsx => "appendix.xlsx",
        Format::Markdown => "report.md",
    }
}

fn in_format(format: Format, document: &Document, plan: &Plan) -> Result<Vec<u8>, Failure> {
    match format {
        Format::Html => write::html::write(document, &plan.theme).map(String::into_bytes),
        Format::Docx => write::docx::write(document, &plan.theme, preflight::word_template(plan)?.as_ref()),
        Format::Pdf => write::pdf::write(document, &plan.theme),
        Format::Xlsx => write::xlsx::write(document, &plan.charts, plan.job.as_of, &plan.theme),
        Format::Markdown => Ok(write::report_md::write(document).into_bytes()),
    }
}

/// What was read, before anything is published.
fn summary(plan: &Plan, facts: Facts, folder: PathBuf, started: Instant) -> RunSummary {
    let Facts { balances, warnings, recalled, unread, .. } = facts;
    RunSummary {
        job: plan.job.name.clone(),
        folder,
        report: None,
        published: false,
        balances,
        warnings,
        notices: Vec::new(),
        recalled,
        verified: None,
        personal: Vec::new(),
        hidden: Vec::new(),
        unproved: Vec::new(),
        unread: unread.names(plan),
        errors: unread.errors(),
        seconds: started.elapsed().as_secs_f64(),
    }
}

/// A run that found everything as the last one left it.
fn untouched(plan: &Plan, standing: Standing, folder: PathBuf, started: Instant) -> RunSummary {
    RunSummary {
        job: plan.job.name.clone(),
        report: standing.report.map(|name| folder.join(name)),
        folder,
        published: true,
        balances: standing.balances,
        warnings: standing.warnings,
        notices: Vec::new(),
        recalled: plan.sources.iter().map(|source| source.name.clone()).collect(),
        verified: Some(standing.verified),
        personal: Vec::new(),
        hidden: standing.hidden,
        unproved: standing.unproved,
        unread: Vec::new(),
        errors: Vec::new(),
        seconds: started.elapsed().as_secs_f64(),
    }
}

/// Files of each source, by the source's index.
type SourceFiles = BTreeMap<usize, Vec<PathBuf>>;
