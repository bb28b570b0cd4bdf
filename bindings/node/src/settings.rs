//! How input becomes a cluster, as JavaScript says it.

use kubelogic::ask::LoadSettings;
use kubelogic::cluster::LoadOptions;
use kubelogic::version::KubeVersion;

use crate::failure::{Class, Failure, wrong_argument};

/// Options from settings in the words of the catalogue, and a Kubernetes version.
pub(crate) fn options(settings: &str, kube_version: Option<&str>) -> napi::Result<LoadOptions> {
    let settings: LoadSettings = serde_json::from_str(settings).map_err(wrong_argument)?;
    let mut options = settings.options(LoadOptions::default());
    if let Some(given) = kube_version {
        options.kube_version = version(Some(given))?;
    }
    Ok(options)
}

/// The version, or the newest.
pub(crate) fn version(given: Option<&str>) -> napi::Result<KubeVersion> {
    let Some(given) = given else { return Ok(KubeVersion::default()) };
    given
        .parse::<KubeVersion>()
        .map_err(|error| Failure::new(error.code(), error.to_string()).throw(Class::QueryError))
}
