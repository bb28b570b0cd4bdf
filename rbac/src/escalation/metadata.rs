//! Changes that only the garbage collector makes.

use kubelogic_core::object::{Object, Value};

use super::WriteOperation;
use super::existing::Existing;
use super::server::{Decoded, Server};
use crate::model::ObjectMeta;

/// What an API server adds, and what a client that changes an object sends back to it.
const ADDED: [&str; 3] = ["uid", "resourceVersion", "creationTimestamp"];
/// What else the server keeps; a patch leaves it alone.
const KEPT: [&str; 2] = ["deletionTimestamp", "deletionGracePeriodSeconds"];

impl Server<'_> {
    /// Whether nothing changes but owners and finalizers, and what the server itself keeps beside them.
    pub(super) fn only_owners_and_finalizers(&self, written: &Decoded, old: &Existing<'_>) -> bool {
        // upstream: pkg/registry/rbac/helpers.go (IsOnlyMutatingGCFields)
        if self.operation == WriteOperation::Create {
            return false;
        }
        let metadata = match written {
            Decoded::Role(role) => &role.metadata,
            Decoded::Binding(binding) => &binding.metadata,
        };
        let before = match old {
            Existing::Role(role, _) => &role.metadata,
            Existing::Binding(binding) => &binding.metadata,
        };
        old.same_content(written) && self.same_metadata(metadata, before, old.object())
    }

    fn same_metadata(&self, new: &ObjectMeta, old: &ObjectMeta, stored: &Object) -> bool {
        let same = new.name == old.name
            && new.generate_name == old.generate_name
            && new.labels == old.labels
            && new.annotations == old.annotations;
        if !same || self.operation != WriteOperation::Update {
            return same;
        }
        let of = |object: &Object, field: &str| text(object, field);
        // What is stored always has these, whether the input shows them or not.
        let sent = ADDED.iter().all(|field| {
            let (new, old) = (of(self.object, field), of(stored, field));
            new.is_some() && (old.is_none() || old == new)
        });
        sent && new.generation == old.generation
            && KEPT.iter().all(|field| of(self.object, field) == of(stored, field))
    }
}

/// A field of the metadata as it is written; nothing when it is empty.
fn text(object: &Object, field: &str) -> Option<String> {
    let value = object.root().get("metadata")?.get(field)?;
    let text = value.as_str().map(str::to_owned).or_else(|| number(&value))?;
    (!text.is_empty()).then_some(text)
}

fn number(value: &Value<'_>) -> Option<String> {
    value.to_typed::<i64>().ok().map(|number| number.to_string())
}
