//! The February job: numbers recomputed from the workbook by other code, and a job that finishes without a bad source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx, open_workbook};
use kvalis::diagnostic::Code;
use kvalis::job::plan::{Format, SourcePlan};
use kvalis::run::{RunOptions, RunSummary};

use crate::kit::bench::root;
use crate::kit::{Bench, Run, Sheet, files_below, sample};

/// The exports of the sample.
const EXPORTS: &str = "sample-data/goteborg-sydvast";

fn riskbild() -> &'static Run {
    sample("riskbild")
}

/// A row of the sample's register, read by calamine and nothing of ours.
#[derive(Debug, Clone)]
struct Row {
    id: String,
    year: i64,
    unit: String,
    score: i64,
    probability: i64,
    consequence: i64,
    action: String,
    status: String,
    due: f64,
}

fn register() -> Vec<Row> {
    let path = root().join("sample-data/goteborg-sydvast/risker.xlsx");
    let mut workbook: Xlsx<_> = open_workbook(path).expect("the sample's register");
    let sheet = workbook.worksheet_range_at(0).expect("a sheet").expect("readable");
    let text = |cell: &Data| cell.to_string();
    let whole = |cell: &Data| cell.to_string().parse::<f64>().expect("a number") as i64;
    let rows = sheet.rows().skip_while(|row| row[0] != "Risk-ID").skip(1);
    let due = |cell: &Data| match cell {
        Data::DateTime(day) => day.as_f64(),
        other => other.to_string().parse().expect("a day"),
    };
    let row = |row: &[Data]| Row {
        id: text(&row[0]),
        year: whole(&row[1]),
        unit: text(&row[2]),
        probability: whole(&row[4]),
        consequence: whole(&row[5]),
        score: whole(&row[4]) * whole(&row[5]),
        action: text(&row[6]),
        status: text(&row[7]),
        due: due(&row[8]),
    };
    rows.filter(|cells| !cells[0].to_string().is_empty()).map(row).collect()
}

fn of_year(year: i64) -> Vec<Row> {
    register().into_iter().filter(|row| row.year == year).collect()
}

/// A table of the run as label → column → text.
fn table(name: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let sheet = Sheet::read(&riskbild().folder.join("tables").join(name));
    let rows = sheet.records.iter().map(|record| {
        let cells = sheet.header.iter().cloned().zip(record.iter().cloned()).collect();
        (record[0].clone(), cells)
    });
    rows.collect()
}

fn order(name: &str) -> Vec<String> {
    Sheet::read(&riskbild().folder.join("tables").join(name)).records.iter().map(|record| record[0].clone()).collect()
}

#[test]
fn the_ranked_list_is_that_of_the_workbook() {
    let mut expected = of_year(2024);
    expected.sort_by(|one, other| {
        (other.score, other.consequence).cmp(&(one.score, one.consequence)).then_with(|| one.id.cmp(&other.id))
    });
    assert!(expected.len() > 5);
    assert_eq!(order("risk-alla.csv"), expected.iter().map(|row| row.id.clone()).collect::<Vec<_>>());
    let printed = table("risk-alla.csv");
    for row in &expected {
        assert_eq!(printed[&row.id]["score"], row.score.to_string(), "{row:?}");
        assert_eq!(printed[&row.id]["action"], row.action, "{row:?}");
    }
}

#[test]
fn every_cell_of_the_matrix_is_a_count_of_the_workbook() {
    let (rows, printed) = (of_year(2024), Sheet::read(&riskbild().folder.join("tables/risk-alla-matrix.csv")));
    let mut told = 0;
    for (line, probability) in printed.records.iter().zip((1..=4).rev()) {
        for consequence in 1..=4_i64 {
            let here = |row: &&Row| (row.probability, row.consequence) == (probability, consequence);
            let cell: usize = line[consequence as usize].parse().expect("a count");
            assert_eq!(cell, rows.iter().filter(here).count(), "{probability} × {consequence}");
            told += cell;
        }
    }
    assert_eq!(told, rows.len());
}

#[test]
fn what_moved_is_what_differs_between_the_years_of_the_workbook() {
    let scores = |year: i64| of_year(year).into_iter().map(|row| (row.id, row.score)).collect::<BTreeMap<_, _>>();
    let (now, before) = (scores(2024), scores(2023));
    let printed = table("risk-alla-moved.csv");
    let ids: BTreeSet<&String> = now.keys().chain(before.keys()).collect();
    assert_eq!(printed.keys().collect::<BTreeSet<_>>(), ids);
    let mut seen = BTreeSet::new();
    for id in ids {
        let expected = match (now.get(id), before.get(id)) {
            (Some(now), Some(before)) if now > before => "högre",
            (Some(now), Some(before)) if now < before => "lägre",
            (Some(_), Some(_)) => "oförändrad",
            (Some(_), None) => "ny",
            (None, _) => "borttagen",
        };
        assert_eq!(printed[id]["change"], expected, "{id}");
        seen.insert(expected);
    }
    assert_eq!(seen.len(), 5, "the sample holds every kind of change");
}

