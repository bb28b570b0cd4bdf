//! The entries of the lists: clusters, users, contexts and extensions.
//!
//! upstream: client-go tools/clientcmd/api/v1/types.go, defaults.go

use std::collections::BTreeMap;

use kubelogic_core::object::{FieldPath, Location, Value};

use super::place::Place;
use super::scalar::{bytes, fields, flag, items, secret, text, texts};
use super::{Extended, Item, Refusal};
use crate::config::{AuthProvider, Cluster, Context, Exec, ExecVariable, Extensions, User};
use crate::secret::Secret;

/// Extensions as they are listed.
#[derive(Default)]
pub(super) struct Named {
    values: BTreeMap<String, serde_json::Value>,
    /// A name that stands twice is complained about when all values have been looked at.
    twice: Option<Refusal>,
}

impl Named {
    pub(super) fn finished(self) -> Result<Extensions, Refusal> {
        match self.twice {
            Some(refusal) => Err(refusal),
            None => Ok(Extensions(self.values)),
        }
    }
}

impl Extended for Cluster {
    fn set_extensions(&mut self, extensions: Extensions) {
        self.extensions = extensions;
    }
}

impl Extended for User {
    fn set_extensions(&mut self, extensions: Extensions) {
        self.extensions = extensions;
    }
}

impl Extended for Context {
    fn set_extensions(&mut self, extensions: Extensions) {
        self.extensions = extensions;
    }
}

/// The Go types of a list.
struct Types {
    list: &'static str,
    item: &'static str,
    owner: &'static str,
    /// The key of the value, which also is in its Go type.
    key: &'static str,
}

type Decode<T> = fn(Value<'_>, &Place<'_>, &mut T, &mut Named) -> Result<(), Refusal>;

pub(super) fn clusters(list: Value<'_>, place: &Place<'_>) -> Result<Vec<Item<Cluster>>, Refusal> {
    let types =
        Types { list: "[]v1.NamedCluster", item: "v1.NamedCluster", owner: "NamedCluster", key: "cluster" };
    named(list, place, &types, cluster)
}

pub(super) fn users(list: Value<'_>, place: &Place<'_>) -> Result<Vec<Item<User>>, Refusal> {
    let types =
        Types { list: "[]v1.NamedAuthInfo", item: "v1.NamedAuthInfo", owner: "NamedAuthInfo", key: "user" };
    named(list, place, &types, user)
}

pub(super) fn contexts(list: Value<'_>, place: &Place<'_>) -> Result<Vec<Item<Context>>, Refusal> {
    let types =
        Types { list: "[]v1.NamedContext", item: "v1.NamedContext", owner: "NamedContext", key: "context" };
    named(list, place, &types, context)
}

fn named<T: Default>(
    list: Value<'_>,
    place: &Place<'_>,
    types: &Types,
    decode: Decode<T>,
) -> Result<Vec<Item<T>>, Refusal> {
    let mut found = Vec::new();
    for value in items(list, place, types.list)?.unwrap_or_default() {
        let mut item = Item {
            name: String::new(),
            value: T::default(),
            extensions: Named::default(),
            location: location(value),
        };
        for (key, field) in fields(value, place, types.item)? {
            if key == "name" {
                text(field, &place.below(types.owner, "name"), "string", &mut item.name)?;
            } else if key == types.key {
                decode(field, &place.below(types.owner, types.key), &mut item.value, &mut item.extensions)?;
            }
        }
        found.push(item);
    }
    Ok(found)
}

/// Extensions: any JSON value by name.
pub(super) fn extensions(list: Value<'_>, place: &Place<'_>) -> Result<Named, Refusal> {
    let mut found = Named::default();
    for item in items(list, place, "[]v1.NamedExtension")?.unwrap_or_default() {
        let (mut name, mut value) = (String::new(), serde_json::Value::Null);
        for (key, field) in fields(item, place, "v1.NamedExtension")? {
            match key {
                "name" => text(field, &place.below("NamedExtension", "name"), "string", &mut name)?,
                "extension" => {
                    value = field.to_typed().map_err(|error| Refusal {
                        code: "kubeconfig/type",
                        message: error.to_string(),
                        location: Some(location(field)),
                    })?;
                }
                _ => {}
            }
        }
        // Null is no value to the converter: it may stand there twice.
        let there = found.values.get(&name).is_some_and(|value| !value.is_null());
        if !there {
            found.values.insert(name, value);
        } else if found.twice.is_none() {
            let message = format!(
                "error converting *[]NamedExtension into *map[string]runtime.Object: duplicate name \"{name}\" in \
                 list: REDACTED"
            );
            let code = "kubeconfig/duplicate-name";
            found.twice = Some(Refusal { code, message, location: Some(location(item)) });
        }
    }
    Ok(found)
}

fn cluster(value: Value<'_>, place: &Place<'_>, out: &mut Cluster, named: &mut Named) -> Result<(), Refusal> {
    for (key, field) in fields(value, place, "v1.Cluster")? {
        let at = |name| place.below("Cluster", name);
        match key {
            "server" => text(field, &at("server"), "string", &mut out.server)?,
            "tls-server-name" => text(field, &at("tls-server-name"), "string", &mut out.tls_server_name)?,
            "insecure-skip-tls-verify" => {
                flag(field, &at("insecure-skip-tls-verify"), &mut out.insecure_skip_tls_verify)?;
            }
            "certificate-authority" => {
                text(field, &at("certificate-authority"), "string", &mut out.certificate_authority)?;
            }
            "certificate-authority-data" => {
                bytes(field, &at("certificate-authority-data"), &mut out.certificate_authority_data)?;
            }
            "proxy-url" => text(field, &at("proxy-url"), "string", &mut out.proxy_url)?,
            "disable-compression" => flag(field, &at("disable-compression"), &mut out.disable_compression)?,
            "extensions" => *named = extensions(field, &at("extensions"))?,
            _ => {}
        }
    }
    Ok(())
}

