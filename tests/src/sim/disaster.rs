// SPDX-License-Identifier: EUPL-1.2
//! What happens to desks and centre besides messages: cables, clocks, disks, power; and what should never happen.

use super::image;
use super::net::Cable;
use super::plan::{Fault, Outage, Step};
use super::ports::Luck;
use super::report::{Violation, hold};
use super::station::{Kept, Station};
use super::world::World;
use crate::clock::DeskClock;
use crate::office::PASSPHRASE;

/// More copies of desks only make everything slower.
const MOST_STATIONS: usize = 12;

impl World {
    pub(super) fn trouble(&mut self, step: &Step) -> Result<(), Violation> {
        match step {
            Step::CutOff { at } => {
                let at = self.place(*at);
                self.stations[at].cable.set_cut(true);
                self.counts.fault("cut off");
            }
            Step::Connect { at } => {
                let at = self.place(*at);
                self.stations[at].cable.set_cut(false);
            }
            Step::Clock { at, minutes } => {
                let at = self.place(*at);
                self.stations[at].clock.be_wrong_by_minutes(i64::from(*minutes));
                self.counts.fault(match minutes.abs() {
                    0 => "clock put right",
                    1..=60 if *minutes < 0 => "clock backwards",
                    1..=60 => "clock an hour ahead",
                    _ if *minutes < 0 => "clock a year behind",
                    _ => "clock a year ahead",
                });
            }
            Step::Full { at, bytes } => self.full(*at, *bytes)?,
            Step::Room { at } => {
                let at = self.place(*at);
                let lifted = self.stations[at].desk().store().limit_size(None);
                lifted.map_err(|error| Violation::new("a disk can have room again", error.code()))?;
                self.stations[at].tight = false;
            }
            Step::Restart { at } => {
                let at = self.place(*at);
                let station = &mut self.stations[at];
                station.close(&self.runtime);
                station
                    .open()
                    .map_err(|error| Violation::new("a desk can be started again", error.code()))?;
                station.check_told()?;
                self.counts.fault("restart");
            }
            Step::PowerCut { at } => {
                let at = self.place(*at);
                self.counts.fault("power cut");
                self.power_cut(at)?;
            }
            Step::Enrol { place, faults } if self.stations.len() < MOST_STATIONS => {
                self.counts.fault("desk enrolled later");
                self.enrol(place, faults)?;
            }
            Step::Keep { at } => {
                let at = self.place(*at);
                let folder = tempfile::tempdir().unwrap();
                let station = &mut self.stations[at];
                image::copy(station.home().path(), folder.path());
                station.kept = Some(Kept {
                    folder,
                    told: station.told.clone(),
                    shelved: station.shelved,
                    keys_asked: station.keys_asked,
                });
            }
            Step::PutBack { at } => self.put_back(*at)?,
            Step::Restore { at } => self.restore(*at)?,
            Step::Clone { at } => self.clone_desk(*at)?,
            Step::Revoke { at } => self.revoke(*at)?,
            Step::CentreCrash => {
                self.counts.fault("centre's power cut");
                self.centre.crash();
                self.net.connect(self.centre.central.router());
            }
            Step::CentreKeep => self.centre.keep(),
            Step::CentrePutBack => self.centre_put_back(),
            _ => {}
        }
        Ok(())
    }

    fn centre_put_back(&mut self) {
        if self.centre.put_back() {
            self.counts.fault("centre restored");
            self.net.connect(self.centre.central.router());
        }
    }

    fn full(&mut self, at: usize, bytes: u32) -> Result<(), Violation> {
        let at = self.place(at);
        let station = &mut self.stations[at];
        let store = station.desk().store();
        store
            .size()
            .and_then(|size| store.limit_size(Some(size + u64::from(bytes))))
            .map_err(|error| Violation::new("a disk can be full", error.code()))?;
        station.tight = true;
        self.counts.fault("disk full");
        Ok(())
    }

    /// An older copy of a desk's directory is put back, and nobody tells the program.
    fn put_back(&mut self, at: usize) -> Result<(), Violation> {
        let at = self.place(at);
        let Some(kept) = self.stations[at].kept.take() else {
            return Ok(());
        };
        let station = &mut self.stations[at];
        station
            .put(kept.folder.path(), &self.runtime)
            .map_err(|error| Violation::new("a desk starts on an older copy of itself", error.code()))?;
        if station.told != kept.told {
            self.counts.fault("desk's disk put back");
            self.doubtful.insert(station.id);
        }
        if station.keys_asked != kept.keys_asked {
            // The centre may know a key that is not on this disk any more.
            self.counts.fault("desk's disk put back from before its key");
            self.doubtful.insert(station.id);
        }
        station.told.clone_from(&kept.told);
        station.shelved = kept.shelved;
        station.kept = Some(kept);
        Ok(())
    }

