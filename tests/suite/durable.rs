//! What a published report withstands: runs that die or fail half-way, hands on its files, a folder of somebody else's.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use kvalis::cli::render;
use kvalis::diagnostic::Code;
use kvalis::run::{Progress, RunOptions};

use crate::kit::{Bench, case, files_below};

/// Makes the report impossible to write as soon as the run begins with it.
struct NoReport<'a>(&'a Bench);

impl Progress for NoReport<'_> {
    fn step(&self, what: &str) {
        if what == "report" {
            fs::create_dir(self.0.path(".run.scratch/rejects.csv")).expect("the scratch folder is there");
        }
    }

    fn rows(&self, _: u64) {}
}

#[test]
fn a_source_that_is_taken_out_takes_nothing_of_the_published_report() {
    let bench = Bench::case("rapporter");
    bench.edit_job("[job]\n", "[job]\non_bad_source = \"finish\"\n");
    let published = files_below(&bench.run().folder);
    bench.edit_job(
        "[breakdown.enhet]\n",
        "[check.rapporter]\nsource = \"source.rapporter\"\nrows_at_least = 1000\n\n[breakdown.enhet]\n",
    );
    let failed = bench.run_told("run", &bench.plan(), RunOptions::default(), &NoReport(&bench));
    assert!(failed.is_err(), "the report cannot be written");
    for (name, bytes) in files_below(&bench.path("run")) {
        assert!(
            published.get(&name) == Some(&bytes),
            "{name} of the published report was changed by a run that failed"
        );
    }
}

#[test]
fn what_the_analyst_has_edited_or_put_into_the_folder_is_kept_aside_and_told() {
    let bench = Bench::case("rapporter");
    bench.cli(&["run", "job.toml", "--out", "ut", "--quiet"]).exits(0);
    let published = files_below(&bench.path("ut"));
    bench.append("ut/tables/breakdown-enhet.csv", "mitt eget\n").write("ut/mina anteckningar.txt", "spara");
    bench.append("input/rapporter.csv", "B9;2023-12-24;Norr;Fall\n");
    case::told("kept-aside.txt", &bench.cli(&["run", "job.toml", "--out", "ut", "--quiet", "--fresh"]).whole());
    let aside = files_below(&bench.path("ut-andrat-1"));
    assert_eq!(aside.keys().collect::<Vec<_>>(), ["mina anteckningar.txt", "tables/breakdown-enhet.csv"]);
    assert!(String::from_utf8_lossy(&aside["tables/breakdown-enhet.csv"]).contains("mitt eget"));
    assert_eq!(files_below(&bench.path("ut")).keys().collect::<Vec<_>>(), published.keys().collect::<Vec<_>>());
    bench.append("input/rapporter.csv", "B10;2023-12-25;Norr;Fall\n");
    bench.cli(&["run", "job.toml", "--out", "ut", "--quiet"]).exits(0);
    assert!(!bench.path("ut-andrat-2").exists(), "the program's own files are not kept");
}

#[test]
fn a_report_without_its_manifest_is_kept_aside_whole() {
    let bench = Bench::case("rapporter");
    let before = bench.run();
    let files = before.files();
    fs::remove_file(bench.path("run/manifest.json")).expect("it was there");
    let after = bench.run();
    assert_eq!(after.files(), files);
    assert_eq!(files_below(&bench.path("run-andrat-1")), files);
    assert_eq!(after.summary.notices.last().map(|told| told.code), Some(Code::KeptAside));
}

#[test]
fn a_folder_with_a_manifest_of_somebody_elses_or_of_another_job_is_refused() {
    let bench = Bench::case("rapporter");
    bench.write("run/manifest.json", "{\"name\": \"app\"}").write("run/src/app.js", "v");
    let theirs = files_below(&bench.path("run"));
    assert_eq!(bench.stops().diagnostics[0].code, Code::OutputFolder);
    assert_eq!(files_below(&bench.path("run")), theirs);
    assert!(!bench.path(".run.lock").exists(), "nothing is left beside it");
    fs::remove_dir_all(bench.path("run")).expect("removed");
    let published = bench.run().files();
    bench.write("annat.toml", bench.read("job.toml"));
    let bench = bench.with_job("annat.toml");
    assert_eq!(bench.stops().diagnostics[0].code, Code::OutputFolder);
    let mut left = files_below(&bench.path("run"));
    left.remove("manifest.json");
    assert_eq!(left, published);
}

#[test]
fn a_check_writes_nothing_and_waits_for_nobody() {
    let bench = Bench::case("rapporter");
    let before = files_below(bench.folder());
    bench.cli(&["check", "job.toml", "--quiet"]).exits(0);
    assert_eq!(files_below(bench.folder()), before);
    let lock = fs::create_dir_all(bench.path("output/job"))
        .and_then(|()| fs::File::create(bench.path("output/job/.2023.lock")));
    let lock = lock.expect("a lock");
    lock.lock().expect("nobody else has it");
    bench.cli(&["check", "job.toml", "--quiet"]).exits(0);
}

