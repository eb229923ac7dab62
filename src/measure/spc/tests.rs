//! Control charts of small sets of events and observations, each number worked by hand or counted another way.

use std::collections::BTreeMap;

use super::*;
use crate::domain::said::Said;
use crate::domain::spc::{Assurance, Label, Side, Variation};
use crate::domain::table::{Direction, MeasureTable, Nothing, RowKind, Value};
use crate::measure::family::Of;
use crate::measure::fixtures::compute;
use crate::measure::fixtures::{self, day, has, notes, table_of, try_table_of};
use crate::measure::plan::MeasureKind;
use crate::measure::spc::plan::{DenominatorPlan, RebasePlan};
use crate::measure::{Cubes, PolarsEngine, needs};
use crate::vocabulary::spec::TimeStep;

/// `number` events in each of the months, in order from January 2022; ids differ.
fn events(plan: &Plan, numbers: &[usize], kind: &str) -> Dataset {
    let mut cells: Vec<[String; 7]> = Vec::new();
    for (month, number) in numbers.iter().enumerate() {
        for event in 0..*number {
            let date = format!("{}-{:02}-{:02}", 2022 + month / 12, month % 12 + 1, event % 28 + 1);
            let ivo = if event % 4 == 0 { "Ja" } else { "Nej" };
            let id = format!("{month}.{event}");
            cells.push([id, date, "Stöd".into(), String::new(), kind.into(), String::new(), ivo.into()]);
        }
    }
    let borrowed: Vec<[&str; 7]> = cells.iter().map(|row| std::array::from_fn(|index| row[index].as_str())).collect();
    fixtures::rows(plan, &borrowed)
}

fn column(table: &MeasureTable, key: &str) -> Vec<Value> {
    let column = table.column(key).expect("a column");
    table.rows.iter().map(|row| row.values[column].clone()).collect()
}

fn numbers(table: &MeasureTable, key: &str) -> Vec<Option<f64>> {
    let number = |value: &Value| match value {
        Value::Count(count) => Some(*count as f64),
        Value::Number(number) => Some(*number),
        Value::Share { numerator, denominator } => Some(100.0 * *numerator as f64 / *denominator as f64),
        _ => None,
    };
    column(table, key).iter().map(number).collect()
}

fn has_note(table: &MeasureTable, text: &str) -> bool {
    notes(table).iter().any(|note| note.contains(text))
}

const TWO_YEARS: [usize; 24] =
    [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 10, 10, 10, 10, 10, 10, 11, 12, 13, 14, 15, 22];

#[test]
fn events_are_counted_by_month_over_all_periods_and_the_last_row_concludes() {
    let plan = fixtures::plan();
    let data = events(&plan, &TWO_YEARS, "Övrig");
    let spec = SpcPlan { fix_after_n: Some(12), goal: Some(4.0), direction: Direction::Lower, ..fixtures::spc() };
    let table = table_of(&plan, &data, MeasureKind::Spc(spec));
    assert_eq!((table.rows.len(), table.n), (25, TWO_YEARS.iter().sum::<usize>() as u64));
    assert_eq!((table.rows[0].label.as_str(), table.rows[23].label.as_str()), ("2022-01", "2023-12"));
    let values: Vec<Option<f64>> = TWO_YEARS.iter().map(|count| Some(*count as f64)).collect();
    assert_eq!(numbers(&table, "value")[..24], values);
    let upper = numbers(&table, "upper")[0].expect("a limit");
    assert!((upper - 15.32).abs() < 1e-12, "{upper}");
    let flags = column(&table, "flag");
    assert_eq!(flags[23], Value::Said(Said::Signal(Label::Outside, Side::Up)));
    assert_eq!(flags[17], Value::Said(Said::Signal(Label::Trend, Side::Up)));
    let last = &table.rows[24];
    assert_eq!((last.kind, last.label.as_str()), (RowKind::Total, "Senaste punkten"));
    assert_eq!(column(&table, "variation")[24], Value::Said(Said::Variation(Variation::Concern)));
    assert_eq!(column(&table, "assurance")[24], Value::Said(Said::Assurance(Assurance::Fails)));
    assert_eq!(column(&table, "latest")[24], Value::Text("2023-12".into()));
    assert_eq!(column(&table, "signals")[24], Value::Count(7));
    let signal = table.signal().expect("a control chart");
    assert_eq!(signal.variation, Variation::Concern);
    assert!(signal.allows(Side::Up) && !signal.allows(Side::Down));
    assert_eq!(
        (table.what.as_str(), table.period.as_str()),
        ("antal avvikelser per månad", "januari 2022–december 2023")
    );
    assert!(!has_note(&table, "Prövande") && has_note(&table, "de första 12 punkterna"));
}

