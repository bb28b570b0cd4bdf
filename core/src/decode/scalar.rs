//! Strings, booleans, integers, lists and maps, as Go's decoder takes them.
//!
//! `null` is the zero value, and nothing is coerced: a number is never read as a string.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Decode, Decoder};
use crate::object::{Value, ValueKind};

impl Decode for String {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        text(value, decoder).to_owned()
    }
}

impl Decode for Arc<str> {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        Arc::from(text(value, decoder))
    }
}

impl Decode for bool {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        let flag = value.as_bool();
        if flag.is_none() && !value.is_null() {
            decoder.wrong_kind("a boolean", value);
        }
        flag.unwrap_or_default()
    }
}

macro_rules! integers {
    ($($type:ty),*) => {
        $(impl Decode for $type {
            fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
                match value.kind() {
                    ValueKind::Null => 0,
                    ValueKind::Number => {
                        let number = value.as_number().and_then(|number| number.as_json().parse().ok());
                        number.unwrap_or_else(|| {
                            decoder.invalid(concat!("must be an integer that fits ", stringify!($type)), value);
                            0
                        })
                    }
                    _ => {
                        decoder.wrong_kind("an integer", value);
                        0
                    }
                }
            }
        })*
    };
}

integers!(i32, i64, u32, u64);

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        match value.kind() {
            ValueKind::Sequence => {
                value.items().enumerate().map(|(index, item)| decoder.item(index, item)).collect()
            }
            ValueKind::Null => Self::new(),
            _ => {
                decoder.wrong_kind("an array", value);
                Self::new()
            }
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        if !decoder.expect_mapping(value) {
            return Self::new();
        }
        value.entries().map(|(key, value)| (key.to_owned(), decoder.entry(key, value))).collect()
    }
}

fn text<'a>(value: Value<'a>, decoder: &mut Decoder) -> &'a str {
    let text = value.as_str();
    if text.is_none() && !value.is_null() {
        decoder.wrong_kind("a string", value);
    }
    text.unwrap_or_default()
}
