//! kvalis turns a year's exports into the figures, tables and drafted chapters of a kvalitetsberättelse.

pub mod diagnostic;

pub mod domain;

pub mod job;

pub mod ingest;

pub mod normalise;

pub mod store;

pub mod measure;

pub mod draw;

pub mod write;

pub mod run;

pub mod cli;
