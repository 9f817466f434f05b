// SPDX-License-Identifier: EUPL-1.2
//! One event or more of each kind, with every optional field there and not there.

use chrono::{NaiveDate, NaiveTime};
use sportello_domain::agenda as g;
use sportello_domain::appointment as a;
use sportello_domain::campaign as c;
use sportello_domain::closing as k;
use sportello_domain::desk as d;
use sportello_domain::entitlement as e;
use sportello_domain::erasure as x;
use sportello_domain::event::Event;
use sportello_domain::exceptions as q;
use sportello_domain::household as h;
use sportello_domain::identifier::PersonIdentifier;
use sportello_domain::ids as id;
use sportello_domain::import as i;
use sportello_domain::look as l;
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::office as o;
use sportello_domain::paper as p;
use sportello_domain::plan as pl;
use sportello_domain::queue::{Priority, Ticket};
use sportello_domain::sample as w;
use sportello_domain::serial::Run;
use sportello_domain::stock as s;
use sportello_domain::time::Timestamp;
use sportello_protocol::{Body, Link, Record, adopted};
use uuid::Uuid;

fn n(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 1, day).unwrap()
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn set_by(by: o::PassphraseSetBy) -> Event {
    o::PassphraseSet { by }.into()
}

fn adopted_record(body: Body) -> d::RecordAdopted {
    let record = Record {
        head: vec![0x89; 30],
        body,
    };
    adopted::adopt(&record, id::DeskId(n(0xd0)), Link([0xb4; 32]))
}

fn stretch() -> d::LogStretch {
    d::LogStretch {
        topic: Topic::Quartiere(3),
        first: 4,
        last: 6,
    }
}

fn household() -> h::HouseholdData {
    h::HouseholdData {
        members: vec![
            h::Member {
                id: id::MemberId(n(0x31)),
                surname: "Dell’Èrba".into(),
                name: "Niccolò".into(),
                identifier: PersonIdentifier::parse("CCCFBA85D03L219P").unwrap(),
                birth_date: NaiveDate::from_ymd_opt(1985, 4, 3),
            },
            h::Member {
                id: id::MemberId(n(0x32)),
                surname: "Diop".into(),
                name: "Awa".into(),
                identifier: PersonIdentifier::parse("STP0902010000012").unwrap(),
                birth_date: None,
            },
            h::Member {
                id: id::MemberId(n(0x33)),
                surname: "Dell’Èrba".into(),
                name: "Mia".into(),
                identifier: PersonIdentifier::None,
                birth_date: None,
            },
        ],
        size: 4,
        minors: 1,
        disabled: 1,
        resident: true,
        quartiere: 3,
        address: h::Address {
            street: "Via dell'Agnolo".into(),
            number: "12".into(),
            colour: h::NumberColour::Red,
            exponent: "bis".into(),
        },
        phone: "055 0000000".into(),
        email: "n.dellerba@example.it".into(),
        list_ref: "2021/00042".into(),
    }
}

fn runs() -> Vec<Run> {
    vec![
        Run {
            series: "AB".into(),
            first: 1_001,
            last: 1_035,
            width: 7,
        },
        Run {
            series: String::new(),
            first: 9,
            last: 9,
            width: 4,
        },
    ]
}

fn document(number: &str) -> e::Document {
    e::Document {
        kind: e::DocumentKind::IdentityCard,
        number: number.into(),
    }
}

/// Name of the file and event.
pub fn all() -> Vec<(&'static str, Event)> {
    let mut all = office();
    all.extend(people());
    all.extend(entitlements());
    all.extend(appointments());
    all.extend(erasures());
    all.extend(closings());
    all.extend(papers());
    all.extend(cases());
    all.extend(plans());
    all
}

