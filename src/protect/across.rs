//! All tables of a report at once: what a reader who adds up and compares them can work out, and what to hide so that
//! nobody can.
//!
//! In: the [`Model`] of a report, and what is hidden of it. Out: a [`Joint`], which says what is known of the printed
//! numbers beyond the equations that stand in one table: each count is a sum over atoms. [`Joint::mend`] hides, for every
//! number that falls, the cheapest printed ones that move with it, until the attack finds nothing.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, Solution, Variable};

use super::atoms::Atoms;
use super::attack::Interval;
use super::audit::{self, Fallen, Published, Seen};
use super::model::Model;
use super::proof::{Proved, Reason};
use super::quantity::Quantity;
use super::region::{Belief, Hit, IN, Region, Space};
use super::system::{Equation, Rank};
use crate::job::plan::{Plan, SourcePlan};

/// What a reader knows of the numbers of a report, whatever is hidden of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Joint {
    /// After the numbers of the model: those that are printed and not protected, the others with no value.
    others: Vec<Option<i64>>,
    equations: Vec<Equation>,
    /// Numbers of the model that are printed in any case.
    known: BTreeSet<usize>,
    /// Zeros may be hidden, so that a mark may stand for one.
    hides_zeros: bool,
}

/// Hidden numbers by their index in the system.
pub(super) type Proofs = BTreeMap<usize, (Reason, Interval)>;

/// Numbers that fall even if everything around them is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Beyond(pub Vec<usize>);

impl Joint {
    pub(super) fn of(plan: &Plan, model: &Model, hides_zeros: bool) -> Joint {
        let mut joint = Joint { equations: model.system.equations.clone(), hides_zeros, ..Joint::default() };
        for source in &plan.sources {
            let counts = joint.counts(model, source);
            if !counts.is_empty() {
                joint.add(plan, model, source, &counts);
            }
        }
        joint
    }

    fn add_other(&mut self, model: &Model, value: Option<i64>) -> usize {
        self.others.push(value);
        model.system.cells.len() + self.others.len() - 1
    }

