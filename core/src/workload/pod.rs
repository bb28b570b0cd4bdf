//! A pod of a template, as all controllers make it.

use super::identity::{controller_reference, generated_name, has_uid, pod_prefix};
use super::{Expanded, Expansion, Made, WorkloadError};
use crate::object::{Draft, FieldPath, Object, Value};

/// Where pods come from: the workload that was given, the object that controls them, and the template's place.
pub(super) struct Source<'a> {
    pub(super) workload: &'a Object,
    pub(super) owner: &'a Object,
    pub(super) template: FieldPath,
}

impl<'a> Source<'a> {
    /// The template, unless it is absent or null.
    pub(super) fn value(&self) -> Option<Value<'a>> {
        self.workload.root().at(&self.template).filter(|value| !value.is_null())
    }

    /// A pod of the template, without a name.
    pub(super) fn pod(&self) -> Draft {
        // upstream: pkg/controller/controller_utils.go (GetPodFromTemplate): of the template's metadata only labels,
        // annotations and finalizers are taken over
        let template = self.value();
        let part = |name: &str| template.and_then(|template| template.get(name)).map(Draft::of);
        let mut given = part("metadata").unwrap_or_default();
        let mut metadata = Draft::map([("generateName", Draft::text(pod_prefix(self.owner.name())))]);
        let metadata_map = metadata.as_map();
        if !self.owner.namespace().is_empty() {
            metadata_map.set("namespace", Draft::text(self.owner.namespace()));
        }
        for key in ["labels", "annotations", "finalizers"] {
            if let Some(mut value) = given.as_map().remove(key).filter(|value| *value != Draft::Null) {
                without_nulls(&mut value);
                metadata_map.set(key, value);
            }
        }
        metadata_map.set("ownerReferences", Draft::List(vec![controller_reference(self.owner)]));
        let spec = part("spec").filter(|spec| *spec != Draft::Null).unwrap_or_else(|| Draft::map([]));
        Draft::map([
            ("apiVersion", Draft::text("v1")),
            ("kind", Draft::text("Pod")),
            ("metadata", metadata),
            ("spec", spec),
        ])
    }

    /// Ends a pod that the API server names, and puts it where it belongs.
    pub(super) fn put_unnamed(&self, mut pod: Draft, mut synthetic: Vec<FieldPath>, expanded: &mut Expanded) {
        let metadata = pod.map_at("metadata");
        let prefix = metadata.get("generateName").and_then(Draft::as_str).unwrap_or_default();
        let name = generated_name(prefix, expanded.pods.len());
        metadata.set("name", Draft::text(name));
        synthetic.insert(0, FieldPath::root().field("metadata").field("name"));
        self.put(pod, synthetic, expanded);
    }

    /// Ends a pod that has its name.
    pub(super) fn put(&self, pod: Draft, mut synthetic: Vec<FieldPath>, expanded: &mut Expanded) {
        if !has_uid(self.owner) {
            let reference = FieldPath::root().field("metadata").field("ownerReferences").index(0);
            synthetic.push(reference.field("uid"));
        }
        expanded.pods.extend(self.made(pod, synthetic, self.template.clone()));
    }

    pub(super) fn made(&self, draft: Draft, synthetic: Vec<FieldPath>, template: FieldPath) -> Option<Made> {
        let object = draft.into_object(self.workload.origin())?;
        Some(Made { object, synthetic, workload: self.workload.clone(), template })
    }
}

/// Refuses more pods than were asked for at most.
pub(super) fn within_limit(workload: &Object, pods: u32, options: &Expansion) -> Result<u32, WorkloadError> {
    let count = usize::try_from(pods).unwrap_or(usize::MAX);
    if count <= options.max_pods {
        return Ok(pods);
    }
    Err(WorkloadError::TooManyPods {
        kind: workload.kind().to_owned(),
        name: workload.name().to_owned(),
        pods: count,
        limit: options.max_pods,
        location: Box::new(workload.root().location(FieldPath::root())),
    })
}

/// The path of a label or annotation of an object that was made.
pub(super) fn label(name: &str) -> FieldPath {
    FieldPath::root().field("metadata").field("labels").key(name)
}

/// A null text in a typed map is the empty text.
pub(super) fn without_nulls(value: &mut Draft) {
    if let Draft::Map(entries) = value {
        for (_, value) in entries.iter_mut().filter(|(_, value)| **value == Draft::Null) {
            *value = Draft::text("");
        }
    }
}
