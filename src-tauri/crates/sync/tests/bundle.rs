// SPDX-License-Identifier: EUPL-1.2
//! Bundles taken in by a desk: what is believed, on whose word, and what an old file cannot undo.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;
use sportello_protocol::bundle::{Opening, Reader, Recipient};
use sportello_protocol::wire::{DeskPresence, LogAnswer, RefusedRecord, Segment, SignedHead};
use sportello_protocol::{Certificate, DeskKey, Link, SignedCertificate};
use sportello_sync::{Taken, Trouble};
use std::sync::Arc;
use support::{MemoryDesk, NOW, bundle_of};
use uuid::Uuid;

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x0f));
const Q1: Topic = Topic::Quartiere(1);
const Q2: Topic = Topic::Quartiere(2);

fn office_key() -> DeskKey {
    DeskKey::from_seed(&[1; 32])
}

fn certificate(desk: &MemoryDesk, version: u32, key: &DeskKey) -> SignedCertificate {
    Certificate {
        office: *OFFICE.0.as_bytes(),
        desk: *desk.identity.desk.0.as_bytes(),
        key: key.public(),
        site: [5; 16],
        name: "Q1-A".into(),
        reads: vec!["office".into(), "q1".into(), "q2".into()],
        version,
        issued_at: NOW,
        revoked: false,
        supervises: false,
        accepted: None,
        replaced_by: None,
        earlier: None,
    }
    .sign(&office_key())
}

/// A desk with its own certificate.
fn desk(number: u8) -> Arc<MemoryDesk> {
    let id = DeskId(Uuid::from_u128(u128::from(number)));
    let key = DeskKey::from_seed(&[number; 32]);
    let desk = MemoryDesk::new(OFFICE, office_key().public(), id, key.clone());
    let signed = certificate(&desk, 1, &key);
    {
        let mut memory = desk.memory.lock().unwrap();
        memory.signed.insert(id, signed);
        memory.keys.insert(id, (1, key.public().into()));
    }
    desk
}

fn recipient(desk: &MemoryDesk) -> Recipient {
    Recipient {
        key: desk.identity.key.public(),
        topics: vec![Topic::Office, Q1, Q2],
    }
}

fn take(desk: &MemoryDesk, bytes: &[u8]) -> Taken {
    let (mut reader, opening) =
        Reader::open(bytes, &desk.identity.key, OFFICE, &office_key().public()).unwrap();
    sportello_sync::bundle::take(desk, &desk.identity, &mut reader, &opening, &mut |_| {}).unwrap()
}

fn from_desk(from: &MemoryDesk, to: &MemoryDesk, segments: &[Segment]) -> Vec<u8> {
    from.bundle(&[recipient(to)], segments)
}

/// A file of the centre.
fn from_centre(to: &MemoryDesk, change: impl FnOnce(&mut Opening)) -> Vec<u8> {
    let mut opening = to.opening();
    opening.from = opening.office;
    change(&mut opening);
    bundle_of(&office_key(), &opening, &[recipient(to)], &[])
}

fn kept(desk: &MemoryDesk, topic: Topic, seq: u64, link: Link) -> LogAnswer {
    LogAnswer {
        log: desk.log(topic),
        seq,
        kept: Some(SignedHead::by_keeper(
            &office_key(),
            OFFICE,
            desk.identity.desk,
            topic,
            seq,
            link,
        )),
        stopped: None,
    }
}

fn link(desk: &MemoryDesk, topic: Topic, seq: u64) -> Link {
    desk.memory.lock().unwrap().logs[&desk.log(topic)].links[usize::try_from(seq - 1).unwrap()]
}

#[test]
fn a_desk_learns_from_another_who_wrote_and_takes_it_in_once() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 7);
    let bytes = from_desk(&a, &b, &[a.segment(Q1, 1, 4), a.segment(Q1, 5, 7)]);
    let taken = take(&b, &bytes);
    assert_eq!(
        (taken.from, taken.received, taken.whole),
        (Some(a.identity.desk), 7, true)
    );
    assert!(taken.directory_changed && taken.troubles.is_empty());
    assert_eq!(b.records(&a.log(Q1)), a.records(&a.log(Q1)));
    let again = take(&b, &bytes);
    assert_eq!(
        (again.received, again.directory_changed, again.troubles),
        (0, false, vec![])
    );
}

