// SPDX-License-Identifier: EUPL-1.2
//! An office under simulation: its time, its network, its centre, its desks, and what is outside of every program.

use super::centre::Centre;
use super::dice::Dice;
use super::net::Net;
use super::oracle;
use super::plan::{Setup, Step};
use super::report::{Counts, Violation};
use super::station::Station;
use super::stick::Drawer;
use super::town::Town;
use crate::clock::{SharedTime, march};
use crate::facts;
use chrono::{Datelike as _, Duration, NaiveDate, Weekday};
use sportello_desk::Command;
use sportello_domain::ids::{CommandId, DeliveryId, DeskId, EntitlementId};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// The first of the streams of chance that desks draw from.
const STREAM: u64 = 100;

/// An office.
#[derive(Debug)]
pub struct World {
    /// Drives exchanges; one thread, so that nothing happens in another order than it is asked for.
    pub runtime: Runtime,
    /// The true time.
    pub time: SharedTime,
    /// The network.
    pub net: Arc<Net>,
    /// The centre.
    pub centre: Centre,
    /// The desks, clones and newcomers last.
    pub stations: Vec<Station>,
    /// What is outside.
    pub town: Town,
    /// Sticks in drawers and bags.
    pub sticks: Drawer,
    /// What happened.
    pub counts: Counts,
    /// Deliveries that somebody was told are forced, by desk.
    pub forced: Vec<(DeskId, EntitlementId, DeliveryId)>,
    pub(super) seed: u64,
    pub(super) doubtful: BTreeSet<DeskId>,
    pub(super) revoked: BTreeSet<DeskId>,
    /// Desks that asked for another key at least once.
    pub(super) rekeyed: BTreeSet<DeskId>,
    first_day: NaiveDate,
    streams: u64,
    pub(super) generations: Vec<u64>,
    digest: blake3::Hasher,
    /// Tells everything that tells one run from another, as it happens.
    loud: bool,
}

impl World {
    /// An office on its first morning: desks enrolled, campaign and service defined, a first list taken in, booklets at each desk.
    pub fn open(setup: &Setup) -> Result<Self, Violation> {
        let first_day = march(setup.first_day, 8, 25);
        let time = SharedTime::at(first_day);
        let centre = Centre::found(setup.seed, &time);
        let net = Net::new(centre.central.router(), &time);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mut world = Self {
            runtime,
            time,
            net,
            centre,
            stations: Vec::new(),
            town: Town::new(setup.seed, setup.people),
            sticks: Drawer::default(),
            counts: Counts::default(),
            forced: Vec::new(),
            seed: setup.seed,
            doubtful: BTreeSet::new(),
            revoked: BTreeSet::new(),
            rekeyed: BTreeSet::new(),
            first_day: first_day.date(),
            streams: STREAM,
            generations: Vec::new(),
            digest: blake3::Hasher::new(),
            loud: std::env::var_os("SPORTELLO_SIM_LOUD").is_some(),
        };
        for place in &setup.desks {
            world.enrol(place, &[])?;
        }
        world.settle()?;
        let campaign = facts::campaign();
        world.must(0, Command::DefineCampaign { campaign })?;
        let sites = world
            .centre
            .central
            .sites()
            .map_err(|error| Violation::new("the centre knows its sites", error.to_string()))?;
        for service in [facts::service(&sites), facts::information(&sites)] {
            world.must(0, Command::DefineService { service })?;
        }
        let file = world.town.next_list();
        let query = sportello_desk::Query::ImportPreview {
            campaign: facts::CAMPAIGN,
            file: file.clone(),
            issued: None,
        };
        let Ok(sportello_desk::View::ImportPreview(preview)) = world.stations[0].ask(&query) else {
            return Err(Violation::new(
                "the first list can be shown",
                setup.seed.to_string(),
            ));
        };
        world.must(0, facts::apply(&file, &preview))?;
        world.settle()?;
        for at in 1..world.stations.len() {
            let runs = vec![world.town.booklets(150)];
            world.town.supplied.extend(runs.clone());
            let (campaign, note) = (facts::CAMPAIGN, "Bolla 1".to_owned());
            world.must(
                at,
                Command::ReceiveStock {
                    campaign,
                    runs,
                    note,
                    delivery_note: None,
                },
            )?;
        }
        world.settle()?;
        Ok(world)
    }

    /// Does a command that nothing is against.
    fn must(&mut self, at: usize, command: Command) -> Result<(), Violation> {
        let id = self.command_id();
        let done = self.stations[at].execute(id, &command);
        done.map_err(|error| Violation::new("the office can be set up", error.code()))?;
        self.remember(at)
    }

    /// A new stream of chance.
    pub(super) fn dice(&mut self) -> Dice {
        self.streams += 1;
        Dice::new(self.seed, self.streams)
    }

