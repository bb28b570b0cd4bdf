//! A field that tells absent, null and present apart.

use super::{Decode, Decoder};
use crate::object::Value;

/// A field whose absence means something else than `null` or an empty value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there with `null`, or with nothing behind it.
    Null,
    /// The key has a value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, if there is one: absent and `null` are the same, as in the API server's own types.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the key is there at all.
    pub fn is_present(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

impl<T: Decode> Decode for Field<T> {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        if value.is_null() { Self::Null } else { Self::Value(T::decode(value, decoder)) }
    }
}

/// Absent and `null` are the same, as with a Go pointer.
impl<T: Decode> Decode for Option<T> {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        (!value.is_null()).then(|| T::decode(value, decoder))
    }
}
