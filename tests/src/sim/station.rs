// SPDX-License-Identifier: EUPL-1.2
//! A desk with somebody at it, as a place: the program may end, the power may go, its directory may be replaced by an older one.

use super::image;
use super::net::{Cable, Plug};
use super::plan::{Fault, Outage};
use super::ports::Luck;
use super::report::Violation;
use crate::clock::DeskClock;
use crate::office::PASSPHRASE;
use sportello_desk::view::{BundleRequest, BundleTaken, BundleWritten, KeyView};
use sportello_desk::{Command, Desk, DeskError, Home, Outcome, Query, Session, View};
use sportello_domain::ids::{CommandId, DeskId};
use sportello_domain::meta::Topic;
use sportello_protocol::Link;
use sportello_store::StoreError;
use sportello_sync::{HttpTransport, Report};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How far each log of a desk's own goes: the last record and the link after it.
pub type Heads = BTreeMap<Topic, (u64, Link)>;

/// How far each log goes that somebody has: the last record and the link after it.
pub type AllHeads = BTreeMap<(DeskId, Topic), (u64, Link)>;

/// What there is while the program runs.
#[derive(Debug)]
struct Live {
    desk: Arc<Desk>,
    session: Session,
    transport: Arc<HttpTransport<Plug>>,
}

/// A copy of a desk's directory, with what the desk had told by then.
#[derive(Debug)]
pub struct Kept {
    /// Where it lies.
    pub folder: TempDir,
    /// What had been told.
    pub told: Heads,
    /// It was a restored one.
    pub shelved: bool,
    /// How often the desk had asked for another key.
    pub keys_asked: u32,
}

/// What came of an exchange.
#[derive(Debug)]
pub enum Exchanged {
    /// It went to its end, whatever it reports.
    Done(Box<Report>),
    /// The desk itself could not.
    Failed(DeskError),
    /// The power went.
    Dark,
}

/// A desk with somebody at it.
#[derive(Debug)]
pub struct Station {
    /// Its name; a clone's ends with an apostrophe.
    pub name: String,
    /// What is typed to log in.
    pub username: String,
    /// Under which identity it writes.
    pub id: DeskId,
    /// Supervisors sit there.
    pub supervises: bool,
    /// Its clock.
    pub clock: DeskClock,
    /// Its chance.
    pub luck: Arc<Luck>,
    /// Its cable.
    pub cable: Arc<Cable>,
    /// Every record up to here was told to somebody, or was there when the program started.
    pub told: Heads,
    /// The last copy of its directory that somebody kept.
    pub kept: Option<Kept>,
    /// Its last backup, and what had been told by then.
    pub backup: Option<(std::path::PathBuf, Heads)>,
    /// It was restored as the manual says: it does not write until it is enrolled anew.
    pub shelved: bool,
    /// How often it asked for another key.
    pub keys_asked: u32,
    /// The disk may be full.
    pub tight: bool,
    live: Option<Live>,
    home: Home,
    folder: TempDir,
}

impl Station {
    /// A desk that was just enrolled, or copied, into a folder.
    pub fn new(
        name: &str,
        username: &str,
        folder: TempDir,
        clock: DeskClock,
        luck: Arc<Luck>,
        cable: Arc<Cable>,
    ) -> Result<Self, DeskError> {
        let home = Home::new(folder.path().join("desk"));
        let mut station = Self {
            name: name.to_owned(),
            username: username.to_owned(),
            id: DeskId::default(),
            supervises: false,
            clock,
            luck,
            cable,
            told: Heads::new(),
            kept: None,
            backup: None,
            shelved: false,
            keys_asked: 0,
            tight: false,
            live: None,
            home,
            folder,
        };
        station.open()?;
        let desk = station.desk();
        let (id, supervises) = (desk.id(), desk.supervises());
        (station.id, station.supervises) = (id, supervises);
        station.told = station.heads()?;
        Ok(station)
    }

    /// The program starts, and the same person logs in.
    pub fn open(&mut self) -> Result<(), DeskError> {
        let ports = self.luck.ports(&self.clock);
        let (desk, session) = Desk::login(&self.home, ports, &self.username, PASSPHRASE)?;
        let transport = Arc::new(desk.transport_by(Plug(self.cable.clone()))?);
        self.tight = false;
        self.live = Some(Live {
            desk,
            session,
            transport,
        });
        Ok(())
    }

    /// The program ends.
    pub fn close(&mut self, runtime: &Runtime) {
        let Some(Live { desk, .. }) = self.live.take() else {
            return;
        };
        // What an exchange that was broken off had under way still holds the desk.
        while Arc::strong_count(&desk) > 1 {
            runtime.block_on(tokio::time::sleep(Duration::from_millis(1)));
        }
    }

    /// The desk, whose program runs.
    pub fn desk(&self) -> &Arc<Desk> {
        &self.live.as_ref().expect("its program runs").desk
    }

