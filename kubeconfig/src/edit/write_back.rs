//! Which change goes into which file.
//!
//! upstream: client-go tools/clientcmd/config.go (`ModifyConfig`, `writeCurrentContext`, `writePreferences`).
//! Upstream writes a file once per entry; here all changes of a file are gathered and written once, so that nobody
//! ever sees half of a change.

use std::collections::BTreeMap;
use std::path::Path;

use kubelogic_core::files::{Access, FilesMut};

use super::file::{alone, exists, unopened};
use super::lock::make_directory;
use super::{Plan, Style, Touched, default_file, lossless, starting_config};
use crate::config::{Cluster, Config, Context, User};
use crate::error::KubeconfigError;
use crate::load::LoadingRules;
use crate::path;
use crate::secret::without_user;
use crate::view::Redaction;
use crate::write::to_yaml;

pub(super) fn write(plan: &Plan, files: &dyn FilesMut, style: Style) -> Result<Vec<String>, KubeconfigError> {
    let starting = starting_config(&plan.rules, files)?.config;
    let mut pending = Pending { rules: &plan.rules, files, written: Vec::new() };
    pending.gather(plan, &starting)?;
    for file in &pending.written {
        let text = match style {
            Style::Kubectl => to_yaml(&file.config, Redaction::Raw, plan.version)?,
            Style::Lossless => lossless::rewrite(&file.name, &file.bytes, &file.config)?,
        };
        make_directory(&plan.rules, &file.name, files)?;
        if file.name.is_empty() {
            return Err(KubeconfigError::Unwritable("open : no such file or directory".to_owned()));
        }
        files
            .replace(Path::new(&plan.rules.at(&file.name)), text.as_bytes(), Access::Owner)
            .map_err(|error| KubeconfigError::Unwritable(unopened(&file.name, &error)))?;
    }
    Ok(pending.written.into_iter().map(|file| file.name).collect())
}

/// The files that will be written, in the order in which upstream comes to them.
struct Pending<'a> {
    rules: &'a LoadingRules,
    files: &'a dyn FilesMut,
    written: Vec<File>,
}

struct File {
    name: String,
    /// What it says afterwards.
    config: Config,
    /// What is written there.
    bytes: Vec<u8>,
}

