//! The attack on what is about to be published, from the printed numbers alone.
//!
//! In: each number as printed, `None` where a mark stands, and the equations that a reader knows. Out: the numbers that
//! a reader could work out to less than is needed. Written without the search's own arithmetic (no truth, no deviations,
//! no flow), so that a mistake there cannot hide itself here.
//!
//! Every filling that fits is a witness for all numbers at once: what has been seen of a number, small and large, a reader
//! cannot rule out. A number that no witness has shown to be wide is set to a value that would be wide enough, and a filling
//! is sought from the last one on. More unknowns never make a witness false.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, Solution, Variable};

use super::attack::Interval;
use super::basis::follow;
use super::system::Equation;

/// What a reader sees and knows.
#[derive(Debug, Clone, Default)]
pub(super) struct Published {
    /// The printed numbers; `None`: hidden, or never printed.
    pub numbers: Vec<Option<i64>>,
    /// Those that stand in print as a mark.
    pub marked: Vec<usize>,
    /// Hidden numbers that are known to be no less than this; all others are at least 0.
    pub least: BTreeMap<usize, i64>,
    pub equations: Vec<Equation>,
}

impl Published {
    /// `Σ terms ≥ 0`.
    pub(super) fn not_negative(&mut self, mut terms: Equation) {
        terms.push((self.numbers.len(), -1));
        self.numbers.push(None);
        self.equations.push(terms);
    }
}

/// A marked number and the interval that its readers can work out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fallen {
    pub number: usize,
    pub lower: f64,
    pub upper: f64,
}

/// Fillings that fit, each of some numbers that have to do with each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    fillings: Vec<BTreeMap<usize, f64>>,
    /// The smallest and the largest value that each number has been seen to have.
    ends: BTreeMap<usize, (f64, f64)>,
}

impl Seen {
    fn add(&mut self, filling: BTreeMap<usize, f64>) {
        for (number, value) in &filling {
            let (lower, upper) = self.ends.entry(*number).or_insert((*value, *value));
            (*lower, *upper) = (lower.min(*value), upper.max(*value));
        }
        self.fillings.push(filling);
    }

    /// A number has been printed so far, as this.
    pub(super) fn hide(&mut self, number: usize, value: i64) {
        self.ends.insert(number, (value as f64, value as f64));
    }

    /// What is left of it when a number is printed.
    pub(super) fn without(&self, number: usize, value: i64) -> Seen {
        let fits =
            |filling: &&BTreeMap<usize, f64>| filling.get(&number).is_none_or(|own| (own - value as f64).abs() < 1e-9);
        let mut left = Seen::default();
        self.fillings.iter().filter(fits).for_each(|filling| left.add(filling.clone()));
        left
    }

    fn of(&self, number: usize) -> (f64, f64) {
        self.ends.get(&number).copied().unwrap_or((f64::INFINITY, f64::NEG_INFINITY))
    }
}

/// Marked numbers whose feasible interval is narrower than `need`.
///
/// A solver that gives up counts as an attacker that got through.
pub(super) fn fallen(published: &Published, need: f64) -> Vec<Fallen> {
    fallen_but(published, need, &mut Seen::default())
}

/// The same, with what witnesses have shown before, of these numbers or of fewer unknown ones.
pub(super) fn fallen_but(published: &Published, need: f64, seen: &mut Seen) -> Vec<Fallen> {
    let Some(reduced) = Reduced::of(published) else {
        let whole = |number: &usize| Fallen { number: *number, lower: 0.0, upper: 0.0 };
        return published.marked.iter().map(whole).collect();
    };
    let mut found = Vec::new();
    for part in reduced.parts() {
        let mut attack = Attack { part, need, seen };
        found.extend(attack.narrow());
    }
    found.extend(published.marked.iter().filter_map(|number| {
        let value = reduced.values[*number]? as f64;
        Some(Fallen { number: *number, lower: value, upper: value })
    }));
    found.sort_by_key(|fallen| fallen.number);
    found
}

