//! ABAC: policy files, a policy a line.

pub(crate) mod header;
mod json;
mod line;
mod policy;

pub use policy::AbacPolicy;

use std::sync::atomic::{AtomicU64, Ordering};

use kubelogic_core::access::{Attributes, Authorization, Authorizer, Decision, UserInfo};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Location, Position, SourceName};
use kubelogic_core::version::KubeVersion;

use crate::error::RbacError;
use crate::index::{ordinal, position};

/// Why the API server does not start with a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PolicyFileError {
    message: String,
    line: Option<usize>,
}

impl PolicyFileError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "rbac/policy-file"
    }

    /// The line, counted from 1; none when the file as a whole is at fault.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

/// What the ABAC authorizer decided: small, cheap to copy, and explained by the model that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AbacDecision {
    generation: u64,
    policy: Option<u32>,
}

impl AbacDecision {
    /// Whether a policy allows the request.
    pub fn is_allowed(&self) -> bool {
        self.policy.is_some()
    }
}

/// The ABAC authorizer: the policies of a file, asked one after the other.
///
/// ```
/// use kubelogic_core::access::{Attributes, Authorizer, Decision, UserInfo};
/// use kubelogic_core::version::KubeVersion;
/// use kubelogic_rbac::Abac;
///
/// let text = r#"{"apiVersion": "abac.authorization.kubernetes.io/v1beta1", "kind": "Policy",
///     "spec": {"user": "ann", "namespace": "shop", "resource": "pods", "apiGroup": "*"}}"#;
/// let abac = Abac::parse(&text.replace('\n', ""), "policy.jsonl", KubeVersion::default())?;
/// let asked = Attributes::resource("delete", "", "pods").in_namespace("shop");
/// assert_eq!(abac.authorize(&UserInfo::named("ann"), &asked).decision, Decision::Allow);
/// let refused = abac.authorize(&UserInfo::named("bob"), &asked);
/// assert_eq!((refused.decision, refused.reason.as_str()), (Decision::NoOpinion, "No policy matched."));
/// # Ok::<(), kubelogic_rbac::PolicyFileError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Abac {
    generation: u64,
    source: SourceName,
    policies: Vec<Placed>,
    remarks: Vec<Finding>,
}

#[derive(Clone, Debug)]
struct Placed {
    policy: AbacPolicy,
    /// Counted from 1.
    line: usize,
}

/// Numbers the models of a process, so that each knows its own decisions.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// The longest line that the loader reads, in bytes without its end.
const LONGEST: usize = 64 * 1024 - 1;

impl Abac {
    /// Reads a policy file; `source` is its name in messages.
    ///
    /// # Errors
    /// When a line cannot be read. The API server does not start then; the message is its own, but for lines that are
    /// neither JSON nor YAML.
    pub fn parse(text: &str, source: &str, version: KubeVersion) -> Result<Self, PolicyFileError> {
        // upstream: pkg/auth/authorizer/abac/abac.go (NewFromFile)
        let name = SourceName::new(source);
        let mut abac = Self {
            generation: GENERATION.fetch_add(1, Ordering::Relaxed),
            source: name,
            policies: Vec::new(),
            remarks: Vec::new(),
        };
        let mut lines: Vec<&str> = text.split('\n').collect();
        if lines.last() == Some(&"") {
            lines.pop();
        }
        for (index, whole) in lines.into_iter().enumerate() {
            let number = index + 1;
            if whole.len() > LONGEST {
                let message = format!("error reading policy file {source}: bufio.Scanner: token too long");
                return Err(PolicyFileError { message, line: Some(number) });
            }
            let line = whole.strip_suffix('\r').unwrap_or(whole);
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            match line::read(line, version) {
                Ok(read) => abac.add(read, number),
                Err(error) => {
                    let message =
                        format!("error reading policy file {source}, line {number}: {line}: {error}");
                    return Err(PolicyFileError { message, line: Some(number) });
                }
            }
        }
        Ok(abac)
    }

    /// The policies in the order of the file.
    pub fn policies(&self) -> impl ExactSizeIterator<Item = &AbacPolicy> {
        self.policies.iter().map(|placed| &placed.policy)
    }

    /// What looks wrong: lines that are for everybody because they name nobody, and fields that nobody reads.
    ///
    /// ```
    /// use kubelogic_core::version::KubeVersion;
    /// use kubelogic_rbac::Abac;
    /// let abac = Abac::parse("null\n", "policy.jsonl", KubeVersion::default())?;
    /// assert_eq!(abac.remarks()[0].code, "rbac/abac-everybody");
    /// # Ok::<(), kubelogic_rbac::PolicyFileError>(())
    /// ```
    pub fn remarks(&self) -> &[Finding] {
        &self.remarks
    }

    /// Decides: the first policy that allows the request. Nothing is allocated.
    pub fn decide(&self, user: &UserInfo, attributes: &Attributes<'_>) -> AbacDecision {
        let found = self.policies.iter().position(|placed| placed.policy.allows(user, attributes));
        AbacDecision { generation: self.generation, policy: found.map(ordinal) }
    }

    /// The policy that allowed a request, with its line; none when none did.
    ///
    /// # Errors
    /// [`RbacError::StaleDecision`] when another model decided.
    pub fn policy(&self, decision: AbacDecision) -> Result<Option<(&AbacPolicy, Location)>, RbacError> {
        if decision.generation != self.generation {
            return Err(RbacError::StaleDecision);
        }
        let placed = decision.policy.and_then(|policy| self.policies.get(position(policy)));
        Ok(placed.map(|placed| (&placed.policy, self.location(placed.line))))
    }

    fn add(&mut self, read: line::Line, number: usize) {
        let location = self.location(number);
        if read.for_everybody {
            let message = format!(
                "line {number} names no user and no group, which makes it count for the whole group \
                 `system:authenticated`"
            );
            let finding = Finding::new("rbac/abac-everybody", Severity::Error, message)
                .at(location.clone())
                .help("write `\"user\": \"*\"` if everybody is meant, and take the line out otherwise");
            self.remarks.push(finding);
        }
        for field in read.ignored {
            let message = format!("nobody reads the field `{field}` of line {number}");
            let finding = Finding::new("rbac/abac-ignored-field", Severity::Warning, message);
            self.remarks.push(finding.at(location.clone()));
        }
        self.policies.push(Placed { policy: read.policy, line: number });
    }

    fn location(&self, line: usize) -> Location {
        Location {
            source: self.source.clone(),
            document: 1,
            item: None,
            path: FieldPath::root(),
            position: Some(Position { line: ordinal(line), column: 1 }),
        }
    }
}

impl Authorizer for Abac {
    fn name(&self) -> &'static str {
        "abac"
    }

    fn authorize(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Authorization {
        let (decision, reason) = if self.decide(user, attributes).is_allowed() {
            (Decision::Allow, "")
        } else {
            (Decision::NoOpinion, "No policy matched.")
        };
        Authorization { decision, reason: reason.to_owned(), error: None }
    }
}
