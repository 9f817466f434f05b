// SPDX-License-Identifier: EUPL-1.2
//! Desks that come in the place of others, and what revoked ones bring late.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[macro_use]
mod support;

use sportello_central::NewDesk;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::EntityKind;
use sportello_protocol::wire::{
    AsideAnswer, AsideMark, AsideRequest, Push, PushAnswer, Segment, pack, unpack,
};
use sportello_protocol::{DeskKey, adopted};
use sportello_sync::{ExchangeError, HandedIn, Options, enrol_instead};
use std::sync::Arc;
use support::{Kind, MemoryDesk, Office, Q1, Q2, now, presence, segment};

stories! {
    only_a_successor_or_a_desk_of_supervisors_carries_on_what_another_wrote,
    a_code_for_a_successor_is_for_no_other_file_and_is_not_used_up,
    what_a_revoked_desk_brings_late_is_set_aside_whoever_brings_it,
    what_is_set_aside_is_given_to_supervisors_and_to_nobody_else,
    a_desk_that_was_invited_in_the_place_of_another_gets_a_new_code_and_no_namesake,
}

fn supervising(name: &str) -> NewDesk {
    NewDesk {
        supervises: true,
        ..NewDesk::new("CEN", name)
    }
}

/// Writes the first record of one desk into the log of another.
fn carry_on(of: &MemoryDesk, by: &MemoryDesk) {
    let log = of.log(Q1);
    let record = &of.records(&log)[0];
    let body = adopted::adopt(record, of.identity.desk, of.genesis(&log));
    let body = sportello_domain::event::Event::from(body).encode().unwrap();
    by.write(Q1, EntityKind::Household, "record.adopted", &body);
}

async fn successor(office: &Office, old: &MemoryDesk, name: &str) -> Arc<MemoryDesk> {
    let code = office.central.replace_desk(name, 1).unwrap().code;
    let transport = office.plain_transport(None);
    let key = office.new_key();
    let enrolled = enrol_instead(&transport, &code, &key, now(), old.identity.desk)
        .await
        .unwrap();
    let identity = &old.identity;
    MemoryDesk::new(
        identity.office,
        identity.office_key,
        enrolled.certificate.desk_id(),
        key,
    )
}

