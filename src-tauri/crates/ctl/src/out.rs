// SPDX-License-Identifier: EUPL-1.2
//! What is told: one JSON document, or words.

use crate::failure::Failure;
use serde::Serialize;
use sportello_desk::query::Language;
use std::io::Write;

/// How to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Out {
    /// As JSON.
    pub json: bool,
    /// In which language.
    pub language: Language,
}

impl Out {
    /// Tells an answer: `value` as JSON, or `words`.
    pub fn answer(self, value: &impl Serialize, words: &str) -> Result<(), Failure> {
        if self.json { line(value) } else { text(words) }
    }

    /// Tells an answer that has no other words than JSON.
    pub fn data(self, value: &impl Serialize) -> Result<(), Failure> {
        if self.json {
            return line(value);
        }
        text(&serde_json::to_string_pretty(value).map_err(|error| Failure::Json(error.to_string()))?)
    }

    /// One of two texts, by language.
    pub fn say(self, it: &str, en: &str) -> String {
        match self.language {
            Language::It => it,
            Language::En => en,
        }
        .to_owned()
    }
}

/// One line of JSON, flushed.
pub fn line(value: &impl Serialize) -> Result<(), Failure> {
    text(&serde_json::to_string(value).map_err(|error| Failure::Json(error.to_string()))?)
}

fn text(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end())?;
    out.flush()?;
    Ok(())
}

/// Bytes, flushed.
pub fn raw(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(())
}

/// Tells a failure on standard error.
pub fn tell(json: bool, language: Language, failure: &Failure) {
    let problem = failure.problem(language);
    let line = if json {
        serde_json::json!({ "code": problem.code, "message": problem.message }).to_string()
    } else {
        format!("sportelloctl: {}", problem.message)
    };
    // Where even this cannot be written, the exit code is left.
    let _ = writeln!(std::io::stderr(), "{line}");
}
