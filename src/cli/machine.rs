//! What the machine may have too little of, or have wrong, in words: threads, memory, a clock.
//!
//! In: what the system says. Out: a failure that says what to do. Never: a fault of the program's own.

use std::any::Any;
use std::sync::OnceLock;
use std::time::SystemTime;

use super::print::render;
use crate::diagnostic::Failure;

/// What is said when there is no memory left: there is none to put words together then.
static NO_MEMORY: OnceLock<String> = OnceLock::new();

/// Puts the words together while there is memory.
pub(super) fn prepare() {
    let failure = Failure::machine(say!("cli-no-memory"), say!("cli-allow-more-memory"));
    NO_MEMORY.get_or_init(|| render(&failure.diagnostics, false));
}

pub(super) fn no_memory() -> &'static str {
    NO_MEMORY.get().map_or("", String::as_str)
}

/// Errors: a clock that stands before its own beginning; documents say when they were made.
pub(super) fn has_time(now: SystemTime) -> Result<(), Failure> {
    let wrong = |_| Failure::machine(say!("cli-clock-is-wrong"), say!("cli-set-the-clock"));
    now.duration_since(SystemTime::UNIX_EPOCH).map(drop).map_err(wrong)
}

/// Whether the program broke because the system gave it no more threads: libraries have no other way of saying so.
pub(super) fn is_of_threads(panic: &dyn Any) -> bool {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let spawning = |text: &str| text.contains("spawn") && text.contains("thread");
    text.is_some_and(|text| text.contains("ThreadPoolBuildError") || spawning(text))
}

pub(super) fn too_few_threads() -> Failure {
    Failure::machine(say!("cli-too-few-threads"), say!("cli-allow-more-threads"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_before_1970_is_told_and_no_bug() {
        let failure = has_time(SystemTime::UNIX_EPOCH - Duration::from_secs(1)).expect_err("before its beginning");
        assert_eq!(failure.exit_code(), 1);
        assert_eq!(has_time(SystemTime::UNIX_EPOCH), Ok(()));
    }

    #[test]
    fn a_panic_for_want_of_threads_is_known_for_what_it_is() {
        let text = |text: &str| is_of_threads(&text.to_string());
        assert!(text("failed to spawn thread: Os { code: 11, kind: WouldBlock }"));
        assert!(text("could not spawn threads: ThreadPoolBuildError { kind: IOError(..) }"));
        assert!(!text("index out of bounds"));
        assert_eq!(too_few_threads().exit_code(), 1);
    }
}
