//! Spot checks against the discovery documents of each release, read by eye, and of how custom resources fit in.

use super::*;

fn of(version: &str) -> Discovery {
    Discovery::of(version.parse().unwrap())
}

#[test]
fn what_came_and_went_between_versions() {
    // (version, group, version of the group, kind, served without flags)
    let present = [
        ("1.29", "flowcontrol.apiserver.k8s.io", "v1beta3", "FlowSchema", true),
        ("1.31", "flowcontrol.apiserver.k8s.io", "v1beta3", "FlowSchema", true),
        ("1.29", "authentication.k8s.io", "v1alpha1", "SelfSubjectReview", false),
        ("1.29", "resource.k8s.io", "v1alpha2", "PodSchedulingContext", false),
        ("1.30", "admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy", true),
        ("1.30", "storagemigration.k8s.io", "v1alpha1", "StorageVersionMigration", false),
        ("1.31", "storage.k8s.io", "v1beta1", "VolumeAttributesClass", false),
        ("1.32", "resource.k8s.io", "v1beta1", "DeviceClass", false),
        ("1.33", "networking.k8s.io", "v1", "ServiceCIDR", true),
        ("1.33", "certificates.k8s.io", "v1beta1", "ClusterTrustBundle", false),
        ("1.34", "resource.k8s.io", "v1", "ResourceClaim", true),
        ("1.34", "storage.k8s.io", "v1", "VolumeAttributesClass", true),
        ("1.35", "scheduling.k8s.io", "v1alpha1", "Workload", false),
        ("1.36", "admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicy", true),
        ("1.36", "scheduling.k8s.io", "v1alpha2", "PodGroup", false),
        ("1.37", "lifecycle.k8s.io", "v1alpha1", "EvictionRequest", false),
        ("1.37", "certificates.k8s.io", "v1", "ClusterTrustBundle", true),
        ("1.37", "certificates.k8s.io", "v1", "PodCertificateRequest", true),
        ("1.37", "storagemigration.k8s.io", "v1", "StorageVersionMigration", true),
    ];
    for (version, group, group_version, kind, by_default) in present {
        let found = of(version).kind(group, group_version, kind).map(|resource| resource.by_default);
        assert_eq!(found, Some(by_default), "{version}: {group}/{group_version} {kind}");
    }
    let absent = [
        ("1.29", "admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy"),
        ("1.29", "networking.k8s.io", "v1alpha1", "ClusterCIDR"),
        ("1.32", "flowcontrol.apiserver.k8s.io", "v1beta3", "FlowSchema"),
        ("1.32", "resource.k8s.io", "v1alpha3", "PodSchedulingContext"),
        ("1.32", "networking.k8s.io", "v1", "ServiceCIDR"),
        ("1.33", "resource.k8s.io", "v1", "ResourceClaim"),
        ("1.36", "certificates.k8s.io", "v1", "ClusterTrustBundle"),
        ("1.36", "lifecycle.k8s.io", "v1alpha1", "EvictionRequest"),
        ("1.37", "storage.k8s.io", "v1beta1", "VolumeAttributesClass"),
        ("1.37", "policy", "v1beta1", "PodSecurityPolicy"),
    ];
    for (version, group, group_version, kind) in absent {
        let found = of(version).kind(group, group_version, kind).is_some();
        assert!(!found, "{version}: {group}/{group_version} {kind}");
    }
}

#[test]
fn every_version_has_as_many_resources_and_groups_as_its_documents() {
    // (minor, resources, subresources, groups): counted in api/discovery of each release from the documents of single versions.
    let counts = [
        (29, 74, 49, 22),
        (30, 80, 51, 23),
        (31, 80, 51, 23),
        (32, 80, 49, 23),
        (33, 88, 51, 23),
        (34, 90, 51, 23),
        (35, 90, 52, 23),
        (36, 95, 55, 23),
        (37, 100, 62, 24),
    ];
    assert_eq!(counts.len(), KubeVersion::all().count());
    for ((minor, resources, subresources, groups), version) in counts.into_iter().zip(KubeVersion::all()) {
        assert_eq!(version.minor(), minor);
        let discovery = Discovery::of(version);
        assert_eq!(discovery.resources().count(), resources, "{version}");
        let all: std::collections::BTreeSet<&str> =
            discovery.resources().map(|resource| resource.group).collect();
        assert_eq!(all.len(), groups, "{version}");
        let below = |resource: Resource<'_>| {
            let (group, version, plural) = (resource.group, resource.version, resource.plural);
            let names = discovery.subresources(group, plural);
            names.filter(|name| discovery.subresource(group, version, plural, name).is_some()).count()
        };
        assert_eq!(discovery.resources().map(below).sum::<usize>(), subresources, "{version}");
    }
}

