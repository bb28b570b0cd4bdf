//! What is explained and what is not.

use super::*;
use crate::schema::GroupVersion;

fn of(word: &str, version: &str) -> Result<Explained, ExplainError> {
    let version = version.parse().unwrap();
    explain(&Target::of_word(word, version)?, version, false)
}

#[test]
fn words_and_paths_are_taken_as_kubectl_takes_them() {
    let cases = [
        ("deploy", "apps/v1", "Deployment", ""),
        ("deployments.apps", "apps/v1", "Deployment", ""),
        ("deployments.apps.spec.template", "apps/v1", "Deployment", "spec.template"),
        ("deployments.v1.apps.spec", "apps/v1", "Deployment", "spec"),
        ("po.spec.containers[0].image", "v1", "Pod", "spec.containers.image"),
        ("pods.spec.containers[].image", "v1", "Pod", "spec.containers.image"),
        ("po.spec.", "v1", "Pod", "spec"),
        ("events", "v1", "Event", ""),
        ("events.events.k8s.io.regarding", "events.k8s.io/v1", "Event", "regarding"),
        ("KubeletConfiguration", "kubelet.config.k8s.io/v1beta1", "KubeletConfiguration", ""),
        (
            "kubeletconfiguration.authentication",
            "kubelet.config.k8s.io/v1beta1",
            "KubeletConfiguration",
            "authentication",
        ),
        ("HTTPRoute.spec", "gateway.networking.k8s.io/v1", "HTTPRoute", "spec"),
    ];
    for (word, api_version, kind, path) in cases {
        let found = of(word, "1.37").unwrap_or_else(|error| panic!("{word}: {error}"));
        assert_eq!((found.of.api_version().as_str(), found.of.kind), (api_version, kind), "{word}");
        assert_eq!(found.path, path, "{word}");
    }
}

#[test]
fn what_is_not_there_comes_with_what_helps() {
    let cases = [
        (
            "deploymets",
            "1.37",
            "`deploymets` is no resource or kind of kubernetes 1.37",
            "did you mean `deployments`?",
        ),
        (
            "Preference",
            "1.31",
            "`Preference` is no resource or kind of kubernetes 1.31",
            "kubernetes has it since 1.33",
        ),
        ("po.spec.resources", "1.31", "`Pod.spec` has no field `resources`", "kubernetes has it since 1.32"),
        ("po.spec.Containers", "1.37", "`Pod.spec` has no field `Containers`", "did you mean `containers`?"),
        ("deploy.spec.replicas.x", "1.37", "`Deployment.spec.replicas` has no field `x`", "it is `integer`"),
        ("cm.data.x", "1.37", "`ConfigMap.data` has no field `x`", "it is `map[string]string`"),
    ];
    for (word, version, message, help) in cases {
        let error = of(word, version).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.help()), (message, Some(help)), "{word}");
    }
    let version = "1.37".parse().unwrap();
    let target = Target::new(&GroupVersion::new("batch", "v1beta1"), "Jub", "");
    let error = explain(&target, version, false).unwrap_err();
    assert_eq!(error.to_string(), "`batch/v1beta1` has no kind `Jub` in kubernetes 1.37");
    let target = Target::new(&GroupVersion::new("apps", "v2"), "Deployment", "");
    let error = explain(&target, version, false).unwrap_err();
    assert!(error.help().is_some_and(|help| help.contains("`apps/v1`")), "{error:?}");
}

#[test]
fn a_very_long_path_is_only_a_path() {
    let word = format!("po{}", ".spec".repeat(100_000));
    assert_eq!(of(&word, "1.37").unwrap_err().to_string(), "`Pod.spec` has no field `spec`");
}

#[test]
fn a_version_of_a_group_can_be_given() {
    let version = "1.37".parse().unwrap();
    let old = Target::of_word_in("hpa.spec", &GroupVersion::new("autoscaling", "v1"), version).unwrap();
    let found = explain(&old, version, false).unwrap();
    assert_eq!((found.of.version, found.field.value_type.as_str()), ("v1", "HorizontalPodAutoscalerSpec"));
}

#[test]
fn recursion_opens_everything_once() {
    let version = "1.37".parse().unwrap();
    let target = Target::of_word("crd", version).unwrap();
    let found = explain(&target, version, true).unwrap();
    let at = |names: &[&str]| {
        names.iter().fold(found.field.clone(), |field, name| {
            field.fields.into_iter().find(|below| below.name == *name).unwrap()
        })
    };
    let schema = at(&["spec", "versions", "schema", "openAPIV3Schema"]);
    assert_eq!(schema.value_type, "JSONSchemaProps");
    let not = at(&["spec", "versions", "schema", "openAPIV3Schema", "not"]);
    assert_eq!((not.value_type.as_str(), not.fields.len()), ("JSONSchemaProps", 0));
    assert!(
        explain(&target, version, false).unwrap().field.fields.iter().all(|field| field.fields.is_empty())
    );
}
