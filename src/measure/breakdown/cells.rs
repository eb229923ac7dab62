//! What is counted in each cell of a breakdown: said row by row as [`Breakdown::table`] fills them.

use super::rows::Line;
use super::{Ask, Breakdown};
use crate::diagnostic::Failure;
use crate::domain::cube::Key;
use crate::measure::Cubes;
use crate::measure::membership::{CHANGE, DIFFERENCE, Definition, Definitions, Selection};
use crate::measure::order::AxisValue;
use crate::measure::requests::Periods;

impl Breakdown<'_> {
    /// The definitions of the printed table.
    pub fn definitions(&self, cubes: &Cubes) -> Result<Definitions, Failure> {
        let periods = self.periods(cubes)?;
        let lines = self.lines(cubes, &periods)?;
        match &self.spec.columns {
            None => Ok(lines.iter().map(|line| self.cells_of_periods(line, &periods)).collect()),
            Some(axis) => {
                let parts = self.parts(cubes, axis)?;
                Ok(lines.iter().map(|line| self.cells_of_parts(line, &parts)).collect())
            }
        }
    }

    fn select(&self, ask: &Ask, split: bool, path: &[Key], year: i32) -> Selection {
        self.events_of(ask).select_period(self.dimensions(ask, split), path, year)
    }

    fn cells_of_periods(&self, line: &Line, periods: &Periods) -> Vec<Definition> {
        let counted = |year: &i32| match periods.knows(*year) {
            true => Definition::Count(self.select(&line.ask, false, &line.path, *year)),
            false => Definition::Nothing,
        };
        let mut cells: Vec<Definition> = periods.years.iter().map(counted).collect();
        if periods.years.len() > 1 {
            cells.push(Definition::beside(DIFFERENCE, &[0, 1]));
            cells.push(Definition::beside(CHANGE, &[0, 1]));
        }
        let now = self.select(&line.ask, false, &line.path, self.plan.job.year);
        cells.extend(self.share_of(&now));
        cells.extend(self.events.means_of(&now));
        cells
    }

    fn cells_of_parts(&self, line: &Line, parts: &[AxisValue]) -> Vec<Definition> {
        let year = self.plan.job.year;
        let of_part = |part: &AxisValue| {
            let path = [line.path.as_slice(), std::slice::from_ref(&part.key)].concat();
            self.select(&line.ask, true, &path, year)
        };
        let mut selections: Vec<Selection> = parts.iter().map(of_part).collect();
        let whole = self.select(&line.ask, false, &line.path, year);
        selections.push(whole.clone());
        let mut cells: Vec<Definition> = selections.iter().cloned().map(Definition::Count).collect();
        cells.extend(self.share_of(&whole));
        cells.extend(selections.iter().flat_map(|selection| self.events.means_of(selection)));
        cells
    }

    fn share_of(&self, part: &Selection) -> Option<Definition> {
        let whole = || self.select(&Ask::by(&[]), false, &[], self.plan.job.year);
        self.spec.share.then(|| Definition::Share { part: part.clone(), whole: whole() })
    }
}
