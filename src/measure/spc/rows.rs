//! The table of a control chart: a row a point, then what holds at the end.

use super::Spc;
use super::place::{Place, Series};
use crate::domain::spc::{ASSURANCE, FLAG, PHASE, VARIATION};
use crate::domain::table::{Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::head::column;
use crate::measure::spc::spec::SpcChart;
use crate::stats::spc::{Chart, Point, meaning};

const BLANK: Value = Value::Nothing(Nothing::Blank);

/// Label of the row with what holds at the end.
pub const LATEST: &str = "Senaste punkten";

pub fn columns(chart: &Spc, series: &Series) -> Vec<TableColumn> {
    let unit = chart.unit();
    let limit = of_limits(unit);
    let centre = if matches!(chart.spec.chart, SpcChart::Run | SpcChart::G) { "Median" } else { "Medelvärde" };
    let mut columns = vec![column("value", value_label(unit), Role::Current, unit)];
    if has_fractions(series) {
        columns.push(column("numerator", "Täljare", Role::Numerator, Unit::Count));
        let whole = if chart.spec.part.is_some() { Unit::Count } else { Unit::Number { decimals: 0 } };
        columns.push(column("denominator", "Nämnare", Role::Denominator, whole));
    }
    columns.push(column("centre", centre, Role::Mean, limit));
    columns.push(column("lower", "Nedre gräns", Role::Reference, limit));
    columns.push(column("upper", "Övre gräns", Role::Reference, limit));
    if matches!(chart.spec.chart, SpcChart::Xmr | SpcChart::T) {
        columns.push(column("near_lower", "Nedre närgräns", Role::Reference, limit));
        columns.push(column("near_upper", "Övre närgräns", Role::Reference, limit));
    }
    columns.extend(chart.spec.goal.map(|_| column("goal", "Mål", Role::Goal, limit)));
    columns.push(column(FLAG, "Signal", Role::Verdict, Unit::Text));
    columns.push(column(VARIATION, "Variation", Role::Verdict, Unit::Text));
    columns.extend(chart.spec.goal.map(|_| column(ASSURANCE, "Mot målet", Role::Verdict, Unit::Text)));
    columns.extend((!phases(chart, series).is_empty()).then(|| column(PHASE, "Gränser", Role::Text, Unit::Text)));
    columns.push(column("signals", "Antal signaler", Role::N, Unit::Count));
    columns.push(column("latest", "Senaste", Role::Text, Unit::Text));
    columns
}

fn value_label(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "Antal",
        Unit::Percent { .. } => "Andel",
        _ => "Värde",
    }
}

/// Centre and limits of counts have a decimal.
fn of_limits(unit: Unit) -> Unit {
    match unit {
        Unit::Percent { decimals } => Unit::Percent { decimals: decimals.max(1) },
        Unit::Number { decimals } => Unit::Number { decimals: decimals.max(1) },
        _ => Unit::Number { decimals: 1 },
    }
}

fn has_fractions(series: &Series) -> bool {
    series.data().flatten().any(|datum| datum.fraction.is_some())
}

/// First place and text of every rebase that lies in the series: "från 2023-01-01: nytt system".
pub fn phases(chart: &Spc, series: &Series) -> Vec<(usize, String)> {
    let phase = |rebase: &crate::measure::spc::plan::RebasePlan| {
        let index = series.index_from(rebase.from)?;
        Some((index, format!("från {}: {}", crate::domain::swedish::day(rebase.from), rebase.reason)))
    };
    let mut phases: Vec<(usize, String)> = chart.spec.rebase.iter().filter_map(phase).collect();
    // Of two that begin at one point, both reasons are told.
    phases.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 = format!("{}; {}", earlier.1, later.1);
        }
        same
    });
    phases
}

