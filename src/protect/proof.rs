//! The proof: what a reader can work out of every hidden number, and why it is hidden. Never the number itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attack::{Attack, Interval};
use super::audit;
use super::mend::seen_in;
use super::secondary::Choice;
use super::system::System;

/// Why a number is hidden. Print has one mark for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// It is small itself.
    Primary,
    /// A small one could be worked out from it.
    Secondary,
}

impl Reason {
    /// As `--json` and the manifest write it.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Primary => "primary",
            Reason::Secondary => "secondary",
        }
    }
}

/// A hidden cell of a system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Proved {
    pub cell: usize,
    pub reason: Reason,
    pub interval: Interval,
}

/// The feasible interval of every hidden cell that is printed.
fn intervals(part: &System, hidden: &[bool], need: i64) -> BTreeMap<usize, Interval> {
    let attack = Attack::on(part, need as f64);
    let marked = attack.printed_and(hidden);
    if attack.is_network() {
        return marked.map(|cell| (cell, attack.interval(hidden, cell))).collect();
    }
    let unlimited = Interval { lower: 0.0, upper: None };
    audit::intervals(&seen_in(part, hidden), &marked.map(|cell| (cell, unlimited)).collect())
}

/// The feasible interval of every hidden cell, in order.
pub(super) fn prove(system: &System, choice: &Choice, need: i64) -> Vec<Proved> {
    let mut proofs = Vec::new();
    for (part, cells) in system.components() {
        let hidden: Vec<bool> = cells.iter().map(|cell| choice.hidden[*cell]).collect();
        for (index, interval) in intervals(&part, &hidden, need) {
            let reason = if part.cells[index].is_primary() { Reason::Primary } else { Reason::Secondary };
            proofs.push(Proved { cell: cells[index], reason, interval });
        }
    }
    proofs.sort_by_key(|proof| proof.cell);
    proofs
}
