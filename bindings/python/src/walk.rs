//! Objects of Python programs on their way in: dicts, and the objects of client libraries.
//!
//! No client library is imported. Their objects are known by what they offer:
//!
//! * `kubernetes` and `kubernetes_asyncio`: the class has an `attribute_map` from Python's names to Kubernetes' names;
//! * `lightkube`: `to_dict()` gives Kubernetes' names;
//! * `kr8s`: `raw` is a mapping with Kubernetes' names.

use kubelogic::finding::{Finding, Severity};
use kubelogic::object::{FieldPath, Location, MemoryBuilder, Object, SourceName};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};

use crate::guard::guard;

/// Deeper objects are refused; the readers have the same limit.
const MAX_DEPTH: usize = 1_000;

/// One object out of a Python value; a finding says why there is none.
pub(crate) fn object(
    given: &Bound<'_, PyAny>,
    source: &SourceName,
) -> PyResult<Result<Object, Box<Finding>>> {
    let mut walk = Walk { builder: MemoryBuilder::new(), open: Vec::new() };
    match walk.run(given) {
        Ok(()) => match walk.builder.finish(source.clone()) {
            Some(object) => Ok(Ok(object)),
            None => Ok(Err(Box::new(refused(source, FieldPath::root(), &Refusal::no_object(given)?)))),
        },
        Err(Stop::Refused(refusal)) => {
            let path = walk.path(refusal.about);
            Ok(Err(Box::new(refused(source, path, &refusal))))
        }
        Err(Stop::Raised(error)) => Err(error),
    }
}

/// Whether a Python value is one object, rather than several.
#[pyfunction]
pub(crate) fn is_object(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    guard(|| Ok(matches!(opened(given)?, Some(Children::Mapping(_)))))
}

fn refused(source: &SourceName, path: FieldPath, refusal: &Refusal) -> Finding {
    let place = if path.is_root() { "the object".to_owned() } else { format!("`{path}`") };
    let location = Location { source: source.clone(), document: 1, item: None, path, position: None };
    let finding = Finding::new(refusal.code, Severity::Error, format!("{place} {}", refusal.reason));
    match refusal.help {
        Some(help) => finding.at(location).help(help),
        None => finding.at(location),
    }
}

/// A value that no object can hold.
#[derive(Debug)]
struct Refusal {
    code: &'static str,
    /// What is wrong, as the rest of a sentence.
    reason: String,
    help: Option<&'static str>,
    about: About,
}

/// Whose path a refusal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Value,
    /// The mapping or sequence that the value is in.
    Container,
    /// The way to the value is too long to be read by anyone.
    Whole,
}

impl Refusal {
    fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), help: None, about: About::Value }
    }

    fn no_object(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        let class = given.get_type().qualname()?;
        let reason = format!("must be a mapping or an object of a client library, not `{class}`");
        Ok(Self::new("object/not-a-mapping", reason))
    }
}

#[derive(Debug)]
enum Stop {
    Refused(Refusal),
    Raised(PyErr),
}

impl From<PyErr> for Stop {
    fn from(error: PyErr) -> Self {
        Self::Raised(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A container on the way to the current value. The stack is ours: Python's objects may be nested without end.
#[derive(Debug)]
struct Open<'py> {
    given: Bound<'py, PyAny>,
    children: Children<'py>,
    /// How many children were begun.
    begun: usize,
}

#[derive(Debug)]
enum Children<'py> {
    Mapping(Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>),
    Sequence(Vec<Bound<'py, PyAny>>),
}

#[derive(Debug)]
struct Walk<'py> {
    builder: MemoryBuilder,
    open: Vec<Open<'py>>,
}

impl<'py> Walk<'py> {
    fn run(&mut self, root: &Bound<'py, PyAny>) -> Result<(), Stop> {
        match opened(root)? {
            Some(children @ Children::Mapping(_)) => self.push(root.clone(), children)?,
            _ => return Err(Refusal::no_object(root)?.into()),
        }
        while let Some(open) = self.open.last_mut() {
            let next = match &open.children {
                Children::Mapping(entries) => {
                    entries.get(open.begun).map(|(key, value)| (Some(key.clone()), value.clone()))
                }
                Children::Sequence(items) => items.get(open.begun).map(|item| (None, item.clone())),
            };
            let Some((key, value)) = next else {
                self.open.pop();
                self.builder.close();
                continue;
            };
            open.begun += 1;
            if let Some(key) = key {
                let text = key.cast::<PyString>().map_err(|_| wrong_key(&key))?;
                self.builder.key(text.to_str().map_err(|_| not_unicode())?);
            }
            self.add(&value)?;
        }
        Ok(())
    }

    fn add(&mut self, value: &Bound<'py, PyAny>) -> Result<(), Stop> {
        // A bool is an int to Python, so it comes first.
        if value.is_none() {
            self.builder.null();
        } else if let Ok(value) = value.cast::<PyBool>() {
            self.builder.bool(value.is_true());
        } else if let Ok(value) = value.cast::<PyString>() {
            self.builder.string(value.to_str().map_err(|_| not_unicode())?);
        } else if value.is_instance_of::<PyInt>() {
            let Ok(number) = value.extract::<i64>() else {
                let reason = "is a number that does not fit 64 bits";
                return Err(Refusal::new("object/number-too-large", reason).into());
            };
            self.builder.number(&number.to_string());
        } else if value.is_instance_of::<PyFloat>() {
            let number: f64 = value.extract()?;
            let Some(number) = serde_json::Number::from_f64(number) else {
                let reason = format!("is {number}, which JSON cannot hold");
                return Err(Refusal::new("object/number-not-finite", reason).into());
            };
            self.builder.number(&number.to_string());
        } else if value.is_instance(date(value.py())?)? {
            let text: String = value.call_method0("isoformat")?.extract()?;
            self.builder.string(&text);
        } else if let Some(children) = opened(value)? {
            self.push(value.clone(), children)?;
        } else {
            let class = value.get_type().qualname()?;
            let reason = format!("has a value of the Python type `{class}`, which JSON does not know");
            return Err(Refusal::new("object/unknown-type", reason).into());
        }
        Ok(())
    }

