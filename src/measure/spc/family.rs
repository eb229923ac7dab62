//! What `[spc.x]` needs, and how it is said.

use super::Spc;
use super::plan::SpcPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording;
use crate::measure::wording::step_name;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for SpcPlan {
    fn forms() -> &'static [Form] {
        &[Form::Points]
    }

    fn restrict(&mut self, each: &Condition) {
        self.part.iter_mut().for_each(|part| part.push(each.clone()));
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        let chart = Spc::new(of.plan, of.measure, self);
        let own = if chart.is_read() { Wants::rows(of) } else { Wants::counts(of, chart.requests()) };
        own.and_needed(self.denominator.as_ref().map(|denominator| denominator.source))
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Spc::new(of.plan, of.measure, self).sheet(facts.cubes, facts.rows)
    }

    fn tells(&self, _: &Plan) -> Tells {
        // Charts of rare events have a point an event.
        if self.by.is_none() { Tells::SingleEvents } else { Tells::Counts { by_size: false } }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let of = match (&self.what, self.by, self.date) {
            (Some(what), ..) => what.clone(),
            (None, Some(by), Some(date)) => {
                let date = &source.columns[date].label;
                printed!("measure-counted-per-step", many = source.noun.many, step = step_name(by), date)
            }
            _ => source.title.clone(),
        };
        printed!("measure-spc-definition", chart = self.chart.sign(), of)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Of the whole series, whatever the period.
    fn selection(&self, of: Of) -> String {
        let chosen = wording::selection(of.source(), self.conditions(), of.measure.each.as_ref());
        chosen.unwrap_or_else(|| wording::ALL.to_string())
    }
}
