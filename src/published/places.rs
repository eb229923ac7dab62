//! `places.json`: where each number is printed, for `explain` and `trace`. Names only, no values, so that the list may
//! be published with the report.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Failure;

/// A place in the report that holds numbers of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedPlace {
    /// As the report calls it: "Tabell 3", "Figur 2", "Nyckeltal: rapporterade avvikelser", "avsnitt 3.2".
    pub place: String,
    /// `table.x`, `ranked_bar.x/value`; empty for key numbers and texts.
    pub name: String,
    /// The measure whose cells are printed; empty where `cells` says them one by one.
    pub measure: String,
    /// Rows and columns that are printed, as origins name them: every combination of them.
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    /// Single numbers, as `family.name|row|column`.
    pub cells: Vec<String>,
}

impl PrintedPlace {
    /// True if this cell is printed here.
    pub fn holds(&self, measure: &str, row: &str, column: &str) -> bool {
        let has = |names: &[String], wanted: &str| names.iter().any(|name| name == wanted);
        (self.measure == measure && has(&self.rows, row) && has(&self.columns, column))
            || has(&self.cells, &format!("{measure}|{row}|{column}"))
    }
}

/// The file's text.
pub(crate) fn text(places: &[PrintedPlace]) -> Result<String, Failure> {
    let text = serde_json::to_string(places).map_err(|error| Failure::internal(error.to_string()))?;
    Ok(format!("{text}\n"))
}
