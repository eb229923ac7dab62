//! Row and column totals of a table of counts, and what follows from them alone.
//!
//! In: rows × columns. Out: expected counts and what of a table's own counts is held against them.

/// Row and column totals.
#[derive(Debug, Clone)]
pub(crate) struct Margins {
    pub rows: Vec<u64>,
    pub columns: Vec<u64>,
    pub n: u64,
}

impl Margins {
    /// `None` unless two rows and two columns have events.
    pub(crate) fn of(table: &[Vec<u64>]) -> Option<Margins> {
        let width = table.first()?.len();
        if table.iter().any(|row| row.len() != width) {
            return None;
        }
        let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> = (0..width).map(|at| table.iter().map(|row| row[at]).sum()).collect();
        let n = rows.iter().sum();
        let margins = Margins { rows, columns, n };
        (margins.rows_used() > 1 && margins.columns_used() > 1).then_some(margins)
    }

    /// Rows that have events.
    pub(crate) fn rows_used(&self) -> u64 {
        self.rows.iter().filter(|total| **total > 0).count() as u64
    }

    /// Columns that have events.
    pub(crate) fn columns_used(&self) -> u64 {
        self.columns.iter().filter(|total| **total > 0).count() as u64
    }

    /// Expected count of a cell.
    pub(crate) fn expected(&self, row: usize, column: usize) -> f64 {
        self.rows[row] as f64 * (self.columns[column] as f64 / self.n as f64)
    }

    /// χ² of a table with these margins.
    pub(crate) fn statistic(&self, table: &[Vec<u64>]) -> f64 {
        let mut sum = 0.0;
        for (row, column) in self.cells() {
            let expected = self.expected(row, column);
            let difference = table[row][column] as f64 - expected;
            sum += difference * difference / expected;
        }
        sum
    }

    /// Cells in rows and columns that have events.
    fn cells(&self) -> impl Iterator<Item = (usize, usize)> {
        let used = |totals: &[u64], at: usize| totals[at] > 0;
        (0..self.rows.len())
            .flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)))
            .filter(move |(row, column)| used(&self.rows, *row) && used(&self.columns, *column))
    }

    /// Cochran's rule: at most 20 % of expected counts under 5, none under 1; decided in whole numbers.
    pub(crate) fn expected_are_enough(&self) -> bool {
        let under = |limit: u128, row: usize, column: usize| {
            u128::from(self.rows[row]) * u128::from(self.columns[column]) < limit * u128::from(self.n)
        };
        let cells: Vec<(usize, usize)> = self.cells().collect();
        let under_five = cells.iter().filter(|(row, column)| under(5, *row, *column)).count();
        5 * under_five <= cells.len() && !cells.iter().any(|(row, column)| under(1, *row, *column))
    }

    /// (O − E) / √(E (1 − row share)(1 − column share)).
    pub(crate) fn residuals(&self, table: &[Vec<u64>]) -> Vec<Vec<Option<f64>>> {
        let n = self.n as f64;
        let mut residuals: Vec<Vec<Option<f64>>> = table.iter().map(|row| vec![None; row.len()]).collect();
        for (row, column) in self.cells() {
            let expected = self.expected(row, column);
            let rest = ((self.n - self.rows[row]) as f64 / n) * ((self.n - self.columns[column]) as f64 / n);
            residuals[row][column] = Some((table[row][column] as f64 - expected) / (expected * rest).sqrt());
        }
        residuals
    }
}
