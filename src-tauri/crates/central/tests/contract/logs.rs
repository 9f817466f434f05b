// SPDX-License-Identifier: EUPL-1.2
//! Logs and what stands in them: taken from where they were, given back as they came, and never by half.

use crate::{TestDatabase, head, link, log, log_name, promises, record, segment, stopped};
use sportello_central::vault::{Changes, Counts, Erasures, ForkRow, LogRow, RefusedRow, SegmentRow};
use sportello_domain::erasure::BodyMark;
use sportello_protocol::wire::LogName;
use sportello_protocol::{Body, Record};
use std::sync::Barrier;

promises! {
    a_log_goes_on_only_from_where_it_is,
    a_stopped_log_stays_where_it_is,
    what_one_push_changes_is_written_whole_or_not_at_all,
    records_come_back_byte_for_byte,
    logs_come_by_topic_then_by_desk,
    segments_come_in_order_after_what_is_known,
    a_page_of_segments_is_about_as_heavy_as_asked_for,
    a_large_segment_is_one_answer,
    a_log_of_many_small_segments_is_gone_through_page_by_page,
    refused_records_are_found_by_their_numbers,
    what_orders_of_erasure_name_is_kept_once,
    a_segment_and_a_fork_lose_bodies_only_from_what_they_were,
    the_same_fork_is_kept_once_and_no_more_than_a_hundred_of_a_log,
    of_many_who_move_a_log_from_the_same_place_one_does,
    many_who_write_different_logs_all_come_through,
    pushes_that_share_logs_never_block_each_other_for_good,
    everything_is_counted,
}

fn moved(was: u64, log: LogRow, segments: Vec<SegmentRow>) -> Changes {
    Changes {
        logs: vec![(was, log)],
        segments,
        ..Changes::default()
    }
}

/// The change that appends records `from` to `to`.
fn appended(name: &LogName, from: u64, to: u64) -> Changes {
    moved(from - 1, log(name, to), vec![segment(name, from, to, 60)])
}

fn a_log_goes_on_only_from_where_it_is(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let q1 = log_name(1, "q1");
    assert_eq!(vault.log(&q1).unwrap(), None);
    assert!(
        !vault.write(&appended(&q1, 3, 4)).unwrap(),
        "it does not begin at 3"
    );
    assert!(vault.write(&appended(&q1, 1, 2)).unwrap());
    assert!(
        !vault.write(&appended(&q1, 1, 2)).unwrap(),
        "it is not there any more"
    );
    assert!(!vault.write(&appended(&q1, 4, 4)).unwrap());
    assert!(vault.write(&appended(&q1, 3, 7)).unwrap());
    assert_eq!(vault.log(&q1).unwrap(), Some(log(&q1, 7)));
    assert_eq!(vault.log(&log_name(1, "q2")).unwrap(), None);
    assert_eq!(vault.log(&log_name(2, "q1")).unwrap(), None);
    assert_eq!(vault.counts().unwrap().records, 7);
}

fn a_stopped_log_stays_where_it_is(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let (q1, q2) = (log_name(1, "q1"), log_name(1, "q2"));
    assert!(vault.write(&appended(&q1, 1, 2)).unwrap());
    assert!(vault.write(&moved(2, stopped(&q1, 2), vec![])).unwrap());
    assert!(!vault.write(&appended(&q1, 3, 3)).unwrap());
    assert!(!vault.write(&moved(2, stopped(&q1, 2), vec![])).unwrap());
    assert_eq!(vault.log(&q1).unwrap(), Some(stopped(&q1, 2)));
    // One that was stopped before its first record.
    assert!(vault.write(&moved(0, stopped(&q2, 0), vec![])).unwrap());
    assert!(!vault.write(&appended(&q2, 1, 1)).unwrap());
    assert_eq!(vault.log(&q2).unwrap(), Some(stopped(&q2, 0)));
}

