//! Files as the logic sees them: a trait, so that tests and browsers need no disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

/// Why a path could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Nothing stands there.
    #[error("it does not exist")]
    Missing,
    /// Reading it is not allowed.
    #[error("permission denied")]
    Forbidden,
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

/// Files that exist in memory only.
///
/// ```
/// use kubelogic_core::files::{FileError, FileKind, Files, MemoryFiles};
/// use std::path::Path;
/// let files = MemoryFiles::new().with("team/roles.yaml", "kind: Role");
/// assert_eq!(files.kind(Path::new("team")), Ok(FileKind::Directory));
/// assert_eq!(files.read(Path::new("team/roles.yaml")).unwrap(), b"kind: Role");
/// assert_eq!(files.read(Path::new("none")), Err(FileError::Missing));
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<PathBuf, Result<Vec<u8>, FileError>>,
}

impl MemoryFiles {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, and the directories above it.
    #[must_use]
    pub fn with(mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), Ok(content.into()));
        self
    }

    /// Adds a file or directory that cannot be read.
    #[must_use]
    pub fn with_error(mut self, path: impl Into<PathBuf>, error: FileError) -> Self {
        self.files.insert(path.into(), Err(error));
        self
    }
}

impl Files for MemoryFiles {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        if self.files.contains_key(path) {
            return Ok(FileKind::File);
        }
        let inside = self.files.keys().any(|file| file != path && file.starts_with(path));
        if inside { Ok(FileKind::Directory) } else { Err(FileError::Missing) }
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.files.get(path).cloned().unwrap_or(Err(FileError::Missing))
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        let mut entries = BTreeMap::new();
        for file in self.files.keys() {
            let Ok(rest) = file.strip_prefix(path) else { continue };
            let mut parts = rest.components();
            let Some(first) = parts.next() else { continue };
            let kind = if parts.next().is_some() { FileKind::Directory } else { FileKind::File };
            entries.insert(PathBuf::from(first.as_os_str()), kind);
        }
        if entries.is_empty() {
            return Err(FileError::Missing);
        }
        Ok(entries.into_iter().map(|(name, kind)| FileEntry { name, kind }).collect())
    }
}
