// SPDX-License-Identifier: EUPL-1.2
//! An open desk: its file unlocked, its key at hand. Everything goes through [`Desk::execute`] and [`Desk::query`].

use crate::directory::Directory;
use crate::error::DeskError;
use crate::exchange::SyncState;
use crate::execute;
use crate::home::{Home, Settings};
use crate::looks::Watch;
use crate::outcome::Outcome;
use crate::ports::Ports;
use crate::query::Query;
use crate::relay::RelayState;
use crate::rotation::OwnKeys;
use crate::session::Session;
use crate::view::{Progress, View};
use serde_json::Value;
use sportello_domain::command::{Command, Passphrase};
use sportello_domain::ids::{CommandId, DeskId, EntitlementId, SiteId};
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::office::Site;
use sportello_domain::state::Entity;
use sportello_domain::time::Timestamp;
use sportello_protocol::{DeskKey, PublicKey};
use sportello_store::keys::KeyRing;
use sportello_store::sync_book::Draft;
use sportello_store::{DbKey, Reads, Store, StoreError, WriteTx, backup};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::{Notify, broadcast};

pub(crate) const DESK_KEY: &str = "desk_key";
pub(crate) const OFFICE_KEY: &str = "office_key";
pub(crate) const SITE: &str = "site";
pub(crate) const SUPERVISES: &str = "supervises";
pub(crate) const STOPPED: &str = "stopped";
/// Why nothing is written under the name that a desk was opened with, once its file has another.
pub(crate) const RENEWED: &str = "identity_renewed";
/// Why a desk is stopped whose file has lost records: a code of the error catalogue.
pub(crate) const RECORDS_LOST: &str = "records_lost";

/// What happened at a desk, for whoever shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// These things changed; everything may have when there are none.
    Changed(Vec<EntityRef>),
    /// The state of the exchange changed.
    Sync,
}

