//! `cargo xtask lint`: formatting, clippy with every feature set, and the documentation, warnings refused.

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::workspace::Workspace;

/// Runs every check, the quick ones first.
pub(crate) fn run(workspace: &Workspace, parser: lexopt::Parser) -> Result<(), TaskError> {
    crate::parts(parser, &[])?;
    let root = &workspace.root;
    heading("formatting");
    Program::cargo(root).args(["fmt", "--all", "--check"]).run()?;

    let every_feature = workspace.every_feature();
    clippy(workspace, "default features", &[])?;
    if !every_feature.is_empty() {
        clippy(workspace, "all features", &every_feature)?;
    }
    crate::features::each_alone(workspace, "clippy")?;
    for krate in workspace.bindings() {
        heading(&format!("clippy, {}", krate.name));
        Program::cargo(root)
            .args(["clippy", "--package", &krate.name, "--all-targets", "--", "-D", "warnings"])
            .run()?;
    }

    heading("documentation");
    Program::cargo(root)
        .args(["doc", "--no-deps"])
        .args(workspace.without_bindings())
        .args(every_feature)
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()
}

fn clippy(workspace: &Workspace, what: &str, features: &[String]) -> Result<(), TaskError> {
    heading(&format!("clippy, {what}"));
    Program::cargo(&workspace.root)
        .args(["clippy", "--all-targets"])
        .args(workspace.without_bindings())
        .args(features)
        .args(["--", "-D", "warnings"])
        .run()
}
