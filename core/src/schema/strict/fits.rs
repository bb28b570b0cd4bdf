//! The quick look: whether nothing at all is wrong. Most objects are fine, and nothing is allocated for them.

use super::scalar;
use crate::object::{Value, ValueKind};
use crate::schema::{Shape, Struct, Type};

/// Values are followed so deep; a deeper one gets the thorough look.
const DEPTH: usize = 128;

/// Whether a value fits a type and nothing is to be complained about. `false` means that the thorough look decides.
pub(super) fn fits(value: Value<'_>, value_type: Type<'_>) -> bool {
    value_fits(value, value_type.shape(), false, false, DEPTH)
}

fn value_fits(value: Value<'_>, shape: Shape<'_>, pointer: bool, own: bool, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match (shape, value.kind()) {
        (Shape::Struct(target), ValueKind::Mapping) => struct_fits(value, target, own, depth),
        (Shape::Map { value: inner }, ValueKind::Mapping) => {
            let shape = inner.shape();
            value.written().all(|child| !child.is_replaced() && value_fits(child, shape, false, own, depth))
        }
        (Shape::List { item }, ValueKind::Sequence) => {
            let shape = item.shape();
            value.written().all(|child| value_fits(child, shape, false, own, depth))
        }
        (Shape::Any, ValueKind::Mapping | ValueKind::Sequence) => value
            .written()
            .all(|child| !child.is_replaced() && value_fits(child, Shape::Any, false, own, depth)),
        (
            Shape::JsonSchemaPropsOrBool { schema }
            | Shape::JsonSchemaPropsOrArray { schema }
            | Shape::JsonSchemaPropsOrStringArray { schema },
            ValueKind::Mapping,
        ) => struct_fits(value, schema, true, depth),
        // A list of numbers for bytes, and lists in a schema's place, are rare: let the other one look at them.
        (
            Shape::Bytes | Shape::JsonSchemaPropsOrArray { .. } | Shape::JsonSchemaPropsOrStringArray { .. },
            ValueKind::Sequence,
        ) => false,
        // Keys that are there twice below a raw value nobody sees in JSON, but in YAML.
        (
            Shape::RawExtension | Shape::Unknown | Shape::Json | Shape::Fields,
            ValueKind::Mapping | ValueKind::Sequence,
        ) => !value.has_replaced(),
        (shape, _) => scalar::misfit(value, shape, pointer).is_none(),
    }
}

fn struct_fits(value: Value<'_>, target: Struct<'_>, own: bool, depth: usize) -> bool {
    value.written().all(|child| {
        if child.is_replaced() {
            return false;
        }
        match target.field(child.key_or_empty()) {
            Some(field) => value_fits(child, field.value_type().shape(), field.is_pointer(), own, depth),
            // Below a type that decodes itself nobody asks for unknown fields, but YAML's keys are looked at.
            None => own && !child.has_replaced(),
        }
    })
}
