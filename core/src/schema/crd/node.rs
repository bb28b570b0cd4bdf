//! A schema, compiled: every node of it in one list, each knowing its children by number.

use std::sync::Arc;

use super::format::Format;
use super::pattern::Pattern;
use crate::object::{Location, Object};

/// A node of a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NodeId(pub(super) u32);

/// What `additionalProperties` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Additional {
    /// `true`, which is not the same as saying nothing: what stands below is unknown.
    Allowed,
    /// `false`
    Forbidden,
    /// A schema for the values.
    Schema(NodeId),
}

/// `x-kubernetes-list-type`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListType {
    /// Items are replaced together.
    Atomic,
    /// Items differ from each other.
    Set,
    /// Items differ in their keys.
    Map,
}

/// The types that a value may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Types {
    /// None is named.
    #[default]
    Any,
    /// The one that `type` names.
    One(Box<str>),
    /// `x-kubernetes-int-or-string: true`
    IntOrString,
}

impl Types {
    pub(super) fn contains(&self, name: &str) -> bool {
        match self {
            Self::Any => false,
            Self::One(one) => **one == *name,
            Self::IntOrString => matches!(name, "integer" | "string"),
        }
    }

    /// As messages name them.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Any => "",
            Self::One(one) => one,
            Self::IntOrString => "integer,string",
        }
    }

    pub(super) fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

/// One node: structure, defaults and the rules for values.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) types: Types,
    pub(super) nullable: bool,
    pub(super) default: Option<Object>,
    pub(super) preserve: bool,
    pub(super) embedded: bool,
    pub(super) list_type: Option<ListType>,
    pub(super) list_keys: Vec<Box<str>>,
    /// In order of name.
    pub(super) properties: Vec<(Box<str>, NodeId)>,
    pub(super) additional: Option<Additional>,
    pub(super) items: Option<NodeId>,
    /// What most nodes do not have.
    pub(super) rules: Option<Box<Rules>>,
}

/// What a value must fulfil beyond its type.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    pub(super) format: Option<Format>,
    pub(super) maximum: Option<f64>,
    pub(super) exclusive_maximum: bool,
    pub(super) minimum: Option<f64>,
    pub(super) exclusive_minimum: bool,
    pub(super) multiple_of: Option<f64>,
    pub(super) max_length: Option<i64>,
    pub(super) min_length: Option<i64>,
    pub(super) pattern: Option<Pattern>,
    pub(super) max_items: Option<i64>,
    pub(super) min_items: Option<i64>,
    pub(super) unique_items: bool,
    pub(super) max_properties: Option<i64>,
    pub(super) min_properties: Option<i64>,
    pub(super) required: Vec<Box<str>>,
    /// The list of allowed values, as it stands in the definition.
    pub(super) allowed: Option<Object>,
    pub(super) all_of: Vec<NodeId>,
    pub(super) any_of: Vec<NodeId>,
    pub(super) one_of: Vec<NodeId>,
    pub(super) not: Option<NodeId>,
}

/// The rules of a node that has none.
static NO_RULES: Rules = Rules {
    format: None,
    maximum: None,
    exclusive_maximum: false,
    minimum: None,
    exclusive_minimum: false,
    multiple_of: None,
    max_length: None,
    min_length: None,
    pattern: None,
    max_items: None,
    min_items: None,
    unique_items: false,
    max_properties: None,
    min_properties: None,
    required: Vec::new(),
    allowed: None,
    all_of: Vec::new(),
    any_of: Vec::new(),
    one_of: Vec::new(),
    not: None,
};

/// A rule of a schema that is known and not evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unsupported {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) location: Location,
}

/// A compiled schema. Node 0 is its root.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema {
    pub(super) nodes: Vec<Node>,
    pub(super) unsupported: Arc<[Unsupported]>,
    /// Whether any node has a default.
    pub(super) has_defaults: bool,
    /// Whether any node may look into `metadata`.
    pub(super) names_metadata: bool,
}

impl Schema {
    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }
}

impl Node {
    pub(super) fn rules(&self) -> &Rules {
        self.rules.as_deref().unwrap_or(&NO_RULES)
    }

    /// The node of a property that is named.
    pub(super) fn property(&self, name: &str) -> Option<NodeId> {
        let found = self.properties.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        self.properties.get(found).map(|(_, id)| *id)
    }

    /// The schema of the values of unnamed properties, when there is one.
    pub(super) fn additional_schema(&self) -> Option<NodeId> {
        match self.additional {
            Some(Additional::Schema(id)) => Some(id),
            _ => None,
        }
    }
}

/// Fields that every resource has, and no schema has to name.
pub(super) fn is_meta_field(name: &str) -> bool {
    matches!(name, "apiVersion" | "kind" | "metadata")
}
