// SPDX-License-Identifier: EUPL-1.2
//! What the store promises, of a file that was just made and of one that was closed and opened again.
#![allow(
    clippy::unwrap_used,
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

mod common;

use common::*;
use sportello_domain::appointment as a;
use sportello_domain::entitlement::{self as e, Entitlement, EntitlementStatus};
use sportello_domain::event::NewEvent;
use sportello_domain::exceptions::{self, CaseAbout, CaseDecision, CaseKind};
use sportello_domain::household::{Household, HouseholdNoted};
use sportello_domain::ids::*;
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_domain::stock::{RemovalReason, StockRemoved};
use sportello_domain::time::{Hlc, Timestamp};
use sportello_protocol::wire::LogName;
use sportello_protocol::{Body, Head, Record};
use sportello_store::queries::{Found, Looking};
use sportello_store::sync_book::{Direction, Draft, PresenceRow, StoryEntry};
use sportello_store::{Author, StoreError, verify_chain};
use uuid::Uuid;

/// Runs a check on a file as it is, and once more after it was closed and opened.
fn twice(desk: Desk, check: impl Fn(&Desk)) -> Desk {
    check(&desk);
    let desk = desk.reopened();
    check(&desk);
    desk.sound();
    desk
}

fn log(desk: u8, topic: Topic) -> LogName {
    LogName::new(desk_id(desk), topic)
}

