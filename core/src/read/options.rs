//! How to read, and how much.

use crate::object::SourceName;
use crate::version::KubeVersion;

/// How kubectl cuts a stream that begins with `{` into documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum StreamRules {
    /// kubectl up to 1.32: a stream that begins as JSON stays JSON.
    Until132,
    /// kubectl from 1.33: a stream that begins as JSON goes on as YAML when its first or second value is no JSON.
    #[default]
    Since133,
}

/// How much is read; beyond it reading fails with an error that names the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document, or of one item of a list.
    pub document_bytes: usize,
    /// Levels of values in one document or list item.
    pub depth: usize,
    /// Bytes of all inputs of one run together.
    pub run_bytes: u64,
}

impl Default for Limits {
    /// 8 MB, 1,000 levels, 4 GB.
    fn default() -> Self {
        Self { document_bytes: 8 << 20, depth: 1000, run_bytes: 4 << 30 }
    }
}

/// How to read one input.
///
/// ```
/// use kubelogic_core::read::Options;
/// let options = Options::named("pods.yaml");
/// assert_eq!(options.source.as_str(), "pods.yaml");
/// assert_eq!(options.limits.depth, 1000);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The input's name in messages.
    pub source: SourceName,
    /// How streams are cut.
    pub rules: StreamRules,
    /// How much is read.
    pub limits: Limits,
}

impl StreamRules {
    /// The rules of a version's kubectl.
    pub fn of(version: KubeVersion) -> Self {
        if version.minor() <= 32 { Self::Until132 } else { Self::Since133 }
    }
}

impl Options {
    /// The newest rules and the default limits.
    pub fn named(source: impl AsRef<str>) -> Self {
        Self { source: SourceName::new(source), rules: StreamRules::default(), limits: Limits::default() }
    }

    /// The same with the rules of a version's kubectl.
    ///
    /// ```
    /// use kubelogic_core::read::{Options, StreamRules};
    /// let options = Options::named("-").for_version("1.32".parse()?);
    /// assert_eq!(options.rules, StreamRules::Until132);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    #[must_use]
    pub fn for_version(mut self, version: KubeVersion) -> Self {
        self.rules = StreamRules::of(version);
        self
    }
}
