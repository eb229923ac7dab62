//! The attack on any system, by linear programming.
//!
//! An attacker knows all printed numbers, all equations, and that no count is below zero; a number's feasible interval
//! runs from the smallest to the largest value that it has in any filling that fits. In deviations from the truth, `z`:
//! largest and smallest `z` of the cell under `Σ c·z = 0` per equation, `z ≥ −fall`, `z = 0` where printed.
//!
//! Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear constraints (2001);
//! STATISTICS.md 12. What the solver cannot answer counts as a number found out, never as one protected.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, Solution, Variable};

use super::flow::{EPSILON, Push, UNLIMITED};
use super::system::System;

/// A system with its equations by cell.
#[derive(Debug, Clone)]
pub(super) struct Linear<'a> {
    system: &'a System,
    uses: Vec<Vec<(usize, i64)>>,
}

/// A programme over the unknown cells around one cell.
struct Around {
    problem: Problem,
    variables: BTreeMap<usize, Variable>,
}

impl<'a> Linear<'a> {
    pub(super) fn of(system: &'a System) -> Linear<'a> {
        Linear { system, uses: system.uses() }
    }

    fn fall(&self, cell: usize) -> f64 {
        self.system.fall(cell) as f64
    }

    /// Unknown cells that equations join to a cell, itself among them, and those equations.
    fn around(&self, hidden: &[bool], cell: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut cells, mut equations) = (vec![cell], Vec::new());
        let mut met = vec![false; self.system.cells.len()];
        let mut read = vec![false; self.system.equations.len()];
        met[cell] = true;
        let mut at = 0;
        while at < cells.len() {
            for (equation, _) in &self.uses[cells[at]] {
                if std::mem::replace(&mut read[*equation], true) {
                    continue;
                }
                equations.push(*equation);
                for (other, _) in &self.system.equations[*equation] {
                    if hidden[*other] && !std::mem::replace(&mut met[*other], true) {
                        cells.push(*other);
                    }
                }
            }
            at += 1;
        }
        (cells, equations)
    }

    fn programme(&self, hidden: &[bool], cell: usize, push: Push, limit: f64) -> Around {
        let (cells, equations) = self.around(hidden, cell);
        let direction = match push {
            Push::Up => OptimizationDirection::Maximize,
            Push::Down => OptimizationDirection::Minimize,
        };
        let mut problem = Problem::new(direction);
        let most = if limit >= UNLIMITED { f64::INFINITY } else { limit };
        let bounds = |other: usize| match (other == cell, push) {
            (true, Push::Up) => (0.0, most),
            (true, Push::Down) => (-self.fall(cell).min(most), 0.0),
            (false, _) => (-self.fall(other), f64::INFINITY),
        };
        let variables: BTreeMap<usize, Variable> = cells
            .into_iter()
            .map(|other| (other, problem.add_var(f64::from(u8::from(other == cell)), bounds(other))))
            .collect();
        for equation in equations {
            let unknown = self.system.equations[equation].iter();
            let terms = unknown.filter_map(|(other, times)| Some((*variables.get(other)?, *times as f64)));
            problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        }
        Around { problem, variables }
    }

    /// How far an attacker can push a cell, up to `limit`, and the filling in which it is there (deviations by cell).
    pub(super) fn reach(&self, hidden: &[bool], cell: usize, push: Push, limit: f64) -> (f64, BTreeMap<usize, f64>) {
        let Around { problem, variables } = self.programme(hidden, cell, push, limit);
        match solved(&problem) {
            Ok(solution) => {
                let point: BTreeMap<usize, f64> =
                    variables.iter().map(|(cell, variable)| (*cell, solution.var_value(*variable))).collect();
                (point.get(&cell).map_or(0.0, |far| far.abs()).min(limit), point)
            }
            Err(Error::Unbounded) => (UNLIMITED.min(limit), BTreeMap::new()),
            Err(_) => (0.0, BTreeMap::new()),
        }
    }

    /// Cells that an attacker finds out to less than `need`, in order; only the first if `first` is all that is asked.
    ///
    /// Every filling found bounds all cells from within, so that most need no programme of their own.
    pub(super) fn narrow(&self, hidden: &[bool], need: f64, first: bool) -> Vec<usize> {
        let mut seen = vec![(0.0_f64, 0.0_f64); self.system.cells.len()];
        let mut found = Vec::new();
        for cell in (0..hidden.len()).filter(|cell| hidden[*cell] && self.system.cells[*cell].is_printed()) {
            let mut width = seen[cell].1 - seen[cell].0;
            for push in [Push::Up, Push::Down] {
                if width >= need - EPSILON {
                    break;
                }
                let (far, point) = self.reach(hidden, cell, push, need);
                match push {
                    Push::Up => seen[cell].1 = seen[cell].1.max(far),
                    Push::Down => seen[cell].0 = seen[cell].0.min(-far),
                }
                for (other, far) in point {
                    seen[other] = (seen[other].0.min(far), seen[other].1.max(far));
                }
                width = seen[cell].1 - seen[cell].0;
            }
            if width < need - EPSILON {
                found.push(cell);
                if first {
                    break;
                }
            }
        }
        found
    }

