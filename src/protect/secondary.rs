//! Which further numbers to hide: as few as possible, then the smallest, so that no hidden number can be worked out.
//!
//! In: a [`System`]. Out: [`Choice`]. First a good choice by `search`; then, where the system is small enough,
//! the best one, proved by `exact`. Numbers of one
//! [`Rank`] are candidates only when those of the ranks before it are not enough. Deterministic: work is bounded by
//! counts, never by a clock.

use super::attack::Attack;
use super::exact;
use super::flow::Network;
use super::mend::{Beyond, Mending, seen_in};
use super::search::Search;
use super::system::{Rank, System};

/// What is hidden, and whether no cheaper choice exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// Per cell; unprinted cells are "hidden", too.
    pub hidden: Vec<bool>,
    /// Proved to have the fewest cells and, of those, the smallest sum.
    pub is_best: bool,
    /// Cells of the parts in which that is not proved.
    pub unproved: Vec<usize>,
    /// No choice hides fewer printed cells, those of a rank being taken before those of the next.
    pub fewest: usize,
}

/// Cells that can be worked out even when all printed numbers are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unprotectable(pub Vec<usize>);

/// How much work the search may do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
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
pub(super) fn choose(system: &System, need: i64, effort: Effort) -> Result<Choice, Unprotectable> {
    let mut hidden = vec![false; system.cells.len()];
    let (mut unproved, mut found, mut fewest) = (Vec::new(), Vec::new(), 0);
    for (part, cells) in system.components() {
        match choose_in(&part, need as f64, effort) {
            Ok(choice) => {
                fewest += choice.fewest;
                unproved.extend(choice.unproved.iter().map(|cell| cells[*cell]));
                cells.iter().zip(&choice.hidden).for_each(|(cell, is_hidden)| hidden[*cell] = *is_hidden);
            }
            Err(Unprotectable(few)) => found.extend(few.into_iter().map(|cell| cells[cell])),
        }
    }
    found.sort_unstable();
    unproved.sort_unstable();
    if !found.is_empty() {
        return Err(Unprotectable(found));
    }
    Ok(Choice { hidden, is_best: unproved.is_empty(), unproved, fewest })
}

fn choose_in(system: &System, need: f64, effort: Effort) -> Result<Choice, Unprotectable> {
    let first = system.unknown_at_first();
    if !system.cells.iter().any(|cell| cell.is_primary()) {
        return Ok(proved(system, first));
    }
    let attack = Attack::on(system, need);
    if !attack.is_network() && system.cells.len() > effort.other_cells {
        return choose_around(system, need, effort);
    }
    if attack.holds(&first) {
        return Ok(proved(system, first));
    }
    let allowed = ranks_needed(system, &attack, &first)?;
    let search = Search { system, attack: &attack, costs: costs(system, allowed), first };
    let mut best = search.start();
    let most = if attack.is_network() { effort.network_cells } else { effort.other_cells };
    // Among zeros the inequalities of `exact` do not hold.
    let is_small = search.candidates() <= most && allowed < Rank::Zero;
    let is_best = is_small && exact::solve(&search, &mut best, effort.exact_steps);
    if is_best {
        return Ok(proved(system, best));
    }
    best = search.improve(best, effort.tries);
    let fewest = printed_of(system, &system.unknown_at_first());
    Ok(Choice { hidden: best, is_best, unproved: (0..system.cells.len()).collect(), fewest })
}

/// Chooses in a large system that is no network: the best choice of a network within it, mended where that is not enough.
fn choose_around(system: &System, need: f64, effort: Effort) -> Result<Choice, Unprotectable> {
    let mut choice = choose(&Network::within(system), need as i64, effort)?;
    let seen_of = |hidden: &[bool]| seen_in(system, hidden);
    let mending = Mending { cells: &system.cells, seen_of: &seen_of, need: need as i64, least: system.least };
    let further = mending.mend(&mut choice.hidden).map_err(|Beyond(numbers)| Unprotectable(numbers))?;
    if further.is_empty() {
        return Ok(choice);
    }
    Ok(Choice { is_best: false, unproved: (0..system.cells.len()).collect(), ..choice })
}

fn proved(system: &System, hidden: Vec<bool>) -> Choice {
    Choice { fewest: printed_of(system, &hidden), hidden, is_best: true, unproved: Vec::new() }
}

/// How many of the hidden cells are printed, as marks.
fn printed_of(system: &System, hidden: &[bool]) -> usize {
    system.cells.iter().zip(hidden).filter(|(cell, hidden)| **hidden && cell.is_printed()).count()
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
