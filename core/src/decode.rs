//! Typed models over values: one declarative macro, nothing filled in silently, every error with its place.
//!
//! A model names each field once. What is absent, what is `null` and what is empty stay different where the
//! field's type says so ([`Field`]); unknown fields are problems under [`FieldValidation::Strict`].
//!
//! ```
//! use kubelogic_core::decode::{Decoder, Field, FieldValidation};
//! use kubelogic_core::object::Object;
//!
//! kubelogic_core::model! {
//!     /// What a role allows.
//!     pub struct Rule {
//!         /// Lower-case verbs.
//!         pub verbs: Vec<String> = "verbs",
//!         /// The rest stays tri-state.
//!         pub names: Field<Vec<String>> = "resourceNames",
//!     }
//! }
//!
//! let object = Object::from_serialize(&serde_json::json!({"verbs": ["get"], "resourcenames": []})).unwrap();
//! let mut decoder = Decoder::new(FieldValidation::Strict);
//! let rule: Rule = decoder.decode(object.root());
//! assert_eq!(rule.verbs, ["get"]);
//! assert_eq!(rule.names, Field::Absent);
//! let problem = &decoder.problems()[0];
//! assert_eq!(problem.code(), "decode/unknown-field");
//! assert_eq!(problem.to_string(), "unknown field `resourcenames`, did you mean `resourceNames`?");
//! ```

mod error;
mod field;
mod model;
mod scalar;

pub use error::DecodeError;
pub use field::Field;
pub use model::{Decode, Ignored};

use crate::object::{FieldPath, Value, ValueKind};

/// What to do about a field that the type does not have: the API server's own three words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldValidation {
    /// It is an error.
    #[default]
    Strict,
    /// It is a warning.
    Warn,
    /// It is passed over.
    Ignore,
}

/// Decodes values into models and collects what is wrong with them; it never stops at the first problem.
#[derive(Debug)]
pub struct Decoder {
    validation: FieldValidation,
    path: Vec<Step>,
    problems: Vec<DecodeError>,
    warnings: Vec<DecodeError>,
}

#[derive(Debug)]
enum Step {
    Field(&'static str),
    Index(usize),
    Key(String),
}

impl Decoder {
    /// A decoder without problems.
    pub fn new(validation: FieldValidation) -> Self {
        Self { validation, path: Vec::new(), problems: Vec::new(), warnings: Vec::new() }
    }

    /// Reads one value as a model. Look at [`problems`](Self::problems) before using it.
    pub fn decode<T: Decode>(&mut self, value: Value<'_>) -> T {
        T::decode(value, self)
    }

    /// What makes the values unusable, in the order in which it was met.
    pub fn problems(&self) -> &[DecodeError] {
        &self.problems
    }

    /// Problems and warnings, each in the order in which it was met.
    pub fn finish(self) -> (Vec<DecodeError>, Vec<DecodeError>) {
        (self.problems, self.warnings)
    }

    /// The path of the value that is being decoded.
    pub fn path(&self) -> FieldPath {
        self.path.iter().fold(FieldPath::root(), |path, step| match step {
            Step::Field(name) => path.field(name),
            Step::Index(index) => path.index(*index),
            Step::Key(key) => path.key(key),
        })
    }

    /// Decodes the value of a field.
    pub fn field<T: Decode>(&mut self, name: &'static str, value: Value<'_>) -> T {
        self.below(Step::Field(name), value)
    }

    /// Decodes an item of a list.
    pub fn item<T: Decode>(&mut self, index: usize, value: Value<'_>) -> T {
        self.below(Step::Index(index), value)
    }

    /// Decodes the value of a free key.
    pub fn entry<T: Decode>(&mut self, key: &str, value: Value<'_>) -> T {
        self.below(Step::Key(key.to_owned()), value)
    }

    /// Reports that the value has the wrong kind.
    pub fn wrong_kind(&mut self, expected: &'static str, value: Value<'_>) {
        let location = value.location(self.path());
        self.problems.push(DecodeError::wrong_kind(expected, value.kind(), location));
    }

    /// Reports a value of the right kind that the type cannot hold.
    pub fn invalid(&mut self, reason: impl Into<String>, value: Value<'_>) {
        let location = value.location(self.path());
        self.problems.push(DecodeError::invalid(reason.into(), location));
    }

    /// Reports that a field is not there; `parent` is the value that lacks it.
    pub fn missing(&mut self, path: FieldPath, parent: Value<'_>) {
        self.problems.push(DecodeError::invalid("is required".to_owned(), parent.location(path)));
    }

    /// Reports a key that the model does not have.
    pub fn unknown_field(&mut self, key: &str, value: Value<'_>, known: &[&'static str]) {
        if self.validation == FieldValidation::Ignore {
            return;
        }
        let path = self.path().field(key);
        let mut location = value.location(path);
        location.position = value.key_position();
        let error = DecodeError::unknown_field(key, known, location);
        match self.validation {
            FieldValidation::Strict => self.problems.push(error),
            FieldValidation::Warn => self.warnings.push(error),
            FieldValidation::Ignore => {}
        }
    }

    /// Whether the value is a mapping; anything else but `null` is reported.
    pub fn expect_mapping(&mut self, value: Value<'_>) -> bool {
        match value.kind() {
            ValueKind::Mapping => true,
            ValueKind::Null => false,
            _ => {
                self.wrong_kind("an object", value);
                false
            }
        }
    }

    fn below<T: Decode>(&mut self, step: Step, value: Value<'_>) -> T {
        self.path.push(step);
        let decoded = T::decode(value, self);
        self.path.pop();
        decoded
    }
}

#[cfg(test)]
mod tests;
