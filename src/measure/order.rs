//! Print order of a dimension's values: declared ones first, found ones by Swedish collation, residual ones last.
//!
//! In: an axis of the plan and the keys that the data hold. Out: the values that a table prints, zero or not.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use crate::domain::cube::Key;
use crate::domain::table::RowKind;
use crate::vocabulary::plan::{AxisPlan, ColumnKindPlan, ColumnPlan};

/// Swedish collation (å, ä, ö last), digits by their number: "Enhet 2" before "Enhet 10".
pub(super) struct Swedish(CollatorBorrowed<'static>);

impl Swedish {
    pub(super) fn new() -> Swedish {
        let collator = Collator::try_new(locale!("sv-u-kn").into(), CollatorOptions::default());
        Swedish(collator.expect("the collation data are compiled into the program"))
    }

    /// Never equal for different texts, so that an order is the same whatever it started from.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        self.0.compare(one, other).then_with(|| one.cmp(other))
    }
}

/// A value that an axis prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AxisValue {
    pub key: Key,
    pub label: String,
    pub residual: bool,
}

impl AxisValue {
    pub(super) fn kind(&self) -> RowKind {
        if self.residual { RowKind::Residual } else { RowKind::Part }
    }
}

/// All values that an axis prints: declared ones (zero or not), then found ones, then residual ones.
///
/// The buckets of unknown spellings and of blanks stand last, and only when they occur.
pub(super) fn values_of(axis: &AxisPlan, column: &ColumnPlan, found: &BTreeSet<Key>) -> Vec<AxisValue> {
    let declared = axis.values.iter().map(|(label, residual)| axis_value(Key::label(label), column, *residual));
    let mut values: Vec<AxisValue> = declared.collect();
    let known: BTreeSet<Key> = values.iter().map(|value| value.key.clone()).collect();
    values.extend(found_values(column, found.difference(&known)));
    // A stable sort: each kind keeps its order.
    values.sort_by_key(|value| (value.residual, bucket_rank(column, value, &known)));
    values
}

/// Declared values, whether they are found or not; then those found, by Swedish collation.
pub(super) fn declared_then_found(declared: Vec<String>, found: impl Iterator<Item = String>) -> Vec<String> {
    let known: BTreeSet<String> = declared.iter().cloned().collect();
    let mut others: Vec<String> =
        found.filter(|value| !known.contains(value)).collect::<BTreeSet<String>>().into_iter().collect();
    let swedish = Swedish::new();
    others.sort_by(|one, other| swedish.compare(one, other));
    declared.into_iter().chain(others).collect()
}

fn found_values<'k>(column: &ColumnPlan, found: impl Iterator<Item = &'k Key>) -> Vec<AxisValue> {
    let mut values: Vec<AxisValue> = found.map(|key| axis_value(key.clone(), column, is_bucket(column, key))).collect();
    let swedish = Swedish::new();
    values.sort_by(|one, other| match (&one.key, &other.key) {
        (Key::Number(one), Key::Number(other)) => one.cmp(other),
        _ => swedish.compare(&one.label, &other.label),
    });
    values
}

fn axis_value(key: Key, column: &ColumnPlan, residual: bool) -> AxisValue {
    let label = match &key {
        Key::Label(label) => label.to_string(),
        Key::Number(number) => number.to_string(),
        Key::Missing => column.missing_label.clone(),
    };
    AxisValue { key, label, residual }
}

/// Declared residual values first, then unknown spellings, then blanks.
fn bucket_rank(column: &ColumnPlan, value: &AxisValue, known: &BTreeSet<Key>) -> u8 {
    match is_bucket(column, &value.key) && !known.contains(&value.key) {
        false => 0,
        true if unknown_label(column) == Some(value.label.as_str()) => 1,
        true => 2,
    }
}

fn is_bucket(column: &ColumnPlan, key: &Key) -> bool {
    match key {
        Key::Missing => true,
        Key::Number(_) => false,
        Key::Label(label) => **label == *column.missing_label || unknown_label(column) == Some(label),
    }
}

/// Name of the bucket of spellings outside the column's closed list.
pub(super) fn unknown_label(column: &ColumnPlan) -> Option<&str> {
    match &column.kind {
        ColumnKindPlan::Category(list) => Some(&list.unknown_label),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixtures;

    fn labels(values: &[AxisValue]) -> Vec<&str> {
        values.iter().map(|value| value.label.as_str()).collect()
    }

    #[test]
    fn swedish_collation_puts_the_three_letters_last_and_counts_digits() {
        let swedish = Swedish::new();
        let mut names = ["Ödeshög", "Ängelholm", "Åre", "Zinkgruvan", "Enhet 10", "Enhet 2"];
        names.sort_by(|one, other| swedish.compare(one, other));
        assert_eq!(names, ["Enhet 2", "Enhet 10", "Zinkgruvan", "Åre", "Ängelholm", "Ödeshög"]);
    }

    #[test]
    fn declared_values_stand_zero_or_not_and_residual_ones_last() {
        let column = fixtures::category("kategori", &["B", "Övrigt", "A"], &["Övrigt"]);
        let axis = fixtures::axis_of(&column, 0);
        let found = ["Okänd kategori", "Uppgift saknas", "A"].iter().map(|label| Key::label(label)).collect();
        let values = values_of(&axis, &column, &found);
        assert_eq!(labels(&values), ["B", "A", "Övrigt", "Okänd kategori", "Uppgift saknas"]);
        assert_eq!(values.iter().filter(|value| value.residual).count(), 3);
    }

    #[test]
    fn buckets_that_do_not_occur_have_no_row() {
        let column = fixtures::category("kategori", &["A"], &[]);
        let values = values_of(&fixtures::axis_of(&column, 0), &column, &BTreeSet::new());
        assert_eq!(labels(&values), ["A"]);
    }

    #[test]
    fn values_of_an_open_column_are_those_found() {
        let column = fixtures::open("enhet");
        let found = ["Älvsjö", "Uppgift saknas", "Alby"].iter().map(|label| Key::label(label)).collect();
        let values = values_of(&fixtures::axis_of(&column, 0), &column, &found);
        assert_eq!(labels(&values), ["Alby", "Älvsjö", "Uppgift saknas"]);
    }

    #[test]
    fn years_are_ordered_as_numbers() {
        let column = fixtures::date("datum");
        let found = [Key::Number(2023), Key::Missing, Key::Number(999)].into_iter().collect();
        let values = values_of(&fixtures::axis_of(&column, 0), &column, &found);
        assert_eq!(labels(&values), ["999", "2023", "Uppgift saknas"]);
    }
}
