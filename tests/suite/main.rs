//! One test binary: polars links once.

mod certainty;

mod data;

mod fences;

mod golden;

mod incremental;

mod job;

mod pdf;

mod pdf_tables;

mod properties;

mod runs;

mod xlsx_tables;
