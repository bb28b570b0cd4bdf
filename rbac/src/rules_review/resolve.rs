//! From a user to the rules that his bindings grant.

use std::fmt;
use std::ops::ControlFlow;

use kubelogic_core::access::UserInfo;

use crate::model::{Binding, PolicyRule, Subject};
use crate::rbac::Rbac;
use crate::reason;

/// The rules of a user, and what could not be resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResolvedRules<'a> {
    /// In the order of bindings, role by role: those of the cluster by name, then those of the namespace by name.
    pub rules: Vec<&'a PolicyRule>,
    /// Upstream's error for each binding whose role is not there.
    pub errors: Vec<String>,
}

/// What is met on the way through the rules of a user.
#[derive(Clone, Debug)]
pub enum Visited<'a> {
    /// A rule, and why the user has it.
    Rule(&'a RuleSource<'a>, &'a PolicyRule),
    /// A binding whose role is not there: upstream's error.
    Error(String),
}

/// Why a user has a rule; printed as upstream describes it.
#[derive(Clone, Debug)]
pub struct RuleSource<'a> {
    /// The binding.
    pub binding: &'a Binding,
    /// The first subject of the binding that is the user.
    pub subject: &'a Subject,
}

impl fmt::Display for RuleSource<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&reason::source(self.binding, self.subject))
    }
}

impl Rbac {
    /// All rules of a user in a namespace; without one, those of the cluster alone.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_rbac::{Options, Rbac};
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let stranger = rbac.rules_for(&UserInfo::named("ann"), "");
    /// assert!(stranger.rules.is_empty() && stranger.errors.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rules_for(&self, user: &UserInfo, namespace: &str) -> ResolvedRules<'_> {
        // upstream: pkg/registry/rbac/validation/rule.go (RulesFor)
        let mut resolved = ResolvedRules::default();
        for (binding, role) in self.bindings_of(user, namespace) {
            match self.role(role) {
                Some(record) => resolved.rules.extend(record.rules.iter().map(|rule| &*rule.rule)),
                None => resolved.errors.extend(self.binding(binding).map(|read| reason::unresolved(&read))),
            }
        }
        resolved
    }

    /// Shows every rule of a user in a namespace to `visitor`, and every error, until it breaks off.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use kubelogic_core::access::UserInfo;
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_rbac::{Options, Rbac, Visited};
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let mut first = None;
    /// rbac.visit_rules_for(&UserInfo::exact("ann", ["system:masters"]), "", |visited| {
    ///     if let Visited::Rule(source, _) = visited {
    ///         first = Some(source.to_string());
    ///     }
    ///     ControlFlow::Break(())
    /// });
    /// let expected = r#"ClusterRoleBinding "cluster-admin" of ClusterRole "cluster-admin" to Group "system:masters""#;
    /// assert_eq!(first.unwrap(), expected);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn visit_rules_for(
        &self,
        user: &UserInfo,
        namespace: &str,
        mut visitor: impl FnMut(Visited<'_>) -> ControlFlow<()>,
    ) {
        // upstream: pkg/registry/rbac/validation/rule.go (VisitRulesFor)
        for (ordinal, role) in self.bindings_of(user, namespace) {
            let Some(binding) = self.binding(ordinal) else { continue };
            let Some(record) = self.role(role) else {
                if visitor(Visited::Error(reason::unresolved(&binding))).is_break() {
                    return;
                }
                continue;
            };
            let applies =
                |subject: &&Subject| subject.applies_to(&user.name, &user.groups, &binding.namespace);
            let Some(subject) = binding.subjects.iter().find(applies) else { continue };
            let source = RuleSource { binding: &binding, subject };
            for rule in &record.rules {
                if visitor(Visited::Rule(&source, &rule.rule)).is_break() {
                    return;
                }
            }
        }
    }
}
