use super::*;
use crate::domain::table::NoteKind;
use crate::measure::fixtures::{self, GROUP, SEVERITY, TYPE, UNIT, keys, notes, printed, sample, table_of};
use crate::measure::plan::MeasureKind;
use crate::store::Dataset;
use crate::vocabulary::spec::RowOrder;

/// Event 2 has two units, two groups and two types; event 4 says nothing but its date; 5 and 6 are of 2022.
const ROWS: [[&str; 7]; 6] = [
    ["1", "2023-01-05", "Barn och vuxna", "Öppenvård|Utredning", "Lex Sarah|Övrig", "3", "Ja"],
    ["2", "2023-02-01", "Barn och vuxna|Stöd", "Öppenvård|Kansli", "Övrig|Synpunkt", "2", "Nej"],
    ["3", "2023-02-02", "Stöd", "Kansli", "Synpunkt", "", ""],
    ["4", "2023-03-01", "", "", "", "1", ""],
    ["5", "2022-05-05", "Barn och vuxna", "Utredning", "Lex Sarah", "4", "Nej"],
    ["6", "2022-06-06", "Stöd", "Kansli", "Okänd kategori", "", ""],
];

fn spec(plan: &Plan, rows: &[usize]) -> BreakdownPlan {
    BreakdownPlan {
        rows: rows.iter().map(|row| fixtures::axis(plan, *row)).collect(),
        group_of: [("Öppenvård", "Barn och vuxna"), ("Utredning", "Barn och vuxna"), ("Kansli", "Stöd")]
            .map(|(member, group)| (member.to_string(), group.to_string()))
            .into(),
        earlier: 1,
        ..BreakdownPlan::default()
    }
}

fn table(plan: &Plan, data: &Dataset, spec: BreakdownPlan) -> MeasureTable {
    table_of(plan, data, MeasureKind::Breakdown(spec))
}

#[test]
fn one_dimension_stands_beside_last_year_and_the_total_is_distinct() {
    let (plan, data) = sample(&ROWS);
    let spec = BreakdownPlan { share: true, mean: vec![SEVERITY], ..spec(&plan, &[TYPE]) };
    let table = table(&plan, &data, spec);
    assert_eq!(keys(&table), ["current", "previous", "difference", "change", "share", "mean_allvar"]);
    assert_eq!((table.columns[0].label.as_str(), table.columns[1].label.as_str()), ("2023", "2022"));
    let expected = [
        "Lex Sarah: 1 1 0 _ 1/4 3",
        "Synpunkt: 2 0 2 _ 2/4 2",
        "Övrig: 2 0 2 _ 2/4 2.5",
        "Okänd kategori: 0 1 -1 _ 0/4 –",
        "Uppgift saknas: 1 0 1 _ 1/4 1",
        "Totalt: 4 2 2 _ 4/4 2",
    ];
    assert_eq!(printed(&table), expected);
    let expected = [
        "Raderna summerar till 6 (2023), fler än totalen 4: en avvikelse kan stå på flera rader (typ) och räknas då \
         en gång på varje.",
        "1 avvikelse (2022) har ett värde som inte finns i listan (typ) och redovisas som ”Okänd kategori”.",
    ];
    assert_eq!(notes(&table), expected);
    assert_eq!((table.n, table.source.as_str()), (4, "Källa: Avvikelser (Treserva)."));
    assert_eq!((table.what.as_str(), table.period.as_str()), ("antal avvikelser", "2023"));
}

#[test]
fn a_hierarchy_by_a_second_dimension_has_its_own_distinct_total_in_every_margin() {
    let (plan, data) = sample(&ROWS);
    let columns = Some(fixtures::axis(&plan, TYPE));
    let table = table(&plan, &data, BreakdownPlan { columns, ..spec(&plan, &[GROUP, UNIT]) });
    assert_eq!(keys(&table), ["typ=Lex Sarah", "typ=Synpunkt", "typ=Övrig", "typ=Uppgift saknas", "total"]);
    let expected = [
        "Barn och vuxna: 1 1 2 0 2",
        "  Öppenvård: 1 1 2 0 2",
        "  Utredning: 1 0 1 0 1",
        "Stöd: 0 2 1 0 2",
        "  Kansli: 0 2 1 0 2",
        "Uppgift saknas: 0 0 0 1 1",
        "Totalt: 1 2 2 1 4",
    ];
    assert_eq!(printed(&table), expected);
    let kinds: Vec<_> = table.rows.iter().map(|row| row.kind).collect();
    use crate::domain::table::RowKind::{Group, Part, Residual, Total};
    assert_eq!(kinds, [Group, Part, Part, Group, Part, Residual, Total]);
    assert_eq!(table.rows[1].key, ["Barn och vuxna", "Öppenvård"]);
    let expected = [
        "Kolumnerna summerar till 6, fler än totalen 4: en avvikelse kan stå i flera kolumner (typ) och räknas då \
         en gång i varje.",
        "Raderna summerar till 5, fler än totalen 4: en avvikelse kan stå på flera rader (avdelning) och räknas då \
         en gång på varje.",
        "Raderna summerar till 3 (Barn och vuxna), fler än totalen 2: en avvikelse kan stå på flera rader (enhet) \
         och räknas då en gång på varje.",
    ];
    assert_eq!(notes(&table), expected);
}

