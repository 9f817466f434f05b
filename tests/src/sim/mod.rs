// SPDX-License-Identifier: EUPL-1.2
//! The simulator: an office of several desks and a centre, with real files, in one process, through days in which everything
//! goes wrong; and an oracle that knows what must hold all the same.
//!
//! A seed says everything: who there is ([`Setup`]), what people do and what goes wrong ([`Setup::plan`]), and all chance and time
//! that programs are given. So a run is had again by its seed, and a plan that fails is made smaller by leaving steps out
//! ([`shrink`]).
//!
//! | module | is |
//! |---|---|
//! | `plan`, `profile` | what will happen, as data; how bad it gets |
//! | `world`, `station`, `centre`, `town` | the office, its desks, its centre, what is outside of every program |
//! | `stick`, `seat` | ways beside the network to the centre: bundles carried by hand, a desk of the seat |
//! | `net`, `disaster`, `image`, `ports` | what goes wrong, where, and how |
//! | `act`, `deeds`, `meet` | from what a desk shows to a command, and what must follow from it |
//! | `oracle` | what must hold once everybody has met |
//! | `shrink`, `report` | the smallest plan that still fails; counts |

mod act;
mod centre;
mod deeds;
mod dice;
mod disaster;
pub mod image;
mod meet;
mod net;
mod oracle;
pub mod plan;
mod ports;
pub mod profile;
pub mod report;
mod seat;
pub mod shrink;
mod station;
mod stick;
mod town;
mod world;

pub use plan::{Setup, Step};
pub use profile::Profile;
pub use report::{Counts, Violation};

use std::panic::{AssertUnwindSafe, catch_unwind};
use world::World;

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// What happened.
    pub counts: Counts,
    /// The same for two runs in which the same happened.
    pub digest: String,
    /// What did not hold; the run ended there.
    pub violation: Option<Violation>,
}

/// Runs a plan in an office.
pub fn run(setup: &Setup, plan: &[Step]) -> Run {
    // Each in a thread of its own: a panic in the programs under test is a violation like any other.
    let outcome = std::thread::scope(|scope| {
        scope
            .spawn(|| catch_unwind(AssertUnwindSafe(|| through(setup, plan))))
            .join()
    });
    match outcome {
        Ok(Ok(run)) => run,
        Ok(Err(panic)) | Err(panic) => Run {
            counts: Counts::default(),
            digest: String::new(),
            violation: Some(Violation::new("nothing panics", told(panic.as_ref()))),
        },
    }
}

fn told(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "without a word".to_owned())
}

fn through(setup: &Setup, plan: &[Step]) -> Run {
    let mut world = match World::open(setup) {
        Ok(world) => world,
        Err(violation) => {
            return Run {
                counts: Counts::default(),
                digest: String::new(),
                violation: Some(violation),
            };
        }
    };
    let mut violation = None;
    for (at, step) in plan.iter().enumerate() {
        if let Err(found) = world.step(step) {
            violation = Some(Violation { step: at, ..found });
            break;
        }
    }
    let mut counts = world.counts.clone();
    counts.add(&world.net.counts.lock().unwrap());
    Run {
        counts,
        digest: world.digest(),
        violation,
    }
}
