//! Each command: what it refuses, what it makes of the configuration, and what it says.
//!
//! upstream: kubectl pkg/cmd/config/*.go

use std::path::Path;

use kubelogic_core::files::{FileKind, Files};
use kubelogic_core::quote::quoted;
use kubelogic_core::version::KubeVersion;

use super::change::{ClusterChange, ContextChange, Edit};
use super::file::reason;
use super::{Draft, Plan, default_file, property, starting_config};
use crate::config::{Cluster, Config};
use crate::error::KubeconfigError;
use crate::load::LoadingRules;
use crate::path;
use crate::secret::SecretBytes;

pub(super) fn plan(
    edit: &Edit,
    rules: LoadingRules,
    files: &dyn Files,
    version: KubeVersion,
) -> Result<Plan, KubeconfigError> {
    let world = World { rules: &rules, files };
    world.check(edit)?;
    let loaded = starting_config(&rules, files)?;
    let mut draft = Draft { config: loaded.config.clone(), touched: Vec::new(), relative_paths: true };
    let mut warning = None;
    let message = match edit {
        Edit::UseContext { name } => use_context(&mut draft.config, name)?,
        Edit::RenameContext { name, new_name } => world.rename(&mut draft.config, name, new_name)?,
        Edit::DeleteCluster { name } => {
            world.deleted("cluster", name, draft.config.clusters.remove(name).is_some())?
        }
        Edit::DeleteUser { name } => {
            world.deleted("user", name, draft.config.users.remove(name).is_some())?
        }
        Edit::DeleteContext { name } => {
            let message = world.deleted("context", name, draft.config.contexts.remove(name).is_some())?;
            if draft.config.current_context == *name {
                warning = Some(
                    "warning: this removed your active context, use \"kubectl config use-context\" to select a \
                     different one\n"
                        .to_owned(),
                );
            }
            message
        }
        Edit::Set { property, value, set_raw_bytes } => {
            draft.relative_paths = false;
            property::set(&mut draft, property, value, *set_raw_bytes)?;
            format!("Property {} set.\n", quoted(property))
        }
        Edit::Unset { property } => {
            draft.relative_paths = false;
            property::unset(&mut draft, property, &loaded)?;
            format!("Property {} unset.\n", quoted(property))
        }
        Edit::SetCluster { name, change } => {
            let cluster = draft.config.clusters.entry(name.clone()).or_default();
            world.change_cluster(cluster, change);
            format!("Cluster {} set.\n", quoted(name))
        }
        Edit::SetContext { name, current, change } => set_context(&mut draft.config, name, *current, change)?,
        Edit::SetCredentials { name, change } => {
            let user = draft.config.users.entry(name.clone()).or_default();
            world.change_user(user, change)?;
            format!("User {} set.\n", quoted(name))
        }
    };
    Ok(Plan { message, warning, rules, draft, version })
}

pub(super) fn refused(text: impl Into<String>) -> KubeconfigError {
    KubeconfigError::Refused(text.into())
}

/// What a command looks at besides the configuration.
pub(super) struct World<'a> {
    rules: &'a LoadingRules,
    files: &'a dyn Files,
}

