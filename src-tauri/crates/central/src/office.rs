// SPDX-License-Identifier: EUPL-1.2
//! The office in its folder: opening it, founding it, and the log that the centre itself writes.

use crate::append;
use crate::database::Database;
use crate::erase::KnownHouseholds;
use crate::error::CentralError;
use crate::key_file;
use crate::metrics::Metrics;
use crate::preset::SiteFacts;
use crate::vault::{OfficeRow, Vault};
use sportello_domain::event::{Event, NewEvent};
use sportello_domain::ids::{DeskId, OfficeId, SiteId};
use sportello_domain::meta::{EntityKind, Topic};
use sportello_domain::office::{Site, SiteDefined};
use sportello_protocol::wire::LogName;
use sportello_protocol::{Body, DeskKey, Head, PublicKey};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// File in the folder of a demonstration's centre.
const CLOCK_SHIFT: &str = "clock-shift";

/// Tells the time, milliseconds since 1970 (UTC).
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Fills bytes with chance, for keys, salts and identifiers.
pub type Chance = Arc<dyn Fn(&mut [u8]) -> Result<(), getrandom::Error> + Send + Sync>;

/// The centre. Cheap to clone; calls block.
#[derive(Clone)]
pub struct Central {
    inner: Arc<Inner>,
    chance: Chance,
}

pub(crate) struct Inner {
    folder: PathBuf,
    vault: Box<dyn Vault>,
    clock: Clock,
    pub(crate) metrics: Metrics,
    erased: KnownHouseholds,
}

/// The office as others may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeFacts {
    /// Its identifier.
    pub id: OfficeId,
    /// Its name.
    pub name: String,
    /// Its public key.
    pub key: PublicKey,
    /// Its sites.
    pub sites: Vec<Site>,
}

impl OfficeFacts {
    /// The public key's fingerprint, to be compared by people with what a desk shows.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }
}

/// The office with its key: what signing needs.
pub(crate) struct Office {
    pub(crate) row: OfficeRow,
    pub(crate) key: DeskKey,
}

impl Office {
    pub(crate) fn id(&self) -> OfficeId {
        self.row.id
    }

    /// The centre writes under the office's own identifier.
    pub(crate) fn as_desk(&self) -> DeskId {
        DeskId(self.row.id.0)
    }
}

impl std::fmt::Debug for Central {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Central")
            .field("folder", &self.inner.folder)
            .finish_non_exhaustive()
    }
}

impl Central {
    /// Opens the centre in a folder, which is made if it is missing, with its database in a file there.
    pub fn open(folder: &Path) -> Result<Self, CentralError> {
        Self::open_on(folder, &Database::File)
    }

    /// Opens the centre in a folder, which is made if it is missing, and on a database, which gets its tables if it has none.
    /// A demonstration's clock stands on another day ([`Central::shift_clock`]).
    pub fn open_on(folder: &Path, database: &Database) -> Result<Self, CentralError> {
        let shift = clock_shift(folder)?;
        if shift != 0 {
            tracing::warn!(shift, "this is a demonstration: its clock stands on another day");
        }
        let clock = Arc::new(move || system_clock().saturating_add(shift));
        Self::open_on_with_clock(folder, database, clock)
    }

    /// As [`Central::open_on`], where an office must be: nothing is made where somebody mistyped.
    pub fn open_founded(folder: &Path, database: &Database) -> Result<Self, CentralError> {
        if !folder.is_dir() || !database.is_there(folder)? {
            return Err(CentralError::NoOffice);
        }
        let central = Self::open_on(folder, database)?;
        match central.vault().office()? {
            Some(_) => Ok(central),
            None => Err(CentralError::NoOffice),
        }
    }

    /// From when it is next opened the clock is this many milliseconds ahead of the computer's: demonstrations run on a day
    /// of the past, and desks and centre must agree on which.
    pub fn shift_clock(&self, millis: i64) -> Result<(), CentralError> {
        let path = self.inner.folder.join(CLOCK_SHIFT);
        std::fs::write(&path, millis.to_string()).map_err(|source| CentralError::File { path, source })
    }

    /// As [`Central::open`], with a clock of the caller's own (simulation, tests).
    pub fn open_with_clock(folder: &Path, clock: Clock) -> Result<Self, CentralError> {
        Self::open_on_with_clock(folder, &Database::File, clock)
    }

