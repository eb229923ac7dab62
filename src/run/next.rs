//! Registers that go on from report to report: what one leaves is where the next one begins.
//!
//! In: the finished tables; or the old year's published folder and the new year's job. Out: a workbook of each register among the rows of the published
//! folder; or a copy of it under each name by which the new year's job reads it. Never: a file over another one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::outputs::Scratch;
use crate::diagnostic::Failure;
use crate::domain::table::MeasureTable;
use crate::job::plan::Plan;
use crate::measure::family::Of;
use crate::published::next_file;
use crate::write;

/// Writes each register once, for the analyst's own archive.
pub(super) fn write(scratch: &Scratch, plan: &Plan, tables: &[MeasureTable]) -> Result<(), Failure> {
    let mut written = BTreeSet::new();
    for (measure, table) in plan.measures.iter().zip(tables).filter(|(_, table)| !table.rows.is_empty()) {
        let of = Of { plan, measure };
        if let Some(source) = measure.kind.family().goes_on(of).first()
            && written.insert(*source)
        {
            let bytes = write::xlsx::register(table, plan.job.as_of)?;
            scratch.file(&next_file(&plan.sources[*source].name), &bytes)?;
        }
    }
    Ok(())
}

/// Puts what the report in the old year's folder left where the new year's job reads it.
///
/// Out: what was put where. A source whose file is found by pattern, or is no workbook, has no name to put it under.
pub fn carry_on(left: &Path, new: &Plan) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
    let mut carried = Vec::new();
    for measure in &new.measures {
        let sources = measure.kind.family().goes_on(Of { plan: new, measure });
        let Some(own) = sources.first() else { continue };
        let from = left.join(next_file(&new.sources[*own].name));
        let names = sources.iter().filter_map(|source| new.sources[*source].files.first());
        let targets = names.filter(|name| is_workbook(name)).map(|name| new.job.input.join(name));
        for target in targets.filter(|target| from.is_file() && !target.exists()) {
            fs::copy(&from, &target)
                .map_err(|error| Failure::io(say!("diagnostic-writing"), &target.display().to_string(), &error))?;
            carried.push((from.clone(), target));
        }
    }
    Ok(carried)
}

fn is_workbook(name: &str) -> bool {
    name.ends_with(".xlsx") && !name.contains(['*', '?', '['])
}
