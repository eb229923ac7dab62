//! Indicators: observations as a table of rows × columns, missing kept missing.
//!
//! In: observations. Out: one row per indicator (or whatever the job names), in the order of the list or of the file;
//! one column per period, oldest first, or per value of another column. A combination without an observation is
//! missing. Two observations that differ and claim one cell are a mistake of the export or the job: `differing-duplicate`.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

mod certainty;

mod remarks;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change;
use super::formula::{CHANGE, DIFFERENCE};
use super::formula::{Counted, Formula};
use super::head::{self, column};
use super::notes::TOTAL;
use super::observations::{Observations, VALUE};
use super::order::Swedish;
use super::selection::Reference;
use super::sheet::{Fields, Sheet};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::spelling::fold;
use crate::domain::swedish::month_name;
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, RowsAre, TableColumn, TableRow, Unit, Value};
use crate::measure::indicator::plan::IndicatorPlan;
use crate::measure::plan::{MeasurePlan, Plan};
use crate::vocabulary::plan::ColumnKindPlan;
use crate::vocabulary::spec::RowOrder;

/// A column of values before it is part of a table.
struct Series {
    /// `None` when the observations do not name a value for the columns: the table has one series.
    text: Option<String>,
    column: TableColumn,
}

/// What a row is of.
#[derive(Debug, Clone)]
enum OfRow {
    /// The rows that follow have its name first.
    Group,
    Path(Vec<String>),
    /// The sum of all.
    Total,
}

impl OfRow {
    fn path(&self) -> Option<&[String]> {
        match self {
            OfRow::Path(path) => Some(path),
            OfRow::Group | OfRow::Total => None,
        }
    }
}

/// The sums of the columns of values, and the cells that each is made of.
struct Totals {
    sums: Vec<Value>,
    parts: Vec<Arc<[Reference]>>,
}

impl Totals {
    /// Nothing where one of the parts is nothing that was to be measured.
    fn of(pivot: &Pivot, series: &[Series], parts: &[(usize, &[String])]) -> Totals {
        let sum = |series: &Series| {
            parts.iter().map(|(_, path)| pivot.value(path, &series.text)).fold(BLANK, |sum, part| add(sum, &part))
        };
        let cells = |column: usize| parts.iter().map(|(row, _)| Reference::In { row: *row, column }).collect();
        Totals { sums: series.iter().map(sum).collect(), parts: (0..series.len()).map(cells).collect() }
    }

    fn number(&self, series: usize) -> Option<f64> {
        match self.sums[series] {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
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
pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &IndicatorPlan,
    observations: &Observations,
) -> Result<Sheet, Failure> {
    let pivot = Pivot::of(measure, spec, observations)?;
    let series = pivot.series();
    let mut table = head::of_values(plan, measure, spec.what.clone(), pivot.period(plan));
    table.row_headers = spec.rows.iter().map(|row| observations.label(row)).collect();
    table.n = pivot.measured();
    pivot.describe_rows(&mut table);
    let rows = pivot.rows(&series);
    let parts: Vec<(usize, &[String])> =
        rows.iter().enumerate().filter_map(|(index, (_, row))| Some((index, row.path()?))).collect();
    let totals = Totals::of(&pivot, &series, &parts);
    let mut sheet = Sheet::of(table, &pivot.fields(measure.source, &series, &totals), rows.iter().cloned());
    sheet.table.rows_are = rows_are(&sheet.table.rows);
    sheet.table.notes = remarks::of(&pivot, &sheet.table, &series);
    certainty::add(&pivot, &series, &measure.certainty, &mut sheet.table);
    Ok(sheet)
}

/// Observations say their months, quarters and years in whichever column the export has them.
fn rows_are(rows: &[TableRow]) -> RowsAre {
    let mut parts = rows.iter().filter(|row| row.kind == RowKind::Part).peekable();
    let are_periods = parts.peek().is_some() && parts.all(|row| is_period(&row.label));
    if are_periods { RowsAre::Periods } else { RowsAre::Things }
}

fn is_period(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let year = first.split(['-', '–']).next().unwrap_or_default();
    let is_year = year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
    let is_month = || (1..=12).any(|month| month_name(month) == first);
    is_year || matches!(first.as_str(), "kvartal" | "kvalitetsår") || is_month()
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

    fn fields<'f>(&'f self, source: usize, series: &'f [Series], totals: &'f Totals) -> Fields<'f, OfRow> {
        let mut fields = Fields::new();
        for (index, one) in series.iter().enumerate() {
            fields.add(one.column.clone(), move |row: &OfRow| match row {
                OfRow::Group => Formula::BLANK,
                OfRow::Path(path) => {
                    Formula::read(source, self.cell(path, &one.text), VALUE, self.value(path, &one.text))
                }
                OfRow::Total => {
                    Formula::of_cells("the sum of", totals.parts[index].clone(), totals.sums[index].clone())
                }
            });
        }
        if let (true, [.., then, now]) = (self.spec.change, series) {
            self.add_changes(&mut fields, series.len(), [now, then], totals);
        }
        self.add_n(&mut fields, source, series);
        for name in &self.spec.show {
            let shown = move |row: &OfRow| {
                let first = |path: &[String]| series.iter().find_map(|series| self.cell(path, &series.text));
                let row = row.path().and_then(first);
                let text = row.and_then(|row| self.observations.text(row, name));
                Formula::read(source, row, name, text.map_or(BLANK, |text| Value::Text(text.into_owned())))
            };
            fields.add(column(name, self.observations.label(name), Role::Text, Unit::Text), shown);
        }
        fields
    }

