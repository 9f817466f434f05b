// SPDX-License-Identifier: EUPL-1.2
//! Codes of forms, and forms typed in twice.

use super::*;
use crate::event::Event;
use crate::ids::CommandId;
use crate::meta::EntityRef;
use crate::state::Fold;
use crate::time::Hlc;
use proptest::prelude::*;
use uuid::Uuid;

proptest! {
    #[test]
    fn codes_read_back_as_printed_and_as_scanned(id: u128, number in 1_u16..=500) {
        let code = FormCode::of(PaperKitId(Uuid::from_u128(id)), number);
        prop_assert_eq!(FormCode::parse(&code.to_string().to_lowercase()), Some(code.clone()));
        prop_assert_eq!(FormCode::parse(&code.qr()), Some(code.clone()));
        prop_assert_eq!(code.kit(), &kit_code(PaperKitId(Uuid::from_u128(id))));
        prop_assert_eq!(code.number(), number);
    }

    #[test]
    fn every_single_mistyped_character_is_told(id: u128, place in 0_usize..9, other in 0_usize..32) {
        let code = FormCode::of(PaperKitId(Uuid::from_u128(id)), 17);
        let mut typed: Vec<u8> = code.0.bytes().collect();
        prop_assume!(typed[place] != ALPHABET[other]);
        typed[place] = ALPHABET[other];
        prop_assert_eq!(FormCode::parse(std::str::from_utf8(&typed).unwrap()), None);
    }

    #[test]
    fn nothing_typed_makes_it_panic(text: String) {
        let _ = FormCode::parse(&text);
    }
}

fn told(desk: u128, at: i64, event: impl Into<Event>, state: Option<PaperKit>) -> Option<PaperKit> {
    let meta = EventMeta {
        desk: DeskId(Uuid::from_u128(desk)),
        topic: Topic::Quartiere(1),
        seq: 1,
        hlc: Hlc::default(),
        at: Timestamp(at),
        entity: EntityRef::from(PaperKitId::default()),
        actor: OperatorId::default(),
        command: CommandId::default(),
    };
    PaperKit::fold(state, &meta, &event.into())
}

fn entered_form(number: u16) -> PaperFormEntered {
    PaperFormEntered {
        number,
        entitlement: EntitlementId::default(),
        delivery: DeliveryId::default(),
        at: NaiveDate::from_ymd_opt(2021, 3, 1)
            .unwrap()
            .and_hms_opt(9, 0, 0)
            .unwrap(),
        by: OperatorId::default(),
    }
}

#[test]
fn a_form_typed_in_twice_or_typed_in_and_void_is_told_and_the_others_are_not() {
    let kit = PaperKitPrepared {
        campaign: CampaignId::default(),
        day: None,
        forms: 4,
        entitlements: vec![EntitlementId::default()],
        runs: vec![],
    };
    let mut state = told(1, 1, kit, None);
    state = told(1, 2, entered_form(1), state);
    state = told(2, 3, entered_form(1), state);
    state = told(1, 4, entered_form(2), state);
    let void = PaperFormsVoided {
        first: 2,
        last: 3,
        reason: "x".into(),
    };
    state = told(2, 5, void, state);
    let kit = state.unwrap();
    let twice: Vec<(u16, usize)> = kit
        .twice()
        .iter()
        .map(|(n, entries)| (*n, entries.len()))
        .collect();
    assert_eq!(twice, [(1, 2), (2, 1)]);
    assert_eq!(kit.open_forms(), [4]);
}
