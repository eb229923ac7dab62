//! One test binary: polars links once.

mod certainty;
mod chapters;

mod data;

mod documents;

mod explain;
mod fences;

mod golden;

mod incremental;

mod job;

mod pdf;

mod kolada;

mod pdf_tables;

mod properties;

mod protect;

mod runs;

mod xlsx_tables;
