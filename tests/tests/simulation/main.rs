// SPDX-License-Identifier: EUPL-1.2
//! Simulated offices, a few: each profile, every kind of fault and of deed among them; and the seeds that found something, by
//! the name of what they found. Long runs: `cargo xtask sim`.
#![allow(clippy::unwrap_used, clippy::panic)]

use sportello_tests::sim::plan::{Deed, Fault, Mishap};
use sportello_tests::sim::{Counts, Profile, Setup, run};

/// Simulates an office to its end, in which everything must hold that must.
fn holds(seed: u64, profile: Profile) -> Counts {
    let setup = Setup::of(seed, Some(profile));
    let done = run(&setup, &setup.plan());
    if let Some(violation) = done.violation {
        let name = profile.name();
        panic!("{violation}\nagain: cargo xtask sim --seed {seed} --days 1 --profile {name}");
    }
    done.counts
}

fn all_hold(seeds: impl IntoIterator<Item = u64>, profile: Profile) -> Counts {
    let mut counts = Counts::default();
    for seed in seeds {
        counts.add(&holds(seed, profile));
    }
    counts
}

#[test]
fn the_same_seed_is_the_same_story() {
    for profile in [Profile::Stormy, Profile::Disasters] {
        let setup = Setup::of(5, Some(profile));
        let (one, other) = (run(&setup, &setup.plan()), run(&setup, &setup.plan()));
        assert_eq!((&one.violation, &other.violation), (&None, &None));
        assert_eq!(one.digest, other.digest);
        assert_eq!(one.counts, other.counts);
    }
}

#[test]
fn calm_offices_and_every_deed_in_them() {
    let counts = all_hold(1..=6, Profile::Calm);
    for deed in Deed::ALL {
        if Deed::NEVER.contains(&deed) {
            assert!(counts.refused_of(deed) > 0, "{deed:?} was never tried");
            assert_eq!(counts.done_of(deed), 0, "{deed:?}");
        } else {
            assert!(
                counts.done_of(deed) > 0 || Deed::RARELY.contains(&deed),
                "{deed:?} was never done"
            );
        }
    }
    for seen in [
        "papers accepted",
        "papers accepted where nobody knew the household",
        "rights relieved",
        "deliveries that reliefs brought to light",
        "vouchers out twice, each with an exception",
        "vouchers with which two desks were supplied",
        "households erased",
        "bodies erased at the centre",
        "words of the forgotten looked for",
        "erased records that came to light after the order",
        "sticks written at desks",
        "sticks written at the centre",
        "sticks taken in at desks",
        "sticks taken in at the centre",
        "records that sticks brought to desks",
        "records that sticks brought to the centre",
        "records of which a stick brought the centre's signature",
        "visitors looked for at their site",
        "visitors called by two desks that had not heard of each other",
        "numbers given",
        "desks whose days were compared",
    ] {
        assert!(counts.seen_of(seen) > 0, "{seen}: never");
    }
    assert!(counts.seen_of("quiet points") > 20);
}

#[test]
fn flaky_offices() {
    let counts = all_hold(11..=16, Profile::Flaky);
    for fault in Fault::NAMES {
        assert!(counts.faults_of(fault) > 0, "{fault} was never had");
    }
    for mishap in Mishap::NAMES {
        assert!(counts.faults_of(mishap) > 0, "{mishap} was never had");
    }
}

#[test]
fn stormy_offices() {
    let counts = all_hold([21, 22, 23, 24, 26, 29, 30], Profile::Stormy);
    for fault in [
        "partition",
        "power cut",
        "power cut in a command",
        "power cut after a command",
        "power cut in an exchange",
        "centre's power cut",
        "disk full",
        "restart",
        "clock an hour ahead",
        "clock backwards",
        "clock a year ahead",
        "clock a year behind",
        "double click",
        "stick pulled out while it was written",
        "desk changed its key",
        "change of keys that failed",
        "power cut in a change of keys",
    ] {
        assert!(counts.faults_of(fault) > 0, "{fault} was never had");
    }
    assert!(counts.done_of(Deed::ForceOutsidePeriod) > 0);
    for seen in [
        "households erased",
        "sticks taken in at desks",
        "sticks taken in at the centre",
    ] {
        assert!(counts.seen_of(seen) > 0, "{seen}: never");
    }
}

#[test]
fn offices_to_which_happens_what_should_never_happen() {
    let counts = all_hold(31..=38, Profile::Disasters);
    for fault in [
        "desk's disk put back",
        "desk cloned",
        "desk restored from backup",
        "desk revoked",
        "desk enrolled later",
        "centre restored",
        "desk changed its key",
    ] {
        assert!(counts.faults_of(fault) > 0, "{fault} was never had");
    }
    for seen in [
        "centres found to have forgotten",
        "households erased",
        "sticks taken in at desks",
        "sticks taken in at the centre",
    ] {
        assert!(counts.seen_of(seen) > 0, "{seen}: never");
    }
}

/// Plans that once failed, as small as they could be made: by what they found.
mod found {
    use sportello_tests::sim::{Setup, Step, run};

    fn holds(script: &str) {
        let (setup, plan): (Setup, Vec<Step>) = serde_json::from_str(script).unwrap();
        assert_eq!(run(&setup, &plan).violation, None);
    }

    #[test]
    fn a_household_that_moved_was_presented_in_one_quartiere_and_entitled_in_another() {
        holds(include_str!("found/moved-household.json"));
    }

    #[test]
    fn whoever_walked_in_counted_as_presented_with_an_appointment() {
        holds(include_str!("found/walk-in-presented.json"));
    }

    #[test]
    fn a_neighbour_went_on_holding_what_a_revoked_desk_had_told_it_and_nobody_else() {
        holds(include_str!("found/late-at-a-neighbour.json"));
    }

    /// A copy that a centre's stick brought its own records back: the second reading acknowledged what the first had brought.
    #[test]
    fn a_copy_was_told_twice_what_the_centre_keeps_of_it() {
        holds(include_str!("found/own-records-came-back.json"));
    }
    /// The answer to a change of keys was lost, and the desk asked again: that request was damaged on its way, and what the centre said of
    /// it was taken for a refusal of the key that it had certified.
    #[test]
    fn a_desk_gave_up_its_certified_key_for_a_damaged_request() {
        holds(include_str!("found/damaged-key-request.json"));
    }

    /// The oracle did not know that the centre gives nothing more to such a copy.
    #[test]
    fn a_copy_from_before_the_key_was_changed_is_given_nothing() {
        holds(include_str!("found/copy-from-before-the-key.json"));
    }

    /// The rows that follow from what was told had no room; whoever asked again was told that nothing had been done.
    #[test]
    fn what_was_told_is_told_again_on_a_full_disk() {
        holds(include_str!("found/told-again-on-a-full-disk.json"));
    }

    /// An order named a record by its place, and what stood there on another branch of the copied log lost its body, too.
    #[test]
    fn an_order_took_what_stood_at_the_same_place_of_another_branch() {
        holds(include_str!("found/branch-erased.json"));
    }

    /// The oracle held a copy of a disk to what its twin had handed over for another Quartiere, which neither of them reads.
    #[test]
    fn a_copy_does_not_know_what_its_twin_handed_over_for_elsewhere() {
        holds(include_str!("found/copy-of-a-desk-that-served-elsewhere.json"));
    }

    /// A desk whose clock was a year ahead heard of its neighbour: once its clock was right, no later word ever took that one's place.
    #[test]
    fn what_a_wrong_clock_had_heard_was_believed_for_a_year() {
        holds(include_str!("found/heard-ahead.json"));
    }
}
