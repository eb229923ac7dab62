//! The table of a control chart: a row a point, then what holds at the end.

use std::sync::Arc;

use super::Spc;
use super::place::{Series, SeriesPoint};
use crate::domain::said::Said;
use crate::domain::spc::{ASSURANCE, Assurance, FLAG, PHASE, VARIATION, Variation};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableRow, Unit, Value};
use crate::measure::formula::Formula;
use crate::measure::head::column;
use crate::measure::selection::Reference;
use crate::measure::sheet::{Fields, Pick, Sheet};
use crate::measure::spc::plan::{SpcChart, SpcPlan};
use crate::stats::spc::{Chart, Point, meaning};

const BLANK: Value = Value::Nothing(Nothing::Blank);

/// The table of a chart: a row a point, then what holds at the end.
pub(super) fn sheet(chart: &Spc, series: &Series, drawn: &Chart, table: MeasureTable) -> Sheet {
    let phases = phases(chart, series);
    let points: Arc<[Reference]> = (0..series.places.len()).map(|row| Reference::In { row, column: 0 }).collect();
    let mut rows: Vec<(TableRow, OfPoint)> = Vec::with_capacity(series.places.len() + 1);
    for (index, (place, point)) in series.places.iter().zip(&drawn.points).enumerate() {
        let phase = phases.iter().rev().find(|(start, _)| *start <= index).map(|(_, text)| text.as_str());
        let row = TableRow::named(&place.label, RowKind::Part);
        rows.push((row, OfPoint { place, point, phase, end: None }));
    }
    let last = series.places.iter().rposition(|place| place.datum.is_ok());
    if let Some((_, last)) = last.map(|last| &rows[last]) {
        let end = OfPoint { end: Some(End::of(chart, drawn)), ..*last };
        rows.push((TableRow { label: printed!("measure-newest-point"), ..TableRow::total() }, end));
    }
    Sheet::of(table, &fields(chart, series, &points, !phases.is_empty()), rows)
}

/// A point, and what holds at the end if it is the last.
#[derive(Clone, Copy)]
struct OfPoint<'a> {
    place: &'a SeriesPoint,
    point: &'a Point,
    phase: Option<&'a str>,
    end: Option<End>,
}

/// What the whole chart concludes.
#[derive(Clone, Copy)]
struct End {
    variation: Option<Variation>,
    assurance: Option<Assurance>,
    signals: usize,
}

impl End {
    fn of(chart: &Spc, drawn: &Chart) -> End {
        let spec = chart.spec;
        End {
            variation: drawn.variation(spec.direction),
            assurance: drawn.assurance(spec.goal, spec.direction),
            signals: drawn.signals(),
        }
    }
}

/// A line of the chart: where it stands at a point.
type Line = Pick<Point, Option<f64>>;

/// Centre, limits and signals.
const OF_ALL: &str = "the centre, limits and signals of";

fn fields<'f>(
    chart: &'f Spc,
    series: &'f Series,
    points: &'f Arc<[Reference]>,
    has_phases: bool,
) -> Fields<'f, OfPoint<'f>> {
    let mut fields: Fields<'f, OfPoint<'f>> = Fields::new();
    add_values(&mut fields, chart, series);
    add_lines(&mut fields, chart, points);
    add_verdicts(&mut fields, chart.spec, points);
    if has_phases {
        let phase = column(PHASE, word!("measure-limits"), Role::Text, Unit::Text);
        fields.add(phase, |row| Formula::Said(row.phase.map_or(BLANK, text)));
    }
    let signals = column("signals", word!("measure-number-of-signals"), Role::N, Unit::Count);
    fields.add(signals, move |row| of_any(points, row.end.map(|end| Value::Count(end.signals as i64))));
    fields.add(column("latest", word!("measure-newest"), Role::Text, Unit::Text), |row| {
        Formula::Said(row.end.map_or(BLANK, |_| text(&row.place.label)))
    });
    fields
}

fn of_all(points: &Arc<[Reference]>, value: Value) -> Formula {
    Formula::of_cells(OF_ALL, points.clone(), value)
}

