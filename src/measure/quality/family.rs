//! What `[quality.x]` needs, and how it is said.

use super::plan::QualityPlan;
use super::words;
use crate::domain::cube::Condition;
use crate::measure::family::{Family, Of, Wants};
use crate::vocabulary::charts::ChartKind;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::SourceKind;

impl Family for QualityPlan {
    fn charts() -> &'static [ChartKind] {
        &[ChartKind::RankedBar, ChartKind::GroupedBar, ChartKind::StackedBar, ChartKind::Heat]
    }

    /// Has no `each`: it is of a whole source.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        let is_whole = of.source().kind != SourceKind::Events;
        let own = if is_whole { Wants::rows(of) } else { Wants::table(of) };
        own.and_columns(of.measure.source, 0..of.source().columns.len())
    }

    fn words(&self, source: &SourcePlan) -> String {
        words::of_source(self, source)
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }
}
