//! Field paths, printed the way the API server prints them.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// A field of an object: `.spec`.
    Field(Arc<str>),
    /// An item of a list: `[0]`.
    Index(usize),
    /// A key of a map with free keys: `[app.kubernetes.io/name]`.
    Key(Arc<str>),
}

/// The way to a field, from the root of an object.
///
/// Prints as upstream's `field.Path` does.
///
/// ```
/// use kubelogic_core::object::FieldPath;
/// let path = FieldPath::root().field("spec").field("ingress").index(0).field("ports").index(1).field("port");
/// assert_eq!(path.to_string(), "spec.ingress[0].ports[1].port");
/// assert_eq!(FieldPath::root().field("data").key("a.b").to_string(), "data[a.b]");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath {
    steps: Vec<PathStep>,
}

impl FieldPath {
    /// The whole object.
    pub fn root() -> Self {
        Self::default()
    }

    /// Whether this is the whole object.
    pub fn is_root(&self) -> bool {
        self.steps.is_empty()
    }

    /// The path of a field below this one.
    #[must_use]
    pub fn field(mut self, name: impl AsRef<str>) -> Self {
        self.steps.push(PathStep::Field(Arc::from(name.as_ref())));
        self
    }

    /// The path of an item below this one.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.steps.push(PathStep::Index(index));
        self
    }

    /// The path of a key below this one, in a map with free keys.
    #[must_use]
    pub fn key(mut self, key: impl AsRef<str>) -> Self {
        self.steps.push(PathStep::Key(Arc::from(key.as_ref())));
        self
    }

    /// The steps in order.
    pub fn steps(&self) -> &[PathStep] {
        &self.steps
    }

    /// Reads a path in the form in which it is printed.
    ///
    /// A bracket that holds only digits is an index, any other is a key. Returns `None` for text that no
    /// path prints as.
    ///
    /// ```
    /// use kubelogic_core::object::FieldPath;
    /// let path = FieldPath::parse("spec.containers[0].image").unwrap();
    /// assert_eq!(path.steps().len(), 4);
    /// assert!(FieldPath::parse("spec..x").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut path = Self::root();
        let mut rest = text;
        let mut first = true;
        while !rest.is_empty() {
            if let Some(inside) = rest.strip_prefix('[') {
                let (step, after) = inside.split_once(']')?;
                path = match step.parse::<usize>() {
                    Ok(index) => path.index(index),
                    Err(_) => path.key(step),
                };
                rest = after;
            } else {
                let body = if first { rest } else { rest.strip_prefix('.')? };
                let end = body.find(['.', '[']).unwrap_or(body.len());
                let (name, after) = body.split_at_checked(end)?;
                if name.is_empty() {
                    return None;
                }
                path = path.field(name);
                rest = after;
            }
            first = false;
        }
        Some(path)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // upstream: apimachinery pkg/util/validation/field/path.go (Path.String)
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                PathStep::Field(name) if index == 0 => out.write_str(name)?,
                PathStep::Field(name) => write!(out, ".{name}")?,
                PathStep::Index(position) => write!(out, "[{position}]")?,
                PathStep::Key(key) => write!(out, "[{key}]")?,
            }
        }
        Ok(())
    }
}

/// As text, the way it prints.
impl Serialize for FieldPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
