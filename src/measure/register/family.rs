//! What `[register.x]` needs, and how it is said.

use super::plan::RegisterPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for RegisterPlan {
    fn forms() -> &'static [Form] {
        &[]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of)
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Ok(super::sheet(of.plan, of.measure, self, &facts.rows_of(of.plan, of.measure.source)?))
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Delivered
    }

    fn words(&self, _: &SourcePlan) -> String {
        printed!("measure-register-definition")
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
