//! Indicators: observations as a table of rows × columns, missing kept missing.
//!
//! In: observations. Out: one row per indicator (or whatever the job names), in the order of the list or of the file;
//! one column per period, oldest first, or per value of another column. A combination without an observation is
//! missing. Two observations that differ and claim one cell are a mistake of the export or the job: `differing-duplicate`.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

pub mod cells;

mod certainty;

mod remarks;

use std::collections::BTreeMap;

use super::change;
use super::head::{self, column};
use super::notes::TOTAL;
use super::observations::Observations;
use super::order::Swedish;
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::spelling::fold;
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::indicator::plan::IndicatorPlan;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::vocabulary::plan::ColumnKindPlan;
use crate::vocabulary::spec::RowOrder;

/// A column of values before it is part of a table.
struct Series {
    /// `None` when the observations do not name a value for the columns: the table has one series.
    text: Option<String>,
    column: TableColumn,
}

/// The observations of a table by place.
struct Pivot<'a> {
    observations: &'a Observations<'a>,
    spec: &'a IndicatorPlan,
    /// Row path → series → row of the dataset.
    cells: BTreeMap<Vec<String>, BTreeMap<Option<String>, usize>>,
    /// Row paths and texts of the columns in order of first appearance.
    paths: Vec<Vec<String>>,
    texts: Vec<Option<String>>,
}

/// The printed table.
pub fn table(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &IndicatorPlan,
    observations: &Observations,
) -> Result<MeasureTable, Failure> {
    let pivot = Pivot::of(measure, spec, observations)?;
    let series = pivot.series();
    let mut table = head::table(plan, measure, spec.what.clone(), pivot.period(plan));
    table.row_headers = spec.rows.iter().map(|row| observations.label(row)).collect();
    table.columns = pivot.columns(&series);
    table.rows = pivot.rows(&series);
    table.n = pivot.measured();
    pivot.describe_rows(&mut table);
    table.notes = remarks::of(&pivot, &table, &series);
    certainty::add(&pivot, &series, &measure.certainty, &mut table);
    Ok(table)
}

