// SPDX-License-Identifier: EUPL-1.2
//! Desks that change their keys, and supervisors' desks that have others replaced, over real HTTP on each database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[macro_use]
mod support;

use sportello_central::NewDesk;
use sportello_protocol::errands::{Replace, Replaced, Rotate, Rotated};
use sportello_protocol::wire::{Presence, Push, PushAnswer, Segment, pack, unpack};
use sportello_protocol::{Certificate, DeskKey, EnrolmentCode, SignedCertificate};
use sportello_sync::{enrol, errands};
use std::sync::Arc;
use support::{Kind, MemoryDesk, Office, Q1, Q2, everything, now, presence, problem_code, segment};

stories! {
    what_the_old_key_signed_holds_as_far_as_the_centre_had_it_and_the_new_one_signs_what_comes,
    the_same_request_again_gives_the_same_certificate_and_another_does_not,
    a_key_is_not_changed_for_whoever_does_not_show_both,
    a_key_is_not_changed_while_somebody_would_not_understand_it,
    a_stopped_or_revoked_desk_does_not_change_its_key,
    a_centre_that_came_back_from_before_the_change_is_shown_the_certificate,
    a_revoked_desk_keeps_both_keys,
    only_desks_of_supervisors_have_others_replaced_and_the_same_request_gives_the_same_code,
}

fn certificate_of(office: &Office, signed: &SignedCertificate) -> Certificate {
    let facts = office.central.facts().unwrap();
    signed.verify(facts.id, &facts.key).unwrap()
}

fn request(desk: &MemoryDesk, new: &DeskKey) -> Vec<u8> {
    let identity = &desk.identity;
    let old = identity.key.public();
    pack(&Rotate::new(
        identity.office,
        identity.desk,
        &old,
        new,
        presence(),
    ))
    .unwrap()
}

/// The desk asks for another key, and has it.
async fn rotated(office: &Office, desk: &MemoryDesk) -> (Arc<MemoryDesk>, SignedCertificate) {
    let key = office.new_key();
    let transport = office.plain_transport(Some(desk));
    let presence = errands::presence(now(), 0, "test");
    let (_, signed) = errands::rotate(&transport, &desk.identity, &key, presence)
        .await
        .unwrap();
    (desk.with_key(key), signed)
}

/// Every desk says with an exchange what it speaks.
async fn met(office: &Office, desks: &[&Arc<MemoryDesk>]) {
    for desk in desks {
        assert!(office.exchange(desk).await.is_clean());
    }
}

fn told(answer: &PushAnswer) -> (u64, Option<&str>) {
    (answer.logs[0].seq, answer.logs[0].stopped.as_deref())
}

async fn what_the_old_key_signed_holds_as_far_as_the_centre_had_it_and_the_new_one_signs_what_comes(
    kind: Kind,
) {
    let office = Office::open_on(kind);
    let old = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    old.notes(Q1, 6);
    old.notes(Q2, 2);
    office.push(&old, vec![segment(&old, Q1, 1, 2)]).await;
    office.push(&old, vec![segment(&old, Q1, 3, 4)]).await;
    met(&office, &[&other]).await;
    let (new, signed) = rotated(&office, &old).await;
    let certificate = certificate_of(&office, &signed);
    assert_eq!(
        (certificate.version, certificate.key_number(), certificate.key),
        (2, 2, new.identity.key.public())
    );
    let earlier = certificate.earlier.clone().unwrap().remove(0);
    assert_eq!(earlier.key, old.identity.key.public());
    assert_eq!(
        earlier.heads.len(),
        1,
        "of a log that was not there nothing is said"
    );
    assert_eq!((earlier.heads[0].topic.as_str(), earlier.heads[0].seq), ("q1", 4));

    // What the old key signs beyond that is believed from nobody: not from itself, not from a neighbour.
    let (status, body) = office
        .post(&old, "/v1/push", push(vec![segment(&old, Q1, 5, 6)]))
        .await;
    assert_eq!((status, problem_code(&body).as_str()), (401, "key_replaced"));
    for late in [segment(&old, Q1, 5, 6), segment(&old, Q1, 1, 6)] {
        assert_eq!(
            told(&office.push(&other, vec![late]).await),
            (4, Some("signature"))
        );
    }
    let begun = office.push(&other, vec![segment(&old, Q2, 1, 2)]).await;
    assert_eq!(told(&begun), (0, Some("signature")), "a log that was not there");
    // What it signed before is brought again, and is the same.
    assert_eq!(
        told(&office.push(&other, vec![segment(&old, Q1, 3, 4)]).await),
        (4, None)
    );
    // The new key signs what waited, and vouches for what was there before.
    assert!(office.exchange(&new).await.is_clean());
    assert_eq!(new.acknowledged(Q1), 6);
    assert_eq!(
        told(&office.push(&new, vec![segment(&new, Q1, 1, 3)]).await),
        (6, None)
    );

    // A reader that has nothing yet believes all of it, page by page, and one that had a part the rest.
    for page in [1, 8 << 20] {
        let reader = office.desk(NewDesk::new("Q1", &format!("Q1-{page}"))).await;
        let report = office
            .exchange_with(
                &reader,
                sportello_sync::Options {
                    pull_budget: page,
                    ..sportello_sync::Options::default()
                },
            )
            .await;
        assert!(report.is_clean(), "{report:?}");
        assert_eq!((reader.len(&old.log(Q1)), report.pulled > 5), (6, true));
    }
    assert!(office.exchange(&other).await.is_clean());
    assert_eq!(other.len(&old.log(Q1)), 6);
    let verified = office.central.verify().unwrap();
    assert_eq!(verified.problems, Vec::<String>::new());
    // And so does a copy of the centre.
    let backup = office.backup();
    let mut office = office;
    office.restored_from(&backup);
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
    assert!(office.exchange(&new).await.is_clean());
}

