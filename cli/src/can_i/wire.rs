//! What arrives at a server in place of verb and type: an HTTP request to the API server or a kubelet, or a review.

use std::fmt::Write as _;

use kubelogic::access::UserInfo;
use kubelogic::ask::{AskError, Catalogue};
use kubelogic::cluster::Cluster;
use kubelogic::rbac::{Gates, HttpRequest, KubeletRequest};
use kubelogic::read;
use serde_json::{Map, Value, json};

use super::{compile, explain, question};
use crate::arguments::{CanI, Report};
use crate::console::{Console, Failure};
use crate::style::{Palette, shown};
use crate::{NO, YES, json, load};

/// Whether the question is asked by what arrives at a server.
pub(super) fn is_asked(arguments: &CanI) -> bool {
    arguments.request.is_some() || arguments.kubelet_request.is_some() || arguments.review.is_some()
}

pub(super) fn answer(arguments: &CanI, console: &mut Console<'_>) -> Result<u8, Failure> {
    // A review names who it is about, unless it is about who asks.
    let named = arguments.user.as_ref().is_some_and(|name| !name.is_empty());
    let user = if arguments.review.is_some() && !named { None } else { Some(question::user(arguments)?) };
    let paths = load::paths(&arguments.input, &[])?;
    let given = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&given, &arguments.loading, console)?;
    let cluster = load::cluster_of(&given, &arguments.loading, console)?;
    // What the API server would refuse about roles and bindings is reported with its place.
    let rbac = compile(&cluster, arguments.bootstrap, &given, console)?;

    let question = asked(arguments, user.as_ref(), &cluster, console)?;
    let catalogue = Catalogue::new(Some(cluster));
    let said = catalogue.ask(&question);
    if arguments.output == Report::Json && !arguments.quiet {
        console.out(&json::catalogue(&catalogue.answer(&question))?)?;
    }
    let answer = said.map_err(|error| failure(&error))?;
    let answer: Value = serde_json::from_str(&answer)
        .map_err(|error| Failure::usage(format!("the answer is no JSON: {error}")))?;
    for warning in answer.get("warnings").and_then(Value::as_array).into_iter().flatten() {
        if let Some(message) = warning.get("message").and_then(Value::as_str) {
            console.warning(shown(message));
        }
    }
    let verdict = Verdict::of(arguments, answer.get("result").unwrap_or(&Value::Null))?;
    if arguments.output == Report::Text && !arguments.quiet {
        let palette = console.palette();
        let mut text = verdict.text(palette);
        if arguments.explain
            && let Some(user) = &user
            && let Some(attributes) = first_check(arguments, &rbac)
        {
            text.push_str(&explain::text(&rbac.explain(user, &attributes.attributes()), palette));
        }
        console.out(&text)?;
    }
    Ok(if verdict.allowed { YES } else { NO })
}

/// The question in the words of the catalogue.
fn asked(
    arguments: &CanI,
    user: Option<&UserInfo>,
    cluster: &Cluster,
    console: &mut Console<'_>,
) -> Result<String, Failure> {
    let mut question = json!({"bootstrap": question::bootstrap_word(arguments.bootstrap)});
    let mut set = |key: &str, value: Value| {
        if let Some(fields) = question.as_object_mut() {
            fields.insert(key.to_owned(), value);
        }
    };
    if let Some(user) = user {
        let user = serde_json::to_value(user)
            .map_err(|error| Failure::usage(format!("the user cannot be written as JSON: {error}")))?;
        set("user", user);
    }
    if let Some(request) = &arguments.request {
        set("ask", json!("request.attributes"));
        set("request", json!(request));
    } else if let Some(request) = &arguments.kubelet_request {
        set("ask", json!("request.kubelet"));
        set("request", json!(request));
        set("node", json!(arguments.node));
    } else if let Some(path) = &arguments.review {
        set("ask", json!("review.access"));
        set("review", review(path, cluster, console)?);
    }
    Ok(question.to_string())
}

/// The review in a file.
fn review(path: &str, cluster: &Cluster, console: &mut Console<'_>) -> Result<Value, Failure> {
    let bytes = if path == "-" {
        console.read_all(1 << 20)?
    } else {
        let read = console.files().read(std::path::Path::new(path));
        read.map_err(|error| Failure::usage(format!("`{path}` cannot be read: {error}")))?
    };
    let text = String::from_utf8(bytes).map_err(|_| Failure::usage(format!("`{path}` is no UTF-8 text")))?;
    let reading = read::text(&text, &read::Options::named(path).for_version(cluster.kube_version()));
    if let Some(error) = reading.errors.first() {
        return Err(Failure::usage(error.to_string()));
    }
    let [review] = reading.objects.as_slice() else {
        return Err(Failure::usage(format!(
            "`{path}` holds {} objects, and the question is about one review",
            reading.objects.len()
        )));
    };
    review.to_typed::<Value>().map_err(|error| Failure::usage(format!("`{path}` cannot be read: {error}")))
}

