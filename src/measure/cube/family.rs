//! What `[cube.x]` needs, and how it is said.

use super::Long;
use super::plan::CubePlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::sentence::and_list;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::axis_name;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for CubePlan {
    fn forms() -> &'static [Form] {
        &[]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::counts(of, Long::new(of.plan, of.measure, self).requests())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        Long::new(of.plan, of.measure, self).sheet(facts.cubes)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: false }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let labels: Vec<String> = self.dimensions.iter().map(|axis| axis_name(axis, source)).collect();
        printed!("measure-counted-per-key", many = source.noun.many, keys = and_list(&labels))
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
