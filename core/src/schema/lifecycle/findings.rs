//! What a check says of objects whose API is deprecated or gone.

use super::{Lifecycle, LifecycleSource, Release, served_elsewhere};
use crate::finding::{Finding, Severity};
use crate::object::{FieldPath, Object};
use crate::schema::table as served;
use crate::schema::{Discovery, GroupVersion, GroupVersionKind};
use crate::version::KubeVersion;

/// What is to be said of the API of an object: `schema/removed-api` when an API server of the version does not serve it
/// any more, `schema/deprecated-api` when it warns about it. Kinds that Kubernetes does not know are passed over, and so
/// are those that a later version introduces.
///
/// ```
/// use kubelogic_core::{read, schema::lifecycle};
/// let reading = read::text("apiVersion: batch/v1beta1\nkind: CronJob\n", &read::Options::named("job.yaml"));
/// let findings = lifecycle::findings(&reading.objects[0], "1.37".parse()?);
/// assert_eq!(
///     findings[0].to_string(),
///     "job.yaml:1:13: error[schema/removed-api]: `batch/v1beta1` `CronJob` is not served in Kubernetes 1.37, it was \
///      removed in 1.25"
/// );
/// assert_eq!(findings[0].help.as_deref(), Some("use `apiVersion: batch/v1`"));
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
pub fn findings(object: &Object, version: KubeVersion) -> Vec<Finding> {
    let Ok(api) = object.api_version().parse::<GroupVersion>() else { return Vec::new() };
    let kind = object.kind();
    let discovery = Discovery::of(version);
    let known = Lifecycle::at(version, &api.group, &api.version, kind);
    let is_served = discovery.kind(&api.group, &api.version, kind).is_some();
    let finding = match known {
        Some(known) if is_served || known.is_waiting(version) => known.warning(version).map(|warning| {
            let finding = Finding::new("schema/deprecated-api", Severity::Warning, warning);
            with_help(finding, known.successor(version), &api, kind)
        }),
        Some(known) if known.is_gone(version) || was_served(&api, kind, version) => {
            Some(with_help(removed(object, known.removed, version), known.successor(version), &api, kind))
        }
        None if !is_served && was_served(&api, kind, version) => {
            let successor = served_elsewhere(version, &api.group, &api.version, kind);
            Some(with_help(removed(object, None, version), successor, &api, kind))
        }
        _ => None,
    };
    let place = object.root().get("apiVersion").unwrap_or_else(|| object.root());
    let location = place.location(FieldPath::root().field("apiVersion"));
    finding.map(|finding| finding.at(location)).into_iter().collect()
}

fn removed(object: &Object, release: Option<Release>, version: KubeVersion) -> Finding {
    let (api_version, kind) = (object.api_version(), object.kind());
    let mut message = format!("`{api_version}` `{kind}` is not served in Kubernetes {version}");
    if let Some(release) = release.filter(|release| release.is_reached(version)) {
        message += ", it was removed in ";
        message += &release.to_string();
    }
    Finding::new("schema/removed-api", Severity::Error, message)
}

fn with_help(
    finding: Finding,
    successor: Option<GroupVersionKind>,
    api: &GroupVersion,
    kind: &str,
) -> Finding {
    match successor {
        Some(successor) if successor.kind == kind && successor.api_version() != api.to_string() => {
            finding.help(format!("use `apiVersion: {}`", successor.api_version()))
        }
        Some(successor) if successor.kind != kind => finding.help(format!(
            "use `apiVersion: {}` with `kind: {}`",
            successor.api_version(),
            successor.kind
        )),
        _ => finding,
    }
}

/// Whether an older version that there are tables for served the kind.
fn was_served(api: &GroupVersion, kind: &str, version: KubeVersion) -> bool {
    served::before(version.minor())
        .any(|row| row.group == api.group && row.version == api.version && row.kind == kind)
}

impl Lifecycle {
    /// Whether the type is there and discovery does not list it, as it does not list the kinds of lists, of options and
    /// of some subresources.
    fn is_waiting(&self, version: KubeVersion) -> bool {
        self.source == LifecycleSource::Type
            && !self.removed.is_some_and(|release| release.is_reached(version))
    }

    /// Whether the type was removed, or is of a version that is over.
    fn is_gone(&self, version: KubeVersion) -> bool {
        matches!(self.source, LifecycleSource::Documentation | LifecycleSource::EarlierVersion)
            || self.removed.is_some_and(|release| release.is_reached(version))
    }
}
