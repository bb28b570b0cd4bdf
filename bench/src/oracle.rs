//! The real components, measured by the oracle itself.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// What the real component took for a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) best_wall_ms: f64,
    pub(crate) best_cpu_ms: f64,
}

/// Reads a file with Go's `NewYAMLOrJSONDecoder` into unstructured objects.
pub(crate) fn read(file: &str, passes: usize) -> Result<Measured, String> {
    let program = program("light-1.37")?;
    let output = Command::new(&program)
        .args(["-bench", file, "-n", &passes.to_string()])
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("{}: {}", program.display(), String::from_utf8_lossy(&output.stderr)));
    }
    let line: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let number =
        |key: &str| line.get(key).and_then(Value::as_f64).ok_or(format!("the oracle printed no {key}"));
    Ok(Measured { best_wall_ms: number("bestWallMs")?, best_cpu_ms: number("bestCpuMs")? })
}

/// Where an oracle is built.
pub(crate) fn program(name: &str) -> Result<PathBuf, String> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../conformance/oracle/bin"));
    let program = folder.join(name);
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{} is not built: cargo xtask oracle", program.display()))
    }
}