impl World<'_> {
    /// What is refused before any file is read.
    fn check(&self, edit: &Edit) -> Result<(), KubeconfigError> {
        match edit {
            Edit::RenameContext { new_name, .. } if new_name.is_empty() => {
                Err(refused("You must specify a new non-empty context name"))
            }
            Edit::Set { value, .. } if value.is_empty() => {
                Err(refused("you cannot use set to unset a property"))
            }
            Edit::Set { property, .. } | Edit::Unset { property } if property.is_empty() => {
                Err(refused("you must specify a property"))
            }
            Edit::SetContext { name, current: false, .. } if name.is_empty() => {
                Err(refused("you must specify a non-empty context name or --current"))
            }
            Edit::SetContext { name, current: true, .. } if !name.is_empty() => {
                Err(refused("you cannot specify both a context name and --current"))
            }
            Edit::SetCluster { name, change } => self.check_cluster(name, change),
            Edit::SetCredentials { name, change } => self.check_user(name, change),
            _ => Ok(()),
        }
    }

    fn check_cluster(&self, name: &str, change: &ClusterChange) -> Result<(), KubeconfigError> {
        let authority = change.certificate_authority.as_deref().unwrap_or_default();
        if name.is_empty() {
            return Err(refused("you must specify a non-empty cluster name"));
        }
        if change.insecure_skip_tls_verify == Some(true) && !authority.is_empty() {
            return Err(refused(
                "you cannot specify a certificate authority and insecure mode at the same time",
            ));
        }
        if change.embed_certs && authority.is_empty() {
            return Err(refused("you must specify a --certificate-authority to embed"));
        }
        if change.embed_certs {
            self.must_exist("certificate-authority", authority)?;
        }
        Ok(())
    }

    pub(super) fn must_exist(&self, flag: &str, file: &str) -> Result<(), KubeconfigError> {
        match self.files.kind(Path::new(&self.rules.at(file))) {
            Ok(_) => Ok(()),
            Err(error) => {
                Err(refused(format!("could not stat {flag} file {file}: stat {file}: {}", reason(&error))))
            }
        }
    }

    /// A path that a flag names, as it is stored.
    pub(super) fn absolute(&self, file: &str) -> String {
        path::clean(&self.rules.at(file))
    }

    /// What is embedded. Nothing when it cannot be read: upstream only looks whether it is there.
    pub(super) fn embedded(&self, file: &str) -> SecretBytes {
        let path = self.rules.at(file);
        match self.files.read(Path::new(&path)) {
            Ok(bytes) => SecretBytes::new(bytes),
            // A directory can be opened, and then has no bytes.
            Err(_) if self.files.kind(Path::new(&path)) == Ok(FileKind::Directory) => {
                SecretBytes::new(Vec::new())
            }
            Err(_) => SecretBytes::default(),
        }
    }

    fn change_cluster(&self, cluster: &mut Cluster, change: &ClusterChange) {
        if let Some(server) = &change.server {
            cluster.server.clone_from(server);
            // Another server has another name.
            cluster.tls_server_name.clear();
        }
        if let Some(name) = &change.tls_server_name {
            cluster.tls_server_name.clone_from(name);
        }
        // Upstream's flag counts as given with its default: what it does not say again is false.
        cluster.insecure_skip_tls_verify = change.insecure_skip_tls_verify == Some(true);
        if cluster.insecure_skip_tls_verify {
            cluster.certificate_authority.clear();
            cluster.certificate_authority_data = SecretBytes::default();
        }
        if let Some(file) = &change.certificate_authority {
            cluster.insecure_skip_tls_verify = false;
            if change.embed_certs {
                cluster.certificate_authority_data = self.embedded(file);
                cluster.certificate_authority.clear();
            } else {
                cluster.certificate_authority = self.absolute(file);
                cluster.certificate_authority_data = SecretBytes::default();
            }
        }
        if let Some(url) = &change.proxy_url {
            cluster.proxy_url.clone_from(url);
        }
    }

    fn rename(&self, config: &mut Config, name: &str, new_name: &str) -> Result<String, KubeconfigError> {
        let file = default_file(self.rules, self.files);
        let (from, to) = (quoted(name), quoted(new_name));
        if !config.contexts.contains_key(name) {
            return Err(refused(format!("cannot rename the context {from}, it's not in {file}")));
        }
        if config.contexts.contains_key(new_name) {
            return Err(refused(format!(
                "cannot rename the context {from}, the context {to} already exists in {file}"
            )));
        }
        if let Some(context) = config.contexts.remove(name) {
            config.contexts.insert(new_name.to_owned(), context);
        }
        if config.current_context == name {
            new_name.clone_into(&mut config.current_context);
        }
        Ok(format!("Context {from} renamed to {to}.\n"))
    }

    /// Upstream names the default file, whichever file it is deleted from.
    fn deleted(&self, kind: &str, name: &str, was_there: bool) -> Result<String, KubeconfigError> {
        let file = default_file(self.rules, self.files);
        if was_there {
            Ok(format!("deleted {kind} {name} from {file}\n"))
        } else {
            Err(refused(format!("cannot delete {kind} {name}, not in {file}")))
        }
    }
}

fn use_context(config: &mut Config, name: &str) -> Result<String, KubeconfigError> {
    if name.is_empty() {
        return Err(refused("empty context names are not allowed"));
    }
    if !config.contexts.contains_key(name) {
        return Err(refused(format!("no context exists with the name: {}", quoted(name))));
    }
    name.clone_into(&mut config.current_context);
    Ok(format!("Switched to context {}.\n", quoted(name)))
}

fn set_context(
    config: &mut Config,
    name: &str,
    current: bool,
    change: &ContextChange,
) -> Result<String, KubeconfigError> {
    let name = if current { config.current_context.clone() } else { name.to_owned() };
    if name.is_empty() {
        return Err(refused("no current context is set"));
    }
    let existed = config.contexts.contains_key(&name);
    let context = config.contexts.entry(name.clone()).or_default();
    for (field, value) in [
        (&mut context.cluster, &change.cluster),
        (&mut context.user, &change.user),
        (&mut context.namespace, &change.namespace),
    ] {
        if let Some(value) = value {
            field.clone_from(value);
        }
    }
    Ok(format!("Context {} {}.\n", quoted(&name), if existed { "modified" } else { "created" }))
}
