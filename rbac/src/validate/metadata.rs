//! What the API server refuses about the `metadata` of roles and bindings.

use kubelogic_core::meta::{MetadataRules, NameRule, NewMetadata};
use kubelogic_core::object::FieldPath;
use kubelogic_core::version::KubeVersion;

use super::Problem;
use crate::model::ObjectMeta;

/// What stands for the name that the API server makes of `generateName`.
const GENERATED: &str = "generated";

/// Everything about the metadata of an object. Who set which fields is not looked at: the API server writes it itself.
pub(super) fn check(
    metadata: &ObjectMeta,
    namespace: &str,
    namespaced: bool,
    version: KubeVersion,
) -> impl Iterator<Item = Problem> {
    let is_generated = metadata.name.is_empty() && !metadata.generate_name.is_empty();
    let given = NewMetadata {
        name: if is_generated { GENERATED } else { &metadata.name },
        generate_name: &metadata.generate_name,
        // That of an object of the whole cluster is dropped before anything is checked.
        namespace: if namespaced { namespace } else { "" },
        generation: metadata.generation,
        labels: &metadata.labels,
        annotations: &metadata.annotations,
        owner_references: &metadata.owner_references,
        finalizers: &metadata.finalizers,
        managed_fields: &[],
    };
    let rules = MetadataRules { name: NameRule::RbacName, namespaced, standard_finalizers: true, version };
    given.errors(rules, &FieldPath::root().field("metadata")).into_iter().map(Problem::from)
}
