//! Is a source as new as the job says that it must be? Judged on the job's `as_of`, never on the clock: the same exports
//! give the same verdict whenever the job is run.
//!
//! In: a rule, the days of the source's rows or its Parquet file. Out: a sentence for each rule that is broken.

use std::path::Path;

use crate::diagnostic::Failure;
use crate::domain::period::{PeriodRule, TimePart, date_of};
use crate::job::plan::{CheckPlan, ExpectedPeriod, Plan, SourceKind, SourcePlan};
use crate::store::{self, PlainColumn};

/// What `max_age_days` and `expected_period` find wrong. `days`: of the source's rows, in order.
pub(super) fn broken(plan: &Plan, check: &CheckPlan, days: &[i32], parquet: &Path) -> Result<Vec<String>, Failure> {
    if check.max_age_days.is_none() && check.expected_period.is_none() {
        return Ok(Vec::new());
    }
    let source = &plan.sources[check.source];
    let judged = judged_on(plan);
    if source.kind == SourceKind::Observations {
        let parts = parts_named(source, parquet)?;
        let missing = check.expected_period.and_then(|step| part_missing(plan, source, step, &parts, judged));
        return Ok(missing.into_iter().collect());
    }
    let old = check.max_age_days.and_then(|most| too_old(source, days, most, judged));
    let missing = check.expected_period.and_then(|step| days_missing(plan, source, step, days, judged));
    Ok(old.into_iter().chain(missing).collect())
}

/// The day on which newness is judged, the last of the job's period: rows after it are not part of the report, and `as_of`
/// never lies before it.
fn judged_on(plan: &Plan) -> i32 {
    plan.job.period.days_of(plan.job.year).1
}

fn too_old(source: &SourcePlan, days: &[i32], most: u32, judged: i32) -> Option<String> {
    let Some(newest) = days.iter().rfind(|day| **day <= judged) else {
        return Some(say!("run-no-row-up-to", name = source.name, day = date_of(judged)));
    };
    let age = judged - newest;
    (i64::from(age) > i64::from(most)).then(|| {
        let newest = date_of(*newest);
        say!("run-newest-row-is-old", name = source.name, newest, age, day = date_of(judged), most)
    })
}

fn days_missing(plan: &Plan, source: &SourcePlan, step: ExpectedPeriod, days: &[i32], judged: i32) -> Option<String> {
    let part = last_whole(plan.job.period, step, judged);
    let (first, last) = part.days;
    let none = !days.iter().any(|day| (first..=last).contains(day));
    none.then(|| {
        say!("run-no-row-of", name = source.name, part = part.name(), first = date_of(first), last = date_of(last))
    })
}

fn part_missing(
    plan: &Plan,
    source: &SourcePlan,
    step: ExpectedPeriod,
    named: &[String],
    judged: i32,
) -> Option<String> {
    let part = last_whole(plan.job.period, step, judged);
    let none = !named.iter().any(|text| part.is_named_by(text));
    none.then(|| say!("run-no-value-of", name = source.name, part = part.name()))
}

/// The last year, quarter or month that had ended on a day.
fn last_whole(rule: PeriodRule, step: ExpectedPeriod, day: i32) -> TimePart {
    match step {
        ExpectedPeriod::Year => rule.last_whole_year(day),
        ExpectedPeriod::Quarter => rule.last_whole_quarter(day),
        ExpectedPeriod::Month => rule.last_whole_month(day),
    }
}

/// What each row calls its time: its period and its group, as "2023 Kvartal 4" may stand in two columns.
fn parts_named(source: &SourcePlan, parquet: &Path) -> Result<Vec<String>, Failure> {
    let data = store::read_all(parquet)?;
    let text = |name: &str, row: usize| match data.columns.get(name) {
        Some(PlainColumn::Labels { codes, labels }) => labels.get(codes[row] as usize).cloned().unwrap_or_default(),
        _ => source.fixed.iter().find(|(column, _)| column == name).map(|(_, text)| text.clone()).unwrap_or_default(),
    };
    Ok((0..data.rows).map(|row| format!("{} {}", text("period", row), text("group", row))).collect())
}
