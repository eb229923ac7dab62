//! The manifest of a run, written last: what went in, what became of every row, what came out. The only place with a
//! clock. File names only: no path of the machine.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Failure, file_name};
use crate::domain::delivery::CellCount;
use crate::domain::swedish;
use crate::job::plan::{Plan, SourceKind};
use crate::protect::ProtectedReport;
use crate::published::{
    INTERNAL, Input, Job, MANIFEST, Manifest, Period, Problem, Program, Protection, READ_ME, SheetBalance, TableEntry,
    UnreadSource,
};
use crate::write::InputFile;

use super::cache::Outputs;
use super::gathered::Gathered;
use super::outputs::Scratch;

/// Writes what a reader of the folder needs to know of it.
///
/// Out: the digests of all files of the run, the manifest too, by name.
pub(super) fn write(
    scratch: &Scratch,
    plan: &Plan,
    gathered: &Gathered,
    protected: &ProtectedReport,
    elapsed: Duration,
) -> Result<Outputs, Failure> {
    if plan.protect.is_some() {
        scratch.file(READ_ME, read_me(plan, protected).as_bytes())?;
    }
    let manifest = Manifest {
        program: Program::this(),
        job: job(plan),
        inputs: gathered.inputs.iter().map(input).collect(),
        balances: gathered.balances.iter().map(SheetBalance::of).collect(),
        cells: cells(plan, gathered),
        tables: protected.tables.iter().map(TableEntry::of).collect(),
        unread: gathered.unread.told(plan).map(|(source, wrong)| unread(source, wrong)).collect(),
        warnings: gathered.remarks.len(),
        rejects: gathered.rejects.len(),
        protection: plan.protect.as_ref().map(|rules| Protection::of(rules, protected.counts, protected.beyond_fewest)),
        outputs: scratch.listing(),
        seconds: (elapsed.as_secs_f64() * 1000.0).round() / 1000.0,
    };
    let text = manifest.text()?;
    scratch.file(MANIFEST, text.as_bytes())?;
    let mut digests: Outputs = manifest.outputs.into_iter().map(|output| (output.file, output.blake3)).collect();
    digests.insert(MANIFEST.to_string(), blake3::hash(text.as_bytes()).to_hex().to_string());
    Ok(digests)
}

/// The job file itself: what `diff` and `explain` read of a run must not have changed since.
fn job(plan: &Plan) -> Job {
    let job = &plan.job;
    Job {
        name: job.name.clone(),
        year: job.year,
        as_of: swedish::day(job.as_of),
        period: Period::of(job.period),
        file: file_name(Path::new(&job.file)),
        blake3: blake3::hash(job.text.as_bytes()).to_hex().to_string(),
        text: job.text.clone(),
    }
}

/// For whoever opens the folder to publish from it: what was proved, what was not, and what must not leave the house.
fn read_me(plan: &Plan, protected: &ProtectedReport) -> String {
    let internal: String = INTERNAL.map(|name| format!("  {name}\n")).concat();
    let ready = plan.sources.iter().filter(|source| source.kind == SourceKind::Observations);
    let ready: Vec<&str> = ready.map(|source| source.title.as_str()).collect();
    let unprotected = if ready.is_empty() {
        String::new()
    } else {
        format!("{}\n\n", printed!("run-ready-counts-are-not-hidden", sources = ready.join(", ")))
    };
    let (hidden, told) = (printed!("run-small-counts-are-hidden"), printed!("run-what-is-internal"));
    let fewest = fewest(protected);
    format!("{hidden}\n\n{fewest}\n\n{unprotected}{told}\n{internal}{}\n", printed!("run-cache-is-internal"))
}

/// How many counts are hidden, and how many fewer might do.
fn fewest(protected: &ProtectedReport) -> String {
    let ProtectedReport { counts: hidden, beyond_fewest: beyond, .. } = protected;
    if *beyond == 0 {
        printed!("run-fewest-are-hidden", hidden)
    } else {
        printed!("run-fewer-might-do", hidden, beyond)
    }
}

fn input(file: &InputFile) -> Input {
    Input {
        source: file.source.clone(),
        file: file.file_name.clone(),
        bytes: file.bytes,
        blake3: file.digest.clone(),
        encoding: file.encoding.clone(),
        sheets: file.sheets.clone(),
    }
}

/// By source the cells without a value, where there are any: `explain` needs them to count data quality anew.
fn cells(plan: &Plan, gathered: &Gathered) -> BTreeMap<String, Vec<CellCount>> {
    let of_sources = gathered.deliveries(plan).into_iter().map(|(source, delivery)| (source, delivery.cells));
    of_sources.filter(|(_, cells)| !cells.is_empty()).collect()
}

fn unread(source: &str, wrong: &[Diagnostic]) -> UnreadSource {
    UnreadSource { source: source.to_string(), problems: wrong.iter().map(Problem::of).collect() }
}
