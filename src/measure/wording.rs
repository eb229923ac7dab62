//! Words in which families say how they count: dimensions, steps of time, conditions.
//!
//! In: parts of a plan and the source that they are of. Out: Swedish for the appendix. Never: a number.

use crate::domain::cube::{Condition, Grain};
use crate::domain::sentence::or_list;
use crate::vocabulary::plan::{AxisPlan, SourcePlan};
use crate::vocabulary::spec::{SourceKind, TimeStep};

/// What is chosen by conditions; `None` where there is none but that of `each`.
pub(crate) fn selection(source: &SourcePlan, conditions: &[Condition], each: Option<&Condition>) -> Option<String> {
    let own = conditions.iter().filter(|condition| each != Some(condition));
    let texts: Vec<String> = own.map(|condition| condition_text(condition, source)).collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// Everything, and for events how they are placed in the period.
pub(crate) fn all_in_period(source: &SourcePlan) -> String {
    match source.period_date.filter(|_| source.kind == SourceKind::Events) {
        Some(date) => printed!("measure-all-in-period", date = source.columns[date].label),
        None => ALL.to_string(),
    }
}

/// Everything, whatever the period.
pub(crate) const ALL: &str = "Alla";

pub(crate) fn axis_name(axis: &AxisPlan, source: &SourcePlan) -> String {
    match axis.grain {
        Grain::Value => source.columns[axis.column].label.to_lowercase(),
        Grain::Period => "period".to_string(),
        Grain::CalendarYear => printed!("measure-calendar-year-word"),
        Grain::Quarter => "kvartal".to_string(),
        Grain::Month => printed!("measure-month-word"),
    }
}

pub(crate) fn step_name(step: TimeStep) -> &'static str {
    match step {
        TimeStep::Month => word!("measure-month-word"),
        TimeStep::Quarter => "kvartal",
        TimeStep::Year => "period",
        TimeStep::CalendarYear => word!("measure-calendar-year-word"),
    }
}

pub(crate) fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// "Typ är Lex Sarah", "Typ är inte Övrigt eller Okänt"
pub(crate) fn condition_text(condition: &Condition, source: &SourcePlan) -> String {
    let is = if condition.negated { word!("measure-is-not") } else { word!("measure-is") };
    let values = or_list(&condition.values);
    format!("{} {is} {values}", label_of(source, &condition.column))
}

pub(crate) fn label_of(source: &SourcePlan, column: &str) -> String {
    match source.column(column) {
        Some(index) => source.columns[index].label.clone(),
        // Columns that every set of observations has.
        None => match column {
            "indicator" => printed!("measure-key-figure"),
            "area" => printed!("measure-area"),
            "period" => printed!("measure-period"),
            "group" => printed!("measure-group"),
            other => other.to_string(),
        },
    }
}
