//! One test binary: polars links once.

mod golden;

mod properties;

mod runs;
