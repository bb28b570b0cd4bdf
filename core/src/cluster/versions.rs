//! Objects in the version that an engine reads, whatever version they were written in.

use std::borrow::Cow;

use super::{Cluster, GroupKind};
use crate::convert::{ConvertError, Options, convert};
use crate::finding::Finding;
use crate::object::{FieldPath, Location, Object, PathStep};
use crate::schema::GroupVersion;

/// An object in a version that was asked for.
#[derive(Clone, Debug)]
pub struct ObjectAs<'a> {
    /// The namespace that it is in; empty for objects of the whole cluster.
    pub namespace: &'a str,
    /// The object as it was written, which knows its places.
    pub written: &'a Object,
    /// The object in the version that was asked for: the same where it was written in that version.
    pub object: Cow<'a, Object>,
    /// What was lost on the way, or would have meant something else.
    pub notes: Vec<Finding>,
}

impl ObjectAs<'_> {
    /// Whether it was written in another version.
    pub fn is_converted(&self) -> bool {
        matches!(self.object, Cow::Owned(_))
    }

    /// Where a field was written. What conversion has moved or made has the place of the last part of the path that
    /// was written.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::FieldPath;
    /// use kubelogic_core::read;
    ///
    /// let old = "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: shop}\n\
    ///            spec:\n  backend: {serviceName: shop, servicePort: 80}\n";
    /// let reading = read::text(old, &read::Options::named("shop.yaml"));
    /// let cluster = Cluster::load(reading.objects, &LoadOptions::default())?;
    /// let ingress = cluster.objects_as(&"networking.k8s.io/v1".parse()?, "Ingress").next().unwrap()?;
    /// let path = FieldPath::parse("spec.defaultBackend").unwrap();
    /// assert!(ingress.object.root().at(&path).is_some());
    /// assert_eq!(ingress.location(&path).to_string(), "shop.yaml:5:3");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn location(&self, path: &FieldPath) -> Location {
        let mut found = self.written.root();
        for step in path.steps() {
            let one = FieldPath::root();
            let one = match step {
                PathStep::Field(name) => one.field(name),
                PathStep::Key(name) => one.key(name),
                PathStep::Index(index) => one.index(*index),
            };
            match found.at(&one) {
                Some(value) => found = value,
                None => break,
            }
        }
        found.location(path.clone())
    }
}

