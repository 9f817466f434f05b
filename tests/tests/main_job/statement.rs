// SPDX-License-Identifier: EUPL-1.2
//! A campaign is accounted for: every figure opens the records behind it, vouchers come out even, and whoever counts the raw records by
//! another way comes to the same. Some of those who were served are called.

use crate::world::World;
use serde_json::{Value, json};
use sportello_desk::query::{DocumentRequest, ExportTable, InboxFilter, TableFormat};
use sportello_desk::view::{SampleView, StatementRecordsView, StatementView};
use sportello_desk::{Command, Query, View};
use sportello_domain::entitlement::RefusalReason;
use sportello_domain::exceptions::CaseKind;
use sportello_domain::ids::{AppointmentId, CampaignId, SampleId, SiteId};
use sportello_domain::sample::CallOutcome;
use sportello_domain::serial::Run;
use sportello_domain::statement::Figure;
use sportello_domain::stock::{Minutes, RemovalReason, ShipmentOutcome};
use sportello_tests::answers::{text_of, words_of};
use sportello_tests::clock::march;
use sportello_tests::counter::right;
use sportello_tests::facts::{CAMPAIGN, SERVICE};
use sportello_tests::seat::Seat;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command as Program, Stdio};

fn statement(seat: &Seat) -> Box<StatementView> {
    match seat.ask(&Query::Statement { campaign: CAMPAIGN }) {
        View::Statement(view) => view,
        other => panic!("{other:?}"),
    }
}

fn records(
    seat: &Seat,
    figure: Figure,
    site: Option<SiteId>,
    day: Option<chrono::NaiveDate>,
) -> StatementRecordsView {
    let query = Query::StatementRecords {
        campaign: CAMPAIGN,
        figure,
        site,
        day,
        offset: 0,
        limit: 500,
    };
    match seat.ask(&query) {
        View::StatementRecords(view) => view,
        other => panic!("{other:?}"),
    }
}

fn runs(first: &str, last: &str) -> Vec<Run> {
    vec![Run::between(first, last).unwrap()]
}

