//! The section `access`: who may do what.
//!
//! A `can` line asks what `kubectl auth can-i` asks, once for each combination of its words, and holds when every
//! answer is yes. A `cannot` line holds when nothing that it covers is allowed: without a name it covers every name,
//! and `*` covers every verb, resource or subresource.

mod asked;
mod chain;
mod names;
mod node;
mod subject;

use std::sync::Arc;

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::answer::{Answer, Undecided};
use kubelogic_core::cluster::{Cluster, Completeness, GroupKind};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::schema::Discovery;
use kubelogic_rbac::{Bootstrap, Can, Chain, GROUP, Options, Rbac, RbacError};

use super::file::File;
use super::line::{self, Fault, Line, Place, Target};
use super::place::Written;
use super::{Judged, LineOutcome};
use asked::{Asked, Request};
use chain::Chains;
use names::Names;
use node::NodeAuthorizer;

/// Its name in a file of expectations.
pub(super) const SECTION: &str = "access";

/// At most so many near misses stand beside a line that should be allowed.
const MOST_NEAR: usize = 3;

/// Roles and bindings, ready to judge lines.
pub(super) struct Judge {
    pub(super) cluster: Cluster,
    pub(super) rbac: Arc<Rbac>,
    chains: Chains,
    names: Names,
    nodes: NodeAuthorizer,
}

/// Something that does not keep a line from being judged.
pub(super) struct Remark {
    at: usize,
    code: &'static str,
    message: String,
    help: Option<String>,
}

/// What the requests of a line came to.
enum Verdict {
    Holds,
    /// The request that is not as the line says, and how many others are not.
    Fails(Request, usize),
    Undecided(Request, Undecided),
}

impl Judge {
    pub(super) fn new(cluster: Cluster, bootstrap: Bootstrap) -> Result<Self, RbacError> {
        let mut options = Options::default();
        options.bootstrap = bootstrap;
        let rbac = Rbac::compile(&cluster, &options)?;
        let names = Names::of(&cluster, &rbac);
        let rbac = Arc::new(rbac);
        Ok(Self { cluster, rbac, chains: Chains::default(), names, nodes: NodeAuthorizer::default() })
    }

    pub(super) fn discovery(&self) -> &Discovery {
        self.cluster.discovery()
    }

    /// How a line names a resource of a rule, and whether its objects live in namespaces; nothing when no line can.
    pub(super) fn word_for(&self, group: &str, resource: &str) -> Option<(String, Option<bool>)> {
        names::word_for(group, resource, self)
    }

    /// Judges a line of a file.
    pub(super) fn judge(&self, written: &Written<'_>, file: &File<'_>) -> Judged {
        let mut remarks = Vec::new();
        match self.answer(written.text, file, &mut remarks) {
            Ok((outcome, finding)) => {
                let finding = finding.map(|finding| finding.at(written.location(0)));
                let remarks = remarks.into_iter().map(|remark| {
                    let finding = Finding::new(remark.code, Severity::Warning, remark.message);
                    let finding = finding.at(written.location(remark.at));
                    match remark.help {
                        Some(help) => finding.help(help),
                        None => finding,
                    }
                });
                Judged { outcome, finding, remarks: remarks.collect() }
            }
            Err(fault) => {
                let finding = Finding::new("expect/bad-line", Severity::Error, fault.message);
                let finding = finding.at(written.location(fault.at));
                let finding = match fault.help {
                    Some(help) => finding.help(help),
                    None => finding,
                };
                Judged { outcome: LineOutcome::Malformed, finding: Some(finding), remarks: Vec::new() }
            }
        }
    }

    fn answer(
        &self,
        text: &str,
        file: &File<'_>,
        remarks: &mut Vec<Remark>,
    ) -> Result<(LineOutcome, Option<Finding>), Fault> {
        let line = line::parse(text)?;
        let user = subject::user(&line.subject, &file.subjects)?;
        let asked = Asked::of(&line, self, remarks)?;
        self.names.remark_on_subject(&line.subject, &user, remarks);
        let who = line.subject.word.text;
        let chain = match &file.authorizers {
            Some(named) => {
                let made = self.chains.of(named, &self.cluster, &self.rbac);
                Some(made.map_err(|message| Fault { at: 0, message, help: None })?)
            }
            None => None,
        };
        let chain = chain.as_deref();
        Ok(match self.verdict(&line, &user, &asked, chain) {
            Verdict::Holds => (LineOutcome::Holds, None),
            Verdict::Fails(request, others) if line.can => {
                let finding = self.not_allowed(who, &user, &request);
                (LineOutcome::Fails, Some(and_others(finding, others)))
            }
            Verdict::Fails(request, others) => {
                let finding = self.allowed(who, &user, &request, chain);
                (LineOutcome::Fails, Some(and_others(finding, others)))
            }
            Verdict::Undecided(request, undecided) => {
                let message = format!("undecided whether `{who}` can {request}: {}", undecided.message());
                (LineOutcome::Undecided, Some(Finding::new("expect/undecided", Severity::Error, message)))
            }
        })
    }

