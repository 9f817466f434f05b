// SPDX-License-Identifier: EUPL-1.2
//! What a desk keeps about its exchanges, and other things of its own that are no part of any record.

use crate::book::{self, blob};
use crate::queries::Reads;
use crate::{Result, WriteTx, journal};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use sportello_domain::ids::{DeskId, EntitlementId};
use sportello_domain::time::Timestamp;
use sportello_protocol::Link;
use sportello_protocol::wire::LogName;
use uuid::Uuid;

/// Entries of the story that are kept.
const STORY: i64 = 500;

/// How far a log has been acknowledged: one of this desk's own by the centre's signature, one of others by having come from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// The last sequence that the centre keeps.
    pub seq: u64,
    /// The link after it.
    pub link: Link,
    /// When it said so, by this desk's clock.
    pub at: Timestamp,
}

/// A log of this desk with what the centre has of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLog {
    /// The log.
    pub log: LogName,
    /// Its last sequence.
    pub seq: u64,
    /// The link after it.
    pub link: Link,
    /// What the centre has said that it keeps.
    pub acknowledged: Option<Acknowledged>,
}

impl OwnLog {
    /// Records that the centre has not acknowledged.
    pub fn unsent(&self) -> u64 {
        self.seq.saturating_sub(self.acknowledged.map_or(0, |a| a.seq))
    }
}

/// Which way an exchange went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Records were sent.
    Push,
    /// Records were fetched.
    Pull,
    /// Both at once.
    Both,
    /// Written to a bundle.
    BundleOut,
    /// Read from a bundle.
    BundleIn,
    /// Both at once, with the relay of the seat.
    Relay,
    /// Another desk was served as its relay.
    RelayServed,
}

/// One entry of the story of exchanges. No personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryEntry {
    /// When, by this desk's clock.
    pub at: Timestamp,
    /// Which way.
    pub direction: Direction,
    /// With whom: the identifier of the desk that a bundle is from, of the relay, or of the desk that was served; empty for the centre.
    pub peer: String,
    /// Records sent and acknowledged.
    pub sent: u64,
    /// Records received that were not here.
    pub received: u64,
    /// The error's code when it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The error in words, or what is worth knowing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// What is known of another desk's last exchange with the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceRow {
    /// The desk.
    pub desk: DeskId,
    /// When, by the centre's clock; 0 when never.
    pub seen_at: Timestamp,
    /// Records that it said were waiting.
    pub waiting: u64,
    /// How far its clock is from the centre's, milliseconds (positive: ahead).
    pub skew: i64,
    /// Its program's version.
    pub version: String,
}

/// A certificate as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRow {
    /// The desk.
    pub desk: DeskId,
    /// The certificate's version.
    pub version: u32,
    /// The signed certificate, as it came.
    pub bytes: Vec<u8>,
}

/// An unfinished delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The entitlement being served.
    pub entitlement: EntitlementId,
    /// When it was last kept.
    pub at: Timestamp,
    /// What was entered, as the screen keeps it.
    pub content: serde_json::Value,
}

/// A record that is kept and could not be folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRecord {
    /// Its log.
    pub log: LogName,
    /// Its place in it.
    pub seq: u64,
    /// `unknown` (needs an update) or `malformed`.
    pub reason: String,
    /// The kind that its head names; empty when even that cannot be read.
    pub kind: String,
    /// The kind's version.
    pub version: u16,
}

/// A record of another branch, kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkedRecord {
    /// Its log.
    pub log: LogName,
    /// The place that was taken.
    pub seq: u64,
    /// The link after it.
    pub link: Link,
}

