//! Last year's report beside what is counted for that year now: equal, or by how much not, and why if it can be told.
//!
//! In: the printed numbers, the table of the measure that counts the same, the rows behind it. Out: a row per printed
//! number, in the order of the file: printed, counted now, difference, and the likely cause. Never: a printed number
//! replaced. Only what the data show is called a cause: rows reported after last year's data, names that the lists know
//! as another, duplicates that are counted once, values that now lie outside the list.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

use std::collections::{BTreeMap, BTreeSet};

use super::coding::event_codes;
use super::formula::Formula;
use super::head::{self, column};
use super::observations::{Observations, VALUE};
use super::selection::Reference;
use super::sheet::{Fields, Sheet};
use crate::diagnostic::Failure;
use crate::domain::balance::Fate;
use crate::domain::delivery::Deliveries;
use crate::domain::period::date_of;
use crate::domain::said::Said;
use crate::domain::sentence::count_of;
use crate::domain::spelling::fold;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::measure::breakdown::plan::BreakdownPlan;
use crate::measure::plan::Plan;
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::measure::published::plan::PublishedPlan;
use crate::store::Dataset;
use crate::vocabulary::plan::{ColumnKindPlan, SourcePlan};

/// How cells are made, for `explain`.
const COUNTED: &str = "the same as";
const LESS: &str = "the number counted now less the printed one, of";
const COMPARED: &str = "a comparison of";

const TOTAL: &str = "totalt";
const BLANK: Value = Value::Nothing(Nothing::Blank);
const MISSING: Value = Value::Nothing(Nothing::Missing);

/// What was printed, and the row that counts the same now.
struct Printed<'a> {
    name: String,
    number: Option<f64>,
    row: Option<&'a TableRow>,
    /// The row's name where a list, and not the job, says that the printed name stands for it.
    now_called: Option<String>,
}

pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &PublishedPlan,
    rows: &Observations,
    base: &MeasureTable,
    data: &BTreeMap<String, Dataset>,
    deliveries: &Deliveries,
) -> Result<Sheet, Failure> {
    let counted = &plan.measures[spec.measure];
    let index = compared_column(spec, base);
    let year = index.and_then(|index| base.columns[index].year).unwrap_or(plan.job.year - 1);
    let mut table = head::of_values(plan, measure, base.what.clone(), plan.job.period.name_of(year));
    let unit = index.map_or(Unit::Count, |index| base.columns[index].unit);
    table.row_headers = vec![base.row_headers.last().cloned().unwrap_or_default()];
    let causes = Causes {
        plan,
        counted,
        spec,
        base,
        column: index,
        year,
        data: data.get(&plan.sources[counted.source].name),
        deliveries,
    };
    let mut printed = Vec::new();
    for (row, one) in rows.kept(&spec.conditions).into_iter().zip(self::printed(plan, counted, spec, rows, base)) {
        let now = one.row.zip(index).and_then(|(row, index)| number(&row.values[index]));
        let kind = if fold(&one.name) == TOTAL { RowKind::Total } else { RowKind::Part };
        printed.push((TableRow::named(&one.name, kind), causes.judge(one, row, now)?));
    }
    table.n = printed.len() as u64;
    let mut sheet = Sheet::of(table, &fields(measure.source, spec.measure, base, index, unit), printed);
    sheet.table.notes = notes(&sheet.table, spec);
    Ok(sheet)
}

/// A printed number and what is counted now, with what is said of the two.
struct OfRow<'a> {
    printed: Printed<'a>,
    /// The row of the export that says it.
    row: usize,
    now: Option<f64>,
    difference: Option<f64>,
    verdict: Value,
    cause: String,
}

fn fields<'f>(
    source: usize,
    measure: usize,
    base: &'f MeasureTable,
    column_now: Option<usize>,
    unit: Unit,
) -> Fields<'f, OfRow<'f>> {
    let mut fields = Fields::new();
    fields.add(column("printed", word!("measure-printed-last-year"), Role::Previous, unit), move |row: &OfRow| {
        Formula::read(source, Some(row.row), VALUE, value(row.printed.number))
    });
    fields.add(column("counted", word!("measure-counted-now"), Role::Current, unit), move |row| {
        let counted = row.printed.row;
        let place = counted.and_then(|row| base.rows.iter().position(|other| std::ptr::eq(other, row)));
        let cell = place.zip(column_now).map(|(row, column)| Reference::Of { measure, row, column });
        Formula::of_cells(COUNTED, cell.into_iter().collect::<Vec<_>>(), value(row.now))
    });
    let both = [Reference::Beside(0), Reference::Beside(1)];
    fields.add(column("difference", word!("measure-difference"), Role::Difference, unit), move |row| {
        let difference = row.difference.map_or(BLANK, |difference| value(Some(difference)));
        Formula::of_cells(LESS, both, difference)
    });
    fields.add(column("verdict", word!("measure-agrees-head"), Role::Verdict, Unit::Text), move |row| {
        Formula::of_cells(COMPARED, both, row.verdict.clone())
    });
    fields.add(column("cause", word!("measure-likely-cause"), Role::Text, Unit::Text), move |row| {
        Formula::of_cells(COMPARED, both, Value::Text(row.cause.clone()))
    });
    fields
}