#[test]
fn without_a_list_members_stand_under_the_groups_that_they_occur_with() {
    let (plan, data) = sample(&ROWS);
    let spec = BreakdownPlan { group_of: Default::default(), earlier: 0, ..spec(&plan, &[GROUP, UNIT]) };
    let rows = printed(&table(&plan, &data, spec));
    let expected = [
        "Barn och vuxna: 2",
        "  Öppenvård: 2",
        "  Utredning: 1",
        "  Kansli: 1",
        "Stöd: 2",
        "  Öppenvård: 1",
        "  Kansli: 2",
        "Uppgift saknas: 1",
        "Totalt: 4",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn joined_values_are_a_union_and_not_a_sum() {
    let (plan, data) = sample(&ROWS);
    let merge = vec![("Annat".to_string(), vec!["Övrig".to_string(), "Synpunkt".to_string()])];
    let table = table(&plan, &data, BreakdownPlan { merge, earlier: 0, ..spec(&plan, &[TYPE]) });
    assert_eq!(printed(&table), ["Lex Sarah: 1", "Annat: 3", "Uppgift saknas: 1", "Totalt: 4"]);
}

#[test]
fn rows_by_count_keep_residual_ones_last_and_empty_ones_can_be_hidden() {
    let (plan, data) = sample(&ROWS);
    let conditions = vec![fixtures::has("avdelning", &["Stöd"])];
    let by_count = BreakdownPlan { order: RowOrder::Count, ..spec(&plan, &[TYPE]) };
    let all = table(&plan, &data, BreakdownPlan { conditions: conditions.clone(), ..by_count.clone() });
    assert_eq!(
        printed(&all),
        ["Synpunkt: 2 0 2 _", "Lex Sarah: 0 0 0 _", "Övrig: 1 0 1 _", "Okänd kategori: 0 1 -1 _", "Totalt: 2 1 1 _"]
    );
    let some = table(&plan, &data, BreakdownPlan { conditions, hide_empty: true, ..by_count });
    assert_eq!(some.rows.len(), all.rows.len() - 1);
}

#[test]
fn rows_by_name_follow_swedish_collation() {
    let (plan, data) = sample(&ROWS);
    let table = table(&plan, &data, BreakdownPlan { order: RowOrder::Name, earlier: 0, ..spec(&plan, &[UNIT]) });
    assert_eq!(printed(&table), ["Kansli: 2", "Utredning: 1", "Öppenvård: 2", "Uppgift saknas: 1", "Totalt: 4"]);
}

#[test]
fn a_year_without_any_event_is_missing_and_not_zero() {
    let (mut plan, data) = sample(&ROWS);
    plan.job.year = 2022;
    plan.job.as_of = fixtures::day("2023-01-10");
    let table = table(&plan, &data, spec(&plan, &[GROUP]));
    assert_eq!(printed(&table)[2], "Totalt: 2 – – –");
    assert_eq!(notes(&table), ["För 2021 finns inga avvikelser i uttaget; antalet saknas."]);
}

#[test]
fn no_rows_give_the_declared_rows_with_zero() {
    let plan = fixtures::plan();
    let table = table(&plan, &fixtures::rows::<7>(&plan, &[]), BreakdownPlan { share: true, ..spec(&plan, &[TYPE]) });
    assert_eq!(printed(&table)[0], "Lex Sarah: 0 – – – _");
    assert_eq!(printed(&table)[3], "Totalt: 0 – – – _");
    assert_eq!(table.notes.len(), 1);
}

#[test]
fn a_source_without_a_date_has_one_column() {
    let (mut plan, data) = sample(&ROWS);
    plan.sources[0].period_date = None;
    let table = table(&plan, &data, BreakdownPlan { earlier: 0, ..spec(&plan, &[GROUP]) });
    assert_eq!((keys(&table), table.columns[0].label.as_str()), (vec!["current"], "Antal"));
    assert_eq!(printed(&table), ["Barn och vuxna: 3", "Stöd: 3", "Uppgift saknas: 1", "Totalt: 6"]);
}

#[test]
fn rounded_shares_that_do_not_add_to_a_hundred_are_explained() {
    let plan = fixtures::plan();
    let rows = [1, 2, 3].map(|id| {
        let id = ["", "1", "2", "3"][id];
        let kind = ["", "Lex Sarah", "Övrig", "Synpunkt"][id.parse::<usize>().expect("a digit")];
        [id, "2023-05-05", "", "", kind, "", ""]
    });
    let spec = BreakdownPlan { share: true, earlier: 0, ..spec(&plan, &[TYPE]) };
    let table = table(&plan, &fixtures::rows(&plan, &rows), spec);
    assert_eq!(table.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::Rounding]);
    assert_eq!(notes(&table), ["Andelarna är avrundade och summerar därför till 99\u{a0}procent."]);
}

#[test]
fn means_of_parts_are_keyed_by_column_and_value() {
    let (plan, data) = sample(&ROWS);
    let columns = Some(fixtures::axis(&plan, GROUP));
    let table = table(&plan, &data, BreakdownPlan { columns, mean: vec![SEVERITY], ..spec(&plan, &[TYPE]) });
    let expected = ["mean_allvar|Barn och vuxna", "mean_allvar|Stöd", "mean_allvar|Uppgift saknas", "mean_allvar"];
    assert_eq!(keys(&table)[4..], expected);
    assert_eq!(printed(&table)[2], "Övrig: 2 1 0 2 2.5 2 – 2.5");
}
