// SPDX-License-Identifier: EUPL-1.2
//! A desk at work all day on a computer that loses its power again and again.

use super::Counts;
use super::child::{Script, verify};
use super::model::{Line, Model, Stage};
use crate::Office;
use crate::facts::{self, CAMPAIGN};
use crate::office::PASSPHRASE;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sportello_desk::{Command, Desk};
use sportello_domain::appointment::AppointmentStatus;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::serial;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Kills `sportelloctl script` `points` times while it works. Whatever was acknowledged is there, at the desk and after an
/// exchange with the supervisor; nothing was done twice; everything verifies.
///
/// # Panics
/// When something of this does not hold.
pub async fn run(points: usize, seed: u64) -> Counts {
    let mut counts = Counts::default();
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    office.until_quiet(&[&supervisor, &desk]).await;
    facts::define(&supervisor);
    let people = facts::households(600, 1);
    let list = facts::csv(&facts::sheet(&people), "2021-02-20".parse().unwrap());
    supervisor.act(facts::apply(&list, &supervisor.preview(CAMPAIGN, &list)));
    office.until_quiet(&[&supervisor, &desk]).await;
    let households = people
        .iter()
        .map(|household| {
            let id = desk.find(&household.list_ref);
            (id, u64::try_from(facts::amount(household).0 / 1000).unwrap())
        })
        .collect();
    let slots = {
        let monday = crate::clock::march(8, 9, 0);
        (0..12)
            .map(|quarter| monday + chrono::Duration::minutes(15 * quarter))
            .collect()
    };
    let mut model = Model::new(households, desk.desk.site(), slots);
    // The program runs by the computer's clock; the campaign is of 2021.
    let shift = office.time.now() - chrono::Utc::now().timestamp_millis();
    desk.desk
        .change_settings(|settings| settings.clock_shift = Some(shift))
        .unwrap();
    let (username, first_seat_clock) = (desk.username.clone(), desk.clock.clone());
    let (home, _, _folder) = desk.closed();

    let mut rng = StdRng::seed_from_u64(seed);
    // How long it takes until the first answer, so that it is also killed before it.
    let begun = Instant::now();
    let mut script = Script::start(home.path(), &username);
    assert!(script.write(&["{\"query\":{\"type\":\"status\"}}".to_owned()]));
    script.read().unwrap();
    let start = begun.elapsed();
    script.end();

    let mut unanswered: Vec<_> = Vec::new();
    let mut caught_at_work = 0;
    for point in 1..=points {
        let mut script = Script::start(home.path(), &username);
        let early = rng.random_ratio(1, 8);
        if early {
            script.kill_after(start.mul_f64(rng.random_range(0.1..1.1)));
        }
        // First what nobody answered, under the same identifiers.
        let mut sent = std::mem::take(&mut unanswered);
        loop {
            if sent.is_empty() {
                sent = model.batch(&mut rng);
            }
            let texts: Vec<String> = sent.iter().map(Line::text).collect();
            script.write(&texts);
            let mut answered = 0;
            for line in &sent {
                let Some(answer) = script.read() else { break };
                script.kill_after(Duration::from_micros(rng.random_range(0..150_000)));
                model.acknowledge(line, &answer);
                answered += 1;
            }
            if answered < sent.len() {
                caught_at_work += 1;
                counts.add(kind(&sent[answered], early), 1);
                unanswered = sent.split_off(answered);
                break;
            }
            sent.clear();
        }
        script.end();
        if point % 50 == 0 {
            verify(home.path(), &username);
        }
    }
    // One whole run at the end answers what is left.
    let mut script = Script::start(home.path(), &username);
    let texts: Vec<String> = unanswered.iter().map(Line::text).collect();
    assert!(script.write(&texts));
    for line in &unanswered {
        let answer = script.read().expect("nobody kills this one");
        model.acknowledge(line, &answer);
    }
    script.end();
    verify(home.path(), &username);
    counts.add("desk: acts acknowledged, all there", model.acknowledged as u64);
    counts.add(
        "desk: acts on disk whose answer was lost, answered again",
        model.repeated as u64,
    );
    assert_eq!(caught_at_work, points);
    assert!(
        model.repeated > 0 || points < 100,
        "no kill came between disk and answer: the test tests too little"
    );

    // What people remember is what there is; at the desk, and after an exchange with the supervisor.
    let (desk, session) = Desk::login(&home, first_seat_clock.ports(), &username, PASSPHRASE).unwrap();
    let report = desk.sync_once().await.unwrap();
    assert!(report.is_clean(), "{report:?}");
    let query = |household| {
        desk.query(&session, &sportello_desk::Query::Household { id: household })
            .unwrap()
    };
    compare(&model, |id| match query(id) {
        sportello_desk::View::Household(view) => view,
        other => panic!("{other:?}"),
    });
    office.until_quiet(&[&supervisor]).await;
    compare(&model, |id| supervisor.household(id));
    let sportello_desk::View::Stock(stock) = desk
        .query(&session, &sportello_desk::Query::Stock { campaign: CAMPAIGN })
        .unwrap()
    else {
        panic!()
    };
    let out: u64 = model
        .households
        .iter()
        .flat_map(|h| {
            h.deliveries
                .iter()
                .filter(|(id, _)| !h.reversed.contains(id))
                .map(|(_, run)| run.count())
        })
        .sum();
    assert_eq!(
        stock.held_count,
        serial::count(&model.received) - out,
        "vouchers are conserved"
    );
    assert_eq!(office.central.vault().counts().unwrap().aside, 0);
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
    supervisor.assert_sound();
    counts
}

