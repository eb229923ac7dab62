//! What `[delivery.x]` needs, and how it is said.

use super::plan::DeliveryPlan;
use crate::domain::cube::Condition;
use crate::measure::family::{Family, Of, Wants};
use crate::vocabulary::charts::ChartKind;
use crate::vocabulary::plan::SourcePlan;

impl Family for DeliveryPlan {
    fn charts() -> &'static [ChartKind] {
        &[]
    }

    /// Has no `each`: it is of whole sources.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        // It says itself which sources were not delivered.
        let dates = self.sources.iter().map(|source| (*source, of.plan.sources[*source].period_date));
        dates.fold(Wants::default(), |wants, (source, date)| wants.and_columns(source, date))
    }

    fn words(&self, _: &SourcePlan) -> String {
        OF_DELIVERY.to_string()
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }
}

const OF_DELIVERY: &str = "Senaste datum bland behållna rader till och med uppgifternas dag eller periodens slut, \
    det tidigare av dem; ålder i dagar därifrån; avslutade månader i perioden utan någon rad; rader med uppgifter efter \
    vad som hände med dem. Rubriker, tomma rader, summarader och fotnoter räknas inte";
