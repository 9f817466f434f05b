// SPDX-License-Identifier: EUPL-1.2
//! What each figure counts, on a small campaign counted by hand.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::entitlement::{
    Collector, Custody, Document, DocumentKind, PaperMark, Refusal, RefusalReason, Reversal, Revision, Source,
};
use crate::ids::{CommandId, OperatorId, PaperKitId, ServiceId};
use crate::meta::{EventMeta, Topic};
use crate::time::{Hlc, Timestamp};
use uuid::Uuid;

const Q1: SiteId = SiteId(Uuid::from_u128(0x51));
const Q2: SiteId = SiteId(Uuid::from_u128(0x52));

fn desk(n: u128) -> DeskId {
    DeskId(Uuid::from_u128(n))
}

fn site_of(desk_id: DeskId) -> Option<SiteId> {
    [(desk(1), Q1), (desk(2), Q2)]
        .into_iter()
        .find(|(desk, _)| *desk == desk_id)
        .map(|(_, site)| site)
}

fn moment(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::of_rome(moment(text))
}

fn run(first: u64, last: u64) -> Run {
    Run {
        series: "A".into(),
        first,
        last,
        width: 6,
    }
}

fn right(n: u128, euros: i64) -> Entitlement {
    Entitlement {
        id: EntitlementId(Uuid::from_u128(0xe000 + n)),
        campaign: crate::ids::CampaignId::default(),
        household: HouseholdId(Uuid::from_u128(n)),
        revisions: vec![Revision {
            amount: Cents(euros * 100),
            source: Source {
                import: None,
                row: None,
                reason: String::new(),
            },
            at: at("2021-01-02 08:00"),
            by: OperatorId::default(),
        }],
        revoked: None,
        custody: Custody {
            holder: DeskId::default(),
            moves: 0,
            request: None,
            slips: vec![],
            reliefs: vec![],
        },
        deliveries: vec![],
        refusals: vec![],
        anomalies: vec![],
    }
}

fn delivery(n: u128, by: DeskId, when: &str, first: u64, last: u64) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(n)),
        at: at(when),
        desk: by,
        by: OperatorId::default(),
        collector: Collector::Member {
            member: None,
            document: Document {
                kind: DocumentKind::Passport,
                number: String::new(),
            },
        },
        runs: vec![run(first, last)],
        amount: Cents(i64::try_from(last - first + 1).unwrap() * 1000),
        appointment: None,
        forced: None,
        partial: None,
        reversal: None,
        paper: None,
    }
}

fn refused(by: DeskId, when: &str) -> Refusal {
    Refusal {
        reason: RefusalReason::NoDocument,
        note: String::new(),
        appointment: None,
        at: at(when),
        desk: by,
        by: OperatorId::default(),
    }
}

fn meeting_of(n: u128, household: u128, site: SiteId, start: &str) -> Appointment {
    let id = AppointmentId(Uuid::from_u128(n));
    let meta = EventMeta {
        desk: desk(1),
        topic: Topic::Quartiere(1),
        seq: 1,
        hlc: Hlc(1),
        at: at("2021-01-02 08:00"),
        entity: id.into(),
        actor: OperatorId::default(),
        command: CommandId::default(),
    };
    let mut appointment = Appointment::begun(id, &meta, ServiceId::default(), site, moment(start));
    appointment.household = Some(HouseholdId(Uuid::from_u128(household)));
    appointment
}

fn came(mut appointment: Appointment) -> Appointment {
    appointment.status = AppointmentStatus::Finished;
    appointment.presented_at = Some(Timestamp::of_rome(appointment.start));
    appointment
}

/// Six households: served; served by a walk-in; in part, after a refusal; booked and missed; withdrawn; taken back.
fn campaign() -> (Vec<Entitlement>, Vec<Appointment>) {
    let mut rights: Vec<Entitlement> = (1..=6).map(|n| right(n, 30)).collect();
    rights[0]
        .deliveries
        .push(delivery(1, desk(1), "2021-01-11 09:20", 1, 3));
    rights[1]
        .deliveries
        .push(delivery(2, desk(2), "2021-01-11 10:00", 21, 23));
    rights[2].refusals.push(refused(desk(1), "2021-01-11 11:00"));
    rights[2]
        .deliveries
        .push(delivery(3, desk(1), "2021-01-12 23:30", 4, 5));
    rights[4].revoked = Some("trasferito".into());
    let mut taken_back = delivery(6, desk(1), "2021-01-12 09:00", 7, 9);
    taken_back.reversal = Some(Reversal {
        reason: "errore".into(),
        returned: true,
        at: at("2021-01-13 09:00"),
        by: OperatorId::default(),
    });
    rights[5].deliveries.push(taken_back);
    let mut missed = meeting_of(4, 4, Q1, "2021-01-11 09:15");
    missed.status = AppointmentStatus::Missed;
    let mut off = meeting_of(5, 1, Q1, "2021-01-04 09:00");
    off.status = AppointmentStatus::Cancelled;
    let mut walked_in = came(meeting_of(7, 2, Q2, "2021-01-11 09:50"));
    walked_in.walk_in = true;
    let meetings = vec![
        came(meeting_of(1, 1, Q1, "2021-01-11 09:00")),
        came(meeting_of(2, 3, Q1, "2021-01-11 10:45")),
        meeting_of(3, 6, Q2, "2021-01-20 09:00"),
        missed,
        off,
        walked_in,
        came(meeting_of(8, 99, Q1, "2021-01-11 12:00")),
    ];
    (rights, meetings)
}

