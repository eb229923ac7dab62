//! The search for a good choice: the cheapest remedies (`grow`), tidied (`prune`) and searched around (`improve`).
//!
//! In: one connected [`System`], and what hiding each of its cells costs. Out: sound choices, the cheapest that was found.
//! Says nothing of whether a cheaper one exists: that is `exact`.

use super::attack::Attack;
use super::system::System;

/// A search for the cheapest choice within one system.
pub(super) struct Search<'a> {
    pub system: &'a System,
    pub attack: &'a Attack<'a>,
    /// What hiding a cell costs; `None`: hidden anyway, or never.
    pub costs: Vec<Option<u64>>,
    /// What is hidden at the start.
    pub first: Vec<bool>,
}

impl Search<'_> {
    pub(super) fn candidates(&self) -> usize {
        self.costs.iter().flatten().count()
    }

    pub(super) fn cost(&self, hidden: &[bool]) -> u64 {
        self.costs.iter().zip(hidden).filter(|(_, hidden)| **hidden).filter_map(|(cost, _)| *cost).sum()
    }

    /// A good choice: remedies in two orders, the cheaper result.
    pub(super) fn start(&self) -> Vec<bool> {
        let forth = self.tidied(self.first.clone(), false);
        let back = self.tidied(self.first.clone(), true);
        if self.cost(&back) < self.cost(&forth) { back } else { forth }
    }

    pub(super) fn tidied(&self, hidden: Vec<bool>, backwards: bool) -> Vec<bool> {
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
    pub(super) fn improve(&self, mut best: Vec<bool>, tries: usize) -> Vec<bool> {
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
