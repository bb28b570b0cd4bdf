//! Which type a file says that it has.
//!
//! upstream: apimachinery pkg/runtime/serializer/json/meta.go (Interpret), json.go (Decode)

use kubelogic_core::object::{FieldPath, Value, ValueKind};
use kubelogic_core::quote::quoted;

use super::Refusal;

/// The Go type of the two fields, which has no name.
const HEADER: &str = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; \
                      Kind string \"json:\\\"kind,omitempty\\\"\" }";

/// Refuses everything but `Config` of `v1`; both may be left out.
pub(super) fn check(root: Value<'_>) -> Result<(), Refusal> {
    let (api_version, kind) = read(root)?;
    let refuse = |message: String| Refusal {
        code: "kubeconfig/kind",
        message,
        location: Some(root.location(FieldPath::root())),
    };
    let (group, version) = match api_version.split('/').collect::<Vec<_>>().as_slice() {
        [] | [_] => ("", api_version),
        ["", ""] => ("", ""),
        [group, version] => (*group, *version),
        _ => return Err(refuse(format!("unexpected GroupVersion string: {api_version}"))),
    };
    let version = if version.is_empty() && group.is_empty() { "v1" } else { version };
    if version.is_empty() {
        // Upstream prints the whole file here.
        return Err(refuse("Object 'apiVersion' is missing in 'REDACTED".to_owned()));
    }
    let kind = if kind.is_empty() { "Config" } else { kind };
    if (group, version, kind) == ("", "v1", "Config") {
        return Ok(());
    }
    let full = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    Err(refuse(format!(
        "no kind {} is registered for version {} in scheme \"pkg/runtime/scheme.go:111\"",
        quoted(kind),
        quoted(&full)
    )))
}

/// `apiVersion` and `kind`, whatever the case of their keys: these two are read by Go's own decoder.
fn read(root: Value<'_>) -> Result<(&str, &str), Refusal> {
    let (mut api_version, mut kind) = ("", "");
    let refuse = |value: Value<'_>, target: &str| Refusal {
        code: "kubeconfig/type",
        message: format!(
            "couldn't get version/kind; json parse error: json: cannot unmarshal {} into Go {target}",
            value.kind().name()
        ),
        location: Some(value.location(FieldPath::root())),
    };
    match root.kind() {
        ValueKind::Null => return Ok((api_version, kind)),
        ValueKind::Mapping => {}
        _ => return Err(refuse(root, &format!("value of type {HEADER}"))),
    }
    let mut entries: Vec<_> = root.entries().collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    for (key, value) in entries {
        let (field, out) = match folded(key).as_str() {
            "apiversion" => ("apiVersion", &mut api_version),
            "kind" => ("kind", &mut kind),
            _ => continue,
        };
        match (value.kind(), value.as_str()) {
            (_, Some(text)) => *out = text,
            (ValueKind::Null, _) => {}
            _ => return Err(refuse(value, &format!("struct field .{field} of type string"))),
        }
    }
    Ok((api_version, kind))
}

/// Lower case, and the two letters that Go folds into ASCII.
pub(crate) fn folded(key: &str) -> String {
    let letter = |letter: char| match letter {
        '\u{212a}' => 'k',
        '\u{17f}' => 's',
        other => other.to_ascii_lowercase(),
    };
    key.chars().map(letter).collect()
}
