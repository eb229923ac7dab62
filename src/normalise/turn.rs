//! Turns: batches are worked on by many threads at once, but certain things happen in the order of the rows.
//!
//! In: a sequence number. Out: the turn's state, alone, when all earlier numbers have had it. Never: a wait without end —
//! a waiting thread looks for the sign to stop.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::diagnostic::Failure;

const LOOK_UP: Duration = Duration::from_millis(20);

/// Something that is worked on in sequence order, one batch at a time.
pub(super) struct Turn<T> {
    state: Mutex<(u64, T)>,
    passed: Condvar,
}

impl<T> Turn<T> {
    pub(super) fn new(state: T) -> Self {
        Turn { state: Mutex::new((0, state)), passed: Condvar::new() }
    }

    /// Waits until all batches before `sequence` have had their turn, then works. A failure lets nobody through any more.
    pub(super) fn take<R>(
        &self,
        sequence: u64,
        stopped: impl Fn() -> Option<Failure>,
        work: impl FnOnce(&mut T) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.0 != sequence {
            if state.0 > sequence {
                return Err(Failure::internal(format!("batch {sequence} was handed over twice")));
            }
            if let Some(failure) = stopped() {
                return Err(failure);
            }
            let (woken, _) = self.passed.wait_timeout(state, LOOK_UP).unwrap_or_else(PoisonError::into_inner);
            state = woken;
        }
        let result = work(&mut state.1)?;
        state.0 += 1;
        self.passed.notify_all();
        Ok(result)
    }

    /// The state between turns, for its only owner.
    pub(super) fn state(&mut self) -> &mut T {
        &mut self.state.get_mut().unwrap_or_else(PoisonError::into_inner).1
    }

    /// The state after all turns.
    pub(super) fn into_inner(self) -> T {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).1
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn turns_come_in_sequence_order_whatever_the_threads_do() {
        let turn = Turn::new(Vec::new());
        std::thread::scope(|scope| {
            for sequence in [3_u64, 1, 0, 2] {
                let turn = &turn;
                scope.spawn(move || {
                    turn.take(
                        sequence,
                        || None,
                        |seen: &mut Vec<u64>| {
                            seen.push(sequence);
                            Ok(())
                        },
                    )
                });
            }
        });
        assert_eq!(turn.into_inner(), [0, 1, 2, 3]);
    }

    #[test]
    fn a_stop_ends_the_wait() {
        let (turn, stop) = (Turn::new(()), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let stopped = || stop.load(Ordering::Relaxed).then(|| Failure::internal("stopped"));
            let waiting = scope.spawn(move || turn.take(1, stopped, |()| Ok(())));
            stop.store(true, Ordering::Relaxed);
            assert!(waiting.join().expect("the waiting thread does not panic").is_err());
        });
    }
}
