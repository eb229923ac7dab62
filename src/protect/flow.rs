//! The attack on a system that is a network: exact intervals by maximal flow.
//!
//! A two-way table with totals is a network: its equations are the nodes, and a number that stands in two of them is an
//! arc between the two. To raise a number by one, others must rise and fall around a circle; how far is a maximal flow
//! from the arc's one end back to the other. The same intervals as by linear programming (`attack` has the proof by
//! test), in microseconds.
//!
//! Source: Castro, Minimum-distance controlled perturbation / network flows heuristics for cell suppression (2007);
//! Dinic (1970) for the flow.

use std::collections::{BTreeMap, VecDeque};

use super::basis::independent;
use super::system::System;

/// More than any count: a flow of this size is unlimited.
pub(super) const UNLIMITED: f64 = 1e12;

const NONE: usize = usize::MAX;

/// An arc on which flow from `tail` to `head` raises the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Arc {
    tail: usize,
    head: usize,
}

/// A system whose cells are arcs between its equations.
#[derive(Debug, Clone)]
pub(super) struct Network {
    arcs: Vec<Arc>,
    /// How far each cell can fall.
    falls: Vec<f64>,
    /// Arcs at each node: the cell, and whether flow out of this node raises it.
    at: Vec<Vec<(usize, bool)>>,
}

/// Which way an attacker pushes a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Push {
    Up,
    Down,
}

impl Network {
    /// The network of a system, if it is one when equations that follow from others are left out.
    pub(super) fn of(system: &System) -> Option<Network> {
        Network::as_it_is(system).or_else(|| {
            let equations = independent(system);
            let is_fewer = equations.len() < system.equations.len();
            let fewer = System { cells: system.cells.clone(), equations, least: system.least };
            Network::as_it_is(&fewer).filter(|_| is_fewer)
        })
    }

    /// A part of a system that is a network: what need not be hidden for its sake, need not for the whole's.
    pub(super) fn within(system: &System) -> System {
        let mut within = System { equations: Vec::new(), ..system.clone() };
        let mut uses = vec![0; system.cells.len()];
        for equation in independent(system) {
            if equation.iter().any(|(cell, _)| uses[*cell] == 2) {
                continue;
            }
            within.equations.push(equation);
            if Network::as_it_is(&within).is_none() {
                within.equations.pop();
            } else if let Some(taken) = within.equations.last() {
                taken.iter().for_each(|(cell, _)| uses[*cell] += 1);
            }
        }
        within
    }

    fn as_it_is(system: &System) -> Option<Network> {
        let uses = system.uses();
        let is_arc = |uses: &Vec<(usize, i64)>| uses.len() <= 2 && uses.iter().all(|(_, times)| times.abs() == 1);
        if !uses.iter().all(is_arc) {
            return None;
        }
        let signs = signs(system, &uses)?;
        let ground = system.equations.len();
        let mut arcs = Vec::with_capacity(uses.len());
        let mut at = vec![Vec::new(); ground + 1];
        for (cell, uses) in uses.iter().enumerate() {
            let node = |index: usize| uses.get(index).map_or(ground, |(equation, _)| *equation);
            let leaves_first = uses.first().is_none_or(|(equation, times)| signs[*equation] * times > 0);
            let (tail, head) = if leaves_first { (node(0), node(1)) } else { (node(1), node(0)) };
            arcs.push(Arc { tail, head });
            at[tail].push((cell, true));
            at[head].push((cell, false));
        }
        let falls = (0..system.cells.len()).map(|cell| system.fall(cell) as f64).collect();
        Some(Network { arcs, falls, at })
    }

    fn ends(&self, cell: usize, push: Push) -> (usize, usize) {
        let Arc { tail, head } = self.arcs[cell];
        match push {
            Push::Up => (head, tail),
            Push::Down => (tail, head),
        }
    }

    /// How far an attacker can push a cell, up to `limit`, and the cells that move when it is there.
    pub(super) fn reach(&self, hidden: &[bool], cell: usize, push: Push, limit: f64) -> (f64, Vec<usize>) {
        let limit = self.own_limit(cell, push).min(limit);
        let (from, to) = self.ends(cell, push);
        if from == to {
            return (limit, Vec::new());
        }
        let (open, falls) = (|other: usize| degree(hidden[other]), |other: usize| self.falls[other]);
        let ways = Ways { open: &open, falls: &falls, most: UNLIMITED, without: cell };
        let flow = self.flow(ways, from, to, limit);
        (flow.amount, flow.moved.into_keys().collect())
    }

    fn own_limit(&self, cell: usize, push: Push) -> f64 {
        if push == Push::Down { self.falls[cell] } else { UNLIMITED }
    }

    fn flow<'a>(&'a self, ways: Ways<'a>, from: usize, to: usize, limit: f64) -> Flow<'a> {
        let mut flow = Flow { network: self, ways, moved: BTreeMap::new(), amount: 0.0 };
        flow.maximise(from, to, limit);
        flow
    }

