// SPDX-License-Identifier: EUPL-1.2
//! The examples of the domain notes, each kind of mistake, and properties. The comparison with
//! python-codicefiscale is in `tests/tax_code_reference.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn code(text: &str) -> TaxCode {
    TaxCode::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn the_valid_examples_are_valid_and_kept_as_given() {
    for text in [
        "CCCFBA85D03L219P",
        "CCCFBA85D03L21VE",
        "CCCFBA85D03L2MVP",
        "CCCFBA85D03LNMVE",
        "CCCFBAURDLPLNMVU",
        "MRTMRA83T56A269B",
        "RSSMRA80A01D612Y",
        "01307110484",
        "00743110157",
    ] {
        assert_eq!(code(text).as_str(), text);
    }
}

#[test]
fn the_invalid_examples_are_refused_each_for_its_reason() {
    use TaxCodeError as E;
    for (text, error) in [
        ("CCCFBA85D03L219B", E::CheckCharacter),
        ("01307110485", E::ProvisionalCheck),
        ("GLABNC72H25H501Y", E::CheckCharacter),
        ("", E::Missing),
        (" * ", E::Missing),
        ("RSSMRA80A01D612", E::Length { got: 15 }),
        ("RSSMRA80A01D612YY", E::Length { got: 17 }),
        ("0130711048", E::Length { got: 10 }),
        ("RSSMRA80A01", E::Length { got: 11 }),
        ("0130711048O", E::Character { position: 11 }),
        ("RSSMRA8OA01D612Y", E::Character { position: 8 }),
        ("RSSMRA80A01D6I2Y", E::Character { position: 14 }),
        ("R5SMRA80A01D612Y", E::Character { position: 2 }),
        ("RSSMRA80A0_D612Y", E::Character { position: 11 }),
        ("RÈSMRA80A01D612Y", E::Character { position: 2 }),
        ("RSSMRA80A010612Y", E::Character { position: 12 }),
        ("RSSMRA80A01D6127", E::Character { position: 16 }),
        ("RSSMRA80F01D612Y", E::Month),
        ("RSSMRA80A00D612Y", E::Day),
        ("RSSMRA80A32D612Y", E::Day),
        ("RSSMRA80A40D612Y", E::Day),
        ("RSSMRA80A72D612Y", E::Day),
        ("RSSMRA80D31D612Y", E::Day),
        ("RSSMRA80D71D612Y", E::Day),
        ("RSSMRA80B30D612Y", E::Day),
        ("RSSMRA81B29D612Y", E::Day),
    ] {
        assert_eq!(TaxCode::parse(text), Err(error), "{text}");
    }
}

#[test]
fn the_twenty_ninth_of_february_needs_a_leap_year_of_either_century() {
    for (year, leap) in [(0, true), (80, true), (81, false), (96, true), (99, false)] {
        let fine = TaxCode::parse(&with_check(&format!("RSSMRA{year:02}B29D612"))).is_ok();
        assert_eq!(fine, leap, "{year}");
    }
}

#[test]
fn writing_does_not_matter() {
    for text in [
        "rssmra80a01d612y",
        " RSS MRA 80A01 D612Y\t",
        "*RSSMRA80A01D612Y*",
        "'RSSMRA80A01D612Y",
        "RSS-MRA-80A01-D612-Y",
        "\u{FEFF}RSSMRA80A01D612Y\u{00A0}",
    ] {
        assert_eq!(code(text).as_str(), "RSSMRA80A01D612Y", "{text:?}");
    }
}

#[test]
fn a_mistyped_code_and_an_omocodic_one_are_told_differently() {
    assert_eq!(judge("CCCFBA85D03L219P"), TaxCodeVerdict::Valid);
    assert_eq!(judge("CCCFBA85D03L21VE"), TaxCodeVerdict::Omocodic);
    assert_eq!(judge("01307110484"), TaxCodeVerdict::Provisional);
    let mistyped = judge("CCCFBA85D03L21VP");
    let error = TaxCodeError::CheckCharacter;
    assert_eq!(mistyped, TaxCodeVerdict::Wrong { error });
}

