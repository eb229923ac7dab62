//! Rates by hand, and against the statistics that they are made of.

use proptest::prelude::*;

use super::*;
use crate::domain::said::{Development, Said};
use crate::measure::fixtures::compute;
use crate::measure::fixtures::{self, GROUP, keys, notes};
use crate::measure::formula::{self, Formula};
use crate::measure::plan::MeasureKind;
use crate::measure::rate::plan::ExposurePlan;
use crate::measure::selection::Selection;
use crate::measure::{PolarsEngine, membership, needs};
use crate::vocabulary::spec::SourceKind;

const ROWS: [[&str; 7]; 6] = [
    ["1", "2023-01-05", "Stöd|Barn och vuxna", "", "Övrig", "", ""],
    ["2", "2023-02-05", "Stöd", "", "Lex Sarah|Övrig", "", ""],
    ["2", "2023-02-05", "Stöd", "", "Synpunkt", "", ""],
    ["3", "2023-03-05", "", "", "Övrig", "", ""],
    ["4", "2022-03-05", "Stöd", "", "Övrig", "", ""],
    ["5", "2022-04-05", "Barn och vuxna", "", "Lex Sarah", "", ""],
];

fn years(now: f64, then: f64) -> BTreeMap<i32, f64> {
    BTreeMap::from([(2023, now), (2022, then)])
}

fn spec(by: bool, exposure: ExposurePlan) -> RatePlan {
    let by = by.then(|| fixtures::axis(&fixtures::plan(), GROUP));
    RatePlan { by, label: "brukare".into(), exposure, ..fixtures::rate() }
}

fn by_row() -> ExposurePlan {
    let rows = [("Barn och vuxna", years(200.0, 100.0)), ("Stöd", years(50.0, 25.0))];
    ExposurePlan::Rows(rows.into_iter().map(|(row, years)| (row.to_string(), years)).collect())
}

fn table(rows: &[[&str; 7]], spec: RatePlan) -> MeasureTable {
    let plan = fixtures::plan();
    fixtures::table_of(&plan, &fixtures::rows(&plan, rows), MeasureKind::Rate(spec))
}

fn value<'t>(table: &'t MeasureTable, row: &str, key: &str) -> &'t Value {
    &table.row(row).expect("the row").values[table.column(key).expect("the column")]
}

fn number(table: &MeasureTable, row: &str, key: &str) -> f64 {
    match value(table, row, key) {
        Value::Number(number) => *number,
        Value::Count(count) => *count as f64,
        other => panic!("{row}, {key}: {other:?}"),
    }
}

#[test]
fn a_rate_is_the_distinct_events_of_a_row_for_its_own_exposure() {
    let table = table(&ROWS, spec(true, by_row()));
    assert_eq!(keys(&table)[..5], ["count", "exposure", "rate", "rate_lower", "rate_upper"]);
    assert_eq!(keys(&table)[10..], ["ratio", "ratio_lower", "ratio_upper", "p", "p_adjusted", "test", "development"]);
    // 2 of 50 and 1 of 25: 40 per 1 000 in both years. 1 of 200 and 1 of 100: half the rate.
    let of = |row, key| number(&table, row, key);
    assert_eq!([of("Stöd", "count"), of("Stöd", "rate"), of("Stöd", "previous_rate")], [2.0, 40.0, 40.0]);
    assert_eq!([of("Stöd", "ratio"), of("Barn och vuxna", "ratio")], [1.0, 0.5]);
    // The total is distinct (3 events, not 4), on all who live in the rows.
    assert_eq!([of("Totalt", "count"), of("Totalt", "exposure"), of("Totalt", "rate")], [3.0, 250.0, 12.0]);
    assert_eq!((of("Totalt", "previous_rate"), table.n), (16.0, 3));
    // χ²⁻¹(0,025; 4)/2 = 0,2422 and χ²⁻¹(0,975; 6)/2 = 7,2247 events, on 50.
    assert!((of("Stöd", "rate_lower") - 4.844).abs() < 0.001 && (of("Stöd", "rate_upper") - 144.494).abs() < 0.001);
}

#[test]
fn a_row_without_exposure_has_a_count_and_no_rate_and_says_so() {
    let table = table(&ROWS, spec(true, by_row()));
    assert_eq!(value(&table, "Uppgift saknas", "count"), &Value::Count(1));
    assert_eq!(value(&table, "Uppgift saknas", "rate"), &MISSING);
    assert_eq!(value(&table, "Uppgift saknas", "p"), &BLANK);
    let notes = notes(&table);
    assert!(notes.contains(&"Antalet brukare är inte känt för Uppgift saknas; där finns ingen kvot."));
}

#[test]
fn a_leap_day_alone_changes_the_rate_and_is_no_increase() {
    let mut plan = fixtures::plan();
    plan.job.year = 2024;
    plan.job.as_of = fixtures::day("2025-02-01");
    let days: Vec<[&str; 7]> = ["2024-01-02", "2024-05-01", "2023-01-02", "2023-07-01"]
        .into_iter()
        .zip(["1", "2", "3", "4"])
        .map(|(day, id)| [id, day, "Stöd", "", "Övrig", "", ""])
        .collect();
    let data = fixtures::rows(&plan, &days);
    let table = fixtures::table_of(&plan, &data, MeasureKind::Rate(spec(false, ExposurePlan::Days)));
    assert_eq!([number(&table, "Totalt", "exposure"), number(&table, "Totalt", "previous_exposure")], [366.0, 365.0]);
    assert_eq!(number(&table, "Totalt", "ratio"), 365.0 / 366.0);
    assert_eq!(value(&table, "Totalt", "development"), &Value::Said(Said::Development(Development::Unproven)));
}