#[test]
fn units_actions_and_late_ones_are_those_of_the_workbook() {
    let (rows, units) = (of_year(2024), table("risk-alla-units.csv"));
    // 2024-02-05 as a spreadsheet counts days.
    let as_of = 45_327.0;
    let late = |row: &&Row| row.due < as_of && row.status != "Klar";
    for (unit, cells) in units.iter().filter(|(unit, _)| *unit != "Totalt") {
        let own: Vec<&Row> = rows.iter().filter(|row| row.unit == *unit).collect();
        let count = |fits: &dyn Fn(&Row) -> bool| own.iter().filter(|row| fits(row)).count().to_string();
        assert_eq!(cells["current"], own.len().to_string(), "{unit}");
        assert_eq!(cells["level3"], count(&|row| row.score >= 12), "{unit}");
        assert_eq!(cells["level2"], count(&|row| (6..12).contains(&row.score)), "{unit}");
        assert_eq!(cells["open"], count(&|row| row.action.is_empty()), "{unit}");
        assert_eq!(cells["late"], own.iter().copied().filter(late).count().to_string(), "{unit}");
    }
    assert_eq!(units["Totalt"]["current"], rows.len().to_string());
    let without: BTreeSet<String> = rows.iter().filter(|row| row.action.is_empty()).map(|row| row.id.clone()).collect();
    assert!(!without.is_empty());
    assert_eq!(order("risk-alla-open.csv").into_iter().collect::<BTreeSet<_>>(), without);
}

#[test]
fn the_logs_own_scores_are_counted_once_an_event() {
    let path = root().join("sample-data/goteborg-sydvast/avvikelser_treserva.csv");
    let bytes = fs::read(path).expect("the log");
    // Numbers and dates are ASCII in the log's Windows-1252.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(text.as_bytes());
    let day = |text: &str| match text.split('.').collect::<Vec<_>>().as_slice() {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ => text.to_string(),
    };
    let mut counted: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for record in reader.records().map(|record| record.expect("a record")) {
        let registered = day(&record[1]);
        let is_day = registered != "2023-02-30";
        if !record[0].is_empty() && is_day && ("2022-09-01"..="2023-08-31").contains(&registered.as_str()) {
            counted.entry((record[7].to_string(), record[8].to_string())).or_default().insert(record[0].to_string());
        }
    }
    let printed = Sheet::read(&riskbild().folder.join("tables/risk_count-avvikelser.csv"));
    for (line, probability) in printed.records.iter().zip((1..=4).rev()) {
        for (cell, consequence) in line[1..].iter().zip(1..=4) {
            let key = (probability.to_string(), consequence.to_string());
            let expected = counted.get(&key).map_or(0, BTreeSet::len);
            assert_eq!(*cell, expected.to_string(), "{key:?}");
        }
    }
}

/// A sample job that finishes without a bad source. The sample's own texts are bound to the numbers of a whole year.
fn finishing(job: &str) -> Bench {
    let bench = Bench::sample(job);
    if !bench.read(&format!("pipelines/{job}.toml")).contains("on_bad_source = \"finish\"") {
        bench.edit_job("[job]\n", "[job]\non_bad_source = \"finish\"\n");
    }
    bench.edit_job("[job]\n", "[job]\ntexts = \"inga\"\n");
    bench
}

fn run(bench: &Bench) -> RunSummary {
    let options = RunOptions { formats: vec![Format::Html], ..RunOptions::default() };
    let run = bench.run_with("2023", &bench.plan(), options);
    run.unwrap_or_else(|failure| panic!("the job finishes: {failure:#?}")).summary
}

/// Overwrites a source's files with something that no reader takes for an export.
fn spoil(bench: &Bench, source: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let plan = bench.plan();
    let files = &plan.source(source).expect("a source").files;
    let spoilt = |file: &String| {
        let file = plan.job.input.join(file);
        let before = fs::read(&file).expect("an export");
        fs::write(&file, b"PK\x03\x04 not an export").expect("written");
        (file, before)
    };
    files.iter().map(spoilt).collect()
}

fn mend(spoilt: Vec<(PathBuf, Vec<u8>)>) {
    spoilt.into_iter().for_each(|(file, bytes)| fs::write(file, bytes).expect("put back"));
}

/// Runs a job once for each of its sources, that one (and those that share its file) spoilt.
fn survives_bad_sources(job: &str, which: impl Fn(&SourcePlan) -> bool) {
    let bench = finishing(job);
    let plan = bench.plan();
    for source in plan.sources.clone().into_iter().filter(which) {
        let before = spoil(&bench, &source.name);
        let summary = run(&bench);
        let unread = summary.unread.clone();
        assert!(unread.contains(&source.name), "{}: {unread:?}", source.name);
        let shares = |name: &String| plan.source(name).is_some_and(|other| other.files == source.files);
        assert!(unread.iter().all(shares), "{} takes {unread:?} with it", source.name);
        assert!(!summary.errors.is_empty() && summary.verified.is_none(), "{}", source.name);
        let told = if unread.len() == 1 {
            "Rapporten är gjord utan underlaget"
        } else {
            "Rapporten är gjord utan underlagen"
        };
        assert!(bench.read("2023/report.html").contains(told), "{}", source.name);
        mend(before);
    }
}

