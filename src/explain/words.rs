//! Definitions in words: what is counted, of which source, under which conditions, in which period, told apart by what.
//!
//! In: a selection or definition, and the plan. Out: English sentences with the job's own Swedish terms in quotes.

use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key};
use crate::domain::swedish::{day, month_name};
use crate::job::plan::{ColumnKindPlan, Plan, SourceKind, SourcePlan};
use crate::measure::membership::Selection;

/// The lines that say what a selection holds; the first says of what, the others narrow it.
pub fn of_selection(plan: &Plan, selection: &Selection) -> Vec<String> {
    match selection {
        Selection::Events { request, key } => plan.source(&request.source).map_or(Vec::new(), |source| {
            let conditions = request.conditions.iter().map(|condition| of_condition(source, condition));
            let dimensions =
                request.dimensions.iter().zip(key).map(|(dimension, key)| of_value(source, dimension, key));
            let narrowed = conditions.chain(dimensions).chain(std::iter::once(of_period(source, request)).flatten());
            std::iter::once(of_events(source)).chain(narrowed).collect()
        }),
        Selection::Rows { source, .. } => plan.sources.get(*source).map_or(Vec::new(), |source| vec![of_rows(source)]),
    }
}

fn of_events(source: &SourcePlan) -> String {
    let id = source.columns.iter().find(|column| matches!(column.kind, ColumnKindPlan::Id));
    let told_apart =
        id.map_or("each row is one".to_string(), |id| format!("told apart by {}", column_of(source, &id.name)));
    format!("distinct {} of source.{} \"{}\", {told_apart}", source.noun.many, source.name, source.title)
}

fn of_rows(source: &SourcePlan) -> String {
    let what = match source.kind {
        SourceKind::Events => "rows of events",
        SourceKind::Observations => "observations",
        SourceKind::Register => "rows of a register",
    };
    format!("{what} in source.{} \"{}\"", source.name, source.title)
}

fn of_condition(source: &SourcePlan, condition: &Condition) -> String {
    let verb = match (condition.negated, condition.values.len()) {
        (false, 0 | 1) => "is",
        (false, _) => "is one of",
        (true, 0 | 1) => "is not",
        (true, _) => "is none of",
    };
    let values: Vec<String> = condition.values.iter().map(|value| quoted(source, &condition.column, value)).collect();
    let column = column_of(source, &condition.column);
    let Some(list) = values.split_last().map(|(last, rest)| match rest {
        [] => last.clone(),
        rest => format!("{} or {last}", rest.join(", ")),
    }) else {
        return format!("where {column} has any value");
    };
    format!("where {column} {verb} {list}{}", of_several(source, &condition.column))
}

fn of_value(source: &SourcePlan, dimension: &Dimension, key: &Key) -> String {
    let column = column_of(source, &dimension.column);
    let number = match key {
        Key::Label(label) => {
            let value = quoted(source, &dimension.column, label);
            return format!("where {column} is {value}{}", of_several(source, &dimension.column));
        }
        Key::Missing => return format!("where {column} is missing"),
        Key::Number(number) => *number,
    };
    match dimension.grain {
        Grain::Period => {
            let (first, last) = source.period.days_of(number);
            format!("where {column} lies in {} ({}–{})", source.period.name_of(number), day(first), day(last))
        }
        Grain::CalendarYear => format!("where {column} lies in the calendar year {number}"),
        Grain::Quarter => format!("where {column} lies in quarter {number} of the period"),
        Grain::Month => format!("where {column} lies in {}", month_name(number.clamp(1, 12) as u8)),
        Grain::Value => format!("where {column} is {number}"),
    }
}

/// Counts that are not told apart by time hold whatever the job keeps.
fn of_period(source: &SourcePlan, request: &CubeRequest) -> Option<String> {
    let is_timed = request.dimensions.iter().any(|dimension| dimension.grain != Grain::Value);
    let (first, last) = source.job_window;
    (!is_timed && source.period_date.is_some())
        .then(|| format!("in all periods that the job keeps ({}–{})", day(first), day(last)))
}

/// `typ` "Typ av händelse"; the name alone where readers see the same.
fn column_of(source: &SourcePlan, name: &str) -> String {
    match source.column(name).map(|index| &source.columns[index].label) {
        Some(label) if label != name => format!("`{name}` \"{label}\""),
        _ => format!("`{name}`"),
    }
}

/// A value in quotes; the bucket of blanks says so.
fn quoted(source: &SourcePlan, column: &str, value: &str) -> String {
    let column = source.column(column).map(|index| &source.columns[index]);
    let note = match column {
        Some(column) if column.missing_label == value => " (the cell is blank)",
        Some(column) if is_unknown(&column.kind, value) => " (spellings outside the list)",
        _ => "",
    };
    format!("\"{value}\"{note}")
}

fn is_unknown(kind: &ColumnKindPlan, value: &str) -> bool {
    matches!(kind, ColumnKindPlan::Category(list) if list.unknown_label == value)
}

/// A cell with several values belongs to each of them.
fn of_several(source: &SourcePlan, column: &str) -> &'static str {
    let column = source.column(column).map(|index| &source.columns[index]);
    let read = column.and_then(|column| column.derive.map(|member| &source.columns[member])).or(column);
    if read.is_some_and(|column| !column.split.is_empty()) { ", alone or among others" } else { "" }
}
