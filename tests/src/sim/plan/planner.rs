// SPDX-License-Identifier: EUPL-1.2
//! From a seed to a plan: days of work, with what goes wrong between two pieces of it.

use super::REVIEWERS;
use super::kinds::{AT_DESKS, AT_REVIEWERS, AT_SUPERVISORS};
use super::{Fault, Mishap, Outage, Place, Setup, Step};
use crate::sim::dice::Dice;
use crate::sim::profile::Rates;

/// Makes the plan of an office.
pub(super) struct Planner<'a> {
    dice: Dice,
    rates: Rates,
    setup: &'a Setup,
    steps: Vec<Step>,
    enrolled: usize,
    disasters: usize,
    /// What is to follow after so many pieces of work.
    to_come: Vec<(usize, Step)>,
}

/// Pieces of work that a desk does in a day.
const WORK: usize = 26;
/// So many desks of an office lose their identity at most; with all of them gone nothing happens any more.
const MOST_DISASTERS: usize = 5;

impl<'a> Planner<'a> {
    pub(super) fn new(setup: &'a Setup) -> Self {
        Self {
            dice: Dice::new(setup.seed, 2),
            rates: setup.profile.rates(),
            setup,
            steps: Vec::new(),
            enrolled: 0,
            disasters: 0,
            to_come: Vec::new(),
        }
    }

    pub(super) fn plan(mut self) -> Vec<Step> {
        for number in 0..self.setup.days {
            self.steps.push(Step::Day { number });
            for _ in 0..self.setup.desks.len() * WORK {
                let seconds = u32::try_from(self.dice.between(1, 110)).unwrap_or(1);
                self.steps.push(Step::Pass { seconds });
                self.trouble();
                self.work();
            }
            if self.dice.chance(self.rates.unsettled) {
                for at in 0..self.setup.desks.len() {
                    let exchange = self.exchange(at);
                    self.steps.push(exchange);
                }
            } else {
                self.steps.push(Step::Quiet);
            }
        }
        if self.steps.last() != Some(&Step::Quiet) {
            self.steps.push(Step::Quiet);
        }
        self.steps
    }

    fn any(&mut self) -> usize {
        // Clones and newcomers come after the others.
        let most = self.setup.desks.len() + self.enrolled;
        self.dice.below(most)
    }

    /// Any desk but the first: without supervisors little happens.
    fn lesser(&mut self) -> usize {
        1 + self.dice.below(self.setup.desks.len() - 1)
    }

    fn work(&mut self) {
        let at = self.any();
        match self.dice.below(100) {
            0..=72 => {
                let deed = match self.setup.desks.get(at) {
                    Some(place) if place.name == REVIEWERS => self.dice.weighted(&AT_REVIEWERS),
                    Some(place) if place.supervises => self.dice.weighted(&AT_SUPERVISORS),
                    _ => self.dice.weighted(&AT_DESKS),
                };
                let outage = self.dice.chance(self.rates.crash).then(|| {
                    if self.dice.chance(500) {
                        Outage::BeforeTelling
                    } else {
                        Outage::Within(
                            u16::try_from(self.dice.weighted(&[(0, 4), (1, 3), (2, 2), (40, 1)]))
                                .unwrap_or(0),
                        )
                    }
                });
                self.steps.push(Step::Act {
                    at,
                    deed,
                    luck: self.dice.next(),
                    twice: self.dice.chance(40),
                    outage,
                });
            }
            73..=90 => {
                let exchange = self.exchange(at);
                self.steps.push(exchange);
            }
            91..=94 => {
                let stick = self.stick(at);
                self.steps.push(stick);
            }
            _ => self.steps.push(Step::Look {
                at,
                luck: self.dice.next(),
            }),
        }
    }

    fn faults(&mut self) -> Vec<Option<Fault>> {
        if self.rates.message == 0 {
            return Vec::new();
        }
        let mut faults: Vec<Option<Fault>> = (0..8)
            .map(|_| {
                self.dice
                    .chance(self.rates.message)
                    .then(|| Fault::draw(&mut self.dice))
            })
            .collect();
        while faults.last() == Some(&None) {
            faults.pop();
        }
        faults
    }

    fn outage(&mut self) -> Option<Outage> {
        self.dice.chance(self.rates.crash * 2).then(|| {
            let message = u16::try_from(self.dice.below(4)).unwrap_or(0);
            if self.dice.chance(500) {
                Outage::BeforeMessage(message)
            } else {
                Outage::AfterMessage(message)
            }
        })
    }

    fn exchange(&mut self, at: usize) -> Step {
        let outage = self.outage();
        Step::Exchange {
            at,
            faults: self.faults(),
            outage,
        }
    }

