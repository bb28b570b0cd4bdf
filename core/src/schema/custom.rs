//! Resources that custom resource definitions add.

use std::cmp::{Ordering, Reverse};

/// What a `CustomResourceDefinition` declares, as far as discovery shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomResource {
    /// The API group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The plural name.
    pub plural: String,
    /// The singular name; the kind in lower case when the definition gives none.
    pub singular: String,
    /// Short names.
    pub short_names: Vec<String>,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
    /// The served versions.
    pub versions: Vec<String>,
}

/// The more preferred version first: `v2`, `v1`, `v1beta2`, `v1beta1`, `v1alpha1`, then other names by alphabet.
pub(super) fn compare_versions(left: &str, right: &str) -> Ordering {
    rank(right).cmp(&rank(left))
}

fn rank(version: &str) -> (u8, u64, u64, Reverse<&str>) {
    // upstream: apimachinery pkg/version/helpers.go (CompareKubeAwareVersionStrings)
    let parsed = (|| {
        let rest = version.strip_prefix('v')?;
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let (major, stage) = rest.split_at_checked(digits)?;
        let major = number(major)?;
        let (stability, minor) = match stage {
            "" => (3, 0),
            _ if stage.starts_with("beta") => (2, number(stage.strip_prefix("beta")?)?),
            _ => (1, number(stage.strip_prefix("alpha")?)?),
        };
        Some((stability, major, minor))
    })();
    match parsed {
        Some((stability, major, minor)) => (stability, major, minor, Reverse("")),
        None => (0, 0, 0, Reverse(version)),
    }
}

fn number(digits: &str) -> Option<u64> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // Go parses into an int64.
    if all_digits { digits.parse::<i64>().ok()?.try_into().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::compare_versions;

    #[test]
    fn versions_are_ordered_as_upstream_orders_them() {
        // upstream: apimachinery pkg/version/helpers_test.go and the documentation of CRD versions
        let mut written = [
            "foo1",
            "v1alpha1",
            "v11beta2",
            "v10",
            "v2",
            "v3beta1",
            "v12alpha1",
            "foo10",
            "v1",
            "v11alpha2",
            "v10beta3",
        ];
        written.sort_by(|left, right| compare_versions(left, right));
        let expected = [
            "v10",
            "v2",
            "v1",
            "v11beta2",
            "v10beta3",
            "v3beta1",
            "v12alpha1",
            "v11alpha2",
            "v1alpha1",
            "foo1",
            "foo10",
        ];
        assert_eq!(written, expected);
    }
}
