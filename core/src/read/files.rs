//! Reading files and directories.
//!
//! upstream: cli-runtime pkg/resource/visitor.go (`ExpandPathsToFileVisitors`)

use std::path::{Path, PathBuf};

use super::{Code, Options, ReadError, Reading, Source, bytes_with_progress};
use crate::files::{FileKind, Files};
use crate::object::{FieldPath, Location, SourceName};

/// What a directory is searched for.
const EXTENSIONS: [&str; 3] = ["json", "yaml", "yml"];
/// Directories inside directories that are followed; more is a mistake of the file system.
const DEEPEST: usize = 200;

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file that is being read.
    pub source: &'a SourceName,
    /// Bytes of it that are done.
    pub done: usize,
    /// Bytes that it has.
    pub bytes: usize,
    /// Files that were read before it.
    pub files: usize,
}

/// Reads files and directories in the order in which they are given.
///
/// Of a directory all files that end in `.json`, `.yaml` or `.yml` are read in the order of their names, with
/// everything below when `recursive` is set; a file that is named itself is read whatever its name. What cannot be
/// read is an error, and reading goes on. `options` gives limits and rules; each file is its own source.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_core::read::{Options, files};
/// let disk = MemoryFiles::new().with("a/x.yaml", "kind: A").with("a/b/y.yml", "kind: B").with("a/README", "?");
/// let reading = files(&disk, &["a".into(), "none".into()], true, &Options::named("-"), &mut |_| {});
/// let kinds: Vec<_> = reading.objects.iter().map(|object| object.kind()).collect();
/// assert_eq!(kinds, ["B", "A"]);
/// assert_eq!(reading.objects[1].origin().source.as_str(), "a/x.yaml");
/// assert_eq!(reading.errors[0].to_string(), "none#1: the file cannot be read: it does not exist");
/// ```
pub fn files(
    files: &dyn Files,
    paths: &[PathBuf],
    recursive: bool,
    options: &Options,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Reading {
    let mut reader = Reader { files, options, progress, reading: Reading::default(), bytes: 0, count: 0 };
    for path in paths {
        if !reader.path(path, recursive) {
            break;
        }
    }
    reader.reading
}

struct Reader<'a> {
    files: &'a dyn Files,
    options: &'a Options,
    progress: &'a mut dyn FnMut(Progress<'_>),
    reading: Reading,
    bytes: u64,
    count: usize,
}

impl Reader<'_> {
    /// Reads what was named; `false` when the limit of the run is reached.
    fn path(&mut self, path: &Path, recursive: bool) -> bool {
        match self.files.kind(path) {
            Ok(FileKind::File) => self.file(path),
            Ok(FileKind::Directory) => {
                let mut found = Vec::new();
                self.walk(path, recursive, &mut found);
                if found.is_empty() {
                    let message = "the directory holds no file that ends in .json, .yaml or .yml";
                    self.fail(path, Code::File, message.to_owned());
                }
                found.iter().all(|file| self.file(file))
            }
            Err(error) => {
                self.fail(path, Code::File, format!("the file cannot be read: {error}"));
                true
            }
        }
    }

    /// Finds the files of a directory, in the order of Go's `filepath.Walk`.
    fn walk(&mut self, root: &Path, recursive: bool, found: &mut Vec<PathBuf>) {
        // The next path to look at is the last; directories put their entries there, last name first.
        let mut left = vec![(root.to_path_buf(), FileKind::Directory, 0)];
        while let Some((path, kind, depth)) = left.pop() {
            if kind == FileKind::File {
                let extension = path.extension().and_then(|extension| extension.to_str());
                if extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) {
                    found.push(path);
                }
                continue;
            }
            if depth > 0 && (!recursive || depth > DEEPEST) {
                continue;
            }
            match self.files.list(&path) {
                Ok(mut entries) => {
                    entries.sort_unstable_by(|one, two| two.name.as_os_str().cmp(one.name.as_os_str()));
                    left.extend(
                        entries.into_iter().map(|entry| (path.join(entry.name), entry.kind, depth + 1)),
                    );
                }
                Err(error) => {
                    self.fail(&path, Code::File, format!("the directory cannot be read: {error}"));
                }
            }
        }
    }

    fn file(&mut self, path: &Path) -> bool {
        let content = match self.files.read(path) {
            Ok(content) => content,
            Err(error) => {
                self.fail(path, Code::File, format!("the file cannot be read: {error}"));
                return true;
            }
        };
        self.bytes = self.bytes.saturating_add(u64::try_from(content.len()).unwrap_or(u64::MAX));
        let limit = self.options.limits.run_bytes;
        if self.bytes > limit {
            let message =
                format!("with this file the input has more than {limit} bytes, the limit of one run");
            self.fail(path, Code::RunTooLarge, message);
            return false;
        }
        let source = SourceName::new(path.to_string_lossy());
        let options = Options { source: source.clone(), ..self.options.clone() };
        let (bytes, files) = (content.len(), self.count);
        let progress = &mut *self.progress;
        let reading = bytes_with_progress(&content, &options, &mut |done| {
            progress(Progress { source: &source, done, bytes, files });
        });
        self.count += 1;
        self.reading.append(reading);
        true
    }

    fn fail(&mut self, path: &Path, code: Code, message: String) {
        let source = SourceName::new(path.to_string_lossy());
        self.reading.sources.push(Source::unread(source.clone()));
        self.reading.errors.push(ReadError {
            code,
            message,
            location: Location { source, document: 1, item: None, path: FieldPath::root(), position: None },
            help: None,
        });
    }
}
