//! Which authorizers are asked, in the flags of the API server.

use clap::Args;

/// Which authorizers are asked. Without any of these, RBAC alone.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Authorization {
    #[arg(
        long = "authorization-mode",
        value_name = "MODES",
        value_delimiter = ',',
        help_heading = "Authorizers",
        help = "The authorizers in order: AlwaysAllow, AlwaysDeny, ABAC, Webhook, RBAC, Node"
    )]
    pub(crate) modes: Vec<String>,

    /// The policy file of the ABAC authorizer
    #[arg(long = "authorization-policy-file", value_name = "PATH", help_heading = "Authorizers")]
    pub(crate) policy: Option<String>,

    #[arg(
        long = "authorization-config",
        value_name = "PATH",
        help_heading = "Authorizers",
        help = "An AuthorizationConfiguration file in place of the modes"
    )]
    pub(crate) configuration: Option<String>,
}

impl Authorization {
    /// Whether other authorizers than RBAC alone are named.
    pub(crate) fn is_given(&self) -> bool {
        !self.modes.is_empty() || self.policy.is_some() || self.configuration.is_some()
    }
}