fn office() -> Vec<(&'static str, Event)> {
    let site = o::Site {
        id: id::SiteId(n(0x51)),
        code: "Q1".into(),
        name: "Quartiere 1".into(),
        quartiere: 1,
        central: false,
        address: "Piazza Santa Croce 1".into(),
        phone: "055 0000001".into(),
    };
    let service = o::Service {
        id: id::ServiceId(n(0x61)),
        name: "Ritiro buoni spesa".into(),
        name_en: "Collecting vouchers".into(),
        minutes: 15,
        requirements: vec!["Documento d'identità".into(), "Delega, se serve".into()],
        sites: vec![id::SiteId(n(0x51))],
        openings: vec![o::Opening {
            sites: vec![],
            weekdays: vec![1, 3, 5],
            from: time(9, 0),
            to: time(13, 0),
            every_minutes: 15,
            capacity: 2,
        }],
        closed: vec![day(6)],
        campaign: Some(id::CampaignId(n(0x71))),
        active: true,
        rules: None,
    };
    let operator = o::Operator {
        id: id::OperatorId(n(0x21)),
        username: "m.rossi".into(),
        name: "Maria Rossi".into(),
        role: o::Role::Supervisor,
        active: true,
    };
    let row = |members, euros: i64| c::AmountRow {
        members,
        amount: Cents(euros * 100),
    };
    let campaign = c::Campaign {
        id: id::CampaignId(n(0x71)),
        name: "Buoni spesa 2021".into(),
        from: day(2),
        to: NaiveDate::from_ymd_opt(2021, 4, 30).unwrap(),
        denomination: Cents(1_000),
        amounts: vec![row(1, 150), row(2, 250)],
        non_resident_amounts: vec![row(1, 80)],
        per_minor: Cents(5_000),
        per_disabled: Cents(5_000),
        maximum: Cents(50_000),
        walk_in: true,
    };
    vec![
        ("site.defined.v1", o::SiteDefined { site }.into()),
        ("service.defined.v1", o::ServiceDefined { service }.into()),
        ("operator.defined.v1", o::OperatorDefined { operator }.into()),
        ("operator.passphrase_set.v1", set_by(o::PassphraseSetBy::Own)),
        (
            "operator.passphrase_set.v1-administrator",
            set_by(o::PassphraseSetBy::Administrator),
        ),
        (
            "operator.passphrase_set.v1-recovery-key",
            set_by(o::PassphraseSetBy::RecoveryKey),
        ),
        ("campaign.defined.v1", c::CampaignDefined { campaign }.into()),
        (
            "stock.received.v1",
            s::StockReceived {
                campaign: id::CampaignId(n(0x71)),
                denomination: Cents(1_000),
                runs: runs(),
                note: "DDT 12 del 04/01".into(),
                delivery_note: None,
            }
            .into(),
        ),
        (
            "stock.received.v1-with-note",
            s::StockReceived {
                campaign: id::CampaignId(n(0x71)),
                denomination: Cents(1_000),
                runs: runs(),
                note: "manca un carnet".into(),
                delivery_note: Some(s::DeliveryNote {
                    number: "12/2021".into(),
                    date: day(4),
                    declared: 500,
                    boxes: 2,
                }),
            }
            .into(),
        ),
        (
            "stock.shipped.v1",
            s::StockShipped {
                shipment: shipment(),
                to: id::DeskId(n(0x0d)),
                campaign: id::CampaignId(n(0x71)),
                denomination: Cents(1_000),
                runs: runs(),
                note: "con l'auto delle 9".into(),
            }
            .into(),
        ),
        (
            "stock.arrived.v1",
            s::StockArrived {
                shipment: shipment(),
                campaign: id::CampaignId(n(0x71)),
                denomination: Cents(1_000),
                runs: runs(),
                note: String::new(),
            }
            .into(),
        ),
        (
            "stock.settled.v1",
            s::StockSettled {
                shipment: shipment(),
                campaign: id::CampaignId(n(0x71)),
                runs: runs(),
                outcome: s::ShipmentOutcome::TakenBack,
                note: "auto rientrata".into(),
            }
            .into(),
        ),
        (
            "stock.reserved.v1",
            s::StockReserved {
                campaign: id::CampaignId(n(0x71)),
                runs: runs(),
                purpose: Some("consegne a domicilio".into()),
            }
            .into(),
        ),
        (
            "stock.destroyed.v1",
            s::StockDestroyed {
                campaign: id::CampaignId(n(0x71)),
                runs: runs(),
                minutes: s::Minutes {
                    number: "4/2021".into(),
                    date: day(29),
                    present: "Bianchi, Neri".into(),
                },
            }
            .into(),
        ),
        (
            "stock.removed.v1",
            s::StockRemoved {
                campaign: id::CampaignId(n(0x71)),
                runs: runs(),
                reason: s::RemovalReason::Damaged,
                note: "bagnati".into(),
            }
            .into(),
        ),
    ]
}

