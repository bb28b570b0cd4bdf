//! Where in a file a word of a line stands.

use kubelogic_core::object::{FieldPath, Location, Object, Value};

/// A line as it is written, with its place.
pub(super) struct Written<'a> {
    /// The section that it stands in.
    pub(super) section: &'static str,
    /// The text.
    pub(super) text: &'a str,
    object: &'a Object,
    value: Value<'a>,
    path: FieldPath,
}

impl<'a> Written<'a> {
    /// A line that is a string of an object.
    pub(super) fn new(
        section: &'static str,
        object: &'a Object,
        value: Value<'a>,
        path: FieldPath,
    ) -> Option<Self> {
        let text = value.as_str()?;
        Some(Self { section, text, object, value, path })
    }

    /// The place of a byte of the text.
    ///
    /// In a text that is written with escapes or over several lines, every byte is where the text begins.
    pub(super) fn location(&self, offset: usize) -> Location {
        let mut location = self.value.location(self.path.clone());
        let literal = self.value.span().and_then(|span| {
            let start = usize::try_from(span.start).ok()?;
            let len = usize::try_from(span.len).ok()?;
            self.object.text().get(start..start.checked_add(len)?)
        });
        let inside = literal.and_then(|literal| shift(literal, self.text));
        if let (Some(position), Some(shift)) = (location.position, inside) {
            // INVARIANT: the literal holds the text as it is, so that both have the same line breaks: none.
            location.position = literal.map(|literal| position.advanced(literal, shift + offset));
        }
        location
    }
}

/// How many bytes of a literal stand before its text; nothing when the text does not stand in it as it is.
fn shift(literal: &str, text: &str) -> Option<usize> {
    if text.contains('\n') {
        return None;
    }
    if literal == text {
        return Some(0);
    }
    let inner = literal.get(1..literal.len().checked_sub(1)?)?;
    (inner == text && literal.starts_with(['"', '\''])).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::shift;

    #[test]
    fn a_text_is_found_in_its_literal() {
        assert_eq!(shift("user:ann can", "user:ann can"), Some(0));
        assert_eq!(shift("'user:ann can'", "user:ann can"), Some(1));
        assert_eq!(shift("\"user:ann can\"", "user:ann can"), Some(1));
        assert_eq!(shift("\"user:\\u0061nn\"", "user:ann"), None);
        assert_eq!(shift("'it''s'", "it's"), None);
        assert_eq!(shift("", "x"), None);
    }
}
