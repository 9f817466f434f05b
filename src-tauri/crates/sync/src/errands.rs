// SPDX-License-Identifier: EUPL-1.2
//! What a desk asks of the centre outside of an exchange: another key for itself, a desk in the place of one that is no more. Each may
//! be asked again when the answer was lost.

use crate::answer::{self, AnswerError};
use crate::exchange::ExchangeError;
use crate::local::Identity;
use crate::transport::{Endpoint, Request, Transport};
use sportello_domain::ids::DeskId;
use sportello_protocol::errands::{Replace, Replaced, Rotate, Rotated};
use sportello_protocol::version::Versions;
use sportello_protocol::wire::{Presence, WireError, pack};
use sportello_protocol::{Certificate, DeskKey, EnrolmentCode, SignedCertificate};

/// What a desk says of itself with an errand. `now` is its clock, milliseconds since 1970.
pub fn presence(now: i64, waiting: u64, version: &str) -> Presence {
    Presence {
        now,
        waiting,
        version: version.to_owned(),
        speaks: Some(Versions::OURS.newest),
    }
}

/// Asks for a certificate of another key (also of a desk that was revoked after it got that, and did not hear), over a transport that signs with the key in `identity`.
pub async fn rotate<T: Transport>(
    transport: &T,
    identity: &Identity,
    new: &DeskKey,
    presence: Presence,
) -> Result<(Certificate, SignedCertificate), ExchangeError> {
    let request = Rotate::new(
        identity.office,
        identity.desk,
        &identity.key.public(),
        new,
        presence,
    );
    let body = pack(&request).map_err(AnswerError::Broken)?;
    let reply = transport
        .send(Request {
            endpoint: Endpoint::Rotate,
            body,
        })
        .await?;
    let answer: Rotated = answer::read(&reply)?;
    let certificate = answer
        .certificate
        .verify(identity.office, &identity.office_key)
        .map_err(|_| ExchangeError::Certificate)?;
    let ours = certificate.desk_id() == identity.desk
        && certificate.key == new.public()
        && certificate.writer_keys().has(&identity.key.public());
    if ours {
        Ok((certificate, answer.certificate))
    } else {
        Err(ExchangeError::Certificate)
    }
}

/// A desk that comes in the place of another, with the code for its first start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// The desk.
    pub desk: DeskId,
    /// Its name.
    pub name: String,
    /// The one-time code.
    pub code: EnrolmentCode,
    /// Until when the code holds, milliseconds since 1970, by the centre's clock.
    pub expires_at: i64,
}

fn no_code() -> AnswerError {
    AnswerError::Broken(WireError::Decode(minicbor::decode::Error::message(
        "this is no enrolment code",
    )))
}

/// Asks for a desk in the place of another. The same `request` again gives the same code.
pub async fn replace<T: Transport>(
    transport: &T,
    desk: DeskId,
    request: [u8; 16],
    presence: Presence,
) -> Result<Successor, ExchangeError> {
    let message = Replace {
        presence,
        desk: *desk.0.as_bytes(),
        request,
    };
    let body = pack(&message).map_err(AnswerError::Broken)?;
    let reply = transport
        .send(Request {
            endpoint: Endpoint::Replace,
            body,
        })
        .await?;
    let answer: Replaced = answer::read(&reply)?;
    Ok(Successor {
        desk: answer.desk_id(),
        name: answer.name,
        code: EnrolmentCode::parse(&answer.code).map_err(|_| no_code())?,
        expires_at: answer.expires_at,
    })
}
