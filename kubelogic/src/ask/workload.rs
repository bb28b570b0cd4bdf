//! Questions about what a workload stands for.

use kubelogic_core::answer::Answer;
use kubelogic_core::object::{FieldPath, Location};
use kubelogic_core::read;
use kubelogic_core::workload::{self, Expansion, Made, WorkloadError};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// Which pods does a workload stand for?
    ExpandQuestion {
        /// A Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet, Job, CronJob or Pod.
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        object: Box<RawValue>,
        /// The hash of the pod template in names and labels; a hash of our own unless given.
        #[serde(default)]
        hash: Option<String>,
        /// The nodes on which a DaemonSet runs.
        #[serde(default)]
        nodes: Vec<String>,
        /// When a CronJob starts the job, in RFC 3339.
        #[serde(default)]
        at: Option<String>,
        /// More pods than this are an error; 10,000 unless given.
        #[serde(default)]
        max_pods: Option<usize>,
    }
}

/// What a workload becomes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExpandResult {
    /// The objects between the workload and its pods.
    pub objects: Vec<MadeObject>,
    /// The pods that the controller makes at first, in its order.
    pub pods: Vec<MadeObject>,
    /// The claims that a StatefulSet makes for its pods.
    pub claims: Vec<MadeObject>,
    /// Why there are no pods, or not those that one would expect.
    pub notes: Vec<String>,
}

/// An object that a controller makes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MadeObject {
    /// The object.
    pub object: serde_json::Map<String, serde_json::Value>,
    /// Fields whose real values nobody can know offline.
    #[schemars(with = "Vec<String>")]
    pub synthetic: Vec<FieldPath>,
    /// Where its template is written.
    pub template: Location,
}

pub(super) fn expand(_: &Catalogue, question: ExpandQuestion) -> Result<Answer<ExpandResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let options = read::Options::named("object").for_version(version);
    let reading = read::text(question.object.get(), &options);
    if let Some(error) = reading.errors.first() {
        return Err(AskError::from(error));
    }
    let [object] = reading.objects.as_slice() else {
        return Err(AskError::bad_question("`object` must be one object"));
    };
    let mut expansion = Expansion::default();
    expansion.hash = question.hash;
    expansion.nodes = question.nodes;
    if let Some(limit) = question.max_pods {
        expansion.max_pods = limit;
    }
    if let Some(text) = question.at {
        let at = text.parse::<jiff::Timestamp>();
        let at = at.map_err(|error| AskError::bad_question(format!("`at`: {error}")))?;
        expansion.at = Some(at.as_second());
    }
    let expanded = workload::expand(object, &expansion)?;
    let list = |made: &[Made]| made.iter().map(listed).collect::<Result<Vec<_>, _>>();
    let result = ExpandResult {
        objects: list(&expanded.objects)?,
        pods: list(&expanded.pods)?,
        claims: list(&expanded.claims)?,
        notes: expanded.notes,
    };
    Ok(Answer::new(result, version))
}

fn listed(made: &Made) -> Result<MadeObject, AskError> {
    let object = made.object.to_typed();
    Ok(MadeObject {
        object: object.map_err(|error| AskError::new("ask/internal", error.to_string()))?,
        synthetic: made.synthetic.clone(),
        template: made.location(&FieldPath::root()),
    })
}

impl From<WorkloadError> for AskError {
    fn from(error: WorkloadError) -> Self {
        let mut answer = Self::new(error.code(), error.to_string());
        answer.location = Some(Box::new(error.location().clone()));
        answer
    }
}
