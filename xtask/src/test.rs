//! `cargo xtask test`: all tests of all languages. Each runner's own words come through unchanged.

use crate::command::{Program, heading, note};
use crate::error::TaskError;
use crate::workspace::Workspace;

const PARTS: &[&str] = &["rust"];

/// Runs every part, also after one failed, and names those that failed at the end.
pub(crate) fn run(workspace: &Workspace, parser: lexopt::Parser) -> Result<(), TaskError> {
    let parts = crate::parts(parser, PARTS)?;
    let mut failed = Vec::new();
    for part in &parts {
        if let Err(error) = run_part(workspace, part) {
            note(&format!("{part}: {error}"));
            failed.push(*part);
        }
    }
    heading("tests");
    if !failed.is_empty() {
        return Err(TaskError::Wrong(format!("these tests failed: {}", failed.join(", "))));
    }
    note(&format!("all tests passed: {}", parts.join(", ")));
    Ok(())
}

fn run_part(workspace: &Workspace, part: &str) -> Result<(), TaskError> {
    match part {
        "rust" => rust(workspace),
        _ => Err(TaskError::Usage(format!("`{part}` has no tests"))),
    }
}

fn rust(workspace: &Workspace) -> Result<(), TaskError> {
    heading("Rust");
    Program::cargo(&workspace.root)
        .args(["test", "--no-fail-fast"])
        .args(workspace.without_bindings())
        .args(workspace.every_feature())
        .run()
}
