// SPDX-License-Identifier: EUPL-1.2
//! A desk at work all day on a computer that loses its power two hundred times.

use crate::child::{Script, verify};
use crate::model::{Model, Stage};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sportello_desk::Desk;
use sportello_domain::appointment::AppointmentStatus;
use sportello_domain::entitlement::EntitlementStatus;
use sportello_domain::serial;
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::{Office, Seat};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// How often the power goes; more with `SPORTELLO_KILLS`.
fn kills() -> usize {
    std::env::var("SPORTELLO_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(200)
}

fn seed() -> u64 {
    std::env::var("SPORTELLO_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(2021)
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_kill_nine_loses_nothing_acknowledged_and_does_nothing_twice() {
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
        let monday = sportello_tests::clock::march(8, 9, 0);
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

    let seed = seed();
    eprintln!("SPORTELLO_SEED={seed}");
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
    for kill in 0..kills() {
        let mut script = Script::start(home.path(), &username);
        if rng.random_ratio(1, 8) {
            script.kill_after(start.mul_f64(rng.random_range(0.1..1.1)));
        }
        // First what nobody answered, under the same identifiers.
        let mut sent = std::mem::take(&mut unanswered);
        loop {
            if sent.is_empty() {
                sent = model.batch(&mut rng);
            }
            let texts: Vec<String> = sent.iter().map(crate::model::Line::text).collect();
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
                unanswered = sent.split_off(answered);
                break;
            }
            sent.clear();
        }
        script.end();
        if kill % 50 == 49 {
            verify(home.path(), &username);
        }
    }
    // One whole run at the end answers what is left.
    let mut script = Script::start(home.path(), &username);
    let texts: Vec<String> = unanswered.iter().map(crate::model::Line::text).collect();
    assert!(script.write(&texts));
    for line in &unanswered {
        let answer = script.read().expect("nobody kills this one");
        model.acknowledge(line, &answer);
    }
    script.end();
    verify(home.path(), &username);
    eprintln!(
        "{} acknowledged, {} of them done before and answered again",
        model.acknowledged, model.repeated
    );
    assert_eq!(caught_at_work, kills());
    assert!(
        model.repeated > 0,
        "no kill came between disk and answer: the test tests too little"
    );

    // What people remember is what there is; at the desk, and after an exchange with the supervisor.
    let (desk, session) = Desk::login(
        &home,
        first_seat_clock.ports(),
        &username,
        sportello_tests::office::PASSPHRASE,
    )
    .unwrap();
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
    assert_eq!(office.central.vault().counts().unwrap().forks, 0);
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
    sound(&supervisor);
}

fn sound(seat: &Seat) {
    seat.assert_sound();
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
