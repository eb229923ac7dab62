//! The answers of an engine by what was asked, and their cells as formulas have them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::formula::{Counted, Formula};
use super::selection::Selection;
use crate::diagnostic::Failure;
use crate::domain::cube::{Cube, CubeCell, CubeEngine, CubeRequest, Key};

/// Answers by request.
#[derive(Debug, Clone, Default)]
pub struct Cubes(BTreeMap<CubeRequest, Known>);

/// A cube, and what its cells have in common.
#[derive(Debug, Clone)]
struct Known {
    cube: Cube,
    /// What was asked, without the numbers to sum: the same events whatever is summed over them.
    asked: Arc<CubeRequest>,
    numbers: Vec<Arc<str>>,
}

impl Cubes {
    /// Asks an engine for all requests.
    pub fn collect(engine: &dyn CubeEngine, requests: &[CubeRequest]) -> Result<Cubes, Failure> {
        Ok(Cubes::from(engine.answer(requests)?))
    }

    /// Errors: an internal one where a family reads what it has not asked for.
    pub(super) fn get(&self, request: &CubeRequest) -> Result<&Cube, Failure> {
        Ok(self.answer(request)?.cube())
    }

    /// As [`Cubes::get`], to be read cell by cell.
    pub(super) fn answer(&self, request: &CubeRequest) -> Result<Answer<'_>, Failure> {
        let missing = || Failure::internal(format!("a count of source {} was not asked for", request.source));
        self.0.get(request).map(Answer).ok_or_else(missing)
    }
}

impl From<Vec<Cube>> for Cubes {
    fn from(cubes: Vec<Cube>) -> Cubes {
        let known = |cube: Cube| {
            let asked = Arc::new(CubeRequest { sums: Vec::new(), ..cube.request.clone() });
            let numbers = cube.request.sums.iter().map(|name| Arc::from(name.as_str())).collect();
            (cube.request.clone(), Known { cube, asked, numbers })
        };
        Cubes(cubes.into_iter().map(known).collect())
    }
}

/// The answer to a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'c>(&'c Known);

impl<'c> Answer<'c> {
    pub(super) fn cube(self) -> &'c Cube {
        &self.0.cube
    }

    /// A cell of the cube: none that does not occur is different from one with no events.
    pub(super) fn cell(self, key: &[Key]) -> Found<'c> {
        let cell = self.0.cube.cells.get(key);
        let of = Selection::Events { request: self.0.asked.clone(), key: key.into() };
        Found { events: Counted { of, count: cell.map_or(0, |cell| cell.count) }, cell, numbers: &self.0.numbers }
    }
}

/// The events of one cell of a cube, and what their numbers come to.
#[derive(Debug, Clone)]
pub(super) struct Found<'c> {
    pub events: Counted,
    cell: Option<&'c CubeCell>,
    numbers: &'c [Arc<str>],
}

impl Found<'_> {
    pub(super) fn count(self) -> Formula {
        Formula::Count(self.events)
    }

    /// What share of a whole these events are.
    pub(super) fn of(self, whole: Found) -> Formula {
        Formula::share(self.events, whole.events)
    }

    /// The mean of the number column with this place among those that are asked for.
    pub(super) fn mean(self, index: usize) -> Formula {
        let sum = self.cell.and_then(|cell| cell.sums.get(index)).filter(|(n, _)| *n > 0);
        let mean = sum.map(|(n, sum)| sum / *n as f64);
        Formula::Mean { number: self.numbers[index].clone(), of: self.events.of, mean }
    }
}
