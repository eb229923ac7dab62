//! Registers of actions against a plain recount, and each rule on an action of its own.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::plan::{ActionColumns, ActionPlan, ActionShow};
use crate::diagnostic::{Code, Failure};
use crate::domain::table::{MeasureTable, Nothing, Value};
use crate::measure::Cubes;
use crate::measure::fixtures::{self, category, date, day, keys, notes, open, printed, text};
use crate::measure::formula::Formula;
use crate::measure::plan::{MeasureKind, Plan};
use crate::store::Dataset;
use crate::vocabulary::spec::SourceKind;

/// `nr`, `atgard`, `enhet`, `kalla`, `beslutad`, `klar`, `senast`, `ansvarig`, `effekt`, `bedomd`.
type Row<'a> = [&'a str; 10];

const UNITS: [&str; 2] = ["Barn", "Vuxna"];
/// The last report's data and those of the fixture's plan.
const SINCE: &str = "2023-01-09";
const AS_OF: &str = "2024-01-09";

/// A register, and the one that the last report left.
fn plan() -> Plan {
    let columns = || {
        vec![
            open("nr"),
            text("atgard"),
            category("enhet", &UNITS, &[]),
            open("kalla"),
            date("beslutad"),
            date("klar"),
            date("senast"),
            open("ansvarig"),
            open("effekt"),
            date("bedomd"),
        ]
    };
    let mut plan = fixtures::plan_of(fixtures::source("atgarder", SourceKind::Register, columns()));
    plan.sources.push(fixtures::source("forra", SourceKind::Register, columns()));
    plan
}

fn spec(show: ActionShow) -> ActionPlan {
    let told = |name: &str| Some(name.to_string());
    ActionPlan {
        show,
        columns: ActionColumns {
            id: "nr".into(),
            text: "atgard".into(),
            decided: "beslutad".into(),
            done: "klar".into(),
            unit: told("enhet"),
            origin: told("kalla"),
            origin_id: None,
            decision: Vec::new(),
            owner: told("ansvarig"),
            due: told("senast"),
            follow_up: None,
            effect: told("effekt"),
            judged: told("bedomd"),
            report_by: None,
            measure_row: None,
        },
        since: day(SINCE),
        as_of: day(AS_OF),
        previous: None,
        events: Vec::new(),
        measure: None,
        conditions: Vec::new(),
        each: None,
        units: UNITS.map(String::from).to_vec(),
        origins: Vec::new(),
    }
}

fn table(rows: &[Row], show: ActionShow) -> MeasureTable {
    let plan = plan();
    fixtures::table_of(&plan, &fixtures::rows(&plan, rows), MeasureKind::Action(Box::new(spec(show))))
}

const ROWS: [Row; 9] = [
    ["1", "Rutin", "Barn", "avvikelse", "2022-05-01", "2023-06-01", "2023-05-01", "chef", "Ja", "2023-07-01"],
    ["2", "Utbildning", "Barn", "risk", "2022-05-01", "", "2024-01-08", "chef", "", ""],
    ["3", "Handledning", "Vuxna", "risk", "2022-05-01", "", "2024-01-09", "", "", ""],
    ["4", "Loggar", "Vuxna", "enkät", "2022-05-01", "2023-01-09", "", "chef", "", ""],
    ["5", "Enkät", "", "enkät", "2023-03-01", "2023-03-11", "", "", "Delvis", "2023-03-10"],
    ["6", "Blankett", "Barn", "risk", "2023-04-01", "2024-02-01", "2023-12-31", "chef", "", ""],
    ["7", "Tavla", "Nedlagd", "risk", "2024-01-10", "", "", "", "", ""],
    ["8", "Stöd", "Nedlagd", "risk", "", "", "2024-06-30", "chef", "", ""],
    ["9", "Möten", "Barn", "enkät", "2023-02-01", "2023-02-21", "2023-03-01", "chef", "Nej", "2023-02-21"],
];

