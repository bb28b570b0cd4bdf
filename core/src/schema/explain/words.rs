//! Types in kubectl's words.

use super::super::{Shape, Type};

/// How `kubectl explain` writes a type.
///
/// upstream: kubectl pkg/explain/v2/templates/plaintext.tmpl (typeGuess)
pub(super) fn type_word(value: Type<'_>) -> String {
    let mut front = String::new();
    let mut here = value;
    loop {
        here = match here.shape() {
            Shape::List { item } => {
                front.push_str("[]");
                item
            }
            Shape::Map { value } => {
                front.push_str("map[string]");
                value
            }
            end => return front + word(here, end),
        };
    }
}

fn word<'a>(value: Type<'a>, shape: Shape<'a>) -> &'a str {
    match shape {
        Shape::Struct(one) => own_name(one.name()),
        Shape::Any => "Object",
        Shape::Bool => "boolean",
        Shape::String | Shape::Bytes | Shape::BootstrapTokenString => "string",
        Shape::Integer { .. } => "integer",
        Shape::Float { .. } => "number",
        // The others are named definitions.
        _ => own_name(value.name()),
    }
}

/// `PodSpec` of `core/v1.PodSpec`. The objects in a custom resource have no names, only paths.
fn own_name(name: &str) -> &str {
    let (_, behind) = name.rsplit_once('/').unwrap_or(("", name));
    let (_, own) = behind.split_once('.').unwrap_or(("", behind));
    if own.contains('.') { "Object" } else { own }
}