/// The column of the counted table that the job names by its key or its label.
fn compared_column(spec: &PublishedPlan, base: &MeasureTable) -> Option<usize> {
    base.column(&spec.column).or_else(|| base.columns.iter().position(|column| column.label == spec.column))
}

fn printed<'a>(
    plan: &Plan,
    counted: &MeasurePlan,
    spec: &PublishedPlan,
    rows: &Observations,
    base: &'a MeasureTable,
) -> Vec<Printed<'a>> {
    let source = &plan.sources[counted.source];
    let one = |row: usize| {
        let name = rows.text(row, "indicator").unwrap_or_default().into_owned();
        let (found, now_called) = found(&name, counted, spec, source, base);
        Printed { number: rows.value(row).ok(), row: found, now_called, name }
    };
    rows.kept(&spec.conditions).into_iter().map(one).collect()
}

/// The row of a printed name: as the job says, by its own name, or by what a list knows the name as.
fn found<'a>(
    name: &str,
    counted: &MeasurePlan,
    spec: &PublishedPlan,
    source: &SourcePlan,
    base: &'a MeasureTable,
) -> (Option<&'a TableRow>, Option<String>) {
    let said = spec.rows.iter().find(|(printed, _)| *printed == fold(name)).map(|(_, row)| row.as_str());
    let own = row_named(base, said.unwrap_or(name));
    if own.is_some() || said.is_some() {
        return (own, None);
    }
    let known = canonical(name, counted, source);
    let row = known.as_deref().and_then(|known| row_named(base, known));
    (row, known.filter(|_| row.is_some()))
}

fn row_named<'a>(base: &'a MeasureTable, name: &str) -> Option<&'a TableRow> {
    let folded = fold(name);
    let own = base.rows.iter().find(|row| fold(&row.label) == folded || fold(&row.key.join(" / ")) == folded);
    own.or_else(|| base.total_row().filter(|_| folded == TOTAL))
}

/// What a list of the measure's rows knows a name as: a synonym, or a name that was changed.
fn canonical(name: &str, counted: &MeasurePlan, source: &SourcePlan) -> Option<String> {
    let MeasureKind::Breakdown(breakdown) = &counted.kind else { return None };
    let folded = fold(name);
    breakdown.rows.iter().rev().find_map(|axis| match &source.columns[axis.column].kind {
        ColumnKindPlan::Category(list) => {
            let renamed = list.renamed.iter().find(|rename| rename.from == folded).map(|rename| rename.to);
            let index = renamed.or_else(|| list.spellings.get(&folded).copied())?;
            list.values.get(index).cloned()
        }
        _ => None,
    })
}

/// Whole numbers and measured ones; a share is printed rounded, and not compared.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Count(count) => Some(*count as f64),
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

fn value(number: Option<f64>) -> Value {
    match number {
        None => MISSING,
        Some(number) if number.fract() == 0.0 && number.abs() < 1e15 => Value::Count(number as i64),
        Some(number) => Value::Number(number),
    }
}

/// Where the causes of differences are looked for.
struct Causes<'a> {
    plan: &'a Plan,
    counted: &'a MeasurePlan,
    spec: &'a PublishedPlan,
    base: &'a MeasureTable,
    column: Option<usize>,
    year: i32,
    data: Option<&'a Dataset>,
    deliveries: &'a Deliveries,
}

