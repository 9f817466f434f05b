// SPDX-License-Identifier: EUPL-1.2
//! A relay that serves a seat, and a relay that lies: it can keep things back, and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::{EntityKind, Topic};
use sportello_protocol::wire::{
    CONTENT_TYPE, DeskPresence, Directory, LogAnswer, LogName, Presence, Pull, PullAnswer, Push, PushAnswer,
    RefusedRecord, Segment, SignedHead, pack, unpack,
};
use sportello_protocol::{AcceptedHead, Certificate, DeskKey, EarlierKey, Link, SignedCertificate};
use sportello_sync::relay::{Beside, give, take};
use sportello_sync::{
    DirectoryNews, Endpoint, LocalLogs, Options, Peer, Reply, Report, Request, Trouble, run_blocking, settle,
};
use std::sync::Arc;
use support::{MemoryDesk, NOW, small_pages};
use uuid::Uuid;

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x0f));
const Q1: Topic = Topic::Quartiere(1);
const Q2: Topic = Topic::Quartiere(2);
const READS: [Topic; 2] = [Topic::Office, Q1];

fn office_key() -> DeskKey {
    DeskKey::from_seed(&[1; 32])
}

fn desk(number: u8) -> Arc<MemoryDesk> {
    let id = DeskId(Uuid::from_u128(u128::from(number)));
    let key = DeskKey::from_seed(&[number; 32]);
    MemoryDesk::new(OFFICE, office_key().public(), id, key)
}

fn certificate(desk: &MemoryDesk) -> Certificate {
    Certificate {
        office: *OFFICE.0.as_bytes(),
        desk: *desk.identity.desk.0.as_bytes(),
        key: desk.identity.key.public(),
        site: [5; 16],
        name: "Q1-A".into(),
        reads: READS.map(|topic| topic.to_string()).to_vec(),
        version: 1,
        issued_at: NOW,
        revoked: false,
        supervises: false,
        accepted: None,
        replaced_by: None,
        earlier: None,
    }
}

fn learn(who: &MemoryDesk, certificates: &[Certificate]) {
    let certificates: Vec<(Certificate, SignedCertificate)> = certificates
        .iter()
        .map(|certificate| (certificate.clone(), certificate.sign(&office_key())))
        .collect();
    who.learn(&DirectoryNews {
        version: 1,
        certificates,
        presences: Vec::new(),
        centre_now: None,
    })
    .unwrap();
}

/// A seat: a relay and two desks that know of each other.
struct Seat {
    relay: Arc<MemoryDesk>,
    a: Arc<MemoryDesk>,
    b: Arc<MemoryDesk>,
}

impl Seat {
    fn new() -> Self {
        let seat = Self {
            relay: desk(20),
            a: desk(10),
            b: desk(11),
        };
        let all = [&seat.relay, &seat.a, &seat.b].map(|desk| certificate(desk));
        for who in [&seat.relay, &seat.a, &seat.b] {
            learn(who, &all);
        }
        seat
    }

    /// The relay answers as it should, and `lie` changes what it says.
    fn lying(&self, who: &Arc<MemoryDesk>, mut lie: impl FnMut(&mut Lie)) -> Report {
        let options = Options {
            peer: Peer::Relay,
            ..small_pages()
        };
        run_blocking(
            who.as_ref(),
            who.identity.clone(),
            options,
            || NOW,
            |request| {
                let mut lie_of = self.answer(who, &request);
                lie(&mut lie_of);
                let body = match lie_of {
                    Lie::Push(answer) => pack(&answer),
                    Lie::Pull(answer) => pack(&answer),
                };
                Ok(Reply {
                    status: 200,
                    content_type: CONTENT_TYPE.into(),
                    body: body.unwrap(),
                })
            },
        )
    }

    fn exchange(&self, who: &Arc<MemoryDesk>) -> Report {
        self.lying(who, |_| {})
    }

    fn answer(&self, who: &MemoryDesk, request: &Request) -> Lie {
        let (relay, identity) = (self.relay.as_ref(), &self.relay.identity);
        match request.endpoint {
            Endpoint::Push => {
                let push: Push = unpack(&request.body).unwrap();
                Lie::Push(take(relay, identity, &READS, push, NOW).unwrap().answer)
            }
            Endpoint::Pull => {
                let pull: Pull = unpack(&request.body).unwrap();
                let beside = Beside {
                    directory: Directory {
                        version: 1,
                        certificates: Vec::new(),
                        presences: Vec::new(),
                    },
                    vouched: Vec::new(),
                    now: NOW,
                };
                Lie::Pull(give(relay, identity, &READS, &certificate(who), &pull, beside).unwrap())
            }
            _ => panic!("not asked for"),
        }
    }
}

