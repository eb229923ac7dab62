//! What `[indicator.x]` needs, and how it is said.

use super::plan::IndicatorPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants, Years};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::with_capital;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for IndicatorPlan {
    fn forms() -> &'static [Form] {
        &[Form::Values, Form::Parts, Form::Grid, Form::Series, Form::Aims]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn years(&self) -> Result<Years, String> {
        if self.columns == "period" { Ok(Years::AcrossColumns) } else { Err(say!("job-has-no-years-columns")) }
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::rows(of)
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        super::sheet(of.plan, of.measure, self, &facts.rows_of(of.plan, of.measure.source)?)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Delivered
    }

    fn words(&self, _: &SourcePlan) -> String {
        let share = if self.share_of_n { word!("measure-value-over-n") } else { "" };
        printed!("measure-indicator-definition", what = with_capital(&self.what), share)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
