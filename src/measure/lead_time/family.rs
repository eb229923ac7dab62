//! What `[lead_time.x]` needs, and how it is said.

use super::LeadTimes;
use super::plan::LeadTimePlan;
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

impl Family for LeadTimePlan {
    /// Medians do not add up to a whole.
    fn forms() -> &'static [Form] {
        &[Form::Values]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        let times = LeadTimes::new(of, self);
        Wants::counts(of, times.requests()).and_columns(of.measure.source, times.columns())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        LeadTimes::new(of, self).sheet(facts)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: false }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let [from, to] = [self.from, self.to].map(|column| source.columns[column].label.as_str());
        let by =
            self.by.as_ref().map_or(String::new(), |axis| printed!("measure-of-axis", axis = axis_name(axis, source)));
        let within = self.limit_days.map_or(String::new(), |limit| {
            printed!("measure-and-share-within", n = limit, shown = swedish::integer(i64::from(limit)))
        });
        printed!("measure-lead-time-definition", from, to, by, within, many = source.noun.many)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
