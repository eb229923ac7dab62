//! What `[quality.x]` needs, and how it is said.

use super::plan::{QualityPlan, QualityShow};
use super::words;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::SourceKind;

impl Family for QualityPlan {
    fn forms() -> &'static [Form] {
        &[Form::Values, Form::Parts, Form::Grid]
    }

    /// Has no `each`: it is of a whole source.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        let is_whole = of.source().kind != SourceKind::Events;
        let own = if is_whole { Wants::rows(of) } else { Wants::source(of) };
        own.and_columns(of.measure.source, 0..of.source().columns.len())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        super::sheet(of.plan, of.measure, self, facts.rows, facts.deliveries)
    }

    fn tells(&self, _: &Plan) -> Tells {
        match self.show {
            QualityShow::Stopped | QualityShow::Renamed => Tells::Zeros,
            show => Tells::Counts { by_size: show == QualityShow::Unknown },
        }
    }

    fn words(&self, source: &SourcePlan) -> String {
        words::of_source(self, source)
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }
}
