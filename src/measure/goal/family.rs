//! What `[goal.x]` needs, and how it is said.

use super::plan::GoalPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::sentence::and_list;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::with_capital;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for GoalPlan {
    fn forms() -> &'static [Form] {
        &[Form::Aims]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of)
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        super::sheet(of.plan, of.measure, self, &facts.rows_of(of.plan, of.measure.source)?)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Delivered
    }

    fn words(&self, _: &SourcePlan) -> String {
        let beside = and_list(&[self.goal_label.to_lowercase(), self.reference_label.clone()]);
        printed!("measure-goal-definition", what = with_capital(&self.what), beside)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
