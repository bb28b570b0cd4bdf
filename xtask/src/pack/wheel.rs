//! The wheel and the source distribution, each installed into an environment of its own.

use std::path::Path;

use super::Packing;
use super::readme::Readme;
use crate::command::{heading, shell};
use crate::error::TaskError;
use crate::files;
use crate::python::Environment;

/// Builds both and asks each the README's question.
pub(super) fn pack(packing: &Packing<'_>) -> Result<(), TaskError> {
    let workspace = packing.workspace;
    let package = workspace.root.join("bindings/python");
    let readme = Readme::of(workspace)?;
    let built = workspace.scratch().join("pack/wheel");
    files::empty_folder(&built)?;
    heading("wheel and source distribution");
    let tools = Environment::lasting(workspace, &package.join("requirements-dev.txt"))?;
    tools.program("maturin", &package).args(["build", "--release", "--out"]).arg(&built).run()?;
    tools.program("maturin", &package).args(["sdist", "--out"]).arg(&built).run()?;
    for (suffix, what) in [(".whl", "wheel"), (".tar.gz", "source distribution")] {
        heading(&format!("a new Python environment with the {what}"));
        let found = files::in_folder(&built, suffix)?;
        let [file] = found.as_slice() else {
            return Err(TaskError::Wrong(format!(
                "{} files end in {suffix}, and one was expected",
                found.len()
            )));
        };
        ask(packing, &readme, what, file)?;
    }
    Ok(())
}

/// Installs one of them and runs the README's Python program and shell line.
fn ask(packing: &Packing<'_>, readme: &Readme, what: &str, file: &Path) -> Result<(), TaskError> {
    let workspace = packing.workspace;
    let environment = Environment::fresh(workspace, "pack/python")?;
    environment.pip(workspace).arg(file).run()?;
    let script = workspace.scratch().join("pack/question.py");
    files::write(&script, readme.python()?)?;
    let printed = environment.program("python", &workspace.root).arg("-I").arg(&script).output()?;
    readme.compare(&format!("the {what}"), &printed)?;
    let printed = shell(&workspace.root, &environment.programs(), &readme.shell()?).output()?;
    readme.compare(&format!("the command of the {what}"), &printed)
}
