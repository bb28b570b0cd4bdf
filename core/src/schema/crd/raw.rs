//! One node of a schema as a definition writes it: the fields that Kubernetes knows, with their types.

use crate::object::{Location, Value, ValueKind};

/// A field of the wrong type: the API server cannot read the definition at all.
#[derive(Clone, Debug)]
pub(super) struct Misread {
    pub(super) message: String,
    pub(super) value_at: Location,
}

/// The fields of a `JSONSchemaProps`; what is null counts as absent.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the schema of its own")]
pub(super) struct Raw<'a> {
    pub(super) kind: &'a str,
    pub(super) description: &'a str,
    pub(super) title: &'a str,
    pub(super) format: &'a str,
    pub(super) pattern: &'a str,
    pub(super) nullable: bool,
    pub(super) exclusive_maximum: bool,
    pub(super) exclusive_minimum: bool,
    pub(super) unique_items: bool,
    pub(super) embedded: bool,
    pub(super) int_or_string: bool,
    pub(super) preserve: Option<bool>,
    pub(super) maximum: Option<f64>,
    pub(super) minimum: Option<f64>,
    pub(super) multiple_of: Option<f64>,
    pub(super) max_length: Option<i64>,
    pub(super) min_length: Option<i64>,
    pub(super) max_items: Option<i64>,
    pub(super) min_items: Option<i64>,
    pub(super) max_properties: Option<i64>,
    pub(super) min_properties: Option<i64>,
    pub(super) list_type: Option<&'a str>,
    pub(super) map_type: Option<&'a str>,
    pub(super) list_keys: Vec<&'a str>,
    pub(super) required: Vec<&'a str>,
    pub(super) default: Option<Value<'a>>,
    pub(super) allowed: Option<Value<'a>>,
    pub(super) properties: Option<Value<'a>>,
    pub(super) additional: Option<Value<'a>>,
    pub(super) items: Option<Value<'a>>,
    pub(super) all_of: Option<Value<'a>>,
    pub(super) any_of: Option<Value<'a>>,
    pub(super) one_of: Option<Value<'a>>,
    pub(super) not: Option<Value<'a>>,
    pub(super) validations: Option<Value<'a>>,
    /// Whether it names documentation or an example, which only the comparison with a known pattern asks.
    pub(super) has_remarks: bool,
    /// The first field that no structural schema may have.
    pub(super) forbidden: Option<&'static str>,
}

/// Fields that structural schemas do not have, in upstream's order, as their error names them.
const FORBIDDEN: [(&str, &str); 7] = [
    ("id", "id"),
    ("$schema", "schema"),
    ("$ref", "$ref"),
    ("patternProperties", "patternProperties"),
    ("dependencies", "dependencies"),
    ("additionalItems", "additionalItems"),
    ("definitions", "definitions"),
];

impl<'a> Raw<'a> {
    pub(super) fn read(schema: Value<'a>) -> Result<Self, Misread> {
        let mut raw = Self::default();
        let mut forbidden = usize::MAX;
        for (key, value) in schema.entries() {
            if value.is_null() {
                continue;
            }
            match key {
                "type" => raw.kind = text(value)?,
                "description" => raw.description = text(value)?,
                "title" => raw.title = text(value)?,
                "format" => raw.format = text(value)?,
                "pattern" => raw.pattern = text(value)?,
                "nullable" => raw.nullable = truth(value)?,
                "exclusiveMaximum" => raw.exclusive_maximum = truth(value)?,
                "exclusiveMinimum" => raw.exclusive_minimum = truth(value)?,
                "uniqueItems" => raw.unique_items = truth(value)?,
                "x-kubernetes-embedded-resource" => raw.embedded = truth(value)?,
                "x-kubernetes-int-or-string" => raw.int_or_string = truth(value)?,
                "x-kubernetes-preserve-unknown-fields" => raw.preserve = Some(truth(value)?),
                "maximum" => raw.maximum = Some(float(value)?),
                "minimum" => raw.minimum = Some(float(value)?),
                "multipleOf" => raw.multiple_of = Some(float(value)?),
                "maxLength" => raw.max_length = Some(whole(value)?),
                "minLength" => raw.min_length = Some(whole(value)?),
                "maxItems" => raw.max_items = Some(whole(value)?),
                "minItems" => raw.min_items = Some(whole(value)?),
                "maxProperties" => raw.max_properties = Some(whole(value)?),
                "minProperties" => raw.min_properties = Some(whole(value)?),
                "x-kubernetes-list-type" => raw.list_type = Some(text(value)?),
                "x-kubernetes-map-type" => raw.map_type = Some(text(value)?),
                "x-kubernetes-list-map-keys" => raw.list_keys = texts(value)?,
                "required" => raw.required = texts(value)?,
                "default" => raw.default = Some(value),
                "enum" => raw.allowed = Some(kind(value, ValueKind::Sequence)?).filter(is_filled),
                "properties" => raw.properties = Some(kind(value, ValueKind::Mapping)?),
                "additionalProperties" if value.as_bool().is_some() => raw.additional = Some(value),
                "additionalProperties" => raw.additional = Some(kind(value, ValueKind::Mapping)?),
                "items" => raw.items = Some(value),
                "allOf" => raw.all_of = Some(kind(value, ValueKind::Sequence)?).filter(is_filled),
                "anyOf" => raw.any_of = Some(kind(value, ValueKind::Sequence)?).filter(is_filled),
                "oneOf" => raw.one_of = Some(kind(value, ValueKind::Sequence)?).filter(is_filled),
                "not" => raw.not = Some(kind(value, ValueKind::Mapping)?),
                "x-kubernetes-validations" => {
                    raw.validations = Some(kind(value, ValueKind::Sequence)?).filter(is_filled);
                }
                "example" | "externalDocs" => raw.has_remarks = true,
                _ => {
                    let place = FORBIDDEN.iter().position(|(field, _)| *field == key);
                    if let Some(place) = place
                        && (key == "additionalItems" || is_set(value))
                    {
                        forbidden = forbidden.min(place);
                    }
                }
            }
        }
        raw.forbidden = FORBIDDEN.get(forbidden).map(|(_, name)| *name);
        Ok(raw)
    }

