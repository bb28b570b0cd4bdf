//! `metadata` as it is written.

use std::collections::BTreeMap;

use crate::decode::{Decode, Decoder};
use crate::meta::Time;
use crate::object::Value;

crate::model! {
    /// The metadata of an object.
    pub struct ObjectMetadata {
        /// The name.
        pub name: String = "name",
        /// What the API server makes a name of when there is none.
        pub generate_name: String = "generateName",
        /// The namespace; empty for objects of the whole cluster.
        pub namespace: String = "namespace",
        /// The identity that the API server gave.
        pub uid: String = "uid",
        /// The state that an update starts from.
        pub resource_version: String = "resourceVersion",
        /// How often the specification was changed.
        pub generation: i64 = "generation",
        /// When it was made.
        pub creation_timestamp: Option<Time> = "creationTimestamp",
        /// When it is to be gone.
        pub deletion_timestamp: Option<Time> = "deletionTimestamp",
        /// How many seconds it has until then.
        pub deletion_grace_period_seconds: Option<i64> = "deletionGracePeriodSeconds",
        /// Labels.
        pub labels: BTreeMap<String, String> = "labels",
        /// Annotations.
        pub annotations: BTreeMap<String, String> = "annotations",
        /// The objects that it goes with.
        pub owner_references: Vec<OwnerReference> = "ownerReferences",
        /// What must happen before it is gone.
        pub finalizers: Vec<String> = "finalizers",
        /// Who set which fields.
        pub managed_fields: Vec<ManagedFieldsEntry> = "managedFields",
        ; ignore "selfLink", "clusterName"
    }

    /// An owner of an object.
    pub struct OwnerReference {
        /// Its group and version.
        pub api_version: String = "apiVersion",
        /// Its kind.
        pub kind: String = "kind",
        /// Its name.
        pub name: String = "name",
        /// Its identity.
        pub uid: String = "uid",
        /// Whether it manages the object.
        pub controller: Option<bool> = "controller",
        /// Whether it must wait for the object to be gone.
        pub block_owner_deletion: Option<bool> = "blockOwnerDeletion",
    }

    /// Who set which fields.
    pub struct ManagedFieldsEntry {
        /// Who it was.
        pub manager: String = "manager",
        /// `Apply` or `Update`.
        pub operation: String = "operation",
        /// How the fields are written.
        pub fields_type: String = "fieldsType",
        /// Through which subresource.
        pub subresource: String = "subresource",
        ; ignore "apiVersion", "time", "fieldsV1"
    }
}

impl Decode for Time {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        let Some(text) = value.as_str() else {
            if !value.is_null() {
                decoder.wrong_kind("a string", value);
            }
            return Self::default();
        };
        Self::parse(text).unwrap_or_else(|error| {
            decoder.invalid(error.to_string(), value);
            Self::default()
        })
    }
}