impl Reads<'_> {
    /// This desk's logs that have records, with what the centre has of each.
    pub fn own_logs(&self) -> Result<Vec<OwnLog>> {
        let desk = self.identity()?.desk;
        let mut logs = Vec::new();
        for (log, id, _) in book::names(self.conn)? {
            if log.desk_id() != desk {
                continue;
            }
            if let Some((place, link, _)) = journal::last(self.conn, id)? {
                logs.push(OwnLog {
                    log,
                    seq: place.seq(),
                    link,
                    acknowledged: acknowledged(self.conn, id)?,
                });
            }
        }
        Ok(logs)
    }

    /// Records of this desk that the centre has not acknowledged, over all its logs.
    pub fn unsent(&self) -> Result<u64> {
        Ok(self.own_logs()?.iter().map(OwnLog::unsent).sum())
    }

    /// When this desk last wrote a record, by its own clock then: the latest of its logs' ends.
    pub fn last_written(&self) -> Result<Option<Timestamp>> {
        let desk = self.identity()?.desk;
        let mut latest = None;
        for (log, id, _) in book::names(self.conn)? {
            if log.desk_id() == desk
                && let Some((_, _, head)) = journal::last(self.conn, id)?
                && let Ok(head) = sportello_protocol::Head::from_bytes(&head)
            {
                latest = latest.max(Some(Timestamp(head.at)));
            }
        }
        Ok(latest)
    }

    /// The story of exchanges, the latest first.
    pub fn story(&self, limit: usize) -> Result<Vec<StoryEntry>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT entry FROM story ORDER BY id DESC LIMIT ?1")?;
        let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut story = Vec::new();
        while let Some(row) = rows.next()? {
            story.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
        }
        Ok(story)
    }

    /// How far the centre is known to have a log, whoever writes it; 0 when nothing is known.
    pub fn at_centre(&self, log: &LogName) -> Result<u64> {
        let known = match book::id_of(self.conn, log)? {
            Some(id) => acknowledged(self.conn, id)?,
            None => None,
        };
        Ok(known.map_or(0, |known| known.seq))
    }

    /// Every certificate that is known.
    pub fn certificates(&self) -> Result<Vec<CertificateRow>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT desk, version, bytes FROM certificate ORDER BY desk")?;
        let rows = statement.query_map([], |row| {
            Ok(CertificateRow {
                desk: DeskId(Uuid::from_bytes(row.get(0)?)),
                version: row.get(1)?,
                bytes: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The certificate of a desk.
    pub fn certificate(&self, desk: DeskId) -> Result<Option<CertificateRow>> {
        certificate(self.conn, desk)
    }

    /// What is known of every desk's last exchange.
    pub fn presences(&self) -> Result<Vec<PresenceRow>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT desk, seen_at, waiting, skew, version FROM presence ORDER BY desk")?;
        let rows = statement.query_map([], |row| {
            Ok(PresenceRow {
                desk: DeskId(Uuid::from_bytes(row.get(0)?)),
                seen_at: Timestamp(row.get(1)?),
                waiting: row.get::<_, i64>(2)?.unsigned_abs(),
                skew: row.get(3)?,
                version: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The unfinished delivery of an entitlement.
    pub fn draft(&self, entitlement: EntitlementId) -> Result<Option<Draft>> {
        Ok(self
            .drafts()?
            .into_iter()
            .find(|draft| draft.entitlement == entitlement))
    }

    /// Every unfinished delivery, the latest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT entitlement, at, content FROM draft ORDER BY at DESC, entitlement")?;
        let mut rows = statement.query([])?;
        let mut drafts = Vec::new();
        while let Some(row) = rows.next()? {
            drafts.push(Draft {
                entitlement: EntitlementId(Uuid::from_bytes(row.get(0)?)),
                at: Timestamp(row.get(1)?),
                content: serde_json::from_str(&row.get::<_, String>(2)?)?,
            });
        }
        Ok(drafts)
    }

    /// Whether somebody is serving an entitlement at this desk.
    pub fn is_being_served(&self, entitlement: EntitlementId) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM draft WHERE entitlement = ?1")?;
        Ok(statement.exists([blob(&entitlement.0)])?)
    }

    /// Records that are kept and could not be folded.
    pub fn waiting(&self) -> Result<Vec<WaitingRecord>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT l.desk, l.topic, u.place & ((1 << 40) - 1), u.reason, u.kind, u.version
             FROM unprojected u JOIN log l ON l.id = u.place >> 40 ORDER BY u.place",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(WaitingRecord {
                log: LogName {
                    desk: row.get(0)?,
                    topic: row.get(1)?,
                },
                seq: row.get::<_, i64>(2)?.unsigned_abs(),
                reason: row.get(3)?,
                kind: row.get(4)?,
                version: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Records of other branches, kept apart.
    pub fn forks(&self) -> Result<Vec<ForkedRecord>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT l.desk, l.topic, f.seq, f.link FROM fork f JOIN log l ON l.id = f.log ORDER BY f.log, f.seq, f.link",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(ForkedRecord {
                log: LogName {
                    desk: row.get(0)?,
                    topic: row.get(1)?,
                },
                seq: row.get::<_, i64>(2)?.unsigned_abs(),
                link: Link(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(crate) fn certificate(conn: &rusqlite::Connection, desk: DeskId) -> Result<Option<CertificateRow>> {
    let mut statement = conn.prepare_cached("SELECT version, bytes FROM certificate WHERE desk = ?1")?;
    let found = statement.query_row([blob(&desk.0)], |row| {
        Ok(CertificateRow {
            desk,
            version: row.get(0)?,
            bytes: row.get(1)?,
        })
    });
    Ok(found.optional()?)
}

pub(crate) fn acknowledged(conn: &rusqlite::Connection, log: i64) -> Result<Option<Acknowledged>> {
    let mut statement = conn.prepare_cached("SELECT seq, link, at FROM acknowledged WHERE log = ?1")?;
    let found = statement.query_row([log], |row| {
        Ok(Acknowledged {
            seq: row.get::<_, i64>(0)?.unsigned_abs(),
            link: Link(row.get(1)?),
            at: Timestamp(row.get(2)?),
        })
    });
    Ok(found.optional()?)
}

/// The centre has less of a log than it was known to have.
pub(crate) fn lower(conn: &rusqlite::Connection, log: i64, seq: u64, link: Link) -> Result<()> {
    conn.prepare_cached("UPDATE acknowledged SET seq = ?2, link = ?3 WHERE log = ?1")?
        .execute((log, seq.cast_signed(), link.0.as_slice()))?;
    Ok(())
}

impl WriteTx<'_> {
    /// How far the centre has a log: it said so of one of this desk's own, or it gave one of another's. It may say less than
    /// before: a centre restored from an older backup is then sent the rest again.
    pub fn acknowledge(&mut self, log: &LogName, seq: u64, link: Link, at: Timestamp) -> Result<()> {
        let log = self
            .book
            .open_log(self.conn, log.desk_id(), book::topic_of(log)?)?;
        self.conn
            .prepare_cached(
                "INSERT INTO acknowledged (log, seq, link, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, link = excluded.link, at = excluded.at",
            )?
            .execute((
                log.id,
                i64::try_from(seq).unwrap_or(i64::MAX),
                link.0.as_slice(),
                at.0,
            ))?;
        Ok(())
    }

    /// Forgets what was acknowledged: everything is sent again (another centre, or one that lost its data).
    pub fn forget_acknowledged(&mut self) -> Result<()> {
        self.conn
            .prepare_cached("DELETE FROM acknowledged")?
            .execute([])?;
        Ok(())
    }

    /// Adds to the story of exchanges; the oldest entries make room.
    pub fn tell(&mut self, entry: &StoryEntry) -> Result<()> {
        self.conn
            .prepare_cached("INSERT INTO story (at, entry) VALUES (?1, ?2)")?
            .execute((entry.at.0, serde_json::to_string(entry)?))?;
        self.conn
            .prepare_cached("DELETE FROM story WHERE id <= ?1")?
            .execute([self.conn.last_insert_rowid() - STORY])?;
        Ok(())
    }

    /// Keeps a certificate, unless a newer one of that desk is here already. True when it was kept.
    pub fn keep_certificate(&mut self, desk: DeskId, version: u32, bytes: &[u8]) -> Result<bool> {
        let kept = self
            .conn
            .prepare_cached(
                "INSERT INTO certificate (desk, version, bytes) VALUES (?1, ?2, ?3)
                 ON CONFLICT (desk) DO UPDATE SET version = excluded.version, bytes = excluded.bytes
                 WHERE excluded.version > certificate.version",
            )?
            .execute((blob(&desk.0), version, bytes))?;
        Ok(kept > 0)
    }

    /// Keeps what is known of a desk's last exchange.
    pub fn keep_presence(&mut self, presence: &PresenceRow) -> Result<()> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO presence (desk, seen_at, waiting, skew, version) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((
                blob(&presence.desk.0),
                presence.seen_at.0,
                i64::try_from(presence.waiting).unwrap_or(i64::MAX),
                presence.skew,
                &presence.version,
            ))?;
        Ok(())
    }

    /// Keeps an unfinished delivery.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<()> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO draft (entitlement, at, content) VALUES (?1, ?2, ?3)")?
            .execute((
                blob(&draft.entitlement.0),
                draft.at.0,
                serde_json::to_string(&draft.content)?,
            ))?;
        Ok(())
    }

    /// Lets go of an unfinished delivery. True when there was one.
    pub fn drop_draft(&mut self, entitlement: EntitlementId) -> Result<bool> {
        let gone = self
            .conn
            .prepare_cached("DELETE FROM draft WHERE entitlement = ?1")?
            .execute([blob(&entitlement.0)])?;
        Ok(gone > 0)
    }
}