fn shipment() -> s::ShipmentNo {
    s::ShipmentNo {
        from: id::DeskId(n(0x0c)),
        number: 7,
    }
}

fn people() -> Vec<(&'static str, Event)> {
    let import = Some(id::ImportId(n(0x81)));
    vec![
        (
            "import.applied.v1",
            i::ImportApplied {
                campaign: id::CampaignId(n(0x71)),
                file_name: "elenco 3 gennaio.xlsx".into(),
                digest: "a1".repeat(32),
                issued: day(3),
                counts: i::ImportCounts {
                    new: 6,
                    changed: 5,
                    unchanged: 4,
                    duplicate: 3,
                    doubtful: 2,
                    refused: 1,
                },
            }
            .into(),
        ),
        (
            "household.registered.v1",
            h::HouseholdRegistered {
                data: household(),
                import,
            }
            .into(),
        ),
        (
            "household.registered.v1-by-hand",
            h::HouseholdRegistered {
                data: household(),
                import: None,
            }
            .into(),
        ),
        (
            "household.corrected.v1",
            h::HouseholdCorrected {
                data: household(),
                import,
            }
            .into(),
        ),
        (
            "household.noted.v1",
            h::HouseholdNoted {
                text: "Suonare «Bianchi»; scala B".into(),
            }
            .into(),
        ),
    ]
}

