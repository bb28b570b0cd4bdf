//! What decided, down to the rule and its place in a file.

mod grant;

pub use grant::{GrantEvidence, Piece};
