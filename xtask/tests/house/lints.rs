//! Every crate keeps to the lints of the workspace.

use std::path::{Path, PathBuf};

use super::repository;

/// napi's macros write `allow(unsafe_code)`, which `forbid` refuses; that crate denies unsafe code instead.
const DENIES_UNSAFE: &str = "bindings/node/Cargo.toml";

fn problem(file: &Path, manifest: &toml::Table, shared: &toml::Table) -> Option<String> {
    let own = manifest.get("lints").and_then(toml::Value::as_table);
    let Some(own) = own else { return Some(format!("{}: no lints", file.display())) };
    if own.get("workspace").and_then(toml::Value::as_bool) == Some(true) {
        return None;
    }
    let mut expected = shared.clone();
    if file == Path::new(DENIES_UNSAFE) {
        let rust = expected.get_mut("rust").and_then(toml::Value::as_table_mut)?;
        rust.insert("unsafe_code".to_owned(), "deny".into());
    }
    (*own != expected).then(|| format!("{}: the lints are not those of the workspace", file.display()))
}

fn shared_lints() -> toml::Table {
    let root = repository::manifest(Path::new("Cargo.toml"));
    root.get("workspace").and_then(|root| root.get("lints")).and_then(toml::Value::as_table).unwrap().clone()
}

#[test]
fn every_crate_keeps_to_the_lints() {
    let workspace = repository::workspace();
    let shared = shared_lints();
    let problems: Vec<String> = workspace
        .crates
        .values()
        .filter_map(|krate| {
            let file = krate.folder.strip_prefix(&workspace.root).unwrap().join("Cargo.toml");
            problem(&file, &repository::manifest(&file), &shared)
        })
        .collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn the_lints_refuse_panics_and_unsafe_code() {
    let shared = shared_lints();
    let level = |tool: &str, lint: &str| shared.get(tool)?.get(lint)?.as_str().map(str::to_owned);
    assert_eq!(level("rust", "unsafe_code").as_deref(), Some("forbid"));
    assert_eq!(level("rust", "missing_docs").as_deref(), Some("deny"));
    for lint in
        ["unwrap_used", "expect_used", "panic", "indexing_slicing", "string_slice", "unreachable", "todo"]
    {
        assert_eq!(level("clippy", lint).as_deref(), Some("deny"), "clippy::{lint}");
    }
}

#[test]
fn other_lints_are_found() {
    let shared = repository::parse("[rust]\nunsafe_code = 'forbid'\n[clippy]\npanic = 'deny'");
    let check = |file: &str, text: &str| problem(&PathBuf::from(file), &repository::parse(text), &shared);
    assert_eq!(check("core/Cargo.toml", "[lints]\nworkspace = true"), None);
    assert!(check("core/Cargo.toml", "[package]\nname = 'a'").is_some());
    assert!(
        check("core/Cargo.toml", "[lints.rust]\nunsafe_code = 'deny'\n[lints.clippy]\npanic = 'deny'")
            .is_some()
    );
    assert!(check(DENIES_UNSAFE, "[lints.rust]\nunsafe_code = 'deny'").is_some());
    assert_eq!(
        check(DENIES_UNSAFE, "[lints.rust]\nunsafe_code = 'deny'\n[lints.clippy]\npanic = 'deny'"),
        None
    );
}