fn what_one_push_changes_is_written_whole_or_not_at_all(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let (q1, q2) = (log_name(1, "q1"), log_name(1, "q2"));
    assert!(vault.write(&appended(&q2, 1, 1)).unwrap());
    // The second of two logs is not where it should be.
    let mut both = appended(&q1, 1, 3);
    both.logs.push((5, log(&q2, 6)));
    both.segments.push(segment(&q2, 6, 6, 60));
    both.refused.push(refused(&q1, 2));
    assert!(!vault.write(&both).unwrap());
    assert_eq!(vault.log(&q1).unwrap(), None);
    assert!(vault.segments(&q1, 0, 1 << 20).unwrap().is_empty());
    assert!(vault.refused(&q1, 0, 9).unwrap().is_empty());
    // A segment that is there already is nothing that can be passed over: the database says no, and nothing is written.
    let mut twice = appended(&q1, 1, 3);
    twice.segments.push(segment(&q1, 1, 3, 60));
    assert!(vault.write(&twice).is_err());
    assert_eq!(vault.log(&q1).unwrap(), None);
    both.logs[1] = (1, log(&q2, 2));
    both.segments[1] = segment(&q2, 2, 2, 60);
    assert!(vault.write(&both).unwrap());
    assert_eq!(vault.counts().unwrap().records, 5);
    assert_eq!(vault.refused(&q1, 0, 9).unwrap().len(), 1);
}

fn records_come_back_byte_for_byte(database: &TestDatabase) {
    let central = database.central();
    let q1 = log_name(1, "q1");
    let every_byte: Vec<u8> = (0..=255).collect();
    let records = vec![
        Record {
            head: every_byte.clone(),
            body: Body::Present([&every_byte[..], b"caff\xc3\xa8\0"].concat()),
        },
        Record {
            head: vec![],
            body: Body::Present(vec![]),
        },
        Record {
            head: vec![1],
            body: Body::Erased {
                hash: [9; 32],
                len: 4_000_000_000,
            },
        },
    ];
    let written = SegmentRow {
        records,
        ..segment(&q1, 1, 3, 60)
    };
    let changes = moved(0, log(&q1, 3), vec![written.clone()]);
    assert!(central.vault().write(&changes).unwrap());
    assert_eq!(central.vault().segments(&q1, 0, 1 << 20).unwrap(), [written]);
}

fn logs_come_by_topic_then_by_desk(database: &TestDatabase) {
    let central = database.central();
    for (desk, topic) in [
        (9, "q1"),
        (2, "supervisors"),
        (300, "office"),
        (2, "q1"),
        (1, "office"),
    ] {
        assert!(
            central
                .vault()
                .write(&appended(&log_name(desk, topic), 1, 1))
                .unwrap()
        );
    }
    let found: Vec<_> = central
        .vault()
        .logs()
        .unwrap()
        .into_iter()
        .map(|log| log.name)
        .collect();
    let expected = [
        (1, "office"),
        (300, "office"),
        (2, "q1"),
        (9, "q1"),
        (2, "supervisors"),
    ];
    assert_eq!(found, expected.map(|(desk, topic)| log_name(desk, topic)));
}

fn segments_come_in_order_after_what_is_known(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let q1 = log_name(1, "q1");
    for (from, to) in [(1, 2), (3, 3), (4, 12), (13, 13)] {
        assert!(vault.write(&appended(&q1, from, to)).unwrap());
    }
    let after = |after| {
        let segments = vault.segments(&q1, after, 1 << 20).unwrap();
        segments.iter().map(|s| (s.from, s.head.seq)).collect::<Vec<_>>()
    };
    assert_eq!(after(0), [(1, 2), (3, 3), (4, 12), (13, 13)]);
    assert_eq!(after(2), [(3, 3), (4, 12), (13, 13)]);
    assert_eq!(
        after(7),
        [(4, 12), (13, 13)],
        "the one in which the next record stands"
    );
    assert_eq!(after(13), []);
    assert_eq!(after(u64::MAX), []);
    let found = vault.segments(&q1, 3, 1).unwrap();
    assert_eq!(found, [segment(&q1, 4, 12, 60)], "as it was written");
    assert_eq!(vault.segments(&log_name(2, "q1"), 0, 1 << 20).unwrap(), []);
}

