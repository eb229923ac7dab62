//! An attack on what a run with small counts hidden publishes, from its files alone.
//!
//! In: printed tables, and which of their cells add up. Out: what a reader can work out of a hidden cell, by linear
//! programming. Never: the program's own proof, or what it says of its tables.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

use super::bench::{Bench, Run};
use super::read::Sheet;

/// Numbers that look random and are the same in each run.
pub struct Dice(u32);

impl Dice {
    pub fn new() -> Dice {
        Dice(2_463_534_242)
    }

    pub fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % most
    }
}

/// One reported event of [`events`].
pub struct Event {
    pub number: u32,
    pub year: i32,
    pub month: u32,
    pub unit: &'static str,
}

/// An export of years of months: of each unit so many events at least, and fewer than so many more. `line` writes the
/// fields after the number, or nothing of an event that was not reported.
pub fn events(
    header: &str,
    years: std::ops::RangeInclusive<i32>,
    units: &[(&'static str, u32, u32)],
    line: impl Fn(&Event, &mut Dice) -> Option<String>,
) -> String {
    let (mut text, mut dice, mut number) = (format!("{header}\n"), Dice::new(), 0);
    for (year, month) in years.flat_map(|year| (1..=12).map(move |month| (year, month))) {
        for &(unit, least, more) in units {
            for _ in 0..least + dice.below(more) {
                let event = Event { number: number + 1, year, month, unit };
                if let Some(fields) = line(&event, &mut dice) {
                    number = event.number;
                    text.push_str(&format!("{number};{fields}\n"));
                }
            }
        }
    }
    text
}

/// A job with small counts hidden, and the same with all shown.
pub struct Pair {
    pub protected: Run,
    pub open: Run,
}

impl Pair {
    /// A case of `tests/cases/bench` whose export is `a.csv`.
    pub fn of(case: &str, export: &str) -> Pair {
        let run = |protection: &str| {
            let bench = Bench::case(case);
            bench.write("a.csv", export).edit_job("[protect]\n", protection);
            bench.run()
        };
        Pair { protected: run("[protect]\n"), open: run("") }
    }

    /// Nothing small is printed in the columns that count, and what is printed is true.
    pub fn compare(&self, name: &str, is_count: impl Fn(&str) -> bool) -> Compared {
        compare(&self.open.table(name), &self.protected.table(name), is_count)
    }
}

/// Counts under five of the open table, all marks of the other one, and its counts that are shown.
#[derive(Debug, Default, Clone, Copy)]
pub struct Compared {
    pub small: usize,
    pub hidden: usize,
    pub shown: usize,
}

impl std::iter::Sum for Compared {
    fn sum<I: Iterator<Item = Compared>>(all: I) -> Compared {
        all.fold(Compared::default(), |sum, one| Compared {
            small: sum.small + one.small,
            hidden: sum.hidden + one.hidden,
            shown: sum.shown + one.shown,
        })
    }
}

/// What depends on how many tests are shown.
const ADJUSTED: [&str; 2] = ["p_adjusted", "development"];

/// Nothing small is printed in the columns that count, and what is printed anywhere is true.
pub fn compare(truth: &Sheet, masked: &Sheet, is_count: impl Fn(&str) -> bool) -> Compared {
    assert_eq!(masked.header, truth.header);
    let mut compared = Compared::default();
    for record in &truth.records {
        let printed = masked.same(&record[..truth.labels()]);
        for (column, key) in truth.header.iter().enumerate().skip(truth.labels()) {
            let (cell, number) = (&printed[column], record[column].parse::<i64>().ok());
            let is_small = is_count(key) && number.is_some_and(|number| 0 < number && number < 5);
            assert!(!is_small || cell == "..", "{key} {record:?}: {printed:?}");
            let is_true = cell == ".." || *cell == record[column] || (cell.is_empty() && !is_count(key));
            assert!(is_true || ADJUSTED.contains(&key.as_str()), "{key} {record:?}: {printed:?}");
            compared.small += usize::from(is_small);
            compared.hidden += usize::from(cell == "..");
            compared.shown += usize::from(is_count(key) && number.is_some() && *cell == record[column]);
        }
    }
    compared
}

/// Where one of the counts of a record is a mark, nothing of what is told of them stands. How many such records there are.
pub fn goes_with(sheet: &Sheet, counts: &[&str], told: &[&str]) -> usize {
    let hides = |record: &&Vec<String>| counts.iter().any(|key| sheet.field(record, key) == "..");
    let hidden = sheet.records.iter().filter(hides);
    let silent = |record: &Vec<String>| {
        told.iter().for_each(|key| assert!(["..", ""].contains(&sheet.field(record, key)), "{key}: {record:?}"));
    };
    hidden.inspect(|record| silent(record)).count()
}

/// A number that is printed or hidden: a row and a column, a unit and a step.
pub type Cell = (String, String);

/// What is printed, and what adds up.
#[derive(Default)]
pub struct Attacker {
    numbers: BTreeMap<Cell, Option<f64>>,
    /// Parts and their whole.
    sums: Vec<(Vec<Cell>, Cell)>,
}

impl Attacker {
    /// What is printed in a cell; a number that is known from elsewhere stays known.
    pub fn keep(&mut self, cell: Cell, text: &str) {
        if let Ok(number) = text.parse::<f64>() {
            self.numbers.insert(cell, Some(number));
        } else if ["..", "*"].contains(&text) {
            self.numbers.entry(cell).or_insert(None);
        }
    }

    pub fn hides(&self, cell: &Cell) -> bool {
        self.numbers.get(cell) == Some(&None)
    }

    pub fn add_up(&mut self, parts: impl IntoIterator<Item = Cell>, whole: Cell) {
        self.sums.push((parts.into_iter().collect(), whole));
    }

    /// Rows add up to the last one, and columns to the last of those asked for.
    pub fn two_way(&mut self, sheet: &Sheet, columns: &[&str]) {
        let cell = |row: &String, key: &str| (row.clone(), key.to_string());
        for record in &sheet.records {
            columns.iter().for_each(|key| self.keep(cell(&record[0], key), sheet.field(record, key)));
        }
        let labels: Vec<&String> = sheet.records.iter().map(|record| &record[0]).collect();
        let (total, rows) = labels.split_last().expect("a row of totals");
        let (whole, parts) = columns.split_last().expect("a column of totals");
        for key in columns {
            let known = rows.iter().map(|row| cell(row, key)).filter(|cell| self.numbers.contains_key(cell));
            self.sums.push((known.collect(), cell(total, key)));
        }
        for row in labels {
            let cells: Vec<Cell> = parts.iter().map(|key| cell(row, key)).collect();
            if cells.iter().all(|cell| self.numbers.contains_key(cell)) {
                self.sums.push((cells, cell(row, whole)));
            }
        }
    }

    /// Takes back what was said of cells that do not add up.
    pub fn forget(&mut self, wrong: impl Fn(&[Cell], &Cell) -> bool) {
        self.sums.retain(|(parts, whole)| !wrong(parts, whole));
    }

    /// The smallest and the largest number that a cell can hold, over all fillings that add up and are nowhere negative.
    pub fn interval(&self, target: &Cell) -> [f64; 2] {
        [OptimizationDirection::Minimize, OptimizationDirection::Maximize].map(|direction| self.end(target, direction))
    }

    fn end(&self, target: &Cell, direction: OptimizationDirection) -> f64 {
        let mut problem = Problem::new(direction);
        let mut variables = BTreeMap::new();
        for name in self.sums.iter().flat_map(|(parts, whole)| parts.iter().chain([whole])) {
            let known = self.numbers.get(name).copied().flatten();
            let bounds = known.map_or((0.0, f64::INFINITY), |known| (known, known));
            variables.entry(name).or_insert_with(|| problem.add_var(f64::from(u8::from(name == target)), bounds));
        }
        for (parts, whole) in &self.sums {
            let terms = parts.iter().map(|part| (variables[part], 1.0)).chain([(variables[whole], -1.0)]);
            problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        }
        match problem.solve() {
            Ok(outcome) => outcome.into_solution().expect("solved").objective(),
            Err(Error::Unbounded) => f64::INFINITY,
            Err(error) => panic!("{target:?}: {error:?}"),
        }
    }

    /// Every so many hidden cells are attacked, and none is told closer than it may be. How many are hidden.
    pub fn finds_nothing(&self, every: usize) -> usize {
        let hidden = self.numbers.iter().filter(|(_, number)| number.is_none()).map(|(name, _)| name);
        for name in hidden.clone().step_by(every) {
            let [lower, upper] = self.interval(name);
            assert!(upper - lower >= 4.0 - 1e-6, "{name:?} is between {lower} and {upper}");
        }
        hidden.count()
    }

    /// A cell that is printed would be found if it alone were hidden: the attack itself is worth something.
    pub fn finds_alone(&mut self, cell: &Cell) {
        let truth = self.numbers.insert(cell.clone(), None).flatten().expect("a printed number");
        assert!((self.interval(cell)[1] - truth).abs() < 1e-6, "{cell:?}");
        self.numbers.insert(cell.clone(), Some(truth));
    }
}
