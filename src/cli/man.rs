//! `kvalis man`: the manual page of the program, or one page per command into a folder.

use std::fs;
use std::path::Path;

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::Arguments;
use super::print;
use crate::diagnostic::Failure;

/// One page on stdout, or `kvalis.1`, `kvalis-run.1` … in a folder.
pub(super) fn man(folder: Option<&Path>) -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let Some(folder) = folder else { return print::result(&page(&command, "kvalis")?) };
    let failed =
        |error: std::io::Error| Failure::io(say!("cli-man-writing-pages"), &folder.display().to_string(), &error);
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(folder.join("kvalis.1"), page(&command, "kvalis")?).map_err(failed)?;
    for inner in command.get_subcommands() {
        let name = format!("kvalis-{}", inner.get_name());
        fs::write(folder.join(format!("{name}.1")), page(inner, &name)?).map_err(failed)?;
    }
    Ok(())
}

fn page(command: &clap::Command, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    Man::new(command.clone())
        .title(name)
        .render(&mut bytes)
        .map_err(|error| Failure::io(say!("cli-man-writing-page"), name, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
