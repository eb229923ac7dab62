//! What `[rate.x]` needs, and how it is said.

use super::Rates;
use super::plan::RatePlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::swedish;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::axis_name;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for RatePlan {
    /// Rates do not add up to a whole.
    fn forms() -> &'static [Form] {
        &[Form::Values, Form::Aims]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        let counted = Rates::new(of.plan, of.measure, self).requests();
        Wants::counts(of, counted).and_needed(self.exposure.source())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Rates::new(of.plan, of.measure, self).sheet(facts.cubes, facts.rows)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: false }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let by = self
            .by
            .as_ref()
            .map_or_else(String::new, |axis| printed!("measure-of-axis", axis = axis_name(axis, source)));
        let test = if self.earlier > 0 { word!("measure-exact-test-against-before") } else { "" };
        let per = swedish::integer(i64::from(self.per));
        printed!("measure-rate-definition", many = source.noun.many, per, label = self.label, by, test)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
