//! The words of authorization: who asks, what for, and what an authorizer says.

mod attributes;
mod authorizer;
mod owned;
mod selectors;
mod user;

pub use attributes::{Attributes, Target};
pub use authorizer::{Authorization, Authorizer, Decision};
pub use owned::{OwnedAttributes, OwnedTarget};
pub use selectors::Selectors;
pub use user::UserInfo;
