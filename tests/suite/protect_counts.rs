//! Rates, matrices of risk, charts of single events and tables of data quality of a protected source: attacked from the
//! files alone.
//!
//! The attacker has every `tables/*.csv`, knows which rows and columns add up, and solves for each hidden count by linear
//! programming. Exposures are public: a rate tells its count, and so does whatever is worked out of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::OnceLock;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

use crate::kit::{Bench, Run, Sheet};

/// Four units over two years: Väst reports few, Öst fewer and stops; Miljö is rare; values are missing, and misspelt.
fn events() -> String {
    let mut text = String::from("Nr;Datum;Hände;Enhet;Typ;Sannolikhet;Konsekvens\n");
    let mut state = 2_463_534_242_u32;
    let mut below = |most: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % most
    };
    let mut number = 0;
    for year in 2023..=2024 {
        for month in 1..=12 {
            for (unit, most) in [("Norr", 9), ("Söder", 24), ("Väst", 3), ("Öst", 2)] {
                for _ in 0..most / 3 + below(most) {
                    if unit == "Öst" && (year, month) > (2024, 4) {
                        continue;
                    }
                    number += 1;
                    let kind = ["Fall", "Fall", "Hot", "Övrigt"][below(4) as usize];
                    let kind = if number % 61 == 0 { "Miljö" } else { kind };
                    let kind = if number % 97 == 0 { "Fal" } else { kind };
                    let day = 11 + below(17);
                    let before = if number % 53 == 0 {
                        String::new()
                    } else {
                        format!("{year}-{month:02}-{:02}", day - below(11))
                    };
                    let [one, other] = [below(4) + 1, below(4) + 1];
                    let one = if number % 41 == 0 { String::new() } else { one.to_string() };
                    let other = if number % 83 == 0 { "9".to_string() } else { other.to_string() };
                    writeln!(text, "{number};{year}-{month:02}-{day:02};{before};{unit};{kind};{one};{other}")
                        .expect("text");
                }
            }
        }
    }
    text
}

/// The job with this instead of `[protect]`.
fn run_with(protection: &str) -> Run {
    let bench = Bench::case("counts");
    bench.write("a.csv", events());
    bench.edit_job("[protect]\n", protection);
    bench.run()
}

fn protected() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| run_with("[protect]\n"))
}

fn open() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| run_with(""))
}

/// A table's name, and the columns that count events (or cells of them).
fn counted() -> Vec<(&'static str, Vec<String>)> {
    let keys = |keys: &[&str]| keys.iter().map(|key| key.to_string()).collect::<Vec<String>>();
    let months = (1..=12).map(|month| format!("2024-{month:02}")).chain([String::from("total")]).collect();
    vec![
        ("rate-enhet", keys(&["count", "previous_count"])),
        ("risk_count-avvikelser", keys(&["c1", "c2", "c3", "c4", "total"])),
        ("breakdown-enhet", keys(&["current"])),
        ("quality-avvikelser", keys(&["filled", "missing", "not_applicable", "withheld", "invalid", "rows"])),
        ("quality-avvikelser-residual", keys(&["current", "previous"])),
        ("quality-avvikelser-unknown", keys(&["current", "previous", "undated"])),
        ("quality-avvikelser-lag", keys(&["n", "negative", "undated"])),
        ("quality-avvikelser-months", months),
        ("quality-avvikelser-renamed", keys(&["old_before", "old_after", "new_before", "new_after"])),
    ]
}

/// A record of the same labels; `key` is the first column of values.
fn same<'s>(sheet: &'s Sheet, record: &[String], labels: usize) -> &'s Vec<String> {
    let found = sheet.records.iter().find(|other| other[..labels] == record[..labels]);
    found.unwrap_or_else(|| panic!("no record {:?}", &record[..labels]))
}

#[test]
fn no_count_under_five_is_in_a_table_and_what_is_shown_is_true() {
    let (mut small, mut shown) = (BTreeMap::new(), 0);
    for (name, keys) in counted() {
        let (masked, truth) = (protected().table(name), open().table(name));
        assert_eq!(masked.header, truth.header, "{name}");
        let places: Vec<usize> = (0..truth.header.len()).filter(|place| keys.contains(&truth.header[*place])).collect();
        let labels = truth.header.len() - truth.records.first().map_or(0, |_| truth.header.len() - places[0]);
        for record in &truth.records {
            let printed = same(&masked, record, labels.min(2));
            for column in &places {
                let number: Option<i64> = record[*column].parse().ok();
                let is_small = number.is_some_and(|number| 0 < number && number < 5);
                assert!(!is_small || printed[*column] == "..", "{name} {record:?}: {printed:?}");
                assert!(
                    printed[*column] == ".." || printed[*column] == record[*column],
                    "{name} {record:?}: {printed:?}"
                );
                *small.entry(name).or_insert(0) += usize::from(is_small);
                shown += usize::from(number.is_some() && printed[*column] != "..");
            }
        }
    }
    let without: Vec<&&str> = small.iter().filter(|(_, small)| **small == 0).map(|(name, _)| name).collect();
    assert!(without.len() <= 3 && small.values().sum::<usize>() > 25 && shown > 100, "{small:?}, {shown} shown");
}

