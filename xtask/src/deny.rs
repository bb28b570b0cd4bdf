//! `cargo xtask deny`: licences, advisories, sources and duplicates of all dependencies, by cargo-deny.

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::workspace::Workspace;

/// Runs cargo-deny with the repository's `deny.toml`, and says how to install it when it is missing.
pub(crate) fn run(workspace: &Workspace, parser: lexopt::Parser) -> Result<(), TaskError> {
    crate::parts(parser, &[])?;
    heading("cargo-deny");
    Program::new("cargo-deny", &workspace.root).args(["--all-features", "check"]).run()
}
