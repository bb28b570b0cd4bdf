//! Every crate with each of its features alone, for a workspace turns features on for one another.

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::workspace::Workspace;

/// Checks every feature set with `cargo check` or `cargo clippy`; clippy refuses warnings.
pub(crate) fn each_alone(workspace: &Workspace, tool: &str) -> Result<(), TaskError> {
    for set in workspace.feature_sets() {
        heading(&format!(
            "cargo {tool}, {} with {}",
            set.krate,
            set.feature.as_deref().unwrap_or("no feature")
        ));
        let mut program = Program::cargo(&workspace.root);
        program = program.args([tool, "--quiet", "--package", &set.krate, "--no-default-features"]);
        if let Some(feature) = &set.feature {
            program = program.args(["--features", feature]);
        }
        if tool == "clippy" {
            program = program.args(["--", "-D", "warnings"]);
        }
        program.run()?;
    }
    Ok(())
}
