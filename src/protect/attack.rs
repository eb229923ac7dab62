//! What an attacker can find out: the feasible interval of every hidden number.
//!
//! In: a [`System`] and which of its cells are hidden. Out: [`Interval`]s, or the cells that are found out to less than
//! is needed. A network is attacked by maximal flow, everything else by linear programming; both give the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::flow::{EPSILON, Network, Push, UNLIMITED};
use super::linear::Linear;
use super::system::System;

/// The values that a hidden number can have for all that a reader knows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The smallest; never under nought.
    pub lower: f64,
    /// `None`: no limit.
    pub upper: Option<f64>,
}

impl Interval {
    /// `None`: no limit.
    pub fn width(&self) -> Option<f64> {
        self.upper.map(|upper| upper - self.lower)
    }
}

/// If `cell` is hidden, the coefficients of the hidden cells must add up to `least`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Demand {
    pub cell: usize,
    pub terms: Vec<(usize, f64)>,
    pub least: f64,
}

/// An attack on one system.
pub(super) struct Attack<'a> {
    system: &'a System,
    network: Option<Network>,
    linear: Linear<'a>,
    /// Width that every interval must have.
    need: f64,
}

impl<'a> Attack<'a> {
    pub(super) fn on(system: &'a System, need: f64) -> Attack<'a> {
        Attack { system, network: Network::of(system), linear: Linear::of(system), need }
    }

    /// The same attack, by linear programming whatever the system is: the way that the other is held against.
    #[cfg(test)]
    pub(super) fn linear(system: &'a System, need: f64) -> Attack<'a> {
        Attack { network: None, ..Attack::on(system, need) }
    }

    pub(super) fn is_network(&self) -> bool {
        self.network.is_some()
    }

    /// How far a cell can be pushed, and the cells that move when it is there.
    fn reach(&self, hidden: &[bool], cell: usize, push: Push, limit: f64) -> (f64, Vec<usize>) {
        match &self.network {
            Some(network) => network.reach(hidden, cell, push, limit),
            None => {
                let (far, point) = self.linear.reach(hidden, cell, push, limit);
                (far, point.into_iter().filter(|(_, moved)| *moved != 0.0).map(|(other, _)| other).collect())
            }
        }
    }

    /// The feasible interval of a hidden cell.
    pub(super) fn interval(&self, hidden: &[bool], cell: usize) -> Interval {
        let value = self.system.cells[cell].value as f64;
        let (up, _) = self.reach(hidden, cell, Push::Up, UNLIMITED);
        let (down, _) = self.reach(hidden, cell, Push::Down, UNLIMITED);
        let upper = (up < UNLIMITED * 0.5).then_some(tidy(value + up));
        Interval { lower: tidy(value - down), upper }
    }

    /// The cells that must stay hidden for a cell to be as unknown as is needed; `None` if it is found out.
    pub(super) fn carriers(&self, hidden: &[bool], cell: usize) -> Option<Vec<usize>> {
        let (up, mut moved) = self.reach(hidden, cell, Push::Up, self.need);
        if up < self.need - EPSILON {
            let (down, others) = self.reach(hidden, cell, Push::Down, self.need - up);
            moved.extend(others);
            return (up + down >= self.need - EPSILON).then_some(moved);
        }
        Some(moved)
    }

    fn is_narrow(&self, hidden: &[bool], cell: usize) -> bool {
        self.carriers(hidden, cell).is_none()
    }

    /// Hidden cells that are found out to less than is needed, in order.
    pub(super) fn narrow(&self, hidden: &[bool]) -> Vec<usize> {
        if self.network.is_none() {
            return self.linear.narrow(hidden, self.need, false);
        }
        self.printed_and(hidden).filter(|cell| self.is_narrow(hidden, *cell)).collect()
    }

    /// True if no hidden cell is found out.
    pub(super) fn holds(&self, hidden: &[bool]) -> bool {
        match self.network {
            None => self.linear.narrow(hidden, self.need, true).is_empty(),
            Some(_) => !self.printed_and(hidden).any(|cell| self.is_narrow(hidden, cell)),
        }
    }

    pub(super) fn printed_and(&self, hidden: &[bool]) -> impl Iterator<Item = usize> {
        (0..hidden.len()).filter(move |cell| hidden[*cell] && self.system.cells[*cell].is_printed())
    }

    /// The cheapest cells to hide so that a cell is found out less: with what it costs.
    pub(super) fn remedy(&self, hidden: &[bool], cell: usize, costs: &[Option<u64>]) -> Option<Vec<usize>> {
        let ways = [Push::Up, Push::Down].into_iter().filter_map(|push| match &self.network {
            Some(network) => network.cheapest(hidden, cell, push, self.need, costs),
            None => self.linear.cheapest(hidden, cell, push, self.need, costs),
        });
        ways.min().map(|(_, cells)| cells)
    }

    /// What a sound choice must fulfil for a cell, as near to being broken as each way of looking allows, when each cell
    /// is hidden to a degree (0 to 1; only networks know degrees between).
    pub(super) fn demands(&self, open: &[f64], cell: usize) -> Vec<Demand> {
        match &self.network {
            Some(network) => self.demands_on(network, open, cell),
            None => {
                let hidden: Vec<bool> = open.iter().map(|open| *open > 0.5).collect();
                let ways = [Push::Up, Push::Down].map(|push| self.linear.bottleneck(&hidden, cell, push));
                let [Some(up), Some(down)] = ways else { return Vec::new() };
                vec![Demand { cell, terms: joined(up, down), least: self.need }]
            }
        }
    }

    fn demands_on(&self, network: &Network, open: &[f64], cell: usize) -> Vec<Demand> {
        let narrowest = |push: Push, most: f64| network.bottleneck(open, cell, push, most);
        let mut demands = vec![Demand { cell, terms: network.circle(open, cell), least: 1.0 }];
        // What it cannot fall must be a rise.
        let rise = self.need - self.system.fall(cell) as f64;
        if rise > 0.0 {
            demands.push(Demand { cell, terms: narrowest(Push::Up, rise), least: rise });
        }
        let (up, down) = (narrowest(Push::Up, self.need), narrowest(Push::Down, self.need));
        demands.push(Demand { cell, terms: joined(up, down), least: self.need });
        demands
    }
}

fn joined(one: Vec<(usize, f64)>, other: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let mut terms = BTreeMap::new();
    one.into_iter().chain(other).for_each(|(cell, room)| *terms.entry(cell).or_insert(0.0) += room);
    terms.into_iter().collect()
}

/// Whole where it is whole but for the arithmetic.
fn tidy(number: f64) -> f64 {
    if (number - number.round()).abs() < 1e-6 { number.round() + 0.0 } else { number }
}
