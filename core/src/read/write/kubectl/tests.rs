//! What kubectl writes, to the byte.

use super::to_kubectl_yaml;
use crate::read::{Options, yaml_value};

/// Each right side was printed by sigs.k8s.io/yaml.
#[test]
fn the_bytes_are_those_of_kubectl() {
    for (json, expected) in CASES {
        let value = yaml_value(json, &Options::named("-")).unwrap();
        assert_eq!(to_kubectl_yaml(value.root()), *expected, "{json}");
    }
}

const CASES: &[(&str, &str)] = &[
    (
        "{\"a10\":{\"c\":\"1\\n2\"},\"a9\":[],\"b\":[\"on\",\"x\",1,[[]],{}],\"d\":\" lead\"}",
        "a9: []\na10:\n  c: |-\n    1\n    2\nb:\n- \"on\"\n- x\n- 1\n- - []\n- {}\nd: ' lead'\n",
    ),
    (
        "[\"y\",\"0123\",\"1:30\",\"2001-01-01\",\"tRue\",\"NaN\",\"=\",\"\\u003c\\u003c\",\"1.5e400\",\"it's\",\"a:b\",\"a: b\",\"@x\",\"- a\",\"~\",\"1e3\",\".5\",\"0b1\",\"null\",\"\"]",
        "- \"y\"\n- \"0123\"\n- \"1:30\"\n- \"2001-01-01\"\n- tRue\n- NaN\n- =\n- <<\n- 1.5e400\n- it's\n- a:b\n- 'a: b'\n- '@x'\n- '- a'\n- \"~\"\n- \"1e3\"\n- \".5\"\n- \"0b1\"\n- \"null\"\n- \"\"\n",
    ),
    (
        "\"word word word word word word word word word word word word word word word word word word word word end\"",
        "word word word word word word word word word word word word word word word word word\n  word word word end\n",
    ),
    (
        "\" word word word word word word word word word word word word word word word word word word word word end\"",
        "' word word word word word word word word word word word word word word word word\n  word word word word end'\n",
    ),
    (
        "\"word\\tword  word  word  word  word  word  word  word  word  word  word  word  word  word  word  word  word  word  word  word  end\"",
        "\"word\\tword  word  word  word  word  word  word  word  word  word  word  word  word\n  \\ word  word  word  word  word  word  word  end\"\n",
    ),
    (
        "[\"\u{1F600}\",\"\u{FEFF}x\",\"a\\u2028b\",\"\u{A0}\",\"\\u0007\\u001b\\r\",\"a\\n\",\"\\n\",\"a\\n\\n\",\" a\\nb\",\"a \\nb\",\"\\u2028 x\"]",
        "- \"\\U0001F600\"\n- \"\\uFEFF\\x78\"\n- 'a\u{2028}  b'\n- \u{A0}\n- \"\\a\\e\\r\"\n- |\n  a\n- |2+\n\n- |+\n  a\n\n- |2-\n   a\n  b\n- \"a \\nb\"\n- \"\\L x\"\n",
    ),
    (
        "{\"0x\":{\"-\":-0,\"e\":1e+21,\"f\":1000000.5},\"a\\nb\":[1],\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\":1}",
        "0x:\n  '-': 0\n  e: 1e+21\n  f: 1.0000005e+06\n? |-\n  a\n  b\n: - 1\n? kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n: 1\n",
    ),
    (
        "{\"-\":6,\"Z\":5,\"a-1\":7,\"a01\":1,\"a1\":2,\"a10\":3,\"a2\":4}",
        "'-': 6\nZ: 5\na-1: 7\na1: 2\na01: 1\na2: 4\na10: 3\n",
    ),
];