#[test]
fn a_resource_carries_what_its_document_says() {
    let discovery = of("1.37");
    let deployments = discovery.resource("apps", "deployments").unwrap();
    assert_eq!(
        (deployments.version, deployments.kind, deployments.singular),
        ("v1", "Deployment", "deployment")
    );
    assert_eq!(deployments.short_names().collect::<Vec<_>>(), ["deploy"]);
    assert_eq!(deployments.categories().collect::<Vec<_>>(), ["all"]);
    let verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    assert_eq!(deployments.verbs().collect::<Vec<_>>(), verbs);
    assert_eq!(discovery.subresources("apps", "deployments").collect::<Vec<_>>(), ["scale", "status"]);
    let scale = discovery.subresource("apps", "v1", "deployments", "scale").unwrap();
    assert_eq!((scale.group, scale.version, scale.kind), ("autoscaling", "v1", "Scale"));

    let autoscalers: Vec<&str> =
        discovery.kinds("autoscaling", "HorizontalPodAutoscaler").map(|resource| resource.version).collect();
    assert_eq!(autoscalers, ["v2", "v1"]);
    let reviews = discovery.kind("authorization.k8s.io", "v1", "LocalSubjectAccessReview").unwrap();
    assert!(reviews.namespaced);
    assert_eq!(reviews.verbs().collect::<Vec<_>>(), ["create"]);
}

#[test]
fn resize_is_served_from_1_33_on() {
    let resize =
        |version| of(version).subresource("", "v1", "pods", "resize").map(|resize| resize.by_default);
    assert_eq!(resize("1.31"), None);
    assert_eq!(resize("1.32"), Some(false));
    assert_eq!(resize("1.33"), Some(true));
}

#[test]
fn the_core_group_comes_first_and_groups_keep_upstreams_order() {
    let discovery = of("1.37");
    let mut groups: Vec<&str> = discovery.resources().map(|resource| resource.group).collect();
    groups.dedup();
    let expected = ["", "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io"];
    assert_eq!(groups.get(..5).unwrap(), expected);
    assert_eq!(groups.last(), Some(&"lifecycle.k8s.io"));
}

#[test]
fn custom_resources_join_in_any_order_and_do_not_hide_built_ins() {
    let one = |group: &str, kind: &str, version: &str| CustomResource {
        group: group.into(),
        kind: kind.into(),
        plural: format!("{}s", kind.to_lowercase()),
        singular: kind.to_lowercase(),
        short_names: vec![],
        namespaced: false,
        versions: vec![version.into()],
    };
    let added =
        [one("b.example.com", "Pod", "v1"), one("a.example.com", "Thing", "v1"), one("apps", "Thing", "v1")];
    let discovery = of("1.37").with_custom(added.clone());
    let backwards = of("1.37").with_custom(added.iter().rev().cloned());
    assert!(discovery.resources().eq(backwards.resources()));
    let stepwise = added.iter().fold(of("1.37"), |discovery, one| discovery.with_custom([one.clone()]));
    assert!(discovery.resources().eq(stepwise.resources()));

    let last: Vec<_> = discovery.resources().map(|resource| (resource.group, resource.kind)).collect();
    assert!(last.ends_with(&[("a.example.com", "Thing"), ("b.example.com", "Pod")]));
    assert!(discovery.resource("", "pods").unwrap().namespaced);
    assert!(!discovery.resource("b.example.com", "pods").unwrap().namespaced);
    // apps/v1 is served by the API server itself.
    assert_eq!(discovery.resource("apps", "things"), None);
    assert_eq!(of("1.37").resources().count() + 2, discovery.resources().count());
}
