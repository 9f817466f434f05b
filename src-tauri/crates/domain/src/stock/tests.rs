// SPDX-License-Identifier: EUPL-1.2
//! What may be written of vouchers, and where they are then.

use super::*;
use crate::context::{Ctx, tests::ctx};
use crate::event::{Event, NewEvent};
use crate::ids::{CampaignId, DeskId};
use crate::meta::Topic;
use crate::money::Cents;
use crate::office::Role;
use crate::refusal::Rejection;
use crate::serial::{self, Run};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const Q1: Topic = Topic::Quartiere(1);

fn run(first: u64, last: u64) -> Run {
    Run {
        series: "A".into(),
        first,
        last,
        width: 6,
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 1, 18).unwrap()
}

fn received(runs: Vec<Run>) -> StockReceived {
    StockReceived {
        campaign: CampaignId::default(),
        denomination: Cents(1000),
        runs,
        note: String::new(),
        delivery_note: None,
    }
}

fn number(from: u128, number: u32) -> ShipmentNo {
    ShipmentNo {
        from: DeskId(Uuid::from_u128(from)),
        number,
    }
}

#[test]
fn a_serial_is_received_once() {
    let ctx = ctx();
    let take = |runs, known: &[Run]| receive(&ctx, Q1, received(runs), known);
    assert_eq!(take(vec![run(1, 50)], &[]).unwrap().len(), 1);
    let twice = take(vec![run(41, 90)], &[run(1, 50)]);
    assert_eq!(
        twice,
        Err(Rejection::SerialAlreadyReceived {
            first: "A000041".into(),
            last: "A000050".into()
        })
    );
    let within = take(vec![run(1, 50), run(50, 60)], &[]);
    assert!(matches!(within, Err(Rejection::SerialAlreadyReceived { .. })));
    assert_eq!(take(vec![], &[]), Err(Rejection::SerialsMissing));
    assert_eq!(take(vec![run(9, 3)], &[]), Err(Rejection::SerialsMissing));
}

#[test]
fn where_fewer_came_than_declared_the_note_says_why() {
    let ctx = ctx();
    let with = |declared, note: &str| {
        let mut body = received(vec![run(1, 50)]);
        body.note = note.into();
        body.delivery_note = Some(DeliveryNote {
            number: "12".into(),
            date: day(),
            declared,
            boxes: 1,
        });
        receive(&ctx, Q1, body, &[])
    };
    assert!(with(50, "").is_ok());
    assert_eq!(
        with(60, " "),
        Err(Rejection::DeclaredDiffers {
            declared: 60,
            counted: 50
        })
    );
    assert!(with(60, "Manca un carnet").is_ok());
}

#[test]
fn a_gap_and_an_overlap_between_boxes_are_found() {
    let boxes = |runs: &[(u64, u64)]| -> Vec<SupplyBox> {
        let of = |(first, last): &(u64, u64)| SupplyBox {
            label: String::new(),
            runs: vec![run(*first, *last)],
        };
        runs.iter().map(of).collect()
    };
    let odd = boxes(&[(1, 50), (101, 150), (61, 100), (140, 160)]);
    assert_eq!(gaps(&odd), vec![run(51, 60)]);
    assert_eq!(twice(&odd), vec![run(140, 150)]);
    let even = boxes(&[(51, 100), (1, 50)]);
    assert_eq!((gaps(&even), twice(&even)), (vec![], vec![]));
}

#[test]
fn only_what_is_held_can_be_removed_and_with_a_reason() {
    let ctx = ctx();
    let body = |runs, note: &str| StockRemoved {
        campaign: CampaignId::default(),
        runs,
        reason: RemovalReason::Damaged,
        note: note.into(),
    };
    assert!(remove(&ctx, Q1, body(vec![run(3, 4)], "bagnati"), &[run(1, 50)]).is_ok());
    let other = remove(&ctx, Q1, body(vec![run(50, 51)], "bagnati"), &[run(1, 50)]);
    assert!(matches!(other, Err(Rejection::SerialNotHeld { .. })));
    let silent = remove(&ctx, Q1, body(vec![run(3, 4)], " "), &[run(1, 50)]);
    assert_eq!(silent, Err(Rejection::ReasonMissing));
}

fn arrival(runs: Vec<Run>) -> StockArrived {
    StockArrived {
        shipment: number(2, 1),
        campaign: CampaignId::default(),
        denomination: Cents(1000),
        runs,
        note: String::new(),
    }
}

