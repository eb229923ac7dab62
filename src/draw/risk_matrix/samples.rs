//! Risk matrices with 8, 40, 3 000 and no risks, on scales of 4 and 5, and counts of events.

use std::sync::Arc;

use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableRow, Unit, Value};
use crate::draw::samples::{Sample, column, row, table};
use crate::job::plan::{ChartKind, RiskScalePlan};

fn scale(steps: u8) -> RiskScalePlan {
    let words = |words: [&str; 5]| words[..usize::from(steps)].iter().map(|word| word.to_string()).collect();
    let levels = [(1, "Låg"), (4, "Måttlig"), (8, "Hög"), (12, "Mycket hög")];
    RiskScalePlan {
        axes: ["Sannolikhet".to_string(), "Konsekvens för den enskilde".to_string()],
        steps,
        probability: words(["Mycket liten", "Liten", "Möjlig", "Trolig", "Nästan säker"]),
        consequence: words(["Försumbar", "Lindrig", "Kännbar", "Allvarlig", "Mycket allvarlig eller livshotande"]),
        levels: levels.iter().map(|(from, label)| (*from, label.to_string())).collect(),
    }
}

/// A register's ranked list. `id` makes the ids; every third risk has moved and every seventh is new.
fn register(risks: usize, steps: u8, id: impl Fn(usize) -> String) -> MeasureTable {
    let count = |key: &str, label: &str, role| column(key, label, role, Unit::Count, None);
    let columns = vec![
        column("risk", "Risk", Role::Text, Unit::Text, None),
        count("probability", "Sannolikhet", Role::Text),
        count("consequence", "Konsekvens", Role::Text),
        count("score", "Riskvärde", Role::Current),
        count("previous", "Riskvärde 2023", Role::Previous),
        count("probability_previous", "Sannolikhet 2023", Role::Text),
        count("consequence_previous", "Konsekvens 2023", Role::Text),
    ];
    let steps = usize::from(steps);
    let rows: Vec<TableRow> = (0..risks)
        .map(|index| {
            let now = (index * 7 % steps + 1, index * index * 3 % steps + 1);
            let before = match index % 6 {
                0 => (now.0 % steps + 1, now.1),
                3 => (1, 1),
                _ => now,
            };
            let cell = |number: usize| Value::Count(number as i64);
            let then = |number: usize| if index % 7 == 6 { Value::Nothing(Nothing::Blank) } else { cell(number) };
            let text = Value::Text(format!("Risk nummer {index}"));
            let mut values = vec![text, cell(now.0), cell(now.1), cell(now.0 * now.1)];
            values.extend([then(before.0 * before.1), then(before.0), then(before.1)]);
            row(&id(index), RowKind::Part, 0, values)
        })
        .collect();
    let (what, period) = ("antal risker".to_string(), "2024".to_string());
    let n = risks as u64;
    let source = "Källa: Riskregister.".into();
    MeasureTable { what, period, n, source, counts_events: false, ..table("risk.alla", columns, rows) }
}

fn events(steps: u8, largest: i64) -> MeasureTable {
    let mut columns: Vec<_> =
        (1..=steps).map(|step| column(&format!("c{step}"), &step.to_string(), Role::Part, Unit::Count, None)).collect();
    columns.push(column("total", "Totalt", Role::Total, Unit::Count, None));
    let rows = (1..=steps).rev().map(|probability| {
        let cell = |consequence: u8| largest / i64::from(probability * consequence) - 1;
        let mut values: Vec<Value> = (1..=steps).map(|consequence| Value::Count(cell(consequence).max(0))).collect();
        values.push(Value::Count((1..=steps).map(|consequence| cell(consequence).max(0)).sum()));
        TableRow { key: vec![probability.to_string()], ..row(&format!("{probability} x"), RowKind::Part, 0, values) }
    });
    table("risk_count.avvikelser", columns, rows.collect())
}

pub(super) fn all() -> Vec<Sample> {
    let short = |index: usize| format!("R{index:02}");
    let long = |index: usize| format!("BOU-2024-{index:03}");
    let longest = |index: usize| format!("Verksamhetsområdesövergripande risk {index}");
    let of = |name, steps, table| {
        Sample::of(ChartKind::RiskMatrix, name, "Risker efter sannolikhet och konsekvens", table)
            .with(|chart| chart.scale = Some(Arc::new(scale(steps))))
    };
    vec![
        of("risk-8", 4, register(8, 4, short)),
        of("risk-8-of-5", 5, register(8, 5, short)),
        of("risk-40", 4, register(40, 4, short)),
        of("risk-40-of-5", 5, register(40, 5, short)),
        of("risk-40-long", 5, register(40, 5, long)),
        of("risk-4-longest", 4, register(4, 4, longest)),
        of("risk-3000", 4, register(3000, 4, short)),
        of("risk-0", 4, register(0, 4, short)),
        of("risk-0-of-5", 5, register(0, 5, short)),
        of("risk-events", 4, events(4, 900)),
        of("risk-events-many", 5, events(5, 9_000_000_000)),
    ]
}
