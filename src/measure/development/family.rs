//! What `[development.x]` needs, and how it is said.

use super::plan::DevelopmentPlan;
use crate::domain::cube::Condition;
use crate::measure::family::{Family, Of, Wants};
use crate::measure::wording;
use crate::vocabulary::charts::ChartKind;
use crate::vocabulary::plan::SourcePlan;

impl Family for DevelopmentPlan {
    fn charts() -> &'static [ChartKind] {
        &[]
    }

    /// Made of a table that is restricted already.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        Wants::table(of)
    }

    fn words(&self, _: &SourcePlan) -> String {
        "Utveckling över år, av årens värden: Mann–Kendalls test, lutning enligt Theil–Sen".to_string()
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }

    /// Of the whole series, whatever the period.
    fn selection(&self, of: Of) -> String {
        let chosen = wording::selection(of.source(), self.conditions(), of.measure.each.as_ref());
        chosen.unwrap_or_else(|| wording::ALL.to_string())
    }
}