#[test]
fn what_is_not_on_a_known_shipment_does_not_arrive_with_it() {
    let ctx = ctx();
    let sent = [run(1, 50)];
    let take = |runs, sent: Option<&[Run]>, elsewhere: &[Run]| {
        arrive(&ctx, Q1, arrival(runs), Arrival { sent, elsewhere })
    };
    assert!(take(vec![run(1, 20)], Some(&sent), &[]).is_ok());
    assert_eq!(
        take(vec![run(41, 60)], Some(&sent), &[]),
        Err(Rejection::SerialNotInShipment {
            first: "A000051".into(),
            last: "A000060".into()
        })
    );
    // Before the sender's record the paper is believed.
    assert!(take(vec![run(41, 60)], None, &[]).is_ok());
    let again = take(vec![run(1, 20)], Some(&sent), &[run(20, 20)]);
    assert!(matches!(again, Err(Rejection::SerialAlreadyReceived { .. })));
}

#[test]
fn a_sender_takes_back_and_a_supervisor_says_that_they_are_lost() {
    let operator = ctx();
    let supervisor = Ctx {
        role: Role::Supervisor,
        ..operator
    };
    let open = [run(1, 50)];
    let settle = |ctx: &Ctx, from: DeskId, outcome, runs| {
        let body = StockSettled {
            shipment: ShipmentNo { from, number: 1 },
            campaign: CampaignId::default(),
            runs,
            outcome,
            note: "Auto rientrata".into(),
        };
        settle(
            ctx,
            body,
            Settlement {
                topic: Q1,
                open: &open,
            },
        )
    };
    let (own, other) = (operator.desk, DeskId(Uuid::from_u128(9)));
    assert!(settle(&operator, own, ShipmentOutcome::TakenBack, vec![run(1, 5)]).is_ok());
    assert!(matches!(
        settle(&operator, own, ShipmentOutcome::Lost, vec![run(1, 5)]),
        Err(Rejection::RoleTooLow { .. })
    ));
    assert_eq!(
        settle(&operator, other, ShipmentOutcome::TakenBack, vec![run(1, 5)]),
        Err(Rejection::NotYourShipment { desk: other })
    );
    let written = settle(&supervisor, other, ShipmentOutcome::Lost, vec![run(1, 5)]).unwrap();
    assert_eq!(written[0].entity.id, other.0, "it stands with the sender's");
    assert!(matches!(
        settle(&supervisor, other, ShipmentOutcome::Lost, vec![run(50, 51)]),
        Err(Rejection::SerialNotInTransit { .. })
    ));
}

#[test]
fn vouchers_are_destroyed_with_minutes() {
    let destroy = |number: &str, present: &str, runs| {
        let body = StockDestroyed {
            campaign: CampaignId::default(),
            runs,
            minutes: Minutes {
                number: number.into(),
                date: day(),
                present: present.into(),
            },
        };
        destroy(Q1, ctx().desk, body, &[run(1, 10)])
    };
    assert!(destroy("4/2021", "Bianchi, Neri", vec![run(1, 10)]).is_ok());
    for (number, present) in [("", "Bianchi"), ("4/2021", " ")] {
        assert!(matches!(
            destroy(number, present, vec![run(1, 10)]),
            Err(Rejection::FieldInvalid { .. })
        ));
    }
    assert!(matches!(
        destroy("4/2021", "Bianchi", vec![run(10, 11)]),
        Err(Rejection::SerialNotHeld { .. })
    ));
}

#[test]
fn a_code_is_read_as_it_was_made_and_in_capitals() {
    let bolla = Bolla {
        shipment: number(0xabc, 7),
        campaign: CampaignId(Uuid::from_u128(0x71)),
        runs: vec![run(1, 250), run(301, 301)],
    };
    assert_eq!(Bolla::parse(&bolla.qr()), Some(bolla.clone()));
    assert_eq!(Bolla::parse(&bolla.qr().to_uppercase()), Some(bolla));
    for nonsense in ["", "SPORTELLO:B:", "SPORTELLO:B:1:2:3:4", "A000001"] {
        assert_eq!(Bolla::parse(nonsense), None, "{nonsense:?}");
    }
}

fn moved(desk: u128, moved: Moved, runs: Vec<Run>) -> (u128, Movement) {
    let movement = Movement {
        campaign: CampaignId::default(),
        runs,
        moved,
        note: String::new(),
        at: ctx().now,
        by: ctx().operator,
        desk: DeskId(Uuid::from_u128(desk)),
    };
    (desk, movement)
}

