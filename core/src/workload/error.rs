//! Why a workload cannot be expanded.

use super::WorkloadKind;
use crate::object::{Location, Object, ValueKind};

/// Why a workload cannot be expanded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkloadError {
    /// The object is no workload.
    #[error("{kind} `{api_version}` is no workload: one of {} is", names())]
    NotAWorkload {
        /// Its kind.
        kind: String,
        /// Its API version.
        api_version: String,
        /// Where it is.
        location: Box<Location>,
    },
    /// A field that matters has another type than the API gives it.
    #[error("`{}` must be {expected}, not {found}", location.path)]
    WrongType {
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: ValueKind,
        /// Where it is.
        location: Box<Location>,
    },
    /// A field that matters has a value that the API server refuses.
    #[error("`{}` must be {expected}", location.path)]
    BadValue {
        /// What it must be.
        expected: &'static str,
        /// Where it is.
        location: Box<Location>,
    },
    /// The workload has more pods than were asked for at most.
    #[error("{kind} `{name}` stands for {pods} pods, more than the limit of {limit}")]
    TooManyPods {
        /// Its kind.
        kind: String,
        /// Its name.
        name: String,
        /// How many it has.
        pods: usize,
        /// How many were asked for at most.
        limit: usize,
        /// Where it is.
        location: Box<Location>,
    },
}

impl WorkloadError {
    /// The permanent code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAWorkload { .. } => "workload/not-a-workload",
            Self::WrongType { .. } => "workload/wrong-type",
            Self::BadValue { .. } => "workload/bad-value",
            Self::TooManyPods { .. } => "workload/too-many-pods",
        }
    }

    /// Where the cause is.
    pub fn location(&self) -> &Location {
        match self {
            Self::NotAWorkload { location, .. }
            | Self::WrongType { location, .. }
            | Self::BadValue { location, .. }
            | Self::TooManyPods { location, .. } => location,
        }
    }

    pub(super) fn not_a_workload(object: &Object) -> Self {
        Self::NotAWorkload {
            kind: object.kind().to_owned(),
            api_version: object.api_version().to_owned(),
            location: Box::new(object.root().location(crate::object::FieldPath::root())),
        }
    }
}

fn names() -> String {
    let names: Vec<&str> = WorkloadKind::ALL.into_iter().map(WorkloadKind::name).collect();
    names.join(", ")
}