impl Cluster {
    /// Every object of a kind, by namespace and name, in one version of it: those of other versions are converted, and
    /// what their own version would have defaulted otherwise is written out, so that they mean the same.
    ///
    /// An object whose version Kubernetes cannot convert is an error in its place.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    ///
    /// let policy = serde_json::json!({
    ///     "apiVersion": "extensions/v1beta1", "kind": "NetworkPolicy", "metadata": {"name": "a"},
    ///     "spec": {"podSelector": {}},
    /// });
    /// let cluster = Cluster::load([Object::from_serialize(&policy)?], &LoadOptions::default())?;
    /// let version = "networking.k8s.io/v1".parse()?;
    /// let policy = cluster.objects_as(&version, "NetworkPolicy").next().unwrap()?;
    /// assert_eq!(policy.object.api_version(), "networking.k8s.io/v1");
    /// assert_eq!(policy.written.api_version(), "extensions/v1beta1");
    /// assert!(policy.is_converted());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn objects_as<'a>(
        &'a self,
        version: &GroupVersion,
        kind: &str,
    ) -> impl Iterator<Item = Result<ObjectAs<'a>, ConvertError>> + use<'a> {
        let stored = GroupKind::new(version.group.as_str(), kind).stored();
        let version = version.clone();
        let options = Options::with_defaults(self.kube_version());
        self.of_kind(&stored).map(move |(namespace, written)| {
            if written.api_version() == version.to_string() {
                return Ok(ObjectAs {
                    namespace,
                    written,
                    object: Cow::Borrowed(written),
                    notes: Vec::new(),
                });
            }
            let converted = convert(written, &version, &options)?;
            Ok(ObjectAs { namespace, written, object: Cow::Owned(converted.object), notes: converted.notes })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::cluster::{Cluster, LoadOptions};
    use crate::convert::has_version;
    use crate::object::Object;

    fn load(objects: &[Value]) -> Cluster {
        let objects = objects.iter().map(|object| Object::from_serialize(object).unwrap());
        Cluster::load(objects, &LoadOptions::default()).unwrap()
    }

    #[test]
    fn every_kind_that_engines_read_arrives_in_one_version() {
        // Old versions of each kind, and the version that an engine reads.
        let kinds = [
            ("NetworkPolicy", "extensions/v1beta1", "networking.k8s.io/v1"),
            ("Ingress", "extensions/v1beta1", "networking.k8s.io/v1"),
            ("Ingress", "networking.k8s.io/v1beta1", "networking.k8s.io/v1"),
            ("IngressClass", "networking.k8s.io/v1beta1", "networking.k8s.io/v1"),
            ("EndpointSlice", "discovery.k8s.io/v1beta1", "discovery.k8s.io/v1"),
            ("PodDisruptionBudget", "policy/v1beta1", "policy/v1"),
            ("CronJob", "batch/v1beta1", "batch/v1"),
            ("HorizontalPodAutoscaler", "autoscaling/v1", "autoscaling/v2"),
            ("Deployment", "extensions/v1beta1", "apps/v1"),
            ("StatefulSet", "apps/v1beta2", "apps/v1"),
            ("DaemonSet", "extensions/v1beta1", "apps/v1"),
            ("ReplicaSet", "apps/v1beta2", "apps/v1"),
            ("PriorityClass", "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1"),
            ("StorageClass", "storage.k8s.io/v1beta1", "storage.k8s.io/v1"),
            ("CSIDriver", "storage.k8s.io/v1beta1", "storage.k8s.io/v1"),
            ("CSINode", "storage.k8s.io/v1beta1", "storage.k8s.io/v1"),
            ("VolumeAttachment", "storage.k8s.io/v1beta1", "storage.k8s.io/v1"),
            ("CSIStorageCapacity", "storage.k8s.io/v1beta1", "storage.k8s.io/v1"),
            ("RuntimeClass", "node.k8s.io/v1beta1", "node.k8s.io/v1"),
            ("CertificateSigningRequest", "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1"),
            ("Lease", "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1"),
            ("FlowSchema", "flowcontrol.apiserver.k8s.io/v1beta3", "flowcontrol.apiserver.k8s.io/v1"),
        ];
        for (kind, old, new) in kinds {
            let object =
                json!({"apiVersion": old, "kind": kind, "metadata": {"name": "a", "namespace": "shop"}});
            let cluster = load(&[object]);
            let version = new.parse().unwrap();
            let found: Vec<_> = cluster.objects_as(&version, kind).collect();
            let [Ok(one)] = found.as_slice() else { panic!("{kind}: {found:?}") };
            assert_eq!((one.object.api_version(), one.written.api_version()), (new, old), "{kind}");
            assert!(has_version(one.written, &version) && one.is_converted(), "{kind}");
            assert_eq!(one.object.name(), "a");
        }
    }

    #[test]
    fn objects_of_the_version_are_not_copied_and_the_order_is_that_of_the_cluster() {
        let budget = |api_version: &str, name: &str| json!({"apiVersion": api_version, "kind": "PodDisruptionBudget", "metadata": {"name": name, "namespace": "shop"}});
        let cluster =
            load(&[budget("policy/v1", "b"), budget("policy/v1beta1", "a"), budget("policy/v1", "c")]);
        let found: Vec<_> = cluster
            .objects_as(&"policy/v1".parse().unwrap(), "PodDisruptionBudget")
            .map(Result::unwrap)
            .collect();
        let seen: Vec<_> = found.iter().map(|one| (one.object.name(), one.is_converted())).collect();
        assert_eq!(seen, [("a", true), ("b", false), ("c", false)]);
        assert!(found.iter().all(|one| one.namespace == "shop"));
    }

    #[test]
    fn what_the_old_version_defaults_otherwise_is_written_out() {
        // Without a strategy the old version replaces pods one by one and by count, the new one by a quarter.
        let old = json!({"apiVersion": "extensions/v1beta1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": []}}}});
        let cluster = load(&[old]);
        let found = cluster.objects_as(&"apps/v1".parse().unwrap(), "Deployment").next().unwrap().unwrap();
        let spec = found.object.root().get("spec").unwrap();
        let rolling = spec.get("strategy").unwrap().get("rollingUpdate").unwrap();
        assert_eq!(rolling.get("maxSurge").unwrap().as_i64(), Some(1));
    }

    #[test]
    fn a_version_that_nobody_converts_is_an_error_in_its_place() {
        let policy = |api_version: &str, name: &str| json!({"apiVersion": api_version, "kind": "NetworkPolicy", "metadata": {"name": name}});
        let cluster = load(&[policy("networking.k8s.io/v7", "a"), policy("networking.k8s.io/v1", "b")]);
        let found: Vec<_> =
            cluster.objects_as(&"networking.k8s.io/v1".parse().unwrap(), "NetworkPolicy").collect();
        assert_eq!(found[0].as_ref().unwrap_err().code(), "convert/no-conversion");
        assert_eq!(found[1].as_ref().unwrap().object.name(), "b");
    }
}
