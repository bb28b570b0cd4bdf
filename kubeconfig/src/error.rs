//! Why there is no configuration.

use std::time::Duration;

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
    /// A change that kubectl refuses, in its words.
    #[error("{0}")]
    Refused(String),
    /// Another command holds the lock of a file, or was killed while it did. It is never broken unasked.
    #[error("open {path}: file exists")]
    Locked {
        /// The lock.
        path: String,
        /// How long it has been there.
        age: Option<Duration>,
    },
    /// A file cannot be written; it is what it was before. The words are those of Go.
    #[error("{0}")]
    Unwritable(String),
    /// The notation of a file leaves no place for the change: the lossless style cannot make it.
    #[error("{file} cannot be changed without losing what kubectl does not know: {reason}")]
    CannotKeep {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
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
            Self::Refused(_) => "kubeconfig/refused",
            Self::Locked { .. } => "kubeconfig/locked",
            Self::Unwritable(_) => "kubeconfig/unwritable",
            Self::CannotKeep { .. } => "kubeconfig/cannot-keep",
        }
    }
}

impl KubeconfigError {
    /// What kubectl prints of it on standard error, without the last line end.
    ///
    /// ```
    /// use kubelogic_kubeconfig::KubeconfigError;
    /// let error = KubeconfigError::Refused("no current context is set".to_owned());
    /// assert_eq!(error.printed(), "error: no current context is set");
    /// ```
    pub fn printed(&self) -> String {
        // upstream: kubectl pkg/cmd/util/helpers.go (checkErr, MultipleErrors)
        if let Self::Files(problems) = self
            && problems.len() > 1
        {
            return problems.iter().map(of_file).collect::<Vec<_>>().join("\n");
        }
        let text = self.to_string();
        if text.starts_with("error: ") { text } else { format!("error: {text}") }
    }
}

fn of_file(problem: &FileProblem) -> String {
    format!("error loading config file \"{}\": {}", problem.file, problem.message)
}

fn of_files(problems: &[FileProblem]) -> String {
    let texts: Vec<String> = problems.iter().map(of_file).collect();
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