/// What a relay says.
enum Lie {
    Push(PushAnswer),
    Pull(PullAnswer),
}

fn push_of(segments: Vec<Segment>) -> Push {
    Push {
        presence: Presence::default(),
        segments,
    }
}

/// Why no more was taken of the one segment.
fn stopped(relay: &MemoryDesk, segment: Segment) -> Option<String> {
    let took = take(relay, &relay.identity, &READS, push_of(vec![segment]), NOW).unwrap();
    took.answer.logs[0].stopped.clone()
}

#[test]
fn desks_of_a_seat_meet_through_one_of_them_and_nothing_counts_as_handed_to_the_centre() {
    let seat = Seat::new();
    let Seat { relay, a, b } = &seat;
    a.notes(Q1, 10);
    relay.notes(Q1, 4);
    let report = seat.exchange(a);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.pushed, report.pulled), (10, 4));
    b.notes(Q1, 2);
    let report = seat.exchange(b);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.pushed, report.pulled), (2, 14));
    seat.exchange(a);
    for desk in [relay, a, b] {
        for writer in [relay, a, b] {
            assert_eq!(desk.records(&writer.log(Q1)), writer.records(&writer.log(Q1)));
        }
    }
    // Again: nothing moves. Below, the book that counted is the relay's own: what the centre has is another's business.
    assert_eq!(seat.exchange(a).pushed + seat.exchange(b).pulled, 0);
    assert!(a.memory.lock().unwrap().kept.iter().all(|head| {
        head.verify_keeper(OFFICE, &office_key().public(), a.identity.desk, Q1)
            .is_err()
    }));
}

#[test]
fn a_relay_that_forgot_is_handed_everything_again() {
    let mut seat = Seat::new();
    seat.a.notes(Q1, 7);
    seat.exchange(&seat.a);
    let forgetful = desk(20);
    learn(
        &forgetful,
        &[&seat.relay, &seat.a, &seat.b].map(|desk| certificate(desk)),
    );
    seat.relay = forgetful;
    let report = seat.exchange(&seat.a);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(seat.relay.len(&seat.a.log(Q1)), 7);
}

#[test]
fn what_a_desk_took_from_elsewhere_goes_on_to_the_relay_and_back_to_its_writer() {
    let seat = Seat::new();
    let Seat { relay, a, b } = &seat;
    // A wrote and gave it to B on a stick; then A was put back to what it had been.
    a.notes(Q1, 2);
    let backup = a.cloned();
    a.notes(Q1, 3);
    let genesis = a.genesis(&a.log(Q1));
    let segment = a.segment(Q1, 1, 5);
    let verified = segment.verify(OFFICE, &a.identity.key.public(), genesis).unwrap();
    b.apply(vec![verified]).unwrap();
    let report = seat.exchange(b);
    assert_eq!((report.carried, report.pushed), (5, 0), "{report:?}");
    assert_eq!(relay.len(&a.log(Q1)), 5);
    let report = seat.exchange(&backup);
    assert_eq!(backup.own_len(Q1), 5);
    assert_eq!(
        report.troubles[0].trouble,
        Trouble::OwnBehind { centre: 5, local: 2 },
        "shown by its own signature"
    );
}

#[test]
fn a_relay_takes_nothing_that_it_may_not_read_and_nothing_of_whom_it_does_not_believe() {
    let seat = Seat::new();
    let Seat { relay, a, b } = &seat;
    a.notes(Q2, 1);
    assert_eq!(stopped(relay, a.segment(Q2, 1, 1)).as_deref(), Some("topic"));
    assert_eq!(relay.len(&a.log(Q2)), 0);
    a.write(Topic::Office, EntityKind::Campaign, "campaign.defined", b"{}");
    assert_eq!(
        stopped(relay, a.segment(Topic::Office, 1, 1)).as_deref(),
        Some("topic"),
        "only supervisors write what the whole office goes by"
    );
    a.notes(Q1, 6);
    assert_eq!(stopped(relay, a.segment(Q1, 3, 4)).as_deref(), Some("gap"));
    let mut forged = a.segment(Q1, 1, 2);
    forged.head.signature.0[3] ^= 1;
    assert_eq!(stopped(relay, forged).as_deref(), Some("signature"));
    let mut changed = a.segment(Q1, 1, 2);
    changed.records.swap(0, 1);
    assert_eq!(stopped(relay, changed).as_deref(), Some("chain"));
    let stranger = desk(30);
    stranger.notes(Q1, 1);
    assert_eq!(
        stopped(relay, stranger.segment(Q1, 1, 1)).as_deref(),
        Some("unknown_desk")
    );
    let revoked = Certificate {
        revoked: true,
        version: 2,
        ..certificate(b)
    };
    learn(relay, &[revoked]);
    b.notes(Q1, 1);
    assert_eq!(stopped(relay, b.segment(Q1, 1, 1)).as_deref(), Some("revoked"));
    assert_eq!(stopped(relay, a.segment(Q1, 1, 6)), None);
    assert_eq!(stopped(relay, a.segment(Q1, 2, 4)), None, "again is harmless");
    assert_eq!(relay.len(&a.log(Q1)), 6);
}

