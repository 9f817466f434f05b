// SPDX-License-Identifier: EUPL-1.2
//! Lists against what is known already.

use super::*;
use crate::ids::EntitlementId;
use crate::import::known::Known;

const MARIO: &str = "Rossi;Mario;RSSMRA80A01D612Y;01/01/1980;Via Ghibellina;12;1;1;0;055 123456;150;P1";
const FABIO: &str = "Cicci;Fabio;CCCFBA85D03L219P;03/04/1985;Via Aretina;3;2;2;0;055 999999;250;P2";

fn id_of(known: &KnownIndex, code: &str) -> HouseholdId {
    known.by_identifier(code).unwrap()[0]
}

#[test]
fn the_same_list_again_changes_nothing_and_is_told() {
    let table = usual(&[MARIO, FABIO]);
    let mut known = after(&table);
    let plan = planned_as(&table, &known, "first", "2021-01-05");
    assert_eq!(fates(&plan), [Fate::Unchanged, Fate::Unchanged]);
    assert!(plan.actions.is_empty() && plan.again && plan.applicable);
    assert!(plan.notices.contains(&Notice::SameListAgain {
        issued: day("2021-01-05")
    }));
    // Nor does it undo what a person corrected since.
    let id = id_of(&known, "RSSMRA80A01D612Y");
    let mut data = known.household(id).unwrap().unwrap();
    data.phone = "333 111".into();
    known.add_household(id, data);
    let plan = planned_as(&table, &known, "first", "2021-01-05");
    assert_eq!(fates(&plan), [Fate::Unchanged, Fate::Unchanged]);
    assert!(plan.actions.is_empty());
}

#[test]
fn the_same_rows_in_another_file_change_nothing() {
    let known = after(&usual(&[MARIO, FABIO]));
    let untidy = usual(&[
        &FABIO.to_uppercase(),
        " rossi ;MARIO;rssmra80a01d612y;1-1-1980;via ghibellina;12;Q1;1;0;055123456;€ 150,00;P1",
    ]);
    let plan = planned_as(&untidy, &known, "other", "2021-01-06");
    assert_eq!(
        fates(&plan),
        [Fate::Unchanged, Fate::Unchanged],
        "{:?}",
        plan.rows
    );
    assert!(plan.actions.is_empty() && !plan.again);
}

#[test]
fn an_older_list_overwrites_nothing() {
    let known = after(&usual(&[MARIO]));
    let plan = planned_as(
        &usual(&[&MARIO.replace("150", "250")]),
        &known,
        "old",
        "2021-01-04",
    );
    let told = Notice::OlderList {
        issued: day("2021-01-04"),
        last: day("2021-01-05"),
    };
    assert!(plan.notices.contains(&told) && !plan.applicable && plan.actions.is_empty());
    let same_day = planned_as(&usual(&[MARIO]), &known, "other", "2021-01-05");
    assert!(
        same_day.applicable
            && same_day.notices.contains(&Notice::SameDate {
                issued: day("2021-01-05")
            })
    );
}

#[test]
fn a_list_of_tomorrow_would_make_every_later_one_old() {
    let plan = planned_as(&usual(&[MARIO]), &KnownIndex::default(), "x", "2021-02-02");
    assert!(
        !plan.applicable
            && plan.notices.contains(&Notice::FutureList {
                issued: day("2021-02-02")
            })
    );
}

#[test]
fn what_changed_is_written_and_named() {
    let known = after(&usual(&[MARIO, FABIO]));
    let moved = MARIO
        .replace("Via Ghibellina;12;1", "Via Aretina;7;2")
        .replace("055 123456", "");
    let plan = planned(&usual(&[&moved, &FABIO.replace("250", "260")]), &known);
    assert_eq!(
        row(&plan, 2).reasons,
        [
            Reason::Changes { field: "quartiere" },
            Reason::Changes { field: "address" }
        ]
    );
    assert_eq!(row(&plan, 2).fate, Fate::Changed);
    let Action::Correct { data, .. } = &plan.actions[0] else {
        panic!("{:?}", plan.actions)
    };
    assert_eq!(data.phone, "055 123456", "an empty cell takes nothing away");
    let id = id_of(&known, "CCCFBA85D03L219P");
    let entitlement = EntitlementId::of(campaign().id, id);
    assert_eq!(
        plan.actions[1],
        Action::Revise {
            household: id,
            entitlement,
            amount: Cents(26_000),
            row: 3
        }
    );
}

