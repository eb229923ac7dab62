//! Lead times against a plain recount: events by their ids, the curve as a product over distinct days.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::outcomes::Outcome;
use super::plan::LeadTimePlan;
use crate::domain::table::{MeasureTable, Nothing, Value};
use crate::measure::fixtures::{self, category, column, date, keys, notes, printed, several};
use crate::measure::formula::{Counted, Formula};
use crate::measure::plan::{MeasureKind, Plan};
use crate::measure::selection::Selection;
use crate::measure::{Cubes, PolarsEngine, needs};
use crate::stats::quantile::median;
use crate::vocabulary::plan::{ColumnKindPlan, SourceKind};

type Cells = [String; 4];

const UNIT: usize = 3;
const LIMIT: u32 = 30;
/// The data of the fixture's plan are of this day.
const DRAWN: &str = "2024-01-09";

/// Events with the day on which they came, the day on which they were decided, and the units that they concern.
fn plan() -> Plan {
    let unit = several(category("enhet", &["Öppenvård", "Kansli"], &[]));
    let columns = vec![column("id", ColumnKindPlan::Id), date("inkom"), date("beslut"), unit];
    fixtures::plan_of(fixtures::source("arenden", SourceKind::Events, columns))
}

fn spec(plan: &Plan) -> LeadTimePlan {
    let by = Some(fixtures::axis(plan, UNIT));
    LeadTimePlan { from: 1, to: 2, limit_days: Some(LIMIT), by, conditions: Vec::new(), earlier: 1 }
}

fn table(rows: &[[&str; 4]]) -> MeasureTable {
    let plan = plan();
    fixtures::table_of(&plan, &fixtures::rows(&plan, rows), MeasureKind::LeadTime(spec(&plan)))
}

const ROWS: [[&str; 4]; 8] = [
    ["1", "2023-01-01", "2023-01-11", "Kansli"],
    ["2", "2023-01-01", "2023-01-21", "Kansli|Öppenvård"],
    ["3", "2023-02-01", "2023-03-13", "Kansli"],
    ["4", "2023-12-30", "", "Kansli"],
    ["5", "2023-05-05", "2023-05-04", "Kansli"],
    ["6", "2022-03-01", "2022-03-03", "Öppenvård"],
    ["7", "2023-03-01", "2024-06-01", "Öppenvård"],
    ["8", "2021-03-01", "2021-03-02", "Öppenvård"],
];

#[test]
fn all_events_are_closed_open_or_without_a_time() {
    let table = table(&ROWS);
    let expected = [
        "n",
        "closed",
        "open",
        "open_share",
        "median",
        "previous_median",
        "lower_quartile",
        "upper_quartile",
        "within",
        "previous_within",
        "without",
    ];
    assert_eq!(keys(&table), expected);
    // Kansli: 10, 20 and 40 days, and one that has lasted 10: 3/4 are left after 10, 3/8 after 20, none after 40. A quarter
    // has ended between the first and the second.
    // Öppenvård: 20 days, and one whose decision had not come when the data were drawn.
    let expected = [
        "Öppenvård: 2 1 1 1/2 20 2 20 – 1/2 1/1 0",
        "Kansli: 5 3 1 1/5 20 – 15 40 62.5 _ 1",
        "Totalt: 6 3 2 2/6 40 2 20 – 46.666666666666664 1/1 1",
    ];
    assert_eq!(printed(&table), expected);
    assert_eq!(table.n, 6);
    let expected = "1 avvikelse har ”Beslut” före ”Inkom”, eller ”Inkom” efter 2024-01-09, och har därför ingen tid.";
    assert_eq!(notes(&table)[0], expected);
}

#[test]
fn there_is_no_median_while_more_than_half_are_open() {
    let rows = [["1", "2023-01-01", "2023-01-11", ""], ["2", "2023-01-01", "", ""], ["3", "2023-01-01", "", ""]];
    let table = table(&rows);
    let total = table.total_row().expect("a total");
    let cell = |key: &str| &total.values[table.column(key).expect("a column")];
    assert_eq!((cell("median"), cell("lower_quartile")), (&Value::Nothing(Nothing::Missing), &Value::Count(10)));
    assert_eq!(cell("within"), &Value::Share { numerator: 1, denominator: 3 });
}

#[test]
fn a_missing_beginning_is_told_and_counted() {
    let plan = plan();
    let data = fixtures::rows(&plan, &[["1", "2023-01-01", "2023-01-11", ""], ["2", "2023-02-01", "", ""]]);
    // From the decision on: the second has none.
    let spec = LeadTimePlan { from: 2, to: 1, ..spec(&plan) };
    let table = fixtures::table_of(&plan, &data, MeasureKind::LeadTime(spec));
    assert_eq!(printed(&table).last().map(String::as_str), Some("Totalt: 2 0 0 0/2 – – – – _ – 2"));
    assert_eq!(notes(&table)[0], "1 avvikelse saknar ”Beslut” och har därför ingen tid.");
}

