// SPDX-License-Identifier: EUPL-1.2
//! Vouchers by serial: they come with a delivery note, go from desk to desk, are set aside, lost, destroyed, and are at each moment at
//! one place.

use crate::world::World;
use sportello_desk::query::DocumentRequest;
use sportello_desk::view::{BucketCounts, SerialDeed, ShipmentRow, StockLedgerView};
use sportello_desk::{Command, Query, View};
use sportello_domain::entitlement::RefusalReason;
use sportello_domain::exceptions::CaseKind;
use sportello_domain::ids::DeskId;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::{
    Bolla, DeliveryNote, Minutes, Moved, RemovalReason, ShipmentNo, ShipmentOutcome, SupplyBox,
};
use sportello_tests::answers::words_of;
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use sportello_tests::facts::CAMPAIGN;
use sportello_tests::seat::Seat;

fn run(first: &str, last: &str) -> Run {
    Run::between(first, last).unwrap()
}

fn runs(first: &str, last: &str) -> Vec<Run> {
    vec![run(first, last)]
}

fn send(from: &Seat, to: &Seat, runs: Vec<Run>) -> ShipmentNo {
    from.act(Command::ShipStock {
        campaign: CAMPAIGN,
        runs,
        to: to.desk.id(),
        note: "Con l'auto delle 9".into(),
    });
    let own = from.desk.id();
    let sent = from
        .shipments()
        .into_iter()
        .filter(|row| row.shipment.from == own);
    sent.map(|row| row.shipment).max().unwrap()
}

fn take(shipment: ShipmentNo, runs: Vec<Run>) -> Command {
    Command::AcknowledgeShipment {
        shipment,
        campaign: CAMPAIGN,
        runs,
        note: String::new(),
    }
}

fn the(rows: Vec<ShipmentRow>, shipment: ShipmentNo) -> ShipmentRow {
    rows.into_iter().find(|row| row.shipment == shipment).unwrap()
}

fn settle(shipment: ShipmentNo, runs: Vec<Run>, outcome: ShipmentOutcome) -> Command {
    Command::SettleShipment {
        shipment,
        runs,
        outcome,
        note: "Autista sentito".into(),
    }
}

/// The sum of the places in which a voucher may be.
fn somewhere(c: &BucketCounts) -> u64 {
    c.held
        + c.delivered
        + c.in_transit
        + c.transferred
        + c.damaged
        + c.lost
        + c.returned
        + c.destroyed
        + c.miscounted
}

