// SPDX-License-Identifier: EUPL-1.2
//! A list is taken in whole or not at all, whenever the power goes.

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::json;
use sportello_desk::{Desk, Query, View};
use sportello_domain::demo;
use sportello_tests::Office;
use sportello_tests::crash::child::{Script, verify};
use sportello_tests::facts::{self, CAMPAIGN};
use std::time::{Duration, Instant};

const LISTS: usize = 12;
const ROWS: usize = 250;

#[tokio::test(flavor = "multi_thread")]
async fn crash_an_import_is_whole_or_not_at_all() {
    let office = Office::open().await;
    let seat = office.supervisor().await;
    let desk = office.desk("Q1-A", "Q1").await;
    office.until_quiet(&[&seat, &desk]).await;
    facts::define(&seat);
    let people = demo::households(7, LISTS * ROWS);
    let shift = office.time.now() - chrono::Utc::now().timestamp_millis();
    seat.desk
        .change_settings(|settings| settings.clock_shift = Some(shift))
        .unwrap();
    let lines: Vec<String> = people
        .chunks(ROWS)
        .zip(1..)
        .map(|(rows, day)| {
            let list = facts::csv(
                &facts::sheet(rows),
                chrono::NaiveDate::from_ymd_opt(2021, 2, day).unwrap(),
            );
            let preview = seat.preview(CAMPAIGN, &list);
            assert_eq!(
                preview.counts.new + preview.counts.doubtful,
                u32::try_from(ROWS).unwrap(),
                "{:?}",
                preview.counts
            );
            let id = sportello_tests::seat::new_command();
            json!({ "command_id": id, "command": facts::apply(&list, &preview) }).to_string()
        })
        .collect();
    let (username, clock) = (seat.username.clone(), seat.clock.clone());
    let (home, _, _folder) = seat.closed();

    let mut rng = StdRng::seed_from_u64(2021);
    let mut usual = Duration::from_millis(800);
    let (mut kills, mut taken) = (0, 0);
    for line in &lines {
        let mut attempts = 0;
        loop {
            let begun = Instant::now();
            let mut script = Script::start(home.path(), &username);
            // The more often it was killed, the longer it lives.
            let longest = usual.mul_f64(1.2 + 0.5 * f64::from(attempts));
            script.kill_after(rng.random_range(usual / 3..longest));
            script.write(std::slice::from_ref(line));
            let answer = script.read();
            if answer.is_some() {
                usual = begun.elapsed();
            }
            script.end();
            let (desk, session) = Desk::login(
                &home,
                clock.ports(),
                &username,
                sportello_tests::office::PASSPHRASE,
            )
            .unwrap();
            let View::Imports(found) = desk.query(&session, &Query::Imports).unwrap() else {
                panic!()
            };
            let View::Indicator(figures) = desk
                .query(&session, &Query::Indicator { campaign: CAMPAIGN })
                .unwrap()
            else {
                panic!()
            };
            let there = found.imports.len();
            assert_eq!(
                usize::try_from(figures.entitled).unwrap(),
                there * ROWS,
                "whole lists only"
            );
            if let Some(answer) = answer {
                assert_eq!(answer["ok"], true, "{answer}");
                assert_eq!(there, taken + 1, "acknowledged is there");
                taken += 1;
                break;
            }
            assert!(there == taken || there == taken + 1);
            kills += 1;
            attempts += 1;
        }
    }
    assert!(kills >= LISTS / 3, "only {kills} kills came before the answer");
    assert_eq!(taken, LISTS);
    verify(home.path(), &username);
}
