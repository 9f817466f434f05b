// SPDX-License-Identifier: EUPL-1.2
//! Desks: added with a one-time code, enrolled with it, revoked.

use crate::error::CentralError;
use crate::office::Central;
use crate::replace::read;
use crate::vault::{CodeRow, DeskRow, PresenceRow};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_domain::office::Site;
use sportello_protocol::version::{DESK_UNSAID, WITH_KEYS};
use sportello_protocol::wire::{Enrol, Enrolled};
use sportello_protocol::{Certificate, EnrolmentCode, SignedCertificate};
use std::collections::HashMap;

/// For so many hours a code holds where nobody says otherwise.
pub(crate) const VALID_HOURS: u32 = 48;

/// A desk to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDesk {
    /// The code of the site it stands at.
    pub site: String,
    /// Its name, unique: `Q1-A`.
    pub name: String,
    /// The topics it may read besides the office's; none for those that follow from the site: its Quartiere, or every
    /// Quartiere at a central site.
    pub reads: Option<Vec<Topic>>,
    /// Supervisors and administrators sit there: it reads and writes every topic.
    pub supervises: bool,
    /// For how many hours the code holds.
    pub valid_hours: u32,
}

impl NewDesk {
    /// A desk at a site, with what follows from the site, and a code for two days.
    pub fn new(site: &str, name: &str) -> Self {
        Self {
            site: site.into(),
            name: name.into(),
            reads: None,
            supervises: false,
            valid_hours: VALID_HOURS,
        }
    }
}

/// What the person at the desk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The desk.
    pub desk: DeskId,
    /// Its name.
    pub name: String,
    /// The one-time code. It is told once and kept nowhere.
    pub code: EnrolmentCode,
    /// Until when the code holds, milliseconds since 1970.
    pub expires_at: i64,
    /// The topics that the desk will read, by name.
    pub reads: Vec<String>,
}

/// A desk with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskState {
    /// The desk.
    pub desk: DeskRow,
    /// What it last said of itself.
    pub presence: Option<PresenceRow>,
    /// Which key it has, once it is enrolled.
    pub key: Option<KeyState>,
    /// The names of the desks that the office put in its place.
    pub replaced_by: Vec<String>,
    /// Each of its logs with the last record and why it was stopped, if so.
    pub logs: Vec<(String, u64, Option<String>)>,
}

/// Which key a desk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyState {
    /// 1 for the one with which it was enrolled; one more with each change.
    pub number: usize,
    /// Since when it has it, milliseconds since 1970.
    pub since: i64,
}

/// Why a desk is not enrolled; each with its code of the error catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unenrolled {
    UnknownCode,
    UsedCode,
    ExpiredCode,
    OtherDesk,
    /// The program would refuse what desks signed before they changed their keys.
    Outdated,
    Proof,
}

