//! `[goal.x]` to its plan.

use crate::domain::spelling::fold;
use crate::measure::declared::{Around, Common, OfSource, conditions, unit};
use crate::measure::goal::plan::GoalPlan;
use crate::measure::goal::spec::GoalSpec;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::{SourceKind, Where};

impl OfSource for GoalSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Observations];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: None }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        not_empty(&self.what, &around.at.key("what"), problems);
        for column in ["goal", "reference"] {
            check_goal_column(column, around, problems);
        }
        Some(MeasureKind::Goal(GoalPlan {
            what: self.what.clone(),
            conditions: conditions(&self.where_, &Where::default(), around, problems),
            reference_label: self.reference_label.clone(),
            goal_label: self.goal_label.clone(),
            unit: unit(self.unit, self.decimals, around, problems),
            lower_is_better: self.lower_is_better.iter().map(|part| fold(part)).collect(),
            year: around.job.year,
        }))
    }
}

fn check_goal_column(column: &str, around: &Around, problems: &mut Problems) {
    if !around.scope.names().contains(&column) {
        let message = say!("job-source-has-no-column-which", name = around.scope.plan.name, column);
        problems.bad_value(&around.at.key("source"), message, say!("job-declare-column-export", column));
    }
}
