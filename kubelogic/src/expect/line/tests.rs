//! Lines that can be taken apart, and what is wrong with the others.

use super::*;

fn words<'a>(words: &[Word<'a>]) -> Vec<&'a str> {
    words.iter().map(|word| word.text).collect()
}

/// Where a line goes wrong, why, and what to do about it.
fn fault(text: &str) -> (usize, String, Option<String>) {
    let fault = parse(text).unwrap_err();
    (fault.at, fault.message, fault.help)
}

#[test]
fn every_part_of_a_line_is_found() {
    let line = parse(
        "serviceaccount:shop/ci can get,list, watch pods,deployments.apps/web --subresource log in shop",
    );
    let line = line.unwrap();
    assert_eq!(
        (line.subject.kind, line.subject.name.text, line.can),
        (SubjectKind::ServiceAccount, "shop/ci", true)
    );
    assert_eq!(words(&line.verbs), ["get", "list", "watch"]);
    let Target::Resources { types, subresources, place } = line.target else { panic!("no resources") };
    assert_eq!((types[0].resource.text, types[0].name), ("pods", None));
    assert_eq!(
        (types[1].resource.text, types[1].name.map(|name| name.text)),
        ("deployments.apps", Some("web"))
    );
    assert_eq!(words(&subresources), ["log"]);
    assert!(matches!(place, Place::Namespace(Word { text: "shop", .. })));
}

#[test]
fn names_may_hold_colons_and_slashes() {
    let line = parse("user:system:kube-scheduler cannot get clusterroles/system:node in cluster").unwrap();
    assert_eq!((line.subject.name.text, line.can), ("system:kube-scheduler", false));
    let Target::Resources { types, place, .. } = line.target else { panic!("no resources") };
    assert_eq!(types[0].name.map(|name| name.text), Some("system:node"));
    assert!(matches!(place, Place::Cluster(_)));
}

#[test]
fn paths_need_no_place() {
    let line = parse("group:sre can get,post /healthz,/metrics/*").unwrap();
    let Target::Paths(paths) = line.target else { panic!("no paths") };
    assert_eq!(words(&paths), ["/healthz", "/metrics/*"]);
}

#[test]
fn a_namespace_called_cluster_is_written_with_its_kind() {
    let line = parse("user:ann can get pods in namespace:cluster").unwrap();
    let Target::Resources { place, .. } = line.target else { panic!("no resources") };
    assert_eq!(place, Place::Namespace(Word { text: "cluster", at: 35 }));
}

#[test]
fn the_order_of_place_and_subresource_is_free() {
    let both = [
        "user:a can get pods --subresource=log,exec in b",
        "user:a can get pods in b --subresource log, exec",
    ];
    for text in both {
        let Target::Resources { subresources, .. } = parse(text).unwrap().target else {
            panic!("no resources")
        };
        assert_eq!(words(&subresources), ["log", "exec"], "{text}");
    }
}

