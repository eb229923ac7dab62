//! What `[shift.x]` needs, and how it is said.

use super::plan::ShiftPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants, made_of};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for ShiftPlan {
    fn forms() -> &'static [Form] {
        &[]
    }

    /// Made of a table that is restricted already.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        Wants::table(of, self.measure)
    }

    fn sheet(&self, of: Of, _: Facts, base: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Ok(super::sheet(of.measure, self, made_of(base)?))
    }

    /// Its rows stand in the order of the breakdown that it is made of.
    fn tells(&self, plan: &Plan) -> Tells {
        plan.measures[self.measure].kind.family().tells(plan)
    }

    fn words(&self, _: &SourcePlan) -> String {
        let sparse = if self.merge_sparse { word!("measure-sparse-rows") } else { "" };
        printed!("measure-shift-definition", sparse)
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
