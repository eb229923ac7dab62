//! A second run reads only what has changed, says so, trusts nothing that it finds, and publishes the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use kvalis::diagnostic::Code;
use kvalis::job::plan::{FontPlan, Format, LogoPlan, Plan};
use kvalis::run::{Progress, RunOptions, RunSummary, run_job};

use crate::runs::{Silent, files_below, plan};

/// A sample job on a copy of its exports and templates, in a folder of its own.
struct Bench {
    folder: tempfile::TempDir,
    plan: Plan,
}

impl Bench {
    fn of(job: &str) -> Bench {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut plan = plan(job);
        for (from, to) in [(&plan.job.input, "input"), (&plan.job.templates, "templates")] {
            copy(from, &folder.path().join(to));
        }
        plan.job.input = folder.path().join("input");
        plan.job.templates = folder.path().join("templates");
        plan.job.formats = vec![Format::Html];
        Bench { folder, plan }
    }

    fn results(&self) -> PathBuf {
        self.folder.path().join("2023")
    }

    fn run(&self, fresh: bool) -> RunSummary {
        self.run_told(fresh, &Silent)
    }

    fn run_told(&self, fresh: bool, progress: &dyn Progress) -> RunSummary {
        let options = RunOptions { out: Some(self.results()), threads: 2, fresh, ..RunOptions::default() };
        run_job(&self.plan, &options, progress).unwrap_or_else(|failure| panic!("the job runs: {failure:#?}"))
    }

    /// Runs, and holds the result against a run that reuses nothing.
    fn run_like_fresh(&self) -> RunSummary {
        let summary = self.run(false);
        let incremental = files_below(&self.results());
        let again = self.run(true);
        assert_eq!(summary.balances, again.balances);
        assert_eq!(summary.warnings, again.warnings);
        for (name, bytes) in files_below(&self.results()) {
            assert!(
                name == "manifest.json" || incremental.get(&name) == Some(&bytes),
                "{name} differs from a fresh run"
            );
        }
        summary
    }

