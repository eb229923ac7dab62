//! One test binary: polars links once.

mod certainty;
mod chapters;

mod data;

mod documents;

mod fences;

mod golden;

mod incremental;

mod job;

mod pdf;

mod kolada;

mod pdf_tables;

mod properties;

mod protect;

mod protect_families;

mod protect_files;

mod runs;

mod xlsx_tables;
