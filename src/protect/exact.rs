//! The best choice of further cells, by cutting planes over an integer programme.
//!
//! In: a [`Search`] and a good choice. Out: the best one, if it was proved within the given number of steps. The master
//! programme picks cells at the least cost; the attack on its pick tells, for a cell that is found out, an inequality
//! that every sound choice fulfils and this one does not; and again. On networks fractional picks are attacked, too,
//! so that the master starts close to whole numbers.
//!
//! Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear constraints (2001),
//! capacity constraints (their 4.1) with strengthened coefficients.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};

use super::attack::Demand;
use super::search::Search;

/// Nodes of one integer programme.
const NODES: u64 = 200;

/// Inequalities beyond which a programme takes too long for what it could save.
const CUTS: usize = 2500;

/// `Σ coefficient · hidden ≥ least`, times whether `guard` is hidden where there is one.
#[derive(Debug, Clone, PartialEq)]
struct Cut {
    terms: Vec<(usize, f64)>,
    least: f64,
    guard: Option<usize>,
}

/// Improves `best` to the cheapest choice; true if it is proved to be.
pub(super) fn solve(search: &Search, best: &mut Vec<bool>, steps: usize) -> bool {
    let mut master = Master { search, cuts: Vec::new(), starred: BTreeSet::new() };
    let mut left = steps;
    if search.attack.is_network() {
        left = master.tighten(left, best);
    } else {
        master.cut_at(&degrees(&search.first));
    }
    while left > 0 && master.cuts.len() < CUTS {
        left -= 1;
        let Some((picked, is_proved)) = master.pick(best) else { return false };
        if search.cost(&picked) >= search.cost(best) {
            return is_proved;
        }
        if search.attack.holds(&picked) {
            *best = picked;
            return is_proved;
        }
        if master.cut_at(&degrees(&picked)) == 0 {
            return false;
        }
        master.mend(picked, best);
    }
    false
}

fn degrees(hidden: &[bool]) -> Vec<f64> {
    hidden.iter().map(|hidden| f64::from(u8::from(*hidden))).collect()
}

struct Master<'a> {
    search: &'a Search<'a>,
    cuts: Vec<Cut>,
    /// Equations of which every cell demands another one.
    starred: BTreeSet<usize>,
}