fn context(value: Value<'_>, place: &Place<'_>, out: &mut Context, named: &mut Named) -> Result<(), Refusal> {
    for (key, field) in fields(value, place, "v1.Context")? {
        let at = |name| place.below("Context", name);
        match key {
            "cluster" => text(field, &at("cluster"), "string", &mut out.cluster)?,
            "user" => text(field, &at("user"), "string", &mut out.user)?,
            "namespace" => text(field, &at("namespace"), "string", &mut out.namespace)?,
            "extensions" => *named = extensions(field, &at("extensions"))?,
            _ => {}
        }
    }
    Ok(())
}

fn user(value: Value<'_>, place: &Place<'_>, out: &mut User, named: &mut Named) -> Result<(), Refusal> {
    for (key, field) in fields(value, place, "v1.AuthInfo")? {
        let at = |name| place.below("AuthInfo", name);
        match key {
            "client-certificate" => {
                text(field, &at("client-certificate"), "string", &mut out.client_certificate)?;
            }
            "client-certificate-data" => {
                bytes(field, &at("client-certificate-data"), &mut out.client_certificate_data)?;
            }
            "client-key" => text(field, &at("client-key"), "string", &mut out.client_key)?,
            "client-key-data" => bytes(field, &at("client-key-data"), &mut out.client_key_data)?,
            "token" => secret(field, &at("token"), &mut out.token)?,
            "tokenFile" => text(field, &at("tokenFile"), "string", &mut out.token_file)?,
            "as" => text(field, &at("as"), "string", &mut out.impersonate)?,
            "as-uid" => text(field, &at("as-uid"), "string", &mut out.impersonate_uid)?,
            "as-groups" => {
                out.impersonate_groups = texts(field, &at("as-groups"))?.unwrap_or_default();
            }
            "as-user-extra" => {
                let at = at("as-user-extra");
                for (name, values) in fields(field, &at, "map[string][]string")? {
                    out.impersonate_user_extra.insert(name.to_owned(), texts(values, &at)?);
                }
            }
            "username" => text(field, &at("username"), "string", &mut out.username)?,
            "password" => secret(field, &at("password"), &mut out.password)?,
            "auth-provider" if field.is_null() => out.auth_provider = None,
            "auth-provider" => out.auth_provider = Some(auth_provider(field, &at("auth-provider"))?),
            "exec" if field.is_null() => out.exec = None,
            "exec" => out.exec = Some(exec(field, &at("exec"))?),
            "extensions" => *named = extensions(field, &at("extensions"))?,
            _ => {}
        }
    }
    Ok(())
}

fn auth_provider(value: Value<'_>, place: &Place<'_>) -> Result<AuthProvider, Refusal> {
    let mut out = AuthProvider::default();
    for (key, field) in fields(value, place, "v1.AuthProviderConfig")? {
        match key {
            "name" => text(field, &place.below("AuthProviderConfig", "name"), "string", &mut out.name)?,
            "config" if field.is_null() => {}
            "config" => {
                let at = place.below("AuthProviderConfig", "config");
                let mut config = BTreeMap::new();
                for (name, value) in fields(field, &at, "map[string]string")? {
                    let mut content = Secret::default();
                    secret(value, &at, &mut content)?;
                    config.insert(name.to_owned(), content);
                }
                out.config = Some(config);
            }
            _ => {}
        }
    }
    Ok(out)
}

fn exec(value: Value<'_>, place: &Place<'_>) -> Result<Exec, Refusal> {
    let mut out = Exec::default();
    for (key, field) in fields(value, place, "v1.ExecConfig")? {
        let at = |name| place.below("ExecConfig", name);
        match key {
            "command" => text(field, &at("command"), "string", &mut out.command)?,
            "args" => {
                let args = texts(field, &at("args"))?;
                out.args = args.map(|args| args.into_iter().map(Secret::new).collect());
            }
            "env" => {
                let at = at("env");
                out.env = match items(field, &at, "[]v1.ExecEnvVar")? {
                    Some(items) => {
                        Some(items.into_iter().map(|item| variable(item, &at)).collect::<Result<_, _>>()?)
                    }
                    None => None,
                };
            }
            "apiVersion" => text(field, &at("apiVersion"), "string", &mut out.api_version)?,
            "installHint" => text(field, &at("installHint"), "string", &mut out.install_hint)?,
            "provideClusterInfo" => flag(field, &at("provideClusterInfo"), &mut out.provide_cluster_info)?,
            "interactiveMode" => {
                text(field, &at("interactiveMode"), "v1.ExecInteractiveMode", &mut out.interactive_mode)?;
            }
            _ => {}
        }
    }
    // upstream: api/v1/defaults.go (SetDefaults_ExecConfig)
    let old = ["client.authentication.k8s.io/v1beta1", "client.authentication.k8s.io/v1alpha1"];
    if out.interactive_mode.is_empty() && old.contains(&out.api_version.as_str()) {
        "IfAvailable".clone_into(&mut out.interactive_mode);
    }
    Ok(out)
}

fn variable(value: Value<'_>, place: &Place<'_>) -> Result<ExecVariable, Refusal> {
    let mut out = ExecVariable::default();
    for (key, field) in fields(value, place, "v1.ExecEnvVar")? {
        match key {
            "name" => text(field, &place.below("ExecEnvVar", "name"), "string", &mut out.name)?,
            "value" => secret(field, &place.below("ExecEnvVar", "value"), &mut out.value)?,
            _ => {}
        }
    }
    Ok(out)
}

fn location(value: Value<'_>) -> Location {
    value.location(FieldPath::root())
}
