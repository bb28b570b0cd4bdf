//! Files that need no disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Access, FileEntry, FileError, FileKind, Files, FilesMut};

/// Files that exist in memory only. A clone has files of its own.
///
/// ```
/// use kubelogic_core::files::{FileError, FileKind, Files, MemoryFiles};
/// use std::path::Path;
/// let files = MemoryFiles::new().with("team/roles.yaml", "kind: Role");
/// assert_eq!(files.kind(Path::new("team")), Ok(FileKind::Directory));
/// assert_eq!(files.read(Path::new("team/roles.yaml")).unwrap(), b"kind: Role");
/// assert_eq!(files.read(Path::new("none")), Err(FileError::Missing));
/// ```
#[derive(Debug, Default)]
pub struct MemoryFiles {
    files: Mutex<BTreeMap<PathBuf, Result<Vec<u8>, FileError>>>,
}

impl Clone for MemoryFiles {
    fn clone(&self) -> Self {
        Self { files: Mutex::new(self.map().clone()) }
    }
}

impl MemoryFiles {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, and the directories above it.
    #[must_use]
    pub fn with(self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Self {
        self.map().insert(path.into(), Ok(content.into()));
        self
    }

    /// Adds a file or directory that cannot be read.
    #[must_use]
    pub fn with_error(self, path: impl Into<PathBuf>, error: FileError) -> Self {
        self.map().insert(path.into(), Err(error));
        self
    }

    /// Every file that can be read, with its content, in order of path.
    ///
    /// ```
    /// use kubelogic_core::files::MemoryFiles;
    /// let files = MemoryFiles::new().with("/a", "x");
    /// assert_eq!(files.contents(), [("/a".into(), b"x".to_vec())]);
    /// ```
    pub fn contents(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let readable = |(path, content): (&PathBuf, &Result<Vec<u8>, FileError>)| {
            content.as_ref().ok().map(|content| (path.clone(), content.clone()))
        };
        self.map().iter().filter_map(readable).collect()
    }

    /// Nobody panics while holding the files, so what is there after a panic elsewhere is whole.
    fn map(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Result<Vec<u8>, FileError>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for MemoryFiles {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        let files = self.map();
        if files.contains_key(path) {
            return Ok(FileKind::File);
        }
        let inside = files.keys().any(|file| file != path && file.starts_with(path));
        if inside { Ok(FileKind::Directory) } else { Err(FileError::Missing) }
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.map().get(path).cloned().unwrap_or(Err(FileError::Missing))
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        let mut entries = BTreeMap::new();
        for file in self.map().keys() {
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

impl FilesMut for MemoryFiles {
    fn create(&self, path: &Path, content: &[u8], _: Access) -> Result<(), FileError> {
        match self.kind(path) {
            Err(FileError::Missing) => {}
            Ok(_) => return Err(FileError::Exists),
            Err(error) => return Err(error),
        }
        self.map().insert(path.to_owned(), Ok(content.to_vec()));
        Ok(())
    }

    fn replace(&self, path: &Path, content: &[u8], _: Access) -> Result<(), FileError> {
        match self.kind(path) {
            Ok(FileKind::Directory) => return Err(FileError::Other("is a directory".to_owned())),
            // What cannot be read cannot be written either.
            Ok(FileKind::File) => drop(self.read(path)?),
            Err(FileError::Missing) => {}
            Err(error) => return Err(error),
        }
        self.map().insert(path.to_owned(), Ok(content.to_vec()));
        Ok(())
    }

    fn create_directories(&self, path: &Path) -> Result<(), FileError> {
        // Directories are there when a file is below them.
        let blocked = path.ancestors().any(|above| self.map().contains_key(above));
        if blocked { Err(FileError::Other("not a directory".to_owned())) } else { Ok(()) }
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        self.map().remove(path).map(|_| ()).ok_or(FileError::Missing)
    }

    fn age(&self, _: &Path) -> Option<Duration> {
        None
    }
}
