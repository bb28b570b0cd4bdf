//! The state of a cluster as a value: what is stored, how complete it is, and what-ifs that cost little.
//!
//! ```
//! use kubelogic_core::cluster::{Cluster, GroupKind, LoadOptions, ObjectRef};
//! use kubelogic_core::object::Object;
//!
//! let pod = |name| Object::from_serialize(&serde_json::json!({
//!     "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "shop"},
//! })).unwrap();
//! let cluster = Cluster::load([pod("a")], &LoadOptions::default()).unwrap();
//! let more = cluster.with([pod("b")]).unwrap();
//! assert_eq!((cluster.len(), more.len()), (1, 2));
//! let pods = GroupKind::new("", "Pod");
//! assert!(more.find(&ObjectRef::new(&pods, "shop", "b")).is_some());
//! assert_eq!(more.without([&ObjectRef::new(&pods, "shop", "a")]).len(), 1);
//! ```

mod coverage;
mod load;
mod reference;
mod scope;
mod shards;
mod versions;

pub use coverage::{Completeness, Coverage};
pub use load::{LoadError, LoadOptions, OnDuplicate, OnInvalid};
pub use reference::{GroupKind, ObjectRef, split_api_version};
pub use versions::ObjectAs;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::answer::Assumption;
use crate::decode::FieldValidation;
use crate::finding::Finding;
use crate::object::Object;
use crate::schema::Discovery;
use crate::version::KubeVersion;
use shards::{Name, Shards};

/// The objects of a cluster. Cloning is cheap, and nothing ever changes in place.
#[derive(Clone, Debug)]
pub struct Cluster {
    shards: Shards,
    settings: Arc<Settings>,
}

/// What was fixed when the cluster was loaded.
#[derive(Clone, Debug)]
struct Settings {
    options: LoadOptions,
    discovery: Discovery,
    coverage: Coverage,
    notes: Vec<Finding>,
    declarations: Vec<Object>,
}

impl Cluster {
    /// How the objects were taken in.
    pub fn options(&self) -> &LoadOptions {
        &self.settings.options
    }

    /// The same objects as a cluster of another version.
    ///
    /// # Errors
    /// When the other version makes two objects one: a kind may be namespaced in one version only.
    pub fn at(&self, kube_version: KubeVersion) -> Result<Self, LoadError> {
        let mut options = self.settings.options.clone();
        options.kube_version = kube_version;
        options.coverage = self.settings.coverage.clone();
        // What was noticed while reading still holds; what loading notices is noticed again.
        let read = self.notes().iter().filter(|note| note.code.starts_with("read/")).cloned().collect();
        let declared = self.declarations().iter().filter(|object| object.kind() != "Coverage");
        Self::assemble(self.objects().chain(declared).cloned(), &options, read, Vec::new())
    }

    /// The Kubernetes version that questions about this cluster are answered for.
    pub fn kube_version(&self) -> KubeVersion {
        self.settings.options.kube_version
    }

    /// The namespace of objects that name none.
    pub fn default_namespace(&self) -> &str {
        &self.settings.options.default_namespace
    }

    /// What to do about unknown fields in the objects.
    pub fn field_validation(&self) -> FieldValidation {
        self.settings.options.field_validation
    }

    /// What to do about objects that the API server would refuse.
    pub fn on_invalid(&self) -> OnInvalid {
        self.settings.options.on_invalid
    }

    /// The resources of the version, with those that the cluster's own custom resource definitions add.
    pub fn discovery(&self) -> &Discovery {
        &self.settings.discovery
    }

    /// How much of the real cluster the objects are.
    pub fn coverage(&self) -> &Coverage {
        &self.settings.coverage
    }

    /// The objects of the input that are no part of a cluster but say something about it: those with an `apiVersion`
    /// of this project, such as `Coverage` and `Expectations`.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    /// let expectations = Object::from_serialize(&serde_json::json!({
    ///     "apiVersion": "kubelogic/v1alpha1", "kind": "Expectations", "access": ["user:ann cannot get nodes in cluster"],
    /// })).unwrap();
    /// let cluster = Cluster::load([expectations], &LoadOptions::default())?;
    /// assert_eq!((cluster.len(), cluster.declarations().len()), (0, 1));
    /// # Ok::<(), kubelogic_core::cluster::LoadError>(())
    /// ```
    pub fn declarations(&self) -> &[Object] {
        &self.settings.declarations
    }

