//! Which type a configuration says it is, as the API server's decoder reads it before it knows the type.

use kubelogic_core::quote::quoted;
use kubelogic_core::version::KubeVersion;

use super::json::{self, Json};

/// Which type a text says it is.
pub(crate) struct Named {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
}

/// The name that upstream's messages have for its table of types: the line that made it.
fn scheme(version: KubeVersion) -> String {
    // upstream: apimachinery pkg/runtime/scheme.go (NewScheme)
    let line = match version.minor() {
        ..33 => 100,
        33..35 => 110,
        _ => 111,
    };
    quoted(&format!("pkg/runtime/scheme.go:{line}"))
}

/// That no type is known by this name, in upstream's words.
pub(crate) fn not_registered(named: &Named, kube_version: KubeVersion) -> String {
    // upstream: apimachinery pkg/runtime/error.go (notRegisteredErr)
    let Named { group, version, kind } = named;
    let (kind, scheme) = (quoted(kind), scheme(kube_version));
    if version == "__internal" {
        let group = quoted(group);
        return format!(
            "no kind {kind} is registered for the internal version of group {group} in scheme {scheme}"
        );
    }
    let place = quoted(&if group.is_empty() { version.clone() } else { format!("{group}/{version}") });
    format!("no kind {kind} is registered for version {place} in scheme {scheme}")
}

/// Reads group, version and kind of a JSON text.
pub(crate) fn named(text: &str) -> Result<Named, String> {
    // upstream: apimachinery pkg/runtime/serializer/json/meta.go (Interpret): Go's own decoder, which does not look at
    // the case of keys.
    let failed = |error: String| format!("couldn't get version/kind; json parse error: {error}");
    json::check(text).map_err(failed)?;
    let whole = Json::new(text);
    let mut first: Option<String> = None;
    let (mut api_version, mut kind) = (String::new(), String::new());
    match whole.kind() {
        "null" => {}
        "object" => {
            for (key, value) in whole.members() {
                let (field, name) = match folded(&key).as_str() {
                    "APIVERSION" => (&mut api_version, "apiVersion"),
                    "KIND" => (&mut kind, "kind"),
                    _ => continue,
                };
                match (value.text(), value.kind()) {
                    (Some(text), _) => *field = text,
                    (None, "null") => {}
                    (None, found) => {
                        let error = format!(
                            "json: cannot unmarshal {found} into Go struct field .{name} of type string"
                        );
                        first.get_or_insert(error);
                    }
                }
            }
        }
        found => {
            return Err(failed(format!(
                "json: cannot unmarshal {found} into Go value of type struct {{ APIVersion string \
                 \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }}"
            )));
        }
    }
    if let Some(error) = first {
        return Err(failed(error));
    }
    // upstream: apimachinery pkg/runtime/schema/group_version.go (ParseGroupVersion)
    let (group, version) = match api_version.matches('/').count() {
        _ if api_version == "/" => ("", ""),
        0 => ("", api_version.as_str()),
        1 => api_version.split_once('/').unwrap_or_default(),
        _ => return Err(format!("unexpected GroupVersion string: {api_version}")),
    };
    Ok(Named { group: group.to_owned(), version: version.to_owned(), kind })
}

/// A key without its case, as Go folds it: two further letters count as ASCII ones.
fn folded(key: &str) -> String {
    key.chars()
        .map(|letter| match letter {
            'ſ' => 'S',
            '\u{212A}' => 'K',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}
