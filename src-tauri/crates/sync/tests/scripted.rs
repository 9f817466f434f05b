// SPDX-License-Identifier: EUPL-1.2
//! The exchange against a centre that is played by the test: it answers whatever the script says, true or not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use sportello_domain::ids::{DeskId, OfficeId};
use sportello_domain::meta::Topic;
use sportello_protocol::wire::{
    CONTENT_TYPE, Directory, LogAnswer, LogName, Problem, Pull, PullAnswer, Push, PushAnswer, Segment,
    SignedHead, pack, unpack,
};
use sportello_protocol::{Certificate, DeskKey, Link, SignedCertificate};
use sportello_sync::{
    Applied, Endpoint, Exchange, LocalDone, LocalLogs, Options, Reply, Report, Request, Step, TransportError,
    run_blocking,
};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use support::{MemoryDesk, NOW, small_pages};
use uuid::Uuid;

type Answer = Result<Reply, TransportError>;

/// A code, and how to bring it about.
type Case<T> = (&'static str, fn(&mut T));

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x0f));
const Q1: Topic = Topic::Quartiere(1);
const Q2: Topic = Topic::Quartiere(2);

fn office_key() -> DeskKey {
    DeskKey::from_seed(&[1; 32])
}

fn desk(number: u8) -> Arc<MemoryDesk> {
    let id = DeskId(Uuid::from_u128(u128::from(number)));
    MemoryDesk::new(
        OFFICE,
        office_key().public(),
        id,
        DeskKey::from_seed(&[number; 32]),
    )
}

fn certificate(desk: &MemoryDesk) -> SignedCertificate {
    Certificate {
        office: *OFFICE.0.as_bytes(),
        desk: *desk.identity.desk.0.as_bytes(),
        key: desk.identity.key.public(),
        site: [5; 16],
        name: "Q1-A".into(),
        reads: vec!["office".into(), "q1".into(), "q2".into()],
        version: 1,
        issued_at: NOW,
        revoked: false,
        supervises: false,
        accepted: None,
        replaced_by: None,
        earlier: None,
    }
    .sign(&office_key())
}

