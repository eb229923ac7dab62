//! `[indicator.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::domain::table::{Direction, Unit};
use crate::vocabulary::plan::ObservationColumn;
use crate::vocabulary::spec::RowOrder;

/// Values as they were delivered, in rows and columns.
#[derive(Debug, Clone, Default)]
pub struct IndicatorPlan {
    /// What the values are of, for captions.
    pub what: String,
    /// What makes a row, outermost first.
    pub rows: Vec<ObservationColumn>,
    /// What makes a column.
    pub columns: ObservationColumn,
    /// All that must hold of an observation.
    pub conditions: Vec<Condition>,
    /// Of the values, where `units` names none.
    pub unit: Unit,
    /// Part of an indicator's name (folded) → its unit; first match wins.
    pub units: Vec<(String, Unit)>,
    /// Words at the front of an indicator's name that are not printed.
    pub strip: Option<String>,
    /// The change since the year before stands beside.
    pub change: bool,
    /// Values are counts of n and are printed as shares of it.
    pub share_of_n: bool,
    /// n stands beside each value.
    pub show_n: bool,
    /// Further columns of the observation that stand beside its value.
    pub show: Vec<ObservationColumn>,
    /// Values of one cell are added up.
    pub sum: bool,
    /// How rows are ordered.
    pub order: RowOrder,
    /// Fewest answers behind a value, and the note under it.
    pub few_answers: Option<(u32, Option<String>)>,
    /// Part of an indicator's name (folded) → direction.
    pub directions: Vec<(String, Direction)>,
}
