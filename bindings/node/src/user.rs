//! Users on their way in.

use kubelogic::access::UserInfo;
use napi_derive::napi;

use crate::failure::{Class, Failure, json};

/// A user, decoded once.
#[napi]
#[derive(Debug)]
pub struct NativeUser {
    pub(crate) user: UserInfo,
}

#[napi]
impl NativeUser {
    /// A user as the catalogue writes it.
    #[napi(constructor, catch_unwind)]
    pub fn new(user: String) -> napi::Result<Self> {
        match serde_json::from_str(&user) {
            Ok(user) => Ok(Self { user }),
            Err(error) => Err(Failure::new("query/wrong-user", error.to_string()).throw(Class::QueryError)),
        }
    }
}

/// The user that impersonation makes of a name and groups, as the catalogue writes it.
#[napi(catch_unwind)]
pub fn impersonated(name: String, groups: Vec<String>) -> napi::Result<String> {
    json(&UserInfo::impersonated(name, groups))
}
