// SPDX-License-Identifier: EUPL-1.2
//! The office, its desks, their codes, and what they last said of themselves.

use crate::{TestDatabase, desk, desk_id, enrolled, log, log_name, promises, stopped};
use sportello_central::vault::{Changes, CodeRow, Counts, DeskRow, OfficeRow, PresenceRow, Registry};
use sportello_central::{Central, CentralError};
use sportello_domain::ids::OfficeId;
use std::sync::Barrier;
use uuid::Uuid;

promises! {
    an_office_is_founded_once,
    of_many_who_found_an_office_at_once_one_does,
    a_desk_is_given_back_as_it_was_written,
    desks_come_by_name_in_the_same_order_everywhere,
    an_invitation_makes_older_codes_void,
    a_code_enrols_once,
    of_many_who_use_a_code_at_once_one_does,
    a_changed_desk_loses_its_codes,
    a_desk_is_settled_only_as_it_and_its_logs_are,
    what_was_judged_by_an_older_certificate_is_not_written,
    a_desk_is_settled_or_written_for_and_never_both_at_once,
    the_directory_never_has_a_number_again,
    the_last_word_of_a_desk_counts,
    a_copy_has_what_it_was_filled_with_last,
    what_was_written_is_there_for_whoever_opens_it_next,
    tables_of_a_newer_program_are_left_alone,
    many_who_open_an_empty_database_at_once_all_can,
    a_database_without_an_office_is_no_centre,
}

fn office(name: &str) -> OfficeRow {
    OfficeRow {
        id: OfficeId(Uuid::new_v4()),
        name: name.into(),
        directory: 1,
    }
}

fn code(number: u8, desk: u128) -> CodeRow {
    CodeRow {
        hash: [number; 32],
        desk: desk_id(desk),
        expires_at: 5_000,
        used_at: None,
    }
}

