//! What a check says of objects and their schemas.

use kubelogic_core::decode::FieldValidation;
use kubelogic_core::read;

use super::reading;
use crate::LoadOptions;

fn found(text: &str, options: &LoadOptions) -> Vec<String> {
    let checked = reading(read::text(text, &read::Options::named("a.yaml")), options);
    checked.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn each_object_of_a_known_kind_is_checked() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{imagePullpolicy: x}], priority: '1'}\n\
                ---\napiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: a}\n";
    let lines = [
        "a.yaml:4:22: error[schema/unknown-field]: unknown field `spec.containers[0].imagePullpolicy`",
        "a.yaml:4:54: error[schema/wrong-type]: `spec.priority` must be an integer, not a string",
        "a.yaml:7:7: error[schema/unknown-kind]: there is no kind `Deploymnt` in `apps/v1`",
    ];
    let mut options = LoadOptions::default();
    assert_eq!(found(text, &options), lines);
    options.field_validation = FieldValidation::Ignore;
    assert_eq!(found(text, &options), lines.get(1..).unwrap_or_default());
}

#[test]
fn kinds_without_a_definition_are_named_once() {
    let text = "apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: a}\nspecc: 1\n---\n\
                apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: b}\n";
    let lines = [
        "a.yaml:2:7: note[schema/unchecked-kind]: the fields of `Shop` in `example.com/v1` are not checked: its \
         definition is not in the input",
    ];
    assert_eq!(found(text, &LoadOptions::default()), lines);
}

#[test]
fn definitions_teach_their_own_kind() {
    let text = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: shops.example.com}\n\
                spec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Shop, plural: shops}\n  versions:\n  \
                - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n        \
                properties: {size: {type: integer}}\n---\n\
                apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: a}\nsise: 1\n";
    let lines = found(text, &LoadOptions::default());
    assert!(lines.len() == 1 && lines.iter().all(|line| line.contains("schema/unknown-field")), "{lines:?}");
}

#[test]
fn a_place_is_spoken_of_once() {
    // The authorizer decodes roles as well, the reader reports keys that stand twice, and a removed API says it all.
    let role =
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\nrules: [{verb: [get]}]\n";
    let lines = found(role, &LoadOptions::default());
    assert_eq!(lines.iter().filter(|line| line.contains("unknown field")).count(), 1, "{lines:?}");
    let twice = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: one, a: two}\n";
    let json = r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "x", "a": "y"}}"#;
    for text in [twice, json] {
        let lines = found(text, &LoadOptions::default());
        assert!(
            lines.len() == 1 && lines.iter().all(|line| line.contains("read/duplicate-key")),
            "{lines:?}"
        );
    }
    let removed = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\nspec: {foo: 1}\n";
    let lines = found(removed, &LoadOptions::default());
    assert!(lines.len() == 1 && lines.iter().all(|line| line.contains("schema/removed-api")), "{lines:?}");
}