#[test]
fn a_period_that_was_not_delivered_is_missing_and_not_nought() {
    let table = table(&ROWS[..3], spec(false, ExposurePlan::Whole(years(10.0, 10.0))));
    assert_eq!(value(&table, "Totalt", "previous_count"), &MISSING);
    assert_eq!([value(&table, "Totalt", "ratio"), value(&table, "Totalt", "p")], [&BLANK; 2]);
}

#[test]
fn exposures_come_from_the_area_and_year_of_observations_and_count_cells_are_exact() {
    let mut plan = fixtures::plan();
    let columns = vec![fixtures::open("area"), fixtures::open("period"), fixtures::number("value")];
    plan.sources.push(fixtures::source("invanare", SourceKind::Observations, columns));
    let data = fixtures::rows(&plan, &ROWS);
    let only = Plan { sources: vec![plan.sources[1].clone()], ..plan.clone() };
    let observed = |rows: &[[&str; 3]]| fixtures::rows(&only, rows);
    let rows = [["Stöd", "2023", "50"], ["Stöd", "2022", "25"], ["Barn och vuxna", "2023", "0"]];
    let exposure = ExposurePlan::Observed { source: 1, conditions: Vec::new(), rows: Some("area".into()) };
    plan.measures = vec![fixtures::measure("rate.prov", MeasureKind::Rate(spec(true, exposure)))];
    let sources = |rows: &[[&str; 3]]| {
        BTreeMap::from([("avvikelser".to_string(), data.clone()), ("invanare".to_string(), observed(rows))])
    };
    let engine = PolarsEngine::new(&plan, BTreeMap::from([("avvikelser".to_string(), data.clone())])).expect("engine");
    let cubes = Cubes::collect(&engine, &needs(&plan).requests).expect("answers");
    let tables = compute(&plan, &cubes, &sources(&rows)).expect("tables");
    assert_eq!([number(&tables[0], "Stöd", "rate"), number(&tables[0], "Stöd", "ratio")], [40.0, 1.0]);
    // An exposure of nought is none, and then the total has none either.
    assert_eq!(value(&tables[0], "Barn och vuxna", "rate"), &MISSING);
    assert_eq!(value(&tables[0], "Totalt", "exposure"), &MISSING);
    let sheets = crate::measure::fixtures::sheets(&plan, &cubes, &sources(&rows), &Default::default()).expect("sheets");
    let Some(Formula::Count(formula::Counted { of: Selection::Events { request, key }, .. })) = sheets[0].behind(1, 0)
    else {
        panic!("a count")
    };
    let events = membership::EventRows::new(&plan.sources[0], &data, [request.as_ref()]).expect("rows");
    assert_eq!(events.distinct(&events.rows_of(request, key)), 2);
    assert_eq!(sheets[0].cells[1][1], Formula::read(1, Some(0), "value", Value::Number(50.0)));
    // Two that differ for one row and year are a mistake of the export.
    let twice = [["Stöd", "2023", "50"], ["Stöd", "2023", "51"]];
    let failure = compute(&plan, &cubes, &sources(&twice)).expect_err("two exposures");
    assert_eq!(failure.diagnostics[0].code, crate::diagnostic::Code::DifferingDuplicate);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the counts: limits, ratio and p are those of the statistics, and the p are adjusted over the rows.
    #[test]
    fn every_number_is_that_of_the_statistics(
        now in 0_u64..40, then in 0_u64..40, here in 0.5_f64..5000.0, before in 0.5_f64..5000.0, byars in any::<bool>(),
    ) {
        let ids: Vec<String> = (0..now + then + 2).map(|id| id.to_string()).collect();
        let day = |index: u64| match index {
            // One event of another unit in each year: both years are known.
            _ if index == now + then => ("2023-01-01", "Barn och vuxna"),
            _ if index > now + then => ("2022-01-01", "Barn och vuxna"),
            _ if index < now => ("2023-06-01", "Stöd"),
            _ => ("2022-06-01", "Stöd"),
        };
        let rows: Vec<[&str; 7]> = ids.iter().zip(0..).map(|(id, index)| {
            let (day, unit) = day(index);
            [id.as_str(), day, unit, "", "Övrig", "", ""]
        }).collect();
        let interval = if byars { RateInterval::Byar } else { RateInterval::Garwood };
        let table = table(&rows, RatePlan { interval, ..spec(true, ExposurePlan::Whole(years(here, before))) });
        let limits = if byars && now >= 10 { byar(now, here, Level::P95) } else { garwood(now, here, Level::P95) }.expect("limits");
        let close = |key: &str, wanted: f64| (number(&table, "Stöd", key) - wanted).abs() <= 1e-9 * wanted.abs().max(1.0);
        prop_assert!(close("rate", 1000.0 * now as f64 / here));
        prop_assert!(close("rate_lower", 1000.0 * limits.lower) && close("rate_upper", 1000.0 * limits.upper));
        let counted = |events, exposure| Counted { events, exposure };
        let p = |a, b| central_p(counted(a, here), counted(b, before)).expect("a p");
        let all = [p(1, 1), p(now, then), p(now + 1, then + 1)];
        prop_assert!(close("p", all[1]));
        prop_assert!(close("p_adjusted", crate::stats::adjust::benjamini_hochberg(&all)[1]));
        match then {
            0 => prop_assert_eq!(value(&table, "Stöd", "ratio"), &BLANK),
            _ => prop_assert!(close("ratio", (now as f64 / here) / (then as f64 / before))),
        }
    }
}
