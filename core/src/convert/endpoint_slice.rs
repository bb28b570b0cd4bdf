//! `EndpointSlice`: `v1beta1` keeps zone and host name in `topology`, `v1` has fields for zone and node.

use super::fields::{each, map_at, rename, text, written};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

const ZONE: &str = "topology.kubernetes.io/zone";
const HOSTNAME: &str = "kubernetes.io/hostname";

// upstream: pkg/apis/discovery/v1beta1/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    match (from.version.as_str(), to.version.as_str()) {
        ("v1beta1", "v1") => each(object, "endpoints", raise),
        ("v1", "v1beta1") => each(object, "endpoints", lower),
        _ => {}
    }
}

fn raise(endpoint: &mut DraftMap) {
    endpoint.remove("zone");
    let node = written(endpoint, "nodeName").cloned();
    let Some(topology) = map_at(endpoint, &["topology"]) else {
        endpoint.remove("topology");
        return;
    };
    let zone = topology.remove(ZONE).map(|zone| if zone == Draft::Null { Draft::text("") } else { zone });
    if node.is_some() && topology.get(HOSTNAME) == node.as_ref() {
        topology.remove(HOSTNAME);
    }
    if topology.is_empty() {
        endpoint.remove("topology");
    } else {
        rename(endpoint, "topology", "deprecatedTopology");
    }
    if let Some(zone) = zone {
        endpoint.set("zone", zone);
    }
}

fn lower(endpoint: &mut DraftMap) {
    let zone = endpoint.remove("zone").filter(|zone| *zone != Draft::Null);
    let node = written(endpoint, "nodeName").cloned();
    rename(endpoint, "deprecatedTopology", "topology");
    if written(endpoint, "topology").is_none() && zone.is_none() && node.is_none() {
        return;
    }
    let topology = endpoint.entry("topology").as_map();
    if let Some(zone) = zone {
        topology.set(ZONE, zone);
    }
    if let Some(node) = node
        && text(topology, HOSTNAME).is_empty()
    {
        topology.set(HOSTNAME, node);
    }
}
