//! What every table says of itself: name, title, source, what is counted, period; and the columns that recur.

use crate::domain::table::{MeasureTable, Role, TableColumn, Unit};
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;

/// Decimals of a share or a relative change of counts.
pub(super) const PERCENT: Unit = Unit::Percent { decimals: 0 };

/// Decimals of a difference between two shares: one more, so that it does not contradict the rounded shares.
pub(super) const PERCENTAGE_POINTS: Unit = Unit::PercentagePoints { decimals: 1 };

/// Decimals of a mean.
pub(super) const MEAN: Unit = Unit::Number { decimals: 1 };

/// A table of counted events, before it has columns and rows.
pub(super) fn of_events(plan: &Plan, measure: &MeasurePlan, what: String, period: String) -> MeasureTable {
    MeasureTable { counts_events: true, ..of_values(plan, measure, what, period) }
}

/// A table of what is read, listed or judged, before it has columns and rows.
pub(super) fn of_values(plan: &Plan, measure: &MeasurePlan, what: String, period: String) -> MeasureTable {
    MeasureTable {
        name: measure.name.clone(),
        title: measure.title.clone(),
        source: printed!("measure-source-of", title = plan.sources[measure.source].title),
        what,
        period,
        ..MeasureTable::default()
    }
}

pub(super) fn column(key: impl Into<String>, label: impl Into<String>, role: Role, unit: Unit) -> TableColumn {
    TableColumn { key: key.into(), label: label.into(), role, unit, year: None }
}

/// The column of a period beside the job's year: `current`, `previous`, or `y2021`.
pub(super) fn period_column(year: i32, current: i32, unit: Unit) -> TableColumn {
    let (key, role) = match current - year {
        0 => ("current".to_string(), Role::Current),
        1 => ("previous".to_string(), Role::Previous),
        _ => (format!("y{year}"), Role::Earlier),
    };
    TableColumn { year: Some(year), ..column(key, year.to_string(), role, unit) }
}

/// "2020–2023", or "2023" when both are the same.
pub(super) fn span(first: i32, last: i32) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// A header inside a sentence: "Kategori" → "kategori", "IVO-beslut" stays.
pub(super) fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_inside_a_sentence_is_lower_case_unless_it_is_an_abbreviation() {
        assert_eq!(in_sentence("Typ av avvikelse"), "typ av avvikelse");
        assert_eq!(in_sentence("IVO-beslut"), "IVO-beslut");
        assert_eq!((in_sentence("Å"), in_sentence("")), ("å".to_string(), String::new()));
    }

    #[test]
    fn a_span_of_one_year_is_that_year() {
        assert_eq!((span(2020, 2023), span(2023, 2023)), ("2020–2023".to_string(), "2023".to_string()));
    }
}
