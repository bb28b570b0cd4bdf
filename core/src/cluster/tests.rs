//! Identity, duplicates, what-ifs and declared coverage.

use serde_json::{Value, json};

use super::{Cluster, Completeness, GroupKind, LoadOptions, ObjectRef, OnDuplicate};
use crate::object::Object;

fn object(value: &Value) -> Object {
    Object::from_serialize(value).unwrap()
}

fn config_map(namespace: &str, name: &str, value: &str) -> Object {
    object(&json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": namespace, "name": name},
        "data": {"key": value},
    }))
}

fn load(objects: impl IntoIterator<Item = Object>) -> Cluster {
    Cluster::load(objects, &LoadOptions::default()).unwrap()
}

#[test]
fn both_names_of_a_moved_kind_are_one_object() {
    let ingress = |api_version: &str| {
        object(&json!({"apiVersion": api_version, "kind": "Ingress", "metadata": {"name": "web"}}))
    };
    let both = [ingress("extensions/v1beta1"), ingress("networking.k8s.io/v1")];
    let error = Cluster::load(both, &LoadOptions::default()).unwrap_err();
    assert_eq!(error.code(), "cluster/duplicate-object");
}

#[test]
fn equal_objects_count_once_and_different_ones_are_refused_or_the_last_one_counts() {
    let same = load([config_map("a", "x", "1"), config_map("a", "x", "1")]);
    assert_eq!(same.len(), 1);
    assert_eq!(same.notes()[0].code, "cluster/repeated-object");

    let different = || [config_map("a", "x", "1"), config_map("a", "x", "2")];
    let error = Cluster::load(different(), &LoadOptions::default()).unwrap_err();
    assert_eq!(error.findings().len(), 1);
    let options = LoadOptions { on_duplicate: OnDuplicate::Last, ..LoadOptions::default() };
    let last = Cluster::load(different(), &options).unwrap();
    let kept = last.find(&ObjectRef::new(&GroupKind::new("", "ConfigMap"), "a", "x")).unwrap();
    assert_eq!(kept.root().get("data").unwrap().get("key").unwrap().as_str(), Some("2"));
}

#[test]
fn namespaces_follow_the_scope_of_the_kind() {
    let cluster = load([
        object(&json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n", "namespace": "x"}})),
        object(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}})),
    ]);
    assert!(cluster.find(&ObjectRef::new(&GroupKind::new("", "Node"), "", "n")).is_some());
    assert!(cluster.find(&ObjectRef::new(&GroupKind::new("", "Pod"), "default", "p")).is_some());
}

#[test]
fn definitions_in_the_input_teach_scope_and_names() {
    let definition = json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "gadgets.example.com"},
        "spec": {
            "group": "example.com", "scope": "Cluster", "names": {"kind": "Gadget", "plural": "gadgets", "shortNames": ["gg", "po"]},
            "versions": [{"name": "v1alpha1", "served": true}, {"name": "v1", "served": true}, {"name": "v2", "served": false}],
        },
    });
    let gadget = json!({"apiVersion": "example.com/v1", "kind": "Gadget", "metadata": {"name": "g", "namespace": "x"}});
    let cluster = load([object(&gadget), object(&definition)]);
    assert!(cluster.find(&ObjectRef::new(&GroupKind::new("example.com", "Gadget"), "", "g")).is_some());
    let found = cluster.discovery().find("gg").unwrap();
    assert_eq!((found.plural, found.version, found.singular), ("gadgets", "v1", "gadget"));
    assert_eq!(cluster.discovery().find("po").unwrap().plural, "pods");
}

#[test]
fn what_ifs_leave_the_original_alone() {
    let before = load([config_map("a", "x", "1"), config_map("b", "y", "1")]);
    let reference = ObjectRef::new(&GroupKind::new("", "ConfigMap"), "a", "x");
    let changed = before.with([config_map("a", "x", "2")]).unwrap();
    assert_eq!((before.len(), changed.len()), (2, 2));
    assert_ne!(before.find(&reference), changed.find(&reference));
    let gone = changed.without([&reference]);
    assert_eq!((changed.len(), gone.len()), (2, 1));
    assert_eq!(gone.namespaces().into_iter().collect::<Vec<_>>(), ["b"]);
}

#[test]
fn objects_without_names_are_known_by_their_place_and_files_of_ours_are_no_objects() {
    let kustomization = json!({"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"});
    let coverage = json!({"apiVersion": "kubelogic/v1alpha1", "kind": "Coverage", "default": "partial"});
    let cluster = load([object(&kustomization), object(&coverage)]);
    assert_eq!(cluster.len(), 1);
    assert_eq!(cluster.notes()[0].code, "cluster/kustomization");
    assert_eq!(cluster.coverage().of(&GroupKind::new("", "Pod"), "a"), Completeness::Partial);
}

#[test]
fn a_declaration_that_cannot_be_read_stops_loading() {
    let lines =
        json!([{"kind": "Role", "state": "some"}, {"state": "absent"}, {"kind": "Role", "namespce": "x"}]);
    let coverage = json!({"apiVersion": "kubelogic/v1alpha1", "kind": "Coverage", "coverage": lines});
    let error = Cluster::load([object(&coverage)], &LoadOptions::default()).unwrap_err();
    let messages: Vec<&str> = error.findings().iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`coverage[0].state` must be `complete`, `partial` or `absent`",
            "unknown field `coverage[2].namespce`, did you mean `namespace`?",
            "`coverage[1].kind` is required",
            "`coverage[2].state` is required",
        ]
    );
}
