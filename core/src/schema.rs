//! What each Kubernetes version serves: data, generated from upstream's own documents.

mod crd;
mod custom;
mod discovery;
mod explain;
mod group_version;
pub mod lifecycle;
mod lookup;
pub mod strict;
mod table;
mod types;

pub use crd::{
    CustomFinding, CustomJudgement, CustomSchemas, DefinedVersion, Definition, FINDINGS as CUSTOM_FINDINGS,
};
pub use custom::CustomResource;
pub use discovery::{Discovery, Resource, Subresource};
pub use explain::{ExplainError, Explained, ExplainedField, Target, explain};
pub use group_version::{GroupVersion, GroupVersionError, GroupVersionKind};
pub use lifecycle::{Lifecycle, LifecycleSource, Release};
pub use lookup::{Resolved, verb_warning};
pub use types::{
    Availability, Field, Fields, JsonKind, Kind, KindSource, ListType, MapType, Shape, Struct, Type, Types,
};