fn stocks(movements: Vec<(u128, Movement)>) -> Vec<Stock> {
    let mut stocks: Vec<Stock> = (1..=3)
        .map(|desk| Stock {
            desk: DeskId(Uuid::from_u128(desk)),
            movements: Vec::new(),
        })
        .collect();
    for (desk, movement) in movements {
        stocks[usize::try_from(desk).unwrap() - 1]
            .movements
            .push(movement);
    }
    stocks
}

fn buckets(stocks: &[Stock], out: &[Vec<Run>]) -> Vec<Buckets> {
    let campaign = CampaignId::default();
    let arrived = |shipment| -> Vec<Run> {
        stocks
            .iter()
            .flat_map(|stock| stock.arrived(shipment))
            .flat_map(|movement| movement.runs.clone())
            .collect()
    };
    stocks
        .iter()
        .zip(out)
        .map(|(stock, out)| {
            let held = serial::subtract(&stock.supplied(campaign), out);
            Buckets::of(stock.places(campaign), &held, arrived)
        })
        .collect()
}

const NO_DELIVERIES: [Vec<Run>; 3] = [vec![], vec![], vec![]];

#[test]
fn of_a_shipment_that_arrives_in_part_the_rest_is_in_transit_until_it_is_settled() {
    let shipment = number(1, 1);
    let to = DeskId(Uuid::from_u128(2));
    let delivery_note = None;
    let mut moves = vec![
        moved(1, Moved::Received { delivery_note }, vec![run(1, 100)]),
        moved(1, Moved::Shipped { shipment, to }, vec![run(1, 50)]),
        moved(2, Moved::Arrived { shipment }, vec![run(1, 40)]),
    ];
    let found = buckets(&stocks(moves.clone()), &NO_DELIVERIES);
    assert_eq!(found[0].in_transit, vec![run(41, 50)]);
    assert_eq!(found[0].transferred, vec![run(1, 40)]);
    assert_eq!(found[0].held, vec![run(51, 100)]);
    assert_eq!(found[1].held, vec![run(1, 40)]);
    let outcome = ShipmentOutcome::Lost;
    moves.push(moved(1, Moved::Settled { shipment, outcome }, vec![run(41, 50)]));
    let found = buckets(&stocks(moves.clone()), &NO_DELIVERIES);
    assert_eq!(
        (&found[0].in_transit, &found[0].lost),
        (&vec![], &vec![run(41, 50)])
    );
    // It was found after all: where it is counts, not what was settled.
    moves.push(moved(2, Moved::Arrived { shipment }, vec![run(41, 50)]));
    let found = buckets(&stocks(moves), &NO_DELIVERIES);
    assert_eq!(found[0].lost, vec![]);
    let office = Office::of(&found);
    assert_eq!(
        (serial::count(&office.held), serial::count(&office.lost)),
        (100, 0)
    );
}

#[test]
fn what_is_set_aside_is_held_and_free_once_it_leaves() {
    let delivery_note = None;
    let aside = Moved::Reserved {
        purpose: Some("Domicilio".into()),
    };
    let moves = vec![
        moved(1, Moved::Received { delivery_note }, vec![run(1, 100)]),
        moved(1, aside, vec![run(1, 20)]),
        moved(1, Moved::Reserved { purpose: None }, vec![run(1, 5)]),
        moved(
            1,
            Moved::Removed {
                reason: RemovalReason::Damaged,
            },
            vec![run(6, 6)],
        ),
    ];
    let places = stocks(moves)[0].places(CampaignId::default());
    assert_eq!(places.reserved.len(), 1);
    assert_eq!(places.reserved[0].runs, vec![run(7, 20)]);
}

type Voucher = (String, u8, u64);

fn each(runs: &[Run]) -> Vec<Voucher> {
    runs.iter()
        .flat_map(|run| (run.first..=run.last).map(|n| (run.series.clone(), run.width, n)))
        .collect()
}

/// That these are together, without anything twice, what was to be divided.
fn divided(into: &[&[Run]], all: &[Run]) {
    let parts: Vec<Voucher> = into.iter().flat_map(|runs| each(runs)).collect();
    let set: BTreeSet<Voucher> = parts.iter().cloned().collect();
    assert_eq!(parts.len(), set.len(), "something is in two places: {into:?}");
    assert_eq!(set, each(all).into_iter().collect(), "something is nowhere");
}

