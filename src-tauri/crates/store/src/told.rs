// SPDX-License-Identifier: EUPL-1.2
//! What records tell where some of them carry on those of other desks (ADR 0014): whether whoever wrote them may do so, and each
//! counted once.

use crate::place::Place;
use crate::projection::Order;
use crate::{Result, erasure, journal, sync_book};
use rusqlite::Connection;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::adopted::{self, Told};
use sportello_protocol::{Certificate, Head, Record, RecordError, SignedCertificate};

/// A record as it is folded.
pub(crate) type Entry = (Order, Place, Told);

/// What a record tells; of one that was erased by order, what the order leaves of it.
pub(crate) fn read(
    conn: &Connection,
    head: &Head,
    record: &Record,
    desk: DeskId,
    topic: Topic,
) -> Result<Result<Told, RecordError>> {
    let mut told = match adopted::read(head, record, desk, topic) {
        Ok(told) => told,
        Err(error) => return Ok(Err(error)),
    };
    if told.event.is_none() && told.carriers.is_empty() {
        match erasure::remains(conn, desk, topic, head, &record.body)? {
            Some(Ok(event)) => match adopted::told(told.meta, event) {
                Ok(left) => told = left,
                Err(error) => return Ok(Err(error)),
            },
            Some(Err(error)) => return Ok(Err(error)),
            None => {}
        }
    }
    Ok(Ok(told))
}

/// What a record tells, if whoever carried it on may do so by the certificates that are here. They were verified when they came.
pub(crate) fn believed(conn: &Connection, told: Told) -> Result<Result<Told, RecordError>> {
    let authors = told.carriers.iter().skip(1).chain([&told.meta.desk]);
    for (carrier, author) in told.carriers.iter().zip(authors) {
        if carrier == author {
            continue;
        }
        let Some(carrier) = certificate(conn, *carrier)? else {
            return Ok(Err(RecordError::UnknownSuccessor));
        };
        if carrier.supervises {
            continue;
        }
        match certificate(conn, *author)? {
            Some(author) if carrier.may_adopt_of(&author) => {}
            Some(_) => return Ok(Err(RecordError::NotSuccessor)),
            None => return Ok(Err(RecordError::UnknownSuccessor)),
        }
    }
    Ok(Ok(told))
}

fn certificate(conn: &Connection, desk: DeskId) -> Result<Option<Certificate>> {
    let Some(row) = sync_book::certificate(conn, desk)? else {
        return Ok(None);
    };
    let signed: Option<SignedCertificate> = minicbor::decode(&row.bytes).ok();
    Ok(signed.and_then(|signed| minicbor::decode(&signed.bytes).ok()))
}

/// Puts records into the order that is the same at every desk, and leaves each once: a record that was carried on may stand here
/// several times, and two branches of one log may even agree in clock and number.
pub(crate) fn in_order(conn: &Connection, entries: &mut Vec<Entry>) -> Result<()> {
    entries.sort_by_key(|(order, ..)| *order);
    if entries.windows(2).all(|pair| pair[0].0 != pair[1].0) {
        return Ok(());
    }
    for (_, place, told) in entries.iter_mut() {
        if told.link.is_none() {
            told.link = journal::link(conn, *place)?;
        }
    }
    // Of a record that was erased in one place, the erased one stays.
    entries.sort_by_key(|(order, _, told)| (*order, told.link.map(|link| link.0), told.event.is_some()));
    entries.dedup_by(|one, other| one.0 == other.0 && one.2.link == other.2.link);
    Ok(())
}