#[test]
fn an_amount_after_delivery_or_by_hand_is_for_a_person_to_see() {
    let mut known = after(&usual(&[MARIO]));
    let id = id_of(&known, "RSSMRA80A01D612Y");
    let right = KnownRight {
        amount: Cents(15_000),
        delivered: Cents(15_000),
        revoked: false,
        listed: true,
        by_hand: false,
    };
    known.add_right(id, right);
    let more = usual(&[&MARIO.replace(";150;", ";200;")]);
    let plan = planned(&more, &known);
    assert_eq!(plan.rows[0].fate, Fate::Doubtful);
    assert!(plan.rows[0].reasons.contains(&Reason::ServedOtherAmount {
        delivered: Cents(15_000),
        amount: Cents(20_000)
    }));
    assert!(matches!(
        plan.actions[..],
        [Action::Revise {
            amount: Cents(20_000),
            ..
        }]
    ));

    known.add_right(
        id,
        KnownRight {
            delivered: Cents(0),
            amount: Cents(18_000),
            by_hand: true,
            ..right
        },
    );
    let plan = planned(&usual(&[MARIO]), &known);
    assert_eq!(
        plan.rows[0].reasons,
        [Reason::AmountSetByHand {
            set: Cents(18_000),
            amount: Cents(15_000)
        }]
    );
    // A list that writes no amount does not undo it.
    let silent = planned(&usual(&[&MARIO.replace(";150;", ";;")]), &known);
    assert_eq!(
        (silent.rows[0].fate, silent.rows[0].amount),
        (Fate::Unchanged, Some(Cents(18_000)))
    );

    known.add_right(
        id,
        KnownRight {
            revoked: true,
            ..right
        },
    );
    let plan = planned(&usual(&[MARIO]), &known);
    assert_eq!(
        (plan.rows[0].fate, &plan.rows[0].reasons[..]),
        (Fate::Doubtful, &[Reason::RevokedBefore][..])
    );
    assert!(matches!(
        plan.actions[..],
        [Action::Revise {
            amount: Cents(15_000),
            ..
        }]
    ));
}

#[test]
fn households_that_are_gone_keep_their_right_and_are_counted() {
    let known = after(&usual(&[MARIO, FABIO]));
    let plan = planned(&usual(&[MARIO]), &known);
    assert!(plan.notices.contains(&Notice::MissingHouseholds { count: 1 }) && plan.actions.is_empty());
    // A refused row still speaks of its household.
    let plan = planned(
        &usual(&[MARIO, &FABIO.replace("CCCFBA85D03L219P", "CCCFBA85D03L219B")]),
        &known,
    );
    assert_eq!(row(&plan, 3).fate, Fate::Refused);
    assert_eq!(row(&plan, 3).household, Some(id_of(&known, "CCCFBA85D03L219P")));
    assert!(plan.notices.is_empty(), "{:?}", plan.notices);
}

#[test]
fn somebody_with_an_stp_who_has_a_tax_code_now_is_the_same() {
    let known = after(&usual(&[&MARIO.replace("RSSMRA80A01D612Y", "STP0902010000012")]));
    for list_ref in ["P1", "P77"] {
        let plan = planned(&usual(&[&MARIO.replace(";P1", &format!(";{list_ref}"))]), &known);
        assert_eq!(plan.rows[0].fate, Fate::Doubtful);
        assert!(
            plan.rows[0].reasons.contains(&Reason::IdentifierChanged),
            "{:?}",
            plan.rows[0].reasons
        );
        assert!(
            plan.actions
                .iter()
                .all(|action| matches!(action, Action::Correct { .. }))
        );
    }
}

#[test]
fn two_persons_are_not_made_one() {
    let one = FABIO;
    let twin = FABIO
        .replace("CCCFBA85D03L219P", "CCCFBA85D03L21VE")
        .replace(";P2", ";P9")
        .replace("055 999999", "");
    let known = after(&usual(&[one]));
    let plan = planned(&usual(&[one, &twin]), &known);
    assert_eq!(fates(&plan), [Fate::Unchanged, Fate::Doubtful]);
    assert!(row(&plan, 3).reasons.contains(&Reason::Homonym));
    assert_eq!(registered(&plan).len(), 1);
    let renamed = twin.replace("03/04/1985", "");
    assert!(
        row(&planned(&usual(&[&renamed]), &known), 2)
            .reasons
            .contains(&Reason::KeyKnown)
    );
}

#[test]
fn a_practice_number_alone_is_no_proof() {
    let mut known = after(&usual(&[MARIO]));
    let other = FABIO.replace(";P2", ";P1");
    let plan = planned(&usual(&[&other]), &known);
    assert_eq!(plan.rows[0].reasons, [Reason::PracticeOfAnother]);
    assert_eq!(plan.rows[0].fate, Fate::Refused);
    // Numbers begin again with each round: of a household that is not entitled now it says nothing.
    known.add_right(
        id_of(&known, "RSSMRA80A01D612Y"),
        KnownRight {
            revoked: true,
            ..KnownRight::default()
        },
    );
    assert_eq!(planned(&usual(&[&other]), &known).rows[0].fate, Fate::New);
}

