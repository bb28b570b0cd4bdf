//! Definitions and custom resources of a folder of manifests, and the same with changes.

use std::path::{Path, PathBuf};

use kubelogic_core::read;
use kubelogic_core::version::KubeVersion;
use serde_json::{Map, Value, json};

use super::objects::anything;
use crate::error::DifferError;
use crate::random::Random;

/// Pairs of a definition and an object of it.
#[derive(Debug)]
pub(super) struct Corpus {
    /// As they were written, with rules in CEL: each is asked about by itself.
    whole: Vec<Value>,
    /// Without rules.
    definitions: Vec<Value>,
    /// With the place of their definition.
    objects: Vec<(usize, Value)>,
}

impl Corpus {
    /// Reads a folder with everything below it.
    pub(super) fn read(folder: &Path, version: &str) -> Result<Self, DifferError> {
        let version: KubeVersion =
            version.parse().map_err(|_| DifferError::Usage("`--version` is no version"))?;
        let mut files = Vec::new();
        list(folder, &mut files)?;
        files.sort();
        let mut corpus = Self { whole: Vec::new(), definitions: Vec::new(), objects: Vec::new() };
        let mut others = Vec::new();
        for path in files {
            let text = std::fs::read(&path).map_err(|source| DifferError::File { path, source })?;
            let reading = read::bytes(&text, &read::Options::named("corpus").for_version(version));
            for object in reading.objects {
                let value: Value = serde_json::from_str(&read::write::to_json(object.root()))?;
                let is_definition = object.kind() == "CustomResourceDefinition";
                if is_definition {
                    corpus.whole.push(value.clone());
                    corpus.definitions.push(without_rules(value));
                } else {
                    others.push(value);
                }
            }
        }
        for object in others {
            let group =
                object.get("apiVersion").and_then(Value::as_str).and_then(|version| version.split_once('/'));
            let Some((group, _)) = group else { continue };
            let place = corpus.definitions.iter().position(|definition| {
                definition.pointer("/spec/group") == Some(&json!(group))
                    && definition.pointer("/spec/names/kind") == object.get("kind")
            });
            if let Some(place) = place {
                corpus.objects.push((place, object));
            }
        }
        if corpus.objects.is_empty() {
            return Err(DifferError::Usage("the corpus has no custom resources"));
        }
        Ok(corpus)
    }

    /// Each definition by itself at first, then objects with their definition: as they are, then with changes.
    pub(super) fn question(&self, seed: u64, number: usize) -> Value {
        if let Some(definition) = self.whole.get(number) {
            return json!({"id": number, "ask": "crd.check", "objects": [definition]});
        }
        let number = number - self.whole.len();
        let mut random =
            Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64).wrapping_add(7));
        let (place, object) = self.objects.get(number % self.objects.len()).cloned().unwrap_or_default();
        let definition = self.definitions.get(place).cloned().unwrap_or_default();
        let mut objects = vec![definition];
        let changed = (0..super::OBJECTS).map(|index| {
            let mut object = object.clone();
            let changes = if number < self.objects.len() && index == 0 { 0 } else { 1 + random.below(4) };
            for _ in 0..changes {
                change(&mut random, &mut object);
            }
            for (key, value) in [("apiVersion", &"apiVersion"), ("kind", &"kind")] {
                if let Some(original) =
                    self.objects.get(number % self.objects.len()).and_then(|(_, one)| one.get(*value))
                    && let Some(object) = object.as_object_mut()
                {
                    object.insert(key.to_owned(), original.clone());
                }
            }
            object
        });
        objects.extend(changed.collect::<Vec<Value>>());
        super::question(&mut random, number, &objects)
    }
}

/// Without rules in CEL, which only one side evaluates.
fn without_rules(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(name, value)| name != "x-kubernetes-validations" || !value.is_array())
                .map(|(name, value)| (name, without_rules(value)))
                .collect(),
        ),
        Value::Array(items) => items.into_iter().map(without_rules).collect(),
        other => other,
    }
}

fn change(random: &mut Random, value: &mut Value) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = names.get(random.below(names.len())).cloned().unwrap_or_default();
            let is_container = fields.get(&name).is_some_and(|value| value.is_object() || value.is_array());
            // Metadata is a matter of its own.
            if name == "metadata" {
                return;
            }
            if is_container && random.below(5) > 0 {
                if let Some(value) = fields.get_mut(&name) {
                    change(random, value);
                }
                return;
            }
            change_field(random, fields, &name);
        }
        Value::Array(items) if !items.is_empty() => {
            let index = random.below(items.len());
            let copy = items.get(index).cloned().unwrap_or_default();
            if random.once_in(8) {
                items.push(copy);
            } else if let Some(item) = items.get_mut(index) {
                change(random, item);
            }
        }
        other => *other = anything(random, 2),
    }
}

fn change_field(random: &mut Random, fields: &mut Map<String, Value>, name: &str) {
    match random.below(5) {
        0 => drop(fields.remove(name)),
        1 => {
            if let Some(value) = fields.remove(name) {
                fields.insert(format!("{name}x"), value);
            }
        }
        2 => drop(fields.insert(format!("{name}2"), json!(1))),
        3 => drop(fields.insert(name.to_owned(), Value::Null)),
        _ => drop(fields.insert(name.to_owned(), anything(random, 2))),
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), DifferError> {
    let failed = |source| DifferError::File { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "yaml" || end == "yml" || end == "json") {
            files.push(path);
        }
    }
    Ok(())
}
