//! What is counted in each cell of a trend: said row by row as [`Trend::table`] fills them.

use super::Trend;
use super::time::Moment;
use crate::diagnostic::Failure;
use crate::domain::cube::{Dimension, Key};
use crate::measure::Cubes;
use crate::measure::membership::{CHANGE, DIFFERENCE, Definition, Definitions, Reference, Selection};
use crate::vocabulary::plan::AxisPlan;

impl Trend<'_> {
    /// The definitions of the printed table.
    pub fn definitions(&self, cubes: &Cubes) -> Result<Definitions, Failure> {
        let moments = self.timeline.moments(cubes.get(&self.events.all().request(self.time()))?);
        match &self.spec.columns {
            Some(axis) => self.cells_of_parts(cubes, axis, &moments),
            None if self.timeline.is_within_period() => self.cells_of_periods(cubes, &moments),
            None => Ok(self.cells_of_series(&moments)),
        }
    }

    fn counted(&self, time: Vec<Dimension>, key: Vec<Key>, is_measured: bool) -> Definition {
        if is_measured { Definition::Count(self.events.select(time, key)) } else { Definition::Nothing }
    }

    fn cells_of_periods(&self, cubes: &Cubes, moments: &[Moment]) -> Result<Definitions, Failure> {
        let year = self.plan.job.year;
        let periods = self.periods(cubes)?;
        let row = |time: Vec<Dimension>, key: &dyn Fn(i32) -> Vec<Key>, is_future: &dyn Fn(i32) -> bool| {
            let cell = |year: &i32| self.counted(time.clone(), key(*year), periods.knows(*year) && !is_future(*year));
            let now = self.events.select(time.clone(), key(year));
            periods.years.iter().map(cell).chain(self.events.means_of(&now)).collect::<Vec<_>>()
        };
        let of_moment = |moment: &Moment| {
            row(self.time(), &|year| moment.path(year), &|year| self.timeline.is_future(*moment, year))
        };
        let mut rows: Definitions = moments.iter().map(of_moment).collect();
        rows.push(row(self.year(), &|year| vec![Key::Number(year)], &|_| false));
        Ok(rows)
    }

    fn cells_of_parts(&self, cubes: &Cubes, axis: &AxisPlan, moments: &[Moment]) -> Result<Definitions, Failure> {
        let year = self.plan.job.year;
        let totals = cubes.get(&self.events.request([self.second(axis), self.year()].concat()))?;
        let parts = self.parts(axis, moments, totals);
        let row = |time: Vec<Dimension>, path: Vec<Key>, is_future: bool| {
            let dimensions = [self.second(axis), time].concat();
            let select = |key: &Key| {
                let key = [std::slice::from_ref(key), path.as_slice()].concat();
                self.events.select(dimensions.clone(), key)
            };
            let selections: Vec<Selection> = parts.iter().map(|part| select(&part.key)).collect();
            let counted = selections.iter().map(|selection| match is_future {
                true => Definition::Nothing,
                false => Definition::Count(selection.clone()),
            });
            counted.chain(selections.iter().flat_map(|selection| self.events.means_of(selection))).collect()
        };
        let of_moment = |moment: &Moment| row(self.time(), moment.path(year), self.timeline.is_future(*moment, year));
        let mut rows: Definitions = moments.iter().map(of_moment).collect();
        if self.timeline.is_within_period() {
            rows.push(row(self.year(), vec![Key::Number(year)], false));
        }
        Ok(rows)
    }

    fn cells_of_series(&self, moments: &[Moment]) -> Definitions {
        let year = self.plan.job.year;
        let row = |(index, moment): (usize, &Moment)| {
            let is_measured = !self.timeline.is_future(*moment, year);
            let mut cells = vec![self.counted(self.time(), moment.path(year), is_measured)];
            if self.timeline.is_yearly() {
                let before = Moment { year: moment.year.map(|year| year - 1), step: None };
                let of = |how| match moments.iter().position(|other| *other == before) {
                    Some(row) => Definition::Computed {
                        how,
                        cells: vec![Reference::In { row: index, column: 0 }, Reference::In { row, column: 0 }],
                        rows: Vec::new(),
                    },
                    None => Definition::Nothing,
                };
                cells.extend([of(DIFFERENCE), of(CHANGE)]);
            }
            let now = self.events.select(self.time(), moment.path(year));
            cells.extend(self.events.means_of(&now));
            cells
        };
        moments.iter().enumerate().map(row).collect()
    }
}
