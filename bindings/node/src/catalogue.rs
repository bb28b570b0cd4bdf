//! The question catalogue, JSON to JSON.

use kubelogic::ask::{Catalogue, schema as catalogue_schema};
use napi_derive::napi;

use crate::cluster::NativeCluster;

/// Answers a question about a cluster, or about the objects that the question brings.
#[napi(catch_unwind)]
pub fn ask(question: String, cluster: Option<&NativeCluster>) -> String {
    match cluster {
        Some(cluster) => cluster.catalogue().answer(&question),
        None => Catalogue::new(None).answer(&question),
    }
}

/// The JSON Schema of every question and answer.
#[napi(catch_unwind)]
pub fn schema() -> String {
    catalogue_schema().to_string()
}
