//! All tables of a report at once: what a reader who adds up and compares them can work out, and what to hide so that
//! nobody can.
//!
//! In: the [`Model`] of a report, and what is hidden of it. Out: a [`Joint`], which says what is known of the printed
//! numbers beyond the equations that stand in one table: each count is a sum over atoms.

use std::collections::{BTreeMap, BTreeSet};

use super::atoms::Atoms;
use super::attack::Interval;
use super::audit::{self, Published};
use super::mend::{Beyond, Mending};
use super::model::Model;
use super::proof::{Proved, Reason};
use super::quantity::Quantity;
use super::region::{Belief, Hit, IN, Region, Space};
use super::system::Equation;
use crate::job::plan::{Plan, SourcePlan};

/// What a reader knows of the numbers of a report, whatever is hidden of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Joint {
    /// After the numbers of the model: those that are printed and not protected, the others with no value.
    others: Vec<Option<i64>>,
    equations: Vec<Equation>,
    /// Numbers of the model that are printed in any case.
    known: BTreeSet<usize>,
}

/// Hidden numbers by their index in the system.
pub(super) type Proofs = BTreeMap<usize, (Reason, Interval)>;

impl Joint {
    pub(super) fn of(plan: &Plan, model: &Model) -> Joint {
        let mut joint = Joint { equations: model.system.equations.clone(), ..Joint::default() };
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
        // A count of one atom alone is that atom.
        let mut single = vec![None; atoms.len];
        for (number, sum) in numbers.iter().zip(&atoms.sums) {
            if let [atom] = sum.as_slice() {
                single[*atom].get_or_insert(*number);
            }
        }
        let number_of = |single: Option<usize>| single.unwrap_or_else(|| self.add_other(model, None));
        let atom: Vec<usize> = single.into_iter().map(number_of).collect();
        for (number, sum) in numbers.into_iter().zip(atoms.sums) {
            let sum: Vec<usize> = sum.into_iter().map(|own| atom[own]).collect();
            if sum != [number] {
                self.equations.push(sum.into_iter().map(|atom| (atom, 1)).chain([(number, -1)]).collect());
            }
        }
        let moved = |equation: Equation| equation.into_iter().map(|(own, times)| (atom[own], times)).collect();
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
            .filter(|number| model.system.cells[*number].value > 0)
            .map(|number| (number, model.system.least))
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
        let (cells, least) = (&model.system.cells, model.system.least);
        let seen_of = |hidden: &[bool]| self.published(model, |number| hidden[number]);
        Mending { cells, seen_of: &seen_of, need, least }.mend(hidden)
    }
}
