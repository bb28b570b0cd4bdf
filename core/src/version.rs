//! The Kubernetes version that an answer is given for.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A Kubernetes version this library has data for: a minor version, and a patch version where one was given.
///
/// Tables are kept per minor version; the patch version is carried so that reports can name it. A version outside
/// [`KubeVersion::RANGE`] cannot be made: it is an error and never the nearest version.
///
/// ```
/// use kubelogic_core::version::KubeVersion;
///
/// let version: KubeVersion = "v1.37.1".parse()?;
/// assert_eq!(version.minor(), 37);
/// assert_eq!(version.patch(), Some(1));
/// assert_eq!(version.to_string(), "1.37.1");
///
/// // The leading `v` and the patch version may be left out.
/// assert!("1.29".parse::<KubeVersion>()? < version);
/// assert_eq!(KubeVersion::default().to_string(), "1.37");
///
/// let error = "1.28".parse::<KubeVersion>().unwrap_err();
/// assert_eq!(error.code(), "version-unsupported");
/// assert_eq!(error.to_string(), "kubernetes version `1.28` is not supported, 1.29 to 1.37 are");
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
///
/// As text in JSON and YAML it is always a string: `1.30` written as a YAML number would be read as `1.3`.
///
/// ```
/// # use kubelogic_core::version::KubeVersion;
/// assert_eq!(serde_json::to_string(&KubeVersion::NEWEST)?, r#""1.37""#);
/// assert!(serde_json::from_str::<KubeVersion>("1.37").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KubeVersion {
    minor: u16,
    patch: Option<u16>,
}

/// Why a text is not a [`KubeVersion`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KubeVersionError {
    /// The text is a version, but not one this library has data for.
    #[error("kubernetes version `{given}` is not supported, {oldest} to {newest} are", oldest = KubeVersion::OLDEST, newest = KubeVersion::NEWEST)]
    Unsupported {
        /// The version as it was given.
        given: String,
    },
    /// The text has another form than `1.37`, `v1.37` or `1.37.1`.
    #[error("`{given}` is not a kubernetes version, write it like `1.37` or `1.37.1`")]
    Malformed {
        /// The text as it was given.
        given: String,
    },
}

impl KubeVersion {
    /// The oldest version there is data for.
    pub const OLDEST: Self = Self { minor: 29, patch: None };
    /// The newest version there is data for. Questions that name no version mean this one.
    pub const NEWEST: Self = Self { minor: 37, patch: None };
    /// Every minor version there is data for.
    pub const RANGE: RangeInclusive<u16> = Self::OLDEST.minor..=Self::NEWEST.minor;

    /// The version `1.minor`.
    ///
    /// # Errors
    /// [`KubeVersionError::Unsupported`] outside [`KubeVersion::RANGE`].
    pub fn new(minor: u16) -> Result<Self, KubeVersionError> {
        if Self::RANGE.contains(&minor) {
            Ok(Self { minor, patch: None })
        } else {
            Err(KubeVersionError::Unsupported { given: format!("1.{minor}") })
        }
    }

    /// Every supported minor version, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        Self::RANGE.map(|minor| Self { minor, patch: None })
    }

    /// The minor version: 37 of `1.37.1`.
    pub const fn minor(self) -> u16 {
        self.minor
    }

    /// The patch version, where one was given: 1 of `1.37.1`.
    pub const fn patch(self) -> Option<u16> {
        self.patch
    }
}

impl KubeVersionError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unsupported { .. } => "version-unsupported",
            Self::Malformed { .. } => "version-malformed",
        }
    }
}

impl Default for KubeVersion {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for KubeVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "1.{}", self.minor)?;
        match self.patch {
            Some(patch) => write!(out, ".{patch}"),
            None => Ok(()),
        }
    }
}

impl FromStr for KubeVersion {
    type Err = KubeVersionError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let malformed = || KubeVersionError::Malformed { given: given.to_owned() };
        let unsupported = || KubeVersionError::Unsupported { given: given.to_owned() };

