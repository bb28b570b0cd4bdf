//! Resolved scalars as values and keys of the tree.
//!
//! upstream: sigs.k8s.io/yaml yaml.go (`convertToJSONableObject`)

use super::resolve::Resolved;
use super::token::{Piece, Style};
use crate::object::Span;
use crate::object::builder::Text;
use crate::read::assemble::{Assembler, KeyForm};
use crate::read::number::{go_json_float, go_short_float};
use crate::read::suspects::Suspect;

/// The text of a scalar as the tree takes it; `span` is its place, quotes included.
pub(super) fn tree_text<'b>(
    out: &Assembler<'_, '_>,
    scratch: &'b str,
    style: Style,
    piece: Piece,
    span: Span,
) -> Text<'b> {
    match piece {
        Piece::Scratch { start, len } => {
            let range = start as usize..start as usize + len as usize;
            Text::Decoded(scratch.get(range).unwrap_or_default(), span)
        }
        Piece::Source { start, len } => {
            let inside = out.span(start, start + len);
            if style == Style::Quoted { Text::Quoted(inside) } else { Text::Verbatim(inside) }
        }
    }
}

/// Adds a scalar as the value that comes next.
pub(super) fn add(out: &mut Assembler<'_, '_>, resolved: &Resolved, text: Text<'_>, span: Span, at: u32) {
    match resolved {
        Resolved::Text => {
            out.builder.string(text);
        }
        Resolved::Null => {
            out.builder.null(span);
        }
        Resolved::Bool(value) => {
            out.builder.bool(*value, span);
        }
        Resolved::Int(value) => {
            if let Text::Verbatim(inside) = text
                && out.is_canonical_integer(inside)
            {
                out.builder.number(text, false);
            } else {
                out.builder.number(Text::Decoded(&value.to_string(), span), false);
            }
        }
        Resolved::Unsigned(value) => {
            out.builder.number(Text::Decoded(&value.to_string(), span), false);
        }
        Resolved::Float(value) => {
            let node = out.builder.number(Text::Decoded(&go_json_float(*value), span), false);
            if !value.is_finite() {
                out.suspect(node, Suspect::Float, at);
            }
        }
        Resolved::Binary(value) => {
            out.builder.string(Text::Decoded(value, span));
        }
    }
}

/// Adds a scalar as the key of the value that comes next.
pub(super) fn add_key(out: &mut Assembler<'_, '_>, resolved: &Resolved, text: Text<'_>, span: Span, at: u32) {
    let decoded = |out: &mut Assembler<'_, '_>, value: &str, form: KeyForm| {
        out.key(Text::Decoded(value, span), form, at);
    };
    match resolved {
        Resolved::Text => out.key(text, KeyForm::Text, at),
        Resolved::Binary(value) => decoded(out, value, KeyForm::Text),
        Resolved::Bool(value) => decoded(out, if *value { "true" } else { "false" }, KeyForm::Bool),
        Resolved::Int(value) => {
            if let Text::Verbatim(inside) = text
                && out.is_canonical_integer(inside)
            {
                out.key(text, KeyForm::Int, at);
            } else {
                decoded(out, &value.to_string(), KeyForm::Int);
            }
        }
        Resolved::Float(value) => {
            decoded(out, &go_short_float(*value), KeyForm::Float(value.to_bits()));
        }
        // No JSON object has such keys; they are harmless only when the mapping itself is replaced.
        Resolved::Null => {
            out.suspect(out.builder.next_id(), Suspect::NullKey, at);
            decoded(out, "\0null", KeyForm::Null);
        }
        Resolved::Unsigned(value) => {
            out.suspect(out.builder.next_id(), Suspect::HugeKey, at);
            decoded(out, &format!("\0{value}"), KeyForm::Int);
        }
    }
}

/// The text of a scalar, decoded.
pub(super) fn piece_text<'b>(source: &'b str, scratch: &'b str, piece: Piece) -> &'b str {
    let (buffer, start, len) = match piece {
        Piece::Source { start, len } => (source, start, len),
        Piece::Scratch { start, len } => (scratch, start, len),
    };
    buffer.get(start as usize..start as usize + len as usize).unwrap_or_default()
}
