// SPDX-License-Identifier: EUPL-1.2
//! What will happen, as data, made from a seed before anything happens: steps can be left out, kept in a file, done again.
//!
//! A step says little of the world that it will find: which household it concerns is drawn when it is done, from the step's own
//! `luck`. So a step still makes sense when others before it were left out.

use super::dice::Dice;
use super::profile::{Profile, Rates};
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

/// Something that somebody at a desk sets out to do. What it comes to depends on what the desk shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "each is named as its command is, or says what is special"
)]
pub enum Deed {
    // At every desk.
    ReceiveStock,
    ReceiveTransferred,
    ReceiveWhatOthersHave,
    RemoveStock,
    SendAway,
    Book,
    BookElsewhere,
    BookPerson,
    Move,
    Cancel,
    Present,
    Call,
    Park,
    Miss,
    Undo,
    ClosePerson,
    Deliver,
    DeliverWalkIn,
    DeliverScanned,
    DeliverPartly,
    DeliverTooMuch,
    Refuse,
    ForceNotHolder,
    ForceUnknownSerials,
    ForceOutsidePeriod,
    ReverseReturned,
    ReverseLost,
    Note,
    Correct,
    AskCustody,
    GiveCustody,
    BeginDraft,
    DropDraft,
    // Where supervisors sit.
    Import,
    ImportAgain,
    ImportOlder,
    AddHousehold,
    Revise,
    Lower,
    Revoke,
    GrantAgain,
    Resolve,
    ReverseForOthers,
    MoveCustody,
}

const AT_DESKS: [(Deed, u32); 33] = [
    (Deed::ReceiveStock, 4),
    (Deed::ReceiveTransferred, 3),
    (Deed::ReceiveWhatOthersHave, 1),
    (Deed::RemoveStock, 2),
    (Deed::SendAway, 2),
    (Deed::Book, 30),
    (Deed::BookElsewhere, 3),
    (Deed::BookPerson, 2),
    (Deed::Move, 3),
    (Deed::Cancel, 3),
    (Deed::Present, 9),
    (Deed::Call, 8),
    (Deed::Park, 2),
    (Deed::Miss, 4),
    (Deed::Undo, 2),
    (Deed::ClosePerson, 1),
    (Deed::Deliver, 26),
    (Deed::DeliverWalkIn, 6),
    (Deed::DeliverScanned, 4),
    (Deed::DeliverPartly, 7),
    (Deed::DeliverTooMuch, 1),
    (Deed::Refuse, 5),
    (Deed::ForceNotHolder, 3),
    (Deed::ForceUnknownSerials, 2),
    (Deed::ForceOutsidePeriod, 1),
    (Deed::ReverseReturned, 3),
    (Deed::ReverseLost, 2),
    (Deed::Note, 4),
    (Deed::Correct, 4),
    (Deed::AskCustody, 8),
    (Deed::GiveCustody, 3),
    (Deed::BeginDraft, 2),
    (Deed::DropDraft, 2),
];

const AT_SUPERVISORS: [(Deed, u32); 17] = [
    (Deed::Import, 6),
    (Deed::ImportAgain, 3),
    (Deed::ImportOlder, 3),
    (Deed::AddHousehold, 6),
    (Deed::Revise, 8),
    (Deed::Lower, 4),
    (Deed::Revoke, 5),
    (Deed::GrantAgain, 6),
    (Deed::Resolve, 10),
    (Deed::ReverseForOthers, 3),
    (Deed::MoveCustody, 7),
    (Deed::Note, 3),
    (Deed::Correct, 3),
    (Deed::Book, 4),
    (Deed::Cancel, 2),
    (Deed::DeliverWalkIn, 1),
    (Deed::ForceNotHolder, 1),
];

/// An accident of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The request never arrives.
    LoseRequest,
    /// The request arrives, its answer is lost.
    LoseReply,
    /// The request arrives twice; the second answer is the one that comes back.
    Twice,
    /// The desk gives up waiting; the request arrives later, after others.
    Late,
    /// The request breaks off after so many thousandths.
    CutRequest(u16),
    /// The answer breaks off after so many thousandths.
    CutReply(u16),
    /// A bit of the request is turned, so many millionths into it.
    TurnRequest(u32),
    /// A bit of the answer is turned, so many millionths into it.
    TurnReply(u32),
    /// Somebody else answers: a guest network's page.
    Stranger,
    /// The centre is overloaded, and says so.
    Busy,
    /// The centre answers, and so many seconds have passed.
    Slow(u16),
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 44] = [
        Self::ReceiveStock,
        Self::ReceiveTransferred,
        Self::ReceiveWhatOthersHave,
        Self::RemoveStock,
        Self::SendAway,
        Self::Book,
        Self::BookElsewhere,
        Self::BookPerson,
        Self::Move,
        Self::Cancel,
        Self::Present,
        Self::Call,
        Self::Park,
        Self::Miss,
        Self::Undo,
        Self::ClosePerson,
        Self::Deliver,
        Self::DeliverWalkIn,
        Self::DeliverScanned,
        Self::DeliverPartly,
        Self::DeliverTooMuch,
        Self::Refuse,
        Self::ForceNotHolder,
        Self::ForceUnknownSerials,
        Self::ForceOutsidePeriod,
        Self::ReverseReturned,
        Self::ReverseLost,
        Self::Note,
        Self::Correct,
        Self::AskCustody,
        Self::GiveCustody,
        Self::BeginDraft,
        Self::DropDraft,
        Self::Import,
        Self::ImportAgain,
        Self::ImportOlder,
        Self::AddHousehold,
        Self::Revise,
        Self::Lower,
        Self::Revoke,
        Self::GrantAgain,
        Self::Resolve,
        Self::ReverseForOthers,
        Self::MoveCustody,
    ];
}

