//! Values against the rules of a schema, with the API server's texts.
//!
//! upstream: kube-openapi pkg/validation/validate, through apiextensions-apiserver pkg/apiserver/validation

mod alternatives;
mod number;
mod object;
mod scalar;

use std::fmt::Write as _;

use super::node::{Node, NodeId, Schema, Types};
use super::text::{self, Number};
use super::walk::Step;
use crate::field::FieldError;
use crate::object::{FieldPath, Object, Value, ValueKind};
use crate::quote::quoted;
use crate::version::KubeVersion;

/// A rule that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// What upstream compares to find out whether it has said the same before.
    pub(super) message: String,
    /// The whole text: field, kind of error, value and detail.
    pub(super) text: String,
    /// The value.
    pub(super) path: FieldPath,
}

impl From<FieldError> for Fault {
    fn from(error: FieldError) -> Self {
        let text = error.to_string();
        Self { message: text.clone(), text, path: error.path }
    }
}

/// What the rules of a node say of a value. The number of rules that were looked at decides which of several
/// failed alternatives upstream reports.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) faults: Vec<Fault>,
    pub(super) matches: usize,
}

impl Outcome {
    fn ok(matches: usize) -> Self {
        Self { faults: Vec::new(), matches }
    }

    fn fault(fault: Fault) -> Self {
        Self { faults: vec![fault], matches: 0 }
    }

    fn is_valid(&self) -> bool {
        self.faults.is_empty()
    }

    fn add(&mut self, fault: Fault) {
        if !self.faults.iter().any(|known| known.message == fault.message) {
            self.faults.push(fault);
        }
    }

    fn merge(&mut self, other: Self) {
        self.matches += other.matches;
        for fault in other.faults {
            self.add(fault);
        }
    }
}

/// A value whose format takes more than this library knows.
#[derive(Clone, Debug)]
pub(super) struct Undecided {
    pub(super) format: String,
    pub(super) path: FieldPath,
}

/// Looks at one object.
pub(super) struct Validator<'v> {
    schema: &'v Schema,
    version: KubeVersion,
    path: Vec<Step<'v>>,
    pub(super) undecided: Vec<Undecided>,
}

impl<'v> Validator<'v> {
    pub(super) fn new(schema: &'v Schema, version: KubeVersion) -> Self {
        Self { schema, version, path: Vec::new(), undecided: Vec::new() }
    }

    /// Every rule that an object breaks, in the order in which it is written.
    pub(super) fn object(&mut self, object: &'v Object) -> Vec<Fault> {
        if self.schema.nodes.is_empty() {
            return Vec::new();
        }
        self.node(object.root(), Schema::ROOT).faults
    }

    /// Every rule of a node that a value breaks.
    pub(super) fn value(&mut self, value: Value<'v>, id: NodeId) -> Vec<Fault> {
        self.node(value, id).faults
    }

    /// The depth of the recursion is that of the schema.
    fn node(&mut self, value: Value<'v>, id: NodeId) -> Outcome {
        let Some(node) = self.schema.node(id) else { return Outcome::default() };
        let mut outcome = Outcome::default();
        let has_type_rule = !node.types.is_any() || node.rules().format.is_some();
        if value.is_null() {
            outcome.merge(self.type_of_null(node));
            outcome.merge(self.allowed(value, node));
            return outcome;
        }
        if has_type_rule {
            outcome.merge(self.type_of(value, node));
            outcome.matches += 1;
        }
        outcome.merge(self.alternatives(value, node));
        outcome.matches += 1;
        match value.kind() {
            ValueKind::String => {
                outcome.merge(self.string(value, node));
                outcome.matches += 1;
                if let Some(outcome_of_format) = self.format(value, node) {
                    outcome.merge(outcome_of_format);
                    outcome.matches += 1;
                }
            }
            ValueKind::Number => {
                outcome.merge(self.number(value, node));
                outcome.matches += 1;
            }
            ValueKind::Sequence => {
                outcome.merge(self.sequence(value, node));
                outcome.matches += 1;
            }
            _ => {}
        }
        outcome.merge(self.allowed(value, node));
        outcome.matches += 1;
        if value.kind() == ValueKind::Mapping {
            outcome.merge(self.mapping(value, node));
            outcome.matches += 1;
        }
        outcome.matches += 1;
        outcome
    }

    fn type_of_null(&self, node: &Node) -> Outcome {
        let types = &node.types;
        if types.is_any() || types.contains("null") || node.nullable {
            return Outcome::ok(1);
        }
        Outcome::fault(self.wrong_type(types.text(), "null"))
    }

