//! `kubectl config set` and `unset`: a value by the path of its fields.
//!
//! upstream: kubectl `pkg/cmd/config/navigation_step_parser.go`, set.go (`modifyConfig`). Upstream walks Go's types by
//! reflection; their fields are spelled out here, and where it panics there is an error.

use std::collections::BTreeMap;

use kubelogic_core::object::{Value, ValueKind};
use kubelogic_core::quote::quoted;

use super::apply::refused;
use super::{Draft, Touched};
use crate::config::{Cluster, Context, User};
use crate::decode::base64;
use crate::error::KubeconfigError;
use crate::load::Loaded;
use crate::secret::{Secret, SecretBytes};
use crate::why::Section;

/// What a field of an entry is.
enum Field<'a> {
    Text(&'a mut String),
    Secret(&'a mut Secret),
    Flag(&'a mut bool),
    Data(&'a mut SecretBytes),
    Texts(&'a mut Vec<String>),
    /// A map, and what Go prints of it.
    Map {
        shown: String,
        clear: Clear<'a>,
    },
    /// A struct behind a pointer, which cannot be set.
    Struct {
        clear: Clear<'a>,
    },
}

type Clear<'a> = Box<dyn FnOnce() + 'a>;

const CLUSTER: &[&str] = &[
    "-",
    "server",
    "tls-server-name",
    "insecure-skip-tls-verify",
    "certificate-authority",
    "certificate-authority-data",
    "proxy-url",
    "disable-compression",
    "extensions",
];
const USER: &[&str] = &[
    "-",
    "client-certificate",
    "client-certificate-data",
    "client-key",
    "client-key-data",
    "token",
    "tokenFile",
    "act-as",
    "act-as-uid",
    "act-as-groups",
    "act-as-user-extra",
    "username",
    "password",
    "auth-provider",
    "exec",
    "extensions",
];
const CONTEXT: &[&str] = &["-", "cluster", "user", "namespace", "extensions"];

/// A path, parted as far as upstream can follow it.
enum Target {
    /// `current-context`, `kind` or `apiVersion`.
    Scalar(String),
    /// `preferences` and perhaps a field of it.
    Preferences(Option<String>),
    /// The extensions of the whole: they are written by nothing.
    Extensions,
    /// A list, perhaps the name of an entry, and perhaps a field of that.
    Entry(Section, Option<String>, Option<String>),
}

fn target(path: &str) -> Result<Target, KubeconfigError> {
    let parts: Vec<&str> = path.split('.').collect();
    let (first, rest) = parts.split_first().map_or(("", [].as_slice()), |(first, rest)| (*first, rest));
    let too_deep = || refused(format!("unable to parse one or more field values of {path}"));
    let section = match first {
        "current-context" | "kind" | "apiVersion" => {
            return if rest.is_empty() { Ok(Target::Scalar(first.to_owned())) } else { Err(too_deep()) };
        }
        "preferences" => {
            let Some((field, rest)) = rest.split_first() else { return Ok(Target::Preferences(None)) };
            if !matches!(*field, "colors" | "extensions") {
                return Err(refused(format!(
                    "unable to parse {path} after [{{preferences api.Preferences}}] at api.Preferences"
                )));
            }
            if *field == "extensions" && !rest.is_empty() {
                return Err(unreachable(path));
            }
            return if rest.is_empty() {
                Ok(Target::Preferences(Some((*field).to_owned())))
            } else {
                Err(too_deep())
            };
        }
        "extensions" if rest.is_empty() => return Ok(Target::Extensions),
        "extensions" => return Err(unreachable(path)),
        "clusters" => Section::Clusters,
        "users" => Section::Users,
        "contexts" => Section::Contexts,
        _ => return Err(refused(format!("unable to parse {path} after [] at api.Config"))),
    };
    if rest.is_empty() {
        return Ok(Target::Entry(section, None, None));
    }
    // A name may have dots: it ends where the name of a field begins, but never before its first part.
    let fields = fields(section);
    let end = rest.iter().skip(1).position(|part| fields.contains(part)).map_or(rest.len(), |at| at + 1);
    let (name, below) = rest.split_at_checked(end).unwrap_or((rest, &[]));
    let name = Some(name.join("."));
    let Some((field, deeper)) = below.split_first() else { return Ok(Target::Entry(section, name, None)) };
    match (*field, deeper.is_empty()) {
        (_, true) => Ok(Target::Entry(section, name, Some((*field).to_owned()))),
        ("extensions", false) => Err(unreachable(path)),
        ("act-as-user-extra", false) => Err(refused("string is not of type struct")),
        (_, false) => Err(too_deep()),
    }
}

fn fields(section: Section) -> &'static [&'static str] {
    match section {
        Section::Clusters => CLUSTER,
        Section::Users => USER,
        Section::Contexts => CONTEXT,
    }
}

/// Where upstream panics: it looks for a type where there is none.
fn unreachable(path: &str) -> KubeconfigError {
    refused(format!("extensions cannot be changed by name: {path}"))
}

/// Sets a value.
pub(super) fn set(
    draft: &mut Draft,
    path: &str,
    value: &Secret,
    raw_bytes: bool,
) -> Result<(), KubeconfigError> {
    let target = target(path)?;
    let config = &mut draft.config;
    match target {
        Target::Scalar(name) => {
            if name == "current-context" {
                value.expose().clone_into(&mut config.current_context);
            }
            Ok(())
        }
        Target::Preferences(None) => Err(refused(
            "unable to locate path config.navigationStep{stepValue:\"\", stepType:reflect.Type(nil)} under \
             preferences",
        )),
        Target::Preferences(Some(field)) if field == "colors" => {
            config.preferences.colors = flag(value)?;
            Ok(())
        }
        Target::Preferences(Some(_)) => Err(a_map(&go_names(config.preferences.extensions.iter()))),
        Target::Extensions => Err(a_map(&go_names(config.extensions.iter()))),
        Target::Entry(section, name, None) => {
            drop(name);
            let names: Vec<&String> = match section {
                Section::Clusters => config.clusters.keys().collect(),
                Section::Users => config.users.keys().collect(),
                Section::Contexts => config.contexts.keys().collect(),
            };
            Err(a_map(&go_map(names.into_iter().map(|name| (name.as_str(), "...")))))
        }
        Target::Entry(_, None, Some(_)) => Ok(()),
        Target::Entry(section, Some(name), Some(field)) => {
            let field = match section {
                Section::Clusters => cluster(config.clusters.entry(name).or_default(), &field),
                Section::Users => user(config.users.entry(name).or_default(), &field),
                Section::Contexts => context(config.contexts.entry(name).or_default(), &field),
            };
            field.map_or(Ok(()), |field| field.set(value, raw_bytes, path))
        }
    }
}

/// Empties a value.
pub(super) fn unset(draft: &mut Draft, path: &str, loaded: &Loaded) -> Result<(), KubeconfigError> {
    let target = target(path)?;
    let config = &mut draft.config;
    match target {
        Target::Scalar(name) => {
            if name == "current-context" {
                config.current_context.clear();
            }
        }
        Target::Preferences(None) => config.preferences = crate::config::Preferences::default(),
        Target::Preferences(Some(field)) if field == "colors" => config.preferences.colors = false,
        Target::Preferences(Some(_)) => {
            // Upstream makes an empty map where there was none, which is another one than none.
            if config.preferences.extensions.is_empty() {
                draft.touched.push(Touched::Preferences);
            }
            config.preferences.extensions = crate::config::Extensions::default();
        }
        Target::Extensions => {}
        Target::Entry(section, None, _) => match section {
            Section::Clusters => config.clusters.clear(),
            Section::Users => config.users.clear(),
            Section::Contexts => config.contexts.clear(),
        },
        Target::Entry(section, Some(name), None) => match section {
            Section::Clusters => drop(config.clusters.remove(&name)),
            Section::Users => drop(config.users.remove(&name)),
            Section::Contexts => drop(config.contexts.remove(&name)),
        },
        Target::Entry(section, Some(name), Some(field)) => {
            let found = match section {
                Section::Clusters => config.clusters.get_mut(&name).map(|entry| cluster(entry, &field)),
                Section::Users => config.users.get_mut(&name).map(|entry| user(entry, &field)),
                Section::Contexts => config.contexts.get_mut(&name).map(|entry| context(entry, &field)),
            };
            let Some(found) = found else {
                return Err(refused(format!("current map key `{name}` is invalid")));
            };
            let touches = match &found {
                // A list that was written and is empty is another one than a list that was never written.
                Some(Field::Texts(_)) => written_list(loaded, &name),
                Some(Field::Map { .. }) => true,
                _ => false,
            };
            if let Some(field) = found {
                field.clear();
            }
            if touches {
                draft.touched.push(match section {
                    Section::Clusters => Touched::Cluster(name),
                    Section::Users => Touched::User(name),
                    Section::Contexts => Touched::Context(name),
                });
            }
        }
    }
    Ok(())
}

fn written_list(loaded: &Loaded, user: &str) -> bool {
    let file = loaded.files.iter().find(|file| file.config.users.contains_key(user));
    let users = file.and_then(|file| file.object.as_ref()?.root().get("users"));
    let named =
        |item: &Value<'_>| item.get("name").and_then(|name| name.as_str()).unwrap_or_default() == user;
    users
        .and_then(|users| users.items().find(named)?.get("user")?.get("as-groups"))
        .is_some_and(|groups| groups.kind() == ValueKind::Sequence)
}

impl Field<'_> {
    fn set(self, value: &Secret, raw_bytes: bool, path: &str) -> Result<(), KubeconfigError> {
        match self {
            Field::Text(text) => value.expose().clone_into(text),
            Field::Secret(secret) => *secret = value.clone(),
            Field::Flag(out) => *out = flag(value)?,
            Field::Data(data) if raw_bytes => *data = SecretBytes::new(value.expose().as_bytes()),
            Field::Data(data) => {
                let bytes = base64::decode(value.expose().as_bytes()).map_err(|at| {
                    refused(format!("error decoding input value: illegal base64 data at input byte {at}"))
                })?;
                *data = SecretBytes::new(bytes);
            }
            Field::Texts(_) => return Err(refused("unrecognized slice type. string")),
            Field::Map { shown, .. } => return Err(a_map(&shown)),
            // Upstream panics.
            Field::Struct { .. } => return Err(refused(format!("can't set a struct to a value: {path}"))),
        }
        Ok(())
    }

    fn clear(self) {
        match self {
            Field::Text(text) => text.clear(),
            Field::Secret(secret) => *secret = Secret::default(),
            Field::Flag(flag) => *flag = false,
            Field::Data(data) => *data = SecretBytes::default(),
            Field::Texts(list) => list.clear(),
            Field::Map { clear, .. } | Field::Struct { clear } => clear(),
        }
    }
}

/// Go's `strconv.ParseBool`; what stands there may be a secret in the wrong place.
fn flag(value: &Secret) -> Result<bool, KubeconfigError> {
    match value.expose() {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        other => Err(refused(format!("strconv.ParseBool: parsing {}: invalid syntax", quoted(other)))),
    }
}

fn a_map(shown: &str) -> KubeconfigError {
    refused(format!("can't set a map to a value: {shown}"))
}

/// Go's notation of a map.
fn go_map<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let shown: Vec<String> = entries.map(|(name, value)| format!("{name}:{value}")).collect();
    format!("map[{}]", shown.join(" "))
}

fn go_names<'a>(extensions: impl Iterator<Item = (&'a str, &'a serde_json::Value)>) -> String {
    go_map(extensions.map(|(name, value)| (name, if value.is_null() { "<nil>" } else { "..." })))
}

