//! `manifest.json`, written last: what went in, what became of every row, what came out. The only place with a clock.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::diagnostic::Failure;
use crate::domain::balance::{Balance, Fate};
use crate::job::plan::Plan;

use super::facts::Facts;
use super::outputs;

/// Lists inputs and outputs with digests, balances and seconds. File names only: no path of the machine.
pub(super) fn write(scratch: &Path, plan: &Plan, facts: &Facts, elapsed: Duration) -> Result<(), Failure> {
    let manifest = json!({
        "program": { "name": "kvalis", "version": env!("CARGO_PKG_VERSION") },
        "job": { "name": plan.job.name, "year": plan.job.year, "as_of": crate::domain::swedish::day(plan.job.as_of) },
        "inputs": facts.inputs.iter().map(|input| json!({
            "source": input.source, "file": input.file_name, "bytes": input.bytes, "blake3": input.digest,
            "encoding": input.encoding, "sheets": input.sheets,
        })).collect::<Vec<_>>(),
        "balances": facts.balances.iter().map(balance).collect::<Vec<_>>(),
        "warnings": facts.warnings.len(),
        "rejects": facts.rejects.len(),
        "outputs": listing(scratch, scratch)?,
        "seconds": (elapsed.as_secs_f64() * 1000.0).round() / 1000.0,
    });
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| Failure::internal(error.to_string()))?;
    outputs::file(scratch, "manifest.json", format!("{text}\n").as_bytes())
}

fn balance(balance: &Balance) -> Value {
    let origin = balance.origin();
    let fates: Map<String, Value> = balance.fates().map(|(fate, rows)| (fate_name(fate), rows.into())).collect();
    json!({ "source": origin.source, "file": origin.file, "sheet": origin.sheet, "read": balance.read(), "fates": fates })
}

fn fate_name(fate: Fate) -> String {
    match fate {
        Fate::Kept => "kept".into(),
        Fate::Heading => "heading".into(),
        Fate::Blank => "blank".into(),
        Fate::TotalRow => "total-row".into(),
        Fate::Footnote => "footnote".into(),
        Fate::Deleted => "deleted".into(),
        Fate::Duplicate => "duplicate".into(),
        Fate::OutsidePeriod => "outside-period".into(),
        Fate::Rejected(code) => format!("rejected:{}", code.name()),
    }
}

/// Every file below `folder` with size and digest, sorted by its name relative to `root`.
fn listing(root: &Path, folder: &Path) -> Result<Vec<Value>, Failure> {
    let failed = |error: std::io::Error| Failure::io("reading", &folder.display().to_string(), &error);
    let mut paths: Vec<_> = fs::read_dir(folder).map_err(failed)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(listing(root, &path)?);
        } else {
            files.push(listed(root, &path).map_err(failed)?);
        }
    }
    Ok(files)
}

/// Name, size and digest of a file, read in pieces: a dataset may be large.
fn listed(root: &Path, path: &Path) -> std::io::Result<Value> {
    let mut hasher = blake3::Hasher::new();
    let bytes = std::io::copy(&mut fs::File::open(path)?, &mut hasher)?;
    let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(json!({ "file": name, "bytes": bytes, "blake3": hasher.finalize().to_hex().to_string() }))
}
