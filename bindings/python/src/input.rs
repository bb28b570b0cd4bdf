//! Inputs, read one after the other.

use std::path::PathBuf;

use kubelogic::files::StdFiles;
use kubelogic::finding::Finding;
use kubelogic::object::SourceName;
use kubelogic::read::{self, Reading};
use kubelogic::version::KubeVersion;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

use crate::object::Object;
use crate::walk;

/// Kind, name, and what there is to read; `_inputs.py` makes them.
pub(crate) type Part<'py> = (String, String, Bound<'py, PyAny>);

/// What was read so far.
#[derive(Debug, Default)]
pub(crate) struct Input {
    pub(crate) reading: Reading,
    /// Why values of the program are no objects.
    pub(crate) refused: Vec<Finding>,
}

impl Input {
    /// Reads inputs in their order.
    pub(crate) fn of(parts: &[Part<'_>], version: KubeVersion) -> PyResult<Self> {
        let mut input = Self::default();
        for (kind, name, given) in parts {
            input.take(kind, name, given, version)?;
        }
        Ok(input)
    }

    fn take(
        &mut self,
        kind: &str,
        name: &str,
        given: &Bound<'_, PyAny>,
        version: KubeVersion,
    ) -> PyResult<()> {
        let py = given.py();
        let options = read::Options::named(name).for_version(version);
        match kind {
            "text" => {
                let text = given.cast::<PyString>()?.to_str()?;
                self.extend(py.detach(|| read::text(text, &options)));
            }
            "bytes" => {
                let bytes = given.cast::<PyBytes>()?.as_bytes();
                self.extend(py.detach(|| read::bytes(bytes, &options)));
            }
            "path" => {
                let paths = [PathBuf::from(name)];
                self.extend(py.detach(|| read::files(&StdFiles, &paths, true, &options, &mut |_| {})));
            }
            "objects" => {
                let objects = given.cast::<PyList>()?;
                for (index, object) in objects.iter().enumerate() {
                    self.object(&object, &format!("{name}[{index}]"))?;
                }
            }
            other => return Err(PyTypeError::new_err(format!("no input is of kind {other}"))),
        }
        Ok(())
    }

    fn object(&mut self, given: &Bound<'_, PyAny>, name: &str) -> PyResult<()> {
        if let Ok(object) = given.cast::<Object>() {
            self.reading.objects.push(object.get().core.clone());
            return Ok(());
        }
        match walk::object(given, &SourceName::new(name))? {
            Ok(object) => self.extend(read::object(object)),
            Err(finding) => self.refused.push(*finding),
        }
        Ok(())
    }

    fn extend(&mut self, reading: Reading) {
        self.reading.append(reading);
    }
}
