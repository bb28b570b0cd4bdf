//! Laws of pruning and defaults, limits, and places.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{CustomSchemas, FieldValidation};
use crate::object::Object;
use crate::read::{Options, text, value};
use crate::version::KubeVersion;

fn definition(schema: &Json) -> Object {
    let definition = json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "things.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"kind": "Thing", "plural": "things"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}}],
        },
    });
    Object::from_serialize(&definition).unwrap()
}

fn schemas(schema: &Json) -> CustomSchemas {
    CustomSchemas::of([&definition(schema)], KubeVersion::default())
}

fn messages(schemas: &CustomSchemas, object: &Object) -> Vec<String> {
    schemas.check(object, FieldValidation::Strict).into_iter().map(|finding| finding.message).collect()
}

/// Structural schemas, with defaults here and there.
fn schema() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": "string", "default": "x", "nullable": true})),
        Just(json!({"type": "integer", "default": 3})),
        Just(json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true})),
        Just(json!({"x-kubernetes-int-or-string": true})),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let properties = prop::collection::btree_map("[a-d]", inner.clone(), 0..4);
        prop_oneof![
            (properties, any::<bool>(), any::<bool>()).prop_map(|(properties, preserve, default)| {
                let mut schema = json!({"type": "object", "properties": properties});
                if preserve {
                    schema["x-kubernetes-preserve-unknown-fields"] = json!(true);
                }
                if default {
                    schema["default"] = json!({"a": {}, "z": 1});
                }
                schema
            }),
            inner.clone().prop_map(|items| json!({"type": "array", "items": items})),
            inner.prop_map(|values| json!({"type": "object", "additionalProperties": values})),
        ]
    })
}

fn any_value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        (0..9).prop_map(Json::from),
        "[a-z]{0,3}".prop_map(Json::from)
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map("[a-e]", inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_pruned_has_nothing_left_to_prune(spec in schema(), value in any_value()) {
        let schemas = schemas(&json!({"type": "object", "properties": {"spec": spec}}));
        let object = json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a"}, "spec": value, "more": 1});
        let object = Object::from_serialize(&object).unwrap();
        let pruned = schemas.pruned(&object).unwrap();
        prop_assert!(!schemas.judge(&object).unwrap().strict.is_empty());
        prop_assert_eq!(schemas.judge(&pruned).unwrap().strict, vec![]);
        prop_assert!(schemas.pruned(&pruned).unwrap() == pruned);
        let defaulted = schemas.defaulted(&object).unwrap();
        prop_assert!(schemas.defaulted(&defaulted).unwrap() == defaulted);
        prop_assert!(schemas.defaulted(&pruned).unwrap() == defaulted);
    }
}

#[test]
fn places_are_those_of_the_input() {
    let input = text(
        "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n  replicas: many\n  replica: 1\n",
        &Options::named("thing.yaml"),
    );
    let schemas = schemas(&json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {"replicas": {"type": "integer"}, "size": {"type": "integer", "default": 0, "minimum": 1}}},
    }}));
    let findings = schemas.check(&input.objects[0], FieldValidation::Warn);
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "thing.yaml:6:3: warning[schema/unknown-field]: unknown field \"spec.replica\"",
            "thing.yaml:5:13: error[crd/invalid]: spec.replicas: Invalid value: \"string\": spec.replicas in body must be of \
             type integer: \"string\"",
            // A default stands nowhere: its place is that of what holds it.
            "thing.yaml:5:3: error[crd/invalid]: spec.size: Invalid value: 0: spec.size in body should be greater than or \
             equal to 1",
        ]
    );
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `replicas`?"));
    assert_eq!(schemas.check(&input.objects[0], FieldValidation::Ignore).len(), 2);
}

#[test]
fn keys_that_stand_twice_are_reported_in_json_only() {
    // The API server's answer to this body: duplicates first, in the order of the document.
    let json = r#"{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"a"},"spec":{"a":{"b":1},"a":{"b":1,"b":2},"c":1},"spec":{"a":{},"d":[{"e":1,"e":2}]}}"#;
    let schemas = schemas(&json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {"a": {"type": "object"}}},
    }}));
    let object = value(json, &Options::named("thing.json")).unwrap();
    assert_eq!(
        messages(&schemas, &object),
        [
            "duplicate field \"spec.a\"",
            "duplicate field \"spec.a.b\"",
            "duplicate field \"spec\"",
            "duplicate field \"spec.d[0].e\"",
            "unknown field \"spec.d\"",
        ]
    );
    let yaml = value(
        "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: {a: {}, a: {}}\n",
        &Options::named("a"),
    )
    .unwrap();
    assert!(messages(&schemas, &yaml).is_empty());
}

#[test]
fn rules_that_are_not_evaluated_are_named() {
    let schemas = schemas(&json!({"type": "object", "properties": {"spec": {
        "type": "object",
        "x-kubernetes-validations": [{"rule": "self.a == ''"}],
        "properties": {"a": {"type": "string", "pattern": "(?=x)"}, "mail": {"type": "string", "format": "email"}},
    }}}));
    let object = json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a"}, "spec": {"a": "y", "mail": "Ann <ann@example.com>"}});
    let object = Object::from_serialize(&object).unwrap();
    let codes: Vec<&str> =
        schemas.check(&object, FieldValidation::Strict).into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["crd/unsupported-rule", "crd/unsupported-pattern", "crd/unsupported-format"]);
}

