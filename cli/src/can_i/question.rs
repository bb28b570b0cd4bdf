//! From the command line to a question, as `kubectl auth can-i` understands it.

use std::collections::BTreeMap;

use kubelogic::access::{Attributes, UserInfo};
use kubelogic::rbac::Bootstrap;
use kubelogic::schema::{Discovery, Resolved, verb_warning};
use serde_json::json;

use crate::arguments::{BootstrapMode, CanI};
use crate::console::Failure;

/// What is asked for.
pub(super) struct Asked<'a> {
    /// kubectl's warnings, with the empty line that it prints behind most of them.
    pub(super) warnings: Vec<String>,
    target: Target<'a>,
}

enum Target<'a> {
    Path(&'a str),
    Resource { resolved: Box<Resolved<'a>>, name: &'a str },
}

/// The user that impersonation makes of `--as` and its companions.
pub(super) fn user(arguments: &CanI) -> Result<UserInfo, Failure> {
    let Some(name) = arguments.user.as_ref().filter(|name| !name.is_empty()) else {
        return Err(Failure::with_help(
            "nobody is asking: there is no cluster to take the current user from",
            "say who asks with --as USER, such as --as ann --as-group developers \
             or --as system:serviceaccount:NAMESPACE:NAME",
        ));
    };
    let mut user = UserInfo::impersonated(name, arguments.groups.iter().cloned());
    user.uid.clone_from(&arguments.uid);
    let mut extra: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for given in &arguments.extra {
        let Some((key, value)) = given.split_once('=') else {
            return Err(Failure::usage(format!("`{given}` is no KEY=VALUE for --as-user-extra")));
        };
        extra.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    user.extra = extra;
    Ok(user)
}

impl<'a> Asked<'a> {
    pub(super) fn new(arguments: &'a CanI, discovery: &'a Discovery) -> Self {
        // upstream: kubectl pkg/cmd/auth/cani.go (Complete, Validate)
        let mut warnings = Vec::new();
        // kubectl ends these two with a line break of its own.
        let broken = |warning: Option<String>| warning.map(|warning| format!("{warning}\n"));
        if arguments.target().starts_with('/') {
            warnings.extend(broken(verb_warning(arguments.verb(), true)));
            return Self { warnings, target: Target::Path(arguments.target()) };
        }
        let (word, name) = arguments.target().split_once('/').unwrap_or((arguments.target(), ""));
        let resolved = discovery.resolve(word);
        warnings.extend(resolved.warnings.iter().map(|warning| {
            // Only the warning about an unknown resource ends with a line break of its own.
            let end = if resolved.resource.is_none() { "\n" } else { "" };
            format!("{warning}{end}")
        }));
        if !arguments.all_namespaces {
            warnings.extend(broken(resolved.scope_warning()));
            warnings.extend(broken(verb_warning(arguments.verb(), false)));
        }
        Self { warnings, target: Target::Resource { resolved: Box::new(resolved), name } }
    }

    /// The request as an authorizer sees it.
    pub(super) fn attributes(&'a self, arguments: &'a CanI) -> Attributes<'a> {
        match &self.target {
            Target::Path(path) => Attributes::path(arguments.verb(), path),
            Target::Resource { resolved, name } => {
                Attributes::resource(arguments.verb(), &resolved.group, &resolved.plural)
                    .subresource(&arguments.subresource)
                    .named(name)
                    .in_namespace(namespace(arguments))
            }
        }
    }

    /// The question in the words of the catalogue.
    pub(super) fn question(&self, arguments: &CanI, user: &UserInfo) -> Result<String, Failure> {
        let request = match &self.target {
            Target::Path(path) => json!({"verb": arguments.verb(), "path": path}),
            Target::Resource { resolved, name } => json!({
                "verb": arguments.verb(),
                "group": resolved.group,
                "resource": resolved.plural,
                "subresource": arguments.subresource,
                "name": name,
                "namespace": namespace(arguments),
            }),
        };
        let bootstrap = bootstrap_word(arguments.bootstrap);
        let user = serde_json::to_value(user)
            .map_err(|error| Failure::usage(format!("the user cannot be written as JSON: {error}")))?;
        let ask = if arguments.explain { "access.explain" } else { "access.can" };
        Ok(json!({"ask": ask, "user": user, "request": request, "bootstrap": bootstrap}).to_string())
    }
}

/// The namespace of the request; all of them is none.
fn namespace(arguments: &CanI) -> &str {
    if arguments.all_namespaces { "" } else { &arguments.namespace }
}

/// The same in the words of the catalogue.
pub(crate) fn bootstrap_word(mode: BootstrapMode) -> &'static str {
    match mode {
        BootstrapMode::Auto => "auto",
        BootstrapMode::Always => "always",
        BootstrapMode::Never => "never",
    }
}

/// What becomes of the default roles and bindings.
pub(crate) fn bootstrap(mode: BootstrapMode) -> Bootstrap {
    match mode {
        BootstrapMode::Auto => Bootstrap::Auto,
        BootstrapMode::Always => Bootstrap::Always,
        BootstrapMode::Never => Bootstrap::Never,
    }
}
