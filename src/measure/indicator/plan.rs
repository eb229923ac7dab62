//! `[indicator.x]` as it is computed: references resolved, defaults filled in.

use crate::domain::cube::Condition;
use crate::domain::table::{Direction, Unit};
use crate::vocabulary::plan::ObservationColumn;
use crate::vocabulary::spec::RowOrder;

#[derive(Debug, Clone)]
pub struct IndicatorPlan {
    pub what: String,
    pub rows: Vec<ObservationColumn>,
    pub columns: ObservationColumn,
    pub conditions: Vec<Condition>,
    pub unit: Unit,
    /// Part of an indicator's name (folded) → its unit; first match wins.
    pub units: Vec<(String, Unit)>,
    pub strip: Option<String>,
    pub change: bool,
    pub share_of_n: bool,
    pub show_n: bool,
    pub show: Vec<ObservationColumn>,
    pub sum: bool,
    pub order: RowOrder,
    pub few_answers: Option<(u32, Option<String>)>,
    /// Part of an indicator's name (folded) → direction.
    pub directions: Vec<(String, Direction)>,
}
