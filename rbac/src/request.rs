//! From what arrives at a server to what its authorizer is asked.

mod extra_checks;
mod gate;
mod http;
mod kubelet;
mod list_options;
mod url;
mod warnings;

pub use extra_checks::{ExtraCheck, extra_checks};
pub use gate::{Gate, Gates};
pub use http::{HttpRequest, RequestInfo, RequestProblem};
pub use kubelet::{KubeletRequest, kubelet_refusal};
pub(crate) use url::unescaped;
