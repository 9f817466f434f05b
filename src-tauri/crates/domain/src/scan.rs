// SPDX-License-Identifier: EUPL-1.2
//! What a scanner typed: a tax code, one of our slips, a booklet serial, or plain text.
//!
//! Whether it came from a scanner at all (its pace) is the screen's to decide; here only the text counts.

use crate::tax_code::{DEFINITIVE, PROVISIONAL, TaxCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What our own slips' QR codes begin with.
pub const SLIP_PREFIX: &str = "SPORTELLO:";

/// What came, as far as its form tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Scan {
    /// The first valid tax code in it.
    TaxCode(TaxCode),
    /// The payload of one of our slips, without [`SLIP_PREFIX`]. Not verified here.
    Slip(String),
    /// A booklet or voucher serial, upper case, without separators. See [`serial`].
    Serial(String),
    /// Anything else, trimmed: a name to search, say.
    Text(String),
}

/// Says what a text is.
///
/// A slip comes before a tax code (a payload could contain one), a tax code before a serial: eleven
/// digits with a right check digit are taken for a provisional code. A field that can only hold
/// a serial asks [`serial`] instead.
pub fn classify(input: &str) -> Scan {
    let text = input.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}');
    if let Some(payload) = slip(text) {
        return Scan::Slip(payload.to_owned());
    }
    if let Some(code) = tax_code(text) {
        return Scan::TaxCode(code);
    }
    if let Some(serial) = serial(text) {
        return Scan::Serial(serial);
    }
    Scan::Text(text.to_owned())
}

/// The payload of a slip, when the text is one.
fn slip(text: &str) -> Option<&str> {
    let head = text.get(..SLIP_PREFIX.len())?;
    let payload = text.get(SLIP_PREFIX.len()..)?.trim();
    (head.eq_ignore_ascii_case(SLIP_PREFIX) && !payload.is_empty()).then_some(payload)
}

/// The first valid tax code in a text: the whole of it as a person would write it, or 16 characters inside a
/// magnetic track (`%…?;…?`), or 11 digits that stand alone (a card number is longer and is not searched).
pub fn tax_code(text: &str) -> Option<TaxCode> {
    if let Ok(code) = TaxCode::parse(text) {
        return Some(code);
    }
    text.split(|c: char| !c.is_ascii_alphanumeric()).find_map(in_run)
}

/// Looks for a code in an unbroken run of letters and digits.
fn in_run(run: &str) -> Option<TaxCode> {
    if run.len() == PROVISIONAL
        && let Ok(code) = TaxCode::parse(run)
    {
        return Some(code);
    }
    (0..=run.len().checked_sub(DEFINITIVE)?)
        .filter_map(|start| run.get(start..start + DEFINITIVE))
        .find_map(|window| TaxCode::parse(window).ok())
}

/// The serial of a booklet or voucher: up to three letters, then 6 to 12 digits, perhaps with a space or
/// a hyphen between the two. Given upper case without the separator.
pub fn serial(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '*');
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (prefix, rest) = text.split_at_checked(letters)?;
    let digits = if prefix.is_empty() {
        rest
    } else {
        rest.strip_prefix([' ', '-']).unwrap_or(rest)
    };
    let right =
        prefix.len() <= 3 && (6..=12).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit());
    right.then(|| format!("{}{digits}", prefix.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    const CODE: &str = "RSSMRA80A01D612Y";

    fn code_in(text: &str) -> Option<String> {
        match classify(text) {
            Scan::TaxCode(code) => Some(code.as_str().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn a_tax_code_is_found_however_the_reader_sends_it() {
        for text in [
            "RSSMRA80A01D612Y",
            "RSSMRA80A01D612Y\r\n",
            "\tRSSMRA80A01D612Y\t",
            "*RSSMRA80A01D612Y*",
            "rssmra80a01d612y",
            "RSS MRA 80A01 D612 Y",
            "%RSSMRA80A01D612Y ROSSI  MARIO?;80380000900012345678?",
            "%B0RSSMRA80A01D612YROSSI^MARIO?",
            "ROSSI MARIO RSSMRA80A01D612Y",
        ] {
            assert_eq!(code_in(text).as_deref(), Some(CODE), "{text:?}");
        }
        assert_eq!(code_in("%01307110484?").as_deref(), Some("01307110484"));
    }

    #[test]
    fn the_first_valid_code_wins_over_a_broken_one() {
        let text = "RSSMRA80A01D612Z;CCCFBA85D03L21VE;RSSMRA80A01D612Y";
        assert_eq!(code_in(text).as_deref(), Some("CCCFBA85D03L21VE"));
    }

    #[test]
    fn a_card_number_is_not_searched_for_provisional_codes() {
        // The run holds a valid provisional code, but is longer.
        assert_eq!(code_in(";80380001307110484012?"), None);
        assert_eq!(code_in("8038000 0130711048 4012345678901"), None);
    }

    #[test]
    fn a_slip_is_recognised_and_never_taken_for_a_code() {
        assert_eq!(classify("SPORTELLO:1:abcDEF\n"), Scan::Slip("1:abcDEF".into()));
        assert_eq!(classify("sportello:RSSMRA80A01D612Y"), Scan::Slip(CODE.into()));
        assert_eq!(classify("SPORTELLO:  "), Scan::Text("SPORTELLO:".into()));
        assert_eq!(classify("sportello"), Scan::Text("sportello".into()));
    }

    #[test]
    fn a_serial_has_up_to_three_letters_and_six_to_twelve_digits() {
        for (text, expected) in [
            ("123456", "123456"),
            ("000123456789", "000123456789"),
            ("ed00012345", "ED00012345"),
            ("EDF-00012345", "EDF00012345"),
            ("E 1234567\n", "E1234567"),
            ("*0001234567*", "0001234567"),
        ] {
            assert_eq!(classify(text), Scan::Serial(expected.into()), "{text:?}");
        }
        for text in [
            "12345",
            "1234567890123",
            "ABCD123456",
            "055 123456",
            "-123456",
            "A--123456",
            "STP0902010000012",
            "01/02/1980",
        ] {
            assert!(matches!(classify(text), Scan::Text(_)), "{text:?}");
        }
    }

    #[test]
    fn eleven_digits_are_a_serial_where_only_a_serial_can_be() {
        assert!(matches!(classify("01307110484"), Scan::TaxCode(_)));
        assert_eq!(serial("01307110484").as_deref(), Some("01307110484"));
        assert_eq!(
            classify("01307110485"),
            Scan::Serial("01307110485".into()),
            "a wrong check digit leaves a serial"
        );
    }

    #[test]
    fn typed_text_stays_text() {
        for text in ["D'Angelo", "", "rossi mar", "RSSMRA80A01D612Z", "già"] {
            assert_eq!(classify(text), Scan::Text(text.into()));
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = classify(&text);
            let _ = serial(&text);
        }

        #[test]
        fn scanner_noise_of_any_kind_is_survived(text in "[%*;?^=A-Z0-9a-zò: \r\n-]{0,60}") {
            let _ = classify(&text);
        }

        #[test]
        fn a_code_is_found_in_a_track(before in "[%;?^= ]{0,4}", after in "[%;?^= ][%;?^=0-9 ]{0,30}") {
            prop_assert_eq!(code_in(&format!("{before}{CODE}{after}")), Some(CODE.to_owned()));
        }
    }
}
