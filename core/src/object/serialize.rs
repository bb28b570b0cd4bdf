//! Any serde `Serialize` value as an [`Object`]: `k8s-openapi` and `kube` types, `serde_json::Value`, own structs.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize};

use super::Object;
use super::memory::MemoryBuilder;
use super::source::SourceName;

/// A value could not become an object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the value cannot become a Kubernetes object: {message}")]
pub struct SerializeError {
    message: String,
}

impl SerializeError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "object/not-serializable"
    }

    fn new(message: impl Display) -> Self {
        Self { message: message.to_string() }
    }
}

impl ser::Error for SerializeError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message)
    }
}

impl Object {
    /// Takes any serializable value with the field names that the API uses.
    ///
    /// # Errors
    /// When the value holds a map key that is no text, a float that JSON cannot hold, or nothing at all.
    ///
    /// ```
    /// use kubelogic_core::object::Object;
    /// let pod = serde_json::json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}});
    /// let object = Object::from_serialize(&pod).unwrap();
    /// assert_eq!((object.kind(), object.name()), ("Pod", "a"));
    /// ```
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, SerializeError> {
        Self::from_serialize_named(value, SourceName::new("memory"))
    }

    /// The same with a name for where the value came from.
    ///
    /// # Errors
    /// As [`Object::from_serialize`].
    pub fn from_serialize_named<T: Serialize + ?Sized>(
        value: &T,
        source: SourceName,
    ) -> Result<Self, SerializeError> {
        let mut builder = MemoryBuilder::new();
        value.serialize(Writer(&mut builder))?;
        builder.finish(source).ok_or_else(|| SerializeError::new("it serializes to nothing"))
    }
}

/// Deeper values are refused; readers have the same limit.
const MAX_DEPTH: usize = 1_000;

struct Writer<'a>(&'a mut MemoryBuilder);

impl<'a> Writer<'a> {
    fn open_mapping(self) -> Result<Container<'a>, SerializeError> {
        self.check_depth()?;
        self.0.open_mapping();
        Ok(Container { builder: self.0, closes: 1 })
    }

    fn open_sequence(self) -> Result<Container<'a>, SerializeError> {
        self.check_depth()?;
        self.0.open_sequence();
        Ok(Container { builder: self.0, closes: 1 })
    }

    fn variant(self, name: &str) -> Result<&'a mut MemoryBuilder, SerializeError> {
        self.check_depth()?;
        self.0.open_mapping();
        self.0.key(name);
        Ok(self.0)
    }

    fn check_depth(&self) -> Result<(), SerializeError> {
        if self.0.depth() >= MAX_DEPTH {
            return Err(SerializeError::new(format_args!("it is nested more than {MAX_DEPTH} levels deep")));
        }
        Ok(())
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<(), SerializeError> {
            self.0.number(&value.to_string());
            Ok(())
        })*
    };
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = SerializeError;
    type SerializeSeq = Container<'a>;
    type SerializeTuple = Container<'a>;
    type SerializeTupleStruct = Container<'a>;
    type SerializeTupleVariant = Container<'a>;
    type SerializeMap = Container<'a>;
    type SerializeStruct = Container<'a>;
    type SerializeStructVariant = Container<'a>;

    numbers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
    );

    fn serialize_bool(self, value: bool) -> Result<(), SerializeError> {
        self.0.bool(value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), SerializeError> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), SerializeError> {
        match serde_json::Number::from_f64(value) {
            Some(number) => {
                self.0.number(&number.to_string());
                Ok(())
            }
            None => Err(SerializeError::new("a number is not finite")),
        }
    }

    fn serialize_char(self, value: char) -> Result<(), SerializeError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), SerializeError> {
        self.0.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), SerializeError> {
        let mut container = self.open_sequence()?;
        for byte in value {
            ser::SerializeSeq::serialize_element(&mut container, byte)?;
        }
        container.finish();
        Ok(())
    }

    fn serialize_none(self) -> Result<(), SerializeError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), SerializeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), SerializeError> {
        self.0.null();
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), SerializeError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), SerializeError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        let builder = self.variant(variant)?;
        value.serialize(Writer(builder))?;
        builder.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Container<'a>, SerializeError> {
        self.open_sequence()
    }

    fn serialize_tuple(self, _: usize) -> Result<Container<'a>, SerializeError> {
        self.open_sequence()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Container<'a>, SerializeError> {
        self.open_sequence()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Container<'a>, SerializeError> {
        let container = Writer(self.variant(variant)?).open_sequence()?;
        Ok(Container { closes: 2, ..container })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Container<'a>, SerializeError> {
        self.open_mapping()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Container<'a>, SerializeError> {
        self.open_mapping()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Container<'a>, SerializeError> {
        let container = Writer(self.variant(variant)?).open_mapping()?;
        Ok(Container { closes: 2, ..container })
    }
}

/// An open mapping or sequence, with how many closes end it.
struct Container<'a> {
    builder: &'a mut MemoryBuilder,
    closes: u8,
}

impl Container<'_> {
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        value.serialize(Writer(self.builder))
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), SerializeError> {
        self.builder.key(key);
        self.value(value)
    }

    fn finish(self) {
        for _ in 0..self.closes {
            self.builder.close();
        }
    }
}

macro_rules! sequence {
    ($($trait:ident::$method:ident),*) => {
        $(impl ser::$trait for Container<'_> {
            type Ok = ();
            type Error = SerializeError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
                self.value(value)
            }

            fn end(self) -> Result<(), SerializeError> {
                self.finish();
                Ok(())
            }
        })*
    };
}

sequence!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! structure {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Container<'_> {
            type Ok = ();
            type Error = SerializeError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), SerializeError> {
                self.entry(key, value)
            }

            fn end(self) -> Result<(), SerializeError> {
                self.finish();
                Ok(())
            }
        })*
    };
}

structure!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Container<'_> {
    type Ok = ();
    type Error = SerializeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SerializeError> {
        let key = serde_json::to_value(key).map_err(SerializeError::new)?;
        match key {
            serde_json::Value::String(text) => self.builder.key(&text),
            serde_json::Value::Number(number) => self.builder.key(&number.to_string()),
            serde_json::Value::Bool(value) => self.builder.key(if value { "true" } else { "false" }),
            _ => return Err(SerializeError::new("a map key is no text")),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        self.value(value)
    }

    fn end(self) -> Result<(), SerializeError> {
        self.finish();
        Ok(())
    }
}

impl fmt::Debug for Container<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Container(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use crate::object::Object;

    #[derive(Serialize)]
    enum Shape {
        Unit,
        New(u8),
        Pair(i64, f64),
        Named { a: Option<char> },
    }

    #[test]
    fn every_shape_becomes_what_serde_json_makes_of_it() {
        let value = BTreeMap::from([
            ("b", vec![Shape::Unit, Shape::New(7), Shape::Pair(-1, 1.5)]),
            ("a", vec![Shape::Named { a: Some('x') }, Shape::Named { a: None }]),
        ]);
        let object = Object::from_serialize(&value).unwrap();
        let json: serde_json::Value = object.to_typed().unwrap();
        assert_eq!(json, serde_json::to_value(&value).unwrap());
    }

    #[test]
    fn what_json_cannot_hold_is_refused() {
        assert!(Object::from_serialize(&BTreeMap::from([("a", f64::NAN)])).is_err());
        assert!(Object::from_serialize(&BTreeMap::from([(vec![1], 1)])).is_err());
    }
}
