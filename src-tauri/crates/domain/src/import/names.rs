// SPDX-License-Identifier: EUPL-1.2
//! Surname and name written in one cell, told apart: by the tax code where there is one, by custom otherwise.

use crate::tax_code::{CodeAndName, TaxCode};

/// Particles with which Italian surnames begin; the word after them belongs to the surname.
const PARTICLES: [&str; 27] = [
    "d", "da", "dal", "dalla", "de", "degl", "degli", "dei", "del", "della", "delle", "dello", "di", "el",
    "al", "la", "le", "li", "lo", "san", "santa", "van", "von", "ben", "abdel", "mc", "dos",
];

/// A full name, told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Split {
    pub surname: String,
    pub name: String,
    /// Nothing but custom says where the surname ends.
    pub guessed: bool,
}

/// Tells surname and name apart. `name_first`: the heading says "nome e cognome".
pub(super) fn split(written: &str, name_first: bool, code: Option<&TaxCode>) -> Split {
    if let Some((surname, name)) = written.split_once(',') {
        return Split {
            surname: surname.trim().to_owned(),
            name: name.trim().to_owned(),
            guessed: false,
        };
    }
    let words: Vec<&str> = written.split_whitespace().collect();
    if words.len() < 2 {
        return Split {
            surname: words.concat(),
            name: String::new(),
            guessed: false,
        };
    }
    let at = |cut: usize, name_first: bool| {
        let (before, after) = (words[..cut].join(" "), words[cut..].join(" "));
        if name_first {
            (after, before)
        } else {
            (before, after)
        }
    };
    if let Some(code) = code.filter(|code| !code.is_provisional()) {
        for order in [name_first, !name_first] {
            let agreeing = custom_first(&words, name_first)
                .map(|cut| at(cut, order))
                .find(|(surname, name)| code.compare_name(surname, name) == CodeAndName::Agree);
            if let Some((surname, name)) = agreeing {
                return Split {
                    surname,
                    name,
                    guessed: false,
                };
            }
        }
    }
    let (surname, name) = at(customary(&words, name_first), name_first);
    Split {
        surname,
        name,
        guessed: words.len() > 2,
    }
}

/// Every place to cut, the customary one first: of two that the code allows, custom decides.
fn custom_first(words: &[&str], name_first: bool) -> impl Iterator<Item = usize> + use<> {
    let usual = customary(words, name_first);
    std::iter::once(usual).chain((1..words.len()).filter(move |cut| *cut != usual))
}

fn customary(words: &[&str], name_first: bool) -> usize {
    let particle =
        |word: &str| PARTICLES.contains(&word.trim_end_matches(['\'', '\u{2019}']).to_lowercase().as_str());
    let last = words.len() - 1;
    if name_first {
        let mut cut = last;
        while cut > 1 && particle(words[cut - 1]) {
            cut -= 1;
        }
        cut
    } else {
        let mut cut = 1;
        while cut < last && particle(words[cut - 1]) {
            cut += 1;
        }
        cut
    }
}
