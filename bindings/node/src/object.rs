//! One object of a cluster.

use kubelogic::object::{FieldPath, Object};
use napi_derive::napi;

use crate::failure::{Class, Failure, json};

/// An object. Values cross one by one, as JSON.
#[napi]
#[derive(Debug)]
#[expect(unnameable_types, reason = "JavaScript names it")]
pub struct NativeObject {
    pub(crate) object: Object,
}

#[napi]
impl NativeObject {
    /// `apiVersion`.
    #[napi(getter, catch_unwind)]
    pub fn api_version(&self) -> &str {
        self.object.api_version()
    }

    /// `kind`.
    #[napi(getter, catch_unwind)]
    pub fn kind(&self) -> &str {
        self.object.kind()
    }

    /// `metadata.name`.
    #[napi(getter, catch_unwind)]
    pub fn name(&self) -> &str {
        self.object.name()
    }

    /// `metadata.namespace`.
    #[napi(getter, catch_unwind)]
    pub fn namespace(&self) -> &str {
        self.object.namespace()
    }

    /// The value at a path as JSON.
    #[napi(catch_unwind)]
    pub fn at(&self, path: String) -> napi::Result<Option<String>> {
        let path = field_path(&path)?;
        Ok(self.object.root().at(&path).map(kubelogic::read::write::to_json))
    }

    /// Where the value at a path is written, as JSON.
    #[napi(catch_unwind)]
    pub fn location(&self, path: String) -> napi::Result<Option<String>> {
        let path = field_path(&path)?;
        let value = self.object.root().at(&path);
        value.map(|value| json(&value.location(path.clone()))).transpose()
    }

    /// The whole object as JSON.
    #[napi(catch_unwind)]
    pub fn json(&self) -> String {
        kubelogic::read::write::to_json(self.object.root())
    }
}

fn field_path(text: &str) -> napi::Result<FieldPath> {
    FieldPath::parse(text).ok_or_else(|| {
        Failure::new("query/wrong-path", format!("`{text}` is no path"))
            .help("write it as `spec.containers[0].image` or `data[a.b]`")
            .throw(Class::QueryError)
    })
}
