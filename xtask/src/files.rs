//! Files and folders, with the path in every error.

use std::path::Path;

use crate::error::TaskError;

/// Reads a text file.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<String, TaskError> {
    std::fs::read_to_string(path).map_err(|source| TaskError::File { path: path.to_owned(), source })
}

/// Writes a text file, with the folders above it.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), TaskError> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    std::fs::write(path, text).map_err(|source| TaskError::File { path: path.to_owned(), source })
}

/// Creates a folder and those above it.
///
/// # Errors
/// When it cannot be created.
pub fn create_folder(path: &Path) -> Result<(), TaskError> {
    std::fs::create_dir_all(path).map_err(|source| TaskError::File { path: path.to_owned(), source })
}

/// Makes sure that a folder exists and is empty.
///
/// # Errors
/// When it cannot be emptied or created.
pub fn empty_folder(path: &Path) -> Result<(), TaskError> {
    if path.exists() {
        std::fs::remove_dir_all(path).map_err(|source| TaskError::File { path: path.to_owned(), source })?;
    }
    create_folder(path)
}

/// The files directly in a folder whose name ends in `suffix`, sorted.
///
/// # Errors
/// When the folder cannot be read.
pub fn in_folder(path: &Path, suffix: &str) -> Result<Vec<std::path::PathBuf>, TaskError> {
    let failed = |source| TaskError::File { path: path.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name().to_string_lossy().ends_with(suffix) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
