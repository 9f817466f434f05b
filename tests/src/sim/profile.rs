// SPDX-License-Identifier: EUPL-1.2
//! How bad it gets.

use serde::{Deserialize, Serialize};

/// A climate of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Nothing fails; desks are offline now and then because nobody exchanges.
    Calm,
    /// A message in seven has an accident; desks are cut off for hours; a program ends badly now and then.
    Flaky,
    /// Every second message has an accident, clocks are wrong, disks are full, power goes.
    Stormy,
    /// As flaky, and what should never happen: disks cloned, backups put back, desks revoked and replaced, an old centre.
    Disasters,
}

/// What of a thousand chances go wrong.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// A message has an accident.
    pub message: u32,
    /// Something happens to a stick.
    pub stick: u32,
    /// A desk is cut off from the network.
    pub cut: u32,
    /// A clock goes wrong.
    pub clock: u32,
    /// Power goes, in the midst of a command or an exchange.
    pub crash: u32,
    /// A disk fills up.
    pub full: u32,
    /// A desk changes its key.
    pub key: u32,
    /// Something that should never happen.
    pub disaster: u32,
    /// The day ends without everybody having met.
    pub unsettled: u32,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Calm, Self::Flaky, Self::Stormy, Self::Disasters];

    /// The one that a seed has when nobody asks for another.
    pub fn of_seed(seed: u64) -> Self {
        // In turn, so that a few seeds have seen all of them.
        match seed % 8 {
            0 => Self::Calm,
            1 | 4 => Self::Flaky,
            2 | 5 => Self::Stormy,
            _ => Self::Disasters,
        }
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Flaky => "flaky",
            Self::Stormy => "stormy",
            Self::Disasters => "disasters",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// How often what goes wrong.
    pub fn rates(self) -> Rates {
        let rates = |message, stick, cut, clock, crash, full, key, disaster, unsettled| Rates {
            message,
            stick,
            cut,
            clock,
            crash,
            full,
            key,
            disaster,
            unsettled,
        };
        match self {
            Self::Calm => rates(0, 0, 0, 0, 0, 0, 0, 0, 0),
            Self::Flaky => rates(140, 350, 20, 4, 10, 4, 6, 0, 300),
            Self::Stormy => rates(450, 600, 40, 15, 40, 12, 8, 0, 500),
            Self::Disasters => rates(140, 350, 25, 8, 15, 4, 6, 12, 400),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_seeds_see_every_profile_and_each_is_found_by_its_name() {
        for profile in Profile::ALL {
            assert!((0..8).any(|seed| Profile::of_seed(seed) == profile));
            assert_eq!(Profile::named(profile.name()), Some(profile));
        }
        assert_eq!(Profile::named("sunny"), None);
    }
}