fn kept(log: &LogName, seq: u64, link: Link) -> LogAnswer {
    let head = SignedHead::by_keeper(
        &office_key(),
        OFFICE,
        log.desk_id(),
        log.topic().unwrap(),
        seq,
        link,
    );
    LogAnswer {
        log: log.clone(),
        seq,
        kept: (seq > 0).then_some(head),
        stopped: None,
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as a transport answers")]
fn ok<T: minicbor::Encode<()>>(message: &T) -> Answer {
    Ok(Reply {
        status: 200,
        content_type: CONTENT_TYPE.into(),
        body: pack(message).unwrap(),
    })
}

#[allow(clippy::unnecessary_wraps, reason = "as a transport answers")]
fn refuse(status: u16, code: &str) -> Answer {
    let problem = Problem {
        code: code.into(),
        detail: String::new(),
        now: NOW,
    };
    Ok(Reply {
        status,
        content_type: CONTENT_TYPE.into(),
        body: pack(&problem).unwrap(),
    })
}

/// A centre that believes everything.
#[derive(Default)]
struct Centre {
    heads: HashMap<LogName, (u64, Link)>,
    segments: Vec<Segment>,
    certificates: Vec<SignedCertificate>,
    /// It answers a pull with so many segments at once.
    at_once: usize,
    pushes: usize,
    pulls: usize,
}

impl Centre {
    fn push(&mut self, push: &Push) -> PushAnswer {
        self.pushes += 1;
        let mut logs = Vec::new();
        for segment in &push.segments {
            let genesis = || Link::genesis(OFFICE, segment.log.desk_id(), segment.log.topic().unwrap());
            let (seq, link) = self
                .heads
                .get(&segment.log)
                .copied()
                .unwrap_or_else(|| (0, genesis()));
            if segment.from > seq + 1 {
                logs.push(LogAnswer {
                    stopped: Some("gap".into()),
                    ..kept(&segment.log, seq, link)
                });
            } else if segment.head.seq <= seq {
                logs.push(kept(&segment.log, seq, link));
            } else {
                self.heads
                    .insert(segment.log.clone(), (segment.head.seq, segment.head.link()));
                self.segments.push(segment.clone());
                logs.push(kept(&segment.log, segment.head.seq, segment.head.link()));
            }
        }
        PushAnswer {
            now: NOW,
            logs,
            refused: vec![],
        }
    }

    fn pull(&mut self, pull: &Pull, asking: DeskId) -> PullAnswer {
        self.pulls += 1;
        let have = |log: &LogName| {
            pull.have
                .iter()
                .find(|have| have.log == *log)
                .map_or(0, |have| have.seq)
        };
        let mut wanted: Vec<Segment> = self
            .segments
            .iter()
            .filter(|s| s.head.seq > have(&s.log))
            .cloned()
            .collect();
        let rest = wanted.split_off(wanted.len().min(self.at_once.max(1)));
        PullAnswer {
            vouched: None,
            aside: None,
            now: NOW,
            segments: wanted,
            remaining: rest.iter().map(|segment| segment.records.len() as u64).sum(),
            own: self
                .heads
                .iter()
                .filter(|(log, _)| log.desk_id() == asking)
                .map(|(log, (seq, link))| kept(log, *seq, *link))
                .collect(),
            directory: Some(Directory {
                version: 1,
                certificates: self.certificates.clone(),
                presences: vec![],
            }),
        }
    }

    fn answer(&mut self, request: &Request, asking: DeskId) -> Answer {
        match request.endpoint {
            Endpoint::Push => ok(&self.push(&unpack(&request.body).unwrap())),
            Endpoint::Pull => ok(&self.pull(&unpack(&request.body).unwrap(), asking)),
            _ => refuse(404, "not_found"),
        }
    }
}

fn exchange(desk: &Arc<MemoryDesk>, send: impl FnMut(Request) -> Answer) -> Report {
    run_blocking(
        desk.as_ref(),
        desk.identity.clone(),
        small_pages(),
        || NOW + 500,
        send,
    )
}

fn honest(desk: &Arc<MemoryDesk>, centre: &mut Centre) -> Report {
    exchange(desk, |request| centre.answer(&request, desk.identity.desk))
}

#[test]
fn everything_is_handed_over_and_fetched_page_by_page() {
    let (a, b, mut centre) = (desk(10), desk(11), Centre::default());
    a.notes(Q1, 10);
    a.notes(Q2, 4);
    centre.certificates = vec![certificate(&a), certificate(&b)];
    let report = honest(&a, &mut centre);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.pushed, report.waiting, report.skew), (14, 0, Some(500)));
    assert_eq!((a.acknowledged(Q1), a.acknowledged(Q2)), (10, 4));
    assert_eq!(centre.pushes, 5, "pages of three records");
    let report = honest(&b, &mut centre);
    assert_eq!((report.pulled, report.remaining), (14, 0));
    assert!(report.directory_changed);
    assert_eq!(b.records(&a.log(Q1)), a.records(&a.log(Q1)));
    assert!(centre.pulls > 3, "one segment at once");
    // Again: nothing to do, one question.
    let (pushes, pulls) = (centre.pushes, centre.pulls);
    let report = honest(&b, &mut centre);
    assert_eq!((report.pushed, report.pulled), (0, 0));
    assert_eq!((centre.pushes, centre.pulls), (pushes, pulls + 1));
}

#[test]
fn pages_that_bytes_bound_get_a_long_log_through_in_one_exchange() {
    // Whatever is left of a page's room may take a second, smaller piece of the same log into the same message.
    for page_bytes in (300..2_500).step_by(50) {
        let (a, mut centre) = (desk(10), Centre::default());
        a.notes(Q1, 120);
        centre.certificates = vec![certificate(&a)];
        let options = Options {
            page_bytes,
            page_records: 1_000,
            ..small_pages()
        };
        let report = run_blocking(
            a.as_ref(),
            a.identity.clone(),
            options,
            || NOW + 500,
            |request| centre.answer(&request, a.identity.desk),
        );
        assert!(report.is_clean(), "{page_bytes}: {report:?}");
        assert_eq!((report.pushed, report.waiting), (120, 0), "{page_bytes}");
        assert!(centre.pushes > 5, "{page_bytes}: {}", centre.pushes);
    }
}

#[test]
fn while_a_message_is_under_way_the_next_page_is_read() {
    let a = desk(10);
    a.notes(Q1, 9);
    let snapshot = sportello_sync::LocalLogs::snapshot(a.as_ref()).unwrap();
    let mut exchange = Exchange::new(a.identity.clone(), small_pages(), &snapshot);
    let mut steps = Vec::new();
    for _ in 0..4 {
        match exchange.next(NOW) {
            Step::Local(step) => {
                steps.push("local");
                let done = sportello_sync::LocalLogs::perform(a.as_ref(), step).unwrap();
                exchange.done(done);
            }
            Step::Send(_) => steps.push("send"),
            Step::Wait => steps.push("wait"),
            Step::Done(_) => steps.push("done"),
        }
    }
    assert_eq!(steps, ["local", "send", "local", "wait"]);
}

