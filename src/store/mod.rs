//! The only code that reads or writes Parquet files.
//!
//! In: columns of a batch as plain vectors ([`BatchColumn`]), footer key-values. Out: one Parquet file a source, and its
//! columns read back ([`Dataset`]). Never: an Arrow type in its interface, or a column beside those of [`schema`].

pub(crate) mod schema;

mod digested;

mod columns;

mod parquet;

mod read;

#[cfg(test)]
mod tests;

pub use columns::{BLANK, BatchColumn, Dataset, NO_DAY, PlainColumn, TextColumn};
pub(crate) use digested::Digested;
pub use digested::Written;
pub use parquet::{Encoder, RowGroup, Writer, create};
pub use read::{footer, present, read, read_all, rows};