fn entitlements() -> Vec<(&'static str, Event)> {
    let source = e::Source {
        import: Some(id::ImportId(n(0x81))),
        row: Some(42),
        reason: String::new(),
    };
    let by_hand = e::Source {
        import: None,
        row: None,
        reason: "Segnalazione urgente".into(),
    };
    let delivery = e::DeliveryConfirmed {
        id: id::DeliveryId(n(0x91)),
        collector: e::Collector::Member {
            member: None,
            document: document("CA00000AA"),
        },
        runs: runs(),
        amount: Cents(36_000),
        appointment: Some(id::AppointmentId(n(0xa1))),
        forced: None,
        partial: None,
        right: None,
        paper: None,
    };
    let by_delegate = e::DeliveryConfirmed {
        collector: e::Collector::Delegate {
            name: "Bianchi Ugo".into(),
            tax_code: Some("RSSMRA80A01D612Y".into()),
            document: e::Document {
                kind: e::DocumentKind::Passport,
                number: "YA0000000".into(),
            },
            delegator_document: document("CA00000AA"),
        },
        appointment: None,
        forced: Some("Sistema centrale irraggiungibile".into()),
        partial: Some("Carnet finiti".into()),
        ..delivery.clone()
    };
    let on_paper = e::DeliveryConfirmed {
        paper: Some(e::PaperMark {
            kit: id::PaperKitId(n(0xc1)),
            number: 17,
            at: day(18).and_time(time(10, 40)),
            by: id::OperatorId(n(0x0c)),
        }),
        ..delivery.clone()
    };
    let beside_its_right = e::DeliveryConfirmed {
        right: Some(e::Carried {
            campaign: id::CampaignId(n(0x71)),
            household: id::HouseholdId(n(0x41)),
            due: Cents(36_000),
        }),
        ..delivery.clone()
    };
    vec![
        (
            "entitlement.granted.v1",
            e::Granted {
                campaign: id::CampaignId(n(0x71)),
                household: id::HouseholdId(n(0x41)),
                amount: Cents(36_000),
                holder: id::DeskId(n(0x11)),
                source: source.clone(),
            }
            .into(),
        ),
        (
            "entitlement.revised.v1",
            e::Revised {
                amount: Cents(40_000),
                source: by_hand,
            }
            .into(),
        ),
        (
            "entitlement.revoked.v1",
            e::Revoked {
                reason: "Trasferiti".into(),
            }
            .into(),
        ),
        (
            "custody.requested.v1",
            e::CustodyRequested {
                to: id::DeskId(n(0x12)),
                reason: "Si è presentato qui".into(),
            }
            .into(),
        ),
        (
            "custody.released.v1",
            e::CustodyReleased {
                to: id::DeskId(n(0x12)),
            }
            .into(),
        ),
        (
            "custody.slip_issued.v1",
            e::CustodySlipIssued {
                to: id::DeskId(n(0x12)),
                stamp: e::SlipStamp(32_788_800),
            }
            .into(),
        ),
        (
            "custody.accepted.v1",
            e::CustodyAccepted {
                slip: id::SlipId(n(0x15)),
                from: id::DeskId(n(0x11)),
                stamp: e::SlipStamp(32_788_800),
                carried: None,
            }
            .into(),
        ),
        (
            "custody.accepted.v1-carried",
            e::CustodyAccepted {
                slip: id::SlipId(n(0x15)),
                from: id::DeskId(n(0x11)),
                stamp: e::SlipStamp(32_788_800),
                carried: Some(e::Carried {
                    campaign: id::CampaignId(n(0x21)),
                    household: id::HouseholdId(n(0x30)),
                    due: Cents(25_000),
                }),
            }
            .into(),
        ),
        (
            "custody.relieved.v1",
            e::CustodyRelieved {
                from: id::DeskId(n(0x11)),
                to: id::DeskId(n(0x12)),
                reason: "Computer rotto, controllato sul posto".into(),
                checked: true,
                known: vec![id::DeliveryId(n(0x71))],
            }
            .into(),
        ),
        (
            "household.carried.v1",
            h::HouseholdCarried { data: household() }.into(),
        ),
        ("delivery.confirmed.v1", delivery.into()),
        (
            "delivery.confirmed.v1-delegate-forced-partial",
            by_delegate.into(),
        ),
        ("delivery.confirmed.v1-beside-its-right", beside_its_right.into()),
        ("delivery.confirmed.v1-on-paper", on_paper.into()),
        (
            "delivery.refused.v1",
            e::DeliveryRefused {
                reason: e::RefusalReason::NoDocument,
                note: "torna domani".into(),
                appointment: Some(id::AppointmentId(n(0xa1))),
            }
            .into(),
        ),
        (
            "delivery.reversed.v1",
            e::DeliveryReversed {
                delivery: id::DeliveryId(n(0x91)),
                reason: "Carnet sbagliato".into(),
                returned: true,
            }
            .into(),
        ),
    ]
}

