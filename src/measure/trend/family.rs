//! What `[trend.x]` needs, and how it is said.

use super::Trend;
use super::plan::TrendPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::sentence::and_list;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants, Years};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::{axis_name, step_name};
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::TimeStep;

impl Family for TrendPlan {
    fn forms() -> &'static [Form] {
        &[Form::Values, Form::Parts, Form::Series]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn years(&self) -> Result<Years, String> {
        match self.by {
            TimeStep::Year => Ok(Years::DownRows { by_calendar: false }),
            TimeStep::CalendarYear => Ok(Years::DownRows { by_calendar: true }),
            TimeStep::Month | TimeStep::Quarter => Err(say!("job-is-not-by-year")),
        }
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::counts(of, Trend::new(of.plan, of.measure, self).requests())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Trend::new(of.plan, of.measure, self).sheet(facts.cubes)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: false }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let date = &source.columns[self.date].label;
        let columns = self.columns.iter().map(|axis| axis_name(axis, source));
        let by: Vec<String> = std::iter::once(step_name(self.by).to_string()).chain(columns).collect();
        printed!("measure-counted-per-many", many = source.noun.many, rows = and_list(&by), date)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
