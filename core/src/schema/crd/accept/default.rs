//! Defaults must fit the schema that they stand in.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/defaulting/validation.go

use super::super::node::{NodeId, Schema, is_meta_field};
use super::super::validate::{Fault, Validator};
use super::super::walk::{Mode, Nothing, Step, Steps, Walk};
use super::super::{embedded, text};
use super::{Problem, Report};
use crate::object::{Draft, FieldPath, MemoryBuilder, Value};

/// Adds what is wrong with the defaults of a schema. `value` is the schema as it is written.
pub(super) fn check(mut schema: Schema, value: Value<'_>, path: &str, report: &mut Report<'_>) {
    if !schema.has_defaults {
        return;
    }
    // The object itself is a resource like any other here.
    if let Some(root) = schema.nodes.first_mut() {
        root.embedded = true;
    }
    Defaults { schema: &schema, report }.node(Schema::ROOT, value, path, None);
}

struct Defaults<'r, 'a, 's> {
    schema: &'s Schema,
    report: &'r mut Report<'a>,
}

/// A place in the type or the metadata of a resource.
#[derive(Clone, Debug)]
struct InMetadata<'p> {
    resource: NodeId,
    steps: Vec<Step<'p>>,
}

impl InMetadata<'_> {
    /// A resource in which nothing else stands.
    fn around(&self, default: Value<'_>) -> Draft {
        let mut draft = Draft::of(default);
        for step in self.steps.iter().rev() {
            draft = match step {
                Step::Field(name) | Step::Key(name) => Draft::map([(*name, draft)]),
                Step::Index(_) => {
                    let mut list = Draft::Null;
                    list.as_list().push(draft);
                    list
                }
            };
        }
        for (name, text) in [("apiVersion", "validation/v1"), ("kind", "Validation")] {
            if draft.get(name).is_none() {
                draft.as_map().set(name, Draft::text(text));
            }
        }
        draft
    }
}