/// The whole numbers between which each marked number lies for all that a reader knows, within bounds that are known to
/// hold. What is more than any count is no limit.
pub(super) fn intervals(published: &Published, bounds: &BTreeMap<usize, Interval>) -> BTreeMap<usize, Interval> {
    const FAR: f64 = 1e7;
    let mut seen = Seen::default();
    let mut told = bounds.clone();
    for part in Reduced::of(published).iter().flat_map(Reduced::parts) {
        let marked = part.marked.clone();
        let mut attack = Attack { part, need: 0.0, seen: &mut seen };
        let Some(start) = attack.start() else { continue };
        for number in marked {
            let Some(interval) = told.get_mut(&number) else { continue };
            let least = published.least.get(&number).map_or(0.0, |least| *least as f64);
            let (lower, upper) = attack.ends(number);
            interval.lower = attack.nearest(&start, number, lower, interval.lower.ceil().max(least));
            let far = attack.nearest(&start, number, upper, interval.upper.map_or(FAR, f64::floor));
            interval.upper = (far < FAR).then_some(far);
        }
    }
    told
}

/// Whether there is a filling at all.
pub(super) fn fits(published: &Published) -> bool {
    let Some(reduced) = Reduced::of(published) else { return false };
    reduced.parts().iter().all(|part| {
        let (problem, _) = problem(published, &part.rows);
        !matches!(problem.solve(), Err(Error::Infeasible))
    })
}

/// The equations in which something is unknown, when all that follows at sight has been put in (`Σ terms = right side`):
/// those that have nothing to do with each other apart.
pub(super) fn parts(published: &Published) -> Vec<Vec<(Equation, i64)>> {
    let reduced = Reduced::of(published);
    reduced.iter().flat_map(Reduced::parts).map(|part| part.rows).collect()
}

/// A programme without a goal over what is unknown in some equations.
pub(super) fn problem(published: &Published, rows: &[(Equation, i64)]) -> (Problem, BTreeMap<usize, Variable>) {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
    for (terms, right) in rows {
        let mut sum = LinearExpr::empty();
        for (other, times) in terms {
            let least = || published.least.get(other).map_or(0.0, |least| *least as f64);
            let variable = *variables.entry(*other).or_insert_with(|| problem.add_var(0.0, (least(), f64::INFINITY)));
            sum.add(variable, *times as f64);
        }
        problem.add_constraint(sum, ComparisonOp::Eq, *right as f64);
    }
    (problem, variables)
}

/// What is left of the equations when all that follows at sight has been put in.
struct Reduced<'a> {
    published: &'a Published,
    /// Printed, or worked out.
    values: Vec<Option<i64>>,
    /// Equations between what is left: `Σ terms = right side`.
    rows: Vec<(Equation, i64)>,
    /// Unknowns that stand in the same equations as an earlier one, to which all of them come together.
    is_double: Vec<bool>,
}

impl<'a> Reduced<'a> {
    /// `None` if the numbers contradict one another.
    fn of(published: &'a Published) -> Option<Reduced<'a>> {
        let mut values = published.numbers.clone();
        let mut left: Vec<&Equation> = published.equations.iter().collect();
        loop {
            let before = left.len();
            let mut still = Vec::with_capacity(before);
            for equation in left {
                if !put_in(published, &mut values, equation)? {
                    still.push(equation);
                }
            }
            left = still;
            if left.len() == before {
                break;
            }
        }
        let rows: Vec<(Equation, i64)> = left.iter().map(|equation| remaining(&values, equation)).collect();
        let is_double = doubles(published, &rows);
        Some(Reduced { published, values, rows, is_double })
    }

    /// Unknowns that equations join, with those equations.
    fn parts(&self) -> Vec<Part<'a>> {
        let count = self.values.len();
        let mut parent: Vec<usize> = (0..count).collect();
        for (terms, _) in &self.rows {
            for (number, _) in terms {
                let (one, other) = (root(&mut parent, terms[0].0), root(&mut parent, *number));
                parent[one.max(other)] = one.min(other);
            }
        }
        let new = || Part { published: self.published, rows: Vec::new(), marked: Vec::new() };
        let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
        for (terms, right) in &self.rows {
            let kept: Equation = terms.iter().filter(|(number, _)| !self.is_double[*number]).copied().collect();
            let part = parts.entry(root(&mut parent, terms[0].0)).or_insert_with(new);
            part.rows.push((kept, *right));
        }
        for number in self.published.marked.iter().filter(|number| self.values[**number].is_none()) {
            // A number that no equation holds has no limit.
            if let Some(part) = parts.get_mut(&root(&mut parent, *number)) {
                part.marked.push(*number);
            }
        }
        let mut parts: Vec<Part> = parts.into_values().collect();
        for part in &mut parts {
            let mut follows = follow(&part.rows).into_iter();
            part.rows.retain(|_| follows.next() != Some(true));
        }
        parts
    }
}

