//! The objects of a cluster.

use std::sync::OnceLock;

use kubelogic::ask::{AskError, Catalogue};
use kubelogic::cluster::{Cluster, ObjectRef};
use kubelogic::finding::Finding;
use kubelogic::object::Object;
use napi_derive::napi;

use crate::failure::{Class, Failure, json};
use crate::loader::Loader;
use crate::object::NativeObject;

/// A cluster, kept parsed.
#[napi]
#[derive(Debug)]
pub struct NativeCluster {
    pub(crate) cluster: Cluster,
    /// What was noticed while reading objects that `with` added.
    notes: Vec<Finding>,
    /// In order, for iteration by index.
    objects: OnceLock<Vec<Object>>,
    /// Answers questions, and keeps what it compiles.
    catalogue: OnceLock<Catalogue>,
}

#[napi]
impl NativeCluster {
    /// How many objects there are.
    #[napi(getter, catch_unwind)]
    pub fn size(&self) -> u32 {
        u32::try_from(self.cluster.len()).unwrap_or(u32::MAX)
    }

    /// The Kubernetes version that questions are answered for.
    #[napi(getter, catch_unwind)]
    pub fn kube_version(&self) -> String {
        self.cluster.kube_version().to_string()
    }

    /// The namespace of objects that name none.
    #[napi(getter, catch_unwind)]
    pub fn default_namespace(&self) -> &str {
        self.cluster.default_namespace()
    }

    /// What was noticed while reading and loading, as JSON.
    #[napi(catch_unwind)]
    pub fn notes(&self) -> napi::Result<String> {
        let notes: Vec<&Finding> = self.cluster.notes().iter().chain(&self.notes).collect();
        json(&notes)
    }

    /// One object by its place in the order.
    #[napi(catch_unwind)]
    pub fn object_at(&self, index: u32) -> Option<NativeObject> {
        let objects = self.objects.get_or_init(|| self.cluster.objects().cloned().collect());
        let object = objects.get(usize::try_from(index).ok()?)?;
        Some(NativeObject { object: object.clone() })
    }

    /// One object by a reference, which is an object with nothing but its name, as JSON.
    #[napi(catch_unwind)]
    pub fn find(&self, reference: String) -> napi::Result<Option<NativeObject>> {
        let reference = self.reference(&parse(&reference)?)?;
        Ok(self.cluster.find(&reference).map(|object| NativeObject { object: object.clone() }))
    }

    /// Reads what `with` adds.
    #[napi(catch_unwind)]
    pub fn loader(&self) -> Loader {
        Loader::with_options(self.cluster.options().clone())
    }

    /// The same cluster with further objects.
    #[napi(catch_unwind)]
    pub fn with(&self, added: &mut Loader) -> napi::Result<Self> {
        let (objects, notes) = added.finish()?;
        let cluster = self
            .cluster
            .with(objects)
            .map_err(|error| Failure::from(AskError::from(error)).throw_by_code())?;
        let notes = self.notes.iter().cloned().chain(notes).collect();
        Ok(Self::new(cluster, notes))
    }

    /// The same cluster without some objects, named by references as JSON.
    #[napi(catch_unwind)]
    pub fn without(&self, references: String) -> napi::Result<Self> {
        let references = parse(&references)?;
        let references = references.as_array().into_iter().flatten().map(|one| self.reference(one));
        let references: Vec<ObjectRef> = references.collect::<napi::Result<_>>()?;
        Ok(Self::new(self.cluster.without(&references), self.notes.clone()))
    }
}

impl NativeCluster {
    pub(crate) fn new(cluster: Cluster, notes: Vec<Finding>) -> Self {
        Self { cluster, notes, objects: OnceLock::new(), catalogue: OnceLock::new() }
    }

    /// The catalogue about this cluster.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(|| Catalogue::new(Some(self.cluster.clone())))
    }

    fn reference(&self, object: &serde_json::Value) -> napi::Result<ObjectRef> {
        let object = Object::from_serialize(object).map_err(|error| wrong_reference(error.to_string()))?;
        Ok(self.cluster.reference_of(&object))
    }
}

fn parse(text: &str) -> napi::Result<serde_json::Value> {
    serde_json::from_str(text).map_err(|error| wrong_reference(error.to_string()))
}

fn wrong_reference(message: String) -> napi::Error {
    Failure::new("query/wrong-reference", message).throw(Class::QueryError)
}
