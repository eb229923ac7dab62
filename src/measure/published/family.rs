//! What `[published.x]` needs, and how it is said.

use super::plan::PublishedPlan;
use super::{columns, differing};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::cube::Condition;
use crate::domain::table::MeasureTable;
use crate::measure::family::{Facts, Family, Of, Tells, Wants, made_of};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for PublishedPlan {
    fn forms() -> &'static [Form] {
        &[]
    }

    /// Has no `each`: what was printed is of one table.
    fn restrict(&mut self, _: &Condition) {}

    fn wants(&self, of: Of) -> Wants {
        let counted = &of.plan.measures[self.measure];
        let mut wants = Wants::rows(of).and_columns(counted.source, columns(of.plan, counted, self));
        wants.sources.push(counted.source);
        wants.base = Some(self.measure);
        wants
    }

    fn sheet(&self, of: Of, facts: Facts, base: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        let rows = facts.rows_of(of.plan, of.measure.source)?;
        super::sheet(of.plan, of.measure, self, &rows, made_of(base)?, facts.rows, facts.deliveries)
    }

    fn tells(&self, plan: &Plan) -> Tells {
        Tells::CountsOf(vec![plan.measures[self.measure].source])
    }

    fn words(&self, _: &SourcePlan) -> String {
        printed!("measure-published-definition")
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    fn finding(&self, of: Of, table: &MeasureTable) -> Option<Diagnostic> {
        let (differing, all) = (differing(table), table.rows.len());
        let message = say!("measure-numbers-differ-from-print", differing, all, name = of.measure.name);
        let at = Location::File { file: of.plan.job.file.clone() };
        let help = say!("measure-see-table-for-causes");
        (differing > 0).then(|| Diagnostic::warning(Code::DiffersFromPrint, message, at).help(help))
    }
}