    /// Where it lives.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// The folder around it, for copies that last as long as it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts an image in place of its directory and starts the program on it.
    pub fn put(&mut self, image: &Path, runtime: &Runtime) -> Result<(), DeskError> {
        self.close(runtime);
        image::put(image, self.home.path());
        self.open()
    }

    /// The power goes now: what lies on the disk is all there is.
    pub fn power_cut(&mut self, runtime: &Runtime) -> Result<(), DeskError> {
        let image = tempfile::tempdir().unwrap();
        if let Some(live) = &self.live {
            while Arc::strong_count(&live.desk) > 1 {
                runtime.block_on(tokio::time::sleep(Duration::from_millis(1)));
            }
        }
        image::copy(self.home.path(), image.path());
        self.put(image.path(), runtime)
    }

    /// Does a command.
    pub fn execute(&self, id: CommandId, command: &Command) -> Result<Outcome, DeskError> {
        let live = self.live.as_ref().expect("its program runs");
        live.desk.execute(&live.session, id, command)
    }

    /// Answers a question.
    pub fn ask(&self, query: &Query) -> Result<View, DeskError> {
        let live = self.live.as_ref().expect("its program runs");
        live.desk.query(&live.session, query)
    }

    /// Writes a stick.
    pub fn write_stick(&self, request: &BundleRequest, file: &Path) -> Result<BundleWritten, DeskError> {
        let live = self.live.as_ref().expect("its program runs");
        live.desk.write_bundle(&live.session, request, file, &mut |_| {})
    }

    /// Takes a stick in.
    pub fn take_stick(&self, file: &Path) -> Result<BundleTaken, DeskError> {
        let live = self.live.as_ref().expect("its program runs");
        live.desk.read_bundle(&live.session, file, &mut |_| {})
    }

    /// One exchange with the centre.
    pub fn exchange(&self, runtime: &Runtime, faults: &[Option<Fault>], outage: Option<Outage>) -> Exchanged {
        let live = self.live.as_ref().expect("its program runs");
        let done = live.desk.sync_over(live.transport.clone());
        match self.until_dark(runtime, faults, outage, done) {
            Some(Ok(report)) => Exchanged::Done(Box::new(report)),
            Some(Err(error)) => Exchanged::Failed(error),
            None => Exchanged::Dark,
        }
    }

    /// Asks for another key; none where the power went.
    pub fn change_key(
        &self,
        runtime: &Runtime,
        faults: &[Option<Fault>],
        outage: Option<Outage>,
    ) -> Option<Result<KeyView, DeskError>> {
        let live = self.live.as_ref().expect("its program runs");
        let asked = live.desk.rotate_key_over(&live.session, live.transport.clone());
        self.until_dark(runtime, faults, outage, asked)
    }

    /// Does something over the network, until the power goes.
    fn until_dark<T>(
        &self,
        runtime: &Runtime,
        faults: &[Option<Fault>],
        outage: Option<Outage>,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        self.cable.prepare(faults, outage);
        let done = runtime.block_on(async {
            tokio::select! {
                biased;
                () = self.cable.dark.notified() => None,
                done = work => Some(done),
            }
        });
        self.cable.settle();
        done.filter(|_| !self.cable.darkens())
    }

    /// How far each of its own logs goes.
    pub fn heads(&self) -> Result<Heads, StoreError> {
        let logs = self.desk().store().read(|reads| reads.own_logs())?;
        Ok(logs
            .into_iter()
            .filter_map(|log| Some((log.log.topic()?, (log.seq, log.link))))
            .collect())
    }

    /// How far each log that it has goes, its own included.
    pub fn have(&self) -> Result<AllHeads, StoreError> {
        let heads = self.desk().store().read(|reads| reads.heads())?;
        Ok(heads
            .into_iter()
            .filter_map(|head| Some(((head.log.desk_id(), head.log.topic()?), (head.seq, head.link))))
            .collect())
    }

    /// Whether it may read a topic.
    pub fn reads(&self, topic: Topic) -> bool {
        let directory = self.desk().directory();
        directory
            .desk(self.id)
            .is_some_and(|desk| desk.reads.contains(&topic))
    }

    /// What must be there is there: everything that was told.
    pub fn check_told(&self) -> Result<(), Violation> {
        const RULE: &str = "nothing that was told is lost at the desk that told it";
        let id = self.id;
        self.desk()
            .store()
            .read(|reads| {
                for (topic, (seq, link)) in &self.told {
                    let log = sportello_protocol::wire::LogName::new(id, *topic);
                    if reads.link_at(&log, *seq)? != Some(*link) {
                        let detail = format!("{}: record {seq} of {topic}", self.name);
                        return Ok(Err(Violation::new(RULE, detail)));
                    }
                }
                Ok::<_, StoreError>(Ok(()))
            })
            .map_err(|error| Violation::new(RULE, format!("{}: {}", self.name, error.code())))?
    }
}
