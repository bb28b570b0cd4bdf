//! The metadata of an object that is to be made: what the API server sets before it looks, and what it refuses.
//!
//! upstream: apiserver pkg/registry/rest/create.go, apiextensions-apiserver pkg/registry/customresource/validator.go

use std::collections::BTreeSet;

use super::validate::Fault;
use crate::decode::{Decoder, FieldValidation};
use crate::field::FieldError;
use crate::meta::{MetadataRules, NameRule, ObjectMetadata, metadata_errors};
use crate::object::{Draft, FieldPath, Object, ValueKind};
use crate::version::KubeVersion;

/// Takes the place of the five letters that the API server chooses for a generated name.
const ENDING: &str = "xxxxx";
/// How much of `generateName` is kept, in bytes.
const KEPT: usize = 63 - ENDING.len();

/// The metadata as the API server looks at it: with a name where one is generated, in the namespace of the request,
/// and without what only the server writes.
pub(super) fn metadata(object: &Object, namespaced: bool) -> ObjectMetadata {
    let mut decoder = Decoder::new(FieldValidation::Ignore);
    let mut metadata: ObjectMetadata =
        object.root().get("metadata").map(|metadata| decoder.decode(metadata)).unwrap_or_default();
    if metadata.name.is_empty() && !metadata.generate_name.is_empty() {
        metadata.name = generated(&metadata.generate_name);
    }
    if !namespaced {
        metadata.namespace.clear();
    } else if metadata.namespace.is_empty() {
        "default".clone_into(&mut metadata.namespace);
    }
    metadata.managed_fields.clear();
    metadata.generation = 1;
    metadata
}

fn generated(base: &str) -> String {
    let end = (0..=KEPT.min(base.len())).rev().find(|end| base.is_char_boundary(*end)).unwrap_or(0);
    format!("{}{ENDING}", base.get(..end).unwrap_or_default())
}

/// The object with a name where one is generated, and with metadata in any case. Where a schema looks into the metadata
/// it is `whole`: as the API server completes it, but for the identity and the time.
pub(super) fn prepared(object: Object, metadata: &ObjectMetadata, whole: bool) -> Option<Object> {
    let written = object.root().get("metadata").filter(|metadata| !metadata.is_null());
    let named = written.and_then(|metadata| metadata.get("name")).and_then(|name| name.as_str());
    let is_named = metadata.name.is_empty() || named == Some(&metadata.name);
    if (written.is_some() && is_named && !whole)
        || written.is_some_and(|one| one.kind() != ValueKind::Mapping)
    {
        return Some(object);
    }
    let mut draft = Draft::of(object.root());
    let entry = draft.map_at("metadata");
    if !metadata.name.is_empty() {
        entry.set("name", Draft::text(&metadata.name));
    }
    if whole {
        entry.set("generation", Draft::integer(1));
        entry.remove("namespace");
        if !metadata.namespace.is_empty() {
            entry.set("namespace", Draft::text(&metadata.namespace));
        }
        for written_by_server in ["managedFields", "deletionTimestamp", "deletionGracePeriodSeconds"] {
            entry.remove(written_by_server);
        }
    }
    draft.into_object(object.origin())
}

/// What the API server refuses about it.
pub(super) fn check(metadata: &ObjectMetadata, namespaced: bool, version: KubeVersion) -> Vec<Fault> {
    let rules =
        MetadataRules { name: NameRule::DnsSubdomain, namespaced, standard_finalizers: false, version };
    refused(metadata, rules, &FieldPath::root().field("metadata")).into_iter().map(Fault::from).collect()
}

/// The first minor version that says the same of metadata once only.
const ONCE_SINCE: u16 = 37;

/// What is refused about the metadata of custom resources, of what is embedded in them, and of definitions.
pub(super) fn refused(metadata: &ObjectMetadata, rules: MetadataRules, path: &FieldPath) -> Vec<FieldError> {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateObjectMetaDeclaratively)
    let mut errors = metadata_errors(metadata, rules, path);
    if rules.version.minor() >= ONCE_SINCE {
        let mut said = BTreeSet::new();
        errors.retain(|error| said.insert(error.to_string()));
    }
    errors
}
