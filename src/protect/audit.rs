//! The attack on what is about to be published, from the printed numbers alone.
//!
//! In: each number as printed, `None` where a mark stands, and the equations that a reader knows. Out: the numbers that
//! a reader could work out to less than is needed. Written without the search's own arithmetic (no truth, no deviations,
//! no flow), so that a mistake there cannot hide itself here.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, Variable};

use super::system::Equation;

/// What a reader sees and knows.
#[derive(Debug, Clone, Default)]
pub(super) struct Published {
    /// The printed numbers; `None`: hidden, or never printed.
    pub numbers: Vec<Option<i64>>,
    /// Those that stand in print as a mark.
    pub marked: Vec<usize>,
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

/// Marked numbers whose feasible interval is narrower than `need`.
///
/// A solver that gives up counts as an attacker that got through.
pub(super) fn fallen(published: &Published, need: f64) -> Vec<Fallen> {
    let parts = Parts::of(published);
    let mut seen = vec![(f64::INFINITY, f64::NEG_INFINITY); published.numbers.len()];
    let mut found = Vec::new();
    for number in &published.marked {
        for direction in [OptimizationDirection::Maximize, OptimizationDirection::Minimize] {
            let (lower, upper) = seen[*number];
            if upper - lower < need - 1e-6 {
                parts.fill(published, *number, direction, &mut seen);
            }
        }
        let (lower, upper) = seen[*number];
        if upper - lower < need - 1e-6 || upper < lower {
            found.push(Fallen { number: *number, lower, upper });
        }
    }
    found
}

/// Which equations belong together through what is hidden.
struct Parts {
    /// Per number: its part, if it is unknown.
    of_number: Vec<usize>,
    equations: Vec<Vec<usize>>,
    numbers: Vec<Vec<usize>>,
}

impl Parts {
    fn of(published: &Published) -> Parts {
        let count = published.numbers.len();
        let mut of_number: Vec<usize> = (0..count).collect();
        let is_unknown = |number: usize| published.numbers[number].is_none();
        // Labels are lowered until nothing changes: few rounds, as tables are shallow.
        let mut changes = true;
        while changes {
            changes = false;
            for equation in &published.equations {
                let unknown = equation.iter().map(|(number, _)| *number).filter(|number| is_unknown(*number));
                let Some(lowest) = unknown.clone().map(|number| of_number[number]).min() else { continue };
                for number in unknown {
                    changes |= of_number[number] != lowest;
                    of_number[number] = lowest;
                }
            }
        }
        let (mut equations, mut numbers) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (index, equation) in published.equations.iter().enumerate() {
            if let Some((number, _)) = equation.iter().find(|(number, _)| is_unknown(*number)) {
                equations[of_number[*number]].push(index);
            }
        }
        (0..count).filter(|number| is_unknown(*number)).for_each(|number| numbers[of_number[number]].push(number));
        Parts { of_number, equations, numbers }
    }

    /// Finds a filling that fits with the number as large or small as can be, and widens what has been seen by it.
    fn fill(&self, published: &Published, number: usize, direction: OptimizationDirection, seen: &mut [(f64, f64)]) {
        let part = self.of_number[number];
        let mut problem = Problem::new(direction);
        let variable =
            |other: &usize| (*other, problem.add_var(f64::from(u8::from(*other == number)), (0.0, f64::INFINITY)));
        let variables: std::collections::BTreeMap<usize, Variable> = self.numbers[part].iter().map(variable).collect();
        for equation in &self.equations[part] {
            let equation = &published.equations[*equation];
            let known: i64 =
                equation.iter().filter_map(|(other, times)| Some(times * published.numbers[*other]?)).sum();
            let unknown = equation.iter().filter_map(|(other, times)| Some((*variables.get(other)?, *times as f64)));
            problem.add_constraint(unknown, ComparisonOp::Eq, -known as f64);
        }
        match problem.solve().map(|outcome| outcome.into_solution()) {
            Ok(Ok(solution)) => {
                for (other, variable) in variables {
                    let value = solution.var_value(variable);
                    seen[other] = (seen[other].0.min(value), seen[other].1.max(value));
                }
            }
            Err(Error::Unbounded) if direction == OptimizationDirection::Maximize => seen[number].1 = f64::INFINITY,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(numbers: &[Option<i64>]) -> Published {
        let marked = (0..numbers.len()).filter(|number| numbers[*number].is_none()).collect();
        Published { numbers: numbers.to_vec(), marked, equations: vec![vec![(0, 1), (1, 1), (2, -1)]] }
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
}
