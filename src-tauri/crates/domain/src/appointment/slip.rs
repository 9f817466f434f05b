// SPDX-License-Identifier: EUPL-1.2
//! The short code on an appointment slip: typed when the scanner fails, so it tells a mistyped character.

use crate::crockford::{ALPHABET, check, plain};
use crate::ids::AppointmentId;

/// What a slip's QR begins with, so that a scan says what it is.
pub const QR_PREFIX: &str = "SPORTELLO:A:";

/// Eight characters of the appointment's identifier and a ninth that checks them: `7K2M-9QXT-C`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SlipCode(String);

impl SlipCode {
    /// The code of an appointment.
    pub fn of(id: AppointmentId) -> Self {
        let hash = crate::ids::derived("sportello 2026 slip", &[id.0.as_bytes()]);
        let bits = hash.as_u128() >> 88; // the first 40 bits, 8 characters of 5
        let mut plain = String::with_capacity(9);
        for i in (0..8).rev() {
            plain.push(char::from(ALPHABET[((bits >> (i * 5)) & 31) as usize]));
        }
        plain.push(check(&plain));
        Self(plain)
    }

    /// Reads a code as people type it: any case, with or without dashes, `O` for `0`, `I` and `L` for `1`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(QR_PREFIX).unwrap_or(text);
        let plain = plain(text)?;
        (plain.len() == 9 && plain.ends_with(check(&plain[..8]))).then_some(Self(plain))
    }

    /// What the QR holds.
    pub fn qr(&self) -> String {
        format!("{QR_PREFIX}{}", self.0)
    }
}

impl std::fmt::Display for SlipCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_single_mistyped_character_is_told(id: u128, place in 0_usize..9, other in 0_usize..32) {
            let code = SlipCode::of(AppointmentId(uuid::Uuid::from_u128(id)));
            let mut typed: Vec<u8> = code.0.bytes().collect();
            prop_assume!(typed[place] != ALPHABET[other]);
            typed[place] = ALPHABET[other];
            prop_assert_eq!(SlipCode::parse(std::str::from_utf8(&typed).unwrap()), None);
        }

        #[test]
        fn codes_read_back_as_printed_and_as_scanned(id: u128) {
            let code = SlipCode::of(AppointmentId(uuid::Uuid::from_u128(id)));
            prop_assert_eq!(SlipCode::parse(&code.to_string().to_lowercase()), Some(code.clone()));
            prop_assert_eq!(SlipCode::parse(&code.qr()), Some(code));
        }

        #[test]
        fn nothing_typed_makes_it_panic(text: String) {
            let _ = SlipCode::parse(&text);
        }
    }
}
