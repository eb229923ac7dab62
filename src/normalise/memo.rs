//! What a spelling means, worked out once: raw bytes of a cell → its reading.
//!
//! In: the bytes of a cell as they stand in the file. Out: the value that was worked out when they were first seen.
//! A million cells of a column hold a few thousand distinct spellings; trimming, folding and parsing run for those
//! only. Never: an answer for other bytes than those asked for — a hit compares the bytes, not just their hash.

/// Above this many spellings a memo starts afresh, so that a column of free values cannot fill the memory.
const MOST_SPELLINGS: usize = 65_536;

/// A memo that is asked less often than this many times per spelling is not worth its memory.
const FEWEST_QUESTIONS: usize = 2;

const NO_SPELLING: u32 = u32::MAX;

#[derive(Clone, Copy, Default)]
struct Slot<V> {
    hash: u64,
    start: u32,
    /// [`NO_SPELLING`] in a free slot.
    length: u32,
    value: V,
}

/// Raw spelling → value, for one column, one encoding and one thread.
pub(super) struct Memo<V> {
    slots: Vec<Slot<V>>,
    spellings: Vec<u8>,
    used: usize,
    questions: usize,
    last: Slot<V>,
    off: bool,
}

impl<V: Copy + Default> Memo<V> {
    /// Remembers nothing yet and takes no memory until asked.
    pub(super) fn new() -> Self {
        let last = Slot { length: NO_SPELLING, ..Slot::default() };
        Memo { slots: Vec::new(), spellings: Vec::new(), used: 0, questions: 0, last, off: false }
    }

