//! Which further numbers to hide: as few as possible, then the smallest, so that no hidden number can be worked out.
//!
//! In: a [`System`]. Out: [`Choice`]. First a good choice by the cheapest remedies (`grow`), tidied (`prune`) and
//! searched around (`improve`); then, where the system is small enough, the best one, proved by `exact`. Numbers of one
//! [`Rank`] are candidates only when those of the ranks before it are not enough. Deterministic: work is bounded by
//! counts, never by a clock.

use super::attack::Attack;
use super::exact;
use super::system::{Rank, System};

/// What is hidden, and whether no cheaper choice exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Per cell; unprinted cells are "hidden", too.
    pub hidden: Vec<bool>,
    /// Proved to have the fewest cells and, of those, the smallest sum.
    pub is_best: bool,
}

/// Cells that can be worked out even when all printed numbers are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprotectable(pub Vec<usize>);

/// How much work the search may do.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Largest number of candidates in a network of which the best choice is sought.
    pub network_cells: usize,
    /// The same in a system that is no network, where every step is dearer.
    pub other_cells: usize,
    /// Programmes solved in that search.
    pub exact_steps: usize,
    /// Tries of the search around a good choice.
    pub tries: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { network_cells: 4000, other_cells: 40, exact_steps: 150, tries: 60 }
    }
}

/// Chooses what to hide in a system, its unconnected parts one by one.
///
/// In: `need` is the width that the feasible interval of every hidden number must have (k − 1).
pub fn choose(system: &System, need: i64, effort: Effort) -> Result<Choice, Unprotectable> {
    let mut hidden = vec![false; system.cells.len()];
    let (mut is_best, mut found) = (true, Vec::new());
    for (part, cells) in system.components() {
        match choose_in(&part, need as f64, effort) {
            Ok(choice) => {
                is_best &= choice.is_best;
                cells.iter().zip(&choice.hidden).for_each(|(cell, is_hidden)| hidden[*cell] = *is_hidden);
            }
            Err(Unprotectable(few)) => found.extend(few.into_iter().map(|cell| cells[cell])),
        }
    }
    found.sort_unstable();
    if found.is_empty() { Ok(Choice { hidden, is_best }) } else { Err(Unprotectable(found)) }
}

fn choose_in(system: &System, need: f64, effort: Effort) -> Result<Choice, Unprotectable> {
    let first = system.unknown_at_first();
    if !system.cells.iter().any(|cell| cell.is_primary()) {
        return Ok(Choice { hidden: first, is_best: true });
    }
    let attack = Attack::on(system, need);
    if attack.holds(&first, &[]) {
        return Ok(Choice { hidden: first, is_best: true });
    }
    let allowed = ranks_needed(system, &attack, &first)?;
    let search = Search { system, attack: &attack, costs: costs(system, allowed), first };
    let mut best = search.start();
    let most = if attack.is_network() { effort.network_cells } else { effort.other_cells };
    // Among zeros the inequalities of `exact` do not hold.
    let is_small = search.candidates() <= most && allowed < Rank::Zero;
    let is_best = is_small && exact::solve(&search, &mut best, effort.exact_steps);
    if !is_best {
        best = search.improve(best, effort.tries);
    }
    Ok(Choice { hidden: best, is_best })
}

/// The last rank that must be among the candidates: hiding all of them protects every small number.
fn ranks_needed(system: &System, attack: &Attack, first: &[bool]) -> Result<Rank, Unprotectable> {
    let mut found = Vec::new();
    for rank in [Rank::Inner, Rank::Margin, Rank::Whole, Rank::Zero] {
        let all: Vec<bool> = (0..first.len()).map(|cell| first[cell] || is_up_to(system, cell, rank)).collect();
        found = attack.narrow(&all).into_iter().filter(|cell| system.cells[*cell].is_primary()).collect();
        if found.is_empty() {
            return Ok(rank);
        }
    }
    Err(Unprotectable(found))
}

fn is_up_to(system: &System, cell: usize, rank: Rank) -> bool {
    system.cells[cell].rank().is_some_and(|own| own <= rank)
}

/// What each candidate costs: one cell outweighs any sum, one zero any number of cells.
fn costs(system: &System, allowed: Rank) -> Vec<Option<u64>> {
    let sum: u64 = system.cells.iter().filter(|cell| cell.is_printed()).map(|cell| cell.value.unsigned_abs()).sum();
    let cells = system.cells.len() as u64;
    let cost = |cell: usize| {
        let value = system.cells[cell].value.unsigned_abs();
        let is_candidate = is_up_to(system, cell, allowed) && !system.cells[cell].is_primary();
        let zero = if system.cells[cell].rank() == Some(Rank::Zero) { (sum + 1) * cells } else { 0 };
        is_candidate.then_some(sum + 1 + value + zero)
    };
    (0..system.cells.len()).map(cost).collect()
}