fn extensions(extensions: &mut crate::config::Extensions) -> Field<'_> {
    Field::Map {
        shown: go_names(extensions.iter()),
        clear: Box::new(|| *extensions = crate::config::Extensions::default()),
    }
}

fn cluster<'a>(entry: &'a mut Cluster, field: &str) -> Option<Field<'a>> {
    Some(match field {
        "-" => Field::Text(&mut entry.origin),
        "server" => Field::Text(&mut entry.server),
        "tls-server-name" => Field::Text(&mut entry.tls_server_name),
        "insecure-skip-tls-verify" => Field::Flag(&mut entry.insecure_skip_tls_verify),
        "certificate-authority" => Field::Text(&mut entry.certificate_authority),
        "certificate-authority-data" => Field::Data(&mut entry.certificate_authority_data),
        "proxy-url" => Field::Text(&mut entry.proxy_url),
        "disable-compression" => Field::Flag(&mut entry.disable_compression),
        "extensions" => extensions(&mut entry.extensions),
        _ => return None,
    })
}

fn context<'a>(entry: &'a mut Context, field: &str) -> Option<Field<'a>> {
    Some(match field {
        "-" => Field::Text(&mut entry.origin),
        "cluster" => Field::Text(&mut entry.cluster),
        "user" => Field::Text(&mut entry.user),
        "namespace" => Field::Text(&mut entry.namespace),
        "extensions" => extensions(&mut entry.extensions),
        _ => return None,
    })
}

