//! Finding the files, reading them and making one configuration of them.
//!
//! upstream: client-go tools/clientcmd/loader.go (`ClientConfigLoadingRules`)

use std::path::Path;

use kubelogic_core::files::{FileError, FileKind, Files};
use kubelogic_core::object::Object;

use crate::config::Config;
use crate::decode::decode;
use crate::error::{FileProblem, KubeconfigError};
use crate::path;

/// Which files are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadingRules {
    explicit: Option<String>,
    precedence: Vec<String>,
    warn: bool,
    pub(crate) directory: String,
    resolve_paths: bool,
}

impl LoadingRules {
    /// The value of `KUBECONFIG`: files separated by colons, the first one to say something wins. A file that is
    /// missing is passed over, and so is one that stands there twice.
    ///
    /// ```
    /// use kubelogic_kubeconfig::LoadingRules;
    /// let rules = LoadingRules::kubeconfig("/a::/b:/a");
    /// assert_eq!(rules.files(), ["/a", "", "/b"]);
    /// ```
    pub fn kubeconfig(value: &str) -> Self {
        let mut precedence: Vec<String> = Vec::new();
        for file in value.split(':').filter(|_| !value.is_empty()) {
            if !precedence.iter().any(|known| known == file) {
                precedence.push(file.to_owned());
            }
        }
        Self { precedence, warn: true, ..Self::none() }
    }

    /// The file that is read when nothing names another one: `.kube/config` below the home directory.
    ///
    /// ```
    /// use kubelogic_kubeconfig::LoadingRules;
    /// assert_eq!(LoadingRules::home("/home/ann").files(), ["/home/ann/.kube/config"]);
    /// ```
    pub fn home(home: &str) -> Self {
        let precedence = vec![path::clean(&format!("{home}/.kube/config"))];
        Self { precedence, ..Self::none() }
    }

    /// Exactly one file, as `--kubeconfig` names it. It must be there.
    pub fn explicit(file: &str) -> Self {
        Self { explicit: Some(file.to_owned()).filter(|file| !file.is_empty()), ..Self::none() }
    }

    /// No file at all.
    pub fn none() -> Self {
        Self {
            explicit: None,
            precedence: Vec::new(),
            warn: false,
            directory: "/".to_owned(),
            resolve_paths: true,
        }
    }

    /// Where relative paths start; `/` unless said.
    #[must_use]
    pub fn in_directory(mut self, directory: &str) -> Self {
        directory.clone_into(&mut self.directory);
        self
    }

    /// Leaves paths in the configuration as they are written, as `kubectl config view` does.
    #[must_use]
    pub fn keep_paths(mut self) -> Self {
        self.resolve_paths = false;
        self
    }

    /// The one file that was asked for by name.
    pub(crate) fn explicit_file(&self) -> Option<&str> {
        self.explicit.as_deref()
    }

    /// A path as seen from where relative ones start.
    pub(crate) fn at(&self, file: &str) -> String {
        path::join(&self.directory, file)
    }

    /// The files in their order.
    pub fn files(&self) -> Vec<&str> {
        match &self.explicit {
            Some(file) => vec![file],
            None => self.precedence.iter().map(String::as_str).collect(),
        }
    }
}

/// What all files together say.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The merged configuration.
    pub config: Config,
    /// The files that were read, in their order.
    pub files: Vec<LoadedFile>,
    /// The files that are missing.
    pub missing: Vec<String>,
    /// What kubectl says when none of them is there.
    pub warning: Option<String>,
    /// The files that cannot be used: with one of them there is no answer, but the others are merged all the same.
    pub problems: Vec<FileProblem>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// Its name, as it was given.
    pub name: String,
    /// What it says.
    pub config: Config,
    /// How it is written, with every key; nothing for an empty file.
    pub object: Option<Object>,
}

impl Loaded {
    /// Why the configuration cannot be used as a whole.
    ///
    /// # Errors
    /// A file cannot be used.
    pub fn complete(&self) -> Result<&Config, KubeconfigError> {
        if self.problems.is_empty() {
            Ok(&self.config)
        } else {
            Err(KubeconfigError::Files(self.problems.clone()))
        }
    }
}