fn push(segments: Vec<Segment>) -> Vec<u8> {
    pack(&Push {
        presence: presence(),
        segments,
    })
    .unwrap()
}

async fn the_same_request_again_gives_the_same_certificate_and_another_does_not(kind: Kind) {
    let office = Office::open_on(kind);
    let old = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    met(&office, &[&old, &other]).await;
    let (new, third) = (office.new_key(), office.new_key());
    let ask = async |desk: &MemoryDesk, key: &DeskKey| {
        let (status, body) = office.post(desk, "/v1/rotate", request(desk, key)).await;
        match status {
            200 => Ok(unpack::<Rotated>(&body).unwrap().certificate),
            _ => Err((status, problem_code(&body))),
        }
    };
    let first = ask(&old, &new).await.unwrap();
    assert_eq!(ask(&old, &new).await.unwrap(), first, "the answer was lost");
    // The old key gets no other one, and the new key is somebody's by now.
    assert_eq!(
        ask(&old, &third).await.unwrap_err(),
        (401, "key_replaced".to_owned())
    );
    assert_eq!(
        ask(&other, &new).await.unwrap_err(),
        (409, "key_taken".to_owned())
    );
    for known in [old.identity.key.clone(), other.identity.key.clone()] {
        assert_eq!(
            ask(&other, &known).await.unwrap_err(),
            (409, "key_taken".to_owned())
        );
    }
    // With the new one it goes on, and may change it once more; both that it had are remembered.
    let changed = old.with_key(new.clone());
    let second = ask(&changed, &third).await.unwrap();
    let certificate = certificate_of(&office, &second);
    assert_eq!((certificate.version, certificate.key_number()), (3, 3));
    assert_eq!(ask(&changed, &third).await.unwrap(), second);
    assert_eq!(
        ask(&old, &new).await.unwrap_err(),
        (401, "key_replaced".to_owned())
    );
    let state = office.central.desk_states().unwrap().remove(0);
    assert_eq!(state.key.unwrap().number, 3);
    assert_eq!(
        state.key.unwrap().since,
        certificate.earlier.unwrap().last().unwrap().until
    );
}

async fn a_key_is_not_changed_for_whoever_does_not_show_both(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let thief = desk.with_key(office.new_key());
    let new = office.new_key();
    let (status, body) = office.post(&thief, "/v1/rotate", request(&thief, &new)).await;
    assert_eq!((status, problem_code(&body).as_str()), (401, "signature"));
    // Signed by the desk, for a key of which somebody else has shown the possession, or nobody.
    let identity = &desk.identity;
    let mut forged = Rotate::new(
        identity.office,
        identity.desk,
        &identity.key.public(),
        &new,
        presence(),
    );
    forged.key = office.new_key().public();
    let other = Rotate::new(
        identity.office,
        identity.desk,
        &thief.identity.key.public(),
        &new,
        presence(),
    );
    for wrong in [forged, other] {
        let (status, body) = office.post(&desk, "/v1/rotate", pack(&wrong).unwrap()).await;
        assert_eq!((status, problem_code(&body).as_str()), (401, "signature"));
    }
    assert_eq!(office.central.desk_states().unwrap()[0].desk.version, 1);
}

