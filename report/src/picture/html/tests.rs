//! The page lets just its own scripts run.

use super::*;
use base64::Engine as _;
use sha2::Digest as _;

const PARTS: [(&str, Part); 8] = [
    ("page.css", STYLE),
    ("base.js", BASE),
    ("layout.js", LAYOUT),
    ("graph.js", GRAPH),
    ("tree.js", TREE),
    ("table.js", TABLE),
    ("grid.js", GRID),
    ("timeline.js", TIMELINE),
];

#[test]
fn the_policy_knows_every_part() {
    let wrong: Vec<String> = PARTS
        .iter()
        .filter_map(|(name, part)| {
            let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(part.text));
            (hash != part.hash).then(|| format!("{name} {hash}"))
        })
        .collect();
    assert!(wrong.is_empty(), "write these hashes beside the parts:\n{}", wrong.join("\n"));
}

#[test]
fn no_part_ends_its_element_or_reaches_out() {
    for (name, part) in PARTS {
        let text = part.text.to_lowercase();
        for ending in ["</script", "</style", "<!--"] {
            assert!(!text.contains(ending), "{name}: {ending}");
        }
        // Nothing that could load something, nor parse a text as markup or as a program.
        for way in [
            "fetch(",
            "xmlhttprequest",
            "websocket",
            "eventsource",
            "sendbeacon",
            "import(",
            "url(",
            "@import",
            "innerhtml",
            "outerhtml",
            "insertadjacenthtml",
            "document.write",
            "eval(",
            "new function",
            "domparser",
            "createcontextualfragment",
            "setattribute(\"on",
            "settimeout(\"",
        ] {
            assert!(!text.contains(way), "{name}: {way}");
        }
    }
}

#[test]
fn data_stays_data() {
    assert_eq!(inert("\"</script><!--&\u{2028}\""), "\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\"");
}
