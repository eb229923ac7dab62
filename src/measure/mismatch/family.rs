//! What `[mismatch.x]` needs, and how it is said.

use super::plan::MismatchPlan;
use super::spec::MismatchShow;
use crate::domain::cube::Condition;
use crate::domain::swedish;
use crate::measure::family::{Family, Of, Wants};
use crate::vocabulary::charts::ChartKind;
use crate::vocabulary::plan::SourcePlan;

impl Family for MismatchPlan {
    fn charts() -> &'static [ChartKind] {
        &[]
    }

    /// Has no `each`: its rows are chosen by `own`.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of).and_rows(self.previous)
    }

    fn words(&self, _: &SourcePlan) -> String {
        let last_year = if self.previous.is_some() { " och förra årets" } else { "" };
        let at_least = swedish::percent(self.at_least * 100.0, 0);
        let shown = match self.show {
            MismatchShow::All => String::new(),
            MismatchShow::Mismatches => {
                format!("; frågor med eget svar nej eller delvis där minst {at_least} svarar ja")
            }
            MismatchShow::Changed => "; frågor där svaret inte är detsamma som förra året".to_string(),
        };
        format!("Eget svar{last_year} bredvid andelen ja bland de jämförbara kommuner som har svarat{shown}")
    }

    fn conditions(&self) -> &[Condition] {
        &[]
    }
}
