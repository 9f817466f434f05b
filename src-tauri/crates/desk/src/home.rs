// SPDX-License-Identifier: EUPL-1.2
//! Where a desk lives on disk. Beside the encrypted file stands only what is needed before anybody logs in, none of it
//! personal: where the centre is, what the desk is called.
//!
//! ```text
//! desk.json   names and the way to the centre
//! desk.db     the encrypted file
//! keys/       its key, wrapped for each operator and for the recovery key
//! backups/    encrypted copies, each with its key slots
//! ```

use crate::attempts::Attempts;
use crate::error::DeskError;
use crate::query::Language;
use crate::view::RelaySettings;
use serde::{Deserialize, Serialize};
use sportello_domain::ids::{DeskId, OfficeId};
use sportello_store::keys::KeyRing;
use sportello_sync::{HttpOptions, Proxy};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is known before anybody logs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The office.
    pub office: OfficeId,
    /// Name of the office.
    pub office_name: String,
    /// The desk.
    pub desk: DeskId,
    /// Name of the desk.
    pub desk_name: String,
    /// Address of the centre.
    pub server: String,
    /// A certificate authority to trust besides the usual ones, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_ca: Option<String>,
    /// An HTTP proxy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// The relay of the seat.
    #[serde(default, skip_serializing_if = "RelaySettings::is_none")]
    pub relay: RelaySettings,
    /// Language of the screens.
    #[serde(default)]
    pub language: Language,
    /// Demonstrations run on a day of the past: milliseconds by which their clock is shifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_shift: Option<i64>,
    /// Exponent of the work (scrypt, log₂ N) that new key slots cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_factor: Option<u8>,
}

impl Settings {
    /// How to reach the centre.
    pub fn http(&self) -> HttpOptions {
        http(&self.server, self.custom_ca.as_deref(), self.proxy.as_deref())
    }
}

pub(crate) fn http(server: &str, custom_ca: Option<&str>, proxy: Option<&str>) -> HttpOptions {
    let proxy = proxy.map(str::trim).filter(|p| !p.is_empty());
    HttpOptions {
        url: server.trim().to_owned(),
        ca_pem: custom_ca
            .filter(|pem| !pem.trim().is_empty())
            .map(|pem| pem.as_bytes().to_vec()),
        proxy: proxy.map_or(Proxy::Environment, |url| Proxy::Url(url.to_owned())),
        ..HttpOptions::default()
    }
}

/// The directory that a desk lives in. Clones share what is remembered of wrong passphrases: whoever opens desks for people
/// keeps one.
#[derive(Clone, Debug)]
pub struct Home {
    path: PathBuf,
    attempts: Arc<Attempts>,
}

impl Home {
    /// The desk in this directory, which need not exist yet.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            path: directory.into(),
            attempts: Arc::default(),
        }
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is remembered of wrong passphrases.
    pub(crate) fn attempts(&self) -> &Attempts {
        &self.attempts
    }

    /// The encrypted file.
    pub fn database(&self) -> PathBuf {
        self.path.join("desk.db")
    }

    /// The backups.
    pub fn backups(&self) -> PathBuf {
        self.path.join("backups")
    }

    /// The key slots.
    pub fn keys(&self, work_factor: Option<u8>) -> KeyRing {
        let ring = KeyRing::new(self.path.join("keys"));
        match work_factor {
            Some(log_n) => ring.with_work_factor(log_n),
            None => ring,
        }
    }

    /// What is known before anybody logs in; none before the first start is done.
    pub fn settings(&self) -> Result<Option<Settings>, DeskError> {
        match std::fs::read(self.path.join("desk.json")) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the settings: whole or not at all.
    pub fn keep(&self, settings: &Settings) -> Result<(), DeskError> {
        std::fs::create_dir_all(&self.path)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.path)?;
        serde_json::to_writer_pretty(&mut file, settings)?;
        file.as_file().sync_all()?;
        file.persist(self.path.join("desk.json"))
            .map_err(|error| error.error)?;
        Ok(())
    }
}
