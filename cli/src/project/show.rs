//! `kubelogic project`: what holds here, and where each value comes from.

use std::fmt::Write as _;

use kubelogic::object::Location;
use kubelogic::project::{Given, Project as File};
use kubelogic::version::KubeVersion;
use serde_json::{Value, json};

use super::{Found, find};
use crate::arguments::{Arguments, Project, Report};
use crate::console::{Console, Failure};
use crate::style::shown;
use crate::{YES, json};

/// One line: the field, its value, and where it is written.
struct Setting {
    name: &'static str,
    value: Value,
    location: Option<Location>,
}

/// Prints the project file that counts, and the values of all fields.
pub(crate) fn run(arguments: &Project, all: &Arguments, console: &mut Console<'_>) -> Result<u8, Failure> {
    if arguments.schema {
        console.out(&json::lines(&kubelogic::project::schema()))?;
        return Ok(YES);
    }
    let found = find(all, console)?;
    let settings = settings(found.as_ref().map(|found| &found.project));
    let text = match arguments.output {
        Report::Json => {
            let list: Vec<Value> = settings.iter().map(Setting::json).collect();
            let path = found.map(|found| found.path.to_string_lossy().into_owned());
            json::lines(&json!({ "file": path, "settings": list }))
        }
        Report::Text => table(found.as_ref(), &settings),
    };
    console.out(&text)?;
    Ok(YES)
}

fn settings(project: Option<&File>) -> Vec<Setting> {
    let empty = File::default();
    let project = project.unwrap_or(&empty);
    let version = |version: Option<KubeVersion>| json!(version.unwrap_or_default().to_string());
    let list = |list: &Vec<String>| json!(list);
    vec![
        Setting::of(
            "kubeVersion",
            project.kube_version.as_ref(),
            |given| version(given.version()),
            version(None),
        ),
        Setting::of(
            "defaultNamespace",
            project.default_namespace.as_ref(),
            |name| json!(name),
            json!("default"),
        ),
        Setting::of("inputs", project.inputs.as_ref(), list, json!([])),
        Setting::of("exclude", project.exclude.as_ref(), list, json!([])),
        Setting::of("bootstrap", project.bootstrap.as_ref(), |word| json!(word.name()), json!("auto")),
        Setting::of("onDuplicate", project.on_duplicate.as_ref(), |word| json!(word.name()), json!("refuse")),
        Setting::of("invalid", project.invalid.as_ref(), |word| json!(word.name()), json!("refuse")),
        Setting::of("validate", project.validate.as_ref(), |word| json!(word.name()), json!("strict")),
        Setting::of("select", project.select.as_ref(), list, json!([])),
        Setting::of("ignore", project.ignore.as_ref(), list, json!([])),
        Setting::of("failOn", project.fail_on.as_ref(), |word| json!(word.name()), json!("error")),
        Setting::of("baseline", project.baseline.as_ref(), |path| json!(path), Value::Null),
    ]
}

impl Setting {
    fn of<T>(
        name: &'static str,
        given: Option<&Given<T>>,
        value: impl Fn(&T) -> Value,
        otherwise: Value,
    ) -> Self {
        match given {
            Some(given) => Self { name, value: value(&given.value), location: given.location.clone() },
            None => Self { name, value: otherwise, location: None },
        }
    }

    fn json(&self) -> Value {
        json!({ "name": self.name, "value": self.value, "location": self.location })
    }

    /// The value as it would be written behind a flag.
    fn text(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            Value::Array(words) if !words.is_empty() => {
                words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
            }
            _ => "-".to_owned(),
        }
    }
}

fn table(found: Option<&Found>, settings: &[Setting]) -> String {
    let mut text = match found {
        Some(found) => format!("project file {}\n\n", shown(&found.path.to_string_lossy())),
        None => "no project file\n\n".to_owned(),
    };
    let width = settings.iter().map(|setting| setting.text().chars().count()).max().unwrap_or(0);
    for setting in settings {
        let value = setting.text();
        let from = setting.location.as_ref().map_or_else(|| "default".to_owned(), ToString::to_string);
        let _ = writeln!(text, "{:<18}{:<width$}   {}", setting.name, shown(&value), shown(&from));
    }
    text
}
