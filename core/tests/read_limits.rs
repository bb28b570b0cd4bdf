//! Bad input: one clear error with file, line and column, and what is readable is still read.

#![expect(clippy::expect_used, reason = "what is missing must fail")]

use std::fmt::Write as _;

use kubelogic_core::read::{Code, FINDINGS, Options, Reading, bytes, text};

fn read(input: &str) -> Reading {
    text(input, &options())
}

/// The default limits, but for documents: a test need not make large ones.
fn options() -> Options {
    let mut options = Options::named("in.yaml");
    options.limits.document_bytes = 1 << 18;
    options
}

/// Code, line and column of the only error.
fn only_error(reading: &Reading) -> (&'static str, u32, u32) {
    assert_eq!(reading.errors.len(), 1, "{:?}", reading.errors);
    let error = reading.errors.first().expect("one error");
    let position = error.location.position.expect("a position");
    (error.code.name(), position.line, position.column)
}

#[test]
fn empty_input_is_nothing() {
    for input in ["", "\n", "# nothing\n", "---\n---\n", "null\n"] {
        let reading = read(input);
        assert!(reading.objects.is_empty() && reading.errors.is_empty(), "{input:?}");
    }
}

#[test]
fn binary_input_fails_at_once() {
    let reading = bytes(b"\x1F\x8B\x08\0\0\0", &Options::named("in.gz"));
    assert_eq!(only_error(&reading), ("read/binary-input", 1, 1));
}

#[test]
fn one_large_document_is_an_error_and_a_large_list_is_none() {
    let mut large = String::from("kind: ConfigMap\ndata:\n");
    while large.len() < 1 << 20 {
        large.push_str("  key: a value of the large document, which is no list at all\n");
    }
    assert_eq!(only_error(&read(&large)), ("read/document-too-large", 1, 1));
    // The last value of all may be the one that is too large.
    let value = "y".repeat(1 << 20);
    for large in [format!("kind: A\nx: {value}\n"), format!("{{\"kind\": \"A\", \"x\": \"{value}\"}}")] {
        assert_eq!(only_error(&read(&large)), ("read/document-too-large", 1, 1));
    }

    let item = "- apiVersion: v1\n  kind: ConfigMap\n  data:\n    key: value\n";
    let count = (1 << 20) / item.len();
    for (head, tail) in [("apiVersion: v1\nkind: List\nitems:\n", ""), ("items:\n", "kind: List\n")] {
        let list = format!("{head}{}{tail}", item.repeat(count));
        let reading = read(&list);
        assert_eq!(reading.errors, []);
        assert_eq!(reading.objects.len(), count);
        let end = reading.objects.last().expect("an item");
        assert_eq!(end.text(), item.trim_start_matches("- ").trim_end());
        let line = head.lines().count() + (count - 1) * 4 + 4;
        let data = end.root().get("data").and_then(|data| data.get("key")).expect("the key");
        assert_eq!(data.position().map(|position| position.line as usize), Some(line));
    }

    let item = "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"data\": {\"key\": \"value\"}}";
    let items = vec![item; count].join(",\n");
    let reading = read(&format!("{{\"kind\": \"List\", \"items\": [{items}]}}"));
    assert_eq!((reading.errors.len(), reading.objects.len()), (0, count));

    let wide = format!("kind: List\nitems:\n- kind: A\n- kind: B\n  x: {}\n", "y".repeat(1 << 19));
    assert_eq!(only_error(&read(&wide)), ("read/document-too-large", 4, 3));
}

#[test]
fn deep_nesting_is_an_error() {
    let deep = 100_000;
    assert_eq!(only_error(&read(&"[".repeat(deep))), ("read/too-deep", 1, 1001));
    assert_eq!(only_error(&read(&"{\"a\":".repeat(deep))), ("read/too-deep", 1, 5001));
    assert_eq!(only_error(&read(&"- ".repeat(deep))), ("read/too-deep", 1, 2001));
    assert_eq!(only_error(&read(&format!("a: {}", "{a: ".repeat(deep)))), ("read/too-deep", 1, 4000));
    let mut lines = String::new();
    for depth in 0..1200 {
        lines.extend(std::iter::repeat_n(' ', depth));
        lines.push_str("a:\n");
    }
    assert_eq!(only_error(&text(&lines, &Options::named("in.yaml"))), ("read/too-deep", 1001, 1001));
}

#[test]
fn alias_bombs_are_an_error() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, before) in ('b'..='i').zip('a'..) {
        let aliases = vec![format!("*{before}"); 9].join(", ");
        writeln!(bomb, "{name}: &{name} [{aliases}]").expect("a string takes all");
    }
    let reading = read(&format!("kind: A\n---\n{bomb}---\nkind: B\n"));
    assert_eq!(only_error(&reading).0, "read/alias-expansion");
    assert_eq!(reading.objects.len(), 2);

    // Few aliases of a long text: upstream counts only how many they are.
    for (anchor, alias) in [("&a ", "*a"), ("&a [x, ", "*a")] {
        let end = if anchor.contains('[') { "]" } else { "" };
        let text = format!("a: {anchor}{}{end}\nb: [{}]\n", "x".repeat(60_000), [alias; 5].join(", "));
        assert_eq!(only_error(&read(&text)), ("read/alias-expansion", 2, 21));
    }
}

