//! Every package that is published carries the licence and the notice, which travel with it alone.

use std::path::Path;

use super::repository;

/// What the text of a package's own file must be.
const TEXTS: &[&str] = &["LICENSE", "NOTICE"];

/// What is missing beside a manifest in `folder`; `read` finds a file's text.
fn problems(folder: &str, read: impl Fn(&Path) -> Option<String>) -> Vec<String> {
    let mut problems = Vec::new();
    for name in TEXTS {
        let own = Path::new(folder).join(name);
        if read(&own) != read(Path::new(name)) || read(&own).is_none() {
            problems.push(format!(
                "{} is not the {name} of the repository: ln -s ../{name} {}",
                own.display(),
                own.display()
            ));
        }
    }
    problems
}

#[test]
fn published_packages_carry_licence_and_notice() {
    let workspace = repository::workspace();
    let mut found = Vec::new();
    let bindings = workspace.root.join("bindings");
    // A crate below bindings is published as a package of its own language.
    for krate in
        workspace.crates.values().filter(|krate| krate.published || krate.folder.starts_with(&bindings))
    {
        let folder = krate.folder.strip_prefix(&workspace.root).unwrap();
        found.extend(problems(&folder.to_string_lossy(), |file| {
            std::fs::read_to_string(workspace.root.join(file)).ok()
        }));
    }
    assert_eq!(found, Vec::<String>::new());
}

/// npm packs no links.
#[test]
fn the_npm_package_has_files_of_its_own() {
    let folder = repository::workspace().root.join("bindings/node");
    assert!(folder.is_dir());
    for name in TEXTS {
        assert!(folder.join(name).symlink_metadata().unwrap().is_file(), "bindings/node/{name} is a link");
    }
}

#[test]
fn a_package_without_them_is_found() {
    let files = |file: &Path| match file.to_str().unwrap() {
        "LICENSE" | "core/LICENSE" => Some("licence".to_owned()),
        "NOTICE" => Some("notice".to_owned()),
        "core/NOTICE" => Some("another notice".to_owned()),
        _ => None,
    };
    assert_eq!(problems("core", files).len(), 1);
    assert_eq!(problems("rbac", files).len(), 2);
    assert_eq!(problems("rbac", |_| None).len(), 2);
}
