//! Tests and their words where something is hidden: judged anew over what is shown.
//!
//! In: masked tables. Out: the same with p-values adjusted over the rows that still have one (the table that is printed)
//! and words that these prove. An adjusted p-value can be another row's p-value
//! times a whole number: left as they were, they would tell the p-values of hidden counts, and so the counts.

use crate::domain::said::{Development, Said};
use crate::domain::sentence::words::SIGNIFICANT;
use crate::domain::table::{MeasureTable, Role, Value};
use crate::stats::adjust::benjamini_hochberg;

/// Adjusts the p-values of a table of which some are hidden, and takes back words that the shown rows do not prove.
pub(super) fn judge_what_is_shown(table: &mut MeasureTable) {
    let of = |role: Role| table.column_of_role(role);
    let (Some(p), Some(adjusted)) = (of(Role::PValue), of(Role::AdjustedP)) else { return };
    let word = of(Role::Development);
    if !table.rows.iter().any(|row| row.values[p] == Value::WITHHELD) {
        return;
    }
    let number = |value: &Value| if let Value::Number(number) = value { Some(*number) } else { None };
    let shown: Vec<f64> = table.rows.iter().filter_map(|row| number(&row.values[p])).collect();
    let mut anew = benjamini_hochberg(&shown).into_iter();
    for row in table.rows.iter_mut().filter(|row| number(&row.values[p]).is_some()) {
        let (before, Some(now)) = (number(&row.values[adjusted]), anew.next()) else { return };
        row.values[adjusted] = Value::Number(now);
        if let Some(word) = word {
            row.values[word] = said(&row.values[word], before.is_some_and(|before| before < SIGNIFICANT), now);
        }
    }
}

/// The word of a row: kept, taken back, or, where only hidden rows stood in its way, not told.
fn said(word: &Value, was_proven: bool, adjusted: f64) -> Value {
    let Value::Said(Said::Development(known)) = word else { return word.clone() };
    match known {
        Development::FewAnswers | Development::FewYears => word.clone(),
        _ if adjusted >= SIGNIFICANT => Value::Said(Said::Development(Development::Unproven)),
        _ if was_proven => word.clone(),
        _ => Value::WITHHELD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::{RowKind, TableColumn, TableRow, Unit};

    fn table(rows: &[(Option<f64>, f64, Development)]) -> MeasureTable {
        let column =
            |key: &str, role| TableColumn { key: key.into(), label: key.into(), role, unit: Unit::Text, year: None };
        let cell = |p: f64| Value::Number(p);
        let row = |(index, (p, adjusted, word)): (usize, &(Option<f64>, f64, Development))| TableRow {
            key: vec![index.to_string()],
            label: index.to_string(),
            level: 0,
            kind: RowKind::Part,
            values: match p {
                Some(p) => vec![cell(*p), cell(*adjusted), Value::Said(Said::Development(*word))],
                None => vec![Value::WITHHELD; 3],
            },
        };
        MeasureTable {
            name: "breakdown.x".into(),
            columns: vec![column("p", Role::PValue), column("a", Role::AdjustedP), column("d", Role::Development)],
            rows: rows.iter().enumerate().map(row).collect(),
            ..MeasureTable::default()
        }
    }

    #[test]
    fn an_adjusted_p_value_does_not_tell_the_p_value_of_a_hidden_row() {
        // Over both rows the adjusted p of the first is the p of the second, hidden one.
        let both = benjamini_hochberg(&[0.01, 0.012]);
        assert_eq!(both[0], 0.012);
        let mut masked = table(&[(Some(0.01), both[0], Development::Up), (None, 0.0, Development::Unproven)]);
        judge_what_is_shown(&mut masked);
        assert_eq!(masked.rows[0].values[1], Value::Number(0.01));
        assert_eq!(masked.rows[0].values[2], Value::Said(Said::Development(Development::Up)));
    }

    #[test]
    fn words_are_those_that_the_shown_rows_prove() {
        // 0,04 was proven only because smaller hidden ones came before it; 0,03 was not because of large hidden ones.
        let mut masked = table(&[
            (Some(0.04), 0.045, Development::Down),
            (Some(0.3), 0.3, Development::Unproven),
            (None, 0.0, Development::Unproven),
        ]);
        judge_what_is_shown(&mut masked);
        assert_eq!(masked.rows[0].values[2], Value::Said(Said::Development(Development::Unproven)));
        let mut masked = table(&[(Some(0.03), 0.09, Development::Unproven), (None, 0.0, Development::Unproven)]);
        judge_what_is_shown(&mut masked);
        assert_eq!(masked.rows[0].values[2], Value::WITHHELD);
        let mut whole = table(&[(Some(0.03), 0.09, Development::FewAnswers)]);
        judge_what_is_shown(&mut whole);
        assert_eq!(whole.rows[0].values[1], Value::Number(0.09), "nothing is hidden: as it was");
    }
}
