//! Deployments: a new ReplicaSet, and its pods.

use super::fields::{Fields, path};
use super::identity::{controller_reference, has_uid, template_hash};
use super::pod::{Source, label, within_limit, without_nulls};
use super::{Expanded, Expansion, WorkloadError};
use crate::object::{Draft, FieldPath, Object};

const HASH: &str = "pod-template-hash";

/// Annotations that a Deployment keeps to itself.
// upstream: pkg/controller/deployment/util/deployment_util.go (annotationsToSkip)
const KEPT: &[&str] = &[
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deployment.kubernetes.io/revision-history",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deprecated.deployment.rollback.to",
];

/// The longest name of an object.
const MAX_NAME: usize = 253;

pub(super) fn expand(
    workload: &Object,
    fields: &Fields<'_>,
    options: &Expansion,
    expanded: &mut Expanded,
) -> Result<(), WorkloadError> {
    if fields.flag(&path(&["spec", "paused"]))? {
        expanded.notes.push("the Deployment is paused: its controller makes no new ReplicaSet".to_owned());
        return Ok(());
    }
    let replicas = fields.count(&path(&["spec", "replicas"]))?.unwrap_or(1);
    let replicas = within_limit(workload, replicas, options)?;
    let source = Source { workload, owner: workload, template: path(&["spec", "template"]) };
    let hash = options.hash.clone().unwrap_or_else(|| template_hash(source.value()));

    let set = replica_set(&source, fields, replicas, &hash)?;
    let mut synthetic = Vec::new();
    if options.hash.is_none() {
        synthetic.extend([path(&["metadata", "name"]), label(HASH)]);
        synthetic.push(path(&["spec", "selector", "matchLabels"]).key(HASH));
    }
    if !has_uid(workload) {
        synthetic.push(FieldPath::root().field("metadata").field("ownerReferences").index(0).field("uid"));
    }
    let Some(made) = source.made(set, synthetic, FieldPath::root()) else { return Ok(()) };
    let owner = made.object.clone();
    expanded.objects.push(made);

    // The pods are made of the ReplicaSet's template, which is the Deployment's with one label more.
    let pods = Source { workload, owner: &owner, template: source.template.clone() };
    let mut pod = pods.pod();
    pod.map_at("metadata").entry("labels").as_map().set(HASH, Draft::text(&hash));
    let synthetic = if options.hash.is_none() { vec![label(HASH)] } else { Vec::new() };
    for _ in 0..replicas {
        pods.put_unnamed(pod.clone(), synthetic.clone(), expanded);
    }
    Ok(())
}

/// The ReplicaSet that the controller makes for a new Deployment.
fn replica_set(
    source: &Source<'_>,
    fields: &Fields<'_>,
    replicas: u32,
    hash: &str,
) -> Result<Draft, WorkloadError> {
    // upstream: pkg/controller/deployment/sync.go (getNewReplicaSet, generateReplicaSetName)
    let deployment = source.workload;
    let mut template = source.value().map(Draft::of).unwrap_or_default();
    let labels = template.map_at("metadata").entry("labels");
    without_nulls(labels);
    labels.as_map().set(HASH, Draft::text(hash));
    let labels = template.get("metadata").and_then(|metadata| metadata.get("labels")).cloned();

    let selector = fields.value(&path(&["spec", "selector"])).map(Draft::of);
    // The versions before apps/v1 select the template's labels when nobody says what.
    let mut selector =
        selector.unwrap_or_else(|| Draft::map([("matchLabels", labels.clone().unwrap_or_default())]));
    let match_labels = selector.as_map().entry("matchLabels");
    without_nulls(match_labels);
    match_labels.as_map().set(HASH, Draft::text(hash));

    let mut annotations =
        fields.value(&path(&["metadata", "annotations"])).map(Draft::of).unwrap_or_default();
    without_nulls(&mut annotations);
    let entries = annotations.as_map();
    for kept in KEPT {
        entries.remove(kept);
    }
    entries.set("deployment.kubernetes.io/revision", Draft::text("1"));
    entries.set("deployment.kubernetes.io/desired-replicas", Draft::text(replicas.to_string()));
    let most = replicas.saturating_add(max_surge(fields, replicas)?);
    entries.set("deployment.kubernetes.io/max-replicas", Draft::text(most.to_string()));

    let room = MAX_NAME.saturating_sub(1 + hash.len());
    let mut name = deployment.name();
    while name.len() > room && room > 0 {
        name = name.get(..name.len() - 1).or_else(|| name.get(..name.len() - 2)).unwrap_or_default();
    }
    let mut metadata = Draft::map([("name", Draft::text(format!("{name}-{hash}")))]);
    if !deployment.namespace().is_empty() {
        metadata.as_map().set("namespace", Draft::text(deployment.namespace()));
    }
    metadata.as_map().set("labels", labels.unwrap_or_default());
    metadata.as_map().set("annotations", annotations);
    metadata.as_map().set("ownerReferences", Draft::List(vec![controller_reference(deployment)]));

    let mut spec = Draft::map([("replicas", Draft::integer(replicas))]);
    if let Some(seconds) = fields.count(&path(&["spec", "minReadySeconds"]))? {
        spec.as_map().set("minReadySeconds", Draft::integer(seconds));
    }
    spec.as_map().set("selector", selector);
    spec.as_map().set("template", template);
    Ok(Draft::map([
        ("apiVersion", Draft::text("apps/v1")),
        ("kind", Draft::text("ReplicaSet")),
        ("metadata", metadata),
        ("spec", spec),
    ]))
}

/// How many pods a rolling update may add.
fn max_surge(fields: &Fields<'_>, replicas: u32) -> Result<u32, WorkloadError> {
    // upstream: pkg/controller/deployment/util/deployment_util.go (MaxSurge), pkg/apis/apps/v1/defaults.go
    match fields.text(&path(&["spec", "strategy", "type"]))? {
        None | Some("" | "RollingUpdate") => {
            fields.share(&path(&["spec", "strategy", "rollingUpdate", "maxSurge"]), "25%", replicas, true)
        }
        Some(_) => Ok(0),
    }
}