impl Defaults<'_, '_, '_> {
    /// The depth of the recursion is that of the schema. Below free keys there is no way to a default.
    fn node<'p>(&mut self, id: NodeId, value: Value<'p>, path: &str, inside: Option<&InMetadata<'p>>) {
        let schema = self.schema;
        let Some(node) = schema.node(id) else { return };
        let inside = inside.filter(|_| !node.embedded);
        if let Some(default) = value.get("default").filter(|default| !default.is_null()) {
            match inside {
                Some(inside) => self.default_of_metadata(id, default, path, inside),
                None => self.default(id, default, path),
            }
        }
        let below = |step: Step<'p>| {
            inside.map(|inside| {
                let mut below = inside.clone();
                below.steps.push(step);
                below
            })
        };
        if let (Some(items), Some(value)) = (node.items, value.get("items")) {
            self.node(items, value, &format!("{path}.items"), below(Step::Index(0)).as_ref());
        }
        for (name, value) in value.get("properties").into_iter().flat_map(|properties| properties.entries()) {
            let Some(property) = node.property(name) else { continue };
            let mut below = below(Step::Field(name));
            if node.embedded && is_meta_field(name) {
                below = Some(InMetadata { resource: id, steps: vec![Step::Field(name)] });
            }
            self.node(property, value, &format!("{path}.properties[{name}]"), below.as_ref());
        }
    }

    /// A default of metadata must make valid metadata.
    fn default_of_metadata(&mut self, id: NodeId, default: Value<'_>, path: &str, inside: &InMetadata<'_>) {
        let version = self.report.version;
        let origin = self.report.object.origin();
        let Some(resource) = inside.around(default).into_object(origin) else { return };
        let steps = Steps { prune: false, defaults: false, drop_status: false };
        let mut coerced = Walk::new(self.schema, steps, MemoryBuilder::new());
        coerced.value(resource.root(), Some(inside.resource), Mode::Keep);
        let mut texts = Vec::new();
        if let Some(refused) = coerced.refused {
            let found = resource.root().at(&refused.location.path);
            texts.push(format!("{}: {}", refused.location.path, self.refusal(found, &refused.message)));
        } else if let Some(coerced) = coerced.out.finish(origin.source.clone()) {
            let faults = embedded::check_at(coerced.root(), self.schema, inside.resource, version);
            texts.extend(faults.into_iter().map(|fault| fault.text));
        }
        let path = format!("{path}.default");
        texts.sort();
        texts.dedup();
        let all = match texts.as_slice() {
            [] => {
                let faults = Validator::new(self.schema, version).value(default, id);
                return self.faults(default, &path, faults);
            }
            [text] => text.clone(),
            _ => format!("[{}]", texts.join(", ")),
        };
        let shown = text::value(default, version);
        self.add(default, &path, &format!("Invalid value: {shown}: must result in valid metadata: {all}"));
    }

    fn default(&mut self, id: NodeId, default: Value<'_>, path: &str) {
        let path = format!("{path}.default");
        let version = self.report.version;
        let shown = text::value(default, version);
        let steps = Steps { prune: false, defaults: false, drop_status: false };
        let mut pruned = Walk::new(self.schema, steps, Nothing).standing_alone();
        pruned.value(default, Some(id), Mode::Prune);
        let has_unknown = pruned.prunes();
        let mut coerced = Walk::new(self.schema, steps, MemoryBuilder::new()).standing_alone();
        coerced.value(default, Some(id), Mode::Keep);
        if let Some(refused) = coerced.refused {
            self.unknown_fields(has_unknown, default, &path, &shown);
            let place = refused.location.path.to_string();
            let place = place.strip_prefix("default").unwrap_or(&place);
            let found = FieldPath::parse(place.trim_start_matches('.')).and_then(|place| default.at(&place));
            let body = self.refusal(found, &refused.message);
            self.add(default, &format!("{path}{place}"), &body);
            return;
        }
        let Some(coerced) = coerced.out.finish(self.report.object.origin().source.clone()) else { return };
        // Upstream prints the default as it is after its metadata was read.
        self.unknown_fields(has_unknown, default, &path, &text::value(coerced.root(), version));
        let embedded = embedded::check_at(coerced.root(), self.schema, id, version);
        if embedded.is_empty() {
            let faults = Validator::new(self.schema, version).value(coerced.root(), id);
            return self.faults(default, &path, faults);
        }
        for fault in embedded {
            let between = if fault.text.starts_with('[') { "" } else { "." };
            let location = default.location(FieldPath::root());
            let text = format!("{path}{between}{}", fault.text);
            self.report.problems.push(Problem { text, location, structural: false });
        }
    }

    /// Why the type or the metadata of a resource cannot be read; of metadata upstream says it in the words of Go.
    fn refusal(&self, found: Option<Value<'_>>, message: &str) -> String {
        let shown = found.map(|found| text::value(found, self.report.version)).unwrap_or_default();
        let detail = if message.ends_with("must be a string") { "must be a string" } else { message };
        format!("Invalid value: {shown}: {detail}")
    }

    fn unknown_fields(&mut self, are_there: bool, default: Value<'_>, path: &str, shown: &str) {
        if are_there {
            self.add(default, path, &format!("Invalid value: {shown}: must not have unknown fields"));
        }
    }

    /// Rules of the schema that a default breaks.
    fn faults(&mut self, default: Value<'_>, path: &str, faults: Vec<Fault>) {
        for Fault { text, .. } in faults {
            let text = match text.strip_prefix("<nil>") {
                Some(rest) => format!("{path}{rest}"),
                None => format!("{path}.{text}"),
            };
            let location = default.location(FieldPath::root());
            self.report.problems.push(Problem { text, location, structural: false });
        }
    }

    fn add(&mut self, at: Value<'_>, path: &str, body: &str) {
        let location = at.location(FieldPath::root());
        self.report.problems.push(Problem { text: format!("{path}: {body}"), location, structural: false });
    }
}