impl Causes<'_> {
    fn judge<'p>(&self, printed: Printed<'p>, row: usize, now: Option<f64>) -> Result<OfRow<'p>, Failure> {
        let difference = now.zip(printed.number).map(|(now, printed)| now - printed);
        let equal = difference.map(|difference| difference.abs() < 1e-9);
        let verdict = equal.map_or(BLANK, |equal| Value::Said(Said::Agrees(equal)));
        let cause = match (equal, difference) {
            (Some(true), _) => String::new(),
            (Some(false), Some(difference)) => self.cause(&printed, difference)?,
            _ if printed.row.is_some() && printed.number.is_some() => printed!("measure-number-is-not-in-source"),
            _ if printed.number.is_none() => printed!("measure-number-was-not-printed"),
            _ => printed!("measure-row-is-gone"),
        };
        Ok(OfRow { printed, row, now, difference, verdict, cause })
    }

    fn cause(&self, printed: &Printed, difference: f64) -> Result<String, Failure> {
        let mut causes = Vec::new();
        if let Some(known) = &printed.now_called {
            causes.push(printed!("measure-counted-now-as", known));
        }
        let late = printed.row.map_or(Ok(0), |row| self.late(row))?;
        if difference > 0.0 && late > 0 {
            let day = self.spec.as_of.map(|day| date_of(day).to_string()).unwrap_or_default();
            causes.push(printed!("measure-reported-after", late = swedish::integer(late as i64), day));
        }
        if difference < 0.0 {
            causes.extend(self.lost());
        }
        if causes.is_empty() {
            causes.push(printed!("measure-cause-is-not-seen"));
        }
        Ok(causes.join("; "))
    }

    /// Why fewer are counted now.
    fn lost(&self) -> Vec<String> {
        let source = &self.plan.sources[self.counted.source];
        let balances =
            self.deliveries.get(&source.name).map(|delivery| delivery.balances.as_slice()).unwrap_or_default();
        let duplicates: u64 = balances.iter().map(|balance| balance.of(Fate::Duplicate)).sum();
        let mut causes = Vec::new();
        if duplicates > 0 {
            let rows = count_of(duplicates as i64, "dubblett", "dubbletter");
            causes.push(printed!("measure-export-has-duplicates", rows));
        }
        let outside = self.outside();
        if outside > 0 {
            causes.push(printed!("measure-outside-the-list", count = swedish::integer(outside)));
        }
        causes
    }

    /// Events of the compared year in the bucket of the list of the measure's rows.
    fn outside(&self) -> i64 {
        let (MeasureKind::Breakdown(breakdown), Some(column)) = (&self.counted.kind, self.column) else { return 0 };
        let source = &self.plan.sources[self.counted.source];
        let bucket = breakdown.rows.last().and_then(|axis| super::order::unknown_label(&source.columns[axis.column]));
        let rows = self.base.rows.iter().filter(|row| Some(row.label.as_str()) == bucket);
        rows.filter_map(|row| number(&row.values[column])).sum::<f64>() as i64
    }

    /// Events behind a row that came to be known after last year's data; 0 where that can't be told.
    fn late(&self, row: &TableRow) -> Result<u64, Failure> {
        let (Some(as_of), Some(reported), Some(data)) = (self.spec.as_of, self.spec.reported, self.data) else {
            return Ok(0);
        };
        let MeasureKind::Breakdown(breakdown) = &self.counted.kind else { return Ok(0) };
        let source = &self.plan.sources[self.counted.source];
        let rows = Observations::new(source, data);
        let name = |index: usize| source.columns[index].name.as_str();
        let events = source.id().and_then(|id| data.columns.get(&id.name)).map(event_codes);
        let mut late = BTreeSet::new();
        for index in rows.kept(&breakdown.conditions) {
            let day = source.period_date.and_then(|date| rows.day(index, name(date)));
            let in_year = day.is_none_or(|day| source.period.year_of(day) == self.year);
            let known_late = rows.day(index, name(reported)).is_some_and(|day| day > as_of);
            if in_year && known_late && self.is_of(breakdown, &rows, index, row) {
                late.insert(events.as_ref().map_or(index as u32, |events| events[index]));
            }
        }
        Ok(late.len() as u64)
    }

    /// Whether a row of the data is counted in a row of the table.
    fn is_of(&self, breakdown: &BreakdownPlan, rows: &Observations, index: usize, row: &TableRow) -> bool {
        let Some(depth) = row.key.len().checked_sub(1) else { return true };
        let Some(axis) = breakdown.rows.get(depth) else { return false };
        let merged = breakdown.merge.iter().find(|(label, _)| *label == row.label).map(|(_, values)| values.clone());
        let condition = crate::domain::cube::Condition {
            column: rows.source.columns[axis.column].name.clone(),
            values: merged.unwrap_or_else(|| vec![row.label.clone()]),
            negated: false,
        };
        rows.meets(index, &condition)
    }
}

fn notes(table: &MeasureTable, spec: &PublishedPlan) -> Vec<TableNote> {
    let differing = differing(table);
    let mut text = match differing {
        0 => printed!("measure-all-printed-agree"),
        _ => printed!(
            "measure-some-printed-differ",
            differing = swedish::integer(differing as i64),
            all = count_of(table.rows.len() as i64, word!("measure-printed-number"), word!("measure-printed-numbers"))
        ),
    };
    if let Some(day) = spec.as_of {
        text.push_str(&printed!("measure-last-reports-day", day = date_of(day)));
    }
    vec![TableNote { kind: NoteKind::Method, text }]
}

/// Rows whose numbers differ.
fn differing(table: &MeasureTable) -> usize {
    table.rows.iter().filter(|row| table.said(row, "verdict") == Some(Said::Agrees(false))).count()
}

/// Columns of the counted measure's source that are read for causes.
pub(crate) fn columns(plan: &Plan, counted: &MeasurePlan, spec: &PublishedPlan) -> Vec<usize> {
    let MeasureKind::Breakdown(breakdown) = &counted.kind else { return Vec::new() };
    let source = &plan.sources[counted.source];
    let axes = breakdown.rows.iter().map(|axis| axis.column);
    let conditions = breakdown.conditions.iter().filter_map(|condition| source.column(&condition.column));
    axes.chain(conditions).chain(source.period_date).chain(spec.reported).collect()
}
