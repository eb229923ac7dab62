//! `[action.x]` as it is computed.

use crate::domain::cube::Condition;

/// Which table of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionShow {
    /// What was open at the last report or has been closed since.
    Since,
    Planned,
    Late,
    Lacking,
    Units,
    Origins,
    /// What a measure says of what actions were to change.
    Effect,
    /// The whole register, for the next report.
    Next,
}

/// A plan of many columns: boxed, so that other measures do not take its room.
pub(crate) type BoxedActionPlan = Box<ActionPlan>;

#[derive(Debug, Clone)]
pub struct ActionPlan {
    pub show: ActionShow,
    pub columns: ActionColumns,
    /// The day of the last report's data, and of this one's.
    pub since: i32,
    pub as_of: i32,
    /// Index of the source of the register as the last report left it.
    pub previous: Option<usize>,
    pub events: Vec<EventsPlan>,
    /// Name of the measure that tells what has come of actions.
    pub measure: Option<String>,
    pub conditions: Vec<Condition>,
    /// The value of `each`. Not among the conditions: an action that has changed unit is still the same action.
    pub each: Option<Condition>,
    /// Values in print order where the column has a closed list.
    pub units: Vec<String>,
    pub origins: Vec<String>,
}

/// Names of the register's columns.
#[derive(Debug, Clone)]
pub struct ActionColumns {
    pub id: String,
    pub text: String,
    pub decided: String,
    pub done: String,
    pub unit: Option<String>,
    pub origin: Option<String>,
    pub origin_id: Option<String>,
    pub decision: Vec<String>,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub follow_up: Option<String>,
    pub effect: Option<String>,
    pub judged: Option<String>,
    pub report_by: Option<String>,
    pub measure_row: Option<String>,
}

/// The events that actions of an origin come from.
#[derive(Debug, Clone)]
pub struct EventsPlan {
    /// Folded.
    pub origin: String,
    /// Index of their source, and of the column of their id.
    pub source: usize,
    pub id: usize,
}
