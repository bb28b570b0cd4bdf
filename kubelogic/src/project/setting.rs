//! Values of a project file, each with its place.

use kubelogic_core::decode::{Decode, Decoder};
use kubelogic_core::near::nearest;
use kubelogic_core::object::{Location, Value};
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;

/// A value and where it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub location: Option<Location>,
}

impl<T: Decode> Decode for Given<T> {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        let location = value.location(decoder.path());
        Self { value: T::decode(value, decoder), location: Some(location) }
    }
}

/// A Kubernetes version, or nothing when it cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VersionSetting(Option<KubeVersion>);

impl VersionSetting {
    /// The version.
    pub fn version(self) -> Option<KubeVersion> {
        self.0
    }
}

impl Decode for VersionSetting {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        let Some(text) = value.as_str() else {
            // As a number 1.30 would be 1.3.
            decoder.invalid("must be a string: write the version in quotes", value);
            return Self(None);
        };
        match text.parse() {
            Ok(version) => Self(Some(version)),
            Err(error) => {
                decoder.invalid(format!("cannot be used: {error}"), value);
                Self(None)
            }
        }
    }
}

/// Declares a choice of words: the first is what holds when nothing is said.
macro_rules! words {
    ($(
        $(#[$attribute:meta])*
        $name:ident { $($(#[$word_attribute:meta])* $variant:ident = $word:literal,)* }
    )*) => {
        $(
            $(#[$attribute])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
            #[serde(rename_all = "kebab-case")]
            #[expect(clippy::exhaustive_enums, reason = "the command has a flag with the same words")]
            pub enum $name {
                $($(#[$word_attribute])* $variant,)*
            }

            impl $name {
                /// The word.
                pub fn name(self) -> &'static str {
                    match self {
                        $(Self::$variant => $word,)*
                    }
                }
            }

            impl Decode for $name {
                fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
                    const WORDS: &[&str] = &[$($word,)*];
                    match value.as_str() {
                        $(Some($word) => Self::$variant,)*
                        other => {
                            let listed = WORDS.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
                            let near = other.and_then(|word| nearest(word, WORDS.iter().copied()));
                            let meant = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
                            decoder.invalid(format!("must be {}{meant}", either(&listed)), value);
                            Self::default()
                        }
                    }
                }
            }
        )*
    };
}

/// `a`, `b` or `c`
fn either(words: &[String]) -> String {
    match words {
        [several @ .., last] if !several.is_empty() => format!("{} or {last}", several.join(", ")),
        words => words.concat(),
    }
}

words! {
    /// The roles and bindings that every API server creates.
    BootstrapSetting {
        /// Those that are missing by name are added.
        #[default]
        Auto = "auto",
        /// They are added, and those that are given are completed.
        Always = "always",
        /// None is added.
        Never = "never",
    }

    /// Two different objects with one name.
    DuplicateSetting {
        /// The input is refused.
        #[default]
        Refuse = "refuse",
        /// The last one counts.
        Last = "last",
    }

    /// Objects that cannot be used.
    InvalidSetting {
        /// The input is refused.
        #[default]
        Refuse = "refuse",
        /// They count as absent.
        Drop = "drop",
    }

    /// Unknown fields.
    ValidateSetting {
        /// They are errors.
        #[default]
        Strict = "strict",
        /// They are warnings.
        Warn = "warn",
        /// They are passed over.
        Ignore = "ignore",
    }

    /// The least severity that makes a check fail.
    FailOnSetting {
        /// Errors.
        #[default]
        Error = "error",
        /// Warnings and errors.
        Warning = "warning",
        /// Everything.
        Note = "note",
        /// Nothing.
        Never = "never",
    }
}