fn root(parent: &mut [usize], mut number: usize) -> usize {
    while parent[number] != number {
        parent[number] = parent[parent[number]];
        number = parent[number];
    }
    number
}

fn remaining(values: &[Option<i64>], equation: &Equation) -> (Equation, i64) {
    let known: i64 = equation.iter().filter_map(|(number, times)| Some(times * values[*number]?)).sum();
    (equation.iter().filter(|(number, _)| values[*number].is_none()).copied().collect(), -known)
}

/// Works out what one equation tells at once; true if it tells no more, `None` if it cannot hold.
fn put_in(published: &Published, values: &mut [Option<i64>], equation: &Equation) -> Option<bool> {
    let (terms, right) = remaining(values, equation);
    let least = |number: usize| published.least.get(&number).copied().unwrap_or(0);
    match terms.as_slice() {
        [] => (right == 0).then_some(true),
        [(number, times)] => {
            let value = right / times;
            values[*number] = Some(value);
            (value * times == right && value >= least(*number)).then_some(true)
        }
        _ => {
            let at_least: i64 = terms.iter().map(|(number, times)| times * least(*number)).sum();
            let is_one_way = terms.iter().all(|(_, times)| (*times > 0) == (terms[0].1 > 0));
            if is_one_way && at_least == right {
                terms.iter().for_each(|(number, _)| values[*number] = Some(least(*number)));
            }
            Some(is_one_way && at_least == right)
        }
    }
}

fn doubles(published: &Published, rows: &[(Equation, i64)]) -> Vec<bool> {
    let mut columns: Vec<Vec<(usize, i64)>> = vec![Vec::new(); published.numbers.len()];
    for (row, (terms, _)) in rows.iter().enumerate() {
        terms.iter().for_each(|(number, times)| columns[*number].push((row, *times)));
    }
    let mut is_double = vec![false; columns.len()];
    let mut met = std::collections::BTreeSet::new();
    let is_marked: std::collections::BTreeSet<&usize> = published.marked.iter().collect();
    for (number, column) in columns.iter().enumerate() {
        let is_plain = !is_marked.contains(&number) && !published.least.contains_key(&number);
        is_double[number] = is_plain && !column.is_empty() && !met.insert(column);
    }
    is_double
}

/// Equations that have nothing to do with the others.
struct Part<'a> {
    published: &'a Published,
    rows: Vec<(Equation, i64)>,
    marked: Vec<usize>,
}

struct Attack<'a, 's> {
    part: Part<'a>,
    need: f64,
    seen: &'s mut Seen,
}

impl Attack<'_, '_> {
    /// Counts are whole: the width between the whole numbers that have been seen to be within.
    fn is_wide(&self, number: usize) -> bool {
        let (lower, upper) = self.seen.of(number);
        (upper + 1e-6).floor() - (lower - 1e-6).ceil() >= self.need
    }

    fn left(&self) -> Vec<usize> {
        self.part.marked.iter().copied().filter(|number| !self.is_wide(*number)).collect()
    }

    /// What no witness has shown to be wide is attacked number by number.
    fn narrow(&mut self) -> Vec<Fallen> {
        let left = self.left();
        if left.is_empty() {
            return Vec::new();
        }
        let start = self.start();
        let mut found = Vec::new();
        for number in left {
            if let Some(start) = &start {
                self.widen(start, number);
            }
            if !self.is_wide(number) {
                let (lower, upper) = self.ends(number);
                found.push(Fallen { number, lower, upper });
            }
        }
        found
    }

    /// Some filling, from which others are sought.
    fn start(&mut self) -> Option<Start> {
        let (problem, variables) = problem(self.part.published, &self.part.rows);
        let start = Start { solution: problem.solve().ok()?.into_solution().ok()?, variables };
        self.seen.add(values(&start.solution, &start.variables));
        Some(start)
    }

    /// The whole numbers within what has been seen.
    fn ends(&self, number: usize) -> (f64, f64) {
        let (lower, upper) = self.seen.of(number);
        ((lower - 1e-6).ceil(), (upper + 1e-6).floor())
    }

