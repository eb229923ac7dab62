//! Where each cell of a goal table stands in its export.

use super::{Indicator, indicators, years};
use crate::diagnostic::Failure;
use crate::measure::goal::plan::GoalPlan;
use crate::measure::membership::{DIFFERENCE, Definition, Definitions};
use crate::measure::observations::{Observations, VALUE};
use crate::measure::plan::MeasurePlan;

/// The definitions of the printed table.
pub fn definitions(
    measure: &MeasurePlan,
    spec: &GoalPlan,
    observations: &Observations,
) -> Result<Definitions, Failure> {
    let indicators = indicators(measure, spec, observations)?;
    let years = years(spec, &indicators);
    let source = measure.source;
    let row = |indicator: &Indicator| {
        let of_year = |year: &i32| Definition::value(source, indicator.by_year.get(year).copied(), VALUE);
        // Goal and mean of the latest year that names them.
        let latest = |name: &str| {
            let row = indicator.by_year.values().rev().find(|row| observations.number(**row, name).is_some());
            Definition::value(source, row.copied(), name)
        };
        let now = years.len() - 1;
        let (goal, reference) = (now + 1, now + 2);
        let mut cells: Vec<Definition> = years.iter().map(of_year).collect();
        cells.extend([latest("goal"), latest("reference")]);
        cells.push(Definition::beside(DIFFERENCE, &[now, goal]));
        cells.push(Definition::beside(DIFFERENCE, &[now, reference]));
        cells.push(Definition::beside("whether the goal is reached, unrounded, by", &[now, goal]));
        cells
    };
    Ok(indicators.iter().map(row).collect())
}