    fn command_id(&mut self) -> CommandId {
        let mut bytes = [0; 16];
        self.dice().fill(&mut bytes);
        CommandId(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// Takes something into what tells one run from another.
    pub fn mark(&mut self, text: &str) {
        if self.loud {
            eprintln!(
                "{} {text}",
                sportello_domain::time::Timestamp(self.time.now()).rome()
            );
        }
        self.digest.update(text.as_bytes()).update(b"\n");
    }

    /// Says of two runs whether the same happened in them.
    pub fn digest(&self) -> String {
        self.digest.finalize().to_hex()[..16].to_owned()
    }

    /// Everything that a desk's files hold was told from now on.
    pub(super) fn remember(&mut self, at: usize) -> Result<(), Violation> {
        let station = &mut self.stations[at];
        station.told = station
            .heads()
            .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
        Ok(())
    }

    /// Nobody has copied, put back or revoked it.
    pub fn is_sound(&self, station: &Station) -> bool {
        !station.shelved && !self.doubtful.contains(&station.id) && !self.revoked.contains(&station.id)
    }

    /// Two stories may be told in its name.
    pub fn is_doubtful(&self, desk: DeskId) -> bool {
        self.doubtful.contains(&desk)
    }

    /// Whether there is any desk in whose name two stories may be told.
    pub fn doubts(&self) -> bool {
        !self.doubtful.is_empty()
    }

    /// It was revoked.
    pub fn is_revoked(&self, station: &Station) -> bool {
        self.revoked.contains(&station.id)
    }

    /// A desk with this identity was revoked.
    pub fn was_revoked(&self, desk: DeskId) -> bool {
        self.revoked.contains(&desk)
    }

    /// Not everybody may know the key of this desk.
    pub fn was_rekeyed(&self, desk: DeskId) -> bool {
        self.rekeyed.contains(&desk)
    }

    /// A desk's name.
    pub fn name_of(&self, desk: DeskId) -> String {
        self.stations
            .iter()
            .find(|station| station.id == desk)
            .map_or_else(|| desk.to_string(), |station| station.name.clone())
    }

    /// The supervisors' desk, if its identity holds.
    pub fn supervisor(&self) -> Option<usize> {
        self.stations
            .iter()
            .position(|station| station.supervises && self.is_sound(station))
    }

    /// Whether a desk holds, of all that it reads, what another holds.
    pub fn has_the_same(&self, at: usize, as_at: usize) -> Result<bool, Violation> {
        let have = |at: usize| {
            self.stations[at]
                .have()
                .map_err(|error| Violation::new("a desk's file can be read", error.code()))
        };
        let (here, mut there) = (have(at)?, have(as_at)?);
        there.retain(|(_, topic), _| self.stations[at].reads(*topic));
        Ok(here == there)
    }

    /// Whether a desk holds all that was written under its name, as another knows it: a copy of a disk is not given what its twin wrote
    /// in topics that neither of them reads.
    pub fn has_all_of_its_own(&self, at: usize, as_at: usize) -> Result<bool, Violation> {
        let have = |at: usize| {
            self.stations[at]
                .have()
                .map_err(|error| Violation::new("a desk's file can be read", error.code()))
        };
        let (here, there) = (have(at)?, have(as_at)?);
        let own = self.stations[at].id;
        let mut wrote = there.iter().filter(|((desk, _), _)| *desk == own);
        Ok(wrote.all(|(log, head)| here.get(log) == Some(head)))
    }

    /// All that can be connected is; then everything is looked at.
    fn quiet(&mut self) -> Result<(), Violation> {
        for station in &mut self.stations {
            station.cable.set_cut(false);
            station
                .desk()
                .store()
                .limit_size(None)
                .map_err(|error| Violation::new("a disk can have room again", error.code()))?;
            station.tight = false;
        }
        self.runtime.block_on(self.net.late_ones_arrive());
        self.settle()?;
        self.counts.seen("quiet points", 1);
        oracle::check(self)
    }

    /// A working day begins, at 8:25: no Sundays.
    fn begin_day(&mut self, number: u32) {
        let mut day = self.first_day;
        for _ in 0..number {
            day += Duration::days(1);
            if day.weekday() == Weekday::Sun {
                day += Duration::days(1);
            }
        }
        let morning = day.and_hms_opt(8, 25, 0).unwrap();
        let now = sportello_domain::time::Timestamp(self.time.now()).rome();
        // Long delays may have come further than a night.
        if now < morning {
            self.time.set(morning);
        }
    }

    /// One step.
    pub fn step(&mut self, step: &Step) -> Result<(), Violation> {
        if self.loud {
            // As a script has it.
            eprintln!("  {}", serde_json::to_string(step).unwrap_or_default());
        }
        match step {
            Step::Day { number } => self.begin_day(*number),
            Step::Pass { seconds } => self.time.pass_seconds(i64::from(*seconds)),
            Step::Act {
                at,
                deed,
                luck,
                twice,
                outage,
            } => {
                let at = self.place(*at);
                self.act(at, *deed, *luck, *twice, *outage)?;
            }
            Step::Look { at, luck } => {
                let at = self.place(*at);
                self.look(at, *luck)?;
            }
            Step::Exchange { at, faults, outage } => {
                let at = self.place(*at);
                self.exchange(at, faults, *outage)?;
            }
            Step::WriteStick { at, luck, gone } => {
                let at = self.place(*at);
                self.write_stick(at, *luck, *gone)?;
            }
            Step::TakeStick { at, luck, mishap } => {
                let at = self.place(*at);
                self.take_stick(at, *luck, *mishap)?;
            }
            Step::CentreStick { luck, mishap } => self.centre_stick(*luck, *mishap)?,
            Step::ChangeKey { at, faults, outage } => {
                let at = self.place(*at);
                self.change_key(at, faults, *outage)?;
            }
            Step::Arrive => self.runtime.block_on(self.net.late_ones_arrive()),
            Step::Quiet => self.quiet()?,
            trouble => self.trouble(trouble)?,
        }
        Ok(())
    }

    /// The desk that a step means.
    pub(super) fn place(&self, at: usize) -> usize {
        at % self.stations.len()
    }
}