fn a_page_of_segments_is_about_as_heavy_as_asked_for(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let q1 = log_name(1, "q1");
    for seq in 1..=10 {
        let changes = moved(seq - 1, log(&q1, seq), vec![segment(&q1, seq, seq, 1_000)]);
        assert!(vault.write(&changes).unwrap());
    }
    let page = |after, budget| vault.segments(&q1, after, budget).unwrap().len();
    assert_eq!(page(0, 0), 1, "never none");
    assert_eq!(page(0, 1), 1);
    assert_eq!(page(0, 1_100), 2, "the one that reaches the budget belongs to it");
    assert_eq!(page(0, 3_500), 4);
    assert_eq!(page(8, 3_500), 2);
    assert_eq!(page(0, usize::MAX), 10);
}

fn a_large_segment_is_one_answer(database: &TestDatabase) {
    let central = database.central();
    let q1 = log_name(1, "q1");
    let large = segment(&q1, 1, 4, 1 << 20);
    let changes = moved(0, log(&q1, 4), vec![large.clone()]);
    assert!(central.vault().write(&changes).unwrap());
    assert_eq!(central.vault().segments(&q1, 2, 64 << 10).unwrap(), [large]);
}

fn a_log_of_many_small_segments_is_gone_through_page_by_page(database: &TestDatabase) {
    const MANY: u64 = 5_000;
    let central = database.central();
    let q1 = log_name(1, "q1");
    for first in (1..=MANY).step_by(1_000) {
        let segments = (first..first + 1_000)
            .map(|seq| segment(&q1, seq, seq, 20))
            .collect();
        let changes = moved(first - 1, log(&q1, first + 999), segments);
        assert!(central.vault().write(&changes).unwrap());
    }
    let mut at = 0;
    loop {
        let segments = central.vault().segments(&q1, at, 4 << 20).unwrap();
        let Some(last) = segments.last() else { break };
        assert!(
            segments
                .iter()
                .zip(at + 1..)
                .all(|(segment, seq)| segment.from == seq)
        );
        at = last.head.seq;
    }
    assert_eq!(at, MANY);
}

fn refused(log: &LogName, seq: u64) -> RefusedRow {
    RefusedRow {
        log: log.clone(),
        seq,
        code: "wrong_topic".into(),
    }
}

fn refused_records_are_found_by_their_numbers(database: &TestDatabase) {
    let central = database.central();
    let (q1, q2) = (log_name(1, "q1"), log_name(1, "q2"));
    let mut changes = appended(&q1, 1, 9);
    changes.refused = vec![refused(&q1, 7), refused(&q1, 2), refused(&q1, 9)];
    assert!(central.vault().write(&changes).unwrap());
    let numbers = |log, from, to| {
        let found = central.vault().refused(log, from, to).unwrap();
        assert!(
            found
                .iter()
                .all(|row| row.code == "wrong_topic" && row.log == *log)
        );
        found.into_iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&q1, 1, u64::MAX), [2, 7, 9]);
    assert_eq!(numbers(&q1, 3, 7), [7]);
    assert_eq!(numbers(&q1, 8, 3), [] as [u64; 0]);
    assert_eq!(numbers(&q2, 1, 9), [] as [u64; 0]);
}

fn fork(log: &LogName, seq: u64) -> ForkRow {
    ForkRow {
        log: log.clone(),
        from: seq,
        head: head(log, seq),
        records: vec![record(seq, 40)],
        received_at: 5,
    }
}

