//! Why there is no configuration.

use kubelogic_core::object::Location;

/// What is wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// The file, as it was named.
    pub file: String,
    /// The sentence about it: upstream's, or our own when the file is no YAML.
    pub message: String,
    /// The permanent code.
    pub code: &'static str,
    /// Where it is, as far as known.
    pub location: Option<Location>,
}

/// Why there is no configuration, or no connection. No text shows a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KubeconfigError {
    /// The file that was asked for by name is missing.
    #[error("stat {path}: no such file or directory")]
    Missing {
        /// Its path.
        path: String,
    },
    /// Files cannot be used. The text is client-go's.
    #[error("{}", of_files(.0))]
    Files(Vec<FileProblem>),
    /// A name that was asked for does not exist: `context "x" does not exist`.
    #[error("{kind} {} does not exist", kubelogic_core::quote::quoted(.name))]
    Unknown {
        /// `context`, `cluster` or `auth info`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// Nothing says where the API server is.
    #[error(
        "invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable"
    )]
    Empty,
    /// The context, user or cluster cannot be used; each reason in client-go's words.
    #[error("invalid configuration: {}", aggregate(.0))]
    Invalid(Vec<String>),
    /// A value cannot be used, or a file that is named cannot be read.
    #[error("{0}")]
    Unusable(String),
}

impl KubeconfigError {
    /// The permanent code.
    ///
    /// ```
    /// use kubelogic_kubeconfig::KubeconfigError;
    /// assert_eq!(KubeconfigError::Empty.code(), "kubeconfig/empty");
    /// ```
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "kubeconfig/missing",
            Self::Files(_) => "kubeconfig/files",
            Self::Unknown { .. } => "kubeconfig/unknown-name",
            Self::Empty => "kubeconfig/empty",
            Self::Invalid(_) => "kubeconfig/invalid",
            Self::Unusable(_) => "kubeconfig/unusable",
        }
    }
}

fn of_files(problems: &[FileProblem]) -> String {
    let texts: Vec<String> = problems
        .iter()
        .map(|problem| format!("error loading config file \"{}\": {}", problem.file, problem.message))
        .collect();
    aggregate(&texts)
}

/// Several errors as one: each text once.
fn aggregate(texts: &[String]) -> String {
    // upstream: apimachinery pkg/util/errors/errors.go (aggregate)
    let mut once: Vec<&str> = Vec::new();
    for text in texts {
        if !once.contains(&text.as_str()) {
            once.push(text);
        }
    }
    match once.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("[{}]", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_reasons_stand_in_brackets_once_each() {
        let reasons = ["a".to_owned(), "b".to_owned(), "a".to_owned()];
        assert_eq!(KubeconfigError::Invalid(reasons.to_vec()).to_string(), "invalid configuration: [a, b]");
        let same = ["a".to_owned(), "a".to_owned()];
        assert_eq!(KubeconfigError::Invalid(same.to_vec()).to_string(), "invalid configuration: a");
    }
}
