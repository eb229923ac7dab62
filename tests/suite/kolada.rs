//! The real values of Kolada's database, read from where the project shares them and never copied here.
//!
//! `KVALIS_SHARED`, or a folder `shared` beside or above the project, holds `exports/kolada`; without it these tests say
//! so and pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::kit::{Bench, Run, Sheet};

const QUESTIONS: [(&str, &str); 9] = [
    ("U30900", ", svarsfrekvens (%)"),
    ("U30901", ", antal svar"),
    ("U30452", " - helhetssyn, andel (%)"),
    ("U30447", " - få kontakt, andel (%)"),
    ("U30448", " - tydlig information, andel (%)"),
    ("U30449", " - visar förståelse, andel (%)"),
    ("U30450", " - inflytande, andel (%)"),
    ("U30451", " - påverka hjälp, andel (%)"),
    ("U30453", " - förbättrad situation, andel (%)"),
];

/// The folder of the real values, if it is there.
fn shared() -> Option<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("KVALIS_SHARED").map(PathBuf::from);
    let beside = ["../shared", "../../shared"].map(|folder| project.join(folder));
    let found = named.into_iter().chain(beside).map(|folder| folder.join("exports/kolada")).find(|path| path.is_dir());
    if found.is_none() {
        eprintln!("skipped: the real values of Kolada are not here (set KVALIS_SHARED)");
    }
    found
}

/// key → value of one file: indicator, municipality, year, group. Read by the csv crate.
fn values(file: &Path) -> BTreeMap<[String; 4], f64> {
    let mut reader = csv::Reader::from_path(file).expect("a csv file");
    let records = reader.records().map(|record| record.expect("well formed"));
    let value = |record: csv::StringRecord| {
        let key = [0, 1, 2, 3].map(|field| record[field].to_string());
        Some((key, record[4].parse().ok()?))
    };
    records.filter_map(value).collect()
}

/// A run on the exports of a folder.
fn run(input: &Path, measures: &str) -> Run {
    let bench = Bench::case("kolada");
    bench.edit_job("input = \"input\"", &format!("input = {:?}", input.display().to_string()));
    bench.append("job.toml", measures);
    bench.run()
}

