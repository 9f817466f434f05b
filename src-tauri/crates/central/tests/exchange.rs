// SPDX-License-Identifier: EUPL-1.2
//! Desks and a centre over real HTTP: what goes where, and what happens when something is not as it should be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[macro_use]
mod support;

use sportello_central::NewDesk;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::{EntityKind, Topic};
use sportello_protocol::wire::{Have, LogName, Segment, SignedHead};
use sportello_protocol::{Body, Link, Record};
use sportello_sync::Options;
use support::{Kind, MemoryDesk, Office, Q1, Q2, everything, memory::small_pages, segment};

stories! {
    each_desk_gets_what_it_may_read_and_nothing_else,
    handing_over_twice_changes_nothing_and_gets_the_same_answer,
    it_goes_on_from_where_it_was_and_asks_for_what_is_missing,
    what_is_given_ends_at_a_head_that_the_writer_signed,
    what_is_asked_for_comes_in_pages,
    a_cloned_disk_is_a_fork,
    a_fork_before_what_is_handed_over_is_noticed,
    one_refused_record_stops_no_other,
    who_may_write_where_is_held,
    what_does_not_hold_is_stopped_and_says_why,
    a_centre_restored_from_an_older_backup_gets_everything_again,
    a_restored_centre_is_refilled_with_the_logs_of_desks_that_are_gone,
    nobody_refills_a_centre_with_what_it_would_not_take,
    after_a_fork_and_a_restored_centre_readers_go_on,
    a_desk_enrolled_after_the_backup_is_taken_back_by_its_certificate,
    a_rebuilt_desk_gets_back_its_own_log,
    a_revoked_desk_is_told_and_what_it_wrote_stays,
    many_desks_at_once_all_come_through,
    the_same_push_at_the_same_time_is_taken_once,
}

const NOTE: &[u8] = br#"{"text":"citofono rotto"}"#;

fn supervising(name: &str) -> NewDesk {
    NewDesk {
        supervises: true,
        ..NewDesk::new("CEN", name)
    }
}

async fn each_desk_gets_what_it_may_read_and_nothing_else(kind: Kind) {
    let office = Office::open_on(kind);
    let q1 = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let q2 = office.desk(NewDesk::new("Q2", "Q2-A")).await;
    let central = office.desk(NewDesk::new("CEN", "CEN-A")).await;
    let supervisor = office.desk(supervising("CEN-S")).await;
    q1.notes(Q1, 5);
    q1.notes(Q2, 2); // served a household of another Quartiere
    supervisor.write(Topic::Supervisors, EntityKind::Household, "household.noted", NOTE);
    for desk in [&q1, &supervisor] {
        let report = office.exchange(desk).await;
        assert!(report.is_clean(), "{report:?}");
        assert_eq!(report.waiting, 0);
    }
    for desk in [&q1, &central, &supervisor, &q2] {
        assert!(office.exchange(desk).await.is_clean());
    }
    let sites = |desk: &MemoryDesk| {
        let centre = DeskId(desk.identity.office.0);
        desk.len(&LogName::new(centre, Topic::Office))
    };
    let has = |desk: &MemoryDesk| {
        let supervisors = LogName::new(supervisor.identity.desk, Topic::Supervisors);
        (
            sites(desk),
            desk.len(&q1.log(Q1)),
            desk.len(&q1.log(Q2)),
            desk.len(&supervisors),
        )
    };
    assert_eq!(has(&q1), (6, 5, 2, 0));
    assert_eq!(has(&q2), (6, 0, 2, 0));
    assert_eq!(has(&central), (6, 5, 2, 0));
    assert_eq!(has(&supervisor), (6, 5, 2, 1));
    assert_eq!(
        supervisor.records(&q1.log(Q1)),
        q1.records(&q1.log(Q1)),
        "bytes as they came"
    );
    let memory = q2.memory.lock().unwrap();
    assert_eq!((memory.keys.len(), memory.presences.len()), (4, 4));
    assert!(office.central.verify().unwrap().problems.is_empty());
}

