//! Registers by hand, with what registers have wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::fixtures::{self, column, date, keys, number, open, printed, text};
use crate::diagnostic::Code;
use crate::domain::table::{MeasureTable, RowKind, Value};
use crate::measure::Sheet;
use crate::measure::cubes::Cubes;
use crate::measure::fixtures::{compute, remarks};
use crate::measure::plan::*;
use crate::measure::risk::plan::*;
use crate::measure::risk_count::plan::*;
use crate::measure::selection::Selection;
use crate::store::{Dataset, PlainColumn};
use crate::vocabulary::plan::*;

type Row = [&'static str; 10];

/// id, year, unit, risk, probability, consequence, action, owner, status, due.
const ROWS: [Row; 12] = [
    ["R1", "2023", "Vuxna", "Bemanning", "4", "3", "Rekrytera", "Anna", "Pågår", "2024-01-01"],
    ["R2", "2023", "Fritid", "Röjda uppgifter", "3", "4", "", "", "", ""],
    ["R3", "2023", "Vuxna", "Borta", "2", "2", "Klart", "Bo", "Klar", "2023-06-30"],
    ["R5", "2023", "Vuxna", "Bytt", "2", "3", "", "", "", ""],
    ["R1", "2024", "Vuxna", "Bemanning", "4", "4", "Rekrytera", "Anna", "Pågår", "2024-01-01"],
    ["r2", "2024", "Fritid", "Röjda uppgifter", "2", "4", "", "Eva", "", "2024-03-01"],
    ["R4", "2024", "Fritid", "Ny", "4", "2", "Utbilda", "", "Klar", "2023-12-01"],
    ["R5", "2024", "Fritid", "Bytt", "3", "2", "Se över", "Eva", "", "2024-02-04"],
    ["R6", "2024", "Vuxna", "Fel skala", "5", "2", "Mäta", "Eva", "", ""],
    ["R7", "2024", "", "Halv", "2,5", "", "Mäta", "Eva", "", ""],
    ["R4", "2024", "Fritid", "Två gånger", "1", "1", "Utbilda", "Bo", "", ""],
    ["", "2024", "Vuxna", "Utan id", "1", "1", "Följa", "Bo", "Klar", ""],
];

fn sample() -> (Plan, Dataset) {
    let columns = vec![
        open("id"),
        open("ar"),
        open("avdelning"),
        text("risk"),
        open("sannolikhet"),
        open("konsekvens"),
        text("atgard"),
        open("ansvarig"),
        open("status"),
        date("senast"),
    ];
    let mut plan = fixtures::plan_of(fixtures::source("risker", SourceKind::Register, columns));
    plan.job.as_of = fixtures::day("2024-02-05");
    let mut data = fixtures::rows(&plan, &ROWS);
    let rows = (1..=ROWS.len()).map(|row| Some(row as f64)).collect();
    data.columns.insert("_row".into(), PlainColumn::Numbers(rows));
    (plan, data)
}

fn scale() -> Arc<RiskScalePlan> {
    Arc::new(RiskScalePlan {
        axes: ["Sannolikhet".into(), "Konsekvens".into()],
        steps: 4,
        probability: ["Mycket liten", "Liten", "Stor", "Mycket stor"].map(String::from).to_vec(),
        consequence: Vec::new(),
        levels: vec![(1, "Låg".into()), (6, "Medel".into()), (12, "Hög".into())],
    })
}

fn spec(show: RiskShow) -> RiskPlan {
    RiskPlan {
        show,
        scale: scale(),
        years: RiskYears::Column { column: "ar".into(), now: "2024".into(), before: "2023".into() },
        id: "id".into(),
        text: "risk".into(),
        unit: Some("avdelning".into()),
        probability: "sannolikhet".into(),
        consequence: "konsekvens".into(),
        action: Some("atgard".into()),
        owner: Some("ansvarig".into()),
        status: Some("status".into()),
        done: vec!["klar".into()],
        due: Some("senast".into()),
        conditions: Vec::new(),
        each: None,
        units: ["Barn", "Vuxna", "Fritid"].map(String::from).to_vec(),
        as_of: fixtures::day("2024-02-05"),
        names: (2024, 2023),
    }
}

fn table_of(spec: RiskPlan) -> MeasureTable {
    let (plan, data) = sample();
    fixtures::table_of(&plan, &data, MeasureKind::Risk(Box::new(spec)))
}

fn of_unit(show: RiskShow, unit: &str) -> MeasureTable {
    table_of(RiskPlan { each: Some(fixtures::has("avdelning", &[unit])), ..spec(show) })
}

/// The named columns of each row.
fn cells(table: &MeasureTable, wanted: &[&str]) -> Vec<String> {
    let index: Vec<usize> = wanted.iter().map(|key| table.column(key).expect("a column")).collect();
    let told = |value: &Value| match value {
        Value::Text(text) => text.replace('\u{a0}', " "),
        Value::Count(count) => count.to_string(),
        Value::Nothing(nothing) => format!("{nothing:?}"),
        other => format!("{other:?}"),
    };
    let row = |row: &crate::domain::table::TableRow| {
        let values: Vec<String> = index.iter().map(|index| told(&row.values[*index])).collect();
        format!("{}: {}", row.label, values.join(", "))
    };
    table.rows.iter().map(row).collect()
}

#[test]
fn risks_are_ranked_by_score_then_consequence_then_id_and_those_without_score_stand_last() {
    let table = table_of(spec(RiskShow::Ranked));
    let expected = [
        "R1: 4, 4, 16, 12, Hög",
        "r2: 2, 4, 8, 12, Medel",
        "R4: 4, 2, 8, Blank, Medel",
        "R5: 3, 2, 6, 6, Medel",
        "rad 12: 1, 1, 1, Blank, Låg",
        "R6: Missing, 2, Missing, Blank, Blank",
        "R7: Missing, Missing, Missing, Blank, Blank",
    ];
    assert_eq!(cells(&table, &["probability", "consequence", "score", "previous", "level"]), expected);
    assert_eq!((table.n, table.notes.len()), (7, 1));
    assert!(table.notes[0].text.starts_with("2 risker kan inte värderas"), "{}", table.notes[0].text);
}

#[test]
fn a_cell_is_made_of_the_row_of_its_risk_and_a_count_of_those_that_it_counts() {
    let (mut plan, data) = sample();
    let measure =
        |show| fixtures::measure("risk.prov", MeasureKind::Risk(Box::new(RiskPlan { show, ..spec(RiskShow::Ranked) })));
    plan.measures = [RiskShow::Ranked, RiskShow::Moved, RiskShow::Matrix, RiskShow::Summary].map(measure).to_vec();
    let datasets = BTreeMap::from([("risker".to_string(), data)]);
    let sheets =
        crate::measure::fixtures::sheets(&plan, &Cubes::default(), &datasets, &Default::default()).expect("sheets");
    let rows = |sheet: usize, row: &str, column: &str| {
        let Sheet { table, .. } = &sheets[sheet];
        let row = table.rows.iter().position(|other| other.label == row).expect("a row");
        let behind = sheets[sheet].behind(row, table.column(column).expect("a column")).expect("a formula");
        let rows = behind.selections().into_iter().flat_map(|(_, selection)| match selection {
            Selection::Rows { source: 0, rows } => rows.to_vec(),
            other => panic!("{other:?}"),
        });
        rows.collect::<Vec<usize>>()
    };
    assert_eq!([rows(0, "R4", "risk"), rows(0, "R4", "score"), rows(0, "R1", "previous")], [[6], [6], [0]]);
    assert_eq!(rows(1, "R1", "change"), [4, 0]);
    assert_eq!([rows(2, "4 Mycket stor", "c4"), rows(2, "Totalt", "c2")], [vec![4], vec![6, 7]]);
    let expected = [vec![2], vec![8, 9]];
    assert_eq!([rows(3, "Borttagna risker", "current"), rows(3, "Kan inte värderas", "current")], expected);
}

#[test]
fn the_highest_level_is_a_list_of_its_own() {
    assert_eq!(cells(&table_of(spec(RiskShow::Highest)), &["score"]), ["R1: 16"]);
}

#[test]
fn risks_are_matched_by_id_over_the_years_whatever_unit_they_have() {
    let table = table_of(spec(RiskShow::Moved));
    let expected = [
        "R1: högre, 12, 16, 4 × 3, 4 × 4, Blank",
        "R4: ny, Blank, 8, Blank, 4 × 2, Blank",
        "rad 12: ny, Blank, 1, Blank, 1 × 1, Blank",
        "R6: ny, Blank, Missing, Blank, – × 2, Blank",
        "R7: ny, Blank, Missing, Blank, – × –, Blank",
        "r2: lägre, 12, 8, 3 × 4, 2 × 4, Blank",
        "R3: borttagen, 4, Blank, 2 × 2, Blank, Blank",
        "R5: oförändrad, 6, 6, 2 × 3, 3 × 2, Vuxna",
    ];
    assert_eq!(cells(&table, &["change", "previous", "current", "place_previous", "place", "unit_previous"]), expected);
    let changed = table_of(spec(RiskShow::Changed));
    assert_eq!(changed.rows.len(), table.rows.len() - 1);
}

#[test]
fn a_unit_sees_what_came_to_it_and_what_left() {
    let expected = ["R1: högre", "rad 12: ny", "R6: ny", "R3: borttagen", "R5: flyttad till Fritid"];
    assert_eq!(cells(&of_unit(RiskShow::Moved, "Vuxna"), &["change"]), expected);
    let expected = ["R4: ny, Blank", "r2: lägre, Blank", "R5: oförändrad, Vuxna"];
    assert_eq!(cells(&of_unit(RiskShow::Moved, "Fritid"), &["change", "unit_previous"]), expected);
    assert!(of_unit(RiskShow::Moved, "Barn").rows.is_empty());
}

#[test]
fn a_blank_action_or_owner_is_an_open_risk() {
    assert_eq!(cells(&table_of(spec(RiskShow::Open)), &["lacks"]), ["r2: åtgärd", "R4: ansvarig"]);
    let without_owner = RiskPlan { owner: None, ..spec(RiskShow::Open) };
    assert_eq!(cells(&table_of(without_owner), &["lacks"]), ["r2: åtgärd"]);
}

#[test]
fn late_is_judged_on_the_day_of_the_data_and_done_is_never_late() {
    assert_eq!(cells(&table_of(spec(RiskShow::Late)), &["days_late"]), ["R1: 35", "R5: 1"]);
    let earlier = RiskPlan { as_of: fixtures::day("2024-02-04"), ..spec(RiskShow::Late) };
    assert_eq!(cells(&table_of(earlier), &["days_late"]), ["R1: 34"]);
}

#[test]
fn the_matrix_counts_every_scored_risk_once() {
    let table = table_of(spec(RiskShow::Matrix));
    assert_eq!(keys(&table), ["c1", "c2", "c3", "c4", "total"]);
    let expected = [
        "4 Mycket stor: 0 1 0 1 2",
        "3 Stor: 0 1 0 0 1",
        "2 Liten: 0 0 0 1 1",
        "1 Mycket liten: 1 0 0 0 1",
        "Totalt: 1 2 0 2 5",
    ];
    assert_eq!(printed(&table), expected);
    assert_eq!((table.n, table.rows.last().map(|row| row.kind)), (5, Some(RowKind::Total)));
}

#[test]
fn units_add_up_to_the_whole_and_a_unit_without_risks_is_zero() {
    let expected = [
        "Barn: 0 0 0 0 0 0",
        "Vuxna: 3 1 0 1 0 1",
        "Fritid: 3 0 3 0 2 1",
        "Uppgift saknas: 1 0 0 0 0 0",
        "Totalt: 7 1 3 1 2 2",
    ];
    assert_eq!(printed(&table_of(spec(RiskShow::Units))), expected);
}

#[test]
fn the_summary_has_the_numbers_of_both_years() {
    let expected = [
        "Risker: 7 4",
        "Hög: 1 2",
        "Medel: 3 1",
        "Låg: 1 1",
        "Kan inte värderas: 2 0",
        "Utan åtgärd: 1 2",
        "Utan ansvarig: 1 2",
        "Försenade åtgärder: 2 _",
        "Högre riskvärde: 1 _",
        "Nya risker: 4 _",
        "Lägre riskvärde: 1 _",
        "Borttagna risker: 1 _",
        "Oförändrat riskvärde: 1 _",
        "Kan inte jämföras: 0 _",
    ];
    assert_eq!(printed(&table_of(spec(RiskShow::Summary))), expected);
}

fn warned(spec: RiskPlan) -> Vec<(Code, String, String)> {
    let (mut plan, data) = sample();
    plan.measures = [RiskShow::Ranked, RiskShow::Moved]
        .map(|show| fixtures::measure("risk.prov", MeasureKind::Risk(Box::new(RiskPlan { show, ..spec.clone() }))))
        .to_vec();
    let told = remarks(&plan, &BTreeMap::from([("risker".to_string(), data)]));
    told.into_iter().map(|remark| (remark.code, remark.message, remark.at.to_string())).collect()
}

#[test]
fn what_can_not_be_used_is_told_once_with_its_row() {
    let warned = warned(spec(RiskShow::Ranked));
    let codes: Vec<(Code, bool)> = warned.iter().map(|(code, _, at)| (*code, at.contains("row"))).collect();
    use Code::{DuplicateRow, MissingId, MissingValue, OutOfScale};
    assert_eq!(
        codes,
        [(OutOfScale, true), (OutOfScale, true), (MissingValue, true), (DuplicateRow, true), (MissingId, true)]
    );
    assert_eq!(warned[3].1, "`R4` stands twice among the risks of 2024, the first time on row 7");
    assert!(warned[0].2.ends_with("row 9 (column \"sannolikhet\")"), "{}", warned[0].2);
}

#[test]
fn a_register_of_other_years_is_no_empty_register() {
    let (mut plan, data) = sample();
    let years = RiskYears::Column { column: "ar".into(), now: "2025".into(), before: "2024".into() };
    let kind = MeasureKind::Risk(Box::new(RiskPlan { years, names: (2025, 2024), ..spec(RiskShow::Ranked) }));
    plan.measures = vec![fixtures::measure("risk.prov", kind.clone())];
    let failure = compute(&plan, &Cubes::default(), &BTreeMap::from([("risker".to_string(), data.clone())]));
    let failure = failure.expect_err("no risk of 2025");
    assert_eq!(failure.diagnostics[0].code, Code::NoRows);
    // A source that was not delivered holds no rows at all, and stops nothing.
    let empty = fixtures::rows::<10>(&plan, &[]);
    let tables = compute(&plan, &Cubes::default(), &BTreeMap::from([("risker".to_string(), empty)]));
    assert!(tables.expect("an empty table")[0].rows.is_empty());
}

#[test]
fn without_last_year_nothing_is_said_of_changes() {
    let years = RiskYears::Column { column: "ar".into(), now: "2023".into(), before: "2022".into() };
    let of = |show| table_of(RiskPlan { years: years.clone(), names: (2023, 2022), ..spec(show) });
    assert!(of(RiskShow::Moved).rows.is_empty() && of(RiskShow::Ranked).column("previous").is_none());
    assert!(of(RiskShow::Summary).row("Nya risker").is_none());
    assert!(of(RiskShow::Moved).notes[0].text.contains("inga risker för 2022"));
}

#[test]
fn events_are_counted_by_their_own_scores_and_the_rest_apart() {
    let columns =
        vec![column("id", ColumnKindPlan::Id), date("datum"), open("sannolikhet"), open("allvar"), number("annat")];
    let mut plan = fixtures::plan_of(fixtures::source("avvikelser", SourceKind::Events, columns));
    plan.sources[0].columns[2].label = "Sannolikhet".into();
    let rows = [
        ["1", "2023-01-05", "4", "4", ""],
        ["2", "2023-01-05", "1", "2", ""],
        // Two rows of one event: once in its cell, once in the whole.
        ["3", "2023-02-05", "1", "2", ""],
        ["3", "2023-02-05", "1", "2", ""],
        ["4", "2023-02-05", "", "2", ""],
        ["5", "2023-02-05", "5", "2", ""],
        ["6", "2023-02-05", "", "", ""],
        ["7", "2023-02-05", "2", "hög", ""],
        ["8", "2022-02-05", "4", "4", ""],
    ];
    let data = fixtures::rows(&plan, &rows);
    let axis = |index: usize| fixtures::axis(&plan, index);
    let spec = RiskCountPlan { scale: scale(), probability: axis(2), consequence: axis(3), conditions: Vec::new() };
    let table = fixtures::table_of(&plan, &data, MeasureKind::RiskCount(spec));
    let expected = [
        "4 Mycket stor: 0 0 0 1 1",
        "3 Stor: 0 0 0 0 0",
        "2 Liten: 0 0 0 0 0",
        "1 Mycket liten: 0 2 0 0 2",
        "Utanför skalan: _ _ _ _ 2",
        "Uppgift saknas: _ _ _ _ 2",
        "Totalt: 0 2 0 1 7",
    ];
    assert_eq!(printed(&table), expected);
    assert_eq!(table.n, 7);
}
