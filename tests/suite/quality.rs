//! The data-quality tables of a sample job against a recount of its raw export: read here byte by byte, by other code.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::kit::raw::{self, date, year};
use crate::kit::{Sheet, plan, run_plan, sample};

/// A report of the raw export that the rules keep.
struct Report {
    id: String,
    registered: Date,
    occurred: Option<Date>,
    unit: String,
    categories: Vec<String>,
    closed: bool,
}

/// Every row with an id and a date, the first of each id, of the two years that the job reads.
fn reports() -> Vec<Report> {
    let columns = ["Avvikelsenr", "Registrerad", "Händelsedatum", "Enhet", "Kategori", "Avslutad"];
    let mut seen = BTreeSet::new();
    let report = |[id, registered, occurred, unit, category, closed]: [String; 6]| {
        let registered = date(&registered).filter(|date| [2022, 2023].contains(&year(*date)))?;
        (!id.is_empty() && seen.insert(id.clone())).then(|| Report {
            id,
            registered,
            occurred: date(&occurred),
            unit,
            categories: category.split('|').map(|part| part.trim().to_string()).collect(),
            closed: date(&closed).is_some(),
        })
    };
    raw::rows(columns).into_iter().filter_map(report).collect()
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

#[test]
fn residual_shares_are_those_of_the_raw_export() {
    let table = sample("analyze").table("quality-avvikelser-residual");
    let reports = reports();
    for (of_year, count, share) in [(2023, "current", "share"), (2022, "previous", "share_previous")] {
        let in_year: Vec<&Report> = reports.iter().filter(|report| year(report.registered) == of_year).collect();
        let silent = |value: &String| ["okänt", "övrigt"].contains(&value.to_lowercase().as_str());
        let part = in_year.iter().filter(|report| report.categories.iter().any(silent)).count();
        assert!(part > 0, "the sample has residual categories");
        assert_eq!(table.number(&["kategori", ""], count), part as i64);
        assert!(close(table.decimal(&["kategori", ""], share), 100.0 * part as f64 / in_year.len() as f64));
    }
}

#[test]
fn lags_per_unit_are_those_of_the_raw_export() {
    let table = sample("analyze").table("quality-avvikelser-lag");
    let mut days: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let reports = reports();
    for report in reports.iter().filter(|report| year(report.registered) == 2023) {
        let occurred = report.occurred.expect("the sample has both dates");
        let lag = i64::from((report.registered - occurred).get_days());
        assert!(lag >= 0, "{}", report.id);
        days.entry(&report.unit).or_default().push(lag);
        days.entry("Totalt").or_default().push(lag);
    }
    for (unit, lags) in &mut days {
        lags.sort_unstable();
        let at = |share: f64| {
            let place = (lags.len() - 1) as f64 * share;
            let low = lags[place.floor() as usize] as f64;
            low + place.fract() * (lags[place.ceil() as usize] as f64 - low)
        };
        assert_eq!(table.number(&[unit], "n"), lags.len() as i64);
        for (column, share) in [("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75), ("p90", 0.9)] {
            assert!(close(table.decimal(&[unit], column), at(share)), "{unit} {column}");
        }
        let late = lags.iter().filter(|lag| **lag > 2).count() as f64;
        assert!(close(table.decimal(&[unit], "over"), 100.0 * late / lags.len() as f64), "{unit}");
    }
    assert_eq!(days.len(), 22);
}

#[test]
fn months_and_silence_are_those_of_the_raw_export() {
    let months = sample("analyze").table("quality-avvikelser-months");
    let mut counts: BTreeMap<(String, String), i64> = BTreeMap::new();
    let reports = reports();
    for report in &reports {
        let month = format!("{}-{:02}", report.registered.year(), report.registered.month());
        *counts.entry((report.unit.clone(), month)).or_default() += 1;
    }
    let keys: Vec<&String> = months.header.iter().filter(|key| key.starts_with("202")).collect();
    assert_eq!((keys.len(), keys[0].as_str()), (12, "2022-09"));
    for record in months.records.iter().filter(|record| record[0] != "Totalt") {
        for key in &keys {
            let wanted = counts.get(&(record[0].clone(), key.to_string())).copied().unwrap_or(0);
            assert_eq!(months.number(&[&record[0]], key), wanted, "{} {key}", record[0]);
        }
    }
    let silent: BTreeSet<&str> = months
        .records
        .iter()
        .filter(|record| months.field(record, "2023-08") == "0")
        .map(|record| record[0].as_str())
        .collect();
    let stopped = sample("analyze").table("quality-avvikelser-stopped");
    let told: BTreeSet<&str> = stopped.records.iter().map(|record| record[0].as_str()).collect();
    assert_eq!(told, silent);
}

#[test]
fn completeness_is_that_of_the_raw_export() {
    let table = sample("analyze").table("quality-avvikelser");
    let reports = reports();
    let in_year: Vec<&Report> = reports.iter().filter(|report| year(report.registered) == 2023).collect();
    let closed = in_year.iter().filter(|report| report.closed).count() as i64;
    assert_eq!(table.number(&["avslutad"], "filled"), closed);
    assert_eq!(table.number(&["avslutad"], "missing"), in_year.len() as i64 - closed);
    for record in &table.records {
        let parts: i64 = ["filled", "missing", "not_applicable", "withheld", "invalid"]
            .iter()
            .map(|part| table.number(&[&record[0]], part))
            .sum();
        assert_eq!(parts, table.number(&[&record[0]], "rows"), "{}", record[0]);
    }
}

#[test]
fn deliveries_repeat_the_balances_and_the_newest_date_of_the_export() {
    let run = sample("analyze");
    let table = run.table("delivery-underlag");
    let newest = reports().iter().map(|report| report.registered).max().expect("rows");
    assert_eq!(table.cell(&["avvikelser"], "newest"), newest.to_string());
    for balance in &run.summary.balances {
        let source = balance.origin().source.as_str();
        let all = run.summary.balances.iter().filter(|other| other.origin().source == source);
        assert_eq!(table.number(&[source], "data_rows"), all.map(|balance| balance.data_rows() as i64).sum::<i64>());
    }
    assert_eq!(table.cell(&["risker"], "newest"), ".");
}

#[test]
fn printed_numbers_that_differ_are_a_warning_and_keep_their_place() {
    let run = sample("analyze");
    let table = run.table("published-incidenter");
    let cause = |row: &str| (table.number(&[row], "difference"), table.cell(&[row], "cause").to_string());
    assert_eq!(cause("Felsänt brev eller e-post"), (1, "1 rapporterades efter 2022-08-10".into()));
    assert_eq!(cause("Uppgift i fel akt"), (-1, "uttaget har 1 dubblett, som räknas en gång".into()));
    assert_eq!(cause("Totalt"), (0, String::new()));
    let warned: Vec<&str> = run
        .summary
        .warnings
        .iter()
        .filter(|warning| warning.code == kvalis::diagnostic::Code::DiffersFromPrint)
        .map(|warning| warning.message.as_str())
        .collect();
    assert_eq!(warned, ["2 of 5 numbers in [published.incidenter] differ from what is counted for that year now"]);
    // Published figures of kvalitetsår 2022: equal, every one.
    let real = run.table("published-avvikelser");
    assert!(real.records.iter().all(|record| real.field(record, "verdict") == "stämmer"));
    let published = Sheet::published("goteborg-sydvast-2023-avvikelser");
    for record in published.records.iter().filter(|record| record[1] == "TOTALT") {
        assert_eq!(real.number(&[&record[0]], "printed"), record[3].parse::<i64>().expect("a number"));
    }
}

#[test]
fn the_chapter_stands_in_the_report_and_tells_what_was_not_delivered() {
    let html = sample("analyze").read("report.html");
    for words in ["Hur säkert underlaget är", "Stämmer förra årets siffror?", "Mediantiden från händelse till rapport"]
    {
        assert!(html.contains(words), "{words}");
    }
    let mut plan = plan("analyze");
    for source in plan.sources.iter_mut().filter(|source| ["tryckta", "incidenter"].contains(&source.name.as_str())) {
        source.files = vec!["finns-inte.csv".into()];
    }
    let run = run_plan(&plan, 2).unwrap_or_else(|failure| panic!("runs: {failure:#?}"));
    let table = run.table("delivery-underlag");
    assert_eq!(table.cell(&["tryckta"], "which_months"), "inte lämnat");
    assert_eq!(
        table.cell(&["avvikelser"], "kept"),
        sample("analyze").table("delivery-underlag").cell(&["avvikelser"], "kept")
    );
}

#[test]
fn the_tables_are_the_same_whichever_engine_counts() {
    let streamed = crate::kit::streamed("analyze");
    for stem in ["quality-avvikelser", "quality-avvikelser-lag", "quality-avvikelser-months", "delivery-underlag"] {
        let name = format!("tables/{stem}.csv");
        assert_eq!(streamed.read(&name), sample("analyze").read(&name), "{stem}");
    }
}

#[test]
fn the_appendix_says_how_each_table_is_counted() {
    let report = sample("analyze").read("report.md");
    for words in [
        "Celler i behållna rader per kolumn: ifyllda, saknas (tomma eller markerade så)",
        "Antal olika avvikelser med något restvärde, värde utanför listan eller tom cell i kategori, av alla avvikelser i perioden; över 15\u{a0}procent",
        "Antal värden i behållna rader som inte finns i kolumnens lista, per stavning",
        "Dagar från händelsedatum till registrerad: median, kvartiler och 90-procentspunkt (kvantiler av typ 7)",
        "Antal olika avvikelser per enhet och månad",
        "p = e^(−väntat antal), justerat enligt Benjamini–Hochberg över alla med minst 6 månaders historik; bedöms under 0,05",
        "högst en tiondel av sitt tidigare medeltal",
        "avslutade månader i perioden utan någon rad",
        "Det tryckta talet, det som räknas för samma år nu, och skillnaden (nu minus tryckt)",
    ] {
        assert!(report.replace("\\", "").contains(words), "{words}");
    }
}