#[test]
fn whatever_is_wrong_is_said_at_its_place() {
    let cases = [
        ("", 0, "the line is empty"),
        ("ann can get pods in shop", 0, "`ann` is no subject"),
        ("usr:ann can get pods in shop", 0, "`usr` is no kind of subject"),
        ("user: can get pods in shop", 5, "`user:` names nobody"),
        ("serviceaccount:ci can get pods in shop", 15, "`ci` is no service account"),
        ("serviceaccount:a/b/c can get pods in shop", 15, "`a/b/c` is no service account"),
        ("user:ann", 8, "the line ends where `can` or `cannot` is wanted"),
        ("user:ann may get pods in shop", 9, "`may` stands where `can` or `cannot` is wanted"),
        ("user:ann can not get pods in shop", 9, "`can not` is written in one word"),
        ("user:ann can", 12, "the line ends where a verb is wanted"),
        ("user:ann can get", 16, "the line ends where a resource or a path is wanted"),
        ("user:ann can get,,list pods in shop", 17, "a verb is wanted here"),
        ("user:ann can get pods,", 22, "the line ends where a resource or a path is wanted"),
        ("user:ann can get pods/ in shop", 22, "`pods/` ends where a name is wanted"),
        ("user:ann can get pods", 21, "the line does not say where"),
        ("user:ann can get pods in", 24, "the line ends where a namespace or `cluster` is wanted"),
        ("user:ann can get pods in namespace:", 22, "`in` names no namespace"),
        ("user:ann can get pods in a in b", 27, "the place is given twice"),
        ("user:ann can get pods --subresource", 35, "the line ends where a subresource is wanted"),
        ("user:ann can get pods --subresource a --subresource b in c", 38, "`--subresource` is given twice"),
        (
            "user:ann can get pods in shop please",
            30,
            "`please` stands where the line should go on with its place, or end",
        ),
        (
            "user:ann can get pods and services in shop",
            22,
            "`and` stands where the line should go on with its place, or end",
        ),
        ("user:ann can get /healthz in cluster", 26, "a path has no place and no subresource"),
        (
            "user:ann can get pods,/healthz in shop",
            22,
            "a line is about resources or about paths, not about both",
        ),
    ];
    for (text, at, message) in cases {
        let (place, said, _) = fault(text);
        assert_eq!((place, said.as_str()), (at, message), "{text}");
    }
}

#[test]
fn what_was_meant_is_suggested() {
    let cases = [
        ("usr:ann can get pods in shop", "did you mean `user`?"),
        ("serviceAccount:shop/ci can get pods in shop", "did you mean `serviceaccount`?"),
        ("sa:shop/ci can get pods in shop", "did you mean `serviceaccount`?"),
        ("system:serviceaccount:shop:ci can get pods in shop", "write `serviceaccount:shop/ci`"),
        ("system:masters can get pods in shop", "write `user:system:masters` or `group:system:masters`"),
        ("user:ann can't get pods in shop", "did you mean `cannot`?"),
        ("user:ann canot get pods in shop", "did you mean `cannot`?"),
        ("user:ann can not get pods in shop", "write `cannot`"),
        ("user:ann can get pods -n shop", "write `in NAMESPACE`"),
        ("user:ann can get pods everywhere", "write `in cluster`"),
        ("user:ann can get pods --subresorce log in shop", "did you mean `--subresource`?"),
    ];
    for (text, help) in cases {
        assert_eq!(fault(text).2.as_deref(), Some(help), "{text}");
    }
}

/// Words that lines are made of, and some that they are not.
const WORDS: &[&str] = &[
    "user:ann",
    "group:",
    "serviceaccount:a/b",
    "subject:x",
    "can",
    "cannot",
    "get",
    "get,",
    ",",
    ",list",
    "*",
    "pods",
    "pods/log",
    "/healthz",
    "/",
    "--subresource",
    "--subresource=",
    "--subresource=log",
    "in",
    "cluster",
    "anywhere",
    "namespace:",
    "shop",
    "ä:ö",
    "\u{a0}",
    "not",
    "-n",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 4_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_fault_is_at_a_character_of_the_line(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..9), gap in "[ \t]{1,2}", any in "\\PC{0,20}",
    ) {
        for text in [words.join(&gap), format!("{gap}{}", words.join(" ")), any] {
            if let Err(fault) = parse(&text) {
                proptest::prop_assert!(text.is_char_boundary(fault.at), "{text:?} {fault:?}");
            }
        }
    }

    #[test]
    fn every_word_of_a_line_stands_where_it_says(words in proptest::collection::vec(proptest::sample::select(WORDS), 3..9)) {
        let text = words.join("  ");
        if let Ok(line) = parse(&text) {
            for word in line.verbs.iter().chain([&line.subject.word, &line.subject.name]) {
                proptest::prop_assert_eq!(text.get(word.at..word.at + word.text.len()), Some(word.text));
            }
        }
    }
}
