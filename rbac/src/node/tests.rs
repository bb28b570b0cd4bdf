//! The index against a search, and what cannot be read.

use std::collections::{BTreeMap, BTreeSet};

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::cluster::{Cluster, LoadOptions, OnInvalid};
use kubelogic_core::object::Object;
use kubelogic_core::version::KubeVersion;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{NodeAuthorizer, NodeGrant, NodeOptions, NodeVerdict};

fn cluster(objects: &[Value]) -> Cluster {
    let objects = objects.iter().map(|object| Object::from_serialize(object).unwrap());
    Cluster::load(objects, &LoadOptions::default()).unwrap()
}

fn stored() -> NodeOptions {
    NodeOptions { stored: true, ..NodeOptions::default() }
}

fn node(name: &str) -> UserInfo {
    UserInfo::exact(format!("system:node:{name}"), ["system:nodes"])
}

/// Pods as (claims, secrets, node), volumes as (claim, secrets).
type World = (Vec<(Vec<u8>, Vec<u8>, u8)>, Vec<(u8, Vec<u8>)>);

fn objects((pods, volumes): &World) -> Vec<Value> {
    let mut objects = Vec::new();
    for (index, (claims, secrets, on)) in pods.iter().enumerate() {
        let claims = claims.iter().enumerate().map(|(at, claim)| {
            json!({"name": format!("c{at}"), "persistentVolumeClaim": {"claimName": format!("c{claim}")}})
        });
        let secrets = secrets.iter().enumerate().map(
            |(at, secret)| json!({"name": format!("s{at}"), "secret": {"secretName": format!("s{secret}")}}),
        );
        let volumes: Vec<Value> = claims.chain(secrets).collect();
        objects.push(json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": format!("p{index}"), "namespace": "shop"},
            "spec": {"nodeName": format!("n{on}"), "volumes": volumes},
        }));
    }
    for (index, (claim, secrets)) in volumes.iter().enumerate() {
        let reference = |at: usize| {
            secrets.get(at).map(|secret| json!({"name": format!("s{secret}"), "namespace": "shop"}))
        };
        objects.push(json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": format!("v{index}")},
            "spec": {
                "claimRef": {"namespace": "shop", "name": format!("c{claim}")},
                "csi": {"nodeStageSecretRef": reference(0), "nodePublishSecretRef": reference(1)},
            },
        }));
    }
    objects
}

/// The nodes of each claim, volume and secret, found by walking.
fn walked((pods, volumes): &World) -> BTreeMap<(&'static str, String), BTreeSet<u8>> {
    let mut nodes: BTreeMap<(&'static str, String), BTreeSet<u8>> = BTreeMap::new();
    for (claims, secrets, on) in pods {
        for claim in claims {
            nodes.entry(("persistentvolumeclaims", format!("c{claim}"))).or_default().insert(*on);
        }
        for secret in secrets {
            nodes.entry(("secrets", format!("s{secret}"))).or_default().insert(*on);
        }
    }
    for (index, (claim, secrets)) in volumes.iter().enumerate() {
        let through =
            nodes.get(&("persistentvolumeclaims", format!("c{claim}"))).cloned().unwrap_or_default();
        nodes.entry(("persistentvolumes", format!("v{index}"))).or_default().extend(&through);
        for secret in secrets.iter().take(2) {
            nodes.entry(("secrets", format!("s{secret}"))).or_default().extend(&through);
        }
    }
    nodes
}

fn world() -> impl Strategy<Value = World> {
    let some = || prop::collection::vec(0_u8..6, 0..3);
    let pods = prop::collection::vec((some(), some(), 0_u8..5), 0..14);
    // Few claims and secrets, so that some secrets stand behind more volumes than are kept apart.
    (pods, prop::collection::vec((0_u8..6, prop::collection::vec(0_u8..4, 0..3)), 0..16))
}

proptest! {
    #[test]
    fn the_index_answers_what_a_walk_finds(world in world()) {
        let nodes = NodeAuthorizer::compile(&cluster(&objects(&world)), &stored()).unwrap();
        let walked = walked(&world);
        for on in 0..5 {
            let user = node(&format!("n{on}"));
            for (resource, names) in
                [("persistentvolumeclaims", "c"), ("persistentvolumes", "v"), ("secrets", "s")]
            {
                for number in 0..16 {
                    let name = format!("{names}{number}");
                    let mut asked = Attributes::resource("get", "", resource).named(&name);
                    if resource != "persistentvolumes" {
                        asked = asked.in_namespace("shop");
                    }
                    let related = walked.get(&(resource, name.clone())).is_some_and(|nodes| nodes.contains(&on));
                    let decision = nodes.decide(&user, &asked);
                    prop_assert_eq!(decision.is_allowed(), related, "{} {} of n{}", resource, name, on);
                    prop_assert_eq!(related, !nodes.evidence(decision, &user, &asked).is_empty());
                }
            }
        }
    }
}

#[test]
fn a_secret_behind_many_volumes_is_found_by_its_own_list() {
    let pods = (0..300).map(|number| {
        json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": format!("p{number}"), "namespace": "shop"},
            "spec": {
                "nodeName": format!("n{number}"),
                "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": format!("c{number}")}}],
            },
        })
    });
    let volumes = (0..300).map(|number| {
        json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": format!("v{number}")},
            "spec": {
                "claimRef": {"namespace": "shop", "name": format!("c{number}")},
                "csi": {"nodeStageSecretRef": {"namespace": "shop", "name": "key"}},
            },
        })
    });
    let nodes =
        NodeAuthorizer::compile(&cluster(&pods.chain(volumes).collect::<Vec<_>>()), &stored()).unwrap();
    let asked = Attributes::resource("get", "", "secrets").in_namespace("shop").named("key");
    assert!(nodes.decide(&node("n299"), &asked).is_allowed());
    assert!(!nodes.decide(&node("n300"), &asked).is_allowed());
    let evidence = nodes.evidence(nodes.decide(&node("n7"), &asked), &node("n7"), &asked);
    assert_eq!(
        evidence.iter().map(|piece| piece.message.as_str()).collect::<Vec<_>>(),
        [
            "PersistentVolume `v7` is mounted with Secret `shop/key` and bound to PersistentVolumeClaim `shop/c7`",
            "Pod `shop/p7` on node `n7` names PersistentVolumeClaim `shop/c7`",
        ]
    );
}

