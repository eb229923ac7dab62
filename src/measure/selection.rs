//! What a cell can be made of: events or rows of a source, and other cells. The vocabulary of every formula.
//!
//! In: cubes' requests and keys, rows of sources, cells by their place. Never looks at data: who does is in `membership`.

use std::sync::Arc;

use crate::domain::cube::{Condition, CubeRequest, Key};

/// What a row is in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartRole {
    /// Counted in it.
    Counted,
    /// Its cell is what is printed.
    Value,
    /// In the part of a share.
    Numerator,
    /// In the whole of a share.
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
    Events {
        /// What was asked of the source.
        request: Arc<CubeRequest>,
        /// Values of the first of its dimensions: as many as are given must be met.
        key: Arc<[Key]>,
    },
    /// Those of them that share what no cube can ask.
    Chosen(Arc<Chosen>),
    /// Rows of a source as they stand, by their place in the dataset.
    Rows {
        /// Index into `Plan::sources`.
        source: usize,
        /// Places in the dataset, from 0.
        rows: Arc<[usize]>,
    },
}

/// Some of the distinct events of a cell of a cube, found by a family that goes through the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The events of the cell.
    pub among: Selection,
    /// What the chosen ones share, as conditions on what the family reads off a row. The values of one such column are
    /// parts of the whole: no event has two of them.
    pub by: Vec<Condition>,
    /// Index into `Plan::sources`.
    pub source: usize,
    /// Their rows in the cell, by place in the dataset.
    pub rows: Vec<usize>,
}

/// A cell that another one is made of, seen from that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// Another column of the same row.
    Beside(usize),
    /// Another row of the same table.
    In {
        /// Index of the row.
        row: usize,
        /// Index of the column.
        column: usize,
    },
    /// A cell of another measure's table.
    Of {
        /// Index into `Plan::measures`.
        measure: usize,
        /// Index of the row.
        row: usize,
        /// Index of the column.
        column: usize,
    },
}

/// A cell of a measure's table, by indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellAt {
    /// Index into `Plan::measures`.
    pub measure: usize,
    /// Index of the row.
    pub row: usize,
    /// Index of the column.
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