    /// The narrowest place on the way of a push: what each cell could let through if it were hidden.
    ///
    /// In: how far each cell is hidden (0 to 1); nothing is asked beyond `most`. Out: a coefficient per cell: whatever is
    /// hidden, the push reaches no further than the sum of the coefficients of what is.
    pub(super) fn bottleneck(&self, open: &[f64], cell: usize, push: Push, most: f64) -> Vec<(usize, f64)> {
        let ways = Ways { open: &|other| open[other], falls: &|other| self.falls[other], most, without: cell };
        self.narrowest(ways, self.ends(cell, push), self.own_limit(cell, push).min(most))
    }

    /// The same for going round at all, whichever way and however little: a cell that cannot is found out.
    pub(super) fn circle(&self, open: &[f64], cell: usize) -> Vec<(usize, f64)> {
        let ways = Ways { open: &|other| open[other], falls: &|_| UNLIMITED, most: 1.0, without: cell };
        self.narrowest(ways, self.ends(cell, Push::Up), 1.0)
    }

    fn narrowest(&self, ways: Ways, (from, to): (usize, usize), own: f64) -> Vec<(usize, f64)> {
        let Ways { open, falls, most, without: cell } = ways;
        if from == to {
            return vec![(cell, own)];
        }
        let flow = self.flow(ways, from, to, own * open(cell));
        if flow.amount >= own * open(cell) - EPSILON {
            return vec![(cell, own)];
        }
        let inside = flow.reachable(from);
        let crossing = |(index, arc): (usize, &Arc)| match (inside[arc.tail], inside[arc.head]) {
            _ if index == cell => None,
            (true, false) => Some((index, most)),
            (false, true) => Some((index, falls(index).min(most))),
            _ => None,
        };
        let coefficients = self.arcs.iter().enumerate().filter_map(crossing).filter(|(_, room)| *room > 0.0);
        coefficients.collect()
    }

    /// The cheapest cells to hide so that a push reaches further, by at least `wanted` in one go when that can be.
    ///
    /// In: what is unknown now, what each cell costs to hide (`None`: it may not be). Out: the cost and the cells.
    pub(super) fn cheapest(
        &self,
        hidden: &[bool],
        cell: usize,
        push: Push,
        wanted: f64,
        costs: &[Option<u64>],
    ) -> Option<(u64, Vec<usize>)> {
        let own = self.own_limit(cell, push);
        let (from, to) = self.ends(cell, push);
        if from == to {
            return None;
        }
        let open = |other: usize| degree(hidden[other]);
        let falls = |other: usize| self.falls[other];
        let ways = Ways { open: &open, falls: &falls, most: UNLIMITED, without: cell };
        let mut flow = self.flow(ways, from, to, own);
        if flow.amount >= own - EPSILON {
            return None;
        }
        let could_be = |other: usize| degree(hidden[other] || costs[other].is_some());
        flow.ways = Ways { open: &could_be, ..ways };
        let cost = |other: usize| if hidden[other] { Some(0) } else { costs[other] };
        let wanted = wanted.min(own - flow.amount);
        let path = flow.cheapest_path(from, to, wanted, &cost).or_else(|| flow.cheapest_path(from, to, 1.0, &cost))?;
        let fresh: Vec<usize> = path.1.into_iter().filter(|other| !hidden[*other]).collect();
        (!fresh.is_empty()).then_some((path.0, fresh))
    }
}

/// Differences below this are the arithmetic's, not the table's: counts are whole.
pub(super) const EPSILON: f64 = 1e-7;

fn degree(is_hidden: bool) -> f64 {
    f64::from(u8::from(is_hidden))
}

/// Signs of the equations under which every cell leaves one and enters the other.
fn signs(system: &System, uses: &[Vec<(usize, i64)>]) -> Option<Vec<i64>> {
    let mut signs = vec![0; system.equations.len()];
    for start in 0..signs.len() {
        if signs[start] != 0 {
            continue;
        }
        signs[start] = 1;
        let mut queue = VecDeque::from([start]);
        while let Some(equation) = queue.pop_front() {
            for (cell, times) in &system.equations[equation] {
                let Some((other, back)) = uses[*cell].iter().find(|(other, _)| *other != equation) else { continue };
                let wanted = -signs[equation] * times * back;
                match signs[*other] {
                    0 => {
                        signs[*other] = wanted;
                        queue.push_back(*other);
                    }
                    sign if sign != wanted => return None,
                    _ => {}
                }
            }
        }
    }
    Some(signs)
}

/// Where a flow may go: how far each cell is hidden and can fall, and how much goes through one at most.
#[derive(Clone, Copy)]
struct Ways<'a> {
    open: &'a dyn Fn(usize) -> f64,
    falls: &'a dyn Fn(usize) -> f64,
    most: f64,
    without: usize,
}

