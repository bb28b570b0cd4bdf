//! Writing values: JSON in three forms, and YAML that kubectl reads back to the same value.

mod json;
mod kubectl;
mod yaml;

pub use json::{to_canonical_json, to_json, to_pretty_json};
pub use kubectl::to_kubectl_yaml;
pub use yaml::to_yaml;