/// What is blank has no meaning in its row, but for signals: none is said by a blank, too.
fn of_any(points: &Arc<[Reference]>, value: Option<Value>) -> Formula {
    value.map_or(Formula::BLANK, |value| of_all(points, value))
}

fn add_values<'f>(fields: &mut Fields<'f, OfPoint<'f>>, chart: &'f Spc, series: &Series) {
    let unit = chart.unit();
    fields.add(column("value", value_label(unit), Role::Current, unit), |row| row.place.made.value.clone());
    if !has_fractions(series) {
        return;
    }
    let whole = if chart.spec.part.is_some() { Unit::Count } else { Unit::Number { decimals: 0 } };
    let numerator = column("numerator", word!("measure-numerator"), Role::Numerator, Unit::Count);
    fields.add(numerator, |row| row.place.made.numerator.clone());
    let denominator = column("denominator", word!("measure-denominator"), Role::Denominator, whole);
    fields.add(denominator, |row| row.place.made.denominator.clone());
}

fn add_lines<'f>(fields: &mut Fields<'f, OfPoint<'f>>, chart: &'f Spc, points: &'f Arc<[Reference]>) {
    let (spec, limit) = (chart.spec, of_limits(chart.unit()));
    let centre =
        if matches!(spec.chart, SpcChart::Run | SpcChart::G) { word!("measure-median") } else { word!("measure-mean") };
    let lines: [(&str, &str, Role, Line); 5] = [
        ("centre", centre, Role::Mean, |point| point.centre),
        ("lower", word!("measure-lower"), Role::Reference, |point| point.lower),
        ("upper", word!("measure-upper"), Role::Reference, |point| point.upper),
        ("near_lower", word!("measure-near-lower"), Role::Reference, |point| point.near_lower),
        ("near_upper", word!("measure-near-upper"), Role::Reference, |point| point.near_upper),
    ];
    let has_near = matches!(spec.chart, SpcChart::Xmr | SpcChart::T);
    for (key, label, role, of) in lines.into_iter().take(if has_near { 5 } else { 3 }) {
        fields.add(column(key, label, role, limit), move |row| of_any(points, of(row.point).map(Value::Number)));
    }
    if let Some(goal) = spec.goal {
        let head = column("goal", word!("measure-goal"), Role::Goal, limit);
        fields.add(head, move |_| Formula::Said(Value::Number(goal)));
    }
}

fn add_verdicts<'f>(fields: &mut Fields<'f, OfPoint<'f>>, spec: &'f SpcPlan, points: &'f Arc<[Reference]>) {
    fields.add(column(FLAG, word!("measure-signal"), Role::Verdict, Unit::Text), |row| {
        of_all(points, row.point.label().map_or(BLANK, |(label, side)| Value::Said(Said::Signal(label, side))))
    });
    fields.add(column(VARIATION, word!("measure-variation"), Role::Verdict, Unit::Text), |row| {
        let of_point = || row.point.label().map(|(_, side)| meaning(side, spec.direction));
        let variation = row.end.map_or_else(of_point, |end| end.variation);
        of_all(points, variation.map_or(BLANK, |variation| Value::Said(Said::Variation(variation))))
    });
    if spec.goal.is_some() {
        let assurance = column(ASSURANCE, word!("measure-against-goal"), Role::Verdict, Unit::Text);
        let said = |assurance| Value::Said(Said::Assurance(assurance));
        fields.add(assurance, move |row| of_any(points, row.end.and_then(|end| end.assurance).map(said)));
    }
}

fn value_label(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => word!("measure-count"),
        Unit::Percent { .. } => word!("measure-share"),
        _ => word!("measure-value"),
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
pub(super) fn phases(chart: &Spc, series: &Series) -> Vec<(usize, String)> {
    let phase = |rebase: &crate::measure::spc::plan::RebasePlan| {
        let index = series.index_from(rebase.from)?;
        Some((
            index,
            printed!("measure-from-day", day = crate::domain::swedish::day(rebase.from), reason = rebase.reason),
        ))
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

fn text(word: &str) -> Value {
    Value::Text(word.to_string())
}
