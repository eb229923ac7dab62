//! Days to closing: the sample's log against a recount of its raw export, and a protected report attacked from its files.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::kit::attack::{Attacker, Pair, events};
use crate::kit::bench::root;
use crate::kit::{Bench, Run, html_tables, raw};

const LIMIT: i32 = 30;
const DRAWN: Date = Date::constant(2023, 10, 15);

// --- the sample's log ------------------------------------------------------------------------------------------------

/// A report of the raw export: when it was registered, and when closed.
struct Report {
    department: String,
    registered: Date,
    closed: Option<Date>,
}

impl Report {
    /// Days until it was closed, or that it has been open.
    fn days(&self) -> (i32, bool) {
        let closed = self.closed.filter(|closed| *closed <= DRAWN);
        ((closed.unwrap_or(DRAWN) - self.registered).get_days(), closed.is_some())
    }
}

/// The first row of each id that has a date of the kvalitetsår named after the year in which it ends.
fn reports(of_year: i16) -> Vec<Report> {
    let mut reports: BTreeMap<String, Report> = BTreeMap::new();
    for [id, registered, department, closed] in raw::rows(["Avvikelsenr", "Registrerad", "Avdelning", "Avslutad"]) {
        let (Some(registered), false) = (raw::date(&registered), id.is_empty()) else { continue };
        if raw::year(registered) == of_year {
            reports.entry(id).or_insert(Report { department, registered, closed: raw::date(&closed) });
        }
    }
    reports.into_values().collect()
}

/// The share that is still open after some days: a product over the days on which any were closed.
fn open_after(reports: &[&Report], days: i32) -> f64 {
    let all: Vec<(i32, bool)> = reports.iter().map(|report| report.days()).collect();
    let of_day = |day: i32| {
        let closed = all.iter().filter(|(after, closed)| *closed && *after == day).count() as f64;
        let waited = all.iter().filter(|(after, _)| *after >= day).count() as f64;
        if closed == 0.0 { 1.0 } else { 1.0 - closed / waited }
    };
    (0..=days).map(of_day).product()
}

/// The run of the sample's log, with all shown.
fn shown() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let bench = Bench::case("lead_time");
        bench.write("a.csv", raw::log()).edit_job("[protect]\n", "");
        bench.run()
    })
}

#[test]
fn times_to_closing_are_those_of_the_raw_export() {
    let table = shown().table("lead_time-avslut");
    let (mut open, mut rows) = (0, 0);
    for record in &table.records {
        let row = record[0].as_str();
        let of_year = |reports: &'static [Report]| -> Vec<&Report> {
            reports.iter().filter(|report| row == "Totalt" || report.department == row).collect()
        };
        let (now, before) = (of_year(of(2023)), of_year(of(2022)));
        let waiting = now.iter().filter(|report| !report.days().1).count();
        assert_eq!(table.decimal(&[row], "n") as usize, now.len(), "{row}");
        assert_eq!(table.decimal(&[row], "open") as usize, waiting, "{row}");
        assert_eq!(table.decimal(&[row], "closed") as usize, now.len() - waiting, "{row}");
        for (column, reports, share) in [
            ("median", &now, 0.5),
            ("previous_median", &before, 0.5),
            ("lower_quartile", &now, 0.25),
            ("upper_quartile", &now, 0.75),
        ] {
            if table.cell(&[row], column) == "-" {
                assert!(open_after(reports, 10_000) > 1.0 - share, "{row} {column}");
                continue;
            }
            // Half a day lies between two days at which the curve stands just at what is to be left.
            let days = table.decimal(&[row], column);
            assert!(open_after(reports, days as i32) <= 1.0 - share + 1e-9, "{row} {column}: {days}");
            assert!(open_after(reports, days.ceil() as i32 - 1) >= 1.0 - share - 1e-9, "{row} {column}: {days}");
        }
        for (column, reports) in [("within", &now), ("previous_within", &before)] {
            let share = 100.0 * (1.0 - open_after(reports, LIMIT));
            assert!((table.decimal(&[row], column) - share).abs() < 1e-9, "{row} {column}: {share}");
        }
        (open, rows) = (open + waiting, rows + 1);
    }
    assert!(open > 20 && rows > 4, "{open} open in {rows} rows");
}

fn of(year: i16) -> &'static [Report] {
    static REPORTS: OnceLock<[Vec<Report>; 2]> = OnceLock::new();
    &REPORTS.get_or_init(|| [2022, 2023].map(reports))[usize::from(year == 2023)]
}

