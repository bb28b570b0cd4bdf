//! Objects as they were written: lossless, with the place of every value.

pub(crate) mod builder;
mod draft;
mod memory;
mod path;
mod serialize;
mod source;
pub(crate) mod tree;
mod typed;
mod value;

pub use draft::{Draft, DraftMap};
pub use memory::MemoryBuilder;
pub use path::{FieldPath, PathStep};
pub use serialize::SerializeError;
pub use source::{Location, Origin, Position, SourceName};
pub use tree::Span;
pub use typed::TypedError;
pub(crate) use value::Written;
pub use value::{Entries, Items, Number, Value, ValueKind};

use std::fmt;
use std::sync::Arc;

/// One Kubernetes object, or any other mapping that was read from a document.
///
/// Cloning is cheap: the data is shared and never changes.
#[derive(Clone)]
pub struct Object {
    tree: Arc<tree::Tree>,
}

impl Object {
    pub(crate) fn new(tree: tree::Tree) -> Option<Self> {
        (!tree.nodes.is_empty()).then(|| Self { tree: Arc::new(tree) })
    }

    /// The whole object as a value.
    pub fn root(&self) -> Value<'_> {
        match Value::root(&self.tree) {
            Some(value) => value,
            // INVARIANT: `new` refuses a tree without nodes.
            None => Value::empty(&self.tree),
        }
    }

    /// `apiVersion`, or the empty text when it is missing or no string.
    pub fn api_version(&self) -> &str {
        self.text_at(&["apiVersion"])
    }

    /// `kind`, or the empty text when it is missing or no string.
    pub fn kind(&self) -> &str {
        self.text_at(&["kind"])
    }

    /// `metadata.name`, or the empty text when it is missing or no string.
    pub fn name(&self) -> &str {
        self.text_at(&["metadata", "name"])
    }

    /// `metadata.namespace`, or the empty text when it is missing or no string.
    pub fn namespace(&self) -> &str {
        self.text_at(&["metadata", "namespace"])
    }

    /// Where the object was read.
    pub fn origin(&self) -> &Origin {
        &self.tree.origin
    }

    /// The text of the object as it was written; empty when it was not read from text.
    pub fn text(&self) -> &str {
        &self.tree.text
    }

    /// Bytes of memory that the object holds.
    pub fn memory(&self) -> usize {
        size_of::<tree::Tree>()
            + self.tree.text.len()
            + self.tree.extra.len()
            + self.tree.nodes.len() * size_of::<tree::Node>()
    }

    /// The data, copied when it is shared.
    pub(crate) fn into_tree(self) -> tree::Tree {
        Arc::unwrap_or_clone(self.tree)
    }

    /// The object with string fields set, as upstream sets the type of the items of a typed list.
    pub(crate) fn with_fields(self, fields: &[(&str, &str)]) -> Self {
        let tree = Arc::unwrap_or_clone(self.tree);
        Self { tree: Arc::new(builder::TreeBuilder::set_fields(tree, fields)) }
    }

    /// The object under the origin of another one that it was made from.
    fn at_origin(self, origin: Origin) -> Self {
        let tree = tree::Tree { origin, ..Arc::unwrap_or_clone(self.tree) };
        Self { tree: Arc::new(tree) }
    }

    fn text_at(&self, keys: &[&str]) -> &str {
        let found = keys.iter().try_fold(self.root(), |value, key| value.get(key));
        found.and_then(|value| value.as_str()).unwrap_or_default()
    }
}

impl fmt::Debug for Object {
    /// Kind, name and origin; never the contents, which may be secret.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Object")
            .field("apiVersion", &self.api_version())
            .field("kind", &self.kind())
            .field("namespace", &self.namespace())
            .field("name", &self.name())
            .field("origin", &self.tree.origin)
            .finish()
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.root() == other.root()
    }
}
