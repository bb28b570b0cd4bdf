//! Which file, and what it says alone.

use std::path::Path;

use kubelogic_core::files::{FileError, Files};

use crate::decode::{Decoded, decode};
use crate::error::KubeconfigError;
use crate::load::{LoadingRules, Unread, read};
use crate::path;

/// The file that gets what belongs to no other one: the only one, or the first that exists, or the last.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{LoadingRules, default_file};
/// let rules = LoadingRules::kubeconfig("/a:/b");
/// assert_eq!(default_file(&rules, &MemoryFiles::new()), "/b");
/// assert_eq!(default_file(&rules, &MemoryFiles::new().with("/a", "")), "/a");
/// ```
pub fn default_file(rules: &LoadingRules, files: &dyn Files) -> String {
    // upstream: client-go tools/clientcmd/config.go (PathOptions.GetDefaultFilename)
    let names = rules.files();
    let found = names.iter().find(|name| exists(rules, name, files)).filter(|_| names.len() > 1);
    found.or(names.last()).map_or_else(String::new, |name| (*name).to_owned())
}

pub(super) fn exists(rules: &LoadingRules, name: &str, files: &dyn Files) -> bool {
    !name.is_empty() && files.kind(Path::new(&rules.at(name))).is_ok()
}

/// A file by itself; a missing one says nothing.
pub(crate) fn alone(
    rules: &LoadingRules,
    name: &str,
    files: &dyn Files,
) -> Result<(Decoded, Vec<u8>), KubeconfigError> {
    // upstream: config.go (getConfigFromFile)
    let bytes = match named(rules, name, files) {
        Ok(bytes) => bytes,
        Err(Unread::Missing) => Vec::new(),
        Err(Unread::Other(message)) => return Err(KubeconfigError::Unusable(message)),
    };
    let mut decoded = decode(&bytes, name).map_err(|refusal| KubeconfigError::Unusable(refusal.message))?;
    let config = &mut decoded.config;
    config.clusters.values_mut().for_each(|entry| name.clone_into(&mut entry.origin));
    config.users.values_mut().for_each(|entry| name.clone_into(&mut entry.origin));
    config.contexts.values_mut().for_each(|entry| name.clone_into(&mut entry.origin));
    Ok((decoded, bytes))
}

/// The bytes of a file; no file has an empty name.
fn named(rules: &LoadingRules, name: &str, files: &dyn Files) -> Result<Vec<u8>, Unread> {
    if name.is_empty() { Err(Unread::Missing) } else { read(&rules.at(name), name, files) }
}

/// What Go says about a file that cannot be opened.
pub(super) fn unopened(name: &str, error: &FileError) -> String {
    format!("open {name}: {}", reason(error))
}

/// An error in the words of the system, as Go passes them on.
pub(crate) fn reason(error: &FileError) -> String {
    match error {
        FileError::Missing => "no such file or directory".to_owned(),
        other => other.to_string(),
    }
}

/// The directory of a file, as it is named in messages.
pub(super) fn directory(name: &str) -> String {
    path::directory(name)
}
