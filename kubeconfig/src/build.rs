//! A configuration from parts, as kubeadm and Kubernetes the hard way make one for each component.
//!
//! upstream: kubeadm util/kubeconfig/kubeconfig.go (`CreateBasic`), phases/kubeconfig/kubeconfig.go

use crate::config::{Cluster, Config, Context, User};
use crate::error::KubeconfigError;
use crate::secret::{Secret, SecretBytes};

/// A certificate or key: its content, or where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Material {
    /// The content, which becomes part of the configuration.
    Data(SecretBytes),
    /// A path.
    File(String),
}

/// Who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Nobody says.
    None,
    /// A client certificate and its key.
    Certificate {
        /// The certificate.
        certificate: Material,
        /// The key.
        key: Material,
    },
    /// A bearer token.
    Token(Secret),
}

/// The parts of a configuration with one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The name of the cluster.
    pub cluster: String,
    /// The name of the user.
    pub user: String,
    /// The name of the context, which is the current one.
    pub context: String,
    /// The namespace of requests that name none; empty for none.
    pub namespace: String,
    /// The API server's address.
    pub server: String,
    /// The certificate authorities.
    pub certificate_authority: Option<Material>,
    /// Who the user is.
    pub credentials: Credentials,
}

/// A component that has a kubeconfig.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// The administrator.
    Admin,
    /// kubeadm's administrator whom no role binds, from 1.29 on.
    SuperAdmin,
    /// The controller manager.
    ControllerManager,
    /// The scheduler.
    Scheduler,
    /// The kubelet of a node.
    Kubelet {
        /// The node.
        node: String,
    },
    /// The proxy of a node.
    Proxy,
}

/// Whose names a configuration has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// kubeadm's: cluster `kubernetes`, context `USER@CLUSTER`.
    Kubeadm,
    /// Those of Kubernetes the hard way: cluster `kubernetes-the-hard-way`, context `default`.
    HardWay,
}

impl Profile {
    /// The names of cluster, user and context for a component.
    ///
    /// # Errors
    /// The profile has no such component.
    ///
    /// ```
    /// use kubelogic_kubeconfig::{Component, Profile};
    /// let names = Profile::Kubeadm.names(&Component::Kubelet { node: "n1".to_owned() })?;
    /// assert_eq!(names, ["kubernetes", "system:node:n1", "system:node:n1@kubernetes"]);
    /// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
    /// ```
    pub fn names(self, component: &Component) -> Result<[String; 3], KubeconfigError> {
        let user = match (self, component) {
            (Self::Kubeadm, Component::Admin) => "kubernetes-admin".to_owned(),
            (Self::Kubeadm, Component::SuperAdmin) => "kubernetes-super-admin".to_owned(),
            (Self::HardWay, Component::Admin) => "admin".to_owned(),
            (_, Component::ControllerManager) => "system:kube-controller-manager".to_owned(),
            (_, Component::Scheduler) => "system:kube-scheduler".to_owned(),
            (_, Component::Kubelet { node }) if node.is_empty() => {
                return Err(KubeconfigError::Refused("a kubelet has a node".to_owned()));
            }
            (_, Component::Kubelet { node }) => format!("system:node:{node}"),
            (Self::HardWay, Component::Proxy) => "system:kube-proxy".to_owned(),
            (Self::HardWay, Component::SuperAdmin) => {
                return Err(KubeconfigError::Refused("the hard way has no super-admin".to_owned()));
            }
            (Self::Kubeadm, Component::Proxy) => {
                return Err(KubeconfigError::Refused("kubeadm makes no file for the proxy".to_owned()));
            }
        };
        Ok(match self {
            Self::Kubeadm => {
                let context = format!("{user}@kubernetes");
                ["kubernetes".to_owned(), user, context]
            }
            Self::HardWay => ["kubernetes-the-hard-way".to_owned(), user, "default".to_owned()],
        })
    }
}

/// Makes a configuration from its parts.
///
/// ```
/// use kubelogic_kubeconfig::{Credentials, Parts, Redaction, Secret, build, to_yaml};
/// let config = build(&Parts {
///     cluster: "kubernetes".to_owned(),
///     user: "ann".to_owned(),
///     context: "ann@kubernetes".to_owned(),
///     namespace: String::new(),
///     server: "https://10.0.0.1:6443".to_owned(),
///     certificate_authority: None,
///     credentials: Credentials::Token(Secret::new("s3cr3t")),
/// });
/// assert_eq!(config.current_context, "ann@kubernetes");
/// assert!(to_yaml(&config, Redaction::Raw, Default::default())?.contains("token: s3cr3t"));
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn build(parts: &Parts) -> Config {
    let mut cluster = Cluster { server: parts.server.clone(), ..Cluster::default() };
    if let Some(material) = &parts.certificate_authority {
        put(material, &mut cluster.certificate_authority, &mut cluster.certificate_authority_data);
    }
    let mut user = User::default();
    match &parts.credentials {
        Credentials::None => {}
        Credentials::Token(token) => user.token = token.clone(),
        Credentials::Certificate { certificate, key } => {
            put(certificate, &mut user.client_certificate, &mut user.client_certificate_data);
            put(key, &mut user.client_key, &mut user.client_key_data);
        }
    }
    let context = Context {
        cluster: parts.cluster.clone(),
        user: parts.user.clone(),
        namespace: parts.namespace.clone(),
        ..Context::default()
    };
    let mut config = Config { current_context: parts.context.clone(), ..Config::default() };
    config.clusters.insert(parts.cluster.clone(), cluster);
    config.users.insert(parts.user.clone(), user);
    config.contexts.insert(parts.context.clone(), context);
    config
}

fn put(material: &Material, file: &mut String, data: &mut SecretBytes) {
    match material {
        Material::Data(bytes) => *data = bytes.clone(),
        Material::File(path) => file.clone_from(path),
    }
}