#[test]
fn a_lost_answer_loses_nothing_and_doubles_nothing() {
    // At each of the messages of the exchange in turn: the request is lost, or the answer is.
    for lost_at in 0..6 {
        for arrives in [false, true] {
            let (a, mut centre) = (desk(10), Centre::default());
            a.notes(Q1, 10);
            let mut number = 0;
            let report = exchange(&a, |request| {
                number += 1;
                if number - 1 == lost_at {
                    if arrives {
                        let _ = centre.answer(&request, a.identity.desk);
                    }
                    return Err(TransportError::Timeout);
                }
                centre.answer(&request, a.identity.desk)
            });
            let ended_early = number > lost_at;
            assert_eq!(
                report.error.is_some(),
                ended_early,
                "{lost_at} {arrives}: {report:?}"
            );
            assert_eq!(report.waiting, 10 - a.acknowledged(Q1));
            let report = honest(&a, &mut centre);
            assert!(report.is_clean(), "{lost_at} {arrives}: {report:?}");
            assert_eq!(a.acknowledged(Q1), 10);
            let records: usize = centre.segments.iter().map(|segment| segment.records.len()).sum();
            assert_eq!(records, 10, "{lost_at} {arrives}: each record once");
        }
    }
}

#[test]
fn what_answers_and_is_no_centre_is_told_apart() {
    let page = b"<html>Benvenuti nella rete ospiti</html>".to_vec();
    let cut = |mut reply: Reply| {
        reply.body.truncate(reply.body.len() / 2);
        reply
    };
    let broken = |status, kind: &str, body: Vec<u8>| Reply {
        status,
        content_type: kind.into(),
        body,
    };
    let cases: Vec<(&str, Reply)> = vec![
        (
            "not_a_centre",
            broken(200, "text/html; charset=utf-8", page.clone()),
        ),
        ("not_a_centre", broken(302, "", vec![])),
        ("not_a_centre", broken(502, "text/plain", b"Bad Gateway".to_vec())),
        ("answer_broken", broken(200, CONTENT_TYPE, page)),
        ("answer_broken", broken(200, CONTENT_TYPE, vec![])),
        ("answer_broken", broken(500, CONTENT_TYPE, b"rubbish".to_vec())),
        (
            "answer_broken",
            cut(ok(&PushAnswer {
                now: NOW,
                logs: vec![],
                refused: vec![],
            })
            .unwrap()),
        ),
        (
            "answer_broken",
            ok(&Problem {
                code: "x".into(),
                detail: String::new(),
                now: 1,
            })
            .unwrap(),
        ),
        (
            "answer_broken",
            broken(200, CONTENT_TYPE, pack(&vec![0_u64; 5]).unwrap()),
        ),
        ("revoked", refuse(403, "revoked").unwrap()),
    ];
    for (code, reply) in cases {
        let (a, mut centre) = (desk(10), Centre::default());
        a.notes(Q1, 4);
        let report = exchange(&a, |_| Ok(reply.clone()));
        assert_eq!(
            report.error.as_ref().map(sportello_sync::ExchangeError::code),
            Some(code),
            "{reply:?}"
        );
        assert_eq!((report.pushed, report.waiting, a.acknowledged(Q1)), (0, 4, 0));
        assert!(honest(&a, &mut centre).is_clean());
    }
}

