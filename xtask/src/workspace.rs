//! What the workspace consists of, read from `cargo metadata`: crates, their features, who depends on whom.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::Program;
use crate::error::TaskError;

/// Features that need a program which is not part of this repository, so that no ordinary run turns them on.
const NEEDS_A_TOOL: &[&str] = &["live"];

/// The workspace, as cargo sees it.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder of the repository.
    pub root: PathBuf,
    /// The folder for everything that is built.
    pub target: PathBuf,
    /// Its crates, by name.
    pub crates: BTreeMap<String, Crate>,
}

/// One crate of the workspace.
#[derive(Debug, Clone)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Whether it goes to the registry.
    pub published: bool,
    /// Its features and what each turns on.
    pub features: BTreeMap<String, Vec<String>>,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
    /// The names of the programs it builds.
    pub programs: Vec<String>,
}

/// A crate with at most one of its features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureSet {
    /// The name of the crate.
    pub krate: String,
    /// Its one feature.
    pub feature: Option<String>,
}

/// One line of a crate's dependencies.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The crate depended on.
    pub name: String,
    /// The version asked for.
    pub requirement: String,
    /// What it is needed for.
    pub kind: DependencyKind,
    /// Whether a feature turns it on.
    pub optional: bool,
}

/// What a dependency is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DependencyKind {
    /// The crate itself.
    Normal,
    /// Its build script.
    Build,
    /// Its tests.
    Development,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Errors
    /// When cargo fails or says something unexpected.
    pub fn load() -> Result<Self, TaskError> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = Program::cargo(here).args(["metadata", "--format-version", "1", "--no-deps"]).output()?;
        Self::from_metadata(&text)
    }

    /// Reads what `cargo metadata --no-deps` printed.
    ///
    /// # Errors
    /// When it is not that.
    pub fn from_metadata(text: &str) -> Result<Self, TaskError> {
        let metadata: Value = serde_json::from_str(text).map_err(|error| unreadable(&error.to_string()))?;
        let mut crates = BTreeMap::new();
        for package in list(&metadata, "packages")? {
            let krate = Crate::from_metadata(package)?;
            crates.insert(krate.name.clone(), krate);
        }
        Ok(Self {
            root: PathBuf::from(string(&metadata, "workspace_root")?),
            target: PathBuf::from(string(&metadata, "target_directory")?),
            crates,
        })
    }

    /// Where tasks keep what they build besides cargo's own files.
    #[must_use]
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// A folder of the repository, if it is there.
    #[must_use]
    pub fn folder(&self, relative: &str) -> Option<PathBuf> {
        let path = self.root.join(relative);
        path.is_dir().then_some(path)
    }

    /// The crates that wrap the library for another language; those languages' own tools build and test them.
    pub fn bindings(&self) -> impl Iterator<Item = &Crate> {
        let folder = self.root.join("bindings");
        self.crates.values().filter(move |krate| krate.folder.starts_with(&folder))
    }

    /// `--workspace`, without the crates that wrap the library for another language.
    #[must_use]
    pub fn without_bindings(&self) -> Vec<String> {
        let mut arguments = vec!["--workspace".to_owned()];
        for krate in self.bindings() {
            arguments.push("--exclude".to_owned());
            arguments.push(krate.name.clone());
        }
        arguments
    }

    /// `--features` with every feature of the crates outside `bindings/` that builds on any machine.
    #[must_use]
    pub fn every_feature(&self) -> Vec<String> {
        let excluded: BTreeSet<&str> = self.bindings().map(|krate| krate.name.as_str()).collect();
        let mut features = Vec::new();
        for krate in self.crates.values().filter(|krate| !excluded.contains(krate.name.as_str())) {
            for feature in krate.features.keys() {
                if feature != "default" && !NEEDS_A_TOOL.contains(&feature.as_str()) {
                    features.push(format!("{}/{feature}", krate.name));
                }
            }
        }
        if features.is_empty() { Vec::new() } else { vec!["--features".to_owned(), features.join(",")] }
    }

    /// Each crate outside `bindings/` that has features: without any, and with each alone that builds on any machine.
    #[must_use]
    pub fn feature_sets(&self) -> Vec<FeatureSet> {
        let excluded: BTreeSet<&str> = self.bindings().map(|krate| krate.name.as_str()).collect();
        let mut sets = Vec::new();
        for krate in self.crates.values().filter(|krate| !excluded.contains(krate.name.as_str())) {
            if krate.features.is_empty() {
                continue;
            }
            let features = krate
                .features
                .keys()
                .filter(|feature| feature.as_str() != "default" && !NEEDS_A_TOOL.contains(&feature.as_str()));
            let features = std::iter::once(None).chain(features.cloned().map(Some));
            sets.extend(features.map(|feature| FeatureSet { krate: krate.name.clone(), feature }));
        }
        sets
    }

    /// The crates that go to the registry, each after those it depends on.
    ///
    /// # Errors
    /// When they depend on each other in a circle.
    pub fn publish_order(&self) -> Result<Vec<&Crate>, TaskError> {
        let mut waiting: Vec<&Crate> = self.crates.values().filter(|krate| krate.published).collect();
        let mut done: BTreeSet<&str> = BTreeSet::new();
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let (ready, rest): (Vec<&Crate>, Vec<&Crate>) = waiting.iter().partition(|krate| {
                krate.needs().all(|name| done.contains(name) || !self.crates.contains_key(name))
            });
            if ready.is_empty() {
                let names: Vec<&str> = rest.iter().map(|krate| krate.name.as_str()).collect();
                return Err(TaskError::Wrong(format!(
                    "these crates cannot be published, for they wait for each other or for a crate that is not \
                     published: {}",
                    names.join(", ")
                )));
            }
            done.extend(ready.iter().map(|krate| krate.name.as_str()));
            order.extend(ready);
            waiting = rest;
        }
        Ok(order)
    }
}