#[test]
fn norrtaljes_series_is_the_one_that_the_report_of_2023_printed() {
    let Some(input) = shared() else { return };
    let measure = r#"
[indicator.ifo]
source = "source.kolada"
title = "Norrtälje"
what = "andel"
where = { area = "0188", group = "T" }
unit = "percent"
"#;
    let table = run(&input, measure).table("indicator-ifo");
    let published = Sheet::published("norrtalje-kolada-ifo-totalt");
    let mut compared = 0;
    for (id, title) in QUESTIONS {
        let name = format!("Brukarbedömning individ- och familjeomsorg totalt{title}");
        for year in ["2020", "2021", "2022"] {
            let printed = published.cell(&[&name], year);
            let ours = table.cell(&[id], &format!("y{year}"));
            match printed {
                ".." => assert_eq!(ours, "-", "{name} {year}"),
                _ => {
                    let rounded = ours.replace(',', ".").parse::<f64>().expect("a number").round();
                    assert_eq!(format!("{rounded}"), printed, "{name} {year}");
                }
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 27);
}

#[test]
fn rank_quartiles_and_mean_of_every_question_equal_those_counted_one_by_one() {
    let Some(input) = shared() else { return };
    let measure = r#"
[comparison.ifo]
source = "source.kolada"
title = "Norrtälje bland kommunerna"
what = "andel"
area = "0188"
unit = "percent"
higher_is_better = ["U3044", "U3045"]
answers = "U30901"
survey = "skr_ifo"
"#;
    let table = run(&input, measure).table("comparison-ifo");
    let all = values(&input.join("ifo_totalt.csv"));
    let mut compared = 0;
    for (id, _) in QUESTIONS.iter().filter(|(id, _)| *id != "U30901") {
        let of_year =
            all.iter().filter(|(key, _)| key[0] == *id && key[2] == "2022" && key[3] == "T" && key[1] != "0000");
        let mut sorted: Vec<f64> = of_year.map(|(_, value)| *value).collect();
        sorted.sort_by(f64::total_cmp);
        let own = all[&[id.to_string(), "0188".into(), "2022".into(), "T".into()]];
        let better = sorted.iter().filter(|value| **value > own).count();
        let equal = sorted.iter().filter(|value| **value == own).count();
        assert_eq!(table.number(&[id], "rank_first"), better as i64 + 1, "{id}");
        assert_eq!(table.number(&[id], "rank_last"), (better + equal) as i64, "{id}");
        assert_eq!(table.number(&[id], "n"), sorted.len() as i64, "{id}");
        for (column, quarters) in [("minimum", 0), ("q1", 1), ("median", 2), ("q3", 3), ("maximum", 4)] {
            let place = (sorted.len() - 1) * quarters;
            let (below, rest) = (place / 4, (place % 4) as f64 / 4.0);
            let above = sorted[(below + 1).min(sorted.len() - 1)];
            near(&table, id, column, sorted[below] * (1.0 - rest) + above * rest);
        }
        near(&table, id, "mean", sorted.iter().sum::<f64>() / sorted.len() as f64);
        compared += 1;
    }
    assert_eq!(compared, 8);
}

fn near(table: &Sheet, id: &str, column: &str, expected: f64) {
    let found: f64 = table.cell(&[id], column).replace(',', ".").parse().expect("a number");
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{id} {column}: {found} and not {expected}");
}

/// The shared snapshot has no column for status: as many contradictions and unmarked nulls as the API's own snapshot has
/// are written into a copy of its real rows.
#[test]
fn contradictions_and_unmarked_nulls_are_all_found_and_listed() {
    let Some(input) = shared() else { return };
    let exports = Bench::new();
    let mut reader = csv::Reader::from_path(input.join("ifo_totalt.csv")).expect("a csv file");
    let (mut text, mut valued, mut empty) = (String::from("kpi,municipality,period,gender,status,value\n"), 0, 0);
    for record in reader.records().map(|record| record.expect("well formed")) {
        let has_value = !record[4].is_empty();
        valued += u32::from(has_value);
        empty += u32::from(!has_value);
        let status = match has_value {
            true if valued <= 332 => ["Missing", "Privacy"][valued as usize % 2],
            false if empty > 73 => "Missing",
            _ => "",
        };
        text += &format!("{},{},{},{},{status},{}\n", &record[0], &record[1], &record[2], &record[3], &record[4]);
    }
    exports.write("ifo_totalt.csv", text);
    let measure = r#"
status = { header = "status", kind = "category", safe = true }
[indicator.ifo]
source = "source.kolada"
title = "Norrtälje"
what = "andel"
where = { area = "0188", group = "T" }
"#;
    let run = run(exports.folder(), measure);
    let warnings: Vec<String> = run.summary.warnings.iter().map(|warning| warning.message.clone()).collect();
    assert!(warnings.iter().any(|message| message.starts_with("332 cells")), "{warnings:?}");
    assert!(warnings.iter().any(|message| message.starts_with("73 cells")), "{warnings:?}");
    assert_eq!(run.read("rejects.csv").lines().count(), 1 + 332 + 73);
}

#[test]
fn the_samples_comparison_page_has_our_published_values_among_constructed_ones() {
    let run = crate::kit::sample("norrtalje");
    let (table, published) = (run.table("comparison-ifo"), Sheet::published("norrtalje-kolada-ifo-totalt"));
    for (id, title) in QUESTIONS.iter().skip(2) {
        let name = format!("Brukarbedömning individ- och familjeomsorg totalt{title}");
        assert_eq!(table.cell(&[id], "current"), published.cell(&[&name], "2023"), "{name}");
        assert_eq!(table.cell(&[id], "previous"), published.cell(&[&name], "2022"), "{name}");
    }
    // One of 24 is marked Privacy beside its value, one is Missing in every question.
    assert_eq!((table.number(&["U30447"], "n"), table.number(&["U30449"], "n")), (24, 23));
    let text = crate::kit::text_of(&run.read("report.html"));
    for said in [
        "plats 4 av 24",
        "det ovägda medelvärdet",
        "och inte om resultatet är bra",
        "▲ grön, bästa fjärdedelen",
        "inom gränserna på 99,8 procent",
    ] {
        assert!(text.contains(said), "the report does not say `{said}`");
    }
    let fates: Vec<_> = run.summary.balances.iter().flat_map(|balance| balance.fates()).collect();
    assert!(fates.contains(&(kvalis::domain::balance::Fate::Deleted, 1)), "the withdrawn row has a fate");
}
