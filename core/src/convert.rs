//! Conversion of objects between the versions of their kind, as the API server converts them.
//!
//! ```
//! use kubelogic_core::convert::{self, Options};
//! use kubelogic_core::read;
//!
//! let old = "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: shop}\n\
//!            spec:\n  backend: {serviceName: shop, servicePort: http}\n";
//! let reading = read::text(old, &read::Options::named("shop.yaml"));
//! let converted = convert::convert(&reading.objects[0], &"networking.k8s.io/v1".parse()?, &Options::default())?;
//! assert_eq!(
//!     read::write::to_json(converted.object.root()),
//!     r#"{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"shop"},"spec":{"defaultBackend":{"service":{"name":"shop","port":{"name":"http"}}}}}"#
//! );
//! assert!(converted.lossless);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod autoscaler;
mod custom_resource_definition;
mod defaults;
mod device;
mod disruption_budget;
mod endpoint_slice;
mod error;
mod event;
mod fields;
mod fix;
mod ingress;
mod kinds;
mod priority_level;
mod review;
mod runtime_class;
mod subject;
mod workload;

pub use error::ConvertError;
pub use fix::{findings, fix};

use crate::finding::{Finding, Severity};
use crate::object::{Draft, FieldPath, Object};
use crate::schema::{Discovery, GroupVersion, Lifecycle};
use crate::version::KubeVersion;
use defaults::Needed;
use kinds::Kind;

/// How to convert.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Write what the old version defaults and the new one defaults differently or requires, so that the object means
    /// the same. The API server's conversion alone does not do that; it defaults before it converts.
    pub write_defaults: bool,
    /// The version that converts. Kinds and versions are those of the newest Kubernetes whatever it is.
    pub kube_version: KubeVersion,
}

impl Options {
    /// Conversion that also writes the defaults that would change.
    ///
    /// ```
    /// use kubelogic_core::convert::Options;
    /// assert!(Options::with_defaults("1.37".parse()?).write_defaults);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn with_defaults(kube_version: KubeVersion) -> Self {
        Self { write_defaults: true, kube_version }
    }
}

/// A converted object.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The object in the new version. What was not written is not there, unless conversion itself sets it.
    pub object: Object,
    /// Whether the new object says neither more nor less: converting it back gives what was written, and no default
    /// of the old version was needed.
    pub lossless: bool,
    /// What was lost, or means something else now: `convert/lost` and `convert/default-differs`.
    pub notes: Vec<Finding>,
}

/// Converts an object to another version of its kind.
///
/// # Errors
/// [`ConvertError`] when Kubernetes has no conversion for the kind or to that version, or refuses to convert.
///
/// ```
/// use kubelogic_core::convert::{convert, Options};
/// use kubelogic_core::object::Object;
/// let policy = serde_json::json!({"apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy"});
/// let error = convert(&Object::from_serialize(&policy).unwrap(), &"policy/v1".parse().unwrap(), &Options::default());
/// let error = error.unwrap_err();
/// assert_eq!(error.code(), "convert/no-conversion");
/// assert_eq!(error.to_string(), "`PodSecurityPolicy` of `policy/v1beta1` cannot be converted, it was removed in 1.25");
/// ```
pub fn convert(object: &Object, to: &GroupVersion, options: &Options) -> Result<Converted, ConvertError> {
    let carried = carry(object, to, options)?;
    let mut notes: Vec<Finding> =
        carried.needed.iter().map(|default| default.finding(object, options.write_defaults)).collect();
    if !carried.returns {
        let message = format!(
            "what `{}` says of this `{}` cannot be said in `{to}`",
            object.api_version(),
            object.kind()
        );
        let finding = Finding::new("convert/lost", Severity::Warning, message);
        notes.push(finding.at(object.root().location(FieldPath::root())));
    }
    let lossless = notes.is_empty();
    let unknown = || ConvertError::unknown(object, options.kube_version);
    let object = carried.draft.into_object(object.origin()).ok_or_else(unknown)?;
    Ok(Converted { object, lossless, notes })
}

