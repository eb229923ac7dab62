//! The step between measure and draw: all tables of a report, protected together.
//!
//! In: the plan and the measured tables. Out: [`ProtectedReport`]: the tables with their mask, and what is hidden and
//! why. Errors: `unprotected-cell` where a number cannot be protected, or where the finished tables fall to the attack.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::across::{Joint, Proofs};
use super::attack::Interval;
use super::audit;
use super::mask::{follow, mask, withhold};
use super::mend::Beyond;
use super::model::{Measures, Model, Place, Smallness, TableNumbers};
use super::proof::{Reason, prove};
use super::secondary::{Effort, Unprotectable, choose};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::table::{MeasureTable, TableRow, Value};
use crate::job::plan::{MeasurePlan, Plan, ProtectPlan, SourceKind};
use crate::measure::Sheet;
use crate::measure::family::Tells;
use crate::measure::formula::Formula;

/// A hidden cell of a report's tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HiddenCell {
    /// The measure's name.
    pub table: String,
    /// The row as readers see it.
    pub row: String,
    /// The column as readers see it.
    pub column: String,
    /// Why it is hidden.
    pub reason: Reason,
    /// What a reader can say of it all the same.
    pub interval: Interval,
}

/// The tables as they may be published.
#[derive(Debug, Clone, Default)]
pub struct ProtectedReport {
    /// In the job's order, one per measure.
    pub tables: Vec<MeasureTable>,
    /// In table order, row by row; a number that stands in several tables is in each.
    pub hidden: Vec<HiddenCell>,
    /// Tables whose mask is sound, but not proved to hide the fewest counts.
    pub unproved: Vec<String>,
    /// How many counts are hidden, each once wherever it stands.
    pub counts: usize,
    /// Hidden counts beyond the fewest that are proved to be needed: so many fewer might do.
    pub beyond_fewest: usize,
    /// Sources of which something is hidden.
    pub hiding: BTreeSet<String>,
}

/// Protects the tables of a report; without `[protect]` in the job they stay as they are.
pub fn protect(plan: &Plan, sheets: Vec<Sheet>) -> Result<ProtectedReport, Failure> {
    let Some(rules) = &plan.protect else {
        let tables = sheets.into_iter().map(|sheet| sheet.table).collect();
        return Ok(ProtectedReport { tables, ..ProtectedReport::default() });
    };
    let measures = measures_of_events(plan, rules);
    let small = Smallness { threshold: rules.threshold, sensitive_zeros: rules.sensitive_zeros };
    let model = Model::of(plan, &sheets, &measures, small);
    let need = rules.threshold - 1;
    let beyond = |numbers: &[usize]| unprotectable(plan, &model, &sheets, numbers);
    let mut choice =
        choose(&model.system, need, Effort::default()).map_err(|Unprotectable(numbers)| beyond(&numbers))?;
    let joint = Joint::of(plan, &model);
    let further = joint.mend(&model, &mut choice.hidden, need).map_err(|Beyond(numbers)| beyond(&numbers))?;
    choice.unproved.extend(further);
    let proofs = joint.told(&model, prove(&model.system, &choice, need));
    let hidden =
        model.tables.iter().flat_map(|table| hidden_in(table, &sheets[table.measure].table, &proofs)).collect();
    let masked = masked(plan, rules, &model, &sheets, &proofs);
    let fallen = fallen(&model, &joint, &sheets, &masked, need);
    if !fallen.is_empty() {
        return Err(Failure::fixable(fallen));
    }
    let beyond_fewest = proofs.len().saturating_sub(choice.fewest);
    let is_unproved = |number: &usize| choice.unproved.contains(number) && proofs.contains_key(number);
    let unproved = tables_with(&model, is_unproved).map(|table| masked[table.measure].name.clone()).collect();
    let of_source = |table: &TableNumbers| plan.sources[plan.measures[table.measure].source].name.clone();
    let hiding = tables_with(&model, |number| proofs.contains_key(number)).map(of_source).collect();
    Ok(ProtectedReport { tables: masked, hidden, unproved, counts: proofs.len(), beyond_fewest, hiding })
}

/// Tables that hold a number of a kind.
fn tables_with(model: &Model, wanted: impl Fn(&usize) -> bool) -> impl Iterator<Item = &TableNumbers> {
    model.tables.iter().filter(move |table| table.numbers.values().any(&wanted))
}

