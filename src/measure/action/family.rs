//! What `[action.x]` needs, and how it is said.

use super::plan::{ActionPlan, ActionShow};
use super::register::Register;
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::cube::Condition;
use crate::domain::swedish;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl ActionPlan {
    /// Index of the measure whose table tells what has come of actions, where this table prints it.
    fn judge(&self, plan: &Plan) -> Option<usize> {
        let name = self.measure.as_ref().filter(|_| self.show == ActionShow::Effect)?;
        plan.measures.iter().position(|measure| measure.name == *name)
    }
}

impl Family for Box<ActionPlan> {
    fn forms() -> &'static [Form] {
        &[]
    }

    /// What is closed and what is open is the same actions twice.
    /// An action that has changed unit since the last report is not gone.
    fn restrict(&mut self, each: &Condition) {
        self.each = Some(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        let wants = Wants { base: self.judge(of.plan), ..Wants::rows(of).and_rows(self.previous) };
        self.events.iter().fold(wants, |wants, events| wants.and_columns(events.source, [events.id]))
    }

    fn sheet(&self, of: Of, facts: Facts, base: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        super::sheet(of, self, facts, self.judge(of.plan).zip(base))
    }

    /// What the measure counts, too, where its numbers stand.
    fn tells(&self, plan: &Plan) -> Tells {
        self.judge(plan).map_or(Tells::Delivered, |judge| Tells::CountsOf(vec![plan.measures[judge].source]))
    }

    fn judged_by(&self) -> Option<&str> {
        self.measure.as_deref()
    }

    fn words(&self, _: &SourcePlan) -> String {
        let [since, day] = [self.since, self.as_of].map(swedish::day);
        printed!("measure-action-definition", since, day)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    fn is_companion(&self) -> bool {
        self.show != ActionShow::Since
    }

    fn goes_on(&self, of: Of) -> Vec<usize> {
        let is_whole = self.show == ActionShow::Next && self.each.is_none();
        if is_whole { [of.measure.source].into_iter().chain(self.previous).collect() } else { Vec::new() }
    }

    fn remarks(&self, of: Of, facts: Facts) -> Vec<Diagnostic> {
        // An error is told by the table.
        Register::read(of, self, facts).map_or(Vec::new(), |register| register.remarks)
    }
}
