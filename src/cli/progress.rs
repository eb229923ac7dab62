//! Progress on a terminal; nothing where nobody watches.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::run::Progress;

/// A line on stderr with the step, the rows so far and the time; silent if stderr is no terminal.
pub(super) struct Bar {
    line: ProgressBar,
}

impl Bar {
    pub(super) fn new(wanted: bool) -> Bar {
        if !wanted || !stderr().is_terminal() {
            return Bar { line: ProgressBar::hidden() };
        }
        let rows = say!("cli-progress-rows", rows = "{human_pos}");
        let style = ProgressStyle::with_template(&format!("{{spinner}} {{msg}} · {rows} · {{elapsed}}"))
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style);
        line.enable_steady_tick(Duration::from_millis(120));
        Bar { line }
    }

    /// Takes the line off the terminal, so that what is printed next stands alone.
    pub(super) fn clear(&self) {
        self.line.finish_and_clear();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Progress for Bar {
    fn step(&self, what: &str) {
        self.line.set_message(what.to_string());
    }

    fn rows(&self, rows: u64) {
        self.line.inc(rows);
    }
}