/// What the desk was at when the power went.
fn kind(line: &Line, early: bool) -> &'static str {
    match (&line.command, early) {
        (_, true) => "desk: killed while it started or soon after",
        (None, _) => "desk: killed at an exchange",
        (Some(Command::ConfirmDelivery { .. }), _) => "desk: killed at a delivery",
        (Some(Command::ReverseDelivery { .. }), _) => "desk: killed at a reversal",
        (Some(Command::ReceiveStock { .. }), _) => "desk: killed when booklets came in",
        (Some(_), _) => "desk: killed at another act",
    }
}

fn compare(
    model: &Model,
    found: impl Fn(sportello_domain::ids::HouseholdId) -> Box<sportello_desk::view::HouseholdView>,
) {
    for expected in &model.households {
        let view = found(expected.id);
        let notes: Vec<&str> = view
            .household
            .notes
            .iter()
            .map(|note| note.text.as_str())
            .collect();
        assert_eq!(notes, expected.notes, "each note once, in order");
        let right = &view.entitlements[0];
        let deliveries: Vec<_> = right
            .entitlement
            .deliveries
            .iter()
            .map(|d| (d.id, d.runs[0].clone()))
            .collect();
        assert_eq!(deliveries, expected.deliveries);
        let reversed: Vec<_> = right
            .entitlement
            .deliveries
            .iter()
            .filter(|d| d.reversal.is_some())
            .map(|d| d.id)
            .collect();
        assert_eq!(
            BTreeSet::from_iter(reversed),
            expected.reversed.iter().copied().collect()
        );
        assert_eq!(right.entitlement.refusals.len(), expected.refusals);
        assert_eq!(right.entitlement.anomalies, []);
        let booked: BTreeSet<_> = view.appointments.iter().map(|a| a.id).collect();
        assert_eq!(booked, expected.booked.iter().copied().collect());
        let status = |id| view.appointments.iter().find(|a| a.id == id).unwrap().status;
        match expected.stage {
            Stage::Served(_) => assert_eq!(right.status, EntitlementStatus::Served),
            Stage::Free => assert_eq!(right.status, EntitlementStatus::Due),
            Stage::Booked(id) => assert_eq!(status(id), AppointmentStatus::Booked),
            Stage::Presented(id) => assert_eq!(status(id), AppointmentStatus::Presented),
            Stage::Called(id) => assert_eq!(status(id), AppointmentStatus::Called),
        }
    }
}
