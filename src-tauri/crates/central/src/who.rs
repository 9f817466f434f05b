// SPDX-License-Identifier: EUPL-1.2
//! Who asks: shown by the signature of the request and the office's certificate, and by nothing else.

use crate::door::Refused;
use crate::error::CentralError;
use crate::office::{Central, Office};
use axum::http::{HeaderMap, StatusCode};
use sportello_domain::ids::DeskId;
use sportello_protocol::http_signature::{CREATED_WINDOW, RequestError, SignedFields, claim, verify};
use sportello_protocol::version::DESK_UNSAID;
use sportello_protocol::wire::{Presence, Readmit};
use sportello_protocol::{Certificate, PublicKey};

const UNSIGNED: Refused = Refused::new(
    StatusCode::UNAUTHORIZED,
    "unsigned",
    "the request is not signed as it must be",
);
const SIGNATURE: Refused = Refused::new(
    StatusCode::UNAUTHORIZED,
    "signature",
    "the signature does not hold",
);
const UNKNOWN: Refused = Refused::new(
    StatusCode::UNAUTHORIZED,
    "unknown_desk",
    "no such desk is enrolled",
);
pub(crate) const REVOKED: Refused = Refused::new(StatusCode::FORBIDDEN, "revoked", "this desk was revoked");
/// A copy of a desk's file, from before its key was changed.
const KEY_REPLACED: Refused = Refused::new(
    StatusCode::UNAUTHORIZED,
    "key_replaced",
    "the desk has another key since",
);

/// Who asks, once believed.
pub(crate) struct Caller {
    pub(crate) office: Office,
    pub(crate) certificate: Certificate,
}

fn signed_fields(headers: &HeaderMap) -> Result<SignedFields, Refused> {
    let field = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
    Ok(SignedFields {
        content_digest: field("content-digest").ok_or(UNSIGNED)?,
        signature_input: field("signature-input").ok_or(UNSIGNED)?,
        signature: field("signature").ok_or(UNSIGNED)?,
    })
}

/// The desk that a request says it is from.
pub(crate) fn claimed(headers: &HeaderMap) -> Result<DeskId, Refused> {
    claim(&signed_fields(headers)?)
        .map(|claim| claim.desk)
        .map_err(|_| UNSIGNED)
}

/// The certificate of an enrolled desk, as the office signed it.
pub(crate) fn certificate(central: &Central, office: &Office, desk: DeskId) -> Result<Certificate, Refused> {
    let row = central
        .vault()
        .desk(desk)
        .map_err(CentralError::from)?
        .ok_or(UNKNOWN)?;
    let (_, signed) = row.enrolled.ok_or(UNKNOWN)?;
    let damaged = |_| CentralError::Damaged("a certificate that the office's key did not sign".into());
    Ok(signed
        .verify(office.id(), &office.key.public())
        .map_err(damaged)?)
}

/// Whether the request is signed by a desk of the office that may still ask.
pub(crate) fn believe(
    central: &Central,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
) -> Result<Caller, Refused> {
    let (caller, created) = signed(central, headers, path, body)?;
    if caller.certificate.revoked {
        return Err(REVOKED);
    }
    in_time(central, created)?;
    Ok(caller)
}

/// Whether the request is signed by a desk of the office, which may have been revoked: it hands in what it had not handed over.
pub(crate) fn believe_revoked(
    central: &Central,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
) -> Result<Caller, Refused> {
    let (caller, created) = signed(central, headers, path, body)?;
    in_time(central, created)?;
    Ok(caller)
}

fn signed(central: &Central, headers: &HeaderMap, path: &str, body: &[u8]) -> Result<(Caller, i64), Refused> {
    let office = central.office()?;
    let certificate = certificate(central, &office, claimed(headers)?)?;
    let created = signed_by(&certificate.key, headers, path, body).map_err(|refused| {
        let earlier = certificate.earlier.iter().flatten();
        let by_an_earlier = |key: &PublicKey| signed_by(key, headers, path, body).is_ok();
        if refused.code() == SIGNATURE.code() && earlier.map(|earlier| &earlier.key).any(by_an_earlier) {
            return KEY_REPLACED;
        }
        refused
    })?;
    Ok((Caller { office, certificate }, created))
}

/// Whether the request is signed by a desk that asks for another key: by the key that it has, or, when it has the new one already
/// (the answer was lost), by the one that it had before.
pub(crate) fn believe_rotating(
    central: &Central,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
    new: &PublicKey,
) -> Result<Caller, Refused> {
    let office = central.office()?;
    let certificate = certificate(central, &office, claimed(headers)?)?;
    let before = certificate.earlier.iter().flatten().next_back();
    match before.filter(|_| certificate.key == *new) {
        None => believe(central, headers, path, body),
        Some(before) => {
            // Whether it was revoked since: it has to know its key to hand in what comes late.
            let created = signed_by(&before.key, headers, path, body)?;
            in_time(central, created)?;
            Ok(Caller { office, certificate })
        }
    }
}

/// Whether the request is signed by the key of the certificate in it, and the certificate by the office's.
pub(crate) fn believe_certificate(
    central: &Central,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
    shown: &Readmit,
) -> Result<Caller, Refused> {
    let office = central.office()?;
    let certificate = shown
        .certificate
        .verify(office.id(), &office.key.public())
        .map_err(|_| SIGNATURE)?;
    let created = signed_by(&certificate.key, headers, path, body)?;
    if claimed(headers)? != certificate.desk_id() {
        return Err(SIGNATURE);
    }
    in_time(central, created)?;
    Ok(Caller { office, certificate })
}

fn signed_by(key: &PublicKey, headers: &HeaderMap, path: &str, body: &[u8]) -> Result<i64, Refused> {
    let claim = verify(key, "POST", path, body, &signed_fields(headers)?).map_err(|error| match error {
        RequestError::Malformed => UNSIGNED,
        RequestError::Digest => Refused::new(
            StatusCode::BAD_REQUEST,
            "digest",
            "the content was changed on the way",
        ),
        RequestError::Signature(_) => SIGNATURE,
    })?;
    Ok(claim.created)
}

fn in_time(central: &Central, created: i64) -> Result<(), Refused> {
    if created.abs_diff(central.now() / 1000) > CREATED_WINDOW.unsigned_abs() {
        return Err(Refused::new(
            StatusCode::UNAUTHORIZED,
            "clock",
            "signed at another time than now",
        ));
    }
    Ok(())
}

/// The newest version of the protocol that a desk says it speaks.
pub(crate) fn speaks_of(presence: &Presence) -> u16 {
    presence.speaks.unwrap_or(DESK_UNSAID)
}

/// The version that a desk says its program has: short and printable, whatever it says.
pub(crate) fn version_of(presence: &Presence) -> String {
    let printable = presence.version.chars().filter(|c| !c.is_control());
    printable.take(40).collect()
}
