//! Compiles the schema of one version of a definition, and says what keeps it from being structural.

mod complete;
mod defaults;
mod structural;

use std::collections::HashMap;

use super::format::Format;
use super::node::{Additional, ListType, Node, NodeId, Rules, Schema, Types, Unsupported};
use super::pattern::Pattern;
use super::raw::{Misread, Raw};
use crate::object::{FieldPath, Location, MemoryBuilder, Object, Value, ValueKind};
use crate::read::write::to_canonical_json;
use crate::version::KubeVersion;

use structural::{Level, Trail};

/// Levels that a schema may have. Upstream has no limit; the deepest schemas in use have about thirty.
pub(super) const DEPTH_LIMIT: usize = 100;

/// What keeps a schema from being structural, as the API server words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) text: String,
    pub(super) location: Location,
}

/// Why a schema could not be compiled.
#[derive(Clone, Debug)]
pub(super) enum Unreadable {
    /// A field has the wrong type.
    Misread(Misread),
    /// It has more than [`DEPTH_LIMIT`] levels.
    TooDeep(Location),
}

impl From<Misread> for Unreadable {
    fn from(misread: Misread) -> Self {
        Self::Misread(misread)
    }
}

/// A schema, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Compiled {
    pub(super) schema: Schema,
    /// The same for everything but rules for values; empty when a field stands in it that no structure has.
    pub(super) structure: Option<Schema>,
    pub(super) flaws: Vec<Flaw>,
}

impl Compiled {
    /// What pruning, defaults and lists go by.
    pub(super) fn structure(&self) -> &Schema {
        self.structure.as_ref().unwrap_or(&self.schema)
    }
}

/// What a compiled schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Objects whose unknown fields go.
    Objects,
    /// Objects whose unknown fields stay whatever it says.
    PreservedObjects,
    /// Its own defaults, which upstream holds against the structure: every format counts there, also one that no
    /// server knows, and a number or a string is of no type.
    Defaults,
}

/// Compiles a schema. `path` is where upstream says that it stands, such as `spec.validation.openAPIV3Schema`.
pub(super) fn compile(
    schema: Value<'_>,
    path: &str,
    version: KubeVersion,
    purpose: Purpose,
) -> Result<Compiled, Unreadable> {
    let mut compiler = Compiler {
        version,
        purpose,
        nodes: Vec::new(),
        unsupported: Vec::new(),
        flaws: Vec::new(),
        fatal: None,
        has_defaults: false,
        patterns: HashMap::new(),
    };
    let trail = Trail::root(path);
    compiler.node(
        schema,
        &trail,
        Place { level: Level::Root, nested: false, skip_any_of: false, is_pattern: false, depth: 0 },
    )?;
    let Compiler { nodes, unsupported, mut flaws, fatal, has_defaults, .. } = compiler;
    let has_free_keys = nodes.first().is_some_and(|root| root.additional_schema().is_some());
    let names_metadata = has_free_keys || nodes.iter().any(|node| node.property("metadata").is_some());
    let mut schema = Schema { nodes, unsupported: unsupported.into(), has_defaults, names_metadata };
    let mut structure = None;
    if let Some((message, location)) = fatal {
        // upstream stops at the first of these
        structure = Some(Schema::default());
        flaws = vec![Flaw { text: format!("{path}: Invalid value: \"\": {message}"), location }];
    } else {
        complete::check(&schema, path, &mut flaws);
        flaws.sort_by(|one, two| one.text.cmp(&two.text));
        if purpose == Purpose::Objects {
            defaults::prune(&mut schema);
        }
    }
    Ok(Compiled { schema, structure, flaws })
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    level: Level,
    /// Below `allOf`, `anyOf`, `oneOf` or `not`.
    nested: bool,
    /// Its `anyOf` is that of a number or a string.
    skip_any_of: bool,
    /// It is one of the two alternatives of a number or a string.
    is_pattern: bool,
    depth: usize,
}

struct Compiler {
    version: KubeVersion,
    purpose: Purpose,
    nodes: Vec<Node>,
    unsupported: Vec<Unsupported>,
    flaws: Vec<Flaw>,
    /// A field that no schema may have.
    fatal: Option<(String, Location)>,
    has_defaults: bool,
    patterns: HashMap<Box<str>, Pattern>,
}

impl Compiler {
    fn node(&mut self, value: Value<'_>, trail: &Trail<'_>, place: Place) -> Result<NodeId, Unreadable> {
        if place.depth > DEPTH_LIMIT {
            return Err(Unreadable::TooDeep(value.location(FieldPath::root())));
        }
        // Boxed, so that a level of the recursion takes little of the stack.
        let raw = Box::new(Raw::read(value)?);
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node::default());
        self.refuse(&raw, value);
        let below = Place { depth: place.depth + 1, skip_any_of: false, is_pattern: false, ..place };
        let nested = Place { nested: true, ..below };
        let mut node = Box::new(self.structure(&raw));

