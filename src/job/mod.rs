//! The job: `load` reads and checks the TOML, `relative` fills in what follows the period, `compile` resolves every reference into a [`plan::Plan`].
//!
//! In: `pipelines/<job>.toml`. Out: a plan, or every mistake at once with line, column and the nearest known name.

pub mod spec;

pub mod draft;

pub mod schema;

pub mod load;

pub(crate) mod relative;

pub(crate) mod roll;

pub(crate) mod edit;

pub(crate) mod mend;

pub mod text;

pub mod compile;

pub mod plan;
