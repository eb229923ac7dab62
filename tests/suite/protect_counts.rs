//! Rates, matrices of risk, charts of single events and tables of data quality of a protected source: attacked from the
//! files alone, by a reader who knows which rows and columns add up.
//!
//! Exposures are public: a rate tells its count, and so does whatever is worked out of it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::kit::Run;
use crate::kit::attack::{self, Attacker, Compared, Pair};

/// Four units over two years: Väst reports few, Öst fewer and stops; Miljö is rare; values are missing, and misspelt.
fn export() -> String {
    let units = [("Norr", 3, 9), ("Söder", 8, 24), ("Väst", 1, 3), ("Öst", 0, 2)];
    attack::events("Nr;Datum;Hände;Enhet;Typ;Sannolikhet;Konsekvens", 2023..=2024, &units, |event, dice| {
        let attack::Event { number, year, month, unit } = *event;
        if unit == "Öst" && (year, month) > (2024, 4) {
            return None;
        }
        let usual = ["Fall", "Fall", "Hot", "Övrigt"][dice.below(4) as usize];
        let kind = match (number % 97, number % 61) {
            (0, _) => "Fal",
            (_, 0) => "Miljö",
            _ => usual,
        };
        let day = 11 + dice.below(17);
        let before = match number % 53 {
            0 => String::new(),
            _ => format!("{year}-{month:02}-{:02}", day - dice.below(11)),
        };
        let [one, other] = [dice.below(4) + 1, dice.below(4) + 1].map(|step| step.to_string());
        let one = if number % 41 == 0 { String::new() } else { one };
        let other = if number % 83 == 0 { "9".to_string() } else { other };
        Some(format!("{year}-{month:02}-{day:02};{before};{unit};{kind};{one};{other}"))
    })
}

fn runs() -> &'static Pair {
    static RUNS: OnceLock<Pair> = OnceLock::new();
    RUNS.get_or_init(|| Pair::of("counts", &export()))
}

/// The columns of a table that count events (or cells of them).
const COUNTED: [(&str, &[&str]); 8] = [
    ("rate-enhet", &["count", "previous_count"]),
    ("risk_count-avvikelser", &["c1", "c2", "c3", "c4", "total"]),
    ("breakdown-enhet", &["current"]),
    ("quality-avvikelser", &["filled", "missing", "not_applicable", "withheld", "invalid", "rows"]),
    ("quality-avvikelser-residual", &["current", "previous"]),
    ("quality-avvikelser-unknown", &["current", "previous", "undated"]),
    ("quality-avvikelser-lag", &["n", "negative", "undated"]),
    ("quality-avvikelser-renamed", &["old_before", "old_after", "new_before", "new_after"]),
];

fn is_month(key: &str) -> bool {
    key == "total" || key.starts_with("2024-")
}

#[test]
fn no_count_under_five_is_in_a_table_and_what_is_shown_is_true() {
    let tables = COUNTED.iter().map(|(name, keys)| runs().compare(name, |key| keys.contains(&key)));
    let months = runs().compare("quality-avvikelser-months", is_month);
    let compared: Vec<Compared> = tables.chain([months]).collect();
    let without = compared.iter().filter(|table| table.small == 0).count();
    let all: Compared = compared.iter().copied().sum();
    assert!(without <= 3 && all.small > 25 && all.shown > 100, "{compared:?}");
}

/// Of a protected table, see [`attack::goes_with`].
fn goes_with(name: &str, counts: &[&str], told: &[&str]) -> usize {
    attack::goes_with(&runs().protected.table(name), counts, told)
}

#[test]
fn a_rate_its_limits_and_its_test_go_with_a_hidden_count() {
    assert!(goes_with("rate-enhet", &["count"], &["rate", "rate_lower", "rate_upper"]) > 0);
    goes_with("rate-enhet", &["previous_count"], &["previous_rate", "previous_rate_lower", "previous_rate_upper"]);
    let compared = ["ratio", "ratio_lower", "ratio_upper", "p", "p_adjusted", "development"];
    assert!(goes_with("rate-enhet", &["count", "previous_count"], &compared) > 0);
    // What is known to all stays.
    let rates = runs().protected.table("rate-enhet");
    assert_eq!(rates.cell(&["Öst"], "exposure"), "20");
}

#[test]
fn medians_and_shares_of_quality_go_with_a_hidden_count() {
    let days = ["median", "lower_quartile", "upper_quartile", "p90", "over"];
    assert!(goes_with("quality-avvikelser-lag", &["n"], &days) > 0);
    goes_with("quality-avvikelser-residual", &["current"], &["share", "difference", "verdict"]);
    goes_with("quality-avvikelser", &["missing", "filled"], &["share"]);
    // A share of late reports tells how many were late, however many there were in all.
    let (truth, masked) =
        (runs().open.table("quality-avvikelser-lag"), runs().protected.table("quality-avvikelser-lag"));
    for record in &truth.records {
        let (over, n) = (truth.field(record, "over"), truth.field(record, "n").parse::<f64>().unwrap_or(0.0));
        let late = over.parse::<f64>().unwrap_or(0.0) / 100.0 * n;
        let shown = masked.field(masked.same(&record[..1]), "over");
        assert!(!(0.5..4.5).contains(&late) || ["..", ""].contains(&shown), "{record:?}: {late} late, {shown}");
    }
    let report = runs().protected.read("report.html");
    assert!(!report.contains("utan datum"), "a remark quotes a count that stands nowhere else");
}

