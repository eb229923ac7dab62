//! The count system that readers see: published numbers and the equations that every reader knows between them.
//!
//! In: true values. Out: [`System`], the only thing that the attack and the choice of cells know of tables.

use std::collections::BTreeMap;

/// How readily a number may be hidden to protect another one: lower ranks are tried first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rank {
    /// No other number is a part of it.
    Inner,
    /// A total of some numbers and a part of another.
    Margin,
    /// A total that is part of nothing.
    Whole,
    /// A counted zero: the last resort.
    Zero,
}

/// What becomes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exposure {
    /// Published unless it is small or protects a small one.
    Printed { primary: bool, rank: Rank },
    /// Never printed, and therefore always unknown: the slack of an inequality, a total that no table shows.
    Unprinted,
}

/// A count, known to every reader to be at least zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub value: i64,
    pub exposure: Exposure,
}

impl Cell {
    pub(super) fn is_printed(&self) -> bool {
        matches!(self.exposure, Exposure::Printed { .. })
    }

    pub(super) fn is_primary(&self) -> bool {
        matches!(self.exposure, Exposure::Printed { primary: true, .. })
    }

    pub(super) fn rank(&self) -> Option<Rank> {
        match self.exposure {
            Exposure::Printed { rank, .. } => Some(rank),
            Exposure::Unprinted => None,
        }
    }
}

/// A sum that is zero: cells by index with whole coefficients.
pub(super) type Equation = Vec<(usize, i64)>;

/// Numbers and what readers know of them.
///
/// Every equation holds for the true values; so the true values are one of the fillings that an attacker considers,
/// and an interval always holds the truth.
#[derive(Debug, Clone, Default)]
pub(super) struct System {
    pub cells: Vec<Cell>,
    pub equations: Vec<Equation>,
    /// Whoever knows that zeros are printed knows that a mark stands for this at least.
    pub least: i64,
}

impl System {
    /// How far a number can be below its value for all that a mark says.
    pub(super) fn fall(&self, cell: usize) -> i64 {
        let Cell { value, .. } = self.cells[cell];
        if self.cells[cell].is_printed() { (value - self.least).max(0) } else { value }
    }

    pub(super) fn add(&mut self, value: i64, exposure: Exposure) -> usize {
        self.cells.push(Cell { value, exposure });
        self.cells.len() - 1
    }

    /// `Σ parts = whole`.
    pub(super) fn sum(&mut self, parts: &[usize], whole: usize) {
        self.equations.push(parts.iter().map(|part| (*part, 1)).chain([(whole, -1)]).collect());
    }

    /// `smaller ≤ Σ larger`, with the difference as an unprinted cell.
    pub(super) fn at_most(&mut self, smaller: usize, larger: &[usize]) {
        let above: i64 = larger.iter().map(|cell| self.cells[*cell].value).sum();
        let slack = self.add(above - self.cells[smaller].value, Exposure::Unprinted);
        let terms = larger.iter().map(|cell| (*cell, 1)).chain([(smaller, -1), (slack, -1)]);
        self.equations.push(terms.collect());
    }

    /// Hidden at the start: the primary cells and what is never printed.
    pub(super) fn unknown_at_first(&self) -> Vec<bool> {
        self.cells.iter().map(|cell| cell.is_primary() || !cell.is_printed()).collect()
    }

    /// Equations of each cell, by index, with its coefficient.
    pub(super) fn uses(&self) -> Vec<Vec<(usize, i64)>> {
        let mut uses = vec![Vec::new(); self.cells.len()];
        for (index, equation) in self.equations.iter().enumerate() {
            for (cell, coefficient) in equation {
                uses[*cell].push((index, *coefficient));
            }
        }
        uses
    }

    /// Parts that no equation joins, each with the indices of its cells in the whole, in order.
    pub(super) fn components(&self) -> Vec<(System, Vec<usize>)> {
        let mut parent: Vec<usize> = (0..self.cells.len()).collect();
        for equation in &self.equations {
            let mut cells = equation.iter().map(|(cell, _)| *cell);
            let Some(first) = cells.next() else { continue };
            for cell in cells {
                let (one, other) = (root(&mut parent, first), root(&mut parent, cell));
                parent[one.max(other)] = one.min(other);
            }
        }
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for cell in 0..self.cells.len() {
            members.entry(root(&mut parent, cell)).or_default().push(cell);
        }
        let mut local = vec![(0, 0); self.cells.len()];
        let mut parts: Vec<(System, Vec<usize>)> = Vec::with_capacity(members.len());
        for (part, cells) in members.into_values().enumerate() {
            for (index, cell) in cells.iter().enumerate() {
                local[*cell] = (part, index);
            }
            let own = cells.iter().map(|cell| self.cells[*cell]).collect();
            parts.push((System { cells: own, equations: Vec::new(), least: self.least }, cells));
        }
        for equation in self.equations.iter().filter(|equation| !equation.is_empty()) {
            let part = local[equation[0].0].0;
            parts[part].0.equations.push(equation.iter().map(|(cell, times)| (local[*cell].1, *times)).collect());
        }
        parts
    }
}

fn root(parent: &mut [usize], mut cell: usize) -> usize {
    while parent[cell] != cell {
        parent[cell] = parent[parent[cell]];
        cell = parent[cell];
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_without_a_common_number_are_solved_apart() {
        let printed = Exposure::Printed { primary: false, rank: Rank::Inner };
        let mut system = System::default();
        let cells: Vec<usize> = [3, 4, 7, 1, 2, 3].iter().map(|value| system.add(*value, printed)).collect();
        system.sum(&cells[..2], cells[2]);
        system.sum(&cells[3..5], cells[5]);
        let parts = system.components();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[1].1, [3, 4, 5]);
        assert_eq!(parts[1].0.equations, [vec![(0, 1), (1, 1), (2, -1)]]);
    }

    #[test]
    fn an_inequality_has_a_slack_that_is_never_printed() {
        let printed = Exposure::Printed { primary: false, rank: Rank::Inner };
        let mut system = System::default();
        let (a, b, total) = (system.add(3, printed), system.add(4, printed), system.add(5, printed));
        system.at_most(total, &[a, b]);
        assert_eq!(system.cells[3], Cell { value: 2, exposure: Exposure::Unprinted });
        assert_eq!(system.equations[0], [(0, 1), (1, 1), (2, -1), (3, -1)]);
    }
}