#[test]
fn limits_of_twelve_months_are_tentative_and_of_thirteen_firm() {
    let plan = fixtures::plan();
    let table = |numbers: &[usize]| {
        let plan = {
            let mut plan = plan.clone();
            plan.job.as_of = day("2023-12-31");
            plan
        };
        let from = events(&plan, numbers, "Övrig");
        table_of(&plan, &from, MeasureKind::Spc(fixtures::spc()))
    };
    let months =
        |first: usize| -> Vec<usize> { (0..24).map(|month| if month < first { 0 } else { 3 + month % 2 }).collect() };
    assert!(has_note(&table(&months(12)), "Prövande gränser: 12 punkter, färre än 13."));
    assert!(!has_note(&table(&months(11)), "Prövande"));
}

#[test]
fn a_month_that_is_not_over_has_no_point() {
    let mut plan = fixtures::plan();
    plan.job.as_of = day("2023-11-29");
    let table = table_of(&plan, &events(&plan, &TWO_YEARS[..23], "Övrig"), MeasureKind::Spc(fixtures::spc()));
    let november = table.rows.iter().position(|row| row.label == "2023-11").expect("a row");
    assert_eq!(table.rows[november].values[0], Value::Nothing(Nothing::Missing));
    assert!(has_note(
        &table,
        "Inte avslutat den 2023-11-29, som uppgifterna gäller till och med, och därför utan punkt: november 2023."
    ));
    plan.job.as_of = day("2023-11-30");
    let table = table_of(&plan, &events(&plan, &TWO_YEARS[..23], "Övrig"), MeasureKind::Spc(fixtures::spc()));
    assert_eq!(table.rows[november].values[0], Value::Count(15));
}

#[test]
fn no_event_is_zero_in_a_sparse_source_and_not_delivered_in_a_dense_one() {
    let plan = fixtures::plan();
    let mut sparse = [1; 24];
    sparse[5] = 0;
    sparse[23] = 0;
    let table = table_of(&plan, &events(&plan, &sparse, "Övrig"), MeasureKind::Spc(fixtures::spc()));
    assert_eq!((&table.rows[5].values[0], &table.rows[23].values[0]), (&Value::Count(0), &Value::Count(0)));
    let mut dense = [9; 24];
    dense[5] = 0;
    let table = table_of(&plan, &events(&plan, &dense, "Övrig"), MeasureKind::Spc(fixtures::spc()));
    assert_eq!(table.rows[5].values[0], Value::Nothing(Nothing::Missing));
    assert!(has_note(&table, "Inga avvikelser alls i uttaget och därför utan punkt, inte noll: juni 2022."));
    // None of a kind, in a month that was delivered, is zero.
    let spec = SpcPlan { conditions: vec![has("typ", &["Lex Sarah"])], ..fixtures::spc() };
    let table = table_of(&plan, &events(&plan, &[9; 24], "Övrig"), MeasureKind::Spc(spec));
    assert_eq!(table.rows[5].values[0], Value::Count(0));
}

#[test]
fn a_year_of_which_nothing_was_delivered_is_missing() {
    let mut plan = fixtures::plan();
    plan.job.year = 2024;
    plan.job.earlier = 2;
    plan.job.as_of = day("2025-01-10");
    let mut numbers = [2; 36];
    numbers[12..24].fill(0);
    let table = table_of(&plan, &events(&plan, &numbers, "Övrig"), MeasureKind::Spc(fixtures::spc()));
    assert!((12..24).all(|month| table.rows[month].values[0] == Value::Nothing(Nothing::Missing)));
    assert!(has_note(&table, "12 perioder, den första januari 2023 och den sista december 2023"));
}

