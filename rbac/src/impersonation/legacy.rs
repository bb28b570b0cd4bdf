//! Impersonation as every version has it: the verb `impersonate`, for each thing that is asked for.

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::quote::quoted;
use kubelogic_core::version::KubeVersion;

use super::check::{Asker, No, complete};
use super::headers::Wanted;
use super::{ImpersonationMode, ImpersonationRequest};
use crate::review::{Status, forbidden_status, harmless};

pub(super) type Outcome = (Result<UserInfo, Box<Status>>, Option<ImpersonationMode>);

const VERB: &str = "impersonate";
const GROUP: &str = "authentication.k8s.io";
const LEGACY: ImpersonationMode = ImpersonationMode::Legacy;

/// The filter of versions without constrained impersonation.
pub(super) fn decide(
    asked: &ImpersonationRequest<'_>,
    asker: &mut Asker<'_>,
    version: KubeVersion,
) -> Outcome {
    // upstream: apiserver pkg/endpoints/filters/impersonation/impersonation.go (WithImpersonation)
    let wanted = asked.headers.wanted();
    if wanted.lacks_name() {
        return (Err(Box::new(nameless(&wanted, asked.url, version))), None);
    }
    if wanted.name.is_empty() {
        return (Ok(asked.requestor.clone()), None);
    }
    // This filter knows no version of what is in the core group.
    let requests = requests(&wanted, [Part::Name, Part::Groups, Part::Extra, Part::Uid], "");
    for request in requests {
        let attributes = request.attributes();
        // What went wrong while the authorizer decided is not shown.
        if let Err(No { reason, .. }) = asker.ask(LEGACY, &attributes) {
            return (Err(Box::new(forbidden_status(asked.requestor, &attributes, &reason))), None);
        }
    }
    (Ok(effective(wanted)), Some(LEGACY))
}

/// A thing that is asked for.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Name,
    Uid,
    Groups,
    Extra,
}

/// A check that one thing makes necessary.
pub(super) struct Check {
    group: &'static str,
    version: &'static str,
    resource: &'static str,
    namespace: String,
    subresource: String,
    name: String,
}

impl Check {
    pub(super) fn attributes(&self) -> Attributes<'_> {
        Attributes::resource(VERB, self.group, self.resource)
            .in_version(self.version)
            .in_namespace(&self.namespace)
            .subresource(&self.subresource)
            .named(&self.name)
    }
}

/// What has to be allowed, part by part; `core_version` is the version that the core group is asked about with.
pub(super) fn requests(wanted: &Wanted, parts: [Part; 4], core_version: &'static str) -> Vec<Check> {
    let check = |group: &'static str, resource, name: &str| Check {
        group,
        version: if group == GROUP { "v1" } else { core_version },
        resource,
        namespace: String::new(),
        subresource: String::new(),
        name: name.to_owned(),
    };
    let mut requests = Vec::new();
    for part in parts {
        match part {
            Part::Name => match UserInfo::named(&wanted.name).service_account() {
                Some((namespace, name)) => requests
                    .push(Check { namespace: namespace.to_owned(), ..check("", "serviceaccounts", name) }),
                None => requests.push(check("", "users", &wanted.name)),
            },
            Part::Uid if wanted.uid.is_empty() => {}
            Part::Uid => requests.push(check(GROUP, "uids", &wanted.uid)),
            Part::Groups => {
                requests.extend(wanted.groups.iter().map(|group| check("", "groups", group)));
            }
            Part::Extra => {
                for (key, values) in &wanted.extra {
                    requests.extend(values.iter().map(|value| Check {
                        subresource: key.clone(),
                        ..check(GROUP, "userextras", value)
                    }));
                }
            }
        }
    }
    requests
}

/// The user that is meant, with the groups that he gets.
pub(super) fn effective(wanted: Wanted) -> UserInfo {
    let Wanted { name, uid, groups, extra } = wanted;
    let mut user = UserInfo { name, uid, groups, extra };
    if user.groups.is_empty()
        && let Some((namespace, _)) = user.service_account()
    {
        user.groups =
            vec!["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")];
    }
    complete(&mut user);
    user
}

/// Groups, a uid or extra fields of nobody.
fn nameless(wanted: &Wanted, url: &str, version: KubeVersion) -> Status {
    let reference =
        |kind: &str, name: &str, version: &str, path: &str| format!("{{{kind}  {name}  {version}  {path}}}");
    let mut references: Vec<String> =
        wanted.groups.iter().map(|group| reference("Group", group, "", "")).collect();
    for (key, values) in &wanted.extra {
        let values = values.iter();
        references.extend(values.map(|value| reference("UserExtra", value, "authentication.k8s.io/v1", key)));
    }
    if !wanted.uid.is_empty() {
        references.push(reference("UID", &wanted.uid, "authentication.k8s.io/v1", ""));
    }
    let message = format!("requested [{}] without impersonating a user", references.join(" "));
    if version.minor() >= 35 {
        return Status::bad_request(&message);
    }
    // upstream: apiserver pkg/endpoints/handlers/responsewriters/errors.go (InternalError)
    let message = harmless(&format!("Internal Server Error: {}: {message}", quoted(url)));
    Status { code: 500, reason: String::new(), message: format!("{message}\n"), details: None }
}
