// SPDX-License-Identifier: EUPL-1.2
//! Enrolment: with a one-time code a desk becomes one of the office's.

use crate::answer::{self, AnswerError};
use crate::exchange::ExchangeError;
use crate::transport::{Endpoint, Request, Transport};
use sportello_domain::ids::OfficeId;
use sportello_protocol::certificate::{Certificate, SignedCertificate};
use sportello_protocol::wire::{Enrol, Enrolled, pack};
use sportello_protocol::{DeskKey, EnrolmentCode, PublicKey};

/// What a desk is and knows once it is enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The office.
    pub office: OfficeId,
    /// The office's public key, which the desk trusts from now on.
    pub office_key: PublicKey,
    /// The office's name.
    pub office_name: String,
    /// The desk's certificate.
    pub certificate: Certificate,
    /// The same, as the office signed it.
    pub signed: SignedCertificate,
    /// How far the desk's clock is ahead of the centre's, milliseconds.
    pub skew: i64,
}

/// Asks to be enrolled. `now` is the desk's clock, milliseconds since 1970. Asking again with the same code and key (an
/// answer was lost) gives the same certificate.
pub async fn enrol<T: Transport>(
    transport: &T,
    code: &EnrolmentCode,
    key: &DeskKey,
    now: i64,
) -> Result<Enrolment, ExchangeError> {
    let body = pack(&Enrol::new(code, key, now)).map_err(AnswerError::Broken)?;
    let reply = transport
        .send(Request {
            endpoint: Endpoint::Enrol,
            body,
        })
        .await?;
    let answer: Enrolled = answer::read(&reply)?;
    let read: Certificate =
        minicbor::decode(&answer.certificate.bytes).map_err(|_| ExchangeError::Certificate)?;
    let office = read.office_id();
    let certificate = answer
        .certificate
        .verify(office, &answer.office_key)
        .map_err(|_| ExchangeError::Certificate)?;
    if certificate.key != key.public() || certificate.revoked {
        return Err(ExchangeError::Certificate);
    }
    Ok(Enrolment {
        office,
        office_key: answer.office_key,
        office_name: answer.office_name,
        certificate,
        signed: answer.certificate,
        skew: now - answer.now,
    })
}