    /// What was noticed while loading: objects that count once, kustomizations that nobody evaluates.
    pub fn notes(&self) -> &[Finding] {
        &self.settings.notes
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.shards.counts().map(|(_, count)| count).sum()
    }

    /// Whether there is no object at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many objects of each kind there are, by kind.
    pub fn counts(&self) -> impl Iterator<Item = (&GroupKind, usize)> {
        self.shards.counts()
    }

    /// Every object, by kind, namespace and name.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.shards.all().map(|(_, _, object)| object)
    }

    /// Every object of a kind with its namespace, by namespace and name; the cluster scope is the empty text.
    pub fn of_kind<'a>(&'a self, kind: &GroupKind) -> impl Iterator<Item = (&'a str, &'a Object)> + use<'a> {
        self.shards.of_kind(kind)
    }

    /// The objects of a kind in one namespace, by name.
    pub fn in_namespace<'a>(
        &'a self,
        kind: &GroupKind,
        namespace: &str,
    ) -> impl Iterator<Item = &'a Object> + use<'a> {
        self.shards.in_namespace(kind, namespace)
    }

    /// One object.
    pub fn find(&self, reference: &ObjectRef) -> Option<&Object> {
        let name = Name::Given(reference.name.as_str().into());
        self.shards.find(&reference.group_kind().stored(), &reference.namespace, &name)
    }

    /// Every namespace that an object lives in, in order.
    pub fn namespaces(&self) -> BTreeSet<&str> {
        self.shards.namespaces()
    }

    /// The name under which an object is known here: its stored kind, and the namespace that it has or gets.
    pub fn reference_of(&self, object: &Object) -> ObjectRef {
        let kind = GroupKind::of(object);
        let namespace = scope::namespace_of(&self.settings.discovery, object, self.default_namespace());
        ObjectRef::new(&kind, namespace, object.name())
    }

    /// The same cluster with further objects; one that is already there is replaced.
    ///
    /// Custom resource definitions among them do not teach this cluster new resources.
    ///
    /// # Errors
    /// When an object has no kind, or when two of the further objects are different versions of one object.
    pub fn with(&self, objects: impl IntoIterator<Item = Object>) -> Result<Self, LoadError> {
        let options = &self.settings.options;
        let added = load::sort_out(objects, options, &self.settings.discovery)?;
        let mut cluster = self.clone();
        for (kind, namespace, object) in added.shards.all() {
            cluster.shards.insert(kind, namespace, object.clone());
        }
        if !added.declarations.is_empty() {
            let settings = Arc::make_mut(&mut cluster.settings);
            for object in added.declarations {
                load::declare(&mut settings.declarations, object);
            }
        }
        Ok(cluster)
    }

    /// The same cluster without some objects; those that are not there change nothing.
    #[must_use]
    pub fn without<'a>(&self, references: impl IntoIterator<Item = &'a ObjectRef>) -> Self {
        let mut cluster = self.clone();
        for reference in references {
            let kind = reference.group_kind().stored();
            cluster.shards.remove(&kind, &reference.namespace, &reference.name);
        }
        cluster
    }

    /// What every answer about this cluster takes for granted.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let counts: Vec<String> = self.counts().map(|(kind, count)| format!("{count} {kind}")).collect();
        let held = if counts.is_empty() { "no objects".to_owned() } else { counts.join(", ") };
        let whole = if self.coverage().is_declared() {
            Assumption::new(
                "cluster/coverage",
                format!("the input covers what was declared; it holds {held}"),
            )
        } else {
            Assumption::new("cluster/whole", format!("the given objects are the whole cluster: {held}"))
        };
        vec![whole]
    }
}

#[cfg(test)]
mod tests;
