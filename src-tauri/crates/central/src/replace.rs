// SPDX-License-Identifier: EUPL-1.2
//! The end of a desk's identity, and the desk that comes in its place (ADR 0014).

use crate::desks::{Invitation, VALID_HOURS};
use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::rotate::ATTEMPTS;
use crate::vault::{CodeRow, DeskRow, LogRow};
use sportello_domain::ids::DeskId;
use sportello_protocol::errands::Replace;
use sportello_protocol::{AcceptedHead, Certificate, EnrolmentCode, SignedCertificate};
use uuid::Uuid;

/// A name is given to so many desks that came one after the other in the same place and are all at work.
const NAMESAKES: u32 = 99;

impl Central {
    /// A desk by name or identifier. Names may come again after a revocation: the one that still holds is meant, or else the last.
    pub(crate) fn desk_named(&self, which: &str) -> Result<DeskRow, CentralError> {
        let which = which.trim();
        let found = self.vault().desks()?.into_iter();
        found
            .filter(|desk| desk.name == which || desk.id.to_string() == which)
            .max_by_key(|desk| (desk.revoked_at.is_none(), desk.added_at))
            .ok_or_else(|| CentralError::UnknownDesk(which.to_owned()))
    }

    /// Revokes a desk as far as what it wrote is here: its certificate says how far each of its logs is accepted. With a successor,
    /// the certificate names it too.
    pub(crate) fn end_desk(&self, id: DeskId, successor: Option<DeskId>) -> Result<DeskRow, CentralError> {
        let office = self.office()?;
        for _ in 0..ATTEMPTS {
            let unknown = || CentralError::UnknownDesk(id.to_string());
            let mut desk = self.vault().desk(id)?.ok_or_else(unknown)?;
            let (now, was, logs) = (self.now(), desk.version, self.logs_of(id)?);
            desk.revoked_at.get_or_insert(now);
            if let Some((key, signed)) = desk.enrolled {
                let mut certificate = read(&office, &signed)?;
                desk.version += 1;
                (certificate.version, certificate.revoked, certificate.issued_at) = (desk.version, true, now);
                if certificate.accepted.is_none() {
                    certificate.accepted = Some(heads_of(&logs));
                }
                if let Some(id) = successor
                    && !certificate.successors().any(|known| known == id)
                {
                    let all = certificate.replaced_by.get_or_insert_default();
                    all.push((*id.0.as_bytes()).into());
                }
                desk.enrolled = Some((key, certificate.sign(&office.key)));
            }
            if self.vault().settle_desk(&desk, was, &logs, now)? {
                return Ok(desk);
            }
        }
        Err(CentralError::Contended)
    }

    /// The logs of a desk.
    pub(crate) fn logs_of(&self, desk: DeskId) -> Result<Vec<LogRow>, CentralError> {
        let logs = self.vault().logs()?.into_iter();
        Ok(logs.filter(|log| log.name.desk_id() == desk).collect())
    }

    /// Puts a desk in the place of another: the same site, name and topics. The old one is revoked at once, with the last records that
    /// are here as the last ones accepted. With the code that is given, either another computer makes its first start, or the old
    /// desk's own file goes on and brings what it had not handed over.
    pub fn replace_desk(&self, which: &str, valid_hours: u32) -> Result<Invitation, CentralError> {
        let old = self.desk_named(which)?;
        let code = EnrolmentCode::from_random(self.random()?);
        self.put_in_place_of(&old, code, valid_hours)
    }

    /// The same, asked for by a desk where supervisors sit. The same request again (the answer was lost) gives the same code: nothing is
    /// kept of it, and only the office's key makes it.
    pub(crate) fn replace_for(
        &self,
        office: &Office,
        asking: &Certificate,
        request: &Replace,
    ) -> Result<Result<Invitation, Unreplaced>, CentralError> {
        if !asking.supervises {
            return Ok(Err(Unreplaced::NotSupervising));
        }
        if request.desk == asking.desk {
            return Ok(Err(Unreplaced::Itself));
        }
        let code = code_for(office, asking, request);
        if let Some(known) = self.vault().code(&code.hash())? {
            if known.used_at.is_some() {
                return Ok(Err(Unreplaced::UsedCode));
            }
            if known.expires_at < self.now() {
                return Ok(Err(Unreplaced::ExpiredCode));
            }
            let unknown = || CentralError::UnknownDesk(known.desk.to_string());
            let row = self.vault().desk(known.desk)?.ok_or_else(unknown)?;
            return Ok(Ok(Invitation {
                desk: row.id,
                name: row.name,
                code,
                expires_at: known.expires_at,
                reads: row.reads,
            }));
        }
        let old = self.vault().desk(request.desk_id())?;
        let Some(old) = old.filter(|desk| desk.enrolled.is_some()) else {
            return Ok(Err(Unreplaced::NoSuchDesk));
        };
        let invited = self.put_in_place_of(&old, code, VALID_HOURS)?;
        tracing::info!(desk = %old.id, by = %asking.desk_id(), "a desk where supervisors sit had another replaced");
        Ok(Ok(invited))
    }

