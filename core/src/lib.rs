//! What every part of kubelogic stands on: reading manifests, objects, schema data and cluster state.

pub mod access;
pub mod answer;
pub mod cluster;
pub mod convert;
pub mod decode;
pub mod field;
pub mod files;
pub mod finding;
pub mod meta;
pub mod near;
pub mod object;
pub mod quote;
pub mod read;
pub mod schema;
pub mod version;
pub mod workload;
