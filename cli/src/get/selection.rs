//! Which objects are wanted.

use std::path::Path;

use kubelogic::cluster::{Cluster, ObjectRef};
use kubelogic::files::Files;
use kubelogic::near::nearest;
use kubelogic::schema::Discovery;
use kubelogic::version::KubeVersion;

use super::Listed;
use crate::console::{Console, Failure};

/// The words of the command line: types, and files or folders.
pub(super) struct Words {
    pub(super) types: Vec<String>,
    pub(super) paths: Vec<String>,
}

impl Words {
    /// Tells types from paths. A bare word that the version knows is a type; TYPE/NAME is one unless there is
    /// such a file. What is left over and no file may be a type that a custom resource definition of the input
    /// adds.
    pub(super) fn sort(words: &[String], version: KubeVersion, files: &dyn Files) -> Self {
        let discovery = Discovery::of(version);
        let known = |types: &str| types.split(',').all(|one| discovery.find(one).is_some());
        let is_path = |word: &str| {
            let named = word.contains('/');
            let spelled = word == "-" || word.starts_with(['.', '/', '~']) || word.ends_with('/');
            spelled
                || looks_like_a_file(word)
                || ((named || !known(word)) && files.kind(Path::new(word)).is_ok())
        };
        let (paths, types) = words.iter().cloned().partition(|word: &String| is_path(word));
        Self { types, paths }
    }
}

fn looks_like_a_file(word: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|extension| word.ends_with(extension))
}

/// What is wanted; everything when no type is given.
pub(super) struct Selection<'a> {
    wanted: Vec<Wanted>,
    namespace: Option<&'a str>,
}

struct Wanted {
    /// As it was written.
    word: String,
    group: String,
    kind: String,
    name: Option<String>,
}

impl<'a> Selection<'a> {
    pub(super) fn new(
        words: &[String],
        namespace: Option<&'a str>,
        cluster: &Cluster,
    ) -> Result<Self, Failure> {
        let mut wanted = Vec::new();
        for word in words {
            let (types, name) = match word.split_once('/') {
                Some((types, name)) => (types, Some(name).filter(|name| !name.is_empty())),
                None => (word.as_str(), None),
            };
            for one in types.split(',') {
                let Some(resource) = cluster.discovery().find(one) else {
                    return Err(unknown(one, word, cluster.discovery()));
                };
                let kind = kubelogic::cluster::GroupKind::new(resource.group, resource.kind).stored();
                wanted.push(Wanted {
                    word: word.clone(),
                    group: kind.group,
                    kind: kind.kind,
                    name: name.map(str::to_owned),
                });
            }
        }
        Ok(Self { wanted, namespace })
    }

    pub(super) fn takes(&self, reference: &ObjectRef) -> bool {
        let in_namespace = self.namespace.is_none_or(|namespace| namespace == reference.namespace);
        in_namespace && (self.wanted.is_empty() || self.wanted.iter().any(|wanted| wanted.is(reference)))
    }

    /// Says what was asked for and is not there: an object by its name is an error, as with kubectl.
    pub(super) fn report_missing(
        &self,
        listed: &[Listed<'_>],
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let missing: Vec<&Wanted> = self
            .wanted
            .iter()
            .filter(|wanted| wanted.name.is_some() && !listed.iter().any(|one| wanted.is(&one.reference)))
            .collect();
        if let Some(first) = missing.first() {
            for wanted in missing.iter().skip(1) {
                console.error(format_args!("`{}` is not among the given objects", wanted.word));
            }
            return Err(Failure::usage(format!("`{}` is not among the given objects", first.word)));
        }
        if listed.is_empty() {
            // upstream: kubectl pkg/cmd/get/get.go
            console.error(match self.namespace {
                Some(namespace) => format!("No resources found in {namespace} namespace."),
                None => "No resources found".to_owned(),
            });
        }
        Ok(())
    }
}

impl Wanted {
    fn is(&self, reference: &ObjectRef) -> bool {
        self.group == reference.group
            && self.kind == reference.kind
            && self.name.as_ref().is_none_or(|name| *name == reference.name)
    }
}

fn unknown(one: &str, word: &str, discovery: &Discovery) -> Failure {
    let names = discovery.resources().flat_map(|resource| [resource.plural, resource.singular]);
    let help = match nearest(one, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "a path may be given by -f".to_owned(),
    };
    Failure::with_help(format!("`{word}` is neither a resource type nor a file or folder"), help)
}