/// A search for the cheapest choice within one system.
pub struct Search<'a> {
    pub system: &'a System,
    pub attack: &'a Attack<'a>,
    /// What hiding a cell costs; `None`: hidden anyway, or never.
    pub costs: Vec<Option<u64>>,
    /// What is hidden at the start.
    pub first: Vec<bool>,
}

impl Search<'_> {
    pub fn candidates(&self) -> usize {
        self.costs.iter().flatten().count()
    }

    pub fn cost(&self, hidden: &[bool]) -> u64 {
        self.costs.iter().zip(hidden).filter(|(_, hidden)| **hidden).filter_map(|(cost, _)| *cost).sum()
    }

    /// A good choice: remedies in two orders, the cheaper result.
    fn start(&self) -> Vec<bool> {
        let forth = self.tidied(self.first.clone(), false);
        let back = self.tidied(self.first.clone(), true);
        if self.cost(&back) < self.cost(&forth) { back } else { forth }
    }

    pub fn tidied(&self, hidden: Vec<bool>, backwards: bool) -> Vec<bool> {
        let grown = self.grow(hidden, &self.costs, backwards).unwrap_or_else(|| self.everything());
        self.prune(grown)
    }

    fn everything(&self) -> Vec<bool> {
        self.first.iter().zip(&self.costs).map(|(first, cost)| *first || cost.is_some()).collect()
    }

    /// Hides the cheapest cells for each number that is found out, until none is; `None` if one has no remedy.
    fn grow(&self, mut hidden: Vec<bool>, costs: &[Option<u64>], backwards: bool) -> Option<Vec<bool>> {
        loop {
            let narrow = self.attack.narrow(&hidden);
            let cell = if backwards { narrow.last() } else { narrow.first() };
            let Some(cell) = cell else { return Some(hidden) };
            for fresh in self.attack.remedy(&hidden, *cell, costs)? {
                hidden[fresh] = true;
            }
        }
    }

    /// Publishes again what need not be hidden, the dearest first.
    fn prune(&self, mut hidden: Vec<bool>) -> Vec<bool> {
        let mut further: Vec<(u64, usize)> = self.further(&hidden);
        further.sort_unstable_by(|one, other| other.cmp(one));
        let mut suspects: Vec<usize> = Vec::new();
        for (_, cell) in further {
            hidden[cell] = false;
            if !self.attack.holds(&hidden, &suspects) {
                hidden[cell] = true;
            }
            suspects = self.neighbours(&hidden, cell);
        }
        hidden
    }

    /// Hidden cells that share an equation with a cell: the first to be found out without it.
    fn neighbours(&self, hidden: &[bool], cell: usize) -> Vec<usize> {
        let sharing = self.system.equations.iter().filter(|equation| equation.iter().any(|(other, _)| *other == cell));
        let cells = sharing.flatten().map(|(other, _)| *other);
        cells.filter(|other| hidden[*other] && self.system.cells[*other].is_printed()).collect()
    }

    /// Hidden cells that are not so from the start, with their costs.
    fn further(&self, hidden: &[bool]) -> Vec<(u64, usize)> {
        let costs = self.costs.iter().enumerate();
        costs.filter(|(cell, _)| hidden[*cell]).filter_map(|(cell, cost)| Some(((*cost)?, cell))).collect()
    }

    /// Tries to do without each further cell, the dearest first, as long as that helps.
    fn improve(&self, mut best: Vec<bool>, tries: usize) -> Vec<bool> {
        let mut left = tries;
        let mut has_helped = true;
        while has_helped && left > 0 {
            has_helped = false;
            let mut further = self.further(&best);
            further.sort_unstable_by(|one, other| other.cmp(one));
            for (_, cell) in further {
                if left == 0 || !best[cell] {
                    continue;
                }
                left -= 1;
                if let Some(better) = self.without(&best, cell).filter(|other| self.cost(other) < self.cost(&best)) {
                    best = better;
                    has_helped = true;
                }
            }
        }
        best
    }

    fn without(&self, hidden: &[bool], cell: usize) -> Option<Vec<bool>> {
        let mut costs = self.costs.clone();
        costs[cell] = None;
        let mut fewer = hidden.to_vec();
        fewer[cell] = false;
        self.grow(fewer, &costs, false).map(|grown| self.prune(grown))
    }
}
