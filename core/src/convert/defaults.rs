//! Defaults of old versions that new versions do not have: what is not written means something else after conversion.

use crate::finding::{Finding, Severity};
use crate::object::{Draft, FieldPath, Object, PathStep, Value};
use crate::read::write::to_json;
use crate::schema::GroupVersion;

use super::kinds::Kind;

/// One default that some versions of a kind have and others do not.
struct Rule {
    kinds: &'static [&'static str],
    /// The versions with this default.
    versions: &'static [&'static str],
    /// The field; `[]` stands for every item of a list.
    path: &'static str,
    /// When the default applies to the object that is not written.
    when: fn(Value<'_>) -> bool,
    value: Default,
}

/// What a version puts into a field that is not written.
#[derive(Clone, Copy)]
enum Default {
    Text(&'static str),
    Integer(i64),
    Texts(&'static [&'static str]),
    /// The labels of the pod template, under these keys.
    TemplateLabels(&'static [&'static str]),
    /// What the new version refuses, or what only the API server can tell.
    Unwritable(&'static str),
}

/// A default that an object needs.
#[derive(Debug)]
pub(super) struct Needed {
    path: FieldPath,
    /// Nothing when it cannot be written in the new version.
    value: Option<Draft>,
    from: GroupVersion,
    to: GroupVersion,
    said: String,
}

const EXTENSIONS: &str = "extensions/v1beta1";
const APPS: &str = "apps/v1beta1";
const ALWAYS: fn(Value<'_>) -> bool = |_| true;
const NO_LIMIT: i64 = i32::MAX as i64;

// upstream: pkg/apis/extensions/v1beta1/defaults.go, pkg/apis/apps/v1beta1/defaults.go,
// pkg/apis/networking/v1beta1/defaults.go, pkg/apis/admissionregistration/v1beta1/defaults.go,
// pkg/apis/certificates/v1beta1/defaults.go, pkg/apis/flowcontrol/v1/defaults.go,
// apiextensions-apiserver pkg/apis/apiextensions/v1beta1/defaults.go; and those of the newer versions.
const RULES: &[Rule] = &[
    rule(
        &["DaemonSet", "Deployment", "ReplicaSet"],
        &[EXTENSIONS, APPS],
        "spec.selector",
        ALWAYS,
        Default::TemplateLabels(&["matchLabels"]),
    ),
    rule(
        &["DaemonSet", "Deployment", "ReplicaSet"],
        &[EXTENSIONS, APPS],
        "metadata.labels",
        ALWAYS,
        Default::TemplateLabels(&[]),
    ),
    rule(&["StatefulSet"], &[APPS], "spec.selector", ALWAYS, Default::TemplateLabels(&["matchLabels"])),
    rule(&["StatefulSet"], &[APPS], "metadata.labels", ALWAYS, Default::TemplateLabels(&[])),
    rule(&["StatefulSet"], &[APPS], "spec.updateStrategy.type", ALWAYS, Default::Text("OnDelete")),
    rule(&["DaemonSet"], &[EXTENSIONS], "spec.updateStrategy.type", ALWAYS, Default::Text("OnDelete")),
    rule(
        &["Deployment"],
        &[EXTENSIONS],
        "spec.strategy.rollingUpdate.maxUnavailable",
        rolls,
        Default::Integer(1),
    ),
    rule(&["Deployment"], &[EXTENSIONS], "spec.strategy.rollingUpdate.maxSurge", rolls, Default::Integer(1)),
    rule(&["Deployment"], &[EXTENSIONS], "spec.progressDeadlineSeconds", ALWAYS, Default::Integer(NO_LIMIT)),
    rule(&["Deployment"], &[EXTENSIONS], "spec.revisionHistoryLimit", ALWAYS, Default::Integer(NO_LIMIT)),
    rule(&["Deployment"], &[APPS], "spec.revisionHistoryLimit", ALWAYS, Default::Integer(2)),
    rule(
        &["Ingress"],
        &[EXTENSIONS, "networking.k8s.io/v1beta1"],
        "spec.rules[].http.paths[].pathType",
        ALWAYS,
        Default::Text("ImplementationSpecific"),
    ),
    webhook("webhooks[].failurePolicy", Default::Text("Ignore")),
    webhook("webhooks[].matchPolicy", Default::Text("Exact")),
    webhook("webhooks[].timeoutSeconds", Default::Integer(30)),
    webhook("webhooks[].admissionReviewVersions", Default::Texts(&["v1beta1"])),
    webhook("webhooks[].sideEffects", Default::Unwritable("Unknown")),
    definition("spec.scope", ALWAYS, Default::Text("Namespaced")),
    definition("spec.preserveUnknownFields", ALWAYS, Default::Unwritable("true")),
    definition("spec.conversion.conversionReviewVersions", by_webhook, Default::Texts(&["v1beta1"])),
    request("spec.usages", Default::Texts(&["digital signature", "key encipherment"])),
    request("spec.signerName", Default::Unwritable("what the request looks like")),
    rule(
        &["PriorityLevelConfiguration"],
        &[
            "flowcontrol.apiserver.k8s.io/v1",
            "flowcontrol.apiserver.k8s.io/v1beta2",
            "flowcontrol.apiserver.k8s.io/v1beta1",
        ],
        "spec.limited.nominalConcurrencyShares",
        is_limited,
        Default::Integer(30),
    ),
];

const fn rule(
    kinds: &'static [&'static str],
    versions: &'static [&'static str],
    path: &'static str,
    when: fn(Value<'_>) -> bool,
    value: Default,
) -> Rule {
    Rule { kinds, versions, path, when, value }
}

