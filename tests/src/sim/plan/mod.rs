// SPDX-License-Identifier: EUPL-1.2
//! What will happen, as data, made from a seed before anything happens: steps can be left out, kept in a file, done again.
//!
//! A step says little of the world that it will find: which household it concerns is drawn when it is done, from the step's own
//! `luck`. So a step still makes sense when others before it were left out.

mod kinds;
mod mishap;
mod planner;

pub use kinds::{Deed, Fault, Outage};
pub use mishap::Mishap;

use super::dice::Dice;
use super::profile::Profile;
use planner::Planner;
use serde::{Deserialize, Serialize};

/// An office to be simulated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Where all its chance comes from.
    pub seed: u64,
    /// How bad it gets.
    pub profile: Profile,
    /// Its desks at the beginning, the supervisors' first.
    pub desks: Vec<Place>,
    /// Households in the lists.
    pub people: usize,
    /// Days.
    pub days: u32,
    /// The first day, of March 2021.
    pub first_day: u32,
}

/// A second desk where supervisors sit, who look through what the first one's do as well and decide cases.
pub const REVIEWERS: &str = "CEN-T";

/// Where a desk stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// The code of its site.
    pub site: String,
    /// Supervisors sit there.
    pub supervises: bool,
}

/// One step. `at` is a desk's number; numbers beyond the last begin anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields say with their names what they are")]
pub enum Step {
    /// A working day begins; the next after this number of days.
    Day { number: u32 },
    /// Time passes.
    Pass { seconds: u32 },
    /// Somebody does something; perhaps with a double click, perhaps the power goes.
    Act {
        at: usize,
        deed: Deed,
        luck: u64,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        twice: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outage: Option<Outage>,
    },
    /// Somebody looks at something.
    Look { at: usize, luck: u64 },
    /// A desk exchanges with the centre. A fault for each message, while there are some.
    Exchange {
        at: usize,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        faults: Vec<Option<Fault>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outage: Option<Outage>,
    },
    /// A desk writes a stick, for the centre and for some other desks; perhaps it is pulled out too early.
    WriteStick {
        at: usize,
        luck: u64,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        gone: bool,
    },
    /// A desk takes a stick in.
    TakeStick {
        at: usize,
        luck: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mishap: Option<Mishap>,
    },
    /// The centre takes a stick in, and writes one.
    CentreStick {
        luck: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mishap: Option<Mishap>,
    },
    /// Messages that were late arrive, the latest first.
    Arrive,
    /// A desk is cut off from the network.
    CutOff { at: usize },
    /// It is connected again.
    Connect { at: usize },
    /// A desk's clock is wrong by so much from now on.
    Clock { at: usize, minutes: i32 },
    /// A desk's disk has this much room left and no more.
    Full { at: usize, bytes: u32 },
    /// It has room again.
    Room { at: usize },
    /// A desk's program is closed and started again.
    Restart { at: usize },
    /// A desk's power goes while nobody does anything.
    PowerCut { at: usize },
    /// A new desk is enrolled. A fault for each message.
    Enrol {
        place: Place,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        faults: Vec<Option<Fault>>,
    },
    /// A desk changes its key. A fault for each message.
    ChangeKey {
        at: usize,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        faults: Vec<Option<Fault>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outage: Option<Outage>,
    },
    /// Somebody copies a desk's directory away.
    Keep { at: usize },
    /// Somebody puts the last such copy back; without telling the program.
    PutBack { at: usize },
    /// Somebody restores the desk's last backup as the manual says; it makes one when there is none.
    Restore { at: usize },
    /// The last copy of a desk's directory is started on another computer, and both go on.
    Clone { at: usize },
    /// A desk is revoked at the centre.
    Revoke { at: usize },
    /// The centre's power goes; it is started again.
    CentreCrash,
    /// The centre's folder is backed up.
    CentreKeep,
    /// The centre comes back from its last backup.
    CentrePutBack,
    /// All that can be connected is, everybody exchanges until nothing moves; then everything is looked at.
    Quiet,
}

impl Setup {
    /// The office of a seed.
    pub fn of(seed: u64, profile: Option<Profile>) -> Self {
        let mut dice = Dice::new(seed, 1);
        let profile = profile.unwrap_or_else(|| Profile::of_seed(seed));
        let place = |name: &str, site: &str, supervises| Place {
            name: name.into(),
            site: site.into(),
            supervises,
        };
        let mut desks = vec![place("CEN-S", "CEN", true), place(REVIEWERS, "CEN", true)];
        let more = [
            place("Q1-A", "Q1", false),
            place("CEN-A", "CEN", false),
            place("Q1-B", "Q1", false),
            place("Q2-A", "Q2", false),
            place("Q3-A", "Q3", false),
            place("Q2-B", "Q2", false),
        ];
        desks.extend_from_slice(&more[..dice.between(2, more.len())]);
        Self {
            seed,
            profile,
            desks,
            people: dice.between(25, 70),
            days: u32::try_from(dice.between(4, 10)).unwrap_or(4),
            first_day: u32::try_from(dice.between(1, 22)).unwrap_or(1),
        }
    }

    /// The days that all its desks live through together.
    pub fn desk_days(&self) -> u64 {
        self.desks.len() as u64 * u64::from(self.days)
    }

    /// Everything that will happen.
    pub fn plan(&self) -> Vec<Step> {
        Planner::new(self).plan()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_has_the_same_plan_and_every_plan_ends_quietly() {
        for seed in 0..16 {
            let setup = Setup::of(seed, None);
            let plan = setup.plan();
            assert_eq!(plan, Setup::of(seed, None).plan());
            assert_eq!(plan.last(), Some(&Step::Quiet));
            assert!(setup.desk_days() >= 12);
        }
        assert_ne!(Setup::of(1, None).plan(), Setup::of(9, None).plan());
    }

    #[test]
    fn sticks_go_round_in_every_climate() {
        for profile in Profile::ALL {
            let plan = Setup::of(3, Some(profile)).plan();
            let some = |is: fn(&Step) -> bool| plan.iter().any(is);
            assert!(some(|step| matches!(step, Step::WriteStick { .. })));
            assert!(some(|step| matches!(step, Step::TakeStick { .. })));
            assert!(some(|step| matches!(step, Step::CentreStick { .. })));
        }
    }

    #[test]
    fn a_plan_is_read_back_from_its_text() {
        let plan = Setup::of(3, Some(Profile::Stormy)).plan();
        for step in plan {
            let text = serde_json::to_string(&step).unwrap();
            assert_eq!(serde_json::from_str::<Step>(&text).unwrap(), step, "{text}");
        }
    }

    #[test]
    fn a_calm_plan_has_no_faults() {
        let calm = |step: &Step| match step {
            Step::Exchange { faults, outage, .. } => faults.is_empty() && outage.is_none(),
            Step::Act { outage, .. } => outage.is_none(),
            Step::WriteStick { gone, .. } => !gone,
            Step::TakeStick { mishap, .. } | Step::CentreStick { mishap, .. } => mishap.is_none(),
            Step::Day { .. } | Step::Pass { .. } | Step::Look { .. } | Step::Quiet => true,
            _ => false,
        };
        assert!(Setup::of(3, Some(Profile::Calm)).plan().iter().all(calm));
    }
}
