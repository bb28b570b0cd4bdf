//! Whether the chosen entries can be used, with client-go's reasons in its order.
//!
//! upstream: client-go tools/clientcmd/validation.go, `client_config.go` (`ConfirmUsable`)

use std::path::Path;

use kubelogic_core::files::FileError;
use kubelogic_core::quote::quoted;

use super::select::Selection;
use super::{Disk, url};
use crate::config::{Cluster, Exec, User};
use crate::error::KubeconfigError;
use crate::secret::without_user;

const NO_SERVER: &str = "cluster has no server defined";

/// Refuses what a client could not use.
pub(super) fn usable(selection: &Selection<'_>, disk: &Disk<'_>) -> Result<(), KubeconfigError> {
    let mut reasons = Vec::new();
    let name = selection.context_name();
    if !name.is_empty() && !selection.config.contexts.contains_key(name) {
        reasons.push(format!("context was not found for specified context: {name}"));
    }
    user(&selection.user_name(), &selection.user().unwrap_or_default(), disk, &mut reasons);
    cluster(&selection.cluster_name(), selection.cluster().ok().as_ref(), disk, &mut reasons);
    match reasons.as_slice() {
        [] => Ok(()),
        [one] if one == NO_SERVER => Err(KubeconfigError::Empty),
        _ => Err(KubeconfigError::Invalid(reasons)),
    }
}

/// `None`: a cluster that a flag names and that does not exist.
fn cluster(name: &str, found: Option<&Cluster>, disk: &Disk<'_>, reasons: &mut Vec<String>) {
    let nothing = Cluster::default();
    if found == Some(&nothing) {
        reasons.push(NO_SERVER.to_owned());
        return;
    }
    let cluster = found.unwrap_or(&nothing);
    if cluster.server.is_empty() {
        reasons.push(if name.is_empty() {
            "default cluster has no server defined".to_owned()
        } else {
            format!("no server found for cluster {}", quoted(name))
        });
    }
    if !cluster.proxy_url.is_empty()
        && let Err(reason) = url::proxy(&cluster.proxy_url)
    {
        let shown = quoted(&without_user(&cluster.proxy_url));
        reasons.push(format!("invalid 'proxy-url' {shown} for cluster {}: {reason}", quoted(name)));
    }
    let file = &cluster.certificate_authority;
    if !file.is_empty() && !cluster.certificate_authority_data.is_empty() {
        reasons.push(format!(
            "certificate-authority-data and certificate-authority are both specified for {name}. \
             certificate-authority-data will override."
        ));
    }
    readable("certificate-authority", file, name, disk, reasons);
}

fn user(name: &str, user: &User, disk: &Disk<'_>, reasons: &mut Vec<String>) {
    if !user.client_certificate.is_empty() || !user.client_certificate_data.is_empty() {
        if !user.client_certificate.is_empty() && !user.client_certificate_data.is_empty() {
            reasons.push(format!(
                "client-cert-data and client-cert are both specified for {name}. client-cert-data will override."
            ));
        }
        if !user.client_key.is_empty() && !user.client_key_data.is_empty() {
            reasons.push(format!(
                "client-key-data and client-key are both specified for {name}; client-key-data will override"
            ));
        }
        if user.client_key.is_empty() && user.client_key_data.is_empty() {
            reasons.push(format!(
                "client-key-data or client-key must be specified for {name} to use the clientCert authentication \
                 method."
            ));
        }
        readable("client-cert", &user.client_certificate, name, disk, reasons);
        readable("client-key", &user.client_key, name, disk, reasons);
    }
    if let Some(plugin) = &user.exec {
        if user.auth_provider.is_some() {
            reasons.push(format!(
                "authProvider cannot be provided in combination with an exec plugin for {name}"
            ));
        }
        exec(name, plugin, reasons);
    }
    let basic = !user.username.is_empty() || !user.password.is_empty();
    if basic && !user.token.is_empty() {
        reasons.push(format!(
            "more than one authentication method found for {name}; found [token basicAuth], only one is allowed"
        ));
    }
    let more = !user.impersonate_uid.is_empty()
        || !user.impersonate_groups.is_empty()
        || !user.impersonate_user_extra.is_empty();
    if more && user.impersonate.is_empty() {
        reasons.push(format!("requesting uid, groups or user-extra for {name} without impersonating a user"));
    }
}

fn exec(name: &str, exec: &Exec, reasons: &mut Vec<String>) {
    let missing =
        |what: &str| format!("{what} must be specified for {name} to use exec authentication plugin");
    if exec.command.is_empty() {
        reasons.push(missing("command"));
    }
    if exec.api_version.is_empty() {
        reasons.push(missing("apiVersion"));
    }
    let nameless = exec.env.iter().flatten().filter(|variable| variable.name.is_empty());
    reasons.extend(nameless.map(|_| missing("env variable name")));
    match exec.interactive_mode.as_str() {
        "" => reasons.push(missing("interactiveMode")),
        "Never" | "IfAvailable" | "Always" => {}
        other => reasons.push(format!("invalid interactiveMode for {name}: {}", quoted(other))),
    }
}

fn readable(what: &str, file: &str, name: &str, disk: &Disk<'_>, reasons: &mut Vec<String>) {
    if file.is_empty() {
        return;
    }
    let reason = match disk.files.kind(Path::new(&disk.path(file))) {
        Ok(_) => return,
        Err(FileError::Missing) => "no such file or directory".to_owned(),
        Err(FileError::Forbidden) => "permission denied".to_owned(),
        Err(other) => other.to_string(),
    };
    reasons.push(format!("unable to read {what} {file} for {name} due to open {file}: {reason}"));
}
