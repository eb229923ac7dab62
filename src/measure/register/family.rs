//! What `[register.x]` needs, and how it is said.

use super::plan::RegisterPlan;
use crate::domain::cube::Condition;
use crate::measure::family::{Family, Of, Wants};
use crate::vocabulary::charts::ChartKind;
use crate::vocabulary::plan::SourcePlan;

impl Family for RegisterPlan {
    fn charts() -> &'static [ChartKind] {
        &[]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of)
    }

    fn words(&self, _: &SourcePlan) -> String {
        "Raderna som de står i registret".to_string()
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
