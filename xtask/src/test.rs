//! `cargo xtask test`: all tests of all languages. Each runner's own words come through unchanged.

use crate::cases;
use crate::command::{Program, heading, note};
use crate::error::TaskError;
use crate::node::{install, npm};
use crate::oracle::{LIGHT, Oracle};
use crate::python::Environment;
use crate::workspace::Workspace;

/// One part: its name, the file it cannot do without, and how it runs.
struct Part {
    name: &'static str,
    needs: &'static str,
    run: fn(&Workspace) -> Result<(), TaskError>,
}

const PARTS: &[Part] = &[
    Part { name: "rust", needs: "Cargo.toml", run: rust },
    Part { name: "oracle", needs: "conformance/oracle/go.mod", run: oracle },
    Part { name: "python", needs: "bindings/python/pyproject.toml", run: python },
    Part { name: "node", needs: "bindings/node/package.json", run: node },
];

/// Runs every part, also after one failed, and names those that failed at the end.
pub(crate) fn run(workspace: &Workspace, parser: lexopt::Parser) -> Result<(), TaskError> {
    let there: Vec<&Part> = PARTS.iter().filter(|part| workspace.root.join(part.needs).is_file()).collect();
    let names: Vec<&'static str> = there.iter().map(|part| part.name).collect();
    let chosen = crate::parts(parser, &names)?;
    let mut failed = Vec::new();
    for part in there.iter().filter(|part| chosen.contains(&part.name)) {
        if let Err(error) = (part.run)(workspace) {
            note(&format!("{}: {error}", part.name));
            failed.push(format!("{} ({error})", part.name));
        }
    }
    heading("tests");
    if !failed.is_empty() {
        return Err(TaskError::Wrong(format!("these tests failed: {}", failed.join(", "))));
    }
    note(&format!("all tests passed: {}", chosen.join(", ")));
    Ok(())
}

/// The crates, with every feature that builds on any machine; then whether each builds with each feature alone.
fn rust(workspace: &Workspace) -> Result<(), TaskError> {
    heading("Rust");
    Program::cargo(&workspace.root)
        .args(["test", "--no-fail-fast"])
        .args(workspace.without_bindings())
        .args(workspace.every_feature())
        .run()?;
    crate::features::each_alone(workspace, "check")
}

/// The oracle's own tests, and some of the recorded cases asked again.
fn oracle(workspace: &Workspace) -> Result<(), TaskError> {
    heading("oracle");
    let oracle = Oracle::of(workspace);
    oracle.test(LIGHT, &oracle.newest()?)?;
    if cases::exist(workspace) { cases::ask_again(workspace) } else { Ok(()) }
}

/// The Python package, built into an environment of our own.
fn python(workspace: &Workspace) -> Result<(), TaskError> {
    heading("Python");
    let package = workspace.root.join("bindings/python");
    let environment = Environment::with_package(workspace, &package)?;
    environment.program("python", &package).args(["-m", "pytest"]).run()
}

/// The Node package, built in its folder.
fn node(workspace: &Workspace) -> Result<(), TaskError> {
    heading("Node");
    let package = workspace.root.join("bindings/node");
    install(&package)?;
    npm(&package).args(["run", "build", "--", "--profile", "dev"]).run()?;
    npm(&package).arg("test").run()
}