/// Where one of some cells of a record is a mark, none of the others may stand.
fn goes_with(name: &str, counts: &[&str], told: &[&str]) -> usize {
    let sheet = protected().table(name);
    let place = |key: &&str| sheet.header.iter().position(|name| name == key).unwrap_or_else(|| panic!("{name} {key}"));
    let (counts, told): (Vec<usize>, Vec<usize>) =
        (counts.iter().map(place).collect(), told.iter().map(place).collect());
    let hides = |record: &&Vec<String>| counts.iter().any(|column| record[*column] == "..");
    let hidden: Vec<&Vec<String>> = sheet.records.iter().filter(hides).collect();
    for record in &hidden {
        for column in &told {
            assert!(["..", ""].contains(&record[*column].as_str()), "{name} {}: {record:?}", sheet.header[*column]);
        }
    }
    hidden.len()
}

#[test]
fn a_rate_its_limits_and_its_test_go_with_a_hidden_count() {
    assert!(goes_with("rate-enhet", &["count"], &["rate", "rate_lower", "rate_upper"]) > 0);
    goes_with("rate-enhet", &["previous_count"], &["previous_rate", "previous_rate_lower", "previous_rate_upper"]);
    let compared = ["ratio", "ratio_lower", "ratio_upper", "p", "p_adjusted", "development"];
    assert!(goes_with("rate-enhet", &["count", "previous_count"], &compared) > 0);
    // What is known to all stays.
    let rates = protected().table("rate-enhet");
    assert_eq!(rates.cell(&["Öst"], "exposure"), "20");
}

#[test]
fn medians_and_shares_of_quality_go_with_a_hidden_count() {
    let days = ["median", "lower_quartile", "upper_quartile", "p90", "over"];
    assert!(goes_with("quality-avvikelser-lag", &["n"], &days) > 0);
    goes_with("quality-avvikelser-residual", &["current"], &["share", "difference", "verdict"]);
    goes_with("quality-avvikelser", &["missing", "filled"], &["share"]);
    // A share of late reports tells how many were late, however many there were in all.
    let (truth, masked) = (open().table("quality-avvikelser-lag"), protected().table("quality-avvikelser-lag"));
    for record in &truth.records {
        let (over, n) = (truth.field(record, "over"), truth.field(record, "n").parse::<f64>().unwrap_or(0.0));
        let late = over.parse::<f64>().unwrap_or(0.0) / 100.0 * n;
        let shown = masked.field(same(&masked, record, 1), "over");
        assert!(!(0.5..4.5).contains(&late) || ["..", ""].contains(&shown), "{record:?}: {late} late, {shown}");
    }
    let report = protected().read("report.html");
    assert!(!report.contains("utan datum"), "a remark quotes a count that stands nowhere else");
}

#[test]
fn a_unit_that_has_stopped_does_not_tell_the_counts_of_its_months() {
    let (truth, masked) = (open().table("quality-avvikelser-stopped"), protected().table("quality-avvikelser-stopped"));
    let record = truth.records.iter().find(|record| record[0] == "Öst").expect("Öst has stopped");
    let printed = same(&masked, record, 1);
    for key in ["mean", "expected", "p", "p_adjusted"] {
        assert!(["..", ""].contains(&masked.field(printed, key)), "{key}: {printed:?}");
    }
}

#[test]
fn a_chart_of_single_events_shows_marks_and_not_how_many_there_are() {
    for name in ["spc-dagar", "spc-andra", "spc-hot"] {
        assert!(open().table(name).records.len() > 5, "{name}");
        let sheet = protected().table(name);
        assert_eq!(sheet.records.len(), 1, "{name}: the rows would tell the events");
        assert!(sheet.records[0][1..].iter().all(|cell| cell == ".."), "{name}: {:?}", sheet.records[0]);
    }
    let texts: BTreeSet<String> =
        ["spc-dagar", "spc-hot"].map(|name| protected().table(name).records[0].join(";")).into();
    assert_eq!(texts.len(), 1, "one is as the other, however rare its events");
}