#[test]
fn what_is_appended_is_there_with_its_state_topic_and_story() {
    let mut desk = Desk::new(1);
    desk.append(&[plain_household(1), grant(1, 300, 1)]);
    desk.append(&[deliver(1, 1, vec![run(1, 30)])]);
    twice(desk, |desk| {
        desk.store
            .read(|r| {
                let e = r.state::<Entitlement>(entitlement_id(1))?.unwrap();
                assert_eq!(e.status(), EntitlementStatus::Served);
                assert_eq!(r.topic_of(entitlement_id(1))?, Some(Q1));
                let story = r.story_of(entitlement_id(1))?;
                assert_eq!(story.len(), 2);
                assert!(story[0].meta.hlc < story[1].meta.hlc);
                assert_eq!(story[1].event.as_ref().unwrap().kind(), "delivery.confirmed");
                assert_eq!(r.entitlements_of(household_id(1))?, vec![e]);
                assert_eq!(r.topic_of(household_id(99))?, None);
                assert_eq!(r.heads()?.len(), 1);
                assert_eq!(r.heads()?[0].seq, 3);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    let mut desk = Desk::new(1);
    desk.append(&[plain_household(1)]);
    let before = desk.dump();
    let refused: Result<(), StoreError> = desk.store.write(|tx| {
        tx.append(&author(noon()), &[plain_household(2)], &mut || [1; 16])?;
        tx.mark_done(CommandId(Uuid::from_u128(5)), "{}")?;
        assert!(
            tx.state::<Household>(household_id(2))?.is_some(),
            "the write sees what it wrote"
        );
        assert_eq!(tx.reads()?.household_count()?, 2);
        Err(StoreError::Busy)
    });
    assert!(matches!(refused, Err(StoreError::Busy)));
    assert_eq!(desk.dump(), before);
    // The log goes on where it was: nothing of what was undone is remembered.
    desk.append(&[plain_household(3)]);
    twice(desk, |desk| {
        let head = desk.store.read(|r| r.head(&log(1, Q1))).unwrap().unwrap();
        assert_eq!(head.seq, 2);
        assert_eq!(
            desk.store
                .write(|tx| tx.was_done(CommandId(Uuid::from_u128(5))))
                .unwrap(),
            None
        );
    });
}

#[test]
fn a_panic_in_the_middle_of_a_write_leaves_nothing() {
    let mut desk = Desk::new(1);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<(), StoreError> = desk.store.write(|tx| {
            tx.append(&author(noon()), &[plain_household(2)], &mut || [1; 16])?;
            panic!("a bug in the middle of a write");
        });
    }));
    assert!(panicked.is_err());
    desk.append(&[plain_household(3)]);
    twice(desk, |desk| {
        assert_eq!(desk.store.read(|r| r.household_count()).unwrap(), 1)
    });
}

#[test]
fn a_command_that_wrote_records_is_known_however_many_came_after_it() {
    let mut desk = Desk::new(1);
    let command = |n: u64| CommandId(Uuid::from_u128(0xc0 << 64 | u128::from(n)));
    let answer = |n: u64| format!(r#"{{"n":{n}}}"#);
    desk.append(&[plain_household(1)]);
    let mut salt = 1 << 40;
    let mut act = |desk: &Desk, n: u64, end: Result<(), StoreError>| {
        let by = Author {
            command: command(n),
            ..author(noon())
        };
        desk.store.write(|tx| {
            assert_eq!(tx.was_done(command(n))?, None);
            let note = |text: &str| NewEvent::new(Q1, household_id(1), HouseholdNoted { text: text.into() });
            let two = [note("una"), note("due")];
            tx.append(&by, &two, &mut || next_salt(&mut salt))?;
            tx.mark_done(command(n), &answer(n))?;
            end
        })
    };
    // More than are known by heart, and not a round number of them.
    for n in 0..700 {
        act(&desk, n, Ok(())).unwrap();
    }
    act(&desk, 700, Err(StoreError::Busy)).unwrap_err();
    twice(desk, |desk| {
        for n in 0..700 {
            let known = desk.store.write(|tx| tx.was_done(command(n))).unwrap();
            assert_eq!(known, Some(answer(n)), "{n}");
        }
        let undone = desk.store.write(|tx| tx.was_done(command(700))).unwrap();
        assert_eq!(undone, None);
    });
}

#[test]
fn a_command_is_done_once() {
    let desk = Desk::new(1);
    let command = CommandId(Uuid::from_u128(77));
    desk.store
        .write(|tx| {
            assert_eq!(tx.was_done(command)?, None);
            tx.mark_done(command, r#"{"ok":1}"#)
        })
        .unwrap();
    twice(desk, |desk| {
        assert_eq!(
            desk.store.write(|tx| tx.was_done(command)).unwrap().as_deref(),
            Some(r#"{"ok":1}"#)
        );
        let again: Result<(), StoreError> = desk.store.write(|tx| tx.mark_done(command, "{}"));
        assert!(
            again.is_err(),
            "a second mark is a bug of the caller, not a second act"
        );
    });
}

#[test]
fn the_clock_follows_what_was_seen_also_after_opening() {
    let (mut ahead, mut desk) = (Desk::new(1), Desk::new(2));
    // A clock that is a year ahead.
    ahead.append_at(Timestamp(noon().0 + 31_536_000_000), &[plain_household(1)]);
    desk.pull(&ahead, 1000);
    let mut desk = {
        desk.append(&[plain_household(2)]);
        desk.reopened()
    };
    desk.append(&[plain_household(1), grant(1, 100, 2)]);
    let story = desk.store.read(|r| r.story_of(household_id(1))).unwrap();
    assert!(
        story[1].meta.hlc > story[0].meta.hlc,
        "what is said of something comes after what was said of it"
    );
    assert_eq!(
        story[1].meta.at,
        noon(),
        "and still says what the desk's own clock said"
    );
    desk.sound();
}

#[test]
fn a_clock_that_is_far_ahead_drags_nobody_along() {
    let (mut ahead, mut desk) = (Desk::new(1), Desk::new(2));
    ahead.append_at(Timestamp(noon().0 + 31_536_000_000), &[plain_household(1)]);
    let page = ahead
        .store
        .read(|r| r.records(&log(1, Q1), 1, 1000))
        .unwrap()
        .unwrap();
    let done = desk
        .store
        .write(|tx| {
            tx.set_time(noon());
            tx.ingest(&page.log, page.from, &page.records)
        })
        .unwrap();
    assert!(done.ahead.is_some(), "and it is told");
    // At once, and after the file was opened anew; on the same thing it comes after all the same.
    for round in 0..2 {
        desk.append(&[plain_household(2), plain_household(1)]);
        let hlc = |id| {
            let story = desk.store.read(|r| r.story_of(household_id(id))).unwrap();
            story.last().unwrap().meta.hlc
        };
        let latest = u64::try_from(noon().0 + 60_000).unwrap();
        assert!(hlc(2).millis() <= latest, "round {round}: {:?}", hlc(2));
        assert!(hlc(1).millis() > latest);
        let story = desk.store.read(|r| r.story_of(household_id(1))).unwrap();
        assert!(story.is_sorted_by_key(|entry| entry.meta.hlc));
        desk.sound();
        desk = desk.reopened();
    }
    // A clock that is known to be wrong is put right in the order, and tells its own time.
    ahead
        .store
        .write(|tx| tx.set_clock_offset(31_536_000_000))
        .unwrap();
    let mut ahead = ahead.reopened();
    ahead.append_at(Timestamp(noon().0 + 31_536_000_000), &[plain_household(3)]);
    let told = ahead.store.read(|r| r.story_of(household_id(3))).unwrap();
    assert_eq!(told[0].meta.hlc.millis(), u64::try_from(noon().0).unwrap());
    assert_eq!(told[0].meta.at.0, noon().0 + 31_536_000_000);
    ahead.sound();
}

#[test]
fn pages_hold_at_least_one_record_and_chain_to_their_last_link() {
    let mut desk = Desk::new(1);
    for n in 1..=20 {
        desk.append(&[plain_household(n)]);
    }
    desk.store
        .read(|r| {
            let name = log(1, Q1);
            let (mut from, mut pages) = (1, 0);
            while let Some(page) = r.records(&name, from, 900)? {
                assert_eq!(page.from, from);
                assert_eq!(verify_chain(page.before, &page.records), page.last.1);
                assert_eq!(r.link_at(&name, page.last.0)?, Some(page.last.1));
                from = page.last.0 + 1;
                pages += 1;
            }
            assert_eq!(from, 21);
            assert!(pages > 5);
            assert_eq!(r.records(&name, 5, 1)?.unwrap().records.len(), 1);
            assert_eq!(r.records(&name, 1, usize::MAX)?.unwrap().records.len(), 20);
            assert_eq!(r.records(&name, 99, 1000)?, None);
            assert_eq!(r.records(&log(9, Q1), 1, 1000)?, None);
            assert_eq!(r.have()?[0].seq, 20);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn the_same_page_again_changes_nothing_and_a_gap_is_told() {
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    for n in 1..=6 {
        one.append(&[plain_household(n)]);
    }
    let page = |from, budget| {
        one.store
            .read(|r| r.records(&log(1, Q1), from, budget))
            .unwrap()
            .unwrap()
    };
    let all = page(1, usize::MAX);
    let early = two.store.write(|tx| tx.ingest(&all.log, 3, &all.records[2..]));
    assert!(matches!(early, Err(StoreError::Gap { have: 0, from: 3, .. })));
    let first = two
        .store
        .write(|tx| tx.ingest(&all.log, 1, &all.records[..4]))
        .unwrap();
    assert_eq!((first.new, first.known, first.folded, first.seq), (4, 0, 4, 4));
    let again = two
        .store
        .write(|tx| tx.ingest(&all.log, 2, &all.records[1..]))
        .unwrap();
    assert_eq!(
        (again.new, again.known, again.seq, again.link),
        (2, 3, 6, Some(all.last.1))
    );
    let none = two
        .store
        .write(|tx| tx.ingest(&all.log, 1, &all.records))
        .unwrap();
    assert_eq!((none.new, none.known), (0, 6));
    assert_eq!(two.dump(), one.dump());
    two.sound();
}

#[test]
fn a_fork_is_told_and_both_branches_are_kept() {
    // The same disk, twice: both write under the name of desk 1.
    let (mut one, mut clone, reader) = (Desk::new(1), Desk::new(1), Desk::new(2));
    one.append(&[plain_household(1)]);
    clone
        .store
        .write(|tx| {
            let page = one
                .store
                .read(|r| r.records(&log(1, Q1), 1, usize::MAX))
                .unwrap()
                .unwrap();
            tx.ingest(&page.log, 1, &page.records)
        })
        .unwrap();
    one.append(&[plain_household(2)]);
    clone.append_at(Timestamp(noon().0 + 5), &[plain_household(3), plain_household(4)]);
    reader.pull(&one, usize::MAX);
    let before = reader.dump();
    let branch = clone
        .store
        .read(|r| r.records(&log(1, Q1), 1, usize::MAX))
        .unwrap()
        .unwrap();
    for _ in 0..2 {
        let done = reader
            .store
            .write(|tx| tx.ingest(&branch.log, 1, &branch.records))
            .unwrap();
        let fork = done.fork.unwrap();
        assert_eq!((done.known, done.new, fork.seq), (1, 0, 2));
        assert_eq!(
            Some(fork.ours),
            one.store.read(|r| r.link_at(&branch.log, 2)).unwrap()
        );
        assert_eq!(
            Some(fork.theirs),
            clone.store.read(|r| r.link_at(&branch.log, 2)).unwrap()
        );
    }
    twice(reader, |reader| {
        assert_eq!(reader.dump(), before, "nothing of the other branch is shown");
        let kept = reader.store.read(|r| r.forks()).unwrap();
        assert_eq!(kept.iter().map(|f| f.seq).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(kept[1].link, branch.last.1);
    });
}

fn foreign(head: &Head, content: &[u8]) -> Record {
    let mut body = vec![9; 16];
    body.extend_from_slice(content);
    Record {
        head: head.to_bytes(),
        body: Body::Present(body),
    }
}

fn head(seq: u64, kind: &str, entity: EntityRef) -> Head {
    Head {
        seq,
        hlc: Hlc::new(noon().0.unsigned_abs() + seq, 0).0,
        at: noon().0,
        kind: kind.into(),
        version: 1,
        entity_kind: entity.kind.number(),
        entity: *entity.id.as_bytes(),
        actor: [1; 16],
        command: [2; 16],
    }
}

#[test]
fn what_cannot_be_read_is_kept_counted_and_listed_and_never_stops_the_rest() {
    let desk = Desk::new(2);
    let entity = EntityRef::from(household_id(1));
    let good = Record::seal(
        &head(6, "household.registered", entity),
        [3; 16],
        &plain_household(1).event,
    )
    .unwrap();
    let records = [
        foreign(&head(1, "household.beamed_up", entity), b"{}"),
        foreign(&head(2, "household.registered", entity), b"{not json"),
        Record {
            head: b"not a head".to_vec(),
            body: Body::Present(vec![1, 2, 3]),
        },
        foreign(&head(77, "household.registered", entity), b"{}"),
        foreign(
            &Head {
                entity_kind: 200,
                ..head(5, "spaceship.launched", entity)
            },
            b"{}",
        ),
        good,
        Record {
            head: head(7, "household.noted", entity).to_bytes(),
            body: Body::Erased {
                hash: [5; 32],
                len: 40,
            },
        },
    ];
    let done = desk
        .store
        .write(|tx| tx.ingest(&log(1, Q1), 1, &records))
        .unwrap();
    assert_eq!(
        (done.new, done.folded, done.unknown, done.malformed, done.erased),
        (7, 1, 2, 3, 1)
    );
    twice(desk, |desk| {
        let waiting = desk.store.read(|r| r.waiting()).unwrap();
        let listed: Vec<_> = waiting
            .iter()
            .map(|w| (w.seq, w.reason.as_str(), w.kind.as_str()))
            .collect();
        assert_eq!(
            listed,
            [
                (1, "unknown", "household.beamed_up"),
                (2, "malformed", "household.registered"),
                (3, "malformed", ""),
                (4, "malformed", ""),
                (5, "unknown", "spaceship.launched"),
            ]
        );
        let household = desk
            .store
            .read(|r| r.state::<Household>(household_id(1)))
            .unwrap()
            .unwrap();
        assert_eq!(household.data.members[0].surname, "Rossi1");
        let sent = desk
            .store
            .read(|r| r.records(&log(1, Q1), 1, usize::MAX))
            .unwrap()
            .unwrap();
        assert_eq!(sent.records, records, "byte by byte as it came");
        assert_eq!(desk.store.read(|r| r.story_of(household_id(1))).unwrap().len(), 2);
    });
}

#[test]
fn what_an_update_can_read_is_folded_when_the_file_is_opened() {
    let desk = Desk::new(2);
    let entity = EntityRef::from(household_id(1));
    let known = Record::seal(
        &head(1, "household.registered", entity),
        [3; 16],
        &plain_household(1).event,
    )
    .unwrap();
    desk.store
        .write(|tx| tx.ingest(&log(1, Q1), 1, &[known]))
        .unwrap();
    // As a program would have left it that did not know the kind.
    desk.store
        .write(|tx| {
            tx.pretend_unknown(&log(1, Q1), 1)?;
            let mut before: Vec<String> = tx.get_meta("folded_with")?.unwrap();
            before.retain(|kind| kind != "household.registered 1");
            tx.set_meta("folded_with", &before)
        })
        .unwrap();
    assert_eq!(desk.store.read(|r| r.waiting()).unwrap().len(), 1);
    assert_eq!(
        desk.store
            .read(|r| r.state::<Household>(household_id(1)))
            .unwrap(),
        None
    );
    let desk = desk.reopened();
    assert_eq!(desk.store.read(|r| r.waiting()).unwrap(), vec![]);
    assert!(
        desk.store
            .read(|r| r.state::<Household>(household_id(1)))
            .unwrap()
            .is_some()
    );
    assert_eq!(desk.store.read(|r| r.search("ross", 5)).unwrap().len(), 1);
    desk.sound();
}

#[test]
fn when_folding_changed_everything_is_made_anew_from_the_journal() {
    let mut desk = Desk::new(1);
    desk.append(&[
        define_campaign(),
        plain_household(1),
        grant(1, 300, 1),
        receive(1, vec![run(1, 100)]),
    ]);
    desk.append(&[deliver(1, 1, vec![run(1, 30)]), book(1, 1, "2021-01-18T10:00")]);
    let before = desk.dump();
    desk.store
        .write(|tx| tx.set_meta("folded_with", &["projection 0"]))
        .unwrap();
    let desk = desk.reopened();
    assert_eq!(desk.dump(), before);
    desk.store.rebuild_projections().unwrap();
    assert_eq!(desk.dump(), before);
    assert_eq!(desk.store.read(|r| r.search("rossi1", 5)).unwrap().len(), 1);
    desk.sound();
}

#[test]
fn an_erased_body_leaves_a_chain_that_verifies() {
    let (mut desk, other) = (Desk::new(1), Desk::new(2));
    desk.append(&[
        plain_household(1),
        register(1, data(vec![member(1, "Bianchi", "Anna", "")])),
    ]);
    let before = desk.store.read(|r| r.head(&log(1, Q1))).unwrap();
    assert!(desk.store.write(|tx| tx.erase(&log(1, Q1), 2)).unwrap());
    assert!(
        !desk.store.write(|tx| tx.erase(&log(1, Q1), 2)).unwrap(),
        "nothing is left to erase"
    );
    other.pull(&desk, usize::MAX);
    for desk in [&desk, &other] {
        desk.sound();
        assert_eq!(desk.store.read(|r| r.head(&log(1, Q1))).unwrap(), before);
        let left = desk
            .store
            .read(|r| r.state::<Household>(household_id(1)))
            .unwrap()
            .unwrap();
        assert_eq!(left.data.members[0].surname, "Rossi1");
        assert_eq!(desk.store.read(|r| r.search("bianchi", 5)).unwrap(), vec![]);
    }
    assert_eq!(desk.dump(), other.dump());
    assert!(desk.store.write(|tx| tx.erase(&log(1, Q1), 1)).unwrap());
    assert_eq!(
        desk.store
            .read(|r| r.state::<Household>(household_id(1)))
            .unwrap(),
        None
    );
    desk.sound();
}

#[test]
fn what_a_desk_holds_follows_supply_deliveries_and_returns() {
    let mut desk = Desk::new(1);
    let asked = [run(25, 45)];
    desk.append(&[
        define_campaign(),
        receive(1, vec![run(1, 100)]),
        receive(2, vec![run(2001, 5000)]),
    ]);
    for n in 1..=2 {
        desk.append(&[plain_household(n), grant(n, 300, 1)]);
    }
    let held = |desk: &Desk, asked: &[sportello_domain::serial::Run]| {
        desk.store
            .read(|r| r.held_overlapping(desk_id(1), campaign_id(), asked))
            .unwrap()
    };
    assert_eq!(held(&desk, &asked), asked);
    desk.append(&[deliver(1, 1, vec![run(1, 30)])]);
    assert_eq!(held(&desk, &asked), [run(31, 45)]);
    let taken = desk
        .store
        .read(|r| r.delivered_overlapping(campaign_id(), &asked))
        .unwrap();
    assert_eq!(
        (taken.len(), taken[0].entitlement, &taken[0].run),
        (1, entitlement_id(1), &run(1, 30))
    );
    // Not this desk's, and a long run.
    assert_eq!(held(&desk, &[run(2500, 2510)]), []);
    let supplied = desk
        .store
        .read(|r| r.supplied_overlapping(campaign_id(), &[run(2500, 2510)]))
        .unwrap();
    assert_eq!((supplied.len(), supplied[0].desk), (1, desk_id(2)));
    desk.append(&[reverse(1, 1, true)]);
    assert_eq!(held(&desk, &asked), asked, "they came back");
    desk.append(&[deliver(2, 2, vec![run(1, 30)]), reverse(2, 2, false)]);
    assert_eq!(held(&desk, &asked), [run(31, 45)], "they did not");
    let lost = StockRemoved {
        campaign: campaign_id(),
        runs: vec![run(40, 50)],
        reason: RemovalReason::Lost,
        note: "x".into(),
    };
    desk.append(&[NewEvent::new(Q1, desk_id(1), lost)]);
    twice(desk, |desk| {
        assert_eq!(held(desk, &asked), [run(31, 39)]);
        assert_eq!(
            desk.store.read(|r| r.held(desk_id(1), campaign_id())).unwrap(),
            [run(31, 39), run(51, 100)]
        );
        assert_eq!(
            kinds(desk),
            [CaseKind::NotReturned],
            "the vouchers did not come back"
        );
    });
}

/// The kinds of cases that deliveries make.
fn kinds(desk: &Desk) -> Vec<CaseKind> {
    let looking = Looking {
        today: noon().day(),
        whole: false,
    };
    let found = desk.store.read(|r| r.find_cases(looking)).unwrap();
    let about = |found: &Found| matches!(found.matter.about, CaseAbout::Delivery { .. });
    let of_deliveries = found
        .into_iter()
        .filter(|found| about(found) && found.matter.kind != CaseKind::SerialsNeverReceived);
    of_deliveries.map(|found| found.matter.kind).collect()
}

/// The later delivery, and the others with their serials.
type Shown = (u64, Vec<(u64, Run)>);

#[test]
fn a_serial_that_is_out_twice_is_an_anomaly_of_the_later_delivery() {
    let mut desk = Desk::new(1);
    for n in 1..=4 {
        desk.append(&[plain_household(n), grant(n, 300, 1)]);
    }
    // Whoever comes first into the file does not matter: the clock says who was first.
    desk.append(&[deliver(3, 3, vec![run(55, 58)])]);
    desk.append_at(
        Timestamp(noon().0 - 60_000),
        &[deliver(1, 1, vec![run(1, 30)]), deliver(2, 2, vec![run(31, 60)])],
    );
    let shown = |desk: &Desk| -> Vec<Shown> {
        let number = |id: DeliveryId| (1..=4).find(|n| delivery_id(*n) == id).unwrap();
        let looking = Looking {
            today: noon().day(),
            whole: true,
        };
        desk.store
            .read(|r| {
                let mut shown = Vec::new();
                for found in r.find_cases(looking)? {
                    let CaseAbout::Delivery {
                        entitlement,
                        delivery,
                    } = found.matter.about
                    else {
                        continue;
                    };
                    if found.matter.kind != CaseKind::SerialsTwice {
                        continue;
                    }
                    let state = r.state::<Entitlement>(entitlement)?.unwrap();
                    let clashes = r.clashes(&state, delivery)?.into_iter();
                    let clashes = clashes.map(|clash| (number(clash.delivery.id), clash.runs[0].clone()));
                    shown.push((number(delivery), clashes.collect()));
                }
                shown.sort_unstable_by_key(|(number, _)| std::cmp::Reverse(*number));
                Ok::<_, StoreError>(shown)
            })
            .unwrap()
    };
    let desk = twice(desk, |desk| {
        assert_eq!(shown(desk), [(3, vec![(2, run(55, 58))])]);
    });
    let mut desk = desk;
    desk.append_at(Timestamp(noon().0 + 60_000), &[deliver(4, 4, vec![run(58, 59)])]);
    let both = vec![(2, run(58, 59)), (3, run(58, 58))];
    let desk = twice(desk, |desk| {
        assert_eq!(
            shown(desk),
            [(4, both.clone()), (3, vec![(2, run(55, 58)), (4, run(58, 58))])]
        );
    });
    let mut desk = desk;
    desk.append(&[reverse(2, 2, true)]);
    twice(desk, |desk| {
        assert_eq!(
            shown(desk),
            [(4, vec![(3, run(58, 58))])],
            "the vouchers of 2 came back"
        );
    });
}

#[test]
fn serials_that_two_desks_were_supplied_with_are_found() {
    let mut desk = Desk::new(1);
    desk.append(&[
        receive(1, vec![run(1, 100)]),
        receive(2, vec![run(90, 120)]),
        receive(3, vec![run(121, 130)]),
    ]);
    let mut desk = twice(desk, |desk| {
        let found = desk.store.read(|r| r.supplied_twice()).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].run.clone(), found[0].one.desk, found[0].other.desk),
            (run(90, 100), desk_id(1), desk_id(2))
        );
    });
    let gone = StockRemoved {
        campaign: campaign_id(),
        runs: vec![run(90, 100)],
        reason: RemovalReason::Miscounted,
        note: "letti male".into(),
    };
    desk.append(&[NewEvent::new(Q1, desk_id(2), gone)]);
    assert_eq!(desk.store.read(|r| r.supplied_twice()).unwrap(), []);
}

#[test]
fn a_day_is_told_with_what_was_handed_over_on_it_and_not_taken_back() {
    let mut desk = Desk::new(1);
    desk.append(&[define_campaign(), receive(1, vec![run(1, 1000)])]);
    for n in 1..=4 {
        desk.append(&[plain_household(n), grant(n, 200, 1)]);
    }
    desk.append(&[
        deliver(3, 3, vec![run(301, 320)]),
        deliver(4, 4, vec![run(401, 420)]),
    ]);
    let rome = |text| Timestamp::of_rome(at(text));
    let two_runs = vec![run(1, 10), run(21, 30)];
    desk.append_at(rome("2021-01-18T23:59"), &[deliver(1, 1, two_runs)]);
    desk.append_at(rome("2021-01-19T00:00"), &[deliver(2, 2, vec![run(201, 220)])]);
    desk.append_at(
        rome("2021-01-19T09:00"),
        &[reverse(3, 3, true), reverse(4, 4, false)],
    );
    twice(desk, |desk| {
        let on = |text| -> Vec<_> {
            let found = desk.store.read(|r| r.deliveries(desk_id(1), day(text))).unwrap();
            found
                .iter()
                .map(|line| (line.delivery, line.entitlement, line.at))
                .collect()
        };
        assert_eq!(
            on("2021-01-18"),
            [(delivery_id(1), entitlement_id(1), rome("2021-01-18T23:59"))]
        );
        assert_eq!(
            on("2021-01-19"),
            [(delivery_id(2), entitlement_id(2), rome("2021-01-19T00:00"))]
        );
        assert_eq!(on("2021-01-20"), []);
        let elsewhere = desk.store.read(|r| r.deliveries(desk_id(2), day("2021-01-18")));
        assert_eq!(elsewhere.unwrap(), []);
    });
}

#[test]
fn the_indicator_counts_households_that_presented_with_an_appointment() {
    let mut desk = Desk::new(1);
    desk.append(&[define_campaign(), define_service()]);
    for n in 1..=7 {
        desk.append(&[plain_household(n), grant(n, 100, 1)]);
    }
    let vouchers = |n: u64| vec![run(n * 10, n * 10 + 9)];
    let appointment = |n, event: sportello_domain::event::Event| NewEvent::new(Q1, appointment_id(n), event);
    // 1 presented twice and was served; 2 presented and was refused; 3 was served without appointment; 4 missed it;
    // 5 presented and was then withdrawn; 6 booked and is waited for; 7 missed one, then came to another and was served in part.
    desk.append(&[
        book(11, 1, "2021-01-18T09:00"),
        present(11),
        book(12, 1, "2021-01-19T09:00"),
        present(12),
    ]);
    desk.append(&[deliver(1, 1, vouchers(1))]);
    desk.append(&[book(21, 2, "2021-01-18T09:15"), present(21), refuse(2)]);
    desk.append(&[deliver(3, 3, vouchers(3))]);
    desk.append(&[
        book(41, 4, "2021-01-18T09:30"),
        appointment(41, a::Missed {}.into()),
    ]);
    desk.append(&[book(51, 5, "2021-01-18T09:45"), present(51)]);
    desk.append(&[NewEvent::new(
        Q1,
        entitlement_id(5),
        e::Revoked {
            reason: "doppio".into(),
        },
    )]);
    desk.append(&[book(61, 6, "2021-01-20T09:45")]);
    desk.append(&[
        book(71, 7, "2021-01-11T09:45"),
        appointment(71, a::Missed {}.into()),
    ]);
    desk.append(&[
        book(72, 7, "2021-01-18T10:45"),
        present(72),
        deliver(7, 7, vec![run(70, 73)]),
    ]);
    twice(desk, |desk| {
        desk.store
            .read(|r| {
                let indicator = r.indicator(campaign_id())?;
                assert_eq!((indicator.presented, indicator.served), (3, 1));
                assert_eq!((indicator.walk_ins, indicator.no_shows), (1, 1));
                let missing = r.missing(campaign_id())?;
                assert_eq!(
                    missing.iter().map(|m| m.household).collect::<Vec<_>>(),
                    [household_id(2), household_id(7)]
                );
                assert_eq!(missing[0].applicant, "Rossi2 Mario");
                assert_eq!(missing[0].phone, "055 123 4567");
                assert_eq!(
                    missing[0].refusal.as_ref().unwrap().reason,
                    e::RefusalReason::NoDocument
                );
                assert_eq!(
                    (missing[1].delivered, &missing[1].refusal, missing[1].topic),
                    (Cents(4000), &None, Q1)
                );
                assert_eq!(r.walk_ins(campaign_id())?[0].household, household_id(3));
                assert_eq!(r.no_shows(campaign_id())?.len(), 1);
                let counts = r.campaign_counts(campaign_id())?;
                assert_eq!(
                    (
                        counts.due.count,
                        counts.partial.count,
                        counts.served.count,
                        counts.revoked.count
                    ),
                    (3, 1, 2, 1)
                );
                assert_eq!(
                    (counts.partial.amount, counts.partial.delivered),
                    (Cents(10_000), Cents(4000))
                );
                let served = r.entitlements(campaign_id(), Some(EntitlementStatus::Served), 10, 0)?;
                assert_eq!(
                    served.iter().map(|l| l.sort_name.as_str()).collect::<Vec<_>>(),
                    ["rossi1 mario", "rossi3 mario"]
                );
                assert_eq!(r.entitlements(campaign_id(), None, 3, 5)?.len(), 2);
                assert_eq!(r.entitlement_states(campaign_id())?.len(), 7);
                assert_eq!(r.deliveries(desk_id(1), day("2021-01-18"))?.len(), 3);
                assert_eq!(r.deliveries(desk_id(1), day("2021-01-19"))?, vec![]);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn the_indicator_does_not_wait_for_the_service_to_be_known() {
    let mut desk = Desk::new(1);
    desk.append(&[
        plain_household(1),
        grant(1, 100, 1),
        book(1, 1, "2021-01-18T09:00"),
        present(1),
    ]);
    // Only the entitlement on the appointment tells its campaign.
    assert_eq!(
        desk.store.read(|r| r.indicator(campaign_id())).unwrap().presented,
        1
    );
    desk.append(&[define_service()]);
    assert_eq!(
        desk.store.read(|r| r.indicator(campaign_id())).unwrap().presented,
        1
    );
}

#[test]
fn agenda_occupancy_and_codes() {
    let mut desk = Desk::new(1);
    desk.append(&[
        book(1, 1, "2021-01-18T09:00"),
        book(2, 2, "2021-01-18T09:00"),
        book(3, 3, "2021-01-18T23:45"),
    ]);
    desk.append(&[book(4, 4, "2021-01-19T00:00"), book(5, 5, "2021-01-18T09:15")]);
    desk.append(&[NewEvent::new(
        Q1,
        appointment_id(2),
        a::Cancelled {
            reason: "rinuncia".into(),
        },
    )]);
    desk.append(&[NewEvent::new(
        Q1,
        appointment_id(5),
        a::Moved {
            site: site_id(),
            start: at("2021-01-18T09:00"),
            overbooked: None,
        },
    )]);
    twice(desk, |desk| {
        desk.store
            .read(|r| {
                let board = r.board(site_id(), day("2021-01-18"))?;
                assert_eq!(board.len(), 4);
                assert_eq!(board[3].id, appointment_id(3));
                assert_eq!(
                    r.agenda(site_id(), day("2021-01-18"), day("2021-01-19"))?.len(),
                    5
                );
                let occupancy = r.occupancy(service_id(), site_id(), day("2021-01-18"))?;
                assert_eq!(occupancy.get(&at("2021-01-18T09:00")), Some(&2));
                assert_eq!(occupancy.get(&at("2021-01-18T09:15")), None);
                let code = a::SlipCode::of(appointment_id(3));
                assert_eq!(r.appointment_by_code(&code)?.unwrap().id, appointment_id(3));
                assert_eq!(r.appointments_of(household_id(5))?.len(), 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn anomalies_and_custody_surface() {
    let (mut one, mut two) = (Desk::new(1), Desk::new(2));
    one.append(&[
        plain_household(1),
        grant(1, 100, 1),
        plain_household(2),
        grant(2, 100, 1),
    ]);
    two.pull(&one, usize::MAX);
    let ask = e::CustodyRequested {
        to: desk_id(2),
        reason: "si è presentato qui".into(),
    };
    two.append_at(
        Timestamp(noon().0 + 1),
        &[NewEvent::new(Q1, entitlement_id(2), ask)],
    );
    // Not the holder's to deliver.
    two.append_at(Timestamp(noon().0 + 2), &[deliver(1, 9, vec![run(1, 10)])]);
    one.pull(&two, usize::MAX);
    one.store
        .read(|r| {
            assert!(r.is_undecided(household_id(1))?);
            let cases = r.cases_of(household_id(1))?;
            assert_eq!(
                (cases[0].matter.kind, cases[0].households.as_slice()),
                (CaseKind::NotHolder, &[household_id(1)][..])
            );
            let asked = r.custody_asked_of(desk_id(1))?;
            assert_eq!(
                (asked.len(), asked[0].entitlement, asked[0].to),
                (1, entitlement_id(2), desk_id(2))
            );
            assert_eq!(r.custody_asked_by(desk_id(2))?, asked);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let matter = one.store.read(|r| r.cases_of(household_id(1))).unwrap()[0]
        .matter
        .clone();
    let decided = exceptions::decide(Q1, &matter, None, CaseDecision::Accepted, "visto").unwrap();
    one.append_at(Timestamp(noon().0 + 3), &[decided]);
    one.append_at(
        Timestamp(noon().0 + 4),
        &[NewEvent::new(
            Q1,
            entitlement_id(2),
            e::CustodyReleased { to: desk_id(2) },
        )],
    );
    twice(one, |one| {
        one.store
            .read(|r| {
                assert!(!r.is_undecided(household_id(1))?);
                assert_eq!(r.cases_of(household_id(1))?.len(), 1, "it stays");
                assert_eq!(r.cases()?.len(), 1);
                assert_eq!(r.custody_asked_of(desk_id(1))?, vec![]);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn the_desks_own_book_is_kept() {
    let mut desk = Desk::new(1);
    desk.append(&[plain_household(1), plain_household(2)]);
    let entry = |n: u64| StoryEntry {
        at: Timestamp(n.cast_signed()),
        direction: Direction::Push,
        peer: "centro".into(),
        sent: n,
        received: 0,
        error: None,
        detail: String::new(),
    };
    let link = desk.store.read(|r| r.link_at(&log(1, Q1), 1)).unwrap().unwrap();
    desk.store
        .write(|tx| {
            tx.acknowledge(&log(1, Q1), 1, link, noon())?;
            (1..=600).try_for_each(|n| tx.tell(&entry(n)))?;
            assert!(tx.keep_certificate(desk_id(3), 2, b"two")?);
            assert!(
                !tx.keep_certificate(desk_id(3), 1, b"one")?,
                "an older one does not replace it"
            );
            let presence = PresenceRow {
                desk: desk_id(3),
                seen_at: noon(),
                waiting: 4,
                skew: -5,
                version: "0.1".into(),
            };
            tx.keep_presence(&presence)?;
            tx.keep_draft(&Draft {
                entitlement: entitlement_id(1),
                at: noon(),
                content: serde_json::json!({"a": 1}),
            })?;
            tx.keep_draft(&Draft {
                entitlement: entitlement_id(2),
                at: noon(),
                content: serde_json::json!(null),
            })?;
            assert!(tx.drop_draft(entitlement_id(2))?);
            tx.set_meta("setting.language", "it")
        })
        .unwrap();
    twice(desk, |desk| {
        desk.store
            .read(|r| {
                let own = r.own_logs()?;
                assert_eq!(
                    (own.len(), own[0].unsent(), own[0].acknowledged.unwrap().link),
                    (1, 1, link)
                );
                assert_eq!(r.unsent()?, 1);
                let story = r.story(1000)?;
                assert_eq!((story.len(), story[0].sent, story[499].sent), (500, 600, 101));
                assert_eq!(r.certificate(desk_id(3))?.unwrap().bytes, b"two");
                assert_eq!(r.presences()?[0].skew, -5);
                assert!(r.is_being_served(entitlement_id(1))? && !r.is_being_served(entitlement_id(2))?);
                assert_eq!(r.draft(entitlement_id(1))?.unwrap().content["a"], 1);
                assert_eq!(r.get_meta::<String>("setting.language")?.as_deref(), Some("it"));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "a file is read inside a reading or writing of itself")]
fn nobody_comes_back_to_a_file_in_the_middle_of_reading_it() {
    let desk = Desk::new(1);
    let _ = desk.store.read(|_| desk.store.read(|r| r.household_count()));
}

#[test]
fn others_read_while_a_long_write_runs() {
    let mut desk = Desk::new(1);
    desk.append(&[plain_household(1)]);
    desk.store
        .write(|tx| {
            tx.append(&author(noon()), &[plain_household(2)], &mut || [1; 16])?;
            // Somebody else, in the middle of the write: what was there before, without waiting.
            let seen = std::thread::scope(|others| {
                let other = others.spawn(|| desk.store.read(|r| r.household_count()));
                other.join().unwrap()
            });
            assert_eq!(seen?, 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(desk.store.read(|r| r.household_count()).unwrap(), 2);
}

#[test]
fn another_program_that_writes_is_noticed() {
    let mut desk = Desk::new(1);
    desk.append(&[plain_household(1)]);
    let other = sportello_store::Store::open(desk.path(), &key()).unwrap();
    other
        .write(|tx| {
            tx.append(&author(noon()), &[plain_household(2)], &mut || [8; 16])
                .map(|_| ())
        })
        .unwrap();
    desk.append(&[plain_household(3)]);
    assert_eq!(desk.store.read(|r| r.head(&log(1, Q1))).unwrap().unwrap().seq, 3);
    desk.sound();
}