#[test]
fn files_in_the_wrong_order_lose_nothing() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 4);
    let first = from_desk(&a, &b, &[a.segment(Q1, 1, 4)]);
    a.notes(Q1, 3);
    let second = from_desk(&a, &b, &[a.segment(Q1, 5, 7)]);
    let early = take(&b, &second);
    assert_eq!((early.received, early.troubles[0].trouble.code()), (0, "gap"));
    assert_eq!(take(&b, &first).received, 4);
    assert_eq!(take(&b, &second).received, 3);
    assert_eq!(b.records(&a.log(Q1)), a.records(&a.log(Q1)));
}

#[test]
fn what_does_not_hold_stops_no_other_log() {
    let (a, b, c) = (desk(10), desk(11), desk(12));
    a.notes(Q1, 2);
    a.notes(Q2, 2);
    c.notes(Q1, 2);
    let mut forged = a.segment(Q1, 1, 2);
    forged.head = c.segment(Q1, 1, 2).head;
    // Nobody says who the author of this one is.
    let unknown = c.segment(Q1, 1, 2);
    let taken = take(&b, &from_desk(&a, &b, &[forged, unknown, a.segment(Q2, 1, 2)]));
    let codes: Vec<&str> = taken.troubles.iter().map(|found| found.trouble.code()).collect();
    assert_eq!(codes, ["signature", "unknown_desk"]);
    assert_eq!((taken.received, b.len(&a.log(Q1)), b.len(&a.log(Q2))), (2, 0, 2));
}

#[test]
fn the_centres_word_counts_whoever_wrote_the_file_and_is_never_taken_back() {
    let a = desk(10);
    a.notes(Q1, 5);
    let answer = |seq| kept(&a, Q1, seq, link(&a, Q1, seq));
    let old = from_centre(&a, |opening| opening.kept = vec![answer(2)]);
    let new = from_centre(&a, |opening| opening.kept = vec![answer(4)]);
    let silent = from_centre(&a, |_| {});
    let taken = take(&a, &new);
    assert_eq!((taken.acknowledged, taken.waiting, a.acknowledged(Q1)), (4, 1, 4));
    for older in [&old, &silent, &new] {
        let taken = take(&a, older);
        assert_eq!((taken.acknowledged, taken.waiting), (0, 1));
        assert_eq!(a.acknowledged(Q1), 4, "an older file takes nothing back");
    }
}

#[test]
fn no_acknowledgement_counts_that_the_office_did_not_sign() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 3);
    let mut claimed = kept(&a, Q1, 3, link(&a, Q1, 3));
    claimed.kept = Some(a.segment(Q1, 1, 3).head);
    let mut opening = b.opening();
    opening.kept = vec![claimed];
    opening.refused = vec![RefusedRecord {
        log: a.log(Q1),
        seq: 1,
        code: "body_malformed".into(),
    }];
    opening.directory.version = u64::MAX;
    opening.directory.presences = vec![DeskPresence {
        desk: [9; 16],
        seen_at: NOW,
        waiting: 0,
        skew: 0,
        version: String::new(),
    }];
    let taken = take(&a, &bundle_of(&b.identity.key, &opening, &[recipient(&a)], &[]));
    assert_eq!((taken.acknowledged, taken.waiting, a.acknowledged(Q1)), (0, 3, 0));
    assert_eq!(taken.troubles[0].trouble, Trouble::KeptSignature);
    let memory = a.memory.lock().unwrap();
    assert_eq!(taken.refused, []);
    assert_eq!(
        (memory.directory, memory.presences.len()),
        (0, 0),
        "that is the centre's to say"
    );
}

#[test]
fn the_centres_refusals_and_directory_are_learnt() {
    let a = desk(10);
    a.notes(Q1, 1);
    let refused = RefusedRecord {
        log: a.log(Q1),
        seq: 1,
        code: "body_malformed".into(),
    };
    let file = |version, now| {
        from_centre(&a, |opening| {
            opening.refused = vec![refused.clone()];
            opening.directory.version = version;
            opening.presence.now = now;
            opening.directory.presences = vec![DeskPresence {
                desk: [9; 16],
                seen_at: now,
                waiting: 0,
                skew: 0,
                version: String::new(),
            }];
        })
    };
    let taken = take(&a, &file(7, NOW + 10));
    assert_eq!(taken.refused, std::slice::from_ref(&refused));
    take(&a, &file(5, NOW));
    let memory = a.memory.lock().unwrap();
    assert_eq!((memory.directory, memory.centre_now), (7, Some(NOW + 10)));
    assert_eq!(
        memory.presences[0].seen_at,
        NOW + 10,
        "older news do not replace newer ones"
    );
}

