//! The npm package and its package for this platform, installed together into two empty projects, one of ES modules
//! and one of `CommonJS`.

use std::path::{Path, PathBuf};

use super::Packing;
use super::readme::Readme;
use crate::command::{Program, heading, shell};
use crate::error::TaskError;
use crate::files;
use crate::node::{install, npm, npx};

/// Packs both and asks each project the README's question.
pub(super) fn pack(packing: &Packing<'_>) -> Result<(), TaskError> {
    let workspace = packing.workspace;
    let package = workspace.root.join("bindings/node");
    let built = workspace.scratch().join("pack/npm");
    files::empty_folder(&built)?;
    heading("npm packages");
    install(&package)?;
    npm(&package).args(["run", "build"]).run()?;
    let tarballs = [root_package(&package, &built)?, platform_package(&package, &built)?];
    let readme = Readme::of(workspace)?;
    ask(packing, &readme, "an empty ESM project", "module", "question.mjs", readme.module()?, &tarballs)?;
    ask(
        packing,
        &readme,
        "an empty CommonJS project",
        "commonjs",
        "question.cjs",
        &readme.script()?,
        &tarballs,
    )
}

/// Packs the folder that a person would publish.
fn root_package(package: &Path, built: &Path) -> Result<PathBuf, TaskError> {
    tarball(package, &built.join("root"))
}

/// Packs the addon that was just built, in the package that its platform gets.
fn platform_package(package: &Path, built: &Path) -> Result<PathBuf, TaskError> {
    // The tool writes only below a package, so it gets a copy of this one's manifest.
    let copy = built.join("platforms");
    files::write(&copy.join("package.json"), &files::read(&package.join("package.json"))?)?;
    npx(package).args(["napi", "create-npm-dirs", "--cwd"]).arg(&copy).run()?;
    let addons = files::in_folder(package, ".node")?;
    let [addon] = addons.as_slice() else {
        return Err(TaskError::Wrong(format!(
            "{} addons are in {}, and one was expected",
            addons.len(),
            package.display()
        )));
    };
    // kubelogic.linux-x64-gnu.node belongs into linux-x64-gnu.
    let name = addon.file_name().unwrap_or_default();
    let platform = name.to_str().and_then(|name| name.split('.').nth(1)).unwrap_or_default();
    let folder = copy.join("npm").join(platform);
    std::fs::copy(addon, folder.join(name))
        .map_err(|source| TaskError::File { path: folder.clone(), source })?;
    tarball(&folder, &built.join("platform"))
}

fn tarball(package: &Path, to: &Path) -> Result<PathBuf, TaskError> {
    files::create_folder(to)?;
    npm(package).args(["pack", "--ignore-scripts", "--pack-destination"]).arg(to).run()?;
    let packed = files::in_folder(to, ".tgz")?;
    packed
        .into_iter()
        .next()
        .ok_or_else(|| TaskError::Wrong(format!("npm packed nothing of {}", package.display())))
}

/// Installs both tarballs into a new project and runs the README's JavaScript and its shell line there.
fn ask(
    packing: &Packing<'_>,
    readme: &Readme,
    what: &str,
    kind: &str,
    file: &str,
    code: &str,
    tarballs: &[PathBuf],
) -> Result<(), TaskError> {
    heading(what);
    let root = &packing.workspace.root;
    let project = packing.workspace.scratch().join("pack").join(kind);
    files::empty_folder(&project)?;
    let manifest = serde_json::json!({"name": "stranger", "version": "0.0.0", "private": true, "type": kind});
    files::write(&project.join("package.json"), &manifest.to_string())?;
    npm(&project).args(["install", "--ignore-scripts", "--omit=optional"]).args(tarballs).run()?;
    let script = project.join(file);
    files::write(&script, code)?;
    let printed = Program::new("node", root).arg(&script).output()?;
    readme.compare(what, &printed)?;
    let printed = shell(root, &project.join("node_modules/.bin"), &readme.shell()?).output()?;
    readme.compare(&format!("the command of {what}"), &printed)
}
