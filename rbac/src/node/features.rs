//! What the versions of the Node authorizer differ in.

use kubelogic_core::version::KubeVersion;

/// The feature gates that the Node authorizer asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NodeFeatures {
    /// `PodCertificateRequest`: requests for certificates of pods are compared with their node.
    pub pod_certificate_request: bool,
    /// `KubeletServiceAccountTokenForCredentialProviders`: a node may read the service accounts of its pods.
    pub service_account_token_for_credential_providers: bool,
    /// `CSIVolumeHealth`: a node may write the status of its `CSINode`. The authorizer asks it from 1.37 on.
    pub csi_volume_health: bool,
}

/// The oldest version whose Node authorizer is known here.
pub(super) const OLDEST: u16 = 35;

impl NodeFeatures {
    /// The defaults of a version.
    ///
    /// ```
    /// use kubelogic_rbac::NodeFeatures;
    /// assert!(NodeFeatures::of("1.37".parse()?).pod_certificate_request);
    /// assert!(!NodeFeatures::of("1.36".parse()?).pod_certificate_request);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn of(version: KubeVersion) -> Self {
        // upstream: pkg/features/kube_features.go
        Self {
            pod_certificate_request: version.minor() >= 37,
            service_account_token_for_credential_providers: version.minor() >= 34,
            csi_volume_health: false,
        }
    }

    /// Sets a gate by its name; answers whether the Node authorizer asks it.
    ///
    /// ```
    /// use kubelogic_rbac::NodeFeatures;
    /// let mut features = NodeFeatures::of("1.36".parse()?);
    /// assert!(features.set("PodCertificateRequest", true));
    /// assert!(features.pod_certificate_request);
    /// assert!(!features.set("Other", true));
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn set(&mut self, gate: &str, on: bool) -> bool {
        match gate {
            "PodCertificateRequest" => self.pod_certificate_request = on,
            "KubeletServiceAccountTokenForCredentialProviders" => {
                self.service_account_token_for_credential_providers = on;
            }
            "CSIVolumeHealth" => self.csi_volume_health = on,
            _ => return false,
        }
        true
    }
}
