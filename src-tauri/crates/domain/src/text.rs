// SPDX-License-Identifier: EUPL-1.2
//! Folding of names, so that a person is found however the name was written.
//!
//! What was written is kept elsewhere, as it was. The keys made here are for searching and comparing
//! only: they are lossy, and two different people may share one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Particles of surnames that people write together or apart ("De Luca", "Deluca").
const PARTICLES: [&str; 31] = [
    "a", "abdel", "al", "ben", "d", "da", "dal", "dall", "dalla", "de", "degl", "degli", "dei", "del",
    "dela", "dell", "della", "delle", "dello", "di", "el", "l", "la", "le", "li", "lo", "n", "o", "san",
    "van", "von",
];

/// True for every sign that people, keyboards and spreadsheets use as an apostrophe.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{00B4}'
            | '\u{02B9}'
            | '\u{02BB}'
            | '\u{02BC}'
            | '\u{02BE}'
            | '\u{02BF}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{2035}'
            | '\u{FF07}'
    )
}

/// Letters that have no decomposition in Unicode but that are read as plain ones in Italy.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' | 'ɗ' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' | 'ɲ' => "n",
        'ŧ' => "t",
        'ɓ' => "b",
        'ƴ' => "y",
        'ə' | 'ǝ' => "e",
        _ => return None,
    })
}

/// Lower case without accents; letters and digits stay, an apostrophe becomes `apostrophe`, all else a space.
fn fold(text: &str, apostrophe: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for original in text.chars() {
        // Before normalising: the acute accent alone, used as an apostrophe, would decompose to a space.
        if is_apostrophe(original) {
            folded.push_str(apostrophe);
            continue;
        }
        for part in std::iter::once(original).nfkd() {
            // Also inside what a sign decomposes to: the Afrikaans ŉ holds an apostrophe.
            if is_combining_mark(part) || is_apostrophe(part) {
                continue;
            }
            for lower in part.to_lowercase() {
                if is_combining_mark(lower) {
                    continue;
                }
                match plain_letters(lower) {
                    Some(plain) => folded.push_str(plain),
                    None if lower.is_alphanumeric() => folded.push(lower),
                    None => folded.push(' '),
                }
            }
        }
    }
    folded
}

fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// The key under which a name is searched and sorted: lower case, no accents, no apostrophes, single spaces.
///
/// `D'Angelo` gives `dangelo`, `Łukasz  Groß-Müller` gives `lukasz gross muller`. Letters of other scripts
/// stay as they are. Empty when the text holds no letter and no digit. Making the key of a key changes nothing.
pub fn search_key(text: &str) -> String {
    squeeze(&fold(text, ""))
}

/// The words under which a name is put in the search index, without repetitions.
///
/// Both readings of an apostrophe (`D'Angelo`: `dangelo`, `d`, `angelo`) and of a particle
/// (`De Luca`: `de`, `luca`, `deluca`), because people type either.
pub fn search_tokens(text: &str) -> Vec<String> {
    let together = search_key(text);
    let apart = squeeze(&fold(text, " "));
    let mut tokens: Vec<String> = Vec::new();
    let mut add = |token: String| {
        if !token.is_empty() && !tokens.contains(&token) {
            tokens.push(token);
        }
    };
    for reading in [&together, &apart] {
        let words: Vec<&str> = reading.split(' ').collect();
        for word in &words {
            add((*word).to_owned());
        }
        for pair in words.windows(2) {
            if let [particle, name] = pair
                && PARTICLES.contains(particle)
            {
                add(format!("{particle}{name}"));
            }
        }
    }
    tokens
}

/// The words of what a person typed in a search box; each is to be found as a prefix of some token.
pub fn query_tokens(typed: &str) -> Vec<String> {
    search_key(typed).split_whitespace().map(str::to_owned).collect()
}

