//! `cargo xtask bench`: measures kubelogic and the real components on the same input in the same run.

use std::ffi::OsString;

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::oracle::Oracle;
use crate::workspace::Workspace;

/// The crate that measures.
const CRATE: &str = "kubelogic-bench";

/// Builds the oracle's programs for the newest version and hands all arguments on.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let arguments: Vec<OsString> = parser.raw_args()?.collect();
    heading("bench");
    let oracle = Oracle::of(workspace);
    let newest = oracle.newest()?;
    for program in oracle.programs()? {
        oracle.build(&program, &newest)?;
    }
    Program::cargo(&workspace.root)
        .args(["run", "--quiet", "--release", "--package", CRATE, "--"])
        .args(&arguments)
        .run()
}
