// SPDX-License-Identifier: EUPL-1.2
//! Quartiere and address, as Florentine lists write them.

use super::value::{RawCell, parse_count, parse_text};
use crate::household::NumberColour;
use crate::text::search_key;

/// What the names of the five Quartieri are recognised by.
const QUARTIERI: [(&str, u8); 8] = [
    ("centro storico", 1),
    ("campo di marte", 2),
    ("campo marte", 2),
    ("gavinana", 3),
    ("galluzzo", 3),
    ("isolotto", 4),
    ("legnaia", 4),
    ("rifredi", 5),
];

/// The Quartiere, 1 to 5: by number (`1`, `Q1`, `Quartiere 1 - Centro Storico`), by name or by Roman numeral.
pub(super) fn quartiere(cell: &RawCell) -> Option<u8> {
    if let RawCell::Number(_) = cell {
        return parse_count(cell)
            .and_then(|n| u8::try_from(n).ok())
            .filter(|n| (1..=5).contains(n));
    }
    let key = search_key(&parse_text(cell)?);
    let mut names: Vec<u8> = QUARTIERI
        .iter()
        .filter(|(name, _)| key.contains(name))
        .map(|(_, number)| *number)
        .collect();
    names.dedup();
    let mut numbers = Vec::new();
    let mut other_digits = false;
    for word in key.split(' ') {
        let digits = word
            .strip_prefix("quartiere")
            .or_else(|| word.strip_prefix('q'))
            .unwrap_or(word);
        match digits {
            "1" | "2" | "3" | "4" | "5" => numbers.extend(digits.parse::<u8>().ok()),
            "i" | "ii" | "iii" | "iv" | "v" if key.split(' ').count() <= 2 => {
                numbers.extend(
                    ["i", "ii", "iii", "iv", "v"]
                        .iter()
                        .zip(1_u8..)
                        .find(|(r, _)| **r == digits)
                        .map(|(_, n)| n),
                );
            }
            _ => other_digits |= digits.contains(|c: char| c.is_ascii_digit()),
        }
    }
    match (numbers.as_slice(), names.as_slice()) {
        ([number], []) if !other_digits => Some(*number),
        ([number], [name]) if number == name && !other_digits => Some(*number),
        ([], [name]) if !other_digits => Some(*name),
        // "Centro" alone is how people call the first.
        ([], []) if key == "centro" => Some(1),
        _ => None,
    }
}

/// A house number, told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HouseNumber {
    pub number: String,
    pub colour: NumberColour,
    pub exponent: String,
}

/// Tells a house number apart: `12`, `12r`, `12/A rosso`, `12/Ar`, `12 bis`, `snc`.
pub(super) fn house_number(written: &str) -> HouseNumber {
    let text = written.trim();
    let text = ["n.", "N.", "n°", "N°", "nº", "Nº"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text)
        .trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let mut colour = NumberColour::Black;
    let mut exponent: Vec<String> = Vec::new();
    for word in rest
        .split([' ', '/', '-', ',', '\\'])
        .filter(|word| !word.is_empty())
    {
        let bare = word.trim_matches(['.', '(', ')']).to_lowercase();
        match bare.as_str() {
            "" => {}
            "r" | "rosso" | "rossa" | "ros" => colour = NumberColour::Red,
            "n" | "nero" | "nera" => colour = NumberColour::Black,
            // `12/Ar`: a letter and the colour behind it.
            _ if bare.len() == 2
                && bare.ends_with('r')
                && bare.starts_with(|c: char| c.is_ascii_alphabetic()) =>
            {
                colour = NumberColour::Red;
                exponent.push(bare[..1].to_uppercase());
            }
            _ if bare.chars().count() == 1 => exponent.push(bare.to_uppercase()),
            _ => exponent.push(word.trim_matches(['(', ')']).to_owned()),
        }
    }
    HouseNumber {
        number: number.to_owned(),
        colour,
        exponent: exponent.join(" "),
    }
}

/// The colour as a column of its own writes it; none when it is neither.
pub(super) fn colour(written: &str) -> Option<NumberColour> {
    match search_key(written).as_str() {
        "r" | "rosso" | "rossa" | "si" | "x" => Some(NumberColour::Red),
        "n" | "nero" | "nera" | "b" | "no" => Some(NumberColour::Black),
        _ => None,
    }
}

/// Street and house number of one cell: `Via Ghibellina 12/Ar`, `Via Ghibellina, 12 - 50122 Firenze`, `Via 27 Aprile 3`.
/// The number is empty when the end of the text is not one.
pub(super) fn street_and_number(written: &str) -> (String, HouseNumber) {
    let text = without_town(written.trim());
    // After a comma everything is the number; without one the last words that look like a number.
    if let Some((street, number)) = text.split_once(',') {
        let number = number.trim();
        let plain = number.trim_start_matches(['n', 'N', '.', '°', 'º', ' ']);
        if plain.starts_with(|c: char| c.is_ascii_digit()) {
            return (street.trim().to_owned(), house_number(plain));
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let tail = |word: &str| {
        let bare = word.trim_matches(['.', '/', '-', '(', ')']).to_lowercase();
        bare.len() <= 1 || matches!(bare.as_str(), "rosso" | "rossa" | "nero" | "bis" | "ter" | "int")
    };
    let mut first = words.len();
    while first > 1 && !words[first - 1].starts_with(|c: char| c.is_ascii_digit()) && tail(words[first - 1]) {
        first -= 1;
    }
    let begins = first > 1 && words[first - 1].starts_with(|c: char| c.is_ascii_digit());
    // "Via 11 Agosto" ends with a word, "Via del 7" is no street: a number needs a street before it.
    if !begins || words[..first - 1].iter().all(|word| word.len() < 2) {
        return (text.to_owned(), HouseNumber::default());
    }
    let mut street = words[..first - 1].join(" ");
    for mark in [" n.", " n°", " nº", " N.", " n", " N", ","] {
        if let Some(rest) = street.strip_suffix(mark) {
            let kept = rest.trim_end().len();
            street.truncate(kept);
            break;
        }
    }
    (street, house_number(&words[first - 1..].join(" ")))
}

/// The address without postcode and town at its end.
fn without_town(text: &str) -> &str {
    let bytes = text.as_bytes();
    let postcode = (1..bytes.len().saturating_sub(4)).find(|at| {
        bytes[at - 1].is_ascii_whitespace() | matches!(bytes[at - 1], b',' | b'-')
            && bytes[*at..].starts_with(b"50")
            && bytes[*at..at + 5].iter().all(u8::is_ascii_digit)
            && bytes.get(at + 5).is_none_or(|next| !next.is_ascii_digit())
    });
    let text = postcode
        .map_or(text, |at| &text[..at])
        .trim_end_matches([' ', ',', '-']);
    let lower = text.to_lowercase();
    for town in ["firenze (fi)", "firenze fi", "firenze"] {
        // Only after a comma or a hyphen: "Via Firenze" is a street.
        if lower.len() == text.len()
            && let Some(head) = lower.strip_suffix(town)
            && head.trim_end().ends_with([',', '-'])
        {
            return text[..head.len()].trim_end_matches([' ', ',', '-']);
        }
    }
    text
}
