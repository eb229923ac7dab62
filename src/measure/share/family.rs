//! What `[share.x]` needs, and how it is said.

use super::Shares;
use super::plan::SharePlan;
use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, Grain};
use crate::domain::table::MeasureTable;
use crate::measure::certainty;
use crate::measure::family::{Facts, Family, Of, Tells, Wants, Years};
use crate::measure::plan::Plan;
use crate::measure::sheet::Sheet;
use crate::measure::wording::{axis_name, condition_text, with_capital};
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

impl Family for SharePlan {
    fn forms() -> &'static [Form] {
        &[Form::Values, Form::Parts]
    }

    fn restrict(&mut self, each: &Condition) {
        for line in &mut self.lines {
            line.whole.push(each.clone());
            line.part.push(each.clone());
        }
    }

    fn years(&self) -> Result<Years, String> {
        match self.by.as_ref().map(|axis| axis.grain) {
            Some(Grain::Period) => Ok(Years::DownRows { by_calendar: false }),
            Some(Grain::CalendarYear) => Ok(Years::DownRows { by_calendar: true }),
            _ => Err(say!("job-is-not-by-year")),
        }
    }

    fn wants(&self, of: Of) -> Wants {
        Wants::counts(of, Shares::new(of.plan, of.measure, self).requests())
    }

    fn sheet(&self, of: Of, facts: Facts, _: Option<&MeasureTable>) -> Result<Sheet, Failure> {
        let mut sheet = Shares::new(of.plan, of.measure, self).sheet(facts.cubes)?;
        certainty::of_shares(&of.measure.certainty, &mut sheet.table);
        Ok(sheet)
    }

    fn tells(&self, _: &Plan) -> Tells {
        Tells::Counts { by_size: false }
    }

    fn words(&self, source: &SourcePlan) -> String {
        let lines =
            self.lines.iter().map(|line| printed!("measure-part-of", label = with_capital(&line.label), of = line.of));
        let by = self
            .by
            .as_ref()
            .map_or_else(String::new, |axis| printed!("measure-of-axis", axis = axis_name(axis, source)));
        lines.collect::<Vec<_>>().join("; ") + &by
    }

    fn conditions(&self) -> &[Condition] {
        self.lines.first().map_or(&[], |line| &line.whole)
    }

    fn selection(&self, of: Of) -> String {
        let text = |conditions: Vec<&Condition>| {
            let own = conditions.into_iter().filter(|condition| of.measure.each.as_ref() != Some(condition));
            own.map(|condition| condition_text(condition, of.source())).collect::<Vec<_>>().join(", ")
        };
        let lines = self.lines.iter().map(|line| {
            let part = text(line.part.iter().filter(|condition| !line.whole.contains(condition)).collect());
            let whole = text(line.whole.iter().collect());
            printed!(
                "measure-part-and-whole",
                label = with_capital(&line.label),
                part,
                whole = if whole.is_empty() { "alla" } else { &whole }
            )
        });
        lines.collect::<Vec<_>>().join("; ")
    }
}
