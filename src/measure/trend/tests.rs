use super::*;
use crate::domain::period::PeriodRule;
use crate::measure::fixtures::{self, DATE, SEVERITY, TYPE, keys, notes, printed, sample, table_of};
use crate::measure::plan::MeasureKind;
use crate::store::Dataset;
use crate::vocabulary::spec::TimeStep;

fn spec(by: TimeStep) -> TrendPlan {
    TrendPlan {
        by,
        date: DATE,
        columns: None,
        conditions: Vec::new(),
        earlier: Some(1),
        running: false,
        mean: Vec::new(),
    }
}

fn table(plan: &Plan, data: &Dataset, spec: TrendPlan) -> MeasureTable {
    table_of(plan, data, MeasureKind::Trend(spec))
}

const ROWS: [[&str; 7]; 6] = [
    ["1", "2023-01-05", "", "", "Lex Sarah", "3", ""],
    ["2", "2023-01-31", "", "", "Lex Sarah|Övrig", "2", ""],
    ["3", "2023-04-01", "", "", "", "", ""],
    ["4", "2022-12-24", "", "", "Övrig", "4", ""],
    ["5", "2022-01-01", "", "", "Synpunkt", "", ""],
    ["6", "", "", "", "Synpunkt", "", ""],
];

/// As many events in each year as said.
fn years(plan: &Plan, counts: &[(i32, usize)]) -> Dataset {
    let ids: Vec<(String, String)> = counts
        .iter()
        .flat_map(|(year, count)| (0..*count).map(move |event| (format!("{year}/{event}"), format!("{year}-03-01"))))
        .collect();
    let rows: Vec<[&str; 7]> = ids.iter().map(|(id, day)| [id.as_str(), day.as_str(), "", "", "", "", ""]).collect();
    fixtures::rows(plan, &rows)
}

#[test]
fn months_stand_beside_last_year_and_add_up_to_it() {
    let (plan, data) = sample(&ROWS);
    let table = table(&plan, &data, TrendPlan { mean: vec![SEVERITY], ..spec(TimeStep::Month) });
    assert_eq!(keys(&table), ["current", "previous", "mean_allvar"]);
    let rows = printed(&table);
    assert_eq!((rows[0].as_str(), rows[3].as_str()), ("januari: 2 1 2.5", "april: 1 0 –"));
    assert_eq!((rows[11].as_str(), rows[12].as_str()), ("december: 0 1 –", "Totalt: 3 2 2.5"));
    assert_eq!((table.n, table.row_headers[0].as_str(), notes(&table).len()), (3, "Månad", 0));
}

#[test]
fn months_after_the_day_of_the_data_are_missing() {
    let (mut plan, data) = sample(&ROWS);
    plan.job.as_of = fixtures::day("2023-11-30");
    let rows = printed(&table(&plan, &data, spec(TimeStep::Month)));
    assert_eq!((rows[10].as_str(), rows[11].as_str()), ("november: 0 0", "december: – 1"));
}

#[test]
fn months_of_a_kvalitetsar_begin_in_september() {
    let (mut plan, data) = sample(&ROWS);
    let rule = PeriodRule { first_month: 9, named_after_end: true };
    (plan.job.period, plan.sources[0].period) = (rule, rule);
    plan.job.as_of = fixtures::day("2023-01-31");
    let table = table(&plan, &data, TrendPlan { earlier: Some(0), ..spec(TimeStep::Month) });
    let rows = printed(&table);
    assert_eq!((rows[0].as_str(), rows[3].as_str(), rows[4].as_str()), ("september: 0", "december: 1", "januari: 2"));
    assert_eq!((rows[5].as_str(), rows[11].as_str()), ("februari: –", "augusti: –"));
    assert_eq!(table.period, "kvalitetsår 2023");
}

#[test]
fn quarters_by_a_second_dimension_count_an_event_in_each_of_its_values() {
    let (plan, data) = sample(&ROWS);
    let columns = Some(fixtures::axis(&plan, TYPE));
    let table = table(&plan, &data, TrendPlan { columns, ..spec(TimeStep::Quarter) });
    assert_eq!(keys(&table), ["typ=Lex Sarah", "typ=Synpunkt", "typ=Övrig", "typ=Uppgift saknas"]);
    assert_eq!(
        printed(&table),
        ["kvartal 1: 2 0 1 0", "kvartal 2: 0 0 0 1", "kvartal 3: 0 0 0 0", "kvartal 4: 0 0 0 0", "Totalt: 2 0 1 1"]
    );
}

