//! What `[risk.x]` needs, and how it is said.

use std::sync::Arc;

use super::plan::RiskPlan;
use super::plan::RiskShow;
use super::register::Register;
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::risk::plan::RiskScalePlan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for Box<RiskPlan> {
    fn forms() -> &'static [Form] {
        &[Form::Steps]
    }

    /// A risk that has changed unit since last year is found under both.
    fn restrict(&mut self, each: &Condition) {
        self.each = Some(each.clone());
    }

    fn scale(&self) -> Option<&Arc<RiskScalePlan>> {
        Some(&self.scale)
    }

    fn unfit(&self, form: Form) -> Option<(String, String)> {
        let is_drawn = form != Form::Steps || self.show == RiskShow::Ranked;
        (!is_drawn).then(|| (say!("job-risk-matrix-is-drawn-from"), say!("job-write-risk-x-without-suffix")))
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of).and_rows(self.years.source())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        let last = self.years.source().map(|source| facts.rows_of(of.plan, source)).transpose()?;
        super::sheet(of.plan, of.measure, self, &facts.rows_of(of.plan, of.measure.source)?, last.as_ref())
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Delivered
    }

    fn words(&self, _: &SourcePlan) -> String {
        printed!("measure-risk-definition", steps = self.scale.steps)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    fn is_companion(&self) -> bool {
        self.show != RiskShow::Ranked
    }

    fn remarks(&self, of: Of, facts: Facts) -> Vec<Diagnostic> {
        let Ok(now) = facts.rows_of(of.plan, of.measure.source) else { return Vec::new() };
        let last = self.years.source().and_then(|source| facts.rows_of(of.plan, source).ok());
        // An error is told by the table.
        let register = Register::read(of.plan, of.measure, self, &now, last.as_ref());
        register.map_or(Vec::new(), |register| register.remarks)
    }
}
