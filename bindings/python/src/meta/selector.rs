//! Selectors over labels and over fields.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use kubelogic::ask::RequirementResult;
use kubelogic::decode::{Decoder, FieldValidation};
use kubelogic::finding::Finding;
use kubelogic::meta::{self, SelectorError};
use kubelogic::object::SourceName;
use kubelogic::version::KubeVersion;
use pyo3::prelude::*;
use pyo3::types::PyMapping;

use crate::error::Failure;
use crate::guard::guard;
use crate::reading::version;
use crate::walk;

/// What a pickle holds of a label selector: its text and version.
type Again = (Option<String>, String);

/// One condition of a selector.
#[pyclass(frozen, eq, hash, module = "kubelogic.meta")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Requirement {
    key: String,
    operator: String,
    values: Vec<String>,
}

#[pymethods]
impl Requirement {
    /// The label, or the field.
    #[getter]
    fn key(&self) -> PyResult<&str> {
        guard(|| Ok(self.key.as_str()))
    }

    /// `in`, `notin`, `=`, `==`, `!=`, `exists`, `!`, `gt` or `lt`.
    #[getter]
    fn operator(&self) -> PyResult<&str> {
        guard(|| Ok(self.operator.as_str()))
    }

    /// What it compares with, sorted, each only once.
    #[getter]
    fn values(&self) -> PyResult<Vec<String>> {
        guard(|| Ok(self.values.clone()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("<Requirement {} {} {:?}>", self.key, self.operator, self.values)))
    }
}

impl From<RequirementResult> for Requirement {
    fn from(result: RequirementResult) -> Self {
        Self { key: result.key, operator: result.operator, values: result.values }
    }
}

/// A condition on labels, as `kubectl -l` or as objects write it.
///
/// >>> from kubelogic.meta import LabelSelector
/// >>> selector = LabelSelector.parse("app in (shop, cart), tier!=db")
/// >>> selector.matches({"app": "shop"}), selector.matches({"app": "shop", "tier": "db"})
/// (True, False)
/// >>> str(LabelSelector.of({"matchLabels": {"app": "shop"}}))
/// 'app=shop'
#[pyclass(frozen, eq, module = "kubelogic.meta")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LabelSelector {
    core: meta::Selector,
    version: KubeVersion,
}

#[pymethods]
impl LabelSelector {
    /// Reads the text form: `app=web,tier in (a, b),!canary`. The empty text selects everything.
    #[staticmethod]
    #[pyo3(signature = (text, *, kube_version = None))]
    fn parse(py: Python<'_>, text: &str, kube_version: Option<&str>) -> PyResult<Self> {
        guard(|| {
            let version = version(py, kube_version)?;
            let core = meta::Selector::parse(text, version);
            Ok(Self { core: core.map_err(|error| unusable(py, &error))?, version })
        })
    }

    /// Takes what an object holds: a dict with `matchLabels` and `matchExpressions`, or an object of a client library.
    /// An empty one selects everything, and `None` nothing.
    #[staticmethod]
    #[pyo3(signature = (selector: "Any", *, kube_version = None))]
    fn of(py: Python<'_>, selector: Option<&Bound<'_, PyAny>>, kube_version: Option<&str>) -> PyResult<Self> {
        guard(|| {
            let version = version(py, kube_version)?;
            let Some(selector) = selector else {
                return Ok(Self { core: meta::Selector::nothing(), version });
            };
            let object = walk::object(selector, &SourceName::new("selector"))?;
            let object = object.map_err(|finding| Failure::from_findings(vec![*finding]).raise(py))?;
            let mut decoder = Decoder::new(FieldValidation::Strict);
            let written: meta::LabelSelector = decoder.decode(object.root());
            let (problems, _) = decoder.finish();
            if !problems.is_empty() {
                let problems = problems.iter().map(Finding::from).collect();
                return Err(Failure::from_findings(problems).raise(py));
            }
            let core = meta::Selector::new(&written, version).map_err(|error| unusable(py, &error))?;
            Ok(Self { core, version })
        })
    }

    /// Whether something with these labels is selected; `None` stands for no labels.
    #[pyo3(signature = (labels: "dict[str, str] | None"))]
    fn matches(&self, labels: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        guard(|| Ok(self.core.matches(&texts(labels, "labels")?)))
    }

