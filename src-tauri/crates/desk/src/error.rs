// SPDX-License-Identifier: EUPL-1.2
//! Everything that can be answered instead of an outcome or a view. Each has a code; the sentence is in the catalogues.

use crate::messages;
use crate::query::Language;
use crate::view::Problem;
use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;
use sportello_documents::DocumentError;
use sportello_documents::lists::{ListError, WriteError};
use sportello_domain::money::Cents;
use sportello_domain::refusal::Rejection;
use sportello_domain::time::Timestamp;
use sportello_protocol::bundle::BundleError;
use sportello_store::StoreError;
use sportello_sync::{ExchangeError, TransportError};

/// Why a command was not done or a question not answered. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A rule was against it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The desk's file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A list that was given.
    #[error(transparent)]
    List(#[from] ListError),
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] WriteError),
    /// A document could not be made.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The exchange with the centre.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// The way to the centre.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// A bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A key slot.
    #[error(transparent)]
    Key(#[from] sportello_store::keys::KeyError),
    /// This desk may not write any more: revoked, forked, restored. With the code.
    #[error("this desk may not write any more: {0}")]
    Stopped(String),
    /// Anything that is told by its code alone.
    #[error("{code}")]
    Plain {
        /// Code of the error catalogue.
        code: &'static str,
        /// What the sentence names.
        args: Vec<(&'static str, String)>,
    },
    /// A file beside the database.
    #[error("a file cannot be read or written")]
    Io(#[from] std::io::Error),
    /// Something kept as JSON.
    #[error("a stored value cannot be read or written")]
    Json(#[from] serde_json::Error),
}

impl DeskError {
    /// An error that is told by its code.
    pub fn plain(code: &'static str) -> Self {
        Self::Plain {
            code,
            args: Vec::new(),
        }
    }

    /// The same, naming one thing.
    pub fn about(code: &'static str, name: &'static str, value: &impl ToString) -> Self {
        Self::Plain {
            code,
            args: vec![(name, value.to_string())],
        }
    }

    /// Its code, which never changes.
    pub fn code(&self) -> String {
        match self {
            Self::Rejected(rejection) => rejection_code(rejection),
            Self::Store(error) => error.code().to_owned(),
            Self::List(error) => error.code().to_owned(),
            Self::Table(error) => error.code().to_owned(),
            Self::Document(error) => error.code().to_owned(),
            Self::Exchange(error) => error.code().to_owned(),
            Self::Transport(error) => error.code().to_owned(),
            Self::Bundle(error) => error.code().to_owned(),
            Self::Key(error) => error.code().to_owned(),
            Self::Stopped(code) => code.clone(),
            Self::Plain { code, .. } => (*code).to_owned(),
            Self::Io(_) => "io".to_owned(),
            Self::Json(_) => "stored_value".to_owned(),
        }
    }

    /// What its sentence names.
    pub fn args(&self) -> Vec<(String, String)> {
        match self {
            Self::Rejected(rejection) => args_of(rejection),
            Self::Plain { args, .. } => args
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// As a person reads it.
    pub fn problem(&self, language: Language) -> Problem {
        let code = self.code();
        let args = self.args();
        let borrowed: Vec<(&str, String)> = args
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        Problem {
            message: messages::sentence(language, &code, &borrowed),
            code,
        }
    }
}

/// A problem that is known by its code alone.
pub(crate) fn problem_of(code: &str, language: Language) -> Problem {
    Problem {
        code: code.to_owned(),
        message: messages::sentence(language, code, &[]),
    }
}

pub(crate) fn rejection_code(rejection: &Rejection) -> String {
    match serde_json::to_value(rejection) {
        Ok(Value::Object(fields)) => fields
            .get("code")
            .and_then(Value::as_str)
            .unwrap_or("rejected")
            .to_owned(),
        _ => "rejected".to_owned(),
    }
}

/// The fields of a rejection, a reason or a notice as its sentence shows them: amounts, dates and times as in Italy.
pub(crate) fn args_of(told: &impl serde::Serialize) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(told) else {
        return Vec::new();
    };
    fields
        .iter()
        .filter(|(name, _)| name.as_str() != "code")
        .map(|(name, value)| (name.clone(), shown(name, value)))
        .collect()
}

fn shown(name: &str, value: &Value) -> String {
    let money = [
        "amount",
        "due",
        "denomination",
        "table",
        "vouchers",
        "before",
        "delivered",
        "set",
    ];
    let found = match (name, value) {
        ("at", Value::Number(ms)) => ms
            .as_i64()
            .map(|ms| Timestamp(ms).rome().format("%d/%m/%Y %H:%M").to_string()),
        (_, Value::Number(cents)) if money.contains(&name) => cents.as_i64().map(|c| Cents(c).to_string()),
        (_, Value::String(text)) => text
            .parse::<NaiveDateTime>()
            .map(|at| at.format("%d/%m/%Y %H:%M").to_string())
            .or_else(|_| {
                text.parse::<NaiveDate>()
                    .map(|day| day.format("%d/%m/%Y").to_string())
            })
            .ok(),
        _ => None,
    };
    found.unwrap_or_else(|| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// What is told by a code, as a sentence.
pub(crate) fn told(language: Language, code: &str, what: &impl serde::Serialize) -> String {
    let args = args_of(what);
    let borrowed: Vec<(&str, String)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    messages::sentence(language, code, &borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_get_amounts_and_times_as_in_italy() {
        let args = args_of(&Rejection::TooMuch {
            amount: Cents(125_000),
            due: Cents(1_000),
        });
        assert!(args.contains(&("amount".into(), "1.250,00 €".into())));
        let start = NaiveDate::from_ymd_opt(2021, 1, 4)
            .unwrap()
            .and_hms_opt(9, 30, 0)
            .unwrap();
        assert_eq!(
            args_of(&Rejection::SlotPast { start }),
            [("start".into(), "04/01/2021 09:30".into())]
        );
        let at = Timestamp::of_rome(start);
        let desk = sportello_domain::ids::DeskId::default();
        assert!(
            args_of(&Rejection::AlreadyServed { at, desk })
                .contains(&("at".into(), "04/01/2021 09:30".into()))
        );
    }
}
