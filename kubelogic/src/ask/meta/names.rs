//! Names: which rule they break, and which one the API server makes up.

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{NameRule, UnknownNameRule, generate_name, name_rule_of_kind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::AskError;
use crate::ask::question::question;

question! {
    /// What is wrong with names by a rule.
    NamesQuestion {
        /// The rule, such as `dns-label`, `label-key` or `port-name`; that of the kind unless given.
        #[serde(default)]
        rule: Option<String>,
        /// The API group of the kind.
        #[serde(default)]
        group: String,
        /// The kind whose names these are.
        #[serde(default)]
        kind: String,
        /// The names.
        names: Vec<String>,
        /// The names are beginnings that the API server completes.
        #[serde(default)]
        prefix: bool,
    }
}

question! {
    /// Names that the API server could make of a `generateName`.
    GenerateNamesQuestion {
        /// The beginnings.
        bases: Vec<String>,
        /// The same seed makes the same names; each next name has the next seed.
        #[serde(default)]
        seed: u64,
    }
}

/// What is wrong with each name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NameProblems {
    /// The rule.
    pub rule: String,
    /// In the order of the question, upstream's words for each name; empty for one that is right.
    pub problems: Vec<Vec<String>>,
}

/// The names that were made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GeneratedNames {
    /// In the order of the question.
    pub names: Vec<String>,
}

pub(in crate::ask) fn names(question: &NamesQuestion) -> Result<Answer<NameProblems>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let rule = match &question.rule {
        Some(word) => word.parse().map_err(|error| unknown(word, &error))?,
        None if question.kind.is_empty() => {
            return Err(AskError::bad_question("one of `rule` and `kind` is wanted"));
        }
        None => name_rule_of_kind(&question.group, &question.kind, version),
    };
    let problems = question.names.iter().map(|name| {
        if question.prefix { rule.prefix_problems(name, version) } else { rule.problems(name, version) }
    });
    let result = NameProblems { rule: rule.word().to_owned(), problems: problems.collect() };
    Ok(Answer::new(result, version))
}

fn unknown(word: &str, error: &UnknownNameRule) -> AskError {
    let mut error = AskError::bad_question(format!("`rule`: {error}"));
    let words = NameRule::ALL.iter().map(|rule| rule.word());
    error.help = kubelogic_core::near::nearest(word, words).map(|word| format!("did you mean `{word}`?"));
    error
}

pub(in crate::ask) fn generate_names(question: &GenerateNamesQuestion) -> Answer<GeneratedNames> {
    let seeds = (0_u64..).map(|number| question.seed.wrapping_add(number));
    let names = question.bases.iter().zip(seeds).map(|(base, seed)| generate_name(base, seed));
    Answer::new(GeneratedNames { names: names.collect() }, question.kube_version.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::ask::Catalogue;

    #[test]
    fn a_kind_has_its_rule() {
        let ask = |question: &str| Catalogue::new(None).ask(question);
        let service =
            ask(r#"{"ask": "meta.names", "kind": "Service", "names": ["1a"], "kubeVersion": "1.33"}"#);
        assert!(service.unwrap().contains(r#""rule":"dns-1035-label""#));
        let neither = ask(r#"{"ask": "meta.names", "names": []}"#).unwrap_err();
        assert_eq!(neither.message, "one of `rule` and `kind` is wanted");
        let misspelt = ask(r#"{"ask": "meta.names", "rule": "dns-lable", "names": []}"#).unwrap_err();
        assert_eq!(misspelt.help.as_deref(), Some("did you mean `dns-label`?"));
    }
}
