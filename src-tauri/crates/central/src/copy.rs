// SPDX-License-Identifier: EUPL-1.2
//! Copying all that one vault holds into another: what backup, restoring and moving to another database have in common.
//!
//! No transaction spans it. Logs only ever grow, and any beginning of each of them is a state in which a centre may be: the
//! one in which a centre restored from an older backup is. So how far each log reaches is looked up first; its records up to
//! there follow, verified one by one; then what else there is; and the office's own row last, without which nobody serves
//! from the copy. A copy that was broken off goes on from where it was.

use crate::error::CentralError;
use crate::office::Office;
use crate::vault::{Changes, LogRow, Registry, SegmentRow, Vault};
use crate::verify::{VerifyReport, writer_keys};
use serde::Serialize;
use sportello_protocol::Link;
use sportello_protocol::wire::{LogName, Segment};

/// So many bytes are copied at once, about.
const PAGE: usize = 4 << 20;

/// What was copied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CopyReport {
    /// Records that were copied now.
    pub copied: u64,
    /// Records that an earlier copy had brought.
    pub there_before: u64,
    /// What is in the copy, read back from it and verified.
    pub verified: VerifyReport,
}

/// How a log in the copy stands to its original.
enum Place {
    /// It ends here.
    At(u64, Link),
    /// It is whole, with its stop.
    Whole,
    /// It is no beginning of the original.
    Other,
}

/// Copies from one vault to another that is empty or holds an earlier copy. `office` is the original's, with its key.
pub(crate) fn copy(from: &dyn Vault, to: &dyn Vault, office: &Office) -> Result<CopyReport, CentralError> {
    if let Some(log) = first_beyond(from, to)? {
        return Err(CentralError::CopyDiffers(log));
    }
    let mut report = CopyReport::default();
    let whole = match to.office()? {
        Some(other) if other.id != office.id() => return Err(CentralError::OfficeExists(other.name)),
        // It may be served from already: nothing is written into it any more.
        Some(_) => match first_beyond(to, from)? {
            Some(log) => return Err(CentralError::CopyDiffers(log)),
            None => true,
        },
        None => false,
    };
    for log in from.logs()? {
        copy_log(from, to, office, &log, &mut report)?;
    }
    if !whole {
        copy_rest(from, to)?;
    }
    report.verified = crate::verify::verify(to, office)?;
    if !report.verified.problems.is_empty() {
        return Err(CentralError::CopyDamaged(report.verified.problems.join("; ")));
    }
    if !whole {
        let row = from.office()?.ok_or(CentralError::NoOffice)?;
        to.create_office(&row)?;
    }
    Ok(report)
}

/// Holds a copy that is served from to its original, which nobody serves from any more: it has all of that, and may have more.
pub(crate) fn compare(from: &dyn Vault, to: &dyn Vault, office: &Office) -> Result<CopyReport, CentralError> {
    let row = to.office()?.ok_or(CentralError::NoOffice)?;
    if row.id != office.id() {
        return Err(CentralError::OfficeExists(row.name));
    }
    if let Some(log) = first_beyond(to, from)? {
        return Err(CentralError::CopyDiffers(log));
    }
    Ok(CopyReport {
        copied: 0,
        there_before: from.counts()?.records,
        verified: crate::verify::verify(to, office)?,
    })
}

/// What is no log: evidence of forks, desks, codes, presences.
fn copy_rest(from: &dyn Vault, to: &dyn Vault) -> Result<(), CentralError> {
    for (log, head) in from.forks()? {
        let fork = from.fork(&log, &Link(head.link))?;
        to.write(&Changes {
            forks: fork.into_iter().collect(),
            ..Changes::default()
        })?;
    }
    let erasures = from.erasures()?;
    if !erasures.is_empty() {
        to.write(&Changes {
            erasures,
            ..Changes::default()
        })?;
    }
    let desks = from.desks()?;
    // Codes after desks: one that was used meanwhile then stands as used beside a desk that is not enrolled, and the person
    // asks for another. The other way round it could be used twice.
    let codes = from.codes()?;
    let presences = from.presences()?;
    to.fill(&Registry {
        desks,
        codes,
        presences,
    })?;
    Ok(())
}