#[test]
fn an_older_certificate_never_takes_the_place_of_a_newer_one() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 2);
    let old = DeskKey::from_seed(&[66; 32]);
    b.memory
        .lock()
        .unwrap()
        .keys
        .insert(a.identity.desk, (2, a.identity.key.public().into()));
    a.memory
        .lock()
        .unwrap()
        .signed
        .insert(a.identity.desk, certificate(&a, 1, &a.identity.key));
    let mut opening = a.opening();
    opening.directory.certificates.push(certificate(&a, 1, &old));
    let bytes = bundle_of(
        &a.identity.key,
        &opening,
        &[recipient(&b)],
        &[a.segment(Q1, 1, 2)],
    );
    let taken = take(&b, &bytes);
    assert_eq!((taken.received, taken.directory_changed), (2, false));
}

#[test]
fn a_desk_that_came_back_from_a_backup_is_told_by_its_own_records() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 2);
    let restored = a.cloned();
    a.notes(Q1, 2);
    let mut opening = b.opening();
    opening
        .directory
        .certificates
        .push(certificate(&a, 1, &a.identity.key));
    let bytes = bundle_of(
        &b.identity.key,
        &opening,
        &[recipient(&a)],
        &[a.segment(Q1, 1, 4)],
    );
    let taken = take(&restored, &bytes);
    assert_eq!(
        taken.troubles[0].trouble,
        Trouble::OwnBehind { centre: 4, local: 2 }
    );
    assert_eq!(restored.own_len(Q1), 4, "and nothing is lost");
    // By what the centre keeps, too.
    let other = desk(10);
    let answer = kept(&a, Q1, 4, link(&a, Q1, 4));
    let taken = take(
        &other,
        &from_centre(&other, |opening| opening.kept = vec![answer]),
    );
    assert_eq!(
        taken.troubles[0].trouble,
        Trouble::OwnBehind { centre: 4, local: 0 }
    );
}

/// Found by simulation (seed 6023): the second reading acknowledged what the first one had brought back.
#[test]
fn own_records_that_come_back_are_known_to_be_at_the_centre_at_once() {
    let a = desk(10);
    a.notes(Q1, 2);
    let restored = a.cloned();
    a.notes(Q1, 2);
    let mut opening = restored.opening();
    opening.from = opening.office;
    opening.kept = vec![kept(&a, Q1, 4, link(&a, Q1, 4))];
    let bytes = bundle_of(
        &office_key(),
        &opening,
        &[recipient(&restored)],
        &[a.segment(Q1, 1, 4)],
    );
    let taken = take(&restored, &bytes);
    assert_eq!(
        taken.troubles[0].trouble,
        Trouble::OwnBehind { centre: 4, local: 2 }
    );
    assert_eq!((taken.received, taken.acknowledged), (2, 4));
    let taken = take(&restored, &bytes);
    assert_eq!((taken.received, taken.acknowledged), (0, 0));
}

#[test]
fn two_truths_under_one_name_are_told() {
    let a = desk(10);
    a.notes(Q1, 2);
    let clone = a.cloned();
    a.note(Q1, "una cosa");
    clone.note(Q1, "un'altra");
    let answer = kept(&clone, Q1, 3, link(&clone, Q1, 3));
    let taken = take(&a, &from_centre(&a, |opening| opening.kept = vec![answer]));
    assert_eq!(taken.troubles[0].trouble, Trouble::Fork);
    assert_eq!(a.acknowledged(Q1), 0);
}

#[test]
fn another_branch_of_its_own_log_is_noticed_also_when_it_is_no_longer() {
    for (mine, theirs) in [(1, 1), (3, 1), (3, 2)] {
        let (a, b) = (desk(10), desk(11));
        a.notes(Q1, 2);
        let clone = a.cloned();
        for number in 0..mine {
            a.note(Q1, &format!("qui {number}"));
        }
        for number in 0..theirs {
            clone.note(Q1, &format!("là {number}"));
        }
        a.notes(Q2, 1);
        let written = a.records(&a.log(Q1));
        // From the beginning, and from where they part.
        for from in [1, 3] {
            let mut opening = b.opening();
            opening
                .directory
                .certificates
                .push(certificate(&a, 1, &a.identity.key));
            let segment = clone.segment(Q1, from, 2 + theirs);
            let end = segment.head.link();
            let bytes = bundle_of(&b.identity.key, &opening, &[recipient(&a)], &[segment]);
            let taken = take(&a, &bytes);
            let codes: Vec<&str> = taken.troubles.iter().map(|found| found.trouble.code()).collect();
            assert_eq!(codes, ["fork"], "{mine} {theirs} {from}");
            assert_eq!(taken.received, 0);
            assert_eq!(a.records(&a.log(Q1)), written, "what it wrote stays");
            assert!(
                a.memory.lock().unwrap().forks.contains(&(a.log(Q1), end)),
                "and the other branch is kept apart"
            );
        }
        // From after the place where they part: the signature shows it.
        if theirs > 1 {
            let taken = take(&a, &clone.bundle(&[recipient(&a)], &[clone.segment(Q1, 4, 4)]));
            assert_eq!(taken.troubles[0].trouble, Trouble::Segment("fork"));
        }
    }
}

