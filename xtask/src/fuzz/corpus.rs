//! The inputs that a fuzz target starts from, told apart by one hash.

use sha2::{Digest, Sha256};

use crate::error::TaskError;
use crate::files;
use crate::workspace::Workspace;

/// The start of a hash over the names and contents of a target's corpus.
pub(super) fn hash(workspace: &Workspace, target: &str) -> Result<String, TaskError> {
    let folder = workspace.root.join("fuzz/corpus").join(target);
    let mut whole = Sha256::new();
    for path in files::in_folder(&folder, "")? {
        let content =
            std::fs::read(&path).map_err(|source| TaskError::File { path: path.clone(), source })?;
        whole.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        whole.update([0]);
        whole.update(Sha256::digest(content));
    }
    let start = whole.finalize().iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Ok(format!("{start:012x}"))
}
