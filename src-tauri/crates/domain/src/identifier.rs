// SPDX-License-Identifier: EUPL-1.2
//! What identifies a person: a tax code, an STP or ENI code of the health service, or nothing yet.
//!
//! STP (stranieri temporaneamente presenti, DPR 394/1999 art. 43) lasts six months and is renewable; ENI (europei
//! non iscritti) has the same shape. Someone may later get a tax code and is still the same person:
//! that is recorded on the person, not here.

use crate::tax_code::{TaxCode, TaxCodeError};
use crate::text::clean_code;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Length of an STP or ENI code: the three letters, then region (3), health authority (3), number (7).
const HEALTH_CODE: usize = 16;

/// Why a text is not an STP or ENI code. Positions count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HealthCodeError {
    /// It does not begin with the three letters of its kind.
    #[error("the code does not begin with its three letters")]
    Prefix,
    /// Not the three letters and 13 digits.
    #[error("an STP or ENI code has 16 characters; this one has {got}")]
    Length {
        /// How many characters came, spaces not counted.
        got: usize,
    },
    /// A character after the letters is not a digit.
    #[error("the character in position {position} of the STP or ENI code is not a digit")]
    Character {
        /// Where, from 1.
        position: usize,
    },
}

/// Why a text identifies nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "of", content = "error", rename_all = "snake_case")]
pub enum IdentifierError {
    /// It was read as a tax code.
    #[error(transparent)]
    TaxCode(#[from] TaxCodeError),
    /// It begins as an STP or ENI code.
    #[error(transparent)]
    HealthCode(#[from] HealthCodeError),
}

macro_rules! health_code {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS,
        )]
        #[serde(try_from = "String", into = "String")]
        #[schemars(with = "String")]
        #[ts(type = "string")]
        pub struct $name(String);

        impl $name {
            /// Reads a code; spaces, hyphens and case do not matter.
            pub fn parse(text: &str) -> Result<Self, HealthCodeError> {
                parse_health_code(text, $prefix).map(Self)
            }

            /// The code, upper case, without spaces.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The region's three digits (`090` Toscana).
            pub fn region(&self) -> &str {
                &self.0[3..6]
            }

            /// The local health authority's three digits.
            pub fn health_authority(&self) -> &str {
                &self.0[6..9]
            }
        }

        impl TryFrom<String> for $name {
            type Error = HealthCodeError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }
    };
}

health_code!(
    /// A code for a foreigner without a residence permit: `STP`, region, health authority, number.
    Stp,
    "STP"
);
health_code!(
    /// A code for an EU citizen who is not entitled to register: `ENI`, region, health authority, number.
    Eni,
    "ENI"
);

fn parse_health_code(text: &str, prefix: &str) -> Result<String, HealthCodeError> {
    let code = clean_code(text);
    if !code.starts_with(prefix) {
        return Err(HealthCodeError::Prefix);
    }
    let got = code.chars().count();
    if got != HEALTH_CODE {
        return Err(HealthCodeError::Length { got });
    }
    match code.chars().skip(3).position(|c| !c.is_ascii_digit()) {
        Some(index) => Err(HealthCodeError::Character { position: index + 4 }),
        None => Ok(code),
    }
}

/// What identifies a person.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum PersonIdentifier {
    /// A tax code, definitive or provisional.
    TaxCode(TaxCode),
    /// An STP code.
    Stp(Stp),
    /// An ENI code.
    Eni(Eni),
    /// None is known.
    #[default]
    None,
}

impl PersonIdentifier {
    /// Reads an identifier of any kind; an empty text is [`PersonIdentifier::None`].
    ///
    /// `STP` or `ENI` counts as a health code only before a digit: the surname Stoppa begins a tax code
    /// with the same letters.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let code = clean_code(text);
        if code.is_empty() {
            return Ok(Self::None);
        }
        let before_digit = |prefix: &str| {
            code.strip_prefix(prefix)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        if before_digit("STP") {
            Ok(Self::Stp(Stp::parse(&code)?))
        } else if before_digit("ENI") {
            Ok(Self::Eni(Eni::parse(&code)?))
        } else {
            Ok(Self::TaxCode(TaxCode::parse(&code)?))
        }
    }

    /// The identifier as it was given, upper case; empty when there is none.
    pub fn as_str(&self) -> &str {
        match self {
            Self::TaxCode(code) => code.as_str(),
            Self::Stp(code) => code.as_str(),
            Self::Eni(code) => code.as_str(),
            Self::None => "",
        }
    }

