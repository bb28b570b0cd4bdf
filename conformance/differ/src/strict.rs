//! `strict`: manifests that are spoilt or made up, judged by kubelogic and by the API server's strict decoder.

mod spoil;
mod tables;
mod tree;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use kubelogic_core::read::{self, Options};
use kubelogic_core::schema::{KindSource, Types, strict};
use serde_json::{Value, json};

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;
use tree::Tree;

/// Where manifests come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The objects of a folder, as they are and spoilt.
    Corpus,
    /// Each field of each type with every value of a list, and the whole kinds, spoilt.
    Tables,
    /// The same for the files that components read.
    Configuration,
}

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;

/// A manifest and how it is asked about.
struct Case {
    tree: Tree,
    json: bool,
    validation: &'static str,
}

struct Comparison {
    types: Types,
    version: String,
    oracle: Oracle,
}

impl Case {
    fn text(&self) -> String {
        if self.json { self.tree.to_json() } else { self.tree.to_yaml() }
    }
}

impl Comparison {
    fn question(&self, case: &Case) -> Value {
        json!({
            "id": 1, "ask": "schema.strict", "kubeVersion": self.version, "text": case.text(),
            "fieldValidation": case.validation,
        })
    }

    /// Our answer in the oracle's shape.
    fn ours(&self, case: &Case) -> Value {
        let Ok(object) = read::value(&case.text(), &Options::named("-")) else {
            return json!({"fatal": true, "errors": [], "warnings": []});
        };
        let found = strict::check(&object, &self.types);
        let (mut errors, mut warnings, mut message) = (Vec::new(), Vec::new(), None);
        match case.validation {
            "strict" => (errors, message) = (found.errors(), found.message()),
            "warn" => warnings = found.warnings(),
            _ => {}
        }
        let mut answer = json!({"fatal": found.is_fatal(), "errors": errors, "warnings": warnings});
        if let (Some(message), Some(fields)) = (message, answer.as_object_mut()) {
            fields.insert("message".to_owned(), json!(message));
        }
        answer
    }

    fn differs(&mut self, case: &Case) -> Result<bool, DifferError> {
        let real = self.oracle.ask(&[self.question(case)])?;
        Ok(real.first() != Some(&self.ours(case)))
    }

    /// The same case with everything cut out that does not matter.
    fn shrink(&mut self, case: &Case) -> Result<Case, DifferError> {
        let mut best = Case { tree: case.tree.clone(), json: case.json, validation: case.validation };
        let mut index = 0;
        while index < best.tree.size() {
            let mut child = 0;
            loop {
                let mut tree = best.tree.clone();
                let cut = match tree.nth(index) {
                    Some(Tree::Map(entries)) if child < entries.len() => {
                        entries.remove(child);
                        true
                    }
                    Some(Tree::List(items)) if child < items.len() => {
                        items.remove(child);
                        true
                    }
                    _ => false,
                };
                if !cut {
                    break;
                }
                let smaller = Case { tree, json: best.json, validation: best.validation };
                if self.differs(&smaller)? {
                    best = smaller;
                } else {
                    child += 1;
                }
            }
            index += 1;
        }
        Ok(best)
    }
}

/// Compares; `true` when nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let types = Types::of(settings.kube_version()?);
    let oracle = Oracle::start(&settings.oracle)?;
    let mut comparison = Comparison { types, version: settings.version.clone(), oracle };
    let mut random = Random::new(settings.seed);
    let source = match settings.source.as_deref() {
        None | Some("corpus") => Source::Corpus,
        Some("tables") => Source::Tables,
        Some("configuration") => Source::Configuration,
        Some(_) => return Err(DifferError::Usage(USAGE)),
    };
    let plain = match source {
        Source::Corpus => corpus(settings.corpus.as_deref().ok_or(DifferError::Usage(USAGE))?, &types)?,
        Source::Tables => tables::objects(&types, KindSource::Api),
        Source::Configuration => tables::objects(&types, KindSource::Configuration),
    };
    let (plain, unknown) = known(&mut comparison, plain)?;
    for head in unknown {
        writeln!(out, "the oracle does not know {head}")?;
    }
    if plain.is_empty() {
        return Err(DifferError::Usage("there is nothing to compare"));
    }
    let (mut done, mut fatal, mut complained, mut different) = (0, 0, 0, 0);
    // Each object as it is, and then spoilt ones.
    let total = plain.len() + settings.count;
    while done < total {
        let cases: Vec<Case> = (done..total.min(done + 1024))
            .map(|number| {
                let mut tree = plain.get(number).cloned();
                let spoilt = tree.is_none();
                if spoilt {
                    tree = Some(chosen(&plain, &mut random));
                }
                let mut tree = tree.unwrap_or(Tree::Null);
                if spoilt {
                    spoil::spoil(&mut tree, &mut random);
                }
                let json = random.once_in(2);
                let validation =
                    if spoilt { random.pick(&["strict", "strict", "warn", "ignore"]) } else { "strict" };
                Case { tree, json, validation }
            })
            .collect();
        let questions: Vec<Value> = cases.iter().map(|case| comparison.question(case)).collect();
        let answers = comparison.oracle.ask(&questions)?;
        for (case, real) in cases.iter().zip(&answers) {
            done += 1;
            fatal += usize::from(real.get("fatal") == Some(&Value::Bool(true)));
            let said = |key| real.get(key).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
            complained += usize::from(said("errors") || said("warnings"));
            if *real == comparison.ours(case) {
                continue;
            }
            different += 1;
            if different <= SHOWN {
                let small = comparison.shrink(case)?;
                show(&mut comparison, &small, out)?;
            }
        }
    }
    writeln!(
        out,
        "{:?} seed {}, {}: {done} manifests from {} objects, {fatal} that cannot be decoded, {complained} with \
         complaints, {different} differences",
        source,
        settings.seed,
        settings.version,
        plain.len(),
    )?;
    Ok(different == 0)
}

