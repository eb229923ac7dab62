//! What every command must have, those that come later too: help with two examples, completions, a manual page.

use std::fs;

use crate::kit::{Bench, case};

/// What the program tells of itself.
fn kvalis(arguments: &[&str]) -> String {
    Bench::new().cli(arguments).exits(0).out()
}

/// All commands, as the program's own help lists them.
fn commands() -> Vec<String> {
    let help = kvalis(&["--help"]);
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let names = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_string).collect()
}

/// `tests/cases/help/<command>.txt`, and `kvalis.txt` for the whole.
#[test]
fn help_says_what_each_command_and_flag_is_for() {
    let folder = case::cases().join("help");
    let whole = kvalis(&["--help"]);
    assert!(whole.contains("Examples:"), "{whole}");
    case::expects(&folder.join("kvalis.txt"), &whole);
    for command in commands().iter().filter(|command| *command != "help") {
        case::expects(&folder.join(format!("{command}.txt")), &kvalis(&[command, "--help"]));
    }
    let stale = fs::read_dir(folder).expect("texts").count() - 1;
    assert_eq!(stale, commands().iter().filter(|command| *command != "help").count(), "a text of no command");
}

#[test]
fn every_command_ends_its_help_with_two_examples_of_itself() {
    assert!(commands().len() >= 7, "{:?}", commands());
    for command in commands() {
        let help = kvalis(&[&command, "--help"]);
        let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{command} has examples"));
        let own = examples.lines().filter(|line| line.starts_with(&format!("  kvalis {command}")));
        assert_eq!((own.count(), examples.trim_end().lines().count()), (2, 2), "{command}: {examples}");
    }
}

#[test]
fn every_command_has_completions_and_a_manual_page() {
    let bench = Bench::new();
    bench.cli(&["man", "--dir", "sidor"]).exits(0);
    for command in commands() {
        for shell in ["bash", "fish", "zsh", "powershell", "elvish"] {
            assert!(kvalis(&["completions", shell]).contains(&command), "{command} in {shell}");
        }
        assert!(bench.read(&format!("sidor/kvalis-{command}.1")).contains("Examples:"), "{command}");
    }
    assert!(bench.read("sidor/kvalis.1").contains("kvalis\\-run(1)"), "the main page names the others");
    assert!(bench.read("sidor/kvalis-run.1").contains(".TH kvalis-run 1"));
    assert_eq!(kvalis(&["man"]), bench.read("sidor/kvalis.1"));
}
