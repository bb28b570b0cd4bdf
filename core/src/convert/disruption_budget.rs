//! `PodDisruptionBudget`: an empty selector selects nothing in `policy/v1beta1` and everything in `policy/v1`.

use super::fields::{is_empty, map_at, text};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;
use crate::version::KubeVersion;

/// The label that stands for what the other version says with an empty selector.
const LABEL: &str = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

// upstream: pkg/apis/policy/v1beta1/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, version: KubeVersion, object: &mut DraftMap) {
    let Some(selector) = map_at(object, &["spec", "selector"]) else { return };
    match (from.version.as_str(), to.version.as_str()) {
        ("v1beta1", "v1") => raise(selector),
        ("v1", "v1beta1") => lower(selector, version.minor() < 37),
        _ => {}
    }
}

fn raise(selector: &mut DraftMap) {
    if selects_by_nothing(selector) {
        *selector = by_label("Exists");
    } else if is_by_label(selector, "DoesNotExist") {
        *selector = DraftMap::default();
    } else {
        strip(selector);
    }
}

/// Until 1.36 the label was taken out of other selectors of `v1`, too.
fn lower(selector: &mut DraftMap, strips: bool) {
    if strips && !is_by_label(selector, "Exists") {
        strip(selector);
    }
    if selects_by_nothing(selector) {
        *selector = by_label("DoesNotExist");
    } else if is_by_label(selector, "Exists") {
        *selector = DraftMap::default();
    }
}

/// The label is never combined with what users write.
fn strip(selector: &mut DraftMap) {
    if let Some(Draft::List(expressions)) = selector.get_mut("matchExpressions") {
        expressions.retain(|expression| expression.get("key").and_then(Draft::as_str) != Some(LABEL));
    }
}

fn selects_by_nothing(selector: &DraftMap) -> bool {
    is_empty(selector.get("matchLabels")) && is_empty(selector.get("matchExpressions"))
}

fn is_by_label(selector: &DraftMap, operator: &str) -> bool {
    let Some(Draft::List(expressions)) = selector.get("matchExpressions") else { return false };
    let [Draft::Map(expression)] = expressions.as_slice() else { return false };
    is_empty(selector.get("matchLabels"))
        && text(expression, "key") == LABEL
        && text(expression, "operator") == operator
        && is_empty(expression.get("values"))
}

fn by_label(operator: &str) -> DraftMap {
    let expression = Draft::map([("key", Draft::text(LABEL)), ("operator", Draft::text(operator))]);
    DraftMap::from_iter([("matchExpressions".into(), Draft::List(vec![expression]))])
}
