//! Tables of data quality against plain recounts by strings and sets: slow, and nothing like the code under test.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::calendar::{Calendar, State, month_of};
use super::renamed::Split;
use super::stopped::Silence;
use crate::domain::delivery::{CellCount, CellKind, Deliveries, Delivery};
use crate::domain::table::{MeasureTable, Nothing, Value};
use crate::measure::Cubes;
use crate::measure::fixtures::{self, axis, column, date, day, notes, printed, text};
use crate::measure::plan::MeasureKind;
use crate::measure::plan::Plan;
use crate::measure::quality::plan::{QualityPlan, QualityShow};
use crate::vocabulary::spec::SourceKind;

const REPORTED: usize = 1;
const OCCURRED: usize = 2;
const UNIT: usize = 3;
const CATEGORY: usize = 4;

const UNITS: [&str; 3] = ["Kansli", "Öppenvård", "Utredning"];
const CATEGORIES: [&str; 4] = ["Fall", "Fel", "Okänt", "Övrigt"];

/// `id`, `rapporterad` (period date), `handelse`, `enhet`, `kategori` (several), `text`; 2023 with 2022 beside.
fn plan() -> Plan {
    let columns = vec![
        column("id", crate::vocabulary::plan::ColumnKindPlan::Id),
        date("rapporterad"),
        date("handelse"),
        fixtures::category("enhet", &UNITS, &[]),
        fixtures::several(fixtures::category("kategori", &CATEGORIES, &["Okänt", "Övrigt"])),
        text("beskrivning"),
    ];
    let mut plan = fixtures::plan_of(fixtures::source("avvikelser", SourceKind::Events, columns));
    plan.job.earlier = 1;
    plan
}

fn spec(plan: &Plan, show: QualityShow) -> QualityPlan {
    QualityPlan {
        show,
        units: Some(axis(plan, UNIT)),
        occurred: Some(OCCURRED),
        reported: Some(REPORTED),
        categories: vec![axis(plan, CATEGORY)],
        residual_over: 2000,
        late_over_days: 7,
        stopped_under: 0.05,
        history_months: 6,
        renamed_from: 5,
    }
}

fn table(rows: &[[&str; 6]], show: QualityShow) -> MeasureTable {
    let plan = plan();
    let data = fixtures::rows(&plan, rows);
    fixtures::table_of(&plan, &data, MeasureKind::Quality(spec(&plan, show)))
}

fn cell<'t>(table: &'t MeasureTable, row: &str, column: &str) -> &'t Value {
    let row = table.rows.iter().find(|found| found.label == row).unwrap_or_else(|| panic!("no row {row}"));
    &row.values[table.column(column).unwrap_or_else(|| panic!("no column {column}"))]
}

type Cells = [String; 6];

/// Few ids, so that one event often takes several rows; few days, some of them missing.
fn cells() -> impl Strategy<Value = Cells> {
    let days = ["", "2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01", "2023-02-10", "2023-12-31"];
    let values = ["Fall", "Fel", "Okänt", "Övrigt", "Okänd kategori"];
    let several = prop::collection::vec(prop::sample::select(values.to_vec()), 0..3);
    let unit = prop::sample::select(["", "Kansli", "Öppenvård", "Okänd kategori"].to_vec());
    let day = || prop::sample::select(days.to_vec());
    (0..9u8, day(), day(), unit, several).prop_map(|(id, reported, occurred, unit, values)| {
        [format!("id{id}"), reported.into(), occurred.into(), unit.into(), values.join("|"), String::new()]
    })
}

fn texts(rows: &[Cells]) -> Vec<[&str; 6]> {
    rows.iter().map(|row| std::array::from_fn(|index| row[index].as_str())).collect()
}

fn in_year(row: &Cells, year: i32) -> bool {
    row[REPORTED].starts_with(&year.to_string())
}

/// Type 7 from its definition, on whole days.
fn quantile(days: &[i32], at: f64) -> f64 {
    let mut sorted: Vec<f64> = days.iter().map(|day| f64::from(*day)).collect();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() - 1) as f64 * at;
    let (low, high) = (sorted[place as usize], sorted[(place as usize + 1).min(sorted.len() - 1)]);
    low * (1.0 - place.fract()) + high * place.fract()
}