/// Few ids, so that one event often takes several rows, whose days may differ.
fn cells() -> impl Strategy<Value = Cells> {
    let day = |days: &'static [&'static str]| prop::sample::select(days.to_vec());
    let came = day(&["2022-01-01", "2022-12-31", "2023-01-01", "2023-02-10", "2023-12-20", "2023-12-31"]);
    let decided = day(&["", "", "2022-01-20", "2023-01-01", "2023-02-28", "2023-12-31", "2024-01-09", "2024-02-01"]);
    let units = day(&["", "Kansli", "Öppenvård", "Kansli|Öppenvård"]);
    (0..9u8, came, decided, units).prop_map(|(id, came, decided, unit)| {
        [format!("id{id}"), came.to_string(), decided.to_string(), unit.to_string()]
    })
}

fn texts(rows: &[Cells]) -> Vec<[&str; 4]> {
    rows.iter().map(|row| std::array::from_fn(|index| row[index].as_str())).collect()
}

/// The events of a unit and year, with the first day of any of their rows and the last decision.
fn outcomes(rows: &[Cells], unit: &str, year: i32) -> Vec<Outcome> {
    let is_here = |row: &&Cells| {
        row[1].starts_with(&year.to_string()) && (unit == "Totalt" || row[UNIT].split('|').any(|value| value == unit))
    };
    let ids: BTreeSet<&String> = rows.iter().filter(is_here).map(|row| &row[0]).collect();
    let of_event = |id: &String| {
        let days = |place: usize| {
            let mut days: Vec<i32> = rows
                .iter()
                .filter(|row| row[0] == *id && !row[place].is_empty())
                .map(|row| fixtures::day(&row[place]))
                .collect();
            days.sort_unstable();
            days
        };
        let (from, drawn) = (days(1)[0], fixtures::day(DRAWN));
        match days(2).last().filter(|to| **to <= drawn) {
            Some(to) if *to < from => Outcome::Backwards,
            Some(to) => Outcome::Closed((to - from) as u32),
            None => Outcome::Open((drawn - from) as u32),
        }
    };
    ids.into_iter().map(of_event).collect()
}

/// The share that is left after some days: a product over the distinct days on which any ended.
fn left(events: &[Outcome], days: u32) -> f64 {
    let mut ends: BTreeMap<u32, f64> = BTreeMap::new();
    for event in events {
        if let Outcome::Closed(after) = event {
            *ends.entry(*after).or_default() += 1.0;
        }
    }
    let waited = |after: u32| {
        let so_long = |event: &&Outcome| matches!(event, Outcome::Closed(days) | Outcome::Open(days) if *days >= after);
        events.iter().filter(so_long).count() as f64
    };
    ends.range(..=days).map(|(after, ended)| 1.0 - ended / waited(*after)).product()
}

/// The day on which the curve comes down to what is to be left; between two days where it lies just there.
fn quantile(events: &[Outcome], share: f64) -> Option<f64> {
    let closed = |event: &Outcome| if let Outcome::Closed(days) = event { Some(*days) } else { None };
    let days: BTreeSet<u32> = events.iter().filter_map(closed).collect();
    let mut reached = days.iter().copied().filter(|day| left(events, *day) < 1.0 - share + 1e-9);
    let first = reached.next()?;
    let is_there = (left(events, first) - (1.0 - share)).abs() < 1e-9;
    let next = reached.next().filter(|_| is_there);
    Some(next.map_or(f64::from(first), |next| f64::from(first + next) / 2.0))
}

fn count(events: &[Outcome], is: impl Fn(&Outcome) -> bool) -> i64 {
    events.iter().filter(|event| is(event)).count() as i64
}