    fn push(&mut self, given: Bound<'py, PyAny>, children: Children<'py>) -> Result<(), Stop> {
        if self.open.iter().any(|open| open.given.is(&given)) {
            return Err(Refusal::new("object/cycle", "contains itself").into());
        }
        if self.open.len() >= MAX_DEPTH {
            let reason = format!("is nested more than {MAX_DEPTH} levels deep");
            return Err(Refusal { about: About::Whole, ..Refusal::new("read/too-deep", reason) }.into());
        }
        match children {
            Children::Mapping(_) => self.builder.open_mapping(),
            Children::Sequence(_) => self.builder.open_sequence(),
        }
        self.open.push(Open { given, children, begun: 0 });
        Ok(())
    }

    /// The path of the value that was begun last, or of what it is in.
    fn path(&self, about: About) -> FieldPath {
        let steps = match about {
            About::Value => self.open.len(),
            About::Container => self.open.len().saturating_sub(1),
            About::Whole => 0,
        };
        self.open.iter().take(steps).fold(FieldPath::root(), |path, open| match &open.children {
            Children::Sequence(_) => path.index(open.begun.saturating_sub(1)),
            Children::Mapping(entries) => match entries.get(open.begun.wrapping_sub(1)) {
                Some((key, _)) => step(path, &key.to_string()),
                None => path,
            },
        })
    }
}

fn step(path: FieldPath, key: &str) -> FieldPath {
    if key.contains(['.', '[', '/']) { path.key(key) } else { path.field(key) }
}

fn wrong_key(key: &Bound<'_, PyAny>) -> Stop {
    let class = key.get_type().qualname().map(|name| name.to_string()).unwrap_or_default();
    let reason = format!("has the key {key} of the Python type `{class}`, and keys are text");
    let mut refusal = Refusal { about: About::Container, ..Refusal::new("object/key-not-text", reason) };
    if key.is_instance_of::<PyBool>() {
        refusal.help = Some("YAML libraries read the keys `on`, `off`, `yes` and `no` as booleans");
    }
    Stop::Refused(refusal)
}

fn not_unicode() -> Stop {
    Refusal::new("object/not-unicode", "holds text that is not Unicode").into()
}

/// What a container holds, under Kubernetes' names; `None` when the value is no container.
fn opened<'py>(given: &Bound<'py, PyAny>) -> PyResult<Option<Children<'py>>> {
    if let Ok(dict) = given.cast::<PyDict>() {
        return Ok(Some(Children::Mapping(dict.iter().collect())));
    }
    if let Ok(list) = given.cast::<PyList>() {
        return Ok(Some(Children::Sequence(list.iter().collect())));
    }
    if let Ok(tuple) = given.cast::<PyTuple>() {
        return Ok(Some(Children::Sequence(tuple.iter().collect())));
    }
    if given.is_instance_of::<PyString>() || given.is_instance_of::<PyType>() {
        return Ok(None);
    }
    if let Some(names) = named(&given.get_type().into_any(), "attribute_map")?
        && let Ok(names) = names.cast::<PyDict>()
    {
        return Ok(Some(Children::Mapping(model(given, names)?)));
    }
    if let Ok(mapping) = given.cast::<PyMapping>() {
        return entries(mapping).map(Some);
    }
    if let Some(raw) = named(given, "raw")?
        && let Ok(raw) = raw.cast::<PyMapping>()
    {
        return entries(raw).map(Some);
    }
    if let Some(method) = named(given, "to_dict")?
        && method.is_callable()
        && let Ok(fields) = method.call0()?.cast::<PyMapping>()
    {
        return entries(fields).map(Some);
    }
    Ok(None)
}

/// The attributes of a client model that are set. A model says `None` for what is absent, and never means null.
fn model<'py>(
    given: &Bound<'py, PyAny>,
    names: &Bound<'py, PyDict>,
) -> PyResult<Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    let mut fields = Vec::new();
    for (attribute, name) in names.iter() {
        let value = given.getattr(attribute.cast::<PyString>()?)?;
        if !value.is_none() {
            fields.push((name, value));
        }
    }
    Ok(fields)
}

fn entries<'py>(mapping: &Bound<'py, PyMapping>) -> PyResult<Children<'py>> {
    let mut fields = Vec::new();
    for item in mapping.items()?.iter() {
        fields.push(item.extract()?);
    }
    Ok(Children::Mapping(fields))
}

fn named<'py>(given: &Bound<'py, PyAny>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    given.getattr_opt(name)
}

/// `datetime.date`, of which `datetime.datetime` is a kind.
fn date(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static DATE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class =
        DATE.get_or_try_init(py, || PyResult::Ok(py.import("datetime")?.getattr("date")?.unbind()))?;
    Ok(class.bind(py))
}
