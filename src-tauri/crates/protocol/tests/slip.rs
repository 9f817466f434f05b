// SPDX-License-Identifier: EUPL-1.2
//! Hand-over slips: the named desk reads them, and nobody else; nothing on them can be changed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use sportello_domain::entitlement::SlipStamp;
use sportello_domain::ids::{CampaignId, DeskId, EntitlementId, HouseholdId, OfficeId};
use sportello_domain::money::Cents;
use sportello_protocol::DeskKey;
use sportello_protocol::slip::{Content, SealedSlip, ShortCode, SlipError, Terms};
use uuid::Uuid;

fn key(n: u8) -> DeskKey {
    DeskKey::from_seed(&[n; 32])
}

fn terms() -> Terms {
    Terms {
        office: OfficeId(Uuid::from_u128(1)),
        entitlement: EntitlementId(Uuid::from_u128(2)),
        from: DeskId(Uuid::from_u128(0xA)),
        to: DeskId(Uuid::from_u128(0xB)),
        stamp: SlipStamp(36_806_400),
    }
}

fn content() -> Content {
    Content {
        terms: terms(),
        topic: "q3".into(),
        campaign: CampaignId(Uuid::from_u128(3)),
        household: HouseholdId(Uuid::from_u128(4)),
        due: Cents(25_000),
        data: br#"{"members":[{"surname":"Dell'Erba"}]}"#.to_vec(),
    }
}

fn sealed() -> SealedSlip {
    SealedSlip::seal(&key(1), &key(2).public(), &content(), &[7; 32]).unwrap()
}

#[test]
fn a_code_is_the_same_from_both_ends_and_reads_back_as_typed() {
    let code = ShortCode::of(&key(1), &key(2).public(), &terms()).unwrap();
    assert_eq!(ShortCode::of(&key(2), &key(1).public(), &terms()).unwrap(), code);
    let printed = code.to_string();
    assert_eq!(
        printed, "1337R-0WY31-NPT2K-343P8",
        "another implementation prints the same"
    );
    let typed = format!(" {} ", printed.to_lowercase().replace('-', " "));
    let read = ShortCode::parse(&typed).unwrap();
    assert_eq!((read.stamp(), read.may_be_for(terms().to)), (terms().stamp, true));
    assert!(read.holds(&key(2), &key(1).public(), &terms()));
    assert_eq!(format!("{code:?}"), "ShortCode(…)");
}

#[test]
fn a_code_holds_on_its_own_terms_only() {
    let code = ShortCode::of(&key(1), &key(2).public(), &terms()).unwrap();
    let other = |change: fn(&mut Terms)| {
        let mut terms = terms();
        change(&mut terms);
        code.holds(&key(2), &key(1).public(), &terms)
    };
    assert!(!other(|t| t.office = OfficeId(Uuid::from_u128(9))));
    assert!(!other(|t| t.entitlement = EntitlementId(Uuid::from_u128(9))));
    assert!(!other(|t| t.from = DeskId(Uuid::from_u128(9))));
    assert!(!other(|t| t.to = DeskId(Uuid::from_u128(9))));
    assert!(!other(|t| t.stamp = SlipStamp(t.stamp.0 + 1)));
    assert!(
        !other(|t| std::mem::swap(&mut t.from, &mut t.to)),
        "nor the other way round"
    );
    assert!(
        !code.holds(&key(3), &key(1).public(), &terms()),
        "nor for a third desk"
    );
    assert!(!code.holds(&key(2), &key(3).public(), &terms()), "nor by one");
}

#[test]
fn the_named_desk_opens_a_slip_and_nobody_else() {
    let slip = SealedSlip::parse(&sealed().qr().to_lowercase()).unwrap();
    let Terms { office, from, to, .. } = terms();
    assert_eq!((slip.from(), slip.to()), (from, to));
    assert_eq!(slip.open(office, to, &key(2), &key(1).public()), Ok(content()));
    assert_eq!(
        slip.open(office, from, &key(1), &key(1).public()),
        Err(SlipError::ForOther)
    );
    assert_eq!(
        slip.open(office, to, &key(3), &key(1).public()),
        Err(SlipError::Wrong)
    );
    assert_eq!(
        slip.open(office, to, &key(2), &key(3).public()),
        Err(SlipError::Wrong),
        "not its writer"
    );
    let elsewhere = OfficeId(Uuid::from_u128(9));
    assert_eq!(
        slip.open(elsewhere, to, &key(2), &key(1).public()),
        Err(SlipError::Wrong)
    );
}

#[test]
fn whoever_photographs_a_qr_reads_no_name_in_it() {
    let qr = sealed().qr();
    let bytes = sportello_domain::crockford::decode(&qr["SPORTELLO:C:".len()..]).unwrap();
    assert!(!bytes.windows(4).any(|w| w == b"Dell"));
    assert!(
        qr.chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ':'),
        "alphanumeric mode"
    );
}

#[test]
fn a_large_household_fits_on_paper() {
    let member = |n: u32| {
        format!(
            r#"{{"id":"{}","surname":"Cognome{n}","name":"Nome{n}","identifier":"RSSMRA8{n}A01D612Y"}}"#,
            Uuid::from_u128(u128::from(n) * 0x1234_5678_9ABC_DEF1)
        )
    };
    let data = format!("[{}]", (0..12).map(member).collect::<Vec<_>>().join(",")).into_bytes();
    let slip = SealedSlip::seal(
        &key(1),
        &key(2).public(),
        &Content { data, ..content() },
        &[7; 32],
    )
    .unwrap();
    // ISO/IEC 18004, version 40, level M: 3,391 alphanumeric characters.
    assert!(slip.qr().len() < 2_000, "{}", slip.qr().len());
}

proptest! {
    #[test]
    fn any_change_of_a_qr_or_a_code_is_found(at in 0_usize..2_000, with in 0_u8..32) {
        let change = |text: &str, begin: usize| -> Option<String> {
            let mut bytes = text.as_bytes().to_vec();
            let at = begin + at % (bytes.len() - begin);
            let new = sportello_domain::crockford::ALPHABET[usize::from(with)];
            (bytes[at] != b'-' && bytes[at] != new).then(|| { bytes[at] = new; String::from_utf8(bytes).unwrap() })
        };
        let Terms { office, to, .. } = terms();
        if let Some(changed) = change(&sealed().qr(), 12) {
            let read = SealedSlip::parse(&changed).and_then(|s| s.open(office, to, &key(2), &key(1).public()));
            prop_assert!(read.is_err() || read == Ok(content()));
        }
        let code = ShortCode::of(&key(1), &key(2).public(), &terms()).unwrap().to_string();
        if let Some(changed) = change(&code, 0) {
            prop_assert_eq!(ShortCode::parse(&changed), Err(SlipError::Mistyped));
        }
    }

    #[test]
    fn nothing_typed_or_scanned_makes_it_panic(text: String) {
        let _ = (ShortCode::parse(&text), SealedSlip::parse(&text), SealedSlip::parse(&format!("SPORTELLO:C:{text}")));
    }
}
