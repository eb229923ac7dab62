//! A second run reads only what has changed, says so, trusts nothing that it finds, and publishes the same bytes.

use std::fs;
use std::path::PathBuf;

use kvalis::diagnostic::Code;
use kvalis::job::plan::{FontPlan, Format, LogoPlan, Plan};
use kvalis::run::{Progress, RunOptions, RunSummary};

use crate::kit::bench::{Silent, root};
use crate::kit::{Bench, files_below};

const EXPORTS: &str = "sample-data/goteborg-sydvast";

/// Runs the job as it stands, with what the last run has left or without.
fn run(bench: &Bench, fresh: bool) -> RunSummary {
    let options = RunOptions { fresh, formats: vec![Format::Html], ..RunOptions::default() };
    let run = bench.run_with("2023", &bench.plan(), options);
    run.unwrap_or_else(|failure| panic!("the job runs: {failure:#?}")).summary
}

/// Runs, and holds the result against a run that reuses nothing.
fn run_like_fresh(bench: &Bench) -> RunSummary {
    let summary = run(bench, false);
    let incremental = files_below(&bench.path("2023"));
    let again = run(bench, true);
    assert_eq!(summary.balances, again.balances);
    assert_eq!(summary.warnings, again.warnings);
    for (name, bytes) in files_below(&bench.path("2023")) {
        assert!(name == "manifest.json" || incremental.get(&name) == Some(&bytes), "{name} differs from a fresh run");
    }
    summary
}

/// Adds a row to the deviation log of the sample.
fn add_a_row(bench: &Bench) {
    let log = format!("{EXPORTS}/avvikelser_treserva.csv");
    let mut bytes = fs::read(bench.path(&log)).expect("the log");
    let row = bytes.split(|byte| *byte == b'\n').nth(1).expect("a row").to_vec();
    let mut row = row.split(|byte| *byte == b';').map(<[u8]>::to_vec).collect::<Vec<_>>();
    row[0] = b"AVV-ny".to_vec();
    if !bytes.ends_with(b"\n") {
        bytes.extend(b"\r\n");
    }
    bytes.extend(row.join(&b';'));
    bench.write(&log, bytes);
}

#[test]
fn nothing_changed_is_verified_and_said() {
    let bench = Bench::sample("analyze");
    let first = run(&bench, false);
    assert!(first.verified.is_none() && first.recalled.is_empty());
    let before = fs::metadata(bench.path("2023/report.html")).expect("a report").modified().expect("a time");
    let second = run(&bench, false);
    let (inputs, outputs) = second.verified.expect("nothing has changed");
    assert_eq!(inputs, fs::read_dir(bench.path(EXPORTS)).expect("exports").count());
    assert_eq!(outputs, files_below(&bench.path("2023")).len());
    assert_eq!((second.balances, second.warnings, second.report), (first.balances, first.warnings, first.report));
    let after = fs::metadata(bench.path("2023/report.html")).expect("a report").modified().expect("a time");
    assert_eq!(before, after, "the report was not written again");
}

#[test]
fn an_unchanged_run_tells_of_the_same_hidden_counts() {
    let bench = Bench::sample("skyddad");
    let (first, second) = (run(&bench, false), run(&bench, false));
    assert!(first.verified.is_none() && second.verified.is_some());
    assert!(first.hidden.len() > 50);
    assert_eq!((second.hidden, second.unproved), (first.hidden, first.unproved));
}

#[test]
fn one_changed_export_is_the_only_one_read_again() {
    let bench = Bench::sample("analyze");
    let first = run(&bench, false);
    add_a_row(&bench);
    let second = run_like_fresh(&bench);
    assert_eq!(second.verified, None);
    assert!(!second.recalled.contains(&"avvikelser".to_string()), "{:?}", second.recalled);
    assert_eq!(second.recalled.len(), bench.plan().sources.len() - 1);
    let read = |summary: &RunSummary| summary.balances.iter().map(|balance| balance.read()).sum::<u64>();
    assert_eq!(read(&second), read(&first) + 1);
    assert!(second.notices.is_empty(), "{:?}", second.notices);
}

#[test]
fn a_source_counted_while_it_was_read_is_counted_from_parquet_the_next_time() {
    let bench = Bench::sample("analyze");
    bench.edit_job("[job]\n", "[job]\ncube = \"streaming\"\n");
    run(&bench, false);
    bench.write("templates/ny.md", "x");
    assert_eq!(run_like_fresh(&bench).recalled.len(), bench.plan().sources.len());
}

#[test]
fn a_changed_template_plan_or_format_writes_the_report_again_from_what_was_read() {
    let bench = Bench::sample("strangnas");
    run(&bench, false);
    bench.append(&format!("templates/{}", bench.plan().chapters[0].template), "\n\nEn mening till.\n");
    assert_eq!(run_like_fresh(&bench).recalled.len(), bench.plan().sources.len());
    assert!(bench.read("2023/report.html").contains("En mening till."));
    bench.edit_job("[job]\ntitle = \"", "[job]\ntitle = \"En annan rubrik: ");
    let third = run(&bench, false);
    assert_eq!((third.verified, third.recalled.len()), (None, bench.plan().sources.len()));
    let files = "files = [\"manadsstatistik_{year}.ods\"]\n";
    bench.edit_job(files, &format!("{files}total_labels = [\"Slutsumma\"]\n"));
    assert_eq!(run(&bench, false).recalled.len(), bench.plan().sources.len() - 1);
}

