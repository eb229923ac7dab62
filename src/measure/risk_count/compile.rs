//! `[risk_count.x]` to its plan.

use crate::domain::cube::Condition;
use crate::measure::declared::{Around, Common, OfSource, conditions};
use crate::measure::plan::MeasureKind;
use crate::measure::risk::compile::scale;
use crate::measure::risk_count::plan::RiskCountPlan;
use crate::measure::risk_count::spec::RiskCountSpec;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::SourceKind;

impl OfSource for RiskCountSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let probability = around.scope.axis(&self.probability, &around.at.key("probability"), problems);
        let consequence = around.scope.axis(&self.consequence, &around.at.key("consequence"), problems);
        let conditions: Vec<Condition> = conditions(&self.where_, &self.where_not, around, problems);
        Some(MeasureKind::RiskCount(RiskCountPlan {
            scale: scale(&self.scale, [&self.probability, &self.consequence], around, problems)?,
            probability: probability?,
            consequence: consequence?,
            conditions,
        }))
    }
}
