// SPDX-License-Identifier: EUPL-1.2
//! The end of the day: counted, explained or left open, closed once, and told where it was not.

use crate::world::World;
use sportello_desk::query::DocumentRequest;
use sportello_desk::{Command, Query};
use sportello_domain::closing::{CountGiven, Counted};
use sportello_domain::entitlement::RefusalReason;
use sportello_domain::ids::ClosingId;
use sportello_domain::serial::Run;
use sportello_tests::Seat;
use sportello_tests::answers::{bytes_of, words_of};
use sportello_tests::clock::march;
use sportello_tests::facts::CAMPAIGN;

fn by_hand(count: u64, explanation: &str, left_open: bool) -> CountGiven {
    CountGiven {
        campaign: CAMPAIGN,
        counted: Counted::Number { count },
        explanation: explanation.into(),
        left_open,
    }
}

fn scanned(runs: &[(&str, &str)], explanation: &str) -> CountGiven {
    let runs = runs
        .iter()
        .map(|(first, last)| Run::between(first, last).unwrap());
    CountGiven {
        campaign: CAMPAIGN,
        counted: Counted::Scanned { runs: runs.collect() },
        explanation: explanation.into(),
        left_open: false,
    }
}

fn close(day: u32, counts: Vec<CountGiven>) -> Command {
    Command::CloseDay {
        day: march(day, 0, 0).date(),
        counts,
        note: String::new(),
    }
}

