//! YAML as sigs.k8s.io/yaml reads it: go-yaml v2, then JSON.

mod anchors;
mod block;
mod characters;
mod compose;
pub(in crate::read) mod fault;
mod ordinary;
mod parser;
mod plain;
mod quoted;
mod resolve;
mod scanner;
mod tags;
mod timestamp;
mod token;
mod values;

pub(in crate::read) use compose::{Composer, Ending};
pub(crate) use timestamp::is_rfc3339;
pub(in crate::read) use timestamp::is_timestamp;

/// Whether a scalar without quotes and tag is text.
pub(in crate::read) fn plain_is_text(text: &str) -> bool {
    resolve::resolve_plain(text) == resolve::Resolved::Text
}