async fn handing_over_twice_changes_nothing_and_gets_the_same_answer(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 6);
    let whole = segment(&desk, Q1, 1, 6);
    let first = office.push(&desk, vec![whole.clone()]).await;
    let again = office.push(&desk, vec![whole.clone(), whole.clone()]).await;
    assert_eq!(again.logs, vec![first.logs[0].clone(), first.logs[0].clone()]);
    let kept = first.logs[0].kept.clone().unwrap();
    let office_key = office.central.facts().unwrap().key;
    assert!(
        kept.verify_keeper(desk.identity.office, &office_key, desk.identity.desk, Q1)
            .is_ok()
    );
    assert_eq!((kept.seq, kept.link()), (6, whole.head.link()));
    let counts = office.central.vault().counts().unwrap();
    assert_eq!((counts.records, counts.aside), (12, 0), "with the six sites");
}

async fn it_goes_on_from_where_it_was_and_asks_for_what_is_missing(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 9);
    let answer = office.push(&desk, vec![segment(&desk, Q1, 3, 5)]).await;
    assert_eq!(
        (
            answer.logs[0].seq,
            answer.logs[0].stopped.as_deref(),
            &answer.logs[0].kept
        ),
        (0, Some("gap"), &None)
    );
    office.push(&desk, vec![segment(&desk, Q1, 1, 4)]).await;
    let gap = office.push(&desk, vec![segment(&desk, Q1, 6, 7)]).await;
    assert_eq!(
        (gap.logs[0].seq, gap.logs[0].stopped.as_deref()),
        (4, Some("gap"))
    );
    // What overlaps is taken from where it is new; several segments of one log in one push follow each other.
    let answer = office
        .push(&desk, vec![segment(&desk, Q1, 2, 6), segment(&desk, Q1, 7, 9)])
        .await;
    assert_eq!(
        answer
            .logs
            .iter()
            .map(|log| (log.seq, log.stopped.clone()))
            .collect::<Vec<_>>(),
        [(6, None), (9, None)]
    );
    assert!(office.central.verify().unwrap().problems.is_empty());
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    assert!(office.exchange_with(&other, small_pages()).await.is_clean());
    assert_eq!(other.records(&desk.log(Q1)), desk.records(&desk.log(Q1)));
}

async fn what_is_given_ends_at_a_head_that_the_writer_signed(kind: Kind) {
    let office = Office::open_on(kind);
    let (desk, other) = (
        office.desk(NewDesk::new("Q1", "Q1-A")).await,
        office.desk(NewDesk::new("Q1", "Q1-B")).await,
    );
    desk.notes(Q1, 10);
    for (from, to) in [(1, 2), (3, 3), (4, 8), (9, 10)] {
        office.push(&desk, vec![segment(&desk, Q1, from, to)]).await;
    }
    // All fits: one segment up to the last signed head.
    let answer = office.pull(&other, everything(1 << 20)).await;
    let own = answer
        .segments
        .iter()
        .find(|segment| segment.log == desk.log(Q1))
        .unwrap();
    assert_eq!((own.from, own.records.len(), own.head.seq), (1, 10, 10));
    // The beginning of a segment is there already.
    let mut pull = everything(1 << 20);
    pull.have.push(Have {
        log: desk.log(Q1),
        seq: 5,
    });
    let answer = office.pull(&other, pull).await;
    let own = answer
        .segments
        .iter()
        .find(|segment| segment.log == desk.log(Q1))
        .unwrap();
    assert_eq!((own.from, own.head.seq), (6, 10));
    let before = desk.memory.lock().unwrap().logs[&desk.log(Q1)].links[4];
    assert!(
        own.clone()
            .verify(desk.identity.office, &desk.identity.key.public(), before)
            .is_ok()
    );
    // A desk that claims to have more than there is gets nothing.
    let mut pull = everything(1 << 20);
    pull.have.push(Have {
        log: desk.log(Q1),
        seq: u64::MAX,
    });
    let answer = office.pull(&other, pull).await;
    assert!(answer.segments.iter().all(|segment| segment.log != desk.log(Q1)));
    assert_eq!(answer.remaining, 0);
}