    fn put_in_place_of(
        &self,
        old: &DeskRow,
        code: EnrolmentCode,
        valid_hours: u32,
    ) -> Result<Invitation, CentralError> {
        let office = self.office()?;
        let Some((_, signed)) = &old.enrolled else {
            return Err(CentralError::NotEnrolled(old.name.clone()));
        };
        let successors: Vec<DeskId> = read(&office, signed)?.successors().collect();
        let desks = self.vault().desks()?;
        // Invited already, and not come yet: it gets a new code, and the old one holds no more.
        let invited = desks.iter().find(|desk| {
            successors.contains(&desk.id) && desk.enrolled.is_none() && desk.revoked_at.is_none()
        });
        let id = match invited {
            Some(desk) => desk.id,
            None => DeskId(self.random_uuid()?),
        };
        let taken = |name: &str| {
            desks.iter().any(|desk| {
                desk.name == name && desk.revoked_at.is_none() && ![old.id, id].contains(&desk.id)
            })
        };
        let name = std::iter::once(old.name.clone())
            .chain((2..=NAMESAKES).map(|n| format!("{} ({n})", old.name)))
            .find(|name| !taken(name))
            .ok_or_else(|| CentralError::DeskExists(old.name.clone()))?;
        let now = self.now();
        let row = DeskRow {
            id,
            name,
            added_at: now,
            enrolled: None,
            version: 0,
            revoked_at: None,
            ..old.clone()
        };
        // First the end of the old one: nothing is left to chance should this break off here, and asking again goes on.
        let old = self.end_desk(old.id, Some(id))?;
        let expires_at = now.saturating_add(i64::from(valid_hours).saturating_mul(3_600_000));
        let invited = CodeRow {
            hash: code.hash(),
            desk: id,
            expires_at,
            used_at: None,
        };
        self.vault().invite(&row, &invited)?;
        tracing::info!(desk = %old.id, by = %id, "desk replaced");
        Ok(Invitation {
            desk: id,
            name: row.name,
            code,
            expires_at,
            reads: row.reads,
        })
    }

    /// The certificate of a desk, when it names another as its successor.
    pub(crate) fn replaced_by(
        &self,
        office: &Office,
        old: [u8; 16],
        successor: DeskId,
    ) -> Result<Option<SignedCertificate>, CentralError> {
        let old = self.vault().desk(DeskId(Uuid::from_bytes(old)))?;
        let Some((_, signed)) = old.and_then(|row| row.enrolled) else {
            return Ok(None);
        };
        let named = read(office, &signed)?.successors().any(|id| id == successor);
        Ok(named.then_some(signed))
    }
}

/// Why a desk is not replaced when another asks for it; each with its code of the error catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreplaced {
    NotSupervising,
    NoSuchDesk,
    Itself,
    UsedCode,
    ExpiredCode,
}

fn code_for(office: &Office, asking: &Certificate, request: &Replace) -> EnrolmentCode {
    let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 replacement code v1");
    hasher.update(&office.key.seed());
    for part in [&asking.desk, &request.desk, &request.request] {
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    EnrolmentCode::from_random(bytes)
}

/// How far logs reach.
pub(crate) fn heads_of(logs: &[LogRow]) -> Vec<AcceptedHead> {
    let begun = logs.iter().filter(|log| log.seq > 0);
    begun
        .map(|log| AcceptedHead {
            topic: log.name.topic.clone(),
            seq: log.seq,
            link: log.link.0,
        })
        .collect()
}

/// A certificate that the office signed.
pub(crate) fn read(office: &Office, signed: &SignedCertificate) -> Result<Certificate, CentralError> {
    signed
        .verify(office.id(), &office.key.public())
        .map_err(|_| CentralError::Damaged("a certificate that the office's key did not sign".into()))
}
