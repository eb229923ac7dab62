//! Tables of control charts for looking at figures and for their tests: computed, not made up.

use crate::domain::said::Said;
use crate::domain::spc::{ASSURANCE, FLAG, PHASE, VARIATION};
use crate::domain::table::{
    Direction, MeasureTable, Nothing, Role, RowKind, RowsAre, TableColumn, TableRow, Unit, Value,
};
use crate::draw::samples::{MISSING, Sample, column, row, table};
use crate::job::plan::ChartKind;
use crate::stats::spc::{Chart, Options, c, meaning, p, run_chart, xmr};

const BLANK: Value = Value::Nothing(Nothing::Blank);

/// What a sample has beside its values.
struct Shown<'a> {
    unit: Unit,
    goal: Option<f64>,
    direction: Direction,
    rebase: &'a [(usize, &'a str)],
    part: bool,
}

const PLAIN: Shown<'static> =
    Shown { unit: Unit::Count, goal: None, direction: Direction::Neither, rebase: &[], part: false };

fn number(value: Option<f64>, nothing: Value) -> Value {
    value.map_or(nothing, Value::Number)
}

fn of(drawn: &Chart, sample: &Shown) -> MeasureTable {
    let rows = rows_of(drawn, sample);
    let what = if sample.part { "andel av alla avvikelser per månad, procent" } else { "antal avvikelser per månad" };
    let period = format!("januari 2019–{}", rows[rows.len() - 2].label);
    let table = table("spc.prov", columns_of(sample, has_near(drawn)), rows);
    MeasureTable { what: what.to_string(), period, rows_are: RowsAre::Points, ..table }
}

fn has_near(drawn: &Chart) -> bool {
    drawn.points.iter().any(|point| point.near_upper.is_some())
}

fn rows_of(drawn: &Chart, sample: &Shown) -> Vec<TableRow> {
    let text = |text: Option<String>| text.map_or(BLANK, Value::Text);
    let said = |said: Option<Said>| said.map_or(BLANK, Value::Said);
    let phase =
        |place: usize| sample.rebase.iter().rev().find(|(start, _)| *start <= place).map(|(_, text)| text.to_string());
    let has_near = has_near(drawn);
    let point = |(place, point): (usize, &crate::stats::spc::Point)| {
        let label = point.label();
        let value = match sample.unit {
            Unit::Count => point.value.map_or(MISSING, |value| Value::Count(value as i64)),
            _ => number(point.value, MISSING),
        };
        let mut values = vec![value];
        values.extend(sample.part.then_some([Value::Count(1), Value::Count(1)]).into_iter().flatten());
        values.extend([point.centre, point.lower, point.upper].map(|limit| number(limit, BLANK)));
        values.extend(
            has_near.then_some([point.near_lower, point.near_upper]).into_iter().flatten().map(|n| number(n, BLANK)),
        );
        values.extend(sample.goal.map(Value::Number));
        values.push(said(label.map(|(label, side)| Said::Signal(label, side))));
        values.push(said(label.map(|(_, side)| Said::Variation(meaning(side, sample.direction)))));
        values.push(BLANK);
        values.push(text(phase(place)));
        let (year, month) = (2019 + place / 12, place % 12 + 1);
        row(&format!("{year}-{month:02}"), RowKind::Part, 0, values)
    };
    let mut rows: Vec<TableRow> = drawn.points.iter().enumerate().map(point).collect();
    let last = drawn.points.iter().rposition(|point| point.value.is_some()).expect("a sample has values");
    let mut latest =
        TableRow { label: "Senaste punkten".into(), key: Vec::new(), kind: RowKind::Total, ..rows[last].clone() };
    let end = latest.values.len();
    latest.values[end - 3] = said(drawn.variation(sample.direction).map(Said::Variation));
    latest.values[end - 2] = said(drawn.assurance(sample.goal, sample.direction).map(Said::Assurance));
    rows.push(latest);
    rows
}

