//! The published folder: where it is, and what its manifest says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Failure, Location, nearest};
use crate::domain::balance::{Balance, Fate, Origin, Tally};
use crate::domain::delivery::{CellCount, Deliveries, Delivery};
use crate::job::compile::compile;
use crate::job::load::{FOLDER, load};
use crate::job::plan::{Plan, SourcePlan};

/// What is read of `manifest.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    pub program: Program,
    pub job: Job,
    pub inputs: Vec<Input>,
    pub balances: Vec<SheetBalance>,
    /// By source the cells that hold no value, as they were counted when the exports were read.
    #[serde(default)]
    pub cells: BTreeMap<String, Vec<CellCount>>,
    /// Sources that the run did without.
    #[serde(default)]
    pub unread: Vec<UnreadSource>,
    pub outputs: Vec<Output>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Program {
    pub build: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Job {
    pub name: String,
    pub year: i32,
    /// The job file's text and the digest that it had; absent from folders of earlier programs.
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub blake3: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Input {
    pub source: String,
    pub file: String,
    pub blake3: String,
}

/// A source that could not be used, in a job that finishes without it.
#[derive(Debug, Clone, Deserialize)]
pub struct UnreadSource {
    pub source: String,
}

/// What became of the rows of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, serde::Serialize)]
pub struct SheetBalance {
    pub source: String,
    pub file: String,
    pub sheet: Option<String>,
    pub read: u64,
    pub fates: BTreeMap<String, u64>,
}

impl SheetBalance {
    /// The balance as the run closed it; `None` if it does not add up.
    fn closed(&self) -> Option<Balance> {
        let mut tally = Tally::default();
        for (name, rows) in &self.fates {
            tally.add(Fate::named(name)?, *rows);
        }
        let origin = Origin { source: self.source.clone(), file: self.file.clone(), sheet: self.sheet.clone() };
        tally.close(origin, self.read).ok()
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Output {
    pub file: String,
    pub blake3: String,
}

const NAME: &str = "manifest.json";

/// The published folder that is meant: a folder, a file in one, or the newest run of a job.
///
/// Errors: `no-such-file`.
pub fn published(report: &str) -> Result<PathBuf, Failure> {
    let path = Path::new(report);
    if path.exists() {
        let around = path.ancestors().take(3).find(|folder| folder.join(NAME).is_file());
        // A folder above published ones: `output/analyze`.
        return match around {
            Some(folder) => Ok(folder.to_path_buf()),
            None => newest_below(path).ok_or_else(|| no_report(report, "holds no published report")),
        };
    }
    match report.contains(['/', '\\']) {
        true => Err(no_report(report, "is not there")),
        false => newest_of_job(report),
    }
}

/// The newest run below a folder of results: what `trace` means when no report is named.
pub fn newest(output: &Path) -> Result<PathBuf, Failure> {
    let shown = output.display().to_string();
    newest_below(output).ok_or_else(|| no_report(&shown, "holds no published report"))
}

fn newest_of_job(job: &str) -> Result<PathBuf, Failure> {
    let output = match load(job).and_then(|loaded| compile(&loaded, &Default::default())) {
        Ok((plan, _)) => plan.job.output.join(&plan.job.name),
        Err(_) => Path::new("output").join(job),
    };
    newest_below(&output).ok_or_else(|| {
        let known = jobs();
        let meant = nearest(job, known.iter().map(String::as_str)).filter(|meant| *meant != job);
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        let message = format!("no published report of `{job}`{meant}");
        let at = Location::File { file: output.display().to_string() };
        let help = format!("publish it with `kvalis run {job}`, or name the folder of a report");
        Diagnostic::error(Code::NoSuchFile, message, at).help(help).into()
    })
}

fn jobs() -> Vec<String> {
    let entries = fs::read_dir(FOLDER).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".toml")?.to_string())).collect();
    names.sort();
    names
}

/// The folder whose manifest was written last, of this one and two levels below it.
fn newest_below(folder: &Path) -> Option<PathBuf> {
    let mut found = Vec::new();
    collect(folder, 2, &mut found);
    found.sort();
    let written = |folder: &PathBuf| fs::metadata(folder.join(NAME)).and_then(|manifest| manifest.modified()).ok();
    found.into_iter().max_by_key(written)
}

fn collect(folder: &Path, depth: u8, found: &mut Vec<PathBuf>) {
    if folder.join(NAME).is_file() {
        found.push(folder.to_path_buf());
    }
    let is_shown = |path: &PathBuf| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'));
    let below = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in below.filter(|path| depth > 0 && path.is_dir() && is_shown(path)) {
        collect(&path, depth - 1, found);
    }
}

fn no_report(report: &str, what: &str) -> Failure {
    let at = Location::File { file: report.to_string() };
    Diagnostic::error(Code::NoSuchFile, format!("the report {what}"), at)
        .help("give the folder that a run published, a file in it, or the name of a job")
        .into()
}

impl Manifest {
    /// Reads the manifest of a folder.
    ///
    /// Errors: `unreadable-file` if it is no manifest, or one that keeps no job.
    pub fn read(folder: &Path) -> Result<Manifest, Failure> {
        let path = folder.join(NAME);
        let file = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|error| Failure::io("reading the manifest", &file, &error))?;
        let unreadable = |message: &str| {
            let at = Location::File { file: file.clone() };
            let help = "run the job again: this program keeps with each report what explains its numbers";
            Failure::from(Diagnostic::error(Code::UnreadableFile, message, at).help(help))
        };
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|_| unreadable("this is no manifest of a published report"))?;
        match manifest.job.text.is_empty() {
            true => {
                Err(unreadable("the report was published without its job file, so its numbers cannot be explained"))
            }
            false => Ok(manifest),
        }
    }

    /// What the run knew of each source beside its rows.
    ///
    /// Errors: `unreadable-file` if a sheet's rows do not add up.
    pub fn deliveries(&self, plan: &Plan, folder: &Path) -> Result<Deliveries, Failure> {
        let unreadable = || {
            let at = Location::File { file: folder.join(NAME).display().to_string() };
            let message = "the rows of a sheet do not add up in the manifest";
            Failure::from(Diagnostic::error(Code::UnreadableFile, message, at).help("run the job again"))
        };
        let of_source = |source: &SourcePlan| {
            let sheets = self.balances.iter().filter(|sheet| sheet.source == source.name);
            let balances: Option<Vec<Balance>> = sheets.map(SheetBalance::closed).collect();
            let cells = self.cells.get(&source.name).cloned().unwrap_or_default();
            Some((source.name.clone(), Delivery { balances: balances?, cells }))
        };
        plan.sources.iter().map(of_source).collect::<Option<Deliveries>>().ok_or_else(unreadable)
    }

    /// The digest that a published file had.
    pub fn digest_of(&self, file: &str) -> Option<&str> {
        self.outputs.iter().find(|output| output.file == file).map(|output| output.blake3.as_str())
    }
}
