// SPDX-License-Identifier: EUPL-1.2
//! What happens to sticks between two desks, or a desk and the centre.

use crate::sim::dice::Dice;
use serde::{Deserialize, Serialize};

/// What happens to a stick that is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mishap {
    /// The file breaks off after so many thousandths, and stays so.
    Cut(u16),
    /// A bit is turned, so many millionths into the file, and stays so.
    Turn(u32),
    /// The stick is pulled out when so many thousandths were read, the power goes, and it is put in again.
    PulledOut(u16),
    /// The power goes when chance was asked for so many times while it is taken in, or else right afterwards; it is put in again.
    Dark(u16),
    /// It is taken in a second time.
    Twice,
    /// An older one is found in a drawer, after a newer one was taken in.
    Older,
    /// It was written for others.
    NotForUs,
}

impl Mishap {
    /// What each kind is counted as.
    pub const NAMES: [&'static str; 7] = [
        "stick truncated",
        "stick corrupted",
        "stick pulled out and put in again",
        "power cut while a stick is taken in",
        "same stick twice",
        "an older stick",
        "a stick for others",
    ];

    /// What it is counted as.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cut(_) => "stick truncated",
            Self::Turn(_) => "stick corrupted",
            Self::PulledOut(_) => "stick pulled out and put in again",
            Self::Dark(_) => "power cut while a stick is taken in",
            Self::Twice => "same stick twice",
            Self::Older => "an older stick",
            Self::NotForUs => "a stick for others",
        }
    }

    pub(super) fn draw(dice: &mut Dice) -> Self {
        let thousandths = u16::try_from(dice.below(1000)).unwrap_or(0);
        let millionths = u32::try_from(dice.below(1_000_000)).unwrap_or(0);
        match dice.below(7) {
            0 => Self::Cut(thousandths),
            1 => Self::Turn(millionths),
            2 => Self::PulledOut(thousandths),
            3 => Self::Dark(u16::try_from(dice.below(3)).unwrap_or(0)),
            4 => Self::Twice,
            5 => Self::Older,
            _ => Self::NotForUs,
        }
    }
}
