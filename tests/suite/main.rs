//! One test binary: polars links once.

mod data;

mod fences;

mod golden;

mod incremental;

mod job;

mod properties;

mod protect;

mod runs;
