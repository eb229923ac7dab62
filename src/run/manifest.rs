//! `manifest.json`, written last: what went in, what became of every row, what came out. The only place with a clock.

mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::Balance;
use crate::domain::delivery::CellCount;
use crate::domain::swedish;
use crate::domain::table::MeasureTable;
use crate::job::plan::{Plan, ProtectPlan};

use super::cache::{BUILD, Outputs, digest_of_file};
use super::facts::Facts;
use super::outputs;

const NAME: &str = "manifest.json";

/// Lists the job as written, inputs and outputs with digests, balances, tables and seconds. File names only: no path of
/// the machine.
///
/// Out: the digests of all files of the run, the manifest too, by name.
pub(super) fn write(
    scratch: &Path,
    plan: &Plan,
    facts: &Facts,
    printed: &[MeasureTable],
    elapsed: Duration,
) -> Result<Outputs, Failure> {
    if plan.protect.is_some() {
        outputs::file(scratch, "las-mig.txt", READ_ME.as_bytes())?;
    }
    let outputs = listing(scratch, scratch)?;
    let manifest = json!({
        "program": { "name": "kvalis", "version": env!("CARGO_PKG_VERSION"), "build": BUILD },
        "job": job(plan),
        "inputs": facts.inputs.iter().map(|input| json!({
            "source": input.source, "file": input.file_name, "bytes": input.bytes, "blake3": input.digest,
            "encoding": input.encoding, "sheets": input.sheets,
        })).collect::<Vec<_>>(),
        "balances": facts.balances.iter().map(balance).collect::<Vec<_>>(),
        "cells": cells(plan, facts),
        "tables": printed.iter().map(tables::described).collect::<Vec<_>>(),
        "unread": facts.unread.told(plan).map(unread).collect::<Vec<_>>(),
        "warnings": facts.warnings.len(),
        "rejects": facts.rejects.len(),
        "protection": plan.protect.as_ref().map(protection),
        "outputs": outputs.iter().map(listed).collect::<Vec<_>>(),
        "seconds": (elapsed.as_secs_f64() * 1000.0).round() / 1000.0,
    });
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| Failure::internal(error.to_string()))?;
    let text = format!("{text}\n");
    outputs::file(scratch, NAME, text.as_bytes())?;
    let mut digests: Outputs = outputs.into_iter().map(|file| (file.name, file.digest)).collect();
    digests.insert(NAME.to_string(), blake3::hash(text.as_bytes()).to_hex().to_string());
    Ok(digests)
}

/// The job file itself: what `diff` and `explain` read of a run must not have changed since.
fn job(plan: &Plan) -> Value {
    let job = &plan.job;
    let file = Path::new(&job.file).file_name().map(|name| name.to_string_lossy().into_owned());
    json!({
        "name": job.name,
        "year": job.year,
        "as_of": swedish::day(job.as_of),
        "period": { "first_month": job.period.first_month, "named_after_end": job.period.named_after_end },
        "file": file,
        "blake3": blake3::hash(job.text.as_bytes()).to_hex().as_str(),
        "text": job.text,
    })
}

/// Files that hold rows or counts before anything was hidden: for the analyst's own archive, never for publication.
pub(super) const INTERNAL: [&str; 4] = ["data/", "rejects.csv", "places.json", NAME];

/// For whoever opens the folder to publish from it.
const READ_ME: &str = "\
Små antal är dolda i rapporten, tabellerna (tables/) och figurerna (figures/). De kan publiceras.

Internt, får inte publiceras eftersom raderna i underlaget eller antal ur dem står där:
  data/
  rejects.csv
  places.json
  manifest.json
";

/// What was protected, and which of the files may leave the house.
fn protection(protect: &ProtectPlan) -> Value {
    let exempt = protect.exempt.iter().map(|(name, reason)| json!({ "name": name, "reason": reason }));
    json!({
        "threshold": protect.threshold,
        "sensitive_zeros": protect.sensitive_zeros,
        "exempt": exempt.collect::<Vec<Value>>(),
        "internal": INTERNAL,
        "publication": "all other files",
    })
}

fn balance(balance: &Balance) -> Value {
    let origin = balance.origin();
    let fates: Map<String, Value> = balance.fates().map(|(fate, rows)| (fate.name(), rows.into())).collect();
    json!({ "source": origin.source, "file": origin.file, "sheet": origin.sheet, "read": balance.read(), "fates": fates })
}

/// By source the cells without a value, where there are any: `explain` needs them to count data quality anew.
fn cells(plan: &Plan, facts: &Facts) -> BTreeMap<String, Vec<CellCount>> {
    let of_sources = facts.deliveries(plan).into_iter().map(|(source, delivery)| (source, delivery.cells));
    of_sources.filter(|(_, cells)| !cells.is_empty()).collect()
}

/// A source that the run did without. Places are paths of the machine: the code and the message say what was wrong.
fn unread((source, diagnostics): (&str, &[Diagnostic])) -> Value {
    let problem = |problem: &Diagnostic| json!({ "code": problem.code.name(), "message": problem.message });
    json!({ "source": source, "problems": diagnostics.iter().map(problem).collect::<Vec<_>>() })
}

/// A file of the run.
struct Output {
    /// Relative to the run's folder.
    name: String,
    bytes: u64,
    digest: String,
}

fn listed(file: &Output) -> Value {
    json!({ "file": file.name, "bytes": file.bytes, "blake3": file.digest })
}

/// Every file below `folder`, sorted by its name relative to `root`; digests are made side by side.
fn listing(root: &Path, folder: &Path) -> Result<Vec<Output>, Failure> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    paths.par_iter().map(|path| output(root, path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::io("reading", &folder.display().to_string(), &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        match path.is_dir() {
            true => collect(&path, paths)?,
            false => paths.push(path),
        }
    }
    Ok(())
}

fn output(root: &Path, path: &Path) -> Result<Output, Failure> {
    let bytes = fs::metadata(path).map_err(|error| Failure::io("reading", &path.display().to_string(), &error))?.len();
    let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(Output { name, bytes, digest: digest_of_file(path)? })
}
