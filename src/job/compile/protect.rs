//! `[protect]`: its threshold, and names that are there.

use crate::job::plan::ProtectPlan;
use crate::job::spec::JobSpec;
use crate::measure::plan::MeasurePlan;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

/// Under 2 nothing is small; over this a report would be empty.
const THRESHOLDS: std::ops::RangeInclusive<u32> = 2..=1000;

pub(super) fn compile(
    spec: &JobSpec,
    sources: &[SourcePlan],
    measures: &[MeasurePlan],
    problems: &mut Problems,
) -> Option<ProtectPlan> {
    let protect = spec.protect.as_ref()?;
    let at = Path::of(&["protect"]);
    let threshold = protect.threshold.unwrap_or(5);
    if !THRESHOLDS.contains(&threshold) {
        let message = say!("job-threshold-must-be-from-2", threshold);
        problems.bad_value(&at.key("threshold"), message, say!("job-write-5-counts-1-to"));
    }
    let known: Vec<String> = sources
        .iter()
        .map(|source| format!("source.{}", source.name))
        .chain(measures.iter().map(|measure| base_of(&measure.name).to_string()))
        .collect();
    for (index, exempt) in protect.exempt.iter().enumerate() {
        let at = at.key("exempt").index(index);
        not_empty(&exempt.reason, &at.key("reason"), problems);
        if !known.contains(&exempt.name) {
            problems.unknown(
                &at.key("name"),
                &say!("job-source-or-measure"),
                &exempt.name,
                known.iter().map(String::as_str),
            );
        }
    }
    if let Some(name) = protect.sensitive_zeros.then(|| leaves_out_zeros(spec)).flatten() {
        let message = say!("job-sensitive-zeros-hides-zeros-but", name);
        problems.bad_value(&at.key("sensitive_zeros"), message, say!("job-remove-hide-empty-breakdown", name));
    }
    let exempt = protect.exempt.iter().map(|exempt| (exempt.name.clone(), exempt.reason.clone())).collect();
    Some(ProtectPlan { threshold: i64::from(threshold), sensitive_zeros: protect.sensitive_zeros, exempt })
}

fn leaves_out_zeros(spec: &JobSpec) -> Option<&str> {
    let hides = spec.breakdown.iter().find(|(_, breakdown)| breakdown.hide_empty);
    hides.map(|(name, _)| name.as_str())
}

fn base_of(name: &str) -> &str {
    name.split_once('/').map_or(name, |(base, _)| base)
}