fn user<'a>(entry: &'a mut User, field: &str) -> Option<Field<'a>> {
    Some(match field {
        "-" => Field::Text(&mut entry.origin),
        "client-certificate" => Field::Text(&mut entry.client_certificate),
        "client-certificate-data" => Field::Data(&mut entry.client_certificate_data),
        "client-key" => Field::Text(&mut entry.client_key),
        "client-key-data" => Field::Data(&mut entry.client_key_data),
        "token" => Field::Secret(&mut entry.token),
        "tokenFile" => Field::Text(&mut entry.token_file),
        "act-as" => Field::Text(&mut entry.impersonate),
        "act-as-uid" => Field::Text(&mut entry.impersonate_uid),
        "act-as-groups" => Field::Texts(&mut entry.impersonate_groups),
        "act-as-user-extra" => Field::Map {
            shown: extra(&entry.impersonate_user_extra),
            clear: Box::new(|| entry.impersonate_user_extra.clear()),
        },
        "username" => Field::Text(&mut entry.username),
        "password" => Field::Secret(&mut entry.password),
        "auth-provider" => Field::Struct { clear: Box::new(|| entry.auth_provider = None) },
        "exec" => Field::Struct { clear: Box::new(|| entry.exec = None) },
        "extensions" => extensions(&mut entry.extensions),
        _ => return None,
    })
}

fn extra(extra: &BTreeMap<String, Option<Vec<String>>>) -> String {
    let shown: Vec<(String, String)> = extra
        .iter()
        .map(|(name, values)| {
            (name.clone(), format!("[{}]", values.as_deref().unwrap_or_default().join(" ")))
        })
        .collect();
    go_map(shown.iter().map(|(name, values)| (name.as_str(), values.as_str())))
}
