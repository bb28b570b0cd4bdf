//! StatefulSets: pods with ordinals, each with its own claims.

use super::fields::{Fields, path};
use super::identity::template_hash;
use super::pod::{Source, label, within_limit};
use super::{Expanded, Expansion, WorkloadError};
use crate::object::{Draft, DraftMap, Object, Value};

const REVISION: &str = "controller-revision-hash";

pub(super) fn expand(
    workload: &Object,
    fields: &Fields<'_>,
    options: &Expansion,
    expanded: &mut Expanded,
) -> Result<(), WorkloadError> {
    // upstream: pkg/controller/statefulset/stateful_set_utils.go (newVersionedStatefulSetPod)
    let replicas = fields.count(&path(&["spec", "replicas"]))?.unwrap_or(1);
    let replicas = within_limit(workload, replicas, options)?;
    let start = fields.count(&path(&["spec", "ordinals", "start"]))?.unwrap_or(0);
    let service = fields.text(&path(&["spec", "serviceName"]))?.unwrap_or_default();
    let source = Source { workload, owner: workload, template: path(&["spec", "template"]) };
    let hash = options.hash.clone().unwrap_or_else(|| template_hash(source.value()));
    let revision = format!("{}-{hash}", workload.name());
    let claims = Claims::of(fields);
    let synthetic = if options.hash.is_none() { vec![label(REVISION)] } else { Vec::new() };

    for ordinal in u64::from(start)..u64::from(start) + u64::from(replicas) {
        let name = format!("{}-{ordinal}", workload.name());
        let mut pod = source.pod();
        let metadata = pod.map_at("metadata");
        metadata.set("name", Draft::text(&name));
        let labels = metadata.entry("labels").as_map();
        labels.set("statefulset.kubernetes.io/pod-name", Draft::text(&name));
        labels.set("apps.kubernetes.io/pod-index", Draft::text(ordinal.to_string()));
        labels.set(REVISION, Draft::text(&revision));
        let spec = pod.map_at("spec");
        spec.set("hostname", Draft::text(&name));
        // The service's name replaces a subdomain of the template even when it is empty.
        if service.is_empty() {
            spec.remove("subdomain");
        } else {
            spec.set("subdomain", Draft::text(service));
        }
        claims.mount(spec, workload.name(), ordinal);
        source.put(pod, synthetic.clone(), expanded);
        for (index, claim) in claims.of_ordinal(workload, ordinal) {
            let template = path(&["spec", "volumeClaimTemplates"]).index(index);
            expanded.claims.extend(source.made(claim, Vec::new(), template));
        }
    }
    Ok(())
}

/// The claim templates of a set.
struct Claims<'a> {
    /// Their places in the list, names and values; of two with one name the later one counts.
    templates: Vec<(usize, &'a str, Value<'a>)>,
    selector: Option<Value<'a>>,
}

impl<'a> Claims<'a> {
    fn of(fields: &Fields<'a>) -> Self {
        let mut templates: Vec<(usize, &str, Value<'_>)> = Vec::new();
        let list = fields.value(&path(&["spec", "volumeClaimTemplates"]));
        for (index, value) in list.into_iter().flat_map(|list| list.items()).enumerate() {
            let name = value.get("metadata").and_then(|metadata| metadata.get("name"));
            let name = name.and_then(|name| name.as_str()).unwrap_or_default();
            match templates.iter_mut().find(|(_, known, _)| *known == name) {
                Some(entry) => *entry = (index, name, value),
                None => templates.push((index, name, value)),
            }
        }
        Self { templates, selector: fields.value(&path(&["spec", "selector", "matchLabels"])) }
    }

    /// The volumes of the claims before those of the template, whose volumes of the same names they replace.
    fn mount(&self, spec: &mut DraftMap, set: &str, ordinal: u64) {
        // upstream: pkg/controller/statefulset/stateful_set_utils.go (updateStorage): there in the order of a Go map
        let mut volumes: Vec<Draft> = Vec::new();
        for (_, name, _) in &self.templates {
            let claim = Draft::map([("claimName", Draft::text(format!("{name}-{set}-{ordinal}")))]);
            volumes.push(Draft::map([("name", Draft::text(name)), ("persistentVolumeClaim", claim)]));
        }
        if let Some(Draft::List(given)) = spec.remove("volumes") {
            let name =
                |volume: &Draft| volume.get("name").and_then(Draft::as_str).unwrap_or_default().to_owned();
            let is_claimed =
                |volume: &Draft| self.templates.iter().any(|(_, claim, _)| name(volume) == *claim);
            volumes.extend(given.into_iter().filter(|volume| !is_claimed(volume)));
        }
        if !volumes.is_empty() {
            spec.set("volumes", Draft::List(volumes));
        }
    }

    /// The claims of one pod, each with the place of its template.
    fn of_ordinal(&self, set: &Object, ordinal: u64) -> Vec<(usize, Draft)> {
        // upstream: pkg/controller/statefulset/stateful_set_utils.go (getPersistentVolumeClaims)
        let selected = self.selector.map(Draft::of);
        let claims = self.templates.iter().map(|(index, name, value)| {
            let mut claim = Draft::of(*value);
            claim.as_map().set("apiVersion", Draft::text("v1"));
            claim.as_map().set("kind", Draft::text("PersistentVolumeClaim"));
            let metadata = claim.map_at("metadata");
            metadata.set("name", Draft::text(format!("{name}-{}-{ordinal}", set.name())));
            if set.namespace().is_empty() {
                metadata.remove("namespace");
            } else {
                metadata.set("namespace", Draft::text(set.namespace()));
            }
            if let Some(Draft::Map(selected)) = &selected {
                let labels = metadata.entry("labels").as_map();
                for (key, value) in selected.iter() {
                    let value = if *value == Draft::Null { Draft::text("") } else { value.clone() };
                    labels.set(key, value);
                }
            }
            claim.as_map().remove("status");
            (*index, claim)
        });
        claims.collect()
    }
}
