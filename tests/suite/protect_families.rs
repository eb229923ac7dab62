//! Control charts, shifts and developments of a protected source: attacked from the files alone.
//!
//! The attacker has every `tables/*.csv`, knows that months add up to quarters and units to the whole, and solves for each
//! hidden count by linear programming. What is worked out of counts (limits, signals, tests, words) must not be there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

use crate::kit::{Bench, Run, Sheet};

/// Three units over six years; Väst reports few, Miljö is rare.
fn events() -> String {
    let mut text = String::from("Nr;Datum;Enhet;Typ\n");
    let mut state = 2_463_534_242_u32;
    let mut below = |most: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % most
    };
    let mut number = 0;
    for year in 2019..=2024 {
        for month in 1..=12 {
            for (unit, most) in [("Norr", 9), ("Söder", 24), ("Väst", 4)] {
                for _ in 0..most / 2 + below(most) {
                    number += 1;
                    let kind = ["Fall", "Fall", "Hot", "Läkemedel", "Övrigt"][below(5) as usize];
                    let kind = if number % 97 == 0 { "Miljö" } else { kind };
                    writeln!(text, "{number};{year}-{month:02}-{:02};{unit};{kind}", 1 + below(28)).expect("text");
                }
            }
        }
    }
    text
}

/// The job with this instead of `[protect]`.
fn bench_with(protection: &str) -> Bench {
    let bench = Bench::case("protected");
    bench.write("a.csv", events());
    bench.edit_job("[protect]\n", protection);
    bench
}

fn protected() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| bench_with("[protect]\n").run())
}

fn open() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| bench_with("").run())
}

const UNITS: [&str; 3] = ["norr", "soder", "vast"];

fn tables() -> Vec<String> {
    let each = |family: &str| UNITS.map(|unit| format!("{family}--{unit}"));
    let mut names: Vec<String> = each("spc-enhet").into_iter().chain(each("trend-kvartal")).collect();
    names.extend(["spc-hela", "spc-andel", "breakdown-typ", "trend-ar", "shift-typ", "shift-merged"].map(String::from));
    names
}

/// Count columns; statistics and limits are none.
fn is_count(table: &str, column: &str) -> bool {
    let by_name =
        ["current", "previous", "total", "numerator", "denominator"].contains(&column) || column.contains('=');
    by_name || (column == "value" && table != "spc-andel") || (table.starts_with("trend") && column.starts_with('y'))
}

#[test]
fn no_count_under_five_is_in_a_table_and_what_is_shown_is_true() {
    let (mut small, mut shown) = (0, 0);
    for name in tables() {
        let (masked, truth) = (protected().table(&name), open().table(&name));
        assert_eq!(masked.header, truth.header, "{name}");
        for record in &truth.records {
            let same = |other: &&Vec<String>| other[0] == record[0];
            let printed = masked.records.iter().find(same).unwrap_or_else(|| panic!("{name} {record:?}"));
            for (column, key) in truth.header.iter().enumerate().filter(|(_, key)| is_count(&name, key)) {
                let number: Option<i64> = record[column].parse().ok();
                let is_small = number.is_some_and(|number| 0 < number && number < 5);
                assert!(!is_small || printed[column] == "..", "{name} {key} {record:?}: {printed:?}");
                assert!(printed[column] == ".." || printed[column] == record[column], "{name} {key} {record:?}");
                small += usize::from(is_small);
                shown += usize::from(number.is_some() && printed[column] != "..");
            }
        }
    }
    assert!(small > 60 && shown > 200, "{small} small, {shown} shown");
}