        // upstream: NewStructural compiles the rules for values first
        let is_pattern = int_or_string(raw.any_of)?;
        let first_is_pattern = match raw.all_of.and_then(|all_of| all_of.items().next()) {
            Some(first) => int_or_string(Raw::read(first)?.any_of)?,
            None => false,
        };
        let not = match raw.not {
            Some(not) => Some(self.node(not, &trail.field("not"), nested)?),
            None => None,
        };
        let skip = if place.nested { place.skip_any_of } else { is_pattern };
        let all_of = self.list(raw.all_of, trail, "allOf", nested, first_is_pattern && !place.nested)?;
        // What stands in the pattern is known, and allowed although it names types.
        let any_of = self.list(raw.any_of, trail, "anyOf", Place { is_pattern: skip, ..nested }, false)?;
        let one_of = self.list(raw.one_of, trail, "oneOf", nested, false)?;
        self.preserve_is_true(&raw, value);

        if let Some(items) = raw.items {
            if items.items().next().is_some() {
                let message = "OpenAPIV3Schema 'items' must be a schema, but is an array";
                self.fatal(message.to_owned(), items);
            } else if items.kind() == ValueKind::Mapping {
                let level = if place.nested { place.level } else { Level::Item };
                node.items = Some(self.node(items, &trail.field("items"), Place { level, ..below })?);
            }
        }
        if let Some(properties) = raw.properties {
            let trail = trail.field("properties");
            for (name, property) in properties.entries() {
                let child = self.node(property, &trail.key(name), Place { level: Level::Field, ..below })?;
                node.properties.push((name.into(), child));
            }
            node.properties.sort_by(|one, two| one.0.cmp(&two.0));
        }
        node.additional = match raw.additional {
            None => None,
            // What upstream makes of the structure leaves it out.
            Some(_) if place.nested && self.purpose == Purpose::Defaults => None,
            Some(additional) => Some(match additional.as_bool() {
                Some(true) => Additional::Allowed,
                Some(false) => Additional::Forbidden,
                None => {
                    let place = Place { level: Level::Field, ..below };
                    Additional::Schema(self.node(additional, &trail.field("additionalProperties"), place)?)
                }
            }),
        };
        node.rules =
            self.rules(&raw, value, trail, Rules { all_of, any_of, one_of, not, ..Rules::default() });
        if place.is_pattern {
            // Nothing is wrong with it.
        } else if place.nested {
            structural::check_nested(&raw, value, trail, &mut self.flaws);
        } else {
            structural::check(&raw, value, trail, place.level, &mut self.flaws)?;
        }
        if let Some(slot) = self.nodes.get_mut(id.0 as usize) {
            *slot = *node;
        }
        Ok(id)
    }

    fn list(
        &mut self,
        list: Option<Value<'_>>,
        trail: &Trail<'_>,
        name: &'static str,
        place: Place,
        skip_first: bool,
    ) -> Result<Vec<NodeId>, Unreadable> {
        let trail = trail.field(name);
        let mut compiled = Vec::new();
        for (index, item) in list.into_iter().flat_map(|list| list.items()).enumerate() {
            let place = Place { skip_any_of: skip_first && index == 0, ..place };
            compiled.push(self.node(item, &trail.index(index), place)?);
        }
        Ok(compiled)
    }

    fn structure(&mut self, raw: &Raw<'_>) -> Node {
        let types = match raw.kind {
            _ if raw.int_or_string && self.purpose != Purpose::Defaults => Types::IntOrString,
            "" => Types::Any,
            one => Types::One(one.into()),
        };
        if let Some(validations) = raw.validations {
            let count = validations.items().count();
            self.unsupported.push(Unsupported {
                code: "crd/unsupported-rule",
                message: format!(
                    "`x-kubernetes-validations` is not evaluated ({count} {})",
                    if count == 1 { "rule" } else { "rules" }
                ),
                location: validations.location(FieldPath::root()),
            });
        }
        let default = raw.default.and_then(stored);
        self.has_defaults |= default.is_some();
        Node {
            types,
            nullable: raw.nullable,
            default,
            preserve: raw.preserve == Some(true),
            embedded: raw.embedded,
            list_type: match raw.list_type {
                Some("set") => Some(ListType::Set),
                Some("map") => Some(ListType::Map),
                Some(_) => Some(ListType::Atomic),
                None => None,
            },
            list_keys: raw.list_keys.iter().map(|key| (*key).into()).collect(),
            ..Node::default()
        }
    }

    /// The rules of a node behind those that are nodes themselves; nothing when there are none.
    fn rules(
        &mut self,
        raw: &Raw<'_>,
        value: Value<'_>,
        trail: &Trail<'_>,
        nested: Rules,
    ) -> Option<Box<Rules>> {
        let format = (!raw.format.is_empty())
            .then(|| match self.purpose {
                Purpose::Defaults => Some(Format::as_written(raw.format, self.version)),
                _ => Format::new(raw.format, raw.kind, raw.int_or_string, self.version),
            })
            .flatten();
        let pattern = self.pattern(raw.pattern);
        if pattern.as_ref().is_some_and(|pattern| !pattern.is_supported()) {
            let at = value.get("pattern").unwrap_or(value);
            self.unsupported.push(Unsupported {
                code: "crd/unsupported-pattern",
                message: format!("the pattern `{}` of `{}` cannot be evaluated", raw.pattern, trail.text()),
                location: at.location(FieldPath::root()),
            });
        }
        let rules = Rules {
            format,
            maximum: raw.maximum,
            exclusive_maximum: raw.exclusive_maximum,
            minimum: raw.minimum,
            exclusive_minimum: raw.exclusive_minimum,
            multiple_of: raw.multiple_of,
            max_length: raw.max_length,
            min_length: raw.min_length,
            pattern,
            max_items: raw.max_items,
            min_items: raw.min_items,
            unique_items: raw.unique_items,
            max_properties: raw.max_properties,
            min_properties: raw.min_properties,
            required: raw.required.iter().map(|name| (*name).into()).collect(),
            allowed: raw.allowed.and_then(|allowed| match self.purpose {
                Purpose::Defaults => as_written(allowed),
                _ => stored(allowed),
            }),
            ..nested
        };
        has_rules(&rules).then(|| Box::new(rules))
    }

    /// Definitions repeat a few patterns many times: each is compiled once.
    fn pattern(&mut self, written: &str) -> Option<Pattern> {
        if written.is_empty() {
            return None;
        }
        if let Some(known) = self.patterns.get(written) {
            return Some(known.clone());
        }
        let pattern = Pattern::new(written);
        self.patterns.insert(written.into(), pattern.clone());
        Some(pattern)
    }

    /// upstream: validateUnsupportedFields
    fn refuse(&mut self, raw: &Raw<'_>, value: Value<'_>) {
        if let Some(field) = raw.forbidden {
            self.fatal(format!("OpenAPIV3Schema '{field}' is not supported"), value);
        }
    }

    fn preserve_is_true(&mut self, raw: &Raw<'_>, value: Value<'_>) {
        if raw.preserve == Some(false) {
            let message = "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
            self.fatal(message.to_owned(), value);
        }
    }

    fn fatal(&mut self, message: String, value: Value<'_>) {
        if self.fatal.is_none() {
            self.fatal = Some((message, value.location(FieldPath::root())));
        }
    }
}