fn columns_of(sample: &Shown, has_near: bool) -> Vec<TableColumn> {
    let limit = match sample.unit {
        Unit::Percent { .. } => Unit::Percent { decimals: 1 },
        _ => Unit::Number { decimals: 1 },
    };
    let mut columns = vec![column("value", "Antal", Role::Current, sample.unit, None)];
    let parts = [("numerator", Role::Numerator), ("denominator", Role::Denominator)];
    columns.extend(parts.iter().filter(|_| sample.part).map(|(key, role)| column(key, key, *role, Unit::Count, None)));
    let centre = if has_near || sample.part { "Medelvärde" } else { "Median" };
    columns.push(column("centre", centre, Role::Mean, limit, None));
    let limits = [("lower", "Nedre gräns"), ("upper", "Övre gräns")];
    columns.extend(limits.map(|(key, label)| column(key, label, Role::Reference, limit, None)));
    let near = ["near_lower", "near_upper"];
    columns.extend(near.iter().filter(|_| has_near).map(|key| column(key, key, Role::Reference, limit, None)));
    columns.extend(sample.goal.map(|_| column("goal", "Mål", Role::Goal, limit, None)));
    let words = [(FLAG, "Signal"), (VARIATION, "Variation"), (ASSURANCE, "Mot målet"), (PHASE, "Gränser")];
    columns.extend(words.map(|(key, label)| column(key, label, Role::Verdict, Unit::Text, None)));
    columns
}

/// A series like the sample's: level, noise, and something that happens.
fn noisy(length: usize, level: f64, spread: i64, change: impl Fn(usize) -> f64) -> Vec<Option<f64>> {
    let noise = |place: usize| ((place * 7919 + 13) % 101) as i64 % (2 * spread + 1) - spread;
    (0..length).map(|place| Some((level + noise(place) as f64 + change(place)).round().max(0.0))).collect()
}

/// The samples by name.
pub(super) fn all() -> Vec<Sample> {
    let sample = |name, table| Sample::of(ChartKind::SpcChart, name, "Avvikelser per månad, hela förvaltningen", table);
    let plain = Options::default();
    let leap = noisy(24, 68.0, 14, |place| {
        if place == 7 {
            70.0
        } else if place > 16 {
            22.0
        } else {
            0.0
        }
    });
    let few = noisy(12, 9.0, 5, |_| 0.0);
    let rebase = [
        (20, "från 2020-09-01: nytt avvikelsesystem i hela förvaltningen"),
        (41, "från 2022-06-01: två enheter flyttade till en annan avdelning"),
    ];
    let long = noisy(60, 30.0, 8, |place| match place {
        0..20 => 0.0,
        20..41 => 25.0,
        _ => 12.0 + (place as f64 - 41.0) * 1.2,
    });
    let rebased = Options { rebase: rebase.iter().map(|(start, _)| *start).collect(), ..Options::default() };
    let sizes = |place: usize| 40.0 + ((place * 37) % 17) as f64 * 22.0;
    let shares: Vec<Option<(f64, f64)>> = (0..24)
        .map(|place| {
            (place != 10).then(|| {
                let size = sizes(place);
                ((size * if place == 18 { 0.38 } else { 0.17 + 0.01 * (place % 5) as f64 }).round(), size)
            })
        })
        .collect();
    let mut percent = p(&shares, &plain);
    for point in &mut percent.points {
        for number in [&mut point.value, &mut point.centre, &mut point.lower, &mut point.upper] {
            *number = number.map(|number| 100.0 * number);
        }
    }
    let mut gap = noisy(24, 22.0, 6, |place| place as f64 * 0.2);
    gap.iter_mut().skip(9).take(3).for_each(|value| *value = None);
    let falling: Vec<Option<f64>> =
        (0..20).map(|place| Some(92.0 - if place > 11 { place as f64 - 11.0 } else { (place % 3) as f64 })).collect();
    let goal = Shown { unit: Unit::Percent { decimals: 0 }, goal: Some(95.0), direction: Direction::Higher, ..PLAIN };
    vec![
        sample("spc-24", of(&xmr(&leap, &plain), &PLAIN)),
        sample("spc-12", of(&xmr(&few, &plain), &Shown { goal: Some(4.0), direction: Direction::Lower, ..PLAIN })),
        sample("spc-60-rebased", of(&xmr(&long, &rebased), &Shown { rebase: &rebase, ..PLAIN })),
        sample("spc-p", of(&percent, &Shown { unit: Unit::Percent { decimals: 1 }, part: true, ..PLAIN })),
        sample("spc-constant", of(&xmr(&[Some(7.0); 16], &plain), &PLAIN)),
        sample("spc-gap", of(&xmr(&gap, &plain), &PLAIN)),
        sample("spc-one", of(&xmr(&[Some(7.0)], &plain), &PLAIN)),
        sample("spc-goal", of(&xmr(&falling, &Options { fix_after_n: Some(12), ..Options::default() }), &goal)),
        sample("spc-run", of(&run_chart(&leap, &plain), &PLAIN)),
        sample("spc-c", of(&c(&few, &plain), &Shown { part: true, ..PLAIN })),
    ]
}
