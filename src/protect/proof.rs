//! The proof: what a reader can work out of every hidden number, and why it is hidden. Never the number itself.

use serde::{Deserialize, Serialize};

use super::attack::{Attack, Interval};
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

/// The feasible interval of every hidden cell, in order.
pub(super) fn prove(system: &System, choice: &Choice, need: i64) -> Vec<Proved> {
    let mut proofs = Vec::new();
    for (part, cells) in system.components() {
        let hidden: Vec<bool> = cells.iter().map(|cell| choice.hidden[*cell]).collect();
        let attack = Attack::on(&part, need as f64);
        for (index, cell) in cells.iter().enumerate() {
            if hidden[index] && part.cells[index].is_printed() {
                let reason = if part.cells[index].is_primary() { Reason::Primary } else { Reason::Secondary };
                proofs.push(Proved { cell: *cell, reason, interval: attack.interval(&hidden, index) });
            }
        }
    }
    proofs.sort_by_key(|proof| proof.cell);
    proofs
}
