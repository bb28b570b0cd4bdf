//! Questions about when API types came, when they go, and what replaces them.

use kubelogic_core::answer::Answer;
use kubelogic_core::schema::{GroupVersionKind, Lifecycle, LifecycleSource, Release};
use schemars::JsonSchema;
use serde::Serialize;

use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// When were API types introduced, deprecated and removed, and what replaces them?
    LifecycleQuestion {
        /// Only types of this version of a group, such as `apps/v1beta1`.
        #[serde(default)]
        api_version: Option<String>,
        /// Only types of this name, such as `Ingress`.
        #[serde(default)]
        kind: Option<String>,
        /// Only types that this release removes, such as `1.25`.
        #[serde(default)]
        removed_in: Option<String>,
        /// Only what types of the asked version say of themselves: nothing about those that are deleted.
        #[serde(default)]
        only_present: bool,
    }
}

/// API types.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LifecycleResult {
    /// By group, version and kind. Types of which upstream says nothing are not among them.
    pub types: Vec<TypeLifecycle>,
}

/// When an API type was introduced, deprecated and removed, and what replaces it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypeLifecycle {
    /// The type.
    #[serde(flatten)]
    pub of: GroupVersionKind,
    /// The first release with the type.
    pub introduced: Option<Release>,
    /// The first release that calls it deprecated.
    pub deprecated: Option<Release>,
    /// The first release that does not serve it.
    pub removed: Option<Release>,
    /// What to use instead, in upstream's words.
    pub replacement: Option<GroupVersionKind>,
    /// What the API server of the asked version serves instead: the replacement, or what replaces that in turn.
    pub successor: Option<GroupVersionKind>,
    /// The warning that the API server of the asked version sends about it.
    pub warning: Option<String>,
    /// Where this comes from.
    pub source: LifecycleSource,
}

pub(super) fn lifecycle(
    _: &Catalogue,
    question: LifecycleQuestion,
) -> Result<Answer<LifecycleResult>, AskError> {
    let LifecycleQuestion { kube_version, api_version, kind, removed_in, only_present, .. } = question;
    let version = kube_version.unwrap_or_default();
    let release = |text: String| {
        let malformed =
            || AskError::bad_question(format!("`removedIn`: `{text}` is no release, write it like `1.25`"));
        Release::parse(&text).ok_or_else(malformed)
    };
    let removed_in = removed_in.map(release).transpose()?;
    let types = Lifecycle::all(version).filter(|known| {
        api_version.as_ref().is_none_or(|wanted| *wanted == known.of.api_version())
            && kind.as_ref().is_none_or(|wanted| wanted == known.of.kind)
            && (removed_in.is_none() || known.removed == removed_in)
            && (!only_present || known.source == LifecycleSource::Type)
    });
    let types = types.map(|known| TypeLifecycle {
        of: known.of,
        introduced: known.introduced,
        deprecated: known.deprecated,
        removed: known.removed,
        replacement: known.replacement,
        successor: known.successor(version),
        warning: known.warning(version),
        source: known.source,
    });
    Ok(Answer::new(LifecycleResult { types: types.collect() }, version))
}

#[cfg(test)]
mod tests {
    use crate::ask::Catalogue;

    fn ask(fields: &str) -> serde_json::Value {
        let question = format!(r#"{{"ask": "schema.lifecycle", "kubeVersion": "1.37"{fields}}}"#);
        serde_json::from_str(&Catalogue::new(None).answer(&question)).unwrap()
    }

    #[test]
    fn types_are_found_by_the_release_that_removes_them() {
        let answer = ask(r#", "removedIn": "1.25", "kind": "CronJob""#);
        let types = &answer["answer"]["result"]["types"];
        assert_eq!(types.as_array().unwrap().len(), 1);
        assert_eq!(
            (&types[0]["version"], &types[0]["successor"]["version"]),
            (&"v1beta1".into(), &"v1".into())
        );
        assert_eq!(ask(r#", "removedIn": "soon""#)["error"]["code"], "ask/bad-question");
    }

    #[test]
    fn types_that_are_gone_can_be_left_out() {
        let policy = |more: &str| {
            ask(&format!(r#", "kind": "PodSecurityPolicy"{more}"#))["answer"]["result"]["types"].clone()
        };
        assert_eq!(policy("").as_array().unwrap().len(), 2);
        assert_eq!(policy(r#", "onlyPresent": true"#), serde_json::json!([]));
    }
}
