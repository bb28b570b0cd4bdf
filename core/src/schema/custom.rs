//! Resources that custom resource definitions add.

use std::cmp::Reverse;

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

impl CustomResource {
    /// The served versions, the preferred one first.
    pub(super) fn versions_by_preference(&self) -> Vec<&str> {
        let mut versions: Vec<&str> = self.versions.iter().map(String::as_str).collect();
        versions.sort_by_key(|version| Reverse(rank(version)));
        versions
    }
}

/// How recent a version name is: `v2`, `v1`, `v1beta2`, `v1beta1`, `v1alpha1`, then other names by alphabet.
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
    if digits.starts_with('0') { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::CustomResource;

    #[test]
    fn versions_are_ordered_as_upstream_orders_them() {
        // upstream: apimachinery pkg/version/helpers_test.go and the documentation of CRD versions
        let written = [
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
        let resource =
            CustomResource { versions: written.map(str::to_owned).to_vec(), ..CustomResource::default() };
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
        assert_eq!(resource.versions_by_preference(), expected);
    }
}
