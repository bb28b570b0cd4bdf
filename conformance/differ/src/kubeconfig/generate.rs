//! Sets of kubeconfig files by chance: few names, so that files speak of the same things; nulls, values of the wrong
//! kind, keys in another case, keys and names that stand twice.

use serde_json::{Value, json};

use crate::random::Random;

pub(super) const NAMES: &[&str] = &["a", "b", "c", "prod", "", "a b", "\u{e9}"];
const PATHS: &[&str] = &["/w/d/one", "/w/two", "/home/u/.kube/config", "/etc/three"];
const LISTED: &[&str] =
    &["/w/d/one", "two", "d/one", "/home/u/.kube/config", "/etc/three", "/none", "", "../etc/three", "./two"];
const VALUES: &[&str] = &[
    "x",
    "null",
    "5",
    "true",
    "on",
    "0123",
    "1.5",
    "[]",
    "{}",
    "[x]",
    "[1]",
    "{a: b}",
    "''",
    "\"\\e[1m\"",
    "~",
    "-0",
    "[null]",
    "{a: [x, null]}",
    "{a: null}",
    "!!binary YQ==",
    "1e400",
    "*no",
];
const BASE64: &[&str] = &[
    "YQ==",
    "YWI=",
    "YWJj",
    "YWJjZGVm",
    "YQ==",
    "YWI=",
    "YWJj",
    "YWJjZGVm",
    "YQ==",
    "YWI=",
    "YWJj",
    "YWJjZGVm",
    "YWJj",
    "YWJ",
    "!!",
    "'YQ =='",
    "\"YW\\nJj\"",
    "YQ==YQ==",
    "YQ=",
    "''",
    "[1, 2]",
    "[300]",
    "[a]",
    "null",
    "A",
    "====",
    "YW=",
];
const SERVERS: &[&str] = &[
    "https://a",
    "https://b:6443/x?q=1#f",
    "http://c",
    "a:443",
    "HTTPS://A/b c",
    "https:///x",
    "''",
    "https://[::1]:1/p/",
    "https://h/%zz",
    "/only/path",
    "https://h/a%20b",
    "localhost",
    "https://u:p@h/x",
];
const PROXIES: &[&str] =
    &["http://p:1", "socks5://p", "https://p/x", "ftp://p", "p:1", "://p", "http://p:x", "''"];
/// Absolute paths exist nowhere: the oracle's files stand in a directory of its own.
const FILES: &[&str] =
    &["ca.crt", "../w/ca.crt", "ca.crt", "../ca.crt", "ca.crt", "none.crt", "/none", "''", "d", "../w/token"];

/// A question about up to four files.
pub(crate) fn question(random: &mut Random, version: &str) -> Value {
    let count = 1 + random.below(4);
    let mut files: Vec<Value> =
        PATHS.iter().take(count).map(|path| json!({"path": path, "text": file(random)})).collect();
    files.push(json!({"path": "/w/ca.crt", "text": "CA"}));
    files.push(json!({"path": "/w/d/ca.crt", "text": "CA"}));
    files.push(json!({"path": "/w/token", "text": "from-file\n"}));
    let mut question = json!({
        "id": 1, "kubeVersion": version, "files": files, "workingDirectory": "/w", "raw": !random.once_in(4),
    });
    let Some(fields) = question.as_object_mut() else { return question };
    match random.below(10) {
        0 => fields.insert("home".to_owned(), json!("/home/u")),
        1 => fields.insert("explicit".to_owned(), json!(non_empty(random))),
        _ => {
            let list: Vec<&str> = (0..=random.below(4)).map(|_| random.pick(LISTED)).collect();
            let list = list.join(":");
            fields.insert("kubeconfig".to_owned(), json!(if list.is_empty() { "two" } else { &list }))
        }
    };
    if random.once_in(2) {
        fields.insert("ask".to_owned(), json!("kubeconfig.load"));
        fields.insert("resolvePaths".to_owned(), json!(random.once_in(2)));
    } else {
        fields.insert("ask".to_owned(), json!("kubeconfig.resolve"));
        fields.insert("overrides".to_owned(), overrides(random));
    }
    question
}

fn non_empty<'a>(random: &mut Random) -> &'a str {
    match random.pick(LISTED) {
        "" => "two",
        other => other,
    }
}

