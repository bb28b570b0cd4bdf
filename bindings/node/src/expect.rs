//! What must hold, and what holds now.

use kubelogic::ask::{AskError, BootstrapSetting};
use kubelogic::expect::{self, Options};
use kubelogic::version::KubeVersion;
use napi_derive::napi;
use serde::Deserialize;

use crate::cluster::NativeCluster;
use crate::failure::{Class, Failure, json, wrong_argument};

/// How expectations are judged, in the words of the catalogue.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExpectSettings {
    #[serde(default)]
    bootstrap: BootstrapSetting,
    #[serde(default)]
    kube_version: Option<String>,
}

/// Whether the expectations in a cluster's input hold: an answer as JSON. Settings are JSON.
#[napi(catch_unwind)]
pub fn expect_check(cluster: &NativeCluster, settings: String) -> napi::Result<String> {
    json(&expect::answer(&cluster.cluster, &options(&settings)?).map_err(refused)?)
}

/// Expectations that state the present: an answer as JSON. Settings are JSON.
#[napi(catch_unwind)]
pub fn expect_write(cluster: &NativeCluster, settings: String) -> napi::Result<String> {
    json(&expect::write(&cluster.cluster, &options(&settings)?).map_err(refused)?)
}

fn options(settings: &str) -> napi::Result<Options> {
    let settings: ExpectSettings = serde_json::from_str(settings).map_err(wrong_argument)?;
    let mut options = Options::default();
    options.bootstrap = settings.bootstrap.into();
    if let Some(version) = &settings.kube_version {
        let version = version.parse::<KubeVersion>();
        let version = version
            .map_err(|error| Failure::new(error.code(), error.to_string()).throw(Class::QueryError))?;
        options.kube_version = Some(version);
    }
    Ok(options)
}

fn refused(error: AskError) -> napi::Error {
    Failure::from(error).throw_by_code()
}