#[test]
fn a_schema_that_is_too_deep_is_refused() {
    let mut levels = String::new();
    for _ in 0..300 {
        levels.push_str("{type: object, properties: {a: ");
    }
    let schema = format!("{levels}{{type: string}}{}", "}}".repeat(300));
    let yaml = format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: things.example.com}}\n\
         spec:\n  group: example.com\n  names: {{kind: Thing, plural: things}}\n  versions:\n  - name: v1\n    \
         served: true\n    storage: true\n    schema: {{openAPIV3Schema: {schema}}}\n"
    );
    let definition = value(&yaml, &Options::named("deep.yaml")).unwrap();
    let schemas = CustomSchemas::of([&definition], KubeVersion::default());
    assert_eq!(schemas.definitions()[0].findings()[0].code, "crd/too-deep");
    let object = Object::from_serialize(&json!({"apiVersion": "example.com/v1", "kind": "Thing"})).unwrap();
    assert_eq!(schemas.check(&object, FieldValidation::Strict)[0].code, "crd/unusable-definition");
}

#[test]
fn a_deep_object_needs_no_deep_stack() {
    let nested = format!("{}1{}", "[".repeat(900), "]".repeat(900));
    let json = format!(
        r#"{{"apiVersion":"example.com/v1","kind":"Thing","metadata":{{"name":"a"}},"spec":{nested},"other":{nested}}}"#
    );
    let schemas = schemas(
        &json!({"type": "object", "properties": {"spec": {"x-kubernetes-preserve-unknown-fields": true}}}),
    );
    let object = value(&json, &Options::named("deep.json")).unwrap();
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || assert_eq!(messages(&schemas, &object), ["unknown field \"other\""]))
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn a_deep_schema_needs_no_deep_stack() {
    let mut schema = json!({"type": "string"});
    let mut spec = json!("x");
    for _ in 0..45 {
        schema = json!({"type": "object", "default": {}, "properties": {"a": schema}, "allOf": [{"not": {"required": ["b"]}}]});
        spec = json!({"a": spec});
    }
    let schema = json!({"type": "object", "properties": {"spec": schema}});
    let object = json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a"}, "spec": spec, "other": 1});
    let check = move || {
        let object = Object::from_serialize(&object).unwrap();
        assert_eq!(messages(&schemas(&schema), &object), ["unknown field \"other\""]);
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(check).unwrap().join().unwrap();
}

#[test]
fn definitions_say_what_is_wrong_with_them() {
    let cases = [
        (json!({"type": "object", "properties": {"a": {}}}), "crd/not-structural"),
        (json!({"type": "object", "properties": {"a": {"$ref": "#/x"}}}), "crd/invalid-definition"),
        (json!({"type": 5}), "crd/malformed"),
        (json!([]), "crd/malformed"),
    ];
    for (schema, code) in cases {
        assert_eq!(schemas(&schema).definitions()[0].findings()[0].code, code, "{schema}");
    }
}

#[test]
fn what_is_wrong_with_a_definition_has_its_place() {
    let yaml = "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: thing.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
  - name: v1
    served: true
    storage: false
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {size: {type: integer, default: many}}}
    subresources: {scale: {specReplicasPath: .spec.size, statusReplicasPath: .size}}
    additionalPrinterColumns:
    - {name: Size, type: int, jsonPath: .spec.size}
";
    let reading = text(yaml, &Options::named("thing.yaml"));
    let schemas = CustomSchemas::of(&reading.objects, KubeVersion::default());
    let shown: Vec<String> = schemas.definitions()[0].findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "thing.yaml:3:18: error[crd/invalid-definition]: metadata.name: Invalid value: \"thing.example.com\": must be \
             spec.names.plural+\".\"+spec.group",
            "thing.yaml:9:3: error[crd/invalid-definition]: spec.versions: Invalid value: must have exactly one version \
             marked as storage version",
            "thing.yaml:16:76: error[crd/invalid-definition]: spec.validation.openAPIV3Schema.properties[spec]\
             .properties[size].default: Invalid value: \"string\":  in body must be of type integer: \"string\"",
            "thing.yaml:17:78: error[crd/invalid-definition]: spec.subresources.scale.statusReplicasPath: Invalid value: \
             \".size\": should be a json path under .status",
            "thing.yaml:19:26: error[crd/invalid-definition]: spec.additionalPrinterColumns[0].type: Invalid value: \
             \"int\": must be one of boolean,date,integer,number,string",
            "thing.yaml:1:1: error[crd/invalid-definition]: status.storedVersions: Invalid value: null: must have at least \
             one stored version",
        ]
    );
}

#[test]
fn a_version_that_is_not_served_is_named() {
    let schemas = schemas(&json!({"type": "object"}));
    let object = Object::from_serialize(&json!({"apiVersion": "example.com/v2", "kind": "Thing"})).unwrap();
    let finding = &schemas.check(&object, FieldValidation::Strict)[0];
    assert_eq!(finding.message, "no matches for kind \"Thing\" in version \"example.com/v2\"");
    assert_eq!(finding.help.as_deref(), Some("`things.example.com` serves v1"));
}
