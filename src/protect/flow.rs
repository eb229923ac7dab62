//! The attack on a system that is a network: exact intervals by maximal flow.
//!
//! A two-way table with totals is a network: its equations are the nodes, and a number that stands in two of them is an
//! arc between the two. To raise a number by one, others must rise and fall around a circle; how far is a maximal flow
//! from the arc's one end back to the other. The same intervals as by linear programming (`attack` has the proof by
//! test), in microseconds.
//!
//! Source: Castro, Minimum-distance controlled perturbation / network flows heuristics for cell suppression (2007);
//! Dinic (1970) for the flow.

use std::collections::VecDeque;

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
    values: Vec<f64>,
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
    /// The network of a system, if it is one.
    pub(super) fn of(system: &System) -> Option<Network> {
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
        let values = system.cells.iter().map(|cell| cell.value as f64).collect();
        Some(Network { arcs, values, at })
    }

    fn ends(&self, cell: usize, push: Push) -> (usize, usize) {
        let Arc { tail, head } = self.arcs[cell];
        match push {
            Push::Up => (head, tail),
            Push::Down => (tail, head),
        }
    }

    /// How far an attacker can push a cell, up to `limit`.
    pub(super) fn reach(&self, hidden: &[bool], cell: usize, push: Push, limit: f64) -> f64 {
        let limit = self.own_limit(cell, push).min(limit);
        let (from, to) = self.ends(cell, push);
        if from == to { limit } else { self.flow(&degrees(hidden), UNLIMITED, cell, from, to, limit).amount }
    }

    fn own_limit(&self, cell: usize, push: Push) -> f64 {
        if push == Push::Down { self.values[cell] } else { UNLIMITED }
    }

    fn flow(&self, open: &[f64], most: f64, without: usize, from: usize, to: usize, limit: f64) -> Flow<'_> {
        let room = |cell: usize| {
            if cell == without { [0.0, 0.0] } else { [open[cell] * most, open[cell] * self.values[cell].min(most)] }
        };
        let mut flow = Flow { network: self, room: (0..self.arcs.len()).map(room).collect(), amount: 0.0 };
        flow.maximise(from, to, limit);
        flow
    }

    /// The narrowest place on the way of a push: what each cell could let through if it were hidden.
    ///
    /// In: how far each cell is hidden (0 to 1); nothing is asked beyond `most`. Out: a coefficient per cell: whatever is
    /// hidden, the push reaches no further than the sum of the coefficients of what is.
    pub(super) fn bottleneck(&self, open: &[f64], cell: usize, push: Push, most: f64) -> Vec<(usize, f64)> {
        let own = self.own_limit(cell, push).min(most);
        let (from, to) = self.ends(cell, push);
        if from == to {
            return vec![(cell, own)];
        }
        let flow = self.flow(open, most, cell, from, to, own * open[cell]);
        if flow.amount >= own * open[cell] - EPSILON {
            return vec![(cell, own)];
        }
        let inside = flow.reachable(from);
        let crossing = |(index, arc): (usize, &Arc)| match (inside[arc.tail], inside[arc.head]) {
            _ if index == cell => None,
            (true, false) => Some((index, most)),
            (false, true) => Some((index, self.values[index].min(most))),
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
        let mut flow = self.flow(&degrees(hidden), UNLIMITED, cell, from, to, own);
        if flow.amount >= own - EPSILON {
            return None;
        }
        for (other, room) in flow.room.iter_mut().enumerate() {
            if !hidden[other] && other != cell && costs[other].is_some() {
                *room = [UNLIMITED, self.values[other]];
            }
        }
        let cost = |other: usize| if hidden[other] { Some(0) } else { costs[other] };
        let wanted = wanted.min(own - flow.amount);
        let path = flow.cheapest_path(from, to, wanted, &cost).or_else(|| flow.cheapest_path(from, to, 1.0, &cost))?;
        let fresh: Vec<usize> = path.1.into_iter().filter(|other| !hidden[*other]).collect();
        (!fresh.is_empty()).then_some((path.0, fresh))
    }
}

/// Differences below this are the arithmetic's, not the table's: counts are whole.
pub(super) const EPSILON: f64 = 1e-7;

fn degrees(hidden: &[bool]) -> Vec<f64> {
    hidden.iter().map(|hidden| f64::from(u8::from(*hidden))).collect()
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

/// A flow in the making: how much more each cell can rise and fall.
struct Flow<'a> {
    network: &'a Network,
    room: Vec<[f64; 2]>,
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

    fn room_of(&self, cell: usize, up: bool) -> f64 {
        self.room[cell][usize::from(!up)]
    }

    fn push(&mut self, cell: usize, up: bool, amount: f64) {
        let (forth, back) = (usize::from(!up), usize::from(up));
        if self.room[cell][forth] < UNLIMITED * 0.5 {
            self.room[cell][forth] -= amount;
        }
        self.room[cell][back] += amount;
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