#[test]
fn no_acknowledgement_counts_that_the_office_did_not_sign() {
    let false_centres: [Case<LogAnswer>; 5] = [
        ("kept_signature", |answer| answer.kept = None),
        ("kept_signature", |answer| answer.seq -= 1),
        ("kept_signature", |answer| {
            answer.kept.as_mut().unwrap().link[0] ^= 1;
        }),
        ("kept_signature", |answer| {
            let link = answer.kept.as_ref().unwrap().link();
            let wrong = DeskKey::from_seed(&[9; 32]);
            answer.kept = Some(SignedHead::by_keeper(
                &wrong,
                OFFICE,
                answer.log.desk_id(),
                Q1,
                answer.seq,
                link,
            ));
        }),
        // The office signed, but something else than the desk wrote.
        ("fork", |answer| {
            let link = Link([7; 32]);
            answer.kept = Some(SignedHead::by_keeper(
                &office_key(),
                OFFICE,
                answer.log.desk_id(),
                Q1,
                answer.seq,
                link,
            ));
        }),
    ];
    for (code, twist) in false_centres {
        let (a, mut centre) = (desk(10), Centre::default());
        a.notes(Q1, 3);
        a.notes(Q2, 3);
        let report = exchange(&a, |request| {
            if request.endpoint == Endpoint::Push {
                let mut answer = centre.push(&unpack(&request.body).unwrap());
                answer
                    .logs
                    .iter_mut()
                    .filter(|answer| answer.log.topic == "q1")
                    .for_each(twist);
                return ok(&answer);
            }
            centre.answer(&request, a.identity.desk)
        });
        assert!(report.error.is_none());
        assert_eq!(report.troubles.len(), 1, "{code}: {report:?}");
        assert_eq!(
            (report.troubles[0].trouble.code(), &report.troubles[0].log),
            (code, &a.log(Q1))
        );
        assert_eq!(
            (a.acknowledged(Q1), a.acknowledged(Q2)),
            (0, 3),
            "the other log goes on"
        );
        assert_eq!(report.waiting, 3);
    }
}

#[test]
fn a_centre_that_forgot_is_sent_it_again() {
    for forgets in [0_usize, 2] {
        let (a, mut centre) = (desk(10), Centre::default());
        a.notes(Q1, 12);
        a.notes(Q2, 2);
        assert!(honest(&a, &mut centre).is_clean());
        // An older backup.
        centre.segments.truncate(forgets);
        centre.heads = centre
            .segments
            .iter()
            .map(|s| (s.log.clone(), (s.head.seq, s.head.link())))
            .collect();
        let held: u64 = centre.heads.values().map(|(seq, _)| *seq).sum();
        let report = honest(&a, &mut centre);
        assert!(report.is_clean(), "{report:?}");
        assert_eq!(report.centre_lost.len(), 2);
        assert_eq!(report.pushed, 14 - held);
        assert_eq!((a.acknowledged(Q1), a.acknowledged(Q2)), (12, 2));
        assert_eq!(centre.heads.values().map(|(seq, _)| *seq).sum::<u64>(), 14);
    }
}

#[test]
fn a_centre_that_forgot_is_noticed_in_the_middle_of_handing_over() {
    let (a, mut centre) = (desk(10), Centre::default());
    a.notes(Q1, 6);
    assert!(honest(&a, &mut centre).is_clean());
    centre = Centre::default();
    a.notes(Q1, 6);
    let report = honest(&a, &mut centre);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.centre_lost.len(), a.acknowledged(Q1)), (1, 12));
    assert_eq!(centre.heads[&a.log(Q1)].0, 12);
}

#[test]
fn a_centre_that_never_gets_any_further_is_left_alone() {
    let a = desk(10);
    a.notes(Q1, 6);
    a.notes(Q2, 1);
    let mut centre = Centre::default();
    let mut pushes = 0;
    let report = exchange(&a, |request| {
        if request.endpoint == Endpoint::Push {
            pushes += 1;
            let mut push: Push = unpack(&request.body).unwrap();
            push.segments.retain(|segment| segment.log.topic == "q2");
            let mut answer = centre.push(&push);
            answer.logs.push(LogAnswer {
                stopped: Some("gap".into()),
                ..kept(&a.log(Q1), 0, Link([0; 32]))
            });
            return ok(&answer);
        }
        centre.answer(&request, a.identity.desk)
    });
    assert!(pushes < 10, "{pushes}");
    assert_eq!(report.troubles[0].trouble.code(), "no_progress");
    assert_eq!(a.acknowledged(Q2), 1);
}

#[test]
fn a_desk_that_was_restored_is_told() {
    let (a, mut centre) = (desk(10), Centre::default());
    a.notes(Q1, 2);
    assert!(honest(&a, &mut centre).is_clean());
    let backup = a.cloned();
    a.notes(Q1, 3);
    assert!(honest(&a, &mut centre).is_clean());
    centre.certificates = vec![certificate(&a)];
    let report = honest(&backup, &mut centre);
    assert_eq!(report.troubles[0].trouble.code(), "own_behind");
    // It gets back what it had written itself.
    assert_eq!((report.pulled, backup.own_len(Q1)), (3, 5));
    assert_eq!(backup.records(&a.log(Q1)), a.records(&a.log(Q1)));
}