fn hidden_in(numbers: &TableNumbers, table: &MeasureTable, proofs: &Proofs) -> Vec<HiddenCell> {
    let cell = |((row, column), number): (&Place, &usize)| {
        let (reason, interval) = *proofs.get(number)?;
        Some(HiddenCell {
            table: table.name.clone(),
            row: name_of(&table.rows[*row]),
            column: table.columns[*column].label.clone(),
            reason,
            interval,
        })
    };
    numbers.numbers.iter().filter_map(cell).collect()
}

fn masked(plan: &Plan, rules: &ProtectPlan, model: &Model, sheets: &[Sheet], proofs: &Proofs) -> Vec<MeasureTable> {
    let mut masked: Vec<MeasureTable> = sheets.iter().map(|sheet| sheet.table.clone()).collect();
    for TableNumbers { measure, .. } in &model.tables {
        let mut telling = model.telling(sheets, *measure, &|number| proofs.contains_key(&number));
        let tells = plan.measures[*measure].kind.family().tells(plan);
        if matches!(tells, Tells::CountsOf(_)) {
            telling = whole_rows(&sheets[*measure], &telling, rules);
        }
        let by_size = tells == Tells::Counts { by_size: true };
        mask(&mut masked[*measure], &telling, rules.threshold, by_size);
    }
    for (index, measure) in plan.measures.iter().enumerate() {
        match treatment(plan, rules, measure) {
            Treatment::Withheld => withhold(&mut masked[index], rules.threshold),
            Treatment::MaskedAfter(base) if model.tables.iter().any(|table| table.measure == base) => {
                let base = masked[base].clone();
                follow(&mut masked[index], &base, rules.threshold);
            }
            Treatment::MaskedAfter(_) | Treatment::Masked | Treatment::Shown | Treatment::Exempt => {}
        }
    }
    masked
}

/// All cells of the rows that have a cell which would tell a hidden number, or shows a small one of an earlier document:
/// what stands beside it is of the same events.
fn whole_rows(sheet: &Sheet, telling: &BTreeSet<Place>, rules: &ProtectPlan) -> BTreeSet<Place> {
    let small = Smallness { threshold: rules.threshold, sensitive_zeros: rules.sensitive_zeros };
    let columns = 0..sheet.table.columns.len();
    let is_small_elsewhere = |row: usize, column: usize| {
        let value = &sheet.table.rows[row].values[column];
        matches!((&sheet.cells[row][column], value), (Formula::Read { .. }, Value::Count(count)) if small.is_small(*count))
    };
    let tells = |row: &usize| {
        columns.clone().any(|column| telling.contains(&(*row, column)) || is_small_elsewhere(*row, column))
    };
    let rows = (0..sheet.cells.len()).filter(tells);
    rows.flat_map(|row| columns.clone().map(move |column| (row, column))).collect()
}

/// What becomes of a measure's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Treatment {
    Shown,
    /// Counts of events that are printed as they are.
    Exempt,
    Masked,
    MaskedAfter(usize),
    Withheld,
}

fn treatment(plan: &Plan, rules: &ProtectPlan, measure: &MeasurePlan) -> Treatment {
    let is_of_events = |source: &usize| plan.sources[*source].kind == SourceKind::Events;
    let is_protected =
        |source: &usize| is_of_events(source) && !rules.exempts(&plan.sources[*source].name, &measure.name);
    match measure.kind.family().tells(plan) {
        Tells::CountsOf(sources) if sources.iter().any(is_protected) => Treatment::Masked,
        Tells::CountsOf(sources) if sources.iter().any(is_of_events) => Treatment::Exempt,
        Tells::SameAs(base) if !rules.exempts(&plan.sources[measure.source].name, &measure.name) => {
            Treatment::MaskedAfter(base)
        }
        Tells::CountsOf(_) | Tells::SameAs(_) | Tells::Delivered => Treatment::Shown,
        Tells::Counts { .. } | Tells::SingleEvents | Tells::Zeros if !is_protected(&measure.source) => {
            Treatment::Exempt
        }
        Tells::Zeros if !rules.sensitive_zeros => Treatment::Masked,
        Tells::Zeros | Tells::SingleEvents => Treatment::Withheld,
        Tells::Counts { .. } => Treatment::Masked,
    }
}

/// Months have numbers for keys, and labels that people read.
fn name_of(row: &TableRow) -> String {
    if row.level == 0 { row.label.clone() } else { row.key.join(" / ") }
}

