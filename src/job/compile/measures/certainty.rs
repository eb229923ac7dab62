//! Keys `interval` and `test`: whether the measure has what they need.

use super::Around;
use crate::job::compile::problems::Problems;
use crate::job::plan::CertaintyPlan;
use crate::job::spec::{BreakdownSpec, IndicatorSpec, ShareSpec, UnitSpec};

/// A breakdown is tested against the period before, which must stand beside.
pub(super) fn of_breakdown(spec: &BreakdownSpec, around: &Around, problems: &mut Problems) -> CertaintyPlan {
    let beside = spec.columns.is_none() && has_period_before(spec.earlier, around);
    CertaintyPlan { test: spec.test && is_beside(beside, around, problems), ..CertaintyPlan::default() }
}

pub(super) fn of_share(spec: &ShareSpec, around: &Around, problems: &mut Problems) -> CertaintyPlan {
    let by_year = matches!(spec.by.as_deref(), Some("year" | "calendar_year" | "quarter" | "month"));
    let beside = !by_year && has_period_before(spec.earlier, around);
    let test = spec.test && is_beside(beside, around, problems);
    CertaintyPlan { interval: spec.interval, test, minimum_answers: 0 }
}

/// Percentages of answers: their number must be known.
pub(super) fn of_indicator(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> CertaintyPlan {
    let named = spec.few_answers.as_ref().is_some_and(|few| few.indicator.is_some());
    let has_n = named || around.scope.plan.column("n").is_some();
    for (key, asked) in [("interval", spec.interval.is_some()), ("test", spec.test)] {
        if asked && !has_n {
            let message =
                format!("`{key}` needs the number of answers, and `source.{}` has none", around.scope.plan.name);
            let help = "declare a column `n` on the source, or name the indicator of answers: `few_answers.indicator`";
            problems.bad_key(&around.at.key(key), message, help);
        }
        // Deficiencies of n reviewed files: the interval is that of the share.
        let of_share = key == "interval" && spec.share_of_n;
        let counts = matches!(spec.unit, Some(UnitSpec::Count | UnitSpec::Number));
        if asked && counts && !of_share {
            let message = format!("`{key}` is for percentages, and the unit is another");
            problems.bad_key(&around.at.key(key), message, "set `unit = \"percent\"`, or remove it");
        }
    }
    let minimum = spec.few_answers.as_ref().map_or(around.scope.plan.minimum_answers, |few| few.under);
    CertaintyPlan { interval: spec.interval, test: spec.test, minimum_answers: if has_n { minimum } else { 0 } }
}

fn has_period_before(earlier: Option<u32>, around: &Around) -> bool {
    around.scope.plan.period_date.is_some() && earlier.unwrap_or(around.job.earlier.min(1)) > 0
}

fn is_beside(beside: bool, around: &Around, problems: &mut Problems) -> bool {
    if !beside {
        let message = "there is no period before beside this one to test against";
        problems.bad_key(&around.at.key("test"), message, "set `earlier = 1`, or remove `test`");
    }
    beside
}
