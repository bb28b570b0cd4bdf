//! What each Kubernetes version serves: data, generated from upstream's own documents.

mod custom;
mod discovery;
mod lookup;
mod table;

pub use custom::CustomResource;
pub use discovery::{Discovery, Resource, Subresource};
pub use lookup::{Resolved, verb_warning};
