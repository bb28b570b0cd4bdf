//! Files as the logic sees them: traits, so that tests and browsers need no disk.

mod memory;

pub use memory::MemoryFiles;

use std::path::{Path, PathBuf};
use std::time::Duration;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Something that can be read to its end.
    File,
    /// A directory.
    Directory,
}

/// One entry of a directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileEntry {
    /// The name, without the directory.
    pub name: PathBuf,
    /// What it is. Links to directories count as files, as in Go's `filepath.Walk`, which never follows them.
    pub kind: FileKind,
}

/// Why a path could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Nothing stands there.
    #[error("it does not exist")]
    Missing,
    /// It is not allowed.
    #[error("permission denied")]
    Forbidden,
    /// Something stands there already.
    #[error("file exists")]
    Exists,
    /// Anything else, in the words of the system.
    #[error("{0}")]
    Other(String),
}

/// Reads files. Implemented over the disk by the facade crate, and by [`MemoryFiles`].
pub trait Files {
    /// What stands at a path; a link counts as what it leads to.
    ///
    /// # Errors
    ///
    /// Nothing stands there, or it cannot be looked at.
    fn kind(&self, path: &Path) -> Result<FileKind, FileError>;

    /// The whole content of a file.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError>;

    /// The entries of a directory, in any order.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError>;
}

/// Who may read and write a file that is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Its owner alone: mode 0600.
    Owner,
    /// Whoever the system lets read new files.
    Usual,
}

/// Writes files. Implemented over the disk by the facade crate, and by [`MemoryFiles`].
pub trait FilesMut: Files {
    /// Creates a file where nothing stands: of several that try, one succeeds. A file like this is a lock.
    ///
    /// # Errors
    ///
    /// [`FileError::Exists`] when something stands there, or it cannot be created.
    fn create(&self, path: &Path, content: &[u8], access: Access) -> Result<(), FileError>;

    /// Puts a file in the place of another, or where none is. Whoever reads meanwhile reads the old one or the new one
    /// whole; so it is after a crash, and when anything goes wrong the old one is still there. A file that is replaced
    /// keeps who may read it and what links to it; `access` is for a new one.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    fn replace(&self, path: &Path, content: &[u8], access: Access) -> Result<(), FileError>;

    /// Creates a directory and those above it; one that is there already is none of its business.
    ///
    /// # Errors
    ///
    /// It cannot be created.
    fn create_directories(&self, path: &Path) -> Result<(), FileError>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// It cannot be removed.
    fn remove(&self, path: &Path) -> Result<(), FileError>;

    /// How long ago a file was last written; nothing when that is not known.
    fn age(&self, path: &Path) -> Option<Duration>;
}