fn the_same_fork_is_kept_once_and_no_more_than_a_hundred_of_a_log(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let (q1, q2) = (log_name(1, "q1"), log_name(2, "q1"));
    let forks = |forks: Vec<ForkRow>| Changes {
        forks,
        ..Changes::default()
    };
    assert!(
        vault
            .write(&forks(vec![fork(&q2, 3), fork(&q1, 8), fork(&q1, 4)]))
            .unwrap()
    );
    assert!(vault.write(&forks(vec![fork(&q1, 4)])).unwrap());
    let expected = [
        (q1.clone(), head(&q1, 4)),
        (q1.clone(), head(&q1, 8)),
        (q2.clone(), head(&q2, 3)),
    ];
    assert_eq!(vault.forks().unwrap(), expected);
    assert_eq!(
        vault.fork(&q1, &link(&q1, 8)).unwrap(),
        Some(fork(&q1, 8)),
        "with its records"
    );
    assert_eq!(vault.fork(&q2, &link(&q1, 8)).unwrap(), None);
    for seq in 100..250 {
        assert!(vault.write(&forks(vec![fork(&q1, seq)])).unwrap());
    }
    assert_eq!(
        vault.counts().unwrap().aside,
        101,
        "a hundred of one and one of the other"
    );
}

fn what_orders_of_erasure_name_is_kept_once(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    assert_eq!(vault.erasure_version().unwrap(), 0);
    assert_eq!(vault.erasures().unwrap(), Erasures::default());
    let (q1, q2) = (log_name(1, "q1"), log_name(2, "q1"));
    let named = Erasures {
        lists: vec![(q1.desk, 7)],
        records: vec![
            (q1.clone(), 3, None),
            (q1.clone(), 3, Some(BodyMark([7; 16]))),
            (q1.clone(), 9, Some(BodyMark([8; 16]))),
            (q2.clone(), 1, None),
        ],
        households: vec![[4; 16]],
    };
    let changes = Changes {
        erasures: named.clone(),
        ..Changes::default()
    };
    for _ in 0..2 {
        assert!(vault.write(&changes).unwrap());
        assert_eq!(vault.erasures().unwrap(), named);
        assert_eq!(vault.erasure_version().unwrap(), 1);
    }
    let of_three = [(3, None), (3, Some(BodyMark([7; 16])))];
    assert_eq!(vault.erased(&q1, 1, 8).unwrap(), of_three);
    let with_nine = [of_three[0], of_three[1], (9, Some(BodyMark([8; 16])))];
    assert_eq!(vault.erased(&q1, 3, 9).unwrap(), with_nine);
    assert_eq!(vault.erased(&q2, 2, 9).unwrap(), []);
    let reopened = database.central();
    assert_eq!(reopened.vault().erasures().unwrap(), named);
}

fn a_segment_and_a_fork_lose_bodies_only_from_what_they_were(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let q1 = log_name(1, "q1");
    assert!(vault.write(&appended(&q1, 1, 3)).unwrap());
    let forks = Changes {
        forks: vec![fork(&q1, 2)],
        ..Changes::default()
    };
    assert!(vault.write(&forks).unwrap());
    let bare = |record: &Record| {
        let (hash, len) = record.body.fingerprint();
        Record {
            head: record.head.clone(),
            body: Body::Erased { hash, len },
        }
    };
    let was = vault.segments(&q1, 0, 1).unwrap().remove(0);
    let mut records = was.records.clone();
    records[1] = bare(&records[1]);
    assert!(vault.rewrite_segment(&was, &records).unwrap());
    assert!(
        !vault.rewrite_segment(&was, &was.records).unwrap(),
        "it is not as it was"
    );
    let now = vault.segments(&q1, 0, 1).unwrap().remove(0);
    assert_eq!(now.records, records);
    assert_eq!(
        SegmentRow {
            records: was.records.clone(),
            ..now
        },
        was,
        "all else is"
    );
    let was = vault.fork(&q1, &link(&q1, 2)).unwrap().unwrap();
    let records = vec![bare(&was.records[0])];
    assert!(vault.rewrite_fork(&was, &records).unwrap());
    assert!(!vault.rewrite_fork(&was, &records).unwrap());
    assert_eq!(vault.fork(&q1, &link(&q1, 2)).unwrap().unwrap().records, records);
    vault.settle_erasure().unwrap();
    assert_eq!(vault.log(&q1).unwrap(), Some(log(&q1, 3)));
}

