// SPDX-License-Identifier: EUPL-1.2
//! Desks that come to the office and meet it: enrolled, exchanging, settling; what they say of it must be true.

use super::net::{Cable, Plug};
use super::oracle;
use super::plan::{Fault, Outage, Place};
use super::ports::Luck;
use super::report::{Violation, hold};
use super::station::{Exchanged, Station};
use super::world::World;
use crate::clock::DeskClock;
use crate::office::{PASSPHRASE, WORK_FACTOR};
use sportello_central::NewDesk;
use sportello_desk::view::EnrolRequest;
use sportello_desk::{Home, enrol_over};
use sportello_domain::command::Passphrase;
use sportello_domain::office::Role;
use sportello_sync::HttpTransport;

/// After so many rounds of exchanges nothing may move any more.
const ROUNDS: usize = 14;

impl World {
    /// Enrols a desk through its real first start.
    pub fn enrol(&mut self, place: &Place, faults: &[Option<Fault>]) -> Result<(), Violation> {
        const RULE: &str = "a desk can be enrolled, however often the answer is lost";
        let new = NewDesk {
            supervises: place.supervises,
            ..NewDesk::new(&place.site, &place.name)
        };
        let invitation = self
            .centre
            .central
            .add_desk(&new)
            .map_err(|error| Violation::new(RULE, error.to_string()))?;
        let username = place.name.to_lowercase();
        let request = EnrolRequest {
            server: "https://sportello.example.it".into(),
            code: invitation.code.to_string(),
            custom_ca: None,
            proxy: None,
            username: username.clone(),
            name: format!("Persona {}", place.name),
            role: if place.supervises {
                Role::Administrator
            } else {
                Role::Operator
            },
            passphrase: Passphrase(PASSPHRASE.into()),
        };
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("desk"));
        let clock = DeskClock::new(&self.time);
        let luck = Luck::new(self.dice());
        let cable = Cable::new(&self.net);
        cable.prepare(faults, None);
        let transport = HttpTransport::over(Plug(cable.clone()), None);
        let mut last = String::new();
        for _ in 0..=faults.len() {
            let ports = luck.ports(&clock);
            let done =
                self.runtime
                    .block_on(enrol_over(&home, ports, &request, &transport, Some(WORK_FACTOR)));
            match done {
                Ok((desk, _)) => {
                    drop(desk);
                    cable.settle();
                    let station = Station::new(&place.name, &username, folder, clock, luck, cable)
                        .map_err(|error| Violation::new(RULE, error.code()))?;
                    self.join(station);
                    return Ok(());
                }
                Err(error) => last = error.code(),
            }
        }
        Err(Violation::new(RULE, format!("{}: {last}", place.name)))
    }

    pub(super) fn join(&mut self, station: Station) {
        self.stations.push(station);
        self.generations.push(self.centre.generation);
    }

    /// A desk exchanges; what it says of it must be true.
    pub(super) fn exchange(
        &mut self,
        at: usize,
        faults: &[Option<Fault>],
        outage: Option<Outage>,
    ) -> Result<Option<Box<sportello_sync::Report>>, Violation> {
        let station = &self.stations[at];
        let read = |station: &Station| {
            station
                .heads()
                .map_err(|error| Violation::new("a desk's file can be read", error.code()))
        };
        let before = read(station)?;
        let exchanged = station.exchange(&self.runtime, faults, outage);
        let report = match exchanged {
            Exchanged::Dark => {
                self.counts.fault("power cut in an exchange");
                self.power_cut(at)?;
                return Ok(None);
            }
            Exchanged::Failed(error) => {
                hold(
                    "an exchange fails for the desk's own reasons only when its disk is full",
                    station.tight,
                    || format!("{}: {}", station.name, error.code()),
                )?;
                self.counts.seen("exchanges that the full disk ended", 1);
                return Ok(None);
            }
            Exchanged::Done(report) => report,
        };
        let after = read(station)?;
        oracle::grown(station, &before, &after, None)?;
        let clean = report.is_clean() && report.remaining == 0;
        if self.is_sound(station) {
            // A bit that turned in an answer may make anything of it: it is told, and passes.
            let turned = faults
                .iter()
                .flatten()
                .any(|fault| matches!(fault, Fault::TurnReply(_)));
            self.is_well(station, &report, turned)?;
            if clean || self.generations[at] == self.centre.generation {
                oracle::waiting_is_true(self, station, clean)?;
            }
        }
        if clean {
            self.generations[at] = self.centre.generation;
        }
        self.counts.seen("exchanges", 1);
        self.counts.seen("exchanges that went through", u64::from(clean));
        self.counts
            .seen("centres found to have forgotten", report.centre_lost.len() as u64);
        let ended = report.error.as_ref().map(|error| error.code().to_owned());
        let unreached = ended.as_deref() == Some("unreachable");
        self.mark(&format!(
            "{} {} {} {ended:?}",
            self.stations[at].name, report.pushed, report.pulled
        ));
        self.remember(at)?;
        if unreached {
            self.through_the_seat(at, faults)?;
        }
        Ok(Some(report))
    }

    /// What an exchange may not say of a desk whose identity holds.
    pub(super) fn is_well(
        &self,
        station: &Station,
        report: &sportello_sync::Report,
        turned: bool,
    ) -> Result<(), Violation> {
        let status = oracle::status(station)?;
        hold("a sound desk is never stopped", status.stopped.is_none(), || {
            format!("{}: {status:?} after {report:?}", station.name)
        })?;
        let foreign = report.troubles.iter().find(|found| {
            let writer = found.log.desk_id();
            // What a revoked desk wrote afterwards is passed over where a relay brings it, and told.
            // So is what a key signed of which this desk has not heard yet.
            !self.is_doubtful(writer) && !self.was_revoked(writer) && !self.was_rekeyed(writer)
        });
        hold(
            "only logs of doubtful desks make trouble",
            turned || foreign.is_none() && report.refused.is_empty() && report.bad_certificates == 0,
            || format!("{}: {report:?}", station.name),
        )
    }

    /// Everybody exchanges, without faults, until nothing moves.
    pub(super) fn settle(&mut self) -> Result<(), Violation> {
        let mut moved = 0;
        for _ in 0..ROUNDS {
            moved = 0;
            for at in 0..self.stations.len() {
                let report = self.exchange(at, &[], None)?;
                let Some(report) = report else {
                    let detail = format!("{}: it did not", self.stations[at].name);
                    return Err(Violation::new("every desk can exchange once all is well", detail));
                };
                let sound = self.is_sound(&self.stations[at]);
                hold(
                    "every sound desk exchanges cleanly once all is well",
                    !sound || report.error.is_none(),
                    || format!("{}: {report:?}", self.stations[at].name),
                )?;
                moved += report.pushed + report.carried + report.pulled + report.remaining;
            }
            if moved == 0 {
                return Ok(());
            }
        }
        Err(Violation::new(
            "exchanges come to an end",
            format!("{moved} records move in round {ROUNDS}"),
        ))
    }
}
