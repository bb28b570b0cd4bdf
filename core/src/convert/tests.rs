//! Conversion by version, spot-checked; the real schemes are compared elsewhere.

use super::*;
use crate::read::write::to_json;

fn object(json: &serde_json::Value) -> Object {
    Object::from_serialize(json).unwrap()
}

fn converted(json: &serde_json::Value, to: &str) -> Converted {
    convert(&object(json), &to.parse().unwrap(), &Options::default()).unwrap()
}

#[test]
fn what_is_converted_without_loss_comes_back() {
    for (json, to) in [
        (
            serde_json::json!({"apiVersion": "extensions/v1beta1", "kind": "DaemonSet", "metadata": {"labels": {"a": "b"}},
                "spec": {"selector": {}, "templateGeneration": 5, "updateStrategy": {"type": "OnDelete"}}}),
            "apps/v1",
        ),
        (
            serde_json::json!({"apiVersion": "node.k8s.io/v1alpha1", "kind": "RuntimeClass", "spec": {"runtimeHandler": "kata"}}),
            "node.k8s.io/v1",
        ),
        (
            serde_json::json!({"apiVersion": "policy/v1beta1", "kind": "PodDisruptionBudget", "spec": {"selector": {}}}),
            "policy/v1",
        ),
        (
            serde_json::json!({"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "spec": {"metrics": [
                {"type": "Pods", "pods": {"metric": {"name": "q"}, "target": {"type": "AverageValue", "averageValue": "2"}}},
                {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 7}}}
            ]}}),
            "autoscaling/v1",
        ),
    ] {
        let there = converted(&json, to);
        assert!(there.lossless, "{json}: {:?}", there.notes);
        let from: GroupVersion = json["apiVersion"].as_str().unwrap().parse().unwrap();
        let back = convert(&there.object, &from, &Options::default()).unwrap();
        assert_eq!(
            back.object,
            object(&json),
            "{} {}",
            to_json(there.object.root()),
            to_json(back.object.root())
        );
    }
}

#[test]
fn defaults_that_would_change_are_named_and_can_be_written() {
    let json = serde_json::json!({"apiVersion": "extensions/v1beta1", "kind": "Deployment",
        "spec": {"template": {"metadata": {"labels": {"app": "shop"}}}}});
    let plain = converted(&json, "apps/v1");
    assert!(!plain.lossless);
    assert_eq!(
        plain.notes[0].to_string(),
        "memory#1: warning[convert/default-differs]: `extensions/v1beta1` sets `spec.selector` to the labels of the \
         template when it is not written, `apps/v1` does not"
    );
    let whole =
        convert(&object(&json), &"apps/v1".parse().unwrap(), &Options::with_defaults(KubeVersion::NEWEST))
            .unwrap();
    assert_eq!(
        to_json(whole.object.root()),
        r#"{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"metadata":{"labels":{"app":"shop"}}},"selector":{"matchLabels":{"app":"shop"}},"strategy":{"rollingUpdate":{"maxUnavailable":1,"maxSurge":1}},"progressDeadlineSeconds":2147483647,"revisionHistoryLimit":2147483647},"metadata":{"labels":{"app":"shop"}}}"#
    );
    let rule = serde_json::json!({"apiVersion": "networking.k8s.io/v1beta1", "kind": "Ingress",
        "spec": {"rules": [{"http": {"paths": [{}, {"pathType": "Exact"}]}}]}});
    let paths: Vec<String> =
        converted(&rule, "networking.k8s.io/v1").notes.iter().map(|note| note.message.clone()).collect();
    assert!(paths.len() == 1 && paths[0].contains("`spec.rules[0].http.paths[0].pathType`"), "{paths:?}");
}

#[test]
fn an_empty_rollback_is_dropped_only_where_there_is_no_field_for_it() {
    let json = serde_json::json!({"apiVersion": "apps/v1beta2", "kind": "Deployment",
        "metadata": {"annotations": {"deprecated.deployment.rollback.to": "", "a": "b"}}});
    let annotations = |to: &str| to_json(converted(&json, to).object.root().get("metadata").unwrap());
    assert_eq!(annotations("apps/v1"), r#"{"annotations":{"a":"b"}}"#);
    assert_eq!(
        annotations("extensions/v1beta1"),
        r#"{"annotations":{"a":"b","deprecated.deployment.rollback.to":""}}"#
    );
}

#[test]
fn what_cannot_be_converted_is_named_with_its_successor() {
    let refused = |api_version: &str, kind: &str, to: &str| {
        let json = serde_json::json!({"apiVersion": api_version, "kind": kind});
        let error = convert(&object(&json), &to.parse().unwrap(), &Options::default()).unwrap_err();
        format!("{} {error} ({})", error.code(), error.help().unwrap_or_default())
    };
    assert_eq!(
        refused("autoscaling/v2beta2", "HorizontalPodAutoscaler", "autoscaling/v2"),
        "convert/no-conversion `HorizontalPodAutoscaler` of `autoscaling/v2beta2` cannot be converted, it was removed in \
         1.26 (write it anew as `HorizontalPodAutoscaler` of `autoscaling/v2`)"
    );
    assert_eq!(
        refused("apps/v1beta1", "Deploymnet", "apps/v1"),
        "convert/no-conversion `Deploymnet` of `apps/v1beta1` cannot be converted (did you mean `Deployment`?)"
    );
    assert_eq!(
        refused("batch/v1beta1", "CronJob", "batch/v2"),
        "convert/no-such-version `CronJob` has no version `batch/v2` (it can be converted between `batch/v1`, \
         `batch/v1beta1`)"
    );
    let json = serde_json::json!({"apiVersion": "apps/v1", "kind": "DaemonSet",
        "metadata": {"annotations": {"deprecated.daemonset.template.generation": "x"}}});
    let error = convert(&object(&json), &"apps/v1beta2".parse().unwrap(), &Options::default()).unwrap_err();
    assert_eq!(error.to_string(), r#"strconv.ParseInt: parsing "x": invalid syntax"#);
}

#[test]
fn the_best_version_is_served_and_not_deprecated() {
    for (api_version, kind, version, best) in [
        ("autoscaling/v1", "HorizontalPodAutoscaler", "1.37", Some("autoscaling/v2")),
        (
            "flowcontrol.apiserver.k8s.io/v1beta1",
            "FlowSchema",
            "1.29",
            Some("flowcontrol.apiserver.k8s.io/v1"),
        ),
        ("events.k8s.io/v1beta1", "Event", "1.37", Some("events.k8s.io/v1")),
        ("v1", "Event", "1.37", None),
        ("storage.k8s.io/v1alpha1", "VolumeAttributesClass", "1.33", None),
        ("batch/v1", "CronJob", "1.37", None),
    ] {
        let json = serde_json::json!({"apiVersion": api_version, "kind": kind});
        let found = newest(&object(&json), version.parse().unwrap()).map(|version| version.to_string());
        assert_eq!(found.as_deref(), best, "{api_version} {kind}");
    }
}
