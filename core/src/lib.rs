//! What every part of kubelogic stands on: reading manifests, objects, schema data and cluster state.

pub mod finding;
pub mod object;
pub mod version;