#[test]
fn a_member_of_an_entitled_household_does_not_apply_a_second_time() {
    let head = "Pratica;Ruolo;Cognome;Nome;Codice fiscale;Quartiere;Importo";
    let family = table(&format!(
        "{head}\nP1;Richiedente;Rossi;Mario;RSSMRA80A01D612Y;1;250\nP1;Coniuge;Cicci;Fabio;CCCFBA85D03L219P;1;"
    ));
    let mut known = after(&family);
    let plan = planned(&usual(&[FABIO]), &known);
    assert_eq!(
        (plan.rows[0].fate, &plan.rows[0].reasons[..]),
        (Fate::Refused, &[Reason::MemberOfKnown][..])
    );
    // With the household's own practice number, another of its members applies now.
    let plan = planned(&usual(&[&FABIO.replace(";P2", ";P1")]), &known);
    assert!(plan.rows[0].reasons.contains(&Reason::ApplicantChanged));
    let Action::Correct { data, .. } = &plan.actions[0] else {
        panic!("{:?}", plan.actions)
    };
    assert_eq!(
        data.members.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(),
        ["Fabio", "Mario"]
    );
    // Of a household without a right in this campaign it may be a new one.
    known.add_right(
        id_of(&known, "RSSMRA80A01D612Y"),
        KnownRight {
            revoked: true,
            ..KnownRight::default()
        },
    );
    let plan = planned(&usual(&[FABIO]), &known);
    assert_eq!(
        (plan.rows[0].fate, &plan.rows[0].reasons[..]),
        (Fate::Doubtful, &[Reason::WasMember][..])
    );
}

#[test]
fn a_household_of_an_earlier_round_gets_its_right() {
    let mut known = KnownIndex::default();
    let plan = planned(&usual(&[MARIO]), &known);
    let (id, data) = registered(&plan).remove(0);
    known.add_household(id, data);
    let plan = planned(&usual(&[MARIO]), &known);
    assert_eq!(
        (plan.rows[0].fate, &plan.rows[0].reasons[..]),
        (Fate::Changed, &[Reason::RightIsNew][..])
    );
    assert_eq!(
        plan.actions,
        [Action::Grant {
            household: id,
            amount: Cents(15_000),
            row: 2
        }]
    );
}

#[test]
fn two_rows_never_become_the_same_household() {
    let known = after(&usual(&[&MARIO.replace("RSSMRA80A01D612Y", "STP0902010000012")]));
    let by_stp = MARIO
        .replace("RSSMRA80A01D612Y", "STP0902010000012")
        .replace(";P1", ";");
    let by_code = MARIO.replace(";P1", ";P5");
    let plan = planned(&usual(&[&by_stp, &by_code]), &known);
    assert_eq!(row(&plan, 2).fate, Fate::Unchanged);
    assert!(row(&plan, 3).reasons.contains(&Reason::SameHousehold { row: 2 }));
    assert_eq!(row(&plan, 3).fate, Fate::Refused);
}

#[test]
fn who_is_certain_goes_before_who_is_likely() {
    let known = after(&usual(&[&MARIO.replace("RSSMRA80A01D612Y", "STP0902010000012")]));
    let likely = MARIO.replace(";P1", ";P5");
    let certain = MARIO
        .replace("RSSMRA80A01D612Y", "STP0902010000012")
        .replace(";P1", ";P6");
    let plan = planned(&usual(&[&likely, &certain]), &known);
    assert_eq!(row(&plan, 2).fate, Fate::Refused);
    assert!(row(&plan, 2).reasons.contains(&Reason::SameHousehold { row: 3 }));
    assert_ne!(row(&plan, 3).fate, Fate::Refused);
}

#[test]
fn a_row_that_tells_no_amount_waits_whatever_is_known() {
    // Found by chance: the row that was refused took the household of the one that was not, the second time.
    let silent = MARIO.replace(";1;0;055", ";;;055").replace(";150;P1", ";;");
    let told = MARIO.replace("RSSMRA80A01D612Y", "STP0902010000012");
    let table = usual(&[&silent, &told]);
    let known = after(&table);
    let plan = planned(&table, &known);
    assert_eq!(fates(&plan), [Fate::Refused, Fate::Unchanged]);
    assert!(row(&plan, 2).reasons.contains(&Reason::AmountMissing));
}