/// What decides, to explain it.
fn first_check(arguments: &CanI, rbac: &kubelogic::rbac::Rbac) -> Option<kubelogic::access::OwnedAttributes> {
    let gates = Gates::new(rbac.kube_version());
    if let Some(request) = &arguments.request {
        return HttpRequest::parse(request).ok()?.info(&gates).ok().map(|info| info.attributes);
    }
    let request = HttpRequest::parse(arguments.kubelet_request.as_ref()?).ok()?;
    // The last check is the one that every version makes.
    KubeletRequest::new(arguments.node.as_deref().unwrap_or_default(), request).checks(&gates).pop()
}

fn failure(error: &AskError) -> Failure {
    match (error.code.as_str(), &error.help) {
        ("coverage/too-thin", _) => Failure::Undecided(error.message.clone()),
        (_, Some(help)) => Failure::with_help(error.message.clone(), help.clone()),
        (_, None) => Failure::usage(error.message.clone()),
    }
}

/// Yes or no, with what is worth a line.
struct Verdict {
    allowed: bool,
    reason: String,
    lines: Vec<String>,
}

impl Verdict {
    fn of(arguments: &CanI, result: &Value) -> Result<Self, Failure> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut lines = Vec::new();
        let mut say = |what: &str, of: &str| {
            for line in of.lines() {
                lines.push(format!("{what}: {line}"));
            }
        };
        let decided = if arguments.review.is_some() {
            if let Some(refusal) = result.get("refusal") {
                let message = text(refusal.get("message"));
                return Err(Failure::usage(format!("the API server refuses the review: {message}")));
            }
            let status = result.get("status").unwrap_or(&Value::Null);
            say("asked", &printed(result.get("attributes")));
            say("evaluation error", &text(status.get("evaluationError")));
            status
        } else if arguments.kubelet_request.is_some() {
            for check in result.get("checks").and_then(Value::as_array).into_iter().flatten() {
                say("asked", &printed(Some(check)));
            }
            say("the client reads", &text(result.get("refusal")));
            result
        } else {
            if let Some(error) = result.get("error").and_then(Value::as_str) {
                return Err(Failure::usage(format!("the API server answers 500: {error}")));
            }
            let checks =
                result.get("checks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            for check in checks {
                let allowed = check.get("allowed") == Some(&Value::Bool(true));
                match check.get("when").and_then(Value::as_str) {
                    None => say("asked", &printed(check.get("attributes"))),
                    Some(when) => {
                        let verdict = if allowed { "yes" } else { "no" };
                        say(
                            "asked as well",
                            &format!("{}, {when}: {verdict}", printed(check.get("attributes"))),
                        );
                    }
                }
            }
            say("the client reads", &text(result.pointer("/refusal/message")));
            checks.first().unwrap_or(&Value::Null)
        };
        let allowed = decided.get("allowed") == Some(&Value::Bool(true));
        let reason = text(decided.get("reason"));
        Ok(Self { allowed, reason, lines })
    }

    fn text(&self, palette: Palette) -> String {
        let mut text = match (self.allowed, self.reason.as_str()) {
            (true, _) => format!("{}\n", palette.green("yes")),
            (false, "") => format!("{}\n", palette.red("no")),
            (false, reason) => format!("{} - {}\n", palette.red("no"), shown(reason)),
        };
        for line in &self.lines {
            let _ = writeln!(text, "  {}", shown(line));
        }
        text
    }
}

/// A check as a sentence.
fn printed(check: Option<&Value>) -> String {
    let empty = Map::new();
    let fields = check.and_then(Value::as_object).unwrap_or(&empty);
    let field = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let attributes = if fields.get("resourceRequest") == Some(&Value::Bool(true)) {
        kubelogic::access::Attributes::resource(field("verb"), field("group"), field("resource"))
            .subresource(field("subresource"))
            .named(field("name"))
            .in_namespace(field("namespace"))
    } else {
        kubelogic::access::Attributes::path(field("verb"), field("path"))
    };
    attributes.to_string()
}