async fn a_key_is_not_changed_while_somebody_would_not_understand_it(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let old = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let gone = office.desk(NewDesk::new("Q2", "Q2-A")).await;
    office.central.revoke_desk("Q2-A").unwrap();
    office.central.add_desk(&NewDesk::new("Q3", "Q3-A")).unwrap();
    let refused = async |new: &DeskKey| {
        let (status, body) = office.post(&desk, "/v1/rotate", request(&desk, new)).await;
        (status == 409).then(|| problem_code(&body))
    };
    let outdated = Some("desks_outdated".to_owned());
    let new = office.new_key();
    assert_eq!(refused(&new).await, outdated, "one was never heard of");
    // An older program says nothing of what it speaks.
    let silent = Push {
        presence: Presence {
            speaks: None,
            ..presence()
        },
        segments: vec![],
    };
    let (status, _) = office.post(&old, "/v1/push", pack(&silent).unwrap()).await;
    assert_eq!(status, 200);
    assert_eq!(refused(&new).await, outdated);
    met(&office, &[&old]).await;
    assert_eq!(
        refused(&new).await,
        None,
        "a revoked desk and an invited one ask for nothing"
    );
    drop(gone);
    // From then on no older program is enrolled either; the code waits for a newer one.
    let code = office.central.add_desk(&NewDesk::new("Q4", "Q4-A")).unwrap().code;
    let key = office.new_key();
    let old_program = sportello_protocol::wire::Enrol::new(&code, &key, now());
    let headers = [("content-type", sportello_protocol::wire::CONTENT_TYPE.to_owned())];
    let (status, body) = office
        .send("/v1/enrol", &headers, pack(&old_program).unwrap())
        .await;
    assert_eq!((status, problem_code(&body).as_str()), (409, "desk_outdated"));
    enrol(&office.plain_transport(None), &code, &key, now())
        .await
        .unwrap();
}

async fn a_stopped_or_revoked_desk_does_not_change_its_key(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let clone = desk.cloned();
    desk.notes(Q1, 2);
    clone.note(Q1, "altro");
    office.push(&desk, vec![segment(&desk, Q1, 1, 2)]).await;
    office.push(&clone, vec![segment(&clone, Q1, 1, 1)]).await;
    let new = office.new_key();
    let (status, body) = office.post(&desk, "/v1/rotate", request(&desk, &new)).await;
    assert_eq!((status, problem_code(&body).as_str()), (409, "fork"));
    office.central.revoke_desk("Q1-A").unwrap();
    let (status, body) = office.post(&desk, "/v1/rotate", request(&desk, &new)).await;
    assert_eq!((status, problem_code(&body).as_str()), (403, "revoked"));
}