    /// As [`Central::open_on`], with a clock of the caller's own (simulation, tests).
    pub fn open_on_with_clock(
        folder: &Path,
        database: &Database,
        clock: Clock,
    ) -> Result<Self, CentralError> {
        make_folder(folder).map_err(|source| CentralError::File {
            path: folder.to_owned(),
            source,
        })?;
        let vault = database.open(folder)?;
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                vault,
                clock,
                metrics: Metrics::default(),
                erased: KnownHouseholds::default(),
            }),
            chance: Arc::new(getrandom::fill),
        })
    }

    /// With chance of the caller's own (simulation): the computer's otherwise.
    #[must_use]
    pub fn with_chance(self, chance: Chance) -> Self {
        Self { chance, ..self }
    }

    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], CentralError> {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes).map_err(CentralError::Random)?;
        Ok(bytes)
    }

    pub(crate) fn random_uuid(&self) -> Result<Uuid, CentralError> {
        Ok(uuid::Builder::from_random_bytes(self.random()?).into_uuid())
    }

    /// Where everything is kept.
    pub fn vault(&self) -> &dyn Vault {
        self.inner.vault.as_ref()
    }

    pub(crate) fn erased_households(&self) -> &KnownHouseholds {
        &self.inner.erased
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// The centre's clock, milliseconds since 1970 (UTC).
    pub fn now(&self) -> i64 {
        (self.inner.clock)()
    }

    fn key_path(&self) -> PathBuf {
        key_file::path(&self.inner.folder)
    }

    /// Founds the office: makes its key and writes its sites.
    pub fn init_office(&self, name: &str, sites: &[SiteFacts]) -> Result<OfficeFacts, CentralError> {
        crate::preset::check(sites)?;
        if let Some(office) = self.vault().office()? {
            return Err(CentralError::OfficeExists(office.name));
        }
        let path = self.key_path();
        // A founding that was interrupted left a key and no office: that key is taken.
        let key = if let Some(key) = key_file::read(&path)? {
            key
        } else {
            let key = DeskKey::from_seed(&self.random()?);
            key_file::create(&path, &key)?;
            key
        };
        let row = OfficeRow {
            id: OfficeId(self.random_uuid()?),
            name: name.trim().to_owned(),
            directory: 1,
        };
        let office = Office { row, key };
        if !self.vault().create_office(&office.row)? {
            return Err(CentralError::OfficeExists(office.row.name));
        }
        self.define_sites(&office, sites)?;
        tracing::info!(office = %office.id(), sites = sites.len(), "office founded");
        self.facts()
    }

    /// The office with its key.
    pub(crate) fn office(&self) -> Result<Office, CentralError> {
        let row = self.vault().office()?.ok_or(CentralError::NoOffice)?;
        let path = self.key_path();
        let key = key_file::read(&path)?.ok_or(CentralError::KeyFile(path))?;
        Ok(Office { row, key })
    }

    /// What others may know of the office.
    pub fn facts(&self) -> Result<OfficeFacts, CentralError> {
        let office = self.office()?;
        Ok(OfficeFacts {
            id: office.id(),
            name: office.row.name.clone(),
            key: office.key.public(),
            sites: self.sites()?,
        })
    }

    /// Writes sites into the centre's own log. A site with a code that is there already is changed.
    pub fn set_sites(&self, sites: &[SiteFacts]) -> Result<(), CentralError> {
        crate::preset::check(sites)?;
        self.define_sites(&self.office()?, sites)
    }

    fn define_sites(&self, office: &Office, sites: &[SiteFacts]) -> Result<(), CentralError> {
        let events: Vec<NewEvent> = sites
            .iter()
            .map(|facts| {
                let site = facts.site(office.id());
                NewEvent::new(Topic::Office, site.id, SiteDefined { site })
            })
            .collect();
        append::write(self, office, &events)
    }

    /// The sites, by code: what the last word of anybody who may define them says.
    pub fn sites(&self) -> Result<Vec<Site>, CentralError> {
        let mut words = Vec::new();
        for log in self.vault().logs()? {
            if log.name.topic() == Some(Topic::Office) {
                self.each_record(&log.name, |head, body| {
                    let is_site =
                        head.kind == "site.defined" && head.entity_kind == EntityKind::Site.number();
                    if is_site
                        && let Body::Present(bytes) = body
                        && let Some(content) = bytes.get(sportello_protocol::record::SALT_LEN..)
                        && let Ok(Event::SiteDefined(defined)) =
                            Event::decode(&head.kind, head.version, content)
                    {
                        words.push(((head.hlc, log.name.desk, head.seq), defined.site));
                    }
                })?;
            }
        }
        words.sort_by_key(|(order, _)| *order);
        let mut sites: Vec<Site> = Vec::new();
        for (_, site) in words {
            sites.retain(|other| other.id != site.id);
            sites.push(site);
        }
        sites.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(sites)
    }

    /// Goes through all records of a log.
    pub(crate) fn each_record(
        &self,
        log: &LogName,
        mut see: impl FnMut(&Head, &Body),
    ) -> Result<(), CentralError> {
        let mut after = 0;
        loop {
            let segments = self.vault().segments(log, after, 4 << 20)?;
            let Some(last) = segments.last() else {
                return Ok(());
            };
            after = last.head.seq;
            for record in segments.iter().flat_map(|segment| &segment.records) {
                see(&Head::from_bytes(&record.head)?, &record.body);
            }
        }
    }
}

impl SiteFacts {
    /// The site. Its identifier follows from office and code, so that the same file can be given again.
    pub fn site(&self, office: OfficeId) -> Site {
        let id = sportello_domain::ids::derived(
            "sportello 2026 site",
            &[office.0.as_bytes(), self.code.trim().as_bytes()],
        );
        Site {
            id: SiteId(id),
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            quartiere: self.quartiere,
            central: self.central,
            address: self.address.trim().to_owned(),
            phone: self.phone.trim().to_owned(),
        }
    }
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// What [`Central::shift_clock`] left; nothing at every real centre.
fn clock_shift(folder: &Path) -> Result<i64, CentralError> {
    let path = folder.join(CLOCK_SHIFT);
    match std::fs::read_to_string(&path) {
        Ok(text) => text
            .trim()
            .parse()
            .map_err(|_| CentralError::Damaged(format!("{CLOCK_SHIFT} is not a number"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(source) => Err(CentralError::File { path, source }),
    }
}

fn system_clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_centre_of_a_demonstration_stands_on_its_day() {
        let folder = tempfile::tempdir().unwrap();
        let central = Central::open(folder.path()).unwrap();
        assert!((central.now() - system_clock()).abs() < 60_000);
        central.shift_clock(-86_400_000).unwrap();
        let again = Central::open(folder.path()).unwrap();
        assert!((again.now() + 86_400_000 - system_clock()).abs() < 60_000);
        std::fs::write(folder.path().join(CLOCK_SHIFT), "yesterday").unwrap();
        assert!(Central::open(folder.path()).is_err());
    }
}
