//! Which user a client certificate is.
//!
//! upstream: apiserver pkg/authentication/request/x509/x509.go (`CommonNameUserConversion`)

use kubelogic_core::access::UserInfo;
use kubelogic_core::version::KubeVersion;
use ring::digest;

use crate::certificate::Certificate;
use crate::error::PkiError;

/// The attribute that holds a uid.
const UID: [u32; 8] = [1, 3, 6, 1, 4, 1, 57683, 2];

/// The first minor version that reads uids by default (feature gate `AllowParsingUserUIDFromCertAuth`).
const READS_UID: u16 = 33;
/// The first minor version that names the certificate among the extra values.
const NAMES_CREDENTIAL: u16 = 32;
const CREDENTIAL_ID: &str = "authentication.kubernetes.io/credential-id";

impl Certificate {
    /// The user that the API server attaches: the common name, the organizations as groups, the uid attribute where
    /// the version reads it. Nothing without a common name. Whether the certificate is accepted at all is for
    /// [`Verification`](crate::Verification) to say.
    ///
    /// # Errors
    /// [`PkiError::Certificate`] in the API server's words: several uids, or an empty one.
    ///
    /// ```
    /// use kubelogic_core::version::KubeVersion;
    /// let ann = kubelogic_pki::Certificate::from_pem(include_bytes!("../tests/data/ann.crt"))?;
    /// let user = ann.user(KubeVersion::NEWEST)?.unwrap();
    /// assert_eq!((user.name.as_str(), user.groups), ("ann", vec!["dev".to_owned(), "ops".to_owned()]));
    /// # Ok::<(), kubelogic_pki::PkiError>(())
    /// ```
    pub fn user(&self, version: KubeVersion) -> Result<Option<UserInfo>, PkiError> {
        let name = self.subject().common_name();
        if name.is_empty() {
            return Ok(None);
        }
        let uid = if version.minor() >= READS_UID { self.uid()? } else { String::new() };
        let mut user = UserInfo::exact(name, self.subject().organizations());
        user.uid = uid;
        if version.minor() >= NAMES_CREDENTIAL {
            user.extra.insert(CREDENTIAL_ID.to_owned(), vec![format!("X509SHA256={}", self.sha256())]);
        }
        Ok(Some(user))
    }

    /// The SHA-256 digest of the certificate in hexadecimal.
    pub fn sha256(&self) -> String {
        crate::hexadecimal(digest::digest(&digest::SHA256, self.der()).as_ref())
    }

    fn uid(&self) -> Result<String, PkiError> {
        let refused = |message: String| Err(PkiError::Certificate { message });
        let uids: Vec<&str> = self.subject().values(&UID).collect();
        match uids.as_slice() {
            [] => Ok(String::new()),
            [""] => refused("UID cannot be an empty string".to_owned()),
            [one] => Ok((*one).to_owned()),
            several => refused(format!("expected 1 UID, but found multiple: [{}]", several.join(" "))),
        }
    }
}
