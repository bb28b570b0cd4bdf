//! Pods, volumes and what else names a node, and requests of nodes.

use serde_json::{Map, Value, json};

use super::user;
use crate::random::Random;

const NAMESPACES: &[&str] = &["shop", "bank", ""];
const NAMED: &[&str] = &["shop", "bank"];
const NODES: &[&str] = &["n0", "n1", "n2", "n3", "", "n9"];

/// A question about the Node authorizer alone.
pub(super) fn question(random: &mut Random, requests: usize) -> Value {
    let questions: Vec<Value> =
        (0..requests).map(|_| json!({"user": user(random), "request": request(random)})).collect();
    let mut chain = Map::from_iter([("modes".to_owned(), json!(["Node"]))]);
    if random.once_in(10) {
        let gates = json!({
            "PodCertificateRequest": random.once_in(2),
            "KubeletServiceAccountTokenForCredentialProviders": random.once_in(2),
            "CSIVolumeHealth": random.once_in(2),
        });
        chain.insert("featureGates".to_owned(), gates);
    }
    json!({"ask": "access.authorize", "objects": objects(random), "chain": chain, "questions": questions})
}

/// A cluster with few names, so that requests often meet them.
pub(super) fn objects(random: &mut Random) -> Vec<Value> {
    let mut objects = Vec::new();
    let many = if random.once_in(40) { 260 } else { 12 };
    for number in 0..random.below(many) {
        objects.push(pod(random, number));
    }
    for number in 0..random.below(many / 2) {
        objects.push(volume(random, number));
    }
    let naming = [
        ("storage.k8s.io/v1", "VolumeAttachment", "a", false),
        ("resource.k8s.io/v1", "ResourceSlice", "r", false),
        ("certificates.k8s.io/v1beta1", "PodCertificateRequest", "q", true),
    ];
    for (version, kind, letter, namespaced) in naming {
        for number in 0..random.below(5) {
            let mut metadata = Map::from_iter([("name".to_owned(), json!(format!("{letter}{number}")))]);
            if namespaced {
                metadata.insert("namespace".to_owned(), json!(random.pick(NAMED)));
            }
            let spec = match random.below(8) {
                0 => json!({}),
                1 => json!({"nodeName": null}),
                _ => json!({"nodeName": random.pick(NODES)}),
            };
            objects.push(json!({"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}));
        }
    }
    objects
}

/// A name of few; sometimes none at all.
fn name(random: &mut Random, letter: &str) -> Value {
    match random.below(12) {
        0 => json!(""),
        1 => Value::Null,
        _ => json!(format!("{letter}{}", random.below(5))),
    }
}

fn reference(random: &mut Random, letter: &str) -> Value {
    match random.below(10) {
        0 => Value::Null,
        1 => json!({}),
        _ => json!({"name": name(random, letter)}),
    }
}

fn pod(random: &mut Random, number: usize) -> Value {
    let mut metadata = Map::from_iter([
        ("name".to_owned(), json!(format!("p{number}"))),
        ("namespace".to_owned(), json!(random.pick(NAMED))),
    ]);
    match random.below(12) {
        0 => {
            metadata.insert("annotations".to_owned(), json!({"kubernetes.io/config.mirror": "x"}));
        }
        1 => {
            metadata.insert("annotations".to_owned(), json!({"kubernetes.io/config.mirror": ""}));
        }
        2 => {
            metadata.insert("annotations".to_owned(), json!({"other": "x"}));
        }
        _ => {}
    }
    let mut spec = Map::new();
    if !random.once_in(10) {
        spec.insert("nodeName".to_owned(), json!(random.pick(NODES)));
    }
    if random.once_in(2) {
        spec.insert("serviceAccountName".to_owned(), name(random, "u"));
    }
    if random.once_in(6) {
        spec.insert("serviceAccount".to_owned(), name(random, "u"));
    }
    if random.once_in(3) {
        spec.insert("imagePullSecrets".to_owned(), json!([reference(random, "s"), reference(random, "s")]));
    }
    for field in ["containers", "initContainers", "ephemeralContainers"] {
        if random.once_in(2) {
            let containers: Vec<Value> = (0..random.below(3)).map(|_| container(random)).collect();
            spec.insert(field.to_owned(), json!(containers));
        }
    }
    let volumes: Vec<Value> = (0..random.below(4)).map(|number| pod_volume(random, number)).collect();
    spec.insert("volumes".to_owned(), json!(volumes));
    let claims: Vec<Value> = (0..random.below(3)).map(|_| resource_claim(random)).collect();
    spec.insert("resourceClaims".to_owned(), json!(claims));
    let mut status = Map::new();
    if random.once_in(2) {
        let statuses: Vec<Value> = (0..random.below(3))
            .map(|_| json!({"name": name(random, "e"), "resourceClaimName": name(random, "k")}))
            .collect();
        status.insert("resourceClaimStatuses".to_owned(), json!(statuses));
    }
    if random.once_in(3) {
        let extended = match random.below(5) {
            0 => Value::Null,
            _ => json!({"resourceClaimName": name(random, "k")}),
        };
        status.insert("extendedResourceClaimStatus".to_owned(), extended);
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, "status": status})
}

fn container(random: &mut Random) -> Value {
    let from: Vec<Value> = (0..random.below(3))
        .map(|_| match random.below(3) {
            0 => json!({"secretRef": reference(random, "s")}),
            1 => json!({"configMapRef": reference(random, "m")}),
            _ => json!({"secretRef": reference(random, "s"), "configMapRef": reference(random, "m")}),
        })
        .collect();
    let env: Vec<Value> = (0..random.below(3))
        .map(|_| match random.below(4) {
            0 => json!({"name": "A", "valueFrom": {"secretKeyRef": reference(random, "s")}}),
            1 => json!({"name": "A", "valueFrom": {"configMapKeyRef": reference(random, "m")}}),
            2 => json!({"name": "A", "valueFrom": null}),
            _ => json!({"name": "A", "value": "x"}),
        })
        .collect();
    json!({"name": "c", "envFrom": from, "env": env})
}

fn pod_volume(random: &mut Random, number: usize) -> Value {
    let mut volume = Map::from_iter([("name".to_owned(), json!(format!("v{number}")))]);
    // More than one source is invalid and yet decoded.
    for _ in 0..=usize::from(random.once_in(4)) {
        let secret = json!({"secretRef": reference(random, "s")});
        let (field, source) = match random.below(16) {
            0 => ("azureFile", json!({"secretName": name(random, "s")})),
            1 => ("cephfs", secret),
            2 => ("cinder", secret),
            3 => ("flexVolume", secret),
            4 => {
                let sources: Vec<Value> = (0..random.below(3))
                    .map(|_| match random.below(2) {
                        0 => json!({"secret": reference(random, "s")}),
                        _ => json!({"configMap": reference(random, "m")}),
                    })
                    .collect();
                ("projected", json!({"sources": sources}))
            }
            5 => ("rbd", secret),
            6 => ("secret", json!({"secretName": name(random, "s")})),
            7 => ("scaleIO", secret),
            8 => ("iscsi", secret),
            9 => ("storageos", secret),
            10 => ("csi", json!({"driver": "d", "nodePublishSecretRef": reference(random, "s")})),
            11 => ("configMap", json!({"name": name(random, "m")})),
            12 => ("ephemeral", json!({})),
            13 => ("emptyDir", json!({})),
            _ => ("persistentVolumeClaim", json!({"claimName": name(random, "c")})),
        };
        let source = if random.once_in(15) { Value::Null } else { source };
        volume.insert(field.to_owned(), source);
    }
    Value::Object(volume)
}

fn resource_claim(random: &mut Random) -> Value {
    match random.below(5) {
        0 => json!({"name": name(random, "e"), "resourceClaimName": name(random, "k")}),
        1 => json!({"name": name(random, "e")}),
        2 => json!({"name": name(random, "e"), "resourceClaimTemplateName": null}),
        _ => json!({"name": name(random, "e"), "resourceClaimTemplateName": "t"}),
    }
}

fn volume(random: &mut Random, number: usize) -> Value {
    let mut spec = Map::new();
    match random.below(8) {
        0 => {}
        1 => {
            spec.insert("claimRef".to_owned(), Value::Null);
        }
        _ => {
            let claim = json!({"namespace": random.pick(NAMESPACES), "name": name(random, "c")});
            spec.insert("claimRef".to_owned(), claim);
        }
    }
    for _ in 0..=usize::from(random.once_in(4)) {
        let secret = json!({"secretRef": placed(random)});
        let (field, source) = match random.below(11) {
            0 => {
                let own = match random.below(3) {
                    0 => Value::Null,
                    _ => json!(random.pick(NAMESPACES)),
                };
                ("azureFile", json!({"secretName": name(random, "s"), "secretNamespace": own}))
            }
            1 => ("cephfs", secret),
            2 => ("cinder", secret),
            3 => ("flexVolume", secret),
            4 => ("rbd", secret),
            5 => ("scaleIO", secret),
            6 => ("iscsi", secret),
            7 => ("storageos", secret),
            8 => ("hostPath", json!({"path": "/"})),
            _ => (
                "csi",
                json!({
                    "controllerPublishSecretRef": placed(random), "nodeStageSecretRef": placed(random),
                    "nodePublishSecretRef": placed(random), "nodeExpandSecretRef": placed(random),
                    "controllerExpandSecretRef": placed(random),
                }),
            ),
        };
        spec.insert(field.to_owned(), source);
    }
    json!({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": format!("v{number}")}, "spec": spec})
}

fn placed(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => json!({"name": name(random, "s")}),
        _ => json!({"name": name(random, "s"), "namespace": random.pick(NAMESPACES)}),
    }
}

const RESOURCES: &[(&str, &str, &str)] = &[
    ("", "secrets", "s"),
    ("", "secrets", "s"),
    ("", "configmaps", "m"),
    ("", "persistentvolumeclaims", "c"),
    ("", "persistentvolumes", "v"),
    ("resource.k8s.io", "resourceclaims", "k"),
    ("storage.k8s.io", "volumeattachments", "a"),
    ("", "serviceaccounts", "u"),
    ("coordination.k8s.io", "leases", "n"),
    ("storage.k8s.io", "csinodes", "n"),
    ("resource.k8s.io", "resourceslices", "r"),
    ("", "nodes", "n"),
    ("", "pods", "p"),
    ("certificates.k8s.io", "podcertificaterequests", "q"),
    ("certificates.k8s.io", "certificatesigningrequests", "x"),
    ("apps", "secrets", "s"),
    ("", "services", "x"),
    ("", "events", "x"),
    ("authentication.k8s.io", "tokenreviews", "x"),
    ("authorization.k8s.io", "subjectaccessreviews", "x"),
    ("node.k8s.io", "runtimeclasses", "x"),
    ("storage.k8s.io", "csidrivers", "x"),
];
const VERBS: &[&str] = &[
    "get",
    "get",
    "get",
    "list",
    "watch",
    "create",
    "update",
    "patch",
    "delete",
    "deletecollection",
    "",
    "*",
    "GET",
    "bind",
];
const SUBRESOURCES: &[&str] = &["", "", "", "", "status", "token", "eviction", "log", "binding"];
const SELECTORS: &[&str] = &[
    "",
    "",
    "spec.nodeName=n0",
    "spec.nodeName==n1",
    "spec.nodeName!=n0",
    "spec.nodeName=n2,metadata.name=p1",
    "metadata.name=p1",
    "spec.nodeName=",
    "spec.nodeName",
    "spec.nodename=n0",
];

/// What a node asks.
pub(super) fn request(random: &mut Random) -> Value {
    if random.once_in(30) {
        let path = random.pick(&["/healthz", "/version", "/metrics", "/api", "/apis/apps"]);
        return json!({"verb": random.pick(VERBS), "path": path});
    }
    let (group, resource, letter) = RESOURCES.get(random.below(RESOURCES.len())).copied().unwrap_or_default();
    let name = match random.below(8) {
        0 => String::new(),
        1 if resource == "persistentvolumeclaims" => format!("p{}-v{}", random.below(8), random.below(4)),
        _ => format!("{letter}{}", random.below(6)),
    };
    let namespace = match resource {
        "leases" => random.pick(&["kube-node-lease", "kube-node-lease", "shop", ""]),
        "persistentvolumes" | "nodes" | "csinodes" | "volumeattachments" | "resourceslices" => {
            random.pick(&["", "", "", "shop"])
        }
        _ => random.pick(&["shop", "shop", "bank", "bank", ""]),
    };
    let subresource = match resource {
        "serviceaccounts" => random.pick(&["", "token", "token", "x"]),
        "csinodes" | "persistentvolumeclaims" => random.pick(&["", "status", "x"]),
        _ => random.pick(SUBRESOURCES),
    };
    json!({
        "verb": random.pick(VERBS), "group": group, "resource": resource, "subresource": subresource, "name": name,
        "namespace": namespace, "fieldSelector": random.pick(SELECTORS),
        "labelSelector": random.pick(&["", "", "app=web", "a in ("]),
    })
}
