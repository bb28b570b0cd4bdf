#![doc = include_str!("../README.md")]

pub mod baseline;
pub mod codes;
pub mod diff;
mod fingerprint;
pub mod github;
pub mod json;
pub mod junit;
pub mod order;
pub mod picture;
mod report;
pub mod review;
pub mod sarif;
pub mod selection;
mod sources;
pub mod style;
pub mod suppression;
pub mod text;

pub use fingerprint::fingerprints;
pub use report::{Format, Report};
pub use selection::FailOn;
pub use sources::{Excerpt, Line, Sources};
pub use suppression::{Suppressed, SuppressedBy};
