// SPDX-License-Identifier: EUPL-1.2
//! Bundles carried by hand: written at desks and by the centre, kept in drawers, taken in late, twice, in parts, damaged, by whom they
//! are not for. What comes of it must be told as it is, and nothing may come of what is wrong.

mod centre;
mod desk;
mod write;

use super::dice::Dice;
use super::plan::Mishap;
use sportello_domain::ids::DeskId;
use std::collections::BTreeMap;

/// Older ones are wiped.
const MOST: usize = 24;

/// Who makes sticks and takes them in; none is the centre.
type Party = Option<DeskId>;

/// A stick.
#[derive(Clone, Debug)]
pub struct Stick {
    /// Its number, in the order of making.
    number: u64,
    bytes: Vec<u8>,
    from: Party,
    /// Desks that it is for.
    readers: Vec<DeskId>,
    /// How often the centre had come back from a backup when it was made.
    generation: u64,
}

/// Sticks in drawers and bags.
#[derive(Debug, Default)]
pub struct Drawer {
    sticks: Vec<Stick>,
    made: u64,
    /// The latest of a maker that each has taken in.
    taken: BTreeMap<(Party, Party), u64>,
}

impl Drawer {
    fn put(&mut self, bytes: Vec<u8>, from: Party, readers: Vec<DeskId>, generation: u64) {
        self.made += 1;
        self.sticks.push(Stick {
            number: self.made,
            bytes,
            from,
            readers,
            generation,
        });
        if self.sticks.len() > MOST {
            self.sticks.remove(0);
        }
    }

    /// The stick that somebody picks up to put it in here. With nothing special about it mostly the latest.
    fn pick(&self, by: Party, mishap: Option<Mishap>, dice: &mut Dice) -> Option<Stick> {
        let is_for = |stick: &&Stick| by.is_none_or(|desk| stick.readers.contains(&desk));
        let older = |stick: &&Stick| {
            self.taken
                .get(&(by, stick.from))
                .is_some_and(|latest| stick.number < *latest)
        };
        let (fit, other): (Vec<_>, Vec<_>) = self
            .sticks
            .iter()
            .filter(|stick| stick.from != by)
            .partition(is_for);
        let fit = match mishap {
            Some(Mishap::NotForUs) => other,
            Some(Mishap::Older) => fit.into_iter().filter(older).collect(),
            _ => fit,
        };
        if dice.chance(600) {
            return fit.last().map(|stick| (*stick).clone());
        }
        dice.pick(&fit).map(|stick| (*stick).clone())
    }

    fn was_taken(&mut self, by: Party, stick: &Stick) {
        let latest = self.taken.entry((by, stick.from)).or_default();
        *latest = stick.number.max(*latest);
    }
}

impl Stick {
    /// What is left of its bytes.
    fn worn(&self, mishap: Option<Mishap>) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        match mishap {
            Some(Mishap::Cut(thousandths) | Mishap::PulledOut(thousandths)) => {
                bytes.truncate(super::net::part(bytes.len(), thousandths.into(), 1000));
            }
            Some(Mishap::Turn(millionths)) => super::net::turn(&mut bytes, millionths),
            _ => {}
        }
        bytes
    }
}
