// SPDX-License-Identifier: EUPL-1.2
//! An office: a centre that listens on a port of this computer, and the desks that were enrolled with it.

use crate::clock::{SharedTime, march};
use crate::facts;
use crate::seat::Seat;
use chrono::NaiveDateTime;
use sportello_central::{Central, Invitation, NewDesk, ServeOptions, preset};
use sportello_desk::DeskError;
use sportello_desk::view::EnrolRequest;
use sportello_domain::command::Passphrase;
use sportello_domain::ids::HouseholdId;
use sportello_domain::office::Role;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What everybody logs in with, unless a test says otherwise.
pub const PASSPHRASE: &str = "una frase lunga per le prove";

/// The least work that a key slot may cost: tests are no safes.
pub const WORK_FACTOR: u8 = 2;

/// An office in this process.
pub struct Office {
    /// The centre.
    pub central: Central,
    /// Its address.
    pub url: String,
    /// The office's time.
    pub time: SharedTime,
    directory: PathBuf,
    /// Kept for as long as the office is there.
    folders: Vec<TempDir>,
    address: SocketAddr,
    serving: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Office {
    /// The office of Firenze on Monday 1 March 2021, 9:00.
    pub async fn open() -> Self {
        Self::open_at(march(1, 9, 0)).await
    }

    /// The same at another time.
    pub async fn open_at(local: NaiveDateTime) -> Self {
        let time = SharedTime::at(local);
        let folder = tempfile::tempdir().unwrap();
        let central = open(folder.path(), &time);
        central
            .init_office("Comune di Prova", &preset::firenze())
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut office = Self {
            central,
            url: format!("http://{address}"),
            time,
            directory: folder.path().to_owned(),
            folders: vec![folder],
            address,
            serving: None,
        };
        office.serve(listener);
        office
    }

    /// An office with a supervisor, a desk of the first Quartiere, and a household that both know and nobody has served.
    pub async fn with_household() -> (Self, Seat, Seat, HouseholdId) {
        let office = Self::open().await;
        let supervisor = office.supervisor().await;
        let desk = office.desk("Q1-A", "Q1").await;
        office.until_quiet(&[&supervisor, &desk]).await;
        facts::define(&supervisor);
        let household = supervisor.enter("Rossi", 1);
        office.until_quiet(&[&supervisor, &desk]).await;
        (office, supervisor, desk, household)
    }

    fn serve(&mut self, listener: TcpListener) {
        let (stop, stopped) = oneshot::channel::<()>();
        let central = self.central.clone();
        let task = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            central
                .serve(listener, &ServeOptions::default(), stopped)
                .await
                .unwrap();
        });
        self.serving = Some((stop, task));
    }

    /// The centre is switched off. Its data stays.
    pub async fn switch_off(&mut self) {
        if let Some((stop, task)) = self.serving.take() {
            let _ = stop.send(());
            let _ = tokio::time::timeout(Duration::from_secs(15), task).await;
        }
    }

    /// The centre is switched on again, at the same address.
    pub async fn switch_on(&mut self) {
        for _ in 0..100 {
            if let Ok(listener) = TcpListener::bind(self.address) {
                return self.serve(listener);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the port of the centre is taken");
    }

    /// Where the centre keeps its files.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The centre's program ends; what is left is its folder, where it listened, and what keeps the folder.
    pub async fn closed(mut self) -> (PathBuf, SocketAddr, Vec<TempDir>) {
        self.switch_off().await;
        (self.directory, self.address, self.folders)
    }

    /// A copy of the centre's folder as a backup would make it.
    pub fn backup(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(&self.directory).unwrap() {
            let path = entry.unwrap().path();
            let to = copy.path().join(path.file_name().unwrap());
            if path.extension().is_some_and(|e| e == "db") {
                let database = rusqlite::Connection::open(&path).unwrap();
                database
                    .execute("VACUUM INTO ?1", [to.to_str().unwrap()])
                    .unwrap();
            } else if path.is_file() && !path.to_string_lossy().contains(".db-") {
                std::fs::copy(&path, &to).unwrap();
            }
        }
        copy
    }

    /// The centre dies and comes back from a backup, at the same address.
    pub async fn restore(&mut self, backup: TempDir) {
        self.restore_at(backup.path().to_owned()).await;
        self.folders.push(backup);
    }

    /// The centre comes back in another folder, at the same address.
    pub async fn restore_at(&mut self, folder: PathBuf) {
        self.switch_off().await;
        self.central = open(&folder, &self.time);
        self.directory = folder;
        self.switch_on().await;
    }

    /// Adds a desk at the centre and gives the code for it.
    pub fn invite(&self, new: &NewDesk) -> Invitation {
        self.central.add_desk(new).unwrap()
    }

    /// Puts a desk in the place of another and gives the code for it.
    pub fn replace(&self, old: &str) -> Invitation {
        self.central.replace_desk(old, 48).unwrap()
    }

    /// A desk for operators at a site, enrolled and with an operator at work whose username is that of the desk.
    pub async fn desk(&self, name: &str, site: &str) -> Seat {
        self.enrolled(&NewDesk::new(site, name), Role::Operator).await
    }

    /// The supervisors' desk, with an administrator at work.
    pub async fn supervisor(&self) -> Seat {
        let new = NewDesk {
            supervises: true,
            ..NewDesk::new("CEN", "CEN-S")
        };
        self.enrolled(&new, Role::Administrator).await
    }

    /// Any desk, enrolled through the real first start.
    pub async fn enrolled(&self, new: &NewDesk, role: Role) -> Seat {
        let code = self.invite(new).code.to_string();
        self.try_enrol(&new.name, &code, role)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", error.code()))
    }

    /// A first start with any code.
    pub async fn try_enrol(&self, name: &str, code: &str, role: Role) -> Result<Seat, DeskError> {
        Seat::enrol(&self.time, &self.request(name, code, role)).await
    }

    /// What a first start asks for.
    pub fn request(&self, name: &str, code: &str, role: Role) -> EnrolRequest {
        EnrolRequest {
            server: self.url.clone(),
            code: code.into(),
            custom_ca: None,
            proxy: None,
            username: name.to_lowercase(),
            name: format!("Persona {name}"),
            role,
            passphrase: Passphrase(PASSPHRASE.into()),
        }
    }

    /// Exchanges in turn until nobody has anything to send or to fetch.
    pub async fn until_quiet(&self, seats: &[&Seat]) {
        for _ in 0..20 {
            let mut moved = 0;
            for seat in seats {
                let report = seat.exchange().await;
                moved += report.pushed + report.pulled + report.remaining;
            }
            if moved == 0 {
                return;
            }
        }
        panic!("records keep coming");
    }
}

fn open(folder: &Path, time: &SharedTime) -> Central {
    let time = time.clone();
    Central::open_with_clock(folder, Arc::new(move || time.now())).unwrap()
}