fn appointments() -> Vec<(&'static str, Event)> {
    let start = day(18).and_time(time(9, 30));
    vec![
        (
            "appointment.booked.v1",
            a::Booked {
                household: Some(id::HouseholdId(n(0x41))),
                person: None,
                entitlement: Some(id::EntitlementId(n(0xc1))),
                service: id::ServiceId(n(0x61)),
                site: id::SiteId(n(0x51)),
                start,
                overbooked: None,
            }
            .into(),
        ),
        (
            "appointment.booked.v1-person-overbooked",
            a::Booked {
                household: None,
                person: Some(a::Person {
                    name: "Verdi Anna".into(),
                    phone: "055 0000002".into(),
                }),
                entitlement: None,
                service: id::ServiceId(n(0x61)),
                site: id::SiteId(n(0x51)),
                start,
                overbooked: Some("Urgenza".into()),
            }
            .into(),
        ),
        (
            "appointment.moved.v1",
            a::Moved {
                site: id::SiteId(n(0x52)),
                start,
                overbooked: None,
            }
            .into(),
        ),
        (
            "appointment.cancelled.v1",
            a::Cancelled {
                reason: "Ha telefonato".into(),
            }
            .into(),
        ),
        (
            "record.adopted.v1",
            adopted_record(Body::Present(vec![0x5a; 40])).into(),
        ),
        (
            "record.adopted.v1-erased",
            adopted_record(Body::Erased {
                hash: [7; 32],
                len: 812,
            })
            .into(),
        ),
        (
            "desk.succeeded.v1",
            d::DeskSucceeded {
                why: "fork".into(),
                carried: vec![stretch()],
            }
            .into(),
        ),
        (
            "desk.late_reviewed.v1",
            d::LateReviewed {
                records: stretch(),
                link: "ab".repeat(32),
                accepted: true,
                reason: "Confrontato con le ricevute firmate".into(),
            }
            .into(),
        ),
        (
            "desk.clock_compared.v1",
            d::ClockCompared { ahead: -3_600_000 }.into(),
        ),
        ("appointment.presented.v1", a::Presented { ticket: None }.into()),
        ("appointment.called.v1", a::Called { ticket: None }.into()),
        (
            "appointment.parked.v1",
            a::Parked {
                reason: "Attende la figlia".into(),
            }
            .into(),
        ),
        (
            "appointment.presented.v1-ticket",
            a::Presented {
                ticket: Some(Ticket::after(0, None)),
            }
            .into(),
        ),
        (
            "appointment.called.v1-ticket",
            a::Called {
                ticket: Some(Ticket::after(1, None)),
            }
            .into(),
        ),
        ("appointment.not_there.v1", a::NotThere {}.into()),
        (
            "appointment.transferred.v1",
            a::Transferred {
                desk: Some(id::DeskId(n(0xd2))),
                service: Some(id::ServiceId(n(0x05))),
                reason: "Serve chi conosce la lingua dei segni".into(),
            }
            .into(),
        ),
        (
            "appointment.prioritised.v1",
            a::Prioritised {
                priority: Some(Priority::Age),
                reason: String::new(),
            }
            .into(),
        ),
        (
            "appointment.walked_in.v1",
            a::WalkedIn {
                household: None,
                person: Some(a::Person {
                    name: "Chiti Elena".into(),
                    phone: "055 000000".into(),
                }),
                entitlement: None,
                service: id::ServiceId(n(0x05)),
                site: id::SiteId(n(0x51)),
                start: NaiveDate::from_ymd_opt(2021, 1, 18)
                    .unwrap()
                    .and_hms_opt(9, 7, 0)
                    .unwrap(),
                ticket: Ticket::after(0, None),
                visit: Some(id::AppointmentId(n(0xa1))),
            }
            .into(),
        ),
        ("hours.defined.v1", hours()),
        ("appointment.missed.v1", a::Missed {}.into()),
        (
            "appointment.finished.v1",
            a::Finished {
                outcome: a::Outcome::Served,
            }
            .into(),
        ),
        (
            "appointment.undone.v1",
            a::Undone {
                status: a::AppointmentStatus::Missed,
            }
            .into(),
        ),
    ]
}

fn hours() -> Event {
    let date = |month, day| NaiveDate::from_ymd_opt(2021, month, day).unwrap();
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let hours = g::SiteHours {
        site: id::SiteId(n(0x51)),
        weeks: vec![g::WeekHours {
            valid_from: Some(date(1, 4)),
            valid_to: None,
            spans: vec![g::Span {
                weekday: 1,
                from: time(9),
                to: time(13),
                staff: 2,
            }],
        }],
        closures: vec![g::Closure {
            from: date(2, 1),
            to: date(2, 2),
            from_time: Some(time(11)),
            to_time: None,
            reason: "Assemblea".into(),
        }],
        extra: vec![g::ExtraOpening {
            day: date(2, 6),
            from: time(9),
            to: time(12),
            staff: 1,
            reason: "Recupero".into(),
        }],
        open_on_holidays: false,
    };
    g::HoursDefined { hours }.into()
}

