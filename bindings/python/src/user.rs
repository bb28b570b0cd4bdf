//! Who asks.

use std::collections::BTreeMap;

use kubelogic::access::UserInfo as Core;
use pyo3::prelude::*;

use crate::guard::guard;

/// A user as the API server sees it after authentication.
///
/// Nothing is added to what is given, just as in a SubjectAccessReview. `UserInfo.impersonated` adds the groups that
/// `kubectl --as` adds.
#[pyclass(frozen, eq, hash, module = "kubelogic")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UserInfo {
    pub(crate) core: Core,
}

#[pymethods]
impl UserInfo {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str, &'static str) {
        ("name", "groups", "uid", "extra")
    }

    #[new]
    #[pyo3(signature = (name, groups = Vec::new(), *, uid = "", extra = None))]
    fn new(
        name: String,
        groups: Vec<String>,
        uid: &str,
        extra: Option<BTreeMap<String, Vec<String>>>,
    ) -> PyResult<Self> {
        guard(|| {
            let mut core = Core::exact(name, groups);
            uid.clone_into(&mut core.uid);
            core.extra = extra.unwrap_or_default();
            Ok(Self { core })
        })
    }

    /// Exactly this user with exactly these groups.
    #[staticmethod]
    #[pyo3(signature = (name, groups = Vec::new()))]
    fn exact(name: String, groups: Vec<String>) -> PyResult<Self> {
        guard(|| Ok(Self { core: Core::exact(name, groups) }))
    }

    /// The user that impersonation makes of a name and groups: what `kubectl --as NAME --as-group GROUP` asks as.
    ///
    /// A service account without groups gets its two groups; then `system:authenticated` is added, unless
    /// `system:authenticated` or `system:unauthenticated` is given.
    #[staticmethod]
    #[pyo3(signature = (name, groups = Vec::new()))]
    fn impersonated(name: String, groups: Vec<String>) -> PyResult<Self> {
        guard(|| Ok(Self { core: Core::impersonated(name, groups) }))
    }

    /// The user name.
    #[getter]
    fn name(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.name.as_str()))
    }

    /// Group names.
    #[getter]
    fn groups(&self) -> PyResult<Vec<String>> {
        guard(|| Ok(self.core.groups.clone()))
    }

    /// The unique id, often empty.
    #[getter]
    fn uid(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.uid.as_str()))
    }

    /// Further attributes.
    #[getter]
    fn extra(&self) -> PyResult<BTreeMap<String, Vec<String>>> {
        guard(|| Ok(self.core.extra.clone()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("UserInfo({:?}, {:?})", self.core.name, self.core.groups)))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        guard(|| {
            let rebuild = py.import("kubelogic._pickle")?.getattr("user_again")?;
            let text = serde_json::to_string(&self.core);
            let text = text.map_err(|error| crate::error::InternalError::new_err(error.to_string()))?;
            Ok((rebuild, (text,)))
        })
    }
}