/// Both sides of the equation, which must be the same, and what each desk had against where it is.
fn conserved(ledger: &StockLedgerView) -> u64 {
    let office = ledger.office.as_ref().unwrap();
    assert_eq!(office.received, office.accounted, "{ledger:?}");
    assert_eq!(somewhere(&office.counts), office.received, "{ledger:?}");
    office.received
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_an_overlap_and_what_is_there_already_are_told_before_booklets_are_taken_in() {
    let world = World::new().await;
    let desk = &world.a;
    let paper = DeliveryNote {
        number: "12".into(),
        date: march(1, 0, 0).date(),
        declared: 150,
        boxes: 3,
    };
    let of = |runs: &[(&str, &str)]| -> Vec<SupplyBox> {
        let of = |(first, last): &(&str, &str)| SupplyBox {
            label: String::new(),
            runs: vec![run(first, last)],
        };
        runs.iter().map(of).collect()
    };
    let ask = |boxes| match desk.ask(&Query::SupplyPreview {
        campaign: CAMPAIGN,
        delivery_note: Some(paper.clone()),
        boxes,
    }) {
        View::SupplyPreview(view) => view,
        other => panic!("{other:?}"),
    };
    // Boxes of which one is missing, one was scanned in part twice, and one was taken in before.
    let odd = ask(of(&[
        ("D0001", "D0050"),
        ("D0061", "D0100"),
        ("D0091", "D0110"),
        ("A0390", "A0400"),
    ]));
    assert_eq!(odd.gaps, runs("D0051", "D0060"));
    assert_eq!(odd.twice, runs("D0091", "D0100"));
    assert_eq!(odd.known.len(), 1);
    assert_eq!(
        (&odd.known[0].runs, &*odd.known[0].desk.name),
        (&runs("A0390", "A0400"), "Q1-A")
    );
    assert_eq!((odd.count, odd.declared, odd.differs), (111, Some(150), true));
    let fine = ask(of(&[("D0001", "D0050"), ("D0051", "D0150")]));
    assert_eq!(
        (fine.gaps.len(), fine.twice.len(), fine.known.len(), fine.differs),
        (0, 0, 0, false)
    );

    // Fewer than declared come in only with a word about it.
    let receive = |last: &str, note: &str| Command::ReceiveStock {
        campaign: CAMPAIGN,
        runs: runs("D0001", last),
        note: note.into(),
        delivery_note: Some(paper.clone()),
    };
    assert_eq!(desk.refused(receive("D0140", "")), "declared_differs");
    desk.act(receive("D0140", "Manca un carnet, avvisata la Direzione gare"));
    let came = &desk.stock(CAMPAIGN).movements[0];
    let Moved::Received { delivery_note } = &came.movement.moved else {
        panic!("{came:?}");
    };
    assert_eq!(delivery_note.as_ref(), Some(&paper));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_transfer_only_part_arrives_and_the_rest_is_in_transit_until_it_is_settled() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    a.receive("D0001", "D0100");
    world.meet().await;
    let before = a.stock(CAMPAIGN);
    let sent = send(a, b, runs("D0001", "D0050"));
    let stock = a.stock(CAMPAIGN);
    assert_eq!(stock.held_count, before.held_count - 50, "gone at once");
    assert_eq!((stock.counts.in_transit, stock.removed), (50, 50));
    assert_eq!(the(a.shipments(), sent).name, "Q1-A 1");
    let again = Command::ShipStock {
        campaign: CAMPAIGN,
        runs: runs("D0050", "D0051"),
        to: b.desk.id(),
        note: String::new(),
    };
    assert_eq!(a.refused(again), "serial_not_held");
    let paper = words_of(&a.document(DocumentRequest::Bolla { shipment: sent }));
    for word in [
        "Q1-A 1",
        "D0001",
        "D0050",
        "500,00",
        b.status().desk.name.as_str(),
    ] {
        assert!(paper.contains(word), "{word}: {paper}");
    }
    world.meet().await;

    // It waits at the receiver, who counts what is there.
    assert_eq!(b.stock(CAMPAIGN).coming, 50);
    let receive = Command::ReceiveStock {
        campaign: CAMPAIGN,
        runs: runs("D0001", "D0050"),
        note: "Bolla".into(),
        delivery_note: None,
    };
    assert_eq!(
        b.refused(receive),
        "serial_already_received",
        "it comes with its shipment"
    );
    assert_eq!(
        b.refused(take(sent, runs("D0041", "D0060"))),
        "serial_not_in_shipment"
    );
    b.act(take(sent, runs("D0001", "D0040")));
    assert_eq!(
        b.refused(take(sent, runs("D0040", "D0041"))),
        "serial_already_received"
    );
    world.meet().await;
    let row = the(a.shipments(), sent);
    assert_eq!((row.open, row.open_count), (runs("D0041", "D0050"), 10));
    assert!(row.may_take_back && !row.may_write_off);
    assert_eq!(supervisor.inbox().rows, vec![], "nothing is odd about a transfer");

    // The sender takes back what came back to it; that the rest is lost a supervisor says.
    assert_eq!(
        a.refused(settle(sent, runs("D0046", "D0050"), ShipmentOutcome::Lost)),
        "role_too_low"
    );
    assert_eq!(
        b.refused(settle(sent, runs("D0046", "D0050"), ShipmentOutcome::TakenBack)),
        "not_your_shipment"
    );
    a.act(settle(sent, runs("D0041", "D0045"), ShipmentOutcome::TakenBack));
    assert_eq!(
        a.refused(settle(sent, runs("D0040", "D0040"), ShipmentOutcome::TakenBack)),
        "serial_not_in_transit"
    );
    world.meet().await;
    supervisor.act(settle(sent, runs("D0046", "D0050"), ShipmentOutcome::Lost));
    world.meet().await;
    let stock = a.stock(CAMPAIGN);
    assert_eq!(
        (
            stock.counts.in_transit,
            stock.counts.lost,
            stock.counts.transferred
        ),
        (0, 5, 40)
    );
    let ledger = supervisor.stock_ledger(CAMPAIGN);
    conserved(&ledger);
    assert_eq!(ledger.office.unwrap().counts.lost, 5);
    assert_eq!(supervisor.inbox().rows, vec![]);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn vouchers_arrive_with_their_paper_before_the_record_of_the_sender() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    a.receive("D0001", "D0100");
    world.meet().await;
    a.unplug();
    let sent = send(a, b, runs("D0001", "D0050"));
    let code = Bolla {
        shipment: sent,
        campaign: CAMPAIGN,
        runs: runs("D0001", "D0050"),
    };
    let View::Bolla(paper) = b.ask(&Query::Bolla { code: code.qr() }) else {
        panic!("the code is read");
    };
    assert!(!paper.known);
    assert_eq!(
        (paper.shipment, paper.runs.clone()),
        (sent, runs("D0001", "D0050"))
    );
    b.act(take(sent, paper.runs));
    assert_eq!(
        serial::count(&b.stock(CAMPAIGN).held),
        b.stock(CAMPAIGN).held_count
    );
    // Nobody is told that they were supplied twice, before or after.
    b.exchange().await;
    supervisor.exchange().await;
    assert_eq!(supervisor.inbox().rows, vec![]);
    conserved(&supervisor.stock_ledger(CAMPAIGN));
    a.plug();
    world.meet().await;
    assert_eq!(supervisor.inbox().rows, vec![]);
    let row = the(a.shipments(), sent);
    assert_eq!((row.open_count, row.arrived), (0, runs("D0001", "D0050")));
    conserved(&supervisor.stock_ledger(CAMPAIGN));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serial_is_held_by_one_desk_at_a_moment_and_its_history_says_by_which() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    a.receive("D0001", "D0100");
    world.office.time.pass_minutes(5);
    let sent = send(a, b, runs("D0001", "D0100"));
    world.meet().await;
    world.office.time.pass_minutes(5);
    b.act(take(sent, runs("D0001", "D0100")));
    world.meet().await;
    let history = supervisor.serial_history(CAMPAIGN, "D0007");
    let names: Vec<&str> = history.periods.iter().map(|p| p.desk.name.as_str()).collect();
    let b_name = b.status().desk.name.clone();
    assert_eq!(names, ["Q1-A", b_name.as_str()]);
    let [first, second] = &history.periods[..] else {
        panic!("{history:?}");
    };
    assert!(
        first.to.is_some_and(|to| to < second.from) && second.to.is_none(),
        "{history:?}"
    );
    assert_eq!(history.steps.len(), 3);
    // What was delivered is in the history too.
    let serial = a.counter(right(rossi)).next_serials[0].first_serial();
    world.office.time.pass_minutes(5);
    a.serve(rossi, march(1, 9, 30));
    world.meet().await;
    let history = supervisor.serial_history(CAMPAIGN, &serial);
    assert!(
        matches!(history.steps.last().unwrap().deed, SerialDeed::Delivered { household, .. } if household == rossi)
    );
    assert!(history.periods.iter().all(|period| period.to.is_some()));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_booklet_is_gone_in_mid_queue_and_another_desk_sends_some() {
    let world = World::new().await;
    let (a, b) = (&world.a, &world.b);
    let [rossi, verdi] = world.households(["Rossi", "Verdi"]).await;
    // All but one household's vouchers go away.
    let mut held = a.stock(CAMPAIGN).held;
    let last = held.pop().unwrap();
    let keep = Run {
        first: last.last - 14,
        ..last.clone()
    };
    held.extend(serial::subtract(&[last], std::slice::from_ref(&keep)));
    let away = send(a, b, held);
    a.serve(rossi, march(1, 9, 15));
    assert_eq!(a.stock(CAMPAIGN).held_count, 0);
    let appointment = a.at_the_counter(verdi, march(1, 9, 30));
    let counter = a.counter(right(verdi));
    assert_eq!(counter.obstacle.unwrap().problem.code, "stock_short");
    a.refuse(verdi, Some(appointment), RefusalReason::NoStock);
    world.meet().await;
    // The shipment comes back, and who was sent away is served.
    let some = the(a.shipments(), away).open;
    a.act(settle(away, some, ShipmentOutcome::TakenBack));
    a.serve(verdi, march(1, 9, 45));
    world.meet().await;
    conserved(&world.supervisor.stock_ledger(CAMPAIGN));
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_aside_is_offered_last_and_told_and_does_not_stop_a_delivery() {
    let world = World::new().await;
    let desk = &world.a;
    let [rossi] = world.households(["Rossi"]).await;
    let first = desk.counter(right(rossi)).next_serials[0].clone();
    let aside = |purpose: Option<&str>| Command::ReserveStock {
        campaign: CAMPAIGN,
        runs: vec![first.clone()],
        purpose: purpose.map(str::to_owned),
    };
    assert_eq!(desk.refused(aside(Some(" "))), "reason_missing");
    desk.act(aside(Some("consegne a domicilio")));
    let stock = desk.stock(CAMPAIGN);
    assert_eq!((stock.reserved_count, stock.held_count), (first.count(), 400));
    assert!(
        !desk
            .counter(right(rossi))
            .next_serials
            .iter()
            .any(|run| run.overlaps(&first))
    );
    let View::SerialCheck(check) = desk.ask(&Query::CheckSerials {
        campaign: CAMPAIGN,
        first: first.first_serial(),
        last: first.last_serial(),
    }) else {
        panic!("serials are checked");
    };
    assert_eq!(
        (check.problem, check.aside.as_deref()),
        (None, Some("consegne a domicilio"))
    );
    desk.act(aside(None));
    assert_eq!(desk.stock(CAMPAIGN).reserved_count, 0);
    assert_eq!(desk.counter(right(rossi)).next_serials, vec![first]);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booklet_lost_before_the_receipt_is_the_offices_and_damaged_ones_are_destroyed_with_minutes() {
    let world = World::new().await;
    let (desk, supervisor) = (&world.a, &world.supervisor);
    let [rossi] = world.households(["Rossi"]).await;
    desk.receive("D0001", "D0100");
    let remove = |first: &str, last: &str, reason| Command::RemoveStock {
        campaign: CAMPAIGN,
        runs: runs(first, last),
        reason,
        note: "Verbale in busta".into(),
    };
    desk.act(remove("D0001", "D0015", RemovalReason::Lost));
    desk.act(remove("D0016", "D0020", RemovalReason::Damaged));
    // Lost before the receipt: the household is still due all of it, and is served with others.
    assert_eq!(desk.counter(right(rossi)).entitlement.delivered.0, 0);
    desk.serve(rossi, march(1, 9, 15));
    let minutes = |number: &str| Minutes {
        number: number.into(),
        date: march(1, 0, 0).date(),
        present: "Bianchi, Neri".into(),
    };
    let destroy = |number: &str, first: &str, last: &str| Command::DestroyStock {
        desk: Some(world.a.desk.id()),
        campaign: CAMPAIGN,
        runs: runs(first, last),
        minutes: minutes(number),
    };
    assert_eq!(desk.refused(destroy("4/2021", "D0016", "D0021")), "role_too_low");
    world.meet().await;
    assert_eq!(supervisor.refused(destroy("", "D0016", "D0021")), "field_invalid");
    assert_eq!(
        supervisor.refused(destroy("4/2021", "D0001", "D0021")),
        "serial_not_held"
    );
    supervisor.act(destroy("4/2021", "D0016", "D0021"));
    world.meet().await;
    let counts = desk.stock(CAMPAIGN).counts;
    assert_eq!((counts.lost, counts.damaged, counts.destroyed), (15, 0, 6));
    let again = Command::ReceiveStock {
        campaign: CAMPAIGN,
        runs: runs("D0016", "D0016"),
        note: String::new(),
        delivery_note: None,
    };
    assert_eq!(
        desk.refused(again),
        "serial_already_received",
        "ashes do not come back"
    );
    conserved(&supervisor.stock_ledger(CAMPAIGN));
    assert_eq!(supervisor.inbox().rows, vec![]);
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_and_arrived_all_the_same_is_seen_by_a_supervisor() {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    a.receive("D0001", "D0050");
    let sent = send(a, b, runs("D0001", "D0050"));
    world.meet().await;
    a.unplug();
    a.act(settle(sent, runs("D0001", "D0050"), ShipmentOutcome::TakenBack));
    b.act(take(sent, runs("D0001", "D0050")));
    a.plug();
    world.meet().await;
    let kinds: Vec<CaseKind> = supervisor
        .inbox()
        .rows
        .into_iter()
        .map(|row| row.matter.kind)
        .collect();
    assert_eq!(kinds, [CaseKind::SuppliedTwice]);
    conserved(&supervisor.stock_ledger(CAMPAIGN));
    let nobody = Command::ShipStock {
        campaign: CAMPAIGN,
        runs: runs("D0001", "D0001"),
        to: DeskId::default(),
        note: String::new(),
    };
    assert_eq!(a.refused(nobody), "not_found");
    world.assert_sound();
}