    /// The counts of a source, each with its number.
    fn counts<'m>(&mut self, model: &'m Model, source: &SourcePlan) -> Vec<(&'m Quantity, usize)> {
        let is_own = |quantity: &Quantity| quantity.source == source.name;
        let mut counts: BTreeMap<&Quantity, usize> = model
            .index
            .iter()
            .filter(|(quantity, _)| is_own(quantity))
            .map(|(quantity, number)| (quantity, *number))
            .collect();
        for (quantity, value) in model.exempt.iter().filter(|(quantity, _)| is_own(quantity)) {
            match counts.get(quantity) {
                Some(number) => drop(self.known.insert(*number)),
                None => drop(counts.insert(quantity, self.add_other(model, Some(*value)))),
            }
        }
        for (number, [all, some]) in model.differences.iter().filter(|(_, [all, _])| is_own(all)) {
            let of = [all, some].map(|quantity| *counts.entry(quantity).or_insert_with(|| self.add_other(model, None)));
            self.equations.push(vec![(of[0], 1), (of[1], -1), (*number, -1)]);
        }
        counts.into_iter().collect()
    }

    /// The atoms of a source, as its most knowing reader has them whom the true counts do not prove wrong.
    fn add(&mut self, plan: &Plan, model: &Model, source: &SourcePlan, counts: &[(&Quantity, usize)]) {
        let quantities: Vec<&Quantity> = counts.iter().map(|(quantity, _)| *quantity).collect();
        let numbers: Vec<usize> = counts.iter().map(|(_, number)| *number).collect();
        let before = (self.others.len(), self.equations.len());
        let space = |belief: &Belief| Space::of(plan, source, &quantities, belief);
        let mut holds = |belief: &Belief| {
            self.others.truncate(before.0);
            self.equations.truncate(before.1);
            self.add_space(model, space(belief), numbers.clone());
            let truth =
                Published { equations: self.equations[before.1..].to_vec(), ..self.published(model, |_| false) };
            audit::fits(&truth)
        };
        for mut belief in Belief::all() {
            if holds(&belief) {
                return;
            }
            let columns = space(&belief).columns;
            belief.open = columns.clone();
            if !holds(&belief) {
                continue;
            }
            for column in columns {
                belief.open.remove(&column);
                if !holds(&belief) {
                    belief.open.insert(column);
                }
            }
            holds(&belief);
            return;
        }
    }

    fn add_space(&mut self, model: &Model, mut space: Space, mut numbers: Vec<usize>) {
        for index in 0..space.regions.len() {
            // What hits is compared with what hits less; of what does not, the rest.
            for (axis, _) in space.regions[index]
                .clone()
                .into_iter()
                .filter(|(axis, values)| space.hits.contains_key(axis) && !values.contains(&IN))
            {
                let mut region = space.regions[index].clone();
                region.insert(axis, [IN].into());
                if !space.regions.contains(&region) {
                    space.regions.push(region);
                    numbers.push(self.add_other(model, None));
                }
            }
        }
        self.add_hits(model, &space, &numbers);
        let atoms = Atoms::of(&space);
        let first = model.system.cells.len() + self.others.len();
        self.others.extend(std::iter::repeat_n(None, atoms.len));
        for (number, sum) in numbers.into_iter().zip(atoms.sums) {
            self.equations.push(sum.into_iter().map(|atom| (first + atom, 1)).chain([(number, -1)]).collect());
        }
        let moved = |equation: Equation| equation.into_iter().map(|(atom, times)| (first + atom, times)).collect();
        self.equations.extend(atoms.equations.into_iter().map(moved));
    }

    /// Events that hit some values of a column are no more than those that hit more of it, and no fewer than.
    fn add_hits(&mut self, model: &Model, space: &Space, numbers: &[usize]) {
        let mut beside: BTreeMap<(Region, &str), Vec<(&Hit, usize)>> = BTreeMap::new();
        for (region, number) in space.regions.iter().zip(numbers) {
            for (axis, _) in region.iter().filter(|(_, values)| values.contains(&IN)) {
                let Some(hit) = space.hits.get(axis) else { continue };
                let mut others = region.clone();
                others.remove(axis);
                beside.entry((others, hit.column.as_str())).or_default().push((hit, *number));
            }
        }
        for hits in beside.values() {
            for (hit, number) in hits {
                let within: Vec<&(&Hit, usize)> =
                    hits.iter().filter(|(other, _)| other != hit && other.values.is_subset(&hit.values)).collect();
                within.iter().for_each(|(_, part)| self.not_negative(model, vec![(*number, 1), (*part, -1)]));
                let is_least = |(part, _): &&&(&Hit, usize)| {
                    !within.iter().any(|(other, _)| other != part && other.values.is_subset(&part.values))
                };
                let least: Vec<&&(&Hit, usize)> = within.iter().filter(is_least).collect();
                let covered: BTreeSet<&String> = least.iter().flat_map(|(part, _)| &part.values).collect();
                if covered.len() == hit.values.len() && !least.is_empty() {
                    let parts = least.iter().map(|(_, part)| (*part, 1));
                    self.not_negative(model, parts.chain([(*number, -1)]).collect());
                }
            }
        }
    }

    fn not_negative(&mut self, model: &Model, mut terms: Equation) {
        terms.push((self.add_other(model, None), -1));
        self.equations.push(terms);
    }

    /// What is published if these numbers are hidden.
    pub(super) fn published(&self, model: &Model, is_hidden: impl Fn(usize) -> bool) -> Published {
        let cells = &model.system.cells;
        let number = |number: usize| {
            if cells[number].is_printed() && (self.known.contains(&number) || !is_hidden(number)) {
                Some(cells[number].value)
            } else {
                None
            }
        };
        let mut published = Published {
            numbers: (0..cells.len()).map(number).chain(self.others.iter().copied()).collect(),
            equations: self.equations.clone(),
            ..Published::default()
        };
        published.marked = (0..cells.len())
            .filter(|number| cells[*number].is_printed() && published.numbers[*number].is_none())
            .collect();
        published.least = self.least(model, published.marked.iter().copied());
        published
    }

    pub(super) fn is_known(&self, number: usize) -> bool {
        self.known.contains(&number)
    }

    /// Zeros are printed: a mark stands for one at least.
    pub(super) fn least(&self, model: &Model, marked: impl Iterator<Item = usize>) -> BTreeMap<usize, i64> {
        marked
            .filter(|number| !self.hides_zeros && model.system.cells[*number].value > 0)
            .map(|number| (number, 1))
            .collect()
    }

    /// What a reader of all tables can work out of what is hidden, which is no more than a reader of single ones can.
    pub(super) fn told(&self, model: &Model, proofs: Vec<Proved>) -> Proofs {
        let hidden: BTreeMap<usize, Interval> = proofs.iter().map(|proof| (proof.cell, proof.interval)).collect();
        let intervals = audit::intervals(&self.published(model, |number| hidden.contains_key(&number)), &hidden);
        proofs.into_iter().map(|proof| (proof.cell, (proof.reason, intervals[&proof.cell]))).collect()
    }

    /// Hides further numbers until none falls; which ones.
    pub(super) fn mend(&self, model: &Model, hidden: &mut [bool], need: i64) -> Result<Vec<usize>, Beyond> {
        let (mut seen, mut further) = (Seen::new(), Vec::new());
        loop {
            let published = self.published(model, |number| hidden[number]);
            let fallen = audit::fallen_but(&published, need as f64, &mut seen);
            if fallen.is_empty() {
                return Ok(further);
            }
            let before = further.len();
            let mut remedies = Remedies::of(self, model, hidden);
            for fallen in &fallen {
                let fresh = remedies.cheapest(fallen, need);
                if !fresh.is_empty() {
                    fresh.iter().for_each(|number| hidden[*number] = true);
                    fresh.iter().for_each(|number| seen[*number] = at(model, *number));
                    further.extend(fresh);
                    remedies = Remedies::of(self, model, hidden);
                }
            }
            if further.len() == before {
                return Err(Beyond(fallen.into_iter().map(|fallen| fallen.number).collect()));
            }
        }
    }
}