#[test]
fn many_replaced_values_take_no_more_than_their_share_of_time() {
    // Each of these would be an error but for the key behind it.
    let dead = format!("kind: A\nx:\n{}", "- {a: .inf, b: {~: 1}, a: 1, b: 2}\n".repeat(20_000));
    let reading = text(&dead, &Options::named("in.yaml"));
    assert_eq!((reading.errors.len(), reading.objects.len()), (0, 1));
    let live = format!("{dead}- {{1: {{~: 1}}, '1': 2}}\n");
    assert_eq!(only_error(&text(&live, &Options::named("in.yaml"))), ("read/key", 20_003, 8));
}

#[test]
fn broken_characters_are_replaced_and_reported() {
    let reading = bytes(b"kind: A\nx: \"\xC3\x28\"\n", &Options::named("in.yaml"));
    let object = reading.objects.first().expect("the object");
    assert_eq!(object.root().get("x").and_then(|x| x.as_str()), Some("\u{FFFD}("));
    let finding = reading.findings.first().expect("a finding");
    assert_eq!(finding.code, "read/invalid-utf-8");
    let place = finding.location.as_ref().and_then(|location| location.position);
    assert_eq!(place.map(|position| (position.line, position.column)), Some((2, 5)));
}

#[test]
fn a_template_is_recognised() {
    for (input, line, column) in [
        ("kind: A\nname: {{ .Values.name }}\n", 2, 7),
        ("{{- if .Values.on }}\nkind: A\n{{- end }}\n", 1, 1),
        ("kind: A\nspec:\n  {{- toYaml .Values.spec | nindent 2 }}\n", 3, 3),
    ] {
        let reading = read(input);
        let error = reading.errors.first().expect("an error");
        assert_eq!(error.code, Code::Template, "{input:?}: {error}");
        assert!(error.help.as_ref().is_some_and(|help| help.contains("render")));
        let position = error.location.position.expect("a position");
        assert_eq!((position.line, position.column), (line, column), "{input:?}: {error}");
    }
}

#[test]
fn a_broken_document_does_not_hide_its_neighbours() {
    let reading = read("kind: A\n---\nkind: [\n---\nkind: C\n--- bad\nkind: D\n---\nkind: E\n");
    let kinds: Vec<_> = reading.objects.iter().map(kubelogic_core::object::Object::kind).collect();
    assert_eq!(kinds, ["A", "C", "D", "E"]);
    let codes: Vec<_> =
        reading.errors.iter().map(|error| (error.code.name(), error.location.document)).collect();
    assert_eq!(codes, [("read/syntax", 2), ("read/separator", 4)]);
}

#[test]
fn every_finding_is_in_the_catalogue() {
    let input = b"kind: A\nkind: B\ntrue: 1\n'true': 2\nx: \xFF\n---\n{\"kind\": \"C\"}\nrest: 1\n";
    let reading = bytes(input, &options());
    let mut found: Vec<_> = reading.findings.iter().map(|finding| finding.code).collect();
    let mut listed: Vec<_> = FINDINGS.iter().map(|finding| finding.code).collect();
    found.sort_unstable();
    listed.sort_unstable();
    assert_eq!(found, listed);
}

#[test]
fn what_upstream_loses_is_reported() {
    let codes = |input: &str| -> Vec<String> {
        let reading = read(input);
        reading.findings.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        codes("kind: A\nkind: B\n"),
        [
            "in.yaml:2:1: warning[read/duplicate-key]: key `kind` stands twice in one mapping; the last one counts"
        ]
    );
    assert_eq!(codes("kind: A\ntrue: 1\n'true': 2\n").len(), 1);
    assert_eq!(
        codes("# c\n{\"kind\": \"A\"}\n{\"kind\": \"B\"}\n"),
        [
            "in.yaml:3:1: warning[read/dropped-content]: the document ends here, and kubectl passes over the rest of \
         it without a word"
        ]
    );
    assert_eq!(codes("x: &x {a: 1}\ny: {<<: *x, a: 2}\nkind: A\n"), Vec::<String>::new());
}

#[test]
fn a_duplicate_key_names_both_places_and_its_path() {
    let reading = read("kind: List\nitems:\n- kind: A\n  m:\n    l: [{x.y: 1, x.y: 2}]\n");
    let finding = reading.findings.first().expect("a finding");
    let location = finding.location.as_ref().expect("a location");
    assert_eq!(location.path.to_string(), "m.l[0][x.y]");
    assert_eq!((location.item, location.to_string().as_str()), (Some(0), "in.yaml:5:18"));
    assert_eq!(
        finding.related.first().map(|place| place.location.to_string()),
        Some("in.yaml:5:10".to_owned())
    );
}

#[test]
fn messages_show_no_values() {
    for input in
        ["kind: Secret\ndata:\n  password: hunter2: x\n", "a: \"hunter2\n", "a: !!int hunter2\n", "hunter2\n"]
    {
        let reading = read(input);
        assert!(!reading.errors.is_empty());
        for error in &reading.errors {
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