impl Pending<'_> {
    fn gather(&mut self, plan: &Plan, starting: &Config) -> Result<(), KubeconfigError> {
        let wanted = &plan.draft.config;
        let touched = |it: &Touched| plan.draft.touched.contains(it);
        if starting.current_context != wanted.current_context {
            self.current_context(&wanted.current_context)?;
        }
        if starting.preferences != wanted.preferences || touched(&Touched::Preferences) {
            self.preferences(wanted, touched(&Touched::Preferences))?;
        }
        let relative = plan.draft.relative_paths;
        for (name, cluster) in &wanted.clusters {
            if starting.clusters.get(name) == Some(cluster) && !touched(&Touched::Cluster(name.clone())) {
                continue;
            }
            let file = self.destination(&cluster.origin);
            let mut cluster = Cluster { origin: file.clone(), ..cluster.clone() };
            self.file(&file)?;
            if relative {
                self.relative_cluster(&mut cluster)?;
            }
            self.file(&file)?.clusters.insert(name.clone(), cluster);
        }
        for (name, context) in &wanted.contexts {
            if starting.contexts.get(name) == Some(context) && !touched(&Touched::Context(name.clone())) {
                continue;
            }
            let file = self.destination(&context.origin);
            let context = Context { origin: file.clone(), ..context.clone() };
            self.file(&file)?.contexts.insert(name.clone(), context);
        }
        for (name, user) in &wanted.users {
            if starting.users.get(name) == Some(user) && !touched(&Touched::User(name.clone())) {
                continue;
            }
            let file = self.destination(&user.origin);
            let mut user = User { origin: file.clone(), ..user.clone() };
            self.file(&file)?;
            if relative {
                self.relative_user(&mut user)?;
            }
            self.file(&file)?.users.insert(name.clone(), user);
        }
        for (name, file) in gone(&starting.clusters, &wanted.clusters, |entry| &entry.origin) {
            let file = self.destination(file);
            self.file(&file)?.clusters.remove(name);
        }
        for (name, file) in gone(&starting.contexts, &wanted.contexts, |entry| &entry.origin) {
            let file = self.destination(file);
            self.file(&file)?.contexts.remove(name);
        }
        for (name, file) in gone(&starting.users, &wanted.users, |entry| &entry.origin) {
            let file = self.destination(file);
            self.file(&file)?.users.remove(name);
        }
        Ok(())
    }

    /// A file that will be written, with what is to be written so far.
    fn file(&mut self, name: &str) -> Result<&mut Config, KubeconfigError> {
        let known = self.written.iter().position(|file| file.name == name);
        if known.is_none() {
            let (decoded, bytes) = alone(self.rules, name, self.files)?;
            self.written.push(File { name: name.to_owned(), config: decoded.config, bytes });
        }
        let at = known.unwrap_or(self.written.len() - 1);
        match self.written.get_mut(at) {
            Some(file) => Ok(&mut file.config),
            None => Err(KubeconfigError::Unwritable(format!("open {name}: no such file or directory"))),
        }
    }

    /// What a file says now, or will say.
    fn said(&self, name: &str) -> Result<Config, KubeconfigError> {
        match self.written.iter().find(|file| file.name == name) {
            Some(file) => Ok(file.config.clone()),
            None => alone(self.rules, name, self.files).map(|(decoded, _)| decoded.config),
        }
    }

    fn destination(&self, origin: &str) -> String {
        if origin.is_empty() { default_file(self.rules, self.files) } else { origin.to_owned() }
    }

    fn current_context(&mut self, name: &str) -> Result<(), KubeconfigError> {
        if let Some(file) = self.rules.explicit_file().map(str::to_owned) {
            name.clone_into(&mut self.file(&file)?.current_context);
            return Ok(());
        }
        if !name.is_empty() {
            let file = default_file(self.rules, self.files);
            name.clone_into(&mut self.file(&file)?.current_context);
            return Ok(());
        }
        // It is taken out of the first file that has one: then the next file's comes to light.
        for file in self.rules.files() {
            if exists(self.rules, file, self.files) && !self.said(file)?.current_context.is_empty() {
                self.file(file)?.current_context.clear();
                return Ok(());
            }
        }
        Err(KubeconfigError::Refused("no config found to write context".to_owned()))
    }

    /// Preferences go into the first file where they differ, be it missing.
    fn preferences(&mut self, wanted: &Config, always: bool) -> Result<(), KubeconfigError> {
        for file in self.rules.files() {
            let differs = always || self.said(file)?.preferences != wanted.preferences;
            if self.rules.explicit_file().is_some() || differs {
                self.file(file)?.preferences = wanted.preferences.clone();
                return Ok(());
            }
        }
        Err(KubeconfigError::Refused("no config found to write preferences".to_owned()))
    }

    fn relative_cluster(&self, cluster: &mut Cluster) -> Result<(), KubeconfigError> {
        if cluster.origin.is_empty() {
            let server = without_user(&cluster.server);
            return Err(KubeconfigError::Refused(format!("no location of origin for {server}")));
        }
        let base = self.base(&cluster.origin);
        relative(&mut cluster.certificate_authority, &base);
        Ok(())
    }

    fn relative_user(&self, user: &mut User) -> Result<(), KubeconfigError> {
        if user.origin.is_empty() {
            // Upstream prints the user, keys included.
            return Err(KubeconfigError::Refused("no location of origin for REDACTED".to_owned()));
        }
        let base = self.base(&user.origin);
        relative(&mut user.client_certificate, &base);
        relative(&mut user.client_key, &base);
        relative(&mut user.token_file, &base);
        if let Some(exec) = user.exec.as_mut().filter(|exec| exec.command.contains('/')) {
            relative(&mut exec.command, &base);
        }
        Ok(())
    }

    fn base(&self, origin: &str) -> String {
        self.rules.at(&path::directory(origin))
    }
}

/// A path as seen from a directory; one that would have to go up stays absolute.
fn relative(value: &mut String, base: &str) {
    // upstream: loader.go (ResolvePaths, RelativizePathWithNoBacksteps)
    if value.is_empty() {
        return;
    }
    let absolute = if value.starts_with('/') { value.clone() } else { path::join(base, value) };
    let seen = path::relative(base, &absolute);
    *value = if seen.starts_with("../") { absolute } else { seen };
}

fn gone<'a, T>(
    from: &'a BTreeMap<String, T>,
    to: &'a BTreeMap<String, T>,
    origin: impl Fn(&'a T) -> &'a String,
) -> impl Iterator<Item = (&'a String, &'a String)> {
    from.iter().filter(|(name, _)| !to.contains_key(*name)).map(move |(name, entry)| (name, origin(entry)))
}
