// SPDX-License-Identifier: EUPL-1.2
//! A desk takes a stick in.

use super::Stick;
use crate::sim::dice::Dice;
use crate::sim::oracle;
use crate::sim::plan::Mishap;
use crate::sim::report::{Violation, hold};
use crate::sim::station::{AllHeads, Station};
use crate::sim::world::World;
use sportello_desk::view::BundleTaken;
use std::path::Path;

/// What came of it: what was taken in, or the code of an error.
type Came = Result<BundleTaken, String>;

fn have(station: &Station) -> Result<AllHeads, Violation> {
    station
        .have()
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))
}

/// Nothing is said to be wrong or missing.
fn is_whole(came: &Came) -> bool {
    came.as_ref()
        .is_ok_and(|taken| taken.whole && taken.damaged == 0 && taken.troubles.is_empty())
}

impl World {
    pub(in crate::sim) fn take_stick(
        &mut self,
        at: usize,
        luck: u64,
        mishap: Option<Mishap>,
    ) -> Result<(), Violation> {
        let mut dice = Dice::new(luck, 0);
        let id = self.stations[at].id;
        let Some(stick) = self.sticks.pick(Some(id), mishap, &mut dice) else {
            return Ok(());
        };
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("scambio.sportello");
        let put_in = |mishap| std::fs::write(&file, stick.worn(mishap)).unwrap();
        put_in(mishap);
        if let Some(mishap) = mishap {
            self.counts.fault(mishap.name());
        }
        match mishap {
            None | Some(Mishap::Older) => {
                self.take_sound(at, &stick, &file)?;
            }
            Some(Mishap::Twice) => {
                self.take_sound(at, &stick, &file)?;
                self.brings_nothing_more(at, &stick, &file)?;
            }
            Some(Mishap::NotForUs) => {
                let before = have(&self.stations[at])?;
                let came = self.take(at, &file)?;
                hold(
                    "a stick for others is not opened, and that is told",
                    came.as_ref().err().map(String::as_str) == Some("bundle_not_for_us")
                        && have(&self.stations[at])? == before,
                    || format!("{}: {came:?}", self.stations[at].name),
                )?;
            }
            Some(Mishap::Cut(_) | Mishap::Turn(_)) => {
                let came = self.take(at, &file)?;
                self.is_told(at, &stick, mishap, &came, &file)?;
            }
            Some(Mishap::PulledOut(_)) => {
                let came = self.take(at, &file)?;
                self.is_told(at, &stick, mishap, &came, &file)?;
                self.power_cut(at)?;
                put_in(None);
                self.take_sound(at, &stick, &file)?;
                self.brings_nothing_more(at, &stick, &file)?;
            }
            Some(Mishap::Dark(after)) => {
                self.take_in_the_dark(at, after, &file)?;
                self.take_sound(at, &stick, &file)?;
                self.brings_nothing_more(at, &stick, &file)?;
            }
        }
        Ok(())
    }

    /// Takes in what lies there; whatever it is, what the desk holds afterwards is what was written by whoever wrote it.
    fn take(&mut self, at: usize, file: &Path) -> Result<Came, Violation> {
        let station = &self.stations[at];
        let heads = |station: &Station| {
            station
                .heads()
                .map_err(|error| Violation::new("a desk's file can be read", error.code()))
        };
        let before = heads(station)?;
        let came = station.take_stick(file).map_err(|error| error.code());
        oracle::grown(station, &before, &heads(station)?, None)?;
        oracle::is_of_its_writers(self, &station.name, &have(station)?)?;
        if self.is_sound(station) {
            let status = oracle::status(station)?;
            hold("no stick stops a sound desk", status.stopped.is_none(), || {
                format!("{}: {status:?} after {came:?}", station.name)
            })?;
        }
        self.counts
            .seen("sticks taken in at desks", u64::from(came.is_ok()));
        if let Ok(taken) = &came {
            self.counts
                .seen("records that sticks brought to desks", taken.received);
            self.counts.seen(
                "records of which a stick brought the centre's signature",
                taken.acknowledged,
            );
            self.counts
                .seen("rights given because a stick asked", taken.given.into());
        }
        let told = match &came {
            Ok(taken) => format!("{} {} {}", taken.received, taken.acknowledged, taken.whole),
            Err(code) => code.clone(),
        };
        self.mark(&format!("{} takes a stick in: {told}", self.stations[at].name));
        self.remember(at)?;
        Ok(came)
    }