fn magnitude(value: &Value) -> f64 {
    match value {
        Value::Count(count) => *count as f64,
        Value::Number(number) => *number,
        other => panic!("no number: {other:?}"),
    }
}

proptest! {
    #[test]
    fn the_share_in_residual_categories_is_that_of_a_plain_recount(rows in prop::collection::vec(cells(), 0..40)) {
        let found = table(&texts(&rows), QualityShow::Residual);
        let ids = |keep: &dyn Fn(&Cells) -> bool| -> u64 {
            let kept = rows.iter().filter(|row| in_year(row, 2023) && keep(row));
            kept.map(|row| row[0].as_str()).collect::<BTreeSet<_>>().len() as u64
        };
        let is_silent = |row: &Cells| {
            row[CATEGORY].is_empty() || row[CATEGORY].split('|').any(|value| ["Okänt", "Övrigt", "Okänd kategori"].contains(&value))
        };
        let (part, whole) = (ids(&is_silent), ids(&|_| true));
        prop_assert_eq!(cell(&found, "Kategori", "current"), &Value::Count(part as i64));
        let words = match cell(&found, "Kategori", "verdict") { Value::Text(words) => words.clone(), _ => String::new() };
        prop_assert_eq!(words == word!("measure-no-conclusions"), whole > 0 && part * 5 > whole, "{} of {}", part, whole);
        if whole > 0 {
            let share = Value::Share { numerator: part, denominator: whole };
            prop_assert_eq!(cell(&found, "Kategori", "share"), &share);
        }
        let other = ids(&|row| row[CATEGORY].split('|').any(|value| value == "Övrigt"));
        prop_assert_eq!(cell(&found, "Övrigt", "current"), &Value::Count(other as i64));
    }

    #[test]
    fn the_lag_is_that_of_a_plain_recount(rows in prop::collection::vec(cells(), 0..60)) {
        let found = table(&texts(&rows), QualityShow::Lag);
        for unit in ["Kansli", "Totalt"] {
            let mut seen = BTreeSet::new();
            let (mut days, mut negative, mut undated) = (Vec::new(), 0, 0);
            // The first row of an event that has a period decides, whichever year it is of.
            for row in rows.iter().filter(|row| !row[REPORTED].is_empty() && (unit == "Totalt" || row[UNIT] == unit)) {
                if !seen.insert(row[0].clone()) || !in_year(row, 2023) {
                    continue;
                }
                match row[OCCURRED].as_str() {
                    "" => undated += 1,
                    occurred => match day(&row[REPORTED]) - day(occurred) {
                        lag if lag < 0 => negative += 1,
                        lag => days.push(lag),
                    },
                }
            }
            prop_assert_eq!(cell(&found, unit, "n"), &Value::Count(days.len() as i64));
            prop_assert_eq!(cell(&found, unit, "negative"), &Value::Count(negative));
            prop_assert_eq!(cell(&found, unit, "undated"), &Value::Count(undated));
            if days.is_empty() {
                prop_assert_eq!(cell(&found, unit, "median"), &Value::Nothing(Nothing::Missing));
                continue;
            }
            for (column, at) in [("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75), ("p90", 0.9)] {
                let ours = magnitude(cell(&found, unit, column));
                prop_assert!((ours - quantile(&days, at)).abs() < 1e-9, "{column}: {ours} of {days:?}");
            }
            let late = days.iter().filter(|lag| **lag > 7).count() as u64;
            let share = Value::Share { numerator: late, denominator: days.len() as u64 };
            prop_assert_eq!(cell(&found, unit, "over"), &share);
        }
    }

    #[test]
    fn the_chance_of_silence_is_what_is_left_of_the_poisson_sum(
        mut series in prop::collection::vec(0..5u64, 1..24), silent in 0..9usize,
    ) {
        series.resize(series.len() + silent, 0);
        let Some(silence) = Silence::of(&series) else { return Ok(()) };
        let first = series.iter().take_while(|events| **events == 0).count();
        let after = series.iter().rev().take_while(|events| **events == 0).count();
        prop_assert_eq!((silence.silent, silence.history), (after, series.len() - first - after));
        let mean = series.iter().sum::<u64>() as f64 / silence.history as f64 * after as f64;
        // P(X ≥ 1), term by term.
        let mut term = (-mean).exp();
        let some: f64 = (1..400).map(|k| { term *= mean / f64::from(k); term }).sum();
        prop_assert!((silence.chance() - (1.0 - some)).abs() < 1e-9, "{} {}", silence.chance(), some);
    }

    #[test]
    fn a_value_vanishes_exactly_when_its_means_say_so(
        before in 0..60u64, after in 0..60u64, months_before in 1..20u64, months_after in 1..20u64,
    ) {
        let split = Split { before, after, months_before, months_after };
        // By exact fractions of means, in another order of multiplication.
        let old = before as u128 * months_after as u128;
        let new = after as u128 * months_before as u128;
        let wanted = before >= 5 && old >= 5 * months_before as u128 && new * 10 <= old;
        prop_assert_eq!(split.vanishes(5), wanted);
        let turned = Split { before: after, after: before, months_before: months_after, months_after: months_before };
        prop_assert_eq!(split.appears(5), turned.vanishes(5));
    }
}

/// `n` events a month of a unit and category, from one month (1 = January 2022) to another.
fn monthly(unit: &str, kategori: &str, n: usize, months: std::ops::RangeInclusive<usize>) -> Vec<Cells> {
    let day = |month: usize| format!("{}-{:02}-10", 2022 + (month - 1) / 12, (month - 1) % 12 + 1);
    let row = |month: usize, number: usize| {
        let id = format!("{unit}-{kategori}-{month}-{number}");
        [id, day(month), day(month), unit.to_string(), kategori.to_string(), String::new()]
    };
    months
        .flat_map(|month| (0..n).map(move |number| (month, number)))
        .map(|(month, number)| row(month, number))
        .collect()
}

#[test]
fn a_silent_unit_is_judged_against_its_own_history_and_all_judged_units() {
    let rows = [
        monthly("Kansli", "Fall", 4, 1..=24),
        monthly("Öppenvård", "Fall", 2, 1..=20),
        monthly("Utredning", "Fall", 1, 1..=23),
    ]
    .concat();
    let found = table(&texts(&rows), QualityShow::Stopped);
    // Two a month for four months: e^−8; one for one month: e^−1. Three units are judged, the talking one with p = 1.
    let (first, second) = ((-8f64).exp(), (-1f64).exp());
    assert!((magnitude(cell(&found, "Öppenvård", "p")) - first).abs() < 1e-12);
    assert!((magnitude(cell(&found, "Öppenvård", "p_adjusted")) - 3.0 * first).abs() < 1e-12);
    assert!((magnitude(cell(&found, "Utredning", "p_adjusted")) - 1.5 * second).abs() < 1e-12);
    let words = Value::Text("har inte rapporterat sedan augusti 2023; väntat antal 8,0".into());
    assert_eq!(cell(&found, "Öppenvård", "verdict"), &words);
    assert_eq!(cell(&found, "Utredning", "verdict"), &Value::Text("kan vara slump".into()));
    assert!(found.rows.iter().all(|row| row.label != "Kansli"), "{:?}", printed(&found));
}

#[test]
fn a_unit_without_history_is_not_judged() {
    let rows = [monthly("Kansli", "Fall", 9, 1..=24), monthly("Öppenvård", "Fall", 1, 3..=3)].concat();
    let found = table(&texts(&rows), QualityShow::Stopped);
    let verdicts: Vec<&Value> = ["Öppenvård", "Utredning"].map(|unit| cell(&found, unit, "verdict")).to_vec();
    let short = Value::Text("för kort historik för att bedömas".into());
    let never = Value::Text("finns i listan men har inte rapporterat under perioden".into());
    assert_eq!(verdicts, [&short, &never]);
    assert_eq!(cell(&found, "Öppenvård", "p"), &Value::Nothing(Nothing::Blank));
}

#[test]
fn months_that_are_not_over_or_were_not_delivered_are_no_silence() {
    let mut plan = plan();
    plan.job.as_of = day("2023-10-15");
    // A dense source of which nothing came for July: not delivered, not zero.
    let rows = [monthly("Kansli", "Fall", 9, 1..=18), monthly("Kansli", "Fall", 9, 20..=22)].concat();
    let data = fixtures::rows(&plan, &texts(&rows));
    let kind = |show| MeasureKind::Quality(spec(&plan, show));
    let months = fixtures::table_of(&plan, &data, kind(QualityShow::Months));
    let nothing = Value::Nothing(Nothing::Missing);
    for (month, wanted) in [("2023-06", &Value::Count(9)), ("2023-07", &nothing), ("2023-10", &nothing)] {
        assert_eq!(cell(&months, "Kansli", month), wanted, "{month}");
    }
    assert_eq!(cell(&months, "Totalt", "total"), &Value::Count(9 * 8));
    assert_eq!(notes(&months).len(), 2);
    let stopped = fixtures::table_of(&plan, &data, kind(QualityShow::Stopped));
    assert!(stopped.rows.iter().all(|row| row.label != "Kansli"), "{:?}", printed(&stopped));
}

#[test]
fn a_month_counts_when_it_is_over_on_the_day_of_the_data() {
    let mut job = plan().job;
    job.as_of = day("2023-08-31");
    let seen: BTreeMap<i32, u64> =
        (month_of(day("2022-01-01"))..=month_of(day("2023-08-01"))).map(|month| (month, 1)).collect();
    let state = |job: &crate::vocabulary::plan::JobPlan, text: &str| {
        let calendar = Calendar::of(job, &seen);
        calendar.months.iter().find(|(month, _)| *month == month_of(day(text))).map(|(_, state)| *state)
    };
    assert_eq!(state(&job, "2023-08-01"), Some(State::Whole));
    job.as_of -= 1;
    assert_eq!(state(&job, "2023-08-01"), Some(State::Unfinished));
}

#[test]
fn a_category_that_gives_place_to_another_may_have_changed_name() {
    let rows = [
        monthly("Kansli", "Fall", 3, 1..=14),
        monthly("Kansli", "Fel", 4, 15..=24),
        monthly("Kansli", "Övrigt", 5, 1..=24),
    ]
    .concat();
    let found = table(&texts(&rows), QualityShow::Renamed);
    assert_eq!(printed(&found), ["Fall → Fel: 'Kategori' 'mars 2023' 42 0 0 40 14 10 'kan ha bytt namn'"]);
}

#[test]
fn much_larger_or_later_series_are_no_new_name() {
    let larger = [monthly("Kansli", "Fall", 2, 1..=14), monthly("Kansli", "Fel", 20, 15..=24)].concat();
    assert!(printed(&table(&texts(&larger), QualityShow::Renamed)).is_empty());
    let both = [monthly("Kansli", "Fall", 3, 1..=24), monthly("Kansli", "Fel", 3, 13..=24)].concat();
    assert!(printed(&table(&texts(&both), QualityShow::Renamed)).is_empty());
}

#[test]
fn a_unit_that_comes_or_goes_alone_is_told_too() {
    let rows = [
        monthly("Kansli", "Övrigt", 3, 1..=24),
        monthly("Öppenvård", "Övrigt", 2, 1..=13),
        monthly("Utredning", "Övrigt", 9, 18..=24),
    ]
    .concat();
    let found = table(&texts(&rows), QualityShow::Renamed);
    let verdicts: Vec<String> =
        printed(&found).iter().map(|row| row.split(':').next().unwrap_or("").to_string()).collect();
    assert_eq!(verdicts, ["Utredning", "Öppenvård"]);
}

#[test]
fn filled_missing_withheld_and_invalid_cells_are_told_apart_and_add_up() {
    let plan = plan();
    let rows = [
        ["1", "2023-01-05", "", "Kansli", "Fall", "x"],
        ["2", "2023-01-05", "", "Okänd kategori", "Fall|Okänd kategori", ""],
        ["3", "2023-01-05", "2023-01-01", "", "Okänd kategori", "x"],
        ["4", "2022-01-05", "2022-01-01", "Kansli", "", "x"],
        ["5", "", "2022-01-01", "Kansli", "", "x"],
    ];
    let data = BTreeMap::from([("avvikelser".to_string(), fixtures::rows(&plan, &rows))]);
    let count =
        |column: &str, year, kind| CellCount { column: column.into(), year: Some(year), kind, text: None, cells: 1 };
    let cells = vec![
        count("handelse", 2023, CellKind::Withheld),
        count("handelse", 2023, CellKind::Invalid),
        count("enhet", 2023, CellKind::NotApplicable),
        count("kategori", 2022, CellKind::Missing),
    ];
    let deliveries = Deliveries::from([("avvikelser".to_string(), Delivery { balances: Vec::new(), cells })]);
    let mut measured = plan.clone();
    measured.measures =
        vec![fixtures::measure("quality.a", MeasureKind::Quality(spec(&plan, QualityShow::Completeness)))];
    let tables = fixtures::sheets(&measured, &Cubes::default(), &data, &deliveries).expect("a table");
    let expected = [
        "Id: 3 0 0 0 0 3 3/3 1/1 0",
        "Rapporterad: 3 0 0 0 0 3 3/3 1/1 0",
        "Handelse: 1 0 0 1 1 3 1/3 1/1 -66.66666666666667",
        "Enhet: 1 0 1 0 1 3 1/3 1/1 -66.66666666666667",
        "Kategori: 2 0 0 0 1 3 2/3 0/1 66.66666666666667",
        "Beskrivning: 2 1 0 0 0 3 2/3 1/1 -33.333333333333336",
    ];
    assert_eq!(printed(&tables[0].table), expected);
    assert_eq!(notes(&tables[0].table)[1], "1 rad utan datum ingår inte i något år.");
}

#[test]
fn no_rows_no_dates_and_one_month_are_no_trouble() {
    let shows = [
        QualityShow::Completeness,
        QualityShow::Residual,
        QualityShow::Unknown,
        QualityShow::Lag,
        QualityShow::Months,
        QualityShow::Stopped,
        QualityShow::Renamed,
    ];
    let one = [["1", "2023-05-05", "2023-05-01", "Kansli", "Fall", ""]];
    let undated = [["1", "", "", "", "", ""]];
    for show in shows {
        for rows in [&[][..], &one[..], &undated[..]] {
            let found = table(rows, show);
            assert!(found.rows.iter().all(|row| row.values.len() == found.columns.len()), "{show:?}");
        }
    }
    let mut plan = plan();
    plan.sources[0].period_date = None;
    let data = fixtures::rows(&plan, &one);
    for show in [QualityShow::Completeness, QualityShow::Residual, QualityShow::Unknown, QualityShow::Lag] {
        let found = fixtures::table_of(&plan, &data, MeasureKind::Quality(spec(&plan, show)));
        assert!(found.columns.iter().all(|column| !column.key.contains("previous")), "{show:?}");
    }
}

#[test]
fn unknown_spellings_are_listed_commonest_first_and_hidden_ones_last() {
    let plan = plan();
    let data =
        BTreeMap::from([("avvikelser".to_string(), fixtures::rows(&plan, &[["1", "2023-01-05", "", "", "", ""]]))]);
    let count = |text: Option<&str>, year, cells| {
        let text = text.map(str::to_string);
        CellCount { column: "kategori".into(), year, kind: CellKind::Unknown, text, cells }
    };
    let cells = vec![
        count(Some("fallolycka"), Some(2023), 2),
        count(Some("fallolycka"), Some(2022), 1),
        count(Some("annat"), Some(2023), 7),
        count(None, None, 9),
    ];
    let deliveries = Deliveries::from([("avvikelser".to_string(), Delivery { balances: Vec::new(), cells })]);
    let mut measured = plan.clone();
    measured.measures = vec![fixtures::measure("quality.a", MeasureKind::Quality(spec(&plan, QualityShow::Unknown)))];
    let tables = fixtures::sheets(&measured, &Cubes::default(), &data, &deliveries).expect("a table");
    assert_eq!(
        printed(&tables[0].table),
        ["Enhet: 0 0 0", "Kategori: 9 1 9", "  annat: 7 0 0", "  fallolycka: 2 1 0", "  stavningen visas inte: 0 0 9",]
    );
}