#[test]
fn an_error_names_its_case_and_never_repeats_the_code() {
    let error = TaxCode::parse("CCCFBA85D03L219B").unwrap_err();
    assert_eq!(error.key(), "check_character");
    assert_eq!(TaxCodeError::Length { got: 3 }.key(), "length");
    assert!(!error.to_string().contains("CCC"));
    let json = serde_json::to_string(&TaxCodeError::Character { position: 8 }).unwrap();
    assert_eq!(json, r#"{"kind":"character","position":8}"#);
}

#[test]
fn omocodia_is_decoded_for_searching_only() {
    let plain = code("CCCFBA85D03L219P");
    let all_letters = code("CCCFBAURDLPLNMVU");
    assert!(!plain.is_omocodic() && all_letters.is_omocodic());
    assert_eq!(all_letters.search_key(), "CCCFBA85D03L219P");
    assert_ne!(plain, all_letters);
    assert_eq!(code("01307110484").search_key(), "01307110484");
}

#[test]
fn there_are_128_forms_the_rightmost_digit_replaced_first() {
    let forms = code("CCCFBA85D03L219P").omocodic_variants();
    assert_eq!(forms.len(), 128);
    assert_eq!(forms[0].as_str(), "CCCFBA85D03L219P");
    assert_eq!(forms[1].as_str(), "CCCFBA85D03L21VE");
    assert_eq!(forms[3].as_str(), "CCCFBA85D03L2MVP");
    assert_eq!(forms[7].as_str(), "CCCFBA85D03LNMVE");
    assert_eq!(forms[127].as_str(), "CCCFBAURDLPLNMVU");
    assert_eq!(forms.iter().collect::<BTreeSet<_>>().len(), 128);
    assert_eq!(code("01307110484").omocodic_variants().len(), 1);
}

#[test]
fn what_the_code_says_of_a_person() {
    let woman = code("MRTMRA83T56A269B");
    assert_eq!(woman.sex(), Some(Sex::Female));
    assert_eq!(woman.birth_day_month(), Some((16, 12)));
    assert_eq!(woman.birth_years(), Some([1983, 2083]));
    assert_eq!(woman.birthplace_code().as_deref(), Some("A269"));
    let man = code("CCCFBAURDLPLNMVU");
    assert_eq!(man.sex(), Some(Sex::Male));
    assert_eq!(man.birth_day_month(), Some((3, 4)));
    assert_eq!(man.birth_years(), Some([1985, 2085]));
    assert_eq!(man.birthplace_code().as_deref(), Some("L219"));
    let provisional = code("01307110484");
    assert_eq!(provisional.sex(), None);
    assert_eq!(provisional.birth_day_month(), None);
    assert_eq!(provisional.birth_years(), None);
    assert_eq!(provisional.birthplace_code(), None);
}

#[test]
fn a_birth_date_is_compared_with_both_centuries() {
    let code = code(&with_check("RSSMRA10A01D612"));
    assert!(code.could_be_born_on(date(1910, 1, 1)));
    assert!(code.could_be_born_on(date(2010, 1, 1)));
    assert!(!code.could_be_born_on(date(2010, 1, 2)));
    assert!(!code.could_be_born_on(date(2011, 1, 1)));
    assert!(super::TaxCode("01307110484".into()).could_be_born_on(date(2010, 1, 2)));
}

#[test]
fn surnames_and_names_give_their_letters() {
    for (surname, letters) in [
        ("Rossi", "RSS"),
        ("Fo", "FOX"),
        ("Re", "REX"),
        ("Aiello", "LLA"),
        ("D'Angelo", "DNG"),
        ("De Luca", "DLC"),
        ("Nicolò", "NCL"),
        ("Hu", "HUX"),
        ("Io", "IOX"),
        ("O", "OXX"),
        ("Łaß", "LSS"),
    ] {
        assert_eq!(code_of_surname(surname), letters, "{surname}");
    }
    for (name, letters) in [
        ("Mario", "MRA"),
        ("Marco", "MRC"),
        ("Gianfranco", "GFR"),
        ("Fabio", "FBA"),
        ("Niccolò", "NCL"),
        ("Alessandro", "LSN"),
        ("Maria Grazia", "MGR"),
        ("Li", "LIX"),
        ("Ada", "DAA"),
    ] {
        assert_eq!(code_of_name(name), letters, "{name}");
    }
}

#[test]
fn a_code_is_computed_from_the_data() {
    let born = date(1980, 1, 1);
    assert_eq!(
        TaxCode::compute("Rossi", "Mario", born, Sex::Male, "d612").unwrap(),
        code("RSSMRA80A01D612Y")
    );
    assert_eq!(
        TaxCode::compute("Martini", "Maria", date(1983, 12, 16), Sex::Female, "A269").unwrap(),
        code("MRTMRA83T56A269B")
    );
    for place in ["", "Firenze", "D61", "D61L", "6612", "È612"] {
        assert_eq!(
            TaxCode::compute("Rossi", "Mario", born, Sex::Male, place),
            Err(TaxCodeError::Place),
            "{place}"
        );
    }
}

#[test]
fn a_code_is_compared_with_a_name() {
    let mario = code("RSSMRA80A01D612Y");
    for (surname, name, expected) in [
        ("Rossi", "Mario", CodeAndName::Agree),
        ("ROSSI", "MARIO GIUSEPPE", CodeAndName::Agree),
        ("Rossi in Bianchi", "Mario", CodeAndName::Agree),
        ("Mario", "Rossi", CodeAndName::Swapped),
        ("Rossi", "Anna", CodeAndName::OnlySurname),
        ("Bianchi", "Mario", CodeAndName::OnlyName),
        ("Bianchi", "Anna", CodeAndName::Disagree),
        ("", "", CodeAndName::Disagree),
    ] {
        let found = mario.compare_name(surname, name);
        assert_eq!(found, expected, "{surname} {name}");
        assert_eq!(mario.plausible_for(surname, name), expected == CodeAndName::Agree);
    }
    let provisional = code("01307110484");
    assert_eq!(provisional.compare_name("Hu", "Wei"), CodeAndName::Unknown);
    assert!(provisional.plausible_for("Hu", "Wei"));
}

#[test]
fn it_is_written_as_a_plain_string_and_checked_on_reading() {
    let json = serde_json::to_string(&code("CCCFBA85D03L21VE")).unwrap();
    assert_eq!(json, "\"CCCFBA85D03L21VE\"");
    assert_eq!(
        serde_json::from_str::<TaxCode>(&json).unwrap(),
        code("CCCFBA85D03L21VE")
    );
    assert!(serde_json::from_str::<TaxCode>("\"CCCFBA85D03L219B\"").is_err());
    assert_eq!(<TaxCode as TS>::inline(&ts_rs::Config::default()), "string");
}

/// The check letter of fifteen characters.
fn check_of(fifteen: &str) -> String {
    let bytes: [u8; 16] = format!("{fifteen}A").into_bytes().try_into().unwrap();
    char::from(check_letter(&bytes)).to_string()
}

fn with_check(fifteen: &str) -> String {
    format!("{fifteen}{}", check_of(fifteen))
}

fn any_code() -> impl Strategy<Value = TaxCode> {
    (
        "[A-Z]{1,10}",
        "[A-Z]{1,10}",
        0_i64..60_000,
        any::<bool>(),
        "[A-MZ][0-9]{3}",
    )
        .prop_map(|(surname, name, days, woman, place)| {
            let born = date(1900, 1, 1) + chrono::Duration::days(days);
            let sex = if woman { Sex::Female } else { Sex::Male };
            TaxCode::compute(&surname, &name, born, sex, &place).unwrap()
        })
}

proptest! {
    #[test]
    fn reading_never_panics(text in any::<String>()) {
        let _ = TaxCode::parse(&text);
    }

    #[test]
    fn near_codes_never_panic(text in "[A-Z0-9àÈ*' ]{14,18}|[0-9O]{9,13}") {
        let _ = judge(&text);
    }

    #[test]
    fn what_is_computed_is_valid_and_says_what_it_was_made_of(
        surname in "[A-Za-zàèéìòùç' ]{1,12}", name in "[A-Za-zàèéìòùç' ]{1,12}",
        days in 0_i64..60_000, woman in any::<bool>(), place in "[A-MZ][0-9]{3}",
    ) {
        let born = date(1900, 1, 1) + chrono::Duration::days(days);
        let sex = if woman { Sex::Female } else { Sex::Male };
        let computed = TaxCode::compute(&surname, &name, born, sex, &place).unwrap();
        prop_assert_eq!(&code(computed.as_str()), &computed);
        prop_assert_eq!(computed.sex(), Some(sex));
        prop_assert_eq!(computed.birth_day_month(), Some((born.day(), born.month())));
        prop_assert!(computed.could_be_born_on(born));
        prop_assert_eq!(computed.birthplace_code(), Some(place));
        prop_assert!(!computed.is_omocodic());
        prop_assert_eq!(computed.search_key(), computed.as_str());
    }

    #[test]
    fn every_form_is_valid_and_has_the_same_key(plain in any_code()) {
        let forms = plain.omocodic_variants();
        for (index, form) in forms.iter().enumerate() {
            prop_assert_eq!(&code(form.as_str()), form);
            prop_assert_eq!(form.is_omocodic(), index > 0);
            prop_assert_eq!(form.search_key(), plain.as_str());
            prop_assert_eq!(form.birth_day_month(), plain.birth_day_month());
            prop_assert_eq!(form.sex(), plain.sex());
        }
        prop_assert_eq!(forms[127].omocodic_variants(), forms);
    }

    /// The check letter catches every single wrong character that keeps the form.
    #[test]
    fn one_wrong_character_is_never_a_valid_code(
        plain in any_code(), index in 0_usize..16, other in 0_u8..36,
    ) {
        let mut bytes = plain.as_str().as_bytes().to_vec();
        let wrong = if other < 10 { b'0' + other } else { b'A' + other - 10 };
        prop_assume!(bytes[index] != wrong);
        // A digit and its letter by the same value (0 and A…) can never stand in the same place,
        // but a digit and an omocodic letter can: those always differ in value modulo 26.
        bytes[index] = wrong;
        prop_assert!(TaxCode::parse(std::str::from_utf8(&bytes).unwrap()).is_err());
    }

    #[test]
    fn one_wrong_digit_is_never_a_valid_provisional_code(
        first in "[0-9]{10}", index in 0_usize..11, other in b'0'..=b'9',
    ) {
        let mut bytes = first.into_bytes();
        bytes.push(parse::provisional_check_digit(&bytes));
        let text = String::from_utf8(bytes.clone()).unwrap();
        prop_assert!(code(&text).is_provisional());
        prop_assume!(bytes[index] != other);
        bytes[index] = other;
        prop_assert_eq!(
            TaxCode::parse(std::str::from_utf8(&bytes).unwrap()),
            Err(TaxCodeError::ProvisionalCheck)
        );
    }
}
