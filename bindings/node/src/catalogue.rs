//! The question catalogue, JSON to JSON.

use kubelogic::ask::{Catalogue, schema as catalogue_schema};
use kubelogic::files::StdFiles;
use napi_derive::napi;

use crate::cluster::NativeCluster;
use crate::failure::{Class, Failure};

/// Answers a question about a cluster, or about the objects that the question brings.
#[napi(catch_unwind)]
pub fn ask(question: String, cluster: Option<&NativeCluster>) -> String {
    match cluster {
        Some(cluster) => cluster.catalogue().answer(&question),
        None => Catalogue::new(None).answer(&question),
    }
}

/// The answer to a question as JSON; what goes wrong is thrown.
#[napi(catch_unwind)]
pub fn answer(question: String, cluster: Option<&NativeCluster>) -> napi::Result<String> {
    let answer = match cluster {
        Some(cluster) => cluster.catalogue().ask(&question),
        None => Catalogue::new(None).ask(&question),
    };
    answer.map_err(|error| {
        let class = Class::of_question(&error.code);
        Failure::from(error).throw(class)
    })
}

/// The answer to a question about kubeconfig files as JSON; what goes wrong is thrown. With `disk` files that the
/// question does not bring are looked for on the disk.
#[napi(catch_unwind)]
pub fn answer_with_files(question: String, disk: bool) -> napi::Result<String> {
    let catalogue = Catalogue::new(None);
    let answer = if disk { catalogue.with_files(StdFiles).ask(&question) } else { catalogue.ask(&question) };
    answer.map_err(|error| {
        let class = Class::of_question(&error.code);
        Failure::from(error).throw(class)
    })
}

/// The JSON Schema of every question and answer.
#[napi(catch_unwind)]
pub fn schema() -> String {
    catalogue_schema().to_string()
}
