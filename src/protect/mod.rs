//! Small counts are hidden, and with them everything from which they could be worked out.
//!
//! In: measured tables (or one table made elsewhere, [`two_way`]). Out: the same tables with marks in place of hidden
//! numbers, and a proof: the feasible interval of each. Never prints, draws or counts.
//!
//! The way: what is published becomes one `system` of counts and equations; `secondary` chooses what to hide,
//! attacked at every step by `attack` (maximal flow in `flow`, linear programming in `linear`) and proved to be the
//! least by `exact`; what is about to be printed is attacked once more by `audit`, which knows nothing of the rest.

mod across;

mod atoms;

mod attack;

mod audit;

mod basis;

mod exact;

mod fields;

mod flow;

mod linear;

mod mask;

mod mend;

mod model;

mod proof;

mod quantity;

mod region;

mod report;

mod search;

mod secondary;

mod system;

mod table_file;

pub(crate) mod two_way;

mod words;

pub use attack::Interval;
pub use proof::Reason;
pub use report::{HiddenCell, ProtectedReport, protect};

#[cfg(test)]
mod tests;