#[test]
fn its_own_last_record_alone_tells_a_desk_that_it_came_back_from_a_backup() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 2);
    let restored = a.cloned();
    a.notes(Q1, 3);
    let bytes = from_desk(&a, &restored, &[a.segment(Q1, 5, 5)]);
    let taken = take(&restored, &bytes);
    assert_eq!(
        taken.troubles[0].trouble,
        Trouble::OwnBehind { centre: 5, local: 2 }
    );
    // Nobody else can say so.
    let mut forged = a.segment(Q1, 5, 5);
    forged.head.signature.0[5] ^= 1;
    let taken = take(&restored, &from_desk(&b, &restored, &[forged]));
    assert_eq!(taken.troubles[0].trouble, Trouble::Gap);
}

#[test]
fn another_branch_of_a_neighbours_log_is_noticed_and_a_forged_one_is_not_believed() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 2);
    let clone = a.cloned();
    a.note(Q1, "qui");
    clone.note(Q1, "là");
    assert_eq!(take(&b, &from_desk(&a, &b, &[a.segment(Q1, 1, 3)])).received, 3);
    let mut forged = clone.segment(Q1, 1, 3);
    forged.head.signature.0[3] ^= 1;
    let taken = take(&b, &from_desk(&clone, &b, &[forged]));
    assert_eq!(taken.troubles[0].trouble, Trouble::Segment("signature"));
    assert!(b.memory.lock().unwrap().forks.is_empty());
    let taken = take(&b, &from_desk(&clone, &b, &[clone.segment(Q1, 1, 3)]));
    assert_eq!(taken.troubles[0].trouble.code(), "fork");
    assert_eq!(b.records(&a.log(Q1)), a.records(&a.log(Q1)));
    // The same as what is here is no news, in whatever pieces.
    let pieces = [a.segment(Q1, 1, 2), a.segment(Q1, 2, 3), a.segment(Q1, 1, 3)];
    assert_eq!(take(&b, &from_desk(&a, &b, &pieces)).troubles, []);
}

#[test]
fn a_full_disk_ends_it_and_the_next_time_goes_on() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 5);
    let bytes = from_desk(&a, &b, &[a.segment(Q1, 1, 5)]);
    b.memory.lock().unwrap().full = 1;
    let (mut reader, opening) =
        Reader::open(&bytes[..], &b.identity.key, OFFICE, &office_key().public()).unwrap();
    let failed = sportello_sync::bundle::take(b.as_ref(), &b.identity, &mut reader, &opening, &mut |_| {});
    assert_eq!(
        failed.unwrap_err().to_string(),
        "the desk's own file cannot go on"
    );
    assert_eq!(take(&b, &bytes).received, 5);
}

#[test]
fn a_cut_file_gives_what_stands_before_the_cut() {
    let (a, b) = (desk(10), desk(11));
    a.notes(Q1, 6);
    let segments: Vec<Segment> = (1..=6).map(|seq| a.segment(Q1, seq, seq)).collect();
    let bytes = from_desk(&a, &b, &segments);
    let mut last = 0;
    for cut in (0..=bytes.len()).step_by(40) {
        let Ok((mut reader, opening)) =
            Reader::open(&bytes[..cut], &b.identity.key, OFFICE, &office_key().public())
        else {
            continue;
        };
        let taken = sportello_sync::bundle::take(b.as_ref(), &b.identity, &mut reader, &opening, &mut |_| {})
            .unwrap();
        assert!(taken.troubles.is_empty() && (!taken.whole || cut == bytes.len()));
        last += taken.received;
        assert_eq!(b.len(&a.log(Q1)) as u64, last);
    }
    take(&b, &bytes);
    assert_eq!(b.records(&a.log(Q1)), a.records(&a.log(Q1)));
}