    fn type_of(&self, value: Value<'v>, node: &Node) -> Outcome {
        let types = &node.types;
        let format = node.rules().format.as_ref().map_or("", |format| format.name());
        let number = Number::of(value);
        let (found, found_format) = match (value.kind(), number) {
            (ValueKind::Bool, _) => ("boolean", ""),
            (ValueKind::String, _) => ("string", ""),
            (ValueKind::Number, Some(Number::Int(_))) => ("integer", "int64"),
            (ValueKind::Number, _) => ("number", "float64"),
            (ValueKind::Sequence, _) => ("array", ""),
            _ => ("object", ""),
        };
        let whole = matches!(number, Some(Number::Float(float)) if number::is_whole(float));
        let fits = types.contains(found)
            || (found == "number" && whole && types.contains("integer"))
            || (found == "integer" && types.contains("number"));
        let is_plain = matches!(value.kind(), ValueKind::String | ValueKind::Sequence);
        if !is_plain && !format.is_empty() && !fits && found_format != format {
            return Outcome::fault(self.wrong_type(format, found_format));
        }
        if is_plain && !format.is_empty() && !types.contains("number") && !types.contains("integer") {
            return Outcome::ok(1);
        }
        if fits { Outcome::ok(1) } else { Outcome::fault(self.wrong_type(types.text(), found)) }
    }

    fn wrong_type(&self, wanted: &str, found: &str) -> Fault {
        let message = format!("{} in body must be of type {wanted}: {}", self.path_text(), quoted(found));
        let body = format!("Invalid value: {}: {message}", quoted(found));
        self.fault(message, &body)
    }

    /// upstream: basicCommonValidator, which converts the value to the type of each allowed one
    fn allowed(&self, value: Value<'v>, node: &Node) -> Outcome {
        let Some(allowed) = &node.rules().allowed else { return Outcome::default() };
        if allowed.root().items().any(|allowed| is_allowed(value, allowed)) {
            return Outcome::default();
        }
        let names: Vec<String> = allowed.root().items().map(name_of_allowed).collect();
        let list: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let detail = format!("supported values: {}", list.join(", "));
        let body = format!("Unsupported value: {}: {detail}", text::value(value, self.version));
        let message = format!("{} in body should be one of [{}]", self.path_text(), names.join(" "));
        Outcome::fault(self.fault(message, &body))
    }

    /// An error about the value that the walk has reached.
    fn fault(&self, message: String, body: &str) -> Fault {
        let path = self.path_text();
        let field = path.strip_prefix('.').unwrap_or(&path);
        let field = if path.is_empty() || path == "." { "<nil>" } else { field };
        Fault { text: format!("{field}: {body}"), message, path: self.location() }
    }

    /// An error that upstream reports without a field.
    fn fault_without_field(&self, message: String) -> Fault {
        Fault { text: format!("<nil>: Invalid value: \"\": {message}"), message, path: self.location() }
    }

    /// The path as upstream's validator puts it together: what stands under a free key always gets its dot.
    fn path_text(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Field(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(name);
                }
                Step::Key(key) => {
                    text.push('.');
                    text.push_str(key);
                }
                Step::Index(index) => {
                    let _ = write!(text, "[{index}]");
                }
            }
        }
        text
    }

    fn location(&self) -> FieldPath {
        self.path.iter().fold(FieldPath::root(), |path, step| match step {
            Step::Field(name) => path.field(name),
            Step::Key(key) => path.key(key),
            Step::Index(index) => path.index(*index),
        })
    }
}

fn is_allowed(value: Value<'_>, allowed: Value<'_>) -> bool {
    match (Number::of(value), allowed.kind()) {
        // Go turns a whole number into the character of that number.
        (Some(Number::Int(int)), ValueKind::String) => {
            let letter = u32::try_from(int).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
            allowed.as_str().is_some_and(|text| text.chars().eq([letter]))
        }
        (Some(number), ValueKind::Number) => match (number, Number::of(allowed)) {
            (Number::Int(int), Some(Number::Int(allowed))) => int == allowed,
            #[expect(clippy::float_cmp, reason = "upstream compares exactly")]
            (number, Some(Number::Float(allowed))) => number.as_float() == allowed,
            // Upstream cuts the fraction off.
            (Number::Float(float), Some(Number::Int(allowed))) => number::truncated(float) == allowed,
            (_, None) => false,
        },
        _ => !value.is_null() && text::equal(value, allowed),
    }
}

fn name_of_allowed(allowed: Value<'_>) -> String {
    match allowed.as_str() {
        Some(text) => text.to_owned(),
        None => crate::read::write::to_canonical_json(allowed),
    }
}

/// Whether the type is one of numbers only.
fn single_type(types: &Types) -> &str {
    match types {
        Types::One(one) => one,
        _ => "",
    }
}
