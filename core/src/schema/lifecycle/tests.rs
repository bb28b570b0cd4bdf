//! What a check says of old manifests, by version; the table itself is compared with the real types elsewhere.

use super::*;
use crate::read;

fn found(api_version: &str, kind: &str, version: &str) -> String {
    let text = format!("apiVersion: {api_version}\nkind: {kind}\n");
    let reading = read::text(&text, &read::Options::named("x.yaml"));
    let found = findings(&reading.objects[0], version.parse().unwrap());
    let texts = found.iter().map(|finding| {
        format!("{} {} ({})", finding.code, finding.message, finding.help.as_deref().unwrap_or_default())
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_current_is_not_mentioned() {
    for (api_version, kind) in [
        ("v1", "Pod"),
        ("v1", "List"),
        ("apps/v1", "Deployment"),
        ("apps/v1", "DeploymentList"),
        ("autoscaling/v1", "Scale"),
        ("policy/v1", "Eviction"),
        ("example.com/v1", "Widget"),
        ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
        ("scheduling.k8s.io/v1alpha3", "Workload"),
    ] {
        assert_eq!(found(api_version, kind, "1.37"), "", "{api_version} {kind}");
    }
    // Introduced later, which is another finding.
    assert_eq!(found("resource.k8s.io/v1", "DeviceClass", "1.33"), "");
}

#[test]
fn what_is_deprecated_is_told_in_upstream_s_words() {
    assert_eq!(
        found("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.31"),
        "schema/deprecated-api flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is deprecated in v1.29+, unavailable in \
         v1.32+; use flowcontrol.apiserver.k8s.io/v1 FlowSchema (use `apiVersion: flowcontrol.apiserver.k8s.io/v1`)"
    );
    assert_eq!(
        found("v1", "Endpoints", "1.33"),
        "schema/deprecated-api v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice (use \
         `apiVersion: discovery.k8s.io/v1` with `kind: EndpointSlice`)"
    );
    assert_eq!(found("v1", "Endpoints", "1.32"), "");
    assert_eq!(
        found("v1", "ComponentStatus", "1.37"),
        "schema/deprecated-api v1 ComponentStatus is deprecated in v1.19+ ()"
    );
}

#[test]
fn what_is_removed_is_an_error_with_its_successor() {
    for (api_version, kind, version, expected) in [
        (
            "extensions/v1beta1",
            "Ingress",
            "1.29",
            ", it was removed in 1.22 (use `apiVersion: networking.k8s.io/v1`)",
        ),
        ("extensions/v1beta1", "PodSecurityPolicy", "1.29", ", it was removed in 1.16 ()"),
        ("policy/v1beta1", "PodSecurityPolicy", "1.37", ", it was removed in 1.25 ()"),
        (
            "autoscaling/v2beta2",
            "HorizontalPodAutoscaler",
            "1.37",
            ", it was removed in 1.26 (use `apiVersion: autoscaling/v2`)",
        ),
        (
            "flowcontrol.apiserver.k8s.io/v1beta1",
            "FlowSchema",
            "1.29",
            ", it was removed in 1.26 (use `apiVersion: flowcontrol.apiserver.k8s.io/v1`)",
        ),
        ("batch/v2alpha1", "CronJob", "1.37", ", it was removed in 1.21 (use `apiVersion: batch/v1`)"),
        (
            "rbac.authorization.k8s.io/v1alpha1",
            "Role",
            "1.37",
            ", it was removed in 1.22 (use `apiVersion: rbac.authorization.k8s.io/v1`)",
        ),
        ("node.k8s.io/v1alpha1", "RuntimeClass", "1.37", " (use `apiVersion: node.k8s.io/v1`)"),
        (
            "resource.k8s.io/v1alpha2",
            "ResourceClaim",
            "1.37",
            ", it was removed in 1.31 (use `apiVersion: resource.k8s.io/v1`)",
        ),
        ("networking.k8s.io/v1alpha1", "ClusterCIDR", "1.29", " ()"),
        (
            "storage.k8s.io/v1alpha1",
            "VolumeAttributesClass",
            "1.37",
            ", it was removed in 1.35 (use `apiVersion: storage.k8s.io/v1`)",
        ),
        // Nothing is said of it upstream, but it was served once.
        ("scheduling.k8s.io/v1alpha1", "Workload", "1.37", " ()"),
    ] {
        let start =
            format!("schema/removed-api `{api_version}` `{kind}` is not served in Kubernetes {version}");
        assert_eq!(found(api_version, kind, version), format!("{start}{expected}"), "{api_version} {kind}");
    }
}