    /// Whether a line holds, as [`judge`](Self::judge) says it.
    pub(super) fn holds(&self, text: &str, file: &File<'_>) -> bool {
        matches!(self.answer(text, file, &mut Vec::new()), Ok((LineOutcome::Holds, _)))
    }

    fn verdict(&self, line: &Line<'_>, user: &UserInfo, asked: &Asked, chain: Option<&Chain>) -> Verdict {
        let requests = asked.literal.iter().chain(if line.can { &[] } else { asked.covered.as_slice() });
        let mut wrong: Option<Request> = None;
        let mut others = 0;
        let mut unsettled = None;
        for request in requests {
            match self.decide(user, request, chain) {
                Ok(allowed) if allowed == line.can => {}
                Ok(_) if wrong.is_some() => others += 1,
                Ok(_) => wrong = Some(request.clone()),
                Err(undecided) => {
                    unsettled.get_or_insert_with(|| (request.clone(), undecided));
                }
            }
        }
        if let Some(request) = wrong {
            return Verdict::Fails(request, others);
        }
        let unsettled = unsettled.or_else(|| self.unknown_namespaces(line, asked));
        match unsettled {
            Some((request, undecided)) => Verdict::Undecided(request, undecided),
            None => Verdict::Holds,
        }
    }

    fn decide(&self, user: &UserInfo, request: &Request, chain: Option<&Chain>) -> Result<bool, Undecided> {
        let attributes = request.attributes();
        if let Some(chain) = chain {
            return chain.can(user, &attributes);
        }
        let allowed = self.rbac.can(user, &attributes)?;
        if !allowed && self.nodes.may_allow(&self.cluster, user, &attributes) {
            return Err(Undecided::new(
                "expect/node-authorizer",
                "no role allows it, and the Node authorizer, which is not evaluated, may allow it",
            ));
        }
        Ok(allowed)
    }

    /// What `anywhere` covers beyond the namespaces that are known.
    fn unknown_namespaces(&self, line: &Line<'_>, asked: &Asked) -> Option<(Request, Undecided)> {
        let Target::Resources { place: Place::Anywhere(_), .. } = &line.target else { return None };
        let bindings = GroupKind::new(GROUP, "RoleBinding");
        if self.cluster.coverage().everywhere(&bindings) == Completeness::Complete {
            return None;
        }
        let message = "not every RoleBinding of every namespace was given";
        let request = asked.literal.first()?.clone();
        Some((request, Undecided::new("coverage/too-thin", message)))
    }

    /// A `can` line that is not so.
    fn not_allowed(&self, who: &str, user: &UserInfo, request: &Request) -> Finding {
        let message = format!("nothing allows `{who}` to {request}");
        let mut finding = Finding::new("expect/failed", Severity::Error, message);
        let misses = self.explain(user, &request.attributes()).result.near_misses;
        finding.help = misses.first().map(|miss| miss.change.clone());
        for miss in misses.into_iter().take(MOST_NEAR) {
            if let Some(location) = miss.location {
                finding = finding.related(location, miss.message);
            }
        }
        finding
    }

    /// A `cannot` line that is not so.
    fn allowed(&self, who: &str, user: &UserInfo, request: &Request, chain: Option<&Chain>) -> Finding {
        if let Some(chain) = chain {
            return allowed_by_chain(who, user, request, chain);
        }
        let answer = self.explain(user, &request.attributes());
        let by = answer.result.grants.first().map_or_else(String::new, |grant| {
            let binding = &grant.binding.object;
            let place =
                if binding.namespace.is_empty() { String::new() } else { format!("{}/", binding.namespace) };
            format!("{} `{place}{}`", binding.kind, binding.name)
        });
        let message = format!("{by} allows `{who}` to {request}");
        let mut finding = Finding::new("expect/failed", Severity::Error, message);
        for evidence in answer.evidence {
            if let Some(location) = evidence.location {
                finding = finding.related(location, evidence.message);
            }
        }
        finding
    }

    fn explain(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Answer<Can> {
        self.rbac.explain(user, attributes)
    }
}

/// The same, with what decided in a chain of authorizers.
fn allowed_by_chain(who: &str, user: &UserInfo, request: &Request, chain: &Chain) -> Finding {
    let attributes = request.attributes();
    let evidence = chain.decide(user, &attributes).ok().and_then(|decision| {
        // The chain has just decided.
        chain.evidence(decision, user, &attributes).ok()
    });
    let evidence = evidence.unwrap_or_default();
    let because = evidence.first().map(|piece| format!(": {}", piece.message)).unwrap_or_default();
    let message = format!("`{who}` is allowed to {request}{because}");
    let mut finding = Finding::new("expect/failed", Severity::Error, message);
    for piece in evidence {
        if let Some(location) = piece.location {
            finding = finding.related(location, piece.message);
        }
    }
    finding
}

/// The line is wrong in more than one way.
fn and_others(mut finding: Finding, others: usize) -> Finding {
    if others > 0 {
        let requests = if others == 1 { "request of the line is" } else { "requests of the line are" };
        finding.message = format!("{}, and {others} more {requests} not as it says", finding.message);
    }
    finding
}
