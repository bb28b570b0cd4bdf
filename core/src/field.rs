//! What the API server says about fields that it does not accept: one error per field, in its own words.

mod error;
mod list;

pub use error::{BadValue, FieldError, FieldErrorKind};
pub use list::{FieldCause, InvalidStatus, aggregate};