#[test]
fn a_year_is_compared_with_the_year_before_and_not_with_the_row_before() {
    let plan = fixtures::plan();
    let data = years(&plan, &[(2020, 25), (2022, 30), (2023, 33)]);
    let table = table(&plan, &data, TrendPlan { earlier: None, ..spec(TimeStep::Year) });
    assert_eq!(keys(&table), ["current", "difference", "change"]);
    assert_eq!(printed(&table), ["2020: 25 – –", "2022: 30 – –", "2023: 33 3 33:30"]);
    assert_eq!((table.period.as_str(), table.n), ("2020–2023", 88));
}

#[test]
fn years_of_the_source_have_a_row_even_when_the_condition_leaves_nothing() {
    let plan = fixtures::plan();
    let data = years(&plan, &[(2022, 1), (2023, 1)]);
    let conditions = vec![fixtures::has("typ", &["Lex Sarah"])];
    let table = table(&plan, &data, TrendPlan { conditions, earlier: None, ..spec(TimeStep::CalendarYear) });
    assert_eq!(printed(&table), ["2022: 0 – –", "2023: 0 0 _"]);
}

#[test]
fn running_months_go_from_the_first_event_to_the_day_of_the_data() {
    let (mut plan, data) = sample(&ROWS);
    plan.job.as_of = fixtures::day("2023-05-15");
    let columns = Some(fixtures::axis(&plan, TYPE));
    let conditions = vec![fixtures::has("typ", &["Lex Sarah", "Övrig"])];
    let running =
        TrendPlan { running: true, earlier: None, columns, conditions, mean: vec![SEVERITY], ..spec(TimeStep::Month) };
    let table = table(&plan, &data, running);
    let rows = printed(&table);
    assert_eq!(rows.len(), 17);
    assert_eq!((rows[0].as_str(), rows[16].as_str()), ("2022-01: 0 0 0 – – –", "2023-05: 0 0 0 – – –"));
    assert_eq!((rows[11].as_str(), rows[12].as_str()), ("2022-12: 0 0 1 – – 4", "2023-01: 2 0 1 2.5 – 2"));
    assert_eq!(table.rows[12].key, ["2023", "1"]);
    assert_eq!(keys(&table)[3], "mean_allvar|Lex Sarah");
    assert_eq!(table.period, "2022–2023");
}

#[test]
fn running_quarters_carry_the_year_of_their_period() {
    let (mut plan, data) = sample(&ROWS);
    let rule = PeriodRule { first_month: 9, named_after_end: true };
    (plan.job.period, plan.sources[0].period) = (rule, rule);
    plan.job.as_of = fixtures::day("2023-04-30");
    let running = TrendPlan { running: true, earlier: None, ..spec(TimeStep::Quarter) };
    let rows = printed(&table(&plan, &data, running));
    let expected = [
        "2022 kvartal 2: 1",
        "2022 kvartal 3: 0",
        "2022 kvartal 4: 0",
        "2023 kvartal 1: 0",
        "2023 kvartal 2: 3",
        "2023 kvartal 3: 1",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn no_rows_give_zero_months_and_no_years() {
    let plan = fixtures::plan();
    let none = fixtures::rows::<7>(&plan, &[]);
    assert_eq!(printed(&table(&plan, &none, spec(TimeStep::Month)))[12], "Totalt: 0 –");
    assert!(table(&plan, &none, TrendPlan { earlier: None, ..spec(TimeStep::Year) }).rows.is_empty());
    let running = TrendPlan { running: true, earlier: None, ..spec(TimeStep::Month) };
    assert_eq!(table(&plan, &none, running).rows.len(), 12);
}

#[test]
fn calendar_years_cut_by_the_window_are_named() {
    let (mut plan, data) = sample(&ROWS);
    plan.job.period = PeriodRule { first_month: 9, named_after_end: true };
    let table = table(&plan, &data, TrendPlan { earlier: None, ..spec(TimeStep::CalendarYear) });
    assert_eq!(notes(&table), ["Uppgifterna täcker inte hela 2023."]);
}