fn magnitude(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Count(days) => Some(*days as f64),
        Value::Share { numerator, denominator } => Some(100.0 * *numerator as f64 / *denominator as f64),
        Value::Nothing(Nothing::Missing | Nothing::Blank) => None,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn lead_times_are_those_of_a_plain_recount(rows in prop::collection::vec(cells(), 0..40)) {
        let table = table(&texts(&rows));
        let has = |year: &str| rows.iter().any(|row| row[1].starts_with(year));
        for row in table.rows.iter().filter(|row| row.label != "Uppgift saknas") {
            let cell = |key: &str| &row.values[table.column(key).expect("a column")];
            let events = outcomes(&rows, &row.label, 2023);
            prop_assert_eq!(cell("n"), &Value::Count(events.len() as i64));
            prop_assert_eq!(cell("closed"), &Value::Count(count(&events, |event| matches!(event, Outcome::Closed(_)))));
            prop_assert_eq!(cell("open"), &Value::Count(count(&events, |event| matches!(event, Outcome::Open(_)))));
            prop_assert_eq!(cell("without"), &Value::Count(count(&events, |event| *event == Outcome::Backwards)));
            let before = outcomes(&rows, &row.label, 2022);
            let days = [("lower_quartile", &events, 0.25), ("median", &events, 0.5), ("upper_quartile", &events, 0.75), ("previous_median", &before, 0.5)];
            for (key, events, share) in days {
                prop_assert_eq!(magnitude(cell(key)), quantile(events, share), "{} {} {:?}", row.label, key, events);
            }
            for (key, events, is_known) in [("within", &events, true), ("previous_within", &before, has("2022"))] {
                let lasted = |event: &&Outcome| matches!(event, Outcome::Closed(days) | Outcome::Open(days) if *days >= LIMIT);
                let ended = 1.0 - left(events, LIMIT);
                let is_told = is_known && (events.iter().any(|event| lasted(&event)) || ended == 1.0);
                prop_assert_eq!(magnitude(cell(key)).is_some(), is_told, "{} {} {:?}", row.label, key, events);
                if let Some(share) = magnitude(cell(key)) {
                    prop_assert!((share - 100.0 * ended).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn rows_in_another_order_and_split_by_unit_give_the_same_table(
        rows in prop::collection::vec(cells(), 0..30).prop_shuffle(), at in 0..30usize,
    ) {
        let mut other: Vec<Cells> = rows.iter().flat_map(|row| {
            row[UNIT].split('|').map(|unit| { let mut one = row.clone(); one[UNIT] = unit.to_string(); one }).collect::<Vec<_>>()
        }).collect();
        let middle = at % other.len().max(1);
        other.rotate_left(middle);
        prop_assert_eq!(table(&texts(&rows)), table(&texts(&other)));
    }

    #[test]
    fn where_all_have_ended_it_is_the_ordinary_median_and_share(days in prop::collection::vec(0..60i32, 1..30)) {
        let ids: Vec<String> = (0..days.len()).map(|id| id.to_string()).collect();
        let first = fixtures::day("2023-03-01");
        let ends: Vec<String> = days.iter().map(|days| crate::domain::swedish::day(first + days)).collect();
        let rows: Vec<[&str; 4]> = ids.iter().zip(&ends).map(|(id, end)| [id.as_str(), "2023-03-01", end, ""]).collect();
        let table = table(&rows);
        let cell = |key: &str| &table.total_row().expect("a total").values[table.column(key).expect("a column")];
        let numbers: Vec<f64> = days.iter().map(|days| f64::from(*days)).collect();
        prop_assert_eq!(magnitude(cell("median")), median(&numbers));
        let numerator = days.iter().filter(|days| **days <= LIMIT as i32).count() as u64;
        prop_assert_eq!(cell("within"), &Value::Share { numerator, denominator: days.len() as u64 });
    }
}

#[test]
fn every_number_leads_to_its_rows() {
    let mut plan = plan();
    plan.measures = vec![fixtures::measure("lead_time.prov", MeasureKind::LeadTime(spec(&plan)))];
    let data = BTreeMap::from([("arenden".to_string(), fixtures::rows(&plan, &ROWS))]);
    let engine = PolarsEngine::new(&plan, data.clone()).expect("an engine");
    let cubes = Cubes::collect(&engine, &needs(&plan).requests).expect("answers");
    let sheet = fixtures::sheets(&plan, &cubes, &data, &Default::default()).expect("a table").remove(0);
    let row = sheet.table.rows.iter().position(|row| row.label == "Kansli").expect("a row");
    let rows = |key: &str| match &sheet.cells[row][sheet.table.column(key).expect("a column")] {
        Formula::Count(Counted { of: Selection::Chosen(chosen), .. }) => vec![chosen.rows.clone()],
        Formula::Stated(stated) => stated
            .rows
            .iter()
            .map(|counted| match &counted.of {
                Selection::Chosen(chosen) => chosen.rows.clone(),
                other => panic!("{other:?}"),
            })
            .collect(),
        other => panic!("{other:?}"),
    };
    assert_eq!((rows("closed"), rows("open"), rows("without")), (vec![vec![0, 1, 2]], vec![vec![3]], vec![vec![4]]));
    assert_eq!(rows("median"), [[0, 1, 2, 3]]);
    // Ended within thirty days, not, and both.
    assert_eq!(rows("within"), [vec![0, 1], vec![2, 3], vec![0, 1, 2, 3]]);
}
