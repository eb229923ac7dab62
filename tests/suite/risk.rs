//! The February job: numbers recomputed from the workbook by other code, and a job that finishes without a bad source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use kvalis::diagnostic::Code;
use kvalis::job::plan::{Format, OnBadSource, Plan, SourceKind, SourcePlan};
use kvalis::run::{RunOptions, RunSummary, run_job};

use crate::runs::{Run, Sheet, Silent, files_below, plan, sample};

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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/goteborg-sydvast/risker.xlsx");
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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/goteborg-sydvast/avvikelser_treserva.csv");
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

/// A sample job on a copy of its exports, in a folder of its own.
struct Bench {
    folder: tempfile::TempDir,
    plan: Plan,
}

impl Bench {
    fn of(job: &str) -> Bench {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut plan = plan(job);
        let input = folder.path().join("input");
        fs::create_dir_all(&input).expect("a folder");
        for entry in fs::read_dir(&plan.job.input).expect("the exports").flatten() {
            fs::copy(entry.path(), input.join(entry.file_name())).expect("copied");
        }
        plan.job.input = input;
        // The sample's own texts are bound to the numbers of a whole year.
        plan.job.texts = folder.path().join("texts");
        plan.job.formats = vec![Format::Html];
        plan.job.on_bad_source = OnBadSource::Finish;
        Bench { folder, plan }
    }

    fn results(&self) -> PathBuf {
        self.folder.path().join("2023")
    }

    fn run(&self) -> RunSummary {
        let options = RunOptions { out: Some(self.results()), threads: 2, ..RunOptions::default() };
        run_job(&self.plan, &options, &Silent).unwrap_or_else(|failure| panic!("the job finishes: {failure:#?}"))
    }

    /// Overwrites a source's files with something that no reader takes for an export.
    fn spoil(&self, source: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let source = self.plan.source(source).expect("a source");
        let files: Vec<PathBuf> = source.files.iter().map(|file| self.plan.job.input.join(file)).collect();
        let spoilt = |file: &PathBuf| {
            let before = fs::read(file).expect("an export");
            fs::write(file, b"PK\x03\x04 not an export").expect("written");
            (file.clone(), before)
        };
        files.iter().map(spoilt).collect()
    }

    fn report(&self) -> String {
        fs::read_to_string(self.results().join("report.html")).expect("a report")
    }
}