/// A log of `to` that is longer there than in `from`, if there is one.
fn first_beyond(from: &dyn Vault, to: &dyn Vault) -> Result<Option<String>, CentralError> {
    for log in to.logs()? {
        if from.log(&log.name)?.is_none_or(|other| other.seq < log.seq) {
            return Ok(Some(name_of(&log.name)));
        }
    }
    Ok(None)
}

fn copy_log(
    from: &dyn Vault,
    to: &dyn Vault,
    office: &Office,
    log: &LogRow,
    report: &mut CopyReport,
) -> Result<(), CentralError> {
    let damaged = |why: String| CentralError::CopyDamaged(format!("log {}: {why}", name_of(&log.name)));
    let topic = log
        .name
        .topic()
        .ok_or_else(|| damaged("unknown topic".to_owned()))?;
    let genesis = Link::genesis(office.id(), log.name.desk_id(), topic);
    let (mut seq, mut link) = match place(to, log, genesis)? {
        Place::At(seq, link) => (seq, link),
        Place::Whole => {
            report.there_before += log.seq;
            return Ok(());
        }
        Place::Other => return Err(CentralError::CopyDiffers(name_of(&log.name))),
    };
    report.there_before += seq;
    let keys =
        writer_keys(from, office, log)?.ok_or_else(|| damaged("its writer is not known".to_owned()))?;
    let mut stopped = log.stopped.is_none();
    while seq < log.seq {
        let mut segments = from.segments(&log.name, seq, PAGE)?;
        segments.retain(|segment| segment.head.seq <= log.seq);
        let (was, before) = (seq, link);
        for segment in &segments {
            if segment.from != seq + 1 || segment.before != link {
                // What the copy has ends where the original has no signed head.
                return Err(CentralError::CopyDiffers(name_of(&log.name)));
            }
            check(office, &keys, segment).map_err(|why| damaged(format!("after record {seq}: {why}")))?;
            (seq, link) = (segment.head.seq, segment.head.link());
        }
        if seq == was {
            return Err(damaged(format!(
                "it ends at record {seq} and should at record {}",
                log.seq
            )));
        }
        let last = seq == log.seq;
        let row = LogRow {
            name: log.name.clone(),
            seq,
            link,
            stopped: log.stopped.clone().filter(|_| last),
        };
        stopped |= last;
        let changes = Changes {
            logs: vec![(was, row)],
            refused: from.refused(&log.name, was + 1, seq)?,
            segments,
            ..Changes::default()
        };
        if !to.write(&changes)? {
            tracing::warn!(was, %before, "somebody else writes into the copy");
            return Err(CentralError::CopyDiffers(name_of(&log.name)));
        }
        report.copied += seq - was;
    }
    if !stopped {
        let changes = Changes {
            logs: vec![(seq, log.clone())],
            ..Changes::default()
        };
        to.write(&changes)?;
    }
    Ok(())
}

fn place(to: &dyn Vault, log: &LogRow, genesis: Link) -> Result<Place, CentralError> {
    Ok(match to.log(&log.name)? {
        None => Place::At(0, genesis),
        Some(there) if there == *log => Place::Whole,
        Some(there) if there.stopped.is_some() || there.seq > log.seq => Place::Other,
        Some(there) if there.seq == log.seq && there.link != log.link => Place::Other,
        Some(there) => Place::At(there.seq, there.link),
    })
}

fn check(
    office: &Office,
    keys: &sportello_protocol::WriterKeys,
    row: &SegmentRow,
) -> Result<(), sportello_protocol::SegmentError> {
    let segment = Segment {
        log: row.log.clone(),
        from: row.from,
        records: row.records.clone(),
        head: row.head.clone(),
    };
    segment.check(office.id(), keys, row.before).map(|_| ())
}

fn name_of(log: &LogName) -> String {
    format!("{}/{}", log.desk_id(), log.topic)
}