/// Labels of the rows that are marks, and of those that have none; no row is both.
fn marked_rows(name: &str) -> [Vec<String>; 2] {
    let sheet = runs().protected.table(name);
    let (marked, shown): (Vec<_>, Vec<_>) =
        sheet.records.iter().partition(|record| record.iter().any(|cell| cell == ".."));
    for record in &marked {
        assert!(record[sheet.labels()..].iter().all(|cell| cell == ".."), "{record:?}");
    }
    [marked, shown].map(|records| records.into_iter().map(|record| record[0].clone()).collect())
}

#[test]
fn a_row_of_an_earlier_document_is_shown_or_hidden_with_its_count() {
    let counts = runs().protected.table("breakdown-enhet");
    let [marked, shown] = marked_rows("published-enhet");
    assert!(marked.contains(&"Väst".to_string()), "a small number of an earlier document is printed again");
    let is_hidden = |name: &String| *name != "Totalt" && counts.cell(&[name], "current") == "..";
    assert!(!shown.iter().any(is_hidden), "{shown:?}");
    assert_eq!(runs().open.table("published-enhet").cell(&["Väst"], "printed"), "3");
    assert!(shown.contains(&"Norr".to_string()) && !runs().open.table("published-enhet").records.is_empty());
    assert!(!runs().protected.read("report.html").contains("av 4 tryckta"), "how many rows differ is told of all rows");
}

#[test]
fn the_rows_of_a_source_are_told_only_where_its_total_is() {
    let delivered = runs().protected.table("delivery-allt");
    assert_eq!(delivered.records, runs().open.table("delivery-allt").records, "every year's total is shown");
    let few = Pair::of("counts", "Nr;Datum;Hände;Enhet;Typ;Sannolikhet;Konsekvens\n1;2024-03-01;;Norr;Fall;1;1\n");
    let [total, delivered] = ["breakdown-enhet", "delivery-allt"].map(|name| few.protected.table(name));
    assert_eq!([total.cell(&["Totalt"], "current"), delivered.cell(&["avvikelser"], "kept")], ["..", ".."]);
    assert_eq!([delivered.cell(&["avvikelser"], "newest"), delivered.cell(&["tryckta"], "data_rows")], ["..", "4"]);
    assert_eq!(few.open.table("delivery-allt").cell(&["avvikelser"], "kept"), "1");
}

#[test]
fn a_unit_that_has_stopped_does_not_tell_the_counts_of_its_months() {
    let (truth, masked) =
        (runs().open.table("quality-avvikelser-stopped"), runs().protected.table("quality-avvikelser-stopped"));
    let record = truth.records.iter().find(|record| record[0] == "Öst").expect("Öst has stopped");
    let printed = masked.same(&record[..1]);
    for key in ["mean", "expected", "p", "p_adjusted"] {
        assert!(["..", ""].contains(&masked.field(printed, key)), "{key}: {printed:?}");
    }
}

#[test]
fn a_chart_of_single_events_shows_marks_and_not_how_many_there_are() {
    for name in ["spc-dagar", "spc-andra", "spc-hot"] {
        assert!(runs().open.table(name).records.len() > 5, "{name}");
        let sheet = runs().protected.table(name);
        assert_eq!(sheet.records.len(), 1, "{name}: the rows would tell the events");
        assert!(sheet.records[0][1..].iter().all(|cell| cell == ".."), "{name}: {:?}", sheet.records[0]);
    }
    let texts: BTreeSet<String> =
        ["spc-dagar", "spc-hot"].map(|name| runs().protected.table(name).records[0].join(";")).into();
    assert_eq!(texts.len(), 1, "one is as the other, however rare its events");
}

/// Months and rates of units as one system; the matrix as another, whose total row counts what is judged.
fn attackers(run: &Run) -> [Attacker; 2] {
    let mut months = Attacker::default();
    let sheet = run.table("quality-avvikelser-months");
    let steps: Vec<&str> = sheet.header[1..].iter().map(String::as_str).filter(|key| is_month(key)).collect();
    assert_eq!(steps.len(), 13);
    months.two_way(&sheet, &steps);
    for (name, key) in [("rate-enhet", "count"), ("breakdown-enhet", "current")] {
        let sheet = run.table(name);
        for record in &sheet.records {
            months.keep((record[0].clone(), "total".to_string()), sheet.field(record, key));
        }
    }
    let mut matrix = Attacker::default();
    let sheet = run.table("risk_count-avvikelser");
    matrix.two_way(&sheet, &["c1", "c2", "c3", "c4", "total"]);
    // The last row's own columns add up to what is judged, not to all.
    let total = &sheet.records.last().expect("a total")[0];
    matrix.forget(|parts, (row, _)| row == total && parts.iter().all(|(row, _)| row == total));
    [months, matrix]
}

#[test]
fn no_hidden_count_can_be_worked_out_from_rows_columns_and_rates() {
    let hidden: usize = attackers(&runs().protected).iter().map(|attacker| attacker.finds_nothing(1)).sum();
    assert!(hidden > 20, "{hidden} hidden");
}

#[test]
fn the_attacker_finds_a_single_count_that_is_hidden_alone() {
    let [mut months, mut matrix] = attackers(&runs().open);
    months.finds_alone(&("Norr".into(), "2024-01".into()));
    matrix.finds_alone(&("4".into(), "c1".into()));
}
