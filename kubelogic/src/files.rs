//! Files and folders of the machine.

mod disk;
mod replace;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use replace::replace;

pub use kubelogic_core::files::{Access, FileEntry, FileError, FileKind, Files, FilesMut, MemoryFiles};

use kubelogic_core::cluster::{Cluster, LoadError, LoadOptions};
use kubelogic_core::read;

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StdFiles;

impl Files for StdFiles {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        let metadata = fs::metadata(path).map_err(|error| told(&error))?;
        Ok(if metadata.is_dir() { FileKind::Directory } else { FileKind::File })
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        fs::read(path).map_err(|error| told(&error))
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path).map_err(|error| told(&error))? {
            let entry = entry.map_err(|error| told(&error))?;
            // A link counts as a file: folders are not entered through links, as Go's walk does not.
            let folder = entry.file_type().map_err(|error| told(&error))?.is_dir();
            let kind = if folder { FileKind::Directory } else { FileKind::File };
            entries.push(FileEntry { name: entry.file_name().into(), kind });
        }
        entries.sort();
        Ok(entries)
    }
}

/// Loads a cluster from files and folders, folders with everything below them.
///
/// # Errors
/// When anything in them cannot be read, or the objects do not make a cluster. All reasons are listed.
///
/// ```
/// let shop = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/shop");
/// # if std::path::Path::new(shop).exists() {
/// let cluster = kubelogic::files::load(&[shop.into()], &kubelogic::LoadOptions::default())?;
/// assert!(cluster.namespaces().contains("shop"));
/// # }
/// # Ok::<(), kubelogic::LoadError>(())
/// ```
pub fn load(paths: &[PathBuf], options: &LoadOptions) -> Result<Cluster, LoadError> {
    let rules = read::Options::named("").for_version(options.kube_version);
    let reading = read::files(&StdFiles, paths, true, &rules, &mut |_| {});
    Cluster::of_reading(reading, options)
}

/// The usual reasons by name, the others in the words of the system.
fn told(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing,
        io::ErrorKind::PermissionDenied => FileError::Forbidden,
        io::ErrorKind::AlreadyExists => FileError::Exists,
        _ => FileError::Other(in_lower_case(&error.to_string())),
    }
}

/// `Not a directory (os error 20)` as other programs say it: `not a directory`.
fn in_lower_case(text: &str) -> String {
    let text = text.split_once(" (os error").map_or(text, |(words, _)| words);
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
