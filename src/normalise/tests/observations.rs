//! Observations: wide and long tables, and the kinds of nothing.

use super::*;
use crate::vocabulary::plan::WidePlan;

fn wide_table() -> SourcePlan {
    let wide = |year: &str, fraction| WidePlan {
        headers: vec![year.into()],
        set: vec![("period".into(), year.into())],
        fraction,
    };
    SourcePlan {
        wide: vec![wide("2022", false), wide("2023", true)],
        fixed: vec![("area".into(), "Norrtälje".into()), ("n".into(), "43".into())],
        ..source(
            SourceKind::Observations,
            vec![
                column("indicator", ColumnKindPlan::OpenCategory),
                column("kommentar", ColumnKindPlan::Text { masked: true }),
            ],
        )
    }
}

#[test]
fn a_wide_table_gives_one_observation_a_column_and_keeps_the_kinds_of_nothing() {
    let rows = [
        vec!["Svarsfrekvens", "", "44,4", "0,69"],
        vec!["Bemötande", "få svar", "..", ""],
        vec!["Inflytande", "", ".", "69 %"],
        vec!["Antal", "", "hög", "-"],
        vec!["Ny fråga", "ställs först nästa år", "", ""],
    ];
    let outcome = run(&wide_table(), &rows);
    assert_eq!(texts(&outcome.data, "indicator")[..4], ["Svarsfrekvens", "Svarsfrekvens", "Bemötande", "Bemötande"]);
    assert_eq!(texts(&outcome.data, "period")[..2], ["2022", "2023"]);
    assert_eq!(texts(&outcome.data, "area"), ["Norrtälje"; 10]);
    assert_eq!(texts(&outcome.data, "n"), ["43"; 10]);
    assert_eq!(texts(&outcome.data, "group"), ["∅"; 10]);
    assert_eq!(texts(&outcome.data, "value"), ["44.4", "69", "∅", "∅", "∅", "69", "∅", "∅", "∅", "∅"]);
    let statuses = ["value", "value", "withheld", "missing", "not_applicable", "value", "missing", "missing"];
    assert_eq!(texts(&outcome.data, "status")[..8], statuses);
    assert_eq!(texts(&outcome.data, "status")[8..], ["missing"; 2]);
    assert_eq!(texts(&outcome.data, "kommentar")[2..4], ["få svar", "få svar"]);
    assert_eq!(texts(&outcome.data, "_row")[..2], ["2", "2"]);
    assert_eq!(tally(&outcome), [(Fate::Kept, 5)].into_iter().collect());
    let listed: Vec<_> =
        outcome.normalised.rejects.iter().map(|line| (line.row, line.column.as_deref(), line.code)).collect();
    assert_eq!(listed, [(5, Some("2022"), Code::BadNumber)]);
}

#[test]
fn a_status_that_contradicts_a_value_is_trusted_and_reported() {
    let names = ["indicator", "area", "period", "group"];
    let mut columns: Vec<ColumnPlan> = names.map(|name| column(name, ColumnKindPlan::OpenCategory)).to_vec();
    columns[2] = number("period");
    columns.extend([column("status", ColumnKindPlan::OpenCategory), number("value")]);
    let plan = source(SourceKind::Observations, columns);
    let rows = [
        vec!["U30447", "0188", "2022", "T", "", "69,5"],
        vec!["U30447", "0188", "2022", "K", "Privacy", "12"],
        vec!["U30447", "0188", "2022", "M", "Missing", ""],
        vec!["U30447", "0188", "2022", "M", "Not applicable", ""],
        vec!["U30447", "0188", "2022", "M", "", ""],
        vec!["U30447", "0188", "2022", "M", "-", "3"],
        vec!["U30447", "0188", "2022", "M", "", ".."],
    ];
    let outcome = run(&plan, &rows);
    assert_eq!(texts(&outcome.data, "period")[0], "2022");
    assert_eq!(texts(&outcome.data, "value"), ["69.5", "∅", "∅", "∅", "∅", "∅", "∅"]);
    let statuses = ["value", "withheld", "missing", "not_applicable", "missing", "missing", "withheld"];
    assert_eq!(texts(&outcome.data, "status"), statuses);
    let listed: Vec<_> = outcome.normalised.rejects.iter().map(|line| (line.row, line.code)).collect();
    assert_eq!(listed, [(3, Code::StatusContradiction), (6, Code::UnmarkedNull), (7, Code::StatusContradiction)]);
    let warnings: Vec<&str> = outcome.normalised.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(warnings[0].starts_with("2 cells") && warnings[1].starts_with("1 cell "), "{warnings:?}");
}

#[test]
fn a_code_that_a_spreadsheet_took_for_a_number_gets_its_leading_zeros_back() {
    let area = ColumnPlan { pad: 4, ..column("area", ColumnKindPlan::OpenCategory) };
    let plan = source(
        SourceKind::Observations,
        vec![column("indicator", ColumnKindPlan::OpenCategory), area, number("value")],
    );
    let rows = [["U1", "188", "1"], ["U1", "0188", "1"], ["U1", "G35", "1"], ["U1", "1480", "1"]].map(Vec::from);
    let mut batch = batch(0, &rows);
    batch.cells[1] = RawCell::Number(188.0);
    let outcome = run_all(&plan, &[batch], Vec::new()).expect("these rows stop nothing");
    assert_eq!(texts(&outcome.data, "area"), ["0188", "0188", "G35", "1480"]);
}