impl Master<'_> {
    /// Cuts off every fractional pick that leaves a cell found out, round by round; the steps that are left.
    fn tighten(&mut self, steps: usize, best: &mut Vec<bool>) -> usize {
        let mut open = degrees(&self.search.first);
        let mut left = steps;
        while left > 1 && self.cuts.len() < CUTS && self.cut_at(&open) > 0 {
            left -= 1;
            let (problem, variables) = self.programme(false);
            let Some(solution) = problem.solve().ok().and_then(|outcome| outcome.into_solution().ok()) else { break };
            open = degrees(&self.search.first);
            for (cell, variable) in variables {
                open[cell] = solution.var_value(variable).clamp(0.0, 1.0);
            }
        }
        let rounded: Vec<bool> = open.iter().map(|open| *open > 0.6).collect();
        self.mend(rounded, best);
        left
    }

    /// Adds what a pick breaks; how many inequalities are new.
    fn cut_at(&mut self, open: &[f64]) -> usize {
        let before = self.cuts.len();
        if self.search.attack.is_network() {
            self.cut_stars(open);
        }
        // What the picks break in a single equation is mended first: it costs no attack.
        if self.cuts.len() > before {
            return self.cuts.len() - before;
        }
        for cell in (0..open.len()).filter(|cell| open[*cell] > 0.01 && self.search.system.cells[*cell].is_printed()) {
            let demands = self.search.attack.demands(open, cell).into_iter();
            for demand in demands {
                let cut = self.cut_of(&demand).filter(|cut| is_broken(cut, open));
                // A broken one is none of the earlier rounds', which this pick fulfils.
                self.cuts.extend(cut.filter(|cut| !self.cuts[before..].contains(cut)));
            }
        }
        self.cuts.len() - before
    }

    /// Makes a sound choice of a pick.
    fn mend(&self, picked: Vec<bool>, best: &mut Vec<bool>) {
        let mended = self.search.tidied(picked, false);
        if self.search.cost(&mended) < self.search.cost(best) {
            *best = mended;
        }
    }

    /// A hidden cell needs another one in each of its equations. Where that is broken once, it is demanded of all cells
    /// of the equation: otherwise the master would answer by the next cell along, for as many rounds as there are cells.
    fn cut_stars(&mut self, open: &[f64]) {
        let Search { system, costs, first, .. } = self.search;
        for (index, equation) in system.equations.iter().enumerate() {
            let sum: f64 = equation.iter().map(|(cell, _)| open[*cell]).sum();
            let is_fulfilled = equation.iter().all(|(cell, _)| 2.0 * open[*cell] <= sum + 1e-6);
            if is_fulfilled || !self.starred.insert(index) {
                continue;
            }
            for (cell, _) in equation.iter().filter(|(cell, _)| first[*cell] || costs[*cell].is_some()) {
                let others = equation.iter().filter(|(other, _)| other != cell);
                let terms = others.map(|(other, _)| (*other, 1.0)).collect();
                self.cuts.extend(self.cut_of(&Demand { cell: *cell, terms, least: 1.0 }));
            }
        }
    }

    /// An inequality in the cells that may be chosen; those that are hidden anyway lower what is left to reach.
    fn cut_of(&self, demand: &Demand) -> Option<Cut> {
        let Search { costs, first, .. } = self.search;
        let given: f64 = demand.terms.iter().filter(|(cell, _)| first[*cell]).map(|(_, room)| *room).sum();
        let guard = (!first[demand.cell]).then_some(demand.cell);
        let own = |cell: usize| Some(cell) == guard;
        let own_room: f64 = demand.terms.iter().filter(|(cell, _)| own(*cell)).map(|(_, room)| *room).sum();
        let least = demand.least - given - own_room;
        let terms = demand.terms.iter().filter(|(cell, _)| costs[*cell].is_some() && !own(*cell));
        let terms: Vec<(usize, f64)> = terms.map(|(cell, room)| (*cell, room.min(least))).collect();
        (least > 1e-6).then_some(Cut { terms, least, guard })
    }

    /// The cheapest pick under the cuts so far, and whether it is proved to be the cheapest.
    fn pick(&self, best: &[bool]) -> Option<(Vec<bool>, bool)> {
        let (problem, variables) = self.programme(true);
        let hint = variables.iter().map(|(cell, variable)| (*variable, f64::from(u8::from(best[*cell])))).collect();
        let mut options = SolveOptions::default();
        options.node_limit = Some(NODES);
        options.warm_start = Some(hint);
        let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
        let is_proved = solution.status() == microlp::SolutionStatus::Optimal;
        let mut picked = self.search.first.clone();
        for (cell, variable) in variables {
            picked[cell] |= solution.var_value(variable) > 0.5;
        }
        Some((picked, is_proved))
    }

    fn programme(&self, whole: bool) -> (Problem, BTreeMap<usize, Variable>) {
        let unit = self.search.costs.iter().flatten().min().map_or(1.0, |cost| *cost as f64);
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut variables = BTreeMap::new();
        let in_cuts = self.cuts.iter().flat_map(|cut| cut.terms.iter().map(|(cell, _)| *cell).chain(cut.guard));
        for cell in in_cuts {
            let cost = self.search.costs[cell].map_or(0.0, |cost| cost as f64 / unit);
            variables.entry(cell).or_insert_with(|| {
                if whole { problem.add_binary_var(cost) } else { problem.add_var(cost, (0.0, 1.0)) }
            });
        }
        for cut in &self.cuts {
            let mut sum = LinearExpr::empty();
            cut.terms.iter().for_each(|(cell, room)| sum.add(variables[cell], room / cut.least));
            let mut least = 1.0;
            if let Some(guard) = cut.guard {
                sum.add(variables[&guard], -1.0);
                least = 0.0;
            }
            problem.add_constraint(sum, ComparisonOp::Ge, least);
        }
        (problem, variables)
    }
}

fn is_broken(cut: &Cut, open: &[f64]) -> bool {
    let sum: f64 = cut.terms.iter().map(|(cell, room)| room * open[*cell]).sum();
    sum < cut.least * cut.guard.map_or(1.0, |guard| open[guard]) - 1e-6
}