        let mut parts = given.strip_prefix('v').unwrap_or(given).split('.');
        let (major, minor, patch) = (parts.next(), parts.next(), parts.next());
        if parts.next().is_some() {
            return Err(malformed());
        }
        let number = |part: &str| -> Result<Option<u16>, KubeVersionError> {
            let canonical = part == "0" || !part.starts_with('0');
            if part.is_empty() || !canonical || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(malformed());
            }
            // Digits that do not fit are still a version, just none that exists.
            Ok(part.parse().ok())
        };
        let major = number(major.ok_or_else(malformed)?)?;
        let minor = number(minor.ok_or_else(malformed)?)?;
        let patch = patch.map(number).transpose()?;

        match (major, minor, patch) {
            (Some(1), Some(minor), None) if Self::RANGE.contains(&minor) => Ok(Self { minor, patch: None }),
            (Some(1), Some(minor), Some(Some(patch))) if Self::RANGE.contains(&minor) => {
                Ok(Self { minor, patch: Some(patch) })
            }
            _ => Err(unsupported()),
        }
    }
}

impl Serialize for KubeVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KubeVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = KubeVersion;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a kubernetes version as a string, like \"1.37\"")
            }

            fn visit_str<E: de::Error>(self, given: &str) -> Result<Self::Value, E> {
                given.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_supported_version_reads_back_as_itself() {
        assert_eq!(KubeVersion::all().count(), 9);
        for version in KubeVersion::all() {
            assert_eq!(version.to_string().parse(), Ok(version));
            assert_eq!(
                format!("v{version}.14").parse::<KubeVersion>().map(KubeVersion::minor),
                Ok(version.minor())
            );
            assert_eq!(KubeVersion::new(version.minor()), Ok(version));
        }
    }

    #[test]
    fn versions_outside_the_range_are_unsupported_and_keep_the_given_text() {
        for given in ["1.28", "1.38", "v1.28.3", "2.37", "0.37", "1.0", "1.70000", "1.37.99999999", "99999.1"]
        {
            let error = given.parse::<KubeVersion>().unwrap_err();
            assert_eq!(error, KubeVersionError::Unsupported { given: given.into() });
            assert_eq!(error.code(), "version-unsupported");
        }
        assert_eq!(KubeVersion::new(28).unwrap_err().code(), "version-unsupported");
        assert_eq!(KubeVersion::new(38).unwrap_err().code(), "version-unsupported");
    }

    #[test]
    fn other_texts_are_malformed() {
        let texts = [
            "",
            "v",
            "1",
            "v1",
            "1.",
            ".37",
            "1.37.",
            "1.37.1.2",
            "1.37-rc.1",
            "1.37.1+k3s1",
            "V1.37",
            "vv1.37",
            " 1.37",
            "1.37 ",
            "1,37",
            "one",
            "1.x",
            "+1.37",
            "1.+37",
            "1.037",
            "01.37",
            "１.37",
            "latest",
        ];
        for given in texts {
            let error = given.parse::<KubeVersion>().unwrap_err();
            assert_eq!(error, KubeVersionError::Malformed { given: given.into() }, "{given:?}");
            assert_eq!(error.code(), "version-malformed");
        }
        assert_eq!(
            "1.x".parse::<KubeVersion>().unwrap_err().to_string(),
            "`1.x` is not a kubernetes version, write it like `1.37` or `1.37.1`"
        );
    }

    #[test]
    fn order_is_by_minor_then_patch_and_no_patch_comes_first() {
        let mut versions =
            ["1.30.2", "1.37", "1.30", "1.29.9", "1.30.10"].map(|given| given.parse().unwrap());
        versions.sort();
        let sorted: Vec<_> = versions.iter().map(KubeVersion::to_string).collect();
        assert_eq!(sorted, ["1.29.9", "1.30", "1.30.2", "1.30.10", "1.37"]);
    }

    #[test]
    fn serde_uses_strings_only() {
        let version: KubeVersion = serde_json::from_str(r#""v1.35.8""#).unwrap();
        assert_eq!(serde_json::to_string(&version).unwrap(), r#""1.35.8""#);
        let error = serde_json::from_str::<KubeVersion>(r#""1.12""#).unwrap_err();
        assert!(error.to_string().starts_with("kubernetes version `1.12` is not supported"), "{error}");
        assert!(serde_json::from_str::<KubeVersion>("1.37").is_err());
    }
}