    /// A stick is written, taken to another desk and to the centre, and what the centre answers is brought back; now and then something
    /// of it alone.
    fn stick(&mut self, at: usize) -> Step {
        match self.dice.below(10) {
            0..=1 => self.take_stick(at),
            2 => self.centre_stick(),
            _ => {
                let other = self.any();
                let (there, centre) = (self.take_stick(other), self.centre_stick());
                let (back, mut later) = (self.take_stick(at), 0);
                for step in [there, centre, back] {
                    later += self.dice.between(1, 8);
                    self.to_come.push((later, step));
                }
                Step::WriteStick {
                    at,
                    luck: self.dice.next(),
                    gone: self.dice.chance(self.rates.stick / 5),
                }
            }
        }
    }

    fn take_stick(&mut self, at: usize) -> Step {
        Step::TakeStick {
            at,
            luck: self.dice.next(),
            mishap: self.mishap(),
        }
    }

    fn centre_stick(&mut self) -> Step {
        Step::CentreStick {
            luck: self.dice.next(),
            mishap: self.mishap(),
        }
    }

    fn mishap(&mut self) -> Option<Mishap> {
        self.dice
            .chance(self.rates.stick)
            .then(|| Mishap::draw(&mut self.dice))
    }

    /// What goes wrong before the next piece of work.
    fn trouble(&mut self) {
        let rates = self.rates;
        let at = self.any();
        if self.dice.chance(rates.message / 5) {
            self.steps.push(Step::Arrive);
        }
        if self.dice.chance(rates.cut) {
            self.steps.push(Step::CutOff { at });
        }
        if self.dice.chance(rates.cut / 2) {
            let at = self.any();
            self.steps.push(Step::Connect { at });
        }
        if self.dice.chance(rates.clock) {
            let minutes = self.dice.weighted(&[
                (60, 3),
                (-60, 3),
                (365 * 24 * 60, 2),
                (-365 * 24 * 60, 2),
                (-7, 2),
                (0, 4),
            ]);
            self.steps.push(Step::Clock { at, minutes });
        }
        if self.dice.chance(rates.full) {
            let bytes = u32::try_from(self.dice.below(60_000)).unwrap_or(0);
            self.steps.push(Step::Full { at, bytes });
        }
        if self.dice.chance(rates.full) {
            let at = self.any();
            self.steps.push(Step::Room { at });
        }
        if self.dice.chance(rates.crash) {
            self.steps.push(if self.dice.chance(500) {
                Step::PowerCut { at }
            } else {
                Step::Restart { at }
            });
        }
        if self.dice.chance(rates.crash / 4) {
            self.steps.push(Step::CentreCrash);
        }
        if self.dice.chance(rates.key) {
            let at = self.any();
            let (faults, outage) = (self.faults(), self.outage());
            self.steps.push(Step::ChangeKey { at, faults, outage });
        }
        if self.dice.chance(rates.disaster) && self.disasters < MOST_DISASTERS {
            self.disasters += 1;
            self.disaster();
        }
        for (left, step) in std::mem::take(&mut self.to_come) {
            match left.checked_sub(1) {
                Some(left) => self.to_come.push((left, step)),
                None => self.steps.push(step),
            }
        }
    }

    fn disaster(&mut self) {
        let at = self.lesser();
        let later = self.dice.between(1, 150);
        let mut and_then = |step| self.to_come.push((later, step));
        let step = match self.dice.below(100) {
            0..=17 => {
                and_then(Step::PutBack { at });
                Step::Keep { at }
            }
            18..=29 => {
                and_then(Step::Clone { at });
                Step::Keep { at }
            }
            30..=38 => {
                and_then(Step::Restore { at });
                Step::Restore { at }
            }
            39..=48 => Step::Revoke { at },
            49..=50 => {
                // What is copied is older than the key.
                let (faults, again) = (self.faults(), self.dice.chance(500));
                let outage = None;
                let change = Step::ChangeKey { at, faults, outage };
                self.to_come.push((later / 2, change));
                let back = if again {
                    Step::PutBack { at }
                } else {
                    Step::Clone { at }
                };
                self.to_come.push((later, back));
                Step::Keep { at }
            }
            51..=75 => {
                and_then(Step::CentrePutBack);
                Step::CentreKeep
            }
            _ => self.newcomer(),
        };
        self.steps.push(step);
    }

    fn newcomer(&mut self) -> Step {
        self.enrolled += 1;
        let number = self.enrolled;
        let site = self.dice.weighted(&[("Q1", 3), ("Q2", 3), ("Q4", 1), ("CEN", 1)]);
        let place = Place {
            name: format!("{site}-N{number}"),
            site: site.into(),
            supervises: false,
        };
        let faults = self.faults();
        Step::Enrol { place, faults }
    }
}
