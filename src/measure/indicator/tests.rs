use super::*;
use crate::domain::table::{Direction, NoteKind};
use crate::measure::fixtures::{self, keys, notes, observations, printed, table_of, try_table_of};
use crate::measure::plan::MeasureKind;
use crate::store::Dataset;

const PERCENT: Unit = Unit::Percent { decimals: 0 };

fn spec() -> IndicatorPlan {
    IndicatorPlan {
        what: "andel positiva svar, procent".into(),
        rows: vec!["indicator".into()],
        columns: "period".into(),
        unit: PERCENT,
        ..IndicatorPlan::default()
    }
}

fn table((plan, data): &(Plan, Dataset), spec: IndicatorPlan) -> MeasureTable {
    table_of(plan, data, MeasureKind::Indicator(spec))
}

/// indicator, period, value, status.
fn wide(rows: &[[&str; 4]]) -> (Plan, Dataset) {
    let rows: Vec<[&str; 9]> = rows
        .iter()
        .map(|[indicator, period, value, status]| [*indicator, "", *period, *value, *status, "", "", "", ""])
        .collect();
    observations(&rows)
}

fn kolada() -> (Plan, Dataset) {
    wide(&[
        ["IFO totalt, svarsfrekvens (%)", "2023", "41", "value"],
        ["IFO totalt, svarsfrekvens (%)", "2020", "27", "value"],
        ["IFO totalt, svarsfrekvens (%)", "2021", "", "withheld"],
        ["IFO totalt, antal svar", "2020", "50", "value"],
        ["IFO totalt, antal svar", "2021", "58", "value"],
        ["IFO totalt, antal svar", "2023", "101", "value"],
        ["IFO totalt - få kontakt", "2020", "65", "value"],
        ["IFO totalt - få kontakt", "2021", "7", "not_applicable"],
        ["IFO totalt - få kontakt", "2023", "86", "value"],
        ["IFO totalt - inflytande", "2023", "87", ""],
    ])
}

#[test]
fn missing_not_applicable_withheld_and_absent_stay_apart() {
    let spec = IndicatorPlan {
        strip: Some("IFO totalt".into()),
        units: vec![("antal svar".into(), Unit::Count)],
        directions: vec![("kontakt".into(), Direction::Higher)],
        ..spec()
    };
    let table = table(&kolada(), spec);
    assert_eq!(keys(&table), ["y2020", "y2021", "y2023"]);
    let expected = [Some(2020), Some(2021), Some(2023)];
    assert_eq!(table.columns.iter().map(|column| column.year).collect::<Vec<_>>(), expected);
    assert_eq!(
        printed(&table),
        ["Svarsfrekvens (%): 27 .. 41", "Antal svar: 50 58 101", "Få kontakt: 65 . 86", "Inflytande: – – 87"]
    );
    assert_eq!((table.unit_of(&table.rows[0], 2), table.unit_of(&table.rows[1], 2)), (PERCENT, Unit::Count));
    assert_eq!(table.directions.get("IFO totalt - få kontakt"), Some(&Direction::Higher));
    assert_eq!((table.period.as_str(), table.n), ("2020–2023", 8));
    let expected = [
        "Värdet är skyddat, eller för få har svarat, för ”Svarsfrekvens (%)” 2021.",
        "Uppgift saknas för ”Inflytande” 2020 och ”Inflytande” 2021.",
    ];
    assert_eq!(notes(&table), expected);
}

#[test]
fn a_change_of_counts_is_relative_and_a_change_of_percentages_is_in_procentenheter() {
    let data = wide(&[
        ["Enkäter", "2022", "201", ""],
        ["Enkäter", "2023", "192", ""],
        ["Andel nöjda", "2022", "40", ""],
        ["Andel nöjda", "2023", "44", ""],
        ["Grupper", "2022", "8", ""],
        ["Grupper", "2023", "12", ""],
        ["Nya", "2023", "3", ""],
    ]);
    let units = vec![("andel".to_string(), PERCENT)];
    let table = table(&data, IndicatorPlan { change: true, unit: Unit::Count, units, ..spec() });
    assert_eq!(keys(&table), ["y2022", "y2023", "difference", "change"]);
    let expected = ["Enkäter: 201 192 -9 192:201", "Andel nöjda: 40 44 4 _", "Grupper: 8 12 4 _", "Nya: – 3 – –"];
    assert_eq!(printed(&table), expected);
    assert_eq!(table.unit_of(&table.rows[1], 2), Unit::PercentagePoints { decimals: 0 });
    assert_eq!(table.unit_of(&table.rows[0], 2), Unit::Count);
}