const fn webhook(path: &'static str, value: Default) -> Rule {
    let kinds = &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
    rule(kinds, &["admissionregistration.k8s.io/v1beta1"], path, ALWAYS, value)
}

const fn definition(path: &'static str, when: fn(Value<'_>) -> bool, value: Default) -> Rule {
    rule(&["CustomResourceDefinition"], &["apiextensions.k8s.io/v1beta1"], path, when, value)
}

const fn request(path: &'static str, value: Default) -> Rule {
    rule(&["CertificateSigningRequest"], &["certificates.k8s.io/v1beta1"], path, ALWAYS, value)
}

/// The defaults of the old version that the object needs and the new version does not have, by rule and place.
pub(super) fn differing(kind: &Kind, from: &GroupVersion, to: &GroupVersion, object: &Object) -> Vec<Needed> {
    let (old, new) = (from.to_string(), to.to_string());
    let applies = |rule: &&Rule| {
        rule.kinds.contains(&kind.name)
            && rule.versions.contains(&old.as_str())
            && !rule.versions.contains(&new.as_str())
            && (rule.when)(object.root())
    };
    let mut needed = Vec::new();
    for rule in RULES.iter().filter(applies) {
        let Some((value, said)) = rule.value.of(object) else { continue };
        for path in missing(object.root(), rule.path) {
            let (from, to) = (from.clone(), to.clone());
            needed.push(Needed { path, value: value.clone(), from, to, said: said.clone() });
        }
    }
    if kind.name == "PriorityLevelConfiguration" {
        needed.extend(zero_shares(from, to, object));
    }
    needed
}

impl Needed {
    /// Writes the default into the old object.
    pub(super) fn write(&self, draft: &mut Draft) {
        let Some(value) = &self.value else { return };
        let field = self.path.steps().iter().try_fold(draft, |at, step| match step {
            PathStep::Field(name) | PathStep::Key(name) => Some(at.as_map().entry(name)),
            PathStep::Index(index) => at.as_list().get_mut(*index),
        });
        if let Some(field) = field {
            *field = value.clone();
        }
    }

    /// What to say about it; `is_written` tells whether [`Needed::write`] was called.
    pub(super) fn finding(&self, object: &Object, is_written: bool) -> Finding {
        let Self { path, from, to, said, .. } = self;
        let message = format!("`{from}` sets `{path}` to {said} when it is not written, `{to}` does not");
        let severity = if is_written && self.value.is_some() { Severity::Note } else { Severity::Warning };
        // The place of the nearest value that is written.
        let mut place = object.root();
        for step in path.steps() {
            let next = match step {
                PathStep::Field(name) | PathStep::Key(name) => place.get(name),
                PathStep::Index(index) => place.items().nth(*index),
            };
            let Some(next) = next else { break };
            place = next;
        }
        let finding =
            Finding::new("convert/default-differs", severity, message).at(place.location(path.clone()));
        match (&self.value, is_written) {
            (Some(_), true) => finding.help("it is written into the converted object"),
            (Some(_), false) => finding.help("write it, so that the object means the same"),
            (None, _) => finding.help(format!("decide what `{to}` shall have there")),
        }
    }
}

