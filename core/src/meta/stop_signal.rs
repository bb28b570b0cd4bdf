//! The signals that may stop a container.

use crate::quote::{json_text, quoted};
use crate::version::KubeVersion;

/// The system that a pod is for, by `spec.os.name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodOs {
    /// The pod names none.
    Unnamed,
    /// `linux`.
    Linux,
    /// `windows`.
    Windows,
    /// Another one, which is refused elsewhere.
    Other,
}

impl PodOs {
    /// By name; `None` for a pod without `spec.os`.
    pub fn of(name: Option<&str>) -> Self {
        match name {
            None => Self::Unnamed,
            Some("linux") => Self::Linux,
            Some("windows") => Self::Windows,
            Some(_) => Self::Other,
        }
    }
}

/// What is wrong with `lifecycle.stopSignal` of a container, as the error without its field; `None` when nothing is.
/// The field is read since Kubernetes 1.33.
///
/// ```
/// use kubelogic_core::meta::{PodOs, stop_signal_problem};
/// use kubelogic_core::version::KubeVersion;
/// let version = KubeVersion::default();
/// assert_eq!(stop_signal_problem("SIGRTMIN+3", &PodOs::Linux, version), None);
/// assert_eq!(
///     stop_signal_problem("SIGHUP", &PodOs::Windows, version).unwrap(),
///     r#"Unsupported value: "SIGHUP": supported values: "SIGKILL", "SIGTERM""#
/// );
/// ```
pub fn stop_signal_problem(signal: &str, os: &PodOs, version: KubeVersion) -> Option<String> {
    // upstream: pkg/apis/core/validation/validation.go (validateStopSignal)
    let supported: &[&str] = match os {
        PodOs::Unnamed => {
            return Some("Forbidden: may not be set for containers with empty `spec.os.name`".to_owned());
        }
        PodOs::Other => return None,
        PodOs::Linux => LINUX,
        PodOs::Windows => WINDOWS,
    };
    if supported.contains(&signal) {
        return None;
    }
    let all: Vec<String> = supported.iter().map(|signal| quoted(signal)).collect();
    let shown = if version.minor() >= 34 { json_text(signal) } else { quoted(signal) };
    Some(format!("Unsupported value: {shown}: supported values: {}", all.join(", ")))
}

const WINDOWS: &[&str] = &["SIGKILL", "SIGTERM"];

/// In the order of their bytes, in which errors name them.
const LINUX: &[&str] = &[
    "SIGABRT",
    "SIGALRM",
    "SIGBUS",
    "SIGCHLD",
    "SIGCLD",
    "SIGCONT",
    "SIGFPE",
    "SIGHUP",
    "SIGILL",
    "SIGINT",
    "SIGIO",
    "SIGIOT",
    "SIGKILL",
    "SIGPIPE",
    "SIGPOLL",
    "SIGPROF",
    "SIGPWR",
    "SIGQUIT",
    "SIGRTMAX",
    "SIGRTMAX-1",
    "SIGRTMAX-10",
    "SIGRTMAX-11",
    "SIGRTMAX-12",
    "SIGRTMAX-13",
    "SIGRTMAX-14",
    "SIGRTMAX-2",
    "SIGRTMAX-3",
    "SIGRTMAX-4",
    "SIGRTMAX-5",
    "SIGRTMAX-6",
    "SIGRTMAX-7",
    "SIGRTMAX-8",
    "SIGRTMAX-9",
    "SIGRTMIN",
    "SIGRTMIN+1",
    "SIGRTMIN+10",
    "SIGRTMIN+11",
    "SIGRTMIN+12",
    "SIGRTMIN+13",
    "SIGRTMIN+14",
    "SIGRTMIN+15",
    "SIGRTMIN+2",
    "SIGRTMIN+3",
    "SIGRTMIN+4",
    "SIGRTMIN+5",
    "SIGRTMIN+6",
    "SIGRTMIN+7",
    "SIGRTMIN+8",
    "SIGRTMIN+9",
    "SIGSEGV",
    "SIGSTKFLT",
    "SIGSTOP",
    "SIGSYS",
    "SIGTERM",
    "SIGTRAP",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGURG",
    "SIGUSR1",
    "SIGUSR2",
    "SIGVTALRM",
    "SIGWINCH",
    "SIGXCPU",
    "SIGXFSZ",
];
