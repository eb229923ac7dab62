//! `[lead_time.x]` to its plan.

use crate::measure::declared::{Around, Common, OfSource, conditions, date, needs_period_date};
use crate::measure::lead_time::plan::LeadTimePlan;
use crate::measure::lead_time::spec::LeadTimeSpec;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::SourceKind;

impl OfSource for LeadTimeSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let from = date(&self.from, around.scope, &around.at.key("from"), problems);
        let to = date(&self.to, around.scope, &around.at.key("to"), problems);
        if from.is_some() && from == to {
            let message = say!("job-time-ends-where-it-begins", name = self.to);
            problems.bad_value(&around.at.key("to"), message, say!("job-name-date-of-the-end"));
        }
        let by = self.by.as_deref().and_then(|by| around.scope.axis(by, &around.at.key("by"), problems));
        Some(MeasureKind::LeadTime(LeadTimePlan {
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            earlier: earlier(self.earlier, around, problems),
            from: from?,
            to: to?,
            limit_days: self.limit_days,
            by,
        }))
    }
}

/// Without a date that places events all are of the job's year.
fn earlier(said: Option<u32>, around: &Around, problems: &mut Problems) -> u32 {
    if said.is_some_and(|earlier| earlier > 0) {
        needs_period_date(&around.at.key("earlier"), around, problems);
    }
    around.earlier(said, u32::from(around.scope.plan.period_date.is_some()), problems)
}
