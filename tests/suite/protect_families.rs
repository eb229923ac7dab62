//! Control charts, shifts and developments of a protected source: attacked from the files alone, by a reader who knows
//! that months add up to quarters and units to the whole.
//!
//! What is worked out of counts (limits, signals, tests, words) must not be there.

use std::sync::OnceLock;

use crate::kit::attack::{self, Attacker, Cell, Compared, Pair};
use crate::kit::{Run, Sheet};

/// Three units over six years; Väst reports few, Miljö is rare.
fn export() -> String {
    let units = [("Norr", 4, 9), ("Söder", 12, 24), ("Väst", 2, 4)];
    attack::events("Nr;Datum;Enhet;Typ", 2019..=2024, &units, |event, dice| {
        let kind = ["Fall", "Fall", "Hot", "Läkemedel", "Övrigt"][dice.below(5) as usize];
        let kind = if event.number % 97 == 0 { "Miljö" } else { kind };
        Some(format!("{}-{:02}-{:02};{};{kind}", event.year, event.month, 1 + dice.below(28), event.unit))
    })
}

fn runs() -> &'static Pair {
    static RUNS: OnceLock<Pair> = OnceLock::new();
    RUNS.get_or_init(|| Pair::of("protected", &export()))
}

const UNITS: [&str; 3] = ["norr", "soder", "vast"];

/// Of a table of this name each unit's own.
fn of_units(family: &'static str) -> impl Iterator<Item = String> {
    UNITS.into_iter().map(move |unit| format!("{family}--{unit}"))
}

/// Count columns; statistics and limits are none.
fn is_count(table: &str, column: &str) -> bool {
    let by_name =
        ["current", "previous", "total", "numerator", "denominator"].contains(&column) || column.contains('=');
    by_name || (column == "value" && table != "spc-andel") || (table.starts_with("trend") && column.starts_with('y'))
}

#[test]
fn no_count_under_five_is_in_a_table_and_what_is_shown_is_true() {
    let single = ["spc-hela", "spc-andel", "breakdown-typ", "trend-ar", "shift-typ", "shift-merged"];
    let names = of_units("spc-enhet").chain(of_units("trend-kvartal")).chain(single.map(String::from));
    let all: Compared = names.map(|name| runs().compare(&name, |key| is_count(&name, key))).sum();
    assert!(all.small > 60 && all.shown > 200, "{all:?}");
}

#[test]
fn limits_signals_and_variation_go_with_a_hidden_point() {
    let worked_out = ["centre", "lower", "upper", "near_lower", "near_upper", "flag", "variation", "signals"];
    let mut with_hidden = 0;
    for name in of_units("spc-enhet").chain(["spc-hela", "spc-andel"].map(String::from)) {
        let sheet = runs().protected.table(&name);
        let place = |key: &str| sheet.header.iter().position(|name| name == key);
        let counts: Vec<usize> = ["value", "numerator", "denominator"].iter().filter_map(|key| place(key)).collect();
        let hides = sheet.records.iter().any(|record| counts.iter().any(|column| record[*column] == ".."));
        for column in worked_out.iter().filter_map(|key| place(key)) {
            let shown = sheet.records.iter().filter(|record| !["", ".."].contains(&record[column].as_str())).count();
            assert!(!hides || shown == 0, "{name}: {} of {}", sheet.header[column], shown);
        }
        let flag = place("flag").expect("a column");
        assert!(!hides || sheet.records.iter().all(|record| record[flag] == ".."), "a blank would say: no signal");
        with_hidden += usize::from(hides);
    }
    assert!((2..5).contains(&with_hidden), "{with_hidden} charts with hidden points: some without");
}