impl<'a> Pivot<'a> {
    fn of(
        measure: &MeasurePlan,
        spec: &'a IndicatorPlan,
        observations: &'a Observations<'a>,
    ) -> Result<Pivot<'a>, Failure> {
        let mut pivot = Pivot { observations, spec, cells: BTreeMap::new(), paths: Vec::new(), texts: Vec::new() };
        let mut mistakes = Vec::new();
        for row in observations.kept(&spec.conditions) {
            mistakes.extend(pivot.place(measure, row));
        }
        if mistakes.is_empty() { Ok(pivot) } else { Err(Failure::fixable(mistakes)) }
    }

    /// Puts a row of the dataset into its cell; a mistake if another one is there that differs.
    fn place(&mut self, measure: &MeasurePlan, row: usize) -> Option<Diagnostic> {
        let path: Vec<String> = self.spec.rows.iter().map(|name| self.key(row, name)).collect();
        let text = self.observations.text(row, &self.spec.columns).map(|text| text.into_owned());
        if !self.paths.contains(&path) {
            self.paths.push(path.clone());
        }
        if !self.texts.contains(&text) {
            self.texts.push(text.clone());
        }
        match self.cells.entry(path).or_default().insert(text, row) {
            Some(first) if self.observations.value(first) != self.observations.value(row) => {
                Some(self.differing(measure, first, row))
            }
            _ => None,
        }
    }

    fn key(&self, row: usize, name: &str) -> String {
        let missing = self.observations.column(name).map_or("", |column| column.missing_label.as_str());
        self.observations.text(row, name).map_or(missing.to_string(), |text| text.into_owned())
    }

    fn differing(&self, measure: &MeasurePlan, first: usize, row: usize) -> Diagnostic {
        let ((first, _), (row, at)) = (self.observations.origin(first), self.observations.origin(row));
        let message = say!(
            "measure-rows-of-one-cell-differ",
            first,
            row,
            name = measure.name,
            rows = self.spec.rows.join(" and "),
            columns = self.spec.columns
        );
        let help = say!("measure-correct-or-tell-apart-by-rows", name = measure.name);
        Diagnostic::error(Code::DifferingDuplicate, message, at).help(help)
    }

    /// The columns of values: periods by year, oldest first; otherwise in the order of the list or of the file.
    fn series(&self) -> Vec<Series> {
        let mut texts = self.texts.clone();
        let year = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i32>().ok());
        let are_years = self.spec.columns == "period" && texts.iter().all(|text| year(text).is_some());
        if are_years {
            texts.sort_by_key(year);
        } else if let Some(declared) = self.declared(&self.spec.columns) {
            texts.sort_by_key(|text| text.as_ref().map_or(usize::MAX, |text| position(declared, text)));
        }
        let count = texts.len();
        let series = texts.into_iter().enumerate().map(|(index, text)| {
            let column = match (&text, are_years) {
                (None, _) => column("current", self.observations.label("value"), Role::Current, self.spec.unit),
                (Some(text), true) => self.year_column(text, count - 1 - index),
                (Some(text), false) => self.part_column(text),
            };
            Series { text, column }
        });
        series.collect()
    }

    fn year_column(&self, text: &str, back: usize) -> TableColumn {
        let role = match back {
            0 => Role::Current,
            1 => Role::Previous,
            _ => Role::Earlier,
        };
        TableColumn { year: text.parse().ok(), ..column(format!("y{text}"), text, role, self.spec.unit) }
    }

    fn part_column(&self, text: &str) -> TableColumn {
        let unit = unit_for(&self.spec.units, text).unwrap_or(self.spec.unit);
        column(format!("{}={text}", self.spec.columns), text, Role::Part, unit)
    }

    fn declared(&self, name: &str) -> Option<&'a [String]> {
        match &self.observations.column(name)?.kind {
            ColumnKindPlan::Category(list) => Some(&list.values),
            _ => None,
        }
    }

    /// "2020–2023", the only period's text, or the job's period where the observations have none.
    fn period(&self, plan: &Plan) -> String {
        let rows = self.cells.values().flat_map(|cells| cells.values());
        let mut periods: Vec<String> =
            rows.filter_map(|row| self.observations.text(*row, "period")).map(|text| text.into_owned()).collect();
        let years: Option<Vec<i32>> = periods.iter().map(|text| text.parse().ok()).collect();
        if let Some((Some(first), Some(last))) =
            years.map(|years| (years.iter().min().copied(), years.iter().max().copied()))
        {
            return head::span(first, last);
        }
        periods.sort();
        periods.dedup();
        match periods.as_slice() {
            [only] => only.clone(),
            _ => plan.job.period.name_of(plan.job.year),
        }
    }

    /// Observations with a value.
    fn measured(&self) -> u64 {
        let rows = self.cells.values().flat_map(|cells| cells.values());
        rows.filter(|row| self.observations.value(**row).is_ok()).count() as u64
    }

    fn columns(&self, series: &[Series]) -> Vec<TableColumn> {
        let mut columns: Vec<TableColumn> = series.iter().map(|series| series.column.clone()).collect();
        if self.spec.change && series.len() > 1 {
            columns.push(column("difference", "Skillnad", Role::Difference, self.spec.unit.of_difference()));
            columns.push(column("change", "Förändring", Role::Change, head::PERCENT));
        }
        if self.spec.show_n || self.spec.share_of_n {
            columns.push(column("n", self.observations.label("n"), Role::N, Unit::Count));
        }
        if self.spec.share_of_n {
            columns.push(column("share", "Andel", Role::Share, head::PERCENT));
        }
        let shown = self.spec.show.iter();
        columns.extend(shown.map(|name| column(name, self.observations.label(name), Role::Text, Unit::Text)));
        columns
    }

    fn rows(&self, series: &[Series]) -> Vec<TableRow> {
        let mut rows: Vec<TableRow> = Vec::new();
        let mut group: Option<&String> = None;
        let paths = self.ordered(series);
        for path in &paths {
            if let [above, _] = path.as_slice()
                && group.replace(above) != Some(above)
            {
                rows.push(self.group_row(above, series));
            }
            rows.push(TableRow {
                label: self.label(path),
                level: path.len().saturating_sub(1) as u8,
                kind: RowKind::Part,
                values: self.values(path, series),
                key: path.clone(),
            });
        }
        if self.spec.sum {
            rows.push(self.sum(&rows, series));
        }
        rows
    }

    fn group_row(&self, group: &str, series: &[Series]) -> TableRow {
        let values = vec![Value::Nothing(Nothing::Blank); self.columns(series).len()];
        TableRow { key: vec![group.to_string()], label: group.to_string(), level: 0, kind: RowKind::Group, values }
    }

    /// A row's label: its last part without the beginning that the job strips off.
    fn label(&self, path: &[String]) -> String {
        let text = path.last().map_or("", String::as_str);
        match self.spec.strip.as_deref().and_then(|strip| text.strip_prefix(strip)) {
            Some(rest) => capitalised(rest.trim_start_matches([' ', '\u{a0}', '-', '–', ',', ':'])),
            None => text.to_string(),
        }
    }

    /// Paths in print order; rows of a group stay together.
    fn ordered(&self, series: &[Series]) -> Vec<Vec<String>> {
        let mut paths = self.paths.clone();
        let swedish = Swedish::new();
        match self.spec.order {
            RowOrder::Declared => {}
            RowOrder::Name => paths.sort_by(|one, other| swedish.compare(&self.label(one), &self.label(other))),
            RowOrder::Count => {
                let last = series.last().map(|series| &series.text);
                let size = |path: &Vec<String>| last.and_then(|text| self.number(path, text));
                paths.sort_by(|one, other| {
                    size(other).unwrap_or(f64::NEG_INFINITY).total_cmp(&size(one).unwrap_or(f64::NEG_INFINITY))
                });
            }
        }
        if self.spec.order == RowOrder::Declared
            && let Some(declared) = self.spec.rows.last().and_then(|name| self.declared(name))
        {
            paths.sort_by_key(|path| path.last().map_or(usize::MAX, |last| position(declared, last)));
        }
        let groups = self.groups();
        paths.sort_by_key(|path| if path.len() > 1 { position(&groups, &path[0]) } else { 0 });
        paths
    }

    fn groups(&self) -> Vec<String> {
        let declared = self.spec.rows.first().and_then(|name| self.declared(name));
        let mut groups = declared.map(<[String]>::to_vec).unwrap_or_default();
        groups.extend(self.paths.iter().filter_map(|path| path.first().cloned()));
        groups
    }

    fn cell(&self, path: &[String], text: &Option<String>) -> Option<usize> {
        self.cells.get(path)?.get(text).copied()
    }

    fn number(&self, path: &[String], text: &Option<String>) -> Option<f64> {
        self.cell(path, text).and_then(|row| self.observations.value(row).ok())
    }

    fn values(&self, path: &[String], series: &[Series]) -> Vec<Value> {
        let mut values: Vec<Value> = series.iter().map(|series| self.value(path, &series.text)).collect();
        if let (true, [.., then, now]) = (self.spec.change, series) {
            let (now, then) = (self.number(path, &now.text), self.number(path, &then.text));
            values.extend(changes(now, then, self.unit_of(path)));
        }
        let last = series.iter().rev().find_map(|series| self.cell(path, &series.text));
        if self.spec.show_n || self.spec.share_of_n {
            values.push(last.and_then(|row| self.observations.number(row, "n")).map_or(MISSING, whole_or_number));
        }
        if self.spec.share_of_n {
            values.push(last.map_or(MISSING, |row| self.share_of_n(row)));
        }
        let first = series.iter().find_map(|series| self.cell(path, &series.text));
        let shown = self.spec.show.iter().map(|name| first.and_then(|row| self.observations.text(row, name)));
        values.extend(shown.map(|text| text.map_or(BLANK, |text| Value::Text(text.into_owned()))));
        values
    }

    fn value(&self, path: &[String], text: &Option<String>) -> Value {
        match self.cell(path, text).map(|row| self.observations.value(row)) {
            Some(Ok(number)) => Value::Number(number),
            Some(Err(nothing)) => Value::Nothing(nothing),
            None => MISSING,
        }
    }

    /// The value as a share of the row's n, when both are whole; missing without an n.
    fn share_of_n(&self, row: usize) -> Value {
        let part = match self.observations.value(row) {
            Ok(part) => part,
            Err(nothing) => return Value::Nothing(nothing),
        };
        match (whole(part), self.observations.number(row, "n").map(whole)) {
            (Some(part), Some(Some(n))) if part <= n => change::share(part, n),
            (_, None) => MISSING,
            _ => BLANK,
        }
    }

    fn unit_of(&self, path: &[String]) -> Unit {
        path.last().and_then(|name| unit_for(&self.spec.units, name)).unwrap_or(self.spec.unit)
    }

    /// The sum of each column of values; nothing where one of them is nothing that was to be measured.
    fn sum(&self, rows: &[TableRow], series: &[Series]) -> TableRow {
        let mut values = vec![BLANK; self.columns(series).len()];
        for (index, sum) in values.iter_mut().enumerate().take(series.len()) {
            let parts = rows.iter().filter(|row| row.kind != RowKind::Group).map(|row| &row.values[index]);
            *sum = parts.fold(BLANK, add);
        }
        if let (true, [.., then, now]) = (self.spec.change, &values[..series.len()]) {
            let number = |value: &Value| match value {
                Value::Number(number) => Some(*number),
                _ => None,
            };
            let changes = changes(number(now), number(then), self.spec.unit);
            values.splice(series.len()..series.len() + 2, changes);
        }
        TableRow { key: Vec::new(), label: TOTAL.to_string(), level: 0, kind: RowKind::Total, values }
    }

    /// Units and directions of single rows.
    fn describe_rows(&self, table: &mut MeasureTable) {
        for name in self.paths.iter().filter_map(|path| path.last()) {
            let folded = fold(name);
            if let Some(unit) = unit_for(&self.spec.units, name) {
                table.row_units.insert(name.clone(), unit);
            }
            if let Some((_, direction)) = self.spec.directions.iter().find(|(part, _)| folded.contains(part.as_str())) {
                table.directions.insert(name.clone(), *direction);
            }
        }
    }
}

