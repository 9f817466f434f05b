// SPDX-License-Identifier: EUPL-1.2
//! What a questionnaire asks, and whether it can be put to citizens.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// One text in each language (`it`, `en`, …).
pub type Words = BTreeMap<String, String>;

/// Dimension of quality (DFP guidelines 4/2019).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Places and means (aspetti tangibili).
    Tangibles,
    /// What was promised is done (affidabilità).
    Reliability,
    /// Readiness (capacità di risposta).
    Responsiveness,
    /// Competence and courtesy (capacità di rassicurazione).
    Assurance,
    /// Understanding of the person (empatia).
    Empathy,
    /// The service as a whole.
    Overall,
    /// Anything else.
    Other,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Form {
    /// Three faces: 1 negative, 2 neutral, 3 positive.
    Faces,
    /// 1 to 5, with words for both ends.
    Scale {
        /// What 1 means.
        low: Words,
        /// What 5 means.
        high: Words,
    },
    /// One or several of the options.
    Choice {
        /// Whether several may be chosen.
        many: bool,
        /// The options, answered by their place from 1.
        options: Vec<Words>,
    },
    /// Each row with importance 1 to 5 and judgement 1 to 5.
    Matrix {
        /// The rows.
        rows: Vec<Words>,
    },
    /// Free words, at most [`super::WORDS`] characters.
    Text,
}

/// When a question is asked: the answer to an earlier one is among these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct When {
    /// Key of the earlier question.
    pub question: String,
    /// The answers to it.
    pub among: BTreeSet<u8>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Question {
    /// Its key within the questionnaire.
    pub key: String,
    /// What is asked.
    pub text: Words,
    /// How it is answered.
    pub form: Form,
    /// When it is asked; always, if nothing is said.
    pub when: Option<When>,
    /// Key of the figure of 2019 that it is compared with.
    pub baseline: Option<String>,
}

/// Questions of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Section {
    /// The dimension.
    pub dimension: Dimension,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A whole version of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Content {
    /// Languages in which it is put; Italian among them.
    pub languages: Vec<String>,
    /// Its title.
    pub title: Words,
    /// What stands before the first question.
    pub intro: Words,
    /// What stands after the last.
    pub thanks: Words,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// Why a questionnaire cannot be put to citizens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// No Italian.
    #[error("the questionnaire has no Italian: add Italian to its languages")]
    NoItalian,
    /// A text is missing in a language.
    #[error("{place} has no text in the language {language}: write it, or take the language away")]
    Untold {
        /// Where.
        place: String,
        /// The language.
        language: String,
    },
    /// Nothing is asked.
    #[error("the questionnaire asks nothing: add a question")]
    Empty,
    /// A key stands twice.
    #[error("two questions have the key {0}: give one of them another")]
    Twice(String),
    /// Too few options or rows.
    #[error("the question {0} leaves nothing to choose: a choice needs two options, a matrix one row")]
    NoChoice(String),
    /// A condition that no answer fulfils.
    #[error(
        "the question {0} would never be asked: its condition names no earlier question, or no answer to it"
    )]
    NeverAsked(String),
}

impl Form {
    /// Single answers that it may have; none where it has no single one.
    pub fn single(&self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Faces => 1..=3,
            Self::Scale { .. } => 1..=5,
            Self::Choice { many: false, options } => 1..=u8::try_from(options.len()).unwrap_or(u8::MAX),
            Self::Choice { many: true, .. } | Self::Matrix { .. } | Self::Text => {
                std::ops::RangeInclusive::new(1, 0)
            }
        }
    }

    fn texts(&self) -> Vec<&Words> {
        match self {
            Self::Faces | Self::Text => Vec::new(),
            Self::Scale { low, high } => vec![low, high],
            Self::Choice { options: many, .. } | Self::Matrix { rows: many } => many.iter().collect(),
        }
    }

    fn leaves_a_choice(&self) -> bool {
        match self {
            Self::Choice { options, .. } => (2..=usize::from(u8::MAX)).contains(&options.len()),
            Self::Matrix { rows } => !rows.is_empty(),
            Self::Faces | Self::Scale { .. } | Self::Text => true,
        }
    }
}

impl Content {
    /// Its questions, in the order in which they are asked.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// Everything that stands in its way; nothing where it can be approved.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if !self.languages.iter().any(|language| language == "it") {
            flaws.push(Flaw::NoItalian);
        }
        for (place, words) in [
            ("title", &self.title),
            ("intro", &self.intro),
            ("thanks", &self.thanks),
        ] {
            self.untold(place, words, &mut flaws);
        }
        let mut before: BTreeMap<&str, &Form> = BTreeMap::new();
        for question in self.questions() {
            let key = question.key.as_str();
            self.untold(key, &question.text, &mut flaws);
            for words in question.form.texts() {
                self.untold(key, words, &mut flaws);
            }
            if !question.form.leaves_a_choice() {
                flaws.push(Flaw::NoChoice(key.to_owned()));
            }
            let asked = question.when.as_ref().is_none_or(|when| {
                before
                    .get(when.question.as_str())
                    .is_some_and(|form| when.among.iter().any(|answer| form.single().contains(answer)))
            });
            if !asked {
                flaws.push(Flaw::NeverAsked(key.to_owned()));
            }
            if before.insert(key, &question.form).is_some() {
                flaws.push(Flaw::Twice(key.to_owned()));
            }
        }
        if before.is_empty() {
            flaws.push(Flaw::Empty);
        }
        flaws
    }

    fn untold(&self, place: &str, words: &Words, flaws: &mut Vec<Flaw>) {
        let told = |language: &String| words.get(language).is_some_and(|text| !text.trim().is_empty());
        flaws.extend(
            self.languages
                .iter()
                .filter(|language| !told(language))
                .map(|language| Flaw::Untold {
                    place: place.to_owned(),
                    language: language.clone(),
                }),
        );
    }
}
