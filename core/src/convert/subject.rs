//! `RoleBinding` and `ClusterRoleBinding`: subjects of `v1alpha1` have an API version, later ones only a group.

use super::fields::{each, rename, text};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

const GROUP: &str = "rbac.authorization.k8s.io";

// upstream: pkg/apis/rbac/v1alpha1/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    match (from.version == "v1alpha1", to.version == "v1alpha1") {
        (true, false) => each(object, "subjects", raise),
        (false, true) => each(object, "subjects", lower),
        _ => {}
    }
}

fn raise(subject: &mut DraftMap) {
    let kind = text(subject, "kind").to_owned();
    let group = match kind.as_str() {
        "ServiceAccount" => String::new(),
        "User" | "Group" => GROUP.to_owned(),
        _ => group_of(text(subject, "apiVersion")).to_owned(),
    };
    rename(subject, "apiVersion", "apiGroup");
    if group.is_empty() {
        subject.remove("apiGroup");
    } else {
        subject.set("apiGroup", Draft::text(group));
    }
    // The star meant every user who is authenticated.
    if kind == "User" && text(subject, "name") == "*" {
        subject.set("kind", Draft::text("Group"));
        subject.set("name", Draft::text("system:authenticated"));
    }
}

fn lower(subject: &mut DraftMap) {
    let version = match (text(subject, "kind"), text(subject, "apiGroup")) {
        ("ServiceAccount", "") => "v1".to_owned(),
        ("User" | "Group", GROUP) => format!("{GROUP}/v1alpha1"),
        (_, "") => String::new(),
        (_, group) => format!("{group}/"),
    };
    rename(subject, "apiGroup", "apiVersion");
    if version.is_empty() {
        subject.remove("apiVersion");
    } else {
        subject.set("apiVersion", Draft::text(version));
    }
}

/// The group of an API version; empty when it is none.
fn group_of(api_version: &str) -> &str {
    match api_version.split_once('/') {
        Some((group, version)) if !version.contains('/') => group,
        _ => "",
    }
}
