// SPDX-License-Identifier: EUPL-1.2
//! The catalogues of the documents' fixed texts.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Lang;

/// One language's texts by key.
pub(super) type Labels = BTreeMap<String, String>;

/// The texts of a language.
#[expect(
    clippy::expect_used,
    reason = "the catalogues are inside the program and a test reads both"
)]
pub(super) fn of(lang: Lang) -> &'static Labels {
    static CATALOGUES: OnceLock<(Labels, Labels)> = OnceLock::new();
    let (it, en) = CATALOGUES.get_or_init(|| {
        let read = |text| serde_json::from_str(text).expect("a catalogue of texts by key");
        (
            read(include_str!("../../templates/labels.it.json")),
            read(include_str!("../../templates/labels.en.json")),
        )
    });
    match lang {
        Lang::It => it,
        Lang::En => en,
    }
}

/// One text, its `{names}` filled in. What is filled in is never looked through for names again.
pub(super) fn fill(labels: &Labels, key: &str, values: &[(&str, &str)]) -> String {
    let mut rest = labels.get(key).map(String::as_str).unwrap_or_default();
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(value);
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_texts_and_names() {
        let (it, en) = (of(Lang::It), of(Lang::En));
        assert!(it.keys().eq(en.keys()));
        for (key, text) in it {
            let names = |text: &str| {
                let mut names: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
                    .collect();
                names.sort();
                names
            };
            assert!(!text.trim().is_empty(), "{key}");
            assert_eq!(
                names(text),
                en.get(key).map(|text| names(text)).unwrap_or_default(),
                "{key}"
            );
        }
    }

    #[test]
    fn what_is_filled_in_is_data() {
        let text = fill(
            of(Lang::It),
            "act_household_value",
            &[("reference", "{applicant}"), ("applicant", "X")],
        );
        assert_eq!(text, "{applicant} – richiedente X");
    }
}
