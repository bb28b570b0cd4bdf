//! An [`Object`] as any serde `Deserialize` type.

use std::fmt::Display;

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};

use super::value::{Entries, Items, Value, ValueKind};
use super::{FieldPath, Location, Object};

/// An object does not fit a Rust type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the object does not fit the type: {message}")]
pub struct TypedError {
    message: String,
    location: Option<Box<Location>>,
}

impl TypedError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "object/wrong-type"
    }

    /// Where the value stands that does not fit.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_deref()
    }

    fn located(mut self, value: Value<'_>) -> Self {
        if self.location.is_none() {
            self.location = Some(Box::new(value.location(FieldPath::root())));
        }
        self
    }
}

impl de::Error for TypedError {
    fn custom<T: Display>(message: T) -> Self {
        Self { message: message.to_string(), location: None }
    }
}

impl Object {
    /// Reads the object as a Rust type, such as one of `k8s-openapi` or `serde_json::Value`.
    ///
    /// # Errors
    /// When the data does not fit the type.
    ///
    /// ```
    /// use kubelogic_core::object::Object;
    /// let object = Object::from_serialize(&serde_json::json!({"kind": "Pod"})).unwrap();
    /// let value: serde_json::Value = object.to_typed().unwrap();
    /// assert_eq!(value["kind"], "Pod");
    /// ```
    pub fn to_typed<T: DeserializeOwned>(&self) -> Result<T, TypedError> {
        self.root().to_typed()
    }
}

impl Value<'_> {
    /// Reads the value as a Rust type.
    ///
    /// # Errors
    /// When the data does not fit the type.
    pub fn to_typed<T: DeserializeOwned>(&self) -> Result<T, TypedError> {
        T::deserialize(Reader(*self)).map_err(|error| error.located(*self))
    }
}

struct Reader<'de>(Value<'de>);

impl<'de> Reader<'de> {
    fn number<V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, TypedError> {
        let number = self.0.as_number();
        let text = number.map(|number| number.as_json()).unwrap_or_default();
        let result = if let Ok(value) = text.parse::<i64>() {
            visitor.visit_i64(value)
        } else if let Ok(value) = text.parse::<u64>() {
            visitor.visit_u64(value)
        } else if let Ok(value) = text.parse::<f64>() {
            visitor.visit_f64(value)
        } else {
            Err(de::Error::custom("a number has no value"))
        };
        result.map_err(|error: TypedError| error.located(self.0))
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = TypedError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypedError> {
        let value = self.0;
        let result = match value.kind() {
            ValueKind::Null => visitor.visit_unit(),
            ValueKind::Bool => visitor.visit_bool(value.as_bool().unwrap_or_default()),
            ValueKind::Number => self.number(visitor),
            ValueKind::String => visitor.visit_borrowed_str(value.as_str().unwrap_or_default()),
            ValueKind::Sequence => visitor.visit_seq(Sequence(value.items())),
            ValueKind::Mapping => visitor.visit_map(Mapping { entries: value.entries(), value: None }),
        };
        result.map_err(|error: TypedError| error.located(value))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypedError> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, TypedError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypedError> {
        let value = self.0;
        match value.kind() {
            ValueKind::String => visitor.visit_enum(value.as_str().unwrap_or_default().into_deserializer()),
            ValueKind::Mapping => {
                let entries = Mapping { entries: value.entries(), value: None };
                visitor.visit_enum(de::value::MapAccessDeserializer::new(entries))
            }
            _ => Err(de::Error::invalid_type(de::Unexpected::Other(value.kind().name()), &"a variant")),
        }
        .map_err(|error: TypedError| error.located(value))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Sequence<'de>(Items<'de>);

impl<'de> de::SeqAccess<'de> for Sequence<'de> {
    type Error = TypedError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TypedError> {
        self.0.next().map(|value| seed.deserialize(Reader(value))).transpose()
    }
}

struct Mapping<'de> {
    entries: Entries<'de>,
    value: Option<Value<'de>>,
}

impl<'de> de::MapAccess<'de> for Mapping<'de> {
    type Error = TypedError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, TypedError> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TypedError> {
        match self.value.take() {
            Some(value) => seed.deserialize(Reader(value)),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}
