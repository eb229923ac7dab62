//! What falls to a reader is mended: the cheapest printed numbers that move with it are hidden, until the attack finds
//! nothing; then what turned out not to be needed is printed again.
//!
//! In: numbers, what is hidden of them, and what their reader sees of any choice. Out: a sound choice. Asks of the reader
//! nothing but what `audit` tells; says nothing of whether a cheaper choice exists.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, Solution, Variable};

use super::audit::{self, Fallen, Published, Seen};
use super::system::{Cell, Equation, Rank, System};

/// Numbers that fall even if everything around them is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Beyond(pub Vec<usize>);

/// What a reader of one system sees and knows if these cells are hidden.
pub(super) fn seen_in(system: &System, hidden: &[bool]) -> Published {
    let is_shown = |cell: usize| system.cells[cell].is_printed() && !hidden[cell];
    let is_marked = |cell: &usize| system.cells[*cell].is_printed() && hidden[*cell];
    let marked: Vec<usize> = (0..hidden.len()).filter(is_marked).collect();
    Published {
        numbers: (0..hidden.len()).map(|cell| is_shown(cell).then_some(system.cells[cell].value)).collect(),
        least: marked.iter().map(|cell| (*cell, system.cells[*cell].value - system.fall(*cell))).collect(),
        marked,
        equations: system.equations.clone(),
    }
}

/// Numbers of which some are hidden, before their reader.
pub(super) struct Mending<'a> {
    pub cells: &'a [Cell],
    /// What a reader sees and knows when these numbers are hidden: the cells first, perhaps further numbers.
    pub seen_of: &'a dyn Fn(&[bool]) -> Published,
    /// Width that every interval must have.
    pub need: i64,
    /// No mark stands for less.
    pub least: i64,
}

impl Mending<'_> {
    /// Hides further numbers until none falls; which ones.
    pub(super) fn mend(&self, hidden: &mut [bool]) -> Result<Vec<usize>, Beyond> {
        let (mut seen, mut further) = (Seen::default(), Vec::new());
        loop {
            let fallen = audit::fallen_but(&(self.seen_of)(hidden), self.need as f64, &mut seen);
            if fallen.is_empty() {
                self.prune(hidden, &mut seen, &mut further);
                return Ok(further);
            }
            let before = further.len();
            for fallen in &fallen {
                for number in self.cheapest(hidden, fallen) {
                    hidden[number] = true;
                    seen.hide(number, self.cells[number].value);
                    further.push(number);
                }
            }
            if further.len() == before {
                return Err(Beyond(fallen.into_iter().map(|fallen| fallen.number).collect()));
            }
        }
    }

    /// Prints again what need not be hidden of some numbers, the dearest first.
    fn prune(&self, hidden: &mut [bool], seen: &mut Seen, further: &mut Vec<usize>) {
        further.sort_by(|one, other| self.cost(*other).total_cmp(&self.cost(*one)).then(other.cmp(one)));
        further.retain(|number| {
            let mut left = seen.without(*number, self.cells[*number].value);
            hidden[*number] = false;
            let holds = audit::fallen_but(&(self.seen_of)(hidden), self.need as f64, &mut left).is_empty();
            hidden[*number] = !holds;
            if holds {
                *seen = left;
            }
            !holds
        });
    }

    /// What it costs to hide a number: a total only where much else would have to be.
    fn cost(&self, number: usize) -> f64 {
        let weight = match self.cells[number].rank() {
            Some(Rank::Margin) => 4.0,
            Some(Rank::Whole) => 16.0,
            _ => 1.0,
        };
        let largest = self.cells.iter().map(|cell| cell.value).max().unwrap_or(1).max(1);
        weight * (1.0 + self.cells[number].value as f64 / largest as f64)
    }

    /// The cheapest printed numbers to hide for a number to lie as far off as is needed; none if nothing helps.
    fn cheapest(&self, hidden: &[bool], fallen: &Fallen) -> Vec<usize> {
        let may_move =
            |number: usize| !hidden[number] && self.cells[number].is_printed() && self.cells[number].value > 0;
        let all: Vec<bool> = (0..self.cells.len()).map(|number| hidden[number] || may_move(number)).collect();
        let open = (self.seen_of)(&all);
        let holds =
            |rows: &[(Equation, i64)]| rows.iter().flat_map(|(terms, _)| terms).any(|(own, _)| *own == fallen.number);
        let part = audit::parts(&open).into_iter().find(|rows| holds(rows));
        let may_move = |number: usize| number < self.cells.len() && may_move(number);
        let Some(part) = part.and_then(|rows| Movable::of(self, &open, &rows, &may_move)) else { return Vec::new() };
        let goals = [fallen.lower + self.need as f64, fallen.upper - self.need as f64].into_iter();
        let ways = goals.filter(|goal| *goal >= self.least as f64).filter_map(|goal| part.moved(fallen.number, goal));
        let cheapest = ways.min_by(|(one, _), (other, _)| one.total_cmp(other));
        cheapest.map(|(_, numbers)| numbers).unwrap_or_default()
    }
}

/// Numbers that move together, as they are printed: every printed one may move, for a price.
struct Movable {
    start: Solution,
    variables: BTreeMap<usize, Variable>,
    /// How far up and down each printed number has moved.
    moves: Vec<(usize, [Variable; 2])>,
}

impl Movable {
    fn of(
        mending: &Mending,
        open: &Published,
        rows: &[(Equation, i64)],
        may_move: &dyn Fn(usize) -> bool,
    ) -> Option<Movable> {
        let (mut problem, variables) = audit::problem(open, rows);
        let mut moves = Vec::new();
        for (number, variable) in variables.iter().filter(|(number, _)| may_move(**number)) {
            let (value, cost) = (mending.cells[*number].value as f64, mending.cost(*number));
            let ways = [f64::INFINITY, value].map(|most| problem.add_var(cost, (0.0, most)));
            problem.add_constraint([(*variable, 1.0), (ways[0], -1.0), (ways[1], 1.0)], ComparisonOp::Eq, value);
            moves.push((*number, ways));
        }
        let start = problem.solve().ok()?.into_solution().ok()?;
        Some(Movable { start, variables, moves })
    }

    /// The printed numbers that move if one is this large, and what that costs.
    fn moved(&self, number: usize, goal: f64) -> Option<(f64, Vec<usize>)> {
        let moved = self.start.clone().fix_var(self.variables[&number], goal).ok()?.into_solution().ok()?;
        let is_moved = |(_, ways): &&(usize, [Variable; 2])| ways.iter().any(|way| moved.var_value(*way) > 1e-6);
        Some((moved.objective(), self.moves.iter().filter(is_moved).map(|(number, _)| *number).collect()))
    }
}