#[test]
fn what_admission_decides_is_said_to_be_its_part() {
    let nodes = NodeAuthorizer::compile(&cluster(&[]), &stored()).unwrap();
    let asked = Attributes::resource("patch", "", "nodes").subresource("status").named("b");
    let decision = nodes.decide(&node("a"), &asked);
    assert_eq!(decision.verdict(), NodeVerdict::Allowed(NodeGrant::LeftToAdmission));
    let evidence = nodes.evidence(decision, &node("a"), &asked);
    assert_eq!(evidence[0].part, "admission");
    assert!(evidence[0].message.contains("NodeRestriction"));
}

#[test]
fn another_model_explains_nothing() {
    let one = NodeAuthorizer::compile(&cluster(&[]), &stored()).unwrap();
    let other = NodeAuthorizer::compile(&cluster(&[]), &stored()).unwrap();
    let asked = Attributes::resource("get", "", "nodes");
    let decision = one.decide(&node("a"), &asked);
    assert_eq!(other.reason(decision, &node("a"), &asked).unwrap_err().code(), "stale-decision");
}

#[test]
fn what_cannot_be_read_is_refused_or_named() {
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "shop"},
        "spec": {"nodeName": "a", "containers": [{"name": "c", "envFrom": [{"secretRef": {"name": 5}}]}]},
    });
    let unknown = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "q", "namespace": "shop"},
        "spec": {"nodename": "a", "containers": [{"name": "c"}]},
    });
    for options in [stored(), NodeOptions::default()] {
        let refused = NodeAuthorizer::compile(&cluster(std::slice::from_ref(&pod)), &options).unwrap_err();
        assert_eq!(refused.to_string().matches('\n').count(), 0, "{refused}");
    }
    assert!(NodeAuthorizer::compile(&cluster(std::slice::from_ref(&unknown)), &stored()).is_ok());
    assert!(NodeAuthorizer::compile(&cluster(&[unknown]), &NodeOptions::default()).is_err());
    let mut load = LoadOptions::default();
    load.on_invalid = OnInvalid::Drop;
    let cluster = Cluster::load([Object::from_serialize(&pod).unwrap()], &load).unwrap();
    let nodes = NodeAuthorizer::compile(&cluster, &NodeOptions::default()).unwrap();
    assert_eq!(nodes.remarks()[0].code, "rbac/left-out");
    assert!(
        !nodes
            .decide(&node("a"), &Attributes::resource("get", "", "pods").in_namespace("shop").named("p"))
            .is_allowed()
    );
}

#[test]
fn older_versions_are_refused_by_name() {
    let mut load = LoadOptions::default();
    load.kube_version = KubeVersion::new(34).unwrap();
    let cluster = Cluster::load([], &load).unwrap();
    let error = NodeAuthorizer::compile(&cluster, &NodeOptions::default()).unwrap_err();
    assert_eq!(error.code(), "version-unsupported");
}
