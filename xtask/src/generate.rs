//! `cargo xtask generate`: writes the checked-in files that are made from upstream data or from our own code.

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::files;
use crate::node::{install, npm};
use crate::oracle::{HEAVY, Oracle};
use crate::python::Environment;
use crate::workspace::Workspace;

/// One kind of generated file: its name, the file without which there is nothing to generate, and how.
struct Part {
    name: &'static str,
    needs: &'static str,
    run: fn(&Workspace) -> Result<(), TaskError>,
}

const PARTS: &[Part] = &[
    Part { name: "discovery", needs: "conformance/generate/discovery/main.go", run: discovery },
    Part { name: "schema", needs: "conformance/generate/schema/main.go", run: schema },
    Part { name: "lifecycle", needs: "conformance/generate/lifecycle/main.go", run: lifecycle },
    Part { name: "conversions", needs: "conformance/generate/conversions/main.go", run: conversions },
    Part { name: "bootstrap", needs: "conformance/generate/bootstrap/main.go", run: bootstrap },
    Part { name: "words", needs: "conformance/generate/words/main.go", run: words },
    Part { name: "python", needs: "bindings/python/tools/generate.py", run: python },
    Part { name: "node", needs: "bindings/node/scripts/generate.mjs", run: node },
];

/// Generates the named parts, or all. With `--check` nothing may change by it.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let there: Vec<&Part> = PARTS.iter().filter(|part| workspace.root.join(part.needs).is_file()).collect();
    let names: Vec<&'static str> = there.iter().map(|part| part.name).collect();
    let mut check = false;
    let mut chosen = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("check") => check = true,
            lexopt::Arg::Value(name) => chosen.push(crate::part(&name, &names)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let before = if check { changes(workspace)? } else { String::new() };
    for part in there.iter().filter(|part| chosen.is_empty() || chosen.contains(&part.name)) {
        heading(&format!("generate, {}", part.name));
        (part.run)(workspace)?;
    }
    if check && changes(workspace)? != before {
        let now = Program::new("git", &workspace.root).args(["status", "--short"]).output()?;
        return Err(TaskError::Wrong(format!("generated files are not up to date:\n{now}")));
    }
    Ok(())
}

/// Everything that differs from the commit.
fn changes(workspace: &Workspace) -> Result<String, TaskError> {
    let status = Program::new("git", &workspace.root).args(["status", "--porcelain"]).output()?;
    Ok(status + &Program::new("git", &workspace.root).args(["diff", "HEAD"]).output()?)
}

/// The groups and resources of each minor version.
pub(crate) fn discovery(workspace: &Workspace) -> Result<(), TaskError> {
    Program::new("go", &workspace.root.join("conformance/generate"))
        .args(["run", "./discovery"])
        .arg(workspace.root.join("core/data/discovery"))
        .run()
}

/// The kinds of each minor version and their fields.
pub(crate) fn schema(workspace: &Workspace) -> Result<(), TaskError> {
    Program::new("go", &workspace.root.join("conformance/generate/schema"))
        .args(["run", "."])
        .arg(workspace.root.join("core/data/schema"))
        .run()
}

/// When each API type was introduced, deprecated and removed, and what replaces it.
pub(crate) fn lifecycle(workspace: &Workspace) -> Result<(), TaskError> {
    Program::new("go", &workspace.root.join("conformance/generate"))
        .args(["run", "./lifecycle"])
        .arg(workspace.root.join("core/data/lifecycle.tsv"))
        .run()
}

/// Which kinds can be converted between which versions, as the schemes of the newest minor version say it.
pub(crate) fn conversions(workspace: &Workspace) -> Result<(), TaskError> {
    let oracle = Oracle::of(workspace);
    let program = oracle.build(HEAVY, &oracle.newest()?)?;
    Program::new("go", &workspace.root.join("conformance/generate"))
        .args(["run", "./conversions"])
        .arg(program)
        .arg(workspace.root.join("core/data/conversions.tsv"))
        .run()
}

/// The roles and bindings that an API server of each minor version creates, as the real policy says them.
pub(crate) fn bootstrap(workspace: &Workspace) -> Result<(), TaskError> {
    let oracle = Oracle::of(workspace);
    for minor in oracle.minors()? {
        oracle.build(HEAVY, &minor)?;
    }
    let tables = workspace.root.join("rbac/data/bootstrap");
    files::create_folder(&tables)?;
    Program::new("go", &workspace.root.join("conformance/generate"))
        .args(["run", "./bootstrap"])
        .arg(workspace.root.join("conformance/oracle/bin"))
        .arg(tables)
        .run()
}

/// What the real kubectl takes typed words for, with the discovery of each minor version.
pub(crate) fn words(workspace: &Workspace) -> Result<(), TaskError> {
    Program::new("go", &workspace.root.join("conformance/generate/words"))
        .args(["run", "."])
        .arg(workspace.root.join("core/data/discovery"))
        .arg(workspace.root.join("core/src/schema/lookup/words.tsv"))
        .run()
}

/// The type stubs and the result classes of the Python package.
fn python(workspace: &Workspace) -> Result<(), TaskError> {
    let package = workspace.root.join("bindings/python");
    let environment = Environment::with_package(workspace, &package)?;
    environment.program("python", &package).arg("tools/generate.py").run()
}

/// The loader and the types of the Node package, from what was built and from the question catalogue.
fn node(workspace: &Workspace) -> Result<(), TaskError> {
    let package = workspace.root.join("bindings/node");
    install(&package)?;
    npm(&package).args(["run", "build", "--", "--profile", "dev"]).run()?;
    npm(&package).args(["run", "generate"]).run()
}
