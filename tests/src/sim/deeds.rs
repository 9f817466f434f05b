// SPDX-License-Identifier: EUPL-1.2
//! Deeds done: the command, what was told of it, and what must follow; with a double click, or with the power going.

use super::act::Hand;
use super::dice::Dice;
use super::oracle;
use super::plan::{Deed, Outage};
use super::report::{Violation, hold};
use super::station::{Heads, Station};
use super::town::{Paper, Person};
use super::world::World;
use sportello_desk::{Command, DeskError, Outcome, Query, View};
use sportello_domain::erasure::ErasureScope;
use sportello_domain::ids::{CommandId, EntitlementId};
use sportello_domain::stock::RemovalReason;

fn heads(station: &Station) -> Result<Heads, Violation> {
    station
        .heads()
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))
}

impl World {
    /// Somebody only looks.
    pub(super) fn look(&mut self, at: usize, luck: u64) -> Result<(), Violation> {
        self.counts.seen("questions", 1);
        Hand {
            at,
            station: &self.stations[at],
            town: &mut self.town,
            dice: Dice::new(luck, 0),
        }
        .look()
    }

    /// Somebody does something.
    pub(super) fn act(
        &mut self,
        at: usize,
        deed: Deed,
        luck: u64,
        twice: bool,
        outage: Option<Outage>,
    ) -> Result<(), Violation> {
        let mut hand = Hand {
            at,
            station: &self.stations[at],
            town: &mut self.town,
            dice: Dice::new(luck, 0),
        };
        let Some(command) = hand.choose(deed)? else {
            self.counts.idle(deed);
            return Ok(());
        };
        let mut bytes = [0; 16];
        Dice::new(luck, 1).fill(&mut bytes);
        let id = CommandId(uuid::Builder::from_random_bytes(bytes).into_uuid());
        let known = oracle::Known::before(&self.stations[at], &command)?;
        let outcome = match outage {
            Some(outage) => self.cut_short(at, id, &command, outage)?,
            None => self.once(at, id, &command)?,
        };
        match outcome {
            Ok(outcome) => {
                self.counts.done(deed);
                self.mark(&format!("{deed:?} {:?}", outcome.changed));
                if let Some(known) = known {
                    known.allowed(&self.stations[at], &command, &outcome)?;
                }
                if twice {
                    self.again(at, id, &command, &outcome)?;
                }
                self.learn(at, deed, &command, &outcome)?;
            }
            Err(code) => {
                self.counts.refused(deed, &code);
                self.mark(&format!("{deed:?} {code}"));
            }
        }
        Ok(())
    }

    /// Does a command; what it wrote is what it says, and a refusal wrote nothing.
    fn once(
        &mut self,
        at: usize,
        id: CommandId,
        command: &Command,
    ) -> Result<Result<Outcome, String>, Violation> {
        let station = &self.stations[at];
        let before = heads(station)?;
        let done = station.execute(id, command);
        let after = heads(station)?;
        let wrote = oracle::grown(station, &before, &after, Some(id))?;
        let done = match done {
            Ok(outcome) => {
                let says = !outcome.changed.is_empty() && !outcome.repeated;
                hold("what is told as changed is written", says == (wrote > 0), || {
                    format!("{}: {wrote} records for {outcome:?}", station.name)
                })?;
                Ok(outcome)
            }
            Err(error) => {
                hold("what is refused writes nothing", wrote == 0, || {
                    format!("{}: {wrote} records and {}", station.name, error.code())
                })?;
                self.may_refuse(station, &error)?;
                Err(error.code())
            }
        };
        self.remember(at)?;
        Ok(done)
    }

    /// Whether there can be such a refusal.
    fn may_refuse(&self, station: &Station, error: &DeskError) -> Result<(), Violation> {
        let may = match error {
            DeskError::Rejected(_) => true,
            DeskError::Plain { code, .. } => ["import_not_applicable", "series_nothing"].contains(code),
            DeskError::Stopped(_) => !self.is_sound(station),
            _ => station.tight,
        };
        hold("a command is refused by a rule, or for want of room", may, || {
            format!("{}: {} ({error:?})", station.name, error.code())
        })
    }

    /// A double click: the same answer, and nothing is done again.
    fn again(
        &mut self,
        at: usize,
        id: CommandId,
        command: &Command,
        first: &Outcome,
    ) -> Result<(), Violation> {
        if first.changed.is_empty() {
            return Ok(());
        }
        self.counts.fault("double click");
        let second = self.once(at, id, command)?;
        hold(
            "a command that was done is answered again and not done again",
            second
                .as_ref()
                .is_ok_and(|second| second.repeated && second.subject == first.subject),
            || format!("{first:?} and then {second:?}"),
        )
    }

