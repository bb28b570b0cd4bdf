//! What is different between two configurations, as changes of single values.

use std::fmt::Write as _;

use serde_json::Value;

/// A step towards a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value of a key.
    Key(String),
    /// The item of a list that has this name.
    Named(String),
    /// An item of a list by its place.
    Index(usize),
}

/// A change of one value. `Debug` would show it: there is none.
#[derive(Clone)]
pub(super) enum Change {
    /// It becomes this, whether it was there or not.
    Set(Vec<Step>, Value),
    /// It is taken out.
    Remove(Vec<Step>),
}

impl Change {
    /// The path in words, without any value.
    pub(super) fn path(&self) -> String {
        let (Self::Set(path, _) | Self::Remove(path)) = self;
        let mut out = String::new();
        for step in path {
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Key(key) | Step::Named(key) => write!(out, ".{key}"),
                Step::Index(index) => write!(out, "[{index}]"),
            };
        }
        out.trim_start_matches('.').to_owned()
    }
}

const LISTS: [&str; 3] = ["clusters", "contexts", "users"];

/// The changes that make the one the other.
pub(super) fn differences(old: &Value, new: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    let keys =
        |value: &Value| value.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect::<Vec<_>>();
    for key in keys(old).into_iter().filter(|key| new.get(key).is_none()) {
        found.push(Change::Remove(vec![Step::Key(key)]));
    }
    for key in keys(new) {
        let (was, is) = (old.get(&key).unwrap_or(&Value::Null), new.get(&key).unwrap_or(&Value::Null));
        if was == is {
            continue;
        }
        let path = vec![Step::Key(key.clone())];
        if LISTS.contains(&key.as_str()) {
            list(&path, was, is, &mut found);
        } else {
            value(path, was, is, &mut found);
        }
    }
    found
}

/// A list of named entries.
fn list(path: &[Step], was: &Value, is: &Value, found: &mut Vec<Change>) {
    let none = Vec::new();
    let (was, is) = (was.as_array().unwrap_or(&none), is.as_array().unwrap_or(&none));
    if is.is_empty() {
        found.push(Change::Remove(path.to_vec()));
        return;
    }
    let name = |entry: &Value| entry.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let below = |step: Step| path.iter().cloned().chain([step]).collect::<Vec<_>>();
    let mut gone: Vec<&Value> =
        was.iter().filter(|entry| !is.iter().any(|other| name(other) == name(entry))).collect();
    for entry in is {
        let own = name(entry);
        if let Some(old) = was.iter().find(|other| name(other) == own) {
            value(below(Step::Named(own)), old, entry, found);
            continue;
        }
        // One that is gone and says the same has another name now.
        let renamed = gone.iter().position(|old| without_name(old) == without_name(entry));
        match renamed.map(|at| gone.remove(at)) {
            Some(old) => {
                let mut path = below(Step::Named(name(old)));
                path.push(Step::Key("name".to_owned()));
                found.push(Change::Set(path, Value::from(own)));
            }
            None => found.push(Change::Set(below(Step::Named(own)), entry.clone())),
        }
    }
    for entry in gone {
        found.push(Change::Remove(below(Step::Named(name(entry)))));
    }
}

fn without_name(entry: &Value) -> Vec<(&String, &Value)> {
    entry.as_object().into_iter().flatten().filter(|(key, _)| key.as_str() != "name").collect()
}

/// Anything else. The depth is that of upstream's types, and below them of what the reader allows.
fn value(path: Vec<Step>, was: &Value, is: &Value, found: &mut Vec<Change>) {
    match (was, is) {
        _ if was == is => {}
        (Value::Object(old), Value::Object(new)) => {
            for key in old.keys().filter(|key| !new.contains_key(*key)) {
                found.push(Change::Remove(with(&path, Step::Key(key.clone()))));
            }
            for (key, is) in new {
                let was = old.get(key).unwrap_or(&Value::Null);
                value(with(&path, Step::Key(key.clone())), was, is, found);
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (was, is)) in old.iter().zip(new).enumerate() {
                value(with(&path, Step::Index(index)), was, is, found);
            }
        }
        (_, Value::Null) => found.push(Change::Remove(path)),
        _ => found.push(Change::Set(path, is.clone())),
    }
}

fn with(path: &[Step], step: Step) -> Vec<Step> {
    path.iter().cloned().chain([step]).collect()
}
