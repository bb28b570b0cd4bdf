//! What a type is made of.

use serde::Serialize;

use super::table::Base;
use super::{Struct, Type};

/// What a type is made of, as far as its decoder goes.
///
/// A type that Go decodes with code of its own is a variant of its own; what it takes is said there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape<'a> {
    /// An object with known fields.
    Struct(Struct<'a>),
    /// A list.
    List {
        /// What the list holds.
        item: Type<'a>,
    },
    /// An object whose keys are free.
    Map {
        /// What its keys lead to.
        value: Type<'a>,
    },
    /// Any value, decoded as it stands.
    Any,
    /// `true` or `false`.
    Bool,
    /// A text.
    String,
    /// Bytes, written in base64.
    Bytes,
    /// A whole number.
    Integer {
        /// How many bits it may have: 8, 16, 32 or 64.
        bits: u8,
        /// Whether it may be negative.
        signed: bool,
    },
    /// A number.
    Float {
        /// 32 or 64.
        bits: u8,
    },
    /// A quantity such as `100m`, as text or as a number.
    Quantity,
    /// A whole number of 32 bits or a text.
    IntOrString,
    /// A time as RFC 3339 has it.
    Time,
    /// A time with exactly six digits behind the second.
    MicroTime,
    /// A Go duration such as `1h30m`.
    Duration,
    /// A Go duration, or a number of nanoseconds.
    TimeOrDuration,
    /// Any object, kept as it stands for somebody else to decode.
    RawExtension,
    /// As [`Shape::RawExtension`], in audit events.
    Unknown,
    /// Any JSON value, kept as it stands.
    Json,
    /// The field set of a `managedFields` entry, kept as it stands.
    Fields,
    /// A bootstrap token, `id.secret`.
    BootstrapTokenString,
    /// A JSON schema or a bool.
    JsonSchemaPropsOrBool {
        /// What a schema is.
        schema: Struct<'a>,
    },
    /// A JSON schema or a list of them.
    JsonSchemaPropsOrArray {
        /// What a schema is.
        schema: Struct<'a>,
    },
    /// A JSON schema or a list of texts.
    JsonSchemaPropsOrStringArray {
        /// What a schema is.
        schema: Struct<'a>,
    },
}

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum JsonKind {
    /// An object.
    Object,
    /// An array.
    Array,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// It depends on the value.
    Any,
}

impl Shape<'_> {
    /// How JSON has it when Go writes it.
    ///
    /// ```
    /// use kubelogic_core::schema::{JsonKind, Types};
    /// let types = Types::of("1.37".parse()?);
    /// let pod = types.kind("", "v1", "Pod").unwrap();
    /// let limits = pod.at(["spec", "containers", "resources", "limits"]).unwrap().value_type();
    /// assert_eq!(limits.shape().json_kind(), JsonKind::Object);
    /// assert_eq!(limits.innermost().shape().json_kind(), JsonKind::String);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn json_kind(self) -> JsonKind {
        match self {
            Self::Struct(_) | Self::Map { .. } => JsonKind::Object,
            Self::List { .. } => JsonKind::Array,
            Self::Bool => JsonKind::Boolean,
            Self::Integer { .. } | Self::Float { .. } => JsonKind::Number,
            Self::String
            | Self::Bytes
            | Self::Quantity
            | Self::Time
            | Self::MicroTime
            | Self::Duration
            | Self::BootstrapTokenString => JsonKind::String,
            Self::Any
            | Self::IntOrString
            | Self::TimeOrDuration
            | Self::RawExtension
            | Self::Unknown
            | Self::Json
            | Self::Fields
            | Self::JsonSchemaPropsOrBool { .. }
            | Self::JsonSchemaPropsOrArray { .. }
            | Self::JsonSchemaPropsOrStringArray { .. } => JsonKind::Any,
        }
    }
}

pub(super) fn of(one: Type<'_>) -> Shape<'_> {
    if let Some(item) = one.text.strip_prefix("[]") {
        return Shape::List { item: inner(one, item) };
    }
    if let Some(value) = one.text.strip_prefix("map[string]") {
        return Shape::Map { value: inner(one, value) };
    }
    let structure = |index| Struct::new(one.version, index);
    match one.base {
        Base::Struct(index) => structure(index).map_or(Shape::Any, Shape::Struct),
        Base::Any => Shape::Any,
        Base::Bool => Shape::Bool,
        Base::String => Shape::String,
        Base::Bytes => Shape::Bytes,
        Base::Integer { bits, signed } => Shape::Integer { bits, signed },
        Base::Float { bits } => Shape::Float { bits },
        Base::Quantity => Shape::Quantity,
        Base::IntOrString => Shape::IntOrString,
        Base::Time => Shape::Time,
        Base::MicroTime => Shape::MicroTime,
        Base::Duration => Shape::Duration,
        Base::TimeOrDuration => Shape::TimeOrDuration,
        Base::RawExtension => Shape::RawExtension,
        Base::Unknown => Shape::Unknown,
        Base::Json => Shape::Json,
        Base::Fields => Shape::Fields,
        Base::BootstrapTokenString => Shape::BootstrapTokenString,
        Base::SchemaOrBool(index) => {
            structure(index).map_or(Shape::Any, |schema| Shape::JsonSchemaPropsOrBool { schema })
        }
        Base::SchemaOrArray(index) => {
            structure(index).map_or(Shape::Any, |schema| Shape::JsonSchemaPropsOrArray { schema })
        }
        Base::SchemaOrStrings(index) => {
            structure(index).map_or(Shape::Any, |schema| Shape::JsonSchemaPropsOrStringArray { schema })
        }
    }
}

fn inner<'a>(outer: Type<'a>, text: &'a str) -> Type<'a> {
    // A pointer in a list or a map decodes like the value it points to.
    Type { text: text.trim_start_matches('*'), ..outer }
}
