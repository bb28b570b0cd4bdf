//! `cargo xtask corpus`: whether a folder of published manifests is still read as the real reader read it.

use std::path::PathBuf;

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::oracle::{LIGHT, Oracle};
use crate::workspace::Workspace;

/// What the real reader said, beside the recorded cases.
const RECORDED: &str = "conformance/corpus";

/// Compares the manifests of a folder, `../shared/corpus` unless another one is named. A folder that is not there is an
/// error: nothing was compared.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let (mut folder, mut record) = (workspace.root.join("../shared/corpus"), false);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("record") => record = true,
            lexopt::Arg::Value(path) => folder = PathBuf::from(path),
            other => return Err(other.unexpected().into()),
        }
    }
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(TaskError::Usage(format!(
            "`{folder}` is no folder: name one with the published manifests"
        )));
    }
    let oracle = Oracle::of(workspace);
    let newest = oracle.newest()?;
    heading(&format!("corpus, {newest}"));
    let recorded = workspace.root.join(RECORDED).join(format!("documents.{newest}.tsv"));
    let mut program = Program::cargo(&workspace.root)
        .args(["run", "--quiet", "--package", "kubelogic-differ", "--", "corpus", "--version", &newest])
        .arg("--corpus")
        .arg(folder)
        .arg("--recorded")
        .arg(recorded);
    if record {
        program = program.arg("--oracle").arg(oracle.build(LIGHT, &newest)?);
    }
    program.run()
}