/// Runs `work` on several threads at once and gives what each says.
fn at_once<R: Send>(many: u64, work: impl Fn(u64) -> R + Sync) -> Vec<R> {
    let start = Barrier::new(usize::try_from(many).unwrap());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..many)
            .map(|number| {
                let (work, start) = (&work, &start);
                scope.spawn(move || {
                    start.wait();
                    work(number)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn of_many_who_move_a_log_from_the_same_place_one_does(database: &TestDatabase) {
    let central = database.central();
    let q1 = log_name(1, "q1");
    for was in [0, 1] {
        let won = at_once(8, |number| {
            // Each another end, so that a second one would leave its trace.
            let to = was + 1 + number;
            central
                .vault()
                .write(&appended(&q1, was + 1, to))
                .unwrap()
                .then_some(to)
        });
        let won: Vec<u64> = won.into_iter().flatten().collect();
        assert_eq!(won.len(), 1, "{won:?}");
        assert_eq!(central.vault().log(&q1).unwrap(), Some(log(&q1, won[0])));
        let segments = central.vault().segments(&q1, was, 1 << 20).unwrap();
        assert_eq!(segments, [segment(&q1, was + 1, won[0], 60)]);
        if won[0] != 1 && was == 0 {
            // The second round begins at 1: back to there.
            database.sql("DELETE FROM segment; DELETE FROM log");
            assert!(central.vault().write(&appended(&q1, 1, 1)).unwrap());
        }
    }
}

fn many_who_write_different_logs_all_come_through(database: &TestDatabase) {
    let central = database.central();
    at_once(8, |desk| {
        let name = log_name(u128::from(desk), "q1");
        for seq in 1..=25 {
            assert!(central.vault().write(&appended(&name, seq, seq)).unwrap());
        }
    });
    let counts = central.vault().counts().unwrap();
    assert_eq!((counts.logs, counts.records), (8, 200));
}

fn pushes_that_share_logs_never_block_each_other_for_good(database: &TestDatabase) {
    let central = database.central();
    let names = [log_name(1, "q1"), log_name(2, "q1"), log_name(3, "q1")];
    let done = at_once(6, |_| {
        let mut done = 0;
        while done < 10 {
            // As a push does: looks where they are, and moves all of them.
            let mut changes = Changes::default();
            for name in &names {
                let at = central.vault().log(name).unwrap().map_or(0, |log| log.seq);
                changes.logs.push((at, log(name, at + 1)));
                changes.segments.push(segment(name, at + 1, at + 1, 60));
            }
            done += u64::from(central.vault().write(&changes).unwrap());
        }
        done
    });
    assert_eq!(done, [10; 6]);
    for name in &names {
        let found = central.vault().log(name).unwrap().unwrap();
        assert_eq!((found.seq, found.link), (60, link(name, 60)));
        let segments = central.vault().segments(name, 0, 1 << 20).unwrap();
        assert!(segments.iter().zip(1..).all(|(segment, seq)| segment.from == seq));
    }
}

fn everything_is_counted(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    assert_eq!(vault.counts().unwrap(), Counts::default());
    let (q1, q2) = (log_name(1, "q1"), log_name(1, "q2"));
    vault.change_desk(&crate::enrolled(1, "Q1-A"), 5).unwrap();
    let mut changes = appended(&q1, 1, 4);
    changes.refused.push(refused(&q1, 2));
    changes.forks.push(fork(&q1, 2));
    assert!(vault.write(&changes).unwrap());
    assert!(vault.write(&appended(&q2, 1, 3)).unwrap());
    let expected = Counts {
        desks: 1,
        logs: 2,
        records: 7,
        refused: 1,
        aside: 1,
    };
    assert_eq!(vault.counts().unwrap(), expected);
}
