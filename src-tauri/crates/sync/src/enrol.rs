// SPDX-License-Identifier: EUPL-1.2
//! Enrolment: with a one-time code a desk becomes one of the office's.

use crate::answer::{self, AnswerError};
use crate::exchange::ExchangeError;
use crate::transport::{Endpoint, Request, Transport};
use sportello_domain::ids::{DeskId, OfficeId};
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
    /// The certificate of the desk in whose place it comes, where it asked as such; the office signed it, and it names this one.
    pub replaced: Option<(Certificate, SignedCertificate)>,
}

/// Asks to be enrolled. `now` is the desk's clock, milliseconds since 1970. Asking again with the same code and key (an
/// answer was lost) gives the same certificate.
pub async fn enrol<T: Transport>(
    transport: &T,
    code: &EnrolmentCode,
    key: &DeskKey,
    now: i64,
) -> Result<Enrolment, ExchangeError> {
    ask(transport, &Enrol::new(code, key, now).speaking()).await
}

/// The same for a file that was written as `old` so far: the code has to be for that desk's successor, or is refused and not used up.
pub async fn enrol_instead<T: Transport>(
    transport: &T,
    code: &EnrolmentCode,
    key: &DeskKey,
    now: i64,
    old: DeskId,
) -> Result<Enrolment, ExchangeError> {
    let enrolment = ask(transport, &Enrol::new(code, key, now).instead_of(old).speaking()).await?;
    let named = enrolment.replaced.as_ref().is_some_and(|(replaced, _)| {
        replaced.desk_id() == old
            && replaced
                .successors()
                .any(|id| id == enrolment.certificate.desk_id())
    });
    // A centre that does not know of successors took the code for that of any desk.
    if named {
        Ok(enrolment)
    } else {
        Err(ExchangeError::Certificate)
    }
}

async fn ask<T: Transport>(transport: &T, request: &Enrol) -> Result<Enrolment, ExchangeError> {
    let body = pack(request).map_err(AnswerError::Broken)?;
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
    if certificate.key != request.key || certificate.revoked {
        return Err(ExchangeError::Certificate);
    }
    let replaced = match answer.replaced {
        None => None,
        Some(signed) => {
            let read = signed.verify(office, &answer.office_key);
            Some((read.map_err(|_| ExchangeError::Certificate)?, signed))
        }
    };
    Ok(Enrolment {
        replaced,
        office,
        office_key: answer.office_key,
        office_name: answer.office_name,
        certificate,
        signed: answer.certificate,
        skew: request.now - answer.now,
    })
}