/// Runs a job once for each of its sources, that one (and those that share its file) spoilt.
fn survives_bad_sources(job: &str, which: impl Fn(&SourcePlan) -> bool) {
    let bench = Bench::of(job);
    for source in bench.plan.sources.clone().into_iter().filter(which) {
        let before = bench.spoil(&source.name);
        let summary = bench.run();
        let unread = summary.unread.clone();
        assert!(unread.contains(&source.name), "{}: {unread:?}", source.name);
        let shares = |name: &String| bench.plan.source(name).is_some_and(|other| other.files == source.files);
        assert!(unread.iter().all(shares), "{} takes {unread:?} with it", source.name);
        assert!(!summary.errors.is_empty() && summary.verified.is_none(), "{}", source.name);
        let told = if unread.len() == 1 {
            "Rapporten är gjord utan underlaget"
        } else {
            "Rapporten är gjord utan underlagen"
        };
        assert!(bench.report().contains(told), "{}", source.name);
        for (file, bytes) in before {
            fs::write(file, bytes).expect("put back");
        }
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
    let bench = Bench::of("riskbild");
    let whole = bench.run();
    assert!(whole.unread.is_empty() && bench.run().verified.is_some());
    let sound = files_below(&bench.results());
    let before = bench.spoil("tillsyner");
    for _ in 0..2 {
        let summary = bench.run();
        assert_eq!((summary.unread.as_slice(), summary.verified), (["tillsyner".to_string()].as_slice(), None));
        assert!(summary.published && summary.recalled.contains(&"avvikelser".to_string()));
        let report = bench.report();
        assert!(report.contains("Underlaget ”Externa tillsyner och granskningar” kunde inte läsas."), "{report}");
        let manifest = fs::read_to_string(bench.results().join("manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
        assert_eq!(manifest["unread"][0]["source"], "tillsyner");
    }
    for (file, bytes) in before {
        fs::write(file, bytes).expect("put back");
    }
    assert!(bench.run().unread.is_empty());
    for (name, bytes) in files_below(&bench.results()) {
        assert!(name == "manifest.json" || sound.get(&name) == Some(&bytes), "{name} is not what it was");
    }
    assert!(bench.run().verified.is_some());
}

#[test]
fn a_missing_file_and_a_broken_rule_are_bad_sources_too() {
    let bench = Bench::of("riskbild");
    fs::remove_file(bench.plan.job.input.join("forbattringsatgarder.xlsx")).expect("removed");
    let mut plan = bench.plan.clone();
    let avvikelser = plan.sources.iter().position(|source| source.kind == SourceKind::Events).expect("a log");
    plan.checks
        .iter_mut()
        .filter(|check| check.source == avvikelser)
        .for_each(|check| check.rows_at_least = Some(9999));
    let bench = Bench { plan, ..bench };
    let summary = bench.run();
    assert_eq!(summary.unread, ["avvikelser", "atgarder"]);
    let codes: BTreeSet<Code> = summary.errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, BTreeSet::from([Code::CheckFailed, Code::NoSuchFile]));
    assert!(summary.balances.iter().all(|balance| balance.origin().source != "avvikelser"));
    // Nothing of the source that broke its rule is left in any count.
    let counts = fs::read_to_string(bench.results().join("tables/risk_count-avvikelser.csv")).expect("a table");
    let numbers = counts.lines().skip(1).flat_map(|line| line.split(';').skip(1)).filter(|cell| !cell.is_empty());
    assert!(numbers.into_iter().all(|cell| cell.parse::<i64>().is_err()), "{counts}");
    assert!(bench.report().contains("Rapporten är gjord utan underlagen"));
}

#[test]
fn a_job_that_does_not_allow_it_stops_and_leaves_the_earlier_report() {
    let mut bench = Bench::of("riskbild");
    bench.run();
    let before = files_below(&bench.results());
    bench.spoil("risker");
    bench.plan.job.on_bad_source = OnBadSource::Stop;
    let options = RunOptions { out: Some(bench.results()), ..RunOptions::default() };
    assert!(run_job(&bench.plan, &options, &Silent).is_err());
    assert!(files_below(&bench.results()) == before);
}

/// `kvalis --quiet run <job>` as cron runs it, in a folder with the sample's files.
fn cron(folder: &Path) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_kvalis"))
        .args(["--quiet", "run", "riskbild"])
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code().unwrap_or(-1), text(&done.stdout), text(&done.stderr))
}

#[test]
fn the_line_of_the_crontab_is_quiet_but_for_one_line_and_tells_what_it_did_without() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crontab = fs::read_to_string(root.join("packaging/crontab")).expect("the crontab");
    assert!(crontab.lines().any(|line| line.ends_with("kvalis --quiet run riskbild")), "{crontab}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for from in ["pipelines", "templates/riskbild", "sample-data/goteborg-sydvast"] {
        let to = folder.path().join(from);
        fs::create_dir_all(&to).expect("a folder");
        for entry in fs::read_dir(root.join(from)).expect("files").flatten().filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
    let (code, out, err) = cron(folder.path());
    assert_eq!((code, out.lines().count(), err.as_str()), (0, 1, ""), "{out}");
    let (code, out, err) = cron(folder.path());
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("nothing has changed since the last run"), "{out}");
    fs::write(folder.path().join("sample-data/goteborg-sydvast/risker.xlsx"), b"half a workb").expect("written");
    let (code, out, err) = cron(folder.path());
    assert_eq!((code, out.lines().count()), (1, 1), "{out}");
    assert!(out.contains("published without 1 source that can't be used (risker)"), "{out}");
    assert!(err.starts_with("error[") && err.contains("risker.xlsx"), "{err}");
}
