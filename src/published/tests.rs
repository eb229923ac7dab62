//! What is written is what is read.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::delivery::{CellCount, CellKind};
use crate::domain::period::PeriodRule;
use crate::domain::table::{self, MeasureTable, Nothing, Role, RowKind, TableColumn, TableRow, Value};

/// Texts of a cell or a label: with all that delimited text and spreadsheets treat in their own way.
fn text() -> impl Strategy<Value = String> {
    "[-=+@a-cåäö;\"' .\n\r\t0-9]{0,6}"
}

/// A label says something: a row of nothing but blanks is no row of a file.
fn label() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("x{text}"))
}

fn value() -> impl Strategy<Value = Value> {
    let nothing =
        prop::sample::select(vec![Nothing::Missing, Nothing::NotApplicable, Nothing::Withheld, Nothing::Blank]);
    prop_oneof![
        any::<i64>().prop_map(|count| Value::Count(count % (1 << 52))),
        (0..500_u64, 500..900_u64).prop_map(|(numerator, denominator)| Value::Share { numerator, denominator }),
        (0..500_i64, 1..500_i64).prop_map(|(now, then)| Value::Change { now, then }),
        any::<f64>().prop_map(Value::Number),
        text().prop_map(Value::Text),
        (0..20_000_i32).prop_map(Value::Date),
        nothing.prop_map(Value::Nothing),
    ]
}

fn unit(value: &Value) -> table::Unit {
    match value {
        Value::Text(_) => table::Unit::Text,
        Value::Date(_) => table::Unit::Date,
        _ => table::Unit::Number { decimals: 1 },
    }
}

/// A table of one column for each kind of value; the last of several rows may be the total.
fn tables() -> impl Strategy<Value = MeasureTable> {
    let rows = prop::collection::vec((prop::collection::vec(label(), 1..3), prop::collection::vec(value(), 4)), 1..5);
    (rows, any::<bool>(), text()).prop_map(|(rows, has_total, title)| {
        let units: Vec<table::Unit> = rows[0].1.iter().map(unit).collect();
        let last = rows.len() - 1;
        let row = |(index, (key, values)): (usize, (Vec<String>, Vec<Value>))| {
            let is_total = has_total && index == last && last > 0;
            let fits = |(value, unit): (Value, &table::Unit)| {
                if self::unit(&value) == *unit { value } else { Value::Nothing(Nothing::Missing) }
            };
            TableRow {
                label: if is_total { "Totalt".to_string() } else { key[key.len() - 1].clone() },
                level: 0,
                kind: if is_total { RowKind::Total } else { RowKind::Part },
                key: if is_total { Vec::new() } else { key },
                values: values.into_iter().zip(&units).map(fits).collect(),
            }
        };
        let column = |(index, unit): (usize, &table::Unit)| TableColumn {
            key: format!("c{index}"),
            label: title.clone(),
            role: Role::Current,
            unit: *unit,
            year: Some(2023),
        };
        MeasureTable {
            name: "breakdown.typ/Å".to_string(),
            title: title.clone(),
            row_headers: vec!["Typ".to_string()],
            columns: units.iter().enumerate().map(column).collect(),
            rows: rows.into_iter().enumerate().map(row).collect(),
            period: "2023".to_string(),
            ..MeasureTable::default()
        }
    })
}

/// What a reader of the file is to find for a value. A text that is a mark reads as what the mark means.
fn expected(value: &Value) -> Cell {
    let marks =
        [("-", Nothing::Missing), (".", Nothing::NotApplicable), ("..", Nothing::Withheld), ("", Nothing::Blank)];
    match value {
        Value::Count(count) => Cell::Number(*count as f64),
        Value::Share { numerator, denominator } => Cell::Number(100.0 * *numerator as f64 / *denominator as f64),
        Value::Change { now, then } => Cell::Number(100.0 * (*now as f64 - *then as f64) / *then as f64),
        Value::Number(number) if number.is_finite() => Cell::Number(*number),
        Value::Number(_) => Cell::Nothing(Nothing::Missing),
        Value::Date(day) => Cell::Text(crate::domain::swedish::day(*day)),
        Value::Said(said) => Cell::Text(said.text()),
        Value::Nothing(nothing) => Cell::Nothing(*nothing),
        Value::Text(text) => match marks.iter().find(|(mark, _)| mark == text && *mark != "-") {
            Some((_, nothing)) => Cell::Nothing(*nothing),
            None => Cell::Text(as_read(text)),
        },
    }
}

