//! Constrained impersonation: a verb for each mode, and one for what may be done with it.

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::field::{FieldError, aggregate};
use kubelogic_core::meta::dns_subdomain_problems;
use kubelogic_core::object::FieldPath;
use kubelogic_core::quote::quoted;

use super::check::{Asker, No, complete};
use super::headers::Wanted;
use super::legacy::{self, Outcome, Part};
use super::{ImpersonationMode, ImpersonationRequest};
use crate::review::{Status, forbidden_status};

/// The modes in the order in which they are tried.
const MODES: [ImpersonationMode; 5] = [
    ImpersonationMode::AssociatedNode,
    ImpersonationMode::ArbitraryNode,
    ImpersonationMode::Serviceaccount,
    ImpersonationMode::UserInfo,
    ImpersonationMode::Legacy,
];

const GROUP: &str = "authentication.k8s.io";
const NODE_NAME: &str = "authentication.kubernetes.io/node-name";
const NODE_KEYS: &str = "authentication.kubernetes.io/associated-node-keys";
/// From so many groups or extra fields on, one check for all of them is tried first.
const MANY: usize = 4;

/// The filter of versions with constrained impersonation.
pub(super) fn decide(asked: &ImpersonationRequest<'_>, asker: &mut Asker<'_>) -> Outcome {
    // upstream: apiserver pkg/endpoints/filters/impersonation/constrained_impersonation.go
    let wanted = asked.headers.wanted();
    if wanted.lacks_name() {
        let message = format!("requested {} without impersonating a user name", wanted.as_go());
        return (Err(Box::new(Status::bad_request(&message))), None);
    }
    if wanted.name.is_empty() {
        return (Ok(asked.requestor.clone()), None);
    }
    let last = asked.last_mode;
    let rest = MODES.into_iter().filter(|mode| Some(*mode) != last);
    let mut refusal = None;
    for mode in last.into_iter().chain(rest) {
        match (Attempt { mode, wanted: &wanted, asked }).run(asker) {
            None => {}
            Some(Ok(user)) => return (Ok(user), Some(mode)),
            Some(Err(status)) => refusal = refusal.or(Some(status)),
        }
    }
    // The legacy mode is always tried, so there is a refusal.
    let refusal = refusal.unwrap_or_else(|| Box::new(Status::bad_request("all impersonation modes failed")));
    (Err(refusal), None)
}

/// One mode, tried.
struct Attempt<'a> {
    mode: ImpersonationMode,
    wanted: &'a Wanted,
    asked: &'a ImpersonationRequest<'a>,
}

