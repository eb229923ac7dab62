//! What a cell of a table can be: counted, read, or made of other cells. The vocabulary of every family.
//!
//! In: cubes' requests and keys, rows of sources, other cells by their place. Out: [`Definition`], one a cell. Never looks
//! at data: who does is in `membership`.

use std::sync::Arc;

use crate::domain::cube::{CubeRequest, Key};

/// What a row is in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartRole {
    /// Counted in it.
    Counted,
    /// Its cell is what is printed.
    Value,
    Numerator,
    Denominator,
    /// Its number is in the mean.
    Averaged,
    /// The number is computed of others that the row is part of.
    Basis,
}

/// Events or rows of one source.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    /// The distinct events of one cell of a cube: its conditions hold, and each dimension has the key's value.
    Events { request: Arc<CubeRequest>, key: Arc<[Key]> },
    /// Rows of a source as they stand, by their place in the dataset.
    Rows { source: usize, rows: Arc<[usize]> },
}

/// A cell that another one is made of, seen from that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// Another column of the same row.
    Beside(usize),
    /// Another row of the same table.
    In { row: usize, column: usize },
    /// A cell of another measure's table.
    Of { measure: usize, row: usize, column: usize },
}

/// A cell of a measure's table, by indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellAt {
    pub measure: usize,
    pub row: usize,
    pub column: usize,
}

impl CellAt {
    /// The cell that one at this place refers to.
    pub fn follow(self, reference: Reference) -> CellAt {
        match reference {
            Reference::Beside(column) => CellAt { column, ..self },
            Reference::In { row, column } => CellAt { row, column, ..self },
            Reference::Of { measure, row, column } => CellAt { measure, row, column },
        }
    }
}

/// How a cell came to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Definition {
    /// Distinct events; or rows, where a source has no events.
    Count(Selection),
    Share {
        part: Selection,
        whole: Selection,
    },
    /// Mean of a number column over distinct events that have one.
    Mean {
        number: String,
        of: Selection,
    },
    /// As it stands in a row (or, for a text that several rows say, in each of them).
    Value {
        rows: Selection,
        column: String,
    },
    /// Computed of other cells, or of rows.
    Computed {
        how: &'static str,
        cells: Vec<Reference>,
        rows: Vec<Selection>,
    },
    /// Nothing stands behind it: a period that was not delivered, a cell without a meaning.
    Nothing,
}

impl Definition {
    /// Made of other columns of its row.
    pub fn beside(how: &'static str, columns: &[usize]) -> Definition {
        let cells = columns.iter().map(|column| Reference::Beside(*column)).collect();
        Definition::Computed { how, cells, rows: Vec::new() }
    }

    /// A column of one row of a source; nothing without a row.
    pub fn value(source: usize, row: Option<usize>, column: &str) -> Definition {
        let value = |row| Definition::Value {
            rows: Selection::Rows { source, rows: [row].into() },
            column: column.to_string(),
        };
        row.map_or(Definition::Nothing, value)
    }

    /// The selections that a row can be in, with what it is there.
    pub fn selections(&self) -> Vec<(PartRole, &Selection)> {
        match self {
            Definition::Count(of) => vec![(PartRole::Counted, of)],
            Definition::Share { part, whole } => vec![(PartRole::Numerator, part), (PartRole::Denominator, whole)],
            Definition::Mean { of, .. } => vec![(PartRole::Averaged, of)],
            Definition::Value { rows, .. } => vec![(PartRole::Value, rows)],
            Definition::Computed { rows, .. } => rows.iter().map(|rows| (PartRole::Basis, rows)).collect(),
            Definition::Nothing => Vec::new(),
        }
    }
}

/// The definitions of one table: by row, then column.
pub type Definitions = Vec<Vec<Definition>>;

/// Differences and relative changes of two cells.
pub const DIFFERENCE: &str = "the difference of";
pub const CHANGE: &str = "the relative change, (now − then) / then, of";