#[test]
fn deficiencies_are_a_share_of_the_files_reviewed() {
    let data = observations(&[
        ["Arbetsplan", "Vuxna", "", "3", "", "23", "", "", ""],
        ["Bankkonto", "Ekonomiskt bistånd", "", "2", "", "", "", "", ""],
        ["Omprövning", "Vuxna", "", "", "missing", "23", "", "", ""],
    ]);
    let rows = vec!["area".to_string(), "indicator".to_string()];
    let table = table(&data, IndicatorPlan { rows, share_of_n: true, unit: Unit::Count, ..spec() });
    assert_eq!((keys(&table), table.columns[0].label.as_str()), (vec!["current", "n", "share"], "Value"));
    let expected = [
        "Vuxna: _ _ _",
        "  Arbetsplan: 3 23 3/23",
        "  Omprövning: – 23 –",
        "Ekonomiskt bistånd: _ _ _",
        "  Bankkonto: 2 – –",
    ];
    assert_eq!(printed(&table), expected);
    assert_eq!(table.rows[1].key, ["Vuxna", "Arbetsplan"]);
    assert_eq!(table.period, "2023");
}

#[test]
fn few_answers_are_named_with_their_number() {
    let by_indicator = IndicatorPlan { few_answers: Some((60, Some("antal svar".into()))), ..spec() };
    assert_eq!(
        notes(&table(&kolada(), by_indicator))[0],
        "Färre än 60 svar: 2020 (50 svar) och 2021 (58 svar). Resultaten är osäkra och bör läsas med försiktighet."
    );
    let data = observations(&[
        ["Trygg", "", "2022", "83", "", "9", "", "", "Röd"],
        ["Påverkan", "", "2022", "82", "", "10", "", "", ""],
    ]);
    let by_row = IndicatorPlan { few_answers: Some((10, None)), show_n: true, show: vec!["farg".into()], ..spec() };
    let table = table(&data, by_row);
    assert_eq!(printed(&table), ["Trygg: 83 9 'Röd'", "Påverkan: 82 10 _"]);
    assert_eq!(table.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::FewAnswers]);
    assert!(notes(&table)[0].starts_with("Färre än 10 svar: ”Trygg” 2022 (9 svar)."));
}

#[test]
fn areas_by_indicator_keep_the_order_of_the_file_and_add_up() {
    let data = observations(&[
        ["Lex Sarah", "Myndighet", "", "3", "", "", "", "", ""],
        ["Avvikelser", "Myndighet", "", "196", "", "", "", "", ""],
        ["Lex Sarah", "Äldreomsorg", "", "17", "", "", "", "", ""],
        ["Avvikelser", "Äldreomsorg", "", "", "withheld", "", "", "", ""],
    ]);
    let (rows, columns) = (vec!["area".to_string()], "indicator".to_string());
    let table = table(&data, IndicatorPlan { rows, columns, sum: true, unit: Unit::Count, ..spec() });
    assert_eq!(keys(&table), ["indicator=Lex Sarah", "indicator=Avvikelser"]);
    assert_eq!(printed(&table), ["Myndighet: 3 196", "Äldreomsorg: 17 ..", "Totalt: 20 –"]);
}

#[test]
fn rows_are_ordered_by_the_last_column_or_by_name() {
    let data = wide(&[["Ö", "2023", "1", ""], ["Z", "2023", "", "missing"], ["Å", "2023", "2", ""]]);
    let by_count = table(&data, IndicatorPlan { order: RowOrder::Count, ..spec() });
    assert_eq!(printed(&by_count), ["Å: 2", "Ö: 1", "Z: –"]);
    let by_name = table(&data, IndicatorPlan { order: RowOrder::Name, ..spec() });
    assert_eq!(printed(&by_name), ["Z: –", "Å: 2", "Ö: 1"]);
}

#[test]
fn two_observations_that_differ_and_claim_one_cell_stop_the_run() {
    let rows = [["Index", "2023", "1", ""], ["Index", "2023", "1", ""], ["Index", "2023", "2", ""]];
    let (plan, data) = wide(&rows);
    let failure = try_table_of(&plan, &data, MeasureKind::Indicator(spec())).expect_err("two values for one cell");
    assert_eq!(failure.diagnostics.len(), 1);
    assert_eq!(failure.diagnostics[0].code, Code::DifferingDuplicate);
    assert!(failure.diagnostics[0].message.starts_with("rows 3 and 4 differ"), "{}", failure.diagnostics[0].message);
    let (plan, data) = wide(&rows[..2]);
    assert_eq!(printed(&table_of(&plan, &data, MeasureKind::Indicator(spec()))), ["Index: 1"]);
}

#[test]
fn no_observations_give_an_empty_table() {
    let table = table(&wide(&[]), IndicatorPlan { change: true, sum: true, ..spec() });
    assert_eq!((table.columns.len(), printed(&table), table.n), (0, vec!["Totalt: ".to_string()], 0));
    assert_eq!(table.period, "2023");
}

#[test]
fn conditions_choose_observations() {
    let data = observations(&[
        ["Index", "Norrtälje", "2023", "1", "", "", "", "", ""],
        ["Index", "Riket", "2023", "2", "", "", "", "", ""],
    ]);
    let conditions = vec![fixtures::has("area", &["Riket"])];
    assert_eq!(printed(&table(&data, IndicatorPlan { conditions, ..spec() })), ["Index: 2"]);
}
