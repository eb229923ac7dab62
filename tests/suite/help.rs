//! What every command must have, those that come later too: two examples, completions, a manual page.

use std::process::Command;

/// What the program prints on stdout.
fn kvalis(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kvalis")).args(arguments).output().expect("kvalis starts");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// All commands, as the program's own help lists them.
fn commands() -> Vec<String> {
    let help = kvalis(&["--help"]);
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let names = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_string).collect()
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
    let folder = tempfile::tempdir().expect("a temporary folder");
    kvalis(&["man", "--dir", &folder.path().to_string_lossy()]);
    for command in commands() {
        for shell in ["bash", "fish", "zsh", "powershell"] {
            assert!(kvalis(&["completions", shell]).contains(&command), "{command} in {shell}");
        }
        let page = folder.path().join(format!("kvalis-{command}.1"));
        let page = std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        assert!(page.contains("Examples:"), "{command}");
    }
}
