//! Codes of clusters.

use kubelogic_core::finding::Severity::{Error, Note};

use super::{Code, Nature, code, error, finding};

pub(super) const CODES: &[Code] = &[
    finding(
        "cluster/duplicate-object",
        Error,
        "two different objects have one name",
        "The input holds two objects of one kind, namespace and name, and they differ. In a cluster the one that is applied last replaces the other.",
        "Keep one of them, or let the last one count with `--on-duplicate=last`.",
    )
    .shown(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: red\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: blue\n",
    ),
    finding(
        "cluster/repeated-object",
        Note,
        "an object is given twice",
        "The input holds an object twice with the same contents. It counts once.",
        "Keep one of them.",
    )
    .shown(
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n",
    ),
    finding(
        "cluster/kustomization",
        Note,
        "a kustomization is not evaluated",
        "The input holds a kustomization file. The objects that it would generate or change are not in the answers.",
        "Check the output of `kubectl kustomize DIR` instead.",
    )
    .shown("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- a.yaml\n"),
    finding(
        "cluster/unknown-declaration",
        Error,
        "a file of kubelogic that nobody reads",
        "An object has the API group of kubelogic's own files and a kind or a version that does not exist. What it declares would count for nothing.",
        "Correct `apiVersion` or `kind`; the message names what there is.",
    )
    .shown("apiVersion: kubelogic/v1alpha1\nkind: Coverge\ndefault: absent\n"),
    error(
        "cluster/not-loaded",
        "the objects do not make a cluster",
        "Several things are wrong with the input, and each is listed with its own code.",
        "Mend them, or ask for an answer without them (`--invalid=drop`).",
    ),
    error(
        "cluster/bad-setting",
        "a setting of a cluster that does not exist",
        "A cluster was made with a setting, or a value of one, that does not exist.",
        "The message names what can be given.",
    ),
    code(
        "cluster/whole",
        Nature::Assumption,
        Note,
        "the given objects are the whole cluster",
        "What is not given does not exist. The answer counts what was given.",
        "If you have only part of a cluster, say so with a file of kind `Coverage`; then questions that depend on the rest are undecided.",
    ),
    code(
        "cluster/coverage",
        Nature::Assumption,
        Note,
        "the given objects are what was declared",
        "A file of kind `Coverage` says how much of the cluster is given, and the answer believes it.",
        "Nothing, as long as the file is right.",
    ),
];
