//! Municipalities, many and few, for strips and funnels: invented values that look like real ones.

use super::{MISSING, PERCENT, column, row, table};
use crate::domain::said::Said;
use crate::domain::spc::Side;
use crate::domain::table::{Direction, MeasureTable, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::job::plan::ChartPlan;

/// A number 0..1 that depends on nothing but its place.
fn noise(index: usize) -> f64 {
    ((index as f64 + 1.0) * 12.9898).sin().mul_add(43_758.545_3, 0.0).fract().abs()
}

/// A share around a middle, closer to it the larger the municipality.
fn share(municipality: usize, question: usize) -> f64 {
    let spread = 34.0 / (1.0 + noise(municipality * 7) * 2.0);
    let away = (0..4).map(|step| noise(municipality * 31 + question * 17 + step) - 0.5).sum::<f64>() / 2.0;
    ((72.0 + question as f64 * 3.0 + away * spread) * 10.0).round().clamp(0.0, 1000.0) / 10.0
}

fn code(index: usize) -> String {
    if index == 0 { "0188".into() } else { format!("{}", 9000 + index) }
}

/// All municipalities by three questions.
pub(crate) fn strips(municipalities: usize) -> MeasureTable {
    let questions = ["Få kontakt", "Tydlig information i brev och på webbplatsen", "Förbättrad situation"];
    let number = |key: &str, label: &str, role, year| column(key, label, role, PERCENT, year);
    let mut columns: Vec<TableColumn> = vec![
        number("current", "2023", Role::Current, Some(2023)),
        number("previous", "2022", Role::Previous, Some(2022)),
        number("q1", "Nedre kvartil", Role::Reference, None),
        number("median", "Median", Role::Reference, None),
        number("q3", "Övre kvartil", Role::Reference, None),
        column("rank", "Plats", Role::Text, Unit::Text, None),
    ];
    let name = |index: usize| if index == 0 { "Norrtälje".to_string() } else { format!("Kommun {index}") };
    columns.extend((0..municipalities).map(|index| number(&code(index), &name(index), Role::Part, None)));
    let rows = questions.iter().enumerate().map(|(question, label)| {
        let all: Vec<f64> = (0..municipalities).map(|index| share(index, question)).collect();
        let mut sorted = all.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |part: usize| Value::Number(sorted[(sorted.len() - 1) * part / 4]);
        let previous = if question == 1 { MISSING } else { Value::Number(all[0] - 12.0) };
        let rank = Value::Text(format!("12–14 av {municipalities}"));
        let mut values = vec![Value::Number(all[0]), previous, at(1), at(2), at(3), rank];
        values.extend(all.into_iter().map(Value::Number));
        row(label, RowKind::Part, 0, values)
    });
    let rows: Vec<TableRow> = rows.collect();
    let directions = rows.iter().map(|row| (row.label.clone(), Direction::Higher)).collect();
    let what = "andel positiva svar, procent".to_string();
    let period = "2023".into();
    MeasureTable { directions, what, period, counts_events: false, ..table("comparison.ifo.alla", columns, rows) }
}

/// Shares against numbers of answers.
pub(crate) fn funnel(municipalities: usize) -> MeasureTable {
    let limit = |key: &str| column(key, key, Role::Reference, PERCENT, None);
    let mut columns = vec![
        column("current", "2023", Role::Current, PERCENT, Some(2023)),
        column("n", "Antal svar", Role::N, Unit::Count, None),
    ];
    columns.extend(["lower_95", "upper_95", "lower_998", "upper_998"].map(limit));
    columns.push(column("verdict", "Utanför", Role::Verdict, Unit::Text, None));
    let centre = 75.0_f64;
    let member = |index: usize| {
        let n = (12.0 + noise(index * 3).powi(4) * 900.0).round();
        let value = share(index, 1);
        let error = 1.2 * (centre * (100.0 - centre) / n).sqrt();
        let limits = [-1.96, 1.96, -3.09, 3.09].map(|z| (centre + z * error).clamp(0.0, 100.0));
        let verdict = match value {
            _ if value < limits[2] => Value::Said(Said::Beyond(Side::Down)),
            _ if value > limits[3] => Value::Said(Said::Beyond(Side::Up)),
            _ => Value::Nothing(crate::domain::table::Nothing::Blank),
        };
        let mut values = vec![Value::Number(value), Value::Count(n as i64)];
        values.extend(limits.map(Value::Number));
        values.push(verdict);
        let label = if index == 0 { "Norrtälje".to_string() } else { format!("Kommun {index}") };
        TableRow { key: vec![code(index)], ..row(&label, RowKind::Part, 0, values) }
    };
    let mut rows: Vec<TableRow> = (0..municipalities).map(member).collect();
    let mut centre_values = vec![Value::Number(centre), Value::Count(20_000)];
    centre_values.resize(7, MISSING);
    rows.push(row("Centrumlinje", RowKind::Total, 0, centre_values));
    let what = "andel positiva svar, procent".to_string();
    let period = "2023".into();
    MeasureTable { what, period, counts_events: false, ..table("funnel.ifo", columns, rows) }
}

/// Drawn for the first of the municipalities.
pub(crate) fn as_ours(chart: &mut ChartPlan) {
    chart.emphasis = vec!["0188".into()];
}
