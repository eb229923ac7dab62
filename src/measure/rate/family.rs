//! What `[rate.x]` needs, and how it is said.

use super::Rates;
use super::plan::RatePlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::swedish;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::axis_name;
use crate::vocabulary::charts::ChartKind;
use crate::vocabulary::plan::SourcePlan;

impl Family for RatePlan {
    /// Rates do not add up to a whole.
    fn charts() -> &'static [ChartKind] {
        &[ChartKind::RankedBar, ChartKind::GroupedBar, ChartKind::Dot]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        let counted = Rates::new(of.plan, of.measure, self).requests();
        Wants::counts(of, counted).and_needed(self.exposure.source())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Rates::new(of.plan, of.measure, self).sheet(facts.cubes, facts.rows)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: false }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let by = self.by.as_ref().map_or_else(String::new, |axis| format!(", per {}", axis_name(axis, source)));
        let test = if self.earlier > 0 { "; exakt test av två antal mot perioden före" } else { "" };
        let per = swedish::integer(i64::from(self.per));
        format!("Antal olika {} per {per} {}{by}{test}", source.noun.many, self.label)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