    fn cached(&self, name: &str) -> PathBuf {
        self.folder.path().join(".2023.cache").join(name)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("readable").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Adds a row to the deviation log of the sample.
fn add_a_row(bench: &Bench) {
    let log = bench.plan.job.input.join("avvikelser_treserva.csv");
    let mut bytes = fs::read(&log).expect("the log");
    let row = bytes.split(|byte| *byte == b'\n').nth(1).expect("a row").to_vec();
    let mut row = row.split(|byte| *byte == b';').map(<[u8]>::to_vec).collect::<Vec<_>>();
    row[0] = b"AVV-ny".to_vec();
    if !bytes.ends_with(b"\n") {
        bytes.extend(b"\r\n");
    }
    bytes.extend(row.join(&b';'));
    fs::write(&log, bytes).expect("written");
}

#[test]
fn nothing_changed_is_verified_and_said() {
    let bench = Bench::of("analyze");
    let first = bench.run(false);
    assert!(first.verified.is_none() && first.recalled.is_empty());
    let before = fs::metadata(bench.results().join("report.html")).expect("a report").modified().expect("a time");
    let second = bench.run(false);
    let (inputs, outputs) = second.verified.expect("nothing has changed");
    assert_eq!(inputs, fs::read_dir(&bench.plan.job.input).expect("exports").count());
    assert_eq!(outputs, files_below(&bench.results()).len());
    assert_eq!((second.balances, second.warnings, second.report), (first.balances, first.warnings, first.report));
    let after = fs::metadata(bench.results().join("report.html")).expect("a report").modified().expect("a time");
    assert_eq!(before, after, "the report was not written again");
}

#[test]
fn an_unchanged_run_tells_of_the_same_hidden_counts() {
    let bench = Bench::of("skyddad");
    let (first, second) = (bench.run(false), bench.run(false));
    assert!(first.verified.is_none() && second.verified.is_some());
    assert!(first.hidden.len() > 50);
    assert_eq!((second.hidden, second.unproved), (first.hidden, first.unproved));
}

#[test]
fn one_changed_export_is_the_only_one_read_again() {
    let bench = Bench::of("analyze");
    let first = bench.run(false);
    add_a_row(&bench);
    let second = bench.run_like_fresh();
    assert_eq!(second.verified, None);
    assert!(!second.recalled.contains(&"avvikelser".to_string()), "{:?}", second.recalled);
    assert_eq!(second.recalled.len(), bench.plan.sources.len() - 1);
    let read = |summary: &RunSummary| summary.balances.iter().map(|balance| balance.read()).sum::<u64>();
    assert_eq!(read(&second), read(&first) + 1);
    assert!(second.notices.is_empty(), "{:?}", second.notices);
}

#[test]
fn a_source_counted_while_it_was_read_is_counted_from_parquet_the_next_time() {
    let mut bench = Bench::of("analyze");
    bench.plan.job.cube = kvalis::job::plan::CubeMode::Streaming;
    bench.run(false);
    fs::write(bench.plan.job.templates.join("ny.md"), "x").expect("a template more");
    assert_eq!(bench.run_like_fresh().recalled.len(), bench.plan.sources.len());
}

#[test]
fn a_changed_template_plan_or_format_writes_the_report_again_from_what_was_read() {
    let mut bench = Bench::of("strangnas");
    bench.run(false);
    let template = bench.plan.job.templates.join(&bench.plan.chapters[0].template);
    let text = fs::read_to_string(&template).expect("a template");
    fs::write(&template, format!("{text}\n\nEn mening till.\n")).expect("written");
    assert_eq!(bench.run_like_fresh().recalled.len(), bench.plan.sources.len());
    assert!(fs::read_to_string(bench.results().join("report.html")).expect("a report").contains("En mening till."));
    bench.plan.job.title = "En annan rubrik".into();
    let third = bench.run(false);
    assert_eq!((third.verified, third.recalled.len()), (None, bench.plan.sources.len()));
    bench.plan.sources[0].layout.total_labels.push("slutsumma".into());
    assert_eq!(bench.run(false).recalled.len(), bench.plan.sources.len() - 1);
}

#[test]
fn damaged_and_foreign_remains_are_noticed_and_made_anew() {
    let bench = Bench::of("analyze");
    bench.run(false);
    let entry = bench.cached("source-synpunkter.json");
    let text = fs::read_to_string(&entry).expect("an entry");
    fs::write(&entry, text.replace("Kept", "Blank")).expect("written");
    fs::write(bench.results().join("data/lex_sarah.parquet"), "x").expect("written");
    fs::write(bench.cached("source-risker.json"), "{}").expect("written");
    let second = bench.run(false);
    let again: Vec<&str> = ["synpunkter", "lex_sarah", "risker"].to_vec();
    assert!(again.iter().all(|name| !second.recalled.contains(&name.to_string())), "{:?}", second.recalled);
    assert_eq!(second.recalled.len(), bench.plan.sources.len() - again.len());
    assert!(second.notices.len() >= 3 && second.notices.iter().all(|notice| notice.code == Code::UnusableCache));
    assert!(bench.run(false).verified.is_some(), "what was made anew holds");
}

#[test]
fn a_published_file_that_somebody_changed_is_written_again() {
    let bench = Bench::of("strangnas");
    bench.run(false);
    let report = bench.results().join("report.html");
    let written = fs::read(&report).expect("a report");
    fs::write(&report, "changed by hand").expect("written");
    let second = bench.run(false);
    assert_eq!(second.verified, None);
    assert_eq!(second.notices.len(), 1);
    assert_eq!(fs::read(&report).expect("a report"), written);
}

#[test]
fn a_run_that_fails_forgets_nothing_of_the_last_good_one() {
    let bench = Bench::of("strangnas");
    bench.run(false);
    let export = fs::read_dir(&bench.plan.job.input).expect("exports").flatten().next().expect("one").path();
    let bytes = fs::read(&export).expect("an export");
    fs::write(&export, "").expect("emptied");
    let options = RunOptions { out: Some(bench.results()), ..RunOptions::default() };
    run_job(&bench.plan, &options, &Silent).expect_err("an empty export stops the run");
    fs::write(&export, bytes).expect("put back");
    assert!(bench.run(false).verified.is_some());
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
fn furnished() -> (Bench, Vec<PathBuf>) {
    let mut bench = Bench::of("analyze");
    let below = |name: &str| bench.folder.path().join(name);
    copy(&bench.plan.job.texts, &below("texts"));
    fs::write(below("texts/avvikelser--vuxna.md"), "En egen text.").expect("written");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><rect width='90' height='30'/></svg>";
    fs::write(below("logo.svg"), svg).expect("written");
    let fonts = ["regular", "semibold"].map(|face| below(&format!("{face}.ttf")));
    for (name, to) in ["Regular", "Semibold"].iter().zip(&fonts) {
        fs::copy(format!("assets/fonts/SourceSans3-{name}.ttf"), to).expect("copied");
    }
    let (texts, logo, word) = (below("texts"), below("logo.svg"), below("mall.docx"));
    bench.plan.job.formats = vec![Format::Html, Format::Docx];
    bench.run(true);
    fs::copy(bench.results().join("report.docx"), &word).expect("copied");
    let [regular, semibold] = fonts.clone();
    bench.plan.theme.font = Some(FontPlan { family: "Source Sans 3".into(), regular, semibold });
    bench.plan.theme.logo = Some(LogoPlan { file: logo.clone(), text: "Vapen".into() });
    bench.plan.job.texts = texts.clone();
    bench.plan.job.reference_docx = Some(word.clone());
    let written = [texts, bench.plan.job.templates.clone()]
        .map(|folder| files_below(&folder).into_keys().map(move |name| folder.join(name)));
    let files = written.into_iter().flatten().chain(fonts).chain([logo, word]).collect();
    (bench, files)
}

#[test]
fn what_was_checked_before_the_run_is_what_is_printed_and_remembered() {
    let (bench, beside) = furnished();
    bench.run(true);
    let expected = files_below(&bench.results());
    assert!(String::from_utf8_lossy(&expected["report.html"]).contains("En egen text."));
    let sound: Vec<Vec<u8>> = beside.iter().map(|file| fs::read(file).expect("there")).collect();
    bench.run_told(true, &Spoiler(&beside));
    for (name, bytes) in files_below(&bench.results()) {
        assert!(name == "manifest.json" || expected.get(&name) == Some(&bytes), "{name} was made of changed files");
    }
    beside.iter().zip(sound).for_each(|(file, bytes)| fs::write(file, bytes).expect("written"));
    assert!(bench.run(false).verified.is_some(), "the cache remembers the files as they were read");
}
