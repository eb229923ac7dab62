//! What becomes of each row of a batch: rejected, outside the period, a duplicate, or kept. In this order, and once.
//!
//! In: what the columns found, and the ids seen before. Out: the kept rows in order, a tally of all, and which rows were
//! rejected or repeated. Never: a row without a fate.

use crate::domain::balance::{Fate, Tally};
use crate::store::NO_DAY;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::{OutsidePeriod, RepeatedIds};

use super::block::Flaw;
use super::columns::{Column, Worker};
use super::duplicates::{IdHash, IdTable, Seen};
use super::rules::Rules;

/// Ids looked up at a time.
const TOGETHER: usize = 16;

/// The fates of a batch's rows.
pub(super) struct Fates {
    /// Rows that are kept, in order.
    pub kept: Vec<u32>,
    /// One flaw for each rejected row: the first column in job-file order.
    pub rejected: Vec<Flaw>,
    /// Rows that repeat an id with other content.
    pub differing: Vec<u32>,
    /// Rejected, outside the period and duplicates; the kept rows are added by [`Fates::tally`].
    dropped: Tally,
}

impl Fates {
    /// Rejects rows and drops those outside the period.
    pub(super) fn new(source: &SourcePlan, rules: &Rules, worker: &mut Worker) -> Self {
        let rejected = first_of_each_row(std::mem::take(&mut worker.notes.failures));
        let mut dropped = Tally::default();
        let mut next = rejected.iter().peekable();
        let mut kept = Vec::with_capacity(worker.prints.len());
        for row in 0..worker.prints.len() as u32 {
            match next.next_if(|flaw| flaw.row == row) {
                Some(flaw) => dropped.add(Fate::Rejected(flaw.code), 1),
                None => kept.push(row),
            }
        }
        let inside = kept.len();
        if let Some(days) = period_days(source, rules, worker) {
            let (first, last) = source.job_window;
            kept.retain(|row| days[*row as usize] == NO_DAY || (first..=last).contains(&days[*row as usize]));
        }
        add(&mut dropped, Fate::OutsidePeriod, inside - kept.len());
        Fates { kept, rejected, differing: Vec::new(), dropped }
    }

    /// Drops rows whose id, or whose id with the same content, was there before. In the order of the batches.
    pub(super) fn drop_repeated(&mut self, repeated: RepeatedIds, worker: &Worker, seen: &mut IdTable) {
        let kept = std::mem::take(&mut self.kept);
        self.kept.reserve(kept.len());
        let several = repeated == RepeatedIds::SeveralRows;
        let key = |row: u32| key(several, worker.ids[row as usize], worker.prints[row as usize]);
        for rows in kept.chunks(TOGETHER) {
            seen.warm(rows.iter().map(|row| key(*row).0));
            for row in rows {
                let (id, print) = key(*row);
                match seen.insert(id, print) {
                    Seen::New => self.kept.push(*row),
                    Seen::Identical => {}
                    Seen::Differing => self.differing.push(*row),
                }
            }
        }
        add(&mut self.dropped, Fate::Duplicate, kept.len() - self.kept.len());
    }

    /// All rows by fate.
    pub(super) fn tally(&self) -> Tally {
        let mut tally = self.dropped.clone();
        add(&mut tally, Fate::Kept, self.kept.len());
        tally
    }
}

/// Fates that no row has do not stand in a balance.
fn add(tally: &mut Tally, fate: Fate, rows: usize) {
    if rows > 0 {
        tally.add(fate, rows as u64);
    }
}

#[inline]
fn key(several: bool, id: IdHash, print: u64) -> (IdHash, u32) {
    if several { (id.with(print), 0) } else { (id, (print ^ (print >> 32)) as u32) }
}

fn first_of_each_row(mut failures: Vec<Flaw>) -> Vec<Flaw> {
    failures.sort_by_key(|flaw| (flaw.row, flaw.column));
    failures.dedup_by_key(|flaw| flaw.row);
    failures
}

/// The days that place rows in periods, if rows outside are to be dropped.
fn period_days<'w>(source: &SourcePlan, rules: &Rules, worker: &'w Worker) -> Option<&'w [i32]> {
    match &worker.columns[rules.period_date.filter(|_| source.outside_period == OutsidePeriod::Drop)?] {
        Column::Days(days) => Some(days),
        _ => None,
    }
}