/// The published counts of months, quarters and years of units, and what adds up.
fn attacker(run: &Run) -> Attacker {
    let mut attacker = Attacker::default();
    let mut keep_points = |unit: &str, sheet: &Sheet, column: &str| {
        for record in &sheet.records {
            // The last row repeats the last step.
            let latest = sheet.field(record, "latest");
            let step = if latest.is_empty() { &record[0] } else { latest };
            attacker.keep((unit.to_string(), step.to_string()), sheet.field(record, column));
        }
    };
    UNITS.iter().for_each(|unit| keep_points(unit, &run.table(&format!("spc-enhet--{unit}")), "value"));
    keep_points("alla", &run.table("spc-hela"), "value");
    // Quarters of all units together stand as denominators of the share.
    keep_points("alla", &run.table("spc-andel"), "denominator");
    for unit in UNITS {
        let sheet = run.table(&format!("trend-kvartal--{unit}"));
        for (record, key) in
            sheet.records.iter().flat_map(|record| sheet.header[1..].iter().map(move |key| (record, key)))
        {
            let year = match key.as_str() {
                "current" => "2024",
                "previous" => "2023",
                key => key.strip_prefix('y').unwrap_or_default(),
            };
            let quarter = record[0].strip_prefix("kvartal ");
            let step = quarter.map_or(year.to_string(), |quarter| format!("{year} kvartal {quarter}"));
            attacker.keep((unit.to_string(), step), sheet.field(record, key));
        }
    }
    (2019..=2024).for_each(|year| add_up(&mut attacker, year));
    attacker
}

fn add_up(attacker: &mut Attacker, year: i32) {
    let quarters = [1, 2, 3, 4].map(|quarter| format!("{year} kvartal {quarter}"));
    let months: Vec<String> = (1..=12).map(|month| format!("{year}-{month:02}")).collect();
    for unit in UNITS.iter().chain(&["alla"]) {
        let at = |step: &String| -> Cell { (unit.to_string(), step.clone()) };
        for (quarter, months) in quarters.iter().zip(months.chunks(3)) {
            attacker.add_up(months.iter().map(at), at(quarter));
        }
        attacker.add_up(quarters.iter().map(at), at(&year.to_string()));
    }
    for step in months.iter().chain(&quarters) {
        attacker.add_up(UNITS.map(|unit| (unit.to_string(), step.clone())), ("alla".to_string(), step.clone()));
    }
}

#[test]
fn no_hidden_point_can_be_worked_out_from_months_quarters_and_units() {
    let hidden = attacker(&runs().protected).finds_nothing(3);
    assert!(hidden > 60, "{hidden} hidden");
}

#[test]
fn the_attacker_finds_a_single_point_that_is_hidden_alone() {
    attacker(&runs().open).finds_alone(&("vast".to_string(), "2024-03".to_string()));
}

#[test]
fn tests_of_hidden_counts_are_in_no_file_for_the_analyst_either() {
    let hidden = |name: &str, counts: &[&str], told: &[&str]| {
        assert!(attack::goes_with(&runs().protected.table(name), counts, told) > 0, "{name}");
    };
    hidden("breakdown-typ", &["current", "previous"], &["p", "p_adjusted", "development", "difference"]);
    hidden("shift-typ", &["current", "previous"], &["share", "previous_share", "difference", "residual"]);
    let tested = ["p", "p_adjusted", "s", "slope", "intercept", "development"];
    hidden("development-typ", &["first", "last"], &tested);
    let shift = runs().protected.table("shift-typ");
    for key in ["chi_square", "cramers_v", "p", "degrees"] {
        let column = shift.header.iter().position(|name| name == key).expect("a column");
        assert!(shift.records.iter().all(|record| ["..", ""].contains(&record[column].as_str())), "{key}");
    }
    let truth: serde_json::Value = runs().open.json("underlag.json");
    let told: serde_json::Value = runs().protected.json("underlag.json");
    let origins = |notes: &serde_json::Value| -> Vec<String> {
        notes.as_array().expect("a list").iter().map(|note| note["origin"].to_string()).collect()
    };
    assert!(origins(&truth).iter().any(|origin| origin.contains("|Miljö")), "{:?}", origins(&truth));
    assert!(!origins(&told).iter().any(|origin| origin.contains("|Miljö") || origin.starts_with("\"shift")), "{told}");
    assert!(!told.as_array().expect("a list").is_empty());
}
