//! Whether names that charts, tables and key numbers ask for stand in a measure's table, as far as that can be known.
//!
//! A name is checked here only where all names are known before the data; where these decide, `draw` and `write` complain.

use std::cell::OnceCell;

use crate::domain::spelling::fold;
use crate::domain::table::{TableColumn, TableRow};
use crate::measure::family::Of;
use crate::measure::{Outline, outline};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

pub(super) struct Labels<'a> {
    of: Of<'a>,
    /// Thought through once a name is asked for.
    known: OnceCell<Outline>,
}

impl<'a> Labels<'a> {
    pub(super) fn of(of: Of<'a>) -> Labels<'a> {
        Labels { of, known: OnceCell::new() }
    }

    /// `at` is the list, or the key if it holds one name.
    pub(super) fn check_rows(&self, names: &[String], at: &Path, problems: &mut Problems) {
        let known = |known: &Outline| Some(known.rows.as_ref()?.iter().flat_map(names_of_row).collect());
        self.check("row", known, names, at, problems);
    }

    pub(super) fn check_columns(&self, names: &[String], at: &Path, problems: &mut Problems) {
        let known = |known: &Outline| Some(known.columns.as_ref()?.iter().flat_map(names_of_column).collect());
        self.check("column", known, names, at, problems);
    }

    fn check(
        &self,
        what: &str,
        known: impl FnOnce(&Outline) -> Option<Vec<String>>,
        names: &[String],
        at: &Path,
        problems: &mut Problems,
    ) {
        if names.is_empty() {
            return;
        }
        let Some(known) = known(self.known.get_or_init(|| outline(self.of))) else { return };
        for (index, name) in names.iter().enumerate() {
            if !known.iter().any(|known| fold(known) == fold(name)) {
                let what = say!("job-in", what, measure = self.of.measure.name);
                problems.unknown(&at.index(index), &what, name, known.iter().map(String::as_str));
            }
        }
    }
}

/// Its label, its last key, and its path.
fn names_of_row(row: &TableRow) -> Vec<String> {
    let mut names = vec![row.label.clone()];
    for name in row.key.last().cloned().into_iter().chain([row.key.join(" / ")]) {
        names.extend((!name.is_empty() && !names.contains(&name)).then_some(name));
    }
    names
}

/// Its key, as templates use it, and its label.
fn names_of_column(column: &TableColumn) -> [String; 2] {
    [column.key.clone(), column.label.clone()]
}
