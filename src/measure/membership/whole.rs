//! Definitions for tables that do not say cell by cell what they are made of.
//!
//! In: a source, and the finished table. Out: every cell made of the rows with its row's id, or of the whole source: less
//! than the other families say, and never wrong.

use std::collections::BTreeMap;

use super::{Definition, Definitions, Selection};
use crate::domain::cube::CubeRequest;
use crate::domain::table::{MeasureTable, TableRow};
use crate::measure::observations::Observations;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::SourceKind;

const READ: &str = "read or counted from";

/// Every cell is made of all rows of a source; `rows` is how many it has.
pub fn of_source(source: (usize, &SourcePlan), rows: usize, table: &MeasureTable) -> Definitions {
    vec![of_row(source, rows, table); table.rows.len()]
}

/// The cells of one row of a table, each made of all rows of a source.
pub fn of_row(source: (usize, &SourcePlan), rows: usize, table: &MeasureTable) -> Vec<Definition> {
    let (index, plan) = source;
    let all = match plan.kind {
        SourceKind::Events => {
            let (dimensions, conditions, sums) = (Vec::new(), Vec::new(), Vec::new());
            let request = CubeRequest { source: plan.name.clone(), dimensions, conditions, sums };
            Selection::Events { request, key: Vec::new() }
        }
        SourceKind::Observations | SourceKind::Register => Selection::Rows { source: index, rows: (0..rows).collect() },
    };
    vec![made_of(vec![all]); table.columns.len()]
}

/// Rows that are called by an id are made of the rows with that id, in each of the registers that has it; all others of
/// the whole first register.
pub fn by_id(registers: &[(usize, Observations)], id: &str, table: &MeasureTable) -> Definitions {
    // By id and register.
    let mut known: BTreeMap<String, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (source, rows) in registers {
        for row in 0..rows.rows() {
            // As the family names a row that has no id.
            let name =
                rows.text(row, id).map_or_else(|| format!("rad {}", rows.origin(row).0), |text| text.into_owned());
            known.entry(name).or_default().entry(*source).or_default().push(row);
        }
    }
    let whole: BTreeMap<usize, Vec<usize>> =
        registers.iter().take(1).map(|(source, rows)| (*source, (0..rows.rows()).collect())).collect();
    let of_row = |row: &TableRow| {
        let own = row.key.last().and_then(|key| known.get(key)).unwrap_or(&whole);
        let rows = own.iter().map(|(source, rows)| Selection::Rows { source: *source, rows: rows.clone() });
        vec![made_of(rows.collect()); table.columns.len()]
    };
    table.rows.iter().map(of_row).collect()
}

fn made_of(rows: Vec<Selection>) -> Definition {
    Definition::Computed { how: READ, cells: Vec::new(), rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixtures::{self, number, open, plan_of, source, table_of};
    use crate::measure::plan::MeasureKind;
    use crate::measure::register::plan::RegisterPlan;

    #[test]
    fn a_row_is_made_of_the_rows_with_its_id_and_a_total_of_all() {
        let plan = plan_of(source("risker", SourceKind::Register, vec![open("id"), number("varde")]));
        let data = fixtures::rows(&plan, &[["R1", "4"], ["R2", "9"], ["R1", "2"]]);
        let spec = RegisterPlan {
            columns: vec![0, 1],
            conditions: Vec::new(),
            sort: Vec::new(),
            late: None,
            only_late: false,
            as_of: fixtures::day("2023-08-31"),
        };
        let mut table = table_of(&plan, &data, MeasureKind::Register(spec));
        table.rows[1].key = Vec::new();
        let rows = Observations::new(&plan.sources[0], &data);
        let found = by_id(&[(0, rows)], "id", &table);
        let of = |rows: &[usize]| vec![made_of(vec![Selection::Rows { source: 0, rows: rows.to_vec() }])];
        assert_eq!(found, [of(&[0, 2]), of(&[0, 1, 2]), of(&[0, 2])]);
        let whole = of_source((0, &plan.sources[0]), 3, &table);
        assert_eq!(whole, [of(&[0, 1, 2]), of(&[0, 1, 2]), of(&[0, 1, 2])]);
    }
}
