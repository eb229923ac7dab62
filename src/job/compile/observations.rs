//! What an observation source must have, and its wide columns.
//!
//! Eight column names have a meaning: `indicator`, `area`, `period`, `group`, `value`, `n`, `goal` and `reference`.
//! Each comes from a column of the export, from `set` of a wide column, or from `fixed`.

use crate::domain::spelling::fold;
use crate::job::spec::{ColumnKind, SourceSpec, WideSpec};
use crate::vocabulary::plan::WidePlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::SourceKind;

/// What a wide column can stand for.
const SET: [&str; 4] = ["indicator", "area", "period", "group"];

/// What can be constant in a whole source.
const FIXED: [&str; 8] = ["indicator", "area", "period", "group", "value", "n", "goal", "reference"];

/// Columns whose cells are measured values.
const NUMBERS: [&str; 3] = ["n", "goal", "reference"];

pub(super) fn check(name: &str, spec: &SourceSpec, at: &Path, problems: &mut Problems) {
    if spec.kind != SourceKind::Observations {
        return only_for_observations(spec, at, problems);
    }
    check_fixed(spec, at, problems);
    check_numbers(spec, at, problems);
    let given = |column: &str| spec.columns.contains_key(column) || spec.fixed.contains_key(column);
    let in_wide = !spec.wide.is_empty() && spec.wide.iter().all(|wide| wide.set.contains_key("indicator"));
    if !given("indicator") && !in_wide {
        let message = say!("job-source-does-not-say-which", name);
        problems.missing_key(&at.key("columns"), message, say!("job-add-column-indicator-or-indicator"));
    }
    match (given("value"), spec.wide.is_empty()) {
        (false, true) => {
            let message = say!("job-source-has-no-values", name);
            problems.missing_key(&at.key("columns"), message, say!("job-add-column-value-or-source"));
        }
        (true, false) => {
            let message = say!("job-source-has-both-column-value", name);
            problems.bad_key(&at.key("wide"), message, say!("job-keep-one-them-cell-is"));
        }
        _ => {}
    }
}

fn only_for_observations(spec: &SourceSpec, at: &Path, problems: &mut Problems) {
    for (key, said) in [("wide", !spec.wide.is_empty()), ("fixed", !spec.fixed.is_empty())] {
        if said {
            let message = say!("job-has-meaning-only-for-sources", key);
            problems.bad_key(&at.key(key), message, say!("job-remove-or-correct-kind"));
        }
    }
}

fn check_fixed(spec: &SourceSpec, at: &Path, problems: &mut Problems) {
    for column in spec.fixed.keys() {
        let at = at.key("fixed").key(column);
        if !FIXED.contains(&column.as_str()) {
            problems.unknown_key(&at, "meaning", column, FIXED);
        }
        if spec.columns.contains_key(column) {
            problems.bad_key(&at, say!("job-is-column-export-too", column), say!("job-keep-one-them"));
        }
    }
}

fn check_numbers(spec: &SourceSpec, at: &Path, problems: &mut Problems) {
    for column in NUMBERS {
        let kind = spec.columns.get(column).map(|column| column.kind);
        if kind.is_some_and(|kind| kind != ColumnKind::Number) {
            let message = say!("job-column-observation-source-must-be", column);
            problems.bad_value(&at.key("columns").key(column).key("kind"), message, say!("job-set-kind-number"));
        }
    }
}

pub(super) fn wide(spec: &SourceSpec, at: &Path, problems: &mut Problems) -> Vec<WidePlan> {
    let mut headers = Vec::new();
    for (index, wide) in spec.wide.iter().enumerate() {
        check_wide(wide, spec, &mut headers, &at.key("wide").index(index), problems);
    }
    spec.wide.iter().map(wide_plan).collect()
}

fn wide_plan(spec: &WideSpec) -> WidePlan {
    let set = spec.set.iter().map(|(column, text)| (column.clone(), text.clone())).collect();
    WidePlan { headers: spec.header.0.clone(), set, fraction: spec.fraction }
}

fn check_wide(wide: &WideSpec, spec: &SourceSpec, headers: &mut Vec<String>, at: &Path, problems: &mut Problems) {
    if wide.header.0.is_empty() {
        problems.missing_key(at, say!("job-wide-column-has-no-header"), say!("job-add-header"));
    }
    for header in &wide.header.0 {
        if headers.contains(&fold(header)) {
            problems.bad_value(&at.key("header"), say!("job-header-is-already-another-wide", header), "");
        }
        headers.push(fold(header));
    }
    if wide.set.is_empty() {
        problems.bad_value(
            &at.key("set"),
            say!("job-set-is-empty-nothing-says"),
            say!("job-write-set-period-2023-say"),
        );
    }
    for column in wide.set.keys() {
        let at = at.key("set").key(column);
        if !SET.contains(&column.as_str()) {
            problems.unknown_key(&at, "meaning", column, SET);
        }
        if spec.columns.contains_key(column) || spec.fixed.contains_key(column) {
            problems.bad_key(&at, say!("job-is-given-for-whole-row", column), say!("job-keep-one-them"));
        }
    }
}