/// A's certificate once it was revoked, with so many records of its Quartiere's log accepted.
fn revoked(a: &MemoryDesk, accepted: u64) -> Certificate {
    let link = a.memory.lock().unwrap().logs[&a.log(Q1)].links[usize::try_from(accepted - 1).unwrap()];
    Certificate {
        version: 2,
        revoked: true,
        accepted: Some(vec![AcceptedHead {
            topic: Q1.to_string(),
            seq: accepted,
            link: link.0,
        }]),
        ..certificate(a)
    }
}

#[test]
fn what_a_relay_gives_of_a_revoked_desk_beyond_what_was_accepted_is_set_aside_and_no_trouble() {
    let seat = Seat::new();
    let Seat { relay, a, b } = &seat;
    a.notes(Q1, 2);
    seat.exchange(a);
    seat.exchange(b);
    a.notes(Q1, 1);
    seat.exchange(a);
    relay.notes(Q1, 1);
    // B has heard that A was revoked; the relay has not.
    learn(b, &[revoked(a, 2)]);
    let report = seat.exchange(b);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.pulled, 1, "the relay's own");
    assert_eq!(b.len(&a.log(Q1)), 2, "not mixed in");
    let aside = b.memory.lock().unwrap().aside.clone();
    assert_eq!(aside, [a.segment(Q1, 3, 3)]);
}

#[test]
fn a_relay_that_knows_of_a_revocation_sets_aside_what_others_bring_beyond_it() {
    let seat = Seat::new();
    let Seat { relay, a, .. } = &seat;
    a.notes(Q1, 2);
    seat.exchange(a);
    a.notes(Q1, 1);
    learn(relay, &[revoked(a, 2)]);
    assert_eq!(stopped(relay, a.segment(Q1, 3, 3)).as_deref(), Some("revoked"));
    assert_eq!(relay.len(&a.log(Q1)), 2);
    assert_eq!(relay.memory.lock().unwrap().aside, [a.segment(Q1, 3, 3)]);
}

#[test]
fn a_relay_keeps_both_branches_of_a_fork_apart_and_its_writer_sees_it() {
    let seat = Seat::new();
    let Seat { relay, a, .. } = &seat;
    a.notes(Q1, 3);
    let clone = a.cloned();
    a.note(Q1, "citofono rotto");
    clone.note(Q1, "citofono riparato");
    seat.exchange(a);
    let report = seat.exchange(&clone);
    assert_eq!(report.troubles[0].trouble, Trouble::Fork, "{report:?}");
    assert_eq!(relay.memory.lock().unwrap().forks.len(), 1);
    assert!(seat.exchange(a).is_clean(), "the first one goes on");
}

#[test]
fn a_relay_that_was_put_back_learns_it_from_those_it_serves() {
    let mut seat = Seat::new();
    seat.relay.notes(Q1, 2);
    let backup = seat.relay.cloned();
    seat.relay.notes(Q1, 3);
    seat.exchange(&seat.a);
    seat.relay = backup;
    let taken = {
        let snapshot = seat.a.snapshot().unwrap();
        assert_eq!(snapshot.have.len(), 1);
        let segment = seat.a.carry(&seat.relay.log(Q1), 3, 1 << 20).unwrap().unwrap();
        take(
            seat.relay.as_ref(),
            &seat.relay.identity,
            &READS,
            push_of(vec![segment]),
            NOW,
        )
        .unwrap()
    };
    assert_eq!(
        taken.troubles[0].trouble,
        Trouble::OwnBehind { centre: 5, local: 2 }
    );
    // And it asks for just that.
    let report = seat.exchange(&seat.a);
    assert!(report.error.is_none(), "{report:?}");
    assert_eq!(seat.relay.own_len(Q1), 5);
}

