//! Whom a line is about, as the API server sees them.

use std::collections::BTreeMap;

use kubelogic_core::access::UserInfo;
use kubelogic_core::near::nearest;

use super::super::file::NamedSubject;
use super::super::line::{Fault, Subject, SubjectKind, did_you_mean};

/// The user behind a subject, with the groups that `kubectl --as` gives.
pub(super) fn user(subject: &Subject<'_>, named: &BTreeMap<String, NamedSubject>) -> Result<UserInfo, Fault> {
    let name = subject.name.text;
    Ok(match subject.kind {
        SubjectKind::User => UserInfo::impersonated(name, Vec::<String>::new()),
        // Somebody who has nothing but the group: no binding can name a user without a name.
        SubjectKind::Group => UserInfo::impersonated("", [name]),
        SubjectKind::ServiceAccount => {
            let (namespace, name) = name.split_once('/').unwrap_or(("", name));
            UserInfo::of_service_account(namespace, name)
        }
        // upstream: pkg/auth/nodeidentifier/default.go (NodeIdentity)
        SubjectKind::Node => UserInfo::impersonated(format!("system:node:{name}"), ["system:nodes"]),
        SubjectKind::Named => {
            let Some(found) = named.get(name) else {
                let fault = Fault::new(subject.name.at, format!("`subjects` has no `{name}`"));
                let near = nearest(name, named.keys().map(String::as_str));
                return Err(match near {
                    Some(near) => did_you_mean(fault, Some(near)),
                    None => fault.help(format!(
                        "add it to the file: `subjects: {{{name}: {{user: NAME, groups: [GROUP]}}}}`"
                    )),
                });
            };
            let groups = found.groups.iter().flatten().cloned();
            UserInfo::impersonated(found.user.clone().unwrap_or_default(), groups)
        }
    })
}
