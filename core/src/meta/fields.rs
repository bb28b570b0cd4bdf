//! The fields of `metadata` and their types, for everything that looks at them before they are decoded.

/// What a field of `metadata` must be.
#[derive(Clone, Copy)]
pub(crate) enum MetadataType {
    /// A string.
    String,
    /// True or false.
    Bool,
    /// A whole number.
    Integer,
    /// A time.
    Time,
    /// Anything at all.
    Any,
    /// A map of strings to strings.
    Strings,
    /// A list of strings.
    StringList,
    /// A list of mappings with these fields.
    List(&'static [(&'static str, MetadataType)]),
}

use MetadataType::{Any, Bool, Integer, List, String, StringList, Strings, Time};

/// upstream: apimachinery pkg/apis/meta/v1/types.go (`ObjectMeta`)
pub(crate) const OBJECT_META: &[(&str, MetadataType)] = &[
    ("name", String),
    ("generateName", String),
    ("namespace", String),
    ("selfLink", String),
    ("uid", String),
    ("resourceVersion", String),
    ("generation", Integer),
    ("creationTimestamp", Time),
    ("deletionTimestamp", Time),
    ("deletionGracePeriodSeconds", Integer),
    ("labels", Strings),
    ("annotations", Strings),
    ("ownerReferences", List(OWNER_REFERENCE)),
    ("finalizers", StringList),
    ("managedFields", List(MANAGED_FIELDS)),
];

/// upstream: apimachinery pkg/apis/meta/v1/types.go (`OwnerReference`)
pub(crate) const OWNER_REFERENCE: &[(&str, MetadataType)] = &[
    ("apiVersion", String),
    ("kind", String),
    ("name", String),
    ("uid", String),
    ("controller", Bool),
    ("blockOwnerDeletion", Bool),
];

/// upstream: apimachinery pkg/apis/meta/v1/types.go (`ManagedFieldsEntry`)
const MANAGED_FIELDS: &[(&str, MetadataType)] = &[
    ("manager", String),
    ("operation", String),
    ("apiVersion", String),
    ("time", Time),
    ("fieldsType", String),
    ("fieldsV1", Any),
    ("subresource", String),
];
