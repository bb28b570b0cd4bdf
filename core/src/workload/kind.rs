//! Which objects are workloads, and where their pod templates stand.

use std::fmt;

use crate::object::{FieldPath, Object, Value};

/// An object with pods behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkloadKind {
    /// A pod itself.
    Pod,
    /// A template that other objects are made from by hand.
    PodTemplate,
    /// `ReplicationController` of the core group.
    ReplicationController,
    /// `ReplicaSet`
    ReplicaSet,
    /// `Deployment`
    Deployment,
    /// `StatefulSet`
    StatefulSet,
    /// `DaemonSet`
    DaemonSet,
    /// `Job`
    Job,
    /// `CronJob`
    CronJob,
}

impl WorkloadKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Pod,
        Self::PodTemplate,
        Self::ReplicationController,
        Self::ReplicaSet,
        Self::Deployment,
        Self::StatefulSet,
        Self::DaemonSet,
        Self::Job,
        Self::CronJob,
    ];

    /// What an object is, by its kind and API group; nothing when it is no workload.
    ///
    /// ```
    /// use kubelogic_core::object::Object;
    /// use kubelogic_core::workload::WorkloadKind;
    /// let object = |version: &str| {
    ///     Object::from_serialize(&serde_json::json!({"apiVersion": version, "kind": "Deployment"})).unwrap()
    /// };
    /// assert_eq!(WorkloadKind::of(&object("apps/v1")), Some(WorkloadKind::Deployment));
    /// assert_eq!(WorkloadKind::of(&object("example.com/v1")), None);
    /// ```
    pub fn of(object: &Object) -> Option<Self> {
        let group = object.api_version().rsplit_once('/').map_or("", |(group, _)| group);
        Self::ALL.into_iter().find(|kind| kind.name() == object.kind() && kind.groups().contains(&group))
    }

    /// The kind's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pod => "Pod",
            Self::PodTemplate => "PodTemplate",
            Self::ReplicationController => "ReplicationController",
            Self::ReplicaSet => "ReplicaSet",
            Self::Deployment => "Deployment",
            Self::StatefulSet => "StatefulSet",
            Self::DaemonSet => "DaemonSet",
            Self::Job => "Job",
            Self::CronJob => "CronJob",
        }
    }

    /// The groups that have or had the kind.
    fn groups(self) -> &'static [&'static str] {
        match self {
            Self::Pod | Self::PodTemplate | Self::ReplicationController => &[""],
            Self::ReplicaSet | Self::Deployment | Self::DaemonSet => &["apps", "extensions"],
            Self::StatefulSet => &["apps"],
            Self::Job | Self::CronJob => &["batch"],
        }
    }

    /// Where the pod template stands; the root for a pod, whose `metadata` and `spec` are the template.
    pub fn template_path(self) -> FieldPath {
        let root = FieldPath::root();
        match self {
            Self::Pod => root,
            Self::PodTemplate => root.field("template"),
            Self::CronJob => root.field("spec").field("jobTemplate").field("spec").field("template"),
            _ => root.field("spec").field("template"),
        }
    }
}

impl fmt::Display for WorkloadKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// The pod template of a workload.
#[derive(Clone, Debug)]
pub struct PodTemplate<'a> {
    /// Where it stands in the workload.
    pub path: FieldPath,
    /// The template: a mapping with `metadata` and `spec`.
    pub value: Value<'a>,
}

/// The pod template of a workload; nothing for other objects and for a workload that has none.
///
/// ```
/// use kubelogic_core::object::Object;
/// use kubelogic_core::workload::pod_template;
/// let job = Object::from_serialize(&serde_json::json!({
///     "apiVersion": "batch/v1", "kind": "CronJob",
///     "spec": {"jobTemplate": {"spec": {"template": {"spec": {"nodeName": "n"}}}}},
/// }))?;
/// let template = pod_template(&job).unwrap();
/// assert_eq!(template.path.to_string(), "spec.jobTemplate.spec.template");
/// assert!(template.value.get("spec").is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pod_template(workload: &Object) -> Option<PodTemplate<'_>> {
    let path = WorkloadKind::of(workload)?.template_path();
    let value = workload.root().at(&path).filter(|value| !value.is_null())?;
    Some(PodTemplate { path, value })
}
