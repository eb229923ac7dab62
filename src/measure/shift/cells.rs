//! Which cells of its breakdown each cell of a shift is made of.

use crate::domain::table::{MeasureTable, Role, RowKind};
use crate::measure::membership::{DIFFERENCE, Definition, Definitions, Reference};
use crate::measure::plan::MeasurePlan;
use crate::measure::shift::plan::ShiftPlan;

/// The definitions of a shift's table.
pub fn shift(_measures: &[MeasurePlan], spec: &ShiftPlan, base: &MeasureTable, table: &MeasureTable) -> Definitions {
    let columns = [base.column_of_role(Role::Current), base.column_of_role(Role::Previous)];
    let [Some(now), Some(then)] = columns else {
        return table.rows.iter().map(|_| vec![Definition::Nothing; table.columns.len()]).collect();
    };
    let is_category = |row: usize| matches!(base.rows[row].kind, RowKind::Part | RowKind::Residual);
    let categories: Vec<usize> = (0..base.rows.len()).filter(|row| is_category(*row)).collect();
    let of = |row: usize, column: usize| Reference::Of { measure: spec.measure, row, column };
    let printed = |row: usize| table.rows.iter().any(|printed| printed.key == base.rows[row].key);
    let rows = table.rows.iter().map(|row| {
        // Sparse categories are counted with the residual one, the only row that is more than itself.
        let own: Vec<usize> = match row.kind {
            RowKind::Total => categories.clone(),
            RowKind::Residual => categories
                .iter()
                .copied()
                .filter(|base_row| base.rows[*base_row].key == row.key || !printed(*base_row))
                .collect(),
            _ => categories.iter().copied().filter(|base_row| base.rows[*base_row].key == row.key).collect(),
        };
        let cells = |how, rows: &[usize], columns: &[usize]| Definition::Computed {
            how,
            cells: columns.iter().flat_map(|column| rows.iter().map(|row| of(*row, *column))).collect(),
            rows: Vec::new(),
        };
        let share = |column: usize| Definition::Computed {
            how: "the share of this category among all, of",
            cells: own.iter().chain(&categories).map(|row| of(*row, column)).collect(),
            rows: Vec::new(),
        };
        let mut definitions = vec![cells("the count of", &own, &[now]), cells("the count of", &own, &[then])];
        definitions.extend([share(now), share(then), Definition::beside(DIFFERENCE, &[2, 3])]);
        let test = cells("a test of the mix of all categories, of", &categories, &[now, then]);
        definitions.resize(table.columns.len(), test);
        definitions
    });
    rows.collect()
}