/// Measures of events.
fn measures_of_events(plan: &Plan, rules: &ProtectPlan) -> Measures {
    let with = |treated: Treatment| {
        let all = plan.measures.iter().enumerate();
        all.filter(|(_, measure)| treatment(plan, rules, measure) == treated).map(|(index, _)| index).collect()
    };
    Measures { protected: with(Treatment::Masked), exempt: with(Treatment::Exempt) }
}

fn unprotectable(plan: &Plan, model: &Model, sheets: &[Sheet], numbers: &[usize]) -> Failure {
    let at = || Location::File { file: plan.job.file.clone() };
    let cells = model.tables.iter().flat_map(|table| {
        let found = table.numbers.iter().filter(|(_, number)| numbers.contains(number));
        found.map(move |((row, column), _)| (table.measure, *row, *column))
    });
    let exempt: Vec<&str> =
        plan.protect.iter().flat_map(|rules| &rules.exempt).map(|(name, _)| name.as_str()).collect();
    let help = if exempt.is_empty() {
        say!("protect-merge-rows-or-leave-out")
    } else {
        say!("protect-merge-rows-or-exempt-less", names = exempt.join(", "))
    };
    let told = cells.map(|(measure, row, column)| {
        let table = &sheets[measure].table;
        let (row, column) = (name_of(&table.rows[row]), &table.columns[column].label);
        let message = say!("protect-count-cannot-be-hidden", name = table.name, row, column);
        Diagnostic::error(Code::UnprotectedCell, message, at()).help(help.clone())
    });
    Failure::fixable(told.collect())
}

/// Reads the finished tables as a reader would, and attacks them.
fn fallen(model: &Model, joint: &Joint, before: &[Sheet], after: &[MeasureTable], need: i64) -> Vec<Diagnostic> {
    let mut published = joint.published(model, |_| true);
    let mut marked = BTreeMap::new();
    for table in &model.tables {
        let (before, after) = (&before[table.measure].table, &after[table.measure]);
        for ((row, column), number) in &table.numbers {
            let printed = printed_row(&before.rows[*row], after);
            let place = || (after.name.clone(), name_of(printed), after.columns[*column].label.clone());
            match &printed.values[*column] {
                Value::Count(count) => published.numbers[*number] = Some(*count),
                _ => drop(marked.insert(*number, place())),
            }
        }
    }
    for (number, value) in model.shown_in_others(after, before) {
        published.numbers[number].get_or_insert(value);
    }
    let mut told = shown_through(model, before, after, &|number| marked.contains_key(&number));
    published.marked = marked.keys().copied().filter(|number| !joint.is_known(*number)).collect();
    published.least = joint.least(model, published.marked.iter().copied());
    for number in &published.marked {
        if published.numbers[*number].is_some() {
            let (table, row, column) = &marked[number];
            told.push(found_out(table, row, column));
        }
    }
    let fallen = audit::fallen(&published, need as f64);
    told.extend(
        fallen
            .iter()
            .filter_map(|fallen| marked.get(&fallen.number))
            .map(|(table, row, column)| found_out(table, row, column)),
    );
    told.dedup();
    told
}

/// Cells that show something worked out from a hidden number.
fn shown_through(
    model: &Model,
    before: &[Sheet],
    after: &[MeasureTable],
    hidden: &dyn Fn(usize) -> bool,
) -> Vec<Diagnostic> {
    let of_table = |table: &TableNumbers| {
        let (rows, after) = (&before[table.measure].table.rows, &after[table.measure]);
        let shown = |(row, column): Place| {
            let printed = printed_row(&rows[row], after);
            let is_shown = !matches!(printed.values[column], Value::Nothing(_));
            is_shown.then(|| found_out(&after.name, &name_of(printed), &after.columns[column].label))
        };
        model.telling(before, table.measure, hidden).into_iter().filter_map(shown).collect::<Vec<_>>()
    };
    model.tables.iter().flat_map(of_table).collect()
}

/// The printed row of a measured one: rows may stand in another order.
fn printed_row<'t>(row: &TableRow, table: &'t MeasureTable) -> &'t TableRow {
    let is_same = |other: &&TableRow| other.key == row.key && other.kind == row.kind && other.level == row.level;
    table.rows.iter().find(is_same).unwrap_or(&table.rows[0])
}

fn found_out(table: &str, row: &str, column: &str) -> Diagnostic {
    let message = say!("protect-table-gives-away", table, row, column);
    Diagnostic::error(Code::UnprotectedCell, message, Location::Nowhere).help(say!("protect-bug-help"))
}
