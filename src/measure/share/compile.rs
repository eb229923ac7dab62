//! `[share.x]` to its plan: shares with a named numerator and denominator.

use crate::domain::cube::Grain;
use crate::measure::declared::{Around, Common, OfSource, conditions_at, has_period_before, is_beside, timed_axis};
use crate::measure::plan::MeasureKind;
use crate::measure::share::plan::{ShareLinePlan, SharePlan};
use crate::measure::share::spec::{ShareLine, ShareSpec};
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::{AxisPlan, CertaintyPlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::SourceKind;

impl OfSource for ShareSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn certainty(&self, around: &Around, problems: &mut Problems) -> CertaintyPlan {
        of_share(self, around, problems)
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        check_line_count(self, around, problems);
        let at = around.at.key("line");
        let lines = self.line.iter().enumerate();
        let lines = lines.map(|(index, line)| share_line(line, around, &at.index(index), problems)).collect();
        let by = self.by.as_deref().and_then(|by| axis_of_rows(by, &around.at.key("by"), around, problems));
        let default = u32::from(around.scope.plan.period_date.is_some());
        let earlier = match by.as_ref().map(|axis| axis.grain) {
            Some(Grain::Period | Grain::CalendarYear) => around.job.earlier,
            _ => default,
        };
        Some(MeasureKind::Share(SharePlan { lines, by, earlier: around.earlier(self.earlier, earlier, problems) }))
    }
}

/// A column, or years. Rows of quarters or months would add the same ones of all years together.
fn axis_of_rows(by: &str, at: &Path, around: &Around, problems: &mut Problems) -> Option<AxisPlan> {
    let axis = timed_axis(by, at, around, problems)?;
    if matches!(axis.grain, Grain::Quarter | Grain::Month) {
        problems.bad_value(at, say!("job-share-has-rows-of-years", by), say!("job-follow-shorter-steps-by-spc"));
        return None;
    }
    Some(axis)
}

fn check_line_count(spec: &ShareSpec, around: &Around, problems: &mut Problems) {
    let at = around.at.key("line");
    match (spec.line.len(), &spec.by) {
        (0, _) => problems.bad_value(&at, say!("job-share-has-no-lines"), say!("job-add-share-line-with-label")),
        (count, Some(_)) if count > 1 => {
            let message = say!("job-with-by-share-has-exactly", count);
            problems.bad_value(&at, message, say!("job-make-one-share-per-line"));
        }
        _ => {}
    }
}

fn share_line(line: &ShareLine, around: &Around, at: &Path, problems: &mut Problems) -> ShareLinePlan {
    not_empty(&line.label, &at.key("label"), problems);
    not_empty(&line.of, &at.key("of"), problems);
    if line.part.is_empty() && line.part_not.is_empty() {
        let message = say!("job-part-has-no-condition-so", label = line.label);
        problems.missing_key(at, message, say!("job-add-part-or-part-not"));
    }
    let whole = conditions_at(&line.whole, &line.whole_not, ["whole", "whole_not"], at, around, problems);
    let mut part = whole.clone();
    part.extend(conditions_at(&line.part, &line.part_not, ["part", "part_not"], at, around, problems));
    ShareLinePlan { label: line.label.clone(), of: line.of.clone(), whole, part }
}

pub(crate) fn of_share(spec: &ShareSpec, around: &Around, problems: &mut Problems) -> CertaintyPlan {
    let by_year = matches!(spec.by.as_deref(), Some("year" | "calendar_year"));
    let beside = !by_year && has_period_before(spec.earlier, around);
    let test = spec.test && is_beside(beside, around, problems);
    CertaintyPlan { interval: spec.interval, test, minimum_answers: 0 }
}