fn movements() -> impl Strategy<Value = Vec<(u128, Movement)>> {
    let runs = prop::collection::vec((0_u64..40, 0_u64..12), 1..3);
    let one = (1_u128..4, 0_u8..11, runs, 1_u128..4, 1_u32..4).prop_map(|(desk, what, runs, other, nth)| {
        let runs = runs
            .into_iter()
            .map(|(first, more)| run(first, first + more))
            .collect();
        let own = number(desk, nth);
        let moved_as = match what {
            0..=2 => Moved::Received { delivery_note: None },
            3 | 4 => Moved::Shipped {
                shipment: own,
                to: DeskId(Uuid::from_u128(other)),
            },
            5 | 6 => Moved::Arrived {
                shipment: number(other, nth),
            },
            7 => Moved::Settled {
                shipment: own,
                outcome: [
                    ShipmentOutcome::TakenBack,
                    ShipmentOutcome::Lost,
                    ShipmentOutcome::Damaged,
                ][nth as usize - 1],
            },
            8 => Moved::Reserved {
                purpose: (nth > 1).then(|| "Domicilio".into()),
            },
            9 => Moved::Destroyed {
                minutes: Minutes {
                    number: "1".into(),
                    date: day(),
                    present: "Neri".into(),
                },
            },
            _ => Moved::Removed {
                reason: [
                    RemovalReason::Damaged,
                    RemovalReason::Lost,
                    RemovalReason::Returned,
                    RemovalReason::Miscounted,
                ][(nth as usize + usize::try_from(other).unwrap()) % 4],
            },
        };
        moved(desk, moved_as, runs)
    });
    prop::collection::vec(one, 0..25)
}

proptest! {
    /// Whatever desks write, contradictions included: each voucher that came to a desk is in one place there, and in the office.
    #[test]
    fn a_voucher_is_at_each_moment_in_exactly_one_place(
        movements in movements(),
        out in prop::array::uniform3(prop::collection::vec((0_u64..40, 0_u64..6), 0..3)),
    ) {
        let stocks = stocks(movements);
        let out: Vec<Vec<Run>> = out
            .iter()
            .map(|runs| runs.iter().map(|(first, more)| run(*first, first + more)).collect())
            .collect();
        let found = buckets(&stocks, &out);
        for (stock, buckets) in stocks.iter().zip(&found) {
            divided(&buckets.all(), &buckets.came());
            let places = stock.places(CampaignId::default());
            for reserved in &places.reserved {
                prop_assert!(serial::subtract(&reserved.runs, &places.present).is_empty());
            }
            let aside: Vec<Run> = places.reserved.iter().flat_map(|r| r.runs.clone()).collect();
            let distinct: BTreeSet<Voucher> = each(&aside).into_iter().collect();
            prop_assert_eq!(distinct.len(), each(&aside).len(), "set aside once");
        }
        let office = Office::of(&found);
        divided(&office.all(), &office.received);
    }
}

#[test]
fn shipments_are_numbered_by_their_sender() {
    let mut stock = stocks(vec![])[0].clone();
    assert_eq!(stock.next_shipment(), 1);
    let to = DeskId(Uuid::from_u128(2));
    let shipment = number(1, 1);
    stock
        .movements
        .push(moved(1, Moved::Shipped { shipment, to }, vec![run(1, 2)]).1);
    assert_eq!(stock.next_shipment(), 2);
    assert!(stock.shipped(shipment).is_some());
}

#[test]
fn a_shipment_is_of_vouchers_that_are_held_and_goes_to_another_desk() {
    let ctx = ctx();
    let send = |to, runs| -> Result<Vec<NewEvent>, Rejection> {
        let body = StockShipped {
            shipment: ShipmentNo {
                from: ctx.desk,
                number: 1,
            },
            to,
            campaign: CampaignId::default(),
            denomination: Cents(1000),
            runs,
            note: String::new(),
        };
        ship(&ctx, Q1, body, &[run(1, 50)])
    };
    let other = DeskId(Uuid::from_u128(9));
    let written = send(other, vec![run(1, 50)]).unwrap();
    assert!(matches!(written[0].event, Event::StockShipped(_)));
    assert!(matches!(
        send(ctx.desk, vec![run(1, 5)]),
        Err(Rejection::FieldInvalid { .. })
    ));
    assert!(matches!(
        send(other, vec![run(50, 51)]),
        Err(Rejection::SerialNotHeld { .. })
    ));
    assert!(matches!(
        send(other, vec![run(1, 5), run(5, 6)]),
        Err(Rejection::SerialTwice { .. })
    ));
}