    /// The value of `spelling`; `read` works it out the first time.
    #[inline]
    pub(super) fn get(&mut self, spelling: &[u8], read: impl FnOnce() -> V) -> V {
        self.questions += 1;
        if self.last.length as usize == spelling.len() && same(self.spelling(&self.last), spelling) {
            return self.last.value;
        }
        if self.off || self.slots.is_empty() {
            return self.get_at_first(spelling, read);
        }
        let hash = hash(spelling, MEMO_SEED);
        let mut at = hash as usize & (self.slots.len() - 1);
        loop {
            let slot = self.slots[at];
            if slot.length == NO_SPELLING {
                return self.insert(hash, spelling, read());
            }
            if slot.hash == hash && same(self.spelling(&slot), spelling) {
                self.last = slot;
                return slot.value;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[cold]
    fn get_at_first(&mut self, spelling: &[u8], read: impl FnOnce() -> V) -> V {
        if self.off {
            return read();
        }
        self.slots = Self::free_slots(64);
        self.insert(hash(spelling, MEMO_SEED), spelling, read())
    }

    fn free_slots(count: usize) -> Vec<Slot<V>> {
        vec![Slot { length: NO_SPELLING, ..Slot::default() }; count]
    }

    #[inline]
    fn spelling(&self, slot: &Slot<V>) -> &[u8] {
        let start = slot.start as usize;
        self.spellings.get(start..start + slot.length as usize).unwrap_or_default()
    }

    #[cold]
    fn insert(&mut self, hash: u64, spelling: &[u8], value: V) -> V {
        if self.used >= MOST_SPELLINGS || self.spellings.len() + spelling.len() > 64 << 20 {
            self.start_afresh();
        }
        if self.off || spelling.len() > 1 << 16 {
            return value;
        }
        if (self.used + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = Slot { hash, start: self.spellings.len() as u32, length: spelling.len() as u32, value };
        self.spellings.extend_from_slice(spelling);
        self.place(slot);
        self.used += 1;
        self.last = slot;
        value
    }

    fn start_afresh(&mut self) {
        self.off = self.questions < FEWEST_QUESTIONS * self.used;
        *self = Memo { off: self.off, ..Memo::new() };
        if !self.off {
            self.slots = Self::free_slots(64);
        }
    }

    fn grow(&mut self) {
        let larger = Self::free_slots(self.slots.len() * 2);
        for slot in std::mem::replace(&mut self.slots, larger) {
            if slot.length != NO_SPELLING {
                self.place(slot);
            }
        }
    }

    fn place(&mut self, slot: Slot<V>) {
        let mut at = slot.hash as usize & (self.slots.len() - 1);
        while self.slots[at].length != NO_SPELLING {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }
}

const MEMO_SEED: u64 = 0x51ed_270b_2f4c_9a71;
const SECRET: [u64; 4] = [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3];

/// A 64-bit hash of `bytes` with a fixed seed: multiply and fold, as wyhash does. The same on every machine and run.
///
/// Source: Wang Yi, wyhash (public domain); the folding step is the 128-bit product's halves xor-ed.
#[inline]
pub(super) fn hash(bytes: &[u8], seed: u64) -> u64 {
    let length = bytes.len();
    let mut seed = seed ^ fold(seed ^ SECRET[0], SECRET[1] ^ length as u64);
    let (head, tail) = match length {
        0 => (0, 0),
        1..=3 => (u64::from(bytes[0]) << 16 | u64::from(bytes[length / 2]) << 8 | u64::from(bytes[length - 1]), 0),
        4..=7 => (four(bytes, 0), four(bytes, length - 4)),
        8..=16 => (eight(bytes, 0), eight(bytes, length - 8)),
        _ => {
            let mut at = 0;
            while length - at > 16 {
                seed = fold(eight(bytes, at) ^ SECRET[2], eight(bytes, at + 8) ^ seed);
                at += 16;
            }
            (eight(bytes, length - 16), eight(bytes, length - 8))
        }
    };
    fold(SECRET[3] ^ length as u64, fold(head ^ SECRET[1], tail ^ seed))
}

/// Whether two spellings are equal. Most differ in their first or last letters, and most are short: no call is needed.
#[inline]
fn same(left: &[u8], right: &[u8]) -> bool {
    let length = left.len();
    if length != right.len() {
        return false;
    }
    match length {
        8..=16 => eight(left, 0) == eight(right, 0) && eight(left, length - 8) == eight(right, length - 8),
        4..=7 => four(left, 0) == four(right, 0) && four(left, length - 4) == four(right, length - 4),
        0..=3 => left == right,
        _ => eight(left, 0) == eight(right, 0) && left == right,
    }
}

#[inline]
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    product as u64 ^ (product >> 64) as u64
}

#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

#[inline]
fn four(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u64::from(u32::from_le_bytes(word))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_spelling_is_read_once() {
        let mut memo = Memo::new();
        let mut reads = 0;
        for turn in 0..1000 {
            let spelling = format!("värde {}", turn % 10);
            let value = memo.get(spelling.as_bytes(), || {
                reads += 1;
                turn % 10
            });
            assert_eq!(value, turn % 10);
        }
        assert_eq!(reads, 10);
    }

    #[test]
    fn a_column_of_free_values_is_answered_rightly_and_forgets() {
        let mut memo = Memo::new();
        for number in 0..200_000_u32 {
            assert_eq!(memo.get(&number.to_le_bytes(), || number), number);
        }
        assert!(memo.off);
        assert!(memo.slots.len() <= 4 * MOST_SPELLINGS);
        assert_eq!(memo.get(b"1234", || 7), 7);
    }

    #[test]
    fn the_empty_spelling_is_a_spelling() {
        let mut memo = Memo::new();
        assert_eq!(memo.get(b"", || 1), 1);
        assert_eq!(memo.get(b"", || 2), 1);
    }

    #[test]
    fn hashes_of_similar_ids_differ_in_both_halves() {
        let hashes: Vec<u64> = (0..50_000).map(|n| hash(format!("AVV-0101-{n:08}").as_bytes(), 1)).collect();
        assert_eq!(hashes.iter().collect::<HashSet<_>>().len(), 50_000);
        let low: HashSet<u32> = hashes.iter().map(|hash| *hash as u32).collect();
        assert!(low.len() > 49_990);
    }
}