    /// Takes in a stick to which nothing happened.
    fn take_sound(&mut self, at: usize, stick: &Stick, file: &Path) -> Result<(), Violation> {
        let came = self.take(at, file)?;
        let station = &self.stations[at];
        let name = &station.name;
        let Ok(taken) = &came else {
            // A copy from before a change of keys has not got the key for which it was written.
            let copy = !self.is_sound(station) && self.was_rekeyed(station.id);
            let sealed = matches!(&came, Err(code) if code == "bundle_not_for_us");
            hold(
                "a stick to which nothing happened can be taken in",
                station.tight || copy && sealed,
                || format!("{name}: {came:?}"),
            )?;
            if station.tight {
                self.counts.seen("sticks that the full disk ended", 1);
            } else {
                self.counts.seen("sticks for a key that a copy has not got", 1);
            }
            return Ok(());
        };
        hold(
            "nothing is said to be missing of a stick to which nothing happened",
            taken.whole && taken.damaged == 0,
            || format!("{name}: {taken:?}"),
        )?;
        if self.is_sound(station) {
            let foreign = taken.troubles.iter().find(|found| {
                let of_it = |other: &&Station| other.id == found.desk.id;
                let known = self.stations.iter().find(of_it);
                // What a key signed of which this desk has not heard yet is passed over, and told.
                known.is_none_or(|writer| self.is_sound(writer) && !self.was_rekeyed(writer.id))
            });
            hold(
                "only logs of doubtful desks make trouble on a stick",
                foreign.is_none() && taken.refused.is_empty(),
                || format!("{name}: {taken:?}"),
            )?;
            if stick.from.is_none() && stick.generation != self.centre.generation {
                // It says of the centre what was true before the centre came back from a backup.
                self.generations[at] = stick.generation;
            }
            let station = &self.stations[at];
            if self.generations[at] == self.centre.generation {
                oracle::waiting_is_true(self, station, false)?;
            }
        }
        let id = self.stations[at].id;
        self.sticks.was_taken(Some(id), stick);
        Ok(())
    }

    /// The same once more changes nothing.
    fn brings_nothing_more(&mut self, at: usize, stick: &Stick, file: &Path) -> Result<(), Violation> {
        let before = have(&self.stations[at])?;
        let came = self.take(at, file)?;
        let station = &self.stations[at];
        let after = have(station)?;
        let own = |have: &AllHeads| -> u64 {
            let mine = have.iter().filter(|((desk, _), _)| *desk == station.id);
            mine.map(|(_, (seq, _))| *seq).sum()
        };
        // A right that could not be given the first time (the disk was full) is given now, and that is written.
        let given = own(&after) - own(&before);
        let nothing = match &came {
            Ok(taken) => (taken.received, taken.acknowledged) == (0, 0),
            Err(_) => station.tight || !self.is_sound(station),
        };
        hold(
            "a stick brings nothing more the second time",
            station.tight || nothing && (given > 0 || before == after),
            || format!("{}: {came:?} of stick {}", station.name, stick.number),
        )
    }

    /// What a damaged stick does not bring is told; where nothing is told, nothing is missing.
    fn is_told(
        &mut self,
        at: usize,
        stick: &Stick,
        mishap: Option<Mishap>,
        came: &Came,
        file: &Path,
    ) -> Result<(), Violation> {
        const RULE: &str = "what is damaged on a stick is told";
        if !is_whole(came) {
            return Ok(());
        }
        let name = self.stations[at].name.clone();
        // A bit may have turned in what is another's: then all that is for this desk is there.
        hold(RULE, matches!(mishap, Some(Mishap::Turn(_))), || {
            format!("{name}: {came:?}")
        })?;
        self.counts
            .seen("sticks damaged where it is nobody's here to read", 1);
        std::fs::write(file, &stick.bytes).unwrap();
        self.brings_nothing_more(at, stick, file)
    }

    /// The power goes while the desk takes it in, or else right afterwards.
    fn take_in_the_dark(&mut self, at: usize, after: u16, file: &Path) -> Result<(), Violation> {
        let image = tempfile::tempdir().unwrap();
        let station = &self.stations[at];
        let home = station.home().path().to_owned();
        station.luck.set_trap(usize::from(after), &home, image.path());
        // Nobody is told what came of it.
        let _ = station.take_stick(file);
        if !station.luck.take_trap() {
            return self.power_cut(at);
        }
        self.stations[at]
            .put(image.path(), &self.runtime)
            .map_err(|error| Violation::new("a desk starts after a power cut", error.code()))?;
        self.stations[at].check_told()?;
        self.remember(at)
    }
}
