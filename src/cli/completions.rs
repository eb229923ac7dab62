//! `kvalis completions`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Arguments;
use super::print;
use crate::diagnostic::Failure;

pub(super) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "kvalis", &mut script);
    print::result(&String::from_utf8_lossy(&script))
}