/// A campaign in which everything happened once.
async fn lively() -> World {
    let world = World::new().await;
    let (a, b, supervisor) = (&world.a, &world.b, &world.supervisor);
    let [
        served,
        in_part,
        missed,
        off,
        back,
        gone,
        walk_in,
        twice,
        revoked,
        waits,
    ] = world
        .households([
            "Abbati", "Bardi", "Cei", "Donati", "Erbi", "Fani", "Galli", "Ippoliti", "Landi", "Manni",
        ])
        .await;
    a.serve(served, march(1, 9, 0));
    let at_the_counter = a.at_the_counter(in_part, march(1, 9, 15));
    a.refuse(in_part, Some(at_the_counter), RefusalReason::NoDocument);
    let Command::ConfirmDelivery {
        entitlement,
        collector,
        runs: all,
        ..
    } = a.delivery(in_part, None)
    else {
        panic!("a delivery")
    };
    let second = a.at_the_counter(in_part, march(1, 9, 30));
    a.act(Command::ConfirmDelivery {
        entitlement,
        appointment: Some(second),
        collector,
        runs: sportello_domain::serial::take(&all, 2),
        force: None,
        partial: Some("Buoni finiti in cassa".into()),
    });
    let not_there = a.book(missed, march(1, 9, 45));
    let called_off = a.book(off, march(2, 9, 0));
    a.act(Command::CancelAppointment {
        appointment: called_off,
        reason: "Ha telefonato".into(),
    });
    for (household, returned) in [(back, true), (gone, false)] {
        let delivery = a.serve(household, march(1, 10, 0));
        a.act(Command::ReverseDelivery {
            entitlement: right(household),
            delivery,
            reason: "Nucleo sbagliato".into(),
            returned,
        });
    }
    let came = a.act(Command::WalkIn {
        household: Some(walk_in),
        person: None,
        service: SERVICE,
        priority: None,
        reason: String::new(),
    });
    let came = AppointmentId(came.subject.unwrap().id);
    a.call(came);
    a.deliver(walk_in, Some(came));
    a.book(waits, march(3, 9, 0));
    world.meet().await;
    supervisor.act(Command::RevokeEntitlement {
        entitlement: right(revoked),
        reason: "Trasferiti".into(),
    });
    // The same household is served at both desks, which do not hear of each other.
    a.unplug();
    b.unplug();
    a.serve(twice, march(1, 10, 30));
    let force = Some("La postazione A non risponde".into());
    b.act(match b.delivery(twice, None) {
        Command::ConfirmDelivery {
            entitlement,
            collector,
            runs,
            ..
        } => Command::ConfirmDelivery {
            entitlement,
            appointment: Some(b.at_the_counter(twice, march(1, 10, 45))),
            collector,
            runs,
            force,
            partial: None,
        },
        other => panic!("{other:?}"),
    });
    a.plug();
    b.plug();
    world.meet().await;
    // Vouchers go, arrive in part, are lost, damaged, destroyed.
    a.act(Command::ShipStock {
        campaign: CAMPAIGN,
        runs: runs("A0300", "A0349"),
        to: b.desk.id(),
        note: "Con l'auto".into(),
    });
    world.meet().await;
    let shipment = b.shipments()[0].shipment;
    b.act(Command::AcknowledgeShipment {
        shipment,
        campaign: CAMPAIGN,
        runs: runs("A0300", "A0330"),
        note: String::new(),
    });
    world.meet().await;
    supervisor.act(Command::SettleShipment {
        shipment,
        runs: runs("A0331", "A0335"),
        outcome: ShipmentOutcome::Lost,
        note: "Autista sentito".into(),
    });
    for (first, last, reason) in [
        ("A0351", "A0354", RemovalReason::Damaged),
        ("A0356", "A0356", RemovalReason::Lost),
        ("A0358", "A0359", RemovalReason::Returned),
    ] {
        a.act(Command::RemoveStock {
            campaign: CAMPAIGN,
            runs: runs(first, last),
            reason,
            note: "Visto dal responsabile".into(),
        });
    }
    supervisor.act(Command::DestroyStock {
        desk: Some(a.desk.id()),
        campaign: CAMPAIGN,
        runs: runs("A0351", "A0352"),
        minutes: Minutes {
            number: "4/2021".into(),
            date: march(1, 0, 0).date(),
            present: "Bianchi, Neri".into(),
        },
    });
    world.office.time.pass_minutes(120);
    a.act(Command::MissAppointment {
        appointment: not_there,
    });
    world.meet().await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_the_statement_opens_the_records_behind_it() {
    let world = lively().await;
    let supervisor = &world.supervisor;
    let view = statement(supervisor);
    let of = |figure| {
        let line = view.households.iter().find(|line| line.figure == figure).unwrap();
        (line.count, line.amount)
    };
    assert_eq!(of(Figure::Entitled).0, 9);
    assert_eq!(of(Figure::Revoked).0, 1);
    assert_eq!(of(Figure::Partial).0, 1);
    assert_eq!(of(Figure::Served).0, 3, "one, a walk-in, and one twice");
    for figure in Figure::HOUSEHOLDS {
        let found = records(supervisor, figure, None, None);
        assert_eq!((found.count, found.amount), of(figure), "{figure:?}");
        assert_eq!(found.rows.len() as u64, found.count);
    }
    for day in &view.days {
        for line in &day.lines {
            let found = records(supervisor, line.figure, day.site, Some(day.day));
            assert_eq!(
                (found.count, found.amount),
                (line.count, line.amount),
                "{:?} on {}",
                line.figure,
                day.day
            );
        }
    }
    let indicator = supervisor.indicator(CAMPAIGN);
    assert_eq!(of(Figure::Presented).0, u64::from(indicator.presented));
    assert_eq!(of(Figure::ServedOfPresented).0, u64::from(indicator.served));
    assert_eq!(of(Figure::Entitled).0, u64::from(indicator.entitled));
    assert_eq!(of(Figure::Booked).0, u64::from(indicator.booked));
    assert_eq!(view.standing, indicator.standing);
    let named = records(supervisor, Figure::Partial, None, None);
    assert_eq!(
        named.rows[0].name,
        supervisor
            .household(named.rows[0].household)
            .household
            .data
            .applicant_name()
    );

    // At the counter nobody asks for it.
    for seat in [&world.a, &world.b] {
        let asked = seat.try_ask(&Query::Statement { campaign: CAMPAIGN });
        assert_eq!(asked.unwrap_err().code(), "role_too_low");
    }
    // A desk that was not heard of makes all of it provisional, by name.
    world.b.unplug();
    world.office.time.pass_minutes(10);
    supervisor.exchange().await;
    let later = statement(supervisor);
    assert_eq!(later.standing, sportello_desk::view::Standing::Provisional);
    assert!(
        later
            .missing_desks
            .iter()
            .any(|missing| missing.desk.name == "Q1-B")
    );
    world.b.plug();
    world.meet().await;
    world.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_counts_the_raw_records_by_another_way_comes_to_the_same() {
    let world = lively().await;
    let supervisor = &world.supervisor;
    let View::File(raw) = supervisor.ask(&Query::RawRecords) else {
        panic!("a file")
    };
    let sites: BTreeMap<String, String> = supervisor
        .desks()
        .desks
        .iter()
        .map(|row| (row.id.to_string(), row.site.to_string()))
        .collect();
    let counted = recount(&text_of(&raw), CAMPAIGN, &sites);
    assert_eq!(counted, told(&statement(supervisor)));
    assert!(
        counted["office"]["in_transit"].as_u64().unwrap() > 0
            && counted["office"]["destroyed"].as_u64().unwrap() > 0,
        "a campaign in which everything happened: {counted}"
    );
}

/// What the script counts.
fn recount(records: &str, campaign: CampaignId, sites: &BTreeMap<String, String>) -> Value {
    let python = std::env::var("SPORTELLO_CODICEFISCALE_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/recount/statement.py");
    let mut program = Program::new(python)
        .args([script, &campaign.to_string(), &json!(sites).to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    program
        .stdin
        .take()
        .unwrap()
        .write_all(records.as_bytes())
        .unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The same in the script's words, from what the program says.
fn told(view: &StatementView) -> Value {
    let lines = |lines: &[sportello_desk::view::StatementLine]| -> Value {
        lines
            .iter()
            .filter(|line| line.count > 0)
            .map(|line| {
                let name = serde_json::to_value(line.figure).unwrap();
                (
                    name.as_str().unwrap().to_owned(),
                    json!([line.count, line.amount.0]),
                )
            })
            .collect()
    };
    let mut days = serde_json::Map::new();
    for day in &view.days {
        let each = day.runs.iter().flat_map(|run| {
            (run.first..=run.last)
                .map(|number| format!("{}{number:0width$}", run.series, width = usize::from(run.width)))
        });
        let mut vouchers: Vec<String> = each.collect();
        vouchers.sort();
        days.insert(
            format!("{} {}", day.site.unwrap(), day.day),
            json!({ "figures": lines(&day.lines), "vouchers": vouchers }),
        );
    }
    let some = |of: &[(&str, u64)]| -> Value {
        of.iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| ((*name).to_owned(), json!(count)))
            .collect()
    };
    let desks: Value = view
        .vouchers
        .places
        .iter()
        .map(|place| {
            let c = &place.counts;
            let counts = some(&[
                ("came", place.came),
                ("held", c.held),
                ("delivered", place.by_receipts),
                ("in_transit", c.in_transit),
                ("transferred", c.transferred),
                ("damaged", c.damaged),
                ("lost", c.lost),
                ("returned", c.returned),
                ("destroyed", c.destroyed),
                ("miscounted", c.miscounted),
            ]);
            (place.desk.id.to_string(), counts)
        })
        .collect::<serde_json::Map<_, _>>()
        .into();
    let c = &view.vouchers.office.counts;
    let office = some(&[
        ("received", view.vouchers.office.received),
        ("held", c.held),
        ("delivered", c.delivered),
        ("in_transit", c.in_transit),
        ("damaged", c.damaged),
        ("lost", c.lost),
        ("returned", c.returned),
        ("destroyed", c.destroyed),
    ]);
    json!({ "households": lines(&view.households), "days": days, "desks": desks, "office": office })
}

#[tokio::test(flavor = "multi_thread")]
async fn vouchers_come_out_even_and_what_does_not_is_named() {
    let world = lively().await;
    let supervisor = &world.supervisor;
    let view = statement(supervisor);
    assert!(view.vouchers.even, "{:?}", view.vouchers);
    assert_eq!(view.vouchers.office.received, 800);
    let paper = words_of(&supervisor.document(DocumentRequest::Statement { campaign: CAMPAIGN }));
    for word in [
        "Rendiconto",
        "I conti tornano",
        "Q1-A",
        "800",
        "Serviti per intero",
    ] {
        assert!(paper.contains(word), "{word}: {paper}");
    }
    let figures =
        text_of(&supervisor.export(ExportTable::Statement { campaign: CAMPAIGN }, TableFormat::Csv));
    assert!(figures.contains("Nuclei con diritto;9;"), "{figures}");
    let vouchers = text_of(&supervisor.export(
        ExportTable::StatementVouchers { campaign: CAMPAIGN },
        TableFormat::Csv,
    ));
    assert!(vouchers.contains("Q1-A;400;"), "{vouchers}");
    assert!(vouchers.contains("Tutto l’ufficio;800;"), "{vouchers}");

    // Vouchers that no desk was ever supplied with are handed over.
    let [stranger] = world.households(["Orsi"]).await;
    let meeting = world.a.at_the_counter(stranger, march(1, 11, 0));
    let Command::ConfirmDelivery {
        entitlement,
        collector,
        runs: due,
        ..
    } = world.a.delivery(stranger, Some(meeting))
    else {
        panic!("a delivery")
    };
    let count: u64 = due.iter().map(Run::count).sum();
    world.a.act(Command::ConfirmDelivery {
        entitlement,
        appointment: Some(meeting),
        collector,
        runs: runs("Z0001", &format!("Z{count:04}")),
        force: Some("Carnet non ancora caricati".into()),
        partial: None,
    });
    world.meet().await;
    let view = statement(supervisor);
    assert!(!view.vouchers.even);
    assert_eq!(
        view.vouchers.never_received,
        runs("Z0001", &format!("Z{count:04}"))
    );
    assert_eq!(
        view.vouchers.office.received, 800,
        "which were never in the stock"
    );
    let paper = words_of(&supervisor.document(DocumentRequest::Statement { campaign: CAMPAIGN }));
    assert!(
        paper.contains("mai ricevuti") && paper.contains("Z0001"),
        "{paper}"
    );
}

fn sample(seat: &Seat, id: SampleId) -> Box<SampleView> {
    match seat.ask(&Query::Sample { id }) {
        View::Sample(view) => view,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn some_of_those_who_were_served_are_called_and_what_they_dispute_is_a_case() {
    let world = lively().await;
    let supervisor = &world.supervisor;
    let draw = |size| Command::DrawSample {
        campaign: CAMPAIGN,
        size,
    };
    assert_eq!(world.a.refused(draw(3)), "role_too_low");
    assert_eq!(supervisor.refused(draw(0)), "field_invalid");
    let id = SampleId(supervisor.act(draw(3)).subject.unwrap().id);
    let drawn = sample(supervisor, id);
    assert_eq!((drawn.row.drawn, drawn.row.frame, drawn.same), (3, 5, Some(true)));
    assert!(
        drawn
            .picks
            .iter()
            .all(|pick| !pick.name.is_empty() && pick.vouchers > 0)
    );
    let call = |delivery, outcome| Command::RecordCall {
        sample: id,
        delivery,
        outcome,
    };
    let (one, other) = (drawn.picks[0].delivery, drawn.picks[1].delivery);
    supervisor.act(call(one, CallOutcome::NotReached));
    supervisor.act(call(one, CallOutcome::Confirmed));
    supervisor.act(call(other, CallOutcome::NotReceived));
    let seen = sample(supervisor, id);
    assert_eq!((seen.row.called, seen.row.disputed), (2, 1));
    assert_eq!(seen.picks[0].calls.len(), 2);
    let paper = words_of(&supervisor.document(DocumentRequest::CallSheet { sample: id }));
    assert!(paper.contains(&drawn.picks[0].name), "{paper}");

    let cases: Vec<_> = supervisor
        .inbox_of(InboxFilter::default())
        .rows
        .into_iter()
        .filter(|row| row.matter.kind == CaseKind::CallDisputed)
        .collect();
    assert_eq!(cases.len(), 1);
    assert_eq!(Some(cases[0].id), seen.picks[1].case);
    let case = supervisor.case(cases[0].id);
    assert_eq!(case.row.households[0].id, seen.picks[1].household);
    // What is served after the draw changes the frame, and that is said.
    let [late] = world.households(["Tozzi"]).await;
    world.a.serve(late, march(1, 11, 30));
    world.meet().await;
    assert_eq!(sample(supervisor, id).same, None);
    world.assert_sound();
}
