//! What `[delivery.x]` needs, and how it is said.

use super::plan::DeliveryPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for DeliveryPlan {
    fn forms() -> &'static [Form] {
        &[]
    }

    /// Has no `each`: it is of whole sources.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        // It says itself which sources were not delivered.
        let dates = self.sources.iter().map(|source| (*source, of.plan.sources[*source].period_date));
        dates.fold(Wants::default(), |wants, (source, date)| wants.and_columns(source, date))
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        super::sheet(of.plan, of.measure, self, facts.rows, facts.deliveries)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::CountsOf(self.sources.clone())
    }

    fn words(&self, _: &SourcePlan) -> String {
        printed!("measure-delivery-definition")
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }
}
