// SPDX-License-Identifier: EUPL-1.2
//! The sentences that a person reads, by code and language: errors, refusals, reasons of rows, words of documents.
//!
//! The catalogues (`locales/`, Fluent) are inside the program. A code's message has its name, with `-` for a dot
//! (`list.empty` is `list-empty`). A sentence whose arguments are not all there is told by its `.bare` attribute, where it
//! has one; a code without a sentence gets a general one that names the code.

use crate::query::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use sportello_documents::lists;
use std::sync::LazyLock;

#[cfg(test)]
mod tests;

/// Told when a code has no sentence; it names the code.
const UNKNOWN: &str = "unknown_code";

/// Arguments that come as codes and are told by a word of the catalogue (`word-field-birth_date`).
const WORDS: [&str; 6] = ["field", "what", "needed", "problem", "status", "topic"];

/// Arguments that a sentence counts with: passed on as numbers, so that one is not written as many.
const NUMBERS: [&str; 10] = [
    "count",
    "households",
    "got",
    "position",
    "row",
    "size",
    "named",
    "capacity",
    "least",
    "seconds",
];

type Bundle = FluentBundle<FluentResource>;

static ITALIAN: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        "it",
        [
            include_str!("../locales/it/errors.ftl"),
            include_str!("../locales/it/import.ftl"),
            include_str!("../locales/it/labels.ftl"),
        ],
    )
});

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        "en",
        [
            include_str!("../locales/en/errors.ftl"),
            include_str!("../locales/en/import.ftl"),
            include_str!("../locales/en/labels.ftl"),
        ],
    )
});

fn catalogue(language: Language) -> &'static Bundle {
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// A catalogue of what can be read of its sources: the tests see to it that all of each can.
fn bundle(locale: &str, sources: [&str; 3]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![locale.parse().unwrap_or_default()]);
    // The marks around arguments are for text of both directions: on receipts and in CSV they would be read as signs.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, errors)| {
            tracing::error!(locale, errors = errors.len(), "a catalogue cannot be read whole");
            readable
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(locale, errors = errors.len(), "a catalogue says something twice");
        }
    }
    bundle
}

/// The sentence of a code. Amounts, dates and times are written already (`1.250,00 €`, `gg/mm/aaaa`).
pub fn sentence(language: Language, code: &str, args: &[(&str, String)]) -> String {
    let bundle = catalogue(language);
    find(bundle, code, args)
        .or_else(|| find(bundle, UNKNOWN, &[("code", code.to_owned())]))
        .unwrap_or_else(|| code.to_owned())
}

/// Whether the catalogue of a language has a sentence of its own for a code.
pub fn has(language: Language, code: &str) -> bool {
    catalogue(language).has_message(&code.replace('.', "-"))
}

/// The sentence, if there is one for what is given.
fn find(bundle: &Bundle, code: &str, args: &[(&str, String)]) -> Option<String> {
    let message = bundle.get_message(&code.replace('.', "-"))?;
    let mut given = FluentArgs::with_capacity(args.len() + 3);
    given.set("max_megabytes", (lists::MAX_BYTES / (1024 * 1024)).to_string());
    given.set("max_rows", grouped(lists::MAX_ROWS));
    given.set("max_columns", lists::MAX_COLUMNS.to_string());
    for (name, value) in args {
        given.set(*name, argument(bundle, name, value));
    }
    let patterns = [
        message.value(),
        message.get_attribute("bare").map(|attribute| attribute.value()),
    ];
    patterns.into_iter().flatten().find_map(|pattern| {
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&given), &mut errors)
            .into_owned();
        errors.is_empty().then_some(text)
    })
}

fn argument<'a>(bundle: &'a Bundle, name: &str, value: &str) -> FluentValue<'a> {
    if WORDS.contains(&name)
        && let Some(word) = bundle.get_message(&format!("word-{name}-{value}"))
        && let Some(pattern) = word.value()
    {
        return FluentValue::from(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned());
    }
    if NUMBERS.contains(&name)
        && let Ok(number) = value.parse::<u32>()
    {
        return FluentValue::from(number);
    }
    FluentValue::from(value.to_owned())
}

/// A large number as it is written in Italy: `200.000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}