async fn what_is_asked_for_comes_in_pages(kind: Kind) {
    let office = Office::open_on(kind);
    let (desk, other) = (
        office.desk(NewDesk::new("Q1", "Q1-A")).await,
        office.desk(NewDesk::new("Q1", "Q1-B")).await,
    );
    let large = format!("{{\"text\":\"{}\"}}", "x".repeat(30_000));
    for _ in 0..20 {
        desk.write(Q1, EntityKind::Household, "household.noted", large.as_bytes());
    }
    assert!(
        office
            .exchange_with(
                &desk,
                Options {
                    page_records: 1,
                    ..small_pages()
                }
            )
            .await
            .is_clean()
    );
    let first = office.pull(&other, everything(100_000)).await;
    let got: usize = first.segments.iter().map(|segment| segment.records.len()).sum();
    assert!((2..=12).contains(&got), "{got}");
    assert_eq!(first.remaining, 26 - got as u64);
    let report = office
        .exchange_with(
            &other,
            Options {
                pull_budget: 100_000,
                ..Options::default()
            },
        )
        .await;
    assert_eq!((report.pulled, report.remaining), (26, 0));
}

async fn a_cloned_disk_is_a_fork(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let witness = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    desk.notes(Q1, 3);
    assert!(office.exchange(&desk).await.is_clean());
    let clone = desk.cloned();
    desk.note(Q1, "servito qui");
    desk.note(Q2, "anche qui");
    clone.note(Q1, "servito là");
    clone.note(Q2, "e là");
    assert!(office.exchange(&desk).await.is_clean());
    let report = office.exchange(&clone).await;
    assert!(report.error.is_none());
    let told: Vec<_> = report
        .troubles
        .iter()
        .map(|t| (t.log.topic.as_str(), t.trouble.code()))
        .collect();
    assert!(
        told.contains(&("q1", "fork")) && told.contains(&("q2", "fork")),
        "{told:?}"
    );
    // Both are kept, the first one is what others get, and neither goes on.
    assert_eq!(office.central.vault().counts().unwrap().aside, 2);
    assert!(office.exchange(&witness).await.is_clean());
    assert_eq!(witness.records(&desk.log(Q1)), desk.records(&desk.log(Q1)));
    desk.note(Q1, "ancora");
    let report = office.exchange(&desk).await;
    assert_eq!(report.troubles[0].trouble.code(), "fork");
    assert_eq!(report.waiting, 1);
    let state = office
        .central
        .desk_states()
        .unwrap()
        .into_iter()
        .find(|s| s.desk.name == "Q1-A")
        .unwrap();
    assert!(
        state
            .logs
            .iter()
            .all(|(_, _, stopped)| stopped.as_deref() == Some("fork"))
    );
    // The same evidence again is kept once.
    office.exchange(&clone).await;
    assert_eq!(office.central.vault().counts().unwrap().aside, 2);
    // A clone that wrote further without ever meeting the same number is noticed too.
    let report = office.central.verify().unwrap();
    assert!(report.problems.is_empty());
    assert_eq!(report.stopped.len(), 2);
}

async fn a_fork_before_what_is_handed_over_is_noticed(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 2);
    let clone = desk.cloned();
    desk.note(Q1, "uno");
    clone.note(Q1, "due");
    clone.note(Q1, "tre");
    office.push(&desk, vec![segment(&desk, Q1, 1, 3)]).await;
    // The clone hands over only what comes after the place where they part.
    let answer = office.push(&clone, vec![segment(&clone, Q1, 4, 4)]).await;
    assert_eq!(answer.logs[0].stopped.as_deref(), Some("fork"));
    assert_eq!(answer.logs[0].seq, 3);
    assert_eq!(office.central.vault().forks().unwrap()[0].1.seq, 4);
}

async fn one_refused_record_stops_no_other(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.note(Q1, "prima");
    desk.write(Q1, EntityKind::Household, "household.noted", b"{\"testo\":1}");
    desk.write(Q1, EntityKind::Site, "site.defined", b"{}");
    desk.write(Q1, EntityKind::Household, "household.praised", b"a kind to come");
    desk.note(Q1, "dopo");
    let report = office.exchange(&desk).await;
    assert!(report.is_clean(), "{report:?}");
    let told: Vec<_> = report.refused.iter().map(|r| (r.seq, r.code.as_str())).collect();
    assert_eq!(told, [(2, "body_malformed"), (3, "wrong_topic")]);
    assert_eq!((report.pushed, report.waiting), (5, 0));
    // Told again to whoever asks again: the first answer may have been lost.
    let answer = office.push(&desk, vec![segment(&desk, Q1, 1, 5)]).await;
    assert_eq!(answer.refused.len(), 2);
    // Kept and given out: the chain needs it.
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    assert!(office.exchange(&other).await.is_clean());
    assert_eq!(other.len(&desk.log(Q1)), 5);
    let report = office.central.verify().unwrap();
    assert_eq!((report.refused, report.problems.len()), (2, 0));
}

