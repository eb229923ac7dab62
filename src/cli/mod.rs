//! The command line: arguments in, one summary line on stdout, everything else on stderr, an exit code out.
//!
//! Exit codes: 0 published · 1 stopped, the analyst can fix it · 2 wrong usage · 3 a bug in the program.

mod args;
mod ask;
mod check;
mod completions;
mod diff;
mod explain;
mod hidden;
mod init;
mod inspect;
mod json;
mod machine;
mod man;
mod print;
mod print_personal;
mod progress;
mod protect;
mod roll;
mod run;
mod schema;
mod trace;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use clap::Parser;

use crate::diagnostic::Failure;
use crate::protect::two_way::Rules;
use args::{Arguments, Command};

pub use print::render;

/// Runs the program with its arguments (the first is its own name) and gives the exit code.
pub fn main(arguments: impl Iterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => return usage(&message),
    };
    machine::prepare();
    std::panic::set_hook(Box::new(remember_panic));
    let dispatched = || machine::has_time(SystemTime::now()).and_then(|()| dispatch(&arguments));
    match catch_unwind(AssertUnwindSafe(dispatched)) {
        Ok(Ok(())) => 0,
        Ok(Err(failure)) => tell(&failure, &arguments),
        Err(_) => tell(&panic_failure(), &arguments),
    }
}

/// Ends the program with a word that the machine has no memory left. Nothing is published half: what stands beside the
/// report goes with the next run.
pub fn without_memory() -> ! {
    // Nobody is left to tell when that fails, too.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), machine::no_memory().as_bytes());
    std::process::exit(1)
}

/// Help goes to stdout and is no failure; clap knows which is which. A closed pipe is nobody's mistake.
fn usage(message: &clap::Error) -> u8 {
    let _ = message.print();
    message.exit_code().try_into().unwrap_or(2)
}

fn dispatch(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Analyze { run } => run::run("analyze", run, &arguments.global),
        Command::Run { job, run } => run::run(job, run, &arguments.global),
        Command::Roll { job, to } => roll::roll(job, *to, &arguments.global),
        Command::Check { job, check } => check::check(job, check, &arguments.global),
        Command::Inspect { file } => inspect::inspect(file, &arguments.global),
        Command::Init { files, name, out, organisation, year, force } => {
            let target = init::Target::new(name.as_deref(), out.as_deref(), *force);
            init::init(files, &target, organisation.clone(), *year, &arguments.global)
        }
        Command::Diff { old, new, year, html, all } => {
            diff::diff(&diff::Asked { old, new, year: *year, html: html.as_deref(), all: *all }, &arguments.global)
        }
        Command::Explain { report, figure, cell, limit, all, internal } => {
            let limit = if *all { usize::MAX } else { *limit };
            explain::explain(report, figure, cell, explain::Show { limit, internal: *internal }, &arguments.global)
        }
        Command::Trace { file, sheet, row, report, internal } => {
            trace::trace(file, sheet, *row, report.as_deref(), *internal, &arguments.global)
        }
        Command::Protect { table, threshold, distinct, out } => {
            let rules = Rules { threshold: *threshold, distinct: *distinct };
            protect::protect(table, rules, out.as_deref(), &arguments.global)
        }
        Command::Schema => schema::schema(),
        Command::Completions { shell } => completions::completions(*shell),
        Command::Man { dir } => man::man(dir.as_deref()),
    }
}

fn tell(failure: &Failure, arguments: &Arguments) -> u8 {
    if failure.diagnostics.is_empty() {
        // Published, and everything has been told: only the exit code is left.
        return failure.exit_code();
    }
    if arguments.global.json {
        // Nobody is left to tell when stdout is gone, too.
        let _ = print::result(&json::failure(failure));
    }
    print::failure(failure);
    failure.exit_code()
}

/// What the machine is known to have lacked where the program broke.
static LACKED_THREADS: AtomicBool = AtomicBool::new(false);

/// Where the program broke. The panic's own words are left out: they could quote a cell.
static BROKE_AT: Mutex<Option<String>> = Mutex::new(None);

fn remember_panic(panic: &PanicHookInfo<'_>) {
    if machine::is_of_threads(panic.payload()) {
        LACKED_THREADS.store(true, Ordering::Relaxed);
    }
    let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
    if let Ok(mut first) = BROKE_AT.lock()
        && first.is_none()
    {
        *first = place;
    }
}

fn panic_failure() -> Failure {
    if LACKED_THREADS.load(Ordering::Relaxed) {
        return machine::too_few_threads();
    }
    let place = BROKE_AT.lock().ok().and_then(|place| place.clone());
    Failure::internal(match place {
        Some(place) => format!("the program broke off at {place}"),
        None => "the program broke off".to_string(),
    })
}
