//! The parts of `metadata` that decide about an RBAC object, or that the API server checks.

use std::collections::BTreeMap;

use kubelogic_core::meta::OwnerReference;

kubelogic_core::model! {
    /// `metadata`.
    pub(crate) struct ObjectMeta {
        pub(crate) name: String = "name",
        pub(crate) generate_name: String = "generateName",
        pub(crate) namespace: String = "namespace",
        pub(crate) generation: i64 = "generation",
        pub(crate) labels: BTreeMap<String, String> = "labels",
        pub(crate) annotations: BTreeMap<String, String> = "annotations",
        pub(crate) owner_references: Vec<OwnerReference> = "ownerReferences",
        pub(crate) finalizers: Vec<String> = "finalizers",
        ; ignore "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "managedFields",
        "resourceVersion", "selfLink", "uid"
    }
}

impl ObjectMeta {
    /// The name, or what the API server would make one of.
    pub(crate) fn known_name(&self) -> &str {
        if self.name.is_empty() { &self.generate_name } else { &self.name }
    }
}
