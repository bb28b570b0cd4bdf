//! When the declared coverage is too thin for a definite answer.

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::answer::Undecided;
use kubelogic_core::cluster::{Completeness, GroupKind};

use crate::decide::AccessDecision;
use crate::index::position;
use crate::model::{GROUP, RoleKind};
use crate::rbac::Rbac;

impl Rbac {
    /// Why a user may have more rules in a namespace than are known, when the input was declared to be incomplete.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// use kubelogic_core::cluster::{Cluster, Completeness, Coverage, GroupKind, LoadOptions};
    /// use kubelogic_rbac::{GROUP, Options, Rbac};
    /// let mut load = LoadOptions::default();
    /// let bindings = GroupKind::new(GROUP, "RoleBinding");
    /// load.coverage = Coverage::whole().declare(bindings, Some("shop"), Completeness::Absent);
    /// let rbac = Rbac::compile(&Cluster::load([], &load)?, &Options::default())?;
    /// let ann = UserInfo::named("ann");
    /// assert!(rbac.may_have_more_rules(&ann, "shop").is_some());
    /// assert!(rbac.may_have_more_rules(&ann, "bank").is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn may_have_more_rules(&self, user: &UserInfo, namespace: &str) -> Option<Undecided> {
        if !self.cluster.coverage().is_declared() {
            return None;
        }
        self.missing_for_no(user, namespace).map(|what| Undecided::new("coverage/too-thin", what))
    }

    /// Why objects that were not given could turn a decision.
    pub(crate) fn undecided(
        &self,
        decision: AccessDecision,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Option<Undecided> {
        if !self.cluster.coverage().is_declared() {
            return None;
        }
        let missing = match decision.grant {
            Some(grant) => self.missing_for_yes(grant.binding, grant.rule),
            None => self.missing_for_no(user, attributes.namespace()),
        };
        missing.map(|what| Undecided::new("coverage/too-thin", what))
    }

    /// Rules are only ever added, save for those that aggregation replaces. Default objects that nobody gave may
    /// look different in a cluster of which not everything was given.
    fn missing_for_yes(&self, binding: u32, rule: u32) -> Option<String> {
        let record = self.bindings.get(binding)?;
        let role = self.role(record.role)?;
        let written = role.rules.get(position(rule))?;
        if record.from_bootstrap
            && let Some(thin) = self.thin(record.kind.name(), self.namespaces.text(record.namespace))
        {
            return Some(format!("{thin}, and the default {} may have been changed", record.kind.name()));
        }
        if written.from_bootstrap
            && let Some(thin) = self.thin(role.kind.name(), self.namespaces.text(role.namespace))
        {
            return Some(format!("{thin}, and the default {} may have been changed", role.kind.name()));
        }
        if !(role.aggregated && written.object == role.object) {
            return None;
        }
        let thin = self.thin("ClusterRole", "")?;
        let name = role.object.name();
        Some(format!(
            "{thin}, and one of them could replace the rules of the aggregated ClusterRole `{name}`"
        ))
    }

    fn missing_for_no(&self, user: &UserInfo, namespace: &str) -> Option<String> {
        if let Some(thin) = self.thin("ClusterRoleBinding", "") {
            return Some(thin);
        }
        if !namespace.is_empty()
            && let Some(thin) = self.thin("RoleBinding", namespace)
        {
            return Some(thin);
        }
        // Roles that were not given count only where a binding of the user leads to them.
        for (binding, role) in self.bindings_of(user, namespace) {
            let thin = match self.role(role) {
                Some(role) if role.aggregated => self.thin("ClusterRole", ""),
                Some(_) => None,
                None => {
                    let read = self.binding(binding)?;
                    match RoleKind::of(&read.role_ref.kind) {
                        Some(RoleKind::Role) => self.thin("Role", &read.namespace),
                        Some(RoleKind::ClusterRole) => self.thin("ClusterRole", ""),
                        None => None,
                    }
                }
            };
            if thin.is_some() {
                return thin;
            }
        }
        None
    }

    /// What was not given of a kind, if anything.
    fn thin(&self, kind: &str, namespace: &str) -> Option<String> {
        let place = if namespace.is_empty() { String::new() } else { format!(" in namespace `{namespace}`") };
        match self.cluster.coverage().of(&GroupKind::new(GROUP, kind), namespace) {
            Completeness::Complete => None,
            Completeness::Partial => Some(format!("only some {kind} objects{place} were given")),
            Completeness::Absent => Some(format!("no {kind} objects{place} were given")),
        }
    }
}
