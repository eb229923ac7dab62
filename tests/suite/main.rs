//! One test binary: polars links once.

mod data;

mod fences;

mod golden;

mod incremental;

mod job;

mod pdf;

mod pdf_tables;

mod properties;

mod protect;

mod runs;

mod xlsx_tables;
