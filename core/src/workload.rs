//! What a workload stands for: its pod templates, and the pods that its controller would make.
//!
//! ```
//! use kubelogic_core::object::Object;
//! use kubelogic_core::workload::{Expansion, expand};
//! let database = Object::from_serialize(&serde_json::json!({
//!     "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db", "namespace": "shop"},
//!     "spec": {
//!         "replicas": 2, "serviceName": "db", "selector": {"matchLabels": {"app": "db"}},
//!         "template": {"metadata": {"labels": {"app": "db"}}, "spec": {"containers": [{"name": "c", "image": "pg"}]}},
//!     },
//! }))?;
//! let expanded = expand(&database, &Expansion::default())?;
//! let names: Vec<_> = expanded.pods.iter().map(|pod| pod.object.name()).collect();
//! assert_eq!(names, ["db-0", "db-1"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cron_job;
mod daemon_set;
mod deployment;
mod error;
mod fields;
mod identity;
mod job;
mod kind;
mod pod;
mod replica_set;
mod stateful_set;

pub use error::WorkloadError;
pub use kind::{PodTemplate, WorkloadKind, pod_template};

use crate::object::{FieldPath, Location, Object, PathStep};
use fields::Fields;

/// What is not in a workload and yet decides about its pods.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Expansion {
    /// The hash of the pod template in names and labels. The real one depends on the memory layout of the controller,
    /// so without one a hash of our own is used, and what it occurs in is named in [`Made::synthetic`].
    pub hash: Option<String>,
    /// The nodes on which a DaemonSet runs; without any it has no pods.
    pub nodes: Vec<String>,
    /// When a CronJob starts the job, in seconds since 1970; without it the time of the job is synthetic.
    pub at: Option<i64>,
    /// More pods than this are an error.
    pub max_pods: usize,
}

impl Default for Expansion {
    /// No hash, no nodes, no time, at most 10,000 pods.
    fn default() -> Self {
        Self { hash: None, nodes: Vec::new(), at: None, max_pods: 10_000 }
    }
}

/// What a workload becomes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Expanded {
    /// The objects between the workload and its pods: the ReplicaSet of a Deployment, the Job of a CronJob.
    pub objects: Vec<Made>,
    /// The pods that the controller makes at first, in its order.
    pub pods: Vec<Made>,
    /// The claims that a StatefulSet makes for its pods.
    pub claims: Vec<Made>,
    /// Why there are no pods, or not those that one would expect.
    pub notes: Vec<String>,
}

/// An object that a controller makes from a workload.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Made {
    /// The object. Its origin is the workload's; it has no positions of its own.
    pub object: Object,
    /// Fields whose real values nobody can know offline.
    pub synthetic: Vec<FieldPath>,
    workload: Object,
    template: FieldPath,
}

impl Made {
    /// The workload that was expanded.
    pub fn workload(&self) -> &Object {
        &self.workload
    }

    /// Where the template stands in the workload, such as `spec.template`.
    pub fn template(&self) -> &FieldPath {
        &self.template
    }

    /// Where a field of this object was written: the field in the workload's template, or the nearest one above it
    /// that is there.
    ///
    /// ```
    /// use kubelogic_core::object::FieldPath;
    /// use kubelogic_core::read::{Options, text};
    /// use kubelogic_core::workload::{Expansion, expand};
    /// let manifest = "apiVersion: v1\nkind: ReplicationController\nmetadata: {name: a}\nspec:\n  template:\n    \
    ///                 spec:\n      containers:\n      - image: nginx\n";
    /// let reading = text(manifest, &Options::named("a.yaml"));
    /// let pod = expand(&reading.objects[0], &Expansion::default()).unwrap().pods.remove(0);
    /// let image = FieldPath::parse("spec.containers[0].image").unwrap();
    /// let written = pod.location(&image);
    /// assert_eq!(written.path.to_string(), "spec.template.spec.containers[0].image");
    /// assert_eq!(written.to_string(), "a.yaml:8:16");
    /// ```
    pub fn location(&self, path: &FieldPath) -> Location {
        let mut steps: Vec<_> = self.template.steps().to_vec();
        steps.extend(path.steps().iter().cloned());
        let mut value = self.workload.root();
        let mut found = FieldPath::root();
        for step in steps {
            let deeper = match step {
                PathStep::Field(name) => found.clone().field(name),
                PathStep::Index(index) => found.clone().index(index),
                PathStep::Key(key) => found.clone().key(key),
            };
            let Some(next) = self.workload.root().at(&deeper) else { break };
            (value, found) = (next, deeper);
        }
        value.location(found)
    }
}

/// The pods, and what is between them and a workload, as the workload's controller makes them for a new object.
///
/// Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet, Job and CronJob are workloads, in every
/// version that had them; a Pod stands for itself. Fields that nobody gave are not defaulted in the pods, but what
/// decides about their number is.
///
/// # Errors
/// When the object is no workload, has a field of a wrong type that matters here, or stands for too many pods.
pub fn expand(workload: &Object, options: &Expansion) -> Result<Expanded, WorkloadError> {
    let kind = WorkloadKind::of(workload).ok_or_else(|| WorkloadError::not_a_workload(workload))?;
    let fields = Fields::of(workload);
    let mut expanded = Expanded::default();
    match kind {
        WorkloadKind::Pod => expanded.pods.push(Made {
            object: workload.clone(),
            synthetic: Vec::new(),
            workload: workload.clone(),
            template: FieldPath::root(),
        }),
        WorkloadKind::PodTemplate => {
            expanded.notes.push("no controller makes pods of a PodTemplate".to_owned());
        }
        WorkloadKind::Deployment => deployment::expand(workload, &fields, options, &mut expanded)?,
        WorkloadKind::ReplicaSet | WorkloadKind::ReplicationController => {
            replica_set::expand(workload, &fields, options, &mut expanded)?;
        }
        WorkloadKind::StatefulSet => stateful_set::expand(workload, &fields, options, &mut expanded)?,
        WorkloadKind::DaemonSet => daemon_set::expand(workload, &fields, options, &mut expanded)?,
        WorkloadKind::Job => {
            job::expand(workload, workload, &FieldPath::root(), options, &mut expanded)?;
        }
        WorkloadKind::CronJob => cron_job::expand(workload, &fields, options, &mut expanded)?,
    }
    Ok(expanded)
}

#[cfg(test)]
mod tests;