    /// The key under which it is searched (a tax code without omocodia); none when there is no identifier.
    pub fn search_key(&self) -> Option<String> {
        match self {
            Self::TaxCode(code) => Some(code.search_key()),
            Self::Stp(code) => Some(code.as_str().to_owned()),
            Self::Eni(code) => Some(code.as_str().to_owned()),
            Self::None => None,
        }
    }

    /// The tax code, when it is one.
    pub fn tax_code(&self) -> Option<&TaxCode> {
        match self {
            Self::TaxCode(code) => Some(code),
            _ => None,
        }
    }

    /// True when no identifier is known.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_kind_is_recognised() {
        let parsed = |text: &str| PersonIdentifier::parse(text).unwrap();
        assert!(matches!(
            parsed("stp 090 201 0000012"),
            PersonIdentifier::Stp(code) if code.region() == "090" && code.health_authority() == "201"
        ));
        assert!(matches!(
            parsed("ENI0902010000345"),
            PersonIdentifier::Eni(code) if code.as_str() == "ENI0902010000345"
        ));
        assert!(matches!(parsed("RSSMRA80A01D612Y"), PersonIdentifier::TaxCode(_)));
        assert!(matches!(
            parsed("01307110484"),
            PersonIdentifier::TaxCode(code) if code.is_provisional()
        ));
        assert!(parsed("").is_none());
        assert!(parsed("  * ").is_none());
    }

    #[test]
    fn a_tax_code_that_begins_as_a_health_code_is_still_a_tax_code() {
        let date = chrono::NaiveDate::from_ymd_opt(1980, 1, 1).unwrap();
        let sex = crate::tax_code::Sex::Male;
        let code = TaxCode::compute("Stoppa", "Mario", date, sex, "D612").unwrap();
        assert!(code.as_str().starts_with("STP"));
        assert_eq!(
            PersonIdentifier::parse(code.as_str()).unwrap(),
            PersonIdentifier::TaxCode(code)
        );
    }

    #[test]
    fn mistakes_are_told_by_kind_and_place() {
        let wrong = |text: &str| PersonIdentifier::parse(text).unwrap_err();
        assert_eq!(
            wrong("STP09020100001"),
            HealthCodeError::Length { got: 14 }.into()
        );
        assert_eq!(
            wrong("STP09O2010000012"),
            HealthCodeError::Character { position: 6 }.into()
        );
        assert_eq!(wrong("RSSMRA80A01D612Z"), TaxCodeError::CheckCharacter.into());
        assert_eq!(Stp::parse("ENI0902010000345"), Err(HealthCodeError::Prefix));
    }

    #[test]
    fn it_is_written_as_kind_and_value() {
        for (identifier, json) in [
            (
                "RSSMRA80A01D612Y",
                r#"{"kind":"tax_code","value":"RSSMRA80A01D612Y"}"#,
            ),
            ("STP0902010000012", r#"{"kind":"stp","value":"STP0902010000012"}"#),
            ("ENI0902010000345", r#"{"kind":"eni","value":"ENI0902010000345"}"#),
            ("", r#"{"kind":"none"}"#),
        ] {
            let identifier = PersonIdentifier::parse(identifier).unwrap();
            assert_eq!(serde_json::to_string(&identifier).unwrap(), json);
            assert_eq!(
                serde_json::from_str::<PersonIdentifier>(json).unwrap(),
                identifier
            );
        }
        let broken = r#"{"kind":"tax_code","value":"RSSMRA80A01D612Z"}"#;
        assert!(serde_json::from_str::<PersonIdentifier>(broken).is_err());
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_what_is_read_reads_the_same(text in "\\PC{0,20}") {
            if let Ok(identifier) = PersonIdentifier::parse(&text) {
                prop_assert_eq!(PersonIdentifier::parse(identifier.as_str()), Ok(identifier));
            }
        }

        #[test]
        fn every_health_code_reads_back(digits in "[0-9]{13}", eni in any::<bool>()) {
            let text = format!("{}{digits}", if eni { "ENI" } else { "STP" });
            let identifier = PersonIdentifier::parse(&text.to_lowercase()).unwrap();
            prop_assert_eq!(identifier.as_str(), text.as_str());
            prop_assert_eq!(identifier.search_key(), Some(text));
        }
    }
}
