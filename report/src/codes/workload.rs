//! Codes of expanding workloads.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "workload/not-a-workload",
        "an object that makes no pods",
        "Only Deployments, ReplicaSets, ReplicationControllers, StatefulSets, DaemonSets, Jobs, CronJobs and pods stand for pods.",
        "Ask about one of these.",
    ),
    error(
        "workload/wrong-type",
        "a field of a workload has the wrong type",
        "A field that decides about the pods cannot be read.",
        "Correct the field that the message names.",
    ),
    error(
        "workload/bad-value",
        "a field of a workload has a value that cannot be",
        "A field that decides about the pods has a value that the API server refuses.",
        "Correct the value.",
    ),
    error(
        "workload/too-many-pods",
        "a workload stands for too many pods",
        "The workload stands for more pods than the limit.",
        "Raise the limit (`--max-pods`) if that is meant.",
    ),
];