/// Unit or step, and the month or step beside it.
type Cell = (String, String);

/// What is printed, and what adds up.
#[derive(Default)]
struct Attacker {
    numbers: BTreeMap<Cell, Option<f64>>,
    sums: Vec<(Vec<Cell>, Cell)>,
}

impl Attacker {
    fn keep(&mut self, cell: Cell, text: &str) {
        if let Ok(number) = text.parse::<f64>() {
            self.numbers.insert(cell, Some(number));
        } else if text == ".." {
            self.numbers.entry(cell).or_insert(None);
        }
    }

    /// Columns add up to the last one, rows to the last row.
    fn two_way(&mut self, sheet: &Sheet, columns: &[String], name: impl Fn(&str, &str) -> Cell) {
        for record in &sheet.records {
            for key in columns {
                self.keep(name(&record[0], key), sheet.field(record, key));
            }
        }
        let labels: Vec<&String> = sheet.records.iter().map(|record| &record[0]).collect();
        let (total, parts) = labels.split_last().expect("a total");
        for key in columns {
            let parts = parts.iter().map(|label| name(label, key)).filter(|cell| self.numbers.contains_key(cell));
            self.sums.push((parts.collect(), name(total, key)));
        }
        let (last, steps) = columns.split_last().expect("a total");
        for label in labels {
            let parts: Vec<Cell> =
                steps.iter().map(|key| name(label, key)).filter(|cell| self.numbers.contains_key(cell)).collect();
            if parts.len() == steps.len() {
                self.sums.push((parts, name(label, last)));
            }
        }
    }

    fn end(&self, target: &Cell, direction: OptimizationDirection) -> f64 {
        let mut problem = Problem::new(direction);
        let mut variables = BTreeMap::new();
        for name in self.sums.iter().flat_map(|(parts, whole)| parts.iter().chain([whole])) {
            let known = self.numbers.get(name).copied().flatten();
            let bounds = known.map_or((0.0, f64::INFINITY), |known| (known, known));
            variables.entry(name).or_insert_with(|| problem.add_var(f64::from(u8::from(name == target)), bounds));
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

/// Months and rates of units as one system; the matrix as another, whose total row counts what is judged.
fn attackers(run: &Run) -> [Attacker; 2] {
    let mut months = Attacker::default();
    let keys: Vec<String> = (1..=12).map(|month| format!("2024-{month:02}")).chain(["total".to_string()]).collect();
    months.two_way(&run.table("quality-avvikelser-months"), &keys, |unit, key| (unit.to_string(), key.to_string()));
    for (name, key) in [("rate-enhet", "count"), ("breakdown-enhet", "current"), ("quality-avvikelser-lag", "n")] {
        let sheet = run.table(name);
        for record in sheet.records.iter().filter(|_| name != "quality-avvikelser-lag") {
            months.keep((record[0].clone(), "total".to_string()), sheet.field(record, key));
        }
    }
    let mut matrix = Attacker::default();
    let sheet = run.table("risk_count-avvikelser");
    let keys = ["c1", "c2", "c3", "c4", "total"].map(String::from);
    matrix.two_way(&sheet, &keys, |row, key| (row.to_string(), key.to_string()));
    // The last row's own columns add up to what is judged, not to all.
    let total = sheet.records.last().expect("a total")[0].clone();
    matrix.sums.retain(|(parts, whole)| !(whole.0 == total && parts.iter().all(|part| part.0 == total)));
    [months, matrix]
}

#[test]
fn no_hidden_count_can_be_worked_out_from_rows_columns_and_rates() {
    let mut hidden = 0;
    for attacker in attackers(protected()) {
        for (name, _) in attacker.numbers.iter().filter(|(_, number)| number.is_none()) {
            let lower = attacker.end(name, OptimizationDirection::Minimize);
            let upper = attacker.end(name, OptimizationDirection::Maximize);
            assert!(upper - lower >= 4.0 - 1e-6, "{name:?} is between {lower} and {upper}");
            hidden += 1;
        }
    }
    assert!(hidden > 20, "{hidden} hidden");
}

#[test]
fn the_attacker_finds_a_single_count_that_is_hidden_alone() {
    for mut attacker in attackers(open()) {
        let (name, truth) = {
            let known = attacker.sums[0].0.first().expect("a part").clone();
            (known.clone(), attacker.numbers[&known].expect("a number"))
        };
        attacker.numbers.insert(name.clone(), None);
        assert!((attacker.end(&name, OptimizationDirection::Maximize) - truth).abs() < 1e-6, "{name:?}");
    }
}
