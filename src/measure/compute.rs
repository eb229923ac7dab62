//! The tables of all measures.
//!
//! In: a plan and what was read and counted as [`super::needs()`] said. Out: [`Measured`], in plan order; the tables of
//! sources that were not delivered hold nothing and say so. Never: reads, hides or prints.

use super::family::{Absence, Facts, Of};
use super::plan::{MeasurePlan, Plan};
use super::sheet::Sheet;
use crate::diagnostic::{Code, Diagnostic, Failure, FailureKind, Location};
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, TableNote, Value};

/// What came of all measures.
#[derive(Debug, Default)]
pub struct Measured {
    /// The printed tables, with what each of their cells is.
    pub sheets: Vec<Sheet>,
    /// What the analyst should mend in rows that are read as they stand, each once.
    pub remarks: Vec<Diagnostic>,
}

/// Computes all measures.
///
/// Errors: the mistakes in the data of all of them at once, say two observations that differ and claim one cell.
pub fn compute(plan: &Plan, facts: Facts) -> Result<Measured, Failure> {
    let mut measured = Measured { sheets: sheets(plan, facts)?, ..Measured::default() };
    for (measure, sheet) in plan.measures.iter().zip(&mut measured.sheets) {
        let (of, family) = (Of { plan, measure }, measure.kind.family());
        for remark in family.remarks(of, facts) {
            if !measured.remarks.contains(&remark) {
                measured.remarks.push(remark);
            }
        }
        let absent: Vec<Absence> =
            family.wants(of).sources.iter().filter_map(|source| facts.absent.get(source)).copied().collect();
        if !absent.is_empty() {
            empty(&mut sheet.table, &absent);
        }
    }
    Ok(measured)
}

/// What tables say that the analyst must be told: of those that are published, for what is hidden is told to nobody.
pub fn findings(plan: &Plan, tables: &[MeasureTable]) -> Vec<Diagnostic> {
    let pairs = || plan.measures.iter().zip(tables);
    let of_family = pairs().filter_map(|(measure, table)| measure.kind.family().finding(Of { plan, measure }, table));
    let mut found: Vec<Diagnostic> = of_family.collect();
    for doubt in pairs().filter_map(|(measure, table)| zero_in_doubt(plan, measure, table)) {
        // Several measures count the same value of the same source.
        if !found.contains(&doubt) {
            found.push(doubt);
        }
    }
    found
}

/// If two years are alike, so many events fall into the later one alone with a chance of 2⁻¹⁴, under one in ten thousand.
const NEVER_IN_ONE_YEAR: i64 = 14;

/// A value that has many events this year and none the year before: nothing, or not in the export?
fn zero_in_doubt(plan: &Plan, measure: &MeasurePlan, table: &MeasureTable) -> Option<Diagnostic> {
    let (value, total) = (measure.each_value()?, table.total_row()?);
    let [now, before] = [Role::Current, Role::Previous].map(|role| Some(&total.values[table.column_of_role(role)?]));
    let (Some(Value::Count(now)), Some(Value::Count(0))) = (now, before) else { return None };
    let source = &plan.sources[measure.source];
    let message = say!("measure-zero-in-doubt", source = source.name, value, now, year = plan.job.year - 1);
    let at = Location::File { file: plan.job.file.clone() };
    let told = || Diagnostic::warning(Code::PeriodNotCovered, message, at);
    let help = say!("measure-say-known-from", source = source.name);
    (*now >= NEVER_IN_ONE_YEAR).then(|| told().help(help))
}

/// The tables as far as there are rows for them.
fn sheets(plan: &Plan, facts: Facts) -> Result<Vec<Sheet>, Failure> {
    let mut sheets: Vec<Option<Sheet>> = Vec::with_capacity(plan.measures.len());
    let mut mistakes = Vec::new();
    for measure in &plan.measures {
        let (of, family) = (Of { plan, measure }, measure.kind.family());
        let wanted = family.wants(of).base;
        let base = wanted.and_then(|index| sheets[index].as_ref()).map(|sheet| &sheet.table);
        if wanted.is_some() && base.is_none() {
            // The mistake in what it is made of has been told.
            sheets.push(None);
            continue;
        }
        match family.sheet(of, facts, base) {
            Ok(mut sheet) => {
                sheet.cover_tests();
                sheets.push(Some(sheet));
            }
            Err(failure) if failure.kind == FailureKind::Fixable => {
                mistakes.extend(failure.diagnostics);
                sheets.push(None);
            }
            Err(failure) => return Err(failure),
        }
    }
    if mistakes.is_empty() { Ok(sheets.into_iter().flatten().collect()) } else { Err(Failure::fixable(mistakes)) }
}

/// Takes every value out of a table whose source was not delivered: nothing was counted, and that is not zero.
fn empty(table: &mut MeasureTable, absent: &[Absence]) {
    for row in &mut table.rows {
        row.values.iter_mut().for_each(|value| *value = Value::Nothing(Nothing::Missing));
    }
    table.n = 0;
    let is_unreadable = absent.contains(&Absence::Unreadable);
    let text = if is_unreadable { printed!("measure-not-readable") } else { printed!("measure-not-delivered") };
    table.notes = vec![TableNote { kind: NoteKind::Missing, text }];
}