/// An open desk.
pub struct Desk {
    home: Home,
    settings: RwLock<Settings>,
    ports: Ports,
    /// Before the clock of a demonstration was shifted.
    unshifted: Ports,
    store: Store,
    db_key: DbKey,
    id: DeskId,
    site: SiteId,
    supervises: bool,
    pub(crate) keys: Arc<RwLock<OwnKeys>>,
    /// Held for reading while something is signed for others, for writing while the key is changed.
    pub(crate) signing: Arc<tokio::sync::RwLock<()>>,
    /// One at a time asks for another key.
    pub(crate) rotating: tokio::sync::Mutex<()>,
    office_key: PublicKey,
    directory: RwLock<Arc<Directory>>,
    pub(crate) sync: Mutex<SyncState>,
    pub(crate) nudge: Notify,
    pub(crate) looks: Mutex<Watch>,
    pub(crate) relay: RelayState,
    happenings: broadcast::Sender<Happening>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Desk {
    pub(crate) fn open(
        home: &Home,
        ports: Ports,
        settings: Settings,
        db_key: DbKey,
    ) -> Result<Arc<Self>, DeskError> {
        let store = Store::open(home.database(), &db_key)?;
        let desk = Self::around(home, ports, settings, db_key, store)?;
        // The file says who it is. What stands beside it is older when the power went just when it became another.
        let (id, name) = (desk.id(), desk.directory().name(desk.id()).name);
        if desk.settings().desk != id {
            desk.change_settings(|settings| (settings.desk, settings.desk_name) = (id, name))?;
        }
        Ok(desk)
    }

    /// The same desk opened anew, as whom its file says by now. This one can do nothing more under its old name.
    pub(crate) fn reopened(&self) -> Result<Arc<Self>, DeskError> {
        Self::open(
            &self.home,
            self.unshifted.clone(),
            self.settings(),
            self.db_key.clone(),
        )
    }

    pub(crate) fn around(
        home: &Home,
        ports: Ports,
        settings: Settings,
        db_key: DbKey,
        store: Store,
    ) -> Result<Arc<Self>, DeskError> {
        let unshifted = ports.clone();
        let ports = match settings.clock_shift {
            Some(shift) => Ports::starting_at(Timestamp(ports.now().0 + shift)),
            None => ports,
        };
        let lost = || StoreError::Damaged {
            detail: "the desk's own key is missing".into(),
        };
        let now = ports.now().0;
        let (id, keys, office_key, site, supervises, directory, sync) = store.read(|reads| {
            let office: String = reads.get_meta(OFFICE_KEY)?.ok_or_else(lost)?;
            let mut office_bytes = [0; 32];
            hex::decode_to_slice(&office, &mut office_bytes).map_err(|_| lost())?;
            Ok::<_, DeskError>((
                reads.identity()?.desk,
                OwnKeys::read(reads, now, || DeskError::from(lost()))?,
                PublicKey(office_bytes),
                reads.get_meta(SITE)?.ok_or_else(lost)?,
                reads.get_meta(SUPERVISES)?.unwrap_or(false),
                Directory::read(reads)?,
                SyncState::read(reads)?,
            ))
        })?;
        Ok(Arc::new(Self {
            home: home.clone(),
            settings: RwLock::new(settings),
            ports,
            unshifted,
            store,
            db_key,
            id,
            site,
            supervises,
            keys: Arc::new(RwLock::new(keys)),
            signing: Arc::default(),
            rotating: tokio::sync::Mutex::default(),
            office_key,
            directory: RwLock::new(Arc::new(directory)),
            sync: Mutex::new(sync),
            nudge: Notify::new(),
            looks: Mutex::default(),
            relay: RelayState::default(),
            happenings: broadcast::channel(64).0,
        }))
    }

    /// The first door: does a command, once and whole, or says why not.
    pub fn execute(&self, session: &Session, id: CommandId, command: &Command) -> Result<Outcome, DeskError> {
        execute::execute(self, session, id, command, &mut |_| {})
    }

    /// The first door, with word of how far long work has come.
    pub fn execute_telling(
        &self,
        session: &Session,
        id: CommandId,
        command: &Command,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, DeskError> {
        execute::execute(self, session, id, command, progress)
    }

    /// The second door: answers a question, and changes nothing.
    pub fn query(&self, session: &Session, query: &Query) -> Result<View, DeskError> {
        crate::answer::answer(self, session, query)
    }

    /// The desk.
    pub fn id(&self) -> DeskId {
        self.id
    }

    /// The site that it stands at.
    pub fn site(&self) -> SiteId {
        self.site
    }

    /// Supervisors sit here.
    pub fn supervises(&self) -> bool {
        self.supervises
    }

    /// What is known before anybody logs in.
    pub fn settings(&self) -> Settings {
        self.settings
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Changes and keeps the settings.
    pub fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<(), DeskError> {
        let mut settings = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let mut new = settings.clone();
        change(&mut new);
        self.home.keep(&new)?;
        *settings = new;
        Ok(())
    }

    /// Where it lives.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Its encrypted file, for tools that verify and measure.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The desk's clock.
    pub fn now(&self) -> Timestamp {
        self.ports.now()
    }

    /// What happens at the desk from now on.
    pub fn watch(&self) -> broadcast::Receiver<Happening> {
        self.happenings.subscribe()
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.ports
    }

    pub(crate) fn db_key(&self) -> &DbKey {
        &self.db_key
    }

    /// The key with which this desk signs.
    pub(crate) fn key(&self) -> DeskKey {
        self.own_keys().current
    }

    pub(crate) fn office_key(&self) -> PublicKey {
        self.office_key
    }

    /// The desks of the office.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn read_directory(&self) -> Result<(), DeskError> {
        let new = self.store.read(Directory::read)?;
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        self.read_keys()?;
        self.take_certified_key()
    }

    /// The state of anything, for tools.
    pub fn state<S: Entity>(&self, id: impl Into<uuid::Uuid>) -> Result<Option<S>, DeskError> {
        Ok(self.store.read(|reads| reads.state::<S>(id))?)
    }

    /// The topic in which this desk may write of operators: the office's where supervisors sit, its Quartiere's elsewhere.
    pub(crate) fn own_topic(&self, site: &Site) -> Topic {
        if self.supervises {
            Topic::Office
        } else {
            Topic::Quartiere(site.quartiere)
        }
    }

    /// The desk that gets a new entitlement of a topic: the first one at the seat of that Quartiere; else the first one
    /// that serves the topic at all; else this one.
    pub(crate) fn holder_for(&self, reads: &Reads<'_>, topic: Topic) -> Result<DeskId, DeskError> {
        let directory = self.directory();
        let sites = reads.sites()?;
        let seat = sites
            .iter()
            .find(|site| !site.central && Topic::Quartiere(site.quartiere) == topic);
        Ok(seat
            .and_then(|site| directory.desk_for_site(site.id, topic))
            .or_else(|| {
                directory
                    .serving(topic)
                    .min_by(|a, b| a.name.cmp(&b.name))
                    .map(|desk| desk.id)
            })
            .unwrap_or(self.id))
    }

    /// Whether this desk may write, or the reason why not.
    pub(crate) fn may_write(&self) -> Result<(), DeskError> {
        self.store.read(|reads| self.may_write_in(reads))
    }

    /// The same, in the middle of a reading.
    pub(crate) fn may_write_in(&self, reads: &Reads<'_>) -> Result<(), DeskError> {
        match self.stopped_in(reads)? {
            None => Ok(()),
            Some(code) => Err(DeskError::Stopped(code)),
        }
    }

    /// Why this desk may not write, as a code: revoked, forked, restored from a backup, its file without what it once held.
    pub(crate) fn stopped(&self) -> Result<Option<String>, DeskError> {
        self.store.read(|reads| self.stopped_in(reads))
    }

    /// The same, in the middle of a reading.
    pub(crate) fn stopped_in(&self, reads: &Reads<'_>) -> Result<Option<String>, DeskError> {
        if reads.identity()?.desk != self.id {
            return Ok(Some(RENEWED.to_owned()));
        }
        if reads.lost_records()? > 0 {
            return Ok(Some(RECORDS_LOST.to_owned()));
        }
        if reads.is_restored()? {
            return Ok(Some("restored".to_owned()));
        }
        Ok(reads.get_meta::<Option<String>>(STOPPED)?.flatten())
    }

    pub(crate) fn tell(&self, happening: Happening) {
        // Nobody listening is fine.
        let _ = self.happenings.send(happening);
    }

    /// Something was written: whoever shows it asks again, and the exchange need not wait.
    pub(crate) fn wrote(&self, changed: &[EntityRef]) {
        if !changed.is_empty() {
            self.tell(Happening::Changed(changed.iter().take(64).copied().collect()));
            self.tell(Happening::Sync);
            self.stir();
        }
    }

    /// There is something new to be told to others: no exchange need wait.
    pub(crate) fn stir(&self) {
        self.nudge.notify_one();
        self.relay.nudge.notify_one();
    }

    // Drafts.

    pub(crate) fn keep_draft(
        &self,
        _: &Session,
        id: CommandId,
        entitlement: EntitlementId,
        draft: Option<&Value>,
    ) -> Result<Outcome, DeskError> {
        self.store.write(|tx| {
            match draft {
                Some(content) => tx.keep_draft(&Draft {
                    entitlement,
                    at: self.now(),
                    content: content.clone(),
                })?,
                None => {
                    tx.drop_draft(entitlement)?;
                }
            }
            Ok::<_, DeskError>(())
        })?;
        if draft.is_none() {
            // Somebody may have been waiting for it.
            self.stir();
        }
        Ok(Outcome {
            command: id,
            subject: Some(entitlement.into()),
            changed: Vec::new(),
            delivery: None,
            import: None,
            undo: None,
            forced: false,
            repeated: false,
        })
    }

    /// Whether somebody is at the counter for an entitlement, at this desk.
    #[expect(clippy::unused_self, reason = "a draft is the desk's own, and reads as such")]
    pub(crate) fn has_draft(
        &self,
        tx: &mut WriteTx<'_>,
        entitlement: EntitlementId,
    ) -> Result<bool, DeskError> {
        Ok(tx.reads()?.is_being_served(entitlement)?)
    }

    #[expect(clippy::unused_self, reason = "a draft is the desk's own, and reads as such")]
    pub(crate) fn drop_draft(
        &self,
        tx: &mut WriteTx<'_>,
        entitlement: EntitlementId,
    ) -> Result<(), DeskError> {
        tx.drop_draft(entitlement)?;
        Ok(())
    }

    // Backups.

    /// Makes an encrypted backup, tries it, and lets old ones go. In the desk's own directory when none is named.
    pub fn backup(&self, directory: Option<&Path>) -> Result<PathBuf, DeskError> {
        let own = self.home.backups();
        let made = self.store.backup(
            directory.unwrap_or(&own),
            &self.key_ring(),
            chrono::Utc::now(),
            backup::KeepPolicy::default(),
        )?;
        // On another computer the file is found again by what stands beside it.
        Home::new(&made.path).keep(&self.settings())?;
        Ok(made.path)
    }

    /// Makes a backup when the last one is older than a day. Called by itself while the desk is open.
    pub fn backup_when_due(&self) -> Result<Option<PathBuf>, DeskError> {
        let last = backup::list(&self.home.backups())?
            .into_iter()
            .map(|found| found.at)
            .max();
        let due = last.is_none_or(|at| chrono::Utc::now() - at > chrono::Duration::hours(24));
        due.then(|| self.backup(None)).transpose()
    }
}

/// Puts a backup in place of a desk's file. A file that is there is set aside, never deleted; when the backup cannot be used, it
/// is where it was. The restored desk shows what it holds and does not write until it is enrolled anew.
pub fn restore(home: &Home, from: &Path, username: &str, passphrase: &str) -> Result<(), DeskError> {
    let (_, key) = KeyRing::new(from.join("keys")).unlock(username, passphrase)?;
    put_in_place(home, from, &key)
}

/// The same with the desk's recovery key, when nobody remembers a passphrase of when the backup was made.
pub fn restore_with_recovery(home: &Home, from: &Path, recovery_key: &Passphrase) -> Result<(), DeskError> {
    let key = KeyRing::new(from.join("keys")).unlock_with_recovery(&recovery_key.0)?;
    put_in_place(home, from, &key)
}

fn put_in_place(home: &Home, from: &Path, key: &DbKey) -> Result<(), DeskError> {
    let database = home.database();
    let aside = if database.exists() {
        Some(sportello_store::set_aside(&database)?)
    } else {
        None
    };
    if let Err(error) = backup::restore(from, home.path(), key) {
        // A backup that cannot be used changes nothing.
        if let Some(aside) = aside {
            sportello_store::put_back(&aside, &database)?;
        }
        return Err(error.into());
    }
    if home.settings()?.is_none()
        && let Some(settings) = Home::new(from).settings()?
    {
        home.keep(&settings)?;
    }
    Ok(())
}
