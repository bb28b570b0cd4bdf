#![doc = include_str!("../README.md")]
//!
//! ```
//! use kubelogic_core::files::MemoryFiles;
//! use kubelogic_kubeconfig::{LoadingRules, Overrides, load, resolve};
//!
//! let files = MemoryFiles::new()
//!     .with("/work/a", "current-context: dev\ncontexts: [{name: dev, context: {cluster: c, user: ann}}]\n")
//!     .with("/work/b", "clusters: [{name: c, cluster: {server: 'https://10.0.0.1'}}]\ncurrent-context: prod\n");
//! let rules = LoadingRules::kubeconfig("a:b").in_directory("/work");
//! let loaded = load(&rules, &files)?;
//! let resolved = resolve(&loaded, &Overrides::default(), &rules, &files)?;
//! assert_eq!(resolved.connection.server, "https://10.0.0.1");
//! assert_eq!(loaded.config.current_context, "dev");
//! # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
//! ```

mod build;
mod config;
mod decode;
mod edit;
mod error;
mod findings;
mod load;
mod migrate;
mod path;
mod resolve;
mod secret;
mod show;
mod view;
mod why;
mod write;

pub use build::{Component, Credentials, Material, Parts, Profile, build};
pub use config::{AuthProvider, Cluster, Config, Context, Exec, ExecVariable, Extensions, Preferences, User};
pub use edit::{ClusterChange, ContextChange, Edit, Plan, Style, UserChange, default_file, plan};
pub use error::{FileProblem, KubeconfigError};
pub use findings::{FINDINGS, KubeconfigFinding, findings};
pub use load::{Loaded, LoadedFile, LoadingRules, load};
pub use migrate::migrate;
pub use resolve::{Connection, Namespace, Overrides, Resolved, namespace, resolve};
pub use secret::{Secret, SecretBytes, without_user};
pub use show::{ViewOptions, flatten, minify, view};
pub use view::{Redaction, to_json};
pub use why::{Section, Shadowed};
pub use write::{to_json_text, to_yaml};
