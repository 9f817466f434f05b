// SPDX-License-Identifier: EUPL-1.2
//! `sportello-central serve` on a disk that fails from some call on, and whose power goes at the end. The desk remembers what
//! the centre signed for: it is the judge.

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sportello_desk::Command;
use sportello_tests::Office;
use sportello_tests::crash::child::{CentreProcess, sportello_central, verify_centre};
use sportello_tests::faults::{Disk, Fault};
use sportello_tests::told::assert_told;

#[tokio::test(flavor = "multi_thread")]
async fn crash_a_centre_on_a_failing_disk_acknowledges_only_what_is_durable() {
    let (office, supervisor, desk, household) = Office::with_household().await;
    let (folder, address, _folders) = office.closed().await;
    let serve = || sportello_central(&["serve", "--limit-desk", "0", "--limit-address", "0"], &folder);

    let mut rng = StdRng::seed_from_u64(23);
    let mut cases = vec![Fault::NONE];
    for (calls, how) in [
        ("sync", "EIO"),
        ("write", "EIO"),
        ("write", "ENOSPC"),
        ("write", "SHORT"),
    ] {
        for upto in [2, 15, 90] {
            let from = rng.random_range(upto / 3..=upto);
            cases.push(Fault {
                calls,
                how,
                from,
                times: rng.random_range(0..=1),
            });
        }
    }
    let (mut acknowledged, mut refused, mut written) = (0, 0, 0);
    for fault in cases {
        let disk = Disk::under(&folder);
        let mut command = serve();
        disk.put_under(&mut command, fault);
        let process = CentreProcess::of(command, address);
        let listens = process.listens();
        for _ in 0..15 {
            for _ in 0..3 {
                written += 1;
                let text = format!("nota {written}");
                desk.act(Command::AddNote { household, text });
            }
            let report = desk.try_exchange().await;
            assert_eq!(report.centre_lost, [], "{fault:?}");
            assert_eq!(report.troubles, [], "{fault:?}");
            acknowledged += report.pushed;
            if let Some(error) = report.error {
                let codes: &[&str] = if listens {
                    &["internal", "busy"]
                } else {
                    &["unreachable"]
                };
                assert!(codes.contains(&error.code()), "{fault:?}: {}", error.code());
                assert_told(&desk.status().last_error.unwrap());
                refused += 1;
            }
        }
        process.kill();
        disk.power_cut();
        let process = CentreProcess::start(&folder, address);
        assert!(process.listens(), "{fault:?}: it starts again on a good disk");
        let report = desk.exchange().await;
        assert_eq!(report.centre_lost, [], "{fault:?}: what it acknowledged is there");
        assert_eq!(desk.status().waiting, 0, "{fault:?}");
        drop(process);
        verify_centre(&folder);
    }
    let process = CentreProcess::start(&folder, address);
    assert!(process.listens());
    supervisor.exchange().await;
    assert_eq!(
        supervisor.household(household).household.notes.len(),
        written,
        "each once"
    );
    eprintln!("{written} records, {acknowledged} acknowledged at once, {refused} exchanges refused");
    assert!(refused > 20);
}
