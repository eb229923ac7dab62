//! What `[risk_count.x]` needs, and how it is said.

use std::sync::Arc;

use super::RiskCount;
use super::plan::RiskCountPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::risk::plan::RiskScalePlan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::AxisPlan;
use crate::vocabulary::plan::SourcePlan;

impl Family for RiskCountPlan {
    fn forms() -> &'static [Form] {
        &[Form::Steps]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn scale(&self) -> Option<&Arc<RiskScalePlan>> {
        Some(&self.scale)
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::counts(of, RiskCount::new(of.plan, of.measure, self).requests())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        RiskCount::new(of.plan, of.measure, self).sheet(facts.cubes)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: false }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let label = |axis: &AxisPlan| source.columns[axis.column].label.to_lowercase();
        let (many, by) = (&source.noun.many, label(&self.probability));
        printed!("measure-risk-count-definition", many, by, consequence = label(&self.consequence))
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
