//! Ingress: `extensions/v1beta1` and `networking.k8s.io/v1beta1` name a service in two fields, `v1` in a field of its own.

use super::fields::{each, map_at, rename, text, written};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    if from.version != "v1" {
        raise(object);
    }
    if to.version != "v1" {
        lower(object);
    }
}

// upstream: pkg/apis/networking/v1beta1/conversion.go, pkg/apis/extensions/v1beta1/conversion.go
fn raise(object: &mut DraftMap) {
    let Some(spec) = map_at(object, &["spec"]) else { return };
    rename(spec, "backend", "defaultBackend");
    for_each_backend(spec, "defaultBackend", raise_backend);
}

fn lower(object: &mut DraftMap) {
    let Some(spec) = map_at(object, &["spec"]) else { return };
    for_each_backend(spec, "defaultBackend", lower_backend);
    rename(spec, "defaultBackend", "backend");
}

fn for_each_backend(spec: &mut DraftMap, default: &str, change: fn(&mut DraftMap)) {
    if let Some(backend) = map_at(spec, &[default]) {
        change(backend);
    }
    each(spec, "rules", |rule| {
        if let Some(http) = map_at(rule, &["http"]) {
            each(http, "paths", |path| {
                if let Some(backend) = map_at(path, &["backend"]) {
                    change(backend);
                }
            });
        }
    });
}

fn raise_backend(backend: &mut DraftMap) {
    backend.remove("service");
    let name = text(backend, "serviceName").to_owned();
    let port = match written(backend, "servicePort") {
        Some(Draft::String(port)) if port.is_empty() => Some(DraftMap::default()),
        Some(Draft::String(port)) => {
            Some(DraftMap::from_iter([("name".into(), Draft::String(port.clone()))]))
        }
        Some(Draft::Number(port)) if **port != *"0" => {
            Some(DraftMap::from_iter([("number".into(), Draft::Number(port.clone()))]))
        }
        _ => None,
    };
    let is_written = !name.is_empty() || port.is_some();
    if is_written {
        let first = if backend.get("serviceName").is_some() { "serviceName" } else { "servicePort" };
        backend.rename(first, "service");
        let mut service = DraftMap::default();
        if !name.is_empty() {
            service.set("name", Draft::text(name));
        }
        if let Some(port) = port {
            service.set("port", Draft::Map(port));
        }
        backend.set("service", Draft::Map(service));
    }
    backend.remove("serviceName");
    backend.remove("servicePort");
}

fn lower_backend(backend: &mut DraftMap) {
    backend.remove("serviceName");
    backend.remove("servicePort");
    let Some(Draft::Map(service)) = backend.get("service").cloned() else {
        backend.remove("service");
        return;
    };
    let port = service.get("port");
    let port_name = port.and_then(|port| port.get("name")).filter(|name| name.as_str() != Some("")).cloned();
    let port_name = port_name.filter(|name| *name != Draft::Null);
    let number = port.and_then(|port| port.get("number")).filter(|number| **number != Draft::Null).cloned();
    backend.rename("service", "serviceName");
    backend.set("serviceName", Draft::text(text(&service, "name")));
    backend.set("servicePort", port_name.or(number).unwrap_or_else(|| Draft::integer(0)));
}
