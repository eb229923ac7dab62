//! Cells without a value, by column, period and reason.

use super::*;
use crate::domain::delivery::CellCount;
use crate::domain::period::date_of;

fn told(outcome: &Outcome) -> Vec<String> {
    let line = |cell: &CellCount| {
        let year = cell.year.map_or("-".to_string(), |year| year.to_string());
        format!("{} {year} {:?} {} {}", cell.column, cell.kind, cell.text.as_deref().unwrap_or("-"), cell.cells)
    };
    outcome.normalised.cells.iter().map(line).collect()
}

#[test]
fn marks_flaws_and_unknown_spellings_of_kept_rows_are_counted_by_period() {
    let rows = [
        vec!["1", "2023-01-02", "", "Fall, ej skada", ".."],
        vec!["2", "2023-01-02", "", "fallolycka", "hög"],
        vec!["3", "2021-11-02", "", "fallolycka", "."],
        vec!["4", "2023-01-02", "", "fallolycka", ""],
        // Rejected, a duplicate, outside the periods: none of their cells count.
        vec!["", "2023-01-02", "", "annat", "hög"],
        vec!["4", "2023-01-02", "", "annat", "hög"],
        vec!["5", "2019-01-02", "", "annat", "hög"],
    ];
    let outcome = run(&events(), &rows);
    let expected = [
        "grad 2022 NotApplicable - 1",
        "grad 2023 Withheld - 1",
        "grad 2023 Invalid - 1",
        "typ 2022 Unknown fallolycka 1",
        "typ 2023 Unknown fallolycka 2",
    ];
    assert_eq!(told(&outcome), expected);
    assert_eq!(outcome.normalised.unknown_categories, 3);
    let days = outcome.normalised.days.into_iter().map(|day| date_of(day).to_string());
    assert_eq!(days.collect::<Vec<_>>(), ["2021-11-02", "2023-01-02"], "of kept rows, each day once");
}

#[test]
fn a_column_that_is_not_safe_keeps_its_spellings_to_itself() {
    let mut source = events();
    source.columns[3].safe = false;
    let outcome = run(&source, &[vec!["1", "2023-01-02", "", "Anna Andersson", ""]]);
    assert_eq!(told(&outcome), ["typ 2023 Unknown - 1"]);
}

#[test]
fn the_census_is_the_same_however_the_rows_are_cut_into_batches() {
    let rows: Vec<Vec<String>> = (0..40)
        .map(|row| {
            [format!("{row}"), "2023-01-02".into(), String::new(), format!("ord {}", row % 7), "x".into()].to_vec()
        })
        .collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let whole = run(&events(), &rows);
    let batches: Vec<RawBatch> = rows.chunks(3).enumerate().map(|(at, rows)| batch(at as u64, rows)).collect();
    let parts = run_all(&events(), &batches, Vec::new()).expect("these rows stop nothing");
    assert_eq!(whole.normalised.cells, parts.normalised.cells);
    assert_eq!(whole.normalised.cells.iter().map(|cell| cell.cells).sum::<u64>(), 80);
}
