//! Writing to the disk of the machine.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use kubelogic_core::files::{Access, FileError, FilesMut};

use super::replace::put;
use super::{StdFiles, told};

impl FilesMut for StdFiles {
    fn create(&self, path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
        let mut file = new_file(path, access).map_err(|error| told(&error))?;
        if content.is_empty() {
            return Ok(());
        }
        let written = file.write_all(content).and_then(|()| file.sync_all());
        written.map_err(|error| {
            // Half a file is none.
            let _ = fs::remove_file(path);
            told(&error)
        })
    }

    fn replace(&self, path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
        put(path, content, access).map_err(|error| told(&error))
    }

    fn create_directories(&self, path: &Path) -> Result<(), FileError> {
        // upstream: client-go tools/clientcmd/loader.go (lockFile): 0755, which the mask of the process narrows
        #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o755);
        builder.recursive(true).create(path).map_err(|error| told(&error))
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        fs::remove_file(path).map_err(|error| told(&error))
    }

    fn age(&self, path: &Path) -> Option<Duration> {
        fs::symlink_metadata(path).ok()?.modified().ok()?.elapsed().ok()
    }
}

/// Opens a file that was not there before.
pub(super) fn new_file(path: &Path, access: Access) -> std::io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    options.open(path)
}
