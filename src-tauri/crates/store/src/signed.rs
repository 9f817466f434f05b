// SPDX-License-Identifier: EUPL-1.2
//! Heads that other desks signed. Who hands another's records on needs one at their end, or nobody would believe them.

use crate::journal::RecordPage;
use crate::place::Place;
use crate::{Reads, Result, WriteTx, book, journal, sync_book};
use rusqlite::{Connection, OptionalExtension};
use sportello_protocol::segment::MAX_SEGMENT;
use sportello_protocol::wire::{LogName, SignedHead};
use sportello_protocol::{Record, Signature};

/// Between two heads that are kept lie at least so many bytes of records: one signature vouches for all before it, so most are
/// not needed. Two of them together still fit into one segment.
const APART: u64 = (MAX_SEGMENT / 2) as u64;

struct Kept {
    place: Place,
    signature: [u8; 64],
    weight: u64,
}

fn last_kept(conn: &Connection, log: i64) -> Result<Option<Kept>> {
    let mut statement = conn.prepare_cached(
        "SELECT place, signature, weight FROM signed_head WHERE place BETWEEN ?1 AND ?2 ORDER BY place DESC LIMIT 1",
    )?;
    let found = statement.query_row((Place::new(log, 0).0, Place::new(log + 1, 0).0 - 1), |row| {
        Ok(Kept {
            place: Place(row.get(0)?),
            signature: row.get(1)?,
            weight: row.get::<_, i64>(2)?.unsigned_abs(),
        })
    });
    Ok(found.optional()?)
}

/// The signatures of the heads that are kept of a log from a sequence on.
pub(crate) fn signatures(conn: &Connection, log: i64, from: u64) -> Result<Vec<(u64, [u8; 64])>> {
    let mut statement = conn.prepare_cached(
        "SELECT place, signature FROM signed_head WHERE place BETWEEN ?1 AND ?2 ORDER BY place",
    )?;
    let ends = (Place::new(log, from).0, Place::new(log + 1, 0).0 - 1);
    let heads = statement.query_map(ends, |row| Ok((Place(row.get(0)?).seq(), row.get(1)?)))?;
    Ok(heads.collect::<Result<_, _>>()?)
}

impl WriteTx<'_> {
    /// Keeps a head that the writer of a log signed, when the log is here up to it; its signature was verified. `weight`: bytes of
    /// the records that came with it and were new.
    pub fn keep_head(&mut self, log: &LogName, head: &SignedHead, weight: usize) -> Result<()> {
        let Some(known) = self.book.log(log.desk_id(), book::topic_of(log)?) else {
            return Ok(());
        };
        let place = Place::new(known.id, head.seq);
        if journal::link(self.conn, place)? != Some(head.link()) {
            return Ok(());
        }
        let mut weight = u64::try_from(weight).unwrap_or(u64::MAX);
        if let Some(before) = last_kept(self.conn, known.id)? {
            if before.place >= place {
                return Ok(());
            }
            // What came from the centre can be handed on by itself: what somebody else brought after it may have to leave the log again.
            let at_centre = sync_book::acknowledged(self.conn, known.id)?.map_or(0, |known| known.seq);
            let parts = before.place.seq() <= at_centre && at_centre < place.seq();
            if !parts && before.weight.saturating_add(weight) <= APART {
                weight += before.weight;
                self.conn
                    .prepare_cached("DELETE FROM signed_head WHERE place = ?1")?
                    .execute([before.place.0])?;
            }
        }
        self.conn
            .prepare_cached("INSERT INTO signed_head (place, signature, weight) VALUES (?1, ?2, ?3)")?
            .execute((
                place.0,
                head.signature.0.as_slice(),
                i64::try_from(weight).unwrap_or(i64::MAX),
            ))?;
        Ok(())
    }

    /// Forgets the heads of a log beyond a record: its writer has another key, and the old one does not vouch for them any more.
    pub fn forget_heads(&mut self, log: &LogName, beyond: u64) -> Result<()> {
        if let Some(known) = self.book.log(log.desk_id(), book::topic_of(log)?) {
            let range = (Place::new(known.id, beyond).0, Place::new(known.id + 1, 0).0);
            self.conn
                .prepare_cached("DELETE FROM signed_head WHERE place > ?1 AND place < ?2")?
                .execute(range)?;
        }
        Ok(())
    }
}

impl Reads<'_> {
    /// The last head of another desk's log under which it can be handed on; none when nobody's signature was kept.
    pub fn signed_head(&self, log: &LogName) -> Result<Option<SignedHead>> {
        let Some(id) = book::id_of(self.conn, log)? else {
            return Ok(None);
        };
        let Some(kept) = last_kept(self.conn, id)? else {
            return Ok(None);
        };
        let link = journal::link(self.conn, kept.place)?;
        Ok(link.map(|link| SignedHead {
            seq: kept.place.seq(),
            link: link.0,
            signature: Signature(kept.signature),
        }))
    }

    /// Records of another desk's log from a sequence on, up to a head that it signed, about as many as fit into `budget` bytes. None
    /// when there are no more, or none that fit into a segment.
    pub fn signed_records(
        &self,
        log: &LogName,
        from: u64,
        budget: usize,
    ) -> Result<Option<(RecordPage, SignedHead)>> {
        let from = from.max(1);
        let (Some(id), Some(before)) = (book::id_of(self.conn, log)?, self.link_at(log, from - 1)?) else {
            return Ok(None);
        };
        let mut heads = std::collections::VecDeque::from(signatures(self.conn, id, from)?);
        let mut found: Option<(usize, SignedHead)> = None;
        let (mut records, mut bytes) = (Vec::<Record>::new(), 0);
        journal::walk(self.conn, id, from, |seq, link, record| {
            bytes += record.weight();
            if bytes > MAX_SEGMENT || heads.is_empty() {
                return Ok(false);
            }
            records.push(record);
            if heads.front().is_some_and(|(at, _)| *at == seq)
                && let Some((_, signature)) = heads.pop_front()
            {
                let head = SignedHead {
                    seq,
                    link: link.0,
                    signature: Signature(signature),
                };
                found = Some((records.len(), head));
                return Ok(bytes < budget);
            }
            Ok(true)
        })?;
        let Some((many, head)) = found else {
            return Ok(None);
        };
        records.truncate(many);
        let page = RecordPage {
            log: log.clone(),
            from,
            records,
            before,
            last: (head.seq, head.link()),
        };
        Ok(Some((page, head)))
    }
}