/// Reads the files and merges them. Files that cannot be used are listed in [`Loaded::problems`].
///
/// # Errors
/// The one file that must be there is missing.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{LoadingRules, load};
/// let files = MemoryFiles::new().with("/a", "clusters: [{name: yes}]").with("/b", "current-context: b");
/// let loaded = load(&LoadingRules::kubeconfig("/a:/b:/c"), &files)?;
/// assert_eq!(loaded.config.current_context, "b");
/// assert_eq!(loaded.missing, ["/c"]);
/// assert_eq!(
///     loaded.complete().unwrap_err().to_string(),
///     "error loading config file \"/a\": json: cannot unmarshal bool into Go struct field \
///      NamedCluster.clusters.name of type string",
/// );
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn load(rules: &LoadingRules, files: &dyn Files) -> Result<Loaded, KubeconfigError> {
    let at = |file: &str| rules.at(file);
    if let Some(file) = &rules.explicit
        && files.kind(Path::new(&at(file))) == Err(FileError::Missing)
    {
        return Err(KubeconfigError::Missing { path: file.clone() });
    }
    let mut loaded = Loaded::default();
    for name in rules.files().into_iter().filter(|name| !name.is_empty()) {
        let problem =
            |message: String, code| FileProblem { file: name.to_owned(), message, code, location: None };
        let bytes = match read(&at(name), name, files) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => {
                loaded.missing.push(name.to_owned());
                continue;
            }
            Err(Unread::Other(message)) => {
                loaded.problems.push(problem(message, "kubeconfig/unreadable"));
                continue;
            }
        };
        match decode(&bytes, name) {
            Ok(decoded) => {
                let mut config = decoded.config;
                config.clusters.values_mut().for_each(|entry| name.clone_into(&mut entry.origin));
                config.users.values_mut().for_each(|entry| name.clone_into(&mut entry.origin));
                config.contexts.values_mut().for_each(|entry| name.clone_into(&mut entry.origin));
                loaded.config.fill(&config);
                loaded.files.push(LoadedFile { name: name.to_owned(), config, object: decoded.object });
            }
            Err(refusal) => loaded
                .problems
                .push(FileProblem { location: refusal.location, ..problem(refusal.message, refusal.code) }),
        }
    }
    if rules.warn && !loaded.missing.is_empty() && loaded.files.is_empty() {
        loaded.warning = Some(format!("Config not found: {}", loaded.missing.join(", ")));
    }
    if rules.resolve_paths {
        resolve_paths(&mut loaded.config, &rules.directory);
    }
    Ok(loaded)
}

/// Why there are no bytes.
pub(crate) enum Unread {
    Missing,
    /// In the words of Go's `os` package.
    Other(String),
}

/// The bytes of a file, called `name` in messages.
pub(crate) fn read(path: &str, name: &str, files: &dyn Files) -> Result<Vec<u8>, Unread> {
    let failed = |error: FileError, verb: &str| match error {
        FileError::Missing => Unread::Missing,
        FileError::Forbidden => Unread::Other(format!("open {name}: permission denied")),
        other => Unread::Other(format!("{verb} {name}: {other}")),
    };
    match files.kind(Path::new(path)) {
        Ok(FileKind::Directory) => Err(Unread::Other(format!("read {name}: is a directory"))),
        Ok(FileKind::File) => files.read(Path::new(path)).map_err(|error| failed(error, "read")),
        Err(error) => Err(failed(error, "open")),
    }
}

/// Paths in a file start where the file is.
fn resolve_paths(config: &mut Config, directory: &str) {
    // upstream: loader.go (ResolveLocalPaths)
    let absolute = |origin: &str, value: &mut String| {
        if !value.is_empty() && !value.starts_with('/') {
            *value = path::join(&path::join(directory, &path::directory(origin)), value);
        }
    };
    for cluster in config.clusters.values_mut() {
        absolute(&cluster.origin, &mut cluster.certificate_authority);
    }
    for user in config.users.values_mut() {
        absolute(&user.origin, &mut user.client_certificate);
        absolute(&user.origin, &mut user.client_key);
        absolute(&user.origin, &mut user.token_file);
        // A command without a slash is looked for in PATH.
        if let Some(exec) = user.exec.as_mut().filter(|exec| exec.command.contains('/')) {
            absolute(&user.origin, &mut exec.command);
        }
    }
}

#[cfg(test)]
mod tests {
    use kubelogic_core::files::MemoryFiles;

    use super::*;

    #[test]
    fn a_file_that_is_named_must_be_there() {
        let error = load(&LoadingRules::explicit("/none"), &MemoryFiles::new()).unwrap_err();
        assert_eq!(error.to_string(), "stat /none: no such file or directory");
    }

    #[test]
    fn a_folder_and_a_locked_file_are_problems() {
        let files = MemoryFiles::new().with("/d/x", "").with_error("/locked", FileError::Forbidden);
        let loaded = load(&LoadingRules::kubeconfig("/d:/locked"), &files).unwrap();
        assert_eq!(
            loaded.complete().unwrap_err().to_string(),
            "[error loading config file \"/d\": read /d: is a directory, \
             error loading config file \"/locked\": open /locked: permission denied]"
        );
    }

    #[test]
    fn paths_start_at_their_file() {
        let files = MemoryFiles::new().with(
            "/w/d/config",
            "clusters: [{name: c, cluster: {certificate-authority: ../ca.crt}}]\n\
             users: [{name: u, user: {tokenFile: t, client-key: /k, exec: {command: bin/x}}}, {name: v, user: {exec: \
             {command: x}}}]",
        );
        let rules = LoadingRules::kubeconfig("d/config").in_directory("/w");
        let config = load(&rules, &files).unwrap().config;
        assert_eq!(config.clusters["c"].certificate_authority, "/w/ca.crt");
        assert_eq!(config.users["u"].token_file, "/w/d/t");
        assert_eq!(config.users["u"].client_key, "/k");
        assert_eq!(config.users["u"].exec.as_ref().unwrap().command, "/w/d/bin/x");
        assert_eq!(config.users["v"].exec.as_ref().unwrap().command, "x");
        let kept = load(&rules.keep_paths(), &files).unwrap().config;
        assert_eq!(kept.clusters["c"].certificate_authority, "../ca.crt");
    }
}
