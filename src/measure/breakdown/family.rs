//! What `[breakdown.x]` needs, and how it is said.

use super::Breakdown;
use super::plan::BreakdownPlan;
use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::domain::sentence::and_list;
use crate::domain::table::MeasureTable;
use crate::measure::certainty;
use crate::measure::family::{Facts, Family, Of, Tells, Wants};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::{RowOrder, SourcePlan};

impl Family for BreakdownPlan {
    fn forms() -> &'static [Form] {
        &[Form::Values, Form::Parts, Form::Grid]
    }

    fn restrict(&mut self, each: &Condition) {
        self.conditions.push(each.clone());
    }

    fn unfit(&self, form: Form) -> Option<(String, String)> {
        let is_drawn = form != Form::Grid || self.columns.is_some();
        (!is_drawn).then(|| (say!("job-heat-table-needs-breakdown-in"), say!("job-add-columns-to-breakdown")))
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::counts(of, Breakdown::new(of.plan, of.measure, self).requests())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        let mut sheet = Breakdown::new(of.plan, of.measure, self).sheet(facts.cubes)?;
        if of.measure.certainty.test {
            certainty::test_counts(&of.plan.job, &mut sheet.table);
        }
        Ok(sheet)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: self.order == RowOrder::Count }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let axes = self.rows.iter().chain(&self.columns);
        let labels: Vec<String> = axes.map(|axis| source.columns[axis.column].label.to_lowercase()).collect();
        let share = if self.share { word!("measure-share-of-total") } else { "" };
        printed!(
            "measure-counted-per",
            many = source.noun.many,
            rows = and_list(&labels),
            share,
            merged = merged(&self.merge)
        )
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}

/// "; Fall är Fall i hemmet och Fall på enhet tillsammans, en gång per händelse"
fn merged(merge: &[(String, Vec<String>)]) -> String {
    let text =
        |(whole, parts): &(String, Vec<String>)| printed!("measure-parts-each-once", whole, parts = and_list(parts));
    let whole = merge.iter().map(text);
    whole.collect()
}