/// The text of one file.
fn file(random: &mut Random) -> String {
    if random.once_in(25) {
        return random
            .pick(&["", "# nothing", "null", "[]", "5", "a: b: c", "---\n---\nkind: X", "{}", "{"])
            .to_owned();
    }
    let mut out = String::new();
    let header = ["", "", "apiVersion: v1\nkind: Config\n", "kind: Config\n"];
    out.push_str(random.pick(&header));
    if random.once_in(40) {
        let odd = [
            "Kind: Foo\n",
            "kind: 5\n",
            "apiVersion: v2\n",
            "apiVersion: a/v1\n",
            "apiversion: a/b/c\n",
            "KIND: ~\n",
        ];
        out.push_str(random.pick(&odd));
    }
    if random.once_in(2) {
        let key = spoilt(random, "current-context");
        let value = value(random, NAMES);
        add(&mut out, &format!("{key}: {value}\n"));
    }
    if random.once_in(4) {
        let value = random.pick(&[
            "{colors: true}",
            "{}",
            "{colors: null}",
            "null",
            "{extensions: [{name: a, extension: 1}]}",
        ]);
        add(&mut out, &format!("preferences: {value}\n"));
    }
    for (list, key) in [("clusters", "cluster"), ("users", "user"), ("contexts", "context")] {
        section(random, list, key, &mut out);
        // The last one of two counts.
        if random.once_in(30) {
            section(random, list, key, &mut out);
        }
    }
    if random.once_in(5) {
        add(&mut out, &format!("extensions: {}\n", extensions(random)));
    }
    out
}

fn section(random: &mut Random, list: &str, key: &str, out: &mut String) {
    if random.once_in(6) {
        return;
    }
    let head = spoilt(random, list);
    if random.once_in(40) {
        let value = random.pick(VALUES);
        add(out, &format!("{head}: {value}\n"));
        return;
    }
    add(out, &format!("{head}:\n"));
    let first = random.below(NAMES.len());
    for index in 0..=random.below(3) {
        if random.once_in(80) {
            let value = random.pick(VALUES);
            add(out, &format!("- {value}\n"));
            continue;
        }
        // Different names mostly: one that stands twice ends it all.
        let name = if random.once_in(30) {
            value(random, NAMES)
        } else {
            quoted(NAMES.get((first + index) % NAMES.len()).copied().unwrap_or_default())
        };
        let (name_key, value_key) = (spoilt(random, "name"), spoilt(random, key));
        add(out, &format!("- {name_key}: {name}\n  {value_key}:\n"));
        match key {
            "cluster" => cluster(random, out),
            "user" => user(random, out),
            _ => context(random, out),
        }
    }
}

fn cluster(random: &mut Random, out: &mut String) {
    field(random, out, "server", SERVERS, 1);
    field(random, out, "tls-server-name", &["t", "''"], 5);
    field(random, out, "insecure-skip-tls-verify", &["true", "yes", "false"], 5);
    field(random, out, "certificate-authority", FILES, 5);
    field(random, out, "certificate-authority-data", BASE64, 5);
    field(random, out, "proxy-url", PROXIES, 6);
    field(random, out, "disable-compression", &["true", "no"], 8);
    extended(random, out);
}

