//! Values of an object on their way to Python: dicts, lists, text, numbers.

use std::collections::HashMap;

use kubelogic::object::{Entries, Items, Value, ValueKind};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyList, PyString};

use crate::error::InternalError;

/// Makes Python values, with each key made once.
pub(crate) struct ToPython<'py, 'v> {
    py: Python<'py>,
    keys: HashMap<&'v str, Bound<'py, PyString>>,
}

/// A container that is being filled. The stack is ours: objects may be nested deeper than a thread's stack likes.
enum Open<'py, 'v> {
    Mapping(Bound<'py, PyDict>, Entries<'v>),
    Sequence(Bound<'py, PyList>, Items<'v>),
}

impl<'py, 'v> ToPython<'py, 'v> {
    pub(crate) fn new(py: Python<'py>) -> Self {
        Self { py, keys: HashMap::new() }
    }

    /// One value with everything in it.
    pub(crate) fn convert(&mut self, root: Value<'v>) -> PyResult<Bound<'py, PyAny>> {
        let (value, first) = self.begin(root)?;
        let mut stack: Vec<Open<'py, 'v>> = first.into_iter().collect();
        while let Some(open) = stack.last_mut() {
            let inner = match open {
                Open::Mapping(dict, entries) => {
                    let Some((key, value)) = entries.next() else {
                        stack.pop();
                        continue;
                    };
                    let dict = dict.clone();
                    let (value, inner) = self.begin(value)?;
                    dict.set_item(self.key(key), value)?;
                    inner
                }
                Open::Sequence(list, items) => {
                    let Some(value) = items.next() else {
                        stack.pop();
                        continue;
                    };
                    let list = list.clone();
                    let (value, inner) = self.begin(value)?;
                    list.append(value)?;
                    inner
                }
            };
            stack.extend(inner);
        }
        Ok(value)
    }

    fn begin(&self, value: Value<'v>) -> PyResult<(Bound<'py, PyAny>, Option<Open<'py, 'v>>)> {
        let py = self.py;
        Ok(match value.kind() {
            ValueKind::Null => (py.None().into_bound(py), None),
            ValueKind::Bool => (value.as_bool().unwrap_or_default().into_bound_py_any(py)?, None),
            ValueKind::Number => {
                (number(py, value.as_number().map(|number| number.as_json()).unwrap_or_default())?, None)
            }
            ValueKind::String => (PyString::new(py, value.as_str().unwrap_or_default()).into_any(), None),
            ValueKind::Sequence => {
                let list = PyList::empty(py);
                (list.clone().into_any(), Some(Open::Sequence(list, value.items())))
            }
            ValueKind::Mapping => {
                let dict = PyDict::new(py);
                (dict.clone().into_any(), Some(Open::Mapping(dict, value.entries())))
            }
        })
    }

    fn key(&mut self, key: &'v str) -> &Bound<'py, PyString> {
        let py = self.py;
        self.keys.entry(key).or_insert_with(|| PyString::new(py, key))
    }
}

/// A number as `json.loads` reads it: without point and exponent an int of any size, else a float.
fn number<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(value) = json.parse::<i64>() {
        return value.into_bound_py_any(py);
    }
    if !json.is_empty() && json.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return py.get_type::<PyInt>().call1((json,));
    }
    match json.parse::<f64>() {
        Ok(value) => value.into_bound_py_any(py),
        Err(_) => Err(InternalError::new_err(format!("a number has no value: {json}"))),
    }
}
