//! Codes of requests that arrive at a server.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "request/invalid-method",
        "a text that is no HTTP method",
        "No server of HTTP takes this as the method of a request.",
        "Write method and URL: `GET /api/v1/pods`.",
    ),
    error(
        "request/invalid-url",
        "a text that is no URL of a request",
        "A server of HTTP answers 400 to such a URL, or its path is no UTF-8 text and cannot be compared with roles.",
        "Write a path that begins with `/`, or all of an address, and escape what has to be escaped.",
    ),
    error(
        "request/invalid-gate",
        "a feature gate that cannot be set",
        "The gate does not matter here, the version does not know it, or it is fixed in the version.",
        "Leave the gate out, or ask about another version.",
    ),
    error(
        "request/no-resource",
        "a request that the API server answers with 500",
        "The path says `watch` or `proxy` and then nothing more, so that the API server cannot tell what is asked for.",
        "Name a resource behind the word, or use `?watch=true`.",
    ),
];