/// Does the same on several threads at once, and counts for how many it went through.
fn at_once(central: &Central, work: impl Fn(&Central, u64) -> bool + Sync) -> usize {
    const MANY: u64 = 6;
    let start = Barrier::new(usize::try_from(MANY).unwrap());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..MANY)
            .map(|number| {
                let (work, start) = (&work, &start);
                scope.spawn(move || {
                    start.wait();
                    work(central, number)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .filter(|&done| done)
            .count()
    })
}

fn an_office_is_founded_once(database: &TestDatabase) {
    let central = database.central();
    assert_eq!(central.vault().office().unwrap(), None);
    let first = office("Comune di Forlì · «prova» 🏛");
    assert!(central.vault().create_office(&first).unwrap());
    assert!(!central.vault().create_office(&office("Un altro")).unwrap());
    assert_eq!(central.vault().office().unwrap(), Some(first));
}

fn of_many_who_found_an_office_at_once_one_does(database: &TestDatabase) {
    let central = database.central();
    let founded = at_once(&central, |central, number| {
        central
            .vault()
            .create_office(&office(&format!("Comune {number}")))
            .unwrap()
    });
    assert_eq!(founded, 1);
}

fn a_desk_is_given_back_as_it_was_written(database: &TestDatabase) {
    let central = database.central();
    let all = [
        desk(1, "Q1-A"),
        DeskRow {
            reads: vec![],
            supervises: true,
            added_at: -5,
            site_code: String::new(),
            revoked_at: Some(i64::MAX),
            version: u32::MAX,
            ..enrolled(2, "Sportello d'àngolo")
        },
        enrolled(3, "Q1-C"),
    ];
    for row in &all {
        central.vault().change_desk(row, 1).unwrap();
        assert_eq!(central.vault().desk(row.id).unwrap().as_ref(), Some(row));
    }
    // Written anew, it is another one under the same identifier.
    let again = DeskRow {
        enrolled: None,
        ..enrolled(3, "Q2-C")
    };
    central.vault().change_desk(&again, 1).unwrap();
    assert_eq!(central.vault().desk(again.id).unwrap(), Some(again));
    assert_eq!(central.vault().desk(desk_id(9)).unwrap(), None);
    let counts = central.vault().counts().unwrap();
    assert_eq!(counts, Counts::default(), "one is revoked, two are not enrolled");
}

fn desks_come_by_name_in_the_same_order_everywhere(database: &TestDatabase) {
    let central = database.central();
    for (number, name) in ["b", "Z", "a", "à", "B", "_", "a"].iter().enumerate() {
        let number = number as u128;
        let row = DeskRow {
            added_at: 100 - i64::try_from(number).unwrap(),
            ..desk(number, name)
        };
        central.vault().change_desk(&row, 1).unwrap();
    }
    let found = central.vault().desks().unwrap();
    let names: Vec<_> = found
        .iter()
        .map(|desk| (desk.name.as_str(), desk.added_at))
        .collect();
    assert_eq!(
        names,
        [
            ("B", 96),
            ("Z", 99),
            ("_", 95),
            ("a", 94),
            ("a", 98),
            ("b", 100),
            ("à", 97)
        ]
    );
}

fn an_invitation_makes_older_codes_void(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    vault.invite(&desk(1, "Q1-A"), &code(1, 1)).unwrap();
    vault.invite(&desk(2, "Q1-B"), &code(2, 2)).unwrap();
    vault.invite(&desk(1, "Q1-A"), &code(3, 1)).unwrap();
    assert_eq!(vault.code(&[1; 32]).unwrap(), None);
    assert_eq!(vault.code(&[2; 32]).unwrap(), Some(code(2, 2)), "another desk's");
    assert_eq!(vault.code(&[3; 32]).unwrap(), Some(code(3, 1)));
    assert_eq!(vault.desks().unwrap(), [desk(1, "Q1-A"), desk(2, "Q1-B")]);
    // One that was used is remembered.
    assert!(vault.enrol(&[3; 32], &enrolled(1, "Q1-A"), 77).unwrap());
    vault.invite(&desk(1, "Q1-A"), &code(4, 1)).unwrap();
    assert_eq!(vault.code(&[3; 32]).unwrap().unwrap().used_at, Some(77));
}

fn a_code_enrols_once(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    vault.create_office(&office("Comune")).unwrap();
    vault.invite(&desk(1, "Q1-A"), &code(1, 1)).unwrap();
    assert!(
        !vault.enrol(&[9; 32], &enrolled(1, "Q1-A"), 50).unwrap(),
        "no such code"
    );
    assert_eq!(vault.desk(desk_id(1)).unwrap(), Some(desk(1, "Q1-A")));
    assert!(vault.enrol(&[1; 32], &enrolled(1, "Q1-A"), 50).unwrap());
    assert!(!vault.enrol(&[1; 32], &enrolled(1, "Q1-Z"), 51).unwrap());
    assert_eq!(vault.desk(desk_id(1)).unwrap(), Some(enrolled(1, "Q1-A")));
    assert_eq!(vault.code(&[1; 32]).unwrap().unwrap().used_at, Some(50));
    assert_eq!(vault.office().unwrap().unwrap().directory, 50);
    assert_eq!(vault.counts().unwrap().desks, 1);
}

fn of_many_who_use_a_code_at_once_one_does(database: &TestDatabase) {
    let central = database.central();
    central.vault().invite(&desk(1, "Q1-A"), &code(1, 1)).unwrap();
    let went_through = std::sync::Mutex::new(None);
    let count = at_once(&central, |central, number| {
        let row = DeskRow {
            version: u32::try_from(number).unwrap(),
            ..enrolled(1, "Q1-A")
        };
        let done = central.vault().enrol(&[1; 32], &row, 50).unwrap();
        if done {
            *went_through.lock().unwrap() = Some(row);
        }
        done
    });
    assert_eq!(count, 1);
    assert_eq!(
        central.vault().desk(desk_id(1)).unwrap(),
        went_through.into_inner().unwrap()
    );
}

fn a_changed_desk_loses_its_codes(database: &TestDatabase) {
    let central = database.central();
    central.vault().invite(&desk(1, "Q1-A"), &code(1, 1)).unwrap();
    central.vault().invite(&desk(2, "Q1-B"), &code(2, 2)).unwrap();
    let revoked = DeskRow {
        revoked_at: Some(9),
        ..desk(1, "Q1-A")
    };
    central.vault().change_desk(&revoked, 9).unwrap();
    assert_eq!(central.vault().code(&[1; 32]).unwrap(), None);
    assert_eq!(central.vault().code(&[2; 32]).unwrap(), Some(code(2, 2)));
}

fn a_desk_is_settled_only_as_it_and_its_logs_are(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    vault.create_office(&office("Comune")).unwrap();
    vault.change_desk(&enrolled(1, "Q1-A"), 1).unwrap();
    vault.invite(&desk(2, "Q1-B"), &code(2, 2)).unwrap();
    let (q1, q2, other) = (log_name(1, "q1"), log_name(1, "q2"), log_name(2, "q1"));
    for name in [&q1, &other] {
        let changes = Changes {
            logs: vec![(0, log(name, 4))],
            ..Changes::default()
        };
        assert!(vault.write(&changes).unwrap());
    }
    let next = DeskRow {
        version: 2,
        ..enrolled(1, "Q1-A nuova")
    };
    let (here, further) = (log(&q1, 4), log(&q1, 5));
    for (was, logs, why) in [
        (2, vec![here.clone()], "another certificate"),
        (1, vec![], "a log that is not named"),
        (1, vec![further], "a log that is elsewhere"),
        (1, vec![here.clone(), log(&q2, 1)], "a log that is not there"),
        (1, vec![stopped(&q1, 4)], "a log that is not stopped"),
    ] {
        assert!(!vault.settle_desk(&next, was, &logs, 500).unwrap(), "{why}");
    }
    assert_eq!(vault.desk(desk_id(1)).unwrap(), Some(enrolled(1, "Q1-A")));
    assert!(
        vault
            .settle_desk(&next, 1, std::slice::from_ref(&here), 500)
            .unwrap()
    );
    assert!(!vault.settle_desk(&next, 1, &[here], 501).unwrap(), "once");
    assert_eq!(vault.desk(desk_id(1)).unwrap(), Some(next));
    assert_eq!(vault.office().unwrap().unwrap().directory, 500);
    assert_eq!(vault.code(&[2; 32]).unwrap(), Some(code(2, 2)), "another desk's");
}

fn what_was_judged_by_an_older_certificate_is_not_written(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    vault.change_desk(&enrolled(1, "Q1-A"), 1).unwrap();
    let q1 = log_name(1, "q1");
    let judged = |version, was, seq| Changes {
        authors: vec![(desk_id(1), version)],
        logs: vec![(was, log(&q1, seq))],
        ..Changes::default()
    };
    assert!(!vault.write(&judged(2, 0, 3)).unwrap());
    assert_eq!(vault.log(&q1).unwrap(), None);
    assert!(vault.write(&judged(1, 0, 3)).unwrap());
    let next = DeskRow {
        version: 2,
        ..enrolled(1, "Q1-A")
    };
    assert!(vault.settle_desk(&next, 1, &[log(&q1, 3)], 2).unwrap());
    assert!(!vault.write(&judged(1, 3, 4)).unwrap());
    assert!(vault.write(&judged(2, 3, 4)).unwrap());
}

fn a_desk_is_settled_or_written_for_and_never_both_at_once(database: &TestDatabase) {
    let central = database.central();
    central.vault().change_desk(&enrolled(1, "Q1-A"), 1).unwrap();
    let q1 = log_name(1, "q1");
    for round in 1..=20_u32 {
        // One settles the desk as its log is; others write on, judged by the certificate of before.
        let seq = central.vault().log(&q1).unwrap().map_or(0, |log| log.seq);
        let done = at_once(&central, |central, number| {
            if number == 0 {
                let logs: Vec<_> = (seq > 0).then(|| log(&q1, seq)).into_iter().collect();
                let next = DeskRow {
                    version: round + 1,
                    ..enrolled(1, "Q1-A")
                };
                return central.vault().settle_desk(&next, round, &logs, 9).unwrap();
            }
            let changes = Changes {
                authors: vec![(desk_id(1), round)],
                logs: vec![(seq, log(&q1, seq + number))],
                ..Changes::default()
            };
            central.vault().write(&changes).unwrap()
        });
        assert_eq!(done, 1, "round {round}");
        let version = central.vault().desk(desk_id(1)).unwrap().unwrap().version;
        if version == round {
            // A push was faster: the next round begins with a certificate of its own.
            let next = DeskRow {
                version: round + 1,
                ..enrolled(1, "Q1-A")
            };
            central.vault().change_desk(&next, 9).unwrap();
        }
    }
}

fn the_directory_never_has_a_number_again(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    vault.create_office(&office("Comune")).unwrap();
    let directory = |now| {
        vault.change_desk(&desk(1, "Q1-A"), now).unwrap();
        vault.office().unwrap().unwrap().directory
    };
    assert_eq!(directory(1_000), 1_000, "the time");
    assert_eq!(directory(1_000), 1_001);
    assert_eq!(directory(900), 1_002, "a clock that was set back");
    assert_eq!(directory(2_000), 2_000);
    let seen = std::sync::Mutex::new(Vec::new());
    at_once(&central, |central, number| {
        central
            .vault()
            .change_desk(&desk(u128::from(number), "x"), 2_000)
            .unwrap();
        seen.lock().unwrap().push(number);
        true
    });
    assert_eq!(
        vault.office().unwrap().unwrap().directory,
        2_006,
        "each change counts"
    );
}

fn the_last_word_of_a_desk_counts(database: &TestDatabase) {
    let central = database.central();
    let presence = |desk, seen_at| PresenceRow {
        desk: desk_id(desk),
        seen_at,
        waiting: 3,
        skew: -4_000,
        version: "0.1.0".into(),
        speaks: 2 + u16::try_from(desk).unwrap(),
    };
    for (desk, at) in [(2, 10), (1, 11), (2, 12)] {
        central.vault().note_presence(&presence(desk, at)).unwrap();
    }
    assert_eq!(
        central.vault().presences().unwrap(),
        [presence(1, 11), presence(2, 12)]
    );
    // A number that no counter reaches is held at the largest.
    let odd = PresenceRow {
        waiting: u64::MAX,
        ..presence(3, 1)
    };
    central.vault().note_presence(&odd).unwrap();
    assert_eq!(
        central.vault().presences().unwrap()[2].waiting,
        i64::MAX.unsigned_abs()
    );
    let count = at_once(&central, |central, _| {
        (0..20).all(|at| central.vault().note_presence(&presence(1, at)).is_ok())
    });
    assert_eq!(count, 6);
}

fn a_copy_has_what_it_was_filled_with_last(database: &TestDatabase) {
    let central = database.central();
    let vault = central.vault();
    let presence = |desk| PresenceRow {
        desk: desk_id(desk),
        seen_at: 7,
        waiting: 0,
        skew: 0,
        version: "à".into(),
        speaks: u16::MAX,
    };
    let registry = |numbers: &[u128]| Registry {
        desks: numbers.iter().map(|&n| enrolled(n, &format!("Q1-{n}"))).collect(),
        codes: numbers
            .iter()
            .map(|&n| CodeRow {
                used_at: (n > 2).then_some(44),
                ..code(u8::try_from(n).unwrap(), n)
            })
            .collect(),
        presences: numbers.iter().map(|&n| presence(n)).collect(),
    };
    for numbers in [&[1, 2, 3][..], &[2, 4], &[2, 4]] {
        let registry = registry(numbers);
        vault.fill(&registry).unwrap();
        let found = Registry {
            desks: vault.desks().unwrap(),
            codes: vault.codes().unwrap(),
            presences: vault.presences().unwrap(),
        };
        assert_eq!(found, registry);
    }
    vault.fill(&Registry::default()).unwrap();
    assert!(vault.desks().unwrap().is_empty() && vault.codes().unwrap().is_empty());
}

fn what_was_written_is_there_for_whoever_opens_it_next(database: &TestDatabase) {
    let written = office("Comune");
    {
        let central = database.central();
        central.vault().create_office(&written).unwrap();
        central.vault().change_desk(&enrolled(1, "Q1-A"), 5).unwrap();
    }
    let (one, other) = (database.central(), database.central());
    assert_eq!(one.vault().desks().unwrap(), [enrolled(1, "Q1-A")]);
    // Two processes on one database see what the other writes.
    one.vault().change_desk(&desk(2, "Q1-B"), 5).unwrap();
    assert_eq!(other.vault().desks().unwrap().len(), 2);
    assert_eq!(other.vault().office().unwrap().unwrap().name, written.name);
}

fn tables_of_a_newer_program_are_left_alone(database: &TestDatabase) {
    drop(database.central());
    database.sql("INSERT INTO schema_version (version) VALUES (5)");
    let error = Central::open_on(database.path(), &database.database).unwrap_err();
    assert!(error.to_string().contains("newer program"), "{error}");
}

fn many_who_open_an_empty_database_at_once_all_can(database: &TestDatabase) {
    let start = Barrier::new(5);
    std::thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| {
                start.wait();
                assert_eq!(database.central().vault().office().unwrap(), None);
            });
        }
    });
}

fn a_database_without_an_office_is_no_centre(database: &TestDatabase) {
    let open = || Central::open_founded(database.path(), &database.database);
    assert!(matches!(open(), Err(CentralError::NoOffice)));
    let nothing = database.path().join("nothing");
    assert!(matches!(
        Central::open_founded(&nothing, &database.database),
        Err(CentralError::NoOffice)
    ));
    assert!(!nothing.exists(), "asking makes nothing");
    let central = database.central();
    assert!(
        matches!(open(), Err(CentralError::NoOffice)),
        "tables alone are no office"
    );
    central.vault().create_office(&office("Comune")).unwrap();
    assert!(open().is_ok());
}
