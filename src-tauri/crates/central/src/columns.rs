// SPDX-License-Identifier: EUPL-1.2
//! How values stand in the columns of either database.

use crate::vault::{DeskRow, VaultError};
use sportello_domain::erasure::BodyMark;
use sportello_protocol::{PublicKey, Record, Signature, SignedCertificate};
use uuid::Uuid;

/// The tables, in the words that SQLite and PostgreSQL share: only bytes have another name in each.
pub(crate) const SCHEMA: &str = include_str!("schema.sql");

/// The version of the tables that this program knows.
pub(crate) const VERSION: i64 = 4;

/// From one version of the tables to the next, the first of these from 1 to 2.
pub(crate) const STEPS: [&str; 3] = [
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
];

/// What brings tables of this version to those that this program knows.
pub(crate) fn steps_from(found: i64) -> impl Iterator<Item = &'static str> {
    STEPS
        .into_iter()
        .skip(usize::try_from(found.max(1) - 1).unwrap_or(usize::MAX))
}

/// No more forks of one log are kept: the first ones show what happened, and nobody fills the disk with the rest.
pub(crate) const MAX_FORKS: i64 = 100;

/// Whether this program may use tables of a version.
pub(crate) fn check_version(found: i64) -> Result<(), VaultError> {
    if found > VERSION {
        return Err(VaultError::Newer {
            found,
            known: VERSION,
        });
    }
    Ok(())
}

/// Which body an order means, as it stands in a column: nothing when any is meant.
pub(crate) fn mark_bytes(body: Option<&BodyMark>) -> &[u8] {
    body.map_or(&[], |body| &body.0)
}

pub(crate) fn mark(bytes: &[u8]) -> Result<Option<BodyMark>, VaultError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let mark = bytes
        .try_into()
        .map_err(|_| VaultError::Damaged("erased_record.body"))?;
    Ok(Some(BodyMark(mark)))
}

/// Records as one value: CBOR items one after the other.
pub(crate) fn write_records(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(records.iter().map(|record| record.weight() + 16).sum());
    for record in records {
        // Writing into a vector cannot fail, and every field has an encoding.
        let _ = minicbor::encode(record, &mut bytes);
    }
    bytes
}

pub(crate) fn read_records(bytes: &[u8]) -> Result<Vec<Record>, VaultError> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let mut records = Vec::new();
    while decoder.position() < bytes.len() {
        records.push(
            decoder
                .decode()
                .map_err(|_| VaultError::Damaged("segment.records"))?,
        );
    }
    Ok(records)
}

/// The three columns of an enrolled desk: key, certificate, signature.
pub(crate) type Enrolment<B> = (Option<B>, Option<B>, Option<B>);

pub(crate) fn read_enrolment(
    columns: Enrolment<Vec<u8>>,
) -> Result<Option<(PublicKey, SignedCertificate)>, VaultError> {
    let (Some(key), Some(bytes), Some(signature)) = columns else {
        return Ok(None);
    };
    let signature = Signature(fixed(&signature)?);
    Ok(Some((
        PublicKey(fixed(&key)?),
        SignedCertificate { bytes, signature },
    )))
}

pub(crate) fn write_enrolment(desk: &DeskRow) -> Enrolment<&[u8]> {
    match &desk.enrolled {
        Some((key, signed)) => (Some(&key.0), Some(&signed.bytes), Some(&signed.signature.0)),
        None => (None, None, None),
    }
}

/// Names of topics, separated by commas.
pub(crate) fn read_topics(text: &str) -> Vec<String> {
    text.split(',')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(crate) fn read_version(value: i64) -> Result<u32, VaultError> {
    u32::try_from(value).map_err(|_| VaultError::Damaged("desk.version"))
}

/// The version of the protocol that a desk speaks.
pub(crate) fn read_speaks(value: i64) -> Result<u16, VaultError> {
    u16::try_from(value).map_err(|_| VaultError::Damaged("presence.speaks"))
}

pub(crate) fn uuid(bytes: &[u8]) -> Result<Uuid, VaultError> {
    Ok(Uuid::from_bytes(fixed(bytes)?))
}

pub(crate) fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], VaultError> {
    bytes
        .try_into()
        .map_err(|_| VaultError::Damaged("a value has the wrong length"))
}

pub(crate) fn unsigned(value: i64) -> Result<u64, VaultError> {
    u64::try_from(value).map_err(|_| VaultError::Damaged("a number is negative"))
}

/// SQL knows signed numbers only; no count ever comes near the limit, and what pretends to is held there.
pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
