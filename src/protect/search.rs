//! The search for a good choice: the cheapest remedies (`grow`), tidied (`prune`) and searched around (`improve`).
//!
//! In: one connected [`System`], and what hiding each of its cells costs. Out: sound choices, the cheapest that was found.
//! Says nothing of whether a cheaper one exists: that is `exact`.

use std::collections::{BTreeMap, BTreeSet};

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

    /// Hides the cheapest cells for each number that is found out, until none is; `None` if one has no remedy. What is
    /// unknown enough stays so when more is hidden.
    fn grow(&self, mut hidden: Vec<bool>, costs: &[Option<u64>], backwards: bool) -> Option<Vec<bool>> {
        let mut left: BTreeSet<usize> = self.attack.printed_and(&hidden).collect();
        while let Some(cell) = if backwards { left.last() } else { left.first() }.copied() {
            if self.attack.carriers(&hidden, cell).is_some() {
                left.remove(&cell);
                continue;
            }
            for fresh in self.attack.remedy(&hidden, cell, costs)? {
                hidden[fresh] = true;
                left.insert(fresh);
            }
        }
        Some(hidden)
    }

    /// Publishes again what need not be hidden, the dearest first: a number may be found out then only if it was unknown
    /// by way of that.
    fn prune(&self, mut hidden: Vec<bool>) -> Vec<bool> {
        let mut further: Vec<(u64, usize)> = self.further(&hidden);
        further.sort_unstable_by(|one, other| other.cmp(one));
        let carriers = |cell: usize| Some((cell, self.attack.carriers(&hidden, cell)?));
        let carried = self.attack.printed_and(&hidden).map(carriers).collect::<Option<BTreeMap<usize, Vec<usize>>>>();
        // Where one is found out whatever is hidden, nothing can be said of the others.
        let Some(mut carried) = carried else { return hidden };
        for (_, cell) in further {
            hidden[cell] = false;
            let through = carried.iter().filter(|(other, by)| **other != cell && by.contains(&cell));
            let anew = through.map(|(other, _)| Some((*other, self.attack.carriers(&hidden, *other)?)));
            match anew.collect::<Option<Vec<(usize, Vec<usize>)>>>() {
                None => hidden[cell] = true,
                Some(anew) => {
                    carried.remove(&cell);
                    carried.extend(anew);
                }
            }
        }
        hidden
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
