//! May this user do that?

use std::sync::Arc;

use kubelogic::access::Attributes;
use kubelogic::ask::{AskError, BootstrapSetting, Request};
use kubelogic::rbac::{Options, Rbac};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde::Deserialize;

use crate::cluster::NativeCluster;
use crate::failure::{Class, Failure, json, wrong_argument};
use crate::user::NativeUser;

/// The roles and bindings of a cluster, compiled.
#[napi]
#[derive(Debug)]
pub struct NativeAccess {
    rbac: Arc<Rbac>,
}

/// How roles and bindings are taken, in the words of the catalogue.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AccessSettings {
    #[serde(default)]
    bootstrap: BootstrapSetting,
    #[serde(default = "yes")]
    aggregate: bool,
    #[serde(default)]
    stored: bool,
}

fn yes() -> bool {
    true
}

#[napi]
impl NativeAccess {
    /// Compiles the roles and bindings of a cluster. Settings are JSON.
    #[napi(constructor, catch_unwind)]
    pub fn new(cluster: &NativeCluster, settings: String) -> napi::Result<Self> {
        let settings: AccessSettings = serde_json::from_str(&settings).map_err(wrong_argument)?;
        let mut options = Options::default();
        options.bootstrap = settings.bootstrap.into();
        options.aggregate = settings.aggregate;
        options.stored = settings.stored;
        match Rbac::compile(&cluster.cluster, &options) {
            Ok(rbac) => Ok(Self { rbac: Arc::new(rbac) }),
            Err(error) => Err(Failure::from(AskError::from(error)).throw_by_code()),
        }
    }

    /// The Kubernetes version whose behaviour this is.
    #[napi(getter, catch_unwind)]
    pub fn kube_version(&self) -> String {
        self.rbac.kube_version().to_string()
    }

    /// Whether the user may do that. A request is one string, for that crosses much quicker than six: see
    /// [`attributes`].
    #[napi(catch_unwind)]
    pub fn can(&self, user: &NativeUser, request: String) -> napi::Result<bool> {
        self.decide(user, &request)
    }

    /// The answers to many requests with [`BETWEEN_REQUESTS`] after each: one for yes, zero for no.
    #[napi(catch_unwind)]
    pub fn can_many(&self, user: &NativeUser, requests: String) -> napi::Result<Uint8Array> {
        let requests = requests.split_terminator(BETWEEN_REQUESTS);
        let answers = requests.map(|request| self.decide(user, request).map(u8::from));
        Ok(answers.collect::<napi::Result<Vec<u8>>>()?.into())
    }

    /// Everything that decided about a request, both as JSON.
    #[napi(catch_unwind)]
    pub fn explain(&self, user: &NativeUser, request: String) -> napi::Result<String> {
        let request: Request = serde_json::from_str(&request).map_err(wrong_argument)?;
        let attributes = request.attributes().map_err(wrong_question)?;
        json(&self.rbac.explain(&user.user, &attributes))
    }
}

impl NativeAccess {
    fn decide(&self, user: &NativeUser, request: &str) -> napi::Result<bool> {
        let Some(request) = attributes(request) else {
            return Err(Failure::new(
                "query/wrong-request",
                "a part of the request holds a control character",
            )
            .throw(Class::QueryError));
        };
        self.rbac
            .can(&user.user, &request)
            .map_err(|undecided| Failure::from(&undecided).throw(Class::Undecided))
    }
}

const BETWEEN_PARTS: char = '\0';
const BETWEEN_REQUESTS: char = '\u{1}';

/// A request from its parts: `resource`, verb, group, resource, subresource, name and namespace; or `path`, verb and
/// the path.
///
/// A part that holds what stands between parts would be one part more, and that is no request.
fn attributes(request: &str) -> Option<Attributes<'_>> {
    let mut parts = request.split(BETWEEN_PARTS);
    let attributes = match parts.next()? {
        "resource" => Attributes::resource(parts.next()?, parts.next()?, parts.next()?)
            .subresource(parts.next()?)
            .named(parts.next()?)
            .in_namespace(parts.next()?),
        "path" => Attributes::path(parts.next()?, parts.next()?),
        _ => return None,
    };
    parts.next().is_none().then_some(attributes)
}

fn wrong_question(error: AskError) -> napi::Error {
    Failure::from(error).throw(Class::QueryError)
}