/// Writing cannot tell a text that a spreadsheet would run from the same text with an apostrophe before it.
fn as_read(text: &str) -> String {
    crate::domain::spreadsheet::as_it_was(text).to_string()
}

proptest! {
    #[test]
    fn a_table_is_read_as_it_was_written(table in tables()) {
        let entry = TableEntry::of(&table);
        let read = table_csv::read(table_csv::text(&table).as_bytes(), &entry).expect("the entry describes the file");
        prop_assert_eq!((&read.name, &read.title, &read.columns), (&table.name, &table.title, &entry.columns));
        prop_assert_eq!(read.rows.len(), table.rows.len());
        for (row, written) in read.rows.iter().zip(&table.rows) {
            prop_assert_eq!(&row.key, &written.key);
            prop_assert_eq!(&row.label, &written.label);
            prop_assert_eq!(&row.cells, &written.values.iter().map(expected).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written(table in tables(), word in ".{0,8}", number in any::<u64>(), milliseconds in 0..1_000_000_000_u32) {
        let written = manifest(&table, &word, number, f64::from(milliseconds) / 1000.0);
        let text = written.text().expect("JSON");
        let read: Manifest = serde_json::from_str(&text).expect("a manifest");
        prop_assert_eq!(&read, &written);
        prop_assert_eq!(read.text().expect("JSON"), text);
    }
}

fn manifest(table: &MeasureTable, word: &str, number: u64, seconds: f64) -> Manifest {
    let word = || word.to_string();
    let fates =
        ["kept", "heading", "rejected:bad-date", "outside-period"].map(|fate| (fate.to_string(), number % 1000));
    let cell = CellCount { column: word(), year: Some(2023), kind: CellKind::Missing, text: None, cells: number };
    Manifest {
        program: Program::this(),
        job: Job {
            name: word(),
            year: 2023,
            as_of: "2023-10-15".to_string(),
            period: Period::of(PeriodRule::CALENDAR),
            file: word(),
            blake3: word(),
            text: word(),
        },
        inputs: vec![Input {
            source: word(),
            file: word(),
            bytes: number,
            blake3: word(),
            encoding: Some(word()),
            sheets: vec![word()],
        }],
        balances: vec![SheetBalance {
            source: word(),
            file: word(),
            sheet: None,
            read: number,
            fates: BTreeMap::from(fates),
        }],
        cells: BTreeMap::from([(word(), vec![cell])]),
        tables: vec![TableEntry::of(table)],
        unread: vec![UnreadSource {
            source: word(),
            problems: vec![Problem { code: "io".to_string(), message: word() }],
        }],
        warnings: 3,
        rejects: 4,
        protection: None,
        outputs: vec![Output { file: word(), bytes: number, blake3: word() }],
        seconds,
    }
}

#[test]
fn fates_stand_in_their_own_order() {
    let manifest = manifest(&empty(), "x", 7, 0.5);
    let text = manifest.text().expect("JSON");
    let place = |fate: &str| text.find(&format!("\"{fate}\"")).expect("it is listed");
    let places = ["kept", "heading", "outside-period", "rejected:bad-date"].map(place);
    assert!(places.is_sorted(), "{text}");
}

fn empty() -> MeasureTable {
    MeasureTable { name: "breakdown.typ".to_string(), ..MeasureTable::default() }
}
