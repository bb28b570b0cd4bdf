//! What the API server makes of an HTTP request.

use kubelogic_core::access::{OwnedAttributes, OwnedTarget, Selectors};
use kubelogic_core::meta::path_segment_problems;

use super::gate::{Gate, Gates};
use super::list_options::ListOptions;
use super::url::RequestUrl;
use crate::error::RbacError;

/// An HTTP request to the API server.
///
/// ```
/// use kubelogic_rbac::{Gates, HttpRequest};
///
/// let request = HttpRequest::parse("GET /api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dweb")?;
/// let info = request.info(&Gates::new("1.37".parse().unwrap())).unwrap();
/// assert_eq!(info.attributes.to_string(), "list pods \"web\" in namespace \"shop\"");
/// # Ok::<(), kubelogic_rbac::RbacError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    method: String,
    url: RequestUrl,
    text: String,
}

/// What the API server knows of a request before it looks into its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInfo {
    /// What the authorizer is asked.
    pub attributes: OwnedAttributes,
    /// The decoded path.
    pub path: String,
    /// `api` or `apis`; empty for other paths.
    pub api_prefix: String,
    /// The field selector as it was written, where the authorizer is told it.
    pub field_selector: String,
    /// The label selector as it was written, where the authorizer is told it.
    pub label_selector: String,
    /// Whether the server lets the request run without a deadline: watches, logs, `exec` and the like.
    pub long_running: bool,
}

/// The API server cannot tell what is asked for and answers 500.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RequestProblem {
    message: String,
}

impl HttpRequest {
    /// Reads a method and a URL, such as `GET /api/v1/pods`; without a method it is `GET`.
    ///
    /// # Errors
    /// [`RbacError::InvalidMethod`] and [`RbacError::InvalidUrl`].
    pub fn parse(line: &str) -> Result<Self, RbacError> {
        let (method, url) = line.trim().split_once(' ').unwrap_or(("GET", line.trim()));
        Self::new(method, url.trim_start())
    }

    /// A method and a URL: a path with its query, or all of an address.
    ///
    /// # Errors
    /// [`RbacError::InvalidMethod`] and [`RbacError::InvalidUrl`] for what no server of HTTP takes.
    pub fn new(method: &str, url: &str) -> Result<Self, RbacError> {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if method.is_empty() || !method.bytes().all(letters) {
            return Err(RbacError::InvalidMethod { method: method.to_owned() });
        }
        Ok(Self { method: method.to_owned(), url: RequestUrl::parse(url)?, text: url.to_owned() })
    }

    /// The method as it was written.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The decoded path.
    pub fn path(&self) -> &str {
        &self.url.path
    }

    /// The URL as it was written.
    pub fn url(&self) -> &str {
        &self.text
    }

    /// What the API server makes of it.
    ///
    /// # Errors
    /// [`RequestProblem`] when a path says `watch` or `proxy` and then nothing more.
    pub fn info(&self, gates: &Gates) -> Result<RequestInfo, RequestProblem> {
        // upstream: apiserver pkg/endpoints/request/requestinfo.go (NewRequestInfo),
        // pkg/endpoints/filters/authorization.go (GetAuthorizerAttributes)
        let path = self.path();
        let parts: Vec<&str> = match path.trim_matches('/') {
            "" => Vec::new(),
            inner => inner.split('/').collect(),
        };
        let (prefix, group, rest) = match parts.as_slice() {
            [prefix @ "api", rest @ ..] if rest.len() >= 2 => (*prefix, "", rest),
            [prefix @ "apis", group, rest @ ..] if rest.len() >= 2 => (*prefix, *group, rest),
            // A group and a version alone are no resource, but the prefix is already known.
            [prefix @ "apis", _, _] => return Ok(self.path_info(prefix)),
            _ => return Ok(self.path_info("")),
        };
        let (version, rest) = rest.split_first().unwrap_or((&"", &[]));
        let (verb, rest, by_path) = match rest {
            ["proxy" | "watch"] => {
                let url = self.url.printed();
                let message = format!("unable to determine kind and namespace from url, {url}");
                return Err(RequestProblem { message });
            }
            [word @ ("proxy" | "watch"), rest @ ..] => (*word, rest, true),
            rest => (verb_of(&self.method), rest, false),
        };
        let (namespace, rest) = match rest {
            ["namespaces", namespace, "status" | "finalize", ..] => (*namespace, rest),
            ["namespaces", namespace, inner @ ..] if !inner.is_empty() => (*namespace, inner),
            ["namespaces", namespace] => (*namespace, rest),
            rest => ("", rest),
        };
        let part = |index: usize| rest.get(index).copied().unwrap_or_default();
        let subresource = if verb == "proxy" { "" } else { part(2) };
        let (mut verb, mut name) = (verb, part(1).to_owned());
        if name.is_empty() && verb == "get" {
            let options = ListOptions::of(&self.url, gates.kube_version());
            verb = if options.watch { "watch" } else { "list" };
            let wanted = options.fields.as_ref().and_then(|fields| fields.exact_match("metadata.name"));
            if let Some(wanted) = wanted.filter(|name| path_segment_problems(name).is_empty()) {
                wanted.clone_into(&mut name);
            }
        }
        if name.is_empty() && verb == "delete" {
            verb = "deletecollection";
        }
        let selects = gates.is_on(Gate::AuthorizeWithSelectors)
            && !by_path
            && matches!(verb, "list" | "watch" | "deletecollection");
        let selector = |name| if selects { self.url.value(name).unwrap_or_default() } else { String::new() };
        let (field_selector, label_selector) = (selector("fieldSelector"), selector("labelSelector"));
        let long_running = matches!(verb, "watch" | "proxy")
            || matches!(subresource, "attach" | "exec" | "proxy" | "log" | "portforward");
        let attributes = OwnedAttributes {
            verb: verb.to_owned(),
            target: OwnedTarget::Resource {
                group: group.to_owned(),
                version: (*version).to_owned(),
                resource: part(0).to_owned(),
                subresource: subresource.to_owned(),
                name,
                namespace: namespace.to_owned(),
            },
            selectors: Selectors::parse(&field_selector, &label_selector, gates.kube_version()),
        };
        Ok(RequestInfo {
            attributes,
            path: path.to_owned(),
            api_prefix: prefix.to_owned(),
            field_selector,
            label_selector,
            long_running,
        })
    }

    fn path_info(&self, prefix: &str) -> RequestInfo {
        let attributes = OwnedAttributes {
            verb: self.method.to_ascii_lowercase(),
            target: OwnedTarget::Path(self.path().to_owned()),
            selectors: Selectors::default(),
        };
        RequestInfo {
            // upstream: apiserver pkg/server/filters/longrunning.go (BasicLongRunningRequestCheck)
            long_running: matches!(attributes.verb.as_str(), "watch" | "proxy")
                || self.path().starts_with("/debug/pprof/"),
            attributes,
            path: self.path().to_owned(),
            api_prefix: prefix.to_owned(),
            field_selector: String::new(),
            label_selector: String::new(),
        }
    }
}

/// The verb of a method for a resource; methods are compared letter by letter.
fn verb_of(method: &str) -> &'static str {
    match method {
        "POST" => "create",
        "GET" | "HEAD" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    }
}