/// A value as the API server has it once it has stored the definition: `1.0` has become `1`.
fn stored(value: Value<'_>) -> Option<Object> {
    let mut builder = MemoryBuilder::new();
    store(value, &mut builder);
    builder.finish(value.tree().origin.source.clone())
}

/// A value as it is before the definition is stored.
fn as_written(value: Value<'_>) -> Option<Object> {
    let mut builder = MemoryBuilder::new();
    super::walk::copy(value, &mut builder);
    builder.finish(value.tree().origin.source.clone())
}

/// The depth of the recursion is that of the document, which the readers cap.
fn store(value: Value<'_>, out: &mut MemoryBuilder) {
    match value.kind() {
        ValueKind::Mapping => {
            out.open_mapping();
            for (key, value) in value.entries() {
                out.key(key);
                store(value, out);
            }
            out.close();
        }
        ValueKind::Sequence => {
            out.open_sequence();
            value.items().for_each(|item| store(item, out));
            out.close();
        }
        ValueKind::Number => out.number(&to_canonical_json(value)),
        _ => super::walk::copy(value, out),
    }
}

/// Whether an `anyOf` allows a number or a string, and says nothing else.
fn int_or_string(any_of: Option<Value<'_>>) -> Result<bool, Misread> {
    let Some(any_of) = any_of else { return Ok(false) };
    let mut items = any_of.items();
    let (Some(one), Some(two), None) = (items.next(), items.next(), items.next()) else { return Ok(false) };
    Ok(Raw::read(one)?.is_only_type("integer") && Raw::read(two)?.is_only_type("string"))
}

fn has_rules(rules: &Rules) -> bool {
    rules.format.is_some()
        || rules.maximum.is_some()
        || rules.minimum.is_some()
        || rules.multiple_of.is_some()
        || rules.max_length.is_some()
        || rules.min_length.is_some()
        || rules.pattern.is_some()
        || rules.max_items.is_some()
        || rules.min_items.is_some()
        || rules.unique_items
        || rules.max_properties.is_some()
        || rules.min_properties.is_some()
        || !rules.required.is_empty()
        || rules.allowed.is_some()
        || !rules.all_of.is_empty()
        || !rules.any_of.is_empty()
        || !rules.one_of.is_empty()
        || rules.not.is_some()
}