const MISSING: Value = Value::Nothing(Nothing::Missing);
const BLANK: Value = Value::Nothing(Nothing::Blank);

fn unit_for(units: &[(String, Unit)], name: &str) -> Option<Unit> {
    let folded = fold(name);
    units.iter().find(|(part, _)| folded.contains(part.as_str())).map(|(_, unit)| *unit)
}

fn position(order: &[String], text: &str) -> usize {
    order.iter().position(|value| value == text).unwrap_or(usize::MAX)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A whole number that a count can be.
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0 && number.fract() == 0.0 && number < 9e15).then_some(number as u64)
}

fn whole_or_number(number: f64) -> Value {
    whole(number).map_or(Value::Number(number), |count| Value::Count(count as i64))
}

/// Difference and relative change; percentages have a difference in procentenheter and no relative change.
fn changes(now: Option<f64>, then: Option<f64>, unit: Unit) -> [Value; 2] {
    let (Some(now), Some(then)) = (now, then) else { return [MISSING, MISSING] };
    let change = match (unit, whole(now), whole(then)) {
        (Unit::Percent { .. }, ..) => BLANK,
        (_, Some(now), Some(then)) => change::change(Some(now), Some(then)),
        _ => BLANK,
    };
    [Value::Number(now - then), change]
}

fn add(sum: Value, part: &Value) -> Value {
    match (sum, part) {
        (Value::Nothing(Nothing::Missing | Nothing::Withheld), _) => MISSING,
        (_, Value::Nothing(Nothing::Missing | Nothing::Withheld)) => MISSING,
        (Value::Number(sum), Value::Number(part)) => Value::Number(sum + part),
        (Value::Nothing(_), Value::Number(part)) => Value::Number(*part),
        (sum, _) => sum,
    }
}

#[cfg(test)]
mod tests;
