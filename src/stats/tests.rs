//! Each formula against a second way of computing it.