async fn a_centre_that_came_back_from_before_the_change_is_shown_the_certificate(kind: Kind) {
    let mut office = Office::open_on(kind);
    let old = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    old.notes(Q1, 2);
    met(&office, &[&old, &other]).await;
    let backup = office.backup();
    let (new, signed) = rotated(&office, &old).await;
    new.notes(Q1, 2);
    met(&office, &[&new, &other]).await;
    office.restored_from(&backup);
    // With its certificate the desk is believed again, and everything goes on; an older certificate changes nothing any more.
    let report = office.exchange_showing(&new, signed).await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(office.central.desk_states().unwrap()[0].desk.version, 2);
    let first = office.pull(&other, everything(1 << 20)).await.directory.unwrap();
    let known = first
        .certificates
        .iter()
        .map(|signed| certificate_of(&office, signed));
    assert!(
        known
            .filter(|certificate| certificate.desk_id() == new.identity.desk)
            .all(|certificate| certificate.key_number() == 2)
    );
    assert!(office.exchange(&other).await.is_clean());
    assert_eq!(office.central.vault().log(&new.log(Q1)).unwrap().unwrap().seq, 4);
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

async fn a_revoked_desk_keeps_both_keys(kind: Kind) {
    let office = Office::open_on(kind);
    let old = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    old.notes(Q1, 3);
    met(&office, &[&old, &other]).await;
    let (new, _) = rotated(&office, &old).await;
    new.notes(Q1, 2);
    met(&office, &[&new]).await;
    office.central.replace_desk("Q1-A", 1).unwrap();
    let known = office.central.desk_states().unwrap();
    let dead = known
        .iter()
        .find(|state| state.desk.id == new.identity.desk)
        .unwrap();
    assert_eq!(dead.replaced_by, ["Q1-A"]);
    let reader = office.desk(NewDesk::new("Q1", "Q1-C")).await;
    assert!(office.exchange(&reader).await.is_clean());
    assert_eq!(reader.len(&new.log(Q1)), 5);
    // What comes late is signed by the key that it had last.
    new.notes(Q1, 1);
    let (status, _) = office
        .post(&new, "/v1/late", push(vec![segment(&new, Q1, 6, 6)]))
        .await;
    assert_eq!((status, office.central.vault().forks().unwrap().len()), (200, 1));
    old.notes(Q1, 3);
    assert_eq!(
        told(&office.push(&other, vec![segment(&old, Q1, 4, 6)]).await),
        (5, Some("signature"))
    );
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

async fn only_desks_of_supervisors_have_others_replaced_and_the_same_request_gives_the_same_code(kind: Kind) {
    let office = Office::open_on(kind);
    let dead = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let supervisor = office
        .desk(NewDesk {
            supervises: true,
            ..NewDesk::new("CEN", "CEN-S")
        })
        .await;
    office.central.add_desk(&NewDesk::new("Q2", "Q2-A")).unwrap();
    let invited = office.central.desk_states().unwrap();
    let invited = invited.iter().find(|state| state.desk.name == "Q2-A").unwrap();
    let ask = async |desk: &MemoryDesk, old: sportello_domain::ids::DeskId, number: u8| {
        let request = Replace {
            presence: presence(),
            desk: *old.0.as_bytes(),
            request: [number; 16],
        };
        let (status, body) = office.post(desk, "/v1/replace", pack(&request).unwrap()).await;
        match status {
            200 => Ok(unpack::<Replaced>(&body).unwrap()),
            _ => Err((status, problem_code(&body))),
        }
    };
    let (gone, itself) = (dead.identity.desk, supervisor.identity.desk);
    for (desk, old, status, code) in [
        (&other, gone, 403, "not_a_supervising_desk"),
        (&supervisor, itself, 409, "replaces_itself"),
        (&supervisor, invited.desk.id, 404, "no_such_desk"),
        (
            &supervisor,
            sportello_domain::ids::DeskId(uuid::Uuid::from_u128(7)),
            404,
            "no_such_desk",
        ),
    ] {
        assert_eq!(ask(desk, old, 1).await.unwrap_err(), (status, code.to_owned()));
    }
    let first = ask(&supervisor, gone, 1).await.unwrap();
    let again = ask(&supervisor, gone, 1).await.unwrap();
    assert_eq!(
        (&again.code, again.desk),
        (&first.code, first.desk),
        "the answer was lost"
    );
    assert_eq!((first.name.as_str(), first.expires_at > now()), ("Q1-A", true));
    // Another request is another code for the same successor, as on the command line; the first holds no more.
    let second = ask(&supervisor, gone, 2).await.unwrap();
    assert!(second.desk == first.desk && second.code != first.code);
    let transport = office.plain_transport(None);
    let code = |text: &str| EnrolmentCode::parse(text).unwrap();
    let key = office.new_key();
    let refused = enrol(&transport, &code(&first.code), &key, now())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "code_unknown");
    let enrolled = enrol(&transport, &code(&second.code), &key, now()).await.unwrap();
    assert_eq!(*enrolled.certificate.desk_id().0.as_bytes(), first.desk);
    assert_eq!(
        ask(&supervisor, gone, 2).await.unwrap_err(),
        (410, "code_used".to_owned())
    );
    // The old one is revoked, and knows it at its next word.
    let (status, body) = office.post(&dead, "/v1/push", push(vec![])).await;
    assert_eq!((status, problem_code(&body).as_str()), (403, "revoked"));
}