#[test]
fn limits_signals_and_variation_go_with_a_hidden_point() {
    let worked_out = ["centre", "lower", "upper", "near_lower", "near_upper", "flag", "variation", "signals"];
    let mut with_hidden = 0;
    for name in ["spc-hela", "spc-andel", "spc-enhet--norr", "spc-enhet--soder", "spc-enhet--vast"] {
        let sheet = protected().table(name);
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

/// Unit and step.
type Cell = (String, String);

/// The published counts of months and quarters, and what adds up.
struct Attacker {
    numbers: BTreeMap<Cell, Option<f64>>,
    /// Parts and their whole.
    sums: Vec<(Vec<Cell>, Cell)>,
}

impl Attacker {
    fn new(run: &Run) -> Attacker {
        let mut numbers = BTreeMap::new();
        let mut keep = |unit: &str, step: String, text: &str| {
            if let Ok(number) = text.parse::<f64>() {
                numbers.insert((unit.to_string(), step), Some(number));
            } else if text == ".." {
                numbers.entry((unit.to_string(), step)).or_insert(None);
            }
        };
        let months =
            |unit: &str| if unit == "alla" { run.table("spc-hela") } else { run.table(&format!("spc-enhet--{unit}")) };
        for unit in UNITS.iter().chain(&["alla"]) {
            let Sheet { header, records } = months(unit);
            let (value, latest) = (1, header.iter().position(|key| key == "latest").expect("a column"));
            for record in records {
                // The last row repeats the last month.
                let label = if record[latest].is_empty() { &record[0] } else { &record[latest] };
                keep(unit, label.clone(), &record[value]);
            }
        }
        for unit in UNITS {
            let sheet = run.table(&format!("trend-kvartal--{unit}"));
            for record in &sheet.records {
                let label = record[0].clone();
                for (column, key) in sheet.header.iter().enumerate() {
                    let year = match key.as_str() {
                        "current" => "2024".to_string(),
                        "previous" => "2023".to_string(),
                        key if key.starts_with('y') => key[1..].to_string(),
                        _ => continue,
                    };
                    let step = label
                        .strip_prefix("kvartal ")
                        .map_or(year.clone(), |quarter| format!("{year} kvartal {quarter}"));
                    keep(unit, step, &record[column]);
                }
            }
        }
        // Quarters of all units together stand as denominators of the share.
        let sheet = run.table("spc-andel");
        let place = |key: &str| sheet.header.iter().position(|name| name == key).expect("a column");
        for record in &sheet.records {
            let label = if record[place("latest")].is_empty() { &record[0] } else { &record[place("latest")] };
            keep("alla", label.clone(), &record[place("denominator")]);
        }
        let mut attacker = Attacker { numbers, sums: Vec::new() };
        attacker.add_up();
        attacker
    }

    fn add_up(&mut self) {
        let at = |unit: &str, step: &str| (unit.to_string(), step.to_string());
        let mut sums = Vec::new();
        for year in 2019..=2024 {
            for unit in UNITS.iter().chain(&["alla"]) {
                let quarters: Vec<String> = (1..=4).map(|quarter| format!("{year} kvartal {quarter}")).collect();
                for (index, quarter) in quarters.iter().enumerate() {
                    let months = (1..=3).map(|month| at(unit, &format!("{year}-{:02}", 3 * index + month)));
                    sums.push((months.collect(), at(unit, quarter)));
                }
                sums.push((quarters.iter().map(|quarter| at(unit, quarter)).collect(), at(unit, &year.to_string())));
            }
            let steps = (1..=12).map(|month| format!("{year}-{month:02}"));
            for step in steps.chain((1..=4).map(|quarter| format!("{year} kvartal {quarter}"))) {
                sums.push((UNITS.iter().map(|unit| at(unit, &step)).collect(), at("alla", &step)));
            }
        }
        self.sums = sums;
    }

    /// The end of the interval of a number that is nowhere printed.
    fn end(&self, target: &(String, String), direction: OptimizationDirection) -> f64 {
        let mut problem = Problem::new(direction);
        let mut variables = BTreeMap::new();
        let named = self.sums.iter().flat_map(|(parts, whole)| parts.iter().chain([whole]));
        for name in named {
            let known = self.numbers.get(name).copied().flatten();
            let bounds = known.map_or((0.0, f64::INFINITY), |known| (known, known));
            let wanted = f64::from(u8::from(name == target));
            variables.entry(name).or_insert_with(|| problem.add_var(wanted, bounds));
        }
        for (parts, whole) in &self.sums {
            let terms = parts.iter().map(|part| (variables[part], 1.0)).chain([(variables[whole], -1.0)]);
            problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        }
        match problem.solve() {
            Ok(outcome) => outcome.into_solution().expect("solved").objective(),
            Err(Error::Unbounded) => f64::INFINITY,
            Err(error) => panic!("{target:?}: {error:?}"),
        }
    }
}

#[test]
fn no_hidden_point_can_be_worked_out_from_months_quarters_and_units() {
    let attacker = Attacker::new(protected());
    let hidden: Vec<_> = attacker.numbers.iter().filter(|(_, number)| number.is_none()).map(|(name, _)| name).collect();
    assert!(hidden.len() > 60, "{} hidden", hidden.len());
    for name in hidden.iter().step_by(3) {
        let lower = attacker.end(name, OptimizationDirection::Minimize);
        let upper = attacker.end(name, OptimizationDirection::Maximize);
        assert!(upper - lower >= 4.0 - 1e-6, "{name:?} is between {lower} and {upper}");
    }
}

#[test]
fn the_attacker_finds_a_single_point_that_is_hidden_alone() {
    let mut attacker = Attacker::new(open());
    let name = ("vast".to_string(), "2024-03".to_string());
    let truth = attacker.numbers.insert(name.clone(), None).flatten().expect("a point");
    assert!((attacker.end(&name, OptimizationDirection::Maximize) - truth).abs() < 1e-6);
}

#[test]
fn tests_of_hidden_counts_are_in_no_file_for_the_analyst_either() {
    let hidden_in = |name: &str, counts: &[&str], statistics: &[&str]| -> usize {
        let sheet = protected().table(name);
        let place =
            |key: &str| sheet.header.iter().position(|name| name == key).unwrap_or_else(|| panic!("{name} {key}"));
        let is_hidden = |record: &&Vec<String>| counts.iter().any(|key| record[place(key)] == "..");
        let hidden: Vec<&Vec<String>> = sheet.records.iter().filter(is_hidden).collect();
        for record in &hidden {
            statistics
                .iter()
                .for_each(|key| assert!(["..", ""].contains(&record[place(key)].as_str()), "{name} {record:?}"));
        }
        hidden.len()
    };
    assert!(
        hidden_in("breakdown-typ", &["current", "previous"], &["p", "p_adjusted", "development", "difference"]) > 0
    );
    assert!(
        hidden_in("shift-typ", &["current", "previous"], &["share", "previous_share", "difference", "residual"]) > 0
    );
    assert!(
        hidden_in(
            "development-typ",
            &["first", "last"],
            &["p", "p_adjusted", "s", "slope", "intercept", "development"]
        ) > 0
    );
    let shift = protected().table("shift-typ");
    for key in ["chi_square", "cramers_v", "p", "degrees"] {
        let column = shift.header.iter().position(|name| name == key).expect("a column");
        assert!(shift.records.iter().all(|record| ["..", ""].contains(&record[column].as_str())), "{key}");
    }
    let truth: serde_json::Value = open().json("underlag.json");
    let told: serde_json::Value = protected().json("underlag.json");
    let origins = |notes: &serde_json::Value| -> Vec<String> {
        notes.as_array().expect("a list").iter().map(|note| note["origin"].to_string()).collect()
    };
    assert!(origins(&truth).iter().any(|origin| origin.contains("|Miljö")), "{:?}", origins(&truth));
    assert!(!origins(&told).iter().any(|origin| origin.contains("|Miljö") || origin.starts_with("\"shift")), "{told}");
    assert!(!told.as_array().expect("a list").is_empty());
}
