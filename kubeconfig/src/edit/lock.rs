//! The locks that kubectl and we respect: a file beside each file.
//!
//! upstream: client-go tools/clientcmd/loader.go (`lockFile`), config.go (`ModifyConfig`)

use std::path::Path;

use kubelogic_core::files::{Access, FileError, FilesMut};

use super::file::{directory, unopened};
use crate::error::KubeconfigError;
use crate::load::LoadingRules;

/// The locks that are held.
pub(super) struct Locks(Vec<String>);

/// Locks every file, in order of name. What is locked already is told at once.
pub(super) fn take(rules: &LoadingRules, files: &dyn FilesMut) -> Result<Locks, KubeconfigError> {
    let mut names = rules.files();
    names.sort_unstable();
    let mut locks = Locks(Vec::new());
    for name in names {
        if let Err(error) = lock(rules, name, files) {
            locks.release(files);
            return Err(error);
        }
        locks.0.push(rules.at(&format!("{name}.lock")));
    }
    Ok(locks)
}

fn lock(rules: &LoadingRules, name: &str, files: &dyn FilesMut) -> Result<(), KubeconfigError> {
    make_directory(rules, name, files)?;
    let lock = format!("{name}.lock");
    let place = rules.at(&lock);
    match files.create(Path::new(&place), b"", Access::Owner) {
        Ok(()) => Ok(()),
        Err(FileError::Exists) => {
            Err(KubeconfigError::Locked { path: lock, age: files.age(Path::new(&place)) })
        }
        Err(error) => Err(KubeconfigError::Unwritable(unopened(&lock, &error))),
    }
}

/// The directory of a file is made before anything is written into it.
pub(super) fn make_directory(
    rules: &LoadingRules,
    name: &str,
    files: &dyn FilesMut,
) -> Result<(), KubeconfigError> {
    let directory = directory(name);
    let place = rules.at(&directory);
    if files.kind(Path::new(&place)) != Err(FileError::Missing) {
        return Ok(());
    }
    files.create_directories(Path::new(&place)).map_err(|error| {
        KubeconfigError::Unwritable(format!("mkdir {directory}: {}", super::file::reason(&error)))
    })
}

impl Locks {
    /// Gives the locks back. One that somebody else has taken away is gone.
    pub(super) fn release(self, files: &dyn FilesMut) {
        for lock in self.0 {
            let _ = files.remove(Path::new(&lock));
        }
    }
}
