//! `[check.x]` and `[[chapter]]`.

use crate::job::plan::{ChapterPlan, CheckPlan};
use crate::job::spec::{ChapterSpec, CheckSpec, JobSpec};
use crate::vocabulary::checks::{check_path, not_empty};
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::{OnBadSource, SourceKind};

pub(super) fn compile_checks(spec: &JobSpec, sources: &[SourcePlan], problems: &mut Problems) -> Vec<CheckPlan> {
    spec.check.iter().filter_map(|(name, spec)| check(name, spec, sources, problems)).collect()
}

fn check(name: &str, spec: &CheckSpec, sources: &[SourcePlan], problems: &mut Problems) -> Option<CheckPlan> {
    let at = Path::of(&["check", name]);
    let counts = spec.rows_at_least.is_some() || spec.rejected_at_most.is_some() || spec.no_unknown_category;
    let freshness = spec.max_age_days.is_some() || spec.expected_period.is_some();
    if !counts && !freshness {
        let help = say!("job-add-rows-at-least-rejected");
        problems.missing_key(&at, say!("job-check-has-no-rule", name), help);
    }
    if let Some(share) = spec.rejected_at_most.filter(|share| !(0.0..=1.0).contains(share)) {
        let message = say!("job-rejected-at-most-must-be", share);
        problems.bad_value(&at.key("rejected_at_most"), message, say!("job-write-0-01-for-one"));
    }
    let scope = find_source(&spec.source, sources, &at.key("source"), problems)?;
    check_freshness(spec, &sources[scope.index], &at, problems);
    Some(CheckPlan {
        name: format!("check.{name}"),
        source: scope.index,
        rows_at_least: spec.rows_at_least,
        rejected_at_most: spec.rejected_at_most,
        no_unknown_category: spec.no_unknown_category,
        max_age_days: spec.max_age_days,
        expected_period: spec.expected_period,
        warn_only: spec.warn_only,
    })
}

/// Newness needs something that says when: a period date of events, the period of observations.
fn check_freshness(spec: &CheckSpec, source: &SourcePlan, at: &Path, problems: &mut Problems) {
    let dated = source.period_date.is_some();
    if spec.max_age_days.is_some() && !dated {
        let message = say!("job-max-age-days-needs-dates", name = source.name);
        problems.bad_key(&at.key("max_age_days"), message, say!("job-name-date-column-under-period"));
    }
    if spec.expected_period.is_some() && !dated && source.kind != SourceKind::Observations {
        let message = say!("job-expected-period-needs-dates-and", name = source.name);
        problems.bad_key(&at.key("expected_period"), message, say!("job-name-date-column-under-period"));
    }
}

pub(super) fn compile(spec: &JobSpec, sources: &[SourcePlan], problems: &mut Problems) -> Vec<ChapterPlan> {
    for (index, chapter) in spec.chapter.iter().enumerate() {
        let at = Path::of(&["chapter"]).index(index);
        not_empty(&chapter.title, &at.key("title"), problems);
        check_template(&chapter.template, &at.key("template"), problems);
    }
    let chapters = spec.chapter.iter().enumerate();
    chapters
        .map(|(index, chapter)| ChapterPlan {
            title: chapter.title.clone(),
            template: chapter.template.clone(),
            needs: needs(
                chapter,
                spec.job.on_bad_source,
                sources,
                &Path::of(&["chapter"]).index(index).key("needs"),
                problems,
            ),
            when_missing: chapter.when_missing,
            with: chapter.with_.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        })
        .collect()
}

/// The sources that a chapter needs. One that is not optional stops the run by itself: naming it here says nothing.
fn needs(
    chapter: &ChapterSpec,
    on_bad_source: OnBadSource,
    sources: &[SourcePlan],
    at: &Path,
    problems: &mut Problems,
) -> Vec<usize> {
    let mut needs = Vec::new();
    for (index, reference) in chapter.needs.iter().enumerate() {
        let at = at.index(index);
        let Some(scope) = find_source(reference, sources, &at, problems) else { continue };
        if !scope.plan.optional && on_bad_source == OnBadSource::Stop {
            let message = say!("job-is-not-optional-without-files", reference);
            problems.bad_value(&at, message, say!("job-set-optional-true-under-or", reference));
        }
        needs.push(scope.index);
    }
    needs
}

/// A template lies in the templates folder: no way leads out of it.
fn check_template(template: &str, at: &Path, problems: &mut Problems) {
    check_path(template, at, problems);
    let leaves = template.split(['/', '\\']).any(|part| part == "..");
    let absolute = template.starts_with(['/', '\\']) || template.as_bytes().get(1) == Some(&b':');
    if leaves || absolute {
        let message = say!("job-does-not-lie-in-templates", template);
        problems.bad_value(at, message, say!("job-name-file-below-folder-like"));
    }
}
