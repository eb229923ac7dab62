//! Equations of which none follows from the others.
//!
//! In: a [`System`]. Out: the equations that tell all that it tells. A table under groups is a network only without the
//! sums that follow: the row total of a group is that of its members' row totals. Which of several equations goes is
//! chosen so that the cells that stand in many stand in fewer.
//!
//! Works in whole numbers modulo a prime: what follows in rational numbers follows there, too. The other way round it can
//! fail only where a determinant is divisible by the prime, and then the audit of what is printed, which reads all
//! equations, still stands behind.

use std::collections::BTreeMap;

use super::system::{Equation, System};

const PRIME: i64 = (1 << 61) - 1;

/// An equation modulo the prime, by cell.
type Row = BTreeMap<usize, i64>;

/// The equations of a system without those that follow from the rest.
///
/// One kind of equation goes at a time, that whose cells stand in the most others: what is crowded depends on what is left.
pub(super) fn independent(system: &System) -> Vec<Equation> {
    let mut left = system.clone();
    loop {
        let uses: Vec<usize> = left.uses().iter().map(Vec::len).collect();
        let crowd = |equation: &Equation| equation.iter().map(|(cell, _)| uses[*cell].saturating_sub(2)).sum::<usize>();
        left.equations.sort_by_cached_key(crowd);
        let mut basis = Basis::default();
        let follows: Vec<bool> =
            left.equations.iter().map(|equation| !basis.takes(equation, &|cell| uses[cell])).collect();
        let Some(last) = follows.iter().rposition(|follows| *follows) else { return left.equations };
        let most = crowd(&left.equations[last]);
        let mut follows = follows.into_iter();
        left.equations.retain(|equation| !(follows.next() == Some(true) && crowd(equation) == most));
    }
}

/// Which of some equations (`Σ terms = right side`) follow from those before them.
pub(super) fn follow(rows: &[(Equation, i64)]) -> Vec<bool> {
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    rows.iter().flat_map(|(terms, _)| terms).for_each(|(cell, _)| *uses.entry(*cell).or_default() += 1);
    // The right side is a cell like another, which nothing is worked out from: what contradicts does not follow.
    uses.insert(RIGHT, usize::MAX);
    let mut basis = Basis::default();
    let whole = |(terms, right): &(Equation, i64)| terms.iter().copied().chain([(RIGHT, -right)]).collect();
    rows.iter().map(|row| !basis.takes(&whole(row), &|cell| uses[&cell])).collect()
}

const RIGHT: usize = usize::MAX;

/// Rows in the order in which they came, each with a cell that no later one has.
#[derive(Default)]
struct Basis {
    rows: Vec<(usize, Row)>,
    /// The row of each such cell.
    of: BTreeMap<usize, usize>,
}

impl Basis {
    /// Takes in an equation; false if it follows from those that it has.
    fn takes(&mut self, equation: &Equation, uses: &dyn Fn(usize) -> usize) -> bool {
        let mut row = Row::new();
        for (cell, times) in equation {
            add(&mut row, *cell, times.rem_euclid(PRIME));
        }
        while let Some(index) = row.keys().filter_map(|cell| self.of.get(cell)).min() {
            let (pivot, other) = &self.rows[*index];
            let times = PRIME - row[pivot];
            other.iter().for_each(|(cell, own)| add(&mut row, *cell, product(*own, times)));
        }
        // A cell of few equations: later rows then have little to take away.
        let Some(pivot) = row.keys().copied().min_by_key(|cell| uses(*cell)) else { return false };
        let inverse = power(row[&pivot], PRIME - 2);
        row.values_mut().for_each(|times| *times = product(*times, inverse));
        self.of.insert(pivot, self.rows.len());
        self.rows.push((pivot, row));
        true
    }
}

fn add(row: &mut Row, cell: usize, times: i64) {
    let sum = (row.get(&cell).copied().unwrap_or(0) + times) % PRIME;
    if sum == 0 {
        row.remove(&cell)
    } else {
        row.insert(cell, sum)
    };
}

fn product(one: i64, other: i64) -> i64 {
    (i128::from(one) * i128::from(other) % i128::from(PRIME)) as i64
}

fn power(base: i64, exponent: i64) -> i64 {
    let (mut result, mut square, mut left) = (1, base, exponent);
    while left > 0 {
        if left & 1 == 1 {
            result = product(result, square);
        }
        square = product(square, square);
        left >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::system::{Exposure, Rank};
    use super::*;

    #[test]
    fn what_follows_goes_and_what_does_not_stays() {
        let mut system = System::default();
        let printed = Exposure::Printed { primary: false, rank: Rank::Inner };
        let cells: Vec<Vec<usize>> = (0..3).map(|_| (0..3).map(|_| system.add(1, printed)).collect()).collect();
        for (line, cells_of) in cells.iter().enumerate() {
            system.sum(&cells_of[..2], cells_of[2]);
            system.sum(&[cells[0][line], cells[1][line]], cells[2][line]);
        }
        assert_eq!(independent(&system).len(), 5, "the last sum is that of the others");
        system.equations.pop();
        assert_eq!(independent(&system).len(), 5);
        system.equations.push(vec![(cells[0][0], 2), (cells[0][1], 2), (cells[0][2], -2)]);
        assert_eq!(independent(&system).len(), 5, "twice an equation says nothing new");
    }
}
