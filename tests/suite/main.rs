//! One test binary: polars links once.

mod chapters;

mod data;

mod fences;

mod golden;

mod incremental;

mod job;

mod properties;

mod runs;
