// SPDX-License-Identifier: EUPL-1.2
//! The door of a desk that serves as relay: a sealed request in, a sealed answer out. Who asks is shown by the signature of the request
//! and the office's certificate, as at the centre, and by nothing else. Whoever listens at a port hands the bytes here.

use crate::desk::{Desk, Happening};
use crate::directory::keep_certificate;
use crate::error::DeskError;
use crate::exchange::{Carrier, Logs, vouched};
use crate::execute;
use crate::heard::Heard;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_domain::time::Timestamp;
use sportello_protocol::http_signature::{CREATED_WINDOW, RequestError, SignedFields, claim, verify};
use sportello_protocol::relay::{self, Answered, Asked};
use sportello_protocol::wire::{
    Directory, Enrolled, LogName, Presence, Problem, Pull, PullAnswer, Push, PushAnswer, Readmit, WireError,
    pack, unpack,
};
use sportello_protocol::{Certificate, PublicKey, SignedCertificate};
use sportello_store::sync_book::{CertificateRow, Direction, StoryEntry};
use sportello_sync::Endpoint;
use sportello_sync::relay::{Beside, give, take};
use std::sync::Arc;

/// A sealed answer, or nothing: what does not open is not answered.
pub type Sealed = Option<Vec<u8>>;

/// Why a request is refused.
struct Refused {
    status: u16,
    code: &'static str,
    detail: &'static str,
}

const fn refused(status: u16, code: &'static str, detail: &'static str) -> Refused {
    Refused { status, code, detail }
}

const UNSIGNED: Refused = refused(401, "unsigned", "the request is not signed as it must be");
const SIGNATURE: Refused = refused(401, "signature", "the signature does not hold");
const UNKNOWN: Refused = refused(401, "unknown_desk", "no such desk is known here");
const REVOKED: Refused = refused(403, "revoked", "this desk was revoked");

impl From<WireError> for Refused {
    fn from(error: WireError) -> Self {
        match error {
            WireError::TooLarge => refused(413, "too_large", "the message is too large"),
            _ => refused(400, "malformed", "the message cannot be read"),
        }
    }
}

impl From<DeskError> for Refused {
    fn from(error: DeskError) -> Self {
        tracing::error!(code = error.code(), "a request to the relay failed");
        refused(500, "internal", "see the log of the relay")
    }
}

impl From<sportello_store::StoreError> for Refused {
    fn from(error: sportello_store::StoreError) -> Self {
        DeskError::from(error).into()
    }
}

impl Desk {
    /// Answers a request that was sealed for this desk; none for what does not open. Blocks while the desk's file is read or written.
    pub fn answer_sealed(self: &Arc<Self>, bytes: &[u8]) -> Sealed {
        // Whoever asks may not know yet that this desk has another key.
        let keys = self.own_keys().opening();
        let (asked, key) = keys
            .iter()
            .find_map(|key| relay::open(bytes, self.id(), key).ok())?;
        let answered = match self.answer_asked(&asked) {
            Ok(body) => Answered { status: 200, body },
            Err(Refused { status, code, detail }) => {
                tracing::debug!(status, code, "refused at the relay");
                let problem = Problem {
                    code: code.to_owned(),
                    detail: detail.to_owned(),
                    now: self.now().0,
                };
                // A message this small can be packed.
                let body = pack(&problem).unwrap_or_default();
                Answered { status, body }
            }
        };
        key.seal(&answered, &self.ports().bytes()).ok()
    }

    fn answer_asked(self: &Arc<Self>, asked: &Asked) -> Result<Vec<u8>, Refused> {
        let door = asked.path.strip_prefix(&relay::prefix(self.id()));
        let body = &asked.body;
        match door {
            Some(path) if path == Endpoint::Push.path() => {
                let caller = self.believe(asked)?;
                let message: Push = unpack(body)?;
                Ok(pack(&self.take_from(&caller, message)?)?)
            }
            Some(path) if path == Endpoint::Pull.path() => {
                let caller = self.believe(asked)?;
                let message: Pull = unpack(body)?;
                Ok(pack(&self.give_to(&caller, &message)?)?)
            }
            Some(path) if path == Endpoint::Readmit.path() => {
                let shown: Readmit = unpack(body)?;
                Ok(pack(&self.meet(asked, shown)?)?)
            }
            _ => Err(refused(404, "not_found", "there is no such address")),
        }
    }

    /// The certificate of a desk as it is kept here.
    fn certificate_of(&self, desk: DeskId) -> Result<Certificate, Refused> {
        let row = self
            .store()
            .read(|reads| reads.certificate(desk))?
            .ok_or(UNKNOWN)?;
        let signed: SignedCertificate = minicbor::decode(&row.bytes).map_err(|_| UNKNOWN)?;
        signed
            .verify(self.settings().office, &self.office_key())
            .map_err(|_| UNKNOWN)
    }

    /// Whether the request is signed by a desk of the office that may still ask.
    fn believe(&self, asked: &Asked) -> Result<Certificate, Refused> {
        let fields = fields_of(asked);
        let desk = claim(&fields).map_err(|_| UNSIGNED)?.desk;
        let certificate = self.certificate_of(desk)?;
        let created = signed_by(&certificate.key, asked, &fields)?;
        if certificate.revoked {
            return Err(REVOKED);
        }
        self.in_time(created)?;
        Ok(certificate)
    }

    fn in_time(&self, created: i64) -> Result<(), Refused> {
        if created.abs_diff(self.now().0 / 1000) > CREATED_WINDOW.unsigned_abs() {
            return Err(refused(401, "clock", "signed at another time than now"));
        }
        Ok(())
    }