    /// Whether there is a filling in which a number has this value.
    fn can_be(&mut self, start: &Start, number: usize, value: f64) -> bool {
        let least = self.part.published.least.get(&number).map_or(0.0, |least| *least as f64);
        let moved = (value >= least).then(|| start.solution.clone().fix_var(start.variables[&number], value).ok());
        let Some(moved) = moved.flatten().and_then(|outcome| outcome.into_solution().ok()) else { return false };
        self.seen.add(values(&moved, &start.variables));
        true
    }

    /// Tries whole numbers around what has been seen: as far off as is needed at first, then step by step. The values that
    /// a number can have lie without a gap, so that what lies beyond one that it cannot have need not be tried.
    fn widen(&mut self, start: &Start, number: usize) {
        let (lower, upper) = self.ends(number);
        if self.is_wide(number)
            || self.can_be(start, number, lower + self.need)
            || self.can_be(start, number, upper - self.need)
        {
            return;
        }
        while !self.is_wide(number) && self.can_be(start, number, self.ends(number).1 + 1.0) {}
        while !self.is_wide(number) && self.can_be(start, number, self.ends(number).0 - 1.0) {}
    }

    /// The value nearest to `wanted` that a number can have, from one that it can.
    fn nearest(&mut self, start: &Start, number: usize, mut within: f64, wanted: f64) -> f64 {
        if within == wanted || self.can_be(start, number, wanted) {
            return wanted;
        }
        let mut beyond = wanted;
        // What is not unlimited is seldom far off: longer and longer steps, then halves.
        let mut step = (wanted - within).signum();
        while (beyond - within).abs() > 1.0 {
            let half = ((beyond - within) / 2.0).round();
            let between = within + if step.abs() < half.abs() { step } else { half };
            if self.can_be(start, number, between) {
                within = between;
                step *= 2.0;
            } else {
                beyond = between;
                step = f64::INFINITY;
            }
        }
        within
    }
}

/// A filling, and how to go on from it.
struct Start {
    solution: Solution,
    variables: BTreeMap<usize, Variable>,
}

fn values(solution: &Solution, variables: &BTreeMap<usize, Variable>) -> BTreeMap<usize, f64> {
    variables.iter().map(|(number, variable)| (*number, solution.var_value(*variable))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(numbers: &[Option<i64>]) -> Published {
        let marked = (0..numbers.len()).filter(|number| numbers[*number].is_none()).collect();
        let equations = vec![vec![(0, 1), (1, 1), (2, -1)]];
        Published { numbers: numbers.to_vec(), marked, equations, ..Published::default() }
    }

    #[test]
    fn a_lone_mark_beside_its_total_falls() {
        let found = fallen(&published(&[None, Some(9), Some(12)]), 4.0);
        assert_eq!(found, [Fallen { number: 0, lower: 3.0, upper: 3.0 }]);
    }

    #[test]
    fn two_marks_under_a_small_total_fall_and_under_a_larger_one_stand() {
        assert_eq!(fallen(&published(&[None, None, Some(3)]), 4.0).len(), 2);
        assert_eq!(fallen(&published(&[None, None, Some(4)]), 4.0), []);
        assert_eq!(fallen(&published(&[None, Some(2), None]), 4.0), []);
    }

    #[test]
    fn who_knows_that_no_mark_is_a_zero_knows_more() {
        let mut two = published(&[None, None, Some(5)]);
        assert_eq!(fallen(&two, 4.0), []);
        two.least = [(0, 1), (1, 1)].into();
        let expected = [(1.0, 4.0); 2];
        assert_eq!(fallen(&two, 4.0).iter().map(|fallen| (fallen.lower, fallen.upper)).collect::<Vec<_>>(), expected);
        two.numbers[2] = Some(2);
        assert_eq!(fallen(&two, 4.0).len(), 2, "one each");
        two.numbers[2] = Some(6);
        assert_eq!(fallen(&two, 4.0), []);
    }

    #[test]
    fn numbers_that_contradict_one_another_fall() {
        assert!(!fits(&published(&[Some(3), Some(4), Some(8)])));
        assert!(fits(&published(&[Some(3), Some(4), Some(7)])));
        let mut all = published(&[None, Some(4), Some(3)]);
        assert!(!fits(&all));
        assert_eq!(fallen(&all, 4.0).len(), 1);
        all.numbers[2] = Some(4);
        assert!(fits(&all));
    }
}
