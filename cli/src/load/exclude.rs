//! Files and folders that are passed over when folders are read.

use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};
use kubelogic::files::{FileEntry, FileError, FileKind, Files};

use crate::console::Failure;

/// A pattern, and the folder that it is relative to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exclude {
    /// The folder.
    base: PathBuf,
    pattern: Pattern,
    /// Whether it is matched with names alone.
    of_names: bool,
}

impl Exclude {
    /// Reads a pattern: a name with `*` and `?`, or a path below the folder, in which `**` is any number of folders.
    pub(crate) fn new(text: &str, base: &Path) -> Result<Self, Failure> {
        let given = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
        let pattern = Pattern::new(given.trim_start_matches('/'))
            .map_err(|error| Failure::usage(format!("`{text}` is no pattern for files: {}", error.msg)))?;
        Ok(Self { base: base.to_owned(), pattern, of_names: !given.contains('/') })
    }

    /// Whether a path, which is relative to `here` unless it is absolute, is passed over.
    fn covers(&self, path: &Path, here: &Path) -> bool {
        const OPTIONS: MatchOptions = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: false,
        };
        if self.of_names {
            let name = path.file_name().and_then(|name| name.to_str());
            return name.is_some_and(|name| self.pattern.matches_with(name, OPTIONS));
        }
        let path = plain(&here.join(path));
        let below = path.strip_prefix(plain(&here.join(&self.base)));
        below.is_ok_and(|below| self.pattern.matches_path_with(below, OPTIONS))
    }
}

/// A path without `.` and, as far as that can be told without looking, without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Files without those that are passed over. What is named itself is always there.
pub(crate) struct Remaining<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) excludes: &'a [Exclude],
    /// The working directory.
    pub(crate) here: PathBuf,
}

impl Files for Remaining<'_> {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        self.files.kind(path)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.files.read(path)
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        let mut entries = self.files.list(path)?;
        entries.retain(|entry| {
            let path = path.join(&entry.name);
            !self.excludes.iter().any(|exclude| exclude.covers(&path, &self.here))
        });
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths_are_passed_over() {
        let here = Path::new("/repo/deploy");
        let covers = |pattern: &str, base: &str, path: &str| {
            Exclude::new(pattern, Path::new(base)).unwrap().covers(Path::new(path), here)
        };
        for (pattern, base, path) in [
            ("vendor", "", "manifests/vendor"),
            ("vendor/", "", "manifests/vendor"),
            ("*.tmpl.yaml", "", "/elsewhere/a.tmpl.yaml"),
            ("manifests/vendor", "", "manifests/vendor"),
            ("./manifests/vendor", "", "./manifests/vendor"),
            ("/manifests", "", "manifests"),
            ("deploy/manifests/*.json", "..", "manifests/a.json"),
            ("charts/**/templates", "..", "../charts/a/b/templates"),
            ("deploy/x", "/repo", "x"),
        ] {
            assert!(covers(pattern, base, path), "{pattern} {path}");
        }
        for (pattern, base, path) in [
            ("vendor", "", "manifests/vendors"),
            ("manifests/vendor", "", "other/manifests/vendor"),
            ("manifests/*.json", "", "manifests/a/b.json"),
            ("manifests/x", "..", "manifests/x"),
        ] {
            assert!(!covers(pattern, base, path), "{pattern} {path}");
        }
        assert!(Exclude::new("a***", Path::new("")).is_err());
    }
}