    /// How many stand behind the last value, and the value as a share of them.
    fn add_n<'f>(&'f self, fields: &mut Fields<'f, OfRow>, source: usize, series: &'f [Series]) {
        let last = move |path: &[String]| series.iter().rev().find_map(|series| self.cell(path, &series.text));
        if self.spec.show_n || self.spec.share_of_n {
            fields.add(column("n", self.observations.label("n"), Role::N, Unit::Count), move |row| match row.path() {
                Some(path) => {
                    let n = last(path).and_then(|row| self.observations.number(row, "n"));
                    Formula::read(source, last(path), "n", n.map_or(MISSING, whole_or_number))
                }
                None => Formula::BLANK,
            });
        }
        if self.spec.share_of_n {
            let share = column("share", word!("measure-share"), Role::Share, head::PERCENT);
            fields.add(share, move |row| match row.path().map(last) {
                Some(Some(row)) => {
                    let how = "the value as a share of the row's n";
                    Formula::of_rows(how, vec![Counted::rows(source, [row])], self.share_of_n(row))
                }
                Some(None) => Formula::MISSING,
                None => Formula::BLANK,
            });
        }
    }

    /// Difference and relative change of the last two series.
    fn add_changes<'f>(
        &'f self,
        fields: &mut Fields<'f, OfRow>,
        series: usize,
        [now, then]: [&'f Series; 2],
        totals: &'f Totals,
    ) {
        let both = [Reference::Beside(series - 1), Reference::Beside(series - 2)];
        let columns = [
            column("difference", word!("measure-difference"), Role::Difference, self.spec.unit.of_difference()),
            column("change", word!("measure-change"), Role::Change, head::PERCENT),
        ];
        for (index, (column, how)) in columns.into_iter().zip([DIFFERENCE, CHANGE]).enumerate() {
            fields.add(column, move |row| {
                let changes = match row {
                    OfRow::Group => return Formula::BLANK,
                    OfRow::Path(path) => {
                        changes(self.number(path, &now.text), self.number(path, &then.text), self.unit_of(path))
                    }
                    OfRow::Total => changes(totals.number(series - 1), totals.number(series - 2), self.spec.unit),
                };
                Formula::of_cells(how, both, changes[index].clone())
            });
        }
    }

    fn rows(&self, series: &[Series]) -> Vec<(TableRow, OfRow)> {
        let mut rows: Vec<(TableRow, OfRow)> = Vec::new();
        let mut group: Option<&String> = None;
        let paths = self.ordered(series);
        for path in &paths {
            if let [above, _] = path.as_slice()
                && group.replace(above) != Some(above)
            {
                rows.push((head_of(vec![above.clone()], above.clone(), RowKind::Group), OfRow::Group));
            }
            let row = head_of(path.clone(), self.label(path), RowKind::Part);
            rows.push((row, OfRow::Path(path.clone())));
        }
        if self.spec.sum {
            rows.push((head_of(Vec::new(), TOTAL.to_string(), RowKind::Total), OfRow::Total));
        }
        rows
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

fn head_of(key: Vec<String>, label: String, kind: RowKind) -> TableRow {
    TableRow { level: key.len().saturating_sub(1) as u8, key, ..TableRow::named(label, kind) }
}

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
