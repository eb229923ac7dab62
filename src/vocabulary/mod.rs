//! The vocabulary of job files: what sources, measures and charts are declared with, whichever family they are of.
//!
//! In: the tree of a job file. Out: the parts of a spec ([`spec`]) and of a plan ([`plan`]) that more than one table
//! has, the tools that make the second of the first ([`scope`], [`checks`]), and the mistakes found on the way
//! ([`problems`]), each with its place ([`spans`]). Never: knows a family of measures, or a job as a whole (`job` does).

pub(crate) mod charts;

pub mod limits;

pub mod document;

pub mod spans;

pub mod spec;

pub(crate) mod plan;

pub(crate) mod problems;

pub(crate) mod checks;

pub(crate) mod scope;

#[cfg(test)]
pub(crate) mod fixtures;
