//! The metadata of a review, which must be empty, and how errors show it.

use std::collections::BTreeMap;

use kubelogic_core::meta::{ObjectMetadata, OwnerReference};
use kubelogic_core::quote::{json_text, quoted};
use kubelogic_core::version::KubeVersion;

/// Takes out what only the API server sets.
pub(super) fn wipe(metadata: &mut ObjectMetadata) {
    // upstream: apiserver pkg/registry/rest/meta.go (WipeObjectMetaSystemFields)
    metadata.uid.clear();
    metadata.creation_timestamp = None;
    metadata.deletion_timestamp = None;
    metadata.deletion_grace_period_seconds = None;
}

/// Whether there is nothing in it; who set which fields does not count, and with `namespaced` the namespace.
pub(super) fn is_empty(metadata: &ObjectMetadata, namespaced: bool) -> bool {
    let mut rest = metadata.clone();
    rest.managed_fields.clear();
    if namespaced {
        rest.namespace.clear();
    }
    rest == ObjectMetadata::default()
}

/// The metadata as the version prints it in an error: as JSON since 1.34.
pub(super) fn printed(metadata: &ObjectMetadata, version: KubeVersion) -> String {
    // upstream: apimachinery pkg/util/validation/field/errors.go (ErrorBody)
    if version.minor() >= 34 { as_json(metadata) } else { as_go(metadata) }
}

fn as_json(metadata: &ObjectMetadata) -> String {
    let mut fields = Vec::new();
    let mut text = |name: &str, value: &String| {
        if !value.is_empty() {
            fields.push(format!("\"{name}\":{}", json_text(value)));
        }
    };
    text("name", &metadata.name);
    text("generateName", &metadata.generate_name);
    text("namespace", &metadata.namespace);
    text("uid", &metadata.uid);
    text("resourceVersion", &metadata.resource_version);
    if metadata.generation != 0 {
        fields.push(format!("\"generation\":{}", metadata.generation));
    }
    let map = |map: &BTreeMap<String, String>| {
        let pairs = map.iter().map(|(key, value)| format!("{}:{}", json_text(key), json_text(value)));
        pairs.collect::<Vec<_>>().join(",")
    };
    for (name, pairs) in [("labels", &metadata.labels), ("annotations", &metadata.annotations)] {
        if !pairs.is_empty() {
            fields.push(format!("\"{name}\":{{{}}}", map(pairs)));
        }
    }
    let list = |items: Vec<String>| items.join(",");
    if !metadata.owner_references.is_empty() {
        let owners = list(metadata.owner_references.iter().map(owner_as_json).collect());
        fields.push(format!("\"ownerReferences\":[{owners}]"));
    }
    if !metadata.finalizers.is_empty() {
        let finalizers = list(metadata.finalizers.iter().map(|finalizer| json_text(finalizer)).collect());
        fields.push(format!("\"finalizers\":[{finalizers}]"));
    }
    format!("{{{}}}", fields.join(","))
}

fn owner_as_json(owner: &OwnerReference) -> String {
    let mut fields = vec![
        format!("\"apiVersion\":{}", json_text(&owner.api_version)),
        format!("\"kind\":{}", json_text(&owner.kind)),
        format!("\"name\":{}", json_text(&owner.name)),
        format!("\"uid\":{}", json_text(&owner.uid)),
    ];
    fields.extend(owner.controller.map(|value| format!("\"controller\":{value}")));
    fields.extend(owner.block_owner_deletion.map(|value| format!("\"blockOwnerDeletion\":{value}")));
    format!("{{{}}}", fields.join(","))
}

/// In Go's own notation. Upstream prints where in memory an owner's two switches are; here it is what they say.
fn as_go(metadata: &ObjectMetadata) -> String {
    let map = |map: &BTreeMap<String, String>| {
        if map.is_empty() {
            return "map[string]string(nil)".to_owned();
        }
        let pairs = map.iter().map(|(key, value)| format!("{}:{}", quoted(key), quoted(value)));
        format!("map[string]string{{{}}}", pairs.collect::<Vec<_>>().join(", "))
    };
    let list = |kind: &str, items: Vec<String>| {
        if items.is_empty() { format!("[]{kind}(nil)") } else { format!("[]{kind}{{{}}}", items.join(", ")) }
    };
    let owners = list("v1.OwnerReference", metadata.owner_references.iter().map(owner_as_go).collect());
    let finalizers = list("string", metadata.finalizers.iter().map(|finalizer| quoted(finalizer)).collect());
    format!(
        "v1.ObjectMeta{{Name:{}, GenerateName:{}, Namespace:{}, SelfLink:\"\", UID:{}, ResourceVersion:{}, \
         Generation:{}, CreationTimestamp:time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC), \
         DeletionTimestamp:<nil>, DeletionGracePeriodSeconds:(*int64)(nil), Labels:{}, Annotations:{}, \
         OwnerReferences:{owners}, Finalizers:{finalizers}, ManagedFields:[]v1.ManagedFieldsEntry(nil)}}",
        quoted(&metadata.name),
        quoted(&metadata.generate_name),
        quoted(&metadata.namespace),
        quoted(&metadata.uid),
        quoted(&metadata.resource_version),
        metadata.generation,
        map(&metadata.labels),
        map(&metadata.annotations),
    )
}

fn owner_as_go(owner: &OwnerReference) -> String {
    let switch =
        |value: Option<bool>| value.map_or_else(|| "(*bool)(nil)".to_owned(), |value| value.to_string());
    format!(
        "v1.OwnerReference{{APIVersion:{}, Kind:{}, Name:{}, UID:{}, Controller:{}, BlockOwnerDeletion:{}}}",
        quoted(&owner.api_version),
        quoted(&owner.kind),
        quoted(&owner.name),
        quoted(&owner.uid),
        switch(owner.controller),
        switch(owner.block_owner_deletion),
    )
}
