//! `read`: texts that are changed or made up, read by kubelogic and by the real reader.

mod answer;
mod generate;
mod shrink;

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;
use answer::Outcome;
pub(crate) use answer::{Expected, expected, ours};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// One document, as JSON or as an error.
    Yaml,
    /// One JSON text, as canonical JSON or as an error.
    Json,
    /// The documents of a stream, up to the first error.
    Documents,
    /// What kubectl acts on.
    Objects,
    /// YAML that kubelogic wrote, read by the real reader.
    Written,
}

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// How often a text is asked again before a difference counts as one.
const REPEATS: usize = 150;

/// The comparison of one kind of question.
pub(crate) struct Comparison {
    ask: Ask,
    version: String,
    oracle: Oracle,
}

impl Comparison {
    fn question(&self, text: &str) -> Value {
        let version = &self.version;
        match self.ask {
            Ask::Yaml | Ask::Written => {
                json!({"id": 1, "ask": "read.yaml", "kubeVersion": version, "canonical": true, "text": text})
            }
            Ask::Json => json!({"id": 1, "ask": "read.canonical", "kubeVersion": version, "json": text}),
            Ask::Documents => {
                json!({"id": 1, "ask": "read.documents", "kubeVersion": version, "canonical": true, "text": text})
            }
            Ask::Objects => json!({"id": 1, "ask": "read.objects", "kubeVersion": version, "text": text}),
        }
    }

    /// Whether kubelogic and the real reader differ on a text, chance excluded.
    fn differs(&mut self, text: &str) -> Result<bool, DifferError> {
        let mut question = self.question(text);
        let answer = self.oracle.ask(std::slice::from_ref(&question))?;
        let ours = ours(self.ask, text, &self.version);
        if answer.first().is_some_and(|answer| expected(self.ask, answer).allows(&ours)) {
            return Ok(false);
        }
        if let Some(fields) = question.as_object_mut() {
            fields.insert("repeat".to_owned(), json!(REPEATS));
        }
        let outcomes = self.oracle.ask(&[question])?;
        let outcomes = outcomes.first().and_then(|answer| answer.get("outcomes")).and_then(Value::as_array);
        Ok(!outcomes.is_some_and(|outcomes| {
            outcomes.len() > 1 && outcomes.iter().any(|answer| expected(self.ask, answer).allows(&ours))
        }))
    }
}

/// Compares; `true` when nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let ask = match settings.ask.as_deref() {
        None | Some("yaml") => Ask::Yaml,
        Some("json") => Ask::Json,
        Some("documents") => Ask::Documents,
        Some("objects") => Ask::Objects,
        Some("written") => Ask::Written,
        Some(_) => return Err(DifferError::Usage(USAGE)),
    };
    let corpus = match &settings.corpus {
        Some(folder) => texts(folder)?,
        None => Vec::new(),
    };
    let mut random = Random::new(settings.seed);
    let oracle = Oracle::start(&settings.oracle)?;
    let mut comparison = Comparison { ask, version: settings.version.clone(), oracle };
    let (mut done, mut refused, mut chance, mut known, mut different) = (0, 0, 0, 0, 0);
    while done < settings.count {
        let count = (settings.count - done).min(1024);
        let inputs: Vec<String> = (0..count).map(|_| generate::input(ask, &mut random, &corpus)).collect();
        let questions: Vec<Value> = inputs.iter().map(|text| comparison.question(text)).collect();
        let answers = comparison.oracle.ask(&questions)?;
        for (text, answer) in inputs.iter().zip(&answers) {
            done += 1;
            let theirs = expected(ask, answer);
            refused += usize::from(theirs.is_refusal());
            if theirs.allows(&ours(ask, text, &settings.version)) {
                continue;
            }
            if is_known(text) {
                known += 1;
            } else if comparison.differs(text)? {
                different += 1;
                if different <= SHOWN {
                    let small =
                        shrink::shrink(text, |text| Ok(!is_known(text) && comparison.differs(text)?))?;
                    show(&mut comparison, &small, out)?;
                }
            } else {
                chance += 1;
            }
        }
    }
    writeln!(
        out,
        "{:?} seed {}: {done} texts, {refused} refused by the real reader, {chance} decided by chance, {known} \
         with a byte-order mark inside, {different} differences",
        ask, settings.seed
    )?;
    Ok(different == 0)
}

/// A documented deviation: go-yaml's scanner compares a byte-order mark with the beginning of its buffer instead
/// of the place where it stands.
fn is_known(text: &str) -> bool {
    text.contains('\u{FEFF}')
}

fn show(comparison: &mut Comparison, text: &str, out: &mut dyn Write) -> Result<(), DifferError> {
    let question = comparison.question(text);
    let answer = comparison.oracle.ask(&[question])?;
    writeln!(out, "differs: {text:?}")?;
    for answer in answer {
        writeln!(out, "  real:      {answer}")?;
    }
    let ours: Outcome = ours(comparison.ask, text, &comparison.version);
    writeln!(out, "  kubelogic: {ours:?}")?;
    Ok(())
}

/// The texts of all manifests below a folder, in the order of their paths.
pub(crate) fn texts(folder: &Path) -> Result<Vec<String>, DifferError> {
    let read = |path: &PathBuf| {
        std::fs::read_to_string(path).map_err(|source| DifferError::File { path: path.clone(), source })
    };
    files(folder)?.iter().map(read).collect()
}

/// All manifests below a folder, in the order of their paths.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, DifferError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| DifferError::File { path, source }
    };
    let mut folders = vec![folder.to_path_buf()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(failed(&folder))? {
            let path = entry.map_err(failed(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "yaml" || kind == "yml" || kind == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
