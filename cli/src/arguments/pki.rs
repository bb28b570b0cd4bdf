//! The arguments of `kubelogic pki`.

use clap::{Args, Subcommand};

use super::Report;

/// Look into certificates, and say whether they are trusted.
#[derive(Debug, Args)]
pub(crate) struct Pki {
    #[command(subcommand)]
    pub(crate) command: PkiCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PkiCommand {
    Inspect(PkiInspect),
    Verify(PkiVerify),
    Match(PkiMatch),
}

/// Print what the certificates of files say.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic pki inspect /etc/kubernetes/pki/apiserver.crt
  kubelogic pki inspect -o json client.pem")]
pub(crate) struct PkiInspect {
    /// Files with PEM blocks, - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,

    /// Print for people, or the answers as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,
}

/// Say whether a certificate leads to one that is trusted, as the components of Kubernetes decide it.
///
/// The certificates behind the first one of the file may stand between.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kubelogic pki verify --ca ca.crt apiserver.crt --host 10.96.0.1
  kubelogic pki verify --ca ca.crt --purpose 'client auth' --at 2027-01-01T00:00:00Z admin.crt")]
pub(crate) struct PkiVerify {
    /// The file with the certificate, - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: String,

    /// A file with trusted certificates
    #[arg(long = "ca", value_name = "FILE", required = true)]
    pub(crate) authorities: Vec<String>,

    /// A file with certificates that may stand between
    #[arg(long, value_name = "FILE")]
    pub(crate) intermediates: Vec<String>,

    /// A use of which one must be allowed: `server auth`, `client auth`, `any`, …
    #[arg(long = "purpose", value_name = "PURPOSE")]
    pub(crate) purposes: Vec<String>,

    /// The name or address that a client dials
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Option<String>,

    /// The time for which to say it, in RFC 3339; now unless given
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<jiff::Timestamp>,

    /// Print for people, or the answer as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,
}

/// Say whether a certificate and a private key belong together. Nothing of the key is printed.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  kubelogic pki match apiserver.crt apiserver.key")]
pub(crate) struct PkiMatch {
    /// The file with the certificate
    #[arg(value_name = "CERTIFICATE")]
    pub(crate) certificate: String,

    /// The file with the key
    #[arg(value_name = "KEY")]
    pub(crate) key: String,

    /// Print for people, or the answer as JSON
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Report::Text)]
    pub(crate) output: Report,
}
