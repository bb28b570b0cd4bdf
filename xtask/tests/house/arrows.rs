//! Who may see whom. A crate depends on those named here and on no other crate of ours.

use std::collections::BTreeSet;

use xtask::workspace::{Crate, DependencyKind, Workspace};

use super::repository;

const CORE: &str = "kubelogic-core";
const ENGINES: &[&str] = &[
    CORE,
    "kubelogic-report",
    "kubelogic-kubeconfig",
    "kubelogic-pki",
    "kubelogic-rbac",
    "kubelogic-netpol",
    "kubelogic-admission",
    "kubelogic-scheduler-sim",
    "kubelogic-etcd",
];

/// What is compared with the real components: engines by their own calls, the rest by questions.
const DIFFER: &[&str] = &[
    "kubelogic",
    CORE,
    "kubelogic-report",
    "kubelogic-kubeconfig",
    "kubelogic-pki",
    "kubelogic-rbac",
    "kubelogic-netpol",
    "kubelogic-admission",
    "kubelogic-scheduler-sim",
    "kubelogic-etcd",
];

/// The crates of ours that a crate may depend on, or nothing for a crate that is not known here.
fn may_see(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        CORE | "xtask" => &[],
        "kubelogic-report"
        | "kubelogic-kubeconfig"
        | "kubelogic-pki"
        | "kubelogic-netpol"
        | "kubelogic-admission"
        | "kubelogic-etcd" => &[CORE],
        "kubelogic-rbac" => &[CORE, "kubelogic-pki"],
        "kubelogic-scheduler-sim" => &[CORE, "kubelogic-admission"],
        "kubelogic" => ENGINES,
        "kubelogic-differ" => DIFFER,
        "kubelogic-cli" | "kubelogic-bench" => &["kubelogic"],
        "kubelogic-python" | "kubelogic-node" => &["kubelogic", "kubelogic-cli"],
        _ => return None,
    })
}

/// Dependencies that only one feature may turn on: crate, dependency, feature.
const BEHIND_A_FEATURE: &[(&str, &str, &str)] = &[("kubelogic-rbac", "kubelogic-pki", "authn")];

fn problems(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for krate in workspace.crates.values() {
        let Some(allowed) = may_see(&krate.name) else {
            problems.push(format!("{} has no place in this table", krate.name));
            continue;
        };
        for dependency in &krate.dependencies {
            let ours = workspace.crates.contains_key(&dependency.name);
            if ours
                && dependency.kind != DependencyKind::Development
                && !allowed.contains(&dependency.name.as_str())
            {
                problems.push(format!("{} may not see {}", krate.name, dependency.name));
            }
        }
        for (name, dependency, feature) in BEHIND_A_FEATURE {
            if krate.name == *name && krate.dependencies.iter().any(|one| one.name == *dependency) {
                problems.extend(not_behind(krate, dependency, feature));
            }
        }
    }
    problems
}

/// What makes a dependency visible without its feature.
fn not_behind(krate: &Crate, dependency: &str, feature: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let normal =
        |one: &&xtask::workspace::Dependency| one.name == dependency && one.kind == DependencyKind::Normal;
    if krate.dependencies.iter().filter(normal).any(|one| !one.optional) {
        problems.push(format!("{} sees {dependency} without a feature", krate.name));
    }
    let switch = format!("dep:{dependency}");
    for (name, members) in &krate.features {
        if name != feature
            && members.iter().any(|member| *member == switch || member.starts_with(&format!("{dependency}/")))
        {
            problems.push(format!("feature {name} of {} turns on {dependency}", krate.name));
        }
    }
    if reached_by_default(krate).contains(feature) {
        problems.push(format!("{} turns on {feature} by default", krate.name));
    }
    problems
}

fn reached_by_default(krate: &Crate) -> BTreeSet<&str> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec!["default"];
    while let Some(feature) = waiting.pop() {
        if reached.insert(feature) {
            waiting.extend(krate.features.get(feature).into_iter().flatten().map(String::as_str));
        }
    }
    reached
}

#[test]
fn every_crate_sees_only_what_it_may() {
    let workspace = repository::workspace();
    assert!(workspace.crates.contains_key(CORE), "the workspace has no {CORE}");
    assert_eq!(problems(&workspace), Vec::<String>::new());
}

/// A crate as cargo tells of it. A dependency that ends in `?` is optional; a feature's members stand apart by spaces.
fn krate(name: &str, dependencies: &[&str], features: &[(&str, &str)]) -> serde_json::Value {
    let dependencies: Vec<_> = dependencies
        .iter()
        .map(|dependency| {
            let (name, optional) = (dependency.trim_end_matches('?'), dependency.ends_with('?'));
            serde_json::json!({"name": name, "req": "=0.1.0", "kind": null, "optional": optional})
        })
        .collect();
    let features: serde_json::Map<_, _> = features
        .iter()
        .map(|(name, members)| ((*name).to_owned(), members.split(' ').collect::<Vec<_>>().into()))
        .collect();
    serde_json::json!({
        "name": name, "version": "0.1.0", "manifest_path": format!("/{name}/Cargo.toml"), "publish": null,
        "features": features, "dependencies": dependencies, "targets": [],
    })
}

fn example(crates: &[serde_json::Value]) -> Workspace {
    let text = serde_json::json!({"packages": crates, "workspace_root": "/", "target_directory": "/target"});
    Workspace::from_metadata(&text.to_string()).unwrap()
}

#[test]
fn an_arrow_that_is_not_drawn_is_found() {
    let netpol = krate("kubelogic-netpol", &[CORE], &[]);
    let pki = krate("kubelogic-pki", &["kubelogic-netpol"], &[]);
    let workspace = example(&[krate(CORE, &[], &[]), netpol, pki]);
    assert_eq!(problems(&workspace), ["kubelogic-pki may not see kubelogic-netpol"]);
}

#[test]
fn a_crate_without_a_place_is_found() {
    let workspace = example(&[krate("kubelogic-helpers", &[], &[])]);
    assert_eq!(problems(&workspace), ["kubelogic-helpers has no place in this table"]);
}

#[test]
fn rbac_sees_pki_only_behind_authn() {
    let rbac = |dependency: &str, features: &[(&str, &str)]| {
        let rbac = krate("kubelogic-rbac", &[dependency], features);
        problems(&example(&[krate("kubelogic-pki", &[], &[]), rbac]))
    };
    let authn = ("authn", "dep:kubelogic-pki");
    assert_eq!(rbac("kubelogic-pki?", &[authn]), Vec::<String>::new());
    assert_eq!(rbac("kubelogic-pki", &[]), ["kubelogic-rbac sees kubelogic-pki without a feature"]);
    assert_eq!(
        rbac("kubelogic-pki?", &[("default", "node"), ("node", "abac authn"), authn]),
        ["kubelogic-rbac turns on authn by default"]
    );
    assert_eq!(
        rbac("kubelogic-pki?", &[authn, ("chain", "dep:kubelogic-pki")]),
        ["feature chain of kubelogic-rbac turns on kubelogic-pki"]
    );
}