impl Crate {
    fn from_metadata(package: &Value) -> Result<Self, TaskError> {
        let manifest = PathBuf::from(string(package, "manifest_path")?);
        let folder = manifest.parent().unwrap_or(Path::new("")).to_owned();
        let mut features = BTreeMap::new();
        for (name, members) in package.get("features").and_then(Value::as_object).into_iter().flatten() {
            let members = members.as_array().into_iter().flatten().filter_map(Value::as_str);
            features.insert(name.clone(), members.map(str::to_owned).collect());
        }
        let mut dependencies = Vec::new();
        for dependency in list(package, "dependencies")? {
            dependencies.push(Dependency::from_metadata(dependency)?);
        }
        let mut programs = Vec::new();
        for target in list(package, "targets")? {
            if list(target, "kind")?.iter().any(|kind| kind == "bin") {
                programs.push(string(target, "name")?);
            }
        }
        // `publish = false` is an empty list of registries; no word about it is null.
        let published = package.get("publish").is_none_or(Value::is_null);
        Ok(Self {
            name: string(package, "name")?,
            version: string(package, "version")?,
            folder,
            published,
            features,
            dependencies,
            programs,
        })
    }

    /// The crates that this one cannot be built without, tests aside.
    fn needs(&self) -> impl Iterator<Item = &str> {
        let built = self.dependencies.iter().filter(|one| one.kind != DependencyKind::Development);
        built.map(|dependency| dependency.name.as_str())
    }
}

impl Dependency {
    fn from_metadata(dependency: &Value) -> Result<Self, TaskError> {
        let kind = match dependency.get("kind").and_then(Value::as_str) {
            None => DependencyKind::Normal,
            Some("build") => DependencyKind::Build,
            Some("dev") => DependencyKind::Development,
            Some(other) => return Err(unreadable(&format!("the dependency kind `{other}` is unknown"))),
        };
        Ok(Self {
            name: string(dependency, "name")?,
            requirement: string(dependency, "req")?,
            kind,
            optional: dependency.get("optional").and_then(Value::as_bool).unwrap_or(false),
        })
    }
}

fn unreadable(detail: &str) -> TaskError {
    TaskError::Unreadable { what: "the output of `cargo metadata`".to_owned(), detail: detail.to_owned() }
}

fn string(value: &Value, key: &str) -> Result<String, TaskError> {
    let text = value.get(key).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| unreadable(&format!("`{key}` is not a string")))
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>, TaskError> {
    value.get(key).and_then(Value::as_array).ok_or_else(|| unreadable(&format!("`{key}` is not a list")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Workspace;

    fn krate(name: &str, dependencies: &[(&str, Value)], features: &[(&str, &[&str])]) -> Value {
        let dependencies: Vec<Value> = dependencies
            .iter()
            .map(|(name, kind)| json!({"name": name, "req": "=0.1.0", "kind": kind, "optional": false}))
            .collect();
        let features: serde_json::Map<String, Value> =
            features.iter().map(|(name, members)| ((*name).to_owned(), json!(members))).collect();
        json!({
            "name": name, "version": "0.1.0", "manifest_path": format!("/repo/{name}/Cargo.toml"), "publish": null,
            "features": features, "dependencies": dependencies, "targets": [],
        })
    }

    fn workspace(crates: &[Value]) -> Workspace {
        let text = json!({"packages": crates, "workspace_root": "/repo", "target_directory": "/repo/target"});
        Workspace::from_metadata(&text.to_string()).unwrap()
    }

    fn names(workspace: &Workspace) -> Vec<&str> {
        workspace.publish_order().unwrap().iter().map(|krate| krate.name.as_str()).collect()
    }

    #[test]
    fn crates_are_published_after_what_they_need() {
        let crates = [
            krate("a", &[("b", Value::Null), ("serde", Value::Null)], &[]),
            krate("b", &[("c", json!("build")), ("a", json!("dev"))], &[]),
            krate("c", &[], &[]),
        ];
        assert_eq!(names(&workspace(&crates)), ["c", "b", "a"]);
    }

    #[test]
    fn a_circle_and_an_unpublished_need_are_errors() {
        let circle = vec![krate("a", &[("b", Value::Null)], &[]), krate("b", &[("a", Value::Null)], &[])];
        assert!(workspace(&circle).publish_order().is_err());
        let mut private = krate("b", &[], &[]);
        private["publish"] = json!([]);
        let needs_private = [krate("a", &[("b", Value::Null)], &[]), private.clone()];
        assert!(workspace(&needs_private).publish_order().is_err());
        assert_eq!(names(&workspace(&[private])), Vec::<&str>::new());
    }

    #[test]
    fn bindings_and_features_that_need_a_tool_stay_out() {
        let features: &[(&str, &[&str])] =
            &[("default", &["files"]), ("files", &[]), ("live", &[]), ("parallel", &[])];
        let crates = vec![krate("kubelogic", &[], features), krate("bindings/node", &[], &[("stubs", &[])])];
        let workspace = workspace(&crates);
        assert_eq!(workspace.every_feature(), ["--features", "kubelogic/files,kubelogic/parallel"]);
        let sets = workspace.feature_sets();
        let sets: Vec<_> = sets.iter().map(|set| (set.krate.as_str(), set.feature.as_deref())).collect();
        let alone = [None, Some("files"), Some("parallel")].map(|feature| ("kubelogic", feature));
        assert_eq!(sets, alone);
        assert_eq!(workspace.without_bindings(), ["--workspace", "--exclude", "bindings/node"]);
    }
}
