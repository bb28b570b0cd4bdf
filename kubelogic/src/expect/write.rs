//! Stating the present: expectations that say what roles and bindings allow now.

mod cannot;
mod grants;
mod group;
mod text;

use std::collections::BTreeMap;

use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::Cluster;
use kubelogic_rbac::{Binding, Rbac, SubjectKind};
use schemars::JsonSchema;
use serde::Serialize;

use super::Options;
use super::access::Judge;
use super::file::{File, NamedSubject};
use crate::ask::AskError;
use grants::Grants;

/// Expectations that state the present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    /// The file, in YAML.
    pub text: String,
    /// How many lines it has in its sections.
    pub lines: usize,
    /// What roles allow and no line can say, which stands in comments of the file.
    pub unstated: Vec<String>,
}

/// States what each subject of the given bindings can do, and some of what it cannot.
///
/// What another line says already is left out. Lines about what somebody cannot do are about what matters most: reading
/// Secrets, entering containers, making tokens, and becoming somebody else or getting more rights.
///
/// # Errors
/// When roles and bindings cannot be used.
///
/// ```
/// use kubelogic::expect::{self, Options};
/// use kubelogic::{Cluster, LoadOptions, read};
///
/// let text = "
/// apiVersion: rbac.authorization.k8s.io/v1
/// kind: ClusterRoleBinding
/// metadata: {name: ann}
/// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
/// subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
/// ";
/// let reading = read::text(text, &read::Options::named("ann.yaml"));
/// let cluster = Cluster::of_reading(reading, &LoadOptions::default())?;
/// let written = expect::write(&cluster, &Options::default())?.result;
/// assert!(written.text.ends_with("access:\n- user:ann can * * in cluster\n- user:ann can * /*\n"));
///
/// // What was written holds.
/// let reading = read::text(&written.text, &read::Options::named("written.yaml"));
/// let both = cluster.with(reading.objects)?;
/// assert!(expect::check(&both, &Options::default())?.holds);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(cluster: &Cluster, options: &Options) -> Result<Answer<Written>, AskError> {
    let version = options.kube_version.unwrap_or_else(|| cluster.kube_version());
    let at = if version.minor() == cluster.kube_version().minor() {
        cluster.clone()
    } else {
        cluster.at(version)?
    };
    let judge = Judge::new(at, options.bootstrap)?;
    let mut page = text::Page::new(version);
    let mut named = BTreeMap::new();
    for (who, bindings) in subjects(&judge.rbac) {
        let subject = who.word(&mut named);
        let file =
            File { name: "", kube_version: None, authorizers: None, subjects: named, lines: Vec::new() };
        let grants = Grants::of(&bindings, &judge);
        let mut lines = Vec::new();
        let mut unstated: Vec<String> =
            grants.unstated.iter().map(|what| format!("{subject} can {what}")).collect();
        for line in group::lines(&grants, &subject) {
            // Only a cluster of which not everything is given leaves what a rule allows undecided.
            if judge.holds(&line, &file) {
                lines.push(line);
            } else {
                unstated.push(format!("{line} (undecided)"));
            }
        }
        if !grants.unknown.is_empty() {
            let unknown: Vec<&str> = grants.unknown.iter().map(String::as_str).collect();
            unstated.push(format!(
                "{subject} has rules for resources that Kubernetes 1.{} does not have: {}",
                version.minor(),
                unknown.join(", ")
            ));
        }
        lines.extend(cannot::lines(&subject, &judge, &file));
        page.add(&lines, unstated);
        named = file.subjects;
    }
    let mut answer = Answer::new(page.finish(&named), version);
    answer.assumptions = judge.rbac.assumptions();
    answer.warnings = cluster.notes().to_vec();
    Ok(answer)
}

/// Somebody whom bindings name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Group(String),
    ServiceAccount(String, String),
    User(String),
}

impl Who {
    /// The subject of lines. A name that no line can hold becomes one of `subjects`.
    fn word(&self, named: &mut BTreeMap<String, NamedSubject>) -> String {
        let is_word =
            |name: &str| !name.contains(|letter: char| letter.is_whitespace() || letter.is_control());
        match self {
            Self::ServiceAccount(namespace, name) => format!("serviceaccount:{namespace}/{name}"),
            Self::Group(name) if is_word(name) => format!("group:{name}"),
            Self::User(name) if is_word(name) => format!("user:{name}"),
            Self::Group(name) => {
                let subject = NamedSubject { user: None, groups: Some(vec![name.clone()]) };
                named_subject(name, subject, named)
            }
            Self::User(name) => {
                named_subject(name, NamedSubject { user: Some(name.clone()), groups: None }, named)
            }
        }
    }
}

fn named_subject(name: &str, subject: NamedSubject, named: &mut BTreeMap<String, NamedSubject>) -> String {
    let letters = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let base = letters.collect::<String>().trim_matches('-').to_lowercase();
    let base = if base.is_empty() { "somebody".to_owned() } else { base };
    let mut word = base.clone();
    let mut number = 1;
    while named.contains_key(&word) {
        number += 1;
        word = format!("{base}-{number}");
    }
    named.insert(word.clone(), subject);
    format!("subject:{word}")
}

/// Whom the given bindings name, and the bindings of each.
fn subjects(rbac: &Rbac) -> BTreeMap<Who, Vec<Binding>> {
    let mut subjects: BTreeMap<Who, Vec<Binding>> = BTreeMap::new();
    for binding in rbac.given_bindings() {
        for subject in &binding.subjects {
            let name = subject.name.clone();
            let who = match subject.subject_kind() {
                Some(SubjectKind::User) => Who::User(name),
                Some(SubjectKind::Group) => Who::Group(name),
                Some(SubjectKind::ServiceAccount) => {
                    let own = subject.namespace.as_str();
                    let namespace = if own.is_empty() { &binding.namespace } else { own };
                    Who::ServiceAccount(namespace.to_owned(), name)
                }
                None => continue,
            };
            // A service account without a namespace is nobody.
            if matches!(&who, Who::ServiceAccount(namespace, _) if namespace.is_empty()) {
                continue;
            }
            let bindings = subjects.entry(who).or_default();
            if bindings.last() != Some(&binding) {
                bindings.push(binding.clone());
            }
        }
    }
    subjects
}
