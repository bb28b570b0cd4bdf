//! Every folder of the repository is known: as a crate of the workspace, or in the list below.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::repository;

/// Folders at the top that are not crates, nor hold any.
const NOT_CRATES: &[&str] = &[".cargo", ".ci", ".github", "conformance", "docs", "examples"];

/// Crates that stay outside the workspace, for they need tools of their own.
const OUTSIDE: &[&str] = &["fuzz"];

fn problems(files: &[PathBuf], members: &BTreeSet<PathBuf>) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.ends_with("Cargo.toml")) {
        let folder = file.parent().unwrap();
        let known = members.contains(folder) || OUTSIDE.iter().any(|outside| folder == Path::new(outside));
        if !known && folder != Path::new("") {
            problems.push(format!("{} is no member of the workspace", folder.display()));
        }
    }
    let mut tops: BTreeSet<&Path> = BTreeSet::new();
    for file in files {
        let mut parts = file.components();
        if let (Some(top), Some(_)) = (parts.next(), parts.next()) {
            tops.insert(Path::new(top.as_os_str()));
        }
    }
    for top in tops {
        let listed = NOT_CRATES.iter().chain(OUTSIDE).any(|name| top == Path::new(name));
        if !listed && !members.iter().any(|member| member.starts_with(top)) {
            problems.push(format!("{} is neither a crate nor in the list", top.display()));
        }
    }
    problems
}

#[test]
fn every_folder_is_known() {
    let workspace = repository::workspace();
    let members =
        workspace.crates.values().map(|krate| krate.folder.strip_prefix(&workspace.root).unwrap().to_owned());
    assert_eq!(problems(&repository::files(), &members.collect()), Vec::<String>::new());
}

#[test]
fn an_unknown_folder_is_found() {
    let files = ["Cargo.toml", "core/Cargo.toml", "core/lost/Cargo.toml", "stuff/a.txt", "fuzz/Cargo.toml"];
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let members = BTreeSet::from([PathBuf::from("core")]);
    assert_eq!(
        problems(&files, &members),
        ["core/lost is no member of the workspace", "stuff is neither a crate nor in the list"]
    );
}
