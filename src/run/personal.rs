//! Where the exports hold personal data, for `kvalis check`: all columns are read, also those that no job asks for.
//!
//! In: the plan and its files. Out: a line for each column, and warnings about declared columns whose text may be shown.
//! Nothing of what is read is kept.

use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::personal_data::{KINDS, Kind};
use crate::ingest;
use crate::job::plan::{ColumnKindPlan, ColumnPlan, Plan, SourcePlan};
use crate::normalise::{PersonalColumn, PersonalColumns};

use super::gather;
use super::options::{Progress, SourceFiles};

/// A column of a source that holds personal data, over all its files and sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalFinding {
    /// The source's title.
    pub source: String,
    /// As the export writes it, unless it holds personal data itself.
    pub header: String,
    /// How the job declares it: "not declared", "id", "text, masked" …
    pub declared: &'static str,
    /// Cells that hold something.
    pub filled: u64,
    /// Cells that hold each kind, in the order of [`Kind::ALL`].
    pub cells: [u64; KINDS],
}

/// Reads all columns of all sources.
pub(super) fn look(
    plan: &Plan,
    files: &SourceFiles,
    threads: usize,
    progress: &dyn Progress,
) -> Result<(Vec<PersonalFinding>, Vec<Diagnostic>), Failure> {
    let (mut findings, mut warnings) = (Vec::new(), Vec::new());
    progress.step(&say!("run-step-personal-data"));
    for (index, source) in plan.sources.iter().enumerate() {
        // A source that was put aside is not looked into.
        let Some(files) = files.get(&index) else { continue };
        let (columns, abort) = (PersonalColumns::default(), AtomicBool::new(false));
        let reading = ingest::Reading { files, threads: gather::threads(threads), abort: &abort };
        let seen = ingest::read_every_column(source, reading, &|batch| {
            columns.accept(batch);
            Ok(())
        })?;
        let declared: Vec<&ColumnPlan> = source.columns.iter().filter(|column| !column.headers.is_empty()).collect();
        for column in columns.finish(&seen, declared.len() + source.wide.len()) {
            let plan = column.declared.map(|index| declared.get(index).copied());
            warnings.extend(plan.flatten().and_then(|plan| warning(source, plan, &column)));
            add(&mut findings, source, declared_as(plan), column);
        }
    }
    Ok((findings, warnings))
}

/// One line for a column, however many sheets have it.
fn add(findings: &mut Vec<PersonalFinding>, source: &SourcePlan, declared: &'static str, column: PersonalColumn) {
    let same = |finding: &&mut PersonalFinding| {
        (&finding.source, &finding.header, finding.declared) == (&source.name, &column.header, declared)
    };
    match findings.iter_mut().find(same) {
        Some(finding) => {
            finding.filled += column.filled;
            finding.cells.iter_mut().zip(column.cells).for_each(|(cells, more)| *cells += more);
        }
        None => findings.push(PersonalFinding {
            source: source.name.clone(),
            header: column.header,
            declared,
            filled: column.filled,
            cells: column.cells,
        }),
    }
}

/// `None`: not declared; `Some(None)`: one of the columns that together are a wide table.
fn declared_as(plan: Option<Option<&ColumnPlan>>) -> &'static str {
    match plan.map(|plan| plan.map(|plan| &plan.kind)) {
        None => "not declared",
        Some(None | Some(ColumnKindPlan::Number { .. })) => "number",
        Some(Some(ColumnKindPlan::Id)) => "id",
        Some(Some(ColumnKindPlan::Date { .. })) => "date",
        Some(Some(ColumnKindPlan::YesNo)) => "yes or no",
        Some(Some(ColumnKindPlan::Category(_))) => "category of a list",
        Some(Some(ColumnKindPlan::OpenCategory)) => "open category",
        Some(Some(ColumnKindPlan::Text { masked: true })) => "text, masked",
        Some(Some(ColumnKindPlan::Text { masked: false })) => "text, not masked",
    }
}

/// A column whose text may be shown as it stands. Ids and open categories are warned about where they are masked.
fn warning(source: &SourcePlan, plan: &ColumnPlan, column: &PersonalColumn) -> Option<Diagnostic> {
    let unmasked = matches!(plan.kind, ColumnKindPlan::Text { masked: false });
    let told_already = matches!(plan.kind, ColumnKindPlan::Id | ColumnKindPlan::OpenCategory);
    let masked = matches!(plan.kind, ColumnKindPlan::Text { masked: true });
    // A unit that is called by its street is no secret, and a safe column is mostly one of units.
    let telling =
        Kind::ALL.iter().zip(column.cells).any(|(kind, cells)| cells > 0 && (unmasked || *kind != Kind::Adress));
    if !(unmasked || plan.safe && !masked) || told_already || !telling {
        return None;
    }
    let (header, cells) = (&column.header, told(&column.cells));
    let message = if unmasked {
        say!("run-unmasked-column-holds", header, cells)
    } else {
        say!("run-safe-column-holds", header, cells)
    };
    let at = match &column.sheet {
        Some(sheet) => Location::Sheet { file: column.file_name.clone(), sheet: sheet.clone() },
        None => Location::File { file: column.file_name.clone() },
    };
    let table = format!("[source.{}.columns.{}]", source.name, plan.name);
    let key = if unmasked { "`unmasked`" } else { "`safe`" };
    Some(Diagnostic::warning(Code::PersonalData, message, at).help(say!("run-take-key-away", key, table)))
}

/// "personnummer in 12 cells, telephone numbers in 1 cell".
fn told(cells: &[u64; KINDS]) -> String {
    let found = Kind::ALL.iter().zip(cells).filter(|(_, cells)| **cells > 0);
    let parts = found.map(|(kind, cells)| say!("run-kind-in-cells", kind = kind.name(), cells));
    parts.collect::<Vec<String>>().join(", ")
}