impl Attempt<'_> {
    /// `None` when the mode is not about such a user.
    fn run(&self, asker: &mut Asker<'_>) -> Option<Result<UserInfo, Box<Status>>> {
        // upstream: apiserver pkg/endpoints/filters/impersonation/mode.go
        self.applies().then(|| self.check(asker))
    }

    fn applies(&self) -> bool {
        let (wanted, user) = (self.wanted, UserInfo::named(&self.wanted.name));
        let node = node_name(&wanted.name);
        match self.mode {
            ImpersonationMode::AssociatedNode => {
                let requestor = self.asked.requestor;
                let own = match requestor.extra.get(NODE_NAME).map(Vec::as_slice) {
                    Some([own]) => own.as_str(),
                    _ => "",
                };
                wanted.is_name_only() && node == Some(own) && requestor.service_account().is_some()
            }
            ImpersonationMode::ArbitraryNode => wanted.is_name_only() && node.is_some(),
            ImpersonationMode::Serviceaccount => wanted.is_name_only() && user.service_account().is_some(),
            ImpersonationMode::UserInfo => node.is_none() && user.service_account().is_none(),
            ImpersonationMode::Legacy => true,
        }
    }

    fn check(&self, asker: &mut Asker<'_>) -> Result<UserInfo, Box<Status>> {
        if self.mode == ImpersonationMode::Legacy {
            let parts = [Part::Name, Part::Uid, Part::Groups, Part::Extra];
            for request in legacy::requests(self.wanted, parts, "v1") {
                self.ask(asker, &request.attributes())?;
            }
            return Ok(legacy::effective(self.wanted.clone()));
        }
        let verb = format!("impersonate-on:{}:{}", self.word(), self.asked.request.verb);
        self.ask(asker, &Attributes { verb: &verb, ..self.asked.request })?;
        let verb = format!("impersonate:{}", self.word());
        let mut user = self.name(asker, &verb)?;
        if !self.wanted.uid.is_empty() {
            self.ask(asker, &of(&verb, "uids").named(&self.wanted.uid))?;
        }
        self.groups(asker, &verb)?;
        self.extra(asker, &verb)?;
        complete(&mut user);
        Ok(user)
    }

    fn word(&self) -> &'static str {
        match self.mode {
            ImpersonationMode::AssociatedNode => "associated-node",
            ImpersonationMode::ArbitraryNode => "arbitrary-node",
            ImpersonationMode::Serviceaccount => "serviceaccount",
            ImpersonationMode::UserInfo => "user-info",
            ImpersonationMode::Legacy => "legacy",
        }
    }

    /// Asks, and makes a refusal of what is not allowed.
    fn ask(&self, asker: &mut Asker<'_>, attributes: &Attributes<'_>) -> Result<(), Box<Status>> {
        // upstream: apiserver pkg/endpoints/filters/impersonation/mode.go (checkAuthorization)
        let said = if self.mode == ImpersonationMode::AssociatedNode {
            // The authorizer is told which extra fields there are, not what they say.
            let mut user = asker.requestor.clone();
            let keys = std::mem::take(&mut user.extra).into_keys().collect();
            user.extra.insert(NODE_KEYS.to_owned(), keys);
            asker.ask_as(&user, self.mode, attributes)
        } else {
            asker.ask(self.mode, attributes)
        };
        said.map_err(|No { reason, error }| {
            let reason = match error {
                Some(error) if reason.is_empty() => error,
                Some(error) => format!("{error}: {reason}"),
                None => reason,
            };
            self.refusal(attributes, &reason)
        })
    }

    fn refusal(&self, attributes: &Attributes<'_>, reason: &str) -> Box<Status> {
        Box::new(forbidden_status(self.asked.requestor, attributes, reason))
    }

    fn name(&self, asker: &mut Asker<'_>, verb: &str) -> Result<UserInfo, Box<Status>> {
        let Wanted { name, uid, groups, extra } = self.wanted.clone();
        let mut user = UserInfo { name, uid, groups, extra };
        if let Some(node) = node_name(&self.wanted.name) {
            // Such a permission holds for the node of every pod, whatever it is called.
            let own = self.mode == ImpersonationMode::AssociatedNode;
            self.ask(asker, &of(verb, "nodes").named(if own { "*" } else { node }))?;
            user.groups = vec!["system:nodes".to_owned()];
        } else if let Some((namespace, name)) = UserInfo::named(&self.wanted.name).service_account() {
            self.ask(asker, &of(verb, "serviceaccounts").in_namespace(namespace).named(name))?;
            user.groups =
                vec!["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")];
        } else {
            self.ask(asker, &of(verb, "users").named(&self.wanted.name))?;
        }
        Ok(user)
    }

    fn groups(&self, asker: &mut Asker<'_>, verb: &str) -> Result<(), Box<Status>> {
        let (groups, all) = (&self.wanted.groups, of(verb, "groups"));
        if groups.iter().any(String::is_empty) {
            return Err(self.refusal(&all, "impersonating the empty string group is not allowed"));
        }
        if groups.iter().any(|group| group == "system:masters") {
            let reason = "impersonating the system:masters group is not allowed";
            return Err(self.refusal(&all.named("system:masters"), reason));
        }
        if groups.len() >= MANY && self.ask(asker, &all.named("*")).is_ok() {
            return Ok(());
        }
        groups.iter().try_for_each(|group| self.ask(asker, &all.named(group)))
    }

    fn extra(&self, asker: &mut Asker<'_>, verb: &str) -> Result<(), Box<Status>> {
        let (extra, all) = (&self.wanted.extra, of(verb, "userextras"));
        if let Some(reason) = extra.iter().find_map(|(key, values)| forbidden_extra(key, values)) {
            return Err(self.refusal(&all, &reason));
        }
        let many = extra.len() >= MANY || extra.values().map(Vec::len).sum::<usize>() >= MANY;
        if many && self.ask(asker, &all.subresource("*").named("*")).is_ok() {
            return Ok(());
        }
        let pairs = extra.iter().flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
        for (key, value) in pairs {
            self.ask(asker, &all.subresource(key).named(value))?;
        }
        Ok(())
    }
}

fn of<'a>(verb: &'a str, resource: &'a str) -> Attributes<'a> {
    Attributes::resource(verb, GROUP, resource).in_version("v1")
}

/// The node that a user name stands for.
fn node_name(user: &str) -> Option<&str> {
    user.strip_prefix("system:node:").filter(|name| dns_subdomain_problems(name).is_empty())
}

/// Why an extra field cannot be asked for.
fn forbidden_extra(key: &str, values: &[String]) -> Option<String> {
    // upstream: apiserver pkg/endpoints/filters/impersonation/mode.go (validateExtra)
    if key.is_empty() {
        return Some("impersonating the empty string key in extra is not allowed".to_owned());
    }
    if let Some(wrong) = aggregate(&domain_prefixed_path(key)) {
        return Some(format!("impersonating an invalid key in extra is not allowed: {wrong}"));
    }
    if key.to_lowercase() != key {
        let key = quoted(key);
        return Some(format!("impersonating a non-lowercase key in extra is not allowed: {key}"));
    }
    values
        .iter()
        .any(String::is_empty)
        .then(|| "impersonating the empty string value in extra is not allowed".to_owned())
}

fn domain_prefixed_path(key: &str) -> Vec<FieldError> {
    // upstream: apimachinery pkg/util/validation/validation.go (IsDomainPrefixedPath)
    let field = || FieldPath::root().field("extra").field("key");
    let parts = key.split_once('/').filter(|(host, path)| !host.is_empty() && !path.is_empty());
    let Some((host, path)) = parts else {
        let detail = "must be a domain-prefixed path (such as \"acme.io/foo\")";
        return vec![FieldError::invalid(field(), key, detail)];
    };
    let mut errors: Vec<FieldError> = dns_subdomain_problems(host)
        .iter()
        .map(|detail| FieldError::invalid(field(), host, detail))
        .collect();
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte);
    if !path.bytes().all(letters) {
        let detail = r"Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+')";
        errors.push(FieldError::invalid(field(), path, detail));
    }
    errors
}