#[test]
fn what_came_in_and_what_came_is_what_is_closed_and_what_is_open() {
    let units = table(&ROWS, ActionShow::Units);
    let expected = [
        "carried_in",
        "new",
        "closed",
        "open",
        "late",
        "lacking",
        "effect_yes",
        "effect_partly",
        "effect_no",
        "unjudged",
        "median",
    ];
    assert_eq!(keys(&units), expected);
    let expected = [
        "Barn: 2 2 2 2 2 0 1 0 1 0 396",
        "Vuxna: 1 0 0 1 0 1 0 0 0 0 253",
        "Nedlagd: 0 1 0 1 0 0 0 0 0 0 –",
        "Uppgift saknas: 0 1 1 0 0 0 0 0 0 1 10",
        "Totalt: 3 4 3 4 2 1 1 0 1 1 396",
    ];
    assert_eq!(printed(&units), expected);
    let expected = [
        "Öppna den 2023-01-09: 3. Nya sedan dess: 4. Av dem är 3 klara och 4 öppna.",
        "1 åtgärd var klar redan den 2023-01-09 och räknas bara i tiden till klar.",
        "1 åtgärd är beslutad efter 2024-01-09 och räknas inte.",
    ];
    assert_eq!(notes(&units)[..3], expected);
    assert_eq!(units.n, 7);
    let origins = table(&ROWS, ActionShow::Origins);
    let expected = ["avvikelse", "enkät", "risk", "Totalt"];
    assert_eq!(origins.rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn an_action_is_done_by_the_day_of_the_data_and_late_after_its_own() {
    let of = |show| printed(&table(&ROWS, show));
    let expected = [
        "1: 'Rutin' 'Barn' 'avvikelse' 'chef' 2023-05-01 2023-06-01 'klar' 'Ja'",
        "2: 'Utbildning' 'Barn' 'risk' 'chef' 2024-01-08 _ 'försenad' _",
        "3: 'Handledning' 'Vuxna' 'risk' _ 2024-01-09 _ 'pågår' _",
        "5: 'Enkät' _ 'enkät' _ _ 2023-03-11 'klar' _",
        "9: 'Möten' 'Barn' 'enkät' 'chef' 2023-03-01 2023-02-21 'klar' 'Nej'",
    ];
    assert_eq!(of(ActionShow::Since), expected);
    // Nothing is done on a day that the data do not know.
    assert_eq!(
        of(ActionShow::Late),
        ["6: 'Blankett' 'Barn' 'risk' 'chef' 2023-12-31 9", "2: 'Utbildning' 'Barn' 'risk' 'chef' 2024-01-08 1"]
    );
    assert_eq!(of(ActionShow::Lacking), ["3: 'Handledning' 'Vuxna' 'risk' 2022-05-01 'ansvarig'"]);
    let planned = table(&ROWS, ActionShow::Planned);
    assert_eq!(planned.rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["6", "2", "3", "8"]);
}

#[test]
fn the_register_goes_on_as_it_stands() {
    let next = table(&ROWS, ActionShow::Next);
    assert_eq!(next.rows.len(), ROWS.len());
    assert_eq!(keys(&next), ["atgard", "enhet", "kalla", "beslutad", "klar", "senast", "ansvarig", "effekt", "bedomd"]);
    assert_eq!(printed(&next)[5], "6: 'Blankett' 'Barn' 'risk' 2023-04-01 2024-02-01 2023-12-31 'chef' _ _");
}

#[test]
fn of_one_value_of_each_the_same_is_said() {
    let kind = |show| {
        let each = Some(fixtures::has("enhet", &["Barn"]));
        MeasureKind::Action(Box::new(ActionPlan { each, ..spec(show) }))
    };
    let plan = plan();
    let data = fixtures::rows(&plan, &ROWS);
    let of = |show| printed(&fixtures::table_of(&plan, &data, kind(show)));
    assert_eq!(of(ActionShow::Units), ["Barn: 2 2 2 2 2 0 1 0 1 0 396", "Totalt: 2 2 2 2 2 0 1 0 1 0 396"]);
    assert_eq!(of(ActionShow::Planned).len(), 2);
}

/// The table beside the register that the last report left.
fn beside(now: &[Row], before: &[Row]) -> Result<MeasureTable, Failure> {
    let mut plan = plan();
    let kind = MeasureKind::Action(Box::new(ActionPlan { previous: Some(1), ..spec(ActionShow::Units) }));
    plan.measures = vec![fixtures::measure("action.prov", kind)];
    let rows = |rows: &[Row]| -> Dataset { fixtures::rows(&plan, rows) };
    let data = BTreeMap::from([("atgarder".to_string(), rows(now)), ("forra".to_string(), rows(before))]);
    fixtures::compute(&plan, &Cubes::default(), &data).map(|mut tables| tables.remove(0))
}

#[test]
fn what_the_last_report_left_open_is_carried_in_whatever_its_days_say_now() {
    let mut before = [ROWS[0], ROWS[1], ROWS[3], ROWS[4]];
    // Open then; written as decided later, and as closed earlier, since.
    before[0][5] = "";
    before[2][5] = "";
    before[3][5] = "";
    let table = beside(&ROWS, &before).expect("nothing is gone");
    assert_eq!(printed(&table)[4], "Totalt: 4 4 4 4 2 1 1 0 1 2 396");
}

#[test]
fn an_open_action_that_is_gone_stops_the_run_and_a_closed_one_does_not() {
    let failure = beside(&ROWS[2..], &ROWS[..4]).expect_err("two are gone, one of them was open");
    let told: Vec<(Code, &str)> = failure.diagnostics.iter().map(|one| (one.code, one.message.as_str())).collect();
    let message = |named: &str| format!("{named} was open in the last report and is not in `source.atgarder`");
    // The first was closed after the last report, which left it open.
    let (first, second) = (message("`1`, `Rutin`"), message("`2`, `Utbildning`"));
    assert_eq!(told, [(Code::NoLongerThere, first.as_str()), (Code::NoLongerThere, second.as_str())]);
    assert!(beside(&ROWS, &[]).is_ok(), "a first report has none before it");
}

#[test]
fn every_number_leads_to_the_rows_that_it_counts() {
    let mut plan = plan();
    plan.measures = vec![fixtures::measure("action.prov", MeasureKind::Action(Box::new(spec(ActionShow::Units))))];
    let data = BTreeMap::from([("atgarder".to_string(), fixtures::rows(&plan, &ROWS))]);
    let sheets = fixtures::sheets(&plan, &Cubes::default(), &data, &Default::default()).expect("a sheet");
    for row in &sheets[0].cells {
        for formula in row {
            let is_told = matches!(formula, Formula::Count(_)) || !formula.selections().is_empty();
            assert!(is_told, "{formula:?}");
        }
    }
}

/// A day of the two years before the data, or the months after; none of one in five.
fn some_day() -> impl Strategy<Value = Option<i32>> {
    prop_oneof![1 => Just(None), 4 => (day("2022-01-01")..day("2024-06-01")).prop_map(Some)]
}

fn spelt(day: Option<i32>) -> String {
    day.map_or(String::new(), |day| crate::domain::period::date_of(day).to_string())
}

/// The share still open after each day of an end, as a product over distinct days, and the first at which it is one half.
fn median(cases: &[(i32, bool)]) -> Option<f64> {
    let mut days: Vec<i32> = cases.iter().filter(|case| case.1).map(|case| case.0).collect();
    days.sort_unstable();
    days.dedup();
    let (mut left, mut at_half) = (1.0, None);
    for day in days {
        if let Some(from) = at_half {
            return Some(f64::from(from + day) / 2.0);
        }
        let waiting = cases.iter().filter(|case| case.0 >= day).count() as f64;
        let ended = cases.iter().filter(|case| case.1 && case.0 == day).count() as f64;
        left *= 1.0 - ended / waiting;
        match left {
            left if left < 0.5 - 1e-9 => return Some(f64::from(day)),
            left if left < 0.5 + 1e-9 => at_half = Some(day),
            _ => {}
        }
    }
    at_half.map(f64::from)
}

proptest! {
    #[test]
    fn a_plain_recount_agrees(days in prop::collection::vec((0..3_usize, some_day(), some_day(), some_day()), 0..40)) {
        let (since, as_of) = (day(SINCE), day(AS_OF));
        let cells: Vec<[String; 10]> = days.iter().enumerate().map(|(nr, (unit, decided, done, due))| {
            let unit = UNITS.get(*unit).copied().unwrap_or_default();
            let [decided, done, due] = [decided, done, due].map(|day| spelt(*day));
            let (nr, chef) = (nr.to_string(), "chef".to_string());
            [nr, "x".into(), unit.into(), "risk".into(), decided, done, due, chef, String::new(), String::new()]
        }).collect();
        let rows: Vec<Row> = cells.iter().map(|row| row.each_ref().map(String::as_str)).collect();
        let table = table(&rows, ActionShow::Units);
        let total = &table.rows.last().expect("a total").values;
        let done_by = |day: &Option<i32>, last: i32| day.is_some_and(|day| day <= last);
        let carried = days.iter().filter(|(_, decided, done, _)| done_by(decided, since) && !done_by(done, since)).count();
        let new = days.iter().filter(|(_, decided, done, _)| {
            !done_by(done, since) && !decided.is_some_and(|day| day <= since || day > as_of)
        }).count();
        let is_there = |decided: &Option<i32>, done: &Option<i32>| !done_by(done, since) && !decided.is_some_and(|day| day > as_of);
        let there: Vec<_> = days.iter().filter(|(_, decided, done, _)| is_there(decided, done)).collect();
        let closed = there.iter().filter(|(_, _, done, _)| done_by(done, as_of)).count();
        let late = there.iter().filter(|(_, _, done, due)| !done_by(done, as_of) && due.is_some_and(|due| due < as_of)).count();
        let counts = [carried, new, closed, carried + new - closed, late].map(|n| Value::Count(n as i64));
        prop_assert_eq!(&total[..5], &counts[..]);
        let cases: Vec<(i32, bool)> = days.iter().filter_map(|(_, decided, done, _)| {
            let (decided, done) = ((*decided)?, done.filter(|done| *done <= as_of));
            let is_known = decided <= as_of || done.is_some();
            let days = done.unwrap_or(as_of) - decided;
            (is_known && days >= 0).then_some((days, done.is_some()))
        }).collect();
        let expected = median(&cases).map_or(Value::Nothing(Nothing::Missing), Value::Number);
        prop_assert_eq!(total.last(), Some(&expected));
    }
}