/// One of the objects; a large one, such as a custom resource definition of a thousand fields, rarely.
fn chosen(objects: &[Tree], random: &mut Random) -> Tree {
    const LARGE: usize = 500;
    loop {
        let Some(tree) = objects.get(random.below(objects.len())) else { return Tree::Null };
        if tree.size() < LARGE || random.once_in(100) {
            return tree.clone();
        }
    }
}

/// Those objects whose kind the oracle's scheme has, and the kinds of the others: it lacks a few that components other
/// than the API server serve.
fn known(comparison: &mut Comparison, objects: Vec<Tree>) -> Result<(Vec<Tree>, Vec<String>), DifferError> {
    let heads: Vec<String> = objects.iter().map(head).collect::<BTreeSet<_>>().into_iter().collect();
    let version = &comparison.version;
    let question =
        |text| json!({"id": 1, "ask": "schema.strict", "kubeVersion": version, "texts": true, "text": text});
    let questions: Vec<Value> = heads.iter().map(question).collect();
    let answers = comparison.oracle.ask(&questions)?;
    let is_missing = |answer: &Value| {
        answer.get("error").and_then(Value::as_str).is_some_and(|error| error.starts_with("no kind "))
    };
    let missing = heads.iter().zip(&answers).filter(|(_, answer)| is_missing(answer));
    let missing: BTreeSet<String> = missing.map(|(head, _)| head.clone()).collect();
    let objects = objects.into_iter().filter(|tree| !missing.contains(&head(tree))).collect();
    Ok((objects, missing.into_iter().collect()))
}

/// Only what says which kind an object is.
fn head(tree: &Tree) -> String {
    let Tree::Map(entries) = tree else { return String::new() };
    let kind = entries.iter().take(2).filter(|(key, _)| key == "apiVersion" || key == "kind");
    Tree::Map(kind.cloned().collect()).to_json()
}

fn show(comparison: &mut Comparison, case: &Case, out: &mut dyn Write) -> Result<(), DifferError> {
    let mut question = comparison.question(case);
    if let Some(fields) = question.as_object_mut() {
        fields.insert("texts".to_owned(), json!(true));
    }
    writeln!(out, "differs: {}", case.text())?;
    for answer in comparison.oracle.ask(&[question])? {
        writeln!(out, "  real:      {answer}")?;
    }
    writeln!(out, "  kubelogic: {}", comparison.ours(case))?;
    Ok(())
}

/// The objects of all manifests below a folder whose kinds the API knows, in the order of their paths.
fn corpus(folder: &Path, types: &Types) -> Result<Vec<Tree>, DifferError> {
    let mut objects = Vec::new();
    for text in crate::read::texts(folder)? {
        for object in read::text(&text, &Options::named("-")).objects {
            let (group, version) = object.api_version().split_once('/').unwrap_or(("", object.api_version()));
            if types.find(group, version, object.kind()).is_some_and(|kind| kind.source() == KindSource::Api)
            {
                let mut tree = Tree::of(object.root());
                if let Tree::Map(entries) = &mut tree {
                    entries.sort_by_key(|(key, _)| key != "apiVersion" && key != "kind");
                }
                objects.push(tree);
            }
        }
    }
    Ok(objects)
}