async fn who_may_write_where_is_held(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let supervisor = office.desk(supervising("CEN-S")).await;
    for author in [&desk, &supervisor] {
        for topic in [Topic::Office, Topic::Supervisors, Q2] {
            author.write(topic, EntityKind::Operator, "operator.blessed", b"{}");
        }
    }
    let segments = |author: &MemoryDesk| {
        [Topic::Office, Topic::Supervisors, Q2]
            .map(|t| segment(author, t, 1, 1))
            .to_vec()
    };
    let stops = |answer: sportello_protocol::wire::PushAnswer| {
        answer.logs.into_iter().map(|log| log.stopped).collect::<Vec<_>>()
    };
    let topic = || Some("topic".to_owned());
    assert_eq!(
        stops(office.push(&desk, segments(&desk)).await),
        [topic(), topic(), None]
    );
    assert_eq!(
        stops(office.push(&supervisor, segments(&supervisor)).await),
        [None, None, None]
    );
    // A desk may bring what another wrote, by the author's own rights and key (a stick carried over).
    let absent = office.desk(NewDesk::new("Q2", "Q2-A")).await;
    absent.notes(Q2, 2);
    let answer = office.push(&desk, vec![segment(&absent, Q2, 1, 2)]).await;
    assert_eq!((answer.logs[0].seq, &answer.logs[0].stopped), (2, &None));
    // But nobody writes for somebody who is none of the office's, or under the centre's own name.
    for stranger in [DeskId(uuid::Uuid::from_u128(5)), DeskId(desk.identity.office.0)] {
        let mut forged = segment(&desk, Q2, 1, 1);
        forged.log.desk = *stranger.0.as_bytes();
        assert_eq!(
            stops(office.push(&desk, vec![forged]).await),
            [Some("unknown_desk".to_owned())]
        );
    }
    let mut unknown_topic = segment(&desk, Q2, 1, 1);
    unknown_topic.log.topic = "q9".into();
    assert_eq!(stops(office.push(&desk, vec![unknown_topic]).await), [topic()]);
}

async fn what_does_not_hold_is_stopped_and_says_why(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 4);
    desk.notes(Q2, 1);
    let good = segment(&desk, Q1, 1, 4);
    let identity = &desk.identity;
    // Signed by the desk, but its own records do not lead there.
    let elsewhere = |seq| {
        SignedHead::by_writer(
            &identity.key,
            identity.office,
            identity.desk,
            Q1,
            seq,
            Link([9; 32]),
        )
    };
    let mut cases = Vec::new();
    let mut add = |code: &'static str, change: &dyn Fn(&mut Segment)| {
        let mut changed = good.clone();
        change(&mut changed);
        cases.push((code, changed));
    };
    add("signature", &|segment| segment.head.signature.0[3] ^= 1);
    add("chain", &|segment| segment.records.swap(1, 2));
    add("chain", &|segment| segment.records.truncate(2));
    add("chain", &|segment| segment.records.clear());
    add("chain", &|segment| segment.from = 0);
    add("chain", &|segment| segment.records[1].head = b"rubbish".to_vec());
    add("chain", &|segment| segment.head = elsewhere(4));
    add("too_large", &|segment| {
        let large = Record {
            head: segment.records[0].head.clone(),
            body: Body::Present(vec![0; 1 << 20]),
        };
        segment.records = vec![large; 5];
        segment.head = elsewhere(5);
    });
    for (code, changed) in cases {
        let answer = office.push(&desk, vec![changed, segment(&desk, Q2, 1, 1)]).await;
        let stops: Vec<_> = answer.logs.iter().map(|log| log.stopped.as_deref()).collect();
        assert_eq!(stops, [Some(code), None], "the other log goes on");
        assert_eq!(answer.logs[0].seq, 0);
    }
    assert_eq!(office.central.vault().counts().unwrap().aside, 0);
    assert_eq!(office.push(&desk, vec![good]).await.logs[0].seq, 4);
}