#[test]
fn a_share_of_events_has_limits_by_the_size_of_each_month() {
    let plan = fixtures::plan();
    let spec = SpcPlan { chart: SpcChart::P, part: Some(vec![has("ivo", &["Ja"])]), ..fixtures::spc() };
    let table = table_of(&plan, &events(&plan, &TWO_YEARS, "Övrig"), MeasureKind::Spc(spec));
    let expected = [Value::Share { numerator: 3, denominator: 9 }, Value::Count(3), Value::Count(9)];
    assert_eq!(table.rows[0].values[..3], expected);
    let parts: usize = TWO_YEARS.iter().map(|count| count.div_ceil(4)).sum();
    let share = parts as f64 / TWO_YEARS.iter().sum::<usize>() as f64;
    let last = numbers(&table, "upper")[23].expect("a limit");
    let expected = 100.0 * (share + 3.0 * (share * (1.0 - share) / 22.0).sqrt());
    assert!((last - expected).abs() < 1e-9, "{last} {expected}");
    assert_eq!(table.columns[0].unit, Unit::Percent { decimals: 1 });
    assert!(has_note(&table, "binomialfördelningen själv"));
    let same = SpcPlan { part: Some(vec![has("ivo", &["Ja"])]), ..fixtures::spc() };
    let table = table_of(&plan, &events(&plan, &[4; 24], "Övrig"), MeasureKind::Spc(same));
    assert_eq!((numbers(&table, "centre")[3], numbers(&table, "upper")[3]), (Some(25.0), Some(25.0)));
}

#[test]
fn a_rebase_starts_at_the_first_point_on_or_after_its_day_and_is_told() {
    let plan = fixtures::plan();
    let rebase = |from: &str, reason: &str| RebasePlan { from: day(from), reason: reason.into() };
    let spec = SpcPlan {
        rebase: vec![rebase("2022-12-15", "nytt system"), rebase("2029-01-01", "senare")],
        ..fixtures::spc()
    };
    let table = table_of(&plan, &events(&plan, &TWO_YEARS, "Övrig"), MeasureKind::Spc(spec));
    let phase = column(&table, "phase");
    assert_eq!(phase[11], Value::Nothing(Nothing::Blank));
    assert_eq!(phase[12], Value::Text("från 2022-12-15: nytt system".into()));
    assert!(has_note(&table, "Nya beräkningar från 2022-12-15: nytt system."));
    assert!(has_note(&table, "Prövande gränser: 12 punkter sedan de räknades om, färre än 13."));
    assert!(has_note(&table, "Ingen ny beräkning görs 2029-01-01: dagen ligger utanför serien."));
    assert_eq!(numbers(&table, "centre")[0], Some(10.0));
    assert_eq!(numbers(&table, "centre")[12], Some(TWO_YEARS[12..].iter().sum::<usize>() as f64 / 12.0));
}

#[test]
fn days_between_rare_events_are_counted_event_by_event() {
    let plan = fixtures::plan();
    let row = |id, date| [id, date, "Stöd", "", "Lex Sarah", "", "Ja"];
    let rows = [
        row("1", "2023-01-01"),
        row("2", "2023-02-10"),
        row("3", "2023-02-10"),
        row("4", "2023-03-02"),
        row("4", "2023-03-05"),
        row("5", ""),
    ];
    let data = fixtures::rows(&plan, &rows);
    let table = table_of(&plan, &data, MeasureKind::Spc(SpcPlan { chart: SpcChart::T, by: None, ..fixtures::spc() }));
    assert_eq!(numbers(&table, "value"), [40.0, 0.0, 20.0, 20.0].map(Some));
    assert_eq!((table.rows[0].label.as_str(), table.n), ("nr 2 (februari 2023)", 4));
    assert!(has_note(&table, "1 avvikelse utan datum är inte med."));
}