fn context(random: &mut Random, out: &mut String) {
    let names: Vec<String> = NAMES.iter().map(|name| quoted(name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    field(random, out, "cluster", &names, 1);
    field(random, out, "user", &names, 1);
    field(random, out, "namespace", &["shop", "default", "Bad_NS", "''"], 3);
    extended(random, out);
}

fn user(random: &mut Random, out: &mut String) {
    field(random, out, "token", &["t0ken", "''"], 3);
    field(random, out, "tokenFile", &["token", "../w/token", "../token", "none", "/none"], 6);
    field(random, out, "client-certificate", FILES, 7);
    field(random, out, "client-certificate-data", BASE64, 7);
    field(random, out, "client-key", FILES, 7);
    field(random, out, "client-key-data", BASE64, 7);
    field(random, out, "username", &["ann", "''"], 7);
    field(random, out, "password", &["pw", "''"], 8);
    field(random, out, "as", &["bob", "''"], 6);
    field(random, out, "as-uid", &["7a"], 9);
    field(random, out, "as-groups", &["[g, h]", "[]", "[null]", "g"], 9);
    field(random, out, "as-user-extra", &["{k: [v]}", "{}", "{k: null, j: []}", "{k: v}"], 9);
    field(
        random,
        out,
        "auth-provider",
        &["{name: oidc}", "{name: g, config: {a: b}}", "{config: {}}", "null"],
        12,
    );
    if random.once_in(5) {
        let key = spoilt(random, "exec");
        add(out, &format!("    {key}:\n"));
        let mut inner = String::new();
        field(random, &mut inner, "command", &["run", "./bin/run", "d/run", "/run"], 1);
        field(random, &mut inner, "args", &["[x, y]", "[]", "null", "[1]"], 2);
        field(
            random,
            &mut inner,
            "env",
            &["[{name: A, value: b}]", "[]", "[{value: b}]", "[null]", "[x]"],
            3,
        );
        let versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1", "x"];
        field(random, &mut inner, "apiVersion", &versions, 1);
        field(random, &mut inner, "installHint", &["do it", "\"\\e[1mx\\u0085\\u200b\\ue000\\u0301\""], 4);
        field(random, &mut inner, "provideClusterInfo", &["true", "false"], 4);
        field(random, &mut inner, "interactiveMode", &["Never", "Always", "IfAvailable", "Often", "''"], 2);
        out.extend(inner.lines().map(|line| format!("  {line}\n")));
    }
    extended(random, out);
}

fn extended(random: &mut Random, out: &mut String) {
    if random.once_in(8) {
        add(out, &format!("    extensions: {}\n", extensions(random)));
    }
}

fn extensions(random: &mut Random) -> String {
    random
        .pick(&[
            "[{name: a, extension: {b: [1, 1.5, x]}}]",
            "[{name: client.authentication.k8s.io/exec, extension: {audience: x}}]",
            "[{name: a, extension: 1}, {name: b}]",
            "[{name: a}, {name: a, extension: 2}]",
            "[{name: a, extension: 1}, {name: a}]",
            "[{extension: '<&>'}]",
            "[null]",
            "null",
            "[]",
        ])
        .to_owned()
}

/// A field, once in `times`; now and then with a value of the wrong kind.
fn field(random: &mut Random, out: &mut String, key: &str, values: &[&str], times: usize) {
    if !random.once_in(times) {
        return;
    }
    let value = if random.once_in(120) { random.pick(VALUES) } else { random.pick(values) };
    let key = spoilt(random, key);
    add(out, &format!("    {key}: {value}\n"));
}

fn value(random: &mut Random, from: &[&str]) -> String {
    if random.once_in(20) { random.pick(VALUES).to_owned() } else { quoted(random.pick(from)) }
}

/// The key; now and then in another case, or misspelt.
fn spoilt(random: &mut Random, key: &str) -> String {
    match random.below(150) {
        0 => key.to_ascii_uppercase(),
        1 => format!("{key}s"),
        _ => key.to_owned(),
    }
}

fn quoted(name: &str) -> String {
    format!("'{name}'")
}

fn overrides(random: &mut Random) -> Value {
    let mut flags = json!({});
    let Some(fields) = flags.as_object_mut() else { return flags };
    for (key, values) in [
        ("context", NAMES),
        ("cluster", NAMES),
        ("user", NAMES),
        ("namespace", &["ns", ""]),
        ("server", &["https://flag:1/", "http://flag"]),
        ("tlsServerName", &["n"]),
        ("certificateAuthority", &["ca.crt", "/none"]),
        ("proxyUrl", &["http://flag"]),
        ("clientCertificate", &["ca.crt", "/none"]),
        ("clientKey", &["ca.crt", "/none"]),
        ("token", &["flag-token"]),
        ("as", &["flag-user"]),
        ("asUid", &["flag-uid"]),
        ("username", &["flag-name"]),
        ("password", &["flag-pw"]),
        ("requestTimeout", &["0", "5", "1m", "-1", "soon"]),
    ] {
        if random.once_in(9) {
            fields.insert(key.to_owned(), json!(random.pick(values)));
        }
    }
    for key in ["insecureSkipTlsVerify", "disableCompression"] {
        if random.once_in(12) {
            fields.insert(key.to_owned(), json!(true));
        }
    }
    if random.once_in(12) {
        fields.insert("asGroups".to_owned(), json!(["x", "y"]));
    }
    if random.once_in(3) {
        fields.insert("defaultServer".to_owned(), json!("http://localhost:8080"));
    }
    flags
}

fn add(out: &mut String, lines: &str) {
    out.push_str(lines);
}
