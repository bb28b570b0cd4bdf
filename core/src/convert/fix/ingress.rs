//! The words of an Ingress that change from `v1beta1` to `v1`, in block style.

use super::edits::Edits;
use crate::object::{Object, Value, ValueKind};

/// Adds the edits of rules and backends; nothing when the layout does not allow them.
pub(super) fn edit(object: &Object, edits: &mut Edits<'_>) -> Option<()> {
    let Some(spec) = object.root().get("spec") else { return Some(()) };
    if let Some(backend) = spec.get("backend") {
        let key = edits.key_of(backend)?;
        edits.replace(key.start, key.end, "defaultBackend".to_owned());
        edit_backend(backend, edits)?;
    }
    let rules = spec.get("rules").into_iter().flat_map(|rules| rules.items());
    let paths = rules.filter_map(|rule| rule.get("http")?.get("paths")).flat_map(|paths| paths.items());
    for path in paths {
        let backend = path.get("backend")?;
        if path.get("pathType").is_none() {
            let key = edits.key_of(backend)?;
            let text =
                format!("pathType: ImplementationSpecific{}{}", edits.line_end(), " ".repeat(key.indent));
            edits.replace(key.start, key.start, text);
        }
        edit_backend(backend, edits)?;
    }
    Some(())
}

/// Name and port of a service move into `service`, without moving a line.
fn edit_backend(backend: Value<'_>, edits: &mut Edits<'_>) -> Option<()> {
    let (name, port) = (backend.get("serviceName"), backend.get("servicePort"));
    let (name, port) = match (name, port) {
        (None, None) => return Some(()),
        (Some(name), Some(port)) if backend.entries().count() == 2 => {
            (edits.key_of(name)?, (edits.key_of(port)?, port))
        }
        _ => return None,
    };
    let (port, value) = port;
    if name.indent != port.indent {
        return None;
    }
    let end = edits.line_end();
    let inner = if value.kind() == ValueKind::String { "name" } else { "number" };
    let line = |deeper: usize, text: &str| format!("{end}{}{text}", " ".repeat(name.indent + deeper));
    if name.start < port.start {
        edits.replace(name.start, name.end, format!("service:{}", line(2, "name")));
        edits.replace(port.start, port.end, format!("  port:{}", line(4, inner)));
    } else {
        edits.replace(port.start, port.end, format!("service:{}{}", line(2, "port:"), line(4, inner)));
        edits.replace(name.start, name.end, "  name".to_owned());
    }
    Some(())
}