/// A lie, and what the desk finds.
type Told = (&'static str, fn(&Seat, &mut Lie), &'static [&'static str]);

fn own_answers(lie: &mut Lie) -> &mut Vec<LogAnswer> {
    match lie {
        Lie::Push(answer) => &mut answer.logs,
        Lie::Pull(answer) => &mut answer.own,
    }
}

fn by(key: &DeskKey, log: &LogName, seq: u64, link: Link) -> LogAnswer {
    LogAnswer {
        log: log.clone(),
        seq,
        kept: Some(SignedHead::by_writer(
            key,
            OFFICE,
            log.desk_id(),
            log.topic().unwrap(),
            seq,
            link,
        )),
        stopped: None,
    }
}

#[test]
fn a_lie_is_told_apart_and_costs_no_record() {
    let lies: [Told; 7] = [
        (
            "it has more than was ever written",
            |seat, lie| {
                let log = seat.a.log(Q1);
                *own_answers(lie) = vec![by(&seat.relay.identity.key, &log, 99, Link([7; 32]))];
            },
            &["kept_signature"],
        ),
        (
            "it has something else",
            |seat, lie| {
                let log = seat.a.log(Q1);
                *own_answers(lie) = vec![by(&seat.relay.identity.key, &log, 2, Link([7; 32]))];
            },
            &["kept_signature"],
        ),
        (
            "it says that the desk was revoked",
            |_, lie| {
                for answer in own_answers(lie) {
                    answer.stopped = Some("revoked".into());
                }
            },
            &["revoked"],
        ),
        (
            "it has refused everything",
            |seat, lie| {
                if let Lie::Push(answer) = lie {
                    answer.refused = vec![RefusedRecord {
                        log: seat.a.log(Q1),
                        seq: 1,
                        code: "body_malformed".into(),
                    }];
                }
            },
            &[],
        ),
        (
            "it gives records that were changed",
            |_, lie| {
                if let Lie::Pull(answer) = lie {
                    for segment in &mut answer.segments {
                        segment.records.rotate_left(1);
                    }
                }
            },
            &["chain"],
        ),
        (
            "it gives out its own words as another's",
            |seat, lie| {
                if let Lie::Pull(answer) = lie {
                    for segment in &mut answer.segments {
                        segment.log = seat.b.log(Q1);
                    }
                }
            },
            &["signature"],
        ),
        (
            "it always has more to come",
            |_, lie| {
                if let Lie::Pull(answer) = lie {
                    answer.segments.clear();
                    answer.remaining = 1_000_000;
                }
            },
            &[],
        ),
    ];
    for (what, lie, expected) in lies {
        let seat = Seat::new();
        seat.a.notes(Q1, 5);
        seat.relay.notes(Q1, 3);
        let report = seat.lying(&seat.a, |answer| lie(&seat, answer));
        let codes: Vec<&str> = report.troubles.iter().map(|found| found.trouble.code()).collect();
        assert_eq!(codes, expected, "{what}: {report:?}");
        assert!(
            !report
                .troubles
                .iter()
                .any(|found| matches!(found.trouble, Trouble::Fork | Trouble::OwnBehind { .. })),
            "{what}: a made-up accident"
        );
        assert_eq!(seat.a.own_len(Q1), 5, "{what}");
        // With the truth told again all goes on.
        let report = seat.exchange(&seat.a);
        assert!(report.is_clean(), "{what}: {report:?}");
        assert_eq!(
            (seat.relay.len(&seat.a.log(Q1)), seat.a.len(&seat.relay.log(Q1))),
            (5, 3),
            "{what}"
        );
    }
}

#[test]
fn what_only_the_centre_can_know_is_not_believed_of_a_relay() {
    let seat = Seat::new();
    let before = seat.a.memory.lock().unwrap().directory;
    let stranger = desk(30);
    let report = seat.lying(&seat.a, |lie| {
        if let Lie::Pull(answer) = lie {
            answer.directory = Some(Directory {
                version: 99,
                certificates: vec![certificate(&stranger).sign(&seat.relay.identity.key)],
                presences: vec![DeskPresence {
                    desk: *seat.b.identity.desk.0.as_bytes(),
                    seen_at: NOW,
                    waiting: 0,
                    skew: 0,
                    version: "x".into(),
                }],
            });
        }
    });
    assert_eq!(report.bad_certificates, 1);
    let memory = seat.a.memory.lock().unwrap();
    assert_eq!((memory.directory, memory.centre_now), (before, None));
    assert!(memory.presences.is_empty() && !memory.keys.contains_key(&stranger.identity.desk));
}

#[test]
fn a_colluding_desk_cannot_speak_for_supervisors_through_a_relay() {
    let seat = Seat::new();
    seat.b
        .write(Topic::Office, EntityKind::Campaign, "campaign.defined", b"{}");
    let segment = seat.b.segment(Topic::Office, 1, 1);
    let report = seat.lying(&seat.a, |lie| {
        if let Lie::Pull(answer) = lie {
            answer.segments = vec![segment.clone()];
        }
    });
    assert_eq!(
        report.troubles[0].trouble,
        Trouble::Segment("topic"),
        "{report:?}"
    );
    assert_eq!(seat.a.len(&seat.b.log(Topic::Office)), 0);
}

#[test]
fn the_centres_own_signature_is_believed_from_a_relay_and_no_other() {
    let seat = Seat::new();
    seat.a.notes(Q1, 5);
    let log = seat.a.log(Q1);
    let link = |seq| seat.a.own_link(Q1, seq).unwrap().unwrap();
    let kept = |key: &DeskKey, seq, link| LogAnswer {
        log: log.clone(),
        seq,
        kept: Some(SignedHead::by_keeper(key, OFFICE, log.desk_id(), Q1, seq, link)),
        stopped: None,
    };
    let tell = |answer: LogAnswer| settle(seat.a.as_ref(), &seat.a.identity, &[answer]).unwrap();
    let told = tell(kept(&seat.relay.identity.key, 4, link(4)));
    assert_eq!(
        (told.records, told.troubles[0].trouble.code()),
        (0, "kept_signature")
    );
    assert_eq!(seat.a.acknowledged(Q1), 0);
    assert_eq!(tell(kept(&office_key(), 4, link(4))).records, 4);
    assert_eq!(seat.a.acknowledged(Q1), 4);
    assert_eq!(
        tell(kept(&office_key(), 2, link(2))).records,
        0,
        "an older word takes nothing back"
    );
    assert_eq!(seat.a.acknowledged(Q1), 4);
    assert_eq!(
        tell(kept(&office_key(), 5, Link([3; 32]))).troubles[0].trouble,
        Trouble::Fork
    );
    assert_eq!(seat.a.acknowledged(Q1), 4);
}

#[test]
fn a_writer_with_another_key_shows_a_relay_anew_what_it_has_already() {
    let seat = Seat::new();
    seat.a.notes(Q1, 5);
    assert!(seat.exchange(&seat.a).is_clean());
    // The key was changed when the centre had two of these; what the old one signed beyond counts no more.
    let new = seat.a.with_key(DeskKey::from_seed(&[77; 32]));
    let log = seat.a.log(Q1);
    let link = seat.a.memory.lock().unwrap().logs[&log].links[1];
    let rotated = Certificate {
        key: new.identity.key.public(),
        version: 2,
        earlier: Some(vec![EarlierKey {
            key: seat.a.identity.key.public(),
            until: NOW,
            heads: vec![AcceptedHead {
                topic: Q1.to_string(),
                seq: 2,
                link: link.0,
            }],
        }]),
        ..certificate(&seat.a)
    };
    for who in [&seat.relay, &new, &seat.b] {
        learn(who, std::slice::from_ref(&rotated));
    }
    seat.relay.memory.lock().unwrap().heads.remove(&log);
    new.memory.lock().unwrap().acknowledged.remove(&Q1);
    let report = seat.exchange(&new);
    assert!(report.is_clean(), "{report:?}");
    let shown = seat.relay.signed_head(&log).unwrap().unwrap();
    assert_eq!(shown.seq, 5);
    assert!(
        shown
            .verify_writer(OFFICE, &new.identity.key.public(), new.identity.desk, Q1)
            .is_ok()
    );
    // With that it is handed on.
    assert!(seat.exchange(&seat.b).is_clean());
    assert_eq!(seat.b.len(&log), 5);
    // What the old key signs is not taken, from nobody.
    seat.a.notes(Q1, 1);
    let report = seat.exchange(&seat.a);
    let told: Vec<&str> = report.troubles.iter().map(|found| found.trouble.code()).collect();
    assert!(
        told.contains(&"signature") || told.contains(&"kept_signature"),
        "{told:?}"
    );
    assert_eq!(seat.relay.len(&log), 5);
}
