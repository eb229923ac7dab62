//! What `[funnel.x]` needs, and how it is said.

use super::plan::FunnelPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::with_capital;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for FunnelPlan {
    fn forms() -> &'static [Form] {
        &[Form::Sizes]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn own_row(&self) -> Option<&str> {
        Some(&self.among.own)
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of).and_rows(self.among.names)
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        super::sheet(of.plan, of.measure, self, &facts.rows_of(of.plan, of.measure.source)?, facts.rows)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Delivered
    }

    fn words(&self, _: &SourcePlan) -> String {
        printed!("measure-funnel-definition", what = with_capital(&self.what), year = self.year)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