async fn a_centre_restored_from_an_older_backup_gets_everything_again(kind: Kind) {
    let mut office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    desk.notes(Q1, 5);
    assert!(office.exchange(&desk).await.is_clean());
    let backup = office.backup();
    desk.notes(Q1, 5);
    desk.notes(Q2, 2);
    assert!(office.exchange(&desk).await.is_clean());
    assert!(office.exchange(&other).await.is_clean());
    assert_eq!(other.len(&desk.log(Q1)), 10);
    office.restored_from(&backup);
    let report = office.exchange(&desk).await;
    assert!(report.is_clean(), "{report:?}");
    let lost: Vec<_> = report
        .centre_lost
        .iter()
        .map(|l| (l.log.topic.as_str(), l.remembered, l.kept))
        .collect();
    assert_eq!(lost.len(), 2);
    assert!(
        lost.contains(&("q1", 10, 5)) && lost.contains(&("q2", 2, 0)),
        "{lost:?}"
    );
    assert_eq!((report.pushed, report.waiting), (7, 0));
    let report = office.central.verify().unwrap();
    assert_eq!((report.records, report.problems.len()), (18, 0));
    assert!(office.exchange(&other).await.is_clean());
}

async fn a_restored_centre_is_refilled_with_the_logs_of_desks_that_are_gone(kind: Kind) {
    let mut office = Office::open_on(kind);
    let gone = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let elsewhere = office.desk(NewDesk::new("Q2", "Q2-A")).await;
    gone.notes(Q1, 5);
    assert!(office.exchange(&gone).await.is_clean());
    let backup = office.backup();
    gone.notes(Q1, 5);
    gone.notes(Q2, 2);
    assert!(office.exchange(&gone).await.is_clean());
    for reader in [&other, &elsewhere] {
        assert!(office.exchange(reader).await.is_clean());
    }
    office.restored_from(&backup);
    // Its disk died: nobody but its readers has what it wrote.
    let report = office.exchange_with(&other, small_pages()).await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.pushed, report.waiting), (0, 0));
    let report = office.exchange(&elsewhere).await;
    assert!(report.is_clean(), "{report:?}");
    let kept = office.central.vault().logs().unwrap();
    let seq = |topic| {
        let name = gone.log(topic);
        kept.iter().find(|log| log.name == name).map_or(0, |log| log.seq)
    };
    assert_eq!((seq(Q1), seq(Q2)), (10, 2));
    assert!(office.central.verify().unwrap().problems.is_empty());
    // Once is enough, and a new desk has it all.
    assert_eq!(office.exchange(&other).await.carried, 0);
    let fresh = office.desk(NewDesk::new("Q1", "Q1-C")).await;
    assert!(office.exchange(&fresh).await.is_clean());
    assert_eq!(fresh.records(&gone.log(Q1)), gone.records(&gone.log(Q1)));
    // Who comes back from a backup of its own learns from this that it did.
    assert!(office.exchange(&gone).await.is_clean());
}

async fn nobody_refills_a_centre_with_what_it_would_not_take(kind: Kind) {
    let mut office = Office::open_on(kind);
    let gone = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    gone.notes(Q1, 2);
    assert!(office.exchange(&gone).await.is_clean());
    let backup = office.backup();
    gone.notes(Q1, 3);
    assert!(office.exchange(&gone).await.is_clean());
    assert!(office.exchange(&other).await.is_clean());
    office.restored_from(&backup);
    office.central.revoke_desk("Q1-A").unwrap();
    let mut pull = everything(0);
    pull.have.push(Have {
        log: gone.log(Q1),
        seq: 5,
    });
    // What a revoked desk wrote and is not accepted is no refill: it is asked for, unsigned, to be set aside.
    let asked = |answer: &&sportello_protocol::wire::LogAnswer| answer.log == gone.log(Q1);
    let pulled = office.pull(&other, pull.clone()).await;
    let answer = pulled.own.iter().find(asked).unwrap();
    assert_eq!((answer.seq, &answer.kept), (2, &None));
    let report = office.exchange(&other).await;
    assert!(report.is_clean() && report.carried == 0, "{report:?}");
    assert_eq!(
        office.central.vault().log(&gone.log(Q1)).unwrap().unwrap().seq,
        2,
        "not mixed in"
    );
    assert_eq!(
        office.central.vault().forks().unwrap()[0].1.seq,
        5,
        "and not lost"
    );
    let pulled = office.pull(&other, pull).await;
    assert!(!pulled.own.iter().any(|answer| asked(&answer)), "asked for once");
}

