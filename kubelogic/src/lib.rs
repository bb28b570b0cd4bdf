#![doc = include_str!("../README.md")]

pub mod ask;
pub mod check;
pub mod expect;
#[cfg(feature = "files")]
pub mod files;
pub mod fix;
pub mod picture;
pub mod project;

pub use kubelogic_core::{
    access, answer, cluster, convert, decode, finding, meta, near, object, read, schema, version, workload,
};

pub use kubelogic_core::access::{Attributes, UserInfo};
pub use kubelogic_core::answer::{Answer, Undecided};
pub use kubelogic_core::cluster::{Cluster, Coverage, GroupKind, LoadError, LoadOptions, ObjectRef};
pub use kubelogic_core::finding::{Finding, Severity};
pub use kubelogic_core::object::{FieldPath, Location, Object, Value};
pub use kubelogic_core::version::KubeVersion;

#[cfg(feature = "kubeconfig")]
pub use kubelogic_kubeconfig as kubeconfig;
#[cfg(feature = "pki")]
pub use kubelogic_pki as pki;
#[cfg(feature = "rbac")]
pub use kubelogic_rbac as rbac;
pub use kubelogic_report as report;
