//! One test binary: polars links once.

mod fences;

mod golden;

mod job;

mod properties;

mod runs;
