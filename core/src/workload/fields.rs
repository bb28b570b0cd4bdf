//! The fields of a workload that decide about its pods, read with their places.

use super::WorkloadError;
use crate::object::{FieldPath, Object, Value};

/// Fields of one object. Absent and null are the same, as they are for the controllers.
pub(super) struct Fields<'a> {
    root: Value<'a>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(object: &'a Object) -> Self {
        Self { root: object.root() }
    }

    pub(super) fn root(&self) -> Value<'a> {
        self.root
    }

    /// A value, unless it is absent or null.
    pub(super) fn value(&self, path: &FieldPath) -> Option<Value<'a>> {
        self.root.at(path).filter(|value| !value.is_null())
    }

    /// A count that the API server would take: a 32-bit integer, not negative.
    pub(super) fn count(&self, path: &FieldPath) -> Result<Option<u32>, WorkloadError> {
        let Some(value) = self.value(path) else { return Ok(None) };
        let number = value.as_number().and_then(|number| number.as_json().parse::<i32>().ok());
        let number = number.ok_or_else(|| wrong(value, path, "a 32-bit integer"))?;
        match u32::try_from(number) {
            Ok(count) => Ok(Some(count)),
            Err(_) => Err(bad(value, path, "0 or more")),
        }
    }

    pub(super) fn text(&self, path: &FieldPath) -> Result<Option<&'a str>, WorkloadError> {
        let Some(value) = self.value(path) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| wrong(value, path, "a string"))
    }

    pub(super) fn flag(&self, path: &FieldPath) -> Result<bool, WorkloadError> {
        let Some(value) = self.value(path) else { return Ok(false) };
        value.as_bool().ok_or_else(|| wrong(value, path, "a boolean"))
    }

    /// A count, or a share of `total`, rounded up or down.
    pub(super) fn share(
        &self,
        path: &FieldPath,
        otherwise: &str,
        total: u32,
        up: bool,
    ) -> Result<u32, WorkloadError> {
        // upstream: apimachinery pkg/util/intstr/intstr.go (GetScaledValueFromIntOrPercent)
        let value = self.value(path);
        let text = match value {
            Some(value) if value.as_str().is_none() => return Ok(self.count(path)?.unwrap_or(0)),
            Some(value) => value.as_str().unwrap_or(otherwise),
            None => otherwise,
        };
        let percent = text.strip_suffix('%').and_then(|digits| digits.parse::<u32>().ok());
        let Some(percent) = percent else {
            let value = value.unwrap_or(self.root);
            return Err(bad(value, path, "a number, or a percentage such as `25%`"));
        };
        let scaled = u64::from(percent) * u64::from(total);
        let scaled = if up { scaled.div_ceil(100) } else { scaled / 100 };
        Ok(u32::try_from(scaled).unwrap_or(u32::MAX))
    }
}

pub(super) fn bad(value: Value<'_>, path: &FieldPath, expected: &'static str) -> WorkloadError {
    WorkloadError::BadValue { expected, location: Box::new(value.location(path.clone())) }
}

fn wrong(value: Value<'_>, path: &FieldPath, expected: &'static str) -> WorkloadError {
    WorkloadError::WrongType {
        expected,
        found: value.kind(),
        location: Box::new(value.location(path.clone())),
    }
}

/// A path that is written in the code.
pub(super) fn path(fields: &[&str]) -> FieldPath {
    fields.iter().fold(FieldPath::root(), FieldPath::field)
}
