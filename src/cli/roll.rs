//! `kvalis roll`: a new year of a job, told on one page.
//!
//! The job file is changed in place; what it was, and the texts of the old year, lie in the folder of the old year beside
//! it. On a terminal what is not sure is asked; elsewhere it is listed and left as it is.

use std::collections::BTreeSet;
use std::io::stdin;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::Global;
use super::progress::Bar;
use super::{ask, json, print};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::job::compile::compile;
use crate::job::load::{LoadedJob, load};
use crate::job::plan::Plan;
use crate::job::roll::{Change, Roll};
use crate::run::{
    Arrivals, RunOptions, arrivals, carry_on, check_job, folder, in_swedish, texts_of_no_year, write_job_file,
};

pub(super) fn roll(job: &str, to: Option<i32>, global: &Global) -> Result<(), Failure> {
    let loaded = load(job, None)?;
    let (before, _) = compile(&loaded)?;
    let roll = Roll::of(&loaded, to)?;
    let asks = !global.json && ask::is_terminal();
    let agreed: Vec<bool> = roll.changes.iter().map(|change| change.is_sure || (asks && is_agreed(change))).collect();
    let text = roll.text(&agreed)?;
    let moved = shelve(&loaded, &before, roll.from)?;
    write_job_file(Path::new(&loaded.file), &text)?;
    let (plan, mut told) = compile(&load(job, None)?)?;
    let carried = carry_on(&folder(&before, &RunOptions::default()), &plan)?;
    let page = Page { roll: &roll, agreed: &agreed, moved: &moved, carried: &carried, file: &loaded.file };
    let arrivals = arrivals(&plan);
    told.extend(checked(&plan, global));
    if global.json {
        print::result(&page.json(&arrivals, &told))
    } else {
        print::result(&page.text(job, &arrivals, &told))
    }
}

fn is_agreed(change: &Change) -> bool {
    let Change { line, key, before, after, .. } = change;
    print::aside(&printed!("cli-roll-ask", line, key, before, after));
    let mut answer = String::new();
    // Nobody answers: nothing is changed.
    stdin().read_line(&mut answer).is_ok_and(|_| answer.trim().to_lowercase().starts_with(['j', 'y']))
}

/// Puts the job as it was, and texts that belong to no year yet, into the old year's folder.
///
/// Out: what was put where.
fn shelve(loaded: &LoadedJob, plan: &Plan, from: i32) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
    let folder = plan.job.texts.join(from.to_string());
    let mut moved = Vec::new();
    for text in texts_of_no_year(plan) {
        let target = folder.join(text.file_name().unwrap_or_default());
        if !target.exists() {
            create(&folder)?;
            std::fs::rename(&text, &target).map_err(|error| io(&target, &error))?;
            moved.push((text, target));
        }
    }
    let file = PathBuf::from(&loaded.file);
    let copy = folder.join(file.file_name().unwrap_or_default());
    if !copy.exists() {
        create(&folder)?;
        write_job_file(&copy, &loaded.text)?;
        moved.push((file, copy));
    }
    Ok(moved)
}

fn create(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| io(folder, &error))
}

fn io(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(say!("diagnostic-writing"), &path.display().to_string(), error)
}

/// What a check finds, whether it goes through or not.
fn checked(plan: &Plan, global: &Global) -> Vec<Diagnostic> {
    let bar = Bar::new(!global.quiet && !global.json);
    let options = RunOptions { threads: global.threads, ..RunOptions::default() };
    let checked = check_job(plan, &options, &bar);
    bar.clear();
    match checked {
        Ok(summary) => summary.errors.into_iter().chain(summary.warnings).collect(),
        Err(failure) => failure.diagnostics,
    }
}

/// What has a part of the page of its own.
const PARTS: [Code; 4] = [Code::TextOfAnotherYear, Code::PeriodNotCovered, Code::NoSuchFile, Code::FileNotRead];

/// What the one page is made of.
struct Page<'a> {
    roll: &'a Roll,
    agreed: &'a [bool],
    moved: &'a [(PathBuf, PathBuf)],
    /// Registers of the old year's report, put where the new year's job reads them.
    carried: &'a [(PathBuf, PathBuf)],
    file: &'a str,
}

impl Page<'_> {
    fn text(&self, job: &str, arrivals: &Arrivals, told: &[Diagnostic]) -> String {
        let line = |change: &Change| {
            let Change { line, key, before, after, .. } = change;
            printed!("cli-roll-change", line, key, before, after)
        };
        let moved = |(from, to): &(PathBuf, PathBuf)| format!("{} → {}", from.display(), to.display());
        let short = told.iter().filter(|told| told.code == Code::PeriodNotCovered);
        // One line a kind and place: `check` says the rest.
        let found: BTreeSet<String> = told.iter().filter(|told| !PARTS.contains(&told.code)).map(in_swedish).collect();
        let parts = [
            (printed!("cli-roll-changed", file = self.file), self.changes(true).map(line).collect()),
            (printed!("cli-roll-not-sure"), self.changes(false).map(line).collect()),
            (printed!("cli-roll-kept"), self.moved.iter().map(moved).collect()),
            (printed!("cli-roll-carried"), self.carried.iter().map(moved).collect()),
            (printed!("cli-roll-came"), arrivals.came.clone()),
            (printed!("cli-roll-missing"), arrivals.missing.clone()),
            (printed!("cli-roll-not-read"), arrivals.not_read.clone()),
            (printed!("cli-roll-not-covered"), short.map(|told| told.message.clone()).collect()),
            (printed!("cli-roll-texts"), arrivals.texts.clone()),
            (printed!("cli-roll-found", job), found.into_iter().collect::<Vec<String>>()),
        ];
        let Roll { from, to, .. } = self.roll;
        let head = printed!("cli-roll-head", job, from = from.to_string(), to = to.to_string());
        let parts: String = parts.into_iter().map(|(title, lines)| part(&title, &lines)).collect();
        format!("{head}\n{parts}\n{}\n", printed!("cli-roll-next", job))
    }

    fn changes(&self, agreed: bool) -> impl Iterator<Item = &Change> {
        let both = self.roll.changes.iter().zip(self.agreed);
        both.filter(move |(_, is_agreed)| **is_agreed == agreed).map(|(change, _)| change)
    }

    fn json(&self, arrivals: &Arrivals, told: &[Diagnostic]) -> String {
        let change = |change: &Change| json!({ "line": change.line, "key": change.key, "before": change.before, "after": change.after });
        let value = json!({
            "job": self.file,
            "from": self.roll.from,
            "to": self.roll.to,
            "changed": self.changes(true).map(change).collect::<Vec<_>>(),
            "not_sure": self.changes(false).map(change).collect::<Vec<_>>(),
            "kept": self.moved,
            "carried": self.carried,
            "came": arrivals.came,
            "missing": arrivals.missing,
            "not_read": arrivals.not_read,
            "texts": arrivals.texts,
            "told": told.iter().map(json::diagnostic).collect::<Vec<_>>(),
        });
        format!("{value}\n")
    }
}

/// A heading and its lines; nothing where there is none.
fn part(title: &str, lines: &[String]) -> String {
    let lines: String = lines.iter().map(|line| format!("  {}\n", print::visible(line))).collect();
    if lines.is_empty() { String::new() } else { format!("\n{title}\n{lines}") }
}