impl Fault {
    /// What each kind is counted as.
    pub const NAMES: [&'static str; 11] = [
        "request lost",
        "reply lost",
        "duplicate",
        "late and out of order",
        "request truncated",
        "reply truncated",
        "request corrupted",
        "reply corrupted",
        "a stranger's reply",
        "centre busy",
        "delay",
    ];

    /// What it is counted as.
    pub fn name(self) -> &'static str {
        match self {
            Self::LoseRequest => "request lost",
            Self::LoseReply => "reply lost",
            Self::Twice => "duplicate",
            Self::Late => "late and out of order",
            Self::CutRequest(_) => "request truncated",
            Self::CutReply(_) => "reply truncated",
            Self::TurnRequest(_) => "request corrupted",
            Self::TurnReply(_) => "reply corrupted",
            Self::Stranger => "a stranger's reply",
            Self::Busy => "centre busy",
            Self::Slow(_) => "delay",
        }
    }

    fn draw(dice: &mut Dice) -> Self {
        let thousandths = u16::try_from(dice.below(1000)).unwrap_or(0);
        let millionths = u32::try_from(dice.below(1_000_000)).unwrap_or(0);
        match dice.below(11) {
            0 => Self::LoseRequest,
            1 => Self::LoseReply,
            2 => Self::Twice,
            3 => Self::Late,
            4 => Self::CutRequest(thousandths),
            5 => Self::CutReply(thousandths),
            6 => Self::TurnRequest(millionths),
            7 => Self::TurnReply(millionths),
            8 => Self::Stranger,
            9 => Self::Busy,
            _ => Self::Slow(u16::try_from(dice.between(1, 400)).unwrap_or(1)),
        }
    }
}

/// When the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// When chance was asked for so many times within the write: before it is durable.
    Within(u16),
    /// After the write is durable, before anybody is told.
    BeforeTelling,
    /// Before message number so and so arrives.
    BeforeMessage(u16),
    /// After it was answered, before the answer is taken in.
    AfterMessage(u16),
}

/// One step. `at` is a desk's number; numbers beyond the last begin anew.
///
/// A bundle carried by hand is to be a step of its own beside [`Step::Exchange`].
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
        let mut desks = vec![place("CEN-S", "CEN", true)];
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
        Planner {
            dice: Dice::new(self.seed, 2),
            rates: self.profile.rates(),
            setup: self,
            steps: Vec::new(),
            enrolled: 0,
            disasters: 0,
            to_come: Vec::new(),
        }
        .plan()
    }
}

struct Planner<'a> {
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
const WORK: usize = 22;
/// So many desks of an office lose their identity at most; with all of them gone nothing happens any more.
const MOST_DISASTERS: usize = 5;

impl Planner<'_> {
    fn plan(mut self) -> Vec<Step> {
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
            0..=75 => {
                let supervises = self.setup.desks.get(at).is_some_and(|desk| desk.supervises);
                let deed = if supervises {
                    self.dice.weighted(&AT_SUPERVISORS)
                } else {
                    self.dice.weighted(&AT_DESKS)
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
            76..=94 => {
                let exchange = self.exchange(at);
                self.steps.push(exchange);
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

    fn exchange(&mut self, at: usize) -> Step {
        let outage = self.dice.chance(self.rates.crash * 2).then(|| {
            let message = u16::try_from(self.dice.below(4)).unwrap_or(0);
            if self.dice.chance(500) {
                Outage::BeforeMessage(message)
            } else {
                Outage::AfterMessage(message)
            }
        });
        Step::Exchange {
            at,
            faults: self.faults(),
            outage,
        }
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
            39..=50 => Step::Revoke { at },
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
            Step::Day { .. } | Step::Pass { .. } | Step::Look { .. } | Step::Quiet => true,
            _ => false,
        };
        assert!(Setup::of(3, Some(Profile::Calm)).plan().iter().all(calm));
    }
}
