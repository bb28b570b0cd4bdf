//! Changing kubeconfig files: the commands of `kubectl config`, with its words and its choice of files.

mod apply;
mod change;
mod credentials;
mod file;
mod lock;
mod lossless;
mod property;
mod write_back;

use kubelogic_core::files::{Files, FilesMut};
use kubelogic_core::version::KubeVersion;

use crate::config::Config;
use crate::error::KubeconfigError;
use crate::load::{Loaded, LoadingRules, load};

pub use change::{ClusterChange, ContextChange, Edit, UserChange};
pub use file::default_file;
pub(crate) use file::{alone, reason};

/// How a changed file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// As kubectl writes it: in its order, without comments and without keys that it does not know.
    #[default]
    Kubectl,
    /// Only what changes is written; every other byte stays.
    Lossless,
}

/// A change that is ready to be made.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What kubectl prints when it is made.
    pub message: String,
    /// What kubectl warns about before.
    pub warning: Option<String>,
    rules: LoadingRules,
    draft: Draft,
    version: KubeVersion,
}

/// The configuration that is wanted.
#[derive(Clone, Debug, Default)]
struct Draft {
    config: Config,
    /// Upstream also takes a list that was made empty for a change, where it had never been made before.
    touched: Vec<Touched>,
    /// Paths are written as seen from their file.
    relative_paths: bool,
}

/// Something that counts as changed, whatever it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Touched {
    Preferences,
    Cluster(String),
    User(String),
    Context(String),
}

/// Reads the files and says what a change would make of them. Nothing is written yet.
///
/// # Errors
/// The files cannot be used, or kubectl refuses the change.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{Edit, LoadingRules, Style, plan};
/// let files = MemoryFiles::new().with("/a", "contexts: [{name: dev}]");
/// let rules = LoadingRules::explicit("/a");
/// let plan = plan(&Edit::UseContext { name: "dev".to_owned() }, &rules, &files, Default::default())?;
/// assert_eq!(plan.message, "Switched to context \"dev\".\n");
/// assert_eq!(plan.write(&files, Style::Lossless)?, ["/a"]);
/// assert_eq!(files.contents()[0].1, b"current-context: dev\ncontexts: [{name: dev}]");
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn plan(
    edit: &Edit,
    rules: &LoadingRules,
    files: &dyn Files,
    version: KubeVersion,
) -> Result<Plan, KubeconfigError> {
    let rules = rules.clone().keep_paths();
    apply::plan(edit, rules, files, version)
}

impl Plan {
    /// Makes the change: locks the files, reads them again, and writes those that change. Answers their names, in the
    /// order of writing.
    ///
    /// A file that somebody else changed since the plan was made gets only what the plan differs in, as with kubectl.
    ///
    /// # Errors
    /// A file is locked, cannot be read any more, or cannot be written.
    pub fn write(&self, files: &dyn FilesMut, style: Style) -> Result<Vec<String>, KubeconfigError> {
        let locks = lock::take(&self.rules, files)?;
        let written = write_back::write(self, files, style);
        locks.release(files);
        written
    }
}

/// What all files together say; nothing where the one file of `--kubeconfig` is missing.
pub(crate) fn starting_config(rules: &LoadingRules, files: &dyn Files) -> Result<Loaded, KubeconfigError> {
    // upstream: client-go tools/clientcmd/config.go (PathOptions.GetStartingConfig)
    let loaded = match load(rules, files) {
        Err(KubeconfigError::Missing { .. }) => Loaded::default(),
        other => other?,
    };
    loaded.complete()?;
    Ok(loaded)
}