#[test]
fn events_between_rare_events_are_the_others() {
    let plan = fixtures::plan();
    let row = |id, date, ivo| [id, date, "Stöd", "", "Övrig", "", ivo];
    let rows = [
        row("1", "2023-01-01", "Nej"),
        row("2", "2023-01-02", "Ja"),
        row("3", "2023-01-03", "Nej"),
        row("4", "2023-01-04", "Nej"),
        row("4", "2023-01-04", "Nej"),
        row("5", "2023-01-05", "Nej"),
        row("6", "2023-01-05", "Ja"),
        row("7", "2023-01-05", "Ja"),
        row("8", "2023-01-06", "Nej"),
        row("9", "2023-01-07", "Ja"),
    ];
    let data = fixtures::rows(&plan, &rows);
    let spec = SpcPlan { chart: SpcChart::G, by: None, part: Some(vec![has("ivo", &["Ja"])]), ..fixtures::spc() };
    let table = table_of(&plan, &data, MeasureKind::Spc(spec));
    assert_eq!(numbers(&table, "value")[..3], [3.0, 0.0, 1.0].map(Some));
    assert_eq!(numbers(&table, "centre")[0], Some(1.0));
}

fn observed(rows: &[(&str, &str)]) -> (Plan, Dataset) {
    let cells: Vec<[&str; 9]> =
        rows.iter().map(|(period, value)| ["Index", "", *period, *value, "", "50", "", "", ""]).collect();
    fixtures::observations(&cells)
}

fn of_observations() -> SpcPlan {
    SpcPlan { date: None, by: None, ..fixtures::spc() }
}

#[test]
fn a_period_without_an_observation_is_a_gap() {
    let (plan, data) = observed(&[("2022-03", "7"), ("2022-01", "5"), ("2022-05", "6")]);
    let table = table_of(&plan, &data, MeasureKind::Spc(of_observations()));
    let labels: Vec<&str> = table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["2022-01", "2022-02", "2022-03", "2022-04", "2022-05", "Senaste punkten"]);
    assert_eq!(numbers(&table, "value")[..5], [Some(5.0), None, Some(7.0), None, Some(6.0)]);
    // No two points stand side by side: a mean, but no limits.
    assert_eq!((numbers(&table, "centre")[0], numbers(&table, "upper")[0]), (Some(6.0), None));
    assert!(has_note(&table, "Utan värde: 2022-02 och 2022-04."));
}

#[test]
fn ten_yearly_values_have_no_limits_and_say_so() {
    let rows: Vec<(String, String)> = (0..11).map(|year| ((2013 + year).to_string(), (year % 4).to_string())).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(period, value)| (period.as_str(), value.as_str())).collect();
    let table = |count: usize| {
        let (plan, data) = observed(&rows[..count]);
        table_of(&plan, &data, MeasureKind::Spc(of_observations()))
    };
    assert!(numbers(&table(10), "centre").iter().all(Option::is_none));
    assert!(has_note(&table(10), "10 årsvärden eller färre räcker inte till ett styrdiagram"));
    assert!(numbers(&table(11), "upper")[0].is_some() && !has_note(&table(11), "årsvärden"));
}

#[test]
fn observations_of_parts_are_charted_on_their_n() {
    let (plan, data) = observed(&[("2022 kvartal 1", "20"), ("2022 kvartal 2", "30")]);
    let spec = SpcPlan { chart: SpcChart::P, ..of_observations() };
    let table = table_of(&plan, &data, MeasureKind::Spc(spec));
    assert_eq!(table.rows[0].values[0], Value::Share { numerator: 20, denominator: 50 });
    assert_eq!(numbers(&table, "centre")[0], Some(50.0));
}

