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
fn published_crates_carry_licence_and_notice() {
    let workspace = repository::workspace();
    let mut found = Vec::new();
    for krate in workspace.crates.values().filter(|krate| krate.published) {
        let folder = krate.folder.strip_prefix(&workspace.root).unwrap();
        found.extend(problems(&folder.to_string_lossy(), |file| {
            std::fs::read_to_string(workspace.root.join(file)).ok()
        }));
    }
    assert_eq!(found, Vec::<String>::new());
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