#[test]
fn each_household_counts_where_it_stands() {
    let (rights, meetings) = campaign();
    let sums = of_households(&entries(&rights, &meetings, site_of));
    let of = |figure| {
        let found = sums.iter().find(|(f, _)| *f == figure).unwrap().1;
        (found.count, found.amount.0 / 100)
    };
    assert_eq!(of(Figure::Entitled), (5, 150));
    assert_eq!(of(Figure::Revoked), (1, 30));
    assert_eq!(of(Figure::Booked), (4, 120), "1, 3, 4 and 6");
    assert_eq!(of(Figure::Presented), (2, 60), "nobody presents by walking in");
    assert_eq!(of(Figure::ServedOfPresented), (1, 30));
    assert_eq!(of(Figure::Served), (2, 60));
    assert_eq!(of(Figure::Partial), (1, 10), "what is missing");
    assert_eq!(
        of(Figure::Unserved),
        (2, 60),
        "4, and 6 whose delivery was taken back"
    );
    assert_eq!(of(Figure::Refused), (1, 10));
    assert_eq!(sums.len(), Figure::HOUSEHOLDS.len());
}

#[test]
fn each_act_counts_where_and_when_it_happened() {
    let (rights, meetings) = campaign();
    let days = by_site_and_day(&entries(&rights, &meetings, site_of));
    let of = |site, on: &str, figure| {
        let found = days.get(&(Some(site), day(on)));
        found
            .and_then(|day| day.sums.get(&figure))
            .map_or((0, 0), |sum| (sum.count, sum.amount.0 / 100))
    };
    assert_eq!(
        of(Q1, "2021-01-11", Figure::Appointments),
        (3, 0),
        "not of whoever has no right"
    );
    assert_eq!(of(Q1, "2021-01-11", Figure::Presentations), (2, 0));
    assert_eq!(of(Q1, "2021-01-11", Figure::NoShows), (1, 0));
    assert_eq!(of(Q2, "2021-01-11", Figure::WalkIns), (1, 0));
    assert_eq!(of(Q2, "2021-01-11", Figure::Appointments), (0, 0));
    assert_eq!(of(Q2, "2021-01-20", Figure::Appointments), (1, 0));
    assert_eq!(of(Q1, "2021-01-11", Figure::Deliveries), (1, 30));
    assert_eq!(
        of(Q1, "2021-01-12", Figure::Deliveries),
        (1, 20),
        "of the day in Italy; taken back ones aside"
    );
    assert_eq!(
        of(Q1, "2021-01-13", Figure::Reversals),
        (1, 30),
        "on the day on which it was taken back"
    );
    assert_eq!(of(Q1, "2021-01-11", Figure::Refusals), (1, 0));
    assert_eq!(of(Q1, "2021-01-04", Figure::Appointments), (0, 0), "called off");
    assert_eq!(days[&(Some(Q1), day("2021-01-11"))].runs, [run(1, 3)]);
    assert!(days[&(Some(Q1), day("2021-01-13"))].runs.is_empty());
}

#[test]
fn a_paper_form_counts_on_the_day_it_was_filled_in_and_an_unknown_desk_has_no_site() {
    let mut served = right(1, 30);
    let mut typed = delivery(1, desk(9), "2021-01-14 08:10", 1, 3);
    typed.paper = Some(PaperMark {
        kit: PaperKitId::default(),
        number: 4,
        at: moment("2021-01-13 10:30"),
        by: OperatorId::default(),
    });
    served.deliveries.push(typed);
    let days = by_site_and_day(&entries(&[served], &[], site_of));
    assert_eq!(days.keys().collect::<Vec<_>>(), [&(None, day("2021-01-13"))]);
}
