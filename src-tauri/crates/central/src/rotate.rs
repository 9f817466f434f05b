// SPDX-License-Identifier: EUPL-1.2
//! A desk changes its key (ADR 0018): the same desk, the same logs, another certificate. It says how far the centre had each log; up to
//! there the old key vouches for what was written, beyond it only the new one does.

use crate::error::CentralError;
use crate::office::{Central, Office};
use crate::replace::{heads_of, read};
use sportello_domain::ids::DeskId;
use sportello_protocol::errands::Rotate;
use sportello_protocol::version::{DESK_UNSAID, WITH_KEYS};
use sportello_protocol::{Certificate, EarlierKey, PublicKey, SignedCertificate};

/// The desk may hand something over just now: so many attempts.
pub(crate) const ATTEMPTS: u8 = 5;

/// Why a desk gets no certificate for another key; each with its code of the error catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unrotated {
    /// Whoever asks does not show that it has the new key.
    Proof,
    /// Somebody has that key, or had it.
    KnownKey,
    /// One of its logs is stopped: two truths may not both go on.
    Forked,
    /// Somebody would refuse what the old key signed.
    Outdated,
}

impl Central {
    /// Gives a desk a certificate for another key. Whoever asks was shown to have the old one. The same again (the answer was lost) gives
    /// the same certificate.
    pub(crate) fn rotate_key(
        &self,
        office: &Office,
        id: DeskId,
        request: &Rotate,
    ) -> Result<Result<SignedCertificate, Unrotated>, CentralError> {
        for _ in 0..ATTEMPTS {
            let unknown = || CentralError::UnknownDesk(id.to_string());
            let mut desk = self.vault().desk(id)?.ok_or_else(unknown)?;
            let (key, signed) = desk.enrolled.take().ok_or_else(unknown)?;
            let mut certificate = read(office, &signed)?;
            let proves = |old: &PublicKey| request.verify(office.id(), id, old).is_ok();
            if key == request.key {
                let before = certificate.earlier.iter().flatten().next_back();
                return Ok(if before.is_some_and(|before| proves(&before.key)) {
                    Ok(signed)
                } else {
                    Err(Unrotated::KnownKey)
                });
            }
            if !proves(&key) {
                return Ok(Err(Unrotated::Proof));
            }
            if self.is_known_key(office, &request.key)? {
                return Ok(Err(Unrotated::KnownKey));
            }
            if self.somebody_is_outdated(id)? {
                return Ok(Err(Unrotated::Outdated));
            }
            let logs = self.logs_of(id)?;
            if logs.iter().any(|log| log.stopped.is_some()) {
                return Ok(Err(Unrotated::Forked));
            }
            let (now, was) = (self.now(), desk.version);
            desk.version += 1;
            certificate.earlier.get_or_insert_default().push(EarlierKey {
                key,
                until: now,
                heads: heads_of(&logs),
            });
            (certificate.key, certificate.version, certificate.issued_at) = (request.key, desk.version, now);
            let signed = certificate.sign(&office.key);
            desk.enrolled = Some((request.key, signed.clone()));
            if self.vault().settle_desk(&desk, was, &logs, now)? {
                tracing::info!(desk = %id, number = certificate.key_number(), "a desk changed its key");
                return Ok(Ok(signed));
            }
        }
        Err(CentralError::Contended)
    }

    /// Whether a key is the office's, or is or was one of a desk's.
    fn is_known_key(&self, office: &Office, key: &PublicKey) -> Result<bool, CentralError> {
        if office.key.public() == *key {
            return Ok(true);
        }
        Ok(self
            .certificates()?
            .iter()
            .any(|certificate| certificate.writer_keys().has(key)))
    }

    /// Whether some desk of the office would not understand that another one signed with two keys: one that never said that it speaks
    /// the version in which this came.
    fn somebody_is_outdated(&self, asking: DeskId) -> Result<bool, CentralError> {
        let presences = self.vault().presences()?;
        let speaks = |desk: DeskId| {
            let known = presences.iter().find(|presence| presence.desk == desk);
            known.map_or(DESK_UNSAID, |presence| presence.speaks)
        };
        Ok(self.vault().desks()?.iter().any(|desk| {
            let at_work = desk.enrolled.is_some() && desk.revoked_at.is_none() && desk.id != asking;
            at_work && speaks(desk.id) < WITH_KEYS
        }))
    }

    /// Whether a desk of the office ever changed its key: from then on nobody is enrolled who would not understand it.
    pub(crate) fn has_changed_keys(&self) -> Result<bool, CentralError> {
        Ok(self
            .certificates()?
            .iter()
            .any(|certificate| certificate.key_number() > 1))
    }

    fn certificates(&self) -> Result<Vec<Certificate>, CentralError> {
        let damaged = |_| CentralError::Damaged("a certificate that cannot be read".into());
        let enrolled = self.vault().desks()?.into_iter().filter_map(|desk| desk.enrolled);
        enrolled
            .map(|(_, signed)| minicbor::decode(&signed.bytes).map_err(damaged))
            .collect()
    }
}
