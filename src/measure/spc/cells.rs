//! What stands behind each cell of a control chart: counts, rows, and what is computed of all points.

use std::collections::BTreeMap;

use super::{Spc, counted, observed, rare};
use crate::diagnostic::Failure;
use crate::domain::table::{MeasureTable, RowKind};
use crate::measure::Cubes;
use crate::measure::membership::{Definition, Definitions, Reference, Selection};
use crate::store::Dataset;

/// What one point is made of: the value's own definition, its numerator and its denominator.
pub struct PointCells {
    pub value: Definition,
    pub numerator: Definition,
    pub denominator: Definition,
}

impl PointCells {
    /// A point that is one number.
    pub fn plain(value: Definition) -> PointCells {
        PointCells { value, numerator: Definition::Nothing, denominator: Definition::Nothing }
    }

    /// A share or a rate of two counts.
    pub fn share(part: Selection, whole: Selection) -> PointCells {
        PointCells {
            numerator: Definition::Count(part.clone()),
            denominator: Definition::Count(whole.clone()),
            value: Definition::Share { part, whole },
        }
    }
}

/// Centre, limits and signals.
const OF_ALL: &str = "the centre, limits and signals of";

impl Spc<'_> {
    /// The definitions of the printed table.
    pub fn definitions(
        &self,
        cubes: &Cubes,
        data: &BTreeMap<String, Dataset>,
        table: &MeasureTable,
    ) -> Result<Definitions, Failure> {
        let points: BTreeMap<String, PointCells> = match (self.is_counted(), self.is_rare()) {
            (true, true) => rare::cells(self, &self.rows(self.measure.source, data)?),
            (true, false) => counted::Counted::new(self).cells(cubes, data)?,
            (false, _) => observed::cells(self, &self.rows(self.measure.source, data)?)?,
        };
        let all: Vec<Reference> = (0..table.rows.len())
            .filter(|row| table.rows[*row].kind == RowKind::Part)
            .map(|row| Reference::In { row, column: 0 })
            .collect();
        let of_all = || Definition::Computed { how: OF_ALL, cells: all.clone(), rows: Vec::new() };
        let last = table.column("latest").and_then(|column| table.rows.last()?.values.get(column));
        let rows = table.rows.iter().map(|row| {
            let label = match (row.kind, last) {
                (RowKind::Total, Some(crate::domain::table::Value::Text(last))) => last,
                _ => &row.label,
            };
            let point = points.get(label);
            let cell = |key: &str| match (key, point) {
                ("value", Some(point)) => point.value.clone(),
                ("numerator", Some(point)) => point.numerator.clone(),
                ("denominator", Some(point)) => point.denominator.clone(),
                ("value" | "numerator" | "denominator" | "goal" | "latest", _) => Definition::Nothing,
                _ => of_all(),
            };
            table.columns.iter().map(|column| cell(&column.key)).collect()
        });
        Ok(rows.collect())
    }
}
