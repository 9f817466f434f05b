// SPDX-License-Identifier: EUPL-1.2
//! What a delivery writes: each page is encrypted, authenticated and written while somebody waits at the counter.
#![allow(
    clippy::unwrap_used,
    clippy::unreadable_literal,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

mod common;

use common::*;
use sportello_domain::appointment::{Finished, Outcome};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::CommandId;
use sportello_store::Author;
use uuid::Uuid;

const HOUSEHOLDS: u64 = 80;

/// Pages that were written so far: none is copied into the file before there are many more.
fn written(desk: &Desk) -> u64 {
    const HEADER: u64 = 32;
    const FRAME: u64 = 24 + 4096;
    let log = desk.path().with_extension("db-wal");
    (std::fs::metadata(log).unwrap().len() - HEADER) / FRAME
}

#[test]
fn a_delivery_writes_few_pages_wherever_its_log_lies() {
    let (mut desk, mut other) = (Desk::new(1), Desk::new(2));
    desk.append(&[
        define_campaign(),
        define_service(),
        receive(1, vec![run(1, 1_000_000)]),
    ]);
    let mut begun = vec![];
    for n in 1..=HOUSEHOLDS {
        begun.extend([
            plain_household(n),
            grant(n, 300, 1),
            book(n, n, "2021-01-18T09:00"),
            present(n),
        ]);
    }
    desk.append(&begun);
    // Another desk's records come when this one's log has begun already: in the middle of the journal each would cost four pages more.
    other.append(&(1001..=1040).map(plain_household).collect::<Vec<_>>());
    desk.pull(&other, 1 << 20);

    let before = written(&desk);
    let (answer, mut salt) = ("x".repeat(450), 1 << 60);
    for n in 1..=HOUSEHOLDS {
        let author = Author {
            command: CommandId(Uuid::from_u128(u128::from(n))),
            ..author(noon())
        };
        let finished = Finished {
            outcome: Outcome::Served,
        };
        let events = [
            deliver(n, n, vec![run(n * 30, n * 30 + 29)]),
            NewEvent::new(Q1, appointment_id(n), finished),
        ];
        desk.store
            .write(|tx| {
                tx.append(&author, &events, &mut || next_salt(&mut salt))?;
                tx.mark_done(author.command, &answer)
            })
            .unwrap();
    }
    let each = (written(&desk) - before) as f64 / HOUSEHOLDS as f64;
    assert!(each < 5.5, "{each:.2} pages a delivery");
    desk.sound();
}
