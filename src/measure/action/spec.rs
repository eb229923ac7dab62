//! `[action.x]` as written in the job file.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vocabulary::spec::{Named, OneOrMany, Where};

/// A register of actions, followed from report to report. Actions that were open at the last report and those decided since
/// are the ones that are closed and open now, in every table.
///
/// Seven tables, and with `measure` an eighth: `action.x` holds the actions that were open at the last report or have been closed since, with what came
/// of them; `action.x.planned` those that are open; `action.x.late` those that are late; `action.x.lacking` open ones
/// without owner or due date; `action.x.units` and `action.x.origins` the numbers by unit and by where the actions come
/// from; `action.x.next` the whole register as it stands. An action is done if the day is not after the job's `as_of`, and
/// late if it was due before that day and is not done. The days to done are estimated by Kaplan and Meier, open actions among
/// them; there is no median while more than half are estimated to be left. An effect counts only if it was judged when
/// the action was done.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionSpec {
    /// `source.x`, a register.
    pub source: String,
    /// What the report calls the table; `{each}` stands for the value of `each`.
    pub title: String,
    /// Column that identifies an action, the same from year to year.
    pub id: String,
    /// Column that says what is to be done.
    pub text: String,
    /// Date column of the decision.
    pub decided: String,
    /// Date column of when it was done; blank while it is not.
    pub done: String,
    /// Column of the avdelning or unit that the action belongs to. Default: none.
    pub unit: Option<String>,
    /// Column of where it comes from: avvikelse, lex Sarah, tillsyn, granskning, risk, enkät, nämndbeslut. Default: none.
    pub origin: Option<String>,
    /// Column of the number that it has where it comes from. Default: none.
    pub origin_id: Option<String>,
    /// Columns that name the decision: paragraph, diary number. Default: none.
    #[serde(default)]
    pub decision: OneOrMany,
    /// Column of the role that is responsible. Default: none; nothing is said of owners.
    pub owner: Option<String>,
    /// Date column by which it is to be done. Default: none; nothing is late.
    pub due: Option<String>,
    /// Column of what has come of it. Default: none.
    pub follow_up: Option<String>,
    /// Column of the effect: Ja, Delvis or Nej. Default: none.
    pub effect: Option<String>,
    /// Date column of when the effect was judged. Default: none; no effect counts.
    pub judged: Option<String>,
    /// Date column of when it is to be reported back by. Default: none.
    pub report_by: Option<String>,
    /// A measure with `test = true`: what actions were to change. Its table says what was before, what is now and what the
    /// test says of it, in `action.x.effect`. Default: none; there is no such table.
    pub measure: Option<String>,
    /// With `measure`: column that names a row of its table; blank of an action that is not measured so. Default: none.
    pub measure_row: Option<String>,
    /// `as_of` of the last report. Default: a year before the job's.
    pub since: Option<String>,
    /// `source.x` of the register as the last report left it, with the same columns: its open actions are those that are
    /// carried in, and one that is gone stops the run. Default: none; those decided and not done by `since` are carried in.
    pub previous: Option<String>,
    /// Value of `origin` → `source.x` of the events that `origin_id` names. An open action whose event is no longer there
    /// is told of. Default: none.
    #[serde(default)]
    pub events: Named<String>,
    /// One set of tables per value of this column. Default: one set.
    pub each: Option<String>,
    /// Only actions that fit: column → one value or several. Default: all.
    #[serde(default, rename = "where")]
    pub where_: Where,
    /// Leaves out actions that fit: column → one value or several. Default: none.
    #[serde(default)]
    pub where_not: Where,
}