/// Tampering with what others wrote: each is told, nothing of it applied, and the other log comes through.
#[test]
fn what_does_not_hold_is_not_applied_and_stops_no_other_log() {
    let twists: [Case<Segment>; 7] = [
        ("fork", |segment| match &mut segment.records[0].body {
            sportello_protocol::Body::Present(bytes) => bytes[20] ^= 1,
            sportello_protocol::Body::Erased { .. } => panic!(),
        }),
        ("chain", |segment| segment.records.swap(0, 1)),
        ("chain", |segment| {
            segment.records.pop();
        }),
        ("signature", |segment| segment.head.signature.0[5] ^= 1),
        ("gap", |segment| segment.from += 1),
        ("topic", |segment| segment.log.topic = "q9".into()),
        ("unknown_desk", |segment| segment.log.desk = [77; 16]),
    ];
    for (code, twist) in twists {
        let (a, b, mut centre) = (desk(10), desk(11), Centre::default());
        a.notes(Q1, 2);
        a.notes(Q2, 2);
        centre.certificates = vec![certificate(&a)];
        assert!(honest(&a, &mut centre).is_clean());
        let at = centre
            .segments
            .iter()
            .position(|segment| segment.log.topic == "q1")
            .unwrap();
        twist(&mut centre.segments[at]);
        let report = honest(&b, &mut centre);
        assert!(report.error.is_none());
        assert_eq!(report.troubles.len(), 1, "{code}: {report:?}");
        assert_eq!(report.troubles[0].trouble.code(), code);
        assert_eq!((b.len(&a.log(Q1)), b.len(&a.log(Q2))), (0, 2), "{code}");
        assert_eq!(report.pulled, 2);
    }
}

#[test]
fn segments_twice_overlapping_or_out_of_turn_are_applied_once() {
    let (a, b, mut centre) = (
        desk(10),
        desk(11),
        Centre {
            at_once: 99,
            ..Centre::default()
        },
    );
    centre.certificates = vec![certificate(&a)];
    a.notes(Q1, 3);
    honest(&a, &mut centre);
    a.notes(Q1, 3);
    honest(&a, &mut centre);
    let (first, second) = (centre.segments[0].clone(), centre.segments[1].clone());
    let mut both = Segment {
        records: first.records.clone(),
        ..second.clone()
    };
    both.from = 1;
    both.records.extend(second.records.clone());
    // Twice the first, then both together: the beginning of the last is known.
    centre.segments = vec![first.clone(), first.clone(), both];
    let report = honest(&b, &mut centre);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.pulled, b.len(&a.log(Q1))), (6, 6));
    // The second before the first: told as a gap, and right at the next exchange.
    let c = desk(12);
    centre.segments = vec![second.clone(), first.clone()];
    assert_eq!(honest(&c, &mut centre).troubles[0].trouble.code(), "gap");
    centre.segments = vec![first, second];
    assert!(honest(&c, &mut centre).is_clean());
    assert_eq!(c.len(&a.log(Q1)), 6);
}

#[test]
fn a_certificate_that_the_office_did_not_sign_gives_no_key() {
    let (a, b, mut centre) = (desk(10), desk(11), Centre::default());
    a.notes(Q1, 2);
    honest(&a, &mut centre);
    let mut forged = certificate(&a);
    forged.signature.0[0] ^= 1;
    centre.certificates = vec![forged, certificate(&b)];
    let report = honest(&b, &mut centre);
    assert_eq!((report.bad_certificates, report.pulled), (1, 0));
    assert_eq!(report.troubles[0].trouble.code(), "unknown_desk");
    assert_eq!(b.memory.lock().unwrap().directory, 0, "it is asked for again");
    centre.certificates = vec![certificate(&a), certificate(&b)];
    assert_eq!(honest(&b, &mut centre).pulled, 2);
}

#[test]
fn a_full_disk_ends_the_exchange_and_loses_nothing() {
    let (a, b, mut centre) = (desk(10), desk(11), Centre::default());
    centre.certificates = vec![certificate(&a)];
    a.notes(Q1, 9);
    honest(&a, &mut centre);
    b.memory.lock().unwrap().full = 1;
    let report = honest(&b, &mut centre);
    assert_eq!(
        report.error.as_ref().map(sportello_sync::ExchangeError::code),
        Some("local")
    );
    assert_eq!(b.len(&a.log(Q1)), 0);
    assert!(honest(&b, &mut centre).is_clean());
    assert_eq!(b.len(&a.log(Q1)), 9);
}

