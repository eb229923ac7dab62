//! Whether the mix of categories has shifted between periods: Pearson's χ² with Cramér's V and adjusted residuals.

use super::compare;
use super::distributions::chi_square_upper;
use super::margins::Margins;
use super::monte_carlo;

/// Adjusted residuals larger than this in size name the categories that moved.
pub const NOTABLE_RESIDUAL: f64 = 2.0;

/// How the p-value was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShiftMethod {
    /// The χ² distribution.
    ChiSquare,
    /// Tables with the same margins drawn at random, with a fixed seed: expected counts are too small for χ².
    MonteCarlo {
        /// How many tables are drawn.
        draws: u32,
    },
}

/// What the test says.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// χ² without Yates' correction.
    pub statistic: f64,
    /// Degrees of freedom: (rows − 1)(columns − 1) of those that have events.
    pub degrees: u64,
    /// That the mix is the same, 0–1.
    pub p: f64,
    /// How `p` was reached.
    pub method: ShiftMethod,
    /// 0 (no association) to 1.
    pub cramers_v: f64,
    /// In the shape of the given table; `None` in rows and columns of zeros, which take no part.
    pub residuals: Vec<Vec<Option<f64>>>,
    /// Events in the whole table.
    pub n: u64,
}

/// χ² test of a table of counts, rows × columns.
///
/// In: as many numbers in each row. Out: rows and columns of zeros take no part. When over 20 % of expected counts lie
/// under 5, or any under 1, p is drawn by Monte-Carlo with a fixed seed. `None` when fewer than two rows or two
/// columns have events. Source: K. Pearson (1900); H. Cramér (1946) p. 443; S. J. Haberman, Biometrics 29 (1973).
///
/// ```
/// use kvalis::stats::chi_square::shift;
/// let table = shift(&[vec![30, 10], vec![20, 40]]).unwrap();
/// assert!((table.statistic - 50.0 / 3.0).abs() < 1e-12 && table.degrees == 1);
/// assert_eq!(shift(&[vec![3, 0], vec![5, 0]]), None);
/// ```
pub fn shift(table: &[Vec<u64>]) -> Option<Shift> {
    let margins = Margins::of(table)?;
    let statistic = margins.statistic(table);
    let (rows, columns) = (margins.rows_used(), margins.columns_used());
    let degrees = (rows - 1) * (columns - 1);
    let (p, method) = if margins.expected_are_enough() {
        (chi_square_upper(statistic, degrees), ShiftMethod::ChiSquare)
    } else {
        let p = monte_carlo::p_value(&margins, statistic);
        (p, ShiftMethod::MonteCarlo { draws: monte_carlo::DRAWS })
    };
    let least = (rows - 1).min(columns - 1) as f64;
    let cramers_v = (statistic / (margins.n as f64 * least)).sqrt().min(1.0);
    let residuals = margins.residuals(table);
    Some(Shift { statistic, degrees, p, method, cramers_v, residuals, n: margins.n })
}

/// An adjusted residual that names its category: beyond 2 in size, noise set aside.
pub fn is_notable(residual: f64) -> bool {
    compare::above(residual.abs(), NOTABLE_RESIDUAL, 0.0)
}

/// Adds rows with an expected count under 5 in any column to the residual row ("Övrigt"), smallest first.
///
/// Out: the merged table, and for each given row whether it went into the residual. Nothing is merged where the test
/// would do without; merging ends when the rule of [`shift`] is kept or only the residual and one row are left.
pub fn merge_sparse(table: &[Vec<u64>], residual: usize) -> (Vec<Vec<u64>>, Vec<bool>) {
    let mut merged = vec![false; table.len()];
    loop {
        let joined = join(table, residual, &merged);
        let enough = Margins::of(&joined).is_none_or(|margins| margins.expected_are_enough());
        let total = |row: usize| table[row].iter().sum::<u64>();
        let left = (0..table.len()).filter(|row| *row != residual && !merged[*row] && total(*row) > 0);
        let left: Vec<usize> = left.collect();
        let smallest = left.iter().copied().min_by_key(|row| total(*row));
        match smallest {
            Some(row) if !enough && left.len() > 1 => merged[row] = true,
            _ => return (joined, merged),
        }
    }
}

/// The table with the merged rows added to the residual one and emptied.
fn join(table: &[Vec<u64>], residual: usize, merged: &[bool]) -> Vec<Vec<u64>> {
    let mut joined = table.to_vec();
    for row in (0..table.len()).filter(|row| merged[*row]) {
        for column in 0..table[row].len() {
            joined[residual][column] += table[row][column];
            joined[row][column] = 0;
        }
    }
    joined
}