fn closed(seat: &Seat, day: u32, counts: Vec<CountGiven>) -> ClosingId {
    ClosingId(seat.act(close(day, counts)).subject.unwrap().id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_counted_closed_signed_and_seen_by_supervisors() {
    let world = World::new().await;
    let [served, refused, awaited] = world.households(["Rossi", "Bianchi", "Verdi"]).await;
    world.a.serve(served, march(1, 9, 15));
    let appointment = world.a.at_the_counter(refused, march(1, 9, 30));
    world
        .a
        .refuse(refused, Some(appointment), RefusalReason::NoDocument);
    world.a.book(awaited, march(1, 9, 45));

    let preview = world.a.closing_preview();
    assert_eq!((preview.turn, preview.obstacle.clone()), (1, None));
    assert_eq!((preview.counts[0].count, preview.figures.deliveries), (385, 1));
    assert_eq!(
        (preview.presented.len(), preview.due.len()),
        (1, 1),
        "one went without, one did not come"
    );

    // Nothing is forgotten, and no difference slips through.
    assert_eq!(world.a.refused(close(1, vec![])), "count_missing");
    assert_eq!(
        world.a.refused(close(1, vec![by_hand(384, " ", false)])),
        "count_differs"
    );
    assert_eq!(
        world.a.refused(close(2, vec![by_hand(385, "", false)])),
        "field_invalid"
    );
    let closing = closed(&world.a, 1, vec![by_hand(385, "", false)]);
    assert_eq!(
        world.a.refused(close(1, vec![by_hand(385, "", false)])),
        "day_closed",
        "nothing came after it"
    );

    let report = world.a.document(DocumentRequest::ClosingReport { closing });
    assert!(bytes_of(&report).starts_with(b"%PDF"));
    let words = words_of(&report);
    for word in ["385", "Bianchi", "Verdi", "Ed25519"] {
        assert!(words.contains(word), "{word} in {words}");
    }

    world.meet().await;
    let seen = world.supervisor.closings();
    assert_eq!(seen.rows.len(), 1);
    assert_eq!(
        (seen.rows[0].desk.name.as_str(), seen.rows[0].counts[0].difference),
        ("Q1-A", 0)
    );
    assert!(
        world.b.closings().rows.is_empty(),
        "an operator sees the own desk's"
    );
    let report = world
        .supervisor
        .document(DocumentRequest::ClosingReport { closing });
    assert!(bytes_of(&report).starts_with(b"%PDF"));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_a_closing_belongs_to_a_further_turn_and_nothing_is_edited() {
    let world = World::new().await;
    let [one, two] = world.households(["Rossi", "Bianchi"]).await;
    let delivery = world.a.serve(one, march(1, 9, 15));
    closed(&world.a, 1, vec![by_hand(385, "", false)]);
    // A counter-entry: the vouchers come back after the count.
    world.a.act(Command::ReverseDelivery {
        entitlement: sportello_tests::counter::right(one),
        delivery,
        reason: "Nucleo sbagliato".into(),
        returned: true,
    });
    world.a.serve(two, march(1, 9, 30));
    let preview = world.a.closing_preview();
    assert_eq!((preview.turn, preview.closed.len()), (2, 1));
    let mut all = scanned(&[], "");
    all.counted = Counted::Scanned {
        runs: preview.counts[0].expected.clone(),
    };
    closed(&world.a, 1, vec![all]);
    let turns: Vec<u16> = world
        .a
        .closings()
        .rows
        .iter()
        .map(|row| row.closing.turn)
        .collect();
    assert_eq!(turns, [2, 1]);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_are_not_closed_are_told_and_closed_in_their_order() {
    let world = World::new().await;
    let [one] = world.households(["Rossi"]).await;
    world.a.serve(one, march(1, 9, 15));
    assert!(world.a.status().not_closed.is_empty(), "the day is not over");
    world.office.time.set(march(2, 8, 30));
    world.a.receive("A0401", "A0410");
    assert_eq!(world.a.status().not_closed, [march(1, 0, 0).date()]);
    world.meet().await;
    let open: Vec<(String, u32)> = world
        .supervisor
        .closings()
        .open
        .into_iter()
        .map(|open| (open.desk.name, open.records))
        .collect();
    // Both desks took booklets in on the first; one of them delivered too.
    assert_eq!(open, [("Q1-A".to_owned(), 2), ("Q1-B".to_owned(), 1)]);

    assert_eq!(
        world.a.refused(close(2, vec![by_hand(395, "", false)])),
        "earlier_day_open"
    );
    assert_eq!(
        world.a.closing_preview().day,
        march(1, 0, 0).date(),
        "it comes first"
    );
    closed(&world.a, 1, vec![by_hand(395, "", false)]);
    assert!(world.a.status().not_closed.is_empty());
    // What was done this morning before yesterday was closed is of this morning all the same.
    assert_eq!(world.a.closing_preview().open.len(), 1);
    closed(&world.a, 2, vec![by_hand(395, "", false)]);
    assert_eq!(
        world.a.refused(close(1, vec![by_hand(395, "", false)])),
        "day_closed",
        "a later day was closed"
    );
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difference_is_explained_or_stays_open_until_somebody_writes_beside_it() {
    let world = World::new().await;
    // As many as there should be, and not the same ones.
    let other = scanned(&[("A0001", "A0399"), ("A0401", "A0401")], "");
    assert_eq!(world.a.refused(close(1, vec![other])), "count_differs");
    let twice = scanned(&[("A0001", "A0400"), ("A0400", "A0400")], "");
    assert_eq!(world.a.refused(close(1, vec![twice])), "serial_twice");
    let closing = closed(&world.a, 1, vec![by_hand(399, "", true)]);
    let explained = closed(&world.b, 1, vec![scanned(&[("B0001", "B0399")], "Uno bagnato")]);
    world.meet().await;
    let differences = |seat: &Seat| {
        seat.desk
            .store()
            .read(|reads| reads.open_count_differences())
            .unwrap()
    };
    let open = differences(&world.supervisor);
    assert_eq!((open.len(), open[0].closing), (1, closing));
    let rows = world.supervisor.closings().rows;
    let missing = rows.iter().find(|row| row.closing.id == explained).unwrap();
    assert_eq!(missing.counts[0].missing, [Run::single("B0400").unwrap()]);

    let beside = |closing| Command::CorrectClosing {
        closing,
        campaign: Some(CAMPAIGN),
        text: "Il buono era nella busta".into(),
    };
    assert_eq!(world.b.refused(beside(closing)), "not_your_closing");
    world.a.act(beside(closing));
    world.supervisor.act(beside(explained));
    world.meet().await;
    assert!(differences(&world.supervisor).is_empty());
    let rows = world.a.closings().rows;
    assert_eq!(rows[0].closing.corrections.len(), 1);
    assert!(
        rows[0].counts[0].explanation.is_none(),
        "what was counted stands as it was"
    );
    assert!(
        world
            .a
            .try_ask(&Query::Document {
                document: DocumentRequest::ClosingReport { closing },
                language: None
            })
            .is_ok()
    );
    world.assert_sound();
}
