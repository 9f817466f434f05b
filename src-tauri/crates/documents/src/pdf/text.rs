// SPDX-License-Identifier: EUPL-1.2
//! What people typed, made fit for paper. It reaches the typesetter as data, never as markup; what is left to do is
//! what the standards ask: no glyph missing, nothing invisible, nothing that turns the writing direction over.

use serde_json::Value;

use super::world::printable;

/// Stands for a character that no font has.
const MISSING: char = '\u{25a1}';
/// A run of so many characters without a blank may be broken anywhere, so that it never leaves its column.
const LONGEST_WORD: usize = 26;
const BREAK_HERE: char = '\u{200b}';

/// Whether a character is invisible or steers the writing direction: it has no place in a name, and can make one
/// look like another.
fn invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{e000}'..='\u{f8ff}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        | '\u{f0000}'..='\u{10ffff}')
        || character.is_control()
}

/// A line of text: blanks run together, invisible characters left out, unprintable ones replaced.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.chars() {
        // A no-break space stays: our own amounts have one.
        if character.is_whitespace() && character != '\u{a0}' {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
            }
            run = 0;
            continue;
        }
        if invisible(character) {
            continue;
        }
        if run == LONGEST_WORD {
            clean.push(BREAK_HERE);
            run = 0;
        }
        run += 1;
        clean.push(if printable(character) { character } else { MISSING });
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Cleans every text of a document's data.
pub(super) fn clean_all(value: &mut Value) {
    match value {
        Value::String(text) => *text = clean(text),
        Value::Array(items) => items.iter_mut().for_each(clean_all),
        Value::Object(fields) => fields.values_mut().for_each(clean_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_as_they_are() {
        for name in [
            "D'Orazio-Niccolò",
            "Čačić",
            "Łukasz Święcki",
            "Ștefănescu",
            "Đặng Thị Hồng",
            "Ørsted",
            "محمد علي",
            "Γιώργος",
            "Олена",
        ] {
            assert_eq!(clean(name), name);
        }
    }

    #[test]
    fn what_cannot_be_printed_is_shown_as_such() {
        assert_eq!(clean("李 🎉 ⸠"), "□ □ □");
        assert_eq!(clean("  a\u{202e}b\u{200b}\tc\u{0}\n\nd "), "ab c d");
        assert_eq!(clean("\u{e000}\u{feff}x"), "x");
        assert_eq!(clean("1.250,00\u{a0}€"), "1.250,00\u{a0}€");
    }

    #[test]
    fn a_word_without_end_may_be_broken() {
        let long = clean(&"A".repeat(100));
        assert_eq!(long.split(BREAK_HERE).map(str::len).max(), Some(LONGEST_WORD));
        assert_eq!(long.replace(BREAK_HERE, ""), "A".repeat(100));
    }
}
