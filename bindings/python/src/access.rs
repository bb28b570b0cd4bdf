//! May this user do that?

use kubelogic::access::Attributes;
use kubelogic::ask::BootstrapSetting;
use kubelogic::finding::Finding;
use kubelogic::rbac::{Options, Rbac};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::cluster::Cluster;
use crate::error::Failure;
use crate::guard::guard;
use crate::json;
use crate::user::UserInfo;

/// The roles and bindings of a cluster, compiled once and ready to decide.
///
/// It never changes, and threads can share it.
#[pyclass(frozen, subclass, module = "kubelogic._native")]
#[derive(Debug)]
pub(crate) struct Access {
    rbac: Rbac,
    /// What was noticed while loading; every explanation repeats it.
    notes: Vec<Finding>,
}

/// How a model is compiled, in the catalogue's words.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    bootstrap: BootstrapSetting,
    stored: bool,
    aggregate: bool,
}

#[pymethods]
impl Access {
    #[new]
    fn new(py: Python<'_>, cluster: &Cluster, settings: &str) -> PyResult<Self> {
        guard(|| {
            let settings: Settings = serde_json::from_str(settings)
                .map_err(|error| Failure::new("ask/bad-setting", error.to_string()).raise(py))?;
            let mut options = Options::default();
            options.bootstrap = settings.bootstrap.into();
            options.stored = settings.stored;
            options.aggregate = settings.aggregate;
            let rbac = py.detach(|| Rbac::compile(&cluster.core, &options));
            let rbac = rbac.map_err(|error| Failure::from(error).raise(py))?;
            Ok(Self { rbac, notes: cluster.core.notes().to_vec() })
        })
    }

    /// Whether the user may do that: always a bool.
    ///
    /// `resource` is the plural in lower case, `group` the API group without its version. Without a namespace the
    /// question is about the whole cluster.
    ///
    /// Raises `Undecided` when the input was declared to be incomplete and what is missing could turn the answer.
    #[pyo3(signature = (user, verb, resource, *, group = "", subresource = "", name = "", namespace = ""))]
    #[expect(clippy::too_many_arguments, reason = "these are the attributes of a request")]
    fn can(
        &self,
        py: Python<'_>,
        user: &UserInfo,
        verb: &str,
        resource: &str,
        group: &str,
        subresource: &str,
        name: &str,
        namespace: &str,
    ) -> PyResult<bool> {
        guard(|| {
            let asked = Attributes::resource(verb, group, resource)
                .subresource(subresource)
                .named(name)
                .in_namespace(namespace);
            self.decide(py, user, &asked)
        })
    }

    /// Whether the user may do that with a path that is no resource, such as `/healthz`.
    fn can_path(&self, py: Python<'_>, user: &UserInfo, verb: &str, path: &str) -> PyResult<bool> {
        guard(|| self.decide(py, user, &Attributes::path(verb, path)))
    }

    /// Whether users may do things: each is a user, and the attributes of a request or its verb and path.
    #[pyo3(name = "_decide_many", signature = (asked: "list[tuple[UserInfo, tuple[str, str, str, str, str, str] | tuple[str, str]]]"))]
    fn decide_many(&self, py: Python<'_>, asked: Vec<(PyRef<'_, UserInfo>, Asked)>) -> PyResult<Vec<bool>> {
        guard(|| asked.iter().map(|(user, asked)| self.decide(py, user, &asked.attributes())).collect())
    }

    /// Whether and why the user may do that, as the catalogue's JSON.
    #[pyo3(name = "_explain", signature = (user, asked: "tuple[str, str, str, str, str, str] | tuple[str, str]") -> "dict[str, Any]")]
    fn explain(&self, py: Python<'_>, user: &UserInfo, asked: Asked) -> PyResult<Py<PyAny>> {
        guard(|| {
            let mut answer = py.detach(|| self.rbac.explain(&user.core, &asked.attributes()));
            answer.warnings.extend(self.notes.iter().cloned());
            Ok(json::plain(py, &answer)?.unbind())
        })
    }

    /// The authorizer's own words about a request: whether it allows it, its reason, and every reason that it could
    /// give.
    #[pyo3(signature = (user, asked: "tuple[str, str, str, str, str, str] | tuple[str, str]"))]
    fn authorize(&self, user: &UserInfo, asked: Asked) -> PyResult<(bool, String, Vec<String>)> {
        guard(|| {
            let attributes = asked.attributes();
            let decision = self.rbac.decide(&user.core, &attributes);
            let reason = self.rbac.reason(decision, &user.core, &attributes);
            let reason = reason.map_err(|error| crate::error::InternalError::new_err(error.to_string()))?;
            let reasons = self.rbac.reasons(&user.core, &attributes).into_iter().collect();
            Ok((decision.is_allowed(), reason, reasons))
        })
    }

    /// How many roles and bindings there are, default ones included.
    #[getter]
    fn size(&self) -> PyResult<(usize, usize)> {
        guard(|| Ok((self.rbac.role_count(), self.rbac.binding_count())))
    }
}

impl Access {
    fn decide(&self, py: Python<'_>, user: &UserInfo, asked: &Attributes<'_>) -> PyResult<bool> {
        self.rbac.can(&user.core, asked).map_err(|undecided| Failure::from(undecided).raise(py))
    }
}

/// A request: verb, resource, group, subresource, name and namespace; or verb and path.
#[derive(Debug, FromPyObject)]
enum Asked {
    Resource(String, String, String, String, String, String),
    Path(String, String),
}

impl Asked {
    fn attributes(&self) -> Attributes<'_> {
        match self {
            Self::Resource(verb, resource, group, subresource, name, namespace) => {
                Attributes::resource(verb, group, resource)
                    .subresource(subresource)
                    .named(name)
                    .in_namespace(namespace)
            }
            Self::Path(verb, path) => Attributes::path(verb, path),
        }
    }
}
