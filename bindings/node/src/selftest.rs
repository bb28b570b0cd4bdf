//! What only the tests of the package call.

use napi_derive::napi;

/// Panics, so that a test can see that the process survives.
///
/// # Panics
/// Always.
#[napi(catch_unwind, js_name = "_selftestPanic")]
pub fn selftest_panic() {
    go_wrong();
}

#[expect(clippy::panic, reason = "a panic is what this is for")]
fn go_wrong() {
    panic!("selftest");
}
