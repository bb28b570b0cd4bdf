//! One file as client-go decodes it: the type, the fields, then the names.
//!
//! upstream: client-go tools/clientcmd/loader.go (Load), api/v1/conversion.go; apimachinery
//! pkg/runtime/serializer/json/json.go

pub(crate) mod base64;
mod entries;
mod header;
mod place;
mod scalar;

use std::collections::BTreeMap;

use kubelogic_core::object::{Location, Object};
use kubelogic_core::read::{self, Code, Options, ReadError};

use crate::config::{Config, Extensions};
use entries::Named;
pub(crate) use header::folded;
use place::Place;

/// Why a file cannot be used.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) location: Option<Location>,
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        // The words of go-yaml are its own; ours name the place.
        let code = if error.code == Code::TooDeep { "read/too-deep" } else { error.code.name() };
        let message = match error.location.position {
            Some(position) => format!("{position}: {}", error.message),
            None => error.message,
        };
        Self { code, message, location: Some(error.location) }
    }
}

/// What a file says, and the file as it was written.
pub(crate) struct Decoded {
    pub(crate) config: Config,
    /// Nothing for an empty file.
    pub(crate) object: Option<Object>,
}

/// Decodes the bytes of one file.
pub(crate) fn decode(bytes: &[u8], name: &str) -> Result<Decoded, Refusal> {
    if bytes.is_empty() {
        return Ok(Decoded { config: Config::default(), object: None });
    }
    let object = read::yaml_value_of_bytes(bytes, &Options::named(name))?;
    header::check(object.root())?;
    let config = config(&object)?;
    Ok(Decoded { config, object: Some(object) })
}

/// Fields in order of name, as the JSON between the two decoders has them; then defaults; then lists become maps, in
/// the order of the Go struct.
fn config(object: &Object) -> Result<Config, Refusal> {
    let mut config = Config::default();
    let (mut clusters, mut users, mut contexts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut extensions, mut preferences) = (Named::default(), Named::default());
    let root = object.root();
    for (key, value) in scalar::fields(root, &Place::ROOT, "v1.Config")? {
        let at = |field| Place::field(None, "Config", field);
        match key {
            "clusters" => clusters = entries::clusters(value, &at("clusters"))?,
            "contexts" => contexts = entries::contexts(value, &at("contexts"))?,
            "users" => users = entries::users(value, &at("users"))?,
            "current-context" => {
                scalar::text(value, &at("current-context"), "string", &mut config.current_context)?;
            }
            "extensions" => extensions = entries::extensions(value, &at("extensions"))?,
            "preferences" => {
                let at = at("preferences");
                for (key, value) in scalar::fields(value, &at, "v1.Preferences")? {
                    match key {
                        "colors" => {
                            scalar::flag(
                                value,
                                &at.below("Preferences", "colors"),
                                &mut config.preferences.colors,
                            )?;
                        }
                        "extensions" => {
                            preferences = entries::extensions(value, &at.below("Preferences", "extensions"))?;
                        }
                        _ => {}
                    }
                }
            }
            "apiVersion" | "kind" => scalar::text(value, &at("kind"), "string", &mut String::new())?,
            _ => {}
        }
    }
    config.preferences.extensions = preferences.finished()?;
    config.clusters = by_name(clusters, "NamedCluster", "Cluster")?;
    config.users = by_name(users, "NamedAuthInfo", "AuthInfo")?;
    config.contexts = by_name(contexts, "NamedContext", "Context")?;
    config.extensions = extensions.finished()?;
    Ok(config)
}

/// An item of a list: its name, what it says, and its extensions.
struct Item<T> {
    name: String,
    value: T,
    extensions: Named,
    location: Location,
}

trait Extended {
    fn set_extensions(&mut self, extensions: Extensions);
}

fn by_name<T: Extended>(items: Vec<Item<T>>, list: &str, one: &str) -> Result<BTreeMap<String, T>, Refusal> {
    let mut found = BTreeMap::new();
    for mut item in items {
        item.value.set_extensions(item.extensions.finished()?);
        if found.contains_key(&item.name) {
            // Upstream prints the whole list here, tokens and passwords included.
            let message = format!(
                "error converting *[]{list} into *map[string]*api.{one}: duplicate name \"{}\" in list: REDACTED",
                item.name
            );
            return Err(Refusal {
                code: "kubeconfig/duplicate-name",
                message,
                location: Some(item.location),
            });
        }
        found.insert(item.name, item.value);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        decode(text.as_bytes(), "-").map(|_| ()).unwrap_err().message
    }

    #[test]
    fn a_type_error_names_the_struct_and_the_fields_as_go_does() {
        assert_eq!(
            refused("contexts: [{name: on}]"),
            "json: cannot unmarshal bool into Go struct field NamedContext.contexts.name of type string"
        );
        assert_eq!(
            refused("users: [{user: {exec: {args: 5, apiVersion: 1}}}]"),
            "json: cannot unmarshal number into Go struct field ExecConfig.users.user.exec.apiVersion of type string"
        );
    }

    #[test]
    fn a_name_that_stands_twice_shows_no_token() {
        let message = refused("users: [{name: u, user: {token: s3cr3t}}, {name: u}]");
        assert!(message.ends_with("duplicate name \"u\" in list: REDACTED"), "{message}");
    }
}