impl Default {
    /// The value, and how a sentence says it; nothing when the object does not give one.
    fn of(self, object: &Object) -> Option<(Option<Draft>, String)> {
        let value = match self {
            Self::Text(text) => Draft::text(text),
            Self::Integer(number) => Draft::integer(number),
            Self::Texts(texts) => Draft::List(texts.iter().map(Draft::text).collect()),
            Self::TemplateLabels(keys) => {
                let labels = ["spec", "template", "metadata", "labels"];
                let labels = labels.iter().try_fold(object.root(), |value, key| value.get(key))?;
                labels.entries().next()?;
                let value =
                    keys.iter().rev().fold(Draft::of(labels), |value, key| Draft::map([(key, value)]));
                return Some((Some(value), "the labels of the template".to_owned()));
            }
            Self::Unwritable(text) => return Some((None, said_text(text))),
        };
        let said = match &value {
            Draft::List(texts) => {
                let texts: Vec<_> =
                    texts.iter().filter_map(Draft::as_str).map(|text| format!("`{text}`")).collect();
                texts.join(", ")
            }
            Draft::Number(number) => format!("`{number}`"),
            other => format!("`{}`", other.as_str().unwrap_or_default()),
        };
        Some((Some(value), said))
    }
}

fn said_text(text: &str) -> String {
    if text.contains(' ') { text.to_owned() } else { format!("`{text}`") }
}

/// The places where a field is not written, as far as the lists on the way are there.
fn missing(root: Value<'_>, path: &str) -> Vec<FieldPath> {
    let mut found = Vec::new();
    let mut work = vec![(Some(root), FieldPath::root(), path)];
    while let Some((value, at, rest)) = work.pop() {
        if rest.is_empty() {
            if value.is_none_or(|value| is_nothing(value)) {
                found.push(at);
            }
            continue;
        }
        let (step, rest) = rest.split_once('.').unwrap_or((rest, ""));
        let Some(list) = step.strip_suffix("[]") else {
            let next = value.and_then(|value| value.get(step)).filter(|next| !next.is_null());
            work.push((next, at.field(step), rest));
            continue;
        };
        let items = value.and_then(|value| value.get(list)).into_iter().flat_map(|list| list.items());
        let at = at.field(list);
        let mut next: Vec<_> =
            items.enumerate().map(|(index, item)| (Some(item), at.clone().index(index), rest)).collect();
        next.reverse();
        work.extend(next);
    }
    found
}

/// Whether decoding a value gives what it gives without it.
fn is_nothing(value: Value<'_>) -> bool {
    value.as_str() == Some("") || value.is_null() || is_empty_container(value)
}

fn is_empty_container(value: Value<'_>) -> bool {
    let text = to_json(value);
    text == "[]" || value.key() == Some("labels") && text == "{}"
}

fn rolls(root: Value<'_>) -> bool {
    let strategy = root.get("spec").and_then(|spec| spec.get("strategy"));
    let kind = strategy.and_then(|strategy| strategy.get("type")).and_then(|kind| kind.as_str());
    matches!(kind, None | Some("" | "RollingUpdate"))
}

fn by_webhook(root: Value<'_>) -> bool {
    let conversion = root.get("spec").and_then(|spec| spec.get("conversion"));
    let strategy = conversion.and_then(|conversion| conversion.get("strategy"));
    strategy.and_then(|strategy| strategy.as_str()) == Some("Webhook")
}

fn is_limited(root: Value<'_>) -> bool {
    let limited = root.get("spec").and_then(|spec| spec.get("limited"));
    limited.is_some_and(|limited| !limited.is_null() && limited.get("assuredConcurrencyShares").is_none())
}

/// A share of zero is no share in `v1`, and the default in the beta versions.
fn zero_shares(from: &GroupVersion, to: &GroupVersion, object: &Object) -> Option<Needed> {
    let field = match from.version.as_str() {
        "v1beta1" | "v1beta2" => "assuredConcurrencyShares",
        "v1beta3" => "nominalConcurrencyShares",
        _ => return None,
    };
    let share = object.root().get("spec")?.get("limited")?.get(field)?;
    let marked =
        object.root().get("metadata").and_then(|metadata| metadata.get("annotations")).is_some_and(|all| {
            all.get("flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares").is_some()
        });
    (share.as_i64() == Some(0) && !(marked && from.version == "v1beta3")).then(|| Needed {
        path: FieldPath::root().field("spec").field("limited").field(field),
        value: Some(Draft::integer(30)),
        from: from.clone(),
        to: to.clone(),
        said: "`30`".to_owned(),
    })
}
