//! A folder of its own in which a test runs jobs, and what comes of a run.
//!
//! In: a case's folder, a sample job, or the test's own files. Out: [`Run`], a failure, or what a command told. Never:
//! anything outside the folder is changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use kvalis::diagnostic::Failure;
use kvalis::job::compile::compile;
use kvalis::job::load;
use kvalis::job::plan::Plan;
use kvalis::run::{Progress, RunOptions, RunSummary, check_job, run_job};
use tempfile::TempDir;

use super::read::{Sheet, files_below};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A workplace: job, exports and templates, to be changed between runs. Names of files are below its folder.
pub struct Bench {
    folder: Arc<TempDir>,
    /// The job's file.
    job: String,
}

impl Bench {
    /// An empty folder, whose job is `job.toml`.
    pub fn new() -> Bench {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder can be made"));
        Bench { folder, job: "job.toml".into() }
    }

    /// A copy of `tests/cases/bench/<name>`.
    pub fn case(name: &str) -> Bench {
        let bench = Bench::new();
        bench.add(&root().join("tests/cases/bench").join(name));
        bench
    }

    /// A sample job beside copies of all exports and templates of the samples, as they lie in the repository.
    pub fn sample(job: &str) -> Bench {
        let bench = Bench { job: format!("pipelines/{job}.toml"), ..Bench::new() };
        for part in ["pipelines", "sample-data", "templates"] {
            copy(&root().join(part), &bench.path(part));
        }
        bench
    }

    /// Copies of all that lies in a folder.
    pub fn add(&self, folder: &Path) {
        copy(folder, self.folder());
    }

    /// The same folder with another of its files as the job.
    pub fn with_job(self, job: &str) -> Bench {
        Bench { job: job.into(), ..self }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Writes a file, and the folders that it lies in.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Bench {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
        fs::write(path, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        self
    }

    /// Adds to a file's end; exports in Windows-1252 get ASCII only.
    pub fn append(&self, name: &str, text: &str) -> &Bench {
        let mut bytes = fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        bytes.extend(text.bytes());
        self.write(name, bytes)
    }

    /// Replaces a text that must be there.
    pub fn edit(&self, name: &str, from: &str, to: &str) -> &Bench {
        let text = self.read(name);
        assert!(text.contains(from), "{from} stands in {name}");
        self.write(name, text.replace(from, to))
    }

    pub fn edit_job(&self, from: &str, to: &str) -> &Bench {
        self.edit(&self.job, from, to)
    }

    /// The job as it stands, compiled.
    pub fn plan(&self) -> Plan {
        self.plan_of(None)
    }

    /// The job as it stands, for another year than it says.
    pub fn plan_of(&self, year: Option<i32>) -> Plan {
        let loaded = load::load(&self.path(&self.job).to_string_lossy(), year);
        let compiled = loaded.and_then(|loaded| compile(&loaded));
        compiled.unwrap_or_else(|failure| panic!("{} compiles: {failure:#?}", self.job)).0
    }

    /// Runs the job as it stands into the folder `run`.
    pub fn run(&self) -> Run {
        self.run_as("run", &self.plan()).unwrap_or_else(|failure| panic!("the job runs: {failure:#?}"))
    }

    /// Runs the job as it stands, and tells why it stops.
    pub fn stops(&self) -> Failure {
        self.run_as("run", &self.plan()).err().expect("the run must stop")
    }

    /// Runs a plan into a folder of this name; what an earlier run has left there is read again.
    pub fn run_as(&self, name: &str, plan: &Plan) -> Result<Run, Failure> {
        self.run_with(name, plan, RunOptions { fresh: true, ..RunOptions::default() })
    }

    /// Runs a plan into a folder of this name, as a second run does unless told otherwise.
    pub fn run_with(&self, name: &str, plan: &Plan, options: RunOptions) -> Result<Run, Failure> {
        self.run_told(name, plan, options, &Silent)
    }

    /// The same with somebody who is told while it goes on.
    pub fn run_told(
        &self,
        name: &str,
        plan: &Plan,
        options: RunOptions,
        progress: &dyn Progress,
    ) -> Result<Run, Failure> {
        let threads = if options.threads == 0 { 2 } else { options.threads };
        let options = RunOptions { out: Some(self.path(name)), threads, ..options };
        let summary = run_job(plan, &options, progress)?;
        Ok(Run { folder: self.path(name), summary, _bench: Arc::clone(&self.folder) })
    }

    /// Checks the job as it stands.
    pub fn check(&self) -> Result<RunSummary, Failure> {
        let options = RunOptions { out: Some(self.path("run")), threads: 2, ..RunOptions::default() };
        check_job(&self.plan(), &options, &Silent)
    }

    /// Starts the program in the folder.
    pub fn cli(&self, arguments: &[&str]) -> Told {
        kvalis(self.folder(), arguments)
    }
}

/// Nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: &str) {}
    fn rows(&self, _: u64) {}
}

/// Files and folders below `from`, below `to`.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())).flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// A finished run.
pub struct Run {
    pub folder: PathBuf,
    pub summary: RunSummary,
    /// The folder is there as long as the run is.
    _bench: Arc<TempDir>,
}

impl Run {
    /// A result table, `breakdown-x` or `breakdown-x--value`.
    pub fn table(&self, stem: &str) -> Sheet {
        Sheet::read(&self.folder.join("tables").join(format!("{stem}.csv")))
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Every file but the manifest (it has a clock), by its name.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = files_below(&self.folder);
        files.remove("manifest.json");
        files
    }
}

/// Starts the program in a folder as cron does: without an environment.
pub fn kvalis(folder: &Path, arguments: &[&str]) -> Told {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvalis"));
    command.current_dir(folder).args(arguments).env_clear();
    let output = command.output().expect("the program starts");
    Told { asked: arguments.join(" "), output }
}

/// What a command told.
pub struct Told {
    asked: String,
    pub output: Output,
}

impl Told {
    pub fn code(&self) -> i32 {
        self.output.status.code().unwrap_or(-1)
    }

    pub fn out(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("the program prints UTF-8")
    }

    pub fn err(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).expect("the program prints UTF-8")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|error| panic!("`{}`: {error}: {}", self.asked, self.out()))
    }

    /// All that a person sees, and the exit code.
    pub fn whole(&self) -> String {
        format!("{}{}exit code {}\n", self.out(), self.err(), self.code())
    }

    pub fn exits(self, code: i32) -> Told {
        assert_eq!(self.code(), code, "`{}`: {}", self.asked, self.whole());
        self
    }

    /// Both streams are looked through.
    pub fn says(&self, words: &str) -> &Told {
        assert!(self.whole().contains(words), "`{}` does not say `{words}`: {}", self.asked, self.whole());
        self
    }
}
