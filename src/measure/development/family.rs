//! What `[development.x]` needs, and how it is said.

use super::plan::DevelopmentPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants, made_of};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for DevelopmentPlan {
    fn forms() -> &'static [Form] {
        &[]
    }

    /// Made of a table that is restricted already.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        Wants::table(of, self.measure)
    }

    fn sheet(&self, of: Of, _: Facts, base: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Ok(super::sheet(of.plan, of.measure, self, made_of(base)?))
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::SameAs(self.measure)
    }

    fn words(&self, _: &SourcePlan) -> String {
        printed!("measure-development-definition")
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }

    /// Of the whole series, whatever the period.
    fn selection(&self, of: Of) -> String {
        let chosen = wording::selection(of.source(), self.conditions(), of.measure.each.as_ref());
        chosen.unwrap_or_else(|| wording::ALL.to_string())
    }
}
