//! One version number for the crates, the wheel and the npm packages.

use std::path::{Path, PathBuf};

use super::repository;

/// The npm packages of ours start with this.
const NPM_NAME: &str = "kubelogic";

/// What a manifest says that differs from `version`.
fn cargo_problems(file: &Path, manifest: &toml::Table, version: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let own = manifest.get("package").and_then(|package| package.get("version"));
    let inherited = own.and_then(|own| own.get("workspace")).and_then(toml::Value::as_bool) == Some(true);
    if own.is_some() && !inherited && own.and_then(toml::Value::as_str) != Some(version) {
        problems.push(format!("{}: the version is not {version}", file.display()));
    }
    let shared = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let tables = [
        shared,
        manifest.get("dependencies"),
        manifest.get("dev-dependencies"),
        manifest.get("build-dependencies"),
    ];
    for (name, dependency) in tables.into_iter().flatten().filter_map(toml::Value::as_table).flatten() {
        let asked = dependency.get("version").and_then(toml::Value::as_str);
        if dependency.get("path").is_some() && asked.is_some_and(|asked| asked != format!("={version}")) {
            problems.push(format!("{}: {name} is not asked for as ={version}", file.display()));
        }
    }
    problems
}

fn python_problems(file: &Path, manifest: &toml::Table, version: &str) -> Vec<String> {
    let project = manifest.get("project");
    let own = project.and_then(|project| project.get("version")).and_then(toml::Value::as_str);
    let dynamic = project.and_then(|project| project.get("dynamic")).and_then(toml::Value::as_array);
    let from_cargo = dynamic.is_some_and(|names| names.iter().any(|name| name.as_str() == Some("version")));
    if own == Some(version) || (own.is_none() && from_cargo) {
        return Vec::new();
    }
    vec![format!("{}: the version is not {version}", file.display())]
}

fn npm_problems(file: &Path, manifest: &serde_json::Value, version: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let name = manifest.get("name").and_then(serde_json::Value::as_str).unwrap_or_default();
    let ours =
        |name: &str| name == NPM_NAME || name.starts_with("kubelogic-") || name.starts_with("@kubelogic/");
    if ours(name) && manifest.get("version").and_then(serde_json::Value::as_str) != Some(version) {
        problems.push(format!("{}: the version is not {version}", file.display()));
    }
    for table in ["dependencies", "optionalDependencies", "peerDependencies"] {
        for (name, asked) in manifest.get(table).and_then(serde_json::Value::as_object).into_iter().flatten()
        {
            if ours(name) && asked.as_str() != Some(version) {
                problems.push(format!("{}: {name} is not asked for as {version}", file.display()));
            }
        }
    }
    problems
}

fn named(name: &str) -> Vec<PathBuf> {
    repository::files().into_iter().filter(|file| file.file_name().is_some_and(|own| own == name)).collect()
}

#[test]
fn crates_wheel_and_npm_packages_have_one_version() {
    let version = env!("CARGO_PKG_VERSION");
    let mut problems = Vec::new();
    for krate in repository::workspace().crates.values() {
        if krate.version != version {
            problems.push(format!("{}: the version is not {version}", krate.name));
        }
    }
    for file in named("Cargo.toml") {
        problems.extend(cargo_problems(&file, &repository::manifest(&file), version));
    }
    for file in named("pyproject.toml") {
        problems.extend(python_problems(&file, &repository::manifest(&file), version));
    }
    for name in ["package.json", "package-lock.json"] {
        for file in named(name) {
            let manifest = serde_json::from_str(&repository::read(&file)).unwrap();
            problems.extend(npm_problems(&file, &manifest, version));
        }
    }
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn another_version_is_found() {
    let file = Path::new("manifest");
    let cargo = "[package]\nversion = '0.2.0'\n[dependencies]\nkubelogic-core = { path = '../core', version = '=0.2.0' }";
    assert_eq!(cargo_problems(file, &repository::parse(cargo), "0.1.0").len(), 2);
    let python = |text: &str| python_problems(file, &repository::parse(text), "0.1.0").len();
    assert_eq!(python("[project]\nversion = '0.2.0'"), 1);
    assert_eq!(python("[project]\nname = 'kubelogic'"), 1);
    assert_eq!(python("[project]\ndynamic = ['version']"), 0);
    let npm = serde_json::json!({
        "name": "kubelogic", "version": "0.2.0", "optionalDependencies": {"@kubelogic/linux-x64-gnu": "^0.1.0"},
    });
    assert_eq!(npm_problems(file, &npm, "0.1.0").len(), 2);
}
