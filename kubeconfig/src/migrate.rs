//! The file that kubectl once used, moved to where it is looked for now.
//!
//! upstream: client-go tools/clientcmd/loader.go (`Migrate`)

use std::path::Path;

use kubelogic_core::files::{Access, FileError, FileKind, FilesMut};

use crate::edit::reason;
use crate::error::KubeconfigError;
use crate::load::LoadingRules;
use crate::path;

/// Copies `.kube/.kubeconfig` below the home directory to `.kube/config`, when the one is there and the other is not.
/// Every command of kubectl that reads kubeconfig files begins with this. Answers whether something was copied.
///
/// # Errors
/// The old file is a directory, or cannot be copied.
///
/// ```
/// use kubelogic_core::files::{Files, MemoryFiles};
/// use kubelogic_kubeconfig::{LoadingRules, migrate};
/// let files = MemoryFiles::new().with("/home/ann/.kube/.kubeconfig", "current-context: dev");
/// assert!(migrate("/home/ann", &LoadingRules::none(), &files)?);
/// assert_eq!(files.read("/home/ann/.kube/config".as_ref()).unwrap(), b"current-context: dev");
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn migrate(home: &str, rules: &LoadingRules, files: &dyn FilesMut) -> Result<bool, KubeconfigError> {
    let of =
        |name: &str| if home.is_empty() { name.to_owned() } else { path::clean(&format!("{home}/{name}")) };
    let (new, old) = (of(".kube/config"), of(".kube/.kubeconfig"));
    let (to, from) = (rules.at(&new), rules.at(&old));
    let failed = |verb: &str, name: &str, error: &FileError| {
        Err(KubeconfigError::Unwritable(format!("{verb} {name}: {}", reason(error))))
    };
    match files.kind(Path::new(&to)) {
        Ok(_) | Err(FileError::Forbidden) => return Ok(false),
        Err(FileError::Missing) => {}
        Err(error) => return failed("stat", &new, &error),
    }
    match files.kind(Path::new(&from)) {
        Ok(FileKind::File) => {}
        Ok(FileKind::Directory) => {
            let text = format!("cannot migrate {old} to {new} because it is a directory");
            return Err(KubeconfigError::Refused(text));
        }
        Err(FileError::Missing | FileError::Forbidden) => return Ok(false),
        Err(error) => return failed("stat", &old, &error),
    }
    let bytes = match files.read(Path::new(&from)) {
        Ok(bytes) => bytes,
        Err(error) => return failed("open", &old, &error),
    };
    // Before 1.37 the copy was readable for all; now it is as the old file was, and here never more than the owner's.
    match files.replace(Path::new(&to), &bytes, Access::Owner) {
        Ok(()) => Ok(true),
        Err(error) => failed("open", &new, &error),
    }
}
