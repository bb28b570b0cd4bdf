//! Roles and ClusterRoles.

use kubelogic_core::decode::FieldValidation;
use kubelogic_core::meta::LabelSelector;
use kubelogic_core::object::Object;

use super::{ObjectMeta, Remarks, RoleKind, decode};

kubelogic_core::model! {
    /// One rule of a role.
    ///
    /// A request for a resource is compared with `verbs`, `api_groups`, `resources` and `resource_names`, a
    /// request for a path with `verbs` and `non_resource_urls`.
    #[derive(PartialOrd, Ord, Hash, serde::Serialize)]
    #[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct PolicyRule {
        /// Lower-case verbs, or `*`.
        pub verbs: Vec<String> = "verbs",
        /// API groups, the core group as the empty text, or `*`.
        pub api_groups: Vec<String> = "apiGroups",
        /// Plural resources, `RESOURCE/SUBRESOURCE`, `*/SUBRESOURCE` or `*`.
        pub resources: Vec<String> = "resources",
        /// Names of objects; none means any.
        pub resource_names: Vec<String> = "resourceNames",
        /// Paths, those with a star at their end by prefix.
        #[serde(rename = "nonResourceURLs")]
        pub non_resource_urls: Vec<String> = "nonResourceURLs",
    }

    /// Which ClusterRoles a ClusterRole takes its rules from.
    pub struct AggregationRule {
        /// Each selects by the labels of the ClusterRoles.
        pub cluster_role_selectors: Vec<LabelSelector> = "clusterRoleSelectors",
    }

    struct RoleFields {
        metadata: ObjectMeta = "metadata",
        rules: Vec<PolicyRule> = "rules",
        ; ignore "apiVersion", "kind"
    }

    struct ClusterRoleFields {
        metadata: ObjectMeta = "metadata",
        rules: Vec<PolicyRule> = "rules",
        aggregation_rule: Option<AggregationRule> = "aggregationRule",
        ; ignore "apiVersion", "kind"
    }
}

/// A Role or ClusterRole.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Which of the two.
    pub kind: RoleKind,
    /// The namespace; empty for a ClusterRole.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The rules in the order in which they are written.
    pub rules: Vec<PolicyRule>,
    /// Where a ClusterRole takes its rules from instead.
    pub aggregation_rule: Option<AggregationRule>,
    /// What it was read from.
    pub object: Object,
    pub(crate) metadata: ObjectMeta,
}

impl Role {
    /// Reads a Role or ClusterRole; `namespace` is the one that it has or gets.
    pub(crate) fn read(
        object: &Object,
        kind: RoleKind,
        namespace: &str,
        validation: FieldValidation,
    ) -> (Self, Remarks) {
        let (metadata, rules, aggregation_rule, remarks) = match kind {
            RoleKind::Role => {
                let (fields, remarks) = decode::<RoleFields>(object, validation);
                (fields.metadata, fields.rules, None, remarks)
            }
            RoleKind::ClusterRole => {
                let (fields, remarks) = decode::<ClusterRoleFields>(object, validation);
                (fields.metadata, fields.rules, fields.aggregation_rule, remarks)
            }
        };
        let role = Self {
            kind,
            // upstream: apiserver pkg/registry/rest/meta.go clears the namespace of cluster-scoped objects.
            namespace: if kind == RoleKind::Role { namespace.to_owned() } else { String::new() },
            name: metadata.known_name().to_owned(),
            rules,
            aggregation_rule,
            object: object.clone(),
            metadata,
        };
        (role, remarks)
    }
}
