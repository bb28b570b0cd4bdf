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

    /// Whether the user may do that to a resource.
    #[napi(catch_unwind)]
    pub fn can(
        &self,
        user: &NativeUser,
        verb: String,
        resource: String,
        group: String,
        subresource: String,
        name: String,
        namespace: String,
    ) -> napi::Result<bool> {
        let request = Attributes::resource(&verb, &group, &resource)
            .subresource(&subresource)
            .named(&name)
            .in_namespace(&namespace);
        self.decide(user, &request)
    }

    /// Whether the user may do that to a path.
    #[napi(catch_unwind)]
    pub fn can_path(&self, user: &NativeUser, verb: String, path: String) -> napi::Result<bool> {
        self.decide(user, &Attributes::path(&verb, &path))
    }

    /// The answers to many requests, given as JSON: one for yes, zero for no.
    #[napi(catch_unwind)]
    pub fn can_many(&self, user: &NativeUser, requests: String) -> napi::Result<Uint8Array> {
        let requests: Vec<Request> = serde_json::from_str(&requests).map_err(wrong_argument)?;
        let mut answers = Vec::with_capacity(requests.len());
        for request in &requests {
            let attributes = request.attributes().map_err(wrong_question)?;
            answers.push(u8::from(self.decide(user, &attributes)?));
        }
        Ok(answers.into())
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
    fn decide(&self, user: &NativeUser, request: &Attributes<'_>) -> napi::Result<bool> {
        self.rbac
            .can(&user.user, request)
            .map_err(|undecided| Failure::from(&undecided).throw(Class::Undecided))
    }
}

fn wrong_question(error: AskError) -> napi::Error {
    Failure::from(error).throw(Class::QueryError)
}
