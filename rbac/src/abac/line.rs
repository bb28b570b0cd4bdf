//! One line of a policy file, as the API server's decoder reads it.

use kubelogic_core::read::{Options, write, yaml_value};
use kubelogic_core::version::KubeVersion;

use super::header::{Named, named, not_registered};
use super::json::Json;
use super::policy::AbacPolicy;

/// The group that a policy without a user and a group is for.
const AUTHENTICATED: &str = "system:authenticated";

/// The API group of policies that name one.
const GROUP: &str = "abac.authorization.kubernetes.io";

/// Which of the three forms a line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    V0,
    V1beta1,
    /// Upstream's own type, whose fields are named as in Go.
    Internal,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) policy: AbacPolicy,
    /// Fields that nobody reads.
    pub(super) ignored: Vec<String>,
    /// Whether the line names neither a user nor a group, and counts for everybody because of it.
    pub(super) for_everybody: bool,
}

/// Reads one line; the error is the loader's.
pub(super) fn read(line: &str, version: KubeVersion) -> Result<Line, String> {
    // upstream: apimachinery pkg/runtime/serializer/recognizer: JSON by its first letter, everything else as YAML.
    if line.trim_start().starts_with('{') {
        return object(line, line, version);
    }
    if line.starts_with("k8s\0") {
        return Err("a line in the binary form of the API is not read here".to_owned());
    }
    let value = yaml_value(line, &Options::named("")).map_err(|error| format!("yaml: {}", error.message))?;
    let text = write::to_canonical_json(value.root());
    object(line, &text, version)
}

/// `text` is the JSON of `line`.
fn object(line: &str, text: &str, version: KubeVersion) -> Result<Line, String> {
    let said = named(text)?;
    let form = |named: &Named| match (named.group.as_str(), named.version.as_str(), named.kind.as_str()) {
        (GROUP, "v0", "Policy") => Some(Form::V0),
        (GROUP, "v1beta1", "Policy") => Some(Form::V1beta1),
        (GROUP, "__internal", "Policy") => Some(Form::Internal),
        _ => None,
    };
    // upstream: pkg/auth/authorizer/abac/abac.go (NewFromFile)
    if !said.kind.is_empty()
        && !said.version.is_empty()
        && let Some(form) = form(&said)
    {
        return policy(form, Json::new(text));
    }
    // What has no version or kind, or one that is not known, is read again as the oldest form.
    let assumed = with_defaults(said);
    if assumed.version.is_empty() {
        return Err(format!("Object 'apiVersion' is missing in '{line}'"));
    }
    match form(&assumed) {
        Some(Form::V0) => policy(Form::V0, Json::new(text)),
        Some(other) => {
            policy(other, Json::new(text))?;
            let package = if other == Form::V1beta1 { "v1beta1" } else { "abac" };
            Err(format!("converting ({package}.Policy) to (v0.Policy): unknown conversion"))
        }
        None => Err(not_registered(&assumed, version)),
    }
}

fn with_defaults(mut named: Named) -> Named {
    // upstream: apimachinery pkg/runtime/serializer/json/json.go (gvkWithDefaults)
    if named.kind.is_empty() {
        "Policy".clone_into(&mut named.kind);
    }
    if named.version.is_empty() && named.group.is_empty() {
        GROUP.clone_into(&mut named.group);
        "v0".clone_into(&mut named.version);
    }
    if named.version.is_empty() && named.group == GROUP {
        "v0".clone_into(&mut named.version);
    }
    named
}

/// Reads the fields of one form and what that form means by them.
fn policy(form: Form, whole: Json<'_>) -> Result<Line, String> {
    let mut fields = Fields { policy: AbacPolicy::default(), ignored: Vec::new(), first: None };
    for (key, value) in whole.members() {
        match (form, key.as_str()) {
            (_, "kind" | "apiVersion") => {}
            (Form::V0, "apiGroup" | "nonResourcePath") => fields.ignored.push(key),
            (Form::V0, _) => fields.field(key, value, "Policy", ""),
            (Form::V1beta1, "spec") => fields.spec(value, &key, "v1beta1"),
            (Form::Internal, "Spec") => fields.spec(value, &key, "abac"),
            _ => fields.ignored.push(key),
        }
    }
    if let Some(error) = fields.first {
        return Err(error);
    }
    let mut policy = fields.policy;
    let mut for_everybody = false;
    let any = |word: &str| word == "*";
    match form {
        Form::V0 => {
            // upstream: pkg/apis/abac/v0/conversion.go
            for_everybody = policy.user.is_empty() && policy.group.is_empty();
            if for_everybody || any(&policy.user) || any(&policy.group) {
                AUTHENTICATED.clone_into(&mut policy.group);
                policy.user.clear();
            }
            if policy.namespace.is_empty() && policy.resource.is_empty() {
                "*".clone_into(&mut policy.non_resource_path);
            }
            for word in [&mut policy.namespace, &mut policy.resource] {
                if word.is_empty() {
                    "*".clone_into(word);
                }
            }
            "*".clone_into(&mut policy.api_group);
        }
        Form::V1beta1 => {
            // upstream: pkg/apis/abac/v1beta1/conversion.go
            if any(&policy.user) || any(&policy.group) {
                AUTHENTICATED.clone_into(&mut policy.group);
                policy.user.clear();
            }
        }
        Form::Internal => {}
    }
    Ok(Line { policy, ignored: fields.ignored, for_everybody })
}

struct Fields {
    policy: AbacPolicy,
    ignored: Vec<String>,
    /// The first value of a wrong kind; upstream reads on and reports it at the end.
    first: Option<String>,
}

impl Fields {
    fn spec(&mut self, value: Json<'_>, key: &str, package: &str) {
        match value.kind() {
            "object" => {
                for (inner, value) in value.members() {
                    self.field(inner, value, "PolicySpec", key);
                }
            }
            "null" => {}
            found => {
                let error = format!(
                    "json: cannot unmarshal {found} into Go struct field Policy.{key} of type {package}.PolicySpec"
                );
                self.first.get_or_insert(error);
            }
        }
    }

    fn field(&mut self, key: String, value: Json<'_>, owner: &str, parent: &str) {
        let lower = ["user", "group", "readonly", "resource", "namespace", "apiGroup", "nonResourcePath"];
        let go = ["User", "Group", "Readonly", "Resource", "Namespace", "APIGroup", "NonResourcePath"];
        let names = if parent == "Spec" { go } else { lower };
        let policy = &mut self.policy;
        let field = match names.iter().position(|name| *name == key) {
            Some(0) => &mut policy.user,
            Some(1) => &mut policy.group,
            Some(2) => {
                if let Some(readonly) = value.bool() {
                    policy.readonly = readonly;
                } else {
                    self.misfit(value, owner, parent, &key, "bool");
                }
                return;
            }
            Some(3) => &mut policy.resource,
            Some(4) => &mut policy.namespace,
            Some(5) => &mut policy.api_group,
            Some(6) => &mut policy.non_resource_path,
            _ => {
                let path = if parent.is_empty() { key } else { format!("{parent}.{key}") };
                self.ignored.push(path);
                return;
            }
        };
        match value.text() {
            Some(text) => *field = text,
            None => self.misfit(value, owner, parent, &key, "string"),
        }
    }

    fn misfit(&mut self, value: Json<'_>, owner: &str, parent: &str, key: &str, expected: &str) {
        let found = value.kind();
        if found == "null" {
            return;
        }
        let path = if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") };
        let error =
            format!("json: cannot unmarshal {found} into Go struct field {owner}.{path} of type {expected}");
        self.first.get_or_insert(error);
    }
}
