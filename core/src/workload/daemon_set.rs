//! DaemonSets: a pod for each node that is named.

use super::fields::{Fields, path};
use super::identity::template_hash;
use super::pod::{Source, label, within_limit};
use super::{Expanded, Expansion, WorkloadError};
use crate::object::{Draft, DraftMap, Object};

const HASH: &str = "controller-revision-hash";
const GENERATION: &str = "pod-template-generation";

/// What every pod of a DaemonSet tolerates, as key and effect.
// upstream: pkg/controller/daemon/util/daemonset_util.go (AddOrUpdateDaemonPodTolerations)
const TOLERATED: &[(&str, &str)] = &[
    ("node.kubernetes.io/not-ready", "NoExecute"),
    ("node.kubernetes.io/unreachable", "NoExecute"),
    ("node.kubernetes.io/disk-pressure", "NoSchedule"),
    ("node.kubernetes.io/memory-pressure", "NoSchedule"),
    ("node.kubernetes.io/pid-pressure", "NoSchedule"),
    ("node.kubernetes.io/unschedulable", "NoSchedule"),
];

/// What a pod in the node's own network tolerates beside it.
const TOLERATED_ON_HOST_NETWORK: (&str, &str) = ("node.kubernetes.io/network-unavailable", "NoSchedule");

pub(super) fn expand(
    workload: &Object,
    fields: &Fields<'_>,
    options: &Expansion,
    expanded: &mut Expanded,
) -> Result<(), WorkloadError> {
    let count = u32::try_from(options.nodes.len()).unwrap_or(u32::MAX);
    within_limit(workload, count, options)?;
    if options.nodes.is_empty() {
        expanded.notes.push("a DaemonSet has a pod for each of its nodes, and no node was named".to_owned());
    }
    let source = Source { workload, owner: workload, template: path(&["spec", "template"]) };
    let hash = options.hash.clone().unwrap_or_else(|| template_hash(source.value()));
    let synthetic = if options.hash.is_none() { vec![label(HASH)] } else { Vec::new() };
    // upstream: pkg/controller/daemon/util/daemonset_util.go (GetTemplateGeneration)
    let annotations = path(&["metadata", "annotations"]).key("deprecated.daemonset.template.generation");
    let generation = fields.text(&annotations)?.and_then(|text| text.parse::<i64>().ok());
    let on_host = fields.flag(&path(&["spec", "template", "spec", "hostNetwork"]))?;

    let mut pod = source.pod();
    let labels = pod.map_at("metadata").entry("labels").as_map();
    if let Some(generation) = generation {
        labels.set(GENERATION, Draft::text(generation.to_string()));
    }
    labels.set(HASH, Draft::text(&hash));
    let spec = pod.map_at("spec");
    for (key, effect) in TOLERATED {
        tolerate(spec, key, effect);
    }
    if on_host {
        tolerate(spec, TOLERATED_ON_HOST_NETWORK.0, TOLERATED_ON_HOST_NETWORK.1);
    }
    for node in &options.nodes {
        let mut pod = pod.clone();
        pin(pod.map_at("spec"), node);
        source.put_unnamed(pod, synthetic.clone(), expanded);
    }
    Ok(())
}

/// Adds a toleration, in the place of each one that differs from it in its seconds only.
fn tolerate(spec: &mut DraftMap, key: &str, effect: &str) {
    // upstream: pkg/apis/core/v1/helper/helpers.go (AddOrUpdateTolerationInPodSpec)
    let toleration = Draft::map([
        ("key", Draft::text(key)),
        ("operator", Draft::text("Exists")),
        ("effect", Draft::text(effect)),
    ]);
    let text =
        |given: &Draft, field: &str| given.get(field).and_then(Draft::as_str).unwrap_or_default().to_owned();
    let is_same = |given: &&mut Draft| {
        text(given, "key") == key
            && text(given, "operator") == "Exists"
            && text(given, "effect") == effect
            && text(given, "value").is_empty()
    };
    let given = spec.entry("tolerations").as_list();
    let mut updated = false;
    for same in given.iter_mut().filter(is_same) {
        *same = toleration.clone();
        updated = true;
    }
    if !updated {
        given.push(toleration);
    }
}

/// Binds a pod to a node by its affinity; what the template required of nodes is replaced.
fn pin(spec: &mut DraftMap, node: &str) {
    // upstream: pkg/controller/daemon/util/daemonset_util.go (ReplaceDaemonSetPodNodeNameNodeAffinity)
    let requirement = Draft::map([
        ("key", Draft::text("metadata.name")),
        ("operator", Draft::text("In")),
        ("values", Draft::List(vec![Draft::text(node)])),
    ]);
    let term = Draft::map([("matchFields", Draft::List(vec![requirement]))]);
    let affinity = spec.entry("affinity").as_map().entry("nodeAffinity").as_map();
    let required = affinity.entry("requiredDuringSchedulingIgnoredDuringExecution").as_map();
    required.set("nodeSelectorTerms", Draft::List(vec![term]));
}
