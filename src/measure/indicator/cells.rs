//! Where each cell of an indicator table stands in its export.

use super::{Pivot, Series};
use crate::diagnostic::Failure;
use crate::domain::table::RowKind;
use crate::measure::indicator::plan::IndicatorPlan;
use crate::measure::membership::{CHANGE, DIFFERENCE, Definition, Definitions, Reference, Selection};
use crate::measure::observations::{Observations, VALUE};
use crate::measure::plan::MeasurePlan;

/// The definitions of the printed table.
pub fn definitions(
    measure: &MeasurePlan,
    spec: &IndicatorPlan,
    observations: &Observations,
) -> Result<Definitions, Failure> {
    let pivot = Pivot::of(measure, spec, observations)?;
    let series = pivot.series();
    let printed = pivot.rows(&series);
    let parts: Vec<usize> =
        printed.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Part).map(|(index, _)| index).collect();
    let width = pivot.columns(&series).len();
    let of_row = |row: &crate::domain::table::TableRow| match row.kind {
        RowKind::Part | RowKind::Residual => cells(measure, &pivot, &series, &row.key),
        RowKind::Total => (0..width).map(|column| sum(&pivot, &series, &parts, column)).collect(),
        RowKind::Group => vec![Definition::Nothing; width],
    };
    Ok(printed.iter().map(of_row).collect())
}

/// A row's cells: as [`Pivot::values`] fills them.
fn cells(measure: &MeasurePlan, pivot: &Pivot, series: &[Series], path: &[String]) -> Vec<Definition> {
    let (spec, source) = (pivot.spec, measure.source);
    let row_of = |series: &Series| pivot.cell(path, &series.text);
    let mut cells: Vec<Definition> =
        series.iter().map(|series| Definition::value(source, row_of(series), VALUE)).collect();
    if let (true, [.., _, _]) = (spec.change, series) {
        cells.extend(changes(series.len()));
    }
    let last = series.iter().rev().find_map(row_of);
    if spec.show_n || spec.share_of_n {
        cells.push(Definition::value(source, last, "n"));
    }
    if spec.share_of_n {
        cells.push(last.map_or(Definition::Nothing, |row| Definition::Computed {
            how: "the value as a share of the row's n",
            cells: Vec::new(),
            rows: vec![Selection::Rows { source, rows: vec![row] }],
        }));
    }
    let first = series.iter().find_map(row_of);
    cells.extend(spec.show.iter().map(|name| Definition::value(source, first, name)));
    cells
}

/// Difference and change of the last two series.
fn changes(series: usize) -> [Definition; 2] {
    let columns = [series - 1, series - 2];
    [Definition::beside(DIFFERENCE, &columns), Definition::beside(CHANGE, &columns)]
}

fn sum(pivot: &Pivot, series: &[Series], parts: &[usize], column: usize) -> Definition {
    match column.checked_sub(series.len()) {
        None => Definition::Computed {
            how: "the sum of",
            cells: parts.iter().map(|row| Reference::In { row: *row, column }).collect(),
            rows: Vec::new(),
        },
        Some(index @ (0 | 1)) if pivot.spec.change && series.len() > 1 => {
            let [difference, change] = changes(series.len());
            if index == 0 { difference } else { change }
        }
        Some(_) => Definition::Nothing,
    }
}
