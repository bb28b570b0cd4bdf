//! Edits change what they name and nothing else, whatever the text is made of.
#![cfg(test)]

use kubelogic::finding::Edit;
use kubelogic::fix::apply;
use kubelogic::object::Position;
use proptest::prelude::*;

/// Texts with every end of line, characters of every width, and pieces between which edits lie.
fn pieces() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    let text = "([a-z: #\"]|\r\n|\n|\r|\t|é|😀|\u{2028}|\u{FEFF}){0,8}";
    prop::collection::vec((text, prop::option::of("[a-z\né]{0,3}")), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_no_edit_names_stays(pieces in pieces(), mark in any::<bool>()) {
        let text: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
        let (mut at, mut edits) = (0, Vec::new());
        let mut wanted = String::new();
        let mut before_is_edit = false;
        for (piece, instead) in &pieces {
            let end = at + piece.len();
            // A line that ends in the middle of `\r\n` has no position there.
            let splits = |at: usize| {
                let (before, behind) = text.split_at(at);
                before.ends_with('\r') && behind.starts_with('\n')
            };
            match instead {
                Some(instead) if !before_is_edit && !piece.is_empty() && !splits(at) && !splits(end) => {
                    let start = Position::START.advanced(&text, at);
                    let end = Position::START.advanced(&text, end);
                    edits.push(Edit { start, end, text: instead.clone() });
                    wanted.push_str(instead);
                    before_is_edit = true;
                }
                _ => {
                    wanted.push_str(piece);
                    before_is_edit = before_is_edit && piece.is_empty();
                }
            }
            at = end;
        }
        let bytes = |text: &str| [if mark { "\u{FEFF}" } else { "" }, text].concat().into_bytes();
        // A text that begins with a mark of its own would be read without it.
        prop_assume!(!text.starts_with('\u{FEFF}'));
        edits.reverse();
        prop_assert_eq!(apply(&bytes(&text), &edits).unwrap(), bytes(&wanted));
    }
}
