//! What `[mismatch.x]` needs, and how it is said.

use super::plan::MismatchPlan;
use super::spec::MismatchShow;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::swedish;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for MismatchPlan {
    fn forms() -> &'static [Form] {
        &[]
    }

    /// Has no `each`: its rows are chosen by `own`.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of).and_rows(self.previous)
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        let last = self.previous.map(|source| facts.rows_of(of.plan, source)).transpose()?;
        super::sheet(of.plan, of.measure, self, &facts.rows_of(of.plan, of.measure.source)?, last.as_ref())
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Delivered
    }

    fn words(&self, _: &SourcePlan) -> String {
        let last_year = if self.previous.is_some() { printed!("measure-and-last-years") } else { String::new() };
        let at_least = swedish::percent(self.at_least * 100.0, 0);
        let shown = match self.show {
            MismatchShow::All => String::new(),
            MismatchShow::Mismatches => {
                printed!("measure-mismatch-shown-at-least", at_least)
            }
            MismatchShow::Changed => printed!("measure-mismatch-shown-changed"),
        };
        printed!("measure-mismatch-definition", last_year, shown)
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }
}
