//! A reader who has all tables of a report, adds up and compares them.
//!
//! In: a published folder's `tables/*.csv`, and what the job says of each measure. Out: what the reader can work out of
//! each hidden count. Never: anything that the program says of itself.
//!
//! The reader thinks of all combinations of unit, kinds, answer and step of time: each printed count is a sum over some of
//! them, none is negative, and where a mark stands there is one event at least, as zeros are printed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::world::{ANSWERS, GROUPS, KINDS, Measure, UNITS, World, YEARS, group_of};
use crate::kit::{Run, Sheet};

/// The combinations that a count is of.
pub type Cells = BTreeSet<usize>;

/// What a count is restricted to; `None`: nothing.
#[derive(Debug, Clone, Default)]
pub struct Fits {
    pub units: Option<BTreeSet<usize>>,
    /// Any of these kinds.
    pub kinds: Vec<(BTreeSet<usize>, bool)>,
    pub answers: Option<BTreeSet<usize>>,
    pub years: Option<Range<usize>>,
    pub year: Option<usize>,
    /// Months of the year, from 0.
    pub months: Option<Range<usize>>,
}

impl Fits {
    /// Restricts by a column of the job and labels; false if it knows no such column.
    pub fn and(&mut self, column: &str, labels: &[&str], is_in: bool) -> bool {
        let of = |all: &[&str]| -> BTreeSet<usize> {
            (0..all.len()).filter(|index| labels.contains(&all[*index]) == is_in).collect()
        };
        let narrowed = |old: &Option<BTreeSet<usize>>, new: BTreeSet<usize>| match old {
            Some(old) => Some(old & &new),
            None => Some(new),
        };
        match column {
            "enhet" => self.units = narrowed(&self.units, of(&UNITS)),
            "avd" => {
                let of_groups =
                    (0..UNITS.len()).filter(|unit| labels.contains(&GROUPS[group_of(*unit)]) == is_in).collect();
                self.units = narrowed(&self.units, of_groups);
            }
            "ivo" => self.answers = narrowed(&self.answers, of(&ANSWERS)),
            "typ" => {
                let kinds = (0..KINDS.len()).filter(|kind| labels.contains(&KINDS[*kind])).collect();
                self.kinds.push((kinds, is_in));
            }
            _ => return false,
        }
        true
    }

    fn holds(&self, world: &World, cell: usize) -> bool {
        let [unit, kinds, answer, step] = world.place(cell);
        let kinds = &world.patterns[kinds];
        let months = step % world.steps * (12 / world.steps);
        let year = step / world.steps;
        self.units.as_ref().is_none_or(|units| units.contains(&unit))
            && self.kinds.iter().all(|(any, is_in)| kinds.iter().any(|kind| any.contains(kind)) == *is_in)
            && self.answers.as_ref().is_none_or(|answers| answers.contains(&answer))
            && self.year.is_none_or(|own| own == year)
            && self.years.as_ref().is_none_or(|years| years.contains(&year))
            && self.months.as_ref().is_none_or(|own| own.contains(&months))
    }

    pub fn cells(&self, world: &World) -> Cells {
        (0..world.len()).filter(|cell| self.holds(world, *cell)).collect()
    }
}

/// What is printed of sets of combinations: a number, or a mark.
#[derive(Default)]
pub struct Reader {
    pub printed: BTreeMap<Cells, i64>,
    /// With where each stands.
    pub hidden: BTreeMap<Cells, String>,
}

impl Reader {
    pub fn of(world: &World, measures: &[Measure], run: &Run) -> Reader {
        let mut reader = Reader::default();
        for measure in measures {
            for (stem, each) in measure.tables() {
                let path = run.folder.join("tables").join(format!("{stem}.csv"));
                if path.exists() {
                    reader.read(world, measure, &each, &Sheet::read(&path), &stem);
                }
            }
        }
        let printed = std::mem::take(&mut reader.printed);
        reader.hidden.retain(|cells, _| !printed.contains_key(cells));
        reader.printed = printed;
        reader
    }

    fn read(&mut self, world: &World, measure: &Measure, each: &Fits, sheet: &Sheet, stem: &str) {
        for record in &sheet.records {
            let Some(row) = of_row(measure, each, sheet, record) else { continue };
            for (column, key) in sheet.header.iter().enumerate().skip(sheet.labels()) {
                let Some(fits) = of_column(measure, &row, key) else { continue };
                let place = format!("{stem} {:?} {key}", &record[..sheet.labels()]);
                self.keep(fits.cells(world), &record[column], place);
            }
        }
    }

    pub fn keep(&mut self, cells: Cells, text: &str, place: String) {
        if let Ok(number) = text.parse() {
            let before = *self.printed.entry(cells).or_insert(number);
            assert_eq!(before, number, "{place}: printed twice, and differently");
        } else if text == ".." {
            self.hidden.entry(cells).or_insert(place);
        }
    }

