//! `[job]`: title, period, dates, folders.

use std::path::{Component, PathBuf};

use crate::domain::period::date_of;
use crate::job::load::LoadedJob;
use crate::job::spec::{JobHead, JobSpec, PeriodKind, PeriodSpec};
use crate::job::text::without_machine_paths;
use crate::measure::declared::earlier_at_most;
use crate::vocabulary::checks::{YEARS, check_path, day, not_empty};
use crate::vocabulary::plan::JobPlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::{CubeMode, Format, RepeatedIds};

pub(super) fn compile(loaded: &LoadedJob, problems: &mut Problems) -> JobPlan {
    let head = &loaded.spec.job;
    let at = Path::of(&["job"]);
    check_texts(head, &at, problems);
    check_cube(&loaded.spec, problems);
    let period = head.period.rule();
    check_period(&head.period, &at.key("period"), problems);
    let year = year(head.period.year, &at.key("period").key("year"), problems);
    JobPlan {
        name: loaded.name.clone(),
        file: loaded.file.clone(),
        text: without_machine_paths(loaded),
        title: head.title.clone(),
        organisation: head.organisation.clone(),
        committee: head.committee.clone(),
        decision: head.decision.clone(),
        as_of: as_of(head, period.days_of(year).1, period.days_of(year + 1).1, problems),
        period,
        year,
        earlier: earlier(&head.period, &at.key("period").key("earlier"), problems),
        input: beside(&loaded.file, head.input.as_deref().unwrap_or("."), &at.key("input"), problems),
        templates: beside(
            &loaded.file,
            head.templates.as_deref().unwrap_or("../templates"),
            &at.key("templates"),
            problems,
        ),
        texts: beside(&loaded.file, head.texts.as_deref().unwrap_or(&loaded.name), &at.key("texts"), problems),
        output: folder(head.output.as_deref().unwrap_or("output"), &at.key("output"), problems),
        formats: if head.formats.is_empty() { vec![Format::Html] } else { head.formats.clone() },
        reference_docx: head
            .reference_docx
            .as_deref()
            .map(|file| beside(&loaded.file, file, &at.key("reference_docx"), problems)),
        cube: head.cube,
        on_bad_source: head.on_bad_source,
        limits: loaded.spec.limits,
    }
}

fn check_texts(head: &JobHead, at: &Path, problems: &mut Problems) {
    for (key, text) in [("title", &head.title), ("organisation", &head.organisation)] {
        not_empty(text, &at.key(key), problems);
    }
}

/// An event that takes several rows cannot be counted by a pass that sees one row at a time.
fn check_cube(spec: &JobSpec, problems: &mut Problems) {
    let several = spec.source.iter().find(|(_, source)| source.repeated_ids == RepeatedIds::SeveralRows);
    if let (CubeMode::Streaming, Some((name, _))) = (spec.job.cube, several) {
        let message = say!("job-cube-streaming-cannot-count-source", name);
        problems.bad_value(&Path::of(&["job", "cube"]), message, say!("job-remove-cube-polars-counts-such"));
    }
}

fn check_period(spec: &PeriodSpec, at: &Path, problems: &mut Problems) {
    if spec.kind == PeriodKind::CalendarYear {
        for (key, said) in [("first_month", spec.first_month.is_some()), ("named_after", spec.named_after.is_some())] {
            if said {
                let message = say!("job-has-no-meaning-for-calendar", key);
                problems.bad_key(&at.key(key), message, say!("job-remove-or-set-kind-quality"));
            }
        }
    } else if let Some(first_month) = spec.first_month.filter(|month| !(1..=12).contains(month)) {
        let message = say!("job-first-month-must-be-month", first_month);
        problems.bad_value(&at.key("first_month"), message, "");
    }
}

fn year(said: i32, at: &Path, problems: &mut Problems) -> i32 {
    if YEARS.contains(&said) {
        return said;
    }
    let range = say!("job-from-to", first = YEARS.start(), last = YEARS.end());
    problems.bad_value(at, say!("job-year-must-be", range, found = said), "");
    *YEARS.start()
}

/// The day of the data. Before the period's end half of it would be missing, and what is late would be in time; after the
/// next period's end it is another report's.
fn as_of(head: &JobHead, end: i32, next_end: i32, problems: &mut Problems) -> i32 {
    let at = Path::of(&["job", "as_of"]);
    let Some(as_of) = day(&head.as_of, &at, problems) else { return end };
    let (said, last) = (&head.as_of, date_of(end));
    if as_of < end {
        problems.bad_value(&at, say!("job-as-of-before-period-ends", said, last), say!("job-write-day-of-exports"));
    } else if as_of > next_end {
        let next = date_of(next_end);
        problems.bad_value(&at, say!("job-as-of-a-year-off", said, last, next), say!("job-write-day-of-exports"));
    }
    as_of
}

fn earlier(spec: &PeriodSpec, at: &Path, problems: &mut Problems) -> u32 {
    earlier_at_most(spec.earlier.unwrap_or(1), at, problems)
}

/// A folder relative to the working directory.
fn folder(text: &str, at: &Path, problems: &mut Problems) -> PathBuf {
    check_path(text, at, problems);
    cleaned(PathBuf::from(text))
}

/// A folder relative to the job file's own.
pub(super) fn beside(file: &str, text: &str, at: &Path, problems: &mut Problems) -> PathBuf {
    check_path(text, at, problems);
    let around = std::path::Path::new(file).parent().unwrap_or(std::path::Path::new(""));
    cleaned(around.join(text))
}

/// Without `.` and `x/..`, so that messages show paths as people write them.
fn cleaned(path: PathBuf) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    if clean.as_os_str().is_empty() { PathBuf::from(".") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_people_write_them() {
        assert_eq!(cleaned("pipelines/../sample-data/./x".into()), PathBuf::from("sample-data/x"));
        assert_eq!(cleaned("../templates".into()), PathBuf::from("../templates"));
        assert_eq!(cleaned("a/..".into()), PathBuf::from("."));
        assert_eq!(cleaned("/a/../../b".into()), PathBuf::from("/../b"));
    }
}
