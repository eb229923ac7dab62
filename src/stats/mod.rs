//! Pure formulas, each with its source: numbers in, numbers out; no tables, no words, no files.

pub mod spc;