#[test]
fn two_observations_of_one_period_that_differ_are_a_mistake() {
    let (plan, data) = observed(&[("2022-01", "5"), ("2022-01", "6"), ("2022-02", "5"), ("2022-02", "5")]);
    let failure = try_table_of(&plan, &data, MeasureKind::Spc(of_observations())).expect_err("differing rows");
    assert_eq!(failure.diagnostics.len(), 1);
    assert!(failure.diagnostics[0].message.contains("rows 2 and 3 differ"), "{:?}", failure.diagnostics);
}

#[test]
fn a_rate_is_counted_on_the_denominator_of_its_month() {
    let mut plan = fixtures::plan();
    let data = events(&plan, &[4; 24], "Övrig");
    let days: Vec<(String, String)> = (0..23)
        .map(|month| (format!("{}-{:02}", 2022 + month / 12, month % 12 + 1), (2000 + month).to_string()))
        .collect();
    let days: Vec<(&str, &str)> = days.iter().map(|(period, value)| (period.as_str(), value.as_str())).collect();
    let (other, sizes) = observed(&days);
    plan.sources.push(other.sources[0].clone());
    let denominator = DenominatorPlan { source: 1, conditions: Vec::new(), label: "vårddygn".into(), per: 1000 };
    let spec = SpcPlan { chart: SpcChart::U, denominator: Some(denominator), ..fixtures::spc() };
    plan.measures = vec![fixtures::measure("spc.prov", MeasureKind::Spc(spec))];
    assert_eq!(needs(&plan).whole.into_iter().collect::<Vec<_>>(), ["matt"]);
    let datasets = BTreeMap::from([("avvikelser".to_string(), data)]);
    let engine = PolarsEngine::new(&plan, datasets).expect("an engine");
    let cubes = Cubes::collect(&engine, &needs(&plan).requests).expect("answers");
    let table = compute(&plan, &cubes, &BTreeMap::from([("matt".to_string(), sizes)])).expect("a table").remove(0);
    let centre = 23.0 * 4.0 / (0..23).map(|month| 2.0 + f64::from(month) / 1000.0).sum::<f64>();
    let found = (numbers(&table, "value")[1], numbers(&table, "centre")[1], numbers(&table, "upper")[1]);
    let close = |one: Option<f64>, other: f64| one.is_some_and(|one| (one - other).abs() < 1e-9);
    assert!(close(found.0, 4.0 / 2.001) && close(found.1, centre), "{found:?}");
    assert!(close(found.2, centre + 3.0 * (centre / 2.001).sqrt()), "{found:?}");
    assert_eq!(table.what, "avvikelser per 1\u{a0}000 vårddygn och månad");
    assert!(has_note(&table, "Inget att räkna på och därför utan punkt: december 2023."));
}

#[test]
fn a_chart_holds_nothing_without_the_source_of_its_denominators() {
    let mut plan = fixtures::plan();
    plan.sources.push(observed(&[]).0.sources[0].clone());
    let denominator = DenominatorPlan { source: 1, conditions: Vec::new(), label: "vårddygn".into(), per: 1000 };
    let spec = SpcPlan { chart: SpcChart::U, denominator: Some(denominator), ..fixtures::spc() };
    let measure = fixtures::measure("spc.prov", MeasureKind::Spc(spec));
    let wants = measure.kind.family().wants(Of { plan: &plan, measure: &measure });
    assert_eq!(wants.sources, [0, 1], "it says that it was not delivered, and shows no chart of missing points");
}

#[test]
fn texts_of_time_are_read_and_others_are_not() {
    let read = |text| place::read(text).map(|(by, moment)| (by, moment.year, moment.step));
    assert_eq!(read("2023"), Some((TimeStep::Year, Some(2023), None)));
    assert_eq!(read("2023-09"), Some((TimeStep::Month, Some(2023), Some(9))));
    for quarter in ["2023 kvartal 2", "2023-K2", "2023Q2", "2023-kv 2"] {
        assert_eq!(read(quarter), Some((TimeStep::Quarter, Some(2023), Some(2))), "{quarter}");
    }
    for other in ["", "våren", "2023-13", "2023-00", "20é3", "23-09", "2023-09-01", "2023 kvartal 5"] {
        assert_eq!(read(other), None, "{other}");
    }
}
