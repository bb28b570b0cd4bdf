//! The files that a question brings, and those beside them.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kubelogic_core::files::{Access, FileEntry, FileError, FileKind, Files, FilesMut, MemoryFiles};

/// Where files are looked for that a question does not bring; nowhere unless a caller says so.
#[derive(Clone, Default)]
pub(super) struct Beside(Option<Arc<dyn Files + Send + Sync>>);

impl Beside {
    pub(super) fn of(files: impl Files + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(files)))
    }
}

impl fmt::Debug for Beside {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "Beside(files)" } else { "Beside(nothing)" })
    }
}

/// The files of a question. One that it brings hides the one beside it.
#[derive(Debug)]
pub(super) struct GivenFiles {
    pub(super) own: MemoryFiles,
    pub(super) beside: Beside,
}

impl GivenFiles {
    fn either<T>(&self, look: impl Fn(&dyn Files) -> Result<T, FileError>) -> Result<T, FileError> {
        match (look(&self.own), &self.beside.0) {
            (Err(FileError::Missing), Some(beside)) => look(beside.as_ref()),
            (found, _) => found,
        }
    }
}

impl Files for GivenFiles {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        self.either(|files| files.kind(path))
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.either(|files| files.read(path))
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        self.either(|files| files.list(path))
    }
}

/// What is written belongs to the question: the files beside it stay as they are.
impl FilesMut for GivenFiles {
    fn create(&self, path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
        match self.kind(path) {
            Err(FileError::Missing) => self.own.create(path, content, access),
            Ok(_) => Err(FileError::Exists),
            Err(error) => Err(error),
        }
    }

    fn replace(&self, path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
        match self.kind(path) {
            Ok(FileKind::Directory) => Err(FileError::Other("is a directory".to_owned())),
            _ => self.own.replace(path, content, access),
        }
    }

    fn create_directories(&self, path: &Path) -> Result<(), FileError> {
        self.own.create_directories(path)
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        self.own.remove(path)
    }

    fn age(&self, _: &Path) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_question_brings_hides_what_is_beside_it() {
        let own = MemoryFiles::new().with("/a", "own").with_error("/locked", FileError::Forbidden);
        let disk = MemoryFiles::new().with("/a", "disk").with("/b", "disk").with("/locked", "disk");
        let files = GivenFiles { own: own.clone(), beside: Beside::of(disk) };
        assert_eq!(files.read(Path::new("/a")), Ok(b"own".to_vec()));
        assert_eq!(files.read(Path::new("/b")), Ok(b"disk".to_vec()));
        assert_eq!(files.read(Path::new("/locked")), Err(FileError::Forbidden));
        assert_eq!(files.kind(Path::new("/c")), Err(FileError::Missing));
        let alone = GivenFiles { own, beside: Beside::default() };
        assert_eq!(alone.read(Path::new("/b")), Err(FileError::Missing));
    }

    #[test]
    fn what_is_written_hides_what_is_beside_it() {
        let disk = MemoryFiles::new().with("/a", "disk").with("/b.lock", "");
        let files = GivenFiles { own: MemoryFiles::new(), beside: Beside::of(disk) };
        assert_eq!(files.create(Path::new("/b.lock"), b"", Access::Owner), Err(FileError::Exists));
        files.replace(Path::new("/a"), b"new", Access::Owner).unwrap();
        assert_eq!(files.read(Path::new("/a")), Ok(b"new".to_vec()));
        assert_eq!(files.own.contents(), [("/a".into(), b"new".to_vec())]);
    }
}