pub fn rows(chart: &Spc, series: &Series, drawn: &Chart, columns: &[TableColumn]) -> Vec<TableRow> {
    let phases = phases(chart, series);
    let mut rows: Vec<TableRow> = Vec::with_capacity(series.places.len() + 1);
    for (index, (place, point)) in series.places.iter().zip(&drawn.points).enumerate() {
        let phase = phases.iter().rev().find(|(start, _)| *start <= index).map(|(_, text)| text.clone());
        let values = Cells { chart, fractions: has_fractions(series), phase: (!phases.is_empty()).then_some(phase) };
        rows.push(TableRow {
            key: vec![place.label.clone()],
            label: place.label.clone(),
            level: 0,
            kind: RowKind::Part,
            values: values.of_point(place, point),
        });
    }
    let last = series.places.iter().rposition(|place| place.datum.is_ok());
    rows.extend(last.map(|last| {
        let mut latest = rows[last].clone();
        (latest.key, latest.label, latest.kind) = (Vec::new(), LATEST.to_string(), RowKind::Total);
        conclude(chart, drawn, &series.places[last].label, columns, &mut latest.values);
        latest
    }));
    rows
}

/// What the cells of a row depend on beside its point.
struct Cells<'a> {
    chart: &'a Spc<'a>,
    fractions: bool,
    /// The column of phases: a text from the first rebase on.
    phase: Option<Option<String>>,
}

impl Cells<'_> {
    fn of_point(&self, place: &Place, point: &Point) -> Vec<Value> {
        let spec = self.chart.spec;
        let mut values = vec![match &place.datum {
            Ok(datum) => datum.value.clone(),
            Err(nothing) => Value::Nothing(*nothing),
        }];
        if self.fractions {
            values.extend(fraction(place, spec.part.is_some()));
        }
        values.extend([point.centre, point.lower, point.upper].map(number));
        if matches!(spec.chart, SpcChart::Xmr | SpcChart::T) {
            values.extend([point.near_lower, point.near_upper].map(number));
        }
        values.extend(spec.goal.map(Value::Number));
        let label = point.label();
        values.push(label.map_or(BLANK, |(label, side)| Value::Text(label.with_side(side))));
        values.push(label.map_or(BLANK, |(_, side)| text(meaning(side, spec.direction).word())));
        values.extend(spec.goal.map(|_| BLANK));
        values.extend(self.phase.clone().map(|phase| phase.map_or(BLANK, Value::Text)));
        values.extend([BLANK, BLANK]);
        values
    }
}

/// Part and whole; a whole of events is counted, other denominators are as delivered.
fn fraction(place: &Place, is_part: bool) -> [Value; 2] {
    match place.datum.as_ref().ok().and_then(|datum| datum.fraction) {
        Some((part, whole)) if is_part => [part, whole].map(|number| Value::Count(number as i64)),
        Some((part, size)) if part.fract() == 0.0 => [Value::Count(part as i64), Value::Number(size)],
        Some((part, size)) => [Value::Number(part), Value::Number(size)],
        None => [BLANK, BLANK],
    }
}

/// Turns the last point's row into what holds at the end.
fn conclude(chart: &Spc, drawn: &Chart, label: &str, columns: &[TableColumn], values: &mut [Value]) {
    let spec = chart.spec;
    let variation = drawn.variation(spec.direction).map_or(BLANK, |variation| text(variation.word()));
    let assurance = drawn.assurance(spec.goal, spec.direction).map_or(BLANK, |assurance| text(assurance.word()));
    let signals = Value::Count(drawn.signals() as i64);
    let said = [(VARIATION, variation), (ASSURANCE, assurance), ("signals", signals), ("latest", text(label))];
    for (key, value) in said {
        if let Some(at) = columns.iter().position(|column| column.key == key) {
            values[at] = value;
        }
    }
}

fn number(value: Option<f64>) -> Value {
    value.map_or(BLANK, Value::Number)
}

fn text(word: &str) -> Value {
    Value::Text(word.to_string())
}
