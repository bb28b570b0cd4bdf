//! How input becomes a cluster, as JavaScript says it.

use kubelogic::ask::LoadSettings;
use kubelogic::cluster::LoadOptions;
use kubelogic::version::KubeVersion;

use crate::failure::{Class, Failure, wrong_argument};

/// Options from settings in the words of the catalogue, and a Kubernetes version.
pub(crate) fn options(settings: &str, kube_version: Option<&str>) -> napi::Result<LoadOptions> {
    let settings: LoadSettings = serde_json::from_str(settings).map_err(wrong_argument)?;
    let mut options = settings.options(LoadOptions::default());
    if let Some(version) = kube_version {
        options.kube_version = version
            .parse::<KubeVersion>()
            .map_err(|error| Failure::new(error.code(), error.to_string()).throw(Class::QueryError))?;
    }
    Ok(options)
}
