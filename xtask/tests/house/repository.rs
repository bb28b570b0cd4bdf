//! The repository under test: its crates, its files, its manifests.

use std::path::PathBuf;

use xtask::command::Program;
use xtask::files;
use xtask::workspace::Workspace;

/// The workspace as cargo sees it.
pub(crate) fn workspace() -> Workspace {
    Workspace::load().expect("cargo knows this workspace")
}

/// The files that are in git or about to be, relative to the repository, sorted.
pub(crate) fn files() -> Vec<PathBuf> {
    let listed = Program::new("git", &workspace().root)
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"])
        .output()
        .expect("git lists the files");
    let mut files: Vec<PathBuf> = listed.lines().map(PathBuf::from).collect();
    files.retain(|file| workspace_path(file).exists());
    assert!(files.len() > 20, "git lists almost no files");
    files.sort();
    files
}

/// The files with that extension.
pub(crate) fn files_ending(extension: &str) -> Vec<PathBuf> {
    let found: Vec<PathBuf> =
        files().into_iter().filter(|file| file.extension().is_some_and(|own| own == extension)).collect();
    assert!(!found.is_empty(), "no file ends in .{extension}");
    found
}

/// Reads a file of the repository.
pub(crate) fn read(file: &std::path::Path) -> String {
    files::read(&workspace_path(file)).expect("a listed file can be read")
}

/// Reads a manifest of the repository.
pub(crate) fn manifest(file: &std::path::Path) -> toml::Table {
    parse(&read(file))
}

/// Reads a manifest.
pub(crate) fn parse(text: &str) -> toml::Table {
    text.parse().expect("a manifest is TOML")
}

fn workspace_path(file: &std::path::Path) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(file)
}