/// True when two writings are probably the same name: accents, apostrophes, case, spacing and the order
/// of the words do not count. Two texts without any letter are never the same name.
pub fn person_name_eq_loose(one: &str, other: &str) -> bool {
    let (one, other) = (search_key(one), search_key(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if one.split(' ').eq(other.split(' ')) || one.replace(' ', "") == other.replace(' ', "") {
        return true;
    }
    let sorted = |key: &str| {
        let mut words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    sorted(&one) == sorted(&other)
}

/// The letters A to Z of a name, upper case, as the tax code counts them (DM 23/12/1976: accents,
/// apostrophes, spaces and hyphens do not count).
pub(crate) fn latin_capitals(text: &str) -> String {
    fold(text, "")
        .chars()
        .filter(char::is_ascii_lowercase)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// A code as people, spreadsheets and scanners hand it over, brought to plain upper case:
/// without spaces, hyphens and dots inside, asterisks and quotation marks around, and invisible signs.
pub(crate) fn clean_code(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !(c.is_whitespace()
                || c.is_control()
                || is_apostrophe(*c)
                || matches!(c, '*' | '-' | '.' | '"' | '\u{00AD}' | '\u{FEFF}')
                || ('\u{2010}'..='\u{2013}').contains(c)
                || ('\u{200B}'..='\u{200F}').contains(c))
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_has_no_case_accents_apostrophes_or_double_spaces() {
        for (written, key) in [
            ("D'Angelo", "dangelo"),
            ("D’ANGELO", "dangelo"),
            ("D´Angelo", "dangelo"),
            ("D`Angelo", "dangelo"),
            ("Nicolò", "nicolo"),
            ("NICOLO'", "nicolo"),
            ("Niccolo\u{0300}", "niccolo"),
            ("  Maria   Grazia ", "maria grazia"),
            ("Rossi-Bianchi", "rossi bianchi"),
            ("Groß", "gross"),
            ("GROẞ", "gross"),
            ("Łukasz", "lukasz"),
            ("Đorđe", "dorde"),
            ("Sørensen", "sorensen"),
            ("Ștefan Țurcanu", "stefan turcanu"),
            ("Gëzim Çela", "gezim cela"),
            ("Çağrı İnan", "cagri inan"),
            ("Æsa Œuvre", "aesa oeuvre"),
            ("ﬁore", "fiore"),
            ("Lü", "lu"),
            ("胡 伟", "胡 伟"),
            ("Мельник", "мельник"),
            ("", ""),
            (" '-. ", ""),
        ] {
            assert_eq!(search_key(written), key, "{written}");
        }
    }

    #[test]
    fn an_apostrophe_is_found_together_and_apart() {
        let tokens = search_tokens("D'Angelo Maria");
        for token in ["dangelo", "d", "angelo", "maria"] {
            assert!(tokens.iter().any(|t| t == token), "{token} in {tokens:?}");
        }
        assert_eq!(search_tokens("Rossi"), ["rossi"]);
        assert_eq!(search_tokens("Nicolo'"), ["nicolo"]);
        assert!(search_tokens(" ").is_empty());
    }

    #[test]
    fn a_particle_is_found_together_and_apart() {
        let tokens = search_tokens("De Luca");
        assert_eq!(tokens, ["de", "luca", "deluca"]);
        assert!(search_tokens("Degl'Innocenti").contains(&"innocenti".to_owned()));
        assert!(!search_tokens("Maria Grazia").contains(&"mariagrazia".to_owned()));
    }

    #[test]
    fn what_was_typed_is_found_in_the_tokens() {
        for (name, typed) in [
            ("D'Angelo Niccolò", "d'angelo nicc"),
            ("D'Angelo Niccolò", "d angelo"),
            ("D'Angelo Niccolò", "NICCOLO' dang"),
            ("Lo Presti Anna", "lopresti"),
            ("Lo Presti Anna", "presti lo"),
        ] {
            let tokens = search_tokens(name);
            for word in query_tokens(typed) {
                assert!(
                    tokens.iter().any(|t| t.starts_with(&word)),
                    "{word} of {typed} in {tokens:?}"
                );
            }
        }
    }

    #[test]
    fn loose_equality_forgives_writing_and_nothing_else() {
        for (one, other) in [
            ("D'Angelo", "D’ANGELO"),
            ("D'Angelo", "d angelo"),
            ("De Luca", "DELUCA"),
            ("Maria Grazia", "Mariagrazia"),
            ("Rossi Mario", "MARIO ROSSI"),
            ("Nicolò", "NICOLO'"),
        ] {
            assert!(person_name_eq_loose(one, other), "{one} = {other}");
        }
        for (one, other) in [
            ("Rossi", "Rosso"),
            ("Maria", "Mario"),
            ("Maria Grazia", "Maria"),
            ("", ""),
            ("-", "'"),
        ] {
            assert!(!person_name_eq_loose(one, other), "{one} = {other}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_stable_and_tidy(text in "\\PC{0,40}") {
            let key = search_key(&text);
            prop_assert_eq!(search_key(&key), key.clone());
            prop_assert!(!key.contains("  ") && key.trim() == key);
            prop_assert!(latin_capitals(&text).chars().all(|c| c.is_ascii_uppercase()));
        }

        #[test]
        fn every_word_typed_as_written_is_among_the_tokens(text in "\\PC{0,40}") {
            let tokens = search_tokens(&text);
            for word in query_tokens(&text) {
                prop_assert!(tokens.contains(&word));
            }
        }

        #[test]
        fn loose_equality_is_symmetric(a in "[A-Za-zàèìòù' -]{0,12}", b in "[A-Za-zàèìòù' -]{0,12}") {
            prop_assert_eq!(person_name_eq_loose(&a, &b), person_name_eq_loose(&b, &a));
        }
    }
}