fn erasures() -> Vec<(&'static str, Event)> {
    let household = id::HouseholdId(n(0x41));
    let ordered = |scope, ground, households| x::ErasureOrdered {
        scope,
        ground,
        reason: "Prot. 1234/2031".into(),
        households,
        records: 2,
    };
    vec![
        (
            "erasure.ordered.v1",
            ordered(x::ErasureScope::Household { household }, x::Ground::Request, 1).into(),
        ),
        (
            "erasure.ordered.v1-campaign",
            ordered(
                x::ErasureScope::Campaign {
                    campaign: id::CampaignId(n(0x71)),
                },
                x::Ground::RetentionEnded,
                1,
            )
            .into(),
        ),
        (
            "erasure.listed.v1",
            x::ErasureListed {
                households: vec![household],
                records: vec![
                    x::ErasedRecord {
                        desk: id::DeskId(n(0xd1)),
                        topic: Topic::Quartiere(1),
                        seq: 7,
                        body: None,
                        remains: None,
                    },
                    x::ErasedRecord {
                        desk: id::DeskId(n(0xd1)),
                        topic: Topic::Quartiere(1),
                        seq: 9,
                        body: None,
                        remains: Some(
                            serde_json::json!({ "delivery": n(0x91), "reason": "", "returned": true }),
                        ),
                    },
                ],
            }
            .into(),
        ),
        (
            "erasure.listed.v1-body",
            x::ErasureListed {
                households: vec![],
                records: vec![x::ErasedRecord {
                    desk: id::DeskId(n(0xd1)),
                    topic: Topic::Quartiere(1),
                    seq: 7,
                    body: Some(x::BodyMark([0xb0; 16])),
                    remains: None,
                }],
            }
            .into(),
        ),
        ("erasure.listed.v1-empty", x::ErasureListed::default().into()),
        (
            "erasure.ordered.v1-looks",
            ordered(
                x::ErasureScope::Looks { before: day(2) },
                x::Ground::RetentionEnded,
                0,
            )
            .into(),
        ),
        (
            "looks.noted.v1",
            l::LooksNoted {
                looks: [
                    l::Opened::Search,
                    l::Opened::Scan,
                    l::Opened::Queue,
                    l::Opened::Other,
                ]
                .into_iter()
                .map(|how| l::Look {
                    household: Some(household),
                    operator: id::OperatorId(n(0x0b)),
                    at: Timestamp(1_610_000_000_000),
                    how,
                })
                .chain([l::Look {
                    household: None,
                    operator: id::OperatorId(n(0x0b)),
                    at: Timestamp(1_610_000_000_001),
                    how: l::Opened::Export,
                }])
                .collect(),
            }
            .into(),
        ),
    ]
}

fn closings() -> Vec<(&'static str, Event)> {
    let by_hand = k::CountLine {
        campaign: id::CampaignId(n(0x71)),
        denomination: Cents(1_000),
        expected: runs(),
        counted: k::Counted::Number { count: 35 },
        explanation: None,
    };
    let scanned = k::CountLine {
        campaign: id::CampaignId(n(0x72)),
        counted: k::Counted::Scanned { runs: runs() },
        explanation: Some("Carnet trovato nel cassetto".into()),
        ..by_hand.clone()
    };
    vec![
        (
            "closing.day_closed.v1",
            k::DayClosed {
                day: day(18),
                turn: 2,
                counts: vec![by_hand, scanned],
                figures: k::ClosingFigures {
                    deliveries: 12,
                    delivered: Cents(432_000),
                    presented: 1,
                    due: 3,
                    unsent: 40,
                },
                note: "Rete assente dalle 11".into(),
            }
            .into(),
        ),
        (
            "closing.day_closed.v1-nothing",
            k::DayClosed {
                day: day(19),
                turn: 1,
                counts: vec![],
                figures: k::ClosingFigures::default(),
                note: String::new(),
            }
            .into(),
        ),
        (
            "closing.corrected.v1",
            k::ClosingCorrected {
                campaign: Some(id::CampaignId(n(0x71))),
                text: "Il carnet era nella busta di ieri".into(),
            }
            .into(),
        ),
        (
            "sample.drawn.v1",
            w::SampleDrawn {
                campaign: id::CampaignId(n(0x71)),
                frame: "5f0c".repeat(8),
                strata: vec![
                    w::Stratum {
                        site: Some(id::SiteId(n(0x51))),
                        deliveries: 412,
                        drawn: 1,
                    },
                    w::Stratum {
                        site: None,
                        deliveries: 3,
                        drawn: 0,
                    },
                ],
                picks: vec![w::Pick {
                    delivery: id::DeliveryId(n(0x91)),
                    entitlement: id::EntitlementId(n(0xc1)),
                }],
            }
            .into(),
        ),
        (
            "sample.called.v1",
            w::SampleCalled {
                delivery: id::DeliveryId(n(0x91)),
                outcome: w::CallOutcome::AnotherCollector,
            }
            .into(),
        ),
        (
            "closing.corrected.v1-whole",
            k::ClosingCorrected {
                campaign: None,
                text: "Conta rifatta in due".into(),
            }
            .into(),
        ),
    ]
}

