// SPDX-License-Identifier: EUPL-1.2
//! The end of a desk's identity, and the desk that comes in its place (ADR 0014).

use crate::desks::Invitation;
use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::vault::{CodeRow, DeskRow};
use sportello_domain::ids::DeskId;
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
    pub(crate) fn end_desk(
        &self,
        mut desk: DeskRow,
        successor: Option<DeskId>,
    ) -> Result<DeskRow, CentralError> {
        let office = self.office()?;
        let now = self.now();
        desk.revoked_at.get_or_insert(now);
        if let Some((key, signed)) = desk.enrolled {
            let mut certificate = read(&office, &signed)?;
            desk.version += 1;
            (certificate.version, certificate.revoked, certificate.issued_at) = (desk.version, true, now);
            if certificate.accepted.is_none() {
                certificate.accepted = Some(self.accepted(desk.id)?);
            }
            if let Some(id) = successor
                && !certificate.successors().any(|known| known == id)
            {
                let all = certificate.replaced_by.get_or_insert_default();
                all.push((*id.0.as_bytes()).into());
            }
            desk.enrolled = Some((key, certificate.sign(&office.key)));
        }
        self.vault().change_desk(&desk, now)?;
        Ok(desk)
    }

    fn accepted(&self, desk: DeskId) -> Result<Vec<AcceptedHead>, CentralError> {
        let logs = self.vault().logs()?.into_iter();
        Ok(logs
            .filter(|log| log.name.desk_id() == desk && log.seq > 0)
            .map(|log| AcceptedHead {
                topic: log.name.topic,
                seq: log.seq,
                link: log.link.0,
            })
            .collect())
    }

    /// Puts a desk in the place of another: the same site, name and topics. The old one is revoked at once, with the last records that
    /// are here as the last ones accepted. With the code that is given, either another computer makes its first start, or the old
    /// desk's own file goes on and brings what it had not handed over.
    pub fn replace_desk(&self, which: &str, valid_hours: u32) -> Result<Invitation, CentralError> {
        let office = self.office()?;
        let old = self.desk_named(which)?;
        let Some((_, signed)) = &old.enrolled else {
            return Err(CentralError::NotEnrolled(old.name));
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
        let old = self.end_desk(old, Some(id))?;
        let code = EnrolmentCode::from_random(self.random()?);
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

fn read(office: &Office, signed: &SignedCertificate) -> Result<Certificate, CentralError> {
    signed
        .verify(office.id(), &office.key.public())
        .map_err(|_| CentralError::Damaged("a certificate that the office's key did not sign".into()))
}
