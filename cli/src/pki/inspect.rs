//! `kubelogic pki inspect`: what certificates say.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::arguments::{PkiInspect, Report};
use crate::console::{Console, Failure};
use crate::style::shown;
use crate::{NO, YES, json};

pub(super) fn run(arguments: &PkiInspect, console: &mut Console<'_>) -> Result<u8, Failure> {
    let mut code = YES;
    for file in &arguments.files {
        let text = super::text(file, console)?;
        let answer = super::ask(&json!({"ask": "pki.inspect", "text": text}))?;
        let certificates = answer.pointer("/result/certificates").and_then(Value::as_array);
        let certificates = certificates.map(Vec::as_slice).unwrap_or_default();
        let broken = certificates.iter().any(|one| one.get("error").is_some_and(|error| !error.is_null()));
        if certificates.is_empty() || broken {
            code = NO;
        }
        if arguments.output == Report::Json {
            console.out(&json::answer(&answer)?)?;
            continue;
        }
        if certificates.is_empty() {
            console.out(&format!("{}: no certificate\n", shown(file)))?;
        }
        for certificate in certificates {
            console.out(&described(file, certificate))?;
        }
    }
    Ok(code)
}

/// A line for each thing that is said.
fn described(file: &str, certificate: &Value) -> String {
    let field = |name: &str| certificate.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let line = certificate.get("line").and_then(Value::as_u64).unwrap_or(0);
    let mut out = format!("{}:{line}\n", shown(file));
    if let Some(error) = field("error") {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  error: {}", shown(error));
        return out;
    }
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(out, "  {name:<20} {}", shown(&value));
        }
    };
    let list = |name: &str| {
        let items = certificate.get(name).and_then(Value::as_array)?;
        let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
        Some(items.join(", "))
    };
    put("subject", field("subject").map(str::to_owned));
    put("issuer", field("issuer").map(str::to_owned));
    put("serial", field("serial").map(str::to_owned));
    put("not before", field("notBefore").map(str::to_owned));
    put("not after", field("notAfter").map(str::to_owned));
    put("key", certificate.get("publicKey").and_then(key));
    put("signed with", field("signatureAlgorithm").map(str::to_owned));
    let is_ca = certificate.get("isCa").and_then(Value::as_bool) == Some(true);
    let length = certificate.get("pathLength").and_then(Value::as_u64);
    put(
        "authority",
        is_ca.then(|| length.map_or_else(|| "yes".to_owned(), |most| format!("yes, {most} below"))),
    );
    put("key usages", list("keyUsages"));
    put("purposes", list("extendedKeyUsages"));
    put("DNS names", list("dnsNames"));
    put("addresses", list("ipAddresses"));
    put("mail addresses", list("emailAddresses"));
    put("URIs", list("uris"));
    put("sha256", field("sha256").map(str::to_owned));
    out
}

fn key(key: &Value) -> Option<String> {
    let text = |name: &str| key.get(name).and_then(Value::as_str);
    let bits = key.get("bits").and_then(Value::as_u64).unwrap_or(0);
    Some(match text("curve") {
        Some(curve) => format!("{} {curve}", text("algorithm")?),
        None => format!("{} {bits}", text("algorithm")?),
    })
}