async fn after_a_fork_and_a_restored_centre_readers_go_on(kind: Kind) {
    for lost in [1, 3] {
        let mut office = Office::open_on(kind);
        let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
        let reader = office.desk(NewDesk::new("Q1", "Q1-B")).await;
        desk.notes(Q1, 3);
        assert!(office.exchange(&desk).await.is_clean());
        let (backup, restored) = (office.backup(), desk.cloned());
        desk.note(Q1, "uno");
        desk.note(Q1, "due");
        assert!(office.exchange(&desk).await.is_clean());
        assert!(office.exchange(&reader).await.is_clean());
        office.restored_from(&backup);
        // Centre and desk come back from backups of the same time: neither can know, and the reader does.
        for number in 0..lost {
            restored.note(Q1, &format!("altro {number}"));
        }
        assert!(office.exchange(&restored).await.is_clean());
        let written = reader.records(&desk.log(Q1));
        for again in 0..3 {
            reader.note(Q1, "il lavoro va avanti");
            let report = office.exchange(&reader).await;
            assert!(
                report.is_settled(reader.identity.desk),
                "{lost} {again}: {report:?}"
            );
            assert_eq!((report.waiting, report.remaining), (0, 0));
        }
        assert_eq!(reader.records(&desk.log(Q1)), written, "each branch is kept");
        if lost == 1 {
            // It had less than the reader, was offered the rest, and found out.
            assert_eq!(office.central.vault().counts().unwrap().aside, 1);
            let report = office.exchange(&restored).await;
            assert!(!report.is_settled(restored.identity.desk));
            assert_eq!(report.troubles[0].trouble.code(), "fork");
        }
    }
}

async fn a_desk_enrolled_after_the_backup_is_taken_back_by_its_certificate(kind: Kind) {
    let mut office = Office::open_on(kind);
    let before = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let backup = office.backup();
    let desk = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let revoked = office.desk(NewDesk::new("Q1", "Q1-C")).await;
    office.central.revoke_desk("Q1-C").unwrap();
    let certificate = |office: &Office, desk: &MemoryDesk| {
        office
            .central
            .vault()
            .desk(desk.identity.desk)
            .unwrap()
            .unwrap()
            .enrolled
            .unwrap()
            .1
    };
    let (own, others) = (certificate(&office, &desk), certificate(&office, &revoked));
    desk.notes(Q1, 4);
    assert!(office.exchange(&desk).await.is_clean());
    office.restored_from(&backup);
    let code = |report: &sportello_sync::Report| report.error.as_ref().map(|error| error.code().to_owned());
    assert_eq!(
        code(&office.exchange(&desk).await).as_deref(),
        Some("unknown_desk")
    );
    // Not with another's certificate, not with one that says revoked, not with one that somebody else signed.
    assert_eq!(
        code(&office.exchange_showing(&desk, others.clone()).await).as_deref(),
        Some("unknown_desk")
    );
    assert_eq!(
        code(&office.exchange_showing(&revoked, others).await).as_deref(),
        Some("unknown_desk")
    );
    let forged = own
        .verify(desk.identity.office, &desk.identity.office_key)
        .unwrap()
        .sign(&desk.identity.key);
    assert_eq!(
        code(&office.exchange_showing(&desk, forged).await).as_deref(),
        Some("unknown_desk")
    );
    let report = office.exchange_showing(&desk, own).await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.pushed, report.waiting), (4, 0));
    let report = office.exchange(&before).await;
    assert!(report.is_clean() && report.directory_changed, "{report:?}");
    assert_eq!(before.len(&desk.log(Q1)), 4);
    assert!(office.central.verify().unwrap().problems.is_empty());
}