    /// What is found out of hidden counts to less than a width of four: where each stands, and between what it is.
    pub fn finds(&self, world: &World) -> Vec<(String, f64, f64)> {
        let zeros: Cells =
            self.printed.iter().filter(|(_, number)| **number == 0).flat_map(|(cells, _)| cells).copied().collect();
        let mut seen: BTreeMap<&Cells, (f64, f64)> =
            self.hidden.keys().map(|cells| (cells, (f64::INFINITY, f64::NEG_INFINITY))).collect();
        let mut found = Vec::new();
        for (cells, place) in &self.hidden {
            for direction in [OptimizationDirection::Maximize, OptimizationDirection::Minimize] {
                if width(seen[cells]) < 4.0 {
                    self.push(world, &zeros, cells, direction, &mut seen);
                }
            }
            let (lower, upper) = seen[cells];
            if width((lower, upper)) < 4.0 {
                found.push((place.clone(), lower, upper));
            }
        }
        found
    }

    fn push<'s>(
        &'s self,
        world: &World,
        zeros: &Cells,
        target: &Cells,
        direction: OptimizationDirection,
        seen: &mut BTreeMap<&'s Cells, (f64, f64)>,
    ) {
        let mut problem = Problem::new(direction);
        let variables: Vec<Option<Variable>> = (0..world.len())
            .map(|cell| {
                let wanted = f64::from(u8::from(target.contains(&cell)));
                (!zeros.contains(&cell)).then(|| problem.add_var(wanted, (0.0, 100_000.0)))
            })
            .collect();
        let terms = |cells: &Cells| -> Vec<(Variable, f64)> {
            cells.iter().filter_map(|cell| Some((variables[*cell]?, 1.0))).collect()
        };
        for (cells, number) in self.printed.iter().filter(|(_, number)| **number > 0) {
            problem.add_constraint(terms(cells), ComparisonOp::Eq, *number as f64);
        }
        for cells in self.hidden.keys() {
            problem.add_constraint(terms(cells), ComparisonOp::Ge, 1.0);
        }
        let solution = problem.solve().expect("the true numbers fit").into_solution().expect("no limit was set");
        for (cells, (lower, upper)) in seen.iter_mut() {
            let value: f64 = cells.iter().filter_map(|cell| Some(solution.var_value(variables[*cell]?))).sum();
            (*lower, *upper) = (lower.min(value), upper.max(value));
        }
    }
}

/// Between whole numbers.
fn width((lower, upper): (f64, f64)) -> f64 {
    (upper + 1e-6).floor() - (lower - 1e-6).ceil()
}

/// What the labels of a row say; `None` where it repeats another row.
fn of_row(measure: &Measure, each: &Fits, sheet: &Sheet, record: &[String]) -> Option<Fits> {
    let mut fits = each.clone();
    let mut before = "";
    for (header, label) in sheet.header.iter().zip(record).take(sheet.labels()) {
        let header = if header == "rad" { before } else { header.as_str() };
        let column = match header {
            "Avdelning" => "avd",
            "Enhet" => "enhet",
            "Typ" => "typ",
            "IVO" => "ivo",
            _ => header,
        };
        let is_known = label == "Totalt" || label.is_empty() || fits.and(column, &[label], true);
        if !is_known && column != "Andel" && column != "of" {
            time(&mut fits, column, label)?;
        }
        before = header;
    }
    if measure.family == "cube" && fits.year.is_none() {
        fits.years = Some(0..YEARS.len());
    }
    Some(fits)
}

fn time(fits: &mut Fits, header: &str, label: &str) -> Option<()> {
    let year = |text: &str| YEARS.iter().position(|year| year.to_string() == text);
    if let Some((of, quarter)) = label.split_once(" kvartal ") {
        fits.year = Some(year(of)?);
        fits.months = Some(months(quarter.parse().ok()?, 3));
    } else if let Some((of, month)) = label.split_once('-') {
        fits.year = Some(year(of)?);
        fits.months = Some(months(month.parse().ok()?, 1));
    } else if let Some(of) = year(label) {
        fits.year = Some(of);
    } else {
        fits.months = Some(months(label.parse().ok()?, if header == "Kvartal" { 3 } else { 1 }));
    }
    Some(())
}

fn months(number: usize, of: usize) -> Range<usize> {
    of * (number - 1)..of * number
}

/// What a column adds to a row; `None` if it holds no count.
fn of_column(measure: &Measure, row: &Fits, key: &str) -> Option<Fits> {
    let mut fits = row.clone();
    let (is_previous, key) =
        key.strip_prefix("previous").map_or((false, key), |rest| (true, rest.trim_start_matches('_')));
    match key {
        "" | "current" | "total" | "count" | "numerator" | "denominator" => {}
        "value" if measure.family == "spc" && measure.line.is_none() => {}
        _ => {
            let (column, label) = key.split_once('=')?;
            fits.and(column, &[label], true).then_some(())?;
        }
    }
    if let Some((whole, part)) = &measure.line {
        whole
            .iter()
            .chain(part.iter().filter(|_| key == "numerator"))
            .for_each(|condition| condition.narrow(&mut fits));
    }
    if fits.year.is_none() && fits.years.is_none() {
        fits.year = Some(if is_previous { 0 } else { 1 });
    }
    Some(fits)
}
