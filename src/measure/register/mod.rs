//! Registers: rows whose text is meant to be printed, as they stand.
//!
//! In: the rows of a register (or of an event source). Out: one row each, in file order or sorted by Swedish
//! collation, dates by day; the first column is the row's label.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

use std::cmp::Ordering;

use super::formula::Formula;
use super::head::{self, column};
use super::observations::Observations;
use super::order::Swedish;
use super::sheet::{Fields, Sheet};
use crate::domain::table::{Nothing, Role, RowKind, TableRow, Unit, Value};
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::register::plan::RegisterPlan;
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan};

/// The printed table.
pub fn sheet(plan: &Plan, measure: &MeasurePlan, spec: &RegisterPlan, rows: &Observations) -> Sheet {
    let mut table =
        head::of_values(plan, measure, rows.source.noun.many.clone(), plan.job.period.name_of(plan.job.year));
    let shown: Vec<&ColumnPlan> = spec.columns.iter().map(|index| &rows.source.columns[*index]).collect();
    let (labels, values) = shown.split_at(shown.len().min(1));
    table.row_headers = labels.iter().map(|column| column.label.clone()).collect();
    let mut fields = Fields::new();
    for shown in values.iter().copied() {
        let (role, unit) = shown_as(shown);
        fields.add(column(&shown.name, &shown.label, role, unit), move |row: &usize| {
            Formula::read(measure.source, Some(*row), &shown.name, value(rows, *row, shown))
        });
    }
    let printed = sorted(spec, rows).into_iter().map(|row| {
        let label = labels.iter().filter_map(|column| rows.text(row, &column.name)).next().unwrap_or_default();
        (TableRow::named(label, RowKind::Part), row)
    });
    let mut sheet = Sheet::of(table, &fields, printed);
    sheet.table.n = sheet.table.rows.len() as u64;
    sheet
}

/// What a column of a register is in a table.
pub(super) fn shown_as(column: &ColumnPlan) -> (Role, Unit) {
    match column.kind {
        ColumnKindPlan::Number { fraction: true } => (Role::Current, Unit::Percent { decimals: 0 }),
        ColumnKindPlan::Number { fraction: false } => (Role::Current, Unit::Number { decimals: 0 }),
        ColumnKindPlan::Date { .. } => (Role::Text, Unit::Date),
        _ => (Role::Text, Unit::Text),
    }
}

/// A cell as it stands; an empty one says nothing, except that a number is missing.
pub(super) fn value(rows: &Observations, row: usize, column: &ColumnPlan) -> Value {
    let (value, nothing) = match column.kind {
        ColumnKindPlan::Number { .. } => (rows.number(row, &column.name).map(Value::Number), Nothing::Missing),
        ColumnKindPlan::Date { .. } => (rows.day(row, &column.name).map(Value::Date), Nothing::Blank),
        _ => (rows.text(row, &column.name).map(|text| Value::Text(text.into_owned())), Nothing::Blank),
    };
    value.unwrap_or(Value::Nothing(nothing))
}

/// The rows of the table, in print order.
fn sorted(spec: &RegisterPlan, rows: &Observations) -> Vec<usize> {
    let mut kept = rows.kept(&spec.conditions);
    let swedish = Swedish::new();
    let by_column = |one: usize, other: usize, index: usize| {
        let column = &rows.source.columns[index];
        match (value(rows, one, column), value(rows, other, column)) {
            (Value::Date(one), Value::Date(other)) => one.cmp(&other),
            (Value::Number(one), Value::Number(other)) => one.total_cmp(&other),
            (Value::Text(one), Value::Text(other)) => swedish.compare(&one, &other),
            // Blank cells last.
            (Value::Nothing(_), Value::Nothing(_)) => Ordering::Equal,
            (Value::Nothing(_), _) => Ordering::Greater,
            (_, Value::Nothing(_)) => Ordering::Less,
            _ => Ordering::Equal,
        }
    };
    kept.sort_by(|one, other| {
        let columns = spec.sort.iter().map(|index| by_column(*one, *other, *index));
        columns.fold(Ordering::Equal, Ordering::then)
    });
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::MeasureTable;
    use crate::measure::fixtures::{self, column as declared, date, keys, number, open, printed, table_of, text};
    use crate::measure::plan::MeasureKind;
    use crate::store::Dataset;
    use crate::vocabulary::spec::SourceKind;

    const ROWS: [[&str; 6]; 5] = [
        ["Vuxna", "Öka", "2023-06-30", "", "", "2"],
        ["Vuxna", "Ändra", "2023-12-31", "", "Nej", ""],
        ["Fritid", "Åtgärda", "2023-03-31", "2023-03-01", "Ja", "10"],
        ["Fritid", "Zooma", "", "", "", "9"],
        ["", "Bygga", "2023-08-31", "", "", ""],
    ];

    fn sample() -> (Plan, Dataset) {
        let columns = vec![
            open("avdelning"),
            text("atgard"),
            date("ska"),
            date("klar"),
            declared("gjord", ColumnKindPlan::YesNo),
            number("poang"),
        ];
        let mut plan = fixtures::plan_of(fixtures::source("atgarder", SourceKind::Register, columns));
        plan.sources[0].noun.many = "åtgärder".into();
        let data = fixtures::rows(&plan, &ROWS);
        (plan, data)
    }

    fn spec() -> RegisterPlan {
        RegisterPlan { columns: vec![1, 0, 2, 5], conditions: Vec::new(), sort: Vec::new() }
    }

    fn table(spec: RegisterPlan) -> MeasureTable {
        let (plan, data) = sample();
        table_of(&plan, &data, MeasureKind::Register(spec))
    }

    #[test]
    fn rows_stand_as_in_the_file() {
        let table = table(spec());
        assert_eq!(
            (keys(&table), &table.row_headers),
            (vec!["avdelning", "ska", "poang"], &vec!["Atgard".to_string()])
        );
        let expected = [
            "Öka: 'Vuxna' 2023-06-30 2",
            "Ändra: 'Vuxna' 2023-12-31 –",
            "Åtgärda: 'Fritid' 2023-03-31 10",
            "Zooma: 'Fritid' _ 9",
            "Bygga: _ 2023-08-31 –",
        ];
        assert_eq!(printed(&table), expected);
        assert_eq!((table.n, table.what.as_str()), (5, "åtgärder"));
    }

    #[test]
    fn rows_are_sorted_by_collation_day_and_number_with_blanks_last() {
        let labels = |sort: Vec<usize>| -> Vec<String> {
            table(RegisterPlan { sort, ..spec() }).rows.into_iter().map(|row| row.label).collect()
        };
        assert_eq!(labels(vec![1]), ["Bygga", "Zooma", "Åtgärda", "Ändra", "Öka"]);
        assert_eq!(labels(vec![2]), ["Åtgärda", "Öka", "Bygga", "Ändra", "Zooma"]);
        assert_eq!(labels(vec![0, 5]), ["Zooma", "Åtgärda", "Öka", "Ändra", "Bygga"]);
    }

    #[test]
    fn conditions_choose_rows_and_a_blank_is_its_missing_label() {
        let only =
            |value: &str| table(RegisterPlan { conditions: vec![fixtures::has("avdelning", &[value])], ..spec() });
        assert_eq!((only("Fritid").n, only("Uppgift saknas").rows[0].label.as_str()), (2, "Bygga"));
        assert!(only("Barn").rows.is_empty());
    }
}
