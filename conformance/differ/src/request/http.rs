//! HTTP requests to the API server and to the kubelet.

use serde_json::{Value, json};

use crate::random::Random;

const METHODS: &[&str] = &[
    "GET", "GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE", "DELETE", "HEAD", "OPTIONS", "get", "Post",
    "CONNECT", "TRACE", "WATCH", "M-SEARCH",
];

const SEGMENTS: &[&str] = &[
    "api",
    "apis",
    "v1",
    "v1beta1",
    "apps",
    "batch",
    "namespaces",
    "namespaces",
    "pods",
    "pods",
    "nodes",
    "deployments",
    "watch",
    "proxy",
    "shop",
    "default",
    "web",
    "status",
    "finalize",
    "log",
    "exec",
    "attach",
    "portforward",
    "scale",
    "",
    "",
    "a%2Fb",
    "%2f",
    "x%20y",
    "%zz",
    "a%",
    ".",
    "..",
    "é",
    "%c3%a9",
    "a!b",
    "a\"b",
    "a:b",
    "*",
    "healthz",
    "metrics",
    "debug",
    "pprof",
    "A",
    "~",
    "[x]",
    "a;b",
];

const PARAMETERS: &[&str] = &[
    "watch",
    "watch",
    "fieldSelector",
    "fieldSelector",
    "labelSelector",
    "labelSelector",
    "limit",
    "timeoutSeconds",
    "resourceVersion",
    "resourceVersionMatch",
    "continue",
    "sendInitialEvents",
    "allowWatchBookmarks",
    "Watch",
    "x",
    "watc%68",
    "field+Selector",
];

const VALUES: &[&str] = &[
    "",
    "true",
    "false",
    "0",
    "1",
    "yes",
    "FALSE",
    "False",
    "no",
    "10",
    "-1",
    "+5",
    "1e3",
    " 1",
    "0x1",
    "9223372036854775807",
    "9223372036854775808",
    "metadata.name=web",
    "metadata.name%3Dweb",
    "metadata.name==web",
    "metadata.name%21%3Dweb",
    "metadata.name!=web",
    "metadata.name=a%2Fb",
    "metadata.name=..",
    "metadata.name=%25",
    "metadata.name=",
    "=",
    "=x",
    "spec.nodeName=a,metadata.name=b",
    "metadata.name=a,metadata.name=b",
    "status.phase!=Running",
    "metadata.name=a%5C,b",
    "metadata.name=a%5Cx",
    "metadata.name",
    "a=b=c",
    "app",
    "!app",
    "app=web",
    "app==web",
    "app!=web",
    "app+in+(a,b,a)",
    "app%20notin%20(x)",
    "app in ()",
    "app in (",
    "a b",
    "app>1",
    "app<x",
    "Ä=1",
    "-a=b",
    "x/y/z=1",
    "app=web,tier",
    "app,,tier",
    ",",
    "%zz",
    "%41%42",
    "app+in+(b,a),zone!=x",
];

/// A request to the API server.
pub(super) fn request(random: &mut Random) -> Value {
    json!({"request": format!("{} {}", random.pick(METHODS), url(random))})
}

/// A request to a kubelet.
pub(super) fn kubelet(random: &mut Random) -> Value {
    const BASES: &[&str] = &[
        "/metrics",
        "/stats",
        "/logs",
        "/checkpoint",
        "/pods",
        "/runningpods",
        "/healthz",
        "/configz",
        "/statusz",
        "/flagz",
        "/allocatedPods",
        "/exec",
        "/attach",
        "/run",
        "/portForward",
        "/containerLogs",
        "/debug/pprof",
        "/",
        "//pods",
        "/Pods",
        "/%70ods",
        "/pods%2F",
        "/metric",
        "/spec",
    ];
    const ENDS: &[&str] =
        &["", "", "/", "/x", "/shop/web/app", "x", "//", "?a=b", "/?", "%2fx", "/cadvisor", "z"];
    let url =
        if random.once_in(6) { url(random) } else { format!("{}{}", random.pick(BASES), random.pick(ENDS)) };
    let node = random.pick(&["worker-0", "", "a.b", "NODE", "système"]);
    json!({"node": node, "request": format!("{} {url}", random.pick(METHODS))})
}

/// A refused request.
pub(super) fn forbidden(random: &mut Random) -> Value {
    const NAMES: &[&str] = &[
        "",
        "",
        "ann",
        "a b",
        "<b>",
        "a&b",
        "\"q\"",
        "é",
        "\u{1}",
        "\u{200b}",
        "line\nbreak",
        "system:node:a",
        "pods",
        "apps",
        "x/y",
        "\\",
        "&amp;",
    ];
    let mut name = || random.pick(NAMES);
    let user = name();
    let request = if name().is_empty() {
        json!({"verb": name(), "path": format!("/{}", name())})
    } else {
        json!({
            "verb": name(), "group": name(), "resource": name(), "subresource": name(), "name": name(),
            "namespace": name(),
        })
    };
    json!({"user": {"name": user}, "request": request, "reason": name()})
}

fn url(random: &mut Random) -> String {
    let mut parts: Vec<&str> = Vec::new();
    match random.below(6) {
        0 => {}
        1 | 2 => parts.extend(["api", "v1"]),
        3 => parts.extend(["apis", "apps", "v1"]),
        4 => parts.extend(["api", "v1", "namespaces", "shop"]),
        _ => parts.extend(["apis", "apps", "v1", "namespaces", "shop", "deployments"]),
    }
    for _ in 0..random.below(5) {
        parts.push(random.pick(SEGMENTS));
    }
    let slash = if random.once_in(8) { "/" } else { "" };
    let mut url = format!("{slash}/{}", parts.join("/"));
    if random.once_in(10) {
        url.push('/');
    }
    let count = [0, 0, 1, 1, 2, 3].get(random.below(6)).copied().unwrap_or_default();
    for index in 0..count {
        url.push_str(if index == 0 { "?" } else { random.pick(&["&", "&", "&", ";", "&&", "?"]) });
        url.push_str(random.pick(PARAMETERS));
        if !random.once_in(10) {
            url.push('=');
            url.push_str(random.pick(VALUES));
        }
    }
    if count == 0 && random.once_in(10) {
        url.push_str(random.pick(&["?", "??", "?&", "#a", "?#"]));
    }
    // A request line has no spaces in its URL.
    url.replace(' ', "+")
}