#[test]
fn the_risk_picture_is_finished_without_any_one_of_its_sources() {
    survives_bad_sources("riskbild", |_| true);
}

#[test]
fn the_yearly_report_is_finished_without_any_one_of_its_optional_sources_when_the_job_allows() {
    // The log of avvikelser is what the report is about: its templates do not do without it.
    survives_bad_sources("analyze", |source| source.optional);
}

#[test]
fn a_finished_run_is_tried_again_and_is_whole_when_the_source_is_mended() {
    let bench = finishing("riskbild");
    let whole = run(&bench);
    assert!(whole.unread.is_empty() && run(&bench).verified.is_some());
    let sound = files_below(&bench.path("2023"));
    let before = spoil(&bench, "tillsyner");
    for _ in 0..2 {
        let summary = run(&bench);
        assert_eq!((summary.unread.as_slice(), summary.verified), (["tillsyner".to_string()].as_slice(), None));
        assert!(summary.published && summary.recalled.contains(&"avvikelser".to_string()));
        let report = bench.read("2023/report.html");
        assert!(report.contains("Underlaget ”Externa tillsyner och granskningar” kunde inte läsas."), "{report}");
        let manifest: serde_json::Value = serde_json::from_str(&bench.read("2023/manifest.json")).expect("JSON");
        assert_eq!(manifest["unread"][0]["source"], "tillsyner");
    }
    mend(before);
    assert!(run(&bench).unread.is_empty());
    for (name, bytes) in files_below(&bench.path("2023")) {
        assert!(name == "manifest.json" || sound.get(&name) == Some(&bytes), "{name} is not what it was");
    }
    assert!(run(&bench).verified.is_some());
}

#[test]
fn a_missing_file_and_a_broken_rule_are_bad_sources_too() {
    let bench = finishing("riskbild");
    fs::remove_file(bench.path(&format!("{EXPORTS}/atgarder_2023.xlsx"))).expect("removed");
    bench.edit_job(
        "[check.avvikelser]\n",
        "[check.avvikelser_fler]\nsource = \"source.avvikelser\"\nrows_at_least = 9999\n\n[check.avvikelser]\n",
    );
    let summary = run(&bench);
    assert_eq!(summary.unread, ["avvikelser", "atgarder"]);
    let codes: BTreeSet<Code> = summary.errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, BTreeSet::from([Code::CheckFailed, Code::NoSuchFile]));
    assert!(summary.balances.iter().all(|balance| balance.origin().source != "avvikelser"));
    // Nothing of the source that broke its rule is left in any count.
    let counts = bench.read("2023/tables/risk_count-avvikelser.csv");
    let numbers = counts.lines().skip(1).flat_map(|line| line.split(';').skip(1)).filter(|cell| !cell.is_empty());
    assert!(numbers.into_iter().all(|cell| cell.parse::<i64>().is_err()), "{counts}");
    assert!(bench.read("2023/report.html").contains("Rapporten är gjord utan underlagen"));
}

#[test]
fn a_job_that_does_not_allow_it_stops_and_leaves_the_earlier_report() {
    let bench = finishing("riskbild");
    run(&bench);
    let before = files_below(&bench.path("2023"));
    spoil(&bench, "risker");
    bench.edit_job("on_bad_source = \"finish\"", "on_bad_source = \"stop\"");
    assert!(bench.run_with("2023", &bench.plan(), RunOptions::default()).is_err());
    assert!(files_below(&bench.path("2023")) == before);
}

#[test]
fn the_line_of_the_crontab_is_quiet_but_for_one_line_and_tells_what_it_did_without() {
    let crontab = fs::read_to_string(root().join("packaging/crontab")).expect("the crontab");
    assert!(crontab.lines().any(|line| line.ends_with("kvalis --quiet run riskbild")), "{crontab}");
    let bench = Bench::sample("riskbild");
    let cron = || bench.cli(&["--quiet", "run", "riskbild"]);
    let told = cron().exits(0);
    assert_eq!((told.out().lines().count(), told.err()), (1, String::new()));
    let told = cron().exits(0);
    told.says("nothing has changed since the last run");
    assert_eq!(told.err(), "");
    bench.write(&format!("{EXPORTS}/risker.xlsx"), b"half a workb");
    let told = cron().exits(1);
    told.says("published without 1 source that can't be used (risker)");
    assert_eq!(told.out().lines().count(), 1, "{}", told.whole());
    assert!(told.err().starts_with("error[") && told.err().contains("risker.xlsx"), "{}", told.whole());
}
