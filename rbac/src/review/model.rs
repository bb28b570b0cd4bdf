//! Reviews as they are written.

use std::collections::BTreeMap;

use kubelogic_core::decode::Ignored;
use kubelogic_core::meta::{LabelSelectorRequirement, ObjectMetadata};

kubelogic_core::model! {
    /// A review in `v1`.
    pub(super) struct ReviewV1 {
        pub(super) metadata: ObjectMetadata = "metadata",
        pub(super) spec: SpecV1 = "spec",
        pub(super) status: Ignored = "status",
        ; ignore "apiVersion", "kind"
    }

    /// A review in `v1beta1`.
    pub(super) struct ReviewV1beta1 {
        pub(super) metadata: ObjectMetadata = "metadata",
        pub(super) spec: SpecV1beta1 = "spec",
        pub(super) status: Ignored = "status",
        ; ignore "apiVersion", "kind"
    }

    /// A SelfSubjectAccessReview in either version.
    pub(super) struct SelfReview {
        pub(super) metadata: ObjectMetadata = "metadata",
        pub(super) spec: SelfSpec = "spec",
        pub(super) status: Ignored = "status",
        ; ignore "apiVersion", "kind"
    }

    pub(super) struct SpecV1 {
        pub(super) resource_attributes: Option<ResourceAttributes> = "resourceAttributes",
        pub(super) non_resource_attributes: Option<NonResourceAttributes> = "nonResourceAttributes",
        pub(super) user: String = "user",
        pub(super) groups: Vec<String> = "groups",
        pub(super) extra: BTreeMap<String, Vec<String>> = "extra",
        pub(super) uid: String = "uid",
    }

    pub(super) struct SpecV1beta1 {
        pub(super) resource_attributes: Option<ResourceAttributes> = "resourceAttributes",
        pub(super) non_resource_attributes: Option<NonResourceAttributes> = "nonResourceAttributes",
        pub(super) user: String = "user",
        // The one field that has another name here.
        pub(super) groups: Vec<String> = "group",
        pub(super) extra: BTreeMap<String, Vec<String>> = "extra",
        pub(super) uid: String = "uid",
    }

    pub(super) struct SelfSpec {
        pub(super) resource_attributes: Option<ResourceAttributes> = "resourceAttributes",
        pub(super) non_resource_attributes: Option<NonResourceAttributes> = "nonResourceAttributes",
    }

    /// A request for a resource.
    pub struct ResourceAttributes {
        /// The namespace; empty for all of them.
        pub namespace: String = "namespace",
        /// The verb.
        pub verb: String = "verb",
        /// The API group.
        pub group: String = "group",
        /// The API version.
        pub version: String = "version",
        /// The resource.
        pub resource: String = "resource",
        /// The subresource.
        pub subresource: String = "subresource",
        /// The object's name.
        pub name: String = "name",
        /// What the request is limited to by fields.
        pub field_selector: Option<FieldSelectorAttributes> = "fieldSelector",
        /// What the request is limited to by labels.
        pub label_selector: Option<LabelSelectorAttributes> = "labelSelector",
    }

    /// A request for a path.
    pub struct NonResourceAttributes {
        /// The path.
        pub path: String = "path",
        /// The verb.
        pub verb: String = "verb",
    }

    /// A field selector: as text, or as conditions.
    pub struct FieldSelectorAttributes {
        /// The text.
        pub raw_selector: String = "rawSelector",
        /// The conditions.
        pub requirements: Vec<FieldSelectorRequirement> = "requirements",
    }

    /// A label selector: as text, or as conditions.
    pub struct LabelSelectorAttributes {
        /// The text.
        pub raw_selector: String = "rawSelector",
        /// The conditions.
        pub requirements: Vec<LabelSelectorRequirement> = "requirements",
    }

    /// One condition on a field.
    pub struct FieldSelectorRequirement {
        /// The field.
        pub key: String = "key",
        /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
        pub operator: String = "operator",
        /// What to compare with.
        pub values: Vec<String> = "values",
    }
}
