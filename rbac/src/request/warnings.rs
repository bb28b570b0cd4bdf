//! What looks wrong in a request itself.

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::finding::Finding;

use crate::rbac::Rbac;

impl Rbac {
    /// What is worth saying about one request beside the remarks that belong to every answer: a resource or
    /// subresource that is not known, a namespace where the real request has none, roles that are not there.
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, UserInfo};
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_rbac::{Options, Rbac};
    ///
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let get = Attributes::resource("get", "", "nodes").in_namespace("shop");
    /// let warnings = rbac.request_warnings(&UserInfo::named("ann"), &get);
    /// assert_eq!(warnings[0].code, "rbac/cluster-scoped-resource");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn request_warnings(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Vec<Finding> {
        // The remarks come first.
        self.warnings(user, attributes).split_off(self.remarks().len())
    }
}
