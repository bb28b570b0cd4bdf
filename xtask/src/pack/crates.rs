//! The crates that go to the registry, packed in publish order, and an empty project that uses them.

use std::path::{Path, PathBuf};

use super::Packing;
use super::readme::Readme;
use crate::command::{Program, heading, shell};
use crate::error::TaskError;
use crate::files;

/// The crate that people depend on.
const FACADE: &str = "kubelogic";

/// The crate that holds the command.
const COMMAND: &str = "kubelogic-cli";

/// Packs all of them at once, so that each is built against the packed form of those before it.
pub(super) fn pack(packing: &Packing<'_>) -> Result<(), TaskError> {
    let order = packing.workspace.publish_order()?;
    let names: Vec<&str> = order.iter().map(|krate| krate.name.as_str()).collect();
    heading(&format!("crates, in publish order: {}", names.join(", ")));
    let mut command = Program::cargo(&packing.workspace.root).arg("package");
    for name in &names {
        command = command.args(["--package", name]);
    }
    if packing.allow_dirty {
        command = command.arg("--allow-dirty");
    }
    command.run()?;

    let packed: Vec<(String, PathBuf)> = order
        .iter()
        .map(|krate| {
            (
                krate.name.clone(),
                packing.workspace.target.join(format!("package/{}-{}", krate.name, krate.version)),
            )
        })
        .collect();
    if names.contains(&FACADE) {
        library(packing, &packed)?;
    }
    if names.contains(&COMMAND) {
        program(packing, &packed)?;
    }
    Ok(())
}

/// The README's Rust program, in a project that knows only the packed crates.
fn library(packing: &Packing<'_>, packed: &[(String, PathBuf)]) -> Result<(), TaskError> {
    heading("an empty Rust project");
    let readme = Readme::of(packing.workspace)?;
    let project = packing.workspace.scratch().join("pack/crates");
    files::empty_folder(&project)?;
    let manifest = format!(
        "[package]\nname = \"stranger\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         {FACADE} = \"*\"\n\n[patch.crates-io]\n{}",
        patches(packed, |name, path| format!("{name} = {{ path = {path} }}\n"))
    );
    files::write(&project.join("Cargo.toml"), &manifest)?;
    files::write(&project.join("src/main.rs"), &readme.rust()?)?;
    let printed = Program::cargo(&packing.workspace.root)
        .args(["run", "--quiet", "--manifest-path"])
        .arg(project.join("Cargo.toml"))
        .output()?;
    readme.compare("the Rust program", &printed)
}

/// The README's shell line, with the command installed from its packed crate.
fn program(packing: &Packing<'_>, packed: &[(String, PathBuf)]) -> Result<(), TaskError> {
    heading("the command, installed from its crate");
    let readme = Readme::of(packing.workspace)?;
    let folder = packing.workspace.scratch().join("pack/command");
    files::empty_folder(&folder)?;
    let Some((_, source)) = packed.iter().find(|(name, _)| name == COMMAND) else { return Ok(()) };
    let settings = folder.join("patch.toml");
    let patch =
        format!("[patch.crates-io]\n{}", patches(packed, |name, path| format!("{name}.path = {path}\n")));
    files::write(&settings, &patch)?;
    Program::cargo(&folder)
        .args(["install", "--debug", "--no-track", "--path"])
        .arg(source)
        .arg("--root")
        .arg(&folder)
        .arg("--config")
        .arg(&settings)
        .run()?;
    let printed = shell(&packing.workspace.root, &folder.join("bin"), &readme.shell()?).output()?;
    readme.compare("the command", &printed)
}

/// One line for each packed crate.
fn patches(packed: &[(String, PathBuf)], line: impl Fn(&str, String) -> String) -> String {
    let quoted = |path: &Path| format!("'{}'", path.display());
    packed.iter().map(|(name, path)| line(name, quoted(path))).collect()
}
