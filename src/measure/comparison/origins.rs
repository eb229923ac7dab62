//! Where each cell of a comparison stands in its export, or which rows it is computed of.

use super::{Cells, is_hidden};
use crate::diagnostic::Failure;
use crate::domain::kolada;
use crate::domain::table::{MeasureTable, Role};
use crate::measure::comparison::plan::ComparisonPlan;
use crate::measure::membership::{DIFFERENCE, Definition, Definitions, Selection};
use crate::measure::observations::{Observations, VALUE};
use crate::measure::plan::MeasurePlan;

/// The definitions of the printed table, column by column by their keys.
pub fn definitions(
    measure: &MeasurePlan,
    spec: &ComparisonPlan,
    observations: &Observations,
    table: &MeasureTable,
) -> Result<Definitions, Failure> {
    let cells = Cells::of(measure, &spec.among, &spec.conditions, observations)?;
    let rows = table.rows.iter().map(|row| {
        let id = row.key.first().map_or("", String::as_str);
        let of_row = OfRow { measure, spec, cells: &cells, table, id };
        table.columns.iter().map(|column| of_row.cell(&column.key, column.role)).collect()
    });
    Ok(rows.collect())
}

/// One indicator's row.
struct OfRow<'a> {
    measure: &'a MeasurePlan,
    spec: &'a ComparisonPlan,
    cells: &'a Cells<'a>,
    table: &'a MeasureTable,
    id: &'a str,
}

impl OfRow<'_> {
    fn cell(&self, key: &str, role: Role) -> Definition {
        let year = self.spec.year;
        let own = |year: i32, group: &str| self.value(&self.spec.among.own, year, group);
        match (key, role) {
            ("current", _) => own(year, kolada::EVERYBODY),
            ("previous", _) => own(year - 1, kolada::EVERYBODY),
            ("women", _) => own(year, kolada::WOMEN),
            ("men", _) => own(year, kolada::MEN),
            ("difference", _) => self.beside(DIFFERENCE, &["current", "previous"]),
            ("gender_difference", _) => self.beside(DIFFERENCE, &["women", "men"]),
            ("n", _) => Definition::Count(self.all()),
            ("answers", _) => self.answers(),
            // A column for each area that is compared.
            (code, Role::Part) => self.value(code, year, kolada::EVERYBODY),
            _ => Definition::Computed {
                how: "a place or measure of the values of",
                cells: Vec::new(),
                rows: vec![self.all()],
            },
        }
    }

    fn value(&self, area: &str, year: i32, group: &str) -> Definition {
        Definition::value(self.measure.source, self.cells.row(self.id, year, group, area), VALUE)
    }

    fn beside(&self, how: &'static str, keys: &[&str]) -> Definition {
        let columns: Vec<usize> = keys.iter().filter_map(|key| self.table.column(key)).collect();
        Definition::beside(how, &columns)
    }

    /// All areas that are compared, ours among them unless too few have answered.
    fn all(&self) -> Selection {
        let own = &self.spec.among.own;
        let answers =
            self.cells.size(self.spec.answers.as_deref(), "n", (self.id, self.spec.year, kolada::EVERYBODY, own));
        let compared = self.cells.rows_of_all(self.id, self.spec.year).into_iter();
        let compared = compared.filter(|(area, _)| *area != own || !is_hidden(self.spec, answers));
        Selection::Rows { source: self.measure.source, rows: compared.map(|(_, row)| row).collect() }
    }

    fn answers(&self) -> Definition {
        let row = |id: &str| self.cells.row(id, self.spec.year, kolada::EVERYBODY, &self.spec.among.own);
        match self.spec.answers.as_deref() {
            Some(indicator) => Definition::value(self.measure.source, row(indicator), VALUE),
            None => Definition::value(self.measure.source, row(self.id), "n"),
        }
    }
}
