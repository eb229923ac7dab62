//! Ids seen before, in sixteen bytes an id.
//!
//! In: hashes of ids, in the order of the rows. Out: new, repeated with the same content, repeated with other content.
//! Never: the ids themselves. Ninety-six bits of each are kept: the chance that any two of n ids share them is below
//! n² / 2⁹⁷ (for ten million ids 10⁻¹⁵), and 2⁻³² that a differing repetition passes as an identical one.

use std::collections::BTreeMap;

use super::memo::hash;

const SHARD_BITS: u32 = 6;
const FIRST_SLOTS: usize = 16;

/// What is kept of an id: 96 bits of a fixed-seed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct IdHash {
    low: u64,
    high: u32,
}

impl IdHash {
    /// Of the trimmed id in UTF-8.
    #[inline]
    pub(super) fn of(id: &[u8]) -> Self {
        let low = hash(id, 0x2d35_8dcc_aa6c_78a5);
        // 0 marks a free slot.
        IdHash { low: low.max(1), high: hash(id, 0x8bb8_4b93_962e_acc9) as u32 }
    }

    /// Of the id together with the row's content: where several rows of an id are kept, only equal ones are repeated.
    #[inline]
    pub(super) fn with(self, print: u64) -> Self {
        let mixed = hash(&print.to_le_bytes(), self.low);
        IdHash { low: mixed.max(1), high: self.high ^ (print >> 32) as u32 }
    }
}

/// What an id is to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    New,
    /// The same id with the same content.
    Identical,
    /// The same id with other content than its first row.
    Differing,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    low: u64,
    high: u32,
    print: u32,
}

/// All ids seen so far. An open-addressing table in sixty-four parts, so that growing takes little memory at a time.
pub(super) struct IdTable {
    shards: Vec<Shard>,
    /// Numbers of the ids that are masked, in the order in which they came.
    masked: BTreeMap<(u64, u32), u32>,
}

struct Shard {
    slots: Vec<Slot>,
    used: usize,
}

impl IdTable {
    pub(super) fn new() -> Self {
        let shard = || Shard { slots: vec![Slot::default(); FIRST_SLOTS], used: 0 };
        IdTable { shards: (0..1 << SHARD_BITS).map(|_| shard()).collect(), masked: BTreeMap::new() }
    }

    /// Takes an id in; `print` is a fingerprint of its row.
    pub(super) fn insert(&mut self, id: IdHash, print: u32) -> Seen {
        self.shards[(id.low >> (64 - SHARD_BITS)) as usize].insert(Slot { low: id.low, high: id.high, print })
    }

    /// The number of an id that is masked: the same for the same id.
    pub(super) fn number(&mut self, id: IdHash) -> u32 {
        let next = self.masked.len() as u32 + 1;
        *self.masked.entry((id.low, id.high)).or_insert(next)
    }

    /// Loads the slots where these ids will be looked for: the waits for memory then overlap instead of adding up.
    pub(super) fn warm(&self, ids: impl Iterator<Item = IdHash>) {
        let mut read = 0;
        for id in ids {
            let shard = &self.shards[(id.low >> (64 - SHARD_BITS)) as usize];
            read ^= shard.slots[shard.home(id.low)].low;
        }
        std::hint::black_box(read);
    }
}

impl Shard {
    #[inline]
    fn home(&self, low: u64) -> usize {
        low as usize & (self.slots.len() - 1)
    }

    #[inline]
    fn insert(&mut self, new: Slot) -> Seen {
        if self.used * 5 >= self.slots.len() * 4 {
            self.grow();
        }
        let mut at = self.home(new.low);
        loop {
            let slot = self.slots[at];
            if slot.low == 0 {
                self.slots[at] = new;
                self.used += 1;
                return Seen::New;
            }
            if slot.low == new.low && slot.high == new.high {
                return if slot.print == new.print { Seen::Identical } else { Seen::Differing };
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[cold]
    fn grow(&mut self) {
        let larger = vec![Slot::default(); self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, larger) {
            if slot.low != 0 {
                let mut at = self.home(slot.low);
                while self.slots[at].low != 0 {
                    at = (at + 1) & (self.slots.len() - 1);
                }
                self.slots[at] = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_of_an_id_is_new_and_later_ones_are_told_apart() {
        let mut table = IdTable::new();
        let id = IdHash::of(b"AVV-1");
        assert_eq!(table.insert(id, 7), Seen::New);
        assert_eq!(table.insert(id, 7), Seen::Identical);
        assert_eq!(table.insert(id, 8), Seen::Differing);
        assert_eq!(table.insert(IdHash::of(b"AVV-2"), 7), Seen::New);
    }

    #[test]
    fn a_table_that_has_grown_still_knows_all() {
        let mut table = IdTable::new();
        let ids: Vec<IdHash> = (0..100_000).map(|n| IdHash::of(format!("AVV-{n}").as_bytes())).collect();
        table.warm(ids.iter().copied());
        assert!(ids.iter().all(|id| table.insert(*id, 1) == Seen::New));
        assert!(ids.iter().all(|id| table.insert(*id, 1) == Seen::Identical));
    }

    #[test]
    fn rows_of_one_id_with_other_content_are_other_keys() {
        let id = IdHash::of(b"AVV-1");
        assert_ne!(id.with(1), id.with(2));
        assert_eq!(id.with(1), id.with(1));
    }

    #[test]
    fn a_slot_takes_sixteen_bytes() {
        assert_eq!(size_of::<Slot>(), 16);
    }
}