    /// A desk is restored from its last backup as the manual says.
    fn restore(&mut self, at: usize) -> Result<(), Violation> {
        const RULE: &str = "a desk can be backed up and restored";
        let at = self.place(at);
        let fail = |error: sportello_desk::DeskError| Violation::new(RULE, error.code());
        let station = &mut self.stations[at];
        let Some((backup, told)) = station.backup.take() else {
            // Each in a folder of its own: they are named by the second.
            let folder = tempfile::tempdir_in(station.folder()).unwrap().keep();
            let made = station.desk().backup(Some(&folder)).map_err(fail)?;
            station.backup = Some((made, station.told.clone()));
            return Ok(());
        };
        station.close(&self.runtime);
        sportello_desk::restore(station.home(), &backup, &station.username, PASSPHRASE).map_err(fail)?;
        station.open().map_err(fail)?;
        station.told = told;
        station.shelved = true;
        self.doubtful.insert(station.id);
        self.counts.fault("desk restored from backup");
        Ok(())
    }

    /// The last copy of a desk's directory is started on another computer.
    fn clone_desk(&mut self, at: usize) -> Result<(), Violation> {
        const RULE: &str = "a cloned desk can be started";
        let at = self.place(at);
        if self.stations.len() >= MOST_STATIONS {
            return Ok(());
        }
        let Some(kept) = &self.stations[at].kept else {
            return Ok(());
        };
        let folder = tempfile::tempdir().unwrap();
        image::copy(kept.folder.path(), &folder.path().join("desk"));
        let (told, shelved, original) = (kept.told.clone(), kept.shelved, &self.stations[at]);
        let before_key = kept.keys_asked != original.keys_asked;
        let (name, username) = (format!("{}'", original.name), original.username.clone());
        let luck = Luck::new(self.dice());
        let (clock, cable) = (DeskClock::new(&self.time), Cable::new(&self.net));
        let mut clone = Station::new(&name, &username, folder, clock, luck, cable)
            .map_err(|error| Violation::new(RULE, error.code()))?;
        (clone.told, clone.shelved) = (told, shelved);
        clone.check_told()?;
        self.doubtful.insert(clone.id);
        self.join(clone);
        self.counts.fault("desk cloned");
        if before_key {
            self.counts.fault("desk cloned from before its key");
        }
        Ok(())
    }

    /// A desk changes its key. Whatever becomes of the messages, afterwards it has a key with which it is believed, or asks again for the
    /// same one.
    pub(super) fn change_key(
        &mut self,
        at: usize,
        faults: &[Option<Fault>],
        outage: Option<Outage>,
    ) -> Result<(), Violation> {
        let station = &mut self.stations[at];
        let (name, number) = (station.name.clone(), station.desk().key_view().number);
        station.keys_asked += 1;
        let asked = station.change_key(&self.runtime, faults, outage);
        let sound = self.is_sound(&self.stations[at]);
        self.rekeyed.insert(self.stations[at].id);
        let told = match asked {
            None => {
                self.counts.fault("power cut in a change of keys");
                self.power_cut(at)?;
                "dark".to_owned()
            }
            Some(Ok(view)) => {
                hold("a changed key is another one", view.number > number, || {
                    format!("{name}: {view:?} after {number}")
                })?;
                self.counts.fault("desk changed its key");
                view.number.to_string()
            }
            Some(Err(error)) => {
                self.counts.fault("change of keys that failed");
                let code = error.code();
                let stopped = ["key_replaced", "revoked", "fork"].contains(&code.as_str());
                hold("a sound desk may change its key", !sound || !stopped, || {
                    format!("{name}: {code}")
                })?;
                code
            }
        };
        // What was handed over beside it is told.
        self.mark(&format!("{name} key {told}"));
        self.remember(at)
    }

    fn revoke(&mut self, at: usize) -> Result<(), Violation> {
        let at = self.place(at);
        let id = self.stations[at].id;
        // A centre that came back from a backup may not know the desk yet.
        if self.stations[at].supervises || self.centre.central.vault().desk(id).is_ok_and(|d| d.is_none()) {
            return Ok(());
        }
        self.centre
            .central
            .revoke_desk(&id.to_string())
            .map_err(|error| Violation::new("a desk can be revoked", error.to_string()))?;
        self.revoked.insert(id);
        self.counts.fault("desk revoked");
        Ok(())
    }
}
