//! One test binary: polars links once.

mod agreement;

mod certainty;
mod chapters;

mod data;

mod diff;

mod documents;

mod explain;
mod fences;

mod golden;

mod help;
mod inspect;

mod incremental;

mod job;

mod pages;

mod pdf;

mod kolada;

mod pdf_tables;

mod personal;

mod properties;

mod protect;

mod protect_families;
mod quality;

mod reference;

mod protect_files;

mod risk;
mod runs;

mod words;
mod xlsx_tables;
