//! Definitions in words: what is counted, of which source, under which conditions, in which period, told apart by what.
//!
//! In: a selection or definition, and the plan. Out: English sentences with the job's own Swedish terms in quotes.

use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key};
use crate::domain::swedish::{day, month_name};
use crate::job::plan::{ColumnKindPlan, Plan, SourceKind, SourcePlan};
use crate::measure::selection::Selection;

/// The lines that say what a selection holds; the first says of what, the others narrow it.
pub(super) fn of_selection(plan: &Plan, selection: &Selection) -> Vec<String> {
    match selection {
        Selection::Events { request, key } => plan.source(&request.source).map_or(Vec::new(), |source| {
            let conditions = request.conditions.iter().map(|condition| of_condition(source, condition));
            let dimensions =
                request.dimensions.iter().zip(key.iter()).map(|(dimension, key)| of_value(source, dimension, key));
            let narrowed = conditions.chain(dimensions).chain(std::iter::once(of_period(source, request)).flatten());
            std::iter::once(of_events(source)).chain(narrowed).collect()
        }),
        Selection::Chosen(chosen) => plan.sources.get(chosen.source).map_or(Vec::new(), |source| {
            let by = chosen.by.iter().map(|condition| of_condition(source, condition));
            of_selection(plan, &chosen.among).into_iter().chain(by).collect()
        }),
        Selection::Rows { source, .. } => plan.sources.get(*source).map_or(Vec::new(), |source| vec![of_rows(source)]),
    }
}

fn of_events(source: &SourcePlan) -> String {
    let id = source.id();
    let told_apart = id.map_or(say!("explain-each-row-is-one"), |id| {
        say!("explain-told-apart-by", name = column_of(source, &id.name))
    });
    say!("explain-distinct-events", many = source.noun.many, name = source.name, title = source.title, told_apart)
}

fn of_rows(source: &SourcePlan) -> String {
    let (name, title) = (&source.name, &source.title);
    match source.kind {
        SourceKind::Events => say!("explain-rows-of-events", name, title),
        SourceKind::Observations => say!("explain-observations", name, title),
        SourceKind::Register => say!("explain-rows-of-register", name, title),
    }
}

fn of_condition(source: &SourcePlan, condition: &Condition) -> String {
    let values: Vec<String> = condition.values.iter().map(|value| quoted(source, &condition.column, value)).collect();
    let column = column_of(source, &condition.column);
    let Some(list) = values.split_last().map(|(last, rest)| match rest {
        [] => last.clone(),
        rest => say!("explain-or", rest = rest.join(", "), last),
    }) else {
        return say!("explain-where-any-value", column);
    };
    let several = of_several(source, &condition.column);
    match (condition.negated, condition.values.len()) {
        (false, 0 | 1) => say!("explain-where-is", column, list, several),
        (false, _) => say!("explain-where-is-one-of", column, list, several),
        (true, 0 | 1) => say!("explain-where-is-not", column, list, several),
        (true, _) => say!("explain-where-is-none-of", column, list, several),
    }
}

fn of_value(source: &SourcePlan, dimension: &Dimension, key: &Key) -> String {
    let column = column_of(source, &dimension.column);
    let number = match key {
        Key::Label(label) => {
            let value = quoted(source, &dimension.column, label);
            return say!("explain-where-is", column, list = value, several = of_several(source, &dimension.column));
        }
        Key::Missing => return say!("explain-where-missing", column),
        Key::Number(number) => *number,
    };
    match dimension.grain {
        Grain::Period => {
            let (first, last) = source.period.days_of(number);
            say!(
                "explain-where-in-period",
                column,
                period = source.period.name_of(number),
                first = day(first),
                last = day(last)
            )
        }
        Grain::CalendarYear => say!("explain-where-in-calendar-year", column, number),
        Grain::Quarter => say!("explain-where-in-quarter", column, number),
        Grain::Month => say!("explain-where-in-month", column, month = month_name(number.clamp(1, 12) as u8)),
        Grain::Value => say!("explain-where-number", column, number),
    }
}

/// Counts that are not told apart by time hold whatever the job keeps.
fn of_period(source: &SourcePlan, request: &CubeRequest) -> Option<String> {
    let is_timed = request.dimensions.iter().any(|dimension| dimension.grain != Grain::Value);
    let (first, last) = source.job_window;
    (!is_timed && source.period_date.is_some())
        .then(|| say!("explain-in-all-periods", first = day(first), last = day(last)))
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
        Some(column) if column.missing_label == value => say!("explain-cell-is-blank"),
        Some(column) if is_unknown(&column.kind, value) => say!("explain-outside-list"),
        _ => String::new(),
    };
    format!("\"{value}\"{note}")
}

fn is_unknown(kind: &ColumnKindPlan, value: &str) -> bool {
    matches!(kind, ColumnKindPlan::Category(list) if list.unknown_label == value)
}

/// A cell with several values belongs to each of them.
fn of_several(source: &SourcePlan, column: &str) -> String {
    let column = source.column(column).map(|index| &source.columns[index]);
    let read = column.and_then(|column| column.derive.map(|member| &source.columns[member])).or(column);
    if read.is_some_and(|column| !column.split.is_empty()) {
        say!("explain-alone-or-among-others")
    } else {
        String::new()
    }
}