/// The version to which an object of an old version is best converted: the one that an API server of a version serves
/// by default and that is most stable, in its own group
/// if that still has the kind. Nothing when there is none, or when it is the object's own.
///
/// ```
/// use kubelogic_core::convert::newest;
/// use kubelogic_core::object::Object;
/// let old = serde_json::json!({"apiVersion": "extensions/v1beta1", "kind": "Deployment"});
/// let old = Object::from_serialize(&old).unwrap();
/// assert_eq!(newest(&old, "1.37".parse()?).unwrap().to_string(), "apps/v1");
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
pub fn newest(object: &Object, version: KubeVersion) -> Option<GroupVersion> {
    let (kind, from) = known(object, version).ok()?;
    let discovery = Discovery::of(version);
    let served = |to: &GroupVersion| {
        discovery.kind(&to.group, &to.version, kind.name).is_some_and(|resource| resource.by_default)
            && Lifecycle::at(version, &to.group, &to.version, kind.name)
                .is_none_or(|known| !known.is_deprecated(version))
    };
    // The table lists the best version first. A kind stays in its group as long as the group has it.
    let mut best = kind.versions().filter(|to| to.group == from.group).find(served);
    best = best.or_else(|| kind.versions().find(served));
    best.filter(|best| *best != from)
}

/// An object on its way to another version.
struct Carried {
    /// The object in the new version.
    draft: Draft,
    /// The defaults of the old version that it needs.
    needed: Vec<Needed>,
    /// Whether converting it back gives what was converted.
    returns: bool,
}

fn carry(object: &Object, to: &GroupVersion, options: &Options) -> Result<Carried, ConvertError> {
    let (kind, from) = known(object, options.kube_version)?;
    if !kind.has(to) {
        return Err(ConvertError::no_such_version(&kind, to));
    }
    let needed = defaults::differing(&kind, &from, to, object);
    let mut before = Draft::of(object.root());
    if options.write_defaults {
        for default in &needed {
            default.write(&mut before);
        }
    }
    let mut draft = before.clone();
    between(&kind, &from, to, options.kube_version, &mut draft)?;
    let mut back = draft.clone();
    between(&kind, to, &from, options.kube_version, &mut back)?;
    let returns = before.into_object(object.origin()) == back.into_object(object.origin());
    Ok(Carried { draft, needed, returns })
}

/// Whether an object can be converted to a version.
///
/// ```
/// use kubelogic_core::convert::has_version;
/// use kubelogic_core::object::Object;
/// let job = Object::from_serialize(&serde_json::json!({"apiVersion": "batch/v1", "kind": "CronJob"})).unwrap();
/// assert!(has_version(&job, &"batch/v1beta1".parse().unwrap()));
/// assert!(!has_version(&job, &"apps/v1".parse().unwrap()));
/// ```
pub fn has_version(object: &Object, to: &GroupVersion) -> bool {
    known(object, KubeVersion::NEWEST).is_ok_and(|(kind, _)| kind.has(to))
}

/// Whether an object is of a kind that has several versions.
fn known(object: &Object, version: KubeVersion) -> Result<(Kind, GroupVersion), ConvertError> {
    let unknown = || ConvertError::unknown(object, version);
    let from: GroupVersion = object.api_version().parse().map_err(|_| unknown())?;
    let kind = kinds::find(object.kind(), &from).ok_or_else(unknown)?;
    Ok((kind, from))
}

/// Converts by way of the form that all versions of the kind can be written in.
fn between(
    kind: &Kind,
    from: &GroupVersion,
    to: &GroupVersion,
    version: KubeVersion,
    draft: &mut Draft,
) -> Result<(), ConvertError> {
    let Draft::Map(object) = draft else { return Ok(()) };
    if from == to {
        return Ok(());
    }
    object.set("apiVersion", Draft::text(to.to_string()));
    match kind.name {
        "CustomResourceDefinition" => custom_resource_definition::convert(from, to, object),
        "ClusterRoleBinding" | "RoleBinding" => subject::convert(from, to, object),
        "DaemonSet" => workload::daemon_set(from, to, object)?,
        "Deployment" => workload::deployment(from, to, object)?,
        "EndpointSlice" => endpoint_slice::convert(from, to, object),
        "Event" => event::convert(from, to, object),
        "HorizontalPodAutoscaler" => autoscaler::convert(from, to, version, object),
        "Ingress" => ingress::convert(from, to, object),
        "LocalSubjectAccessReview" | "SubjectAccessReview" => review::convert(to, object),
        "PodCertificateRequest" => review::certificate_request(to, object),
        "PodDisruptionBudget" => disruption_budget::convert(from, to, version, object),
        "PriorityLevelConfiguration" => priority_level::convert(from, to, object),
        "ResourceClaim" => device::claim(from, to, object, &["spec"]),
        "ResourceClaimTemplate" => device::claim(from, to, object, &["spec", "spec"]),
        "ResourceSlice" => device::slice(from, to, object),
        "RuntimeClass" => runtime_class::convert(from, to, object),
        "StatefulSet" => workload::stateful_set(from, to, object),
        // Everything else is written the same in each version.
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests;