async fn only_a_successor_or_a_desk_of_supervisors_carries_on_what_another_wrote(kind: Kind) {
    let office = Office::open_on(kind);
    let old = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let supervisor = office.desk(supervising("CEN-S")).await;
    old.notes(Q1, 1);
    let new = successor(&office, &old, "Q1-A").await;
    for desk in [&other, &new, &supervisor] {
        carry_on(&old, desk);
    }
    // What nobody could read as a record.
    other.write(
        Q1,
        EntityKind::Household,
        "record.adopted",
        br#"{"desk":"00000000-0000-0000-0000-000000000001","before":"","head":"?"}"#,
    );
    let told = |answer: &PushAnswer| answer.refused.iter().map(|r| r.code.clone()).collect::<Vec<_>>();
    let refused = told(&office.push(&other, vec![segment(&other, Q1, 1, 2)]).await);
    assert_eq!(refused, ["not_successor", "body_malformed"]);
    for desk in [&new, &supervisor] {
        assert!(told(&office.push(desk, vec![segment(desk, Q1, 1, 1)]).await).is_empty());
    }
    // It is the author's own certificate that says so, not that of whoever carries on.
    let third = successor(&office, &new, "Q1-A").await;
    carry_on(&old, &third);
    assert_eq!(
        told(&office.push(&third, vec![segment(&third, Q1, 1, 1)]).await),
        ["not_successor"],
        "it came in the place of the second, not of the first"
    );
    carry_on(&new, &third);
    assert!(told(&office.push(&third, vec![segment(&third, Q1, 2, 2)]).await).is_empty());
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

async fn a_code_for_a_successor_is_for_no_other_file_and_is_not_used_up(kind: Kind) {
    let office = Office::open_on(kind);
    let old = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let invitation = office.central.replace_desk("Q1-A", 1).unwrap();
    assert_eq!((invitation.name.as_str(), invitation.reads.len()), ("Q1-A", 2));
    let transport = office.plain_transport(None);
    let ask =
        async |old: DeskId, key: &DeskKey| enrol_instead(&transport, &invitation.code, key, now(), old).await;
    let (key, unknown) = (office.new_key(), DeskId(uuid::Uuid::from_u128(7)));
    for stranger in [other.identity.desk, unknown] {
        assert_eq!(ask(stranger, &key).await.unwrap_err().code(), "code_other_desk");
    }
    let enrolled = ask(old.identity.desk, &key).await.unwrap();
    let again = ask(old.identity.desk, &key).await.unwrap();
    assert_eq!(
        enrolled,
        sportello_sync::Enrolment {
            skew: enrolled.skew,
            ..again
        },
        "an answer was lost"
    );
    let (replaced, _) = enrolled.replaced.unwrap();
    assert!(replaced.revoked && replaced.accepted_until(Q1) == Some(0));
    let late = ask(old.identity.desk, &office.new_key()).await.unwrap_err();
    assert_eq!(late.code(), "code_used");
    // Who was never there cannot be replaced.
    office.central.add_desk(&NewDesk::new("Q2", "Q2-A")).unwrap();
    assert!(office.central.replace_desk("Q2-A", 1).is_err());
    assert!(office.central.replace_desk("Q3-Z", 1).is_err());
}

/// What a revoked desk hands in, page by page.
async fn hand_in(office: &Office, desk: &Arc<MemoryDesk>) -> Result<HandedIn, ExchangeError> {
    let transport = office.plain_transport(Some(desk));
    let options = Options {
        page_records: 2,
        ..Options::default()
    };
    sportello_sync::hand_in(
        desk.clone(),
        &transport,
        &desk.identity,
        &options,
        now(),
        HandedIn::new(),
    )
    .await
}

async fn what_a_revoked_desk_brings_late_is_set_aside_whoever_brings_it(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    desk.notes(Q1, 2);
    assert!(office.exchange(&desk).await.is_clean());
    office.central.revoke_desk("Q1-A").unwrap();
    desk.notes(Q1, 5);
    desk.notes(Q2, 1);
    let kept = || office.central.vault().log(&desk.log(Q1)).unwrap().unwrap().seq;
    let aside = || {
        let forks = office.central.vault().forks().unwrap();
        let mut ends: Vec<u64> = forks
            .iter()
            .filter(|(log, _)| *log == desk.log(Q1))
            .map(|(_, head)| head.seq)
            .collect();
        ends.sort_unstable();
        ends
    };
    // A neighbour brings a part of it.
    let answer = office.push(&other, vec![segment(&desk, Q1, 1, 3)]).await;
    assert_eq!(
        (answer.logs[0].seq, answer.logs[0].stopped.as_deref()),
        (2, Some("revoked"))
    );
    assert_eq!((kept(), aside()), (2, vec![3]));
    for _ in 0..2 {
        let done = hand_in(&office, &desk).await.unwrap();
        assert_eq!(
            done,
            HandedIn::from([(Q1, 7), (Q2, 1)]),
            "all of it, and twice is once"
        );
    }
    assert_eq!((kept(), aside()), (2, vec![3, 4, 6, 7]));
    // What does not follow from anything, or is another's, is not taken.
    let push = |segments| {
        pack(&Push {
            presence: presence(),
            segments,
        })
        .unwrap()
    };
    let mut wild = segment(&desk, Q1, 6, 7);
    wild.from = 10;
    wild.head.seq = 11;
    for wrong in [
        wild,
        Segment {
            log: other.log(Q1),
            ..segment(&desk, Q1, 3, 4)
        },
    ] {
        let (status, body) = office.post(&desk, "/v1/late", push(vec![wrong])).await;
        let answer: PushAnswer = unpack(&body).unwrap();
        assert_eq!(
            (status, answer.logs.iter().any(|log| log.seq > 7)),
            (200, false),
            "{answer:?}"
        );
    }
    assert_eq!(aside().len(), 4);
    // A centre that was put back takes again what it had accepted before the end, and only that.
    let report = office.exchange(&other).await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(other.len(&desk.log(Q1)), 2);
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

async fn what_is_set_aside_is_given_to_supervisors_and_to_nobody_else(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let clone = desk.cloned();
    let supervisor = office.desk(supervising("CEN-S")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    desk.notes(Q1, 2);
    clone.note(Q1, "altro");
    office.push(&desk, vec![segment(&desk, Q1, 1, 2)]).await;
    office.push(&clone, vec![segment(&clone, Q1, 1, 1)]).await;
    let ask = async |desk: &MemoryDesk, have| {
        let request = AsideRequest {
            presence: presence(),
            have,
        };
        let (status, body) = office.post(desk, "/v1/aside", pack(&request).unwrap()).await;
        assert_eq!(status, 200);
        unpack::<AsideAnswer>(&body).unwrap()
    };
    let given = ask(&supervisor, vec![]).await;
    assert_eq!((given.segments.len(), given.remaining), (1, 0));
    assert_eq!(given.segments[0], segment(&clone, Q1, 1, 1));
    let mark = AsideMark {
        log: clone.log(Q1),
        link: given.segments[0].head.link,
    };
    assert!(
        ask(&supervisor, vec![mark]).await.segments.is_empty(),
        "it has it"
    );
    assert!(ask(&other, vec![]).await.segments.is_empty());
    assert_eq!(
        office.pull(&supervisor, support::everything(0)).await.aside,
        Some(1)
    );
    assert_eq!(office.pull(&other, support::everything(0)).await.aside, None);
}

async fn a_desk_that_was_invited_in_the_place_of_another_gets_a_new_code_and_no_namesake(kind: Kind) {
    let office = Office::open_on(kind);
    let old = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let first = office.central.replace_desk("Q1-A", 1).unwrap();
    let id = old.identity.desk.to_string();
    let second = office.central.replace_desk(&id, 1).unwrap();
    assert_eq!(
        (second.desk, second.name.as_str()),
        (first.desk, "Q1-A"),
        "not come yet: a new code"
    );
    let transport = office.plain_transport(None);
    let (key, other) = (office.new_key(), office.new_key());
    let asked = enrol_instead(&transport, &first.code, &key, now(), old.identity.desk).await;
    assert_eq!(asked.unwrap_err().code(), "code_unknown");
    enrol_instead(&transport, &second.code, &key, now(), old.identity.desk)
        .await
        .unwrap();
    let third = office.central.replace_desk(&id, 1).unwrap();
    assert_eq!(third.name, "Q1-A (2)");
    let enrolled = enrol_instead(&transport, &third.code, &other, now(), old.identity.desk)
        .await
        .unwrap();
    let successors: Vec<DeskId> = enrolled.replaced.unwrap().0.successors().collect();
    assert_eq!(successors, [first.desk, third.desk]);
}
