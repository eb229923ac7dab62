//! One test binary: polars links once. How a test is written stands in [`kit`].

#[macro_use]
mod kit;

mod actions;

mod agreement;

mod certainty;
mod chapters;

mod cli;

mod data;

mod diff;

mod documents;

mod durable;

mod explain;
mod fences;

mod golden;

mod help;
mod hostile;
mod inspect;

mod incremental;

mod job;

mod pages;

mod pdf;

mod kolada;
mod lead_time;
mod mistakes;

mod pdf_tables;

mod personal;

mod properties;

mod protect;

mod protect_across;

mod protect_counts;

mod protect_families;
mod quality;

mod reference;

mod protect_files;

mod risk;

mod words;
mod xlsx_tables;