#[test]
fn the_earlier_report_is_read_while_a_dead_run_has_none_in_its_place() {
    let bench = Bench::case("rapporter");
    bench.cli(&["run", "job.toml", "--quiet"]).exits(0);
    let published = files_below(&bench.path("output/job/2023"));
    fs::rename(bench.path("output/job/2023"), bench.path("output/job/.2023.earlier")).expect("as if it died here");
    for report in ["output/job/2023", "output/job/2023/report.html", "job", "output"] {
        bench.cli(&["explain", report, "breakdown.enhet", "Norr"]).exits(0).says("counted: 1 distinct event");
    }
    bench.write("input/rapporter.csv", "");
    bench.cli(&["run", "job.toml", "--quiet"]).exits(1);
    assert_eq!(files_below(&bench.path("output/job/2023")), published, "a run that fails has put it back");
}

/// The manifest tells of what was to be written.
#[test]
fn digests_are_of_what_was_written() {
    let run = Bench::case("rapporter").run();
    let manifest = run.json("manifest.json");
    let listed = manifest["outputs"].as_array().expect("a list");
    assert_eq!(listed.len(), run.files().len());
    for output in listed {
        let bytes = run.bytes(output["file"].as_str().expect("a name"));
        assert_eq!(output["blake3"], blake3::hash(&bytes).to_hex().as_str(), "{output}");
        assert_eq!(output["bytes"], bytes.len());
    }
}

/// Saves an export while it is read, so many times.
struct Saver<'a> {
    save: &'a (dyn Fn() + Sync),
    times: usize,
    saved: AtomicUsize,
}

impl Progress for Saver<'_> {
    fn step(&self, what: &str) {
        // The second source: the first has been read.
        if what == "Risker" && self.saved.fetch_add(1, Ordering::Relaxed) < self.times {
            (self.save)();
        }
    }

    fn rows(&self, _: u64) {}
}

fn saver(times: usize, save: &(dyn Fn() + Sync)) -> Saver<'_> {
    Saver { save, times, saved: AtomicUsize::new(0) }
}

fn add_a_report(bench: &Bench) {
    bench.append("input/rapporter.csv", "B9;2023-12-24;Norr;Fall\n");
}

#[test]
fn an_export_that_is_saved_while_it_is_read_is_read_again() {
    for fresh in [true, false] {
        let bench = Bench::case("rapporter");
        bench.run();
        // Something to do; of the other source the second run remembers what it read.
        bench.append("input/risker.csv", "Tid;3\n");
        let save = || add_a_report(&bench);
        let options = RunOptions { fresh, ..RunOptions::default() };
        let run =
            bench.run_told("run", &bench.plan(), options, &saver(1, &save)).expect("it keeps still the second time");
        assert_eq!(run.table("breakdown-enhet").number(&["Totalt"], "current"), 5);
        let digest =
            blake3::hash(&fs::read(bench.path("input/rapporter.csv")).expect("an export")).to_hex().to_string();
        let inputs = run.json("manifest.json")["inputs"].to_string();
        assert!(inputs.contains(&digest), "the manifest names what was read: {inputs}");
    }
}

#[test]
fn an_export_that_does_not_keep_still_stops_the_run() {
    let bench = Bench::case("rapporter");
    let published = files_below(&bench.run().folder);
    let save = || add_a_report(&bench);
    let options = RunOptions { fresh: true, ..RunOptions::default() };
    let stopped = bench.run_told("run", &bench.plan(), options, &saver(9, &save));
    let failure = stopped.err().expect("nobody knows what it holds");
    let folder = bench.folder().display().to_string();
    case::told("changed-while-read.txt", &render(&failure.diagnostics, false).replace(&folder, "."));
    assert_eq!(files_below(&bench.path("run")), published);
}

#[cfg(unix)]
#[test]
fn another_file_of_the_same_size_and_time_is_noticed() {
    let bench = Bench::case("rapporter");
    let path = bench.path("input/rapporter.csv");
    let modified = fs::metadata(&path).and_then(|meta| meta.modified()).expect("a time");
    let save = || {
        bench.edit("input/rapporter.csv", "B1;2023-02-01;Norr", "B1;2022-02-01;Norr");
        fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(modified)).expect("set back");
    };
    let run = bench.run_told("run", &bench.plan(), RunOptions::default(), &saver(1, &save)).expect("read again");
    assert_eq!(run.table("breakdown-enhet").number(&["Totalt"], "current"), 3);
}
