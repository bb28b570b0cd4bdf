//! Names of all sorts, most of them nearly right.

use crate::random::Random;

const RULES: [&str; 22] = [
    "annotation-key",
    "c-identifier",
    "config-map-key",
    "dns-1035-label",
    "dns-label",
    "dns-subdomain",
    "domain-prefixed-path",
    "env-var-name",
    "finalizer",
    "fully-qualified-domain-name",
    "fully-qualified-name",
    "group-id",
    "http-header-name",
    "ip",
    "label-key",
    "label-value",
    "path-segment",
    "percent",
    "port-name",
    "port-number",
    "user-id",
    "wildcard-dns-subdomain",
];

/// Rules that the real function has had since 1.35.
const RULES_SINCE_135: [&str; 1] = ["domain-prefixed-key"];

const RULES_SINCE_133: [&str; 8] = [
    "cidr",
    "cidr-legacy",
    "cidr-legacy-strict",
    "dns-subdomain-with-underscore",
    "interface-address",
    "ip-legacy",
    "ip-legacy-strict",
    "relaxed-env-var-name",
];

/// Questions about names of a kind: the group and the kind, and the signer of a bundle.
pub(super) fn kind(random: &mut Random) -> (&'static str, &'static str, Option<&'static str>) {
    match random.below(9) {
        0 => ("", "Namespace", None),
        1 => ("", "Pod", None),
        2 => ("rbac.authorization.k8s.io", "Role", None),
        3 | 4 => ("internal.apiserver.k8s.io", "StorageVersion", None),
        5 | 6 => ("networking.k8s.io", "IPAddress", None),
        _ => {
            let signer = random.pick(&["", "a.b/c", "x", "example.com/shop", "a/b/c", ":"]);
            ("certificates.k8s.io", "ClusterTrustBundle", Some(signer))
        }
    }
}

/// A name that one of these kinds may have.
pub(super) fn kind_name(random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("{}.{}", dotted(random), word(random)),
        1 | 2 => {
            let signer = random.pick(&["a.b:c:", "x:", "example.com:shop:", "a:b:c:", ":", "::"]);
            format!("{signer}{}", dotted(random))
        }
        3 => format!("{}%{}", ip_v6(random), random.pick(&["", "eth0", "0", "a%b", "\u{e9}", ":"])),
        4 => ip_v6(random),
        5 => ip_v4(random),
        _ => name(random),
    }
}

pub(super) fn block(random: &mut Random) -> String {
    if random.once_in(2) {
        let address = ip_v4(random);
        return format!("{address}/{}", length(random, 34));
    }
    format!("{}/{}", ip_v6(random), length(random, 130))
}

pub(super) fn address(random: &mut Random) -> String {
    if random.once_in(2) { ip_v4(random) } else { ip_v6(random) }
}

pub(super) fn signal(random: &mut Random) -> String {
    let base = random.pick(&[
        "SIGABRT",
        "SIGALRM",
        "SIGBUS",
        "SIGCLD",
        "SIGIOT",
        "SIGKILL",
        "SIGTERM",
        "SIGPOLL",
        "SIGUSR1",
        "SIGXFSZ",
        "SIGRTMIN",
        "SIGRTMAX",
        "SIGEMT",
        "SIGINFO",
        "SIGLOST",
        "TERM",
        "sigterm",
        "SIGUNUSED",
        "",
    ]);
    if random.once_in(2) {
        let base = random.pick(&["SIGRTMIN", "SIGRTMAX", "SIGRT", "SIGTERM"]);
        return format!("{base}{}{}", random.pick(&["+", "-", "", "+0"]), random.below(18));
    }
    base.to_owned()
}

/// A rule, and whether it is asked about beginnings.
pub(super) fn rule(random: &mut Random, minor: u16) -> (&'static str, bool) {
    if random.once_in(8) {
        return (random.pick(&["dns-label", "dns-subdomain", "dns-1035-label", "path-segment"]), true);
    }
    if minor >= 35 && random.once_in(20) {
        return (random.pick(&RULES_SINCE_135), false);
    }
    if minor >= 33 && random.once_in(3) {
        return (random.pick(&RULES_SINCE_133), false);
    }
    (random.pick(&RULES), false)
}

pub(super) fn name(random: &mut Random) -> String {
    match random.below(12) {
        0 => ip_v4(random),
        1 => ip_v6(random),
        2 => format!("{}/{}", ip_v4(random), length(random, 34)),
        3 => format!("{}/{}", ip_v6(random), length(random, 130)),
        4 => {
            let number = super::generate::digits(random, 11);
            format!("{}{number}{}", random.pick(&["", "", "-", "+"]), random.pick(&["", "", "%"]))
        }
        5 => format!("{}/{}", dotted(random), word(random)),
        6 => format!("*.{}", dotted(random)),
        7 => random
            .pick(&["", ".", "..", "..a", "a..b", "-", "a-", "-a", "A", "_", "a/b/c", "/", "a/", "/a"])
            .to_owned(),
        8 => {
            let length = random.choose(&[15, 16, 51, 52, 53, 63, 64, 253, 254]);
            random.pick(&["a", "b", "A", "a-b", "a.b", "1"]).chars().cycle().take(length).collect()
        }
        9 | 10 => dotted(random),
        _ => word(random),
    }
}

fn word(random: &mut Random) -> String {
    let letters: Vec<char> = random
        .pick(&["abcdefxyz0129-", "abc019-", "abcXYZ019-_.", "ABC_", "abcABC012-_./%=*~ "])
        .chars()
        .collect();
    let longest = if random.once_in(20) { 80 } else { 14 };
    (0..=random.below(longest)).filter_map(|_| letters.get(random.below(letters.len())).copied()).collect()
}

fn dotted(random: &mut Random) -> String {
    let labels: Vec<String> = (0..=random.below(4)).map(|_| word(random)).collect();
    labels.join(".") + random.pick(&["", "", "", "."])
}

fn length(random: &mut Random, below: usize) -> String {
    let number = random.below(below);
    if random.once_in(10) { format!("0{number}") } else { number.to_string() }
}

fn ip_v4(random: &mut Random) -> String {
    let parts = if random.once_in(20) { 3 + random.below(3) } else { 4 };
    let octets = (0..parts).map(|_| {
        let below = if random.once_in(20) { 400 } else { 256 };
        let octet = random.below(below);
        if random.once_in(20) { format!("0{octet}") } else { octet.to_string() }
    });
    octets.collect::<Vec<_>>().join(".")
}

fn ip_v6(random: &mut Random) -> String {
    let count = if random.once_in(3) { 8 } else { random.below(8) };
    let mut words: Vec<String> = (0..count)
        .map(|_| match random.below(6) {
            0 | 1 => "0".to_owned(),
            2 => format!("{:X}", random.below(65_536)),
            3 if random.once_in(4) => format!("{:05x}", random.below(70_000)),
            _ => format!("{:x}", random.below(65_536)),
        })
        .collect();
    if random.once_in(4) {
        words.push(ip_v4(random));
    }
    if random.once_in(12) {
        return format!("::{}{}", random.pick(&["ffff:", "FFFF:", "0:ffff:", "fffe:"]), ip_v4(random));
    }
    let place = random.below(words.len() + 1);
    if random.once_in(4) {
        return words.join(":");
    }
    let before = words.iter().take(place).cloned().collect::<Vec<_>>().join(":");
    let behind = words.iter().skip(place).cloned().collect::<Vec<_>>().join(":");
    format!("{before}::{behind}")
}