    /// Does a command while the power goes; then, as a person would, asks for it again.
    fn cut_short(
        &mut self,
        at: usize,
        id: CommandId,
        command: &Command,
        outage: Outage,
    ) -> Result<Result<Outcome, String>, Violation> {
        let image = tempfile::tempdir().unwrap();
        let station = &mut self.stations[at];
        let before = heads(station)?;
        if let Outage::Within(after) = outage {
            let home = station.home().path().to_owned();
            station.luck.set_trap(usize::from(after), &home, image.path());
        }
        let untold = station.execute(id, command);
        let within = station.luck.take_trap();
        if within {
            self.counts.fault("power cut in a command");
            self.stations[at]
                .put(image.path(), &self.runtime)
                .map_err(|error| Violation::new("a desk starts after a power cut", error.code()))?;
        } else {
            self.counts.fault("power cut after a command");
            self.power_cut(at)?;
        }
        let station = &self.stations[at];
        station.check_told()?;
        let durable = heads(station)? != before;
        hold("what was not durable is not there", !(within && durable), || {
            format!("{}: {command:?}", station.name)
        })?;
        self.remember(at)?;
        let wrote = untold.is_ok_and(|outcome| !outcome.changed.is_empty());
        let outcome = self.once(at, id, command)?;
        if durable && wrote {
            let repeated = outcome.as_ref().is_ok_and(|outcome| outcome.repeated);
            hold(
                "what was done and never told is told when asked again",
                repeated,
                || format!("{command:?}: {outcome:?}"),
            )?;
        }
        Ok(outcome)
    }

    /// The power goes at a desk, and it is started again.
    pub(super) fn power_cut(&mut self, at: usize) -> Result<(), Violation> {
        let station = &mut self.stations[at];
        station
            .power_cut(&self.runtime)
            .map_err(|error| Violation::new("a desk starts after a power cut", error.code()))?;
        station.check_told()?;
        self.remember(at)
    }

    /// What people outside know from then on.
    fn learn(
        &mut self,
        at: usize,
        deed: Deed,
        command: &Command,
        outcome: &Outcome,
    ) -> Result<(), Violation> {
        match command {
            Command::HandOver { entitlement, .. } => self.take_paper(at, *entitlement)?,
            Command::AcceptSlip { code, .. } => self.paper_taken(at, deed, code)?,
            Command::OrderErasure {
                scope: ErasureScope::Household { household },
                ..
            } => {
                let words = self.town.to_forget.remove(household);
                self.town.forget(words.unwrap_or_default());
            }
            Command::ApplyImport { file, .. } => self.town.is_listed_again(file),
            Command::AddHousehold { data, .. } => self.town.people.push(Person {
                search: data.members[0].surname.clone(),
                quartiere: data.quartiere,
            }),
            Command::RemoveStock { runs, reason, .. } if *reason == RemovalReason::Returned => {
                self.town.transit.extend(runs.clone());
            }
            Command::RemoveStock { runs, reason, .. } if *reason == RemovalReason::Damaged => {
                let desk = self.stations[at].id;
                self.town
                    .damaged
                    .extend(runs.iter().map(|run| (desk, run.clone())));
            }
            Command::DestroyStock { runs, .. } => {
                self.town.damaged.retain(|(_, run)| !runs.contains(run));
            }
            Command::ShipStock { runs, to, .. } => {
                let station = &self.stations[at];
                let View::Shipments(view) = station
                    .ask(&Query::Shipments)
                    .map_err(|error| Violation::new("shipments can be shown", error.code()))?
                else {
                    return Ok(());
                };
                let own = view.rows.iter().filter(|row| row.shipment.from == station.id);
                if let Some(shipment) = own.map(|row| row.shipment).max() {
                    self.town.bollas.push((shipment, *to, runs.clone()));
                }
            }
            Command::ReceiveStock { runs, .. } => {
                self.town.transit.retain(|run| !runs.contains(run));
                self.town.supplied.extend(runs.clone());
            }
            Command::ConfirmDelivery {
                entitlement, runs, ..
            } => {
                if deed == Deed::ForceUnknownSerials {
                    self.town
                        .not_entered
                        .extend(runs.iter().map(|run| (at, run.clone())));
                }
                if let (true, Some(delivery)) = (outcome.forced, outcome.delivery) {
                    self.forced.push((self.stations[at].id, *entitlement, delivery));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The paper of a hand-over goes into somebody's hands. Printed again it is the same one.
    fn take_paper(&mut self, at: usize, entitlement: EntitlementId) -> Result<(), Violation> {
        const RULE: &str = "the paper of a hand-over can be printed, and again";
        let query = Query::CustodySlip { entitlement };
        let station = &self.stations[at];
        let printed = (station.ask(&query), station.ask(&query));
        let (Ok(View::CustodySlip(paper)), Ok(View::CustodySlip(again))) = printed else {
            return Err(Violation::new(RULE, format!("{}: {printed:?}", station.name)));
        };
        hold(RULE, paper.code == again.code, || {
            format!("{}: another code", station.name)
        })?;
        self.town.papers.push(Paper {
            entitlement,
            to: again.to.id,
            code: again.code,
            qr: again.qr,
            used: false,
        });
        Ok(())
    }

    /// A paper was accepted.
    fn paper_taken(&mut self, at: usize, deed: Deed, code: &str) -> Result<(), Violation> {
        let station = &self.stations[at];
        let (id, name) = (station.id, station.name.clone());
        // A desk that was put back or copied may have forgotten that it used it.
        let forgets = !self.is_sound(station);
        let mut papers = self.town.papers.iter_mut();
        let paper = papers.find(|paper| paper.code == code || paper.qr == code);
        let Some(paper) = paper else { return Ok(()) };
        hold(
            "a paper is worth nothing at another desk than it names",
            paper.to == id,
            || format!("{name}: {deed:?} of {paper:?}"),
        )?;
        hold("a paper is used once", forgets || !paper.used, || {
            format!("{name}: {deed:?} of {paper:?}")
        })?;
        paper.used = true;
        self.counts.seen("papers accepted", 1);
        Ok(())
    }
}