fn matters() -> Vec<(&'static str, q::Matter)> {
    use q::{CaseAbout as About, CaseKind as Kind};
    let of = |name, kind, about| (name, q::Matter::new(kind, about));
    let entitlement = id::EntitlementId(n(0xc1));
    vec![
        of(
            "case.noted.v1",
            Kind::Double,
            About::Delivery {
                entitlement,
                delivery: id::DeliveryId(n(0x91)),
            },
        ),
        of(
            "case.noted.v1-entitlement",
            Kind::NeverServed,
            About::Entitlement { entitlement },
        ),
        of(
            "case.noted.v1-delegate",
            Kind::ManyDelegations,
            About::Delegate {
                campaign: id::CampaignId(n(0x71)),
                delivery: id::DeliveryId(n(0x91)),
            },
        ),
        of(
            "case.noted.v1-supply",
            Kind::SuppliedTwice,
            About::Supply {
                campaign: id::CampaignId(n(0x71)),
                first: id::DeskId(n(0xd1)),
                second: id::DeskId(n(0xd2)),
                run: Run::between("AB0001001", "AB0001050").unwrap(),
            },
        ),
        of(
            "case.noted.v1-count",
            Kind::CountDifference,
            About::Count {
                closing: id::ClosingId(n(0xe1)),
                campaign: id::CampaignId(n(0x71)),
            },
        ),
        of(
            "case.noted.v1-form",
            Kind::FormTwice,
            About::Form {
                kit: id::PaperKitId(n(0xf1)),
                number: 17,
            },
        ),
        of(
            "case.noted.v1-appointments",
            Kind::TwoAppointments,
            About::Appointments {
                household: id::HouseholdId(n(0x41)),
                first: id::AppointmentId(n(0xa1)),
                second: id::AppointmentId(n(0xa2)),
            },
        ),
        of(
            "case.noted.v1-slot",
            Kind::SlotTwice,
            About::Slot {
                site: id::SiteId(n(0x51)),
                service: id::ServiceId(n(0x61)),
                start: day(18).and_time(time(9, 30)),
            },
        ),
        of(
            "case.noted.v1-households",
            Kind::DuplicateHousehold,
            About::Households {
                first: id::HouseholdId(n(0x41)),
                second: id::HouseholdId(n(0x42)),
            },
        ),
        of(
            "case.noted.v1-records",
            Kind::Fork,
            About::Records {
                desk: id::DeskId(n(0xd1)),
                topic: Topic::Quartiere(3),
                link: "b4".repeat(32),
            },
        ),
        of(
            "case.noted.v1-clock",
            Kind::ClockSkewed,
            About::Clock {
                desk: id::DeskId(n(0xd1)),
                at: Timestamp(1_610_000_000_000),
            },
        ),
        of(
            "case.noted.v1-day",
            Kind::LateAfterClosing,
            About::Day {
                desk: id::DeskId(n(0xd1)),
                day: day(18),
            },
        ),
        of(
            "case.noted.v1-import",
            Kind::RowsRefused,
            About::Import {
                import: id::ImportId(n(0x81)),
            },
        ),
    ]
}

