//! Gives batches to the sink so that a failure is always the same one, whatever the threads do.
//!
//! In: batches with the sequence numbers that [`Handover::depart`] gives out. Out: calls of the sink, and in the end the
//! failure with the lowest number. The `abort` flag is raised only when every lower number has been handed over: a sink
//! that waits for its turn behind a number that failed is freed, and none that could still finish is disturbed.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::diagnostic::Failure;

use super::RawBatch;

/// Where batches go.
pub(super) type Sink<'a> = &'a (dyn Fn(&RawBatch) -> Result<(), Failure> + Sync);

/// Why the reading stopped.
#[derive(Debug)]
pub(super) struct Stop {
    pub failure: Failure,
    /// The file whose header it was, if it was one.
    pub header_of: Option<u32>,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop { failure, header_of: None }
    }
}

pub(super) struct Handover<'a> {
    abort: &'a AtomicBool,
    sink: Sink<'a>,
    state: Mutex<State>,
    landed: Condvar,
}

#[derive(Default)]
struct State {
    next: u64,
    flying: BTreeSet<u64>,
    first_stop: Option<(u64, Stop)>,
}

/// A sequence number on its way to the sink. If its thread panics, everything stops.
pub(super) struct Flight<'h, 'a> {
    handover: &'h Handover<'a>,
    pub sequence: u64,
    landed: bool,
}

impl<'a> Handover<'a> {
    pub(super) fn new(abort: &'a AtomicBool, sink: Sink<'a>) -> Handover<'a> {
        Handover { abort, sink, state: Mutex::default(), landed: Condvar::new() }
    }

    /// The next sequence number. Call it under the lock that orders the pieces of work.
    pub(super) fn depart(&self) -> Flight<'_, 'a> {
        let mut state = self.state();
        let sequence = state.next;
        state.next += 1;
        state.flying.insert(sequence);
        Flight { handover: self, sequence, landed: false }
    }

    /// True when no further piece of work should be begun.
    pub(super) fn stopped(&self) -> bool {
        self.abort.load(Ordering::Acquire) || self.state().first_stop.is_some()
    }

    /// The failure with the lowest number, if there was one.
    pub(super) fn close(self) -> Result<(), Stop> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match state.first_stop {
            Some((_, stop)) => Err(stop),
            None if self.abort.load(Ordering::Acquire) => {
                Err(Failure::internal("reading was told to stop without a reason").into())
            }
            None => Ok(()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn land(&self, sequence: u64, result: Result<(), Stop>) {
        let mut state = self.state();
        state.flying.remove(&sequence);
        let failed = result.is_err();
        if let Err(stop) = result
            && state.first_stop.as_ref().is_none_or(|(first, _)| sequence < *first)
        {
            state.first_stop = Some((sequence, stop));
        }
        self.landed.notify_all();
        if failed {
            while state.flying.first().is_some_and(|lowest| *lowest < sequence) {
                state = self.landed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            self.abort.store(true, Ordering::Release);
        }
    }
}

impl Flight<'_, '_> {
    /// Hands the batch over and ends the flight with what the sink says.
    pub(super) fn deliver(self, batch: &mut RawBatch) {
        batch.sequence = self.sequence;
        let result = (self.handover.sink)(batch);
        self.land(result.map_err(Stop::from));
    }

    /// Ends the flight of a batch that could not be made.
    pub(super) fn fail(self, stop: Stop) {
        self.land(Err(stop));
    }

    fn land(mut self, result: Result<(), Stop>) {
        self.landed = true;
        self.handover.land(self.sequence, result);
    }
}

impl Drop for Flight<'_, '_> {
    fn drop(&mut self) {
        if !self.landed {
            self.handover.state().flying.remove(&self.sequence);
            self.handover.abort.store(true, Ordering::Release);
            self.handover.landed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Location};

    fn failure(text: &str) -> Failure {
        Diagnostic::error(Code::Io, text, Location::Nowhere).into()
    }

    #[test]
    fn the_failure_with_the_lowest_number_is_told_even_if_it_comes_last() {
        let abort = AtomicBool::new(false);
        let handover = Handover::new(&abort, &|_| Ok(()));
        let (first, second) = (handover.depart(), handover.depart());
        std::thread::scope(|scope| {
            scope.spawn(|| second.fail(failure("second").into()));
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert!(!abort.load(Ordering::Acquire), "number 0 can still finish, so nothing is aborted");
            first.fail(failure("first").into());
        });
        assert!(abort.load(Ordering::Acquire));
        let stop = handover.close().expect_err("two failed");
        assert_eq!(stop.failure.diagnostics[0].message, "first");
    }

    #[test]
    fn a_sink_that_waits_for_a_failed_number_is_freed() {
        let abort = AtomicBool::new(false);
        let sink = |_: &RawBatch| {
            while !abort.load(Ordering::Acquire) {
                std::thread::yield_now();
            }
            Err(failure("aborted"))
        };
        let handover = Handover::new(&abort, &sink);
        let (first, second) = (handover.depart(), handover.depart());
        std::thread::scope(|scope| {
            scope.spawn(|| second.deliver(&mut RawBatch::empty()));
            first.fail(failure("cause").into());
        });
        let stop = handover.close().expect_err("number 0 failed");
        assert_eq!(stop.failure.diagnostics[0].message, "cause");
    }

    #[test]
    fn a_panic_while_a_number_flies_frees_the_others() {
        let abort = AtomicBool::new(false);
        let handover = Handover::new(&abort, &|_| Ok(()));
        drop(handover.depart());
        assert!(abort.load(Ordering::Acquire) && handover.stopped());
    }
}
