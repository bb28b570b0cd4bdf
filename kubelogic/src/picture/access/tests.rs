//! What is drawn of roles and bindings.

use kubelogic_core::cluster::{Cluster, LoadOptions};
use kubelogic_core::read;
use kubelogic_rbac::{Options, Rbac};

use super::*;
use crate::picture::{Format, Picture, RenderOptions};

const TEXT: &str = r#"
apiVersion: v1
kind: ServiceAccount
metadata: {name: ci, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: shop}
rules:
- {apiGroups: [apps], resources: [deployments, statefulsets], verbs: [get, update]}
- {apiGroups: [""], resources: [configmaps], resourceNames: [settings], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: idle, namespace: shop}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deploy, namespace: shop}
subjects:
- {kind: ServiceAccount, name: ci}
- {kind: ServiceAccount, name: gone, namespace: tools}
- {kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}
- {kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}
roleRef: {kind: Role, name: deployer, apiGroup: rbac.authorization.k8s.io}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: dangling, namespace: shop}
subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
roleRef: {kind: Role, name: missing, apiGroup: rbac.authorization.k8s.io}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: admins}
subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
roleRef: {kind: ClusterRole, name: cluster-admin, apiGroup: rbac.authorization.k8s.io}
"#;

fn drawn(options: &AccessGraphOptions) -> Graph {
    let objects = read::text(TEXT, &read::Options::named("rbac.yaml")).objects;
    let cluster = Cluster::load(objects, &LoadOptions::default()).unwrap();
    access_graph(&Rbac::compile(&cluster, &Options::default()).unwrap(), options)
}

#[test]
fn grants_are_drawn_with_what_is_missing() {
    let graph = drawn(&AccessGraphOptions::default());
    let text = Picture::from(graph).render(Format::Text, &RenderOptions::default()).unwrap();
    let version = kubelogic_core::version::KubeVersion::default();
    let expected = format!(
        "Who is granted what
Kubernetes {version}: 4 subjects, 3 bindings, 4 roles.

User ann
  ├─▶ ClusterRoleBinding admins
  └─▶ RoleBinding dangling (shop)
ClusterRoleBinding admins
  └─▶ ! ClusterRole cluster-admin
! ClusterRole cluster-admin
Group developers
  └─▶ RoleBinding deploy (shop)

Namespace shop:
  RoleBinding dangling
    └╌▶ ✗ Role missing
  ✗ Role missing
  ServiceAccount ci
    └─▶ RoleBinding deploy
  RoleBinding deploy
    └─▶ Role deployer
  Role deployer
  Role idle

Namespace tools:
  ! ServiceAccount gone
    └─▶ RoleBinding deploy (shop)
"
    );
    assert_eq!(text, expected);
}

#[test]
fn roles_say_their_rules() {
    let graph = drawn(&AccessGraphOptions::default());
    let role = graph.nodes.iter().find(|node| node.label == "deployer").unwrap();
    let rules: Vec<&str> = role.details.iter().map(|detail| detail.value.as_str()).collect();
    assert_eq!(rules, ["get, update: deployments.apps, statefulsets.apps", "get: configmaps named settings"]);
    assert_eq!(role.location.as_deref(), Some("rbac.yaml:6:1"));
}

#[test]
fn a_namespace_and_the_defaults_are_asked_for() {
    let within = |name: &str| AccessGraphOptions { namespace: Some(name.to_owned()), defaults: false };
    assert_eq!(drawn(&within("tools")).nodes.len(), 0);
    assert!(drawn(&within("shop")).nodes.iter().all(|node| node.kind != "ClusterRoleBinding"));
    let graph = drawn(&AccessGraphOptions { namespace: None, defaults: true });
    assert!(graph.nodes.iter().any(|node| node.label == "system:masters"));
    // Ids are all different.
    Picture::from(graph).render(Format::Dot, &RenderOptions::default()).unwrap();
}
