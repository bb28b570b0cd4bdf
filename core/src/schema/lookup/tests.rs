//! Our look-up against the real kubectl: `words.tsv` holds what it takes typed words for. The generator
//! `conformance/generate/words` writes it, and keeps the same custom resources under the same names.

use super::*;
use crate::schema::CustomResource;
use crate::version::KubeVersion;

const WORDS: &str = include_str!("words.tsv");

#[test]
fn every_word_is_taken_for_what_kubectl_takes_it_for() {
    let mut checked = 0;
    let mut differences = Vec::new();
    for line in WORDS.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [since, until, scenario, word, get @ .., can_i_group, can_i_resource, stderr] = cells.as_slice()
        else {
            panic!("{line:?}");
        };
        for minor in since.parse::<u16>().unwrap()..=until.parse().unwrap() {
            let discovery = Discovery::of(KubeVersion::new(minor).unwrap()).with_custom(custom(scenario));
            checked += 1;

            let found = discovery.find(word).map(|found| [found.group, found.version, found.plural]);
            let [group, version, resource, _error] = get else { panic!("{line:?}") };
            // The mapper's made-up resources are no resources: `kubectl get podlist` asks for one and is told so.
            let expected = (!resource.is_empty() && !resource.ends_with("lists"))
                .then_some([*group, *version, *resource]);
            if found != expected {
                differences
                    .push(format!("1.{minor} {scenario}: get {word}: {found:?}, kubectl {expected:?}"));
            }

            let resolved = discovery.resolve(word);
            let printed = printed(&resolved);
            let ours = [resolved.group.as_str(), resolved.plural.as_str(), printed.as_str()];
            if ours != [*can_i_group, *can_i_resource, *stderr] {
                differences.push(format!(
                    "1.{minor} {scenario}: can-i {word}: {ours:?}, kubectl {:?}",
                    [can_i_group, can_i_resource, stderr]
                ));
            }
        }
    }
    assert!(differences.is_empty(), "{} of {checked}:\n{}", differences.len(), differences.join("\n"));
    assert!(checked > 4000, "only {checked} words were checked");
}

/// The warnings as kubectl writes them: those of can-i itself end with a line of their own.
fn printed(resolved: &Resolved<'_>) -> String {
    let mut text = String::new();
    for line in resolved.warnings.iter().cloned().chain(resolved.scope_warning()) {
        let ambiguous = line.starts_with("short name ");
        text.push_str("Warning: ");
        text.push_str(&line);
        text.push_str(if ambiguous { "\\n" } else { "\\n\\n" });
    }
    text
}

#[test]
fn an_unknown_word_comes_with_the_nearest_known_one() {
    let discovery = Discovery::of(KubeVersion::NEWEST);
    let nearest = |word: &str| discovery.resolve(word).nearest;
    assert_eq!(nearest("pdos"), Some("pods"));
    assert_eq!(nearest("deploymnt"), Some("deployment"));
    assert_eq!(nearest("configmap.app"), Some("configmap"));
    assert_eq!(nearest("qqqqqqqqqqq"), None);
    assert_eq!(nearest("pods"), None);
}

fn custom(scenario: &str) -> Vec<CustomResource> {
    let one = |group: &str, kind: &str, plural: &str, singular: &str, short: &[&str], versions: &[&str]| {
        CustomResource {
            group: group.into(),
            kind: kind.into(),
            plural: plural.into(),
            singular: singular.into(),
            short_names: short.iter().map(ToString::to_string).collect(),
            namespaced: true,
            versions: versions.iter().map(ToString::to_string).collect(),
        }
    };
    match scenario {
        "none" => vec![],
        "plain" => vec![
            one(
                "example.com",
                "Widget",
                "widgets",
                "widget",
                &["wd"],
                &["v1alpha1", "v1", "v2beta1", "foo10", "foo2"],
            ),
            one("aaa.example.com", "Gadget", "gadgets", "gadget", &["gd"], &["v1beta1", "v1beta2"]),
        ],
        "names-of-built-ins" => vec![
            one("zzz.example.com", "Pod", "pods", "pod", &["po"], &["v1"]),
            one("aaa.example.com", "Deployment", "deployments", "deployment", &["deploy"], &["v1"]),
        ],
        "short-names-as-plurals" => vec![
            one("example.com", "Po", "po", "po", &[], &["v1"]),
            one("example.com", "Release", "releases", "deploy", &[], &["v1"]),
            one("example.com", "Secretary", "secretaries", "svc", &["secret"], &["v1"]),
        ],
        "groups-of-built-ins" => vec![
            one("storage.k8s.io", "Rollout", "rollouts", "rollout", &["ro"], &["v2", "v1alpha1"]),
            one("storage.k8s.io", "StorageClass", "storageclasses", "storageclass", &["sc"], &["v2"]),
            one("storage.k8s.io", "Task", "tasks", "task", &["tk"], &["v1"]),
            one("scheduling.k8s.io", "Shift", "shifts", "shift", &[], &["v1alpha3"]),
        ],
        "ambiguous" => vec![
            one("b.example.com", "Foo", "foos", "foo", &["f", "bar"], &["v1"]),
            one("a.example.com", "Food", "food", "food", &["f"], &["v1", "v1beta1"]),
            one("c.example.com", "Left", "both", "left", &[], &["v1", "v2"]),
            one("c.example.com", "Right", "rights", "both", &[], &["v1"]),
            one("appsify.io", "Deployment", "deployments", "deployment", &[], &["v1"]),
        ],
        "undiscovered" => vec![one("example.com", "User", "users", "user", &[], &["v1"])],
        other => panic!("unknown scenario {other}"),
    }
}