#[test]
fn damaged_and_foreign_remains_are_noticed_and_made_anew() {
    let bench = Bench::sample("analyze");
    run(&bench, false);
    bench.edit(".2023.cache/source-synpunkter.json", "\"kept\"", "\"blank\"");
    bench.write("2023/data/lex_sarah.parquet", "x").write(".2023.cache/source-risker.json", "{}");
    let second = run(&bench, false);
    let again: Vec<&str> = ["synpunkter", "lex_sarah", "risker"].to_vec();
    assert!(again.iter().all(|name| !second.recalled.contains(&name.to_string())), "{:?}", second.recalled);
    assert_eq!(second.recalled.len(), bench.plan().sources.len() - again.len());
    let codes: Vec<Code> = second.notices.iter().map(|notice| notice.code).collect();
    assert!(codes.len() >= 4 && codes[..codes.len() - 1].iter().all(|code| *code == Code::UnusableCache), "{codes:?}");
    assert_eq!(codes.last(), Some(&Code::KeptAside), "the Parquet file that somebody wrote is kept");
    assert!(run(&bench, false).verified.is_some(), "what was made anew holds");
}

#[test]
fn a_published_file_that_somebody_changed_is_written_again() {
    let bench = Bench::sample("strangnas");
    run(&bench, false);
    let written = bench.read("2023/report.html");
    bench.write("2023/report.html", "changed by hand");
    let second = run(&bench, false);
    assert_eq!(second.verified, None);
    let told: Vec<Code> = second.notices.iter().map(|notice| notice.code).collect();
    assert_eq!(told, [Code::UnusableCache, Code::KeptAside]);
    assert_eq!(bench.read("2023/report.html"), written);
    assert_eq!(bench.read("2023-andrat-1/report.html"), "changed by hand");
}

#[test]
fn a_run_that_fails_forgets_nothing_of_the_last_good_one() {
    let bench = Bench::sample("strangnas");
    run(&bench, false);
    let export = bench.path("sample-data/strangnas/manadsstatistik_2022.ods");
    let bytes = fs::read(&export).expect("an export");
    fs::write(&export, "").expect("emptied");
    assert!(bench.run_with("2023", &bench.plan(), RunOptions::default()).is_err(), "an empty export stops the run");
    fs::write(&export, bytes).expect("put back");
    assert!(run(&bench, false).verified.is_some());
}

/// Writes nonsense into files as soon as the run goes beyond looking.
struct Spoiler<'a>(&'a [PathBuf]);

impl Progress for Spoiler<'_> {
    fn step(&self, _: &str) {
        self.0.iter().for_each(|file| fs::write(file, "{% if %}").expect("spoiled"));
    }

    fn rows(&self, _: u64) {}
}

/// The sample with a text, a typeface, a logo and a Word template of its own; all of these files.
fn furnished(bench: &Bench) -> (Plan, Vec<PathBuf>) {
    bench.write("pipelines/analyze/2023/avvikelser--vuxna.md", "En egen text.");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><rect width='90' height='30'/></svg>";
    bench.write("logo.svg", svg);
    let fonts = ["Regular", "Semibold"].map(|face| {
        let name = format!("{face}.ttf");
        bench.write(&name, fs::read(root().join(format!("assets/fonts/SourceSans3-{name}"))).expect("a font"));
        bench.path(&name)
    });
    let mut plan = bench.plan();
    plan.job.formats = vec![Format::Html, Format::Docx];
    let run = bench.run_as("2023", &plan).unwrap_or_else(|failure| panic!("the job runs: {failure:#?}"));
    bench.write("mall.docx", run.bytes("report.docx"));
    let [regular, semibold] = fonts.clone();
    plan.theme.font = Some(FontPlan { family: "Source Sans 3".into(), regular, semibold });
    plan.theme.logo = Some(LogoPlan { file: bench.path("logo.svg"), text: "Vapen".into() });
    plan.job.reference_docx = Some(bench.path("mall.docx"));
    let below = |folder: &PathBuf| files_below(folder).into_keys().map(|name| folder.join(name)).collect::<Vec<_>>();
    let written = [below(&plan.job.texts), below(&plan.job.templates)].concat();
    let files = written.into_iter().chain(fonts).chain([bench.path("logo.svg"), bench.path("mall.docx")]).collect();
    (plan, files)
}

#[test]
fn what_was_checked_before_the_run_is_what_is_printed_and_remembered() {
    let bench = Bench::sample("analyze");
    let (plan, beside) = furnished(&bench);
    let run = |fresh: bool, progress: &dyn Progress| {
        let options = RunOptions { fresh, ..RunOptions::default() };
        let run = bench.run_told("2023", &plan, options, progress);
        run.unwrap_or_else(|failure| panic!("the job runs: {failure:#?}")).summary
    };
    run(true, &Silent);
    let expected = files_below(&bench.path("2023"));
    assert!(String::from_utf8_lossy(&expected["report.html"]).contains("En egen text."));
    let sound: Vec<Vec<u8>> = beside.iter().map(|file| fs::read(file).expect("there")).collect();
    run(true, &Spoiler(&beside));
    for (name, bytes) in files_below(&bench.path("2023")) {
        assert!(name == "manifest.json" || expected.get(&name) == Some(&bytes), "{name} was made of changed files");
    }
    beside.iter().zip(sound).for_each(|(file, bytes)| fs::write(file, bytes).expect("written"));
    assert!(run(false, &Silent).verified.is_some(), "the cache remembers the files as they were read");
}
