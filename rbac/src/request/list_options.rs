//! The parameters of a list, as far as authorization depends on them.

use kubelogic_core::meta::{FieldSelector, Selector};
use kubelogic_core::version::KubeVersion;

use super::url::RequestUrl;

/// What a request for many objects says about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListOptions {
    pub(super) watch: bool,
    pub(super) fields: Option<FieldSelector>,
}

impl ListOptions {
    /// Reads the parameters. When one of them cannot be read, only `watch` counts.
    pub(super) fn of(url: &RequestUrl, version: KubeVersion) -> Self {
        // upstream: apiserver pkg/endpoints/request/requestinfo.go (NewRequestInfo)
        let watch = url.value("watch").is_some_and(|value| is_true(&value));
        let numbers = ["timeoutSeconds", "limit"].into_iter().filter_map(|name| url.value(name));
        let readable = numbers.into_iter().all(|value| is_int64(&value));
        let labels = url.value("labelSelector").unwrap_or_default();
        if !readable || Selector::parse(&labels, version).is_err() {
            return Self { watch, fields: None };
        }
        let fields = FieldSelector::parse(&url.value("fieldSelector").unwrap_or_default());
        Self { watch, fields: fields.ok() }
    }
}

/// Everything is true but `0` and `false`.
fn is_true(value: &str) -> bool {
    // upstream: apimachinery pkg/runtime/conversion.go (Convert_Slice_string_To_bool)
    value != "0" && !value.eq_ignore_ascii_case("false")
}

fn is_int64(text: &str) -> bool {
    // Go takes one sign and digits, as Rust does.
    text.parse::<i64>().is_ok()
}
