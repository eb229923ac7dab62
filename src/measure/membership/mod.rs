//! The rows of the exports behind a cell, and the cells that a row is part of.
//!
//! In: a source's columns, what each cell is made of ([`Sheet::behind`](super::Sheet::behind)). Out: with [`EventRows`]
//! the rows of each cell, with [`Index`] the cells of each row. Rows are found by going through them one by one, with
//! other code than counted them: a second opinion on every count.

mod event_rows;

mod index;

#[cfg(test)]
mod tests;

pub(crate) use event_rows::EventRows;
pub(crate) use index::{Index, Part};
