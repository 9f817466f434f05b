// SPDX-License-Identifier: EUPL-1.2
//! The centre, as a place: its power may go, and it may come back from an older backup.

use super::dice::Dice;
use super::image;
use super::report::Violation;
use super::station::AllHeads;
use crate::clock::SharedTime;
use sportello_central::{Central, CentralError, preset};
use sportello_domain::ids::DeskId;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// The first of the streams of chance that centres draw from.
const STREAM: u64 = 1000;

/// The centre.
#[derive(Debug)]
pub struct Centre {
    /// The centre itself.
    pub central: Central,
    /// It came back from a backup at least once: what only dead desks had handed over since then may be gone from it.
    pub was_put_back: bool,
    /// Rises each time that it does.
    pub generation: u64,
    seed: u64,
    opened: u64,
    time: SharedTime,
    folder: TempDir,
    kept: Option<TempDir>,
}

fn open(folder: &Path, time: &SharedTime, dice: Dice) -> Result<Central, CentralError> {
    let time = time.clone();
    let dice = Mutex::new(dice);
    let central = Central::open_with_clock(folder, Arc::new(move || time.now()))?;
    Ok(central.with_chance(Arc::new(move |bytes| {
        dice.lock().unwrap().fill(bytes);
        Ok(())
    })))
}

impl Centre {
    /// Founds the office.
    pub fn found(seed: u64, time: &SharedTime) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let central = open(folder.path(), time, Dice::new(seed, STREAM)).unwrap();
        central
            .init_office("Comune di Prova", &preset::firenze())
            .unwrap();
        Self {
            central,
            was_put_back: false,
            generation: 0,
            seed,
            opened: 0,
            time: time.clone(),
            folder,
            kept: None,
        }
    }

    fn reopen(&mut self, image: &Path) {
        let folder = tempfile::tempdir().unwrap();
        image::copy(image, folder.path());
        self.opened += 1;
        let dice = Dice::new(self.seed, STREAM + self.opened);
        self.central = open(folder.path(), &self.time, dice).unwrap();
        self.folder = folder;
    }

    /// Its power goes, and it is started again on what lies on its disk.
    pub fn crash(&mut self) {
        let image = tempfile::tempdir().unwrap();
        image::copy(self.folder.path(), image.path());
        self.reopen(image.path());
    }

    /// It is backed up.
    pub fn keep(&mut self) {
        let kept = tempfile::tempdir().unwrap();
        image::copy(self.folder.path(), kept.path());
        self.kept = Some(kept);
    }

    /// It comes back from its last backup; false when there is none.
    pub fn put_back(&mut self) -> bool {
        let Some(kept) = self.kept.take() else {
            return false;
        };
        self.reopen(kept.path());
        self.kept = Some(kept);
        self.was_put_back = true;
        self.generation += 1;
        true
    }

    /// Where its files lie.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How far it has each log.
    pub fn heads(&self) -> Result<AllHeads, Violation> {
        let logs = self
            .central
            .vault()
            .logs()
            .map_err(|error| Violation::new("the centre can be read", error.to_string()))?;
        Ok(logs
            .into_iter()
            .filter_map(|log| Some(((log.name.desk_id(), log.name.topic()?), (log.seq, log.link))))
            .collect())
    }

    /// Whether it knows that a desk is revoked.
    pub fn revoked(&self, desk: DeskId) -> Result<bool, CentralError> {
        let row = self.central.vault().desk(desk)?;
        Ok(row.is_some_and(|row| row.revoked_at.is_some()))
    }
}