#[test]
fn refused_records_are_told_once_and_only_ones_own() {
    let (a, mut centre) = (desk(10), Centre::default());
    a.notes(Q1, 6);
    let refused = RefCell::new(0);
    let report = exchange(&a, |request| {
        if request.endpoint == Endpoint::Push {
            let mut answer = centre.push(&unpack(&request.body).unwrap());
            for log in [a.log(Q1), LogName::new(DeskId(Uuid::from_u128(99)), Q1)] {
                let code = "body_malformed".to_owned();
                answer
                    .refused
                    .push(sportello_protocol::wire::RefusedRecord { log, seq: 2, code });
            }
            *refused.borrow_mut() += 1;
            return ok(&answer);
        }
        centre.answer(&request, a.identity.desk)
    });
    assert!(*refused.borrow() > 1);
    assert!(report.is_clean());
    assert_eq!(report.refused.len(), 1);
    assert_eq!(a.memory.lock().unwrap().refused, report.refused);
}

#[test]
fn driving_it_out_of_order_ends_it() {
    let a = desk(10);
    a.notes(Q1, 1);
    let snapshot = sportello_sync::LocalLogs::snapshot(a.as_ref()).unwrap();
    let mut exchange = Exchange::new(a.identity.clone(), small_pages(), &snapshot);
    assert!(matches!(exchange.next(NOW), Step::Local(_)));
    match exchange.next(NOW) {
        Step::Done(report) => assert_eq!(report.error.unwrap().code(), "out_of_order"),
        other => panic!("{other:?}"),
    }
}

/// The next page is verified while one is being applied; each step here ends only after the answer that was under way came.
fn eager(
    desk: &Arc<MemoryDesk>,
    centre: &mut Centre,
    mut spoil: impl FnMut(&LocalDone) -> Option<LocalDone>,
) -> Report {
    let snapshot = LocalLogs::snapshot(desk.as_ref()).unwrap();
    let mut exchange = Exchange::new(desk.identity.clone(), small_pages(), &snapshot);
    let mut flying = None;
    loop {
        match exchange.next(NOW) {
            Step::Send(request) => flying = Some(centre.answer(&request, desk.identity.desk)),
            Step::Local(step) => {
                let done = LocalLogs::perform(desk.as_ref(), step).unwrap();
                if let Some(reply) = flying.take() {
                    exchange.answered(reply, NOW, NOW);
                }
                exchange.done(spoil(&done).unwrap_or(done));
            }
            Step::Wait => exchange.answered(flying.take().unwrap(), NOW, NOW),
            Step::Done(report) => return *report,
        }
    }
}

#[test]
fn what_comes_while_something_is_applied_is_taken_in_as_if_it_came_afterwards() {
    let (a, b, c, mut centre) = (desk(10), desk(11), desk(12), Centre::default());
    centre.certificates = vec![certificate(&a), certificate(&b), certificate(&c)];
    a.notes(Q1, 14);
    b.notes(Q2, 9);
    for writer in [&a, &b] {
        let report = eager(writer, &mut centre, |_| None);
        assert!(report.is_clean(), "{report:?}");
        assert_eq!(report.waiting, 0);
    }
    let report = eager(&c, &mut centre, |_| None);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.pulled, report.remaining), (23, 0));
    assert_eq!(c.records(&a.log(Q1)), a.records(&a.log(Q1)));
    assert_eq!(c.records(&b.log(Q2)), b.records(&b.log(Q2)));
}

#[test]
fn what_was_verified_while_its_log_could_not_be_applied_is_not_applied() {
    let (a, b, mut centre) = (desk(10), desk(11), Centre::default());
    centre.certificates = vec![certificate(&a), certificate(&b)];
    a.notes(Q1, 12);
    honest(&a, &mut centre);
    let mut applied = 0;
    let report = eager(&b, &mut centre, |done| match done {
        LocalDone::Applied(_) => {
            applied += 1;
            Some(LocalDone::Applied(Applied {
                records: 0,
                stopped: vec![(a.log(Q1), "disagrees".into())],
            }))
        }
        _ => None,
    });
    assert_eq!(
        applied, 1,
        "the page that was verified meanwhile is left where it is"
    );
    assert_eq!(report.troubles.len(), 1, "{:?}", report.troubles);
    assert_eq!(report.troubles[0].trouble.code(), "disagrees");
}