/// A number that has been printed so far has had this value in every filling.
fn at(model: &Model, number: usize) -> (f64, f64) {
    let value = model.system.cells[number].value as f64;
    (value, value)
}

/// What it costs to let a number be further off: every printed number may move, for a price.
struct Remedies {
    least: f64,
    parts: Vec<Movable>,
}

/// Numbers that move together, as they are printed.
struct Movable {
    start: Solution,
    variables: BTreeMap<usize, Variable>,
    /// How far up and down each printed number has moved.
    moves: Vec<(usize, [Variable; 2])>,
}

impl Remedies {
    fn of(joint: &Joint, model: &Model, hidden: &[bool]) -> Remedies {
        let cells = &model.system.cells;
        let may_move = |number: usize| !hidden[number] && cells[number].is_printed() && cells[number].value > 0;
        let open = joint.published(model, |number| hidden[number] || may_move(number));
        let parts = audit::parts(&open).into_iter();
        let parts = parts
            .filter_map(|rows| Movable::of(model, &open, &rows, &|number| number < cells.len() && may_move(number)));
        Remedies { least: if joint.hides_zeros { 0.0 } else { 1.0 }, parts: parts.collect() }
    }

    /// The cheapest printed numbers to hide for a number to lie as far off as is needed; none if nothing helps.
    fn cheapest(&self, fallen: &Fallen, need: i64) -> Vec<usize> {
        let goals = [fallen.lower + need as f64, fallen.upper - need as f64];
        let part = self.parts.iter().find(|part| part.variables.contains_key(&fallen.number));
        let ways =
            goals.into_iter().filter(|goal| *goal >= self.least).filter_map(|goal| part?.moved(fallen.number, goal));
        let cheapest = ways.min_by(|(one, _), (other, _)| one.total_cmp(other));
        cheapest.map(|(_, numbers)| numbers).unwrap_or_default()
    }
}

impl Movable {
    fn of(
        model: &Model,
        open: &Published,
        rows: &[(Equation, i64)],
        may_move: &dyn Fn(usize) -> bool,
    ) -> Option<Movable> {
        let (mut problem, variables) = audit::problem(open, rows);
        let cells = &model.system.cells;
        let largest = cells.iter().map(|cell| cell.value).max().unwrap_or(1).max(1) as f64;
        let mut moves = Vec::new();
        for (number, variable) in variables.iter().filter(|(number, _)| may_move(**number)) {
            let value = cells[*number].value as f64;
            let cost = weight(cells[*number].rank()) * (1.0 + value / largest);
            let ways = [f64::INFINITY, value].map(|most| problem.add_var(cost, (0.0, most)));
            problem.add_constraint([(*variable, 1.0), (ways[0], -1.0), (ways[1], 1.0)], ComparisonOp::Eq, value);
            moves.push((*number, ways));
        }
        let start = problem.solve().ok()?.into_solution().ok()?;
        Some(Movable { start, variables, moves })
    }

    /// The printed numbers that move if one is this large, and what that costs.
    fn moved(&self, number: usize, goal: f64) -> Option<(f64, Vec<usize>)> {
        let moved = self.start.clone().fix_var(self.variables[&number], goal).ok()?.into_solution().ok()?;
        let is_moved = |(_, ways): &&(usize, [Variable; 2])| ways.iter().any(|way| moved.var_value(*way) > 1e-6);
        Some((moved.objective(), self.moves.iter().filter(is_moved).map(|(number, _)| *number).collect()))
    }
}

/// A total is hidden only where much else would have to be.
fn weight(rank: Option<Rank>) -> f64 {
    match rank {
        Some(Rank::Margin) => 4.0,
        Some(Rank::Whole) => 16.0,
        _ => 1.0,
    }
}