    /// What keeps a push from going further: a coefficient per cell, such that whatever is hidden the push reaches no
    /// further than the sum of the coefficients of what is. Read off the dual programme; valid at any of its points.
    pub(super) fn bottleneck(&self, hidden: &[bool], cell: usize, push: Push) -> Option<Vec<(usize, f64)>> {
        const SPARSE: f64 = 1e-4;
        let mut dual = Problem::new(OptimizationDirection::Minimize);
        let everywhere = (f64::NEG_INFINITY, f64::INFINITY);
        let multipliers: Vec<Variable> = self.system.equations.iter().map(|_| dual.add_var(0.0, everywhere)).collect();
        let mut bounds = Vec::with_capacity(hidden.len());
        for (other, uses) in self.uses.iter().enumerate() {
            // A hidden cell can rise without limit: its upper bound never binds.
            let above = dual.add_var(SPARSE, (0.0, if hidden[other] { 0.0 } else { f64::INFINITY }));
            let below = dual.add_var(if hidden[other] { self.fall(other) } else { SPARSE }, (0.0, f64::INFINITY));
            let terms = uses.iter().map(|(equation, times)| (multipliers[*equation], *times as f64));
            let pushed = match push {
                _ if other != cell => 0.0,
                Push::Up => 1.0,
                Push::Down => -1.0,
            };
            dual.add_constraint(terms.chain([(above, 1.0), (below, -1.0)]), ComparisonOp::Eq, pushed);
            bounds.push((above, below));
        }
        let solution = solved(&dual).ok()?;
        let coefficient = |(cell, (above, below)): (usize, &(Variable, Variable))| {
            let (above, below) = (solution.var_value(*above), solution.var_value(*below));
            let coefficient = if above > EPSILON { UNLIMITED } else { below * self.fall(cell) };
            (coefficient > EPSILON).then_some((cell, coefficient))
        };
        Some(bounds.iter().enumerate().filter_map(coefficient).collect())
    }

    /// Cells to hide so that a push reaches as far as `wanted`, at the least cost per unit moved.
    pub(super) fn cheapest(
        &self,
        hidden: &[bool],
        cell: usize,
        push: Push,
        wanted: f64,
        costs: &[Option<u64>],
    ) -> Option<(u64, Vec<usize>)> {
        let wanted = if push == Push::Down { wanted.min(self.fall(cell)) } else { wanted };
        let largest = costs.iter().flatten().max().map_or(1.0, |cost| *cost as f64);
        let open: Vec<bool> = (0..hidden.len()).map(|cell| hidden[cell] || costs[cell].is_some()).collect();
        let (cells, equations) = self.around(&open, cell);
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut moves: BTreeMap<usize, (Variable, Variable)> = BTreeMap::new();
        for other in cells {
            let cost = if hidden[other] { 1e-4 } else { costs[other].map_or(1.0, |cost| cost as f64 / largest) };
            let (mut up, mut down) = ((0.0, f64::INFINITY), (0.0, self.fall(other)));
            if other == cell {
                (up, down) = match push {
                    Push::Up => ((wanted, wanted), (0.0, 0.0)),
                    Push::Down => ((0.0, 0.0), (wanted, wanted)),
                };
            }
            moves.insert(other, (problem.add_var(cost, up), problem.add_var(cost, down)));
        }
        for equation in equations {
            let mut sum = LinearExpr::empty();
            for (other, times) in &self.system.equations[equation] {
                if let Some((up, down)) = moves.get(other) {
                    sum.add(*up, *times as f64);
                    sum.add(*down, -*times as f64);
                }
            }
            problem.add_constraint(sum, ComparisonOp::Eq, 0.0);
        }
        let solution = solved(&problem).ok()?;
        let moved = |other: usize| {
            moves.get(&other).is_some_and(|(up, down)| solution.var_value(*up) + solution.var_value(*down) > EPSILON)
        };
        let fresh: Vec<usize> = (0..hidden.len()).filter(|other| !hidden[*other] && moved(*other)).collect();
        let cost = fresh.iter().filter_map(|other| costs[*other]).sum();
        (!fresh.is_empty()).then_some((cost, fresh))
    }
}

fn solved(problem: &Problem) -> Result<Solution, Error> {
    let interrupted = |_| Error::InternalError("interrupted".to_string());
    problem.solve()?.into_solution().map_err(interrupted)
}
