//! ReplicaSets and ReplicationControllers: copies of one template.

use super::fields::{Fields, path};
use super::pod::{Source, within_limit};
use super::{Expanded, Expansion, WorkloadError};
use crate::object::{FieldPath, Object};

pub(super) fn expand(
    workload: &Object,
    fields: &Fields<'_>,
    options: &Expansion,
    expanded: &mut Expanded,
) -> Result<(), WorkloadError> {
    // upstream: pkg/controller/replicaset/replica_set.go (manageReplicas), pkg/apis/{apps,core}/v1/defaults.go
    let replicas = fields.count(&path(&["spec", "replicas"]))?.unwrap_or(1);
    let replicas = within_limit(workload, replicas, options)?;
    copies(
        &Source { workload, owner: workload, template: path(&["spec", "template"]) },
        replicas,
        &[],
        expanded,
    );
    Ok(())
}

/// So many pods of one template.
pub(super) fn copies(source: &Source<'_>, count: u32, synthetic: &[FieldPath], expanded: &mut Expanded) {
    let pod = source.pod();
    for _ in 0..count {
        source.put_unnamed(pod.clone(), synthetic.to_vec(), expanded);
    }
}