async fn a_rebuilt_desk_gets_back_its_own_log(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 4);
    assert!(office.exchange(&desk).await.is_clean());
    let empty = MemoryDesk::new(
        desk.identity.office,
        desk.identity.office_key,
        desk.identity.desk,
        desk.identity.key.clone(),
    );
    assert!(office.exchange(&empty).await.is_clean());
    assert_eq!(empty.records(&desk.log(Q1)), desk.records(&desk.log(Q1)));
}

async fn a_revoked_desk_is_told_and_what_it_wrote_stays(kind: Kind) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let other = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    desk.notes(Q1, 2);
    assert!(office.exchange(&desk).await.is_clean());
    assert!(office.exchange(&other).await.is_clean());
    office.central.revoke_desk("Q1-A").unwrap();
    desk.notes(Q1, 2);
    let report = office.exchange(&desk).await;
    assert!(
        report
            .error
            .as_ref()
            .is_some_and(sportello_sync::ExchangeError::is_revoked),
        "{report:?}"
    );
    assert_eq!(report.waiting, 2);
    // Brought by somebody else it is not taken either.
    let answer = office.push(&other, vec![segment(&desk, Q1, 1, 4)]).await;
    assert_eq!(
        (answer.logs[0].seq, answer.logs[0].stopped.as_deref()),
        (2, Some("revoked"))
    );
    // A newcomer still verifies what was written before.
    let third = office.desk(NewDesk::new("Q1", "Q1-C")).await;
    let report = office.exchange(&third).await;
    assert!(report.is_clean() && report.directory_changed, "{report:?}");
    assert_eq!(third.len(&desk.log(Q1)), 2);
    // The name is free again for the computer that takes its place.
    assert_ne!(
        office.desk(NewDesk::new("Q1", "Q1-A")).await.identity.desk,
        desk.identity.desk
    );
    assert_eq!(
        office
            .central
            .revoke_desk(&desk.identity.desk.to_string())
            .unwrap()
            .id,
        desk.identity.desk
    );
    assert!(office.central.verify().unwrap().problems.is_empty());
}

async fn many_desks_at_once_all_come_through(kind: Kind) {
    let office = std::sync::Arc::new(Office::open_on(kind));
    let mut desks = Vec::new();
    for number in 0..8 {
        desks.push(office.desk(NewDesk::new("Q1", &format!("Q1-{number}"))).await);
    }
    let mut running = tokio::task::JoinSet::new();
    for desk in desks.clone() {
        let office = office.clone();
        running.spawn(async move {
            for _ in 0..5 {
                desk.notes(Q1, 7);
                let report = office.exchange_with(&desk, small_pages()).await;
                assert!(report.is_clean(), "{report:?}");
            }
        });
    }
    // Two computers of one desk at the same time, with the same records: harmless.
    running.join_all().await;
    for desk in &desks {
        assert!(office.exchange(desk).await.is_clean());
        for author in &desks {
            assert_eq!(desk.len(&author.log(Q1)), 35);
        }
    }
    let report = office.central.verify().unwrap();
    assert_eq!(
        (report.records, report.problems.len(), report.forks),
        (8 * 35 + 6, 0, 0)
    );
}

async fn the_same_push_at_the_same_time_is_taken_once(kind: Kind) {
    let office = std::sync::Arc::new(Office::open_on(kind));
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    desk.notes(Q1, 50);
    let mut running = tokio::task::JoinSet::new();
    for number in 0..8_u64 {
        let (office, desk) = (office.clone(), desk.clone());
        running.spawn(async move {
            let to = 40 + number;
            office.push(&desk, vec![segment(&desk, Q1, 1, to)]).await.logs[0]
                .stopped
                .clone()
        });
    }
    for stopped in running.join_all().await {
        assert_eq!(stopped, None);
    }
    let report = office.central.verify().unwrap();
    assert_eq!(
        (report.records, report.problems.len(), report.forks),
        (47 + 6, 0, 0)
    );
}
