//! Putting a file in the place of another.

use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use kubelogic_core::files::Access;

use super::disk::new_file;

/// Names that are tried for the file in between.
const TRIES: u32 = 100;

/// Puts a file in the place of another, or where none is. Whoever reads it meanwhile reads the old one or the new one
/// and never a part; when anything goes wrong the old one is still there. Permissions stay, and a link stays a link.
///
/// # Errors
///
/// The file, or one beside it, cannot be written.
///
/// ```
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("a.yaml");
/// kubelogic::files::replace(&path, b"kind: A\n")?;
/// kubelogic::files::replace(&path, b"kind: B\n")?;
/// assert_eq!(std::fs::read(&path)?, b"kind: B\n");
/// assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    put(path, contents, Access::Usual)
}

/// The same; a file that was not there before is for those that `access` names.
pub(super) fn put(path: &Path, contents: &[u8], access: Access) -> io::Result<()> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let old = match fs::metadata(&target) {
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    // Until it stands in the place of a file that others may read, nobody else may.
    let (mut file, between) = beside(&target, if old.is_some() { Access::Owner } else { access })?;
    let written = file
        .write_all(contents)
        .and_then(|()| old.map_or(Ok(()), |old| keep(&file, &old)))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&between, &target));
    if written.is_err() {
        // What is left behind would be taken for a manifest by nobody: its name ends otherwise.
        let _ = fs::remove_file(&between);
    }
    written?;
    sync_folder(&target);
    Ok(())
}

/// Gives a new file the owner and the permissions of the old one.
fn keep(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            fchown(file, Some(old.uid()), Some(old.gid()))?;
        }
    }
    file.set_permissions(old.permissions())
}

/// The new name outlives a loss of power. A system that cannot promise that has renamed all the same.
fn sync_folder(target: &Path) {
    #[cfg(unix)]
    if let Some(folder) = target.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = target;
}

/// A new file beside another.
fn beside(target: &Path, access: Access) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy().into_owned();
    for number in 0..TRIES {
        let path = target.with_file_name(format!(".{name}.{}-{number}.new", std::process::id()));
        match new_file(&path, access) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (file, path)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.yaml", &link).unwrap();
        replace(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn what_cannot_be_written_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.yaml");
        fs::write(&file, "old").unwrap();
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).unwrap();
        assert_eq!(replace(&file, b"new").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&file).unwrap(), b"old");
        assert!(replace(&folder.path().join("none/a.yaml"), b"new").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