/// A flow in the making.
struct Flow<'a> {
    network: &'a Network,
    ways: Ways<'a>,
    /// How much more the cells that it has moved can rise and fall: few, however large the network.
    moved: BTreeMap<usize, [f64; 2]>,
    amount: f64,
}

impl Flow<'_> {
    fn maximise(&mut self, from: usize, to: usize, limit: f64) {
        while self.amount < limit - EPSILON {
            let Some(path) = self.shortest_path(from, to) else { return };
            let narrowest = path.iter().map(|(cell, up)| self.room_of(*cell, *up)).fold(limit - self.amount, f64::min);
            for (cell, up) in path {
                self.push(cell, up, narrowest);
            }
            self.amount += narrowest;
        }
    }

    /// How much more a cell can rise and fall.
    fn room(&self, cell: usize) -> [f64; 2] {
        let Ways { open, falls, most, without } = self.ways;
        let at_first = || if cell == without { 0.0 } else { open(cell) };
        let room = |open: f64| [open * most, open * falls(cell).min(most)];
        self.moved.get(&cell).copied().unwrap_or_else(|| room(at_first()))
    }

    fn room_of(&self, cell: usize, up: bool) -> f64 {
        self.room(cell)[usize::from(!up)]
    }

    fn push(&mut self, cell: usize, up: bool, amount: f64) {
        let (forth, back) = (usize::from(!up), usize::from(up));
        let mut room = self.room(cell);
        if room[forth] < UNLIMITED * 0.5 {
            room[forth] -= amount;
        }
        room[back] += amount;
        self.moved.insert(cell, room);
    }

    /// By breadth, so that the number of rounds is bounded (Edmonds–Karp).
    fn shortest_path(&self, from: usize, to: usize) -> Option<Vec<(usize, bool)>> {
        let mut came = vec![(NONE, NONE, false); self.network.at.len()];
        let mut queue = VecDeque::from([from]);
        came[from].0 = from;
        while let Some(node) = queue.pop_front() {
            for (cell, up) in &self.network.at[node] {
                let Arc { tail, head } = self.network.arcs[*cell];
                let next = if *up { head } else { tail };
                if came[next].0 == NONE && self.room_of(*cell, *up) > EPSILON {
                    came[next] = (node, *cell, *up);
                    if next == to {
                        return Some(walk_back(&came, from, to));
                    }
                    queue.push_back(next);
                }
            }
        }
        None
    }

    fn reachable(&self, from: usize) -> Vec<bool> {
        let mut inside = vec![false; self.network.at.len()];
        let mut stack = vec![from];
        inside[from] = true;
        while let Some(node) = stack.pop() {
            for (cell, up) in &self.network.at[node] {
                let Arc { tail, head } = self.network.arcs[*cell];
                let next = if *up { head } else { tail };
                if !inside[next] && self.room_of(*cell, *up) > EPSILON {
                    inside[next] = true;
                    stack.push(next);
                }
            }
        }
        inside
    }

    /// The cheapest path on which every cell has room for `wanted`; of equal ones that with the fewest steps.
    fn cheapest_path(
        &self,
        from: usize,
        to: usize,
        wanted: f64,
        cost: &dyn Fn(usize) -> Option<u64>,
    ) -> Option<(u64, Vec<usize>)> {
        use std::cmp::Reverse;
        let mut came = vec![(NONE, NONE, false); self.network.at.len()];
        let mut best = vec![(u64::MAX, usize::MAX); self.network.at.len()];
        let mut heap = std::collections::BinaryHeap::from([Reverse((0_u64, 0_usize, from))]);
        best[from] = (0, 0);
        while let Some(Reverse((spent, steps, node))) = heap.pop() {
            if node == to {
                let path = walk_back(&came, from, to).into_iter().map(|(cell, _)| cell).collect();
                return Some((spent, path));
            }
            if (spent, steps) > best[node] {
                continue;
            }
            for (cell, up) in &self.network.at[node] {
                let Arc { tail, head } = self.network.arcs[*cell];
                let next = if *up { head } else { tail };
                if self.room_of(*cell, *up) < wanted - EPSILON {
                    continue;
                }
                let Some(own) = cost(*cell) else { continue };
                let reached = (spent + own, steps + 1);
                if reached < best[next] {
                    best[next] = reached;
                    came[next] = (node, *cell, *up);
                    heap.push(Reverse((reached.0, reached.1, next)));
                }
            }
        }
        None
    }
}

fn walk_back(came: &[(usize, usize, bool)], from: usize, to: usize) -> Vec<(usize, bool)> {
    let mut path = Vec::new();
    let mut node = to;
    while node != from {
        let (before, cell, up) = came[node];
        path.push((cell, up));
        node = before;
    }
    path.reverse();
    path
}
