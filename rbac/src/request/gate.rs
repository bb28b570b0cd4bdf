//! The feature gates that change what is asked.

use kubelogic_core::version::KubeVersion;

use crate::error::RbacError;

/// A feature gate that changes what an authorizer is asked, or who it is asked about.
///
/// ```
/// use kubelogic_core::version::KubeVersion;
/// use kubelogic_rbac::Gate;
///
/// assert!(!Gate::ConstrainedImpersonation.is_on_by_default("1.35".parse::<KubeVersion>()?));
/// assert!(Gate::ConstrainedImpersonation.is_on_by_default("1.36".parse::<KubeVersion>()?));
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gate {
    /// Whether authorizers are told selectors.
    AuthorizeWithSelectors,
    /// Whether the kubelet asks for `nodes/pods`, `nodes/healthz` and `nodes/configz` first.
    KubeletFineGrainedAuthz,
    /// Whether impersonation can be limited to modes and requests.
    ConstrainedImpersonation,
    /// Whether a WebSocket to `exec`, `attach` and `portforward` needs `create`, too.
    AuthorizePodWebsocketUpgradeCreatePermission,
}

/// In which minor versions a gate is known, on, and fixed.
struct Stages {
    known: u16,
    on: u16,
    locked: u16,
    gone: u16,
}

/// No version yet.
const NEVER: u16 = u16::MAX;

impl Gate {
    const ALL: [Self; 4] = [
        Self::AuthorizeWithSelectors,
        Self::KubeletFineGrainedAuthz,
        Self::ConstrainedImpersonation,
        Self::AuthorizePodWebsocketUpgradeCreatePermission,
    ];

    /// The gate's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::AuthorizeWithSelectors => "AuthorizeWithSelectors",
            Self::KubeletFineGrainedAuthz => "KubeletFineGrainedAuthz",
            Self::ConstrainedImpersonation => "ConstrainedImpersonation",
            Self::AuthorizePodWebsocketUpgradeCreatePermission => {
                "AuthorizePodWebsocketUpgradeCreatePermission"
            }
        }
    }

    /// Whether the feature is there unless somebody says otherwise.
    pub fn is_on_by_default(self, version: KubeVersion) -> bool {
        version.minor() >= self.stages().on
    }

    fn stages(self) -> Stages {
        // upstream: apiserver pkg/features/kube_features.go, pkg/features/kube_features.go
        match self {
            Self::AuthorizeWithSelectors => Stages { known: 31, on: 32, locked: 34, gone: 37 },
            Self::KubeletFineGrainedAuthz => Stages { known: 32, on: 33, locked: 36, gone: NEVER },
            Self::ConstrainedImpersonation => Stages { known: 35, on: 36, locked: NEVER, gone: NEVER },
            Self::AuthorizePodWebsocketUpgradeCreatePermission => {
                Stages { known: 35, on: 35, locked: NEVER, gone: NEVER }
            }
        }
    }
}

/// The gates of one server.
///
/// ```
/// use kubelogic_rbac::{Gate, Gates};
/// let version = "1.35".parse().unwrap();
/// let gates = Gates::new(version).with("ConstrainedImpersonation", true)?;
/// assert!(gates.is_on(Gate::ConstrainedImpersonation));
/// assert!(Gates::new(version).with("AuthorizeWithSelectors", false).is_err());
/// # Ok::<(), kubelogic_rbac::RbacError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gates {
    version: KubeVersion,
    on: [bool; 4],
}

impl Gates {
    /// The gates as a version has them by default.
    pub fn new(version: KubeVersion) -> Self {
        Self { version, on: Gate::ALL.map(|gate| gate.is_on_by_default(version)) }
    }

    /// The version.
    pub fn kube_version(&self) -> KubeVersion {
        self.version
    }

    /// The same with one gate set.
    ///
    /// # Errors
    /// [`RbacError::InvalidGate`] when the version does not know the gate, or does not let it be turned.
    pub fn with(mut self, name: &str, on: bool) -> Result<Self, RbacError> {
        let wrong = |reason: String| Err(RbacError::InvalidGate { name: name.to_owned(), reason });
        let Some((gate, state)) =
            Gate::ALL.into_iter().zip(&mut self.on).find(|(gate, _)| gate.name() == name)
        else {
            let known = Gate::ALL.map(Gate::name).join("`, `");
            return wrong(format!("is none of those that matter here: `{known}`"));
        };
        let (stages, version) = (gate.stages(), self.version);
        if version.minor() < stages.known || version.minor() >= stages.gone {
            return wrong(format!("is not known to Kubernetes {version}"));
        }
        if version.minor() >= stages.locked && !on {
            return wrong(format!("cannot be turned off in Kubernetes {version}"));
        }
        *state = on;
        Ok(self)
    }

    /// Whether a gate is on.
    pub fn is_on(&self, gate: Gate) -> bool {
        Gate::ALL.into_iter().zip(self.on).any(|(known, on)| known == gate && on)
    }
}