fn cases() -> Vec<(&'static str, Event)> {
    let text = "Chiamata la signora: torna domani";
    let mut all: Vec<(&'static str, Event)> = matters()
        .into_iter()
        .map(|(name, case)| {
            let text = text.to_owned();
            (name, q::CaseNoted { case, text }.into())
        })
        .collect();
    let case = matters().remove(0).1;
    let to = Some(id::OperatorId(n(0x21)));
    all.extend([
        (
            "case.assigned.v1",
            q::CaseAssigned {
                case: case.clone(),
                to,
            }
            .into(),
        ),
        (
            "case.assigned.v1-back",
            q::CaseAssigned {
                case: case.clone(),
                to: None,
            }
            .into(),
        ),
        (
            "case.decided.v1",
            q::CaseDecided {
                case: case.clone(),
                decision: q::CaseDecision::Recovery,
                reason: "Restituisce 150 €".into(),
                takes_two: false,
            }
            .into(),
        ),
        (
            "case.decided.v1-two",
            q::CaseDecided {
                case: case.clone(),
                decision: q::CaseDecision::Accepted,
                reason: "Non recuperabili".into(),
                takes_two: true,
            }
            .into(),
        ),
        (
            "case.countersigned.v1",
            q::CaseCountersigned {
                case: case.clone(),
                decision: id::CommandId(n(0x11)),
            }
            .into(),
        ),
        (
            "case.reopened.v1",
            q::CaseReopened {
                case,
                over: vec![id::CommandId(n(0x11)), id::CommandId(n(0x12))],
                reason: "Nuovi fatti".into(),
            }
            .into(),
        ),
    ]);
    all
}

fn papers() -> Vec<(&'static str, Event)> {
    let kit = p::PaperKitPrepared {
        campaign: id::CampaignId(n(0x71)),
        day: Some(day(19)),
        forms: 40,
        entitlements: vec![id::EntitlementId(n(0x51)), id::EntitlementId(n(0x52))],
        runs: runs(),
    };
    let whole = p::PaperKitPrepared {
        day: None,
        ..kit.clone()
    };
    vec![
        ("paper.kit_prepared.v1", kit.into()),
        ("paper.kit_prepared.v1-all", whole.into()),
        (
            "paper.form_entered.v1",
            p::PaperFormEntered {
                number: 17,
                entitlement: id::EntitlementId(n(0x51)),
                delivery: id::DeliveryId(n(0x91)),
                at: day(18).and_time(time(10, 40)),
                by: id::OperatorId(n(0x0c)),
            }
            .into(),
        ),
        (
            "paper.forms_voided.v1",
            p::PaperFormsVoided {
                first: 18,
                last: 40,
                reason: "Avanzati".into(),
            }
            .into(),
        ),
    ]
}

fn plans() -> Vec<(&'static str, Event)> {
    let sheet = pl::sheet::read(sportello_domain::demo::SHEET).sheet;
    let campaign = id::CampaignId(n(0x71));
    let noted = |target, reached| pl::PlanNoted {
        target,
        reached,
        note: "Atto pubblicato".into(),
        evidence: None,
    };
    let with = pl::PlanNoted {
        evidence: Some(pl::Evidence {
            title: "Determina 12/2021".into(),
            file: Some(pl::EvidenceFile {
                name: "determina.pdf".into(),
                content: "JVBERi0=".into(),
            }),
        }),
        note: String::new(),
        ..noted(
            pl::Target::Indicator { number: 3 },
            pl::Reached::Day { day: day(18) },
        )
    };
    let bound = |target, measure| pl::PlanBound { target, measure };
    vec![
        (
            "plan.loaded.v1",
            pl::PlanLoaded {
                sheet,
                file: "peg-2021_Z105.txt".into(),
            }
            .into(),
        ),
        (
            "plan.noted.v1",
            noted(
                pl::Target::Phase { number: 1 },
                pl::Reached::Percent { value: 60 },
            )
            .into(),
        ),
        (
            "plan.noted.v1-share",
            noted(
                pl::Target::Indicator { number: 1 },
                pl::Reached::Share { value: 9_950 },
            )
            .into(),
        ),
        ("plan.noted.v1-evidence", with.into()),
        (
            "plan.bound.v1",
            bound(
                pl::Target::Indicator { number: 1 },
                Some(pl::Measure::ServedOfPresented { campaign }),
            )
            .into(),
        ),
        (
            "plan.bound.v1-served",
            bound(
                pl::Target::Phase { number: 1 },
                Some(pl::Measure::ServedOfEntitled { campaign }),
            )
            .into(),
        ),
        (
            "plan.bound.v1-days",
            bound(
                pl::Target::Phase { number: 1 },
                Some(pl::Measure::DaysOfCampaign { campaign }),
            )
            .into(),
        ),
        (
            "plan.bound.v1-none",
            bound(pl::Target::Phase { number: 1 }, None).into(),
        ),
    ]
}
