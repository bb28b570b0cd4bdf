//! A cluster as a handle: its objects stay on the native side.

use std::sync::OnceLock;

use kubelogic::ask::{Catalogue, LoadSettings};
use kubelogic::cluster::{Cluster as Core, LoadOptions, ObjectRef, OnInvalid};
use kubelogic::finding::Finding;
use kubelogic::object::Object as CoreObject;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::error::Failure;
use crate::guard::guard;
use crate::input::{Input, Part};
use crate::object::Object;
use crate::{json, reading};

/// The objects of a cluster.
#[pyclass(frozen, module = "kubelogic._native")]
#[derive(Debug)]
pub(crate) struct Cluster {
    pub(crate) core: Core,
    /// What was noticed while reading.
    findings: Vec<Finding>,
    /// Made when a question is asked first.
    catalogue: OnceLock<Catalogue>,
}

#[pymethods]
impl Cluster {
    /// Loads inputs. Each is a tuple of its kind, a name, and what there is to read: `text` with a str, `bytes` with
    /// bytes, `objects` with a list, and `path`, whose name is the path. `settings` is the catalogue's JSON.
    #[staticmethod]
    #[pyo3(signature = (parts: "list[tuple[str, str, Any]]", settings, kube_version))]
    fn load(
        py: Python<'_>,
        parts: Vec<Part<'_>>,
        settings: &str,
        kube_version: Option<&str>,
    ) -> PyResult<Self> {
        guard(|| {
            let options = options(py, settings, kube_version)?;
            let input = Input::of(&parts, options.kube_version)?;
            py.detach(|| input.load(&options)).map_err(|failure| failure.raise(py))
        })
    }

    /// The same cluster with further objects; one that is already there is replaced.
    #[pyo3(signature = (parts: "list[tuple[str, str, Any]]"))]
    fn with_parts(&self, py: Python<'_>, parts: Vec<Part<'_>>) -> PyResult<Self> {
        guard(|| {
            let input = Input::of(&parts, self.core.kube_version())?;
            py.detach(|| input.with(self)).map_err(|failure| failure.raise(py))
        })
    }

    /// The same cluster without some objects, each named by group, kind, namespace and name.
    fn without_named(&self, names: Vec<(String, String, String, String)>) -> PyResult<Self> {
        guard(|| {
            let reference = |(group, kind, namespace, name)| ObjectRef { group, kind, namespace, name };
            let references: Vec<ObjectRef> = names.into_iter().map(reference).collect();
            Ok(self.changed(self.core.without(&references)))
        })
    }

    /// The same cluster without some objects.
    fn without_objects(&self, objects: Vec<PyRef<'_, Object>>) -> PyResult<Self> {
        guard(|| {
            let references: Vec<ObjectRef> =
                objects.iter().map(|object| self.core.reference_of(&object.core)).collect();
            Ok(self.changed(self.core.without(&references)))
        })
    }

    fn __len__(&self) -> PyResult<usize> {
        guard(|| Ok(self.core.len()))
    }

    /// Every object, by kind, namespace and name.
    fn objects(&self) -> PyResult<Vec<Object>> {
        guard(|| Ok(self.core.objects().map(|object| Object { core: object.clone() }).collect()))
    }

    /// Every object as a dict, by kind, namespace and name.
    #[pyo3(signature = () -> "list[dict[str, Any]]")]
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        guard(|| {
            let list = PyList::empty(py);
            let mut values = crate::value::ToPython::new(py);
            for object in self.core.objects() {
                list.append(values.convert(object.root())?)?;
            }
            Ok(list)
        })
    }

    /// The object of that group, kind, namespace and name.
    fn find(&self, group: String, kind: String, namespace: String, name: String) -> PyResult<Option<Object>> {
        guard(|| {
            let found = self.core.find(&ObjectRef { group, kind, namespace, name });
            Ok(found.map(|object| Object { core: object.clone() }))
        })
    }

    /// The Kubernetes version that questions are answered for.
    #[getter]
    fn kube_version(&self) -> PyResult<String> {
        guard(|| Ok(self.core.kube_version().to_string()))
    }

    /// The namespace of objects that name none.
    #[getter]
    fn default_namespace(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.default_namespace()))
    }

    /// What was noticed while reading, as instances of `Finding`.
    #[pyo3(signature = () -> "list[Any]")]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        guard(|| json::results(py, "Finding", &self.findings))
    }

    /// What was noticed while loading, as instances of `Finding`.
    #[pyo3(signature = () -> "list[Any]")]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        guard(|| json::results(py, "Finding", self.core.notes()))
    }

    /// All that a pickle keeps of the input: each object, and each declaration about the input, with its source.
    #[pyo3(signature = () -> "list[tuple[str, dict[str, Any]]]")]
    fn state<'py>(&self, py: Python<'py>) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
        guard(|| {
            let mut values = crate::value::ToPython::new(py);
            let objects = self.core.objects().chain(self.core.declarations());
            let state = objects.map(|object| {
                Ok((object.origin().source.as_str().to_owned(), values.convert(object.root())?))
            });
            state.collect()
        })
    }
}

impl Cluster {
    /// The same input, other objects.
    fn changed(&self, core: Core) -> Self {
        Self { core, findings: self.findings.clone(), catalogue: OnceLock::new() }
    }

    /// The catalogue over this cluster, which keeps what it compiles.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(|| Catalogue::new(Some(self.core.clone())))
    }
}

/// The catalogue's settings.
fn options(py: Python<'_>, settings: &str, kube_version: Option<&str>) -> PyResult<LoadOptions> {
    let settings: LoadSettings = serde_json::from_str(settings)
        .map_err(|error| Failure::new("cluster/bad-setting", error.to_string()).raise(py))?;
    let mut options = settings.options(LoadOptions::default());
    options.kube_version = reading::version(py, kube_version)?;
    Ok(options)
}

impl Input {
    fn load(self, options: &LoadOptions) -> Result<Cluster, Failure> {
        let (objects, findings) = self.readable(options)?;
        let core = Core::load(objects, options)?;
        Ok(Cluster { core, findings, catalogue: OnceLock::new() })
    }

    fn with(self, cluster: &Cluster) -> Result<Cluster, Failure> {
        let (objects, findings) = self.readable(cluster.core.options())?;
        let mut changed = cluster.changed(cluster.core.with(objects)?);
        changed.findings.extend(findings);
        Ok(changed)
    }

    /// Objects and findings, or every reason why something could not be read.
    fn readable(mut self, options: &LoadOptions) -> Result<(Vec<CoreObject>, Vec<Finding>), Failure> {
        self.refused.extend(self.reading.errors.iter().map(Finding::from));
        if !self.refused.is_empty() && options.on_invalid == OnInvalid::Refuse {
            return Err(Failure::from_findings(self.refused));
        }
        self.refused.append(&mut self.reading.findings);
        Ok((self.reading.objects, self.refused))
    }
}
