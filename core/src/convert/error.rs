//! Why an object cannot be converted.

use super::kinds::{self, Kind};
use crate::near::nearest;
use crate::object::Object;
use crate::schema::{GroupVersion, Lifecycle};
use crate::version::KubeVersion;

/// Why an object cannot be converted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// Kubernetes converts no such kind.
    #[error("`{kind}` of `{api_version}` cannot be converted{reason}")]
    NoConversion {
        /// `apiVersion` of the object.
        api_version: String,
        /// `kind` of the object.
        kind: String,
        /// What became of the kind, as the end of the sentence.
        reason: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// The kind has no such version.
    #[error("`{kind}` has no version `{to}`")]
    NoSuchVersion {
        /// The kind.
        kind: String,
        /// The version that was asked for.
        to: String,
        /// The versions that it has.
        help: String,
    },
    /// The API server would refuse to convert the object.
    #[error("{message}")]
    Refused {
        /// Why, in upstream's words.
        message: String,
    },
}

impl ConvertError {
    /// The stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoConversion { .. } => "convert/no-conversion",
            Self::NoSuchVersion { .. } => "convert/no-such-version",
            Self::Refused { .. } => "convert/refused",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::NoConversion { help, .. } => help.as_deref(),
            Self::NoSuchVersion { help, .. } => Some(help),
            Self::Refused { .. } => None,
        }
    }

    pub(super) fn unknown(object: &Object, version: KubeVersion) -> Self {
        let (api_version, kind) = (object.api_version().to_owned(), object.kind().to_owned());
        let known = api_version
            .parse::<GroupVersion>()
            .ok()
            .and_then(|api| Lifecycle::at(version, &api.group, &api.version, &kind));
        let removed = known.and_then(|known| known.removed).filter(|release| release.is_reached(version));
        let reason = removed.map(|release| format!(", it was removed in {release}")).unwrap_or_default();
        let successor = known.and_then(|known| known.successor(version));
        let help = match successor {
            Some(successor) => {
                Some(format!("write it anew as `{}` of `{}`", successor.kind, successor.api_version()))
            }
            None => nearest(&kind, kinds::all().iter().map(|kind| kind.name))
                .filter(|near| *near != kind)
                .map(|near| format!("did you mean `{near}`?")),
        };
        Self::NoConversion { api_version, kind, reason, help }
    }

    pub(super) fn no_such_version(kind: &Kind, to: &GroupVersion) -> Self {
        let versions: Vec<String> = kind.versions().map(|version| format!("`{version}`")).collect();
        let help = format!("it can be converted between {}", versions.join(", "));
        Self::NoSuchVersion { kind: kind.name.to_owned(), to: to.to_string(), help }
    }
}
