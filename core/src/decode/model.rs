//! The macro that writes models, and the trait that it implements.

use super::Decoder;
use crate::object::Value;

/// A type that can be read from a value.
///
/// `Default` is what an absent field has. Implementations report problems to the decoder and return what
/// could be read.
pub trait Decode: Default {
    /// Reads a value that is there.
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self;
}

/// A field that is known but of no interest here: it is accepted whatever it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ignored;

impl Decode for Ignored {
    fn decode(_: Value<'_>, _: &mut Decoder) -> Self {
        Self
    }
}

/// Declares models: structs that are read from values field by field.
///
/// Each field names its key in the object. Fields that are known but not kept are listed after `ignore`.
/// See [`crate::decode`] for an example.
#[macro_export]
macro_rules! model {
    ($(
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident {
            $(
                $(#[$field_attribute:meta])*
                $field_visibility:vis $field:ident: $type:ty = $key:literal
            ),* $(,)?
            $(; ignore $($ignored:literal),* $(,)?)?
        }
    )*) => {
        $(
            $(#[$attribute])*
            #[derive(Clone, Debug, Default, PartialEq, Eq)]
            $visibility struct $name {
                $($(#[$field_attribute])* $field_visibility $field: $type,)*
            }

            impl $crate::decode::Decode for $name {
                fn decode(value: $crate::object::Value<'_>, decoder: &mut $crate::decode::Decoder) -> Self {
                    const KNOWN: &[&str] = &[$($key,)* $($($ignored,)*)?];
                    let mut model = Self::default();
                    if !decoder.expect_mapping(value) {
                        return model;
                    }
                    for (key, value) in value.entries() {
                        match key {
                            $($key => model.$field = decoder.field($key, value),)*
                            $($($ignored => {})*)?
                            _ => decoder.unknown_field(key, value, KNOWN),
                        }
                    }
                    model
                }
            }
        )*
    };
}