#[test]
fn the_report_shows_and_explains_them() {
    let page = shown().read("report.html");
    let says = |rows: &[Vec<String>], words: &str| rows.iter().flatten().any(|cell| cell.contains(words));
    let heads = ["Andel öppna", "Inom 30 dagar 2023"];
    assert!(html_tables(&page).iter().any(|(_, rows)| heads.iter().all(|words| says(rows, words))));
    for words in ["Dagar från ”Registrerad” till ”Avslutad”.", "skattade enligt Kaplan–Meier över olika avvikelser"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(shown().files().contains_key("figures/ranked_bar-avslut.svg"));
    let manifest = shown().folder.join("manifest.json").to_string_lossy().into_owned();
    let explain =
        |column: &str| crate::kit::kvalis(root(), &["explain", &manifest, "lead_time.avslut", "Totalt", column]);
    let open = shown().table("lead_time-avslut").decimal(&["Totalt"], "open");
    let told = explain("open").exits(0);
    told.says(&format!("counted: {open} distinct events in {open} rows"));
    told.says("where `registrerad → avslutad` is \"open\"");
    explain("median").exits(0).says("cut off (Kaplan–Meier)");
}

// --- a protected report ----------------------------------------------------------------------------------------------

const COUNTS: [&str; 4] = ["closed", "open", "without", "n"];

/// Three units report few; some are open, some were closed before they came.
fn pair() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(|| {
        let units =
            [("Norr", 3, 9), ("Söder", 8, 24), ("Väst", 1, 3), ("Öst", 1, 2), ("Centrum", 1, 2), ("Hamnen", 1, 3)];
        let header = "Avvikelsenr;Registrerad;Avdelning;Avslutad";
        let export = events(header, 2021..=2023, &units, |event, dice| {
            if ["Öst", "Centrum", "Hamnen"].contains(&event.unit) && dice.below(8) > 0 {
                return None;
            }
            let registered = Date::constant(event.year as i16, event.month as i8, 1 + dice.below(28) as i8);
            let days = dice.below(20) as i64 * dice.below(12) as i64 - i64::from(event.number % 67 == 0) * 300;
            let closed = registered.checked_add(jiff::Span::new().days(days)).expect("a date");
            let closed = if event.number % 23 == 0 || closed > DRAWN { String::new() } else { closed.to_string() };
            Some(format!("{registered};{};{closed}", event.unit))
        });
        Pair::of("lead_time", &export)
    })
}

#[test]
fn no_small_count_of_open_or_closed_ones_can_be_worked_out() {
    let compared = pair().compare("lead_time-avslut", |key| COUNTS.contains(&key));
    assert!(compared.small > 3 && compared.hidden > compared.small && compared.shown > 3, "{compared:?}");
    let sheet = pair().protected.table("lead_time-avslut");
    let mut attacker = Attacker::default();
    attacker.two_way(&sheet, &COUNTS);
    // The same numbers stand in the breakdown.
    let counts = pair().protected.table("breakdown-avdelning");
    for record in &counts.records {
        attacker.keep((record[0].clone(), "n".to_string()), counts.field(record, "current"));
    }
    assert!(attacker.finds_nothing(1) >= compared.small);
}

#[test]
fn days_of_few_and_a_share_that_tells_few_are_hidden() {
    let (open, masked) = (pair().open.table("lead_time-avslut"), pair().protected.table("lead_time-avslut"));
    let (mut few, mut telling, mut shown) = (0, 0, 0);
    for record in &open.records {
        let printed = masked.same(&record[..1]);
        let count = |key: &str| open.field(record, key).parse::<f64>().expect("a count");
        let followed = count("closed") + count("open");
        if followed < 5.0 {
            few += 1;
            for key in ["median", "lower_quartile", "upper_quartile", "within"] {
                assert!(["..", ""].contains(&masked.field(printed, key)), "{key}: {printed:?}");
            }
            continue;
        }
        shown += usize::from(masked.field(printed, "median") != "..");
        // Where none was cut off the share tells how many took longer.
        let beyond = followed * (1.0 - open.field(record, "within").parse::<f64>().expect("a share") / 100.0);
        if (0.5..4.5).contains(&beyond) {
            telling += 1;
            assert_eq!(masked.field(printed, "within"), "..", "{printed:?}");
        }
    }
    assert!(few > 0 && shown > 1, "{few} rows of few, {telling} telling shares, {shown} medians shown");
}