    /// The conditions in order of their keys; none for the selector that selects nothing.
    #[getter]
    fn requirements(&self) -> PyResult<Vec<Requirement>> {
        let all = self.core.requirements().unwrap_or_default();
        guard(|| Ok(all.iter().map(|one| Requirement::from(RequirementResult::from(one))).collect()))
    }

    /// Whether it selects everything, whatever the labels are.
    #[getter]
    fn selects_everything(&self) -> PyResult<bool> {
        guard(|| Ok(self.core.is_empty()))
    }

    /// Whether it selects nothing, as the selector of an object does that has none.
    #[getter]
    fn selects_nothing(&self) -> PyResult<bool> {
        guard(|| Ok(self.core.requirements().is_none()))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guard(|| Ok(hash(&self.core.to_string())))
    }

    fn __str__(&self) -> PyResult<String> {
        guard(|| Ok(self.core.to_string()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| {
            Ok(match self.core.requirements() {
                Some(_) => format!("LabelSelector.parse({:?})", self.core.to_string()),
                None => "LabelSelector.of(None)".to_owned(),
            })
        })
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Again)> {
        guard(|| {
            let rebuild = py.import("kubelogic._pickle")?.getattr("label_selector_again")?;
            let text = self.core.requirements().map(|_| self.core.to_string());
            Ok((rebuild, (text, self.version.to_string())))
        })
    }
}

/// A condition on fields, as `kubectl --field-selector` takes it.
///
/// >>> from kubelogic.meta import FieldSelector
/// >>> selector = FieldSelector.parse("status.phase!=Running,metadata.namespace==shop")
/// >>> str(selector), selector.exact_match("metadata.namespace")
/// ('metadata.namespace=shop,status.phase!=Running', 'shop')
/// >>> selector.matches({"metadata.namespace": "shop", "status.phase": "Pending"})
/// True
#[pyclass(frozen, eq, module = "kubelogic.meta")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldSelector {
    core: meta::FieldSelector,
}

#[pymethods]
impl FieldSelector {
    /// Reads a field selector. The empty text selects everything.
    #[staticmethod]
    fn parse(py: Python<'_>, text: &str) -> PyResult<Self> {
        guard(|| {
            let core = meta::FieldSelector::parse(text).map_err(|error| unusable(py, &error))?;
            Ok(Self { core })
        })
    }

    /// Whether something with these fields is selected. A field that is not there has the empty value.
    #[pyo3(signature = (fields: "dict[str, str] | None"))]
    fn matches(&self, fields: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        guard(|| Ok(self.core.matches(&texts(fields, "fields")?)))
    }

    /// The conditions in the order in which they are printed.
    #[getter]
    fn requirements(&self) -> PyResult<Vec<Requirement>> {
        let all = self.core.requirements();
        guard(|| Ok(all.iter().map(|one| Requirement::from(RequirementResult::from(one))).collect()))
    }

    /// The one value that a field must have, or `None` when any of several will do.
    fn exact_match(&self, field: &str) -> PyResult<Option<&str>> {
        guard(|| Ok(self.core.exact_match(field)))
    }

    /// Whether it selects everything.
    #[getter]
    fn selects_everything(&self) -> PyResult<bool> {
        guard(|| Ok(self.core.is_empty()))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guard(|| Ok(hash(&self.core.to_string())))
    }

    fn __str__(&self) -> PyResult<String> {
        guard(|| Ok(self.core.to_string()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("FieldSelector.parse({:?})", self.core.to_string())))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        guard(|| {
            let rebuild = py.get_type::<Self>().getattr("parse")?;
            Ok((rebuild, (self.core.to_string(),)))
        })
    }
}

/// Texts by name, from any mapping.
fn texts(given: Option<&Bound<'_, PyAny>>, what: &str) -> PyResult<BTreeMap<String, String>> {
    let Some(given) = given else { return Ok(BTreeMap::new()) };
    let wrong = || super::wrong_type(given, &format!("{what} are a mapping from texts to texts"));
    let items = given.cast::<PyMapping>().map_err(|_| wrong())?.items()?;
    let pairs = items.iter().map(|item| item.extract::<(String, String)>());
    pairs.collect::<PyResult<_>>().map_err(|_| {
        let message = format!("{what} are texts, and have texts as values");
        Failure::new("query/wrong-argument", message).raise(given.py())
    })
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn unusable(py: Python<'_>, error: &SelectorError) -> PyErr {
    Failure::new(error.code(), error.to_string()).raise(py)
}
