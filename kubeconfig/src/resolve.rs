//! Which API server, as whom, in which namespace.
//!
//! upstream: client-go `tools/clientcmd/client_config.go` (`DirectClientConfig`), `merged_client_builder.go`

mod connection;
mod overrides;
mod select;
mod url;
mod validate;

pub use connection::Connection;
pub use overrides::Overrides;

use kubelogic_core::files::Files;

use crate::error::KubeconfigError;
use crate::load::{Loaded, LoadingRules};
use select::Selection;

/// What a client would connect with, and the names that led there.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The context; empty for none.
    pub context: String,
    /// The cluster's name; empty for none.
    pub cluster: String,
    /// The user's name; empty for none.
    pub user: String,
    /// The connection.
    pub connection: Connection,
}

/// The namespace of requests that name none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Namespace {
    /// Its name.
    pub name: String,
    /// Whether a flag says so.
    pub overridden: bool,
}

/// What a client would connect with. Nothing is run: an exec plugin is described.
///
/// # Errors
/// A file cannot be used, a name does not exist, or the chosen entries cannot be used, in client-go's words and order.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{LoadingRules, Overrides, load, resolve};
/// let files = MemoryFiles::new().with("/a", "clusters: [{name: c, cluster: {server: 'https://a'}}]");
/// let rules = LoadingRules::explicit("/a");
/// let loaded = load(&rules, &files)?;
/// let mut flags = Overrides::default();
/// flags.cluster = "c".to_owned();
/// assert_eq!(resolve(&loaded, &flags, &rules, &files)?.connection.server, "https://a");
/// flags.user = "nobody".to_owned();
/// let error = resolve(&loaded, &flags, &rules, &files).unwrap_err();
/// assert_eq!(error.to_string(), "auth info \"nobody\" does not exist");
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn resolve(
    loaded: &Loaded,
    overrides: &Overrides,
    rules: &LoadingRules,
    files: &dyn Files,
) -> Result<Resolved, KubeconfigError> {
    let selection = Selection { config: loaded.complete()?, overrides };
    let user = selection.user()?;
    selection.context()?;
    let cluster = selection.cluster()?;
    let disk = Disk { files, directory: &rules.directory };
    validate::usable(&selection, &disk)?;
    Ok(Resolved {
        context: selection.context_name().to_owned(),
        cluster: selection.cluster_name(),
        user: selection.user_name(),
        connection: connection::connection(&cluster, &user, overrides, &disk)?,
    })
}

/// The namespace of requests that name none.
///
/// # Errors
/// As [`resolve`]; a namespace from a flag needs nothing else.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{LoadingRules, Overrides, load, namespace};
/// let files = MemoryFiles::new();
/// let rules = LoadingRules::none();
/// let loaded = load(&rules, &files)?;
/// let mut flags = Overrides::default();
/// flags.namespace = "shop".to_owned();
/// assert_eq!(namespace(&loaded, &flags, &rules, &files)?.name, "shop");
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn namespace(
    loaded: &Loaded,
    overrides: &Overrides,
    rules: &LoadingRules,
    files: &dyn Files,
) -> Result<Namespace, KubeconfigError> {
    let selection = Selection { config: loaded.complete()?, overrides };
    if !overrides.namespace.is_empty() {
        return Ok(Namespace { name: overrides.namespace.clone(), overridden: true });
    }
    validate::usable(&selection, &Disk { files, directory: &rules.directory })?;
    let context = selection.context()?;
    let name = if context.namespace.is_empty() { "default".to_owned() } else { context.namespace };
    Ok(Namespace { name, overridden: false })
}

/// The files beside the configuration.
struct Disk<'a> {
    files: &'a dyn Files,
    directory: &'a str,
}

impl Disk<'_> {
    fn path(&self, path: &str) -> String {
        crate::path::join(self.directory, path)
    }
}
