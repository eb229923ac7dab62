//! One test binary: polars links once.

mod fences;

mod job;
