// SPDX-License-Identifier: EUPL-1.2
//! Who may do what with a case, and where it stands whatever came first.

use super::*;
use crate::context::Ctx;
use crate::context::tests::ctx;
use crate::event::{Event, NewEvent};
use crate::ids::*;
use crate::meta::{EventMeta, Topic};
use crate::office::{Operator, Role};
use crate::refusal::Rejection;
use crate::state::Fold;
use crate::time::{Hlc, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

fn n(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn matter(kind: CaseKind) -> Matter {
    Matter::new(
        kind,
        CaseAbout::Delivery {
            entitlement: EntitlementId(n(1)),
            delivery: DeliveryId(n(2)),
        },
    )
}

fn meta(at: i64, by: u128, desk: u128) -> EventMeta {
    EventMeta {
        desk: DeskId(n(desk)),
        topic: Topic::Quartiere(1),
        seq: at.unsigned_abs(),
        hlc: Hlc::new(at.unsigned_abs(), 0),
        at: Timestamp(at),
        entity: matter(CaseKind::Double).id().into(),
        actor: OperatorId(n(by)),
        command: CommandId(n(at.unsigned_abs().into())),
    }
}

fn after(state: Option<Case>, at: i64, by: u128, event: &NewEvent) -> Option<Case> {
    Case::fold(state, &meta(at, by, 7), &event.event)
}

fn decided(state: Option<&Case>, decision: CaseDecision) -> Result<NewEvent, Rejection> {
    decide(
        Topic::Quartiere(1),
        &matter(CaseKind::Double),
        state,
        decision,
        "visto",
    )
}

fn person(id: u128, role: Role) -> Operator {
    Operator {
        id: OperatorId(n(id)),
        username: "s".into(),
        name: "S".into(),
        role,
        active: true,
    }
}

#[test]
fn a_case_is_the_same_wherever_it_is_found() {
    let all: Vec<CaseId> = CaseKind::ALL.iter().map(|kind| matter(*kind).id()).collect();
    let mut different = all.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(
        different.len(),
        CaseKind::ALL.len(),
        "each kind is a case of its own"
    );
    assert_eq!(matter(CaseKind::Double).id(), matter(CaseKind::Double).id());
    let (a, b) = (HouseholdId(n(1)), HouseholdId(n(2)));
    assert_eq!(
        Matter::households(CaseKind::DuplicateHousehold, a, b),
        Matter::households(CaseKind::DuplicateHousehold, b, a)
    );
}

#[test]
fn every_kind_has_something_to_decide_or_is_decided_elsewhere() {
    for kind in CaseKind::ALL {
        let rules = kind.rules();
        let elsewhere = matches!(kind, CaseKind::Fork | CaseKind::LateAfterRevocation);
        assert_eq!(rules.decisions.is_empty(), elsewhere, "{kind:?}");
        assert!(
            !rules.loss || rules.decisions.contains(&CaseDecision::Accepted),
            "{kind:?}: what takes two must be something that can be decided"
        );
    }
}

#[test]
fn a_decision_has_a_reason_and_is_one_that_the_rules_offer() {
    let topic = Topic::Quartiere(1);
    let double = matter(CaseKind::Double);
    assert_eq!(
        decide(topic, &double, None, CaseDecision::Corrected, " "),
        Err(Rejection::ReasonMissing)
    );
    let forced = matter(CaseKind::Forced);
    assert_eq!(
        decide(topic, &forced, None, CaseDecision::Unfounded, "visto"),
        Err(Rejection::FieldInvalid { field: "decision" })
    );
    assert_eq!(
        decide(
            topic,
            &matter(CaseKind::Fork),
            None,
            CaseDecision::Accepted,
            "visto"
        ),
        Err(Rejection::DecidedElsewhere)
    );
    let case = after(None, 1, 1, &decided(None, CaseDecision::Corrected).unwrap()).unwrap();
    assert_eq!(case.standing(), CaseStanding::Decided);
    assert_eq!(
        decided(Some(&case), CaseDecision::Referred),
        Err(Rejection::AlreadyDecided),
        "nobody decides over another's decision without saying so"
    );
}

#[test]
fn what_the_office_lets_go_of_takes_two_people() {
    let topic = Topic::Quartiere(1);
    let double = matter(CaseKind::Double);
    let case = after(None, 1, 1, &decided(None, CaseDecision::Accepted).unwrap()).unwrap();
    assert_eq!(case.standing(), CaseStanding::Awaiting);
    let by = |id| Ctx {
        operator: OperatorId(n(id)),
        ..ctx()
    };
    assert_eq!(
        countersign(&by(1), topic, &double, &case),
        Err(Rejection::SignedAlready),
        "not by the same person"
    );
    let signed = countersign(&by(2), topic, &double, &case).unwrap();
    // Written by hand under the first person's name it would count for nothing.
    let same = after(Some(case.clone()), 2, 1, &signed).unwrap();
    assert_eq!(same.standing(), CaseStanding::Awaiting);
    let case = after(Some(case), 2, 2, &signed).unwrap();
    assert_eq!(case.standing(), CaseStanding::Decided);
    assert_eq!(
        countersign(&by(3), topic, &double, &case),
        Err(Rejection::NothingToSign)
    );
    // Reopened, it takes two again.
    let case = after(
        Some(case.clone()),
        3,
        2,
        &reopen(topic, &double, &case, "nuovi fatti").unwrap(),
    );
    assert_eq!(case.as_ref().unwrap().standing(), CaseStanding::Reopened);
    let again = decided(case.as_ref(), CaseDecision::Accepted).unwrap();
    let case = after(case, 4, 2, &again).unwrap();
    assert_eq!(
        case.standing(),
        CaseStanding::Awaiting,
        "an old signature is of the old decision"
    );
}

#[test]
fn two_who_did_not_know_of_each_other_are_seen() {
    let topic = Topic::Quartiere(1);
    let double = matter(CaseKind::Double);
    let (one, other) = (
        decided(None, CaseDecision::Corrected).unwrap(),
        decided(None, CaseDecision::Referred).unwrap(),
    );
    let case = after(after(None, 1, 1, &one), 2, 2, &other).unwrap();
    assert_eq!(
        (case.standing(), case.decisions().len()),
        (CaseStanding::Contested, 2)
    );
    // Reopening ends both, and then one holds.
    let open = after(
        Some(case.clone()),
        3,
        3,
        &reopen(topic, &double, &case, "discordi").unwrap(),
    );
    assert_eq!(open.as_ref().unwrap().standing(), CaseStanding::Reopened);
    let last = decided(open.as_ref(), CaseDecision::Recovery).unwrap();
    let case = after(open, 4, 3, &last).unwrap();
    assert_eq!((case.standing(), case.acts.len()), (CaseStanding::Decided, 4));
    // A third one decided in time and was heard of late: the reopening did not know of it.
    let case = after(Some(case), 5, 4, &one).unwrap();
    assert_eq!(case.standing(), CaseStanding::Contested);
    // Two who decide the same are two signatures.
    let same = decided(None, CaseDecision::Accepted).unwrap();
    let case = after(after(None, 1, 1, &same), 2, 2, &same).unwrap();
    assert_eq!(case.standing(), CaseStanding::Decided);
}

#[test]
fn a_case_is_given_to_somebody_who_may_decide_it() {
    let topic = Topic::Supervisors;
    let double = matter(CaseKind::Double);
    let (operator, supervisor) = (person(1, Role::Operator), person(2, Role::Supervisor));
    let barred = Operator {
        active: false,
        ..supervisor.clone()
    };
    for wrong in [&operator, &barred] {
        assert_eq!(
            assign(topic, &double, Some(wrong)),
            Err(Rejection::FieldInvalid { field: "assignee" })
        );
    }
    let case = after(None, 1, 1, &assign(topic, &double, Some(&supervisor)).unwrap()).unwrap();
    assert_eq!(
        (case.standing(), case.assignee()),
        (CaseStanding::Assigned, Some(supervisor.id))
    );
    assert_eq!(reopen(topic, &double, &case, "x"), Err(Rejection::NotDecided));
    let case = after(Some(case), 2, 1, &assign(topic, &double, None).unwrap()).unwrap();
    assert_eq!((case.standing(), case.assignee()), (CaseStanding::Open, None));
    assert_eq!(note(topic, &double, "  "), Err(Rejection::ReasonMissing));
}

#[test]
fn a_record_that_stands_under_another_case_changes_nothing() {
    let wrong = decide(
        Topic::Quartiere(1),
        &matter(CaseKind::Forced),
        None,
        CaseDecision::Accepted,
        "visto",
    )
    .unwrap();
    assert_eq!(after(None, 1, 1, &wrong), None);
}

/// What may be written of one case, by a few people at a few desks.
fn deeds() -> impl Strategy<Value = Vec<(u128, Event)>> {
    let case = matter(CaseKind::Double);
    let deed =
        (0_u8..4, 0_usize..5, prop::collection::vec(0_u64..8, 0..3)).prop_map(move |(what, which, names)| {
            let case = case.clone();
            let named = |number: u64| CommandId(n(number.into()));
            match what {
                0 => CaseDecided {
                    takes_two: case.kind.takes_two(case.kind.rules().decisions[which]),
                    decision: case.kind.rules().decisions[which],
                    case,
                    reason: "r".into(),
                }
                .into(),
                1 => CaseReopened {
                    case,
                    over: names.into_iter().map(named).collect(),
                    reason: "r".into(),
                }
                .into(),
                2 => CaseCountersigned {
                    case,
                    decision: named(names.first().copied().unwrap_or(0)),
                }
                .into(),
                _ => CaseNoted {
                    case,
                    text: "t".into(),
                }
                .into(),
            }
        });
    prop::collection::vec((1_u128..4, deed), 1..8)
}

proptest! {
    /// Where a case stands does not depend on the order in which things were heard of, nor on hearing of them twice.
    #[test]
    fn the_standing_follows_from_what_was_done_and_not_from_when_it_came(
        deeds in deeds(),
        order in prop::collection::vec(0_usize..8, 0..24),
    ) {
        let fold = |indices: &mut dyn Iterator<Item = usize>| {
            indices.fold(None, |case, at| {
                let (by, event) = &deeds[at];
                Case::fold(case, &meta(i64::try_from(at).unwrap(), *by, *by), event)
            })
        };
        let all = fold(&mut (0..deeds.len())).unwrap();
        let first = order.into_iter().filter(|at| *at < deeds.len());
        let shuffled = fold(&mut first.chain((0..deeds.len()).rev())).unwrap();
        prop_assert_eq!(all.standing(), shuffled.standing());
        prop_assert_eq!(all.signatories(), shuffled.signatories());
        prop_assert_eq!(all.acts.len(), shuffled.acts.len(), "nothing is lost");
        // A decision holds only where nobody live says otherwise.
        if all.standing() == CaseStanding::Decided {
            let live = all.decisions();
            prop_assert!(live.iter().all(|d| d.decision == live[0].decision));
        }
    }
}
