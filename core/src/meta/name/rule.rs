//! All rules for names, by the words of Kubernetes.

use super::other::{self, invalid};
use super::{
    address, dns_1035_label_problems, dns_label_problems, dns_subdomain_problems,
    path_segment_prefix_problems, path_segment_problems, special,
};
use crate::meta::{annotation_key_problems, label_key_problems, label_value_problems};
use crate::version::KubeVersion;

macro_rules! rules {
    ($($(#[$about:meta])* $name:ident = $word:literal,)*) => {
        /// A rule for names.
        ///
        /// ```
        /// use kubelogic_core::meta::NameRule;
        /// use kubelogic_core::version::KubeVersion;
        ///
        /// let rule: NameRule = "port-name".parse().unwrap();
        /// let problems = rule.problems("8080", KubeVersion::default());
        /// assert_eq!(problems, ["must contain at least one letter (a-z)"]);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum NameRule {
            $($(#[$about])* $name,)*
        }

        impl NameRule {
            /// Every rule, in order of name.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The rule's name.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

rules! {
    /// The key of an annotation: a label key once it is in lower case.
    AnnotationKey = "annotation-key",
    /// No rule: every name will do.
    Any = "any",
    /// An identifier of the language C.
    CIdentifier = "c-identifier",
    /// A block of addresses, in canonical form since 1.33.
    Cidr = "cidr",
    /// A block of addresses in an older field.
    CidrLegacy = "cidr-legacy",
    /// The same, as strict as a switch of the API server makes it.
    CidrLegacyStrict = "cidr-legacy-strict",
    /// The name of a `ClusterTrustBundle`, which may say its signer.
    ClusterTrustBundleName = "cluster-trust-bundle-name",
    /// A key of a `ConfigMap` or `Secret`.
    ConfigMapKey = "config-map-key",
    /// A DNS label that begins with a letter.
    Dns1035Label = "dns-1035-label",
    /// A DNS label.
    DnsLabel = "dns-label",
    /// DNS labels with dots between them.
    DnsSubdomain = "dns-subdomain",
    /// The same with underscores.
    DnsSubdomainWithUnderscore = "dns-subdomain-with-underscore",
    /// A domain and a name.
    DomainPrefixedKey = "domain-prefixed-key",
    /// A domain and a path.
    DomainPrefixedPath = "domain-prefixed-path",
    /// The name of an environment variable, as it had to be.
    EnvVarName = "env-var-name",
    /// A finalizer.
    Finalizer = "finalizer",
    /// A domain name of two labels or more.
    FullyQualifiedDomainName = "fully-qualified-domain-name",
    /// A domain name of three labels or more.
    FullyQualifiedName = "fully-qualified-name",
    /// The number of a Unix group.
    GroupId = "group-id",
    /// The name of an HTTP header.
    HttpHeaderName = "http-header-name",
    /// An address with the length of its block, since 1.33.
    InterfaceAddress = "interface-address",
    /// An address, in canonical form since 1.33.
    Ip = "ip",
    /// The name of an `IPAddress`, which is one.
    IpAddressName = "ip-address-name",
    /// An address in an older field.
    IpLegacy = "ip-legacy",
    /// The same, as strict as a switch of the API server makes it.
    IpLegacyStrict = "ip-legacy-strict",
    /// A label key.
    LabelKey = "label-key",
    /// A label value.
    LabelValue = "label-value",
    /// A part of a URL path.
    PathSegment = "path-segment",
    /// A percentage.
    Percent = "percent",
    /// The name of a port.
    PortName = "port-name",
    /// The number of a port.
    PortNumber = "port-number",
    /// The name of a role or binding: a part of a URL path, and its beginning follows the same rule.
    RbacName = "rbac-name",
    /// The name of an environment variable, as it may be.
    RelaxedEnvVarName = "relaxed-env-var-name",
    /// The name of a `StorageVersion`: a group and a resource.
    StorageVersionName = "storage-version-name",
    /// The number of a Unix user.
    UserId = "user-id",
    /// A DNS subdomain behind `*.`.
    WildcardDnsSubdomain = "wildcard-dns-subdomain",
}

impl NameRule {
    /// What is wrong with a name, in upstream's words; empty when nothing is.
    pub fn problems(self, name: &str, version: KubeVersion) -> Vec<String> {
        match self {
            Self::Any => Vec::new(),
            Self::AnnotationKey => annotation_key_problems(name, version),
            Self::CIdentifier => other::c_identifier(name),
            Self::Cidr => address::cidr(name, version),
            Self::CidrLegacy => address::legacy_cidr(name, false),
            Self::CidrLegacyStrict => address::legacy_cidr(name, true),
            Self::ClusterTrustBundleName => special::cluster_trust_bundle_name(name, false, version),
            Self::ConfigMapKey => other::config_map_key(name),
            Self::Dns1035Label => dns_1035_label_problems(name),
            Self::DnsLabel => dns_label_problems(name),
            Self::DnsSubdomain => dns_subdomain_problems(name),
            Self::DnsSubdomainWithUnderscore => other::dns_subdomain_with_underscore(name, version),
            Self::DomainPrefixedKey => other::domain_prefixed_key(name, version),
            Self::DomainPrefixedPath => other::domain_prefixed_path(name),
            Self::EnvVarName => other::env_var_name(name),
            Self::Finalizer | Self::LabelKey => label_key_problems(name, version),
            Self::FullyQualifiedDomainName => other::fully_qualified_domain_name(name),
            Self::FullyQualifiedName => other::fully_qualified_name(name),
            Self::GroupId | Self::UserId => in_range(name, 0, i64::from(i32::MAX)),
            Self::HttpHeaderName => other::http_header_name(name),
            Self::InterfaceAddress => address::interface_address(name),
            Self::Ip => address::ip(name, version),
            Self::IpAddressName => special::ip_address_name(name, version),
            Self::IpLegacy => address::legacy_ip(name, false),
            Self::IpLegacyStrict => address::legacy_ip(name, true),
            Self::LabelValue => label_value_problems(name, version),
            Self::PathSegment | Self::RbacName => path_segment_problems(name),
            Self::Percent => other::percent(name),
            Self::PortName => other::port_name(name),
            Self::PortNumber => in_range(name, 1, 65_535),
            Self::RelaxedEnvVarName => other::relaxed_env_var_name(name),
            Self::StorageVersionName => special::storage_version_name(name),
            Self::WildcardDnsSubdomain => other::wildcard_dns_subdomain(name),
        }
    }

    /// The same for the beginning of a name that the API server completes.
    ///
    /// ```
    /// use kubelogic_core::meta::NameRule;
    /// use kubelogic_core::version::KubeVersion;
    /// let version = KubeVersion::default();
    /// assert!(NameRule::DnsLabel.prefix_problems("shop-", version).is_empty());
    /// assert!(!NameRule::DnsLabel.problems("shop-", version).is_empty());
    /// ```
    pub fn prefix_problems(self, prefix: &str, version: KubeVersion) -> Vec<String> {
        // upstream: apimachinery pkg/api/validation/generic.go (maskTrailingDash): the last two letters give way
        // to an `a`, so that the letter before the dash is not looked at.
        match self {
            Self::ClusterTrustBundleName => special::cluster_trust_bundle_name(prefix, true, version),
            Self::PathSegment => path_segment_prefix_problems(prefix),
            Self::DnsLabel | Self::DnsSubdomain | Self::Dns1035Label => {
                let masked = prefix.strip_suffix('-').and_then(|rest| {
                    let mut letters = rest.chars();
                    // Upstream counts bytes: of a longer letter something is left that no name may hold.
                    let left = "!".repeat(letters.next_back()?.len_utf8() - 1);
                    Some(format!("{}{left}a", letters.as_str()))
                });
                self.problems(masked.as_deref().unwrap_or(prefix), version)
            }
            _ => self.problems(prefix, version),
        }
    }
}

impl std::str::FromStr for NameRule {
    type Err = UnknownNameRule;

    fn from_str(word: &str) -> Result<Self, UnknownNameRule> {
        Self::ALL
            .iter()
            .copied()
            .find(|rule| rule.word() == word)
            .ok_or_else(|| UnknownNameRule(word.to_owned()))
    }
}

/// There is no such rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no name rule `{0}`")]
pub struct UnknownNameRule(String);

fn in_range(text: &str, least: i64, most: i64) -> Vec<String> {
    match text.parse::<i64>() {
        Ok(number) if (least..=most).contains(&number) => Vec::new(),
        Ok(_) => vec![format!("must be between {least} and {most}, inclusive")],
        Err(_) => vec![invalid(text, "must be an integer")],
    }
}