    /// Whether nothing but the type is said: the form of the two alternatives of a number or a string.
    pub(super) fn is_only_type(&self, kind: &str) -> bool {
        let plain = self.description.is_empty()
            && self.title.is_empty()
            && self.format.is_empty()
            && self.pattern.is_empty()
            && !(self.nullable || self.exclusive_maximum || self.exclusive_minimum || self.unique_items)
            && !(self.embedded || self.int_or_string || self.has_remarks)
            && self.preserve.is_none();
        let numbers = self.maximum.is_none() && self.minimum.is_none() && self.multiple_of.is_none();
        let counts = [
            self.max_length,
            self.min_length,
            self.max_items,
            self.min_items,
            self.max_properties,
            self.min_properties,
        ];
        let children = [
            self.default,
            self.allowed,
            self.properties,
            self.additional,
            self.items,
            self.all_of,
            self.any_of,
            self.one_of,
            self.not,
            self.validations,
        ];
        self.kind == kind
            && plain
            && numbers
            && counts.iter().all(Option::is_none)
            && children.iter().all(Option::is_none)
            && self.list_type.is_none()
            && self.map_type.is_none()
            && self.list_keys.is_empty()
            && self.required.is_empty()
    }
}

fn is_filled(value: &Value<'_>) -> bool {
    value.items().next().is_some()
}

fn is_set(value: Value<'_>) -> bool {
    match value.kind() {
        ValueKind::String => value.as_str() != Some(""),
        _ => value.entries().next().is_some(),
    }
}

fn misread(value: Value<'_>, wanted: &str) -> Misread {
    let key = value.key().unwrap_or_default();
    Misread {
        message: format!("`{key}` must be {wanted}"),
        value_at: value.location(crate::object::FieldPath::root()),
    }
}

fn kind(value: Value<'_>, kind: ValueKind) -> Result<Value<'_>, Misread> {
    let wanted = if kind == ValueKind::Mapping { "an object" } else { "a list" };
    if value.kind() == kind { Ok(value) } else { Err(misread(value, wanted)) }
}

fn text(value: Value<'_>) -> Result<&str, Misread> {
    value.as_str().ok_or_else(|| misread(value, "a string"))
}

fn truth(value: Value<'_>) -> Result<bool, Misread> {
    value.as_bool().ok_or_else(|| misread(value, "true or false"))
}

fn float(value: Value<'_>) -> Result<f64, Misread> {
    let number = value.as_number().and_then(|number| number.as_f64()).filter(|number| number.is_finite());
    number.ok_or_else(|| misread(value, "a number"))
}

fn whole(value: Value<'_>) -> Result<i64, Misread> {
    value.as_i64().ok_or_else(|| misread(value, "a whole number"))
}

fn texts(value: Value<'_>) -> Result<Vec<&str>, Misread> {
    if value.kind() != ValueKind::Sequence {
        return Err(misread(value, "a list of strings"));
    }
    let one = |item: Value<'_>| item.is_null().then_some("");
    value
        .items()
        .map(|item| item.as_str().or_else(|| one(item)).ok_or_else(|| misread(value, "a list of strings")))
        .collect()
}
