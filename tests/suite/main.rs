//! One test binary: polars links once.

mod certainty;
mod chapters;

mod data;

mod documents;

mod fences;

mod golden;

mod help;

mod incremental;

mod job;

mod pdf;

mod kolada;

mod pdf_tables;

mod personal;

mod properties;

mod protect;

mod runs;

mod xlsx_tables;