    /// A desk that was enrolled, or changed its key, after this one last heard of the centre shows its certificate: the office's signature is enough.
    fn meet(&self, asked: &Asked, shown: Readmit) -> Result<Enrolled, Refused> {
        let office = self.settings().office;
        let certificate = shown
            .certificate
            .verify(office, &self.office_key())
            .map_err(|_| SIGNATURE)?;
        let fields = fields_of(asked);
        let created = signed_by(&certificate.key, asked, &fields)?;
        if claim(&fields).map_err(|_| UNSIGNED)?.desk != certificate.desk_id() {
            return Err(SIGNATURE);
        }
        self.in_time(created)?;
        // An older certificate of a desk that was revoked since does not let it in again.
        let known = self.certificate_of(certificate.desk_id());
        if certificate.revoked || known.is_ok_and(|known| known.revoked) {
            return Err(REVOKED);
        }
        self.store()
            .write(|tx| keep_certificate(tx, &certificate, &shown.certificate))?;
        self.read_directory()?;
        Ok(Enrolled {
            office_key: self.office_key(),
            office_name: self.settings().office_name,
            certificate: shown.certificate,
            now: self.now().0,
            replaced: None,
        })
    }

    fn may_read(&self) -> Vec<Topic> {
        let directory = self.directory();
        directory
            .desk(self.id())
            .map(|desk| desk.reads.clone())
            .unwrap_or_default()
    }

    fn take_from(self: &Arc<Self>, caller: &Certificate, push: Push) -> Result<PushAnswer, Refused> {
        let (began, peer) = (self.now(), caller.desk_id());
        let logs = Logs::new(self.clone(), Carrier::Desk);
        let took = take(&logs, &self.sync_identity(), &self.may_read(), push, began.0)?;
        let stop = super::stop_for(self, &took.troubles);
        if took.received > 0 || stop.is_some() {
            self.store().write(|tx| {
                if let Some(code) = &stop {
                    tx.set_meta(crate::desk::STOPPED, &Some(code))?;
                }
                tx.tell(&StoryEntry {
                    at: began,
                    direction: Direction::RelayServed,
                    peer: peer.to_string(),
                    sent: 0,
                    received: took.received,
                    error: stop.clone(),
                    detail: self.now().0.saturating_sub(began.0).max(0).to_string(),
                })
            })?;
            // What was asked for is given at once: whoever asked hears it in the same exchange.
            self.after_taking_in()?;
            self.tell(Happening::Changed(Vec::new()));
            self.tell(Happening::Sync);
            self.stir();
        }
        Ok(took.answer)
    }

    fn give_to(self: &Arc<Self>, caller: &Certificate, pull: &Pull) -> Result<PullAnswer, Refused> {
        let (now, desk) = (self.now(), caller.desk_id());
        // What could not be given when it was asked for (it was being served here) may be given now.
        let given = execute::answer_requests(self)?;
        if !given.is_empty() {
            self.tell(Happening::Changed(given));
            self.stir();
        }
        let own = pull.have.iter().filter(|have| have.log.desk_id() == desk);
        let has: Vec<_> = own.map(|have| (have.log.clone(), have.seq)).collect();
        self.hear(desk, self.centre_time(), &pull.presence, &has)?;
        let (directory, vouched) = self.store().read(|reads| {
            // Certificates come from the centre, with sticks and by desks that show their own: what they are is their version.
            let rows = reads.certificates()?;
            let mut hasher = blake3::Hasher::new();
            for row in &rows {
                hasher
                    .update(row.desk.0.as_bytes())
                    .update(&row.version.to_le_bytes());
            }
            let version = u64::from_le_bytes(*hasher.finalize().as_bytes().first_chunk().unwrap_or(&[0; 8]));
            let certificates = if version == pull.directory {
                Vec::new()
            } else {
                let read = |row: &CertificateRow| minicbor::decode(&row.bytes).ok();
                rows.iter().filter_map(read).collect()
            };
            let directory = Directory {
                version,
                certificates,
                presences: Vec::new(),
            };
            Ok::<_, DeskError>((directory, vouched(reads, desk)?))
        })?;
        let logs = Logs::new(self.clone(), Carrier::Desk);
        let beside = Beside {
            directory,
            vouched,
            now: now.0,
        };
        Ok(give(
            &logs,
            &self.sync_identity(),
            &self.may_read(),
            caller,
            pull,
            beside,
        )?)
    }

    /// Another desk spoke to this one.
    fn hear(
        &self,
        desk: DeskId,
        now: Timestamp,
        presence: &Presence,
        has: &[(LogName, u64)],
    ) -> Result<(), DeskError> {
        self.store().write(|tx| {
            let heard = Heard::new(self, &tx.reads()?, now, &presence.version, has)?;
            heard.keep(tx, desk)
        })?;
        self.read_directory()
    }
}

fn fields_of(asked: &Asked) -> SignedFields {
    SignedFields {
        content_digest: asked.content_digest.clone(),
        signature_input: asked.signature_input.clone(),
        signature: asked.signature.clone(),
    }
}

fn signed_by(key: &PublicKey, asked: &Asked, fields: &SignedFields) -> Result<i64, Refused> {
    let claim = verify(key, "POST", &asked.path, &asked.body, fields).map_err(|error| match error {
        RequestError::Malformed => UNSIGNED,
        RequestError::Digest => refused(400, "digest", "the content was changed on the way"),
        RequestError::Signature(_) => SIGNATURE,
    })?;
    Ok(claim.created)
}
