//! CI runs the one command that the README gives a reader for all tests.

use std::path::Path;

use super::repository;

/// The last line of the script, which must stand alone in a block of the README.
fn problem(script: &str, readme: &str) -> Option<String> {
    let command = script.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let alone = readme.contains(&format!("```\n{command}\n```"));
    (!alone || command.is_empty())
        .then(|| format!("CI ends with `{command}`, which is no command of the README"))
}

#[test]
fn ci_runs_the_command_of_the_readme() {
    let read = |name: &str| repository::read(Path::new(name));
    assert_eq!(problem(&read(".ci/run"), &read("README.md")), None);
}

#[test]
fn another_command_is_found() {
    let readme = "All tests:\n\n```\ncargo xtask test\n```\n";
    assert_eq!(problem("set -e\ncargo xtask test\n", readme), None);
    assert!(problem("cargo xtask test\ncargo test\n", readme).is_some());
    assert!(problem("cargo xtask test rust\n", readme).is_some());
    assert!(problem("", readme).is_some());
}