impl Central {
    /// Adds a desk. For one that was added and never enrolled, gives a new code; the old one holds no more.
    pub fn add_desk(&self, new: &NewDesk) -> Result<Invitation, CentralError> {
        self.office()?;
        let name = new.name.trim();
        if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
            return Err(CentralError::DeskName);
        }
        let site = self.site_with_code(&new.site)?;
        let reads = reads(new, &site)?;
        let same_name = self
            .vault()
            .desks()?
            .into_iter()
            .find(|desk| desk.name == name && desk.revoked_at.is_none());
        let id = match same_name {
            Some(desk) if desk.enrolled.is_some() => return Err(CentralError::DeskExists(name.to_owned())),
            Some(desk) => desk.id,
            None => DeskId(self.random_uuid()?),
        };
        let now = self.now();
        let row = DeskRow {
            id,
            site: site.id,
            site_code: site.code,
            name: name.to_owned(),
            reads: reads.iter().map(ToString::to_string).collect(),
            supervises: new.supervises,
            added_at: now,
            enrolled: None,
            version: 0,
            revoked_at: None,
        };
        let code = EnrolmentCode::from_random(self.random()?);
        let expires_at = now.saturating_add(i64::from(new.valid_hours).saturating_mul(3_600_000));
        self.vault().invite(
            &row,
            &CodeRow {
                hash: code.hash(),
                desk: id,
                expires_at,
                used_at: None,
            },
        )?;
        tracing::info!(desk = %id, "desk added");
        Ok(Invitation {
            desk: id,
            name: row.name,
            code,
            expires_at,
            reads: row.reads,
        })
    }

    fn site_with_code(&self, code: &str) -> Result<Site, CentralError> {
        let sites = self.sites()?;
        let known = || {
            sites
                .iter()
                .map(|site| site.code.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let found = sites
            .iter()
            .find(|site| site.code.eq_ignore_ascii_case(code.trim()));
        found.cloned().ok_or_else(|| CentralError::UnknownSite {
            code: code.to_owned(),
            known: known(),
        })
    }

    /// Every desk with what is known of it, by name.
    pub fn desk_states(&self) -> Result<Vec<DeskState>, CentralError> {
        let (presences, logs) = (self.vault().presences()?, self.vault().logs()?);
        let (office, desks, codes) = (self.office()?, self.vault().desks()?, self.vault().codes()?);
        let name = |id: DeskId| {
            let known = desks.iter().find(|desk| desk.id == id);
            known.map_or_else(|| id.to_string(), |desk| desk.name.clone())
        };
        let mut certificates = HashMap::new();
        for desk in &desks {
            if let Some((_, signed)) = &desk.enrolled {
                certificates.insert(desk.id, read(&office, signed)?);
            }
        }
        let states = desks.iter().map(|desk| DeskState {
            key: certificates.get(&desk.id).map(|certificate| KeyState {
                number: certificate.key_number(),
                since: key_since(certificate, &codes),
            }),
            replaced_by: certificates
                .get(&desk.id)
                .map(|certificate| certificate.successors().map(name).collect())
                .unwrap_or_default(),
            presence: presences
                .iter()
                .find(|presence| presence.desk == desk.id)
                .cloned(),
            logs: logs
                .iter()
                .filter(|log| log.name.desk_id() == desk.id)
                .map(|log| (log.name.topic.clone(), log.seq, log.stopped.clone()))
                .collect(),
            desk: desk.clone(),
        });
        Ok(states.collect())
    }

    /// Revokes a desk, by name or identifier: it hands nothing over and fetches nothing any more. What it wrote before stays.
    pub fn revoke_desk(&self, which: &str) -> Result<DeskRow, CentralError> {
        let desk = self.desk_named(which)?;
        if desk.revoked_at.is_some() {
            return Ok(desk);
        }
        let desk = self.end_desk(desk.id, None)?;
        tracing::info!(desk = %desk.id, "desk revoked");
        Ok(desk)
    }

    /// Enrols a desk. The same code with the same key again (the answer was lost) gives the same certificate.
    pub(crate) fn enrol(&self, request: &Enrol) -> Result<Result<Enrolled, Unenrolled>, CentralError> {
        if request.verify().is_err() {
            return Ok(Err(Unenrolled::Proof));
        }
        let office = self.office()?;
        let Ok(code) = EnrolmentCode::parse(&request.code) else {
            return Ok(Err(Unenrolled::UnknownCode));
        };
        let now = self.now();
        let Some(row) = self.vault().code(&code.hash())? else {
            return Ok(Err(Unenrolled::UnknownCode));
        };
        let Some(mut desk) = self.vault().desk(row.desk)? else {
            return Ok(Err(Unenrolled::UnknownCode));
        };
        let replaced = match request.instead_of {
            None => None,
            // A file that was written as another desk: only a code for that desk's successor is for it, and no other is used up.
            Some(old) => match self.replaced_by(&office, old, desk.id)? {
                Some(signed) => Some(signed),
                None => return Ok(Err(Unenrolled::OtherDesk)),
            },
        };
        let answer = |certificate| Enrolled {
            office_key: office.key.public(),
            office_name: office.row.name.clone(),
            certificate,
            now,
            replaced: replaced.clone(),
        };
        if row.used_at.is_some() {
            return Ok(match desk.enrolled {
                Some((key, signed)) if key == request.key && desk.revoked_at.is_none() => Ok(answer(signed)),
                _ => Err(Unenrolled::UsedCode),
            });
        }
        if now > row.expires_at {
            return Ok(Err(Unenrolled::ExpiredCode));
        }
        if request.speaks.unwrap_or(DESK_UNSAID) < WITH_KEYS && self.has_changed_keys()? {
            return Ok(Err(Unenrolled::Outdated));
        }
        desk.version = 1;
        let certificate = Certificate {
            office: *office.id().0.as_bytes(),
            desk: *desk.id.0.as_bytes(),
            key: request.key,
            site: *desk.site.0.as_bytes(),
            name: desk.name.clone(),
            reads: desk.reads.clone(),
            version: desk.version,
            issued_at: now,
            revoked: false,
            supervises: desk.supervises,
            accepted: None,
            replaced_by: None,
            earlier: None,
        };
        let signed = certificate.sign(&office.key);
        desk.enrolled = Some((request.key, signed.clone()));
        if !self.vault().enrol(&code.hash(), &desk, now)? {
            return Ok(Err(Unenrolled::UsedCode));
        }
        tracing::info!(desk = %desk.id, "desk enrolled");
        Ok(Ok(answer(signed)))
    }
}

impl Central {
    /// Takes a desk back that was enrolled, or changed its key, after the backup from which the centre was restored: the office's own
    /// signature on its certificate says that it belongs here. False for a certificate that says it was revoked. A revocation that was
    /// lost with the rest has to be made again.
    pub(crate) fn readmit(
        &self,
        certificate: &Certificate,
        signed: &SignedCertificate,
    ) -> Result<bool, CentralError> {
        if certificate.revoked {
            return Ok(false);
        }
        let id = certificate.desk_id();
        let known = self.vault().desk(id)?;
        if known.as_ref().is_some_and(|desk| desk.revoked_at.is_some()) {
            return Ok(false);
        }
        if known
            .as_ref()
            .is_some_and(|desk| desk.enrolled.is_some() && desk.version >= certificate.version)
        {
            return Ok(true);
        }
        let now = self.now();
        let site = self
            .sites()?
            .into_iter()
            .find(|site| site.id == certificate.site_id());
        let row = DeskRow {
            id,
            site: certificate.site_id(),
            site_code: site.map(|site| site.code).unwrap_or_default(),
            name: certificate.name.clone(),
            reads: certificate.reads.clone(),
            supervises: certificate.supervises,
            added_at: known.map_or(now, |desk| desk.added_at),
            enrolled: Some((certificate.key, signed.clone())),
            version: certificate.version,
            revoked_at: None,
        };
        self.vault().change_desk(&row, now)?;
        tracing::warn!(desk = %id, "a desk that this centre had forgotten was taken back by its certificate");
        Ok(true)
    }
}

/// Since when a desk has its key: since it changed it, or since it was enrolled with it. A centre that was put back may have forgotten
/// when that was: then since its certificate was made.
fn key_since(certificate: &Certificate, codes: &[CodeRow]) -> i64 {
    let enrolled = || {
        let used = codes.iter().find(|code| code.desk == certificate.desk_id());
        used.and_then(|code| code.used_at)
    };
    let changed = certificate.earlier.iter().flatten().next_back();
    changed
        .map(|earlier| earlier.until)
        .or_else(enrolled)
        .unwrap_or(certificate.issued_at)
}

/// What a new desk reads: always the office's topic; then what was asked for, or what follows from its site.
fn reads(new: &NewDesk, site: &Site) -> Result<Vec<Topic>, CentralError> {
    let mut reads = vec![Topic::Office];
    match &new.reads {
        Some(asked) => reads.extend(asked),
        None if site.central => reads.extend((1..=5).map(Topic::Quartiere)),
        None => reads.push(Topic::Quartiere(site.quartiere)),
    }
    if new.supervises {
        reads.extend(Topic::ALL);
    } else if reads.contains(&Topic::Supervisors) {
        return Err(CentralError::ReadsSupervisors);
    }
    reads.sort_unstable();
    reads.dedup();
    Ok(reads)
}
