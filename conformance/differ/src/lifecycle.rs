//! `lifecycle`: what every API type of a version says of itself, from our table and from the real types.

use std::io::Write;

use kubelogic_core::schema::{Lifecycle, LifecycleSource};
use kubelogic_core::version::KubeVersion;
use serde_json::{Value, json};

use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::settings::Settings;

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let question = json!({"id": 1, "ask": "schema.lifecycle", "kubeVersion": settings.version});
    let reply = Oracle::start(&settings.oracle)?.ask(&[question])?;
    let types = |answer: &Value| answer.get("types").and_then(Value::as_array).cloned();
    let real = reply.first().and_then(types).ok_or_else(|| DifferError::Refused(format!("{reply:?}")))?;
    let version = settings.kube_version()?;
    let ours = Lifecycle::all(version).filter(|known| known.source == LifecycleSource::Type);
    let ours: Vec<Value> = ours.map(|known| described(&known, version)).collect();

    // The oracle of every minor is built from one source, which cannot import what 1.29 does not have.
    let version_of = |said: &Value| said.get("group").cloned().zip(said.get("version").cloned());
    let registered: Vec<_> = real.iter().map(version_of).collect();
    let (ours, passed_over): (Vec<Value>, Vec<Value>) =
        ours.into_iter().partition(|own| registered.contains(&version_of(own)));
    for own in &passed_over {
        writeln!(out, "not registered in the oracle, passed over: {own}")?;
    }
    let mut different = 0;
    for (whose, one, other) in [("real", &real, &ours), ("ours", &ours, &real)] {
        for said in one.iter().filter(|said| !other.contains(said)) {
            different += 1;
            writeln!(out, "{whose} {said}")?;
        }
    }
    writeln!(out, "lifecycle, {}: {} types, {different} differences", settings.version, real.len())?;
    if real.is_empty() {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// What the table says of a type, in the form of the oracle's answer.
fn described(known: &Lifecycle, version: KubeVersion) -> Value {
    json!({
        "group": known.of.group, "version": known.of.version, "kind": known.of.kind,
        "introduced": known.introduced, "deprecated": known.deprecated, "removed": known.removed,
        "replacement": known.replacement, "warning": known.warning(version),
    })
}
